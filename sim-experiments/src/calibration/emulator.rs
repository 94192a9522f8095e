//! Emulators: a Gaussian process on a linear trend, of one number as a function of a point in the unit cube.
//!
//! Squared-exponential correlation with one length for each parameter: the first length is common, then each
//! is stretched where that makes the simulated values likelier, so that parameters that do not matter are
//! seen not to. The nugget holds the noise of seeds. Rasmussen and Williams, *Gaussian Processes for Machine
//! Learning* (2006), sections 2.2 and 5.4. Matrices are `nalgebra`'s; only its plain loops are used (Cholesky
//! factors, triangular systems, sums of products), for its product of matrices rounds as the processor at
//! hand does, and waves of points must be the same everywhere.

use super::trend::{line, trend};
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use sim_core::base::math;

/// An emulator of one number.
#[derive(Clone, Debug)]
pub struct Emulator {
    points: Vec<Vec<f64>>,
    /// Constant and slopes of the trend.
    trend: DVector<f64>,
    lengths: Vec<f64>,
    /// Variance of the process, and of noise over it.
    variance: f64,
    nugget: f64,
    /// The correlation of the points, factored.
    factor: Cholesky<f64, Dyn>,
    /// Inverse correlation times residuals.
    weights: DVector<f64>,
    /// Share of the variance that predictions of left-out points explain; not above 1, and 0 or less if they
    /// are no better than the mean.
    pub explained: f64,
    /// Share of left-out points within two standard deviations of their prediction; some 0.95 if the emulator
    /// knows what it does not know.
    pub covered: f64,
}

/// Left-out points come in so many groups.
const FOLDS: usize = 8;

const LENGTHS: [f64; 4] = [0.4, 0.8, 1.6, 3.2];
const NUGGETS: [f64; 7] = [1e-4, 1e-2, 0.05, 0.2, 0.6, 2.0, 8.0];

impl Emulator {
    /// Fits an emulator to simulated values; nothing if there are too few, or they do not vary.
    pub fn fit(points: &[Vec<f64>], values: &[f64]) -> Option<Emulator> {
        let usable: Vec<usize> = (0..values.len()).filter(|&at| values[at].is_finite()).collect();
        let dimensions = points.first()?.len();
        if usable.len() < dimensions + 4 {
            return None;
        }
        let points: Vec<Vec<f64>> = usable.iter().map(|&at| points[at].clone()).collect();
        let values: Vec<f64> = usable.iter().map(|&at| values[at]).collect();
        let slopes = trend(&points, &values)?;
        let residuals = DVector::from_fn(values.len(), |at, _| values[at] - line(&slopes, &points[at]));
        let mut best: Option<(f64, Emulator)> = None;
        let mut consider = |lengths: Vec<f64>, nugget: f64| {
            let found = Emulator::with(&points, &slopes, &residuals, lengths, nugget);
            if let Some((likelihood, emulator)) = found
                && best.as_ref().is_none_or(|(known, _)| likelihood > *known)
            {
                best = Some((likelihood, emulator));
            }
            best.as_ref().map(|(_, emulator)| (emulator.lengths.clone(), emulator.nugget))
        };
        let mut known = None;
        for length in LENGTHS {
            for nugget in NUGGETS {
                known = consider(vec![length; dimensions], nugget);
            }
        }
        for at in 0..dimensions {
            for stretch in [0.5, 3.0] {
                let (mut lengths, nugget) = known.clone()?;
                lengths[at] *= stretch;
                known = consider(lengths, nugget);
            }
        }
        let mut emulator = best?.1;
        (emulator.explained, emulator.covered) = emulator.validated(&values);
        Some(emulator)
    }

