//! Waves of history matching over real runs.

use crate::command_error::CommandError;
use crate::evidence::runs::{self, WantedRuns};
use crate::terminal;
use sim_core::base::math;
use sim_experiments::calibration::emulator::Emulator;
use sim_experiments::calibration::matching::{
    Emulated, NotRuledOut, implausibility, next_points, not_ruled_out,
};
use sim_experiments::calibration::plan::CalibrationPlan;
use sim_experiments::evidence::targets::{Target, Targets};
use sim_experiments::evidence::trace::Trace;
use sim_experiments::evidence::verdict::value;
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

/// What a calibration found.
pub struct CalibrationFit<'a> {
    /// The plan.
    pub plan: &'a CalibrationPlan,
    /// Points simulated, of all waves.
    pub points: Vec<Vec<f64>>,
    /// Traces of each point, by seed.
    traces: Vec<Vec<Trace>>,
    /// Targets that were fitted, emulated from all points.
    pub emulated: Vec<Emulated<'a>>,
    /// The set that is not ruled out after each wave.
    pub waves: Vec<NotRuledOut>,
    /// All targets of the run.
    pub readable: Vec<&'a Target>,
}

impl<'a> CalibrationFit<'a> {
    /// Runs all waves of a plan.
    ///
    /// # Errors
    /// If a point is refused, the user stops it, or runs cannot be kept.
    pub fn make(
        plan: &'a CalibrationPlan,
        targets: &'a Targets,
        means: &Means,
    ) -> Result<CalibrationFit<'a>, CommandError> {
        let mut fit = CalibrationFit {
            plan,
            points: Vec::new(),
            traces: Vec::new(),
            emulated: Vec::new(),
            waves: Vec::new(),
            readable: plan.readable(targets),
        };
        let mut next = plan.first_points();
        for wave in 1..=plan.waves {
            if !means.quiet {
                terminal::note(&format!(
                    "{}: wave {wave} of {}, {} points",
                    plan.name,
                    plan.waves,
                    next.len()
                ));
            }
            fit.simulate(next, targets, means)?;
            fit.emulate(targets);
            let set = not_ruled_out(plan, &fit.emulated, u64::from(wave));
            next = next_points(plan, &set, &fit.points);
            fit.waves.push(set);
            if next.is_empty() {
                break;
            }
        }
        Ok(fit)
    }

    fn simulate(
        &mut self,
        points: Vec<Vec<f64>>,
        targets: &Targets,
        means: &Means,
    ) -> Result<(), CommandError> {
        let run = self.plan.run(targets).ok_or_else(|| CommandError::run("the plan's run is gone"))?;
        let mut wanted = Vec::new();
        for point in &points {
            let scenario = run.scenario(false, &self.plan.changes_at(point)).map_err(CommandError::input)?;
            let seeds = 1..=u64::from(self.plan.seeds);
            wanted.extend(
                seeds.map(|seed| WantedRuns::new(&run.name, &scenario, seed, self.plan.wanted(targets))),
            );
        }
        let made = runs::make(&wanted, means.folder, means.threads, means.quiet)?;
        let by_point = made.chunks(self.plan.seeds as usize);
        self.traces.extend(by_point.map(|traces| traces.iter().flatten().cloned().collect()));
        self.points.extend(points);
        Ok(())
    }

    fn emulate(&mut self, targets: &'a Targets) {
        let fitted = self.plan.fitted(targets);
        let emulated =
            fitted.into_iter().filter_map(|target| Emulated::new(target, &self.points, &self.values(target)));
        self.emulated = emulated.collect();
    }

    /// The mean over seeds of a number at each point.
    fn means(&self, of: impl Fn(&Trace) -> f64) -> Vec<f64> {
        let mean = |traces: &Vec<Trace>| {
            let values: Vec<f64> = traces.iter().map(&of).filter(|value| value.is_finite()).collect();
            values.iter().sum::<f64>() / values.len() as f64
        };
        self.traces.iter().map(mean).collect()
    }

    /// A target's mean over seeds at each point.
    pub fn values(&self, target: &Target) -> Vec<f64> {
        self.means(|trace| value(target, trace))
    }

    /// Emulators of every target and headline that varies, with their names.
    pub fn outcomes(&self) -> Vec<(String, Emulator)> {
        let targets = self.readable.iter().map(|target| (target.what.clone(), self.values(target)));
        let headlines = self.plan.headlines.iter();
        let headlines = headlines.map(|read| (read.to_string(), self.means(|trace| read.of(trace))));
        let emulated = targets.chain(headlines).filter_map(|(name, values)| {
            let log = values.iter().all(|&value| value > 0.0 || value.is_nan());
            let scaled: Vec<f64> =
                values.iter().map(|&value| if log { math::ln(value) } else { value }).collect();
            Some((name, Emulator::fit(&self.points, &scaled)?))
        });
        emulated.collect()
    }

    /// The set that is not ruled out after the last wave.
    pub fn not_ruled_out(&self) -> Option<&NotRuledOut> {
        self.waves.last()
    }

    /// The simulated point that is least implausible, and how implausible it is.
    pub fn best(&self) -> Option<(&Vec<f64>, f64)> {
        let points = self.points.iter().map(|point| (point, implausibility(&self.emulated, point)));
        points.min_by(|a, b| a.1.total_cmp(&b.1))
    }
}
