//! What a player may type at the prompt.

/// A line typed at the prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Take the choice with this number.
    Number(usize),
    /// Read the page again.
    Look,
    /// Take back a choice.
    Undo,
    /// Do again what was undone.
    Redo,
    /// Save under a name.
    Save(String),
    /// Load a slot.
    Load(String),
    /// List the slots.
    Slots,
    /// Remove a slot.
    Delete(String),
    /// Look something up.
    Lookup(Lookup),
    /// Endings and achievements.
    Endings,
    /// What can be set, and how it stands; with a name and a value, set it.
    Settings(Option<(String, String)>),
    /// What was chosen.
    History,
    /// Stand where the play stood after so many choices.
    Jump(usize),
    /// Read an edited story again.
    Reload,
    /// What may be typed.
    Help,
    /// Leave.
    Quit,
    /// Nothing was typed.
    Nothing,
    /// Something else.
    Unknown(String),
}

/// What can be looked up, in a story and in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lookup {
    /// What is carried.
    Inventory,
    /// How things stand.
    Stats,
    /// Who was met.
    People,
    /// Search the codex.
    Codex(String),
    /// Where things are.
    Map,
}

/// Rows of the help where a part is chosen: words, and what they do.
pub(super) const TITLE_HELP: &[(&str, &str)] = &[
    ("1, 2, 3 ...", "go on, or begin a part"),
    ("load NAME", "load a slot; `slots` lists them, `delete NAME` removes one"),
    ("endings", "endings and achievements you have found, over all plays"),
    ("settings", "what can be set here: `gentle on`, `gentle off`, `locked on`, `locked off`"),
    ("quit", "leave"),
];

/// The same for a story that is open.
pub(super) const HELP: &[(&str, &str)] = &[
    ("1, 2, 3 ...", "choose"),
    ("look", "read the page again"),
    ("undo, redo", "take back a choice, or do it again; as often as you like"),
    ("history", "what you chose; `jump N` stands after the Nth choice"),
    ("save NAME", "save in a slot (the game also saves itself after every choice)"),
    ("load NAME", "load a slot; `slots` lists them, `delete NAME` removes one"),
    ("inventory", "what you carry"),
    ("stats", "how things stand"),
    ("people", "whom you have met"),
    ("codex WORD", "look a word up; `codex` alone lists what you know"),
    ("map", "where you are, and who is where"),
    ("endings", "endings and achievements you have found, over all plays"),
    ("settings", "what can be set here: `gentle on`, `gentle off`, `locked on`, `locked off`"),
    ("reload", "read an edited story again (with --story)"),
    ("quit", "leave; you can go on tomorrow"),
];

impl Command {
    /// Reads a line.
    pub(super) fn read(line: &str) -> Self {
        let line = line.trim();
        if line.is_empty() {
            return Self::Nothing;
        }
        if let Ok(number) = line.trim_end_matches('.').parse() {
            return Self::Number(number);
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match word.to_lowercase().as_str() {
            "look" | "l" | "page" => Self::Look,
            "undo" | "u" => Self::Undo,
            "redo" | "r" => Self::Redo,
            "save" => Self::Save(rest.to_owned()),
            "load" | "restore" => Self::Load(rest.to_owned()),
            "slots" | "saves" => Self::Slots,
            "delete" | "remove" => Self::Delete(rest.to_owned()),
            "endings" | "achievements" | "e" => Self::Endings,
            "settings" | "options" | "o" if rest.is_empty() => Self::Settings(None),
            "settings" | "options" | "set" => {
                let (name, value) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                Self::Settings(Some((name.to_lowercase(), value.trim().to_lowercase())))
            }
            name @ ("gentle" | "locked") => Self::Settings(Some((name.to_owned(), rest.to_lowercase()))),
            "inventory" | "inv" | "i" | "things" => Self::Lookup(Lookup::Inventory),
            "stats" | "status" | "t" => Self::Lookup(Lookup::Stats),
            "people" | "p" => Self::Lookup(Lookup::People),
            "codex" | "c" => Self::Lookup(Lookup::Codex(rest.to_owned())),
            "map" | "m" => Self::Lookup(Lookup::Map),
            "history" | "h" => Self::History,
            "jump" => rest.parse().map_or_else(|_| Self::Unknown(line.to_owned()), Self::Jump),
            "reload" => Self::Reload,
            "help" | "?" => Self::Help,
            "quit" | "q" | "exit" => Self::Quit,
            _ => Self::Unknown(line.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Lookup};

    #[test]
    fn words_and_numbers_are_read_as_a_player_types_them() {
        assert_eq!(Command::read(" 2\n"), Command::Number(2));
        assert_eq!(Command::read("3."), Command::Number(3));
        assert_eq!(Command::read("Save  before the gate"), Command::Save("before the gate".to_owned()));
        assert_eq!(Command::read("I"), Command::Lookup(Lookup::Inventory));
        assert_eq!(Command::read(""), Command::Nothing);
        assert_eq!(Command::read("xyzzy"), Command::Unknown("xyzzy".to_owned()));
    }
}
