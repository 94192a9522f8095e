//! What a step does to plan and view, when it begins or when its solution is shown.

use super::check::{Figure, Task};
use crate::clock::months;
use crate::map::camera::Camera;
use crate::map::layer::Layer;
use crate::plan::Plan;
use crate::state::State;
use crate::view::{Selected, Tab};
use crate::work::story::Entity;
use serde::Deserialize;
use sim_core::base::Date;

/// One change of plan or view.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub enum Action {
    /// Opens a built-in scenario with fields set from the start; it becomes the baseline too.
    Open(String, Vec<(String, String)>),
    /// Sets a field of the plan, in RON.
    Set(String, String),
    /// Gives a field its value back.
    Reset(String),
    /// Makes the plan the baseline.
    Baseline,
    /// Fills the centre.
    Tab(Tab),
    /// Colours the map.
    Layer(Layer),
    /// Shows the difference to the baseline on the map, or not.
    Difference(bool),
    /// Looks at a place: longitude, latitude, points to a degree of latitude.
    Camera(f32, f32, f32),
    /// Shows the whole map.
    Fit,
    /// Shows these outcomes as charts.
    Charts(Vec<String>),
    /// Looks at a day, as soon as the recording has reached it.
    Seek(String),
    /// Opens the page of a lever.
    Lever(String),
    /// Opens the page of an outcome.
    Outcome(String),
    /// Clicks the first village whose figure on a layer, at the end of the recording, is at least so much.
    Find(Layer, f32),
    /// Answers with a number.
    Answer(f64),
    /// Answers with what the window shows.
    Measured,
    /// Chooses an option, counted from 0.
    Choose(usize),
}

impl Action {
    /// Whether it lays out plan or view, and so is done again for steps that are skipped.
    pub fn lays_out(&self) -> bool {
        !matches!(
            self,
            Action::Seek(_) | Action::Find(..) | Action::Answer(_) | Action::Measured | Action::Choose(_)
        )
    }

    /// Does it; says whether it is done, or waits for a recording or an answer.
    pub fn perform(&self, state: &mut State) -> bool {
        match self {
            Action::Open(base, edits) => open(state, base, edits),
            Action::Set(path, value) => {
                state.set(path, value);
                state.plans.close();
            }
            Action::Reset(path) => state.reset(path),
            Action::Baseline => {
                if state.current.plan != *state.plans.now() {
                    return false;
                }
                state.make_baseline();
            }
            Action::Tab(tab) => state.view.tab = *tab,
            Action::Layer(layer) => state.view.layer = layer.clone(),
            Action::Difference(is_difference) => state.view.is_difference = *is_difference,
            Action::Camera(longitude, latitude, zoom) => {
                state.view.camera = Some(Camera { middle: (*longitude, *latitude), zoom: *zoom });
            }
            Action::Fit => state.view.camera = None,
            Action::Charts(names) => state.view.charts = names.clone(),
            Action::Lever(path) => state.select(Selected::Lever(path.clone())),
            Action::Outcome(name) => state.select(Selected::Outcome(name.clone())),
            Action::Seek(day) => return seek(state, day),
            Action::Find(layer, least) => return find(state, layer, *least),
            Action::Answer(value) => answer(state, *value),
            Action::Measured => return measured(state),
            Action::Choose(option) => {
                if let Some(course) = &mut state.teaching.course {
                    course.chosen = Some(*option);
                    course.given.choice = Some(*option);
                }
            }
        }
        true
    }
}

/// The plan that a step opens.
pub fn opened(base: &str, edits: &[(String, String)]) -> Plan {
    let plan = Plan::of(base);
    edits.iter().fold(plan, |plan, (path, value)| plan.with(path, value))
}

fn open(state: &mut State, base: &str, edits: &[(String, String)]) {
    let plan = opened(base, edits);
    if plan != *state.plans.now() || plan != state.baseline.plan {
        state.open(plan);
    }
}

fn seek(state: &mut State, day: &str) -> bool {
    let Ok(day) = day.parse::<Date>() else { return true };
    let month = months(day.midnight());
    let reached = state.run_of(state.current.id()).is_some_and(|run| run.span().1 >= month);
    if reached && state.current.plan == *state.plans.now() {
        state.clock.is_playing = false;
        state.clock.seek(month);
        return true;
    }
    false
}

fn find(state: &mut State, layer: &Layer, least: f32) -> bool {
    let Some(run) = state.run_of(state.current.id()) else {
        return false;
    };
    let (Some(_), Some(frame)) = (&run.ending, run.frames.last()) else {
        return false;
    };
    let values = layer.values(&run.places, frame);
    let places = run.places.clone();
    // The village that has most of what is asked; where that is not enough, it is said.
    let known = values.iter().enumerate().filter(|(_, value)| value.is_finite());
    let best = known.max_by(|one, other| one.1.total_cmp(other.1));
    let best = best.map(|(at, value)| (at, *value >= least));
    if let Some((at, is_enough)) = best {
        if !is_enough {
            let text = state.say().of("lesson.none").to_owned();
            state.notice(text, true);
        }
        let (county, village) = places.split(at);
        state.select(Selected::Entity(Entity::Village(county as u32, village as u16)));
    }
    true
}

fn answer(state: &mut State, value: f64) {
    if let Some(course) = &mut state.teaching.course {
        course.typed = crate::number::short(value).replace(',', "");
        course.given.number = Some(value);
    }
}

fn measured(state: &mut State) -> bool {
    let task = state.teaching.course.as_ref().and_then(|course| course.now()).map(|step| step.task.clone());
    let Some(Task::Number(figure, _)) = task else {
        return true;
    };
    // A figure of the first runs may be far from that of all.
    match Figure::value(&figure, state) {
        Some(value) if figure.outcome().is_none() || state.is_settled() => {
            answer(state, value);
            true
        }
        _ => false,
    }
}
