//! Runs of points: each point is simulated in all runs of a plan.

use crate::command_error::CommandError;
use crate::evidence::own::EvidenceBase;
use crate::evidence::runs::{self, RunPace, WantedRuns};
use crate::terminal;
use crate::text::number::{duration, of};
use sim_experiments::calibration::plan::{CalibrationPlan, Parameter};
use sim_experiments::evidence::trace::Trace;
use std::collections::BTreeMap;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Which seeds the runs of a point have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointSeeds {
    /// One, which follows from the point's last coordinate alone: where that stays, what differs between two
    /// points is theirs alone.
    Last,
    /// As many as the plan says, others at each point: what one seed does (which places it draws) is then
    /// noise, which emulators see, and no error that all points have in common.
    Own,
}

/// A last coordinate tells so many seeds apart.
const LEVELS: f64 = 60.0;

impl PointSeeds {
    fn of(self, point: &[f64], planned: u32) -> impl Iterator<Item = u64> {
        let (first, count) = match self {
            PointSeeds::Last => (1 + (LEVELS * point.last().copied().unwrap_or(0.0)).round() as u64, 1),
            PointSeeds::Own => {
                let bytes: Vec<u8> = point.iter().flat_map(|share| share.to_bits().to_le_bytes()).collect();
                (u64::from(xxh3_64(&bytes) as u32), planned)
            }
        };
        first..first + u64::from(count)
    }
}

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
    /// means over seeds. `besides` is changed in every run, over what the plan says.
    ///
    /// # Errors
    /// If a point is refused, the user stops it, or runs cannot be kept.
    pub fn numbers(
        &mut self,
        parameters: &[Parameter],
        points: &[Vec<f64>],
        (seeds, besides): (PointSeeds, &[(String, String)]),
    ) -> Result<Vec<Vec<f64>>, CommandError> {
        let targets = &self.base.targets;
        let runs: Vec<_> = self
            .plan
            .runs(targets)
            .into_iter()
            .map(|(run, of)| (run, of, self.plan.wanted(targets, of)))
            .collect();
        let mut wanted = Vec::new();
        for point in points {
            for (run, of, read) in &runs {
                let changes = run.changes_at(parameters, point, besides);
                let scenario =
                    of.scenario(self.base.scenarios(), false, &changes).map_err(CommandError::input)?;
                for seed in seeds.of(point, run.seeds) {
                    wanted.push(WantedRuns::new(&of.name, &scenario, seed, read.clone()));
                }
            }
        }
        let made =
            runs::make(&wanted, self.means.folder, self.means.threads, self.means.quiet, &mut self.pace)?;
        let of_point = (wanted.len() / points.len().max(1)).max(1);
        let mut made = made.into_iter();
        Ok(wanted.chunks(of_point).map(|wanted| self.row(wanted, &mut made)).collect())
    }

    fn row(&self, wanted: &[WantedRuns], made: &mut impl Iterator<Item = Option<Trace>>) -> Vec<f64> {
        let mut traces: BTreeMap<&str, Vec<Trace>> = BTreeMap::new();
        for (run, trace) in wanted.iter().zip(made) {
            traces.entry(run.run.as_str()).or_default().extend(trace);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_have_seeds_of_their_own_or_share_them() {
        let own = |point: &[f64]| PointSeeds::Own.of(point, 2).collect::<Vec<u64>>();
        assert_eq!(own(&[0.25, 0.5]), own(&[0.25, 0.5]));
        assert!(own(&[0.25, 0.5]).iter().all(|seed| !own(&[0.5, 0.25]).contains(seed)));
        let last = |point: &[f64]| PointSeeds::Last.of(point, 2).collect::<Vec<u64>>();
        assert_eq!(last(&[0.25, 0.5]), last(&[1.0, 0.5]));
        assert_ne!(last(&[0.25, 0.5]), last(&[0.25, 0.25]));
    }
}
