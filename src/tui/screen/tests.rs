//! The overlays over a small country: keys in, screens and state out.

use std::path::Path;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::play::sitting::Chapters;
use crate::saves::Settings;
use crate::speedrun::seeds::Wanted;
use crate::story::{Book, Sources};
use crate::tui::app::Wish;
use crate::tui::fixture::Play;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 12)];

/// The ways through the country that the screens are shown after.
const AT_THE_GATE: &str = "11";

fn country(width: u16, height: u16) -> Play {
    in_country(width, height, Settings { mouse: true, ..Settings::default() })
}

fn in_country(width: u16, height: u16, settings: Settings) -> Play {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens/country");
    let book = Book::open(Sources::folder(&folder).unwrap()).unwrap_or_else(|r| panic!("{}", r.render(100, false)));
    let world = Arc::clone(book.world());
    let chapters: Chapters = Arc::new(move |id: &str| book.chapter(id).ok());
    let mut play = Play::of(chapters, world, width, height, settings);
    play.app.begin("road");
    play.settle();
    play
}

/// Compares a screen with the one kept under `tests/screens`; `BLESS=1` writes it anew.
fn same(name: &str, play: &Play) {
    crate::tui::fixture::same(name, &play.screen());
}

fn click(play: &mut Play, words: &str) {
    let screen = play.screen();
    let row = screen.lines().position(|l| l.contains(words)).unwrap_or_else(|| panic!("no `{words}` on\n{screen}"));
    let line = screen.lines().nth(row).unwrap();
    let column = unicode_width::UnicodeWidthStr::width(&line[..line.find(words).unwrap()]);
    press_at(play, MouseEventKind::Down(MouseButton::Left), column, row);
}

fn press_at(play: &mut Play, kind: MouseEventKind, column: usize, row: usize) {
    let (column, row) = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    play.app.mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    play.settle();
}

#[track_caller]
fn sees(play: &Play, words: &str) {
    let screen = play.screen();
    assert!(screen.contains(words), "no `{words}` on\n{screen}");
}

#[track_caller]
fn misses(play: &Play, words: &str) {
    let screen = play.screen();
    assert!(!screen.contains(words), "`{words}` on\n{screen}");
}

#[test]
fn every_overlay_at_three_sizes() {
    let overlays = [
        ("things", "i"),
        ("stats", "t"),
        ("people", "p"),
        ("codex", "c"),
        ("map", "m"),
        ("history", "h"),
        ("load", "l"),
        ("endings", "e"),
        ("runs", "0"),
        ("settings", "o"),
        ("keys", "?"),
        ("palette", ":"),
        ("save", "s"),
    ];
    for (width, height) in SIZES {
        let mut play = country(width, height);
        play.press(AT_THE_GATE).press("q");
        for (name, key) in overlays {
            play.press(key);
            same(&format!("over-{name}-{width}x{height}"), &play);
            play.press("⎋");
        }
    }
}

#[test]
fn no_overlay_minds_a_screen_of_any_size() {
    for key in ["i", "t", "p", "c", "m", "h", "l", "e", "0", "o", "?", ":", "s"] {
        let mut play = country(80, 24);
        play.press(AT_THE_GATE).press(key);
        for (width, height) in [(1, 1), (0, 0), (2, 40), (200, 1), (40, 10), (41, 11), (300, 90)] {
            play.size(width, height);
            let _ = play.screen();
            play.press("↓↓⇟");
            press_at(&mut play, MouseEventKind::ScrollDown, 3, 3);
            press_at(&mut play, MouseEventKind::Down(MouseButton::Left), 5, 4);
            let _ = play.screen();
        }
    }
}

#[test]
fn without_colour_every_selection_has_its_marker() {
    let mono = Settings { theme: crate::saves::settings::Theme::Mono, ..Settings::default() };
    let mut play = in_country(80, 24, mono);
    play.press(AT_THE_GATE);
    for key in ["i", "p", "c", "h", "e", "o", ":"] {
        play.press(key);
        let screen = play.screen();
        let marked = |l: &&str| l.starts_with("       > ");
        assert_eq!(screen.lines().filter(marked).count(), 1, "{screen}");
        play.press("⎋");
    }
}

#[test]
fn things_show_how_many_and_what_they_are() {
    let mut play = country(80, 24);
    play.press("i");
    sees(&play, "Your hands are empty");
    play.press("⎋1i");
    sees(&play, "You carry 3 of them");
    sees(&play, ">>==|=|=|====>");
    play.press("↓");
    sees(&play, "The other half is in Kaifeng");
    click(&mut play, "a carved arrow");
    sees(&play, "Three notches: ride now.");
}

