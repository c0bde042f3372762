//! Answers of the terminal that come after nobody waits for them any more, and would be taken for keys.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// An answer to a question about colours is shorter than this.
const LONGEST: usize = 64;

/// Keeps a late answer from being played: `ESC ] 11;rgb:…` arrives as Alt-] and then as digits and letters.
#[derive(Debug, Default)]
pub(crate) struct Late {
    /// How many keys may still belong to the answer being heard.
    left: usize,
}

impl Late {
    /// Whether this key is part of an answer, and no key a player pressed.
    pub(crate) fn is_part(&mut self, key: KeyEvent) -> bool {
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let KeyCode::Char(c) = key.code else {
            self.left = 0;
            return false;
        };
        if self.left == 0 {
            let begins = alt && c == ']';
            self.left = if begins { LONGEST } else { 0 };
            return begins;
        }
        let ends = (alt && c == '\\') || (control && c == 'g');
        let belongs = !alt && !control && (c.is_ascii_hexdigit() || ";:/rgba".contains(c));
        self.left = if belongs { self.left - 1 } else { 0 };
        ends || belongs
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyCode, KeyEvent, KeyModifiers, Late};

    fn keys(text: &str) -> impl Iterator<Item = KeyEvent> + '_ {
        text.chars().map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
    }

    fn alt(c: char) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT)
    }

    #[test]
    fn a_late_answer_about_colours_is_no_choice() {
        for end in [alt('\\'), KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL)] {
            let mut late = Late::default();
            assert!(late.is_part(alt(']')));
            assert!(keys("11;rgb:1e1e/2020/2a2a").all(|key| late.is_part(key)));
            assert!(late.is_part(end));
            assert!(keys("12u").all(|key| !late.is_part(key)), "the player's keys again");
        }
    }

    #[test]
    fn what_a_player_presses_after_half_an_answer_counts() {
        let mut late = Late::default();
        assert!(late.is_part(alt(']')));
        assert!(!late.is_part(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
        assert!(keys("1").all(|key| !late.is_part(key)));
    }
}
