//! Words that stand in a longer text, where they are left: a chapter is little more than its files.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use super::pack::{Packed, Packet};

/// A part of a longer text, which it keeps alive. To read it is to read a `str`.
#[derive(Clone, Default)]
pub struct Excerpt {
    whole: Arc<Cow<'static, str>>,
    start: u32,
    end: u32,
}

impl Excerpt {
    /// The words between two bytes of a text; `None` if there are no such bytes, or they are not those of characters.
    #[must_use]
    pub fn of(whole: &Arc<Cow<'static, str>>, start: usize, end: usize) -> Option<Self> {
        whole.get(start..end)?;
        let (start, end) = (u32::try_from(start).ok()?, u32::try_from(end).ok()?);
        Some(Self { whole: Arc::clone(whole), start, end })
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self
    }

    /// The first byte.
    pub(super) fn near(&self) -> u8 {
        self.whole.as_bytes().get(self.start as usize).copied().unwrap_or(0)
    }

    fn all(words: Cow<'static, str>) -> Self {
        let whole = Arc::new(words);
        // No text of a story comes near four gigabytes.
        Self::of(&whole, 0, whole.len()).unwrap_or_default()
    }
}

impl Deref for Excerpt {
    type Target = str;

    fn deref(&self) -> &str {
        self.whole.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl AsRef<str> for Excerpt {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<String> for Excerpt {
    fn from(words: String) -> Self {
        Self::all(words.into())
    }
}

impl From<&str> for Excerpt {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl PartialEq for Excerpt {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Excerpt {}

impl PartialEq<str> for Excerpt {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for Excerpt {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl PartialEq<String> for Excerpt {
    fn eq(&self, other: &String) -> bool {
        **self == **other
    }
}

impl PartialOrd for Excerpt {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Excerpt {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(other)
    }
}

impl Hash for Excerpt {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl Packed<'static> for Excerpt {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(from: &mut Packet<'static>) -> Option<Self> {
        from.text().map(|words| Self::all(words.into()))
    }
}
