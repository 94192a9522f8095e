//! What is calibrated: parameters with ranges, the runs that tell, and what is tested besides.

pub use super::parameter::Parameter;

use super::figure::FitFigure;
use crate::evidence::fault::{EvidenceFault, EvidenceFaults, EvidenceFile};
use crate::evidence::reading::Read;
use crate::evidence::targets::{EvidenceRun, Target, Targets};
use crate::evidence::trace::Trace;
use crate::evidence::verdict;
use crate::random::{permutation, random_stream};
use crate::series::{Level, Series};
use serde::{Deserialize, Serialize};
use sim_core::scenario::{BuiltinSource, Source};
use std::collections::{BTreeMap, BTreeSet};

const PLAN: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/calibration.ron"));

const PURPOSE: u32 = 900;

/// A run of a calibration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibrationRun {
    /// The name of the run among the targets.
    pub run: String,
    /// What is changed in it besides.
    #[serde(default)]
    pub changes: Vec<(String, String)>,
    /// Seeds of each point.
    pub seeds: u32,
}

/// What is screened before it is fitted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScreeningPlan {
    /// Trajectories, each of two points more than there are parameters.
    pub trajectories: u32,
    /// What is changed in its runs, which may be smaller than those of a fit.
    #[serde(default)]
    pub changes: Vec<(String, String)>,
    /// Parameters to screen besides those that are fitted.
    pub parameters: Vec<Parameter>,
}

/// An outcome whose sensitivity is told beside the targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headline {
    /// The run.
    pub run: String,
    /// What is read.
    pub read: Read,
}

/// Years that are fitted, and years that are then predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutOfTime {
    /// Figures up to this year are fitted.
    pub fitted_to: u16,
    /// Those after it up to this one are predicted.
    pub predicted_to: u16,
}

/// One calibration: parameters, and all runs that tell of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibrationPlan {
    /// Its name.
    pub name: String,
    /// The runs: what they say together rules out.
    pub runs: Vec<CalibrationRun>,
    /// Points of a wave.
    pub points: u32,
    /// Waves.
    pub waves: u32,
    /// What is varied.
    pub parameters: Vec<Parameter>,
    /// What is screened besides; nothing if it is left out.
    #[serde(default)]
    pub screening: ScreeningPlan,
    /// Targets of which each is left out once, with its series, and predicted from the others.
    #[serde(default)]
    pub left_out: Vec<String>,
    /// Which years are predicted from which.
    #[serde(default)]
    pub out_of_time: Option<OutOfTime>,
    /// Further outcomes whose sensitivity is told, beside the targets.
    #[serde(default)]
    pub headlines: Vec<Headline>,
}

/// All plans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plans {
    /// The plans.
    pub plans: Vec<CalibrationPlan>,
}

impl Plans {
    /// The text of the plans that ship with the program.
    pub const fn shipped() -> &'static str {
        PLAN
    }

    /// The plans that ship with the program.
    ///
    /// # Errors
    /// Every fault of the file, which a test keeps free of any.
    pub fn embedded(targets: &Targets) -> Result<Plans, EvidenceFaults> {
        Plans::read(&EvidenceFile { name: "calibration.ron", text: PLAN }, targets, &BuiltinSource)
    }

    /// Reads and checks a file of plans. `source` has the scenarios of the targets' runs.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(
        file: &EvidenceFile<'_>,
        targets: &Targets,
        source: &dyn Source,
    ) -> Result<Plans, EvidenceFaults> {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let plans: Plans = options.from_str(file.text).map_err(|error| file.unreadable(&error))?;
        let mut faults: Vec<EvidenceFault> =
            plans.plans.iter().flat_map(|plan| plan.faults(file, targets, source)).collect();
        faults.sort_by_key(|fault| fault.line);
        if faults.is_empty() { Ok(plans) } else { Err(EvidenceFaults(faults)) }
    }
}

impl CalibrationPlan {
    /// The fewest points with which its parameters can be told apart.
    pub fn fewest_points(&self) -> u32 {
        2 * self.parameters.len() as u32 + 4
    }

