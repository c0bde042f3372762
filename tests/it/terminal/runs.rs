//! Runs begun from the title screen.

use super::tty::Tty;

#[test]
fn a_run_is_begun_from_the_title_and_is_on_its_board_afterwards() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = Tty::start(&["--no-mouse"], saves.path(), &[("COLORTERM", "truecolor")]);
    tty.resize(120, 40);
    tty.sees("Runs         against the clock");
    tty.send("0");
    tty.sees("Against the clock");
    tty.sees("attempts        0, 0 finished");
    tty.send("jj\r");
    tty.sees("Relieved on day 90.");
    tty.sees("Enter starts the clock.");
    tty.send("\r");
    tty.sees("attempt 1");
    tty.send("1");
    tty.sees(&format!("choices{:>37}", 1));
    tty.send("Q");
    tty.sees("Against the clock");
    tty.sees("attempts        1, 0 finished");
    tty.send("\x1b");
    tty.sees("Saved games");
    tty.send("Q");
    assert_eq!(tty.exit(), 0);
    tty.given_back();
    assert!(!saves.path().join("auto.save").exists(), "a run is no saved game");
}

#[test]
fn a_run_begun_from_the_title_is_interrupted_like_any_other() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = Tty::start(&[], saves.path(), &[]);
    tty.sees("Saved games");
    tty.send("0");
    tty.sees("Against the clock");
    tty.send("\r");
    tty.sees("Enter starts the clock.");
    tty.send("\r");
    tty.sees("0:0");
    tty.send("\x03");
    assert_eq!(tty.exit(), 130);
    tty.given_back();
}

#[test]
fn on_a_small_screen_the_menu_follows_what_is_selected() {
    let saves = tempfile::tempdir().unwrap();
    let mut tty = Tty::start(&[], saves.path(), &[]);
    tty.sees("Saved games");
    tty.resize(40, 12);
    tty.wait("a menu without its end", |screen| {
        let text = screen.contents();
        text.contains("The Oath") && !text.contains("Leave")
    });
    tty.send("G");
    tty.wait("the end of the menu", |screen| screen.contents().contains("Leave"));
    tty.send("g");
    tty.sees("The Oath");
}
