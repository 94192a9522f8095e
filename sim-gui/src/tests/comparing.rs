//! What is compared: figure and mark of a difference from the same pairs, like with like, and every plan by
//! its own name.

use super::*;
use crate::comparison::{Unlike, Verdict};
use crate::export;
use crate::outcome;
use crate::panels::charts::chart;
use crate::panels::map::MapPanel;
use crate::panels::status;
use crate::state::Ready;
use crate::text::Language;
use crate::work::preview::{Holds, Key, Record};
use crate::work::sample::Level;
use sim_core::base::Month;
use sim_core::event::{Distribution, Measure};
use sim_core::metrics::area::AreaMonth;

/// A state that makes no runs of its own: what it has is what a test puts in. (Without threads it would work
/// between frames, and on a fast machine a first run would come in beside those of the test.)
pub(super) fn at_rest(plan: Plan) -> State {
    let mut state = State::new(plan, View::default(), 0, Arc::new(|| ()));
    state.answer_with(&[]);
    state
}

/// A state at rest: a plan with promotion beside the scenario as it is, and no run of either.
fn compared() -> State {
    let mut state = at_rest(tiny());
    state.set("programme.promotion", "300.0");
    state.update(0.0);
    assert!(state.has_other() && state.level().is_none());
    state
}

/// A run in which so many shops stand at the end.
fn take(state: &mut State, plan: u128, seed: u32, shops: i64) {
    take_holding(state, plan, Holds::default(), seed, shops);
}

/// The same of a run that differs from others in what is asked for.
pub(super) fn take_holding(state: &mut State, plan: u128, holds: Holds, seed: u32, shops: i64) {
    let mut values = vec![0; Measure::COUNT];
    values[Measure::Shops.at()] = shops;
    let month = AreaMonth {
        month: Month(180),
        days: 31,
        values,
        spreads: [Default::default(); Distribution::ALL.len()],
        gini: f32::NAN,
    };
    state.store.take(Record {
        key: Key { plan, level: Level::Preview, holds, seed },
        months: vec![month],
        ledger: Vec::new(),
        places: 1.0,
        villages: 5,
        households: 1.0,
    });
}

#[test]
fn a_difference_and_its_mark_come_from_the_same_pairs() {
    let mut state = compared();
    let (plan, baseline) = (state.current.id(), state.baseline.id());
    let shops = outcome::named("shops").unwrap();
    // Every pair says +386. The baseline has more seeds, and there more shops.
    for seed in 0..8 {
        take(&mut state, baseline, seed, 1000 + 1000 * i64::from(seed));
    }
    for seed in 0..3 {
        take(&mut state, plan, seed, 1386 + 1000 * i64::from(seed));
    }
    let level = state.level().unwrap();
    let difference = |state: &State| state.compared(&state.current, level, |run| run.last(shops)).unwrap();
    let first = difference(&state);
    assert_eq!((first.pairs(), first.middle(), first.verdict()), (3, 386.0, Verdict::WithinChance));
    // Curves beside each other are over the same seeds.
    let (curves, is_stale) = chart(&state, shops, 11.0);
    let ends: Vec<f64> = curves.curves.iter().map(|curve| curve.points[0].at[2]).collect();
    assert_eq!((ends.as_slice(), is_stale), (&[2000.0, 2386.0][..], false));
    for seed in 3..8 {
        take(&mut state, plan, seed, 1386 + 1000 * i64::from(seed));
    }
    let last = difference(&state);
    assert_eq!((last.pairs(), last.middle(), last.verdict()), (8, 386.0, Verdict::More));
    let page = export::page(&state);
    assert!(page.contains("▲ +386") && !page.contains("▼ -"));
}

#[test]
fn without_a_common_seed_there_is_no_difference() {
    let mut state = compared();
    let (plan, baseline) = (state.current.id(), state.baseline.id());
    let shops = outcome::named("shops").unwrap();
    (0..3).for_each(|seed| take(&mut state, plan, seed, 351));
    assert_eq!(state.compared(&state.current, Level::Preview, |run| run.last(shops)), None);
    (3..6).for_each(|seed| take(&mut state, baseline, seed, 351));
    assert_eq!(state.compared(&state.current, Level::Preview, |run| run.last(shops)), None);
    assert!(!export::page(&state).contains("+351"));
}