#[test]
fn a_person_leads_to_their_page_and_back() {
    let mut play = country(80, 24);
    play.press("1p");
    sees(&play, "People, 2 met");
    sees(&play, "完顏阿骨打");
    play.press("\n");
    sees(&play, "from the source article");
    play.press("⎋");
    sees(&play, "People, 2 met");
}

#[test]
fn the_codex_counts_what_is_not_known_and_does_not_name_it() {
    let mut play = country(80, 24);
    play.press("c");
    sees(&play, "Codex, 2 of 5");
    misses(&play, "Aguda");
    misses(&play, "The toll");
    sees(&play, "and one entry you have not met");
}

#[test]
fn links_are_followed_and_the_way_back_is_kept() {
    let mut play = country(80, 24);
    play.press("1c↓↓");
    sees(&play, "Yellow in the spring");
    play.press("\n");
    sees(&play, "A flat boat and a rope.");
    play.code(KeyCode::Backspace);
    sees(&play, "Yellow in the spring");
    play.code(KeyCode::Tab).press("\n");
    sees(&play, "piebald horse");
    click(&mut play, "› The river");
    sees(&play, "Yellow in the spring");
    play.code(KeyCode::Backspace);
    sees(&play, "piebald horse");
}

#[test]
fn the_search_finds_titles_first_and_then_texts_as_one_types() {
    let mut play = country(80, 24);
    play.press("1c/FER");
    sees(&play, "Codex, 3 of 5, 2 found");
    sees(&play, "A flat boat and a rope.");
    play.press(" ");
    play.press("spr");
    sees(&play, "Codex, 3 of 5, 1 found");
    sees(&play, "Yellow in the spring");
    play.press("⎋");
    sees(&play, "Codex, 3 of 5  ");
    play.press("/q");
    sees(&play, "Nothing known answers");
    play.press("⎋⎋");
    sees(&play, "The pass is held.");
}

#[test]
fn history_jumps_back_and_what_was_undone_stays_in_reach() {
    let mut play = country(80, 24);
    play.press("11h");
    sees(&play, "History, 2 choices");
    sees(&play, "› *   2  Go down to the city");
    play.press("↑↑\n");
    sees(&play, "The river is high.");
    play.press("h");
    sees(&play, "History, 0 choices, 2 undone");
    sees(&play, "undone");
    play.press("G\n");
    sees(&play, "They let you in.");
}

#[test]
fn history_is_searched_and_a_found_step_is_the_one_jumped_to() {
    let mut play = country(80, 24);
    play.press("11h/ferry\n");
    sees(&play, "1  Cross with the ferryman");
    misses(&play, "Go down");
    play.press("\n");
    sees(&play, "The pass is held.");
}

#[test]
fn a_save_that_fails_is_not_said_to_be_there() {
    let mut play = country(80, 24);
    play.press("1s\n");
    sees(&play, "saved as road-day-2");
    play.break_saves();
    play.press("s\n\n");
    sees(&play, "cannot ");
    sees(&play, "Save as  ");
    misses(&play, "saved as");
}

#[test]
fn enter_takes_nothing_before_all_that_can_be_chosen_was_in_view() {
    let mut play = country(40, 12);
    // The first choice is in view, those behind it are not.
    while !play.screen().contains("› 1") {
        play.code(KeyCode::Down);
    }
    sees(&play, "more · Space");
    let screen = play.screen();
    let line = screen.lines().find(|line| line.contains("› 1")).unwrap_or_default();
    let chosen = format!("> {}", line.trim().trim_start_matches("› 1").trim());
    play.press("\n");
    misses(&play, "more · Space");
    misses(&play, &chosen);
    play.press("\n");
    sees(&play, &chosen);
}

#[test]
fn what_waits_for_a_second_key_is_asked_whole_on_a_small_screen() {
    let mut play = country(40, 12);
    play.press("1sthe-night-before-the-river\n1sthe-night-before-the-river\n");
    sees(&play, "writes over it");
    play.press("⎋⎋l");
    play.code(KeyCode::Delete);
    sees(&play, "other key keeps it");
}

#[test]
fn a_play_is_saved_under_a_name_loaded_and_removed() {
    let mut play = country(80, 24);
    play.press("1s");
    sees(&play, "Save as  road-day-2");
    // The first letter takes the place of the name that is proposed.
    play.press("Bad Name");
    sees(&play, "Save as  Bad Name_");
    sees(&play, "1 to 32 of a-z, 0-9, - and _");
    play.press("\n");
    sees(&play, "1 to 32 of a-z, 0-9, - and _");
    play.app.key(crossterm::event::KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL));
    play.settle();
    play.press("auto");
    sees(&play, "keeps for its own saves");
    play.press("x\n");
    sees(&play, "saved as autox");
    play.press("1l");
    sees(&play, "autox");
    click(&mut play, "autox");
    sees(&play, "Shiling pass, Day 2");
    sees(&play, "> Cross with the ferryman");
    play.press("\n");
    sees(&play, "The pass is held.");
    play.press("l");
    click(&mut play, "autox");
    play.press("xn");
    sees(&play, "autox");
    play.press("xy");
    misses(&play, "autox  ");
}

