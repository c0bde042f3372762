//! Numbers as text: a stream of bits, six to a letter of base 64.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bits being written.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
    held: u64,
    /// How many bits are held; less than six between calls.
    count: u32,
}

impl Writer {
    /// The lowest bits of a number: at most 32.
    pub(super) fn fixed(&mut self, number: u32, width: u32) {
        self.held = self.held << width | u64::from(number) & ((1 << width) - 1);
        self.count += width;
        while self.count >= 6 {
            self.count -= 6;
            self.text.push(char::from(LETTERS[(self.held >> self.count & 63) as usize]));
        }
    }

    /// A number of any size, the shorter the smaller it is: one bit for 0, three for 1 and 2, five up to 6.
    pub(super) fn number(&mut self, number: u32) {
        let one_more = u64::from(number) + 1;
        let width = one_more.ilog2();
        self.fixed(0, width);
        self.fixed(1, 1);
        self.fixed((one_more - (1 << width)) as u32, width);
    }

    /// All 64 bits.
    pub(super) fn long(&mut self, number: u64) {
        self.fixed((number >> 32) as u32, 32);
        self.fixed(number as u32, 32);
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.fixed(u32::from(flag), 1);
    }

    /// The text. What is missing of the last letter is filled up with zeros.
    pub(super) fn finish(mut self) -> String {
        self.fixed(0, (6 - self.count) % 6);
        self.text
    }
}

/// Bits being read. Everything is `None` past the end.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a [u8],
    held: u64,
    count: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), held: 0, count: 0 }
    }

    /// How many bits are left.
    pub(super) fn left(&self) -> usize {
        self.text.len() * 6 + self.count as usize
    }

    pub(super) fn fixed(&mut self, width: u32) -> Option<u32> {
        while self.count < width {
            let (letter, rest) = self.text.split_first()?;
            self.held = self.held << 6 | u64::from(value(*letter)?);
            self.count += 6;
            self.text = rest;
        }
        self.count -= width;
        Some((self.held >> self.count & ((1 << width) - 1)) as u32)
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        let mut width = 0;
        while self.fixed(1)? == 0 {
            width += 1;
            if width > 32 {
                return None;
            }
        }
        let one_more = (1_u64 << width) + u64::from(self.fixed(width)?);
        u32::try_from(one_more - 1).ok()
    }

    pub(super) fn long(&mut self) -> Option<u64> {
        Some(u64::from(self.fixed(32)?) << 32 | u64::from(self.fixed(32)?))
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        Some(self.fixed(1)? == 1)
    }

    /// Whether nothing but the filling of the last letter is left.
    pub(super) fn at_end(&self) -> bool {
        self.text.is_empty() && self.held & ((1 << self.count) - 1) == 0
    }
}

/// What a letter stands for.
const fn value(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Reader, Writer};

    #[test]
    fn what_is_written_is_read_again() {
        let numbers = [0, 1, 2, 3, 5, 6, 7, 62, 63, 64, 9_999, u32::MAX - 1, u32::MAX];
        let mut out = Writer::default();
        for number in numbers {
            out.number(number);
            out.fixed(number, 32);
            out.fixed(number & 7, 3);
            out.long(u64::from(number) << 31 | 5);
            out.flag(number == 7);
        }
        let text = out.finish();
        let mut bits = Reader::new(&text);
        for number in numbers {
            assert_eq!(bits.number(), Some(number));
            assert_eq!(bits.fixed(32), Some(number));
            assert_eq!(bits.fixed(3), Some(number & 7));
            assert_eq!(bits.long(), Some(u64::from(number) << 31 | 5));
            assert_eq!(bits.flag(), Some(number == 7));
        }
        assert!(bits.at_end());
        for end in 0..text.len() {
            let mut cut = Reader::new(&text[..end]);
            while let (Some(_), Some(_)) = (cut.number(), cut.long()) {}
        }
        assert_eq!(Reader::new("A?").fixed(12), None);
    }
}
