//! How two runs came about and where they differ: what held from the first day, and what branches changed on
//! the way.
//!
//! A branched run is given by its scenarios and the moments at which each took over (its manifest tells
//! them). A field that a branch changed is moved at the moment of the branch, in a run that shares all that
//! came before; moving it from the first day would answer another question.

use crate::command_error::CommandError;
use crate::engine;
use crate::output::manifest;
use serde::Deserialize;
use sim_core::base::{Date, Seed};
use sim_core::params::Parameters;
use sim_core::scenario::{FIELDS, Loaded, Scenario};
use sim_experiments::ensemble::{Job, Later};
use sim_experiments::shapley::{MOST, Subset};
use sim_files::{limits, within};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Fields that tell runs apart and are no levers.
const NO_LEVERS: [&str; 3] = ["name", "question", "seed"];

/// A run: what it began as, and what took over on which day.
pub struct Recipe {
    /// What it began as.
    pub first: Loaded,
    later: BTreeMap<Date, Scenario>,
}

impl Recipe {
    /// Of a folder of results, a scenario file or a name, with changes that hold from the first day.
    ///
    /// # Errors
    /// If there is no such run, its scenarios cannot be read, or changes are asked of a run that has
    /// branched.
    pub fn of(run: &str, set: &[(String, String)]) -> Result<Recipe, CommandError> {
        let folder = Path::new(run);
        if !folder.is_dir() {
            return Ok(Recipe { first: engine::load(run, set)?, later: BTreeMap::new() });
        }
        let scenario = |file: &str| {
            let path = folder.join(file);
            let text = path.to_str().ok_or_else(|| CommandError::input("the folder's path is no text"))?;
            engine::load(text, set)
        };
        let branches = branches(folder)?;
        if branches.is_empty() {
            return Ok(Recipe { first: scenario("scenario.ron")?, later: BTreeMap::new() });
        }
        if !set.is_empty() {
            return Err(CommandError::input(format!(
                "--set changes runs from their first day; {run} has branched: branch it again with the \
                 change instead"
            )));
        }
        let files = branches.iter().map(|branch| branch.before.as_str());
        let mut scenarios =
            files.chain(["scenario.ron"]).map(scenario).collect::<Result<Vec<_>, _>>()?.into_iter();
        let first = scenarios.next().ok_or_else(|| CommandError::input("no scenario"))?;
        let days = branches.iter().map(|branch| {
            let wrong =
                |reason| CommandError::input(format!("{run}: its manifest.json is damaged: {reason}"));
            branch.at.parse::<Date>().map_err(wrong)
        });
        let later = days
            .zip(scenarios)
            .map(|(day, loaded)| Ok((day?, loaded.scenario)))
            .collect::<Result<_, CommandError>>()?;
        Ok(Recipe { first, later })
    }

    /// The scenario at its end.
    pub fn last(&self) -> &Scenario {
        self.later.values().next_back().unwrap_or(&self.first.scenario)
    }

    /// The scenario that holds from a day on.
    fn on(&self, day: Date) -> &Scenario {
        let held = self.later.range(..=day).next_back();
        held.map_or(&self.first.scenario, |(_, scenario)| scenario)
    }
}

/// A moment of a folder's run at which another scenario took over.
#[derive(Deserialize)]
struct Branch {
    /// From which day on.
    at: String,
    /// The file of the scenario that held until then.
    before: String,
}

/// What a folder's manifest tells of its branches, by time; none of a run that has not branched.
fn branches(folder: &Path) -> Result<Vec<Branch>, CommandError> {
    #[derive(Deserialize)]
    struct Known {
        #[serde(default)]
        branches: Vec<Branch>,
        branched_from: Option<String>,
    }
    let path = folder.join(manifest::NAME);
    let text = within::bytes(folder, manifest::NAME, limits::DOCUMENT)
        .map_err(|error| CommandError::reading(&path, &error))?;
    let known: Known = serde_json::from_slice(&text)
        .map_err(|fault| CommandError::input(format!("{}: it is damaged: {fault}", path.display())))?;
    if let (Some(from), true) = (known.branched_from, known.branches.is_empty()) {
        return Err(CommandError::input(format!(
            "{}: the run branched from {from}, and an earlier version did not keep what held until then\n  \
             help: branch it again with this version",
            folder.display()
        )));
    }
    let is_name = |branch: &&Branch| branch.before.contains(['/', '\\']) || branch.before.starts_with('.');
    match known.branches.iter().find(is_name) {
        Some(branch) => Err(CommandError::input(format!(
            "{}: `{}` is no file of the folder",
            path.display(),
            branch.before
        ))),
        None => Ok(known.branches),
    }
}

