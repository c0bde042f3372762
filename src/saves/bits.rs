//! Numbers as text: a stream of bits, six to a letter of base 64.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Bits being written.
#[derive(Debug, Default)]
pub(super) struct Writer {
    letters: Vec<u8>,
    held: u64,
    /// How many bits are held: less than four letters between calls.
    count: u32,
}

impl Writer {
    /// The lowest bits of a number: at most 40.
    fn put(&mut self, number: u64, width: u32) {
        self.held = self.held << width | number & ((1 << width) - 1);
        self.count += width;
        while self.count >= 24 {
            self.count -= 24;
            let four = self.held >> self.count;
            let letter = |low: u32| LETTERS[(four >> low & 63) as usize];
            self.letters.extend_from_slice(&[letter(18), letter(12), letter(6), letter(0)]);
        }
    }

    /// The lowest bits of a number: at most 32.
    pub(super) fn fixed(&mut self, number: u32, width: u32) {
        self.put(u64::from(number), width);
    }

    /// The lowest bits of each of these numbers: at most 32 of each.
    pub(super) fn many(&mut self, numbers: &[u32], width: u32) {
        let at_once = (40 / width.max(1)).max(1) as usize;
        for some in numbers.chunks(at_once) {
            let all = some.iter().fold(0, |all, number| all << width | u64::from(*number) & ((1 << width) - 1));
            self.put(all, width * some.len() as u32);
        }
    }

    /// A number of any size, the shorter the smaller it is: one bit for 0, three for 1 and 2, five up to 6.
    ///
    /// It is one more in binary, behind as many zeros as it has digits after the first.
    pub(super) fn number(&mut self, number: u32) {
        let one_more = u64::from(number) + 1;
        let width = one_more.ilog2();
        if width < 20 {
            // The zeros stand before it anyway.
            return self.put(one_more, 2 * width + 1);
        }
        self.put(0, width);
        self.put(one_more, width + 1);
    }

    /// All 64 bits.
    pub(super) fn long(&mut self, number: u64) {
        self.put(number >> 32, 32);
        self.put(number, 32);
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.put(u64::from(flag), 1);
    }

    /// The text. What is missing of the last letter is filled up with zeros.
    pub(super) fn finish(mut self) -> String {
        let letters = self.letters.len() + self.count.div_ceil(6) as usize;
        self.put(0, 24 - self.count);
        self.letters.truncate(letters);
        String::from_utf8(self.letters).unwrap_or_default()
    }
}

/// Bits being read. Everything is `None` past the end.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a [u8],
    held: u64,
    /// How many bits are held; at most 63.
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

    /// Takes letters as long as there is room for them, up to the first that is none.
    fn fill(&mut self) {
        while self.count < 58
            && let Some((letter, rest)) = self.text.split_first()
            && let value @ ..64 = VALUES[usize::from(*letter)]
        {
            self.held = self.held << 6 | u64::from(value);
            self.count += 6;
            self.text = rest;
        }
    }

    /// What is held and was not read yet.
    const fn rest(&self) -> u64 {
        self.held & ((1 << self.count) - 1)
    }

    pub(super) fn fixed(&mut self, width: u32) -> Option<u32> {
        if self.count < width {
            self.fill();
        }
        self.count = self.count.checked_sub(width)?;
        Some((self.held >> self.count & ((1 << width) - 1)) as u32)
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        if self.count < 32 {
            self.fill();
        }
        let width = self.rest().leading_zeros() - (u64::BITS - self.count);
        if let Some(count) = self.count.checked_sub(2 * width + 1) {
            self.count = count;
            return u32::try_from((self.held >> count & ((2 << width) - 1)) - 1).ok();
        }
        self.long_number()
    }

    /// A number of which not all is held.
    #[cold]
    fn long_number(&mut self) -> Option<u32> {
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
        self.text.is_empty() && self.count < 6 && self.rest() == 0
    }
}

/// What each byte stands for as a letter; 64 if it is none.
const VALUES: [u8; 256] = {
    let (mut values, mut at) = ([64; 256], 0);
    while at < LETTERS.len() {
        values[LETTERS[at] as usize] = at as u8;
        at += 1;
    }
    values
};

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
