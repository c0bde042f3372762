//! Keys in, state and screens out.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::style::{Color, Modifier};

use crate::saves::Settings;
use crate::saves::settings::Theme as ThemeName;
use crate::tui::fixture::{self, Play};
use crate::tui::overlay::{Action, Kind};
use crate::tui::terminal::Scene as _;

use super::Wish;

/// Compares a screen with the one kept under `tests/screens`; `BLESS=1` writes it anew.
fn same(name: &str, play: &Play) {
    fixture::same(name, &play.screen());
}

fn click(play: &mut Play, x: u16, y: u16) {
    mouse(play, MouseEventKind::Down(MouseButton::Left), x, y);
}

fn mouse(play: &mut Play, kind: MouseEventKind, column: u16, row: u16) {
    play.app.mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
}

fn row_of(play: &Play, words: &str) -> usize {
    let screen = play.screen();
    screen.lines().position(|l| l.contains(words)).unwrap_or_else(|| panic!("no `{words}` on\n{screen}"))
}

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 12)];

#[test]
fn the_title_and_the_first_pages_at_three_sizes() {
    for (width, height) in SIZES {
        let at = format!("{width}x{height}");
        let mut play = Play::at(width, height);
        same(&format!("title-{at}"), &play);
        play.press("1");
        same(&format!("note-{at}"), &play);
        play.press("\n");
        same(&format!("first-{at}"), &play);
        play.press("2");
        same(&format!("said-{at}"), &play);
        play.press("1");
        same(&format!("long-{at}"), &play);
        play.press("31");
        same(&format!("ending-{at}"), &play);
    }
}

#[test]
fn a_digit_chooses_and_the_choice_stays_as_a_line() {
    let mut play = Play::begun(80, 24);
    assert!(play.screen().contains("› 1  Count the grain yourself"));
    play.press("1");
    assert!(play.screen().contains("> Count the grain yourself"));
    assert!(play.screen().contains("It takes until dark."));
}

#[test]
fn a_new_page_begins_at_the_top_of_the_view() {
    let mut play = Play::begun(80, 24);
    play.press("1");
    assert_eq!(row_of(&play, "> Count the grain yourself"), 2);
    play.press("1");
    assert_eq!(row_of(&play, "> Cut the ration to one measure"), 2);
}

#[test]
fn what_is_said_on_the_same_page_leaves_the_page_in_view() {
    let mut play = Play::begun(80, 24);
    play.press("2");
    assert!(play.screen().contains("Snow on the north gate"));
    assert!(play.screen().contains("“On my back,” he says."));
}

#[test]
fn a_locked_choice_has_no_number_and_says_why() {
    let mut play = Play::begun(80, 24);
    assert!(play.screen().contains("\n          Send to Fenzhou – no one has come back by that road"));
    let before = play.screen();
    play.press("3");
    assert_eq!(play.screen(), before);
}

#[test]
fn down_reads_on_and_then_selects() {
    let mut play = Play::begun(80, 24);
    play.press("1");
    assert!(play.screen().contains("more · Space"));
    for _ in 0..40 {
        play.press("↓");
    }
    let screen = play.screen();
    assert!(screen.contains("› 3  Open the gate"), "{screen}");
    assert!(!screen.contains("more · Space"));
    play.press("↑↑");
    assert!(play.screen().contains("› 1  Cut"));
    play.press("k");
    assert!(row_of(&play, "more · Space") > 0, "up from the first choice scrolls back");
}

#[test]
fn enter_takes_nothing_that_is_out_of_view() {
    let mut play = Play::begun(80, 24);
    play.press("1\n");
    assert!(play.screen().contains("› 1  Cut the ration"), "it read on instead");
    play.press("\n");
    assert!(play.screen().contains("> Cut the ration to one measure"));
}

