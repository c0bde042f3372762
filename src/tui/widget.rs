//! Small pieces that several screens draw.

pub(crate) mod gauge;
