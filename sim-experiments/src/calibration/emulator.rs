//! Emulators: a Gaussian process on a linear trend, of one number as a function of a point in the unit cube.
//!
//! Squared-exponential correlation with one length for each parameter: the first length is common, then each
//! is stretched where that makes the simulated values likelier, so that parameters that do not matter are
//! seen not to. The nugget holds the noise of seeds. Rasmussen and Williams, *Gaussian Processes for Machine
//! Learning* (2006), sections 2.2 and 5.4.

use sim_core::base::math;

/// An emulator of one number.
#[derive(Clone, Debug)]
pub struct Emulator {
    points: Vec<Vec<f64>>,
    /// Constant and slopes of the trend.
    trend: Vec<f64>,
    lengths: Vec<f64>,
    /// Variance of the process, and of noise over it.
    variance: f64,
    nugget: f64,
    /// Lower triangle of the correlation's Cholesky factor.
    factor: Vec<Vec<f64>>,
    /// Inverse correlation times residuals.
    weights: Vec<f64>,
    /// Share of the variance that predictions of left-out points explain.
    pub explained: f64,
}

const LENGTHS: [f64; 4] = [0.4, 0.8, 1.6, 3.2];
const NUGGETS: [f64; 5] = [1e-4, 1e-2, 0.05, 0.2, 0.6];

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
        let trend = linear(&points, &values)?;
        let residuals: Vec<f64> =
            points.iter().zip(&values).map(|(point, value)| value - line(&trend, point)).collect();
        let mut best: Option<(f64, Emulator)> = None;
        let mut consider = |lengths: Vec<f64>, nugget: f64| {
            let found = Emulator::with(&points, &trend, &residuals, lengths, nugget);
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
        emulator.explained = emulator.cross_validated(&residuals, &values);
        Some(emulator)
    }

    fn with(
        points: &[Vec<f64>],
        trend: &[f64],
        residuals: &[f64],
        lengths: Vec<f64>,
        nugget: f64,
    ) -> Option<(f64, Emulator)> {
        let count = points.len();
        let matrix: Vec<Vec<f64>> = (0..count)
            .map(|row| {
                let cell = |column: usize| correlation(&points[row], &points[column], &lengths);
                (0..=row).map(|column| cell(column) + if row == column { nugget } else { 0.0 }).collect()
            })
            .collect();
        let factor = cholesky(matrix)?;
        let weights = backward(&factor, forward(&factor, residuals));
        let fit: f64 = residuals.iter().zip(&weights).map(|(a, b)| a * b).sum();
        let variance = (fit / count as f64).max(1e-12);
        let half_determinant: f64 = factor.iter().enumerate().map(|(at, row)| math::ln(row[at])).sum();
        let likelihood = -0.5 * count as f64 * math::ln(variance) - half_determinant;
        let emulator = Emulator {
            points: points.to_vec(),
            trend: trend.to_vec(),
            lengths,
            variance,
            nugget,
            factor,
            weights,
            explained: f64::NAN,
        };
        Some((likelihood, emulator))
    }

    /// Mean and variance of the prediction at a point, noise of seeds left out.
    pub fn predict(&self, point: &[f64]) -> (f64, f64) {
        let near: Vec<f64> =
            self.points.iter().map(|known| correlation(known, point, &self.lengths)).collect();
        let mean: f64 = near.iter().zip(&self.weights).map(|(a, b)| a * b).sum();
        let solved = forward(&self.factor, &near);
        let known: f64 = solved.iter().map(|value| value * value).sum();
        (line(&self.trend, point) + mean, self.variance * (1.0 - known).max(0.0))
    }

    /// The mean alone, which is quicker.
    pub fn mean(&self, point: &[f64]) -> f64 {
        let near = self.points.iter().zip(&self.weights);
        let near = near.map(|(known, weight)| weight * correlation(known, point, &self.lengths));
        line(&self.trend, point) + near.sum::<f64>()
    }

    /// Variance of noise of seeds.
    pub fn noise(&self) -> f64 {
        self.variance * self.nugget
    }

    /// Share of variance explained when each point is predicted from the others (the trend is kept): 1 less
    /// the squared errors, which for a Gaussian process follow from the inverse correlation, over the
    /// squared deviations.
    fn cross_validated(&self, residuals: &[f64], values: &[f64]) -> f64 {
        let count = residuals.len();
        let mean = values.iter().sum::<f64>() / count as f64;
        let spread: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let error = |at: usize| {
            let mut unit = vec![0.0; count];
            unit[at] = 1.0;
            let inverse = backward(&self.factor, forward(&self.factor, &unit))[at];
            self.weights[at] / inverse
        };
        let errors: f64 = (0..count).map(|at| error(at) * error(at)).sum();
        1.0 - errors / spread.max(1e-300)
    }
}

fn line(trend: &[f64], point: &[f64]) -> f64 {
    trend[0] + trend[1..].iter().zip(point).map(|(slope, x)| slope * x).sum::<f64>()
}

fn correlation(a: &[f64], b: &[f64], lengths: &[f64]) -> f64 {
    let distance =
        a.iter().zip(b).zip(lengths).map(|((a, b), length)| ((a - b) / length) * ((a - b) / length));
    math::exp(-0.5 * distance.sum::<f64>())
}

/// Least squares with a touch of shrinkage, by the normal equations.
fn linear(points: &[Vec<f64>], values: &[f64]) -> Option<Vec<f64>> {
    let size = points.first()?.len() + 1;
    let row = |point: &Vec<f64>| -> Vec<f64> { std::iter::once(1.0).chain(point.iter().copied()).collect() };
    let rows: Vec<Vec<f64>> = points.iter().map(row).collect();
    let matrix = (0..size)
        .map(|a| {
            let cell = |b: usize| rows.iter().map(|row| row[a] * row[b]).sum::<f64>();
            (0..=a).map(|b| cell(b) + if a == b { 1e-6 } else { 0.0 }).collect()
        })
        .collect();
    let right: Vec<f64> =
        (0..size).map(|a| rows.iter().zip(values).map(|(row, value)| row[a] * value).sum()).collect();
    let factor = cholesky(matrix)?;
    Some(backward(&factor, forward(&factor, &right)))
}

/// The lower triangular factor of a symmetric matrix given by its lower triangle; nothing if it is not
/// positive definite.
fn cholesky(matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let mut factor: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for line in matrix {
        let mut row: Vec<f64> = Vec::with_capacity(line.len());
        for (column, value) in line.into_iter().enumerate() {
            let left = value - dot(&row, factor.get(column).unwrap_or(&row));
            row.push(match factor.get(column) {
                Some(above) => left / above[column],
                None if left > 0.0 => left.sqrt(),
                None => return None,
            });
        }
        factor.push(row);
    }
    Some(factor)
}

/// The sum of products, as far as both go.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn forward(factor: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let mut solved: Vec<f64> = Vec::with_capacity(right.len());
    for (row, value) in factor.iter().zip(right) {
        let done: f64 = row.iter().zip(&solved).map(|(a, b)| a * b).sum();
        solved.push((value - done) / row[solved.len()]);
    }
    solved
}

fn backward(factor: &[Vec<f64>], mut right: Vec<f64>) -> Vec<f64> {
    for at in (0..right.len()).rev() {
        let value = right[at] / factor[at][at];
        right[at] = value;
        for (before, row) in right.iter_mut().take(at).zip(&factor[at]) {
            *before -= row * value;
        }
    }
    right
}
