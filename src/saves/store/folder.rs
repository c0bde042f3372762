//! Which folder saves are kept in.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::saves::fault::Fault;

/// The file that makes a folder called `saves` ours.
const MARKER: &str = ".taiyuan-saves";

/// The folder: the one named as an argument, else by `TAIYUAN_SAVES`, else `saves` in `here` if it is ours,
/// else the one the system has for a program's data.
///
/// # Errors
/// [`Fault::NoPlace`] if the system has none.
pub fn find(argument: Option<&Path>, variable: Option<&OsStr>, here: &Path) -> Result<PathBuf, Fault> {
    let named = argument.or(variable.filter(|v| !v.is_empty()).map(Path::new));
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let ours = here.join("saves");
    if ours.join(MARKER).is_file() {
        return Ok(ours);
    }
    let home = etcetera::choose_base_strategy().map_err(|_| Fault::NoPlace)?;
    Ok(home.data_dir().join("taiyuan"))
}
