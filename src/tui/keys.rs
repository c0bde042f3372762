//! The one table of keys. It feeds dispatch, the footer, the help page, the command palette and the README.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verb {
    Choose,
    Up,
    Down,
    Take,
    PageUp,
    PageDown,
    Home,
    End,
    Undo,
    Redo,
    Things,
    Stats,
    People,
    Codex,
    Map,
    History,
    Save,
    Quicksave,
    Load,
    Endings,
    Runs,
    Settings,
    Help,
    Palette,
    Reload,
    Back,
    Leave,
    Quit,
    Suspend,
    Redraw,
    /// In lists: search.
    Search,
    /// In lists: remove what is selected.
    Remove,
    Left,
    Right,
    /// On the map: closer, farther, the whole of it.
    Closer,
    Farther,
    Whole,
    /// On the map: the next place, the place before it, the next map.
    NextPlace,
    PlaceBefore,
    NextMap,
    /// On the map: what the signs mean.
    Legend,
    /// In a run: give up and begin again, on the same seed or a new one.
    Reset,
    NewSeed,
    Pause,
    /// In a run: splits or stats on the panel; the keys pressed last.
    Panel,
    Pressed,
    /// In practice: a choice back and forward, a mark and back to it, luck, and the segment again by itself.
    StepBack,
    StepOn,
    Mark,
    ToMark,
    Luck,
    Repeat,
    /// While watching: on to the next split.
    NextSplit,
}

/// Where a row of the table counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// On the reading screen, and in the palette.
    Reading,
    /// Wherever something can be moved through.
    Everywhere,
    /// Inside overlays.
    Overlay,
    /// Only when the story is played from files.
    Files,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) verb: Verb,
    /// The keys as a player reads them.
    pub(crate) shown: &'static str,
    /// The keys, any of which will do.
    pub(crate) keys: &'static [Key],
    /// One or two words, for the footer.
    pub(crate) short: &'static str,
    /// What it does, for help, palette and README.
    pub(crate) does: &'static str,
    pub(crate) place: Where,
}

/// A key as it comes from the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Char(char),
    Ctrl(char),
    Code(KeyCode),
}

impl Verb {
    /// Whether it does something only while a story is open.
    pub(crate) const fn wants_a_play(self) -> bool {
        matches!(
            self,
            Self::Undo
                | Self::Redo
                | Self::Things
                | Self::Stats
                | Self::People
                | Self::Map
                | Self::History
                | Self::Save
                | Self::Quicksave
        )
    }
}

impl Row {
    fn hears(&self, event: KeyEvent) -> bool {
        self.keys.iter().any(|key| key.is(event))
    }

    /// Whether it takes every key of another row.
    fn hides(&self, other: &Self) -> bool {
        !other.keys.is_empty() && other.keys.iter().all(|key| self.keys.contains(key))
    }
}

impl Key {
    fn is(self, event: KeyEvent) -> bool {
        let held = event.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        match self {
            Self::Char(c) => !held && event.code == KeyCode::Char(c),
            Self::Ctrl(c) => event.modifiers.contains(KeyModifiers::CONTROL) && event.code == KeyCode::Char(c),
            Self::Code(code) => !held && event.code == code,
        }
    }
}

use Key::{Char, Code, Ctrl};
use Where::{Everywhere, Files, Overlay, Reading};

const fn row(
    verb: Verb,
    shown: &'static str,
    keys: &'static [Key],
    short: &'static str,
    does: &'static str,
    place: Where,
) -> Row {
    Row { verb, shown, keys, short, does, place }
}

