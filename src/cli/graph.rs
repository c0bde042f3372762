//! `graph`: a picture of a story.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::stop::{CLEAN, Stop};
use super::story::{all_chapters, open};
use crate::engine::Chapter;
use crate::engine::id::SceneIx;
use crate::story::Book;
use crate::workshop::graph::{Course, around, dot, draw, mermaid};

#[derive(Clone, Debug, Args)]
pub(super) struct Graph {
    /// The story's folder; the story in the program if left out
    dir: Option<PathBuf>,
    /// Only this chapter
    #[arg(long, value_name = "ID")]
    chapter: Option<String>,
    /// Only what is near this scene
    #[arg(long, value_name = "SCENE", requires = "chapter")]
    around: Option<String>,
    /// How near: so many ways from it, forth or back
    #[arg(long, default_value_t = 2, value_name = "N", requires = "around")]
    depth: usize,
    /// What is drawn together
    #[arg(long, value_enum, default_value_t = By::File)]
    by: By,
    /// From top to bottom instead of from left to right
    #[arg(long)]
    down: bool,
    /// What to write
    #[arg(long, value_enum, default_value_t = Form::Dot)]
    form: Form,
    /// One JSON document: the same as `--form json`
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Scenes of one file
    File,
    /// Scenes of one place
    Place,
    /// Nothing
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For Graphviz: `taiyuan graph | dot -Tsvg > story.svg`
    Dot,
    /// For Mermaid
    Mermaid,
    /// One JSON document
    Json,
}

pub(super) fn run(args: &Graph, out: &mut dyn Write) -> Result<u8, Stop> {
    let book = open(args.dir.as_deref(), None)?;
    let chapters = all_chapters(&book, args.chapter.as_deref())?;
    let group = |chapter: &Chapter, scene: SceneIx| match args.by {
        By::File => file(&book, chapter, scene),
        By::Place => place(chapter, scene),
        By::None => None,
    };
    let drawn: Vec<&Chapter> = chapters.iter().map(AsRef::as_ref).collect();
    let mut graph = draw(&drawn, &group);
    if let (Some(scene), Some(chapter)) = (&args.around, drawn.first()) {
        let id = format!("{}/{scene}", chapter.id);
        chapter.find_scene(scene).ok_or_else(|| Stop::could_not(format!("there is no scene `{scene}`")))?;
        graph = around(graph, &id, args.depth);
    }
    let course = if args.down { Course::Down } else { Course::Across };
    let text = match args.form {
        Form::Dot if !args.json => dot(&graph, course),
        Form::Mermaid if !args.json => mermaid(&graph, course),
        _ => serde_json::to_string_pretty(&graph).map_err(Stop::could_not)? + "\n",
    };
    out.write_all(text.as_bytes()).map_err(Stop::could_not)?;
    Ok(CLEAN)
}

/// The name of the file a scene is written in.
fn file(book: &Book, chapter: &Chapter, scene: SceneIx) -> Option<String> {
    let origin = book.origin(&chapter.id, "scenes", &chapter.scene(scene).id)?;
    let (path, _line) = origin.rsplit_once(':')?;
    path.rsplit('/').next()?.strip_suffix(".ron").map(str::to_owned)
}

/// The name of the place a scene is at; that of the city, for a gate of it.
fn place(chapter: &Chapter, scene: SceneIx) -> Option<String> {
    let world = &chapter.world;
    let id = &world.place(chapter.scene(scene).place?).id;
    let whole = id.split('.').next().unwrap_or(id);
    let ix = world.find_place(whole).or(chapter.scene(scene).place)?;
    Some(world.place(ix).name.clone())
}
