//! What a snapshot counts, as text: ids in order, each as what it adds to the one before, and bits for the rest.

use super::bits::{Reader, Writer};
use super::numbered::Numbered;

/// The longest id that is packed, in bytes.
const ID: usize = 128;

/// What one entry counts for beside its id, and the most that all may come to: bytes of memory, about.
const ENTRY: usize = 64;
const ALL: usize = 64 << 20;

/// One count of a snapshot.
#[derive(Clone, Copy, Debug)]
pub(super) enum Count<'a> {
    /// A scene was entered so often, and in this turn, plus one, the last time.
    Scene(&'a str, (u32, u32)),
    /// The choice of this path was taken so often.
    Taken(&'a str, u32),
    /// Dice fell so often at this place.
    Drawn(&'a str, u32),
}

/// Packed tables: the ends of ids, one behind the other, and the bits. Neither has a space or the end of a line in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) ids: String,
    pub(super) bits: String,
}

/// What is packed, in the order of ids.
#[derive(Default)]
pub(super) struct Lists<'a> {
    pub(super) scenes: Vec<Seen<'a>>,
    /// First the choices of each of these scenes, then all others.
    pub(super) taken: Vec<(&'a str, u32)>,
    pub(super) drawn: Vec<(&'a str, u32)>,
}

/// A scene that was entered.
pub(super) struct Seen<'a> {
    pub(super) id: &'a str,
    /// How often, and the turn of the last time, plus one.
    pub(super) times: (u32, u32),
    /// How many of its choices were taken.
    pub(super) choices: usize,
}

/// Whether an id is written as ids are. Any other stays in words.
pub(super) fn is_plain(id: &str) -> bool {
    !id.is_empty() && id.len() <= ID && has_plain_bytes(id)
}

/// Whether what is added to a plain id leaves it plain.
pub(super) fn stays_plain(id: &str, more: &str) -> bool {
    id.len() + more.len() <= ID && has_plain_bytes(more)
}

fn has_plain_bytes(id: &str) -> bool {
    id.bytes().all(|byte| PLAIN[usize::from(byte)])
}

/// The bytes of a plain id.
const PLAIN: [bool; 256] = {
    let (mut plain, mut at) = ([false; 256], 0);
    while at < 128 {
        plain[at] =
            (at as u8).is_ascii_alphanumeric() || matches!(at as u8, b'_' | b'#' | b'/' | b':' | b'@' | b'.' | b'-');
        at += 1;
    }
    plain
};

/// Whether a path is that of a choice of this scene.
pub(super) fn is_of(path: &str, scene: &str) -> bool {
    key(path, scene).is_some()
}

/// What stands behind the scene in the path of a choice of it, from the `#` on.
pub(super) fn key<'p>(path: &'p str, scene: &str) -> Option<&'p str> {
    path.strip_prefix(scene).filter(|key| key.starts_with('#'))
}

impl Lists<'_> {
    /// The tables packed; `None` if they are more than can be read again.
    pub(super) fn pack(&self) -> Option<Packed> {
        let ids = self.scenes.iter().map(|seen| seen.id);
        let ids = ids.chain(self.taken.iter().chain(&self.drawn).map(|(id, _)| *id));
        if ids.map(|id| id.len() + ENTRY).sum::<usize>() > ALL {
            return None;
        }
        let mut out = Packing { ids: String::new(), bits: Writer::default(), ends: Numbered::default() };
        let latest = self.scenes.iter().map(|seen| seen.times.1).max().unwrap_or(0);
        let width = u32::BITS - latest.leading_zeros();
        out.bits.number(count(self.scenes.len()));
        out.bits.number(width);
        let (mut before, mut taken) = ("", self.taken.as_slice());
        for Seen { id, times: (visits, last), choices } in &self.scenes {
            out.id(before, id);
            before = id;
            out.bits.number(visits.wrapping_sub(1));
            out.bits.fixed(*last, width);
            let (here, rest) = taken.split_at(*choices);
            taken = rest;
            out.bits.number(count(here.len()));
            for (path, n) in here {
                out.end(&path[id.len()..]);
                out.bits.number(n.wrapping_sub(1));
            }
        }
        out.list(taken.iter());
        out.list(self.drawn.iter());
        Some(Packed { ids: out.ids, bits: out.bits.finish() })
    }
}

