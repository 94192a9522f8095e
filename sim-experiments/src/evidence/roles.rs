//! What every published figure is for: given to the run (*input*), used to fit, kept to test, or not used.
//!
//! An input is never also a target, and each figure has one role; tests hold both for the tables that ship.

use super::facts::{Fact, Facts};
use super::fault::{EvidenceFault, EvidenceFile};
use serde::{Deserialize, Serialize};
use sim_core::params::Parameters;
use sim_core::scenario::path_info;
use std::fmt;

/// Some figures of the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FigureSet {
    /// All years of a series of `national_series.csv`.
    Series(String),
    /// Years of such a series, both included.
    Years(String, u16, u16),
    /// A column of a day of `programme_rollout.csv`.
    Rollout(String, String),
    /// A row of `parameters.csv`.
    Parameter(String),
    /// A row of `trial.csv`.
    Trial(String),
    /// A whole table of `data/`, by the name of its file.
    Table(String),
}

impl FigureSet {
    /// Whether a figure is one of them.
    pub fn covers(&self, fact: &Fact) -> bool {
        match (self, fact) {
            (FigureSet::Series(name), Fact::National(series, _)) => name == series,
            (FigureSet::Years(name, from, to), Fact::National(series, year)) => {
                name == series && (from..=to).contains(&year)
            }
            (FigureSet::Rollout(day, column), Fact::Rollout(other, of)) => day == other && column == of,
            (FigureSet::Parameter(name), Fact::Parameter(other))
            | (FigureSet::Trial(name), Fact::Trial(other)) => name == other,
            _ => false,
        }
    }

    fn is_table(&self) -> bool {
        matches!(self, FigureSet::Table(_))
    }
}

impl fmt::Display for FigureSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FigureSet::Series(name) => write!(f, "{name}"),
            FigureSet::Years(name, from, to) if from == to => write!(f, "{name} {from}"),
            FigureSet::Years(name, from, to) => write!(f, "{name} {from} to {to}"),
            FigureSet::Rollout(day, column) => write!(f, "{column} {day}"),
            FigureSet::Parameter(name) | FigureSet::Trial(name) | FigureSet::Table(name) => {
                write!(f, "{name}")
            }
        }
    }
}

/// Figures that are given to the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputFigures {
    /// Its name.
    pub name: String,
    /// Which.
    pub figures: Vec<FigureSet>,
    /// The parameters that take them; empty for tables that places are built from.
    #[serde(default)]
    pub taken_by: Vec<String>,
    /// How they are taken, in a sentence.
    pub how: String,
}

/// Figures that are held against nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnusedFigures {
    /// Their name.
    pub name: String,
    /// Which.
    pub figures: Vec<FigureSet>,
    /// Why they are not used.
    pub why: String,
}

impl InputFigures {
    /// What is wrong with it.
    pub(super) fn faults(&self, facts: &Facts, file: &EvidenceFile<'_>) -> Vec<EvidenceFault> {
        let mut faults = unknown(&self.name, &self.figures, facts, file);
        for path in self.taken_by.iter().filter(|path| path_info(path).is_none()) {
            let paths: Vec<String> = Parameters::catalogue().iter().map(|row| row.path()).collect();
            let fault = file.fault(&self.name, "taken_by", path, "the path of a parameter");
            faults.push(fault.meaning(paths.iter().map(String::as_str)));
        }
        if self.taken_by.is_empty() && !self.figures.iter().all(FigureSet::is_table) {
            faults.push(file.fault(&self.name, "taken_by", "", "the parameters that take the figures"));
        }
        faults
    }
}

impl UnusedFigures {
    /// What is wrong with them.
    pub(super) fn faults(&self, facts: &Facts, file: &EvidenceFile<'_>) -> Vec<EvidenceFault> {
        unknown(&self.name, &self.figures, facts, file)
    }
}

/// Figures that the tables do not have.
pub(super) fn unknown(
    name: &str,
    figures: &[FigureSet],
    facts: &Facts,
    file: &EvidenceFile<'_>,
) -> Vec<EvidenceFault> {
    let is_known = |set: &&FigureSet| set.is_table() || facts.all().any(|fact| set.covers(fact));
    let unknown = figures.iter().filter(|set| !is_known(set));
    unknown.map(|set| file.fault(name, "figures", &set.to_string(), "figures of data/facts")).collect()
}
