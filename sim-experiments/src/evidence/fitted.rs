//! Which parameters were ever changed with a published figure in view, and how many figures they had to meet.
//!
//! `data/facts/fitted.ron` lists them, those that are called assumed as well. Every one counts as fitted,
//! however little it was moved.
//!
//! **How independence is counted.** Points of one published series are not independent: whoever meets the
//! level and the growth of a curve meets its other points, nearly. A series counts as two figures at most
//! ([`OF_A_SERIES`]); a figure that is no point of a series counts as one. What stands in the list of other
//! figures says for itself as how many it counts.

use super::fault::{EvidenceFault, EvidenceFaults, EvidenceFile};
use super::roles::FigureSet;
use super::targets::{Target, TargetUse, Targets};
use serde::{Deserialize, Serialize};
use sim_core::params::Parameters;
use std::collections::{BTreeMap, BTreeSet};

const FITTED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/fitted.ron"));

/// As how many independent figures the points of a series count at most: its level and its growth.
pub const OF_A_SERIES: usize = 2;

/// A parameter that was changed with figures in view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FittedParameter {
    /// Its path.
    pub path: String,
    /// The figures: names of targets, or of other figures of the list.
    pub figures: Vec<String>,
    /// What it was changed for.
    pub why: String,
}

/// Figures that were in view and are no target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiguresInView {
    /// Their name.
    pub name: String,
    /// What they are, with the figures.
    pub what: String,
    /// Who published them, and the grade.
    pub source: String,
    /// As how many independent figures they count.
    pub independent: usize,
    /// Those of them that the tables have.
    #[serde(default)]
    pub facts: Vec<FigureSet>,
}

/// All fitted parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FittedParameters {
    /// Figures in view that are no targets.
    pub figures: Vec<FiguresInView>,
    /// The parameters.
    pub parameters: Vec<FittedParameter>,
}

/// Fitted parameters against the figures that they had to meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DegreesOfFreedom {
    /// Parameters that were changed with a figure in view.
    pub parameters: usize,
    /// Figures to which they may be fitted: targets for fitting, and other figures in view as how many they
    /// count.
    pub figures: usize,
    /// As how many independent ones these count.
    pub independent: usize,
    /// Targets that are there to test, and were in view as well.
    pub tests_in_view: usize,
}

impl FittedParameters {
    /// The list that ships.
    ///
    /// # Errors
    /// Every fault of the file, which a test keeps free of any.
    pub fn embedded(targets: &Targets) -> Result<FittedParameters, EvidenceFaults> {
        FittedParameters::read(&EvidenceFile { name: "fitted.ron", text: FITTED }, targets)
    }

    /// Reads and checks a list.
    ///
    /// # Errors
    /// Every fault: paths that are no parameters, figures that are not known, what is there twice.
    pub fn read(file: &EvidenceFile<'_>, targets: &Targets) -> Result<FittedParameters, EvidenceFaults> {
        let list: FittedParameters = ron::from_str(file.text).map_err(|error| file.unreadable(&error))?;
        let mut faults = list.faults(file, targets);
        faults.sort_by_key(|fault| fault.line);
        if faults.is_empty() { Ok(list) } else { Err(EvidenceFaults(faults)) }
    }

    fn faults(&self, file: &EvidenceFile<'_>, targets: &Targets) -> Vec<EvidenceFault> {
        let catalogue: Vec<String> = Parameters::catalogue().iter().map(|row| row.path()).collect();
        let others = self.figures.iter().map(|figure| figure.name.as_str());
        let names = targets.targets.iter().map(|target| target.name.as_str()).chain(others);
        let names: Vec<&str> = names.collect();
        let (mut faults, mut seen) = (Vec::new(), BTreeSet::new());
        for row in &self.parameters {
            if !catalogue.contains(&row.path) {
                let fault = file.fault(&row.path, "", &row.path, "the path of a parameter");
                faults.push(fault.meaning(catalogue.iter().map(String::as_str)));
            }
            if !seen.insert(row.path.as_str()) {
                let line = file.line_of(&row.path, 1, "");
                faults.push(EvidenceFault { line, ..file.fault(&row.path, "", "", "each parameter once") });
            }
            if row.figures.is_empty() {
                faults.push(file.fault(&row.path, "figures", "[]", "the figures that were in view"));
            }
            for name in row.figures.iter().filter(|name| !names.contains(&name.as_str())) {
                let fault = file.fault(&row.path, "figures", name, "a target or a figure of this file");
                faults.push(fault.meaning(names.iter().copied()));
            }
        }
        faults
    }

    /// What a parameter was fitted to, if it was.
    pub fn of(&self, path: &str) -> Option<&FittedParameter> {
        self.parameters.iter().find(|row| row.path == path)
    }

    /// The parameters that were changed with a target in view.
    pub fn with_in_view(&self, target: &str) -> Vec<&str> {
        let rows = self.parameters.iter().filter(|row| row.figures.iter().any(|name| name == target));
        rows.map(|row| row.path.as_str()).collect()
    }

    /// Whether a target that is kept to test was in view when a parameter was changed.
    pub fn spoils(&self, target: &Target) -> bool {
        target.role == TargetUse::Test && !self.with_in_view(&target.name).is_empty()
    }

    /// Fitted parameters against figures.
    pub fn degrees_of_freedom(&self, targets: &Targets) -> DegreesOfFreedom {
        let fit = targets.targets.iter().filter(|one| one.role == TargetUse::Fit && one.read.is_some());
        let series: Vec<&str> = fit.map(Target::series).collect();
        let others: usize = self.figures.iter().map(|figure| figure.independent).sum();
        DegreesOfFreedom {
            parameters: self.parameters.len(),
            figures: series.len() + others,
            independent: independent(&series) + others,
            tests_in_view: targets.targets.iter().filter(|target| self.spoils(target)).count(),
        }
    }
}

/// As how many independent figures some count, given the series of each.
pub fn independent(series: &[&str]) -> usize {
    let mut points: BTreeMap<&str, usize> = BTreeMap::new();
    for name in series {
        *points.entry(name).or_default() += 1;
    }
    points.values().map(|&count| count.min(OF_A_SERIES)).sum()
}
