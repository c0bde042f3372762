//! Looks by meaning. A screen never names a colour.

mod palette;

use ratatui::style::{Modifier, Style};

use crate::engine::render;

use palette::{Palette, accent};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Depth {
    /// None at all: `NO_COLOR`, or a terminal without.
    Mono,
    /// The sixteen named ones.
    #[default]
    Sixteen,
    /// The 256 indexed ones.
    Indexed,
    /// All of them.
    True,
}

impl Depth {
    /// What the environment promises.
    pub(crate) fn of(no_color: bool, term: &str, colorterm: &str) -> Self {
        if no_color || term == "dumb" || term.ends_with("-m") || term == "vt100" {
            Self::Mono
        } else if matches!(colorterm, "truecolor" | "24bit") || term.ends_with("-direct") {
            Self::True
        } else if term.contains("256color") {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }
}

/// A theme that is really drawn: `auto` has become dark or light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paper {
    /// Light words on a dark page.
    #[default]
    Dark,
    /// Dark words on a light page.
    Light,
    /// White on black, nothing dimmed.
    Contrast,
    /// No colour: bold, dim, underline and reverse only.
    Mono,
}

/// The looks of everything drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Theme {
    /// The page itself, before anything is drawn on it.
    pub(crate) page: Style,
    /// Prose.
    pub(crate) text: Style,
    /// Prose of earlier pages.
    pub(crate) read: Style,
    /// What matters less: labels, notes, hints.
    pub(crate) quiet: Style,
    /// Barely there: empty cells of bars, rules.
    pub(crate) faint: Style,
    /// The part's own colour.
    pub(crate) accent: Style,
    /// Headings of a page.
    pub(crate) heading: Style,
    /// What the player chose.
    pub(crate) chosen: Style,
    /// The digit before a choice, and keys in the footer.
    pub(crate) digit: Style,
    /// The selected row; always with the marker.
    pub(crate) selected: Style,
    /// Added to the marker and the digit of the selected row.
    pub(crate) mark: Style,
    /// What cannot be chosen.
    pub(crate) locked: Style,
    /// Full cells of a bar.
    pub(crate) gauge: Style,
    /// Full cells of a bar that is going badly.
    pub(crate) low: Style,
    /// Words that link to the codex.
    pub(crate) link: Style,
    /// Something went wrong.
    pub(crate) warning: Style,
    /// Seas and rivers of a map.
    pub(crate) water: Style,
    /// Added to emphasis.
    pub(crate) emph: Modifier,
    /// Added to strong words and to what matters now.
    pub(crate) strong: Modifier,
    plain_marks: bool,
}

impl Theme {
    /// The looks of a paper, in the colours a terminal can show, tinted with a part's accent (`blood`, `celadon`, `soot`).
    pub(crate) fn new(paper: Paper, depth: Depth, part: &str) -> Self {
        let palette = match (paper, depth) {
            (Paper::Mono, _) | (_, Depth::Mono) => return Self::mono(),
            (Paper::Dark, _) => palette::DARK,
            (Paper::Light, _) => palette::LIGHT,
            (Paper::Contrast, _) => palette::CONTRAST,
        };
        Self::coloured(&palette, depth, accent(paper, part))
    }

    fn coloured(palette: &Palette, depth: Depth, tint: palette::Ink) -> Self {
        let page = Style::new().fg(palette.text.at(depth)).bg(palette.page.at(depth));
        let ink = |ink: palette::Ink| page.fg(ink.at(depth));
        Self {
            page,
            text: page,
            read: ink(palette.read),
            quiet: ink(palette.quiet),
            faint: ink(palette.faint),
            accent: ink(tint),
            heading: page.add_modifier(Modifier::BOLD),
            chosen: ink(tint),
            digit: ink(tint),
            selected: page.bg(palette.raised.at(depth)).add_modifier(Modifier::BOLD),
            mark: Style::new().fg(tint.at(depth)),
            locked: ink(palette.quiet),
            gauge: ink(tint),
            low: ink(palette.warning),
            link: Style::new().underline_color(palette.faint.at(depth)).add_modifier(Modifier::UNDERLINED),
            warning: ink(palette.warning),
            water: ink(palette.water),
            emph: Modifier::ITALIC,
            strong: Modifier::BOLD,
            plain_marks: false,
        }
    }

    /// Modifiers only: on a terminal without colour a coloured cell would lose its modifiers.
    pub(crate) const fn mono() -> Self {
        let plain = Style::new();
        let (dim, bold) = (plain.add_modifier(Modifier::DIM), plain.add_modifier(Modifier::BOLD));
        Self {
            page: plain,
            text: plain,
            read: plain,
            quiet: plain,
            faint: dim,
            accent: plain,
            heading: bold,
            chosen: bold,
            digit: bold,
            selected: plain.add_modifier(Modifier::REVERSED),
            mark: plain,
            locked: dim,
            gauge: plain,
            low: bold,
            link: plain.add_modifier(Modifier::UNDERLINED),
            warning: bold,
            water: plain,
            emph: Modifier::ITALIC,
            strong: Modifier::BOLD,
            plain_marks: true,
        }
    }

    /// The marks of a bar: full and empty.
    pub(crate) const fn gauge_marks(&self) -> (char, char) {
        if self.plain_marks { ('#', '.') } else { ('━', '─') }
    }

    /// Whether marks keep to ASCII.
    pub(crate) const fn plain(&self) -> bool {
        self.plain_marks
    }

    /// The mark before what is selected.
    pub(crate) const fn marker(&self) -> &'static str {
        if self.plain_marks { ">" } else { "›" }
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

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::{Depth, Paper, Theme};

    fn looks(theme: &Theme) -> [Style; 16] {
        let Theme { page, text, read, quiet, faint, accent, heading, chosen, .. } = *theme;
        let Theme { digit, selected, mark, locked, gauge, link, warning, low, .. } = *theme;
        [
            page, text, read, quiet, faint, accent, heading, chosen, digit, selected, mark, locked, gauge, link,
            warning, low,
        ]
    }

    #[test]
    fn without_colour_no_look_has_any() {
        for theme in [Theme::new(Paper::Mono, Depth::True, "blood"), Theme::new(Paper::Light, Depth::Mono, "soot")] {
            assert!(looks(&theme).iter().all(|s| (s.fg, s.bg, s.underline_color) == (None, None, None)));
        }
    }

    #[test]
    fn the_environment_decides_how_many_colours() {
        assert_eq!(Depth::of(true, "xterm-256color", "truecolor"), Depth::Mono);
        assert_eq!(Depth::of(false, "xterm-256color", "truecolor"), Depth::True);
        assert_eq!(Depth::of(false, "xterm-256color", ""), Depth::Indexed);
        assert_eq!(Depth::of(false, "linux", ""), Depth::Sixteen);
        assert_eq!(Depth::of(false, "dumb", "truecolor"), Depth::Mono);
    }
}