/// A field that differs.
pub struct MovedField {
    /// The field.
    pub path: String,
    /// From which day on; none from the first.
    pub since: Option<Date>,
    /// Its value in the first and in the second run.
    pub values: [String; 2],
}

impl MovedField {
    /// The field, and from when on it differs, if not from the first day.
    pub fn name(&self) -> String {
        match self.since {
            None => self.path.clone(),
            Some(day) => format!("{} from {day}", self.path),
        }
    }
}

/// Where two runs differ.
pub struct Levers {
    /// Each field that differs.
    pub all: Vec<MovedField>,
    /// What both change on their way, by day.
    common: BTreeMap<Date, Vec<(String, String)>>,
    days: BTreeSet<Date>,
}

/// All fields that a run depends on.
fn paths() -> Vec<String> {
    let own = FIELDS.iter().map(|field| field.path.to_owned());
    let catalogue = Parameters::catalogue();
    own.chain(catalogue.iter().map(|row| row.path()))
        .filter(|path| !NO_LEVERS.contains(&path.as_str()))
        .collect()
}

impl Levers {
    /// Between two runs.
    ///
    /// # Errors
    /// If they differ in nothing, in too much, or in their tables of counties.
    pub fn between(first: &Recipe, second: &Recipe) -> Result<Levers, CommandError> {
        let paths = paths();
        let differ = |path: &String, a: &Scenario, b: &Scenario, since: Option<Date>| {
            let values = [a.get(path)?, b.get(path)?];
            (values[0] != values[1]).then(|| MovedField { path: path.clone(), since, values })
        };
        let (a, b) = (&first.first.scenario, &second.first.scenario);
        let mut all: Vec<MovedField> = paths.iter().filter_map(|path| differ(path, a, b, None)).collect();
        let days: BTreeSet<Date> = first.later.keys().chain(second.later.keys()).copied().collect();
        let mut common: BTreeMap<Date, Vec<(String, String)>> = BTreeMap::new();
        let (mut before_a, mut before_b) = (a, b);
        for &day in &days {
            let (a, b) = (first.on(day), second.on(day));
            let is_changed =
                |path: &&String| a.get(path) != before_a.get(path) || b.get(path) != before_b.get(path);
            for path in paths.iter().filter(is_changed) {
                match differ(path, a, b, Some(day)) {
                    Some(lever) => all.push(lever),
                    None => {
                        common.entry(day).or_default().extend(a.get(path).map(|value| (path.clone(), value)))
                    }
                }
            }
            (before_a, before_b) = (a, b);
        }
        let levers = Levers { all, common, days };
        levers.check()?;
        Ok(levers)
    }

    fn check(&self) -> Result<(), CommandError> {
        if self.all.is_empty() {
            return Err(CommandError::input(
                "the two runs have the same values in every field at all times: nothing is to be explained",
            ));
        }
        if self.all.len() > MOST {
            return Err(CommandError::input(format!(
                "the two runs differ in {} fields: expected at most {MOST}",
                self.all.len()
            )));
        }
        if let Some(table) = self.all.iter().find(|lever| lever.path == "places.table") {
            return Err(CommandError::input(format!(
                "the two runs have other tables of counties ({} and {}): compare runs in the same places",
                table.values[0], table.values[1]
            )));
        }
        Ok(())
    }

    /// The first run with some levers moved to the second's values, each when it differs.
    ///
    /// # Errors
    /// If the values cannot stand together.
    pub fn moved(
        &self,
        first: &Scenario,
        table: Option<Arc<[u8]>>,
        seed: u64,
        subset: Subset,
    ) -> Result<(Job, Vec<Later>), String> {
        let value =
            |at: usize, lever: &MovedField| lever.values[usize::from(subset & (1 << at) != 0)].clone();
        let mut scenario = Scenario { seed: Seed(seed), ..first.clone() };
        let numbered = || self.all.iter().enumerate();
        for (at, lever) in numbered().filter(|(_, lever)| lever.since.is_none()) {
            scenario.set(&lever.path, &value(at, lever)).map_err(|faults| faults.to_string())?;
        }
        scenario.check().map_err(|faults| faults.to_string())?;
        let later = self.days.iter().map(|&day| {
            let own = numbered().filter(|(_, lever)| lever.since == Some(day));
            let own = own.map(|(at, lever)| (lever.path.clone(), value(at, lever)));
            Later {
                at: day.midnight(),
                changes: self.common.get(&day).cloned().unwrap_or_default().into_iter().chain(own).collect(),
            }
        });
        Ok((Job { scenario, table }, later.collect()))
    }
}
