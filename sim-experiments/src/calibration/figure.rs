//! A published figure as a calibration sees it, whatever run it is read from.

use crate::evidence::targets::{Target, TargetUse};
use crate::evidence::yardstick::{Yardstick, YardstickScale};

/// A figure that simulations are held against.
#[derive(Clone, Debug, PartialEq)]
pub struct FitFigure {
    /// The target's name.
    pub name: String,
    /// What is compared.
    pub what: String,
    /// The series of which it is a point: points of one series are not independent.
    pub series: String,
    /// The last year that is looked at, if it is of a time.
    pub year: Option<u16>,
    /// What was published, and how near is near enough.
    pub yardstick: Yardstick,
    /// Whether it may be fitted to.
    pub role: TargetUse,
}

impl FitFigure {
    /// The figure of a target; none if no run can tell.
    pub fn of(target: &Target) -> Option<FitFigure> {
        Some(FitFigure {
            name: target.name.clone(),
            what: target.what.clone(),
            series: target.series().to_owned(),
            year: target.year(),
            yardstick: target.yardstick()?,
            role: target.role,
        })
    }

    /// Whether it may be fitted to.
    pub fn is_fit(&self) -> bool {
        self.role == TargetUse::Fit
    }

    /// What stands for the figure where a number is needed: the reference, or of a bound alone the bound.
    pub fn middle(&self) -> f64 {
        let Yardstick { reference, low, high, .. } = self.yardstick;
        match (reference.is_nan(), low.is_finite()) {
            (false, _) => reference,
            (true, true) => low,
            (true, false) => high,
        }
    }

    /// The same figure, had another number been published: the tolerance keeps its proportion, or its width
    /// where the sign changes.
    #[must_use]
    pub fn had_it_been(&self, published: f64) -> FitFigure {
        let Yardstick { reference, low, high, scale } = self.yardstick;
        let middle = self.middle();
        let moved = |edge: f64| match (edge.is_finite(), middle > 0.0 && published > 0.0) {
            (false, _) => edge,
            (true, true) => edge * published / middle,
            (true, false) => edge + published - middle,
        };
        let yardstick = Yardstick {
            reference: if reference.is_nan() { reference } else { published },
            low: moved(low),
            high: moved(high),
            scale: if published > 0.0 { scale } else { YardstickScale::Linear },
        };
        FitFigure { yardstick, ..self.clone() }
    }
}
