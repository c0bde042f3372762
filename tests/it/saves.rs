//! Saves, as a player meets them.

#[path = "saves/autosave.rs"]
mod autosave;
#[path = "saves/edited.rs"]
mod edited;
#[path = "saves/fen.rs"]
mod fen;
#[path = "saves/found.rs"]
mod found;
#[path = "saves/long.rs"]
mod long;
#[path = "saves/slots.rs"]
mod slots;

use fen::{Play, deltas, load_in};
use taiyuan::saves::{Fault, How, Moment, Save, Summary, stamp};

/// A play that has been everywhere.
fn far() -> Play {
    Play::new(7).choose("wait wade turn wade knock peer drop eat peer")
}

/// A save's text as a later version of the game would seal it.
fn newer(save: &Save) -> String {
    let text = save.write().expect("it is no longer than a save can be");
    let body = text.split_once('\n').expect("a save has a header").1;
    let head = format!("taiyuan-save 3 {}", body.len());
    let sum = crc32fast::hash(format!("{head}{body}").as_bytes());
    format!("{head} {sum:08x}\n{body}")
}

#[test]
fn a_play_comes_back_as_it_was_and_can_be_undone_to_its_first_page() {
    let play = far();
    let text = play.save().write().unwrap();
    let save = Save::read(text.as_bytes()).unwrap();
    assert_eq!(save, play.save());
    let loaded = load_in(&play.chapter, &save).unwrap();
    assert_eq!(loaded.how, How::Same);
    assert_eq!(loaded.state, play.state);
    assert_eq!(deltas(&loaded), play.deltas);
    let mut back = Play::loaded(loaded);
    assert_eq!(back.scene(), "well");
    for _ in 0..9 {
        back.undo();
    }
    assert_eq!(back.state, Play::new(7).state);
    assert_eq!(Play::loaded(load_in(&play.chapter, &save).unwrap()).choose("drop").state, play.choose("drop").state);
}

#[test]
fn a_list_reads_only_the_first_lines_and_shows_where_the_play_stands() {
    let text = far().save().write().unwrap();
    let summary = Summary::read(text.as_bytes()).unwrap();
    assert_eq!((summary.title.as_str(), summary.chapter_title.as_str()), ("The Fen", "The Ferry"));
    assert_eq!(summary.moment.date.as_deref(), Some("Day 1"));
    assert_eq!(summary.moment.last, ["drop", "eat", "peer"]);
    assert_eq!((summary.moment.turn, summary.moment.played, summary.moment.saved), (9, 90, 1090));
    assert!(!summary.edited(&far().chapter));
    let mut edited = fen::fen();
    edited.grain_start = 51;
    assert!(summary.edited(&edited.link()));
}

#[test]
fn a_save_cut_short_anywhere_is_refused() {
    let text = far().save().write().unwrap();
    for end in 0..text.len() {
        let cut = &text.as_bytes()[..end];
        let fault = Save::read(cut).expect_err("a cut save is not whole");
        assert!(matches!(fault, Fault::Damaged(_) | Fault::NotASave), "{end}: {fault}");
        assert_eq!(Summary::read(cut), Err(fault));
    }
    let longer = text + "\n";
    assert_eq!(Save::read(longer.as_bytes()), Err(Fault::Damaged("it goes on after its end")));
}

#[test]
fn a_save_with_any_bit_turned_is_refused() {
    let text = far().save().write().unwrap().into_bytes();
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut turned = text.clone();
            turned[at] ^= 1 << bit;
            let fault = Save::read(&turned).expect_err("a turned bit is seen");
            assert!(matches!(fault, Fault::Damaged(_) | Fault::NotASave), "{at}.{bit}: {fault}");
        }
    }
}

#[test]
fn what_a_newer_game_wrote_is_called_that_and_not_damaged() {
    assert_eq!(Save::read(newer(&far().save()).as_bytes()), Err(Fault::Newer(3)));
    assert_eq!(
        Fault::Newer(3).to_string(),
        "written by a newer version of the game (format 3, and this one reads up to 2)"
    );
}

#[test]
fn a_version_that_never_was_or_a_body_that_is_no_text_is_refused() {
    let sealed = |version: u32, body: &[u8]| {
        let head = format!("taiyuan-save {version} {}", body.len());
        let sum = crc32fast::hash(&[head.as_bytes(), body].concat());
        [format!("{head} {sum:08x}\n").as_bytes(), body].concat()
    };
    assert_eq!(Save::read(&sealed(0, b"()\n()\n()\n")), Err(Fault::NotASave));
    assert_eq!(Save::read(&sealed(1, b"\xff\xfe")), Err(Fault::Damaged("it is not text")));
    assert_eq!(Save::read(&sealed(2, b"\xff\xfe")), Err(Fault::Damaged("it is not text")));
    assert_eq!(Save::read(&sealed(9, b"\xff\xfe")), Err(Fault::Newer(9)));
}

