//! The linear trend of an emulator: the few parameters that matter for a number.
//!
//! With some thirty parameters and hardly more than twice as many points, least squares over all of them
//! explains noise. So parameters enter one after the other, first the one that leaves the least error, as
//! long as the error falls by more than chance: by the risk inflation criterion (Foster and George 1994), 2
//! ln p variances of the error for the best of p parameters. What effects are left is the Gaussian
//! process's. Only plain loops of `nalgebra` are used, as in [`emulator`](super::emulator).

use nalgebra::{Cholesky, DMatrix, DVector};
use sim_core::base::math;

/// Keeps normal equations of points on a line solvable.
const TOUCH: f64 = 1e-6;
/// An error that is so small a part of all deviations is none.
const NOTHING: f64 = 1e-12;

/// Constant and slopes by parameter, which are nothing for those that did not enter; nothing without points.
pub fn trend(points: &[Vec<f64>], values: &[f64]) -> Option<DVector<f64>> {
    let dimensions = points.first()?.len();
    let mut chosen: Vec<usize> = Vec::new();
    let (mut best, mut error) = least_squares(points, values, &chosen)?;
    let all = error;
    while chosen.len() < dimensions.min(points.len() / 2) && error > NOTHING * all {
        let others = (0..dimensions).filter(|at| !chosen.contains(at));
        let with = others.filter_map(|at| {
            let more: Vec<usize> = chosen.iter().copied().chain([at]).collect();
            let (slopes, error) = least_squares(points, values, &more)?;
            Some((more, slopes, error))
        });
        let Some((more, slopes, less)) = with.min_by(|a, b| a.2.total_cmp(&b.2)) else { break };
        let free = points.len().saturating_sub(more.len() + 1).max(1) as f64;
        if error - less <= 2.0 * math::ln(dimensions as f64) * less / free {
            break;
        }
        (chosen, best, error) = (more, slopes, less);
    }
    let mut full = DVector::zeros(dimensions + 1);
    full[0] = best[0];
    chosen.iter().zip(best.iter().skip(1)).for_each(|(&at, slope)| full[at + 1] = *slope);
    Some(full)
}

/// The trend at a point.
pub fn line(trend: &DVector<f64>, point: &[f64]) -> f64 {
    trend[0] + trend.iter().skip(1).zip(point).map(|(slope, x)| slope * x).sum::<f64>()
}

/// Constant and slopes of some parameters by least squares, and the sum of squared errors.
fn least_squares(points: &[Vec<f64>], values: &[f64], chosen: &[usize]) -> Option<(DVector<f64>, f64)> {
    let size = chosen.len() + 1;
    let rows = DMatrix::from_fn(points.len(), size, |row, column| match column {
        0 => 1.0,
        _ => points[row][chosen[column - 1]],
    });
    let matrix = rows.tr_mul(&rows) + DMatrix::from_diagonal_element(size, size, TOUCH);
    let slopes = Cholesky::new(matrix)?.solve(&rows.tr_mul(&DVector::from_column_slice(values)));
    let predicted = |row: usize| {
        slopes[0] + chosen.iter().zip(slopes.iter().skip(1)).map(|(&at, s)| points[row][at] * s).sum::<f64>()
    };
    let errors = values.iter().enumerate().map(|(row, value)| value - predicted(row));
    let error = errors.map(|error| error * error).sum();
    Some((slopes, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::random_stream;

    /// Three of thirty parameters matter, and the noise is as large as what they do.
    fn noisy(number: u64) -> (Vec<Vec<f64>>, Vec<f64>) {
        let mut stream = random_stream(number, 411);
        let points: Vec<Vec<f64>> = (0..72).map(|_| (0..30).map(|_| stream.unit()).collect()).collect();
        let noise: Vec<f64> = (0..72).map(|_| (0..12).map(|_| stream.unit()).sum::<f64>() - 6.0).collect();
        let value = |(point, noise): (&Vec<f64>, &f64)| {
            4.0 * point[3] - 3.0 * point[17] + 3.0 * point[29] + 0.8 * noise
        };
        let values = points.iter().zip(&noise).map(value).collect();
        (points, values)
    }

    fn true_error(slopes: &DVector<f64>) -> f64 {
        let truth = |at: usize| match at {
            3 => 4.0,
            17 => -3.0,
            29 => 3.0,
            _ => 0.0,
        };
        (0..30).map(|at| (slopes[at + 1] - truth(at)) * (slopes[at + 1] - truth(at))).sum::<f64>() / 12.0
    }

    /// Over twenty draws. The wrong twin, least squares over all thirty, errs several times as much.
    #[test]
    fn few_parameters_enter_and_they_are_those_that_matter() {
        let (mut of_few, mut of_all, mut more) = (0.0, 0.0, 0);
        for number in 0..20 {
            let (points, values) = noisy(number);
            let found = trend(&points, &values).unwrap();
            assert!([3, 17, 29].iter().all(|&at| found[at + 1] != 0.0), "{number}: one is missing");
            more += (0..30).filter(|&at| found[at + 1] != 0.0).count() - 3;
            of_few += true_error(&found);
            of_all += true_error(&least_squares(&points, &values, &(0..30).collect::<Vec<_>>()).unwrap().0);
        }
        assert!(more <= 20, "{more} that do not matter entered in twenty draws");
        assert!(of_all > 3.0 * of_few, "{of_all} {of_few}");
    }

    #[test]
    fn what_is_a_line_is_found_to_be_one() {
        let points: Vec<Vec<f64>> =
            (0..12_u32).map(|at| vec![f64::from(at) / 12.0, f64::from(at * 7 % 12) / 12.0]).collect();
        let values: Vec<f64> = points.iter().map(|point| 1.0 + 2.0 * point[0] - 3.0 * point[1]).collect();
        let found = trend(&points, &values).unwrap();
        let point = [0.3, 0.8];
        assert!((line(&found, &point) - (1.0 + 0.6 - 2.4)).abs() < 1e-4, "{found}");
        assert!(trend(&[], &[]).is_none());
    }
}