#[test]
fn what_stands_in_is_the_plan_before_and_not_the_baseline() {
    let mut state = compared();
    let (plan, baseline) = (state.current.id(), state.baseline.id());
    (0..3).for_each(|seed| take(&mut state, plan, seed, 50));
    (0..3).for_each(|seed| take(&mut state, baseline, seed, 7));
    state.set("programme.promotion", "900.0");
    state.update(0.0);
    let (curves, is_stale) = chart(&state, outcome::named("shops").unwrap(), 11.0);
    let own = curves.curves.last().unwrap();
    assert!(is_stale);
    assert_eq!(own.points[0].at[2], 50.0, "the baseline has 7");
}

#[test]
fn under_an_error_charts_and_exports_tell_the_plan_that_the_banner_names() {
    let mut state = compared();
    let (plan, baseline) = (state.current.id(), state.baseline.id());
    (0..3).for_each(|seed| take(&mut state, plan, seed, 50));
    (0..3).for_each(|seed| take(&mut state, baseline, seed, 7));
    let name = state.own_name();
    assert_eq!(name, "Promotion 300 yuan/month");
    state.set("household_sample", "7");
    state.update(0.0);
    assert!(!state.faults.is_empty());
    let (curves, is_stale) = chart(&state, outcome::named("shops").unwrap(), 11.0);
    let own = curves.curves.last().unwrap();
    assert_eq!((own.points[0].at[2], own.name.as_str(), is_stale), (50.0, name.as_str(), false));
    for text in [export::basis::line(&state), export::page(&state), export::series(&state)] {
        assert!(text.contains(&name), "{text}");
    }
    assert!(!export::page(&state).contains("household_sample=7"));
}

#[test]
fn plans_over_other_places_days_samples_or_seeds_are_not_compared_and_it_is_said() {
    for (path, value, unlike) in [
        ("places.villages_per_county", "4", Unlike::Places),
        ("places.select", "Codes([330109])", Unlike::Places),
        ("end", "\"2015-12-31\"", Unlike::Days),
        ("start", "\"2014-11-01\"", Unlike::Days),
        ("household_sample", "0.5", Unlike::Sample),
        ("seed", "7", Unlike::Seed),
    ] {
        let mut state = at_rest(tiny());
        state.set(path, value);
        state.update(0.0);
        let (plan, baseline) = (state.current.id(), state.baseline.id());
        (0..8).for_each(|seed| take(&mut state, plan, seed, 50));
        (0..8).for_each(|seed| take(&mut state, baseline, seed, 7));
        assert_eq!(state.unlike(&state.current), [unlike], "{path}");
        let shops = outcome::named("shops").unwrap();
        assert_eq!(state.compared(&state.current, Level::Preview, |run| run.last(shops)), None);
        for language in [Language::English, Language::Chinese] {
            state.view.language = language;
            let output = status::unlike_text(&state).unwrap();
            assert!(output.contains(unlike.words(state.say())), "{output}");
            assert!(export::page(&state).contains(&output) && export::basis::line(&state).contains(&output));
            let (curves, _) = chart(&state, shops, 11.0);
            assert!(curves.curves[0].name.contains(unlike.words(state.say())), "{}", curves.curves[0].name);
        }
        // One press, and they can be.
        state.align_baseline();
        assert_eq!(state.unlike(&state.current), [], "{path}");
    }
}

#[test]
fn it_is_said_on_every_tab_that_would_tell_a_difference() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    harness.state_mut().state.set("end", "\"2015-03-31\"");
    harness.step();
    wait_until(&mut harness, "the other answer", is_answered);
    for tab in [Tab::Charts, Tab::Overview, Tab::Money, Tab::Compare] {
        harness.state_mut().state.view.tab = tab;
        harness.run_steps(3);
        let message =
            harness.query_all_by_label_contains("which has other days: no differences are shown").count();
        assert!(message > 0, "{tab:?}");
        assert_eq!(harness.query_all_by_label_contains("▲").count(), 0, "{tab:?}");
    }
}

