//! Inequality: the Gini coefficient, half the mean absolute difference of two draws with replacement over the
//! mean, without the small-sample correction.

use super::distribution::{Bucket, Histogram};

/// By the area under the Lorenz curve: 1 - sum of weight x (income before + income after) / (all x all).
fn gini_sorted(sorted: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut people, mut income, mut area) = (0.0, 0.0, 0.0);
    for (value, weight) in sorted {
        let before = income;
        people += weight;
        income += value * weight;
        area += weight * (before + income);
    }
    (income > 0.0).then(|| (1.0 - area / (people * income)).max(0.0))
}

/// The Gini coefficient of a histogram, each bucket's values at its middle; negative values count as nothing,
/// for a negative income makes the coefficient meaningless (a year's loss is no standard of living). 0: all
/// equal; towards 1: one has all. `None` without income.
///
/// On log-normal incomes and the yuan scales the error of the buckets is below 0.0001.
pub fn gini(histogram: &Histogram) -> Option<f64> {
    let middle = |Bucket { low, high, count }: Bucket| (0.5 * (low.max(0.0) + high.max(0.0)), count as f64);
    gini_sorted(histogram.filled().map(middle))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::distribution::Scale;
    use proptest::prelude::*;

    /// A value and how many people or households have it.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Weighted {
        /// Income or spending \[any one unit\]; negative counts as nothing.
        value: f64,
        /// How many have it, above zero; others are left out.
        weight: f64,
    }

    /// The coefficient of values themselves; `None` without people or without income, and if a value or
    /// weight is not finite.
    fn exact(values: &[Weighted]) -> Option<f64> {
        if values.iter().any(|entry| !entry.value.is_finite() || !entry.weight.is_finite()) {
            return None;
        }
        let mut sorted: Vec<Weighted> = values.iter().copied().filter(|entry| entry.weight > 0.0).collect();
        sorted.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.weight.total_cmp(&b.weight)));
        gini_sorted(sorted.into_iter().map(|entry| (entry.value.max(0.0), entry.weight)))
    }

    fn equal_weights(values: &[f64]) -> Vec<Weighted> {
        values.iter().map(|&value| Weighted { value, weight: 1.0 }).collect()
    }

    fn near(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 1e-12)
    }

    /// Worked by hand from the mean absolute difference.
    #[test]
    fn hand_worked_ginis() {
        assert!(near(exact(&equal_weights(&[5.0; 4])), 0.0));
        // Differences: 0 0 / 1 1 x 2 of 4 pairs; mean 0.5: 0.5 / (2 x 0.5).
        assert!(near(exact(&equal_weights(&[1.0, 0.0])), 0.5));
        // Pairs of 1, 2, 3, 4: sum of differences 2 x 10 of 16, mean 2.5: 1.25 / 5.
        assert!(near(exact(&equal_weights(&[4.0, 1.0, 3.0, 2.0])), 0.25));
        // One of ten has all.
        assert!(near(exact(&equal_weights(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 7.0])), 0.9));
        // Three quarters have 1, one quarter 5: 2 x 3/16 x 4 / (2 x 2).
        let weighted = [Weighted { value: 5.0, weight: 1.0 }, Weighted { value: 1.0, weight: 3.0 }];
        assert!(near(exact(&weighted), 0.375));
        // A debt counts as nothing.
        assert!(near(exact(&equal_weights(&[1.0, -8.0])), 0.5));
    }

    #[test]
    fn no_income_or_no_number_has_no_gini() {
        assert_eq!(exact(&[]), None);
        assert_eq!(exact(&equal_weights(&[0.0, 0.0])), None);
        assert_eq!(exact(&equal_weights(&[1.0, f64::NAN])), None);
        assert_eq!(gini(&Histogram::new(Scale::YEARLY_MONEY)), None);
    }

    proptest! {
        #[test]
        fn that_of_the_histogram_is_near_that_of_the_values(
            values in prop::collection::vec(0.0_f64..1.0, 200..400)
        ) {
            let incomes: Vec<f64> = values.iter().map(|share| 100.0 + 60_000.0 * share * share *
                share).collect();
            let mut histogram = Histogram::new(Scale::YEARLY_MONEY);
            incomes.iter().for_each(|&income| histogram.record(income));
            let (exact, found) = (exact(&equal_weights(&incomes)).unwrap(), gini(&histogram).unwrap());
            prop_assert!((found - exact).abs() < 0.005, "{found} for {exact}");
        }

        #[test]
        fn scale_replication_and_order_do_not_matter(
            values in prop::collection::vec(0.0_f64..1e6, 2..50), factor in 0.01_f64..100.0
        ) {
            let of = |values: &[f64]| exact(&equal_weights(values)).unwrap_or(0.0);
            let whole = of(&values);
            let scaled: Vec<f64> = values.iter().map(|value| value * factor).collect();
            let reversed: Vec<f64> = values.iter().rev().copied().collect();
            prop_assert!((of(&scaled) - whole).abs() < 1e-9);
            prop_assert!((of(&[values.clone(), values.clone()].concat()) - whole).abs() < 1e-9);
            prop_assert_eq!(of(&reversed).to_bits(), whole.to_bits());
        }

        /// Pigou and Dalton: a gift from a richer to a poorer one that leaves their order lowers the
        /// coefficient.
        #[test]
        fn a_progressive_transfer_lowers_it(low in 0.0_f64..100.0, gap in 1.0_f64..100.0,
            share in 0.01_f64..0.5) {
            let gift = gap * share;
            let before = exact(&equal_weights(&[low, low + gap, 500.0])).unwrap();
            let after = exact(&equal_weights(&[low + gift, low + gap - gift, 500.0])).unwrap();
            prop_assert!(after < before);
        }
    }
}
