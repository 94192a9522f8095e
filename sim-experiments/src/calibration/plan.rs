//! What is calibrated: parameters with ranges, targets, the run that tells.

use crate::evidence::reading::Read;
use crate::evidence::targets::{EvidenceRun, Target, TargetUse, Targets};
use crate::random::{permutation, random_stream};
use crate::series::Series;
use serde::{Deserialize, Serialize};
use sim_core::base::math;

const PLAN: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/calibration.ron"));

const PURPOSE: u32 = 900;

/// A parameter to vary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its path, as in `shop.copying`.
    pub path: String,
    /// The least that is reasonable beforehand.
    pub low: f64,
    /// The most that is reasonable beforehand.
    pub high: f64,
    /// Whether it is spread over its range by logarithm.
    #[serde(default)]
    pub log: bool,
}

impl Parameter {
    /// The value at a share (0 to 1) of its range.
    pub fn at(&self, share: f64) -> f64 {
        if self.log {
            math::exp(math::ln(self.low) + share * math::ln(self.high / self.low))
        } else {
            self.low + share * (self.high - self.low)
        }
    }

    /// The share of its range at which a value lies; outside 0 to 1 if it lies outside.
    pub fn share(&self, value: f64) -> f64 {
        if self.log {
            math::ln(value / self.low) / math::ln(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }
}

/// One calibration: parameters that one run tells of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibrationPlan {
    /// Its name.
    pub name: String,
    /// The run of `targets.ron`.
    pub run: String,
    /// What is changed in that run besides.
    #[serde(default)]
    pub changes: Vec<(String, String)>,
    /// Seeds of each point.
    pub seeds: u32,
    /// Points of a wave.
    pub points: u32,
    /// Waves.
    pub waves: u32,
    /// What is varied.
    pub parameters: Vec<Parameter>,
    /// Further outcomes of the run whose sensitivity is told, beside its targets.
    #[serde(default)]
    pub headlines: Vec<Read>,
}

/// All plans.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plans {
    /// The plans.
    pub plans: Vec<CalibrationPlan>,
}

impl Plans {
    /// The plans that ship with the program.
    ///
    /// # Errors
    /// Every fault of the file, which a test keeps free of any.
    pub fn embedded(targets: &Targets) -> Result<Plans, String> {
        Plans::read(PLAN, targets)
    }

    /// Reads and checks a file of plans.
    ///
    /// # Errors
    /// Every fault.
    pub fn read(text: &str, targets: &Targets) -> Result<Plans, String> {
        let plans: Plans = ron::from_str(text).map_err(|fault| format!("calibration plan:{fault}"))?;
        let faults: Vec<String> = plans.plans.iter().flat_map(|plan| plan.faults(targets)).collect();
        if faults.is_empty() { Ok(plans) } else { Err(faults.join("\n")) }
    }
}

impl CalibrationPlan {
    fn faults(&self, targets: &Targets) -> Vec<String> {
        let mut faults = Vec::new();
        let mut note = |text: String| faults.push(format!("calibration {}: {text}", self.name));
        for row in &self.parameters {
            let ordered = row.low < row.high && row.low.is_finite() && row.high.is_finite();
            if !ordered || (row.log && row.low <= 0.0) {
                note(format!("{}: {} to {} is no range to vary over", row.path, row.low, row.high));
            }
        }
        if self.points < 2 * self.parameters.len() as u32 + 4 {
            note(format!("{} points are too few for {} parameters", self.points, self.parameters.len()));
        }
        if self.seeds == 0 || self.waves == 0 {
            note("seeds and waves must be 1 or more".to_owned());
        }
        for name in self.headlines.iter().flat_map(Read::series) {
            if Series::named(name).is_none() {
                note(Series::missing(name));
            }
        }
        match targets.run(&self.run) {
            None => note(format!("there is no run `{}`", self.run)),
            Some(run) => {
                for share in [0.0, 1.0] {
                    let point = vec![share; self.parameters.len()];
                    if let Err(fault) = run.scenario(false, &self.changes_at(&point)) {
                        note(fault);
                    }
                }
            }
        }
        faults
    }

    /// The run.
    pub fn run<'a>(&self, targets: &'a Targets) -> Option<&'a EvidenceRun> {
        targets.run(&self.run)
    }

    /// The targets of the run that may be used to fit.
    pub fn fitted<'a>(&self, targets: &'a Targets) -> Vec<&'a Target> {
        self.readable(targets).into_iter().filter(|target| target.role == TargetUse::Calibration).collect()
    }

    /// All targets that are read from the run.
    pub fn readable<'a>(&self, targets: &'a Targets) -> Vec<&'a Target> {
        let of_run = |target: &&Target| target.read.as_ref().is_some_and(|(run, _)| *run == self.run);
        targets.targets.iter().filter(of_run).collect()
    }

    /// Series and probes to read of the run.
    pub fn wanted(&self, targets: &Targets) -> (Vec<String>, Vec<String>) {
        let (mut series, probes) = self.run(targets).map(|run| targets.wanted(run)).unwrap_or_default();
        series.extend(self.headlines.iter().flat_map(Read::series).map(str::to_owned));
        series.sort();
        series.dedup();
        (series, probes)
    }

    /// The changes of the scenario at a point of the unit cube.
    pub fn changes_at(&self, point: &[f64]) -> Vec<(String, String)> {
        let values = self.parameters.iter().zip(point);
        let values = values.map(|(row, &share)| (row.path.clone(), written(row.at(share))));
        self.changes.iter().cloned().chain(values).collect()
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
}

/// A value with six digits that count, so that scenarios of a point are the same wherever they are made.
fn written(value: f64) -> String {
    let mut size = value.abs();
    let mut digits: usize = 5;
    while size >= 10.0 && digits > 1 {
        size /= 10.0;
        digits -= 1;
    }
    while size > 0.0 && size < 1.0 && digits < 15 {
        size *= 10.0;
        digits += 1;
    }
    format!("{value:.digits$}")
}
