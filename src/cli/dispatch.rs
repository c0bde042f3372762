//! Does what the arguments ask.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use clap::{CommandFactory, Parser};

use crate::engine::Chapter;
#[cfg(feature = "tui")]
use crate::engine::World;
use crate::engine::render::Reader;
use crate::play::desk::{Desk, Now};
use crate::play::sitting::Chapters;
#[cfg(feature = "tui")]
use crate::play::watch::Watch;
#[cfg(feature = "tui")]
use crate::saves::{Settings, settings};
use crate::saves::{Slot, Store, stamp, store};
use crate::story::{Book, Report, Sources};
use crate::workshop::check::Form;
use crate::{plain, workshop};

use super::{Arguments, At, Command, Hand, Play, Saves, Story, Walk};

/// Clean.
const CLEAN: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// It could not run.
const COULD_NOT: u8 = 2;

/// Runs the program and answers its exit code.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { COULD_NOT } else { CLEAN });
        }
    };
    let code = dispatch(arguments).unwrap_or_else(|stop| {
        let _ = writeln!(io::stderr(), "{}", stop.words.trim_end());
        stop.code
    });
    ExitCode::from(code)
}

/// Why the program stops, in words, and with which code.
struct Stop {
    words: String,
    code: u8,
}

impl Stop {
    fn could_not(why: impl std::fmt::Display) -> Self {
        Self { words: format!("taiyuan: {why}"), code: COULD_NOT }
    }

    fn faults(report: &Report) -> Self {
        let words = report.render(terminal_width(), io::stderr().is_terminal());
        Self { words, code: FOUND }
    }
}

fn dispatch(arguments: Arguments) -> Result<u8, Stop> {
    let mut out = BufWriter::new(io::stdout().lock());
    let code = match arguments.command {
        None => {
            drop(out);
            return play(&arguments.play);
        }
        Some(Command::Play(args)) => {
            drop(out);
            return play(&args);
        }
        Some(Command::Saves { what }) => saves(what, &mut out)?,
        Some(Command::Check(args)) => check(&args, &mut out)?,
        Some(Command::Test(args)) => test(&args, &mut out)?,
        Some(Command::Walk(args)) => walk(&args, &mut out)?,
        Some(Command::Stats(args)) => stats(&args, &mut out)?,
        Some(Command::Completions { shell }) => {
            clap_complete::generate(shell, &mut Arguments::command(), "taiyuan", &mut out);
            CLEAN
        }
        Some(Command::Man) => {
            clap_mangen::Man::new(Arguments::command()).render(&mut out).map_err(Stop::could_not)?;
            CLEAN
        }
    };
    match out.flush() {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(Stop::could_not(e)),
        _ => Ok(code),
    }
}

fn sources(dir: Option<&Path>) -> Result<Sources, Stop> {
    match dir {
        Some(dir) => Sources::folder(dir).map_err(|e| Stop::could_not(format!("cannot read `{}`: {e}", dir.display()))),
        None => Ok(Sources::embedded()),
    }
}

fn open(dir: Option<&Path>, lang: Option<&str>) -> Result<Arc<Book>, Stop> {
    Book::open_in(sources(dir)?, lang).map(Arc::new).map_err(|report| Stop::faults(&report))
}

/// The chapters of a book, as a play wants them.
fn chapters(book: &Arc<Book>) -> Chapters {
    let book = Arc::clone(book);
    Arc::new(move |id| book.chapter(id).ok())
}

/// Reads every chapter of a story folder again.
fn read_again(dir: &Path, lang: Option<&str>) -> Result<Chapters, String> {
    // Shown on a screen of its own, which takes no colours from a text.
    let plain = |report: &Report| report.render(terminal_width(), false);
    let sources = sources(Some(dir)).map_err(|stop| stop.words)?;
    let book = Book::open_in(sources, lang).map(Arc::new).map_err(|report| plain(&report))?;
    let report = book.load_all();
    if report.has_errors() { Err(plain(&report)) } else { Ok(chapters(&book)) }
}

