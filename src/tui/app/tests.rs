//! Keys in, state and screens out.

use crate::tui::fixture::Play;

#[test]
fn look() {
    let mut play = Play::at(80, 24);
    eprintln!("{}", play.screen());
    play.press("1");
    eprintln!("{}", play.screen());
    play.press("\n");
    eprintln!("{}", play.screen());
    play.press("2");
    eprintln!("{}", play.screen());
    play.press("1");
    eprintln!("{}", play.screen());
    play.press("⇟");
    eprintln!("{}", play.screen());
    play.size(120, 40);
    eprintln!("{}", play.screen());
    play.size(40, 12);
    eprintln!("{}", play.screen());
    play.size(100, 30).press("3");
    eprintln!("{}", play.screen());
    play.press("1");
    eprintln!("{}", play.screen());
    play.press("QQQ").size(200, 60);
    eprintln!("{}", play.screen());
}