/// Every key there is. Digits and letters that stand before a choice are the choices' own.
#[rustfmt::skip]
pub(crate) const TABLE: &[Row] = &[
    row(Verb::Choose, "1-9", &[], "choose", "take the choice with that number", Reading),
    row(Verb::Up, "↑ k", &[Code(KeyCode::Up), Char('k')], "up", "select the choice above, or scroll up", Everywhere),
    row(Verb::Down, "↓ j", &[Code(KeyCode::Down), Char('j')], "down", "select the choice below, or scroll down", Everywhere),
    row(Verb::Take, "Enter", &[Code(KeyCode::Enter)], "take", "take what is selected", Everywhere),
    row(Verb::PageUp, "PgUp b", &[Code(KeyCode::PageUp), Char('b')], "back a page", "scroll up by a page", Everywhere),
    row(Verb::PageDown, "PgDn Space", &[Code(KeyCode::PageDown), Char(' ')], "on a page", "scroll down by a page", Everywhere),
    row(Verb::Home, "Home g", &[Code(KeyCode::Home), Char('g')], "first", "to the first page of the sitting", Everywhere),
    row(Verb::End, "End G", &[Code(KeyCode::End), Char('G')], "last", "to the newest page", Everywhere),
    row(Verb::Undo, "u", &[Char('u'), Code(KeyCode::Backspace)], "undo", "take back the last choice", Reading),
    row(Verb::Redo, "r", &[Char('r'), Ctrl('r')], "redo", "do again what was taken back", Reading),
    row(Verb::Things, "i", &[Char('i')], "things", "what you carry", Reading),
    row(Verb::Stats, "t Tab", &[Char('t'), Code(KeyCode::Tab)], "stats", "how things stand", Reading),
    row(Verb::People, "p", &[Char('p')], "people", "whom you have met", Reading),
    row(Verb::Codex, "c", &[Char('c')], "codex", "what is known, with search", Reading),
    row(Verb::Map, "m", &[Char('m')], "map", "where you are, and the armies", Reading),
    row(Verb::History, "h", &[Char('h')], "history", "every choice made; jump back to one", Reading),
    row(Verb::Save, "s", &[Char('s')], "save", "save under a name", Reading),
    row(Verb::Quicksave, "q", &[Char('q')], "quick save", "save to the quick slot", Reading),
    row(Verb::Load, "l", &[Char('l')], "load", "saved games", Reading),
    row(Verb::Endings, "e", &[Char('e')], "endings", "endings and achievements found", Reading),
    row(Verb::Runs, "0", &[Char('0')], "runs", "against the clock: categories and records", Reading),
    row(Verb::Settings, "o", &[Char('o')], "settings", "theme, width, telling", Reading),
    row(Verb::Help, "? F1", &[Char('?'), Code(KeyCode::F(1))], "help", "every key and what it does", Reading),
    row(Verb::Palette, ": ^P", &[Char(':'), Ctrl('p')], "commands", "find a command by name", Reading),
    row(Verb::Reload, "R", &[Char('R')], "reload", "read the story's files again (with `--story`)", Files),
    row(Verb::Search, "/", &[Char('/')], "search", "search in a list", Overlay),
    row(Verb::Left, "←", &[Code(KeyCode::Left)], "less", "change what is selected, back", Overlay),
    row(Verb::Right, "→", &[Code(KeyCode::Right)], "more", "change what is selected, forward", Overlay),
    row(Verb::Remove, "Del x", &[Code(KeyCode::Delete), Char('x')], "remove", "remove a saved game", Overlay),
    row(Verb::Back, "Esc", &[Code(KeyCode::Esc)], "close", "close what lies on top", Everywhere),
    row(Verb::Leave, "Q", &[Char('Q')], "leave", "to the title, then out; every choice is saved already", Everywhere),
    row(Verb::Quit, "^C", &[Ctrl('c')], "out", "out at once; every choice is saved already", Everywhere),
    row(Verb::Suspend, "^Z", &[Ctrl('z')], "suspend", "back to the shell; `fg` returns", Everywhere),
    row(Verb::Redraw, "^L", &[Ctrl('l')], "redraw", "draw the screen again", Everywhere),
];

/// The keys of the map, where a key may mean something else than elsewhere. They come before those of [`TABLE`].
#[rustfmt::skip]
pub(crate) const MAP: &[Row] = &[
    row(Verb::Up, "↑ k", &[Code(KeyCode::Up), Char('k')], "north", "look farther north", Overlay),
    row(Verb::Down, "↓ j", &[Code(KeyCode::Down), Char('j')], "south", "look farther south", Overlay),
    row(Verb::Left, "← h", &[Code(KeyCode::Left), Char('h')], "west", "look farther west", Overlay),
    row(Verb::Right, "→ l", &[Code(KeyCode::Right), Char('l')], "east", "look farther east", Overlay),
    row(Verb::Closer, "+", &[Char('+'), Char('=')], "closer", "closer", Overlay),
    row(Verb::Farther, "-", &[Char('-'), Char('_')], "farther", "farther away", Overlay),
    row(Verb::Whole, "0", &[Char('0')], "all", "the whole map", Overlay),
    row(Verb::NextPlace, "n", &[Char('n')], "place", "to the next place, those that matter most first", Overlay),
    row(Verb::PlaceBefore, "N p", &[Char('N'), Char('p')], "place before", "to the place before it", Overlay),
    row(Verb::NextMap, "Tab", &[Code(KeyCode::Tab)], "next map", "the next map", Overlay),
    row(Verb::Legend, "L", &[Char('L')], "legend", "what the signs mean", Overlay),
    row(Verb::Take, "Enter", &[Code(KeyCode::Enter)], "codex", "what the codex says of the selected place", Overlay),
];

