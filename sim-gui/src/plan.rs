//! A plan: a scenario with the user's edits, which may begin in the middle of the run. Pure data, with undo and redo.

use crate::text::{Language, Say};
use serde::{Deserialize, Serialize};
use sim_core::base::{Date, Time};
use sim_core::scenario::{BuiltinSource, Fault, Faults, Loaded, Scenario, builtin, load_traced};
use sim_files::FileSource;
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
    /// A scenario file, or the name of a built-in scenario.
    pub base: String,
    /// The changes, each field once before the branch and once after it.
    pub edits: Vec<Edit>,
    /// The day on which later changes begin; none while all hold from the start.
    pub branch: Option<Date>,
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
    /// What is allowed but probably not meant.
    pub warnings: Vec<Fault>,
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
const FROM_THE_START: [&str; 6] = [
    "start",
    "seed",
    "household_sample",
    "window_days",
    "places",
    "report",
];

/// Reads a scenario: a file, or a built-in one if there is no such file.
///
/// # Errors
/// All faults at once.
pub fn read(base: &str, changes: &[(String, String)]) -> Result<Loaded, Faults> {
    let name = base.strip_suffix(".ron").unwrap_or(base);
    let is_builtin = builtin().iter().any(|(known, _)| *known == name);
    if is_builtin && !Path::new(base).exists() {
        load_traced(&BuiltinSource, base, changes)
    } else {
        load_traced(&FileSource, base, changes)
    }
}

