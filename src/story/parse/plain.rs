//! Values that are written plainly, read several times as fast as by `ron`.
//!
//! What is not plain, an escape, a number in hexadecimal, a block comment, or wrong, is refused without a word: `ron` then
//! reads it, or says what is wrong with it. Whatever is accepted here means the same there.

use std::fmt::{self, Display};

use serde::Deserialize;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::story::cursor::Cursor;
use crate::story::scan;

/// A value, if it is written plainly.
pub(super) fn value<'s, T: Deserialize<'s>>(text: &'s str) -> Option<T> {
    let mut reader = Reader(Cursor::new(text));
    let value = T::deserialize(&mut reader).ok()?;
    reader.0.blanks();
    (reader.0.at == text.len()).then_some(value)
}

/// It is not plain.
#[derive(Debug)]
struct Unusual;

impl Display for Unusual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not written plainly")
    }
}

impl std::error::Error for Unusual {}

impl de::Error for Unusual {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Plain<T> = Result<T, Unusual>;

struct Reader<'s>(Cursor<'s>);

impl<'s> Reader<'s> {
    fn must(found: bool) -> Plain<()> {
        if found { Ok(()) } else { Err(Unusual) }
    }

    fn name(&mut self) -> Plain<&'s str> {
        self.0.blanks();
        let rest = &self.0.text.as_bytes()[self.0.at..];
        let len = scan::word(rest);
        let plain = rest.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_');
        // What goes on behind it makes it something else: `r#name`, `naïve`.
        if !plain || rest.get(len).is_some_and(|b| !b.is_ascii() || matches!(b, b'#' | b'.' | b'+' | b'-' | b'"')) {
            return Err(Unusual);
        }
        let from = self.0.at;
        self.0.at += len;
        Ok(&self.0.text[from..self.0.at])
    }

    fn string(&mut self) -> Plain<&'s str> {
        match self.0.next() {
            b'"' => {
                let from = self.0.at + 1;
                let rest = &self.0.text[from..];
                let len = scan::first(rest.as_bytes(), |byte| (byte == b'"') | (byte == b'\\')).ok_or(Unusual)?;
                let (inner, end) = rest.split_at(len);
                if !end.starts_with('"') {
                    return Err(Unusual);
                }
                self.0.at = from + len + 1;
                Ok(inner)
            }
            b'r' => {
                let hashes = self.0.text.as_bytes()[self.0.at + 1..].iter().take_while(|b| **b == b'#').count();
                let from = self.0.at + 1 + hashes;
                let body = self.0.text[from..].strip_prefix('"').ok_or(Unusual)?;
                let mut quotes = body.match_indices('"').map(|(at, _)| at);
                let marks = &self.0.text[self.0.at + 1..from];
                let len = quotes.find(|at| body[at + 1..].starts_with(marks)).ok_or(Unusual)?;
                self.0.at = from + 1 + len + 1 + hashes;
                Ok(&body[..len])
            }
            _ => Err(Unusual),
        }
    }

    fn number<V: Visitor<'s>>(&mut self, visitor: V) -> Plain<V::Value> {
        let minus = self.0.next() == b'-';
        let from = self.0.at + usize::from(minus);
        let rest = &self.0.text.as_bytes()[from..];
        let len = rest.iter().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
        let more =
            rest.get(len).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.') || !b.is_ascii());
        if len == 0 || more || (len > 1 && rest[0] == b'0') {
            return Err(Unusual);
        }
        let written = &self.0.text[self.0.at..from + len];
        self.0.at = from + len;
        if minus {
            visitor.visit_i64(written.parse().map_err(|_| Unusual)?)
        } else {
            visitor.visit_u64(written.parse().map_err(|_| Unusual)?)
        }
    }
}

/// What stands between two brackets, with commas.
struct List<'r, 's> {
    reader: &'r mut Reader<'s>,
    close: u8,
}

impl<'s> SeqAccess<'s> for List<'_, 's> {
    type Error = Unusual;

    fn next_element_seed<T: DeserializeSeed<'s>>(&mut self, seed: T) -> Plain<Option<T::Value>> {
        if self.reader.0.next() == self.close {
            return Ok(None);
        }
        let value = seed.deserialize(&mut *self.reader)?;
        Reader::must(self.reader.0.comma(self.close))?;
        Ok(Some(value))
    }
}

/// The entries of a map.
struct Entries<'r, 's>(List<'r, 's>);

impl<'s> MapAccess<'s> for Entries<'_, 's> {
    type Error = Unusual;

    fn next_key_seed<K: DeserializeSeed<'s>>(&mut self, seed: K) -> Plain<Option<K::Value>> {
        if self.0.reader.0.next() == self.0.close {
            return Ok(None);
        }
        seed.deserialize(&mut *self.0.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'s>>(&mut self, seed: V) -> Plain<V::Value> {
        Reader::must(self.0.reader.0.eat(b':'))?;
        let value = seed.deserialize(&mut *self.0.reader)?;
        Reader::must(self.0.reader.0.comma(self.0.close))?;
        Ok(value)
    }
}

