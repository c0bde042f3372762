//! What every type of a chapter is packed as: its fields in order, or the number of its variant and what that holds.

use std::sync::Arc;

use super::{Packed, Packet};
use crate::engine::chapter::{
    Achievement, Arms, Arrow, Card, Carried, Carry, Ceiling, Chapter, Choice, ChoiceRare, Deck, Derived, Ending,
    Expect, Given, Goes, Meaning, Milestone, Rank, Run, Scene, SceneRare, Shown, Target, Test, Var, VarKind, Was,
};
use crate::engine::effect::{Act, Effect};
use crate::engine::expr::{Compare, Cond, Expr};
use crate::engine::id::{
    AchievementIx, ChoiceIx, CodexIx, DeckIx, DerivedIx, EndingIx, ItemIx, MilestoneIx, PersonIx, PlaceIx, SceneIx,
    SiteIx, VarIx,
};
use crate::engine::seal::Seal;
use crate::engine::state::{Cell, Change};
use crate::engine::text::{Group, GroupKind, Inline, Paragraph};
use crate::engine::world::{Army, Basis, Entry, Item, Line, LineKind, Map, Person, Place, PlaceKind, World};

/// Read from any bytes, or only from those that stay (`'static`): what holds texts and lists that are unpacked late.
macro_rules! fields {
    ($life:lifetime $(<$any:lifetime>)?: $($name:ident { $($field:ident),* })*) => {
        fields! { @each $life [$(<$any>)?] $($name { $($field),* })* }
    };
    (@each $life:lifetime $any:tt $($name:ident $fields:tt)*) => {
        $(fields! { @one $life $any $name $fields })*
    };
    (@one $life:lifetime [$($any:tt)*] $name:ident { $($field:ident),* }) => {
        impl $($any)* Packed<$life> for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$field.pack(out);)*
            }

            fn unpack(from: &mut Packet<$life>) -> Option<Self> {
                Some(Self { $($field: Packed::unpack(from)?),* })
            }
        }
    };
}

macro_rules! variants {
    ($($name:ident { $($tag:literal $variant:ident $(($($part:ident),*))?),* $(,)? })*) => {$(
        impl<'b> Packed<'b> for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($part),*))? => {
                        out.push($tag);
                        $($($part.pack(out);)*)?
                    })*
                }
            }

            fn unpack(from: &mut Packet<'b>) -> Option<Self> {
                match from.byte()? {
                    $($tag => {
                        $($(let $part = Packed::unpack(from)?;)*)?
                        Some(Self::$variant $(($($part),*))?)
                    })*
                    _ => None,
                }
            }
        }
    )*};
}

macro_rules! indices {
    ($($name:ident),*) => {$(
        impl<'b> Packed<'b> for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                self.0.pack(out);
            }

            fn unpack(from: &mut Packet<'b>) -> Option<Self> {
                u32::unpack(from).map(Self)
            }
        }
    )*};
}

indices! {
    AchievementIx, ChoiceIx, CodexIx, DeckIx, DerivedIx, EndingIx, ItemIx, MilestoneIx, PersonIx, PlaceIx, SceneIx,
    SiteIx, VarIx
}

fields! { 'b <'b>:
    Paragraph { speaker, inlines }
    Group { kind, key, alternatives }
    Effect { when, act }
    Carry { what, record }
    Card { deck, weight, when, again }
    Arrow { when, target }
    Deck { id, cards, none, site }
    Milestone { id, title }
    Run { id, title, about, start, given, goal, milestones, seed, rank, ceilings }
    Ceiling { seed, least, proved, found, tracked }
    Given { what, value }
    Change { cell, old }
    Test { name, start, seed, given, rolls, play, expect, transcript, origin }
    Was { scenes, choices, vars, items }
    Arms { when, place }
    Place { id, name, zh, map, at, kind, codex }
    Map { id, title, bounds, lines, armies }
    Line { kind, name, points, when }
    Army { name, side, at }
}

