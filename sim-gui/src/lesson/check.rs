//! What a reader is asked to do, and whether it is done.

use super::{Given, Step};
use crate::clock::months;
use crate::lever;
use crate::map::layer::Layer;
use crate::outcome;
use crate::state::State;
use crate::text::{Say, Text};
use crate::view::{Selected, Tab};
use crate::work::story::Entity;
use serde::Deserialize;
use sim_core::base::Date;

/// What counts as done.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub enum Task {
    /// Nothing but reading.
    #[default]
    Read,
    /// A field is changed to a number between two others.
    Between(String, f64, f64),
    /// A field is changed to exactly this, in RON.
    Is(String, String),
    /// A field is changed to a day between two others.
    Day(String, String, String),
    /// A field is as in the baseline again.
    Back(String),
    /// The map is coloured by this.
    Layer(Layer),
    /// The map shows the difference to the baseline, or not.
    Difference(bool),
    /// This fills the centre.
    Tab(Tab),
    /// The inspector shows this.
    Inspect(Page),
    /// The inspector shows a village whose figure on a layer, in the latest recorded month, is at least so
    /// much.
    Village(Layer, f32),
    /// The inspector shows a village whose figure on a layer is at most so much.
    VillageBelow(Layer, f32),
    /// The time that is looked at lies between two days.
    Time(String, String),
    /// An outcome of this plan is between two numbers times the baseline's.
    Ratio(Figure, f64, f64),
    /// A number is typed, within a share of the right one.
    Number(Figure, f64),
    /// One of some options is chosen; the right one is counted from 0.
    Choice(Vec<Text>, usize),
}

/// A page of the inspector.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub enum Page {
    /// A lever, by its path.
    Lever(String),
    /// An outcome, by its name.
    Outcome(String),
    /// Any county.
    County,
    /// Any village.
    Village,
    /// Any household.
    Household,
    /// Any shop.
    Shop,
}

/// A number to compare or to answer with.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub enum Figure {
    /// A number that the text gives, or that follows from it.
    Fixed(f64),
    /// An outcome at the end of the run, as the chart shows it.
    End(String),
    /// An outcome summed over the run; of a stock, its end.
    Sum(String),
}

/// Whether a step is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Met,
    /// It is not: what is missing.
    Missing(String),
    /// Nobody knows yet: what is being waited for.
    Waiting(String),
}

impl Figure {
    /// The outcome, if it is one.
    pub fn outcome(&self) -> Option<&str> {
        match self {
            Figure::Fixed(_) => None,
            Figure::End(name) | Figure::Sum(name) => Some(name),
        }
    }

    /// Its value for the present plan; none before the first answer.
    pub fn value(&self, state: &State) -> Option<f64> {
        self.of_plan(state, state.current.id())
    }

    fn of_plan(&self, state: &State, plan: u128) -> Option<f64> {
        if let Figure::Fixed(value) = self {
            return Some(*value);
        }
        let shown = state.shown(plan, state.level()?);
        let spread = match self {
            Figure::Fixed(_) => None,
            Figure::End(name) => shown.last(outcome::named(name)?),
            Figure::Sum(name) => shown.total(outcome::named(name)?),
        };
        spread.map(|spread| spread.at[2])
    }
}

/// Whether a step is done, or what is missing.
pub fn check(step: &Step, given: &Given, state: &State) -> Verdict {
    let say = state.say();
    let met = |is_met: bool, missing: String| {
        if is_met { Verdict::Met } else { Verdict::Missing(missing) }
    };
    // A plan that was changed in this frame is read in the next.
    if state.current.plan != *state.plans.now() && state.faults.is_empty() {
        return Verdict::Waiting(say.of("lesson.wait.answer").to_owned());
    }
    match &step.task {
        Task::Read => Verdict::Met,
        Task::Between(path, least, most) => {
            let value = state.plans.now().value(path);
            let is_met = value
                .and_then(|value| value.parse::<f64>().ok())
                .is_some_and(|value| (*least..=*most).contains(&value));
            let ends = (say.number(*least), say.number(*most));
            met(is_met, missing_lever(state, path, &say.with("lesson.between", &[&ends.0, &ends.1])))
        }
        Task::Is(path, wanted) => {
            let is_met = state.plans.now().value(path) == Some(wanted.as_str());
            met(is_met, missing_lever(state, path, &say.choice(wanted)))
        }
        Task::Day(path, first, last) => {
            let value = state.plans.now().value(path).map(|value| value.trim_matches('"').to_owned());
            let is_met = value.and_then(|value| lies_between(&value, first, last)).unwrap_or(false);
            met(is_met, missing_lever(state, path, &say.with("lesson.between", &[first, last])))
        }
        Task::Back(path) => {
            let is_met = state.plans.now().value(path) == state.baseline.plan.value(path);
            met(is_met, say.with("lesson.missing.back", &[&title(path, say)]))
        }
        Task::Layer(layer) => met(
            state.view.layer == *layer && has_map(state),
            say.with("lesson.missing.layer", &[&layer.title(say)]),
        ),
        Task::Difference(is_difference) => {
            met(state.view.is_difference == *is_difference, say.of("lesson.missing.difference").to_owned())
        }
        Task::Tab(tab) => {
            let name = say.find(tab.key()).unwrap_or_default();
            met(state.view.tab == *tab, say.with("lesson.missing.tab", &[name]))
        }
        Task::Inspect(page) => met(is_shown(page, &state.selected), missing_page(page, say)),
        Task::Village(layer, least) => village(state, layer, &|value| value >= *least, || {
            say.with("lesson.missing.village", &[&layer.title(say), &say.number(f64::from(*least))])
        }),
        Task::VillageBelow(layer, most) => village(state, layer, &|value| value <= *most, || {
            say.with("lesson.missing.village_below", &[&layer.title(say), &say.number(f64::from(*most))])
        }),
        Task::Time(first, last) => met(
            is_time_between(state.clock.now, first, last),
            say.with("lesson.missing.time", &[first, last]),
        ),
        Task::Ratio(figure, least, most) => ratio(state, figure, *least, *most),
        Task::Number(figure, tolerance) => number(state, figure, *tolerance, given),
        Task::Choice(_, right) => match given.choice {
            None => Verdict::Missing(say.of("lesson.missing.choice").to_owned()),
            Some(choice) => met(choice == *right, say.of("lesson.wrong.choice").to_owned()),
        },
    }
}

