//! What is wrong with a lesson: names that do not exist, values that cannot be set, tasks that cannot be met.

use super::action::{Action, opened};
use super::check::{Figure, Page, Task};
use super::{Lesson, Step};
use crate::lever;
use crate::map::layer::Layer;
use crate::outcome;
use crate::plan::Plan;
use sim_core::base::Date;
use sim_core::scenario::builtin;

/// Fields of a scenario besides parameters that a lesson may set.
const FIELDS: [&str; 9] = [
    "start",
    "end",
    "seed",
    "household_sample",
    "window_days",
    "places.select",
    "places.villages_per_county",
    "report.village_interval",
    "report.household_interval",
];

/// All faults of a lesson, each with its step.
pub fn faults(lesson: &Lesson) -> Vec<String> {
    let mut found = Vec::new();
    if lesson.title.en.trim().is_empty() {
        found.push("title: there is no English text".to_owned());
    }
    if lesson.steps.is_empty() {
        found.push("steps: there is none".to_owned());
    }
    let mut plan = None;
    for (number, step) in lesson.steps.iter().enumerate() {
        let mut here = Vec::new();
        of_step(step, &mut plan, &mut here);
        found.extend(here.into_iter().map(|fault| format!("step {}: {fault}", number + 1)));
    }
    found
}

fn of_step(step: &Step, plan: &mut Option<Plan>, found: &mut Vec<String>) {
    for (name, text) in [("title", &step.title), ("text", &step.text)] {
        if text.en.trim().is_empty() {
            found.push(format!("{name}: there is no English text"));
        }
    }
    for action in step.begin.iter().chain(&step.solution) {
        of_action(action, step, plan, found);
    }
    of_task(&step.task, found);
    if step.task != Task::Read {
        if step.ask.en.trim().is_empty() {
            found.push("ask: a task needs an English text that asks for it".to_owned());
        }
        if step.solution.is_empty() {
            found.push("solution: a task needs one".to_owned());
        }
    }
}

fn of_action(action: &Action, step: &Step, plan: &mut Option<Plan>, found: &mut Vec<String>) {
    match action {
        Action::Open(base, edits) => {
            if builtin().iter().all(|(known, _)| known != base) {
                let known: Vec<&str> = builtin().iter().map(|(name, _)| *name).collect();
                found.push(format!("Open: no built-in scenario {base:?}; there are {}", known.join(", ")));
                return;
            }
            let opened = opened(base, edits);
            if let Err(faults) = opened.prepare() {
                found.push(format!("Open: {faults}"));
            }
            *plan = Some(opened);
        }
        Action::Set(path, value) => {
            of_field(path, found);
            let mut next = plan.clone().unwrap_or_else(|| Plan::of("tiny"));
            next.set(path, value);
            match next.prepare() {
                Ok(_) => *plan = plan.is_some().then_some(next),
                Err(faults) => found.push(format!("Set {path} to {value}: {faults}")),
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
                found.push(format!(
                    "Camera({longitude}, {latitude}, {zoom}): expected 70 to 140 degrees east, 15 to 55 \
                     north, 4 to 60000 points to a degree"
                ));
            }
        }
        Action::Measured if !matches!(step.task, Task::Number(..)) => {
            found.push("Measured: only a task Number can be answered so".to_owned());
        }
        Action::Choose(option) => {
            if let Task::Choice(options, _) = &step.task
                && *option >= options.len()
            {
                found.push(format!("Choose({option}): there are {} options, counted from 0", options.len()));
            }
        }
        _ => {}
    }
}

fn of_task(task: &Task, found: &mut Vec<String>) {
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
                found.push(format!("Number: a tolerance of {tolerance}; expected 0 to 1"));
            }
        }
        Task::Choice(options, right) => {
            if *right >= options.len() {
                found.push(format!(
                    "Choice: the right option is number {right}, but there are {}, counted from 0",
                    options.len()
                ));
            }
        }
        Task::Read | Task::Difference(_) | Task::Tab(_) | Task::Inspect(_) => {}
    }
}

fn of_field(path: &str, found: &mut Vec<String>) {
    if lever::find(path).is_none() && !FIELDS.contains(&path) {
        found.push(format!("{path:?}: there is no such parameter; `countryside params` lists them"));
    }
}

fn of_outcome(name: &str, found: &mut Vec<String>) {
    if outcome::named(name).is_none() {
        found.push(format!(
            "{name:?}: there is no such outcome; the list under \"Add a chart\" has their names"
        ));
    }
}

fn of_layer(layer: &Layer, found: &mut Vec<String>) {
    if let Layer::County(name) = layer {
        of_outcome(name, found);
    }
}

fn of_figure(figure: &Figure, found: &mut Vec<String>) {
    if let Some(name) = figure.outcome() {
        of_outcome(name, found);
    }
}

fn of_day(day: &str, found: &mut Vec<String>) {
    if day.parse::<Date>().is_err() {
        found.push(format!("{day:?}: no day; expected one as 2016-12-31"));
    }
}

fn of_range(least: f64, most: f64, found: &mut Vec<String>) {
    if least > most || !least.is_finite() || !most.is_finite() {
        found.push(format!("from {least} to {most}: expected two numbers, the lesser first"));
    }
}
