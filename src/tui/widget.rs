//! Small pieces that several screens draw.

pub(crate) mod foot;
pub(crate) mod gauge;
pub(crate) mod head;
pub(crate) mod panel;
