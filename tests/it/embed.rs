//! The story inside the program is the story in `story/`.

use std::sync::Arc;

use taiyuan::embed::Built;
use taiyuan::engine::pack;
use taiyuan::story::Book;

#[test]
fn what_was_built_into_the_program_is_what_its_files_say() {
    let book = Book::shipped().unwrap();
    let built = Built::open().expect("the shipped story has no faults");
    assert_eq!(built.world(), book.world());
    for id in &book.world().order {
        let (ours, theirs) = (built.chapter(id).unwrap(), book.chapter(id).unwrap());
        assert_eq!((ours.rules(), ours.prose()), (theirs.rules(), theirs.prose()), "{id}");
        assert!(ours.scenes == theirs.scenes, "{id}: a scene differs");
        assert!(ours.choices == theirs.choices, "{id}: a choice differs");
        assert!(ours.tests == theirs.tests, "{id}: a test differs");
        assert!(ours.vars == theirs.vars, "{id}: a variable differs");
        assert!(pack::chapter(&ours) == pack::chapter(&theirs), "{id}: something else differs");
    }
    assert!(built.chapter("nowhere").is_none());
}

#[test]
fn packed_bytes_that_were_cut_short_are_no_chapter() {
    let book = Book::shipped().unwrap();
    let chapter = book.chapter("siege").unwrap();
    let bytes: &'static [u8] = Box::leak(pack::chapter(&chapter).into_boxed_slice());
    let whole = pack::chapter_of(bytes, &Arc::clone(book.world()));
    assert!(whole.is_some_and(|whole| whole.scenes == chapter.scenes));
    for cut in [0, 1, 7, 100, bytes.len() / 2, bytes.len() - 1] {
        assert!(pack::chapter_of(&bytes[..cut], book.world()).is_none(), "{cut}");
    }
}

#[test]
fn packed_scenes_can_be_looked_at_in_any_order_and_changed() {
    let (book, built) = (Book::shipped().unwrap(), Built::open().unwrap());
    let (ours, theirs) = (built.chapter("siege").unwrap(), book.chapter("siege").unwrap());
    let many = theirs.scenes.len();
    for at in [many - 1, 0, many / 2] {
        assert_eq!(ours.scenes[at], theirs.scenes[at]);
        assert_eq!(ours.find_scene(&theirs.scenes[at].id).map(|ix| ix.at()), Some(at));
    }
    assert_eq!((ours.scenes.len(), ours.scenes.get(many)), (many, None));
    assert_eq!(ours.find_scene("no_such_scene"), None);
    let mut changed = ours.scenes.clone();
    changed.iter_mut().for_each(|scene| scene.back = !scene.back);
    for ((new, old), written) in changed.iter().zip(ours.scenes.iter()).zip(theirs.scenes.iter()) {
        assert_eq!((&new.id, new.back, old.back), (&written.id, !written.back, written.back));
    }
}
