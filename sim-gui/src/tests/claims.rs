//! What lessons and lever pages say that a run shows, held against runs.
//!
//! `sim-gui/claims` has each statement with its words in both languages, and the figures that must come out.
//! A statement of a step is about the plan that the lesson has there, against the lesson's baseline; one of a
//! lever page is about the plan with which the window opens. Samples, seeds and figures are those of the
//! window's charts.

mod figures;

use super::tiny;
use crate::lesson::{self, Action, Lesson, Step, Task};
use crate::lever;
use crate::plan::Plan;
use crate::text::Text;
use crate::work::KnownPlaces;
use crate::work::sample::Level;
use figures::{Figure, Quantity, Run};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs of each plan, each with another seed and other counties.
const SEEDS: u32 = 3;

/// Statements of a step of a lesson, counted from 1 as the window counts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfStep {
    lesson: String,
    step: usize,
    #[serde(default)]
    claims: Vec<Claim>,
    /// Whether a sample of the middle size would not do: where villages copy each other, a part of them is
    /// another place.
    #[serde(default)]
    full: bool,
    /// How many runs of each plan, if not the usual number.
    #[serde(default)]
    seeds: Option<u32>,
    /// Why there is none: what its texts tell instead.
    #[serde(default)]
    none: String,
}

/// Statements of a lever page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfLever {
    lever: String,
    claims: Vec<Claim>,
}

/// A statement, and what runs must show if it is true.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    /// Its words, as they stand in the text.
    says: Text,
    /// What the plan sets besides.
    #[serde(default)]
    plan: Vec<(String, String)>,
    /// What the baseline sets besides.
    #[serde(default)]
    baseline: Vec<(String, String)>,
    /// Figures, each with the least and the most that it may be.
    shows: Vec<(Quantity, f64, f64)>,
    /// In which of the runs.
    #[serde(default)]
    holds: Holds,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
enum Holds {
    /// In each of them.
    #[default]
    Always,
    /// In the middle of them: a statement of what charts show, where single runs differ.
    Mostly,
}

/// A claim where it stands: the plans to be run, and where its words must be.
struct Stated<'a> {
    place: String,
    texts: Vec<&'a Text>,
    claim: &'a Claim,
    plan: Plan,
    baseline: Plan,
    level: Level,
    seeds: u32,
}

/// Plan and baseline as a lesson has them when a step is done.
fn laid_out(lesson: &Lesson, step: usize) -> (Plan, Plan) {
    let (mut plan, mut baseline) = (Plan::first(), Plan::first());
    let steps = lesson.steps.iter().take(step);
    for action in steps.flat_map(|step| step.begin.iter().chain(&step.solution)) {
        match action {
            Action::Open(base, edits) => {
                plan = (edits.iter()).fold(Plan::of(base), |plan, (path, value)| plan.with(path, value));
                baseline = plan.clone();
            }
            Action::Set(path, value) => plan.set(path, value),
            Action::Reset(path) => plan.reset(path),
            Action::Baseline => baseline = plan.clone(),
            _ => {}
        }
    }
    (plan, baseline)
}

fn texts(step: &Step) -> Vec<&Text> {
    let mut texts = vec![&step.text, &step.ask, &step.hint, &step.after];
    if let Task::Choice(options, right) = &step.task {
        texts.push(&options[*right]);
    }
    texts
}

fn edited(plan: &Plan, edits: &[(String, String)]) -> Plan {
    edits.iter().fold(plan.clone(), |plan, (path, value)| plan.with(path, value))
}

fn stated<'a>(steps: &'a [OfStep], levers: &'a [OfLever]) -> Vec<Stated<'a>> {
    let is_full = std::env::var("COUNTRYSIDE_CLAIMS").is_ok_and(|how| how == "full");
    let effort = |full: bool, seeds: Option<u32>| match is_full {
        true => (Level::FullEstimate, seeds.unwrap_or(0).max(4)),
        false if full => (Level::FullEstimate, seeds.unwrap_or(SEEDS)),
        false => (Level::Estimate, seeds.unwrap_or(SEEDS)),
    };
    let mut found = Vec::new();
    for of in steps {
        let lesson = lesson::shipped().iter().find(|lesson| lesson.name == of.lesson).unwrap();
        let (plan, baseline) = laid_out(lesson, of.step);
        let (level, seeds) = effort(of.full, of.seeds);
        for claim in &of.claims {
            found.push(Stated {
                place: format!("{}, step {}: {:?}", of.lesson, of.step, claim.says.en),
                texts: texts(&lesson.steps[of.step - 1]),
                plan: edited(&plan, &claim.plan),
                baseline: edited(&baseline, &claim.baseline),
                claim,
                level,
                seeds,
            });
        }
    }
    for of in levers {
        let page = &lever::find(&of.lever).unwrap().page;
        let (level, seeds) = effort(false, None);
        for claim in &of.claims {
            found.push(Stated {
                place: format!("{}: {:?}", of.lever, claim.says.en),
                texts: vec![&page.message, &page.dynamics, &page.gains, &page.loses, &page.notice],
                plan: edited(&Plan::first(), &claim.plan),
                baseline: edited(&Plan::first(), &claim.baseline),
                claim,
                level,
                seeds,
            });
        }
    }
    found
}