    fn faults(&self, file: &EvidenceFile<'_>, targets: &Targets, source: &dyn Source) -> Vec<EvidenceFault> {
        let note =
            |field: &str, value: String, expected: &str| file.fault(&self.name, field, &value, expected);
        let varied = self.parameters.iter().chain(&self.screening.parameters);
        let mut faults: Vec<EvidenceFault> = varied.clone().flat_map(|row| row.faults(file)).collect();
        let mut paths = BTreeSet::new();
        for row in varied.filter(|row| !paths.insert(row.path.as_str())) {
            let line = file.line_of(&row.path, 1, "");
            faults
                .push(EvidenceFault { line, ..file.fault(&row.path, "", &row.path, "each parameter once") });
        }
        if self.parameters.is_empty() {
            faults.push(note("parameters", String::new(), "one parameter or more"));
        }
        if self.points < self.fewest_points() {
            let expected =
                format!("{} or more for {} parameters", self.fewest_points(), self.parameters.len());
            faults.push(note("points", self.points.to_string(), &expected));
        }
        if self.waves == 0 {
            faults.push(note("waves", "0".to_owned(), "1 or more"));
        }
        faults.extend(self.faults_of_runs(file, targets));
        let known = self.readable(targets);
        for name in self.left_out.iter().filter(|name| !known.iter().any(|target| target.name == **name)) {
            let fault = note("left_out", name.clone(), "a target that is read from the plan's runs");
            faults.push(fault.meaning(known.iter().map(|target| target.name.as_str())));
        }
        if let Some(time) = self.out_of_time
            && time.fitted_to >= time.predicted_to
        {
            let found = format!("{} to {}", time.fitted_to, time.predicted_to);
            faults.push(note("out_of_time", found, "`predicted_to` after `fitted_to`"));
        }
        // A scenario says no more than what is wrong already.
        if faults.is_empty() {
            faults.extend(self.faults_of_scenarios(file, targets, source));
        }
        faults
    }

    fn faults_of_runs(&self, file: &EvidenceFile<'_>, targets: &Targets) -> Vec<EvidenceFault> {
        let note = |field: &str, value: &str, expected: &str| file.fault(&self.name, field, value, expected);
        let mut faults = Vec::new();
        let known = || targets.runs.iter().map(|run| run.name.as_str());
        if self.runs.is_empty() {
            faults.push(note("runs", "", "one run or more"));
        }
        let mut names = BTreeSet::new();
        for run in &self.runs {
            if targets.run(&run.run).is_none() {
                faults.push(note("runs", &run.run, "the name of a run of the targets").meaning(known()));
            }
            if !names.insert(run.run.as_str()) {
                faults.push(note("runs", &run.run, "each run once"));
            }
            if run.seeds == 0 {
                faults.push(note("seeds", "0", "1 or more"));
            }
        }
        for headline in &self.headlines {
            if !names.contains(headline.run.as_str()) {
                let fault = note("headlines", &headline.run, "a run of the plan");
                faults.push(fault.meaning(names.iter().copied()));
            }
            let missing = headline.read.series().into_iter().filter(|name| Series::named(name).is_none());
            faults.extend(missing.map(|name| {
                note("headlines", &name, "a series").help(Series::advice(&name, Level::Nation).to_string())
            }));
        }
        faults
    }

    fn faults_of_scenarios(
        &self,
        file: &EvidenceFile<'_>,
        targets: &Targets,
        source: &dyn Source,
    ) -> Vec<EvidenceFault> {
        let mut faults = Vec::new();
        for (run, of) in self.runs.iter().filter_map(|run| Some((run, targets.run(&run.run)?))) {
            let screened = self.screened();
            let parts =
                [(&self.parameters, &[][..], "runs"), (&screened, &self.screening.changes, "screening")];
            for (share, (parameters, besides, field)) in
                [0.0, 1.0].into_iter().flat_map(|share| parts.map(|part| (share, part)))
            {
                let point = vec![share; parameters.len()];
                let changes = run.changes_at(parameters, &point, besides);
                if let Err(text) = of.scenario(source, false, &changes) {
                    let expected = format!("a sound scenario at the ends of all ranges\n  {text}");
                    faults.push(file.fault(&self.name, field, &run.run, expected));
                }
            }
        }
        faults.dedup();
        faults
    }

