//! Runs of points: each point is simulated in all runs of a plan, with the same seeds.

use crate::command_error::CommandError;
use crate::evidence::own::EvidenceBase;
use crate::evidence::runs::{self, RunPace, WantedRuns};
use crate::terminal;
use crate::text::number::{duration, of};
use sim_experiments::calibration::plan::{CalibrationPlan, Parameter};
use sim_experiments::evidence::trace::Trace;
use std::collections::BTreeMap;
use std::path::Path;

/// How runs are made.
pub struct Means<'a> {
    /// Where finished runs are kept.
    pub folder: &'a Path,
    /// Runs at a time.
    pub threads: usize,
    /// Whether to show no progress.
    pub quiet: bool,
}

/// Makes the runs of points.
pub struct PointRuns<'a> {
    base: &'a EvidenceBase,
    plan: &'a CalibrationPlan,
    means: &'a Means<'a>,
    pace: RunPace,
}

impl<'a> PointRuns<'a> {
    /// Of a plan.
    pub fn new(base: &'a EvidenceBase, plan: &'a CalibrationPlan, means: &'a Means<'a>) -> PointRuns<'a> {
        PointRuns { base, plan, means, pace: RunPace::default() }
    }

    /// The numbers of each point of some parameters: the plan's figures in their order, then its headlines;
    /// means over seeds. `seeds` of every run, or as many as the plan says.
    ///
    /// # Errors
    /// If a point is refused, the user stops it, or runs cannot be kept.
    pub fn numbers(
        &mut self,
        parameters: &[Parameter],
        points: &[Vec<f64>],
        seeds: Option<u32>,
    ) -> Result<Vec<Vec<f64>>, CommandError> {
        let targets = &self.base.targets;
        let runs = self.plan.runs(targets);
        let mut wanted = Vec::new();
        for point in points {
            for (run, of) in &runs {
                let changes = run.changes_at(parameters, point);
                let scenario =
                    of.scenario(self.base.scenarios(), false, &changes).map_err(CommandError::input)?;
                let read = self.plan.wanted(targets, of);
                for seed in 1..=u64::from(seeds.unwrap_or(run.seeds)) {
                    wanted.push(WantedRuns::new(&of.name, &scenario, seed, read.clone()));
                }
            }
        }
        let made =
            runs::make(&wanted, self.means.folder, self.means.threads, self.means.quiet, &mut self.pace)?;
        let of_point = wanted.len() / points.len().max(1);
        let rows = wanted.chunks(of_point.max(1)).zip(made.chunks(of_point.max(1)));
        Ok(rows.map(|(wanted, made)| self.row(wanted, made)).collect())
    }

    fn row(&self, wanted: &[WantedRuns], made: &[Option<Trace>]) -> Vec<f64> {
        let mut traces: BTreeMap<&str, Vec<Trace>> = BTreeMap::new();
        for (run, trace) in wanted.iter().zip(made) {
            traces.entry(run.run.as_str()).or_default().extend(trace.clone());
        }
        self.plan.numbers(&self.base.targets, &traces)
    }

    /// Says what comes, and how long it and what follows will take at the pace so far.
    pub fn announce(&self, what: &str, points: usize, later_points: usize) {
        if self.means.quiet {
            return;
        }
        let runs: u64 = self.plan.runs.iter().map(|run| u64::from(run.seeds)).sum();
        let mut text = format!("{}: {what}, {}", self.plan.name, of(points as u64 * runs, "run", "runs"));
        let seconds: Option<f64> =
            self.plan.runs.iter().map(|run| Some(self.pace.seconds(&run.run)? * f64::from(run.seeds))).sum();
        if let Some(seconds) = seconds {
            let all = seconds * (points + later_points) as f64 / self.means.threads as f64;
            text += &format!("; about {} to the end of the last wave at the pace so far", duration(all));
        }
        terminal::note(&text);
    }
}