#[test]
fn the_whole_sitting_can_be_scrolled_back() {
    let mut play = Play::begun(80, 12);
    play.press("111111");
    play.press("g");
    assert!(play.screen().contains("Snow on the north gate"));
    assert!(play.screen().contains("an earlier page"));
    let mut seen = 0;
    while play.screen().contains("an earlier page") {
        play.press("⇟");
        seen += 1;
        assert!(seen < 100);
    }
    assert!(seen > 3);
    play.press("gG");
    assert!(!play.screen().contains("an earlier page"));
    let newest = play.screen();
    play.press("g1");
    assert_eq!(play.screen(), newest, "a number first leads to the page it is a number of");
}

#[test]
fn undo_goes_back_to_the_page_before_and_stops_where_the_play_begins() {
    let mut play = Play::begun(80, 24);
    let first = play.screen();
    play.press("1");
    play.press("u");
    assert_eq!(play.screen().lines().take(20).collect::<Vec<_>>(), first.lines().take(20).collect::<Vec<_>>());
    play.press("u");
    assert!(play.screen().contains("this is where the play begins"));
    play.press("r");
    assert!(play.screen().contains("It takes until dark."));
}

#[test]
fn another_width_keeps_the_place() {
    let mut play = Play::begun(80, 16);
    play.press("1⇟");
    let first = |play: &Play| play.screen().lines().skip(1).find(|l| !l.trim().is_empty()).unwrap().trim().to_owned();
    let words: String = first(&play).chars().take(12).collect();
    play.size(50, 16);
    assert!(play.screen().contains(&words), "`{words}` is gone from\n{}", play.screen());
}

#[test]
fn the_cursor_stands_on_the_selected_choice() {
    let mut play = Play::begun(80, 24);
    let at = |play: &Play| play.app.cursor().map(|p| (p.x, usize::from(p.y)));
    assert_eq!(at(&play), Some((7, row_of(&play, "1  Count"))));
    play.press("j");
    assert_eq!(at(&play), Some((7, row_of(&play, "2  Ask"))));
}

#[test]
fn the_mouse_chooses_and_turns_pages() {
    let mut play = Play::begun(80, 24);
    let row = u16::try_from(row_of(&play, "Send to Fenzhou")).unwrap();
    click(&mut play, 12, row);
    play.settle();
    assert!(!play.screen().contains("> "), "a locked choice is not taken");
    click(&mut play, 12, row - 2);
    play.settle();
    assert!(play.screen().contains("> Count the grain yourself"));
    mouse(&mut play, MouseEventKind::ScrollDown, 10, 10);
    play.settle();
    assert!(!play.screen().contains("> Count the grain yourself"));
    mouse(&mut play, MouseEventKind::Moved, 11, 10);
    assert!(!play.app.is_dirty(), "moving the mouse draws nothing");
}

#[test]
fn nothing_happens_nothing_is_drawn() {
    let mut play = Play::begun(80, 24);
    play.press("1");
    play.app.tick();
    assert!(!play.app.is_dirty());
    play.app.key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::ALT));
    assert!(!play.app.is_dirty());
    play.app.paste("qqq1");
    assert!(!play.app.is_dirty(), "a paste is for fields only");
}

#[test]
fn saved_is_shown_when_it_is_true() {
    let mut play = Play::begun(80, 24);
    assert!(!play.screen().contains("saved"), "before the first choice nothing is written");
    play.press("1");
    assert!(play.screen().trim_end().ends_with("saved"));
}

#[test]
fn what_happened_is_told_until_the_next_key() {
    let mut play = Play::begun(80, 24);
    play.press("q");
    assert!(play.screen().contains("saved to the quick slot"));
    play.press("j");
    assert!(!play.screen().contains("saved to the quick slot"));
}

#[test]
fn leaving_goes_to_the_title_and_continue_comes_back() {
    let mut play = Play::begun(80, 24);
    play.press("1").press("Q");
    assert!(play.screen().contains("1  Continue"));
    assert!(play.screen().contains("The Ledger, The granary, Day 41"));
    assert_eq!(play.app.wish(), None);
    play.press("1");
    assert!(play.screen().contains("It takes until dark."));
    play.press("QQ");
    assert_eq!(play.app.wish(), Some(Wish::Leave));
}

