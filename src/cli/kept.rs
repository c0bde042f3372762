//! Which story, and where what was attempted in it is kept.

use std::path::PathBuf;

use clap::Args;

use super::play::store_at;
use super::stop::Stop;
use crate::saves::Store;

#[derive(Clone, Debug, Args)]
pub(super) struct Kept {
    /// Of the story in this folder instead of the one in the program
    #[arg(long, value_name = "DIR")]
    pub(super) story: Option<PathBuf>,
    /// Where attempts are kept
    #[arg(long, value_name = "DIR", env = "TAIYUAN_SAVES")]
    saves: Option<PathBuf>,
}

impl Kept {
    /// The folder.
    pub(super) fn store(&self) -> Result<Store, Stop> {
        store_at(self.saves.as_deref())
    }
}
