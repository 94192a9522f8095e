//! Which scenario is worked on, and what it is compared with.

use super::{Ready, State};
use crate::clock::Clock;
use crate::comparison::unlike;
use crate::document::{self, Received, Refusal};
use crate::plan::{Plan, own};
use sim_files::read;
use std::path::Path;

impl State {
    /// Opens what somebody names: a built-in scenario, a scenario file or a plan file. What cannot be read is
    /// told, and leaves the work as it is. Whether it was opened.
    pub fn open_named(&mut self, named: &str) -> bool {
        if !document::is_plan_file(named) {
            self.open(own::opened(named));
            return self.faults.is_empty();
        }
        let text = read::text(Path::new(named), read::TOLD);
        let text = text.map_err(|reason| Refusal::Damaged(reason.into()));
        match text.and_then(|text| document::of_file(&text)) {
            Ok(received) => self.open_received(received),
            Err(refusal) => {
                let say = self.say();
                let text = say.with("document.not_opened", &[named, &refusal.text(say)]);
                self.notice(text, true);
                false
            }
        }
    }

    /// Opens a plan that somebody sent, and says if its figures may be others here. Whether it was opened.
    pub fn open_received(&mut self, received: Received) -> bool {
        let warning = received.warning(self.say());
        self.open(received.plan);
        if let Some(warning) = warning.filter(|_| self.faults.is_empty()) {
            self.notice(warning, false);
        }
        self.faults.is_empty()
    }

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

    /// Takes another scenario up. The baseline stays if the two can be compared; else the scenario is its
    /// own.
    pub fn choose(&mut self, plan: Plan) {
        let baseline = self.baseline.clone();
        let has_other = self.has_other();
        self.open(plan);
        if has_other && unlike(&self.baseline, &baseline).is_empty() {
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
}