/// The fields of a struct.
struct Fields<'r, 's>(Entries<'r, 's>);

impl<'s> MapAccess<'s> for Fields<'_, 's> {
    type Error = Unusual;

    fn next_key_seed<K: DeserializeSeed<'s>>(&mut self, seed: K) -> Plain<Option<K::Value>> {
        let List { reader, close } = &mut self.0.0;
        if reader.0.next() == *close {
            return Ok(None);
        }
        seed.deserialize(BorrowedStrDeserializer::new(reader.name()?)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'s>>(&mut self, seed: V) -> Plain<V::Value> {
        self.0.next_value_seed(seed)
    }
}

impl<'s> Reader<'s> {
    /// Reads what stands between two brackets.
    fn between<T>(&mut self, open: u8, close: u8, read: impl FnOnce(List<'_, 's>) -> Plain<T>) -> Plain<T> {
        Self::must(self.0.eat(open))?;
        let value = read(List { reader: self, close })?;
        Self::must(self.0.eat(close))?;
        Ok(value)
    }

    fn fields<V: Visitor<'s>>(&mut self, visitor: V) -> Plain<V::Value> {
        self.between(b'(', b')', |list| visitor.visit_map(Fields(Entries(list))))
    }
}

impl<'s> EnumAccess<'s> for &mut Reader<'s> {
    type Error = Unusual;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'s>>(self, seed: V) -> Plain<(V::Value, Self)> {
        let name = self.name()?;
        Ok((seed.deserialize(BorrowedStrDeserializer::<Unusual>::new(name))?, self))
    }
}

impl<'s> VariantAccess<'s> for &mut Reader<'s> {
    type Error = Unusual;

    fn unit_variant(self) -> Plain<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'s>>(self, seed: T) -> Plain<T::Value> {
        self.between(b'(', b')', |mut list| list.next_element_seed(seed)?.ok_or(Unusual))
    }

    fn tuple_variant<V: Visitor<'s>>(self, _: usize, visitor: V) -> Plain<V::Value> {
        self.between(b'(', b')', |list| visitor.visit_seq(list))
    }

    fn struct_variant<V: Visitor<'s>>(self, _: &'static [&'static str], visitor: V) -> Plain<V::Value> {
        self.fields(visitor)
    }
}

impl<'s> de::Deserializer<'s> for &mut Reader<'s> {
    type Error = Unusual;

    fn deserialize_any<V: Visitor<'s>>(self, visitor: V) -> Plain<V::Value> {
        match self.0.next() {
            b'"' | b'r' => self.deserialize_str(visitor),
            b'[' => self.deserialize_seq(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            b'-' | b'0'..=b'9' => self.number(visitor),
            _ => Err(Unusual),
        }
    }

    fn deserialize_bool<V: Visitor<'s>>(self, visitor: V) -> Plain<V::Value> {
        match self.name()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Unusual),
        }
    }

    fn deserialize_i32<V: Visitor<'s>>(self, visitor: V) -> Plain<V::Value> {
        self.number(visitor)
    }

    fn deserialize_u64<V: Visitor<'s>>(self, visitor: V) -> Plain<V::Value> {
        self.number(visitor)
    }

    fn deserialize_str<V: Visitor<'s>>(self, visitor: V) -> Plain<V::Value> {
        visitor.visit_borrowed_str(self.string()?)
    }

    fn deserialize_option<V: Visitor<'s>>(self, visitor: V) -> Plain<V::Value> {
        match self.0.next() {
            // It may be `Some` or `None`.
            b'S' | b'N' => Err(Unusual),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'s>>(self, visitor: V) -> Plain<V::Value> {
        self.between(b'[', b']', |list| visitor.visit_seq(list))
    }

    fn deserialize_tuple<V: Visitor<'s>>(self, _: usize, visitor: V) -> Plain<V::Value> {
        self.between(b'(', b')', |list| visitor.visit_seq(list))
    }

    fn deserialize_map<V: Visitor<'s>>(self, visitor: V) -> Plain<V::Value> {
        self.between(b'{', b'}', |list| visitor.visit_map(Entries(list)))
    }

    fn deserialize_struct<V: Visitor<'s>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Plain<V::Value> {
        self.fields(visitor)
    }

    fn deserialize_enum<V: Visitor<'s>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Plain<V::Value> {
        visitor.visit_enum(self)
    }

    /// What the story's format does not use.
    fn deserialize_unit<V: Visitor<'s>>(self, _: V) -> Plain<V::Value> {
        Err(Unusual)
    }

    fn deserialize_unit_struct<V: Visitor<'s>>(self, _: &'static str, _: V) -> Plain<V::Value> {
        Err(Unusual)
    }

    fn deserialize_newtype_struct<V: Visitor<'s>>(self, _: &'static str, visitor: V) -> Plain<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple_struct<V: Visitor<'s>>(self, _: &'static str, _: usize, _: V) -> Plain<V::Value> {
        Err(Unusual)
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'s>>
        i8 i16 i64 i128 u8 u16 u32 u128 f32 f64 char string bytes byte_buf identifier ignored_any
    }
}
