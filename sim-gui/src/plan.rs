//! A plan: a scenario with the user's edits, which may begin in the middle of the run. Pure data.
//!
//! 1. [`own`]: a scenario of the user's own, held whole, so that a plan needs no file once it is opened.
//! 2. [`History`]: a value with undo and redo.

mod history;
pub mod own;

pub use history::History;
pub use own::Own;

use crate::ensemble;
use own::read;
use serde::{Deserialize, Serialize};
use sim_core::base::{Date, Time};
use sim_core::scenario::{Advice, InputError, InputErrors, Issue, Loaded, Scenario};
use std::path::Path;
use std::sync::Arc;

/// One change of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The field, as in `programme.teams`.
    pub path: String,
    /// Its value in RON.
    pub value: String,
    /// Whether it holds from the branch on only.
    pub is_later: bool,
}

/// A scenario and what the user changed of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The name of a built-in scenario, or where the scenario's file was when it was opened.
    pub base: String,
    /// The scenario, if it is no built-in one: as it was when it was opened. Stored apart, once for all
    /// plans of it.
    #[serde(skip)]
    pub own: Option<Arc<Own>>,
    /// The changes, each field once before the branch and once after it.
    pub edits: Vec<Edit>,
    /// The day on which later changes begin; none while all hold from the start.
    pub branch: Option<Date>,
    /// What the user calls it; by what it changes, if by nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
}

/// A plan that has been read and can run.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What identifies its results: equal plans have equal ones.
    pub id: u128,
    /// The scenario before the branch.
    pub scenario: Arc<Scenario>,
    /// Its own table of counties, if it brings one.
    pub table: Option<Arc<Vec<u8>>>,
    /// When it branches, and the changes then.
    pub later: Option<Later>,
    /// Parameters of the ensemble that scenario and changes set themselves.
    pub stated: Vec<String>,
    /// What is allowed but probably not meant.
    pub warnings: Vec<InputError>,
}

/// A branch: when, and which fields take which values (RON).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    /// The first moment of the branch.
    pub time: Time,
    /// Field and value.
    pub changes: Vec<(String, String)>,
}

/// Fields that decide the past, and so cannot change in the middle.
const FROM_THE_START: [&str; 7] =
    ["start", "seed", "world_seed", "household_sample", "window_days", "places", "report"];

impl Prepared {
    /// The plan with the parameters of the member whose number a run has; none if it does not go with them.
    pub fn with_member(&self, run: u32) -> Option<Prepared> {
        let scenario = ensemble::with_member(&self.scenario, &self.stated, run)?;
        Some(Prepared { scenario: Arc::new(scenario), ..self.clone() })
    }
}

impl Plan {
    /// A scenario as it is.
    pub fn of(base: &str) -> Plan {
        Plan { base: base.to_owned(), own: None, edits: Vec::new(), branch: None, called: None }
    }

    /// The same scenario without changes.
    pub fn unedited(&self) -> Plan {
        match &self.own {
            Some(_) => Plan { own: self.own.clone(), ..Plan::of(&self.base) },
            None => Plan::shipped(&self.base),
        }
    }

    /// What the window opens with: the published roll-out at half its usual sample.
    pub fn first() -> Plan {
        Plan::of("programme_2014").with("household_sample", "0.005")
    }

    /// What a web page opens with, which has one thread: one county.
    #[cfg(any(test, target_arch = "wasm32"))]
    pub fn first_on_page() -> Plan {
        Plan::of("county").with("household_sample", "0.02")
    }

