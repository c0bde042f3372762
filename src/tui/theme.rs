//! Looks by meaning. A screen never names a colour.

use ratatui::style::{Color, Modifier, Style};

use crate::engine::render;

/// The looks of everything drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Theme {
    /// Prose.
    pub(crate) text: Style,
    /// What matters less: labels, notes, what was read already.
    pub(crate) quiet: Style,
    /// Barely there: empty cells of bars, rules.
    pub(crate) faint: Style,
    /// The part's own colour.
    pub(crate) accent: Style,
    /// Headings of a page.
    pub(crate) heading: Style,
    /// What the player chose.
    pub(crate) chosen: Style,
    /// The digit before a choice.
    pub(crate) digit: Style,
    /// The selected row; always with the marker.
    pub(crate) selected: Style,
    /// What cannot be chosen.
    pub(crate) locked: Style,
    /// Full cells of a bar.
    pub(crate) gauge: Style,
    /// Words that link to the codex.
    pub(crate) link: Style,
    /// Something went wrong.
    pub(crate) warning: Style,
    /// Added to emphasis.
    pub(crate) emph: Modifier,
    /// Added to strong words and to what matters now.
    pub(crate) strong: Modifier,
    plain_marks: bool,
}

impl Theme {
    /// Modifiers only, for no-colour terminals: a coloured cell would lose its modifiers there.
    pub(crate) const fn mono() -> Self {
        let plain = Style::new();
        Self {
            text: plain,
            quiet: plain.add_modifier(Modifier::DIM),
            faint: plain.add_modifier(Modifier::DIM),
            accent: plain,
            heading: plain.add_modifier(Modifier::BOLD),
            chosen: plain.add_modifier(Modifier::BOLD),
            digit: plain.add_modifier(Modifier::BOLD),
            selected: plain.add_modifier(Modifier::REVERSED),
            locked: plain.add_modifier(Modifier::DIM),
            gauge: plain,
            link: plain.add_modifier(Modifier::UNDERLINED),
            warning: plain.add_modifier(Modifier::BOLD),
            emph: Modifier::ITALIC,
            strong: Modifier::BOLD,
            plain_marks: true,
        }
    }

    /// The marks of a bar: full and empty.
    pub(crate) const fn gauge_marks(&self) -> (char, char) {
        if self.plain_marks { ('#', '.') } else { ('━', '─') }
    }

    /// How a span of prose looks over a base.
    pub(crate) fn span(&self, base: Style, span: render::Style) -> Style {
        let mut style = base;
        if span.link.is_some() {
            style = style.patch(self.link);
        }
        if span.emph {
            style = style.add_modifier(self.emph);
        }
        if span.strong {
            style = style.add_modifier(self.strong);
        }
        style
    }
}

const _: Color = Color::Reset;
