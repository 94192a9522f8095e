//! Targets: which published figure is held against which number of which run, and how near is near enough.

use super::facts::{self, Fact, Published};
use super::probe;
use super::reading::Read;
use crate::series::Series;
use serde::{Deserialize, Serialize};
use sim_core::scenario::{BuiltinSource, Scenario, load};
use std::collections::BTreeSet;
use std::fmt;

const TARGETS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/targets.ron"));

/// What a figure is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetUse {
    /// The default parameters were fitted to it: agreement is no evidence.
    #[serde(alias = "Calibration")]
    Calibration,
    /// Nothing was fitted to it.
    #[serde(alias = "Validation")]
    Validation,
}

/// How near is near enough, of the mean over seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Accept {
    /// Within what is published, itself a range.
    Published,
    /// Within a factor either way.
    Factor(f64),
    /// Within a share either way.
    Within(f64),
    /// Within a number either way, in the target's unit.
    Plus(f64),
    /// Within these, wider than what is published.
    Between(f64, f64),
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
}

impl Accept {
    /// The least and most that is accepted.
    pub fn bounds(self, published: Option<&Published>) -> (f64, f64) {
        let (low, high) = published.map_or((f64::NAN, f64::NAN), |figure| (figure.low, figure.high));
        match self {
            Accept::Published => (low, high),
            Accept::Factor(factor) => (low / factor, high * factor),
            Accept::Within(share) => (low * (1.0 - share), high * (1.0 + share)),
            Accept::Plus(width) => (low - width, high + width),
            Accept::Between(low, high) => (low, high),
            Accept::AtLeast(low) => (low, f64::INFINITY),
            Accept::AtMost(high) => (f64::NEG_INFINITY, high),
        }
    }
}

impl fmt::Display for Accept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Accept::Published => write!(f, "as published"),
            Accept::Factor(factor) => write!(f, "within a factor {factor}"),
            Accept::Within(share) => write!(f, "within {:.0} %", 100.0 * share),
            Accept::Plus(width) => write!(f, "within {width} either way"),
            Accept::Between(low, high) => write!(f, "{low} to {high}"),
            Accept::AtLeast(low) => write!(f, "at least {low}"),
            Accept::AtMost(high) => write!(f, "at most {high}"),
        }
    }
}

/// Something published, and how the model is held against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// The pattern that it belongs to, as in docs/odd.md.
    pub pattern: String,
    /// What is compared, in a sentence.
    pub what: String,
    /// The published figure; none where only a direction or an order is published.
    #[serde(default)]
    pub fact: Option<Fact>,
    /// What it is for.
    pub role: TargetUse,
    /// The run that it is read from, and what is read. None if no run can tell, and then `why` says so.
    #[serde(default)]
    pub read: Option<(String, Read)>,
    /// Whether counts of the run stand for the country, the counties simulated being a sample of its
    /// counties.
    #[serde(default)]
    pub scaled: bool,
    /// What the run's number is divided by, to be in the published unit: 1000000 for people to be in
    /// millions.
    #[serde(default = "one")]
    pub per: f64,
    /// How near is near enough.
    #[serde(default)]
    pub accept: Option<Accept>,
    /// Why that is near enough; or why it cannot be tested.
    pub why: String,
}

fn one() -> f64 {
    1.0
}

/// A run that evidence needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRun {
    /// Its name.
    pub name: String,
    /// What it is for and why it may be so small, in a sentence.
    pub about: String,
    /// The built-in scenario.
    pub scenario: String,
    /// What is changed in it.
    #[serde(default)]
    pub changes: Vec<(String, String)>,
    /// What is changed besides in a quick validation.
    #[serde(default)]
    pub quick_changes: Vec<(String, String)>,
    /// Seeds of a full and of a quick validation.
    pub seeds: (u32, u32),
    /// Further series to keep for plots.
    #[serde(default)]
    pub plots: Vec<String>,
}

/// All runs and targets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// The runs.
    pub runs: Vec<EvidenceRun>,
    /// The targets, by pattern.
    pub targets: Vec<Target>,
}