    /// The runs of the targets that the plan makes, with what it changes in each.
    pub fn runs<'a>(&'a self, targets: &'a Targets) -> Vec<(&'a CalibrationRun, &'a EvidenceRun)> {
        self.runs.iter().filter_map(|run| Some((run, targets.run(&run.run)?))).collect()
    }

    /// All targets that are read from the plan's runs.
    pub fn readable<'a>(&self, targets: &'a Targets) -> Vec<&'a Target> {
        let is_made = |name: &str| self.runs.iter().any(|run| run.run == name);
        let of_plan = |target: &&Target| target.read.as_ref().is_some_and(|(run, _)| is_made(run));
        targets.targets.iter().filter(of_plan).collect()
    }

    /// Their figures, in the same order.
    pub fn figures(&self, targets: &Targets) -> Vec<FitFigure> {
        self.readable(targets).into_iter().filter_map(FitFigure::of).collect()
    }

    /// Series and probes to read of a run.
    pub fn wanted(&self, targets: &Targets, run: &EvidenceRun) -> (Vec<String>, Vec<String>) {
        let (mut series, probes) = targets.wanted(run);
        let of_run = self.headlines.iter().filter(|headline| headline.run == run.name);
        series.extend(of_run.flat_map(|headline| headline.read.series()));
        series.sort();
        series.dedup();
        (series, probes)
    }

    /// What the runs of a point say, by their names: the figures in their order, then the headlines; means
    /// over seeds.
    pub fn numbers(&self, targets: &Targets, traces: &BTreeMap<&str, Vec<Trace>>) -> Vec<f64> {
        let none = Vec::new();
        let of = |run: &str| traces.get(run).unwrap_or(&none);
        let figures = self.readable(targets).into_iter().filter(|target| target.accept.is_some());
        let figures = figures.map(|target| {
            let run = target.read.as_ref().map_or("", |(run, _)| run.as_str());
            mean(of(run).iter().map(|trace| verdict::value(target, trace)))
        });
        let headlines = self.headlines.iter();
        let headlines =
            headlines.map(|headline| mean(of(&headline.run).iter().map(|trace| headline.read.of(trace))));
        figures.chain(headlines).collect()
    }

    /// Points of the first wave: in each parameter's range, cut into as many strips as there are points, one
    /// in each.
    pub fn first_points(&self) -> Vec<Vec<f64>> {
        let count = self.points as usize;
        let columns: Vec<Vec<f64>> = (0..self.parameters.len())
            .map(|column| {
                let mut stream = random_stream(column as u64, PURPOSE);
                let strips = permutation(&mut stream, count);
                strips.into_iter().map(|strip| (strip as f64 + stream.unit()) / count as f64).collect()
            })
            .collect();
        (0..count).map(|at| columns.iter().map(|column| column[at]).collect()).collect()
    }

    /// What is screened: what is fitted, and what besides.
    pub fn screened(&self) -> Vec<Parameter> {
        self.parameters.iter().chain(&self.screening.parameters).cloned().collect()
    }
}

impl CalibrationRun {
    /// The changes of the scenario at a point of the unit cube of some parameters. What is changed besides
    /// goes over what the plan says.
    pub fn changes_at(
        &self,
        parameters: &[Parameter],
        point: &[f64],
        besides: &[(String, String)],
    ) -> Vec<(String, String)> {
        let values = parameters.iter().zip(point).map(|(row, &share)| (row.path.clone(), row.written(share)));
        let is_over = |path: &str| besides.iter().any(|(over, _)| over == path);
        let own = self.changes.iter().filter(|(path, _)| !is_over(path));
        own.chain(besides).cloned().chain(values).collect()
    }
}

/// The mean of those that are numbers; not-a-number of none.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    values.iter().sum::<f64>() / values.len() as f64
}