fn play(args: &Play) -> Result<u8, Stop> {
    let book = open(args.story.as_deref(), args.lang.as_deref())?;
    let world = Arc::clone(book.world());
    if args.story.is_some() {
        let report = book.load_all();
        if report.has_errors() {
            return Err(Stop::faults(&report));
        }
    }
    if let Some(lang) = &args.lang
        && !book.languages().any(|l| l == lang)
    {
        return Err(Stop::could_not(format!("the story is not translated into `{lang}`")));
    }
    if let Some(id) = &args.chapter
        && !world.order.contains(id)
    {
        return Err(Stop::could_not(format!("there is no chapter `{id}`; there are {}", world.order.join(", "))));
    }
    let store = store_at(args.saves.as_deref())?;
    let desk = Desk::new(chapters(&book), &world.id, store);
    let started = Instant::now();
    let clock = move || Now {
        unix: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs()),
        since_start: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    let settings = desk.store().settings().0;
    let reader = Reader { gentle: args.gentle || settings.gentle };
    let dumb = std::env::var_os("TERM").is_none_or(|t| t == "dumb" || t.is_empty());
    let terminal = io::stdin().is_terminal() && io::stdout().is_terminal() && !dumb;
    let reload_from = args.story.clone().map(|dir| (dir, args.lang.clone()));
    let reload = reload_from.map(|(dir, lang)| move || read_again(&dir, lang.as_deref()));
    #[cfg(feature = "tui")]
    if terminal && !args.plain {
        let reload = reload.map(|f| Box::new(f) as crate::tui::Reload);
        return screen(args, desk, world, settings, reload);
    }
    #[cfg(not(feature = "tui"))]
    let _ = terminal;
    let setup = plain::Setup {
        desk,
        world: &world,
        chapter: args.chapter.clone(),
        slot: args.slot.clone(),
        seed: args.seed,
        reader,
        reload: reload.as_ref().map(|f| f as &dyn Fn() -> Result<Chapters, String>),
        clock: &clock,
    };
    let mut input = io::stdin().lock();
    plain::run(setup, &mut input, &mut io::stdout().lock()).map_err(Stop::could_not)?;
    Ok(CLEAN)
}

#[cfg(feature = "tui")]
fn screen(
    args: &Play,
    desk: Desk,
    world: Arc<World>,
    settings: Settings,
    reload: Option<crate::tui::Reload>,
) -> Result<u8, Stop> {
    use crate::tui::{ExitKind, Setup, Start};
    let start = match (&args.chapter, &args.slot) {
        (Some(id), _) => Start::Chapter(id.clone()),
        (None, Some(name)) => Start::Slot(name.parse().map_err(Stop::could_not)?),
        (None, None) => Start::Title,
    };
    let changed = match &args.story {
        Some(dir) if args.watch => {
            let watch = Watch::new(dir).map_err(Stop::could_not)?;
            Some(Box::new(move || watch.changed()) as Box<dyn FnMut() -> bool>)
        }
        _ => None,
    };
    let setup = Setup {
        desk,
        world,
        settings,
        start,
        seed: args.seed,
        theme: args.theme.map(theme),
        no_mouse: args.no_mouse,
        gentle: args.gentle,
        reload,
        changed,
    };
    match crate::tui::run(setup).map_err(Stop::could_not)? {
        ExitKind::Left => Ok(CLEAN),
        ExitKind::Signal(number) => Ok(u8::try_from(128 + number).unwrap_or(COULD_NOT)),
    }
}

#[cfg(feature = "tui")]
const fn theme(named: super::Theme) -> settings::Theme {
    match named {
        super::Theme::Auto => settings::Theme::Auto,
        super::Theme::Dark => settings::Theme::Dark,
        super::Theme::Light => settings::Theme::Light,
        super::Theme::Contrast => settings::Theme::HighContrast,
        super::Theme::Mono => settings::Theme::Mono,
    }
}

fn store_at(argument: Option<&Path>) -> Result<Store, Stop> {
    let here = std::env::current_dir().unwrap_or_default();
    // The variable has already been read as the argument's default.
    store::find(argument, None, &here).map(Store::at).map_err(Stop::could_not)
}