/// The keys of a run, where a key may mean something else than elsewhere. Those of [`TABLE`] that move, look something up
/// or leave count as well.
#[rustfmt::skip]
pub(crate) const RUN: &[Row] = &[
    row(Verb::Reset, "^R", &[Ctrl('r')], "reset", "give up and begin again at once, on the same seed", Reading),
    row(Verb::NewSeed, "^N", &[Ctrl('n')], "new seed", "the same, on a seed nobody has seen", Reading),
    row(Verb::Pause, "p", &[Char('p')], "pause", "blank the screen and stop game time; real time goes on", Reading),
    row(Verb::Panel, "t", &[Char('t')], "panel", "splits or stats on the panel; where there is none, the splits over the page", Reading),
    row(Verb::Pressed, "h", &[Char('h')], "keys", "show the keys pressed last", Reading),
    row(Verb::Stats, "Tab", &[Code(KeyCode::Tab)], "stats", "how things stand", Reading),
    row(Verb::Leave, "Q", &[Char('Q')], "leave", "leave; an attempt that was begun counts as given up", Reading),
    row(Verb::Quit, "^C", &[Ctrl('c')], "out", "out at once, which counts as well", Reading),
];

/// The keys of practice, beside those of a run.
#[rustfmt::skip]
pub(crate) const PRACTICE: &[Row] = &[
    row(Verb::StepBack, "[ u", &[Char('['), Char('u')], "back", "a choice back", Reading),
    row(Verb::StepOn, "]", &[Char(']')], "on", "the choice that was stepped back over, again", Reading),
    row(Verb::Mark, "s", &[Char('s')], "mark", "mark this page; the segment is timed from here", Reading),
    row(Verb::ToMark, "l", &[Char('l')], "to mark", "back to the mark", Reading),
    row(Verb::Luck, "o", &[Char('o')], "luck", "the seed's luck, all high, or all low", Reading),
    row(Verb::Repeat, "r", &[Char('r')], "loop", "back to the mark by itself at the next split", Reading),
];

/// The keys of a replay that is watched, beside stepping back and on.
#[rustfmt::skip]
pub(crate) const WATCH: &[Row] = &[
    row(Verb::Pause, "p Space", &[Char('p'), Char(' ')], "stop", "stop, or go on", Reading),
    row(Verb::Closer, "+", &[Char('+'), Char('=')], "faster", "faster", Reading),
    row(Verb::Farther, "-", &[Char('-'), Char('_')], "slower", "slower", Reading),
    row(Verb::NextSplit, "n", &[Char('n')], "next split", "on to the next split", Reading),
    row(Verb::StepBack, "[", &[Char('[')], "back", "a choice back", Reading),
    row(Verb::StepOn, "]", &[Char(']')], "on", "a choice on", Reading),
];

/// The row of a verb while a replay is watched.
pub(crate) fn watching(event: KeyEvent) -> Option<Verb> {
    WATCH.iter().find(|row| row.hears(event)).map(|row| row.verb)
}

/// Where keys are pressed: a key may mean another thing there, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A story is read.
    Story,
    /// A run.
    Run,
    /// Practice.
    Practice,
    /// A replay is watched.
    Watch,
}

/// A part of the list of keys: its heading, and its rows.
pub(crate) type Part = (&'static str, Vec<&'static Row>);

/// Every key that means something in a mode, those of its own first. A reader is told those of runs as well.
pub(crate) fn parts(mode: Mode) -> Vec<Part> {
    let also = |row: &&Row| !matches!(row.verb, Verb::Pause | Verb::Reset | Verb::NewSeed);
    let own: Vec<Part> = match mode {
        Mode::Story => Vec::new(),
        Mode::Run => vec![run()],
        Mode::Practice => vec![practice(), run()],
        Mode::Watch => vec![watch(), ("As in a run", RUN.iter().filter(also).collect())],
    };
    let taken = |row: &Row| own.iter().flat_map(|(_, rows)| rows).any(|own| own.verb == row.verb || own.hides(row));
    let counts = |row: &&Row| match mode {
        Mode::Story => true,
        Mode::Watch if row.verb == Verb::Choose => false,
        Mode::Run | Mode::Practice | Mode::Watch => in_run(row.verb) && !taken(row),
    };
    let of = |place| TABLE.iter().filter(|row| row.place == place).filter(counts).collect();
    let shared = [
        ("While reading", of(Reading)),
        ("Everywhere", of(Everywhere)),
        ("In lists and pages", of(Overlay)),
        ("On the map", MAP.iter().collect()),
    ];
    let others = if mode == Mode::Story { vec![run(), practice(), watch()] } else { Vec::new() };
    own.into_iter().chain(shared).chain(others).collect()
}

