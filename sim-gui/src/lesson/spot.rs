//! Where *Show me* has done something: it comes into view, and a frame stands around it for a while.

use super::Step;
use super::action::Action;
use super::check::{Figure, Task};
use crate::lever;
use crate::state::State;
use crate::view::Tab;
use egui::{Align, Color32, Painter, Rect, Stroke, StrokeKind, Ui};
use std::time::Duration;
use web_time::Instant;

/// How long the frame stands.
const LASTS: Duration = Duration::from_secs(5);

/// Frames in which it is brought into view: what was opened is laid out in the first of them.
const FOLLOWED: u8 = 4;

/// What a spot is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum On {
    /// A lever, by its path.
    Lever(String),
    /// A chart, by its outcome's name.
    Chart(String),
    /// A tab.
    Tab(Tab),
    /// The map, or whatever fills the centre.
    Centre,
    /// The time line.
    Time,
    /// The inspector.
    Inspector,
    /// The bar on top.
    Bar,
}

/// Where *Show me* has done something.
#[derive(Clone, Debug)]
pub struct Spot {
    /// On what.
    pub on: On,
    since: Instant,
    follows: u8,
}

/// What a step's solution is done with; nothing if it only answers.
pub fn of(step: &Step, state: &State) -> Option<On> {
    step.solution.iter().rev().find_map(|action| match action {
        Action::Set(path, _) | Action::Reset(path) => Some(On::Lever(path.clone())),
        Action::Open(..) | Action::Baseline => Some(On::Bar),
        Action::Tab(tab) => Some(On::Tab(*tab)),
        Action::Layer(_) | Action::Difference(_) | Action::Camera(..) | Action::Fit => Some(On::Centre),
        Action::Charts(names) => names.first().map(|name| On::Chart(name.clone())),
        Action::Seek(_) => Some(On::Time),
        Action::Lever(_) | Action::Outcome(_) | Action::Find(..) => Some(On::Inspector),
        Action::Measured => match &step.task {
            Task::Number(Figure::End(name) | Figure::Sum(name), _) => {
                let is_charted = state.view.charts.contains(name);
                is_charted.then(|| On::Chart(name.clone()))
            }
            _ => None,
        },
        Action::Answer(_) | Action::Choose(_) => None,
    })
}

/// Puts the spot on what a step's solution is done with, and opens what hides it.
pub(super) fn show(state: &mut State, step: &Step) {
    let Some(on) = of(step, state) else { return };
    if let On::Lever(path) = &on {
        state.view.has_levers = true;
        let is_listed =
            lever::find(path).is_some_and(|lever| lever.is_top) || state.plans.now().value(path).is_some();
        state.lever_search = if is_listed { String::new() } else { path.clone() };
        // Where there is no room for both, the levers are looked for.
        let is_page =
            |action: &Action| matches!(action, Action::Lever(_) | Action::Outcome(_) | Action::Find(..));
        if !step.solution.iter().any(is_page) {
            state.view.has_inspector = false;
        }
    }
    if matches!(on, On::Chart(_)) && !matches!(state.view.tab, Tab::Overview | Tab::Charts) {
        state.view.tab = Tab::Overview;
    }
    state.teaching.spot = Some(Spot { on, since: Instant::now(), follows: FOLLOWED });
}

/// Marks what was just drawn if the spot is on it, and brings it into view.
pub fn mark(ui: &Ui, state: &mut State, on: &On, rect: Rect) {
    let colour = state.palette().present;
    let Some(spot) = state.teaching.spot.as_mut().filter(|spot| spot.on == *on) else {
        return;
    };
    if spot.follows > 0 {
        spot.follows -= 1;
        ui.scroll_to_rect(rect, Some(Align::Center));
        ui.request_repaint();
    }
    frame(ui.painter(), rect.expand(3.0), colour);
}

/// A frame around something.
pub fn frame(painter: &Painter, rect: Rect, colour: Color32) {
    painter.rect_stroke(rect, 4.0, Stroke::new(3.0, colour), StrokeKind::Inside);
}

/// Once a frame: takes the spot away when its time is over.
pub fn fade(context: &egui::Context, state: &mut State) {
    let Some(spot) = &state.teaching.spot else { return };
    match LASTS.checked_sub(spot.since.elapsed()) {
        Some(rest) if !rest.is_zero() => context.request_repaint_after(rest),
        _ => state.teaching.spot = None,
    }
}
