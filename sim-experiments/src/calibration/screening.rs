//! Which parameters matter for which figure at all: Morris' screening over a broad list with their ranges.
//!
//! Effects are in units of the figures' tolerances ([`yardstick`](crate::evidence::yardstick)): a parameter
//! whose mean absolute effect over its range is 1 moves a figure by its whole tolerance. One *matters* for a
//! figure if it moves it by a third of that or more, and by more than chance does: the last coordinate of
//! every point belongs to no parameter and changes the seed, so that its effect is what chance alone would
//! give a parameter that does nothing.

use super::figure::FitFigure;
use super::parameter::Parameter;
use crate::analysis::RowRuns;
use crate::analysis::morris::{effects, steps};
use crate::design::Design;
use crate::evidence::yardstick::NEAR;
use crate::experiment::{Factor, FactorKind, Method};
use sim_core::base::Unit;

/// Levels of the grid on which trajectories step.
const LEVELS: u32 = 4;
const CONFIDENCE: f64 = 0.9;
/// The coordinate that changes the seed.
const CHANCE: &str = "chance";

/// A design of trajectories, one factor at a time.
pub struct ScreeningDesign {
    factors: Vec<Factor>,
    design: Design,
}

/// What a parameter does to a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct ScreenedEffect {
    /// The figure's name.
    pub figure: String,
    /// Mean absolute effect over the parameter's range, in tolerances of the figure.
    pub size: f64,
    /// Deviation of the effects: large where the parameter acts together with others.
    pub deviation: f64,
    /// The size that another seed has instead.
    pub chance: f64,
}

impl ScreenedEffect {
    /// Whether it moves the figure enough, and more than chance.
    pub fn matters(&self) -> bool {
        self.size >= NEAR && self.size > self.chance
    }
}

/// What a parameter does.
#[derive(Clone, Debug, PartialEq)]
pub struct ScreenedParameter {
    /// Its path.
    pub path: String,
    /// Its effects by falling size; figures that no run told are left away.
    pub effects: Vec<ScreenedEffect>,
}

impl ScreenedParameter {
    /// The effects that matter.
    pub fn mattering(&self) -> impl Iterator<Item = &ScreenedEffect> {
        self.effects.iter().filter(|effect| effect.matters())
    }

    /// The greatest effect on any figure.
    pub fn greatest(&self) -> f64 {
        self.effects.first().map_or(0.0, |effect| effect.size)
    }
}

impl ScreeningDesign {
    /// So many trajectories over the ranges of parameters.
    ///
    /// # Errors
    /// None in practice: ranges can be stepped through.
    pub fn new(parameters: &[Parameter], trajectories: u32) -> Result<ScreeningDesign, String> {
        let factor = |path: &str| Factor {
            name: path.to_owned(),
            unit: Unit::NONE,
            path: path.to_owned(),
            // Shares of ranges: the parameter itself knows whether it goes by logarithm.
            kind: FactorKind::Range { low: 0.0, high: 1.0, is_log: false, whole: false, levels: LEVELS },
        };
        let paths = parameters.iter().map(|parameter| parameter.path.as_str());
        let factors: Vec<Factor> = paths.chain([CHANCE]).map(factor).collect();
        let method = Method::Morris { trajectories, levels: LEVELS, seed: 1 };
        let design = Design::new(&method, &factors)?;
        Ok(ScreeningDesign { factors, design })
    }

    /// The points of the unit cube: a share of each parameter's range, and last what the seed follows from.
    pub fn points(&self) -> Vec<Vec<f64>> {
        (0..self.design.len()).filter_map(|row| self.design.units(row).map(<[f64]>::to_vec)).collect()
    }

    /// What each parameter does to each figure, given the numbers of every point (the figures in their
    /// order); parameters by their greatest effect.
    pub fn screened(&self, figures: &[FitFigure], values: &[Vec<f64>]) -> Vec<ScreenedParameter> {
        let steps = steps(&self.design, &self.factors);
        let mut found: Vec<ScreenedParameter> = self
            .factors
            .iter()
            .map(|factor| ScreenedParameter { path: factor.path.clone(), effects: Vec::new() })
            .collect();
        for (at, figure) in figures.iter().enumerate() {
            let positions: Vec<f64> = values.iter().map(|row| figure.yardstick.position(row[at])).collect();
            let effects = effects(&steps, &RowRuns::single(&positions), &self.factors, CONFIDENCE);
            for (parameter, effect) in found.iter_mut().zip(effects).filter(|(_, effect)| effect.count > 0) {
                parameter.effects.push(ScreenedEffect {
                    figure: figure.name.clone(),
                    size: effect.mu_star.value,
                    deviation: effect.sigma,
                    chance: 0.0,
                });
            }
        }
        let chance = found.pop().map_or_else(Vec::new, |chance| chance.effects);
        let size = |figure: &str| chance.iter().find(|one| one.figure == figure).map_or(0.0, |one| one.size);
        for effect in found.iter_mut().flat_map(|parameter| &mut parameter.effects) {
            effect.chance = size(&effect.figure);
        }
        for parameter in &mut found {
            parameter.effects.sort_by(|a, b| b.size.total_cmp(&a.size));
        }
        found.sort_by(|a, b| b.greatest().total_cmp(&a.greatest()));
        found
    }
}