fn saves(what: Saves, out: &mut dyn Write) -> Result<u8, Stop> {
    let slot = |name: &str| name.parse::<Slot>().map_err(Stop::could_not);
    let at = |at: &At| store_at(at.saves.as_deref());
    match what {
        Saves::List(place) => {
            let mut code = CLEAN;
            for entry in at(&place)?.list().map_err(Stop::could_not)? {
                let line = match entry.summary {
                    Ok(s) => {
                        let m = &s.moment;
                        let spot = m.place.as_deref().unwrap_or("-");
                        let date = m.date.as_deref().unwrap_or("-");
                        let played = stamp::length(m.played);
                        format!(
                            "{}\t{}\t{spot}\t{date}\t{played}\t{}",
                            entry.slot,
                            s.chapter_title,
                            stamp::utc(m.saved)
                        )
                    }
                    Err(fault) => {
                        code = FOUND;
                        format!("{}\tcannot be read: {fault}", entry.slot)
                    }
                };
                writeln!(out, "{line}").map_err(Stop::could_not)?;
            }
            Ok(code)
        }
        Saves::Show { slot: name, at: place } => {
            let opened = at(&place)?.load(&slot(&name)?).map_err(Stop::could_not)?;
            let (s, m) = (&opened.save.summary, &opened.save.summary.moment);
            let rows = [
                ("story", format!("{} {}", s.title, s.version)),
                ("chapter", s.chapter_title.clone()),
                ("place", m.place.clone().unwrap_or_default()),
                ("date", m.date.clone().unwrap_or_default()),
                ("choices", m.turn.to_string()),
                ("played", stamp::length(m.played)),
                ("saved", stamp::utc(m.saved)),
                ("seed", opened.save.log.seed.to_string()),
                ("last", m.last.join(" / ")),
                ("note", opened.caveat.map(|c| c.to_string()).unwrap_or_default()),
            ];
            for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
                writeln!(out, "{name:<8} {value}").map_err(Stop::could_not)?;
            }
            for leg in &opened.save.log.legs {
                let keys: Vec<&str> = leg.steps.iter().map(|s| s.choice.as_str()).collect();
                writeln!(out, "{:<8} {}", leg.chapter, keys.join(" ")).map_err(Stop::could_not)?;
            }
            Ok(CLEAN)
        }
        Saves::Export { slot: name, file, at: place } => {
            at(&place)?.export(&slot(&name)?, &file).map_err(Stop::could_not)?;
            Ok(CLEAN)
        }
        Saves::Import { file, slot: name, at: place } => {
            at(&place)?.import(&file, &slot(&name)?).map_err(Stop::could_not)?;
            Ok(CLEAN)
        }
        Saves::Remove { slot: name, at: place } => {
            at(&place)?.remove(&slot(&name)?).map_err(Stop::could_not)?;
            Ok(CLEAN)
        }
    }
}

fn check(args: &Story, out: &mut dyn Write) -> Result<u8, Stop> {
    let human = Form::Human { width: terminal_width(), colour: io::stdout().is_terminal() };
    let form = if args.json { Form::Json } else { human };
    let found = workshop::check::check(sources(args.dir.as_deref())?, form, out).map_err(Stop::could_not)?;
    Ok(if found { FOUND } else { CLEAN })
}

/// Every chapter of a story, or the report of what is wrong with it.
fn all_chapters(dir: Option<&Path>) -> Result<Vec<Arc<Chapter>>, Stop> {
    let book = open(dir, None)?;
    let report = book.load_all();
    if report.has_errors() {
        return Err(Stop::faults(&report));
    }
    let order = &book.world().order;
    order.iter().map(|id| book.chapter(id).map_err(|report| Stop::faults(&report))).collect()
}

fn test(args: &Story, out: &mut dyn Write) -> Result<u8, Stop> {
    let mut ran = 0;
    let mut failures = Vec::new();
    for chapter in all_chapters(args.dir.as_deref())? {
        let (count, failed) = workshop::test::run(&chapter);
        ran += count;
        failures.extend(failed);
    }
    let code = if failures.is_empty() { CLEAN } else { FOUND };
    if args.json {
        let document = serde_json::json!({ "ran": ran, "failures": failures });
        writeln!(out, "{document:#}").map_err(Stop::could_not)?;
    } else {
        workshop::test::report(ran, &failures, out).map_err(Stop::could_not)?;
    }
    Ok(code)
}

fn walk(args: &Walk, out: &mut dyn Write) -> Result<u8, Stop> {
    let hand = match args.hand {
        Hand::Uniform => workshop::walk::Hand::Uniform,
        Hand::Least => workshop::walk::Hand::LeastUsed,
    };
    let mut walks = BTreeMap::new();
    let mut stuck = false;
    for chapter in all_chapters(args.story.dir.as_deref())? {
        if args.chapter.as_ref().is_some_and(|id| *id != chapter.id) {
            continue;
        }
        let start = match &args.from {
            Some(id) => chapter.find_scene(id).ok_or_else(|| Stop::could_not(format!("there is no scene `{id}`")))?,
            None => chapter.start,
        };
        let walked = workshop::walk::walk(&chapter, start, &[], args.plays, args.seed, hand);
        stuck |= !walked.stuck.is_empty();
        if !args.story.json {
            workshop::walk::report(&walked, out).map_err(Stop::could_not)?;
        }
        walks.insert(chapter.id.clone(), walked);
    }
    if args.story.json {
        let document = serde_json::to_string_pretty(&walks).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    }
    Ok(if stuck { FOUND } else { CLEAN })
}

fn stats(args: &Story, out: &mut dyn Write) -> Result<u8, Stop> {
    let all: Vec<_> = all_chapters(args.dir.as_deref())?.iter().map(|c| workshop::stats::count(c)).collect();
    if args.json {
        let document = serde_json::to_string_pretty(&all).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        workshop::stats::report(&all, out).map_err(Stop::could_not)?;
    }
    Ok(CLEAN)
}

fn terminal_width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(100)
}
