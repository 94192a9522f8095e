//! What is compared: figure and mark of a difference from the same pairs, like with like, and every plan by
//! its own name.

use super::*;
use crate::comparison::{Unlike, Verdict};
use crate::export;
use crate::outcome;
use crate::panels::charts::chart;
use crate::panels::map::MapPanel;
use crate::panels::status;
use crate::text::Language;
use crate::work::preview::{Key, Record};
use crate::work::sample::Level;
use sim_core::base::Month;
use sim_core::event::{Distribution, Measure};
use sim_core::metrics::area::AreaMonth;

/// A state at rest: a plan with promotion beside the scenario as it is, and no run of either.
fn compared() -> State {
    let mut state = State::new(tiny(), View::default(), 0, Arc::new(|| ()));
    state.set("programme.promotion", "300.0");
    state.update(0.0);
    assert!(state.has_other() && state.level().is_none());
    state
}

/// A run in which so many shops stand at the end.
fn take(state: &mut State, plan: u128, seed: u32, shops: i64) {
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
        key: Key { plan, level: Level::Glance, seed },
        months: vec![month],
        ledger: Vec::new(),
        places: 1.0,
        villages: 5,
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
    assert_eq!(state.compared(&state.current, Level::Glance, |run| run.last(shops)), None);
    (3..6).for_each(|seed| take(&mut state, baseline, seed, 351));
    assert_eq!(state.compared(&state.current, Level::Glance, |run| run.last(shops)), None);
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
        let mut state = State::new(tiny(), View::default(), 0, Arc::new(|| ()));
        state.set(path, value);
        state.update(0.0);
        let (plan, baseline) = (state.current.id(), state.baseline.id());
        (0..8).for_each(|seed| take(&mut state, plan, seed, 50));
        (0..8).for_each(|seed| take(&mut state, baseline, seed, 7));
        assert_eq!(state.unlike(&state.current), [unlike], "{path}");
        let shops = outcome::named("shops").unwrap();
        assert_eq!(state.compared(&state.current, Level::Glance, |run| run.last(shops)), None);
        for language in [Language::English, Language::Chinese] {
            state.view.language = language;
            let told = status::unlike_told(&state).unwrap();
            assert!(told.contains(unlike.told(state.say())), "{told}");
            assert!(export::page(&state).contains(&told) && export::basis::line(&state).contains(&told));
            let (curves, _) = chart(&state, shops, 11.0);
            assert!(curves.curves[0].name.contains(unlike.told(state.say())), "{}", curves.curves[0].name);
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
        let said =
            harness.query_all_by_label_contains("which has other days: no differences are shown").count();
        assert!(said > 0, "{tab:?}");
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
