//! Where plays can still go from each node of a relaxation: the scenes they come to and the choices they make.

use rustc_hash::FxHashMap;

use super::super::prove::machine::Region;
use crate::engine::Chapter;
use crate::engine::id::{ChoiceIx, SceneIx};

/// A step from one node to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hop {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) choice: Option<ChoiceIx>,
}

/// For each node the number of its region, and the regions.
pub(crate) fn onward(
    chapter: &Chapter,
    count: usize,
    scene: &dyn Fn(u32) -> SceneIx,
    mut hops: Vec<Hop>,
) -> (Vec<u32>, Vec<Region>) {
    // A bit for each scene, then one for each choice.
    let scenes = chapter.scenes.len();
    let words = (scenes + chapter.choices.len()).div_ceil(64);
    let mut reach = vec![0_u64; count * words];
    let set = |bits: &mut [u64], at: usize| bits[at / 64] |= 1 << (at % 64);
    for (id, bits) in (0..).zip(reach.chunks_mut(words)) {
        set(bits, scene(id).at());
    }
    for Hop { from, choice, .. } in &hops {
        let from = *from as usize * words;
        choice.iter().for_each(|choice| set(&mut reach[from..from + words], scenes + choice.at()));
    }
    // Nodes are numbered as they were first met: most steps lead to a higher number.
    hops.sort_unstable_by_key(|hop| (std::cmp::Reverse(hop.from), hop.to));
    hops.dedup_by_key(|hop| (hop.from, hop.to));
    let mut grew = true;
    while grew {
        grew = false;
        for Hop { from, to, .. } in &hops {
            let (from, to) = (*from as usize * words, *to as usize * words);
            for word in 0..words {
                let more = reach[to + word] & !reach[from + word];
                reach[from + word] |= more;
                grew |= more != 0;
            }
        }
    }
    let mut numbers: FxHashMap<&[u64], u32> = FxHashMap::default();
    let mut regions = Vec::new();
    let onward = reach.chunks(words).map(|bits| {
        *numbers.entry(bits).or_insert_with(|| {
            let has = |at: usize| bits[at / 64] >> (at % 64) & 1 == 1;
            regions.push(Region {
                scenes: (0..scenes).filter(|at| has(*at)).map(SceneIx::from).collect(),
                choices: (0..chapter.choices.len()).filter(|at| has(scenes + at)).map(ChoiceIx::from).collect(),
            });
            u32::try_from(regions.len() - 1).unwrap_or(u32::MAX)
        })
    });
    (onward.collect(), regions)
}
