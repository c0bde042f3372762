//! Endings, milestones, achievements, runs and tests.

use std::collections::BTreeSet;

use super::Linker;
use crate::engine::chapter::{Achievement, Choice, Ending, Expect, Milestone, Rank, Run, Test};
use crate::engine::expr::Cond;
use crate::engine::id::{EndingIx, ItemIx, MilestoneIx, SceneIx, VarIx};
use crate::story::desk::Written;
use crate::story::diagnostic::Spot;
use crate::story::fault::Fault;
use crate::story::names::{Found, Kind, ends};
use crate::story::raw::{self, Str};
use crate::story::shape::id_fault;
use crate::story::suggest::closest;

impl<'s> Linker<'_, 's> {
    pub(super) fn endings(&self) -> Vec<Ending> {
        let endings = self.parts.endings.all.iter().map(|one| {
            let (raw, key) = (&one.raw, self.key(&format!("endings/{}", one.id)));
            if !(1..=999).contains(&raw.rank) {
                let fault = Fault::Bounds {
                    what: "an ending's rank".to_owned(),
                    least: 1,
                    most: 999,
                    found: i64::from(raw.rank),
                };
                self.desk().error(fault, one.key);
            }
            if let Some(text) = &raw.next {
                self.scope.id(Kind::Chapter, Written { text, entry: one.body });
            }
            Ending {
                id: one.id.to_owned(),
                title: self.scope.label(format_args!("{key}.title"), &raw.title, one.body),
                rank: u32::try_from(raw.rank).unwrap_or(1),
                text: self.scope.text_or_none(format_args!("{key}"), raw.text.as_ref(), one.body).unwrap_or_default(),
                next: raw.next.as_ref().map(|next| next.to_string()),
            }
        });
        endings.collect()
    }

    pub(super) fn milestones(&self) -> Vec<Milestone> {
        let milestones = self.parts.milestones.all.iter().map(|one| Milestone {
            id: one.id.to_owned(),
            title: self.scope.label(format_args!("{}/milestones/{}", self.around.id, one.id), &one.raw.title, one.body),
        });
        milestones.collect()
    }

    pub(super) fn achievements(&self) -> Vec<Achievement> {
        let achievements = self.parts.achievements.all.iter().map(|one| {
            let (raw, key) = (&one.raw, self.key(&format!("achievements/{}", one.id)));
            Achievement {
                id: one.id.to_owned(),
                title: self.scope.label(format_args!("{key}.title"), &raw.title, one.body),
                text: self.scope.text_or_none(format_args!("{key}"), raw.text.as_ref(), one.body).unwrap_or_default(),
                when: self.condition(&raw.when, one.body),
            }
        });
        achievements.collect()
    }

    pub(super) fn runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        for one in &self.parts.runs.all {
            let (raw, entry) = (&one.raw, one.body);
            let key = self.key(&format!("runs/{}", one.id));
            let rank = match &raw.rank {
                raw::Rank::Time => Some(Rank::Time),
                raw::Rank::Turns => Some(Rank::Turns),
                raw::Rank::Least(text) => {
                    let var = self.scope.id(Kind::Variable, Written { text, entry });
                    var.map(|at| Rank::Least(VarIx::from(at)))
                }
            };
            let start = self.scope.id(Kind::Scene, Written { text: &raw.start, entry });
            let milestones = raw.milestones.iter();
            let milestones = milestones.filter_map(|text| self.scope.id(Kind::Milestone, Written { text, entry }));
            runs.push(Run {
                id: one.id.to_owned(),
                title: self.scope.label(format_args!("{key}.title"), &raw.title, entry),
                about: raw
                    .about
                    .as_ref()
                    .map(|about| self.scope.label(format_args!("{key}"), about, entry))
                    .unwrap_or_default(),
                start: SceneIx::from(start.unwrap_or(0)),
                given: self.given(&raw.given, entry),
                goal: self.condition(&raw.goal, entry),
                milestones: milestones.map(MilestoneIx::from).collect(),
                seed: raw.seed,
                rank: rank.unwrap_or(Rank::Time),
                ceilings: self.ceilings(&raw.routes, one.key, entry),
            });
        }
        runs
    }

    pub(super) fn tests(&self, choices: &[Choice]) -> Vec<Test> {
        if self.parts.tests.all.is_empty() {
            return Vec::new();
        }
        let keys: BTreeSet<&str> = choices.iter().map(|c| c.key()).collect();
        let mut tests = Vec::new();
        for one in &self.parts.tests.all {
            let (raw, entry) = (&one.raw, one.body);
            let start =
                match &raw.start {
                    Some(text) => self.scope.id(Kind::Scene, Written { text, entry }),
                    None => self.parts.head.as_ref().and_then(|head| {
                        self.scope.names.table(Kind::Scene).and_then(|scenes| scenes.at(&head.raw.start))
                    }),
                };
            for text in &raw.play {
                self.choice_key(&keys, text, entry);
            }
            let (line, _) = self.desk().sources.place(one.key.file, one.key.start);
            tests.push(Test {
                name: raw.name.to_string(),
                start: SceneIx::from(start.unwrap_or(0)),
                seed: raw.seed,
                given: self.given(&raw.given, entry),
                rolls: raw.rolls.clone(),
                play: raw.play.iter().map(|key| key.to_string()).collect(),
                transcript: raw.transcript.as_ref().map(|name| self.beside(name, one.key.file, entry)),
                expect: raw.expect.iter().filter_map(|e| self.expect(e, &keys, entry)).collect(),
                origin: format!("{}:{line}", self.desk().sources.shown(one.key.file)),
            });
        }
        tests
    }

    /// The path of a transcript beside a file with tests.
    fn beside(&self, name: &Str<'s>, file: usize, entry: Spot) -> String {
        if let Some(fault) = id_fault(name, false) {
            self.desk().about(fault, Written { text: name, entry });
        }
        let path = self.desk().sources.files().get(file).map_or("", |source| source.path.as_str());
        let folder = path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        format!("{folder}{}.txt", &**name)
    }

    fn expect(&self, expect: &raw::Expect<'s>, keys: &BTreeSet<&str>, entry: Spot) -> Option<Expect> {
        let id = |kind, text| self.scope.id(kind, Written { text, entry });
        let choice = |text: &Str<'s>| {
            self.choice_key(keys, text, entry);
            text.to_string()
        };
        Some(match expect {
            raw::Expect::At(text) => Expect::At(SceneIx::from(id(Kind::Scene, text)?)),
            raw::Expect::Sees(text) => Expect::Sees(text.to_string()),
            raw::Expect::Misses(text) => Expect::Misses(text.to_string()),
            raw::Expect::Holds(text) => Expect::Holds(self.scope.condition(Written { text, entry })?),
            raw::Expect::Offers(text) => Expect::Offers(choice(text)),
            raw::Expect::Locks(text) => Expect::Locks(choice(text)),
            raw::Expect::Hides(text) => Expect::Hides(choice(text)),
            raw::Expect::Visits(text) => Expect::Visits(SceneIx::from(id(Kind::Scene, text)?)),
            raw::Expect::Never(text) => Expect::Never(SceneIx::from(id(Kind::Scene, text)?)),
            raw::Expect::Ends(text) => Expect::Ends(EndingIx::from(id(Kind::Ending, text)?)),
            raw::Expect::Reaches(text) => Expect::Reaches(MilestoneIx::from(id(Kind::Milestone, text)?)),
            raw::Expect::Has(text) => Expect::Has(ItemIx::from(id(Kind::Item, text)?)),
        })
    }

    /// A choice as a log speaks of it on its page.
    fn choice_key(&self, keys: &BTreeSet<&str>, text: &Str<'s>, entry: Spot) {
        if keys.contains(&**text) || self.scope.names.find(Kind::Choice, "") == Found::Unread {
            return;
        }
        let nested = keys.iter().find(|key| ends(key, text)).map(|key| (*key).to_owned());
        let meant = nested.or_else(|| closest(text, keys.iter().copied()));
        let fault = Fault::Unknown { kind: Kind::Choice, name: text.to_string(), meant, other: None };
        self.desk().about(fault, Written { text, entry });
    }

    pub(super) fn condition(&self, text: &Str<'s>, entry: Spot) -> Cond {
        self.scope.condition(Written { text, entry }).unwrap_or(Cond::Const(false))
    }
}