impl Plan {
    /// A scenario as it is.
    pub fn of(base: &str) -> Plan {
        Plan {
            base: base.to_owned(),
            edits: Vec::new(),
            branch: None,
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

    /// What the first plan is compared with: the same places and luck without the programme.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn without_programme() -> Plan {
        Plan {
            base: "no_programme".to_owned(),
            ..Plan::first()
        }
    }

    /// The same on a web page.
    #[cfg(target_arch = "wasm32")]
    pub fn without_programme_on_page() -> Plan {
        Plan::first_on_page().with("programme.enabled", "false")
    }

    /// A built-in scenario as the window opens it.
    pub fn shipped(name: &str) -> Plan {
        match name {
            "programme_2014" => Plan::first(),
            name => Plan::of(name),
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
        let fixed = FROM_THE_START
            .iter()
            .any(|fixed| path == *fixed || path.starts_with(&format!("{fixed}.")));
        self.put(path, value, self.branch.is_some() && !fixed);
    }

    fn put(&mut self, path: &str, value: &str, is_later: bool) {
        self.edits
            .retain(|edit| edit.path != path || edit.is_later != is_later);
        self.edits.push(Edit {
            path: path.to_owned(),
            value: value.to_owned(),
            is_later,
        });
    }

    /// Gives a field back the value it had, before and after the branch.
    pub fn reset(&mut self, path: &str) {
        self.edits.retain(|edit| edit.path != path);
    }

    /// The value that the user gave a field last.
    pub fn value(&self, path: &str) -> Option<&str> {
        let edits = self.edits.iter().rev().filter(|edit| edit.path == path);
        edits
            .max_by_key(|edit| edit.is_later)
            .map(|edit| edit.value.as_str())
    }

    /// Takes the branch back, and with it what was changed from then on.
    pub fn unbranch(&mut self) {
        self.branch = None;
        self.edits.retain(|edit| !edit.is_later);
    }

    fn changes(&self, is_later: bool) -> Vec<(String, String)> {
        let edits = self.edits.iter().filter(|edit| edit.is_later == is_later);
        edits
            .map(|edit| (edit.path.clone(), edit.value.clone()))
            .collect()
    }

    /// Reads the scenario and checks every change, so that it can run.
    ///
    /// # Errors
    /// All faults at once, of the file and of the changes.
    pub fn prepare(&self) -> Result<Prepared, Faults> {
        let earlier = self.changes(false);
        let loaded = read(&self.base, &earlier)?;
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
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let later = self.branch.filter(|_| !changes.is_empty()).map(|day| Later {
            time: day.midnight(),
            changes,
        });
        let mut id = scenario.hash();
        if let Some(later) = &later {
            id ^= changed.hash().rotate_left(64) ^ u128::from(later.time.minutes());
        }
        Ok(Prepared {
            id,
            scenario: Arc::new(scenario),
            table: loaded.table.map(Arc::new),
            later,
            warnings: loaded.warnings,
        })
    }

    /// The whole scenario as a file: everything it says, with the changes listed on top. What a branch changes is
    /// listed too, but a scenario file cannot branch.
    ///
    /// # Errors
    /// The faults that keep it from running.
    pub fn file(&self) -> Result<String, Faults> {
        let prepared = self.prepare()?;
        let mut text = format!("// Made in the window from {}.\n", self.base);
        for edit in &self.edits {
            let when = match (edit.is_later, self.branch) {
                (true, Some(day)) => format!(" (from {day} on: not part of this file)"),
                _ => String::new(),
            };
            text.push_str(&format!(
                "// {} = {}{when}\n",
                edit.path,
                edit.value.replace('\n', " ")
            ));
        }
        Ok(text + &prepared.scenario.resolved_text())
    }

    /// The plan as a code to send to somebody: letters and digits only.
    pub fn code(&self) -> String {
        let text = ron::to_string(self).unwrap_or_default();
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!("countryside-{hex}")
    }

    /// The plan of a code; none if it is no code.
    pub fn of_code(code: &str) -> Option<Plan> {
        let hex = code.trim().strip_prefix("countryside-")?;
        let digits: Vec<u8> = hex
            .chars()
            .map(|digit| digit.to_digit(16).map(|value| value as u8))
            .collect::<Option<_>>()?;
        let bytes: Vec<u8> = digits
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect();
        ron::from_str(&String::from_utf8(bytes).ok()?).ok()
    }

    /// The name for people: in Chinese, that of a built-in scenario is Chinese.
    pub fn title(&self, say: Say) -> String {
        match say.find(&format!("scenario.{}", self.base)) {
            Some(title) if say.0 == Language::Chinese => self.name().replacen(&self.base, title, 1),
            _ => self.name(),
        }
    }

    /// A name for lists: the scenario's, and how many changes.
    pub fn name(&self) -> String {
        let file = Path::new(&self.base)
            .file_stem()
            .map(|stem| stem.to_string_lossy());
        let name = file.map_or_else(|| self.base.clone(), |stem| stem.into_owned());
        let changes = self.edits.iter().filter(|edit| edit.path.contains('.')).count();
        match changes {
            0 => name,
            count => format!("{name} +{count}"),
        }
    }
}

/// A value with its past and its future.
#[derive(Clone, Debug)]
pub struct History<T> {
    past: Vec<T>,
    present: T,
    future: Vec<T>,
    /// What the last change was about, while further changes of it belong to the same step.
    open: Option<String>,
}

impl<T: Clone + PartialEq> History<T> {
    /// A beginning.
    pub fn new(present: T) -> History<T> {
        History {
            past: Vec::new(),
            present,
            future: Vec::new(),
            open: None,
        }
    }

    /// What is now.
    pub fn now(&self) -> &T {
        &self.present
    }

    /// Changes to a new value. Changes about the same thing, as long as it is held, are one step.
    pub fn change(&mut self, next: T, about: &str) {
        if next == self.present {
            return;
        }
        let same = self.open.as_deref() == Some(about);
        let before = std::mem::replace(&mut self.present, next);
        if !same {
            self.past.push(before);
        }
        self.open = Some(about.to_owned());
        self.future.clear();
    }

    /// The thing that was changed has been let go.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) {
        self.open = None;
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(&mut self.present, before));
        }
    }

    /// Takes a step again that was undone.
    pub fn redo(&mut self) {
        self.open = None;
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.present, after));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_and_redo_walk_every_step_and_a_drag_is_one() {
        let mut history = History::new(0);
        history.change(1, "a");
        history.change(2, "a");
        history.close();
        history.change(3, "a");
        history.change(4, "b");
        let mut seen = vec![*history.now()];
        while history.can_undo() {
            history.undo();
            seen.push(*history.now());
        }
        assert_eq!(seen, [4, 3, 2, 0]);
        history.redo();
        history.redo();
        assert_eq!(*history.now(), 3);
        history.change(9, "c");
        assert!(!history.can_redo());
    }

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
    fn a_code_and_a_file_give_the_plan_back() {
        let plan = Plan::first().with("programme.training_hours", "40.0");
        assert_eq!(Plan::of_code(&plan.code()), Some(plan.clone()));
        assert_eq!(Plan::of_code("countryside-zz"), None);
        let text = plan.file().unwrap();
        let source = sim_core::scenario::MemorySource::of("x.ron", text.into_bytes());
        let again = sim_core::scenario::load(&source, "x.ron", &[]).unwrap();
        assert_eq!(again.hash(), plan.prepare().unwrap().scenario.hash());
    }

    #[test]
    fn faults_of_edits_are_all_told() {
        let plan = Plan::of("tiny")
            .with("household_sample", "7")
            .with("programe.pace", "1");
        assert_eq!(plan.prepare().unwrap_err().0.len(), 2);
        assert!(Plan::of("no/such.ron").prepare().is_err());
    }
}