    fn with(
        points: &[Vec<f64>],
        trend: &DVector<f64>,
        residuals: &DVector<f64>,
        lengths: Vec<f64>,
        nugget: f64,
    ) -> Option<(f64, Emulator)> {
        let count = points.len();
        // The factor is made of the lower triangle alone.
        let matrix = DMatrix::from_fn(count, count, |row, column| match column {
            column if column > row => 0.0,
            column if column == row => 1.0 + nugget,
            column => correlation(&points[row], &points[column], &lengths),
        });
        let factor = Cholesky::new(matrix)?;
        let weights = factor.solve(residuals);
        let variance = (residuals.dot(&weights) / count as f64).max(1e-12);
        let diagonal = factor.l_dirty().diagonal();
        let half_determinant: f64 = diagonal.iter().map(|&value| math::ln(value)).sum();
        let likelihood = -0.5 * count as f64 * math::ln(variance) - half_determinant;
        let emulator = Emulator {
            points: points.to_vec(),
            trend: trend.clone(),
            lengths,
            variance,
            nugget,
            factor,
            weights,
            explained: 0.0,
            covered: 0.0,
        };
        Some((likelihood, emulator))
    }

    /// Mean and variance of the prediction at a point, noise of seeds left out.
    pub fn predict(&self, point: &[f64]) -> (f64, f64) {
        let near =
            DVector::from_fn(self.points.len(), |at, _| correlation(&self.points[at], point, &self.lengths));
        let mean = near.dot(&self.weights);
        let solved = self.factor.l_dirty().solve_lower_triangular(&near);
        let known = solved.map_or(0.0, |solved| solved.norm_squared());
        (line(&self.trend, point) + mean, self.variance * (1.0 - known).max(0.0))
    }

    /// The mean alone, which is quicker.
    pub fn mean(&self, point: &[f64]) -> f64 {
        let near = self.points.iter().zip(self.weights.iter());
        let near = near.map(|(known, weight)| weight * correlation(known, point, &self.lengths));
        line(&self.trend, point) + near.sum::<f64>()
    }

    /// Variance of noise of seeds.
    pub fn noise(&self) -> f64 {
        self.variance * self.nugget
    }

    /// Leaves out every eighth point in turn, fits trend and weights without them (lengths and nugget are
    /// kept) and predicts them: the share of variance explained, 1 less the squared errors over the squared
    /// deviations, and the share within two standard deviations.
    fn validated(&self, values: &[f64]) -> (f64, f64) {
        let count = values.len();
        let mean = values.iter().sum::<f64>() / count as f64;
        let spread: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let size = mean.abs().max(1e-12);
        if spread <= count as f64 * (1e-9 * size) * (1e-9 * size) {
            return (0.0, 1.0);
        }
        let (mut errors, mut covered) = (0.0, 0);
        for fold in 0..FOLDS.min(count) {
            let kept: Vec<usize> = (0..count).filter(|at| at % FOLDS != fold).collect();
            let Some(without) = self.of_these(&kept, values) else { return (0.0, 0.0) };
            for at in (0..count).filter(|at| at % FOLDS == fold) {
                let (mean, variance) = without.predict(&self.points[at]);
                let error = (values[at] - mean) * (values[at] - mean);
                errors += error;
                covered += usize::from(error <= 4.0 * (variance + without.noise()));
            }
        }
        (1.0 - errors / spread, covered as f64 / count as f64)
    }

    /// The emulator with the same lengths and nugget of some of its points.
    fn of_these(&self, kept: &[usize], values: &[f64]) -> Option<Emulator> {
        let points: Vec<Vec<f64>> = kept.iter().map(|&at| self.points[at].clone()).collect();
        let values: Vec<f64> = kept.iter().map(|&at| values[at]).collect();
        let slopes = trend(&points, &values)?;
        let residuals = DVector::from_fn(values.len(), |at, _| values[at] - line(&slopes, &points[at]));
        let found = Emulator::with(&points, &slopes, &residuals, self.lengths.clone(), self.nugget);
        found.map(|(_, emulator)| emulator)
    }

    /// The most that a prediction's variance can be, noise of seeds left out.
    pub fn greatest_variance(&self) -> f64 {
        self.variance
    }
}

fn correlation(a: &[f64], b: &[f64], lengths: &[f64]) -> f64 {
    let distance =
        a.iter().zip(b).zip(lengths).map(|((a, b), length)| ((a - b) / length) * ((a - b) / length));
    math::exp(-0.5 * distance.sum::<f64>())
}