#[test]
fn a_name_that_is_taken_is_written_over_only_when_asked_twice() {
    let mut play = country(80, 24);
    play.press("1s\n1sroad-day-2\n");
    sees(&play, "`road-day-2` is taken");
    play.press("\n");
    sees(&play, "saved as road-day-2");
}

#[test]
fn a_setting_is_in_force_at_once() {
    let mut play = country(80, 24);
    play.press("o↓");
    sees(&play, "Width of the prose    66");
    play.code(KeyCode::Left).code(KeyCode::Left);
    sees(&play, "Width of the prose    62");
    for _ in 0..40 {
        play.code(KeyCode::Right);
    }
    sees(&play, "Width of the prose    80");
    play.press("g ");
    sees(&play, "Colours               dark");
}

#[test]
fn the_palette_finds_commands_entries_and_places() {
    let mut play = country(80, 24);
    play.press("1:");
    play.press("hist\n");
    sees(&play, "History, one choice");
    play.press("⎋:river\n");
    sees(&play, "Yellow in the spring");
    play.press("⎋⎋:ford\n");
    sees(&play, "The ford 渡口, place, you have been here");
}

#[test]
fn endings_are_named_only_when_found() {
    let mut play = country(80, 24);
    play.press("e");
    sees(&play, "Endings, 0 of 2");
    misses(&play, "Day 252");
    play.press("⎋11");
    play.code(KeyCode::Char('2'));
    play.press("e");
    sees(&play, "Endings, 1 of 2");
    sees(&play, "Day 252");
    sees(&play, "rank 1");
    sees(&play, "not yet found");
    misses(&play, "Home");
}

#[test]
fn categories_are_listed_with_what_is_possible_and_every_seed_has_a_board() {
    let mut play = country(120, 40);
    play.press("0");
    sees(&play, "ceiling         2 choices, proved to be the least");
    sees(&play, "runs on         ‹ seed 1126 (set) ›");
    play.code(KeyCode::Right);
    sees(&play, "‹ week 1970-W01 ›");
    play.code(KeyCode::Left).code(KeyCode::Left);
    sees(&play, "‹ random ›");
    play.press("↓");
    sees(&play, "Turn back with as much grain as there is.");
    misses(&play, "ceiling");
    play.press("\n");
    let wish = play.app.wish().unwrap();
    assert_eq!(wish, Wish::Run { category: "road/slow".to_owned(), wanted: Wanted::Random });
}

#[test]
fn the_map_says_where_you_are_where_the_armies_are_and_follows_the_story() {
    let mut play = country(80, 24);
    play.press("m");
    sees(&play, "The ford: you are here");
    sees(&play, "J Zonghan (Jin)");
    sees(&play, "S Sun Yi (Song)");
    misses(&play, "the ring");
    play.press("⎋11m");
    sees(&play, " Taiyuan  ");
    sees(&play, "The north gate: you are here");
    play.code(KeyCode::Tab);
    sees(&play, "Taiyuan: you are here");
    misses(&play, "Sun Yi");
    play.press("n");
    sees(&play, "The camp, camp, Zonghan (Jin)");
    play.press("n");
    sees(&play, "Shiling pass 石嶺關, pass, you have been here");
    play.press("L");
    sees(&play, "your way");
    sees(&play, "siege works");
}

#[test]
fn the_map_moves_by_every_key_and_comes_back() {
    let mut play = country(80, 24);
    play.press("m");
    let whole = play.screen();
    for keys in ["+", "++l", "++k", "+h", "++j"] {
        play.press(keys);
        assert_ne!(play.screen(), whole, "{keys}");
        play.press("0");
        assert_eq!(play.screen(), whole, "{keys}");
    }
    play.press("+-");
    assert_eq!(play.screen(), whole);
    press_at(&mut play, MouseEventKind::ScrollUp, 30, 10);
    assert_ne!(play.screen(), whole);
    play.press("0");
    click(&mut play, "Zonghan");
    sees(&play, "Datong 大同, city, Zonghan (Jin)");
    click(&mut play, "@ The ford");
    click(&mut play, "渡口");
    sees(&play, "Yellow in the spring");
}
