//! The files of a story: embedded, in a folder, or given as text. Nothing else in this layer touches the disk.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::diagnostic::Spot;

/// The most bytes a file may have.
pub const MOST_BYTES: usize = 4 << 20;
/// The most files a story may have.
pub const MOST_FILES: usize = 4096;
/// The most bytes all files may have together.
pub const MOST_IN_ALL: usize = 64 << 20;
/// How deep folders may be nested.
pub const MOST_FOLDERS: usize = 8;

/// The text of every file of a story, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    root: String,
    files: Vec<Source>,
}

/// One file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its path in the story, with forward slashes.
    pub path: String,
    /// Its text; empty if it was refused. Chapters keep the words that stand in it.
    pub text: Arc<Cow<'static, str>>,
    /// Why it was not read.
    pub refused: Option<Refusal>,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has more bytes than a story file may have.
    TooLarge(u64),
    /// It is not UTF-8 from this byte on.
    NotUtf8(usize),
    /// It is a link that leads out of the story's folder.
    LinkOutside,
    /// Its folder is nested too deep.
    TooDeep,
    /// It comes after the most files that a story may have.
    TooMany,
    /// With it all files together have more bytes than a story may have.
    TooMuch,
    /// It is named almost like a story file; this is how one would be named.
    Name(String),
    /// The system would not give it.
    Failed(String),
}

impl Sources {
    /// The story in a folder.
    ///
    /// # Errors
    /// When the folder itself cannot be listed. A file that cannot be read is a fault of the story, told with all others.
    pub fn folder(folder: &Path) -> io::Result<Self> {
        let root = fs::canonicalize(folder)?;
        let seen = BTreeSet::from([root.clone()]);
        let mut walk = Walk { root: &root, seen, files: Vec::new(), left: MOST_IN_ALL };
        walk.folder(&root, 0)?;
        let mut files = walk.files;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        for late in files.iter_mut().skip(MOST_FILES) {
            late.text = Arc::default();
            late.refused = Some(Refusal::TooMany);
        }
        files.truncate(MOST_FILES + 1);
        Ok(Self { root: folder.display().to_string(), files })
    }

    /// A story given as pairs of path and text.
    #[must_use]
    pub fn from_texts(texts: Vec<(String, String)>) -> Self {
        Self::of("", texts.into_iter().map(|(path, text)| (path, Cow::Owned(text))).collect())
    }