impl EvidenceRun {
    /// The scenario of a run, quick or full, with further changes (as those of a calibration).
    ///
    /// # Errors
    /// Every fault of the changes.
    pub fn scenario(&self, quick: bool, more: &[(String, String)]) -> Result<Scenario, String> {
        let layers = [&self.changes[..], if quick { &self.quick_changes } else { &[] }, more];
        // Each layer lies over those before it; what is twice in one is a fault.
        let is_over = |at: usize, path: &str| {
            layers.iter().skip(at + 1).any(|layer| layer.iter().any(|(other, _)| other == path))
        };
        let mut changes: Vec<(String, String)> = Vec::new();
        for (at, layer) in layers.iter().enumerate() {
            changes.extend(layer.iter().filter(|(path, _)| !is_over(at, path)).cloned());
        }
        load(&BuiltinSource, &self.scenario, &changes)
            .map_err(|faults| format!("run {}: {faults}", self.name))
    }

    /// How many seeds it has.
    pub fn seeds(&self, quick: bool) -> u32 {
        if quick { self.seeds.1 } else { self.seeds.0 }
    }
}

impl Targets {
    /// The targets that ship with the program.
    ///
    /// # Errors
    /// Every fault of the file, which a test keeps free of any.
    pub fn embedded() -> Result<Targets, String> {
        Targets::read(TARGETS)
    }

    /// Reads and checks a file of targets.
    ///
    /// # Errors
    /// Every fault: names that mean nothing, figures that are not in the tables, runs that do not exist.
    pub fn read(text: &str) -> Result<Targets, String> {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let targets: Targets = options.from_str(text).map_err(|fault| format!("targets.ron:{fault}"))?;
        let faults = targets.faults();
        if faults.is_empty() { Ok(targets) } else { Err(faults.join("\n")) }
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut names = BTreeSet::new();
        let runs = self.runs.iter().map(|run| run.name.as_str());
        for name in runs.chain(self.targets.iter().map(|target| target.name.as_str())) {
            if !names.insert(name) {
                faults.push(format!("targets.ron: `{name}` is there twice"));
            }
        }
        for run in &self.runs {
            faults.extend([false, true].into_iter().filter_map(|quick| run.scenario(quick, &[]).err()));
        }
        for target in &self.targets {
            faults.extend(
                self.faults_of(target)
                    .into_iter()
                    .map(|fault| format!("targets.ron: {}: {fault}", target.name)),
            );
        }
        faults
    }

    fn faults_of(&self, target: &Target) -> Vec<String> {
        let mut faults = Vec::new();
        if let Some(fact) = &target.fact {
            faults.extend(facts::published(fact).err());
        }
        match (&target.read, target.accept) {
            (None, None) => {}
            (Some((run, read)), Some(accept)) => {
                if self.run(run).is_none() {
                    faults.push(format!("there is no run `{run}`"));
                }
                let unknown = read.series().into_iter().filter(|name| Series::named(name).is_none());
                faults.extend(unknown.map(Series::missing));
                if let Some(name) = read.probe().filter(|name| probe::named(name).is_none()) {
                    faults.push(format!("there is no probe `{name}`"));
                }
                let published = target.fact.as_ref().and_then(|fact| facts::published(fact).ok());
                let (low, high) = accept.bounds(published.as_ref());
                if low.is_nan() || high.is_nan() || low > high {
                    faults.push(format!("`accept` gives {low} to {high}: expected a range"));
                }
            }
            _ => faults.push("`read` and `accept` belong together".to_owned()),
        }
        faults
    }

    /// The run of a name.
    pub fn run(&self, name: &str) -> Option<&EvidenceRun> {
        self.runs.iter().find(|run| run.name == name)
    }

    /// The target of a name.
    pub fn target(&self, name: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.name == name)
    }

    /// Series and probes that are read from a run, each once, in order of names.
    pub fn wanted(&self, run: &EvidenceRun) -> (Vec<String>, Vec<String>) {
        let reads = self.targets.iter().filter_map(|target| target.read.as_ref());
        let reads: Vec<&Read> = reads.filter(|(name, _)| *name == run.name).map(|(_, read)| read).collect();
        let series = reads.iter().flat_map(|read| read.series()).map(str::to_owned);
        let series: BTreeSet<String> = series.chain(run.plots.iter().cloned()).collect();
        let probes: BTreeSet<String> =
            reads.iter().filter_map(|read| read.probe()).map(str::to_owned).collect();
        (series.into_iter().collect(), probes.into_iter().collect())
    }
}