fields! { 'static:
    Var { id, kind, start, shared, strict, shown }
    Derived { id, is, before }
    Shown { label, show, gauge, levels, low_is_good, quiet, when }
    Scene { id, enter, text, menu, then, back, rare }
    SceneRare { place, date, title, otherwise, ending, milestone, card, meets, tags }
    Choice { path, key_at, say, when, again, effects, strict, goes, rare }
    ChoiceRare { parent, said, locked }
    Ending { id, title, rank, text, next }
    Achievement { id, title, text, when }
    World { id, title, version, note, credits, order, items, people, places, codex, maps }
    Item { id, name, text, max, art }
    Person { id, name, zh, text, codex }
    Entry { id, title, text, basis, see }
}

variants! {
    Inline {
        0 Plain(words), 1 Break, 2 Emph(inner), 3 Strong(inner), 4 Link(to, inner), 5 Number(number), 6 Word(var),
        7 Spell(number, capital), 8 Level(var), 9 Group(group), 10 If(when, then, other), 11 Gentle(mild, full),
    }
    GroupKind { 0 Sequence, 1 Cycle, 2 Once, 3 Shuffle, 4 First }
    Expr {
        0 Const(n), 1 Var(var), 2 Derived(of), 3 Add(a, b), 4 Sub(a, b), 5 Mul(a, b), 6 Neg(a), 7 Min(a, b),
        8 Max(a, b), 9 If(when, a, b), 10 Band(a, marks), 11 Count(item), 12 Visits(scene), 13 Taken(choice),
        14 Since(scene), 15 Turns,
    }
    Cond {
        0 Const(holds), 1 Flag(var), 2 Derived(of), 3 Not(a), 4 All(all), 5 Any(any), 6 Compare(how, a, b), 7 Has(item),
        8 Seen(scene),
    }
    Compare { 0 Eq, 1 Ne, 2 Lt, 3 Le, 4 Gt, 5 Ge }
    Act {
        0 Set(var, to), 1 Test(var, when), 2 Roll(var, low, high, site), 3 Chance(var, chances, site),
        4 OneOf(var, words, site), 5 Give(item, n), 6 Take(item, n), 7 Learn(entry),
    }
    Carried { 0 Var(var), 1 Item(item) }
    Cell {
        0 Scene, 1 Open, 2 Depth, 3 Turn, 4 Ended, 5 Stack(at), 6 Var(at), 7 Item(at), 8 Visits(at), 9 Last(at),
        10 Taken(at), 11 Drawn(at), 12 Achieved(at),
    }
    VarKind { 0 Int(low, high), 1 Flag, 2 Word(words) }
    Meaning { 0 Number(number), 1 Flag(when) }
    Goes { 0 To(flow), 1 Visit(scene), 2 Nested(menu, then), 3 Rejoin }
    Target { 0 Scene(scene), 1 Draw(deck), 2 Back }
    Rank { 0 Time, 1 Turns, 2 Least(var) }
    Expect {
        0 At(scene), 1 Sees(words), 2 Misses(words), 3 Holds(when), 4 Offers(key), 5 Locks(key), 6 Hides(key),
        7 Visits(scene), 8 Never(scene), 9 Ends(ending), 10 Reaches(milestone), 11 Has(item),
    }
    PlaceKind { 0 City, 1 Town, 2 Fort, 3 Pass, 4 Camp, 5 Gate, 6 Site }
    Basis { 0 Seed, 1 Record, 2 Ours }
    LineKind { 0 Coast, 1 River, 2 Road, 3 Wall, 4 Border, 5 Works, 6 Route }
}

/// A chapter's own fields; its hashes are packed as they come out.
macro_rules! chapter {
    ($($field:ident),*) => {
        pub(super) fn pack_chapter(chapter: &Chapter, out: &mut Vec<u8>) {
            $(chapter.$field.pack(out);)*
            chapter.rules().pack(out);
            chapter.prose().pack(out);
        }

        pub(super) fn unpack_chapter(from: &mut Packet<'static>, world: &Arc<World>) -> Option<Chapter> {
            Some(Chapter {
                world: Arc::clone(world),
                $($field: Packed::unpack(from)?,)*
                rules: Seal::known(Packed::unpack(from)?),
                prose: Seal::known(Packed::unpack(from)?),
            })
        }
    };
}

chapter! {
    id, title, about, date, accent, stats, map, maps, start, carries, vars, derived, scenes, choices, decks, endings,
    milestones, achievements, runs, tests, was, sites
}
