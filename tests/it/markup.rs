//! The grammar of prose, conditions and effects, line by line: what is written, and what is then read.

use std::sync::Arc;

use taiyuan::engine::Chapter;
use taiyuan::engine::dice::Keyed;
use taiyuan::engine::render::{Reader, render};
use taiyuan::engine::state::State;
use taiyuan::engine::step::begin;
use taiyuan::story::{Book, Sources};

/// A chapter whose first scene has this text and these effects.
fn chapter(text: &str, enter: &str) -> Arc<Chapter> {
    let manifest = "(story: (id: \"s\", title: \"S\", version: \"1\", chapters: [\"one\"]))";
    let yard = format!(
        r####"(
            chapter: (title: "One", start: "yard"),
            scenes: {{
                "yard": (enter: [{enter}], text: r###"{text}"###, choices: [(id: "wait", say: "Wait", again: true)]),
            }},
            vars: {{
                "day": Int(range: (-99, 9999), start: 3),
                "grain": Int(range: (0, 9000), start: 1200, levels: [(0, "bare"), (1000, "falling"), (2000, "full")]),
                "drilled": Flag(start: true),
                "fed": Flag(),
                "ration": Word(of: ["bran", "half"], start: "half"),
                "other": Word(of: ["bran", "half"], start: "bran"),
            }},
            derived: {{"holding": "band(day, 1, 3, 9)", "hungry": "not fed and grain < 2000"}},
            snippets: {{"cold": "It is cold", "two": "One.\n\nTwo."}},
            people: {{"clerk": (name: "the clerk")}},
            codex: {{"liao": (title: "Liao", text: "A state.", basis: Ours)}},
            items: {{"seal": (name: "a seal"), "arrow": (name: "an arrow", max: 9)}},
        )"####
    );
    let texts = [("story.ron", manifest.to_owned()), ("one/yard.ron", yard)];
    let texts = texts.map(|(path, text)| (path.to_owned(), text)).to_vec();
    Book::open(Sources::from_texts(texts)).unwrap().chapter("one").unwrap_or_else(|report| panic!("{text}\n{report}"))
}

fn start(chapter: &Chapter) -> State {
    begin(chapter, chapter.start, 7, &[], &mut Keyed, &mut ())
}

/// The text as it reads at its first, second … showing; paragraphs are joined by ` // `.
fn read(text: &str, round: u32, gentle: bool) -> String {
    let chapter = chapter(text, "");
    let paras = render(&chapter.scenes[0].text, round, &chapter, &start(&chapter), Reader { gentle });
    let shown = paras.iter().map(|para| {
        let by = para.speaker.map(|ix| format!("<{}> ", chapter.world.person(ix).id)).unwrap_or_default();
        format!("{by}{}", para.plain())
    });
    shown.collect::<Vec<_>>().join(" // ")
}

#[test]
fn prose_reads_as_the_guide_says() {
    for (written, rounds) in [
        ("Snow on\n   the yard.", &["Snow on the yard."][..]),
        ("One.\n\n  \n  Two.", &["One. // Two."]),
        ("First\\\n    second", &["First\nsecond"]),
        ("{a|b|c}", &["a", "b", "c", "c"]),
        ("{cycle: a|b}", &["a", "b", "a"]),
        ("{&a|b}", &["a", "b", "a"]),
        ("{once: a|b}.", &["a.", "b.", "."]),
        ("{!a|b}.", &["a.", "b.", "."]),
        ("{first: a|b}", &["a", "b", "b"]),
        ("{first: a}.", &["a.", ".", "."]),
        ("{if grain < 8: a|b}", &["b"]),
        ("{if grain < 8: a} b", &["b"]),
        ("{if(drilled): a|b}", &["a"]),
        ("{grain} and {grain * 50}", &["1,200 and 60,000"]),
        ("{ration}", &["half"]),
        ("{spell: day} {Spell: day * 7} {spell: 100} {spell: 101}", &["three Twenty-one a hundred 101"]),
        ("{level: grain}", &["falling"]),
        ("{holding}", &["2"]),
        ("{use: cold}, he says.", &["It is cold, he says."]),
        ("{use: two}", &["One. // Two."]),
        ("So: {use: two}", &["So: One. Two."]),
        ("*a* **b *c*** d", &["a b c d"]),
        ("the [*Liao*](liao)", &["the Liao"]),
        ("@clerk: \"Nine.\"", &["<clerk> \"Nine.\""]),
        ("a@b", &["a@b"]),
        (r"\{ \} \| \* \[ \] \@ \\ \:", &[r"{ } | * [ ] @ \ :"]),
        ("{a {x|y}|b {x|y}}", &["a x", "b y"]),
        ("{if drilled:\n  a\n|\n  b\n} c", &["a c"]),
        ("{Yes\\: he said|No}", &["Yes: he said", "No"]),
        ("{a.\n\nb.|c.}", &["a. // b.", "c."]),
        ("{if fed: x|@clerk: a\n\nb}\n\nc", &["<clerk> a // b // c"]),
        ("Snow. {once: A dog.} Night.", &["Snow. A dog. Night.", "Snow. Night."]),
        ("\"#1\" is a sign", &["\"#1\" is a sign"]),
        ("太原 is cold", &["太原 is cold"]),
    ] {
        for (round, expected) in rounds.iter().enumerate() {
            assert_eq!(read(written, u32::try_from(round).unwrap(), false), *expected, "{written:?}, showing {round}");
        }
    }
}

