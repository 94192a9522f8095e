//! What the reader does about a task. A task is done by something that the reader did after its step began,
//! never by how things stood already.

use super::check::{Figure, Task, Verdict, check};
use super::{Course, Step};
use crate::map::layer::Layer;
use crate::plan::Plan;
use crate::state::State;
use crate::view::{Selected, Tab};

/// How that stands which a task is about. When it changes, and no action of the lesson has changed it, the
/// reader did.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Standing {
    /// The task is about an answer, which is empty when a step begins.
    #[default]
    Answer,
    /// A field of the plan.
    Field(Option<String>),
    /// Plan and baseline.
    Plans(Box<(Plan, Plan)>),
    /// What colours the map, and where it is.
    Layer(Layer, Tab),
    /// Whether the map shows the difference.
    Difference(bool),
    /// What fills the centre.
    Tab(Tab),
    /// What the inspector shows.
    Page(Selected),
    /// The time that is looked at.
    Time(f64),
}

/// How that stands which a task is about.
pub fn standing(task: &Task, state: &State) -> Standing {
    let field = |path: &String| Standing::Field(state.plans.now().value(path).map(str::to_owned));
    match task {
        Task::Read | Task::Number(..) | Task::Choice(..) => Standing::Answer,
        Task::Between(path, ..) | Task::Is(path, _) | Task::Day(path, ..) | Task::Back(path) => field(path),
        Task::Ratio(Figure::Fixed(_), ..) => Standing::Answer,
        Task::Ratio(..) => {
            let plans = (state.plans.now().clone(), state.baseline.plan.clone());
            Standing::Plans(Box::new(plans))
        }
        Task::Layer(_) => Standing::Layer(state.view.layer.clone(), state.view.tab),
        Task::Difference(_) => Standing::Difference(state.view.is_difference),
        Task::Tab(_) => Standing::Tab(state.view.tab),
        Task::Inspect(_) | Task::Village(..) | Task::VillageBelow(..) => {
            Standing::Page(state.selected.clone())
        }
        Task::Time(..) => Standing::Time(state.clock.now),
    }
}

impl Step {
    /// Whether it is done only when all runs have come in.
    pub(super) fn waits(&self) -> bool {
        self.settled || matches!(&self.task, Task::Ratio(figure, ..) if figure.outcome().is_some())
    }
}

impl Course {
    /// Whether something was done about the step's task since it began: by the reader, or shown.
    pub fn has_deed(&self) -> bool {
        self.has_acted || self.standing == Standing::Answer
    }

    /// Notes how things stand after an action of the lesson, which is none of the reader's.
    pub(super) fn stands(&mut self, state: &State) {
        self.standing = self.now().map_or_else(Standing::default, |step| standing(&step.task, state));
    }

    /// Notes whether the reader has changed something since.
    pub(super) fn watch(&mut self, state: &State) {
        let Some(now) = self.now().map(|step| standing(&step.task, state)) else {
            return;
        };
        if now != self.standing {
            self.standing = now;
            self.has_acted = true;
        }
    }

    /// Whether a step of this course is done, or what is missing.
    pub fn verdict(&self, step: &Step, state: &State) -> Verdict {
        match check(step, &self.given, state) {
            Verdict::Met if !self.has_deed() => {
                Verdict::Missing(state.say().of("lesson.missing.deed").to_owned())
            }
            // A preview is no result.
            Verdict::Met if step.waits() && !state.is_settled() => {
                let runs = state.waiting().to_string();
                Verdict::Waiting(state.say().with("lesson.wait.settle", &[&runs]))
            }
            verdict => verdict,
        }
    }
}