    /// What the first plan is compared with: the same places and random draws without the programme.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn without_programme() -> Plan {
        Plan { base: "no_programme".to_owned(), ..Plan::first() }
    }

    /// The same on a web page.
    #[cfg(target_arch = "wasm32")]
    pub fn without_programme_on_page() -> Plan {
        Plan::first_on_page().with("programme.enabled", "false")
    }

    /// A built-in scenario as the window opens it: those on the places of the published roll-out with the
    /// sample of the first plan, so that each can be compared with any other.
    pub fn shipped(name: &str) -> Plan {
        let sample = |plan: &Plan| plan.prepare().map(|prepared| prepared.scenario.household_sample);
        let plan = Plan::of(name);
        match (sample(&plan), sample(&Plan::of("programme_2014"))) {
            (Ok(own), Ok(usual)) if own == usual => Plan { base: name.to_owned(), ..Plan::first() },
            _ => plan,
        }
    }

    /// The same with a field set from the start.
    #[must_use]
    pub fn with(mut self, path: &str, value: &str) -> Plan {
        self.put(path, value, false);
        self
    }

    /// Sets a field: from the branch on if there is one and the field may change then, else from the start.
    pub fn set(&mut self, path: &str, value: &str) {
        let fixed =
            FROM_THE_START.iter().any(|fixed| path == *fixed || path.starts_with(&format!("{fixed}.")));
        self.put(path, value, self.branch.is_some() && !fixed);
    }

    fn put(&mut self, path: &str, value: &str, is_later: bool) {
        self.edits.retain(|edit| edit.path != path || edit.is_later != is_later);
        self.edits.push(Edit { path: path.to_owned(), value: value.to_owned(), is_later });
    }

    /// Gives a field back the value it had, before and after the branch.
    pub fn reset(&mut self, path: &str) {
        self.edits.retain(|edit| edit.path != path);
    }

    /// The value that the user gave a field last.
    pub fn value(&self, path: &str) -> Option<&str> {
        let edits = self.edits.iter().rev().filter(|edit| edit.path == path);
        edits.max_by_key(|edit| edit.is_later).map(|edit| edit.value.as_str())
    }

    /// Takes the branch back, and with it what was changed from then on.
    pub fn unbranch(&mut self) {
        self.branch = None;
        self.edits.retain(|edit| !edit.is_later);
    }

    fn changes(&self, is_later: bool) -> Vec<(String, String)> {
        let edits = self.edits.iter().filter(|edit| edit.is_later == is_later);
        edits.map(|edit| (edit.path.clone(), edit.value.clone())).collect()
    }

    /// Reads the scenario with some changes from the start.
    ///
    /// # Errors
    /// All faults at once.
    pub fn read(&self, changes: &[(String, String)]) -> Result<Loaded, InputErrors> {
        match &self.own {
            Some(own) => own.read(&self.stem(), changes),
            None => read(&self.base, changes),
        }
    }

    /// Reads the scenario and checks every change, so that it can run.
    ///
    /// # Errors
    /// All faults at once, of the file and of the changes.
    pub fn prepare(&self) -> Result<Prepared, InputErrors> {
        let earlier = self.changes(false);
        let loaded = self.read(&earlier)?;
        let scenario = loaded.scenario;
        let changes = self.changes(true);
        let mut changed = scenario.clone();
        let mut faults = Vec::new();
        for (path, value) in &changes {
            if let Err(found) = changed.set(path, value) {
                faults.extend(found.0);
            }
        }
        faults.extend(changed.check().err().into_iter().flat_map(|found| found.0));
        if let Some(day) = self.branch.filter(|day| *day > scenario.end) {
            faults.push(InputError {
                file: self.stem(),
                line: 0,
                column: 0,
                path: "branch".to_owned(),
                value: day.to_string(),
                message: Issue::AfterRun { day, end: scenario.end },
                suggestion: Advice::Nothing,
                excerpt: None,
            });
        }
        if !faults.is_empty() {
            return Err(InputErrors(faults));
        }
        let later =
            self.branch.filter(|_| !changes.is_empty()).map(|day| Later { time: day.midnight(), changes });
        // Two tables of one name are two scenarios.
        let table = loaded.table.as_deref();
        let mut id = scenario.hash_with(table);
        if let Some(later) = &later {
            id ^= changed.hash_with(table).rotate_left(64) ^ u128::from(later.time.minutes());
        }
        Ok(Prepared {
            id,
            scenario: Arc::new(scenario),
            table: loaded.table.map(Arc::new),
            later,
            stated: ensemble::stated(&loaded.origins),
            warnings: loaded.warnings,
        })
    }

    /// The scenario's name without the folders and the ending of its file.
    pub fn stem(&self) -> String {
        let stem = Path::new(&self.base).file_stem();
        stem.map_or_else(|| self.base.clone(), |stem| stem.to_string_lossy().into_owned())
    }

    /// Whether it is the same but for what the user calls it.
    pub fn is_like(&self, other: &Plan) -> bool {
        (&self.base, &self.own, &self.edits, self.branch)
            == (&other.base, &other.own, &other.edits, other.branch)
    }

    /// A name for files: the scenario's, and how many changes.
    pub fn name(&self) -> String {
        let name = self.stem();
        let changes = self.edits.iter().filter(|edit| edit.path.contains('.')).count();
        match changes {
            0 => name,
            count => format!("{name} +{count}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_plans_have_equal_results_and_others_have_not() {
        let id = |plan: &Plan| plan.prepare().unwrap().id;
        let plan = Plan::of("tiny");
        let more = plan.clone().with("programme.teams", "12.0");
        assert_ne!(id(&plan), id(&more));
        assert_eq!(id(&more), id(&plan.clone().with("programme.teams", "12.0")));
        let mut branched = plan.clone();
        branched.branch = "2015-06-01".parse().ok();
        assert_eq!(id(&plan), id(&branched));
        branched.set("programme.teams", "12.0");
        assert!(branched.edits[0].is_later && id(&branched) != id(&more) && id(&branched) != id(&plan));
        branched.unbranch();
        assert_eq!(id(&plan), id(&branched));
    }

    #[test]
    fn what_decides_the_past_changes_from_the_start() {
        let mut plan = Plan::of("tiny");
        plan.branch = "2015-06-01".parse().ok();
        plan.set("seed", "7");
        assert!(!plan.edits[0].is_later);
    }

    #[test]
    fn scenarios_that_ship_have_the_sample_of_the_first_plan_where_they_have_its_places() {
        let sample = |name: &str| Plan::shipped(name).prepare().unwrap().scenario.household_sample;
        assert_eq!(["programme_2014", "no_programme", "thin_rollout"].map(sample), [0.005; 3]);
        assert_eq!([sample("tiny"), sample("programme_full")], [1.0; 2]);
    }

    #[test]
    fn faults_of_edits_are_all_told() {
        let plan = Plan::of("tiny").with("household_sample", "7").with("programe.pace", "1");
        assert_eq!(plan.prepare().unwrap_err().0.len(), 2);
        assert!(Plan::of("no/such.ron").prepare().is_err());
    }
}
