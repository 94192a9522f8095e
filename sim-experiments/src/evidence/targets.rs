//! Targets: which published figure is held against which number of which run, and how near is near enough.

use super::facts::{Fact, Facts, Published};
use super::fault::{EvidenceFault, EvidenceFaults, EvidenceFile};
use super::probes;
use super::reading::Read;
use super::roles::{FigureSet, InputFigures, UnusedFigures, unknown};
use super::yardstick::{Accept, Yardstick};
use crate::series::{Level, Series};
use serde::{Deserialize, Serialize};
use sim_core::scenario::{BuiltinSource, Scenario, Source, load};
use std::collections::BTreeSet;

const TARGETS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/targets.ron"));

/// What a figure is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetUse {
    /// Parameters may be fitted to it: agreement is no evidence.
    Fit,
    /// Nothing is fitted to it.
    Test,
}

impl TargetUse {
    /// In a word.
    pub const fn word(self) -> &'static str {
        match self {
            TargetUse::Fit => "fit",
            TargetUse::Test => "test",
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
    /// Further figures that it stands for, and that no number of a run is held against by itself.
    #[serde(default)]
    pub also: Vec<FigureSet>,
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
    /// What was tried where it is missed; empty if nothing was.
    #[serde(default)]
    pub tried: String,
    /// The published figure, once it was looked up.
    #[serde(skip)]
    pub published: Option<Published>,
}

impl Target {
    /// What its numbers are measured with; none if it cannot be tested.
    pub fn yardstick(&self) -> Option<Yardstick> {
        self.accept.map(|accept| Yardstick::new(accept, self.published.as_ref()))
    }

    /// The least and most that is accepted; not-a-number if it cannot be tested.
    pub fn bounds(&self) -> (f64, f64) {
        self.yardstick().map_or((f64::NAN, f64::NAN), |yardstick| (yardstick.low, yardstick.high))
    }

    /// The series whose points are not independent of each other: that of the published figure, or its own
    /// name.
    pub fn series(&self) -> &str {
        self.fact.as_ref().and_then(Fact::series).unwrap_or(&self.name)
    }

    /// The last year that is looked at: of the reading, or of the figure.
    pub fn year(&self) -> Option<u16> {
        let read = self.read.as_ref().and_then(|(_, read)| read.last_day());
        let published = match &self.fact {
            Some(Fact::National(_, year)) => Some(*year),
            _ => None,
        };
        read.and_then(|day| u16::try_from(day.year()).ok()).or(published)
    }
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
    /// The built-in scenario, or the path of a file from the folder of the targets.
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
    /// The run of the whole of which this one is a slice: what is read from the slice is read from it too,
    /// and both are held against each other ([`slice`](mod@super::slice)).
    #[serde(default)]
    pub slice_of: Option<String>,
}

/// All runs and targets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// The runs.
    pub runs: Vec<EvidenceRun>,
    /// What is given to the runs.
    #[serde(default)]
    pub inputs: Vec<InputFigures>,
    /// What is held against nothing.
    #[serde(default)]
    pub unused: Vec<UnusedFigures>,
    /// The targets, by pattern.
    pub targets: Vec<Target>,
}

impl EvidenceRun {
    /// The scenario of a run, quick or full, with further changes (as those of a calibration).
    ///
    /// # Errors
    /// Every fault of the changes.
    pub fn scenario(
        &self,
        source: &dyn Source,
        quick: bool,
        more: &[(String, String)],
    ) -> Result<Scenario, String> {
        let layers = [&self.changes[..], if quick { &self.quick_changes } else { &[] }, more];
        // Each layer lies over those before it; what is twice in one is a fault.
        let is_over = |at: usize, path: &str| {
            layers.iter().skip(at + 1).any(|layer| layer.iter().any(|(other, _)| other == path))
        };
        let mut changes: Vec<(String, String)> = Vec::new();
        for (at, layer) in layers.iter().enumerate() {
            changes.extend(layer.iter().filter(|(path, _)| !is_over(at, path)).cloned());
        }
        load(source, &self.scenario, &changes).map_err(|faults| format!("run {}: {faults}", self.name))
    }

    /// How many seeds it has.
    pub fn seeds(&self, quick: bool) -> u32 {
        if quick { self.seeds.1 } else { self.seeds.0 }
    }
}

