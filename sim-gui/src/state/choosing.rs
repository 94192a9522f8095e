//! Which scenario is worked on, and what it is compared with.

use super::{Ready, State};
use crate::clock::Clock;
use crate::comparison::unlike;
use crate::document::{self, Received, Refusal};
use crate::plan::{Plan, own};
use crate::view::Selected;
use sim_files::{limits, read};
use std::path::Path;

impl State {
    /// Opens what somebody names: a built-in scenario, a scenario file or a plan file. What cannot be read is
    /// told, and leaves the work as it is. Whether it was opened.
    pub fn open_named(&mut self, named: &str) -> bool {
        if !document::is_plan_file(named) {
            self.open(own::opened(named));
            return self.faults.is_empty();
        }
        let text = read::text(Path::new(named), limits::DOCUMENT);
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

    /// Opens a plan that somebody sent, and says if its figures may be others here. It is compared with the
    /// baseline if it can be; else with its scenario without its changes, which is said: a baseline does not
    /// come with a plan. Whether it was opened.
    pub fn open_received(&mut self, received: Received) -> bool {
        let warning = received.warning(self.say());
        let before = self.baseline.clone();
        match Ready::of(&received.plan) {
            Ok(ready) => {
                let bare = Ready::of(&received.plan.unedited()).ok();
                let bare = bare.filter(|bare| unlike(&ready, bare).is_empty());
                let baseline = match unlike(&ready, &before).is_empty() {
                    true => before.clone(),
                    false => bare.unwrap_or(ready),
                };
                self.take_up(received.plan, baseline);
            }
            Err(faults) => self.faults = faults,
        }
        if self.faults.is_empty() && self.baseline.id() != before.id() {
            let name = self.name(&self.baseline);
            let text = self.say().with("document.baseline", &[&name]);
            self.notice(text, false);
        }
        if let Some(warning) = warning.filter(|_| self.faults.is_empty()) {
            self.notice(warning, false);
        }
        self.faults.is_empty()
    }

    /// Opens a scenario: it becomes the plan and the baseline. A faulty one leaves the work as it is.
    pub fn open(&mut self, plan: Plan) {
        match Ready::of(&plan) {
            Ok(ready) => self.take_up(plan, ready),
            Err(faults) => self.faults = faults,
        }
    }

    /// Takes a plan up that can run, beside a baseline.
    fn take_up(&mut self, plan: Plan, baseline: Ready) {
        self.rest_on(baseline, plan);
        self.clock = Clock::default();
        self.view.camera = None;
        self.faults.clear();
    }

    /// Looks at nobody any more.
    pub(super) fn leave_people(&mut self) {
        let is_somebody = |selected: &Selected| matches!(selected, Selected::Entity(_));
        self.trail.retain(|selected| !is_somebody(selected));
        if is_somebody(&self.selected) {
            self.selected = Selected::Nothing;
        }
    }

    /// Takes another scenario up. The baseline stays if the two can be compared; else the scenario is its
    /// own.
    pub fn choose(&mut self, plan: Plan) {
        let baseline = self.baseline.clone();
        let has_other = self.has_other();
        match Ready::of(&plan) {
            Ok(ready) if has_other && unlike(&ready, &baseline).is_empty() => self.take_up(plan, baseline),
            Ok(ready) => self.take_up(plan, ready),
            Err(faults) => self.faults = faults,
        }
    }

    /// Compares with another plan from now on. A faulty one leaves the baseline as it is, and is told.
    pub fn compare_with(&mut self, plan: &Plan) {
        match Ready::of(plan) {
            Ok(ready) => self.rest_on(ready, self.plans.now().clone()),
            Err(faults) => {
                for fault in faults {
                    self.notice(self.say().fault(&fault), true);
                }
            }
        }
    }
}
