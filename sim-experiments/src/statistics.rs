//! Small statistics: means, quantiles, intervals. Values that are missing (not-a-number) are left out.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Values below which no interval is told, and nothing is called sure: of fewer, a deviation is a guess, and
/// values that agree by chance look certain.
pub const FEWEST: usize = 8;

/// Mean, deviation and count of what is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// Values that are there.
    pub count: usize,
    /// Their mean; not-a-number without values.
    pub mean: f64,
    /// Their standard deviation, with n - 1; not-a-number for fewer than two.
    pub deviation: f64,
}

impl Summary {
    /// Of values, summed in their order.
    pub fn of(values: &[f64]) -> Summary {
        let present: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        let count = present.len();
        let mean = present.iter().sum::<f64>() / count as f64;
        let squares: f64 = present.iter().map(|value| (value - mean) * (value - mean)).sum();
        let deviation = if count < 2 { f64::NAN } else { (squares / (count - 1) as f64).sqrt() };
        Summary { count, mean, deviation }
    }

    /// Half the width of the mean's interval of a confidence (0.95), by Student's distribution; not-a-number
    /// for fewer than [`FEWEST`] values.
    pub fn margin(&self, confidence: f64) -> f64 {
        if self.count < FEWEST {
            return f64::NAN;
        }
        let t = StudentsT::new(0.0, 1.0, (self.count - 1) as f64);
        let factor = t.map_or(f64::NAN, |t| t.inverse_cdf(0.5 + confidence / 2.0));
        factor * self.deviation / (self.count as f64).sqrt()
    }
}

/// The value below which a share of the values lies, between neighbours by their distance (Hyndman and Fan's
/// type 7, as in NumPy and R); not-a-number without values.
pub fn quantile(values: Vec<f64>, share: f64) -> f64 {
    let mut present: Vec<f64> = values.into_iter().filter(|value| !value.is_nan()).collect();
    present.sort_by(f64::total_cmp);
    quantile_of_sorted(&present, share)
}

/// The same of values in order, none of them missing.
pub fn quantile_of_sorted(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = share.clamp(0.0, 1.0) * last as f64;
    let (below, part) = (at.floor() as usize, at.fract());
    let low = sorted[below.min(last)];
    let high = sorted[(below + 1).min(last)];
    if part == 0.0 { low } else { low + part * (high - low) }
}

/// The correlation of pairs; not-a-number if either does not vary.
pub fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let pairs: Vec<(f64, f64)> =
        a.iter().copied().zip(b.iter().copied()).filter(|(a, b)| !a.is_nan() && !b.is_nan()).collect();
    let count = pairs.len() as f64;
    let mean_a = pairs.iter().map(|pair| pair.0).sum::<f64>() / count;
    let mean_b = pairs.iter().map(|pair| pair.1).sum::<f64>() / count;
    let sum = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
    let covariance = sum(&|(a, b)| (a - mean_a) * (b - mean_b));
    let (squares_a, squares_b) =
        (sum(&|(a, _)| (a - mean_a) * (a - mean_a)), sum(&|(_, b)| (b - mean_b) * (b - mean_b)));
    covariance / (squares_a * squares_b).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_students() {
        // Mean 4.5, deviation sqrt(6); t with 7 degrees of freedom is 2.364624.
        let summary = Summary::of(&[1.0, 2.0, 3.0, f64::NAN, 4.0, 5.0, 6.0, 7.0, 8.0]);
        assert_eq!((summary.count, summary.mean), (8, 4.5));
        assert!((summary.margin(0.95) - 2.364_624 * (6.0_f64 / 8.0).sqrt()).abs() < 1e-5);
    }

    #[test]
    fn few_values_have_no_interval() {
        assert!(Summary::of(&[]).mean.is_nan());
        for count in 1..FEWEST {
            let summary = Summary::of(&vec![3.0; count]);
            assert!(summary.margin(0.95).is_nan(), "{count} values that agree are not certain");
        }
        assert_eq!(Summary::of(&[3.0; FEWEST]).margin(0.95), 0.0);
    }

    #[test]
    fn quantiles_are_numpys() {
        let values = vec![4.0, f64::NAN, 1.0, 3.0, 2.0];
        assert_eq!(quantile(values.clone(), 0.5), 2.5);
        assert!((quantile(values.clone(), 0.1) - 1.3).abs() < 1e-12);
        assert_eq!((quantile(values.clone(), 0.0), quantile(values, 1.0)), (1.0, 4.0));
        assert!(quantile(vec![], 0.5).is_nan());
    }

    #[test]
    fn correlation_knows_its_ends() {
        assert!((correlation(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-12);
        assert!((correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]) + 1.0).abs() < 1e-12);
        assert!(correlation(&[1.0, 1.0], &[1.0, 2.0]).is_nan());
    }
}
