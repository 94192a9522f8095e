//! What an order is worth, and how long until the next: tables of quantiles.
//!
//! Where an order stands for `k` (a sample), its value is the mean of k baskets and the gap to the next is
//! the time of k orders, so that sums over a month keep the mean *and* the variance of the whole population.
//! Rejected: plain thinning (a Poisson order that counts k times), which multiplies the variance of a
//! partner's month by k and so makes partners of a sampled run leave more often.

use crate::base::math;

/// Entries of a table of quantiles.
const SIZE: usize = 4096;

/// A distribution on the positive numbers, as equally likely values.
#[derive(Clone, Debug)]
pub struct Quantiles(Vec<f32>);

impl Quantiles {
    /// The mean of `k` independent log-normal values of mean 1, approximated by a log-normal of that mean and
    /// variance (Fenton 1960).
    pub(crate) fn mean_of_log_normals(sigma: f64, k: u32) -> Quantiles {
        let variance = (math::exp(sigma * sigma) - 1.0) / f64::from(k);
        let sigma = math::ln(1.0 + variance).sqrt();
        Quantiles::tabulate(|p| math::exp(sigma * math::normal_quantile(p) - sigma * sigma / 2.0))
    }

    /// A gamma distribution of shape `k` and mean 1 (Wilson & Hilferty 1931; exact for k = 1).
    pub(crate) fn gamma(k: u32) -> Quantiles {
        if k <= 1 {
            return Quantiles::tabulate(|p| -math::ln(1.0 - p));
        }
        const NINE: f64 = 9.0;
        let ninth = 1.0 / (NINE * f64::from(k));
        Quantiles::tabulate(|p| {
            let root = 1.0 - ninth + math::normal_quantile(p) * ninth.sqrt();
            (root * root * root).max(0.0)
        })
    }

    fn tabulate(quantile: impl Fn(f64) -> f64) -> Quantiles {
        let mut values: Vec<f64> = (0..SIZE).map(|i| quantile((i as f64 + 0.5) / SIZE as f64)).collect();
        // A table cuts the tails: the mean is set right again.
        let mean = values.iter().sum::<f64>() / SIZE as f64;
        values.iter_mut().for_each(|value| *value /= mean);
        Quantiles(values.into_iter().map(|value| value as f32).collect())
    }

    /// The value that a random word picks (its upper 12 bits count).
    #[inline]
    pub fn draw(&self, word: u32) -> f64 {
        f64::from(self.0[(word >> 20) as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(table: &Quantiles) -> (f64, f64) {
        let values: Vec<f64> = (0..SIZE as u32).map(|i| table.draw(i << 20)).collect();
        let mean = values.iter().sum::<f64>() / SIZE as f64;
        (mean, values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / SIZE as f64)
    }

    #[test]
    fn tables_have_mean_one_and_the_variance_of_a_mean_of_k() {
        for k in [1, 10, 100] {
            let (mean, variance) = moments(&Quantiles::gamma(k));
            assert!((mean - 1.0).abs() < 1e-5);
            assert!((variance * f64::from(k) - 1.0).abs() < 0.02, "k {k}: {variance}");
            let (mean, variance) = moments(&Quantiles::mean_of_log_normals(0.8, k));
            assert!((mean - 1.0).abs() < 1e-5);
            let exact = (math::exp(0.64) - 1.0) / f64::from(k);
            assert!((variance / exact - 1.0).abs() < 0.03, "k {k}: {variance} {exact}");
        }
    }
}