fn run() -> Part {
    ("In a run", RUN.iter().collect())
}

fn practice() -> Part {
    ("In practice", PRACTICE.iter().collect())
}

fn watch() -> Part {
    ("While a replay is watched", WATCH.iter().collect())
}

/// Whether a verb of [`TABLE`] means anything in a run. What belongs to saved games does not.
const fn in_run(verb: Verb) -> bool {
    !matches!(
        verb,
        Verb::Undo
            | Verb::Redo
            | Verb::People
            | Verb::Save
            | Verb::Quicksave
            | Verb::Load
            | Verb::History
            | Verb::Endings
            | Verb::Runs
            | Verb::Settings
            | Verb::Palette
            | Verb::Reload
            | Verb::Remove
    )
}

/// The verb a key stands for in a run.
pub(crate) fn verb_in_run(event: KeyEvent) -> Option<Verb> {
    let own = RUN.iter().chain(PRACTICE).find(|row| row.hears(event)).map(|row| row.verb);
    own.or_else(|| verb(event).filter(|verb| in_run(*verb)))
}

/// The verb a key stands for, if any; not on the map.
pub(crate) fn verb(event: KeyEvent) -> Option<Verb> {
    TABLE.iter().find(|row| row.hears(event)).map(|row| row.verb)
}

/// The verb a key stands for on the map.
pub(crate) fn verb_on_map(event: KeyEvent) -> Option<Verb> {
    MAP.iter().find(|row| row.hears(event)).map(|row| row.verb)
}

/// The row of a verb.
pub(crate) fn row_of(verb: Verb) -> &'static Row {
    TABLE.iter().chain(MAP).chain(RUN).chain(PRACTICE).chain(WATCH).find(|row| row.verb == verb).unwrap_or(&TABLE[0])
}

/// The keys of choices, in order: the digits, then the letters that no command uses.
fn choice_keys() -> impl Iterator<Item = char> {
    let used = |c: &char| TABLE.iter().any(|row| row.keys.contains(&Char(*c)));
    ('1'..='9').chain(('a'..='z').chain('A'..='Z').filter(move |c| !used(c)))
}

/// The key that takes the choice at this position of the menu; the last ones of a very long menu have none.
pub(crate) fn choice_key(at: usize) -> Option<char> {
    choice_keys().nth(at)
}

/// The position in the menu that a key stands for.
pub(crate) fn choice_at(event: KeyEvent) -> Option<usize> {
    choice_keys().position(|c| Char(c).is(event))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{KeyCode, KeyEvent, KeyModifiers, TABLE, Verb, choice_at, choice_key, choice_keys, verb};

    /// The table as the README has it.
    fn markdown() -> String {
        let mut out = String::from("| key | what it does |\n|---|---|\n");
        for row in TABLE {
            let keys: Vec<String> = row.shown.split(' ').map(|key| format!("`{key}`")).collect();
            out += &format!("| {} | {} |\n", keys.join(" "), row.does);
        }
        out
    }

    #[test]
    fn the_readme_has_this_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let readme = std::fs::read_to_string(path).unwrap();
        let (before, rest) = readme.split_once("<!-- keys -->\n").unwrap();
        let (kept, after) = rest.split_once("<!-- /keys -->").unwrap();
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(path, format!("{before}<!-- keys -->\n{}<!-- /keys -->{after}", markdown())).unwrap();
        } else {
            assert_eq!(kept, markdown(), "BLESS=1 writes the table anew");
        }
    }

    #[test]
    fn no_key_means_two_things() {
        let mut seen = BTreeSet::new();
        for row in TABLE {
            assert!(row.keys.iter().all(|key| seen.insert(format!("{key:?}"))), "{} is used twice", row.shown);
        }
    }

    #[test]
    fn a_long_menu_goes_on_with_letters_that_are_no_commands() {
        let keys: String = choice_keys().collect();
        assert!(keys.starts_with("123456789a"), "{keys}");
        assert!(keys.chars().count() >= 40, "a menu may hold forty");
        for (at, key) in keys.chars().enumerate() {
            let event = KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE);
            assert_eq!((verb(event), choice_at(event), choice_key(at)), (None, Some(at), Some(key)));
        }
    }

    #[test]
    fn control_is_not_the_letter() {
        let with = |held| verb(KeyEvent::new(KeyCode::Char('c'), held));
        assert_eq!(with(KeyModifiers::NONE), Some(Verb::Codex));
        assert_eq!(with(KeyModifiers::CONTROL), Some(Verb::Quit));
        assert_eq!(with(KeyModifiers::ALT), None);
    }
}