    /// Files with their texts, in a folder of this name.
    pub(crate) fn of(root: &str, texts: Vec<(String, Cow<'static, str>)>) -> Self {
        let mut files: Vec<_> = texts.into_iter().map(|(path, text)| Source::new(path, text)).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { root: root.to_owned(), files }
    }

    /// The folder as it was given; empty for a story that is in none.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The files, sorted by path.
    #[must_use]
    pub fn files(&self) -> &[Source] {
        &self.files
    }

    /// A file's path as a writer may type it: with the story's folder before it.
    #[must_use]
    pub fn shown(&self, file: usize) -> String {
        let path = self.files.get(file).map_or("", |f| f.path.as_str());
        if self.root.is_empty() || path.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.root.trim_end_matches('/'))
        }
    }

    /// The text a spot covers.
    #[must_use]
    pub fn text(&self, at: Spot) -> &str {
        self.files.get(at.file).and_then(|f| f.text.get(at.range())).unwrap_or("")
    }

    /// Where a piece of some file's own text stands, if it is one; most likely in this file.
    #[must_use]
    pub fn find(&self, likely: usize, piece: &str) -> Option<Spot> {
        let start = piece.as_ptr().addr();
        let stands = |(file, source): (usize, &Source)| {
            let base = source.text.as_ptr().addr();
            let at = start.checked_sub(base)?;
            (at + piece.len() <= source.text.len() && !source.text.is_empty())
                .then(|| Spot::new(file, at..at + piece.len()))
        };
        let first = self.files.get(likely).and_then(|source| stands((likely, source)));
        first.or_else(|| self.files.iter().enumerate().find_map(stands))
    }

    /// Line and column, both from 1, of a byte of a file. Columns count characters.
    #[must_use]
    pub fn place(&self, file: usize, byte: usize) -> (usize, usize) {
        let text = self.files.get(file).map_or("", |f| &*f.text);
        let before = &text[..floor(text, byte)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

impl Source {
    fn new(path: String, text: Cow<'static, str>) -> Self {
        if text.len() > MOST_BYTES {
            Self::refuse(path, Refusal::TooLarge(text.len() as u64))
        } else {
            Self { path, text: Arc::new(text), refused: None }
        }
    }

    fn refuse(path: String, why: Refusal) -> Self {
        Self { path, text: Arc::default(), refused: Some(why) }
    }

    /// The top folder the file is in, if it is in one.
    #[must_use]
    pub fn folder(&self) -> Option<&str> {
        self.path.split_once('/').map(|(folder, _)| folder)
    }
}

impl Spot {
    fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// The nearest character boundary at or before a byte.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A folder being read.
struct Walk<'a> {
    root: &'a Path,
    /// Folders that were entered, so that a link back leads nowhere.
    seen: BTreeSet<PathBuf>,
    files: Vec<Source>,
    /// How many bytes may still be read.
    left: usize,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?;
        entries.sort();
        for path in entries {
            if self.files.len() > MOST_FILES {
                return Ok(());
            }
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                continue;
            }
            let is_story = path.extension().is_some_and(|e| e == "ron");
            let inside = fs::canonicalize(&path).is_ok_and(|real| real.starts_with(self.root));
            if path.is_dir() {
                if !inside {
                    self.refuse(&path, Refusal::LinkOutside);
                } else if depth + 1 > MOST_FOLDERS {
                    self.refuse(&path, Refusal::TooDeep);
                } else if fs::canonicalize(&path).is_ok_and(|real| self.seen.insert(real)) {
                    self.folder(&path, depth + 1)?;
                }
            } else if is_story && !inside {
                self.refuse(&path, Refusal::LinkOutside);
            } else if is_story {
                self.file(&path);
            } else if let Some(meant) = almost(&path) {
                self.refuse(&path, Refusal::Name(meant));
            }
        }
        Ok(())
    }

    fn refuse(&mut self, path: &Path, why: Refusal) {
        self.files.push(Source::refuse(name(self.root, path), why));
    }

    fn file(&mut self, path: &Path) {
        if !path.is_file() {
            return self.refuse(path, Refusal::Failed("it is no file".to_owned()));
        }
        let most = MOST_BYTES.min(self.left);
        let mut bytes = Vec::new();
        let limit = most as u64 + 1;
        let read = fs::File::open(path).and_then(|file| {
            // Room for all of it and for seeing its end: a buffer that grows is copied again and again.
            let size = file.metadata()?.len().min(limit);
            bytes.reserve_exact(usize::try_from(size).unwrap_or(0) + 1);
            file.take(limit).read_to_end(&mut bytes)
        });
        if let Err(error) = read {
            return self.refuse(path, Refusal::Failed(error.to_string()));
        }
        if bytes.len() > MOST_BYTES {
            let size = fs::metadata(path).map_or(limit, |m| m.len());
            return self.refuse(path, Refusal::TooLarge(size));
        }
        if bytes.len() > most {
            return self.refuse(path, Refusal::TooMuch);
        }
        self.left -= bytes.len();
        let source = match String::from_utf8(bytes) {
            Ok(text) => Source::new(name(self.root, path), Cow::Owned(text)),
            Err(error) => Source::refuse(name(self.root, path), Refusal::NotUtf8(error.utf8_error().valid_up_to())),
        };
        self.files.push(source);
    }
}

/// The name of a story file that is probably meant by one that is none: editors add endings, and some write capitals.
fn almost(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".ron.txt").or_else(|| lower.strip_suffix(".ron"))?;
    Some(format!("{}.ron", name.get(..stem.len())?))
}

fn name(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