#[test]
fn the_gentle_telling_is_only_told() {
    assert_eq!(read("{gentle: mild|full}", 0, true), "mild");
    assert_eq!(read("{gentle: mild|full}", 0, false), "full");
}

#[test]
fn a_shuffle_shows_each_once_and_then_again() {
    let round = |from: u32| {
        let mut seen: Vec<_> = (from..from + 3).map(|n| read("{shuffle: a|b|c}", n, false)).collect();
        seen.sort();
        seen.concat()
    };
    assert_eq!((round(0), round(3)), ("abc".to_owned(), "abc".to_owned()));
}

#[test]
fn conditions_hold_as_the_guide_says() {
    for (condition, holds) in [
        ("1 + 2 * 3 == 7", true),
        ("(1 + 2) * 3 == 9", true),
        ("10 - 4 - 3 == 3", true),
        ("-day + 3 == 0", true),
        ("- 2 < 0 - 1", true),
        ("not fed and drilled", true),
        ("not (fed or drilled)", false),
        ("fed or drilled and fed", false),
        ("not day == 4", true),
        ("ration == half and ration != bran", true),
        ("bran != ration", true),
        ("ration != other", true),
        ("fed == false and drilled != fed", true),
        ("hungry", true),
        ("holding == 2", true),
        ("min(day, 2) == 2 and max(day, 2) == 3", true),
        ("if(fed, 1, 2) == 2", true),
        ("band(day, 1, 3, 9) == 2", true),
        ("has(seal) or count(arrow) > 0", false),
        ("seen(yard) and visits(yard) == 1", true),
        ("taken(yard#wait) == 0 and turns() == 0", true),
        ("since(yard) == 0", true),
        ("2000000000 + 2000000000 > 0", true),
    ] {
        assert_eq!(
            read(&format!("{{if {condition}: yes|no}}"), 0, false),
            if holds { "yes" } else { "no" },
            "{condition}"
        );
    }
}

#[test]
fn effects_do_as_the_guide_says() {
    for (effects, text, read) in [
        ("\"day += 2\", \"day -= 1\"", "{day}", "4"),
        ("\"day = day * day + 1\"", "{day}", "10"),
        ("\"grain -= 9999\"", "{grain}", "0"),
        ("\"fed = true\"", "{if fed: yes|no}", "yes"),
        ("\"fed = day > 2\"", "{if fed: yes|no}", "yes"),
        ("\"ration = bran\"", "{ration}", "bran"),
        ("\"ration = other\"", "{ration}", "bran"),
        ("\"day = 9 if fed\", \"grain = 1 if not fed\"", "{day} {grain}", "3 1"),
        ("\"day = if(drilled, 8, 9) if drilled\"", "{day}", "8"),
        ("\"give(seal)\", \"give(arrow, 3)\", \"take(arrow)\"", "{if has(seal): yes|no} {count(arrow)}", "yes 2"),
        ("\"day = roll(5..5)\"", "{day}", "5"),
        ("\"ration = one_of(bran, bran)\"", "{ration}", "bran"),
    ] {
        let chapter = chapter(text, effects);
        let paras = render(&chapter.scenes[0].text, 0, &chapter, &start(&chapter), Reader::default());
        assert_eq!(paras[0].plain(), read, "{effects}");
    }
}

#[test]
fn the_place_of_a_fault_is_inside_the_text_even_behind_escapes() {
    let yard = "(scenes: {\"yard\": (text: \"\\\"Snow\\\" \\u{592a} {grian}\", ending: \"end\")}, endings: {\"end\": (title: \"E\", rank: 1)})";
    let column = yard.find("grian").unwrap() + 1;
    let texts = [
        ("story.ron", "(story: (id: \"s\", title: \"S\", version: \"1\", chapters: [\"one\"]))"),
        ("one/chapter.ron", "(chapter: (title: \"One\", start: \"yard\"))"),
        ("one/yard.ron", yard),
    ];
    let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
    let findings = Book::check(Sources::from_texts(texts)).findings();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((findings[0].code, findings[0].line, findings[0].column), ("E082", 1, column));
}
