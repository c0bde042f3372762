//! What a story is made of, for people.

use std::io::{self, Write};

use super::{PACE, Plays, Stats};
use crate::engine::render::in_threes;
use crate::workshop::figures::{bar, count, cut, list, many, padded, percent};

/// The widest bar.
const BAR: usize = 36;
/// How many variables are shown from the top.
const MOST_USED: usize = 8;

/// Writes the counts.
///
/// # Errors
/// When `out` cannot be written.
pub fn report(all: &[Stats], out: &mut dyn Write) -> io::Result<()> {
    table(all, out)?;
    for stats in all {
        writeln!(out, "\n{}: {}\n", stats.chapter, stats.title)?;
        one_play(stats, out)?;
        writeln!(out, "  {}", plays(&stats.plays))?;
        if let Plays::MoreThan { .. } = stats.plays {
            let (ways, of) = (stats.play.ways, count(stats.play.plays));
            writeln!(out, "  with any one seed about 10^{ways:.0}, estimated from {of} plays at random")?;
        }
        writeln!(out)?;
        variables(stats, out)?;
        longest(stats, out)?;
    }
    Ok(())
}

fn table(all: &[Stats], out: &mut dyn Write) -> io::Result<()> {
    let row = |name: &str, figures: [String; 6]| {
        let [scenes, choices, cards, dice, endings, words] = figures;
        format!("{name:<12} {scenes:>7} {choices:>8} {cards:>6} {dice:>5} {endings:>8} {words:>9}")
    };
    let heads = ["scenes", "choices", "cards", "dice", "endings", "words"];
    writeln!(out, "{} {:>10}", row("", heads.map(str::to_owned)), "to read")?;
    let mut sums = [0; 6];
    for s in all {
        let figures = [s.scenes, s.choices, s.cards, s.dice, s.endings, s.scene_words + s.choice_words];
        sums.iter_mut().zip(figures).for_each(|(sum, n)| *sum += n);
        writeln!(out, "{} {:>10}", row(&cut(&s.chapter, 12), figures.map(count)), minutes(s.minutes))?;
    }
    if all.len() > 1 {
        writeln!(out, "{} {:>10}", row("all", sums.map(count)), minutes(sums[5].div_ceil(PACE)))?;
    }
    let codex = all.first().map_or(0, |s| s.codex_words);
    writeln!(out, "\nand {} words of codex, people and things", count(codex))?;
    writeln!(out, "words: each alternative once; to read: at {PACE} words a minute")
}

fn minutes(n: usize) -> String {
    if n < 60 { format!("{n} min") } else { format!("{} h {:02} min", n / 60, n % 60) }
}

fn one_play(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    let play = &stats.play;
    let [_, words, _] = play.words;
    let [_, made, _] = play.choices;
    let menu = format!("{}.{}", stats.menu / 100, stats.menu % 100 / 10);
    writeln!(out, "  {menu} choices in a menu as written, {:.1} open on a page as played", play.open)?;
    let all = stats.scene_words + stats.choice_words;
    let part = percent(words.min(all), all);
    writeln!(
        out,
        "  a play: {} and {} words in the median of {}, {} to read,",
        many(made, "choice"),
        count(words),
        count(play.plays),
        minutes(play.minutes)
    )?;
    writeln!(out, "  {} of the words there are at most, for some are told more than once\n", part.trim())?;
    let most = play.spread.iter().map(|(_, _, n)| *n).max().unwrap_or(0);
    writeln!(out, "  words told in a play")?;
    for (from, to, n) in &play.spread {
        let range = format!("{} to {}", count(*from), count(*to));
        let row = format!("    {range:>18} {:>6} {}", count(*n), bar(*n, most, BAR));
        writeln!(out, "{}", row.trim_end())?;
    }
    writeln!(out)
}

/// How many plays there are, in a sentence.
fn plays(plays: &Plays) -> String {
    let number = |count: &Option<u128>, log10: f64| match count {
        Some(n) if *n < 1_000_000_000_000 => in_threes(&n.to_string()),
        _ => format!("10^{log10:.1}"),
    };
    match plays {
        Plays::Exactly { count: n, log10, states } => {
            format!("different plays: {}, all counted over {} states", number(n, *log10), count(*states))
        }
        Plays::MoreThan { count: n, log10, states } => {
            format!("different plays: more than {}, counted over {} states", number(n, *log10), count(*states))
        }
        Plays::Endless { scene } => {
            format!("different plays: no end of them, for `{scene}` can be come back to unchanged")
        }
        Plays::Uncounted => "different plays: not counted, there are too many scenes".to_owned(),
    }
}

fn variables(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    let Some(most) = stats.variables.first().map(|usage| usage.read + usage.written) else { return Ok(()) };
    let columns = stats.variables.iter().take(MOST_USED).map(|usage| usage.variable.len()).max().unwrap_or(0).min(24);
    writeln!(out, "  {}  read  written", padded("variables", columns + 2))?;
    for usage in stats.variables.iter().take(MOST_USED) {
        let name = padded(&cut(&usage.variable, columns), columns);
        let bar = bar(usage.read + usage.written, most, BAR);
        writeln!(out, "    {name}  {:>4}  {:>7} {bar}", count(usage.read), count(usage.written))?;
    }
    let named = |keep: &dyn Fn(&super::Usage) -> bool| -> Vec<String> {
        stats.variables.iter().filter(|usage| keep(usage)).map(|usage| usage.variable.clone()).collect()
    };
    for (title, names) in [
        ("used once or twice:", named(&|usage| usage.read + usage.written <= 2)),
        ("never read:", named(&|usage| usage.read == 0 && !usage.carried)),
        ("never written:", named(&|usage| usage.written == 0 && !usage.carried)),
    ] {
        if !names.is_empty() {
            writeln!(out, "    {title}")?;
            list(out, &names, 6)?;
        }
    }
    writeln!(out)
}

fn longest(stats: &Stats, out: &mut dyn Write) -> io::Result<()> {
    let most = stats.longest.first().map_or(0, |(_, words)| *words);
    let columns = stats.longest.iter().map(|(text, _)| text.len()).max().unwrap_or(0).min(28);
    writeln!(out, "  longest texts, in words")?;
    for (text, words) in &stats.longest {
        let text = padded(&cut(text, columns), columns);
        writeln!(out, "    {text} {:>6} {}", count(*words), bar(*words, most, BAR))?;
    }
    Ok(())
}
