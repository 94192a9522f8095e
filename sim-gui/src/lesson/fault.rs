//! What is wrong with a lesson: names that do not exist, values that cannot be set, tasks that cannot be met.

use super::action::{Action, opened};
use super::check::{Figure, Page, Task};
use super::{Lesson, Step};
use crate::lever;
use crate::map::layer::Layer;
use crate::outcome;
use crate::plan::Plan;
use crate::reason::{LessonError, Refused, StepError};
use sim_core::base::Date;
use sim_core::metrics::outcome::renamed;
use sim_core::scenario::builtin;

/// Fields of a scenario besides parameters that a lesson may set.
const FIELDS: [&str; 10] = [
    "start",
    "end",
    "seed",
    "world_seed",
    "household_sample",
    "window_days",
    "places.select",
    "places.villages_per_county",
    "report.village_interval",
    "report.household_interval",
];

/// All faults of a lesson, each with its step.
pub fn faults(lesson: &Lesson) -> Vec<LessonError> {
    let mut found = Vec::new();
    if lesson.title.en.trim().is_empty() {
        found.push(LessonError::NoTitle);
    }
    if lesson.steps.is_empty() {
        found.push(LessonError::NoSteps);
    }
    let mut plan = None;
    for (number, step) in lesson.steps.iter().enumerate() {
        let mut here = Vec::new();
        of_step(step, &mut plan, &mut here);
        found.extend(here.into_iter().map(|what| LessonError::Step { number: number + 1, what }));
    }
    found
}

fn of_step(step: &Step, plan: &mut Option<Plan>, found: &mut Vec<StepError>) {
    for (name, text) in [("title", &step.title), ("text", &step.text)] {
        if text.en.trim().is_empty() {
            found.push(StepError::NoText { name });
        }
    }
    for action in step.begin.iter().chain(&step.solution) {
        of_action(action, step, plan, found);
    }
    of_task(&step.task, found);
    if step.settled && step.task == Task::Read {
        found.push(StepError::NothingSettles);
    }
    if step.task != Task::Read {
        if step.ask.en.trim().is_empty() {
            found.push(StepError::NothingAsked);
        }
        if step.solution.is_empty() {
            found.push(StepError::NoSolution);
        }
    }
}

fn of_action(action: &Action, step: &Step, plan: &mut Option<Plan>, found: &mut Vec<StepError>) {
    match action {
        Action::Open(base, edits) => {
            if builtin().iter().all(|(known, _)| known != base) {
                let known = builtin().iter().map(|(name, _)| (*name).to_owned()).collect();
                found.push(StepError::NoBuiltin { name: base.clone(), known });
                return;
            }
            let opened = opened(base, edits);
            if let Err(faults) = opened.prepare() {
                found.push(StepError::NotOpened { faults: Refused(faults) });
            }
            *plan = Some(opened);
        }
        Action::Set(path, value) => {
            of_field(path, found);
            let mut next = plan.clone().unwrap_or_else(|| Plan::of("tiny"));
            next.set(path, value);
            match next.prepare() {
                Ok(_) => *plan = plan.is_some().then_some(next),
                Err(faults) => found.push(StepError::NotSet {
                    path: path.clone(),
                    value: value.clone(),
                    faults: Refused(faults),
                }),
            }
        }
        Action::Reset(path) | Action::Lever(path) => of_field(path, found),
        Action::Layer(layer) | Action::Find(layer, _) => of_layer(layer, found),
        Action::Charts(names) => names.iter().for_each(|name| of_outcome(name, found)),
        Action::Outcome(name) => of_outcome(name, found),
        Action::Seek(day) => of_day(day, found),
        Action::Camera(longitude, latitude, zoom) => {
            let is_in = (70.0..=140.0).contains(longitude) && (15.0..=55.0).contains(latitude);
            if !is_in || !(4.0..=60_000.0).contains(zoom) {
                found.push(StepError::Camera {
                    longitude: f64::from(*longitude),
                    latitude: f64::from(*latitude),
                    zoom: f64::from(*zoom),
                });
            }
        }
        Action::Measured if !matches!(step.task, Task::Number(..)) => {
            found.push(StepError::NotMeasured);
        }
        Action::Choose(option) => {
            if let Task::Choice(options, _) = &step.task
                && *option >= options.len()
            {
                found.push(StepError::NoOption { option: *option, count: options.len() });
            }
        }
        _ => {}
    }
}

fn of_task(task: &Task, found: &mut Vec<StepError>) {
    match task {
        Task::Between(path, least, most) => {
            of_field(path, found);
            of_range(*least, *most, found);
        }
        Task::Is(path, _) | Task::Back(path) => of_field(path, found),
        Task::Day(path, first, last) => {
            of_field(path, found);
            of_day(first, found);
            of_day(last, found);
        }
        Task::Time(first, last) => {
            of_day(first, found);
            of_day(last, found);
        }
        Task::Layer(layer) | Task::Village(layer, _) | Task::VillageBelow(layer, _) => of_layer(layer, found),
        Task::Inspect(Page::Lever(path)) => of_field(path, found),
        Task::Inspect(Page::Outcome(name)) => of_outcome(name, found),
        Task::Ratio(figure, least, most) => {
            of_figure(figure, found);
            of_range(*least, *most, found);
        }
        Task::Number(figure, tolerance) => {
            of_figure(figure, found);
            if !(0.0..=1.0).contains(tolerance) {
                found.push(StepError::Tolerance { tolerance: *tolerance });
            }
        }
        Task::Choice(options, right) => {
            if *right >= options.len() {
                found.push(StepError::NoRightOption { right: *right, count: options.len() });
            }
        }
        Task::Read | Task::Difference(_) | Task::Tab(_) | Task::Inspect(_) => {}
    }
}

fn of_field(path: &str, found: &mut Vec<StepError>) {
    if lever::find(path).is_none() && !FIELDS.contains(&path) {
        found.push(StepError::NoParameter { path: path.to_owned() });
    }
}

fn of_outcome(name: &str, found: &mut Vec<StepError>) {
    if let Some(now) = renamed(name) {
        found.push(StepError::RenamedOutcome { name: name.to_owned(), now: now.to_owned() });
    } else if outcome::named(name).is_none() {
        found.push(StepError::NoOutcome { name: name.to_owned() });
    }
}

fn of_layer(layer: &Layer, found: &mut Vec<StepError>) {
    if let Layer::County(name) = layer {
        of_outcome(name, found);
    }
}

fn of_figure(figure: &Figure, found: &mut Vec<StepError>) {
    if let Some(name) = figure.outcome() {
        of_outcome(name, found);
    }
}

fn of_day(day: &str, found: &mut Vec<StepError>) {
    if day.parse::<Date>().is_err() {
        found.push(StepError::NoDay { day: day.to_owned() });
    }
}

fn of_range(least: f64, most: f64, found: &mut Vec<StepError>) {
    if least > most || !least.is_finite() || !most.is_finite() {
        found.push(StepError::Range { least, most });
    }
}
