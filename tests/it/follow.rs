//! `play --route`: the pages of a route, then the play goes on; nothing is saved by itself.

use std::path::Path;

use crate::cli::taiyuan;

const ROUTE: &str = "aguda seed=7 | front";

/// What the program says of a route, in plain lines.
fn follow(saves: &Path, route: &str, typed: &str) -> (i32, String, String) {
    let output = taiyuan(saves, &["play", "--plain", "--route", route], typed);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

fn files(saves: &Path) -> Vec<String> {
    let names = std::fs::read_dir(saves).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[test]
fn a_route_is_told_from_its_first_page_and_played_on() {
    let saves = tempfile::tempdir().unwrap();
    let (code, out, err) = follow(saves.path(), ROUTE, "1\nundo\nundo\nhistory\n");
    assert_eq!((code, err.as_str()), (0, ""));
    let first = out.find("1. Take the rope behind the old man");
    let chosen = out.find("> Take the front of the rope").unwrap();
    assert!(first.is_none_or(|at| at > chosen), "the choices of the pages passed are not offered:\n{out}");
    assert!(out.contains("(practice: nothing is saved by itself)"), "{out}");
    assert!(out.matches("(taken back)").count() == 2, "the route can be taken back:\n{out}");
    assert_eq!(files(saves.path()), Vec::<String>::new(), "a practice play leaves nothing behind");
}

#[test]
fn a_practice_play_is_saved_when_the_player_says_so() {
    let saves = tempfile::tempdir().unwrap();
    let (_, out, _) = follow(saves.path(), ROUTE, "save kept\n");
    assert!(out.contains("Saved as `kept`."), "{out}");
    assert_eq!(files(saves.path()).iter().filter(|name| name.starts_with("auto")).count(), 0);
}

#[test]
fn a_route_is_read_from_a_file_as_well() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("one.route");
    std::fs::write(&file, "\naguda@ice seed=7 | front\n").unwrap();
    let (code, out, err) = follow(dir.path(), file.to_str().unwrap(), "");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("> Take the front of the rope"), "{out}");
}

#[test]
fn forced_luck_falls_as_the_route_says() {
    let saves = tempfile::tempdir().unwrap();
    let told = |face: u32| {
        let route = format!("siege@engineer seed=7 day=99 until=100 spared=true | believe[{face}]");
        follow(saves.path(), &route, "").1
    };
    assert_ne!(told(0), told(1), "the engineer is true on a two");
}

#[test]
fn a_route_that_does_not_fit_says_where_and_why() {
    let saves = tempfile::tempdir().unwrap();
    let wrong = |route: &str| {
        let (code, out, err) = follow(saves.path(), route, "");
        assert_eq!(out, "", "nothing is told of {route}");
        (code, err)
    };
    let (code, err) = wrong("aguda | front nowhere");
    assert_eq!(code, 1);
    assert!(err.contains("step 2, in `") && err.contains("`nowhere` is not offered here; open are `"), "{err}");
    let (code, err) = wrong("aguda@nowhere | front");
    assert_eq!(code, 1);
    assert!(err.contains("the scene `nowhere` it starts in is not there"), "{err}");
    let (code, err) = wrong("troy | horse");
    assert_eq!((code, err.as_str()), (1, "taiyuan: the route does not fit: there is no chapter `troy`\n"));
    let (code, err) = wrong("no_such_file");
    assert_eq!(code, 2);
    assert!(err.contains("`no_such_file` is no route"), "{err}");
}

#[cfg(all(unix, feature = "tui"))]
#[test]
fn on_the_screen_a_route_stands_on_its_last_page() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = crate::terminal::tty::Tty::start(&["play", "--route", ROUTE], saves.path(), &[]);
    tty.sees("> Take the front of the rope");
    tty.sees("practice: nothing is saved");
    tty.send("1");
    tty.wait("the next page", |screen| !screen.contents().contains("Take the front of the rope"));
    tty.send("Q");
    tty.sees("new game, part one");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    assert_eq!(files(saves.path()), Vec::<String>::new());
}
