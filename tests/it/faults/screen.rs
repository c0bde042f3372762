//! Settings, which are written from the screen only.

use std::path::Path;

use taiyuan::saves::Store;

use super::trace::{Blow, Point, Ran, WAIT, Watch, points};
use crate::terminal::tty::Tty;

/// The widths that are set, one after the other, and the one that is set before.
const WIDTHS: [u16; 3] = [70, 72, 74];

/// What was set before, undisturbed.
pub(super) fn prepare(saves: &Path) {
    std::fs::create_dir_all(saves).unwrap();
    std::fs::write(saves.join("settings.ron"), format!("(theme: dark, width: {})", WIDTHS[0])).unwrap();
}

/// Every point at which the program could be struck.
pub(super) fn all_points(story: &str, saves: &Path) -> Vec<Point> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut pid = 0;
    let ran = set(story, saves, |of| {
        pid = of;
        Watch::noting(of, log.path())
    });
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    points(&std::fs::read_to_string(log.path()).unwrap(), saves, pid)
}

/// Strikes at a point.
pub(super) fn struck(story: &str, saves: &Path, point: &Point, blow: Blow) -> Ran {
    set(story, saves, |pid| Watch::striking(pid, saves, point, blow))
}

/// Sets one width after the other. What was told is the warnings.
fn set(story: &str, saves: &Path, watch: impl FnOnce(u32) -> Watch) -> Ran {
    let args = ["play", "--story", story, "--chapter", "watch", "--seed", "1"];
    let mut tty = Tty::start_by(&WAIT, &args, saves, &[("RUST_BACKTRACE", "0")]);
    let watch = watch(tty.pid());
    let mut told = String::new();
    tty.send("go\n");
    let keys =
        [("", "The wall."), ("o", "Width of the prose"), ("j", "How many letters"), ("\x1b[C", "72"), ("\x1b[C", "74")];
    let lives = keys.into_iter().all(|(keys, words)| {
        tty.send(keys);
        let comes = tty.comes(words, |screen| screen.contents().contains(words));
        told.extend(
            tty.text()
                .lines()
                .filter(|line| line.contains("cannot") || line.contains("confirm"))
                .map(|line| format!("{line}\n")),
        );
        comes
    });
    if lives {
        tty.send("\x03");
    }
    let code = match tty.exit() {
        130 => Some(0),
        101 => Some(101),
        _ => None,
    };
    if code == Some(101) {
        told += &tty.text();
    }
    watch.end();
    Ran { out: told, code, hangs: false }
}

/// The settings are whole: the newest, unless the player was told or the program died.
pub(super) fn judge(saves: &Path, ran: &Ran) -> Result<(), String> {
    let (settings, fault) = Store::at(saves).settings();
    let fits = match (ran.code, ran.out.is_empty()) {
        (Some(_), true) => settings.width == WIDTHS[2],
        _ => WIDTHS.contains(&settings.width),
    };
    if fits && fault.is_none() { Ok(()) } else { Err(format!("the width is {}: {fault:?}", settings.width)) }
}