impl Targets {
    /// The text of the targets that ship with the program.
    pub const fn shipped() -> &'static str {
        TARGETS
    }

    /// The targets that ship with the program.
    ///
    /// # Errors
    /// Every fault of the file, which a test keeps free of any.
    pub fn embedded() -> Result<Targets, EvidenceFaults> {
        let file = EvidenceFile { name: "targets.ron", text: TARGETS };
        Targets::read(&file, &Facts::embedded()?, &BuiltinSource)
    }

    /// Reads and checks a file of targets. `source` has the scenarios of the runs.
    ///
    /// # Errors
    /// Every fault: names that mean nothing, figures that are not in the tables, runs that do not exist.
    pub fn read(
        file: &EvidenceFile<'_>,
        facts: &Facts,
        source: &dyn Source,
    ) -> Result<Targets, EvidenceFaults> {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let mut targets: Targets = options.from_str(file.text).map_err(|error| file.unreadable(&error))?;
        for target in &mut targets.targets {
            target.published = target.fact.as_ref().and_then(|fact| facts.published(fact).ok());
        }
        let faults = targets.faults(file, facts, source);
        if faults.is_empty() { Ok(targets) } else { Err(EvidenceFaults(faults)) }
    }

    fn faults(&self, file: &EvidenceFile<'_>, facts: &Facts, source: &dyn Source) -> Vec<EvidenceFault> {
        let mut faults = self.repeated(file);
        for run in &self.runs {
            for quick in [false, true] {
                let fault = run.scenario(source, quick, &[]).err();
                faults.extend(fault.map(|text| {
                    let field = if quick { "quick_changes" } else { "scenario" };
                    file.fault(&run.name, field, &run.scenario, format!("a sound scenario\n  {text}"))
                }));
            }
            if let Some(whole) = run
                .slice_of
                .as_ref()
                .filter(|&whole| *whole == run.name || self.run(whole).is_none_or(|of| of.slice_of.is_some()))
            {
                let runs = self.runs.iter().filter(|other| other.slice_of.is_none());
                let names = runs.map(|other| other.name.as_str()).filter(|name| *name != run.name);
                let fault = file.fault(&run.name, "slice_of", whole, "the name of another run, of the whole");
                faults.push(fault.meaning(names));
            }
            for name in run.plots.iter().filter(|name| Series::named(name).is_none()) {
                faults.push(file.fault(&run.name, "plots", name, "a series").help(missing_series(name)));
            }
        }
        faults.extend(self.inputs.iter().flat_map(|input| input.faults(facts, file)));
        faults.extend(self.unused.iter().flat_map(|unused| unused.faults(facts, file)));
        faults.extend(self.targets.iter().flat_map(|target| self.faults_of(target, file, facts)));
        faults.sort_by_key(|fault| fault.line);
        faults.dedup();
        faults
    }

    /// Names that are there twice.
    fn repeated(&self, file: &EvidenceFile<'_>) -> Vec<EvidenceFault> {
        let runs = self.runs.iter().map(|run| &run.name);
        let inputs = self.inputs.iter().map(|input| &input.name);
        let unused = self.unused.iter().map(|unused| &unused.name);
        let targets = self.targets.iter().map(|target| &target.name);
        let mut names = BTreeSet::new();
        let all = runs.chain(inputs).chain(unused).chain(targets);
        let twice = all.filter(|name| !names.insert(name.as_str()));
        let fault = |name: &String| EvidenceFault {
            line: file.line_of(name, 1, ""),
            ..file.fault(name, "", name, "each name once")
        };
        twice.map(fault).collect()
    }

    fn faults_of(&self, target: &Target, file: &EvidenceFile<'_>, facts: &Facts) -> Vec<EvidenceFault> {
        let mut faults = Vec::new();
        let fault =
            |field: &str, value: &str, expected: &str| file.fault(&target.name, field, value, expected);
        if let Some(fact) = &target.fact
            && let Err(expected) = facts.published(fact)
        {
            let names = facts.names_like(fact);
            let written = fact_name(fact);
            let fault = fault("fact", written, &expected);
            faults.push(fault.meaning(names.iter().map(String::as_str)));
        }
        faults.extend(unknown(&target.name, &target.also, facts, file));
        match (&target.read, target.accept) {
            (None, None) => {}
            (Some((run, read)), Some(accept)) => {
                if self.run(run).is_none() {
                    let runs = self.runs.iter().map(|run| run.name.as_str());
                    faults.push(fault("read", run, "the name of a run").meaning(runs));
                }
                for name in read.series().into_iter().filter(|name| Series::named(name).is_none()) {
                    faults.push(fault("read", &name, "a series").help(missing_series(&name)));
                }
                if let Some(name) = read.probe().filter(|name| probes::named(name).is_none()) {
                    let probes = probes::all().map(|probe| probe.name);
                    faults.push(fault("read", name, "the name of a probe").meaning(probes));
                }
                let (low, high) = target.bounds();
                // Of a figure that is not there nothing can be accepted: that was told.
                let known = target.fact.is_none() || target.published.is_some();
                if known && (low.is_nan() || high.is_nan() || low > high) {
                    let found = accept.to_string();
                    faults.push(fault("accept", &found, &format!("a range, which {low} to {high} is not")));
                }
            }
            (None, Some(_)) => faults.push(fault("read", "", "`read` and `accept` together")),
            (Some(_), None) => faults.push(fault("accept", "", "`read` and `accept` together")),
        }
        if !target.per.is_finite() || target.per == 0.0 {
            faults.push(fault("per", &target.per.to_string(), "a number other than 0"));
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

    /// Whether a run is the whole of which others are slices.
    pub fn is_whole(&self, run: &EvidenceRun) -> bool {
        self.runs.iter().any(|slice| slice.slice_of.as_ref() == Some(&run.name))
    }

    /// Series and probes that are read from a run and from its slices, each once, in order of names.
    pub fn wanted(&self, run: &EvidenceRun) -> (Vec<String>, Vec<String>) {
        let slices = self.runs.iter().filter(|slice| slice.slice_of.as_ref() == Some(&run.name));
        let runs: Vec<&str> = slices.chain([run]).map(|run| run.name.as_str()).collect();
        let reads = self.targets.iter().filter_map(|target| target.read.as_ref());
        let reads: Vec<&Read> =
            reads.filter(|(name, _)| runs.contains(&name.as_str())).map(|(_, read)| read).collect();
        let series = reads.iter().flat_map(|read| read.series());
        let series: BTreeSet<String> = series.chain(run.plots.iter().cloned()).collect();
        let probes: BTreeSet<String> =
            reads.iter().filter_map(|read| read.probe()).map(str::to_owned).collect();
        (series.into_iter().collect(), probes.into_iter().collect())
    }
}

fn missing_series(name: &str) -> String {
    Series::advice(name, Level::Nation).to_string()
}

/// What was written as the name of a fact.
fn fact_name(fact: &Fact) -> &str {
    match fact {
        Fact::National(name, _) | Fact::Rollout(name, _) | Fact::Parameter(name) | Fact::Trial(name) => name,
    }
}