#[test]
fn control_c_leaves_from_anywhere() {
    let mut play = Play::begun(80, 24);
    play.app.key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    assert_eq!(play.app.wish(), Some(Wish::Interrupt));
}

#[test]
fn the_content_note_comes_before_the_first_game_only() {
    let mut play = Play::at(80, 24);
    play.press("1");
    assert!(play.screen().contains("A siege, hunger"));
    play.press("⎋");
    assert!(play.screen().contains("1  The Ledger"));
    play.press("1\n").press("1").press("Q").press("2");
    assert!(play.screen().contains("Snow on the north gate"), "{}", play.screen());
}

#[test]
fn after_the_last_page_there_is_an_ending() {
    let mut play = Play::begun(100, 30);
    play.press("13");
    assert!(play.screen().contains("1  Turn the last page"));
    play.press("1");
    let screen = play.screen();
    assert!(screen.contains("1 of 1 in The Ledger") && screen.contains("The gate was opened"), "{screen}");
    play.press("⎋2");
    assert!(play.screen().contains("> Count the grain yourself"), "the last choice is taken back");
}

#[test]
fn every_screen_draws_at_every_size() {
    for keys in ["", "1", "1\n", "1\n1", "1\n131", "1\n1u"] {
        let mut play = Play::at(80, 24);
        play.press(keys);
        for (width, height) in [(0, 0), (1, 1), (1, 60), (200, 1), (3, 10), (39, 10), (40, 9), (40, 10), (41, 11)] {
            play.size(width, height).press("j⇟k");
            let _ = play.screen();
        }
        play.size(200, 60);
        let _ = play.screen();
    }
}

#[test]
fn too_small_says_so_and_loses_nothing() {
    let mut play = Play::begun(80, 24);
    play.press("1");
    let before = play.screen();
    play.size(39, 24);
    assert!(play.screen().contains("too small"));
    play.press("1");
    play.size(80, 24);
    assert_eq!(play.screen(), before, "a key pressed unseen does nothing");
}

#[test]
fn without_colour_the_selection_is_reversed_and_no_cell_has_a_colour() {
    let mut play = Play::with(120, 40, Settings { theme: ThemeName::Mono, ..Settings::default() });
    play.press("1\n1");
    let buf = play.buffer();
    assert!(buf.content().iter().all(|c| (c.fg, c.bg) == (Color::Reset, Color::Reset)));
    let cursor = play.app.cursor().unwrap();
    assert!(buf[cursor].modifier.contains(Modifier::REVERSED));
    assert!(play.screen().contains("> 1  Cut"));
    assert!(play.screen().contains("##........"));
}

#[test]
fn the_part_gives_its_colour() {
    let play = Play::begun(80, 24);
    let buf = play.buffer();
    let title = &buf[(7, 0)];
    assert_eq!((title.symbol(), title.fg), ("T", Color::Rgb(0xd0, 0xab, 0x6a)));
}

#[test]
fn settings_are_in_force_at_once() {
    let mut play = Play::begun(120, 40);
    let settings = Settings { width: 50, locked: false, panel: false, ..Settings::default() };
    play.app.act(Action::Set(settings));
    play.settle();
    let screen = play.screen();
    assert!(!screen.contains("Fenzhou") && !screen.contains("Walls"), "{screen}");
    assert!(screen.lines().all(|l| l.trim().chars().count() <= 50 || l.contains("choose")), "{screen}");
}

#[test]
fn an_overlay_opens_over_the_page_and_escape_comes_back() {
    let mut play = Play::begun(80, 24);
    play.press("13");
    let page = play.screen();
    play.app.act(Action::Open(Kind::Ending));
    play.settle();
    assert_ne!(play.screen(), page);
    play.press("⎋");
    assert_eq!(play.screen(), page);
}