/// The scene a choice is of: what stands before the `#`.
pub(super) fn home(path: &str) -> Option<&str> {
    path.split_once('#').map(|(home, _)| home)
}

struct Packing<'a> {
    ids: String,
    bits: Writer,
    /// Ends of paths that were written, and their numbers.
    ends: Numbered<'a>,
}

impl<'a> Packing<'a> {
    fn list<'i>(&mut self, counts: impl ExactSizeIterator<Item = &'i (&'i str, u32)>) {
        self.bits.number(count(counts.len()));
        let mut before = "";
        for (id, n) in counts {
            self.id(before, id);
            before = id;
            self.bits.number(n.wrapping_sub(1));
        }
    }

    /// What an id leaves of the one before, and what it adds.
    fn id(&mut self, before: &str, id: &str) {
        let same = before.bytes().zip(id.bytes()).take_while(|(a, b)| a == b).count();
        self.bits.number(count(before.len() - same));
        self.text(&id[same..]);
    }

    /// The end of a path, by its number if it was met before.
    fn end(&mut self, end: &'a str) {
        let (number, new) = self.ends.number(end);
        self.bits.number(number);
        if new {
            self.text(end);
        }
    }

    fn text(&mut self, text: &str) {
        self.bits.number(count(text.len()));
        self.ids.push_str(text);
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Packed {
    /// Tells of everything that is packed; `None` if it is not whole.
    pub(super) fn each(&self, tell: &mut dyn FnMut(Count<'_>)) -> Option<()> {
        let mut from = Unpacking { ids: &self.ids, bits: Reader::new(&self.bits), room: ALL };
        let scenes = from.count()?;
        let width = from.bits.number().filter(|width| *width <= u32::BITS)?;
        let (mut id, mut path, mut ends) = (String::new(), String::new(), Vec::new());
        for _ in 0..scenes {
            from.id(&mut id)?;
            let visits = from.bits.number()?.wrapping_add(1);
            tell(Count::Scene(&id, (visits, from.bits.fixed(width)?)));
            for _ in 0..from.count()? {
                path.clear();
                path.push_str(&id);
                path.push_str(from.end(&mut ends)?);
                from.spend(path.len())?;
                tell(Count::Taken(&path, from.bits.number()?.wrapping_add(1)));
            }
        }
        from.list(&mut |path, n| tell(Count::Taken(path, n)))?;
        from.list(&mut |site, n| tell(Count::Drawn(site, n)))?;
        (from.ids.is_empty() && from.bits.at_end()).then_some(())
    }
}

struct Unpacking<'a> {
    ids: &'a str,
    bits: Reader<'a>,
    /// How many bytes the ids may have yet at length.
    room: usize,
}

impl<'a> Unpacking<'a> {
    /// How many there are of something that takes a bit at least.
    fn count(&mut self) -> Option<usize> {
        let count = self.bits.number()? as usize;
        (count <= self.bits.left()).then_some(count)
    }

    fn list(&mut self, tell: &mut dyn FnMut(&str, u32)) -> Option<()> {
        let mut id = String::new();
        for _ in 0..self.count()? {
            self.id(&mut id)?;
            tell(&id, self.bits.number()?.wrapping_add(1));
        }
        Some(())
    }

    fn id(&mut self, id: &mut String) -> Option<()> {
        let left = id.len().checked_sub(self.bits.number()? as usize)?;
        id.truncate(left);
        id.push_str(self.text()?);
        self.spend(id.len())
    }

    fn end(&mut self, ends: &mut Vec<&'a str>) -> Option<&'a str> {
        let number = self.bits.number()? as usize;
        if number == ends.len() {
            ends.push(self.text()?);
        }
        ends.get(number).copied()
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.bits.number()? as usize;
        let (text, rest) = self.ids.split_at_checked(length)?;
        self.ids = rest;
        is_plain(text).then_some(text).or((length == 0).then_some(""))
    }

    fn spend(&mut self, bytes: usize) -> Option<()> {
        self.room = self.room.checked_sub(bytes + ENTRY)?;
        (bytes <= 2 * ID).then_some(())
    }
}
