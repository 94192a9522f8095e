//! Waves of history matching over real runs, and the tests of what they found.

use super::points::{Means, PointRuns, PointSeeds};
use crate::command_error::CommandError;
use crate::evidence::own::EvidenceBase;
use sim_experiments::calibration::emulated::{emulator_of, implausibility};
use sim_experiments::calibration::emulator::Emulator;
use sim_experiments::calibration::figure::FitFigure;
use sim_experiments::calibration::matching::{MatchedHistory, POPULATION, WaveSizes, match_history};
use sim_experiments::calibration::members::FittedEnsemble;
use sim_experiments::calibration::plan::CalibrationPlan;
use sim_experiments::calibration::refits::{
    FigurePrediction, FigureRefits, WrongFigureControl, wrong_figures,
};

/// Sets of wrong figures that are fitted.
const WRONG_SETS: u64 = 20;

/// What a calibration found.
pub struct CalibrationFit<'a> {
    /// The plan.
    pub plan: &'a CalibrationPlan,
    /// All figures of its runs.
    pub figures: Vec<FitFigure>,
    /// What was simulated, emulated and not ruled out.
    pub history: MatchedHistory,
    /// Sets of parameters with weights.
    pub ensemble: FittedEnsemble,
    /// Figures left out and predicted.
    pub left_out: Vec<FigurePrediction>,
    /// Later years predicted from earlier ones.
    pub later: Vec<FigurePrediction>,
    /// Wrong figures fitted.
    pub control: WrongFigureControl,
}

/// The simulated point that stands for the fit.
pub struct BestPoint<'a> {
    /// The point.
    pub point: &'a [f64],
    /// Its numbers: the figures, then the headlines.
    pub numbers: &'a [f64],
}

impl<'a> CalibrationFit<'a> {
    /// Runs all waves of a plan and tests what they found. The ensemble has so many members at most.
    ///
    /// # Errors
    /// If a point is refused, the user stops it, or runs cannot be kept.
    pub fn make(
        plan: &'a CalibrationPlan,
        base: &'a EvidenceBase,
        members: usize,
        means: &Means,
    ) -> Result<CalibrationFit<'a>, CommandError> {
        let figures = plan.figures(&base.targets);
        let sizes = WaveSizes { points: plan.points as usize, waves: plan.waves };
        let mut runs = PointRuns::new(base, plan, means);
        let mut simulate = |wave: u32, points: &[Vec<f64>]| {
            let what = format!("wave {wave} of {}, {} points", plan.waves, points.len());
            runs.announce(&what, points.len(), sizes.points * (plan.waves - wave) as usize);
            runs.numbers(&plan.parameters, points, (PointSeeds::Own, &[]))
        };
        let history = match_history(sizes, &figures, plan.first_points(), &mut simulate)?;
        let names: Vec<&str> = figures.iter().map(|figure| figure.name.as_str()).collect();
        let ensemble = FittedEnsemble::of(&history, &names, members);
        let dimensions = plan.parameters.len();
        let refits = FigureRefits { history: &history, dimensions, population: POPULATION };
        let left_out = refits.without(&plan.left_out);
        let later = plan.out_of_time.map(|time| refits.after(time.fitted_to, time.predicted_to));
        let control = wrong_figures(&figures, &history, WRONG_SETS, POPULATION);
        let later = later.unwrap_or_default();
        Ok(CalibrationFit { plan, figures, history, ensemble, left_out, later, control })
    }

    /// Emulators of every target and headline that varies, with their names.
    pub fn outcomes(&self) -> Vec<(String, Emulator)> {
        let simulated = &self.history.simulated;
        let figures = self.history.emulated.iter().map(|one| (one.figure.what.clone(), one.emulator.clone()));
        let headlines = self.plan.headlines.iter().enumerate().filter_map(|(at, headline)| {
            let values = simulated.column(self.figures.len() + at);
            Some((headline.read.to_string(), emulator_of(&simulated.points, &values)?))
        });
        figures.chain(headlines).collect()
    }

    /// The best member of the ensemble; without one, the simulated point that is least implausible.
    pub fn best(&self) -> Option<BestPoint<'_>> {
        let simulated = &self.history.simulated;
        let ruling = self.history.ruling();
        let least = || {
            let points = simulated.points.iter().enumerate();
            let points = points.map(|(row, point)| (row, implausibility(&ruling, point)));
            points.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(row, _)| row)
        };
        let row = self.ensemble.members.first().map(|member| member.row).or_else(least)?;
        Some(BestPoint { point: &simulated.points[row], numbers: &simulated.values[row] })
    }
}