#[test]
fn colours_of_the_map_mean_the_same_for_plan_and_baseline() {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    harness.state_mut().state.set("programme.enabled", "false");
    harness.step();
    wait_until(&mut harness, "the other recording", is_recorded);
    let state = &mut harness.state_mut().state;
    state.view.layer = crate::map::layer::Layer::County("station_orders".to_owned());
    let mut map = MapPanel::default();
    let [plan, baseline] =
        [state.current.id(), state.baseline.id()].map(|id| state.run_of(id).unwrap().clone());
    let scales = [&plan, &baseline].map(|run| map.scale_of(state, run));
    assert_eq!(scales[0], scales[1]);
    let own = |run: &crate::run::Run| {
        let values = state.view.layer.values(&run.places, run.frames.last().unwrap());
        state.view.layer.scale(&values)
    };
    assert_ne!(own(&plan), own(&baseline), "each by itself has another");
}

#[test]
fn a_plan_is_renamed_and_keeps_its_name_to_itself() {
    let mut harness = window();
    wait_until(&mut harness, "the first answer", is_answered);
    harness.state_mut().state.set("programme.promotion", "300.0");
    harness.step();
    wait_until(&mut harness, "the answer of the changed plan", is_answered);
    harness.state_mut().state.view.tab = Tab::Compare;
    harness.run_steps(2);
    let automatic = "Name of the plan: Promotion 300 yuan/month";
    let field = harness.get_by_label(automatic);
    field.focus();
    harness.run_steps(2);
    harness.get_by_label(automatic).type_text("Spring plan");
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(3);
    let state = &mut harness.state_mut().state;
    assert_eq!(state.own_name(), "Spring plan");
    state.keep();
    // What is changed from there on is another plan.
    state.set("programme.promotion", "900.0");
    harness.run_steps(2);
    let state = &harness.state().state;
    assert_eq!(state.own_name(), "Promotion 900 yuan/month");
    assert_eq!(state.name(&state.kept[0]), "Spring plan");
    // The name goes with the plan.
    let plan = &state.kept[0].plan;
    let code = crate::document::code(plan).unwrap();
    assert_eq!(&crate::document::of_code(&code).unwrap().plan, plan);
}

/// Eight runs of a plan at a level, each with so many shops.
fn eight(state: &mut State, plan: u128, level: Level, shops: i64) {
    for seed in 0..8 {
        take(state, plan, seed, shops);
        let record = state.store.at(plan, Level::Preview).runs[seed as usize].clone();
        let mut record = Record::clone(&record);
        record.key.level = level;
        state.store.take(record);
    }
}

#[test]
fn every_column_side_by_side_tells_its_own_runs_and_a_plan_of_other_places_its_best() {
    let mut state = compared();
    let (plan, baseline) = (state.current.id(), state.baseline.id());
    (0..8).for_each(|seed| take(&mut state, plan, seed, 50));
    (0..8).for_each(|seed| take(&mut state, baseline, seed, 7));
    let kept = |plan: Plan| Ready::of(&plan).unwrap();
    state.kept.push(kept(tiny().with("programme.promotion", "900.0")));
    state.kept.push(kept(tiny().with("places.select", "Codes([330109])")));
    let [alike, other] = [state.kept[0].clone(), state.kept[1].clone()];
    (0..2).for_each(|seed| take(&mut state, alike.id(), seed, 9));
    eight(&mut state, other.id(), Level::FullEstimate, 40);
    (0..8).for_each(|seed| take(&mut state, other.id(), seed, 4000));
    let level = state.level().unwrap();
    assert_eq!(level, Level::Preview);
    let output = |state: &State, ready: &Ready| status::of_plan(state, ready, level);
    assert!(output(&state, &alike).contains("2 runs"), "{}", output(&state, &alike));
    // It is shown at its own finest level, and not at the one of the plans beside it.
    assert_eq!(state.level_beside(&other, level), Level::FullEstimate);
    assert_eq!(state.level_beside(&alike, level), Level::Preview);
    // A kept plan of other places is named in charts, and not drawn on their axis.
    let shops = outcome::named("shops").unwrap();
    let (curves, _) = chart(&state, shops, 11.0);
    let of = |id: u128| curves.curves.iter().find(|curve| curve.plan == id).unwrap();
    assert!(!of(other.id()).is_drawn && of(other.id()).name.contains("not drawn"));
    assert!(of(alike.id()).is_drawn && of(plan).is_drawn);
    assert!(!curves.readout(181.0, "").contains("4000"));
}

