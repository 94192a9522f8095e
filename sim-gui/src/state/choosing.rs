//! Which scenario is worked on, and what it is compared with.

use super::{Ready, State};
use crate::clock::Clock;
use crate::plan::Plan;

impl State {
    /// Opens a scenario: it becomes the plan and the baseline. A faulty one leaves the work as it is.
    pub fn open(&mut self, plan: Plan) {
        match Ready::of(&plan) {
            Ok(ready) => {
                self.baseline = ready;
                self.plans.change(plan, "open");
                self.plans.close();
                self.clock = Clock::default();
                self.view.camera = None;
                self.faults.clear();
            }
            Err(faults) => self.faults = faults,
        }
    }

    /// Takes another scenario up. The baseline stays if it has the same places and days; else the scenario is its own.
    pub fn choose(&mut self, plan: Plan) {
        let baseline = self.baseline.clone();
        let is_compared = baseline.id() != self.current.id();
        self.open(plan);
        let days = |ready: &Ready| (ready.prepared.scenario.start, ready.prepared.scenario.end);
        let is_alike = baseline.extent == self.baseline.extent && days(&baseline) == days(&self.baseline);
        if is_compared && is_alike {
            self.baseline = baseline;
        }
        self.is_dirty = true;
    }

    /// Compares with another plan from now on. A faulty one leaves the baseline as it is, and is told.
    pub fn compare_with(&mut self, plan: &Plan) {
        match Ready::of(plan) {
            Ok(ready) => {
                self.baseline = ready;
                self.is_dirty = true;
            }
            Err(faults) => {
                for fault in faults {
                    self.notice(self.say().fault(&fault), true);
                }
            }
        }
    }

    /// Compares with what the last session compared with. One that cannot be read any more is no loss.
    pub fn compare_with_kept(&mut self, plan: Option<&Plan>) {
        if let Some(Ok(ready)) = plan.map(Ready::of) {
            self.baseline = ready;
            self.is_dirty = true;
        }
    }
}
