//! What is kept: plans to compare, from one start to the next too.

use super::{KEPT, Ready, State, Wake};
use crate::plan::{History, Plan};
use crate::settings::Remembered;

/// A kept plan that cannot be read now: it is kept all the same, where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Absent {
    /// Its number among the kept plans.
    pub at: usize,
    /// The plan.
    pub plan: Plan,
}

/// Kept plans in their order, those with them that cannot be read now.
pub fn all<'s>(kept: &'s [Ready], absent: &'s [Absent]) -> Vec<&'s Plan> {
    let mut plans: Vec<&Plan> = kept.iter().map(|ready| &ready.plan).collect();
    for absent in absent {
        plans.insert(absent.at.min(plans.len()), &absent.plan);
    }
    plans
}

impl State {
    /// A window with what was remembered, or else with a plan and what it is compared with.
    pub fn resumed(remembered: Remembered, first: (Plan, Plan), threads: usize, wake: Wake) -> State {
        let settings = remembered.settings;
        let (plans, baseline) = match settings.plans {
            Some(plans) => (plans, settings.baseline),
            None => (History::new(first.0), Some(first.1)),
        };
        let mut state = State::new(plans.now().clone(), settings.view, threads, wake);
        state.plans = plans;
        for text in remembered.notices {
            state.notice(text, true);
        }
        let mut notices = Vec::new();
        for (at, plan) in settings.kept.iter().enumerate() {
            if let Some(ready) = state.found(at, plan, &mut notices) {
                state.kept.push(ready);
            }
        }
        // A baseline that cannot be read waits among the kept plans.
        let last = settings.kept.len();
        if let Some(ready) = baseline.and_then(|plan| state.found(last, &plan, &mut notices)) {
            state.baseline = ready;
        }
        if !notices.is_empty() {
            let text = state.say().with("settings.absent", &[&notices.join("; ")]);
            state.notice(text, true);
        }
        state
    }

    /// A plan that was kept, read; one that cannot be read waits, and is added to what is told.
    fn found(&mut self, at: usize, plan: &Plan, notices: &mut Vec<String>) -> Option<Ready> {
        match Ready::of(plan) {
            Ok(ready) => Some(ready),
            Err(faults) => {
                let say = self.say();
                let reasons: Vec<String> = faults.iter().map(|fault| say.fault(fault)).collect();
                notices.push(format!("{} ({})", plan.name(), reasons.join("; ")));
                self.absent.push(Absent { at, plan: plan.clone() });
                None
            }
        }
    }

    /// Keeps the present plan to compare. One that is faulty, or one too many, is refused in words: none
    /// makes room unasked.
    pub fn keep(&mut self) {
        self.read_plan();
        let (say, id) = (self.say(), self.current.id());
        let limit = KEPT.to_string();
        if !self.faults.is_empty() {
            self.notice(say.of("keep.faulty"), true);
        } else if self.kept.iter().any(|kept| kept.id() == id) {
            self.notice(say.of("keep.already"), false);
        } else if self.kept.len() >= KEPT {
            self.notice(say.with("keep.full", &[&limit]), true);
        } else {
            self.kept.push(self.current.clone());
            self.is_dirty = true;
        }
    }
}
