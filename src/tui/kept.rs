//! What is kept between sittings, under the names the screens use.

pub(crate) use crate::saves::Known as Profile;
pub(crate) use crate::saves::settings::{Settings, Theme as ThemeName};
pub(crate) use crate::saves::store::Entry as Slot;