#[test]
fn exported_figures_name_every_plan_and_the_sample_of_each() {
    let mut state = compared();
    let (plan, baseline) = (state.current.id(), state.baseline.id());
    (0..3).for_each(|seed| take(&mut state, plan, seed, 50));
    (0..3).for_each(|seed| take(&mut state, baseline, seed, 7));
    state.kept.push(Ready::of(&tiny().with("programme.promotion", "900.0")).unwrap());
    let other = Ready::of(&tiny().with("places.villages_per_county", "4")).unwrap();
    take(&mut state, other.id(), 0, 40);
    state.kept.push(other);
    state.view.charts = vec!["shops".to_owned()];
    let csv = export::series(&state);
    let line = |part: &str| csv.lines().find(|line| line.contains(part)).unwrap_or_default().to_owned();
    // One has no run yet, and a line that says so.
    assert!(line("900").contains(",,,,,,0,5,0,"), "{csv}");
    // Another has four villages in all.
    assert!(line("not drawn").contains(",5,4,1,"), "{csv}");
}

#[test]
fn a_plan_that_was_sent_leaves_the_baseline_and_a_step_back_brings_it_again() {
    let mut state = compared();
    let baseline = state.baseline.plan.clone();
    let before = state.plans.now().clone();
    let sent = |text: &str| crate::document::of_code(text).unwrap();
    let code = crate::document::code(&before).unwrap();
    state.reset("programme.promotion");
    state.update(0.0);
    assert!(state.open_received(sent(&code)));
    state.update(0.0);
    assert_eq!((state.baseline.plan.clone(), state.has_other()), (baseline.clone(), true));
    // One of other places is compared with its scenario without its changes, and it is said.
    let other = Plan::of("county").with("programme.promotion", "300.0");
    assert!(state.open_received(sent(&crate::document::code(&other).unwrap())));
    state.update(0.0);
    assert_eq!(state.baseline.plan, Plan::of("county"));
    assert!(state.is_compared() && state.notices.iter().any(|notice| notice.text.contains("baseline")));
    state.plans.undo();
    state.update(0.0);
    assert_eq!((state.baseline.plan.clone(), state.current.plan.clone()), (baseline.clone(), before.clone()));
    state.plans.redo();
    state.update(0.0);
    assert_eq!(state.baseline.plan, Plan::of("county"));
    state.plans.undo();
    state.update(0.0);
    // So do the key for the baseline, the choice of another one, and Open.
    state.make_baseline();
    assert_eq!(state.baseline.plan, before);
    state.compare_with(&tiny().with("programme.promotion", "900.0"));
    state.open(Plan::of("county"));
    state.update(0.0);
    for expected in [tiny().with("programme.promotion", "900.0"), before.clone(), baseline] {
        state.plans.undo();
        state.update(0.0);
        assert_eq!(state.baseline.plan, expected);
    }
    assert_eq!(state.current.plan, before);
}

#[test]
fn a_lever_that_goes_back_leaves_no_change() {
    let mut state = at_rest(tiny());
    let path = "programme.promotion";
    state.compare_with(&tiny().with(path, "150.0"));
    state.set(path, "300.0");
    state.update(0.0);
    let before = crate::panels::levers::status_quo(&state, path);
    crate::panels::levers::back(&mut state, path, &before);
    assert_eq!(state.plans.now().value(path), None, "150 is the scenario's own");
    state.compare_with(&tiny().with(path, "700.0"));
    crate::panels::levers::back(&mut state, path, "700.0");
    assert_eq!(state.plans.now().value(path), Some("700.0"));
}