fn has_map(state: &State) -> bool {
    matches!(state.view.tab, Tab::Overview | Tab::Map)
}

/// The name of a field for people.
fn title(path: &str, say: Say) -> String {
    lever::title(path, say.0)
}

fn missing_lever(state: &State, path: &str, wanted: &str) -> String {
    let say = state.say();
    let name = title(path, say);
    match state.plans.now().value(path) {
        Some(value) if state.baseline.plan.value(path) != Some(value) => {
            say.with("lesson.missing.value", &[&name, &say.choice(value), wanted])
        }
        _ => say.with("lesson.missing.lever", &[&name, wanted]),
    }
}

fn lies_between(day: &str, first: &str, last: &str) -> Option<bool> {
    let day: Date = day.parse().ok()?;
    Some((first.parse().ok()?..=last.parse().ok()?).contains(&day))
}

fn is_time_between(now: f64, first: &str, last: &str) -> bool {
    let month = |day: &str| day.parse::<Date>().map(|day| months(day.midnight()));
    match (month(first), month(last)) {
        (Ok(first), Ok(last)) => (first..=last).contains(&now),
        _ => false,
    }
}

fn is_shown(page: &Page, selected: &Selected) -> bool {
    match (page, selected) {
        (Page::Lever(path), Selected::Lever(shown)) => path == shown,
        (Page::Outcome(name), Selected::Outcome(shown)) => name == shown,
        (page, Selected::Entity(entity)) => matches!(
            (page, entity),
            (Page::County, Entity::County(_))
                | (Page::Village, Entity::Village(..))
                | (Page::Household, Entity::Household(..))
                | (Page::Shop, Entity::Shop(..))
        ),
        _ => false,
    }
}

fn missing_page(page: &Page, say: Say) -> String {
    match page {
        Page::Lever(path) => say.with("lesson.missing.lever_page", &[&title(path, say)]),
        Page::Outcome(name) => {
            let name = outcome::named(name).map_or_else(|| name.clone(), |outcome| outcome.title(say));
            say.with("lesson.missing.outcome_page", &[&name])
        }
        Page::County => say.of("lesson.missing.county").to_owned(),
        Page::Village => say.of("lesson.missing.any_village").to_owned(),
        Page::Household => say.of("lesson.missing.household").to_owned(),
        Page::Shop => say.of("lesson.missing.shop").to_owned(),
    }
}

/// Whether the village in the inspector has a figure that fits.
fn village(
    state: &State,
    layer: &Layer,
    fits: &dyn Fn(f32) -> bool,
    missing: impl Fn() -> String,
) -> Verdict {
    let say = state.say();
    let Some(run) = state.run_of(state.current.id()) else {
        return Verdict::Waiting(say.of("lesson.wait.recording").to_owned());
    };
    let Selected::Entity(Entity::Village(county, village)) = state.selected else {
        return Verdict::Missing(missing());
    };
    let first = run.places.first.get(county as usize).copied();
    let value = first.zip(run.frames.last()).and_then(|(first, frame)| {
        layer.values(&run.places, frame).get(first + usize::from(village)).copied()
    });
    match value {
        Some(value) if fits(value) && run.ending.is_some() => Verdict::Met,
        Some(_) if run.ending.is_none() => Verdict::Waiting(say.of("lesson.wait.recording").to_owned()),
        _ => Verdict::Missing(missing()),
    }
}

fn ratio(state: &State, figure: &Figure, least: f64, most: f64) -> Verdict {
    let say = state.say();
    let name = figure.outcome().and_then(outcome::named);
    let name = name.map_or_else(String::new, |outcome| outcome.title(say));
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    if state.current.id() == state.baseline.id() {
        return Verdict::Missing(say.of("lesson.missing.change").to_owned());
    }
    let now = figure.of_plan(state, state.current.id());
    let before = figure.of_plan(state, state.baseline.id());
    match now.zip(before).filter(|(_, before)| *before != 0.0) {
        None => Verdict::Waiting(say.of("lesson.wait.answer").to_owned()),
        Some((now, before)) if (least..=most).contains(&(now / before)) => Verdict::Met,
        Some((now, before)) => {
            let ends = [percent(now / before), percent(least), percent(most)];
            let missing = say.with("lesson.missing.ratio", &[&name, &ends[0], &ends[1], &ends[2]]);
            match state.waiting() {
                0 => Verdict::Missing(missing),
                _ => Verdict::Waiting(format!("{missing} {}", say.of("lesson.wait.more"))),
            }
        }
    }
}

fn number(state: &State, figure: &Figure, tolerance: f64, given: &Given) -> Verdict {
    let say = state.say();
    let Some(answer) = given.number else {
        return Verdict::Missing(say.of("lesson.missing.number").to_owned());
    };
    let Some(right) = figure.value(state) else {
        return Verdict::Waiting(say.of("lesson.wait.answer").to_owned());
    };
    if (answer - right).abs() <= tolerance * right.abs() {
        return Verdict::Met;
    }
    let way = if answer < right { say.of("lesson.wrong.low") } else { say.of("lesson.wrong.high") };
    Verdict::Missing(way.to_owned())
}
