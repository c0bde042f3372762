//! `new`: a story, a chapter, a scene or an item to write over.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::stop::{CLEAN, Stop};
use super::story::sources;
use crate::workshop::new::{self, Plan, Refusal};

#[derive(Debug, Args)]
pub(super) struct New {
    #[command(subcommand)]
    what: What,
    /// One JSON document
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A small story that can be played, in a folder of its own
    Story {
        /// The folder, which must not exist yet or be empty
        dir: PathBuf,
        /// Its title; made of the folder's name if left out
        #[arg(long, value_name = "WORDS")]
        title: Option<String>,
    },
    /// A chapter, behind those there are
    Chapter {
        /// Its id, which becomes the name of its folder
        id: String,
        /// The story's folder
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// A scene, and a choice that leads to it and back
    Scene {
        /// The chapter and the scene's id, as in `yard/well`
        #[arg(value_name = "CHAPTER/ID", value_parser = pair)]
        id: (String, String),
        /// The scene that gets the choice; the new one stands behind it
        #[arg(long, value_name = "SCENE")]
        from: String,
        /// Write the scene into this file of the chapter's folder, new or not
        #[arg(long, value_name = "NAME")]
        file: Option<String>,
        /// The story's folder
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// An item, and choices to take it and to use it
    Item {
        /// Its id
        id: String,
        /// The scene in which it is found, as in `yard/well`
        #[arg(long = "in", value_name = "CHAPTER/SCENE", value_parser = pair)]
        scene: (String, String),
        /// The story's folder
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
}

fn pair(written: &str) -> Result<(String, String), String> {
    match written.split_once('/') {
        Some((chapter, id)) if !chapter.is_empty() && !id.is_empty() => Ok((chapter.to_owned(), id.to_owned())),
        _ => Err("write the chapter as well, as in `yard/well`".to_owned()),
    }
}

pub(super) fn run(args: &New, out: &mut dyn Write) -> Result<u8, Stop> {
    let (dir, plan) = match &args.what {
        What::Story { dir, title } => (dir, new::story(&empty(dir)?, title.as_deref())),
        What::Chapter { id, dir } => (dir, new::chapter(&sources(Some(dir))?, id)),
        What::Scene { id: (chapter, id), from, file, dir } => {
            (dir, new::scene(&sources(Some(dir))?, chapter, id, from, file.as_deref()))
        }
        What::Item { id, scene: (chapter, scene), dir } => (dir, new::item(&sources(Some(dir))?, id, chapter, scene)),
    };
    let plan = plan.map_err(refused)?;
    plan.write(dir).map_err(refused)?;
    if args.json {
        writeln!(out, "{:#}", serde_json::json!({ "dir": dir, "files": plan.files, "next": plan.next }))
    } else {
        tell(&plan, dir, out)
    }
    .map_err(Stop::could_not)?;
    Ok(CLEAN)
}

/// The name of a folder that is not there, or holds nothing.
fn empty(dir: &Path) -> Result<String, Stop> {
    if dir.exists() {
        let mut entries =
            std::fs::read_dir(dir).map_err(|e| Stop::could_not(format!("cannot read `{}`: {e}", dir.display())))?;
        if entries.next().is_some() {
            return Err(Stop::could_not(format!(
                "`{}` is not empty; a new story wants a folder of its own",
                dir.display()
            )));
        }
    }
    let whole = std::path::absolute(dir).map_err(Stop::could_not)?;
    Ok(whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}

fn refused(refusal: Refusal) -> Stop {
    let words = refusal.to_string();
    match refusal {
        Refusal::Unsound(report) | Refusal::Faults(report) => {
            let faults = Stop::faults(&report).words;
            Stop::could_not(format!("{words}\n{faults}"))
        }
        _ => Stop::could_not(words),
    }
}

fn tell(plan: &Plan, dir: &Path, out: &mut dyn Write) -> std::io::Result<()> {
    let rows: Vec<(String, &str, &str)> = plan
        .files
        .iter()
        .flat_map(|file| file.holds.iter().map(move |(line, what)| (file, line, what)))
        .map(|(file, line, what)| {
            let path = if dir == Path::new(".") { PathBuf::from(&file.path) } else { dir.join(&file.path) };
            let verb = if file.new { "wrote" } else { "added" };
            let place = if file.new { path.display().to_string() } else { format!("{}:{line}", path.display()) };
            (place, verb, what.as_str())
        })
        .collect();
    let width = rows.iter().map(|(place, ..)| place.chars().count()).max().unwrap_or(0);
    for (place, verb, what) in &rows {
        writeln!(out, "{verb} {place:<width$}  {what}")?;
    }
    writeln!(out, "\nNext:")?;
    let shown = dir.display().to_string();
    let plain = shown.chars().all(|c| c.is_alphanumeric() || "/._-~".contains(c));
    let shown = if plain { shown } else { format!("'{}'", shown.replace('\'', "'\\''")) };
    for command in &plan.next {
        writeln!(out, "  taiyuan {command} {shown}")?;
    }
    Ok(())
}
