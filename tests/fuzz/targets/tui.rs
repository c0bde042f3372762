//! The app on its screen.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::app::{App, Around};
use super::kept::Settings;
use super::theme::{Depth, Paper};
use crate::fuzz::{book, desk, is_harmless};
use crate::play::Now;

/// The most that happens before the screen is drawn.
const BATCH: usize = 4;

/// What is typed, clicked and pasted, and the sizes the screen takes. The first byte says where it begins.
pub fn keys(data: &[u8]) {
    let mut bytes = data.iter().copied();
    let around = Around {
        now: Box::new(Now::default),
        seed: Box::new(|| 7),
        reload: None,
        depth: Depth::True,
        paper: Paper::Dark,
        theme: None,
        no_mouse: false,
        gentle: false,
    };
    let mut app = App::new(desk(), Arc::clone(book().world()), Settings::default(), around);
    match bytes.next().unwrap_or_default() % 3 {
        0 => app.show_title(),
        1 => app.begin("ford"),
        _ => app.begin("keep"),
    }
    let mut area = Rect::new(0, 0, 80, 24);
    draw(&mut app, area);
    let mut since = 0;
    while let Some(byte) = bytes.next() {
        let mut next = || bytes.next().unwrap_or_default();
        match byte {
            0x80..0xa0 => {
                let kind = match byte % 4 {
                    0 => MouseEventKind::Down(MouseButton::Left),
                    1 => MouseEventKind::ScrollDown,
                    2 => MouseEventKind::ScrollUp,
                    _ => MouseEventKind::Moved,
                };
                let (column, row) = (next().into(), next().into());
                app.mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
            }
            0xa0..0xa8 => {
                area = Rect::new(0, 0, next().into(), u16::from(next()) % 100);
                app.resized();
            }
            0xa8..0xb0 => {
                let many = usize::from(next());
                let pasted: Vec<u8> = bytes.by_ref().take(many).collect();
                app.paste(&String::from_utf8_lossy(&pasted));
            }
            0xb0.. => app.key(KeyEvent::new(KeyCode::Char(char::from(byte)), KeyModifiers::NONE)),
            _ => app.key(key(byte)),
        }
        // The loop around the app does as it wishes, and nothing of that is here.
        let _ = app.wish();
        since += 1;
        if since % BATCH == 0 {
            draw(&mut app, area);
        }
    }
    draw(&mut app, area);
    app.put_away();
}

/// A key as a byte: letters are themselves, controls are the keys that have no letter.
fn key(byte: u8) -> KeyEvent {
    let code = match byte {
        b'\n' => KeyCode::Enter,
        b'\t' => KeyCode::Tab,
        0x1b => KeyCode::Esc,
        0x7f | 0x08 => KeyCode::Backspace,
        1 => KeyCode::Up,
        2 => KeyCode::Down,
        3 => KeyCode::Left,
        4 => KeyCode::Right,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        7 => KeyCode::Home,
        11 => KeyCode::End,
        12 => KeyCode::Delete,
        14 => KeyCode::BackTab,
        15 => KeyCode::F(1),
        16..0x1b => return KeyEvent::new(KeyCode::Char(char::from(b'a' + byte)), KeyModifiers::CONTROL),
        0x1c..0x20 => return KeyEvent::new(KeyCode::Char(char::from(byte + 0x20)), KeyModifiers::ALT),
        letter => KeyCode::Char(char::from(letter)),
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}

fn draw(app: &mut App, area: Rect) {
    app.tick();
    app.lay_out(area);
    let mut buf = Buffer::empty(area);
    (&*app).render(area, &mut buf);
    buf.content.iter().for_each(|cell| is_harmless(cell.symbol()));
}