#[test]
fn nobody_of_other_places_is_looked_at_after_a_change_of_scenario() {
    let mut state = at_rest(tiny());
    state.select(Selected::Entity(Entity::Village(0, 3)));
    state.select(Selected::Lever("programme.promotion".to_owned()));
    state.select(Selected::Entity(Entity::Village(0, 4)));
    state.set("programme.promotion", "300.0");
    state.update(0.0);
    assert_eq!(state.selected, Selected::Entity(Entity::Village(0, 4)), "the places are the same");
    state.open(Plan::of("county"));
    state.update(0.0);
    assert_eq!(state.selected, Selected::Nothing);
    assert!(state.trail.iter().all(|selected| !matches!(selected, Selected::Entity(_))));
}

#[test]
fn changes_beside_another_scenario_say_of_which_they_are() {
    let mut state = at_rest(Plan::of("county"));
    for value in ["300.0", "900.0"] {
        state.kept.push(Ready::of(&tiny().with("programme.promotion", value)).unwrap());
    }
    let scenario = state.kept[0].scenario_title(state.say());
    for (_, name) in state.names().iter().skip(1).filter(|(id, _)| *id != state.current.id()) {
        assert!(name.starts_with(&scenario), "{name}");
    }
}

#[test]
fn what_a_scenario_warns_of_goes_with_it_and_speaks_the_windows_language() {
    let mut harness = window();
    harness.state_mut().state.open(Plan::of("nation_2009").with("places.select", "Codes([330122])"));
    harness.run_steps(3);
    assert!(harness.query_all_by_label_contains("level until then").count() > 0);
    harness.state_mut().state.view.language = Language::Chinese;
    harness.run_steps(3);
    assert_eq!(harness.query_all_by_label_contains("level until then").count(), 0);
    assert!(harness.query_all_by_label_contains("才有数据").count() > 0);
    harness.state_mut().state.open(tiny());
    harness.run_steps(3);
    assert!(harness.state().state.notices.is_empty(), "{:?}", harness.state().state.notices);
}

#[test]
fn a_month_beside_another_run_is_the_same_month_or_none() {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    let run = harness.state().state.shown_run().unwrap().0.clone();
    let last = run.frames.last().unwrap();
    assert_eq!(run.frame_beside(last), Some(run.frames.len() - 1));
    let mut half = crate::run::Run::clone(&run);
    half.frames.truncate(4);
    // Its last month so far is another one.
    assert_eq!((half.frame_beside(last), half.frame_at(1e6)), (None, Some(3)));
}

#[test]
fn a_map_that_has_no_difference_yet_says_so() {
    let mut harness = window();
    wait_until(&mut harness, "the recording", is_recorded);
    let waits = |harness: &Harness<'static, App>| {
        harness.query_by_label_contains("differences are shown when plan and baseline").is_some()
    };
    harness.state_mut().state.view.is_difference = true;
    harness.run_steps(2);
    assert!(!waits(&harness), "plan and baseline are one");
    harness.state_mut().state.set("programme.promotion", "300.0");
    harness.step();
    let is_known = is_recorded(&harness.state().state);
    assert!(is_known || waits(&harness));
    let both = |state: &State| is_recorded(state) && state.recorded_baseline().is_some();
    wait_until(&mut harness, "both recordings", both);
    harness.run_steps(3);
    assert!(!waits(&harness));
}

#[test]
fn what_was_changed_is_told_from_the_start_and_from_the_branch_on() {
    let mut plan = tiny().with("programme.promotion", "300.0");
    plan.branch = "2015-03-01".parse().ok();
    plan.set("programme.promotion", "600.0");
    let mut state = at_rest(tiny());
    state.plans.change(plan, "branch");
    state.update(0.0);
    let changes = export::basis::changes(&state);
    let output: Vec<(bool, bool)> =
        changes.iter().map(|change| (change.now.starts_with("300"), change.since.is_some())).collect();
    assert_eq!(output, [(true, false), (false, true)], "{changes:?}");
}
