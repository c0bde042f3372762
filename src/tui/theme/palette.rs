//! The colours, each in three tiers.

use ratatui::style::Color;

use super::{Depth, Paper};

/// A colour: as it is, and the nearest of the sixteen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink(pub(super) [u8; 3], pub(super) Color);

/// A paper and the inks on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) page: Ink,
    /// Behind what is selected.
    pub(super) raised: Ink,
    pub(super) text: Ink,
    pub(super) read: Ink,
    pub(super) quiet: Ink,
    pub(super) faint: Ink,
    pub(super) warning: Ink,
    /// Seas and rivers of a map.
    pub(super) water: Ink,
}

/// A lamp-lit page.
pub(super) const DARK: Palette = Palette {
    page: Ink([0x16, 0x14, 0x11], Color::Reset),
    raised: Ink([0x2b, 0x27, 0x20], Color::Reset),
    text: Ink([0xde, 0xd7, 0xc8], Color::Reset),
    read: Ink([0xa9, 0xa1, 0x92], Color::Reset),
    quiet: Ink([0x93, 0x8b, 0x7c], Color::DarkGray),
    faint: Ink([0x4c, 0x47, 0x3d], Color::DarkGray),
    warning: Ink([0xe0, 0x8a, 0x5c], Color::Yellow),
    water: Ink([0x7d, 0xa2, 0xb8], Color::Cyan),
};

/// Xuan paper.
pub(super) const LIGHT: Palette = Palette {
    page: Ink([0xf6, 0xf1, 0xe6], Color::White),
    raised: Ink([0xe6, 0xdd, 0xc9], Color::Gray),
    text: Ink([0x2a, 0x26, 0x20], Color::Black),
    read: Ink([0x5f, 0x58, 0x4c], Color::Black),
    quiet: Ink([0x6d, 0x65, 0x57], Color::DarkGray),
    faint: Ink([0xc3, 0xba, 0xa6], Color::Gray),
    warning: Ink([0x9c, 0x3a, 0x10], Color::Red),
    water: Ink([0x2b, 0x5a, 0x79], Color::Blue),
};

/// Nothing dimmed.
pub(super) const CONTRAST: Palette = Palette {
    page: Ink([0x00, 0x00, 0x00], Color::Black),
    raised: Ink([0x00, 0x3a, 0x6b], Color::Blue),
    text: Ink([0xff, 0xff, 0xff], Color::White),
    read: Ink([0xff, 0xff, 0xff], Color::White),
    quiet: Ink([0xe0, 0xe0, 0xe0], Color::White),
    faint: Ink([0x9a, 0x9a, 0x9a], Color::Gray),
    warning: Ink([0xff, 0xd8, 0x4a], Color::Yellow),
    water: Ink([0x9a, 0xd8, 0xff], Color::LightCyan),
};

/// A part's own colour: blood for The Oath, celadon for The Letter, loess and soot for The Ledger.
pub(super) const fn accent(paper: Paper, part: &str) -> Ink {
    match (paper, part.as_bytes()) {
        (Paper::Dark | Paper::Mono, b"blood") => Ink([0xdd, 0x70, 0x5c], Color::Red),
        (Paper::Dark | Paper::Mono, b"celadon") => Ink([0x8f, 0xc0, 0xa4], Color::Green),
        (Paper::Dark | Paper::Mono, _) => Ink([0xd0, 0xab, 0x6a], Color::Yellow),
        (Paper::Light, b"blood") => Ink([0x96, 0x26, 0x1b], Color::Red),
        (Paper::Light, b"celadon") => Ink([0x1f, 0x5f, 0x49], Color::Green),
        (Paper::Light, _) => Ink([0x6b, 0x4d, 0x16], Color::Black),
        (Paper::Contrast, b"blood") => Ink([0xff, 0x9a, 0x85], Color::LightRed),
        (Paper::Contrast, b"celadon") => Ink([0x8f, 0xf0, 0xc0], Color::LightGreen),
        (Paper::Contrast, _) => Ink([0xff, 0xd8, 0x80], Color::LightYellow),
    }
}

impl Ink {
    /// The colour a terminal of this depth shows.
    pub(super) const fn at(self, depth: Depth) -> Color {
        let [r, g, b] = self.0;
        match depth {
            Depth::True => Color::Rgb(r, g, b),
            Depth::Indexed => Color::Indexed(indexed(r, g, b)),
            Depth::Sixteen | Depth::Mono => self.1,
        }
    }
}

/// The nearest of the 6x6x6 cube, or of the grey ramp when that is nearer.
const fn indexed(r: u8, g: u8, b: u8) -> u8 {
    const STEPS: [i32; 6] = [0, 95, 135, 175, 215, 255];
    const fn step(c: u8) -> usize {
        let mut best = 0;
        let mut at = 1;
        while at < 6 {
            if (STEPS[at] - c as i32).abs() < (STEPS[best] - c as i32).abs() {
                best = at;
            }
            at += 1;
        }
        best
    }
    const fn far(a: [i32; 3], b: [i32; 3]) -> i32 {
        let (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
        x * x + y * y + z * z
    }
    let wanted = [r as i32, g as i32, b as i32];
    let cube = [step(r), step(g), step(b)];
    let mean = (wanted[0] + wanted[1] + wanted[2]) / 3;
    let raw = if mean < 8 { 0 } else { (mean - 3) / 10 };
    let grey = if raw > 23 { 23 } else { raw };
    let shade = 8 + 10 * grey;
    if far([shade, shade, shade], wanted) < far([STEPS[cube[0]], STEPS[cube[1]], STEPS[cube[2]]], wanted) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "grey is 0 to 23")]
        let at = 232 + grey as u8;
        at
    } else {
        #[expect(clippy::cast_possible_truncation, reason = "at most 231")]
        let at = (16 + 36 * cube[0] + 6 * cube[1] + cube[2]) as u8;
        at
    }
}

#[cfg(test)]
mod tests {
    use super::{CONTRAST, DARK, Ink, LIGHT, Paper, accent, indexed};

    fn luminance(Ink(rgb, _): Ink) -> f64 {
        let [r, g, b] = rgb.map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(a: Ink, b: Ink) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_ink_can_be_read_on_its_paper() {
        for (paper, palette, least) in
            [(Paper::Dark, DARK, 4.5), (Paper::Light, LIGHT, 4.5), (Paper::Contrast, CONTRAST, 7.0)]
        {
            assert!(contrast(palette.text, palette.page) >= 10.0);
            for ink in [palette.read, palette.quiet, palette.warning, palette.water] {
                assert!(contrast(ink, palette.page) >= least, "{paper:?} {ink:?}");
            }
            for part in ["blood", "celadon", "soot"] {
                let ink = accent(paper, part);
                assert!(contrast(ink, palette.page) >= least, "{paper:?} {part}");
                assert!(contrast(ink, palette.raised) >= 4.5, "{paper:?} {part} on the selected row");
            }
        }
    }

    #[test]
    fn the_nearest_index_is_found() {
        assert_eq!([indexed(0, 0, 0), indexed(255, 255, 255), indexed(255, 0, 0)], [16, 231, 196]);
        assert_eq!(indexed(0x16, 0x14, 0x11), 233);
    }
}