#[test]
fn a_save_of_the_first_format_still_loads() {
    let kept = include_str!("saves/format-1.save");
    let save = Save::read(kept.as_bytes()).unwrap();
    let loaded = load_in(&fen::fen().link(), &save).unwrap();
    assert_eq!(loaded.how, How::Same);
    assert_eq!(loaded.state, far().state);
    assert_eq!(save, far().save(), "what it says is what is written now");
    assert_eq!(deltas(&loaded), far().deltas);
}

#[test]
fn a_save_of_this_format_loads_and_is_written_like_this() {
    let kept = include_str!("saves/format-2.save");
    assert_eq!(Save::read(kept.as_bytes()), Ok(far().save()));
    assert_eq!(far().save().write().unwrap(), kept, "the format has changed: it needs a new number and a migration");
}

#[test]
fn a_play_is_written_the_same_with_and_without_being_copied_first() {
    let sitting = crate::play::Play::of("siege", 11).first(40).sitting();
    let moment = || Moment { turn: 40, ..Moment::default() };
    let (chapter, state, log) = (sitting.chapter(), sitting.state(), sitting.log());
    let copied = Save::of(chapter, state, log, None, moment());
    assert!(copied.snapshot.scenes.len() > 10 && !copied.snapshot.drawn.is_empty());
    let text = copied.write().unwrap();
    assert_eq!(Save::text(chapter, state, log, None, moment()).unwrap().as_str(), text);
    assert_eq!(Save::read(text.as_bytes()), Ok(copied));
}

#[test]
fn nonsense_with_a_good_checksum_is_refused() {
    for body in ["", "\n\n\n", "()\n()\n()\n", "(story:3)\n()\n()\n", "((((((((((((((((((\n", "\u{1b}[2J\n\0\n"] {
        let head = format!("taiyuan-save 2 {}", body.len());
        let sum = crc32fast::hash(format!("{head}{body}").as_bytes());
        let text = format!("{head} {sum:08x}\n{body}");
        assert!(matches!(Save::read(text.as_bytes()), Err(Fault::Damaged(_))), "{body:?}");
    }
}

#[test]
fn what_is_packed_is_read_or_refused_whatever_stands_in_it() {
    let text = far().save().write().unwrap();
    let body = text.split_once('\n').unwrap().1;
    let read = |body: &str| {
        let head = format!("taiyuan-save 2 {}", body.len());
        let sum = crc32fast::hash(format!("{head}{body}").as_bytes());
        let save = Save::read(format!("{head} {sum:08x}\n{body}").as_bytes())?;
        assert_eq!(Save::read(save.write().unwrap().as_bytes()), Ok(save.clone()));
        Ok(save)
    };
    assert_eq!(read(body), Ok(far().save()));
    let mut refused = 0;
    let start = body.match_indices('\n').nth(2).unwrap().0;
    for at in start..body.len() {
        // Among them numbers far too big for what follows.
        for put in ["A", "B", "_", "AAAA", "AAAAAB", "____", "é", " "] {
            let end = (at + put.len()).min(body.len());
            for changed in
                [format!("{}{put}{}", &body[..at], &body[at..]), format!("{}{put}{}", &body[..at], &body[end..])]
            {
                refused += usize::from(matches!(read(&changed), Err(Fault::Damaged(_))));
            }
        }
    }
    assert!(refused > 1_000, "{refused}");
}

#[test]
fn seconds_are_told_in_words() {
    assert_eq!(stamp::utc(0), "1970-01-01 00:00");
    assert_eq!(stamp::utc(951_782_399), "2000-02-28 23:59");
    assert_eq!(stamp::utc(951_782_400), "2000-02-29 00:00");
    assert_eq!(stamp::utc(1_795_334_400), "2026-11-22 08:00");
    assert_eq!(stamp::length(2_880), "48 min");
    assert_eq!(stamp::length(11_100), "3 h 05 min");
}

proptest::proptest! {
    /// Whatever stands in a save that is sealed well, it is loaded or refused.
    #[test]
    fn a_save_that_was_tampered_with_and_sealed_again_is_loaded_or_refused(
        at in 0.0..1.0_f64,
        cut in 0..12_usize,
        put in r##"[-0-9a-z"#:,()\[\]]{0,8}|4294967295|-2147483648|"[a-z]{1,4}""##,
    ) {
        let text = far().save().write().unwrap();
        let mut body = text.split_once('\n').unwrap().1.to_owned();
        let at = (body.len() as f64 * at) as usize;
        body.replace_range(at..(at + cut).min(body.len()), &put);
        let head = format!("taiyuan-save 2 {}", body.len());
        let sum = crc32fast::hash(format!("{head}{body}").as_bytes());
        if let Ok(save) = Save::read(format!("{head} {sum:08x}\n{body}").as_bytes())
            && let Ok(loaded) = load_in(&fen::fen().link(), &save)
        {
            let mut play = Play::loaded(loaded);
            if let Some(key) = play.offers().first().cloned() {
                play.take(&key);
                play.undo();
            }
            assert_eq!(Save::read(play.save().write().unwrap().as_bytes()), Ok(play.save()));
        }
    }
}
