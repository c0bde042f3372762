//! `compat`: what becomes of saves of an old story in a new one.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::stop::{CLEAN, FOUND, Stop};
use super::story::{all_chapters, open};
use crate::workshop::compat::{self, Limits};

#[derive(Clone, Debug, Args)]
pub(super) struct Compat {
    /// The folder of the story that saves were made in
    old: PathBuf,
    /// The folder of the story they are loaded in
    new: PathBuf,
    /// Only this chapter
    #[arg(long, value_name = "ID")]
    chapter: Option<String>,
    /// The most states of a chapter that are tried; if there are more, a sample is
    #[arg(long, value_name = "N", default_value_t = Limits::default().states, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    states: usize,
    /// The seed of the first play of a sample
    #[arg(long, value_name = "N", default_value_t = Limits::default().seed)]
    seed: u64,
    /// List every scene whose saves are touched
    #[arg(long)]
    all: bool,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Compat, out: &mut dyn Write) -> Result<u8, Stop> {
    let chapters = |dir: &Path| all_chapters(&*open(Some(dir), None)?, None);
    let (old, new) = (chapters(&args.old)?, chapters(&args.new)?);
    let new: BTreeMap<_, _> = new.into_iter().map(|chapter| (chapter.id.clone(), chapter)).collect();
    let limits = Limits { states: args.states, seed: args.seed };
    let chosen: Vec<_> = old.iter().filter(|one| args.chapter.as_ref().is_none_or(|id| *id == one.id)).collect();
    if let (true, Some(id)) = (chosen.is_empty(), &args.chapter) {
        return Err(Stop::could_not(format!("`{}` has no chapter `{id}`", args.old.display())));
    }
    let all: Vec<_> = chosen.into_iter().map(|chapter| compat::compat(chapter, &new, &limits)).collect();
    if args.json {
        let document = serde_json::to_string_pretty(&all).map_err(Stop::could_not)?;
        writeln!(out, "{document}").map_err(Stop::could_not)?;
    } else {
        compat::report(&all, args.all, out).map_err(Stop::could_not)?;
    }
    Ok(if all.iter().any(|one| one.all.lost > 0) { FOUND } else { CLEAN })
}