/// Runs all plans of claims, each with each seed, on two threads; a pair of runs for each claim and seed is
/// told.
fn runs(stated: &[Stated<'_>]) -> BTreeMap<(u128, Level, u32), Run> {
    let mut wanted: BTreeMap<(u128, Level, u32), Plan> = BTreeMap::new();
    for one in stated {
        for plan in [&one.plan, &one.baseline] {
            let id = plan.prepare().unwrap().id;
            (0..one.seeds).for_each(|seed| {
                wanted.entry((id, one.level, seed)).or_insert_with(|| plan.clone());
            });
        }
    }
    // The longest first; runs of a seed follow each other, for they have their places in common.
    let mut wanted: Vec<_> = wanted.into_iter().collect();
    wanted.sort_by_key(|((_, level, seed), _)| (std::cmp::Reverse(*level), *seed));
    let (known, next, done) = (KnownPlaces::default(), AtomicUsize::new(0), Mutex::default());
    let work = || {
        while let Some((key, plan)) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
            let run = Run::of(plan, key.1, key.2, &known);
            let mut done: std::sync::MutexGuard<'_, BTreeMap<_, _>> = done.lock().unwrap();
            done.insert(*key, run);
        }
    };
    std::thread::scope(|scope| {
        let helper = scope.spawn(work);
        work();
        helper.join().unwrap();
    });
    done.into_inner().unwrap()
}

/// What runs say against claims: each that does not hold, with its figures.
fn refuted(stated: &[Stated<'_>]) -> Vec<String> {
    let runs = runs(stated);
    let mut found = Vec::new();
    for one in stated {
        let ids = [&one.plan, &one.baseline].map(|plan| plan.prepare().unwrap().id);
        for (quantity, least, most) in &one.claim.shows {
            let run = |id, seed| &runs[&(id, one.level, seed)];
            let value = |seed| quantity.of(run(ids[0], seed), run(ids[1], seed));
            let mut values: Vec<f64> = (0..one.seeds).map(value).collect();
            values.sort_by(f64::total_cmp);
            let lies = |value: f64| (*least..=*most).contains(&value);
            let holds = match one.claim.holds {
                Holds::Always => values.iter().all(|value| lies(*value)),
                Holds::Mostly => lies(crate::number::quantile(&values, 0.5)),
            };
            if std::env::var_os("COUNTRYSIDE_CLAIMS").is_some() || !holds {
                let verdict = if holds { "holds" } else { "is false" };
                let line =
                    format!("{verdict}: {}: {quantity:?} is {values:.4?}, not {least} to {most}", one.place);
                eprintln!("{line}");
                if !holds {
                    found.push(line);
                }
            }
        }
    }
    found
}

/// What is read of a folder of claims.
fn read<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    ron::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

fn of_steps() -> Vec<OfStep> {
    read(include_str!("../../claims/lessons.ron"))
}

fn of_levers() -> Vec<OfLever> {
    read(include_str!("../../claims/levers.ron"))
}

/// Claims whose words do not stand in their text.
fn astray(stated: &[Stated<'_>]) -> Vec<String> {
    let stands = |one: &Stated<'_>| {
        let says = &one.claim.says;
        let en = one.texts.iter().any(|text| text.en.contains(&says.en));
        let zh = one.texts.iter().any(|text| text.zh.contains(&says.zh));
        en && zh && !says.en.is_empty() && !says.zh.is_empty()
    };
    let found = stated.iter().filter(|one| !stands(one));
    found.map(|one| one.place.clone()).collect()
}

#[test]
fn claims_quote_their_texts_and_no_step_or_page_is_without_an_entry() {
    let (steps, levers) = (of_steps(), of_levers());
    assert_eq!(astray(&stated(&steps, &levers)), Vec::<String>::new());
    for lesson in lesson::shipped() {
        for number in 1..=lesson.steps.len() {
            let of = steps.iter().find(|of| of.lesson == lesson.name && of.step == number);
            let of = of.unwrap_or_else(|| panic!("{}, step {number}: no entry", lesson.name));
            assert_ne!(of.claims.is_empty(), of.none.is_empty(), "{}, step {number}", lesson.name);
        }
    }
    for lever in lever::levers().iter().filter(|lever| lever.is_top) {
        let is_there = levers.iter().any(|of| of.lever == lever.path && !of.claims.is_empty());
        assert!(is_there, "{}: no claim", lever.path);
    }
}

#[test]
fn what_lessons_and_lever_pages_say_comes_out_of_runs() {
    let found = refuted(&stated(&of_steps(), &of_levers()));
    assert!(found.is_empty(), "{found:#?}");
}

/// A false claim is found out, and so are words that do not stand in the text.
#[test]
fn a_false_claim_is_refuted() {
    let claim = |least: f64, most: f64, en: &str| Claim {
        says: Text { en: en.to_owned(), zh: "链接".to_owned() },
        plan: vec![("programme.enabled".to_owned(), "false".to_owned())],
        baseline: Vec::new(),
        shows: vec![(Quantity::Ratio(Figure::Sum("station_orders".to_owned())), least, most)],
        holds: Holds::Always,
    };
    let (right, wrong) = (claim(0.0, 0.0, "there are no stations"), claim(0.5, 2.0, "there are many"));
    let page = &lever::find("programme.enabled").unwrap().page;
    let stand = |claim| Stated {
        place: "here".to_owned(),
        texts: vec![&page.message],
        claim,
        plan: tiny().with("programme.enabled", "false"),
        baseline: tiny(),
        level: Level::Preview,
        seeds: 2,
    };
    assert!(refuted(&[stand(&right)]).is_empty());
    assert_eq!(refuted(&[stand(&wrong)]).len(), 1);
    assert_eq!(astray(&[stand(&wrong)]).len(), 1);
    // A figure without a value is no proof.
    let empty = Claim {
        shows: vec![(Quantity::Ratio(Figure::Sum("taobao_villages".to_owned())), 0.0, 9.0)],
        ..right.clone()
    };
    assert_eq!(refuted(&[stand(&empty)]).len(), 1);
}
