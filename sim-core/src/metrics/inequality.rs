//! Inequality and poverty.
//!
//! The Gini coefficient of weighted values and of a [`Histogram`], and the poverty measures of Foster, Greer
//! and Thorbecke (Econometrica 1984). Values are incomes or spendings per head in any one unit; negative ones
//! are counted as nothing, for a negative income makes a Gini coefficient meaningless (a year's loss is not a
//! standard of living).

use super::distribution::Histogram;
use crate::base::Money;
use serde::{Deserialize, Serialize};

/// A value and how many people or households have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted {
    /// Income or spending \[any one unit\]; negative counts as nothing.
    pub value: f64,
    /// How many have it, above zero; others are left out.
    pub weight: f64,
}

/// An estimate that is off by at most its bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounded {
    /// The estimate.
    pub estimate: f64,
    /// How far the truth can be from it, whatever lies within the buckets.
    pub error_bound: f64,
}

/// The Gini coefficient, 0 (all equal) to below 1 (one has all).
///
/// Half the mean absolute difference of two draws with replacement over the mean, without the small-sample
/// correction. `None` without people or without income, and if a value or weight is not finite.
pub fn gini(values: &[Weighted]) -> Option<f64> {
    if values.iter().any(|entry| !entry.value.is_finite() || !entry.weight.is_finite()) {
        return None;
    }
    let mut sorted: Vec<Weighted> = values.iter().copied().filter(|entry| entry.weight > 0.0).collect();
    sorted.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.weight.total_cmp(&b.weight)));
    gini_sorted(sorted.into_iter().map(|entry| (entry.value.max(0.0), entry.weight)))
}

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

/// The Gini coefficient of a histogram of non-negative values, each bucket's at its middle.
///
/// The bound is rigorous and cautious. Let `w` be the mean width of a value's bucket. Moving values within
/// their buckets changes the mean absolute difference by at most `w` and the mean by at most `w / 2`, hence
/// the coefficient by at most `w (1 + G) / (2 (mean - w / 2))`. It is about 0.03 on the yuan scales;
/// on log-normal incomes the error was below 0.0001. `None` without income.
pub fn gini_of(histogram: &Histogram) -> Option<Bounded> {
    let middle = |(low, high, count): (f64, f64, u64)| {
        (0.5 * (low.max(0.0) + high.max(0.0)), high.max(0.0) - low.max(0.0), count as f64)
    };
    let buckets: Vec<(f64, f64, f64)> = histogram.filled().map(middle).collect();
    let estimate = gini_sorted(buckets.iter().map(|&(value, _, weight)| (value, weight)))?;
    let mean_of = |pick: fn(&(f64, f64, f64)) -> f64| {
        buckets.iter().map(|bucket| pick(bucket) * bucket.2).sum::<f64>() / histogram.count() as f64
    };
    let (mean, width) = (mean_of(|bucket| bucket.0), mean_of(|bucket| bucket.1));
    let least_mean = mean - 0.5 * width;
    let worst = if least_mean > 0.0 { 0.5 * width * (1.0 + estimate) / least_mean } else { 1.0 };
    Some(Bounded { estimate, error_bound: worst.min(1.0) })
}

/// Poverty under a line (Foster, Greer and Thorbecke 1984).
///
/// In whole people and fen, so that households, villages and counties add up in any order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poverty {
    line: Money,
    people: u64,
    poor: u64,
    shortfall: i128,
}

impl Poverty {
    /// Nobody counted yet, against a line \[per person, in the same period and prices as the incomes\].
    pub const fn under(line: Money) -> Poverty {
        Poverty { line, people: 0, poor: 0, shortfall: 0 }
    }

    /// Counts `people` who have `income` per head each; a loss counts as no income.
    pub fn add(&mut self, income: Money, people: u64) {
        self.people += people;
        if income < self.line {
            self.poor += people;
            self.shortfall += i128::from((self.line - income.max(Money::ZERO)).fen()) * i128::from(people);
        }
    }

    /// Adds another place's people.
    ///
    /// # Errors
    /// The other's line, if it is a different one; nothing is added then.
    pub fn merge(&mut self, other: &Poverty) -> Result<(), Money> {
        if self.line != other.line {
            return Err(other.line);
        }
        self.people += other.people;
        self.poor += other.poor;
        self.shortfall += other.shortfall;
        Ok(())
    }

    /// How many people were counted.
    pub const fn people(&self) -> u64 {
        self.people
    }

    /// How many of them have less than the line; who is on it is not poor.
    pub const fn poor(&self) -> u64 {
        self.poor
    }

    /// What would lift all the poor to the line \[fen per period\].
    pub const fn shortfall(&self) -> i128 {
        self.shortfall
    }

    /// The headcount ratio (FGT 0), 0 to 1; `None` without people.
    pub fn headcount(&self) -> Option<f64> {
        (self.people > 0).then(|| self.poor as f64 / self.people as f64)
    }

    /// The poverty gap (FGT 1), 0 to 1: the mean over all people of what they lack, as a share of the line.
    /// `None` without people or with a line that is not above zero.
    pub fn gap(&self) -> Option<f64> {
        let full = i128::from(self.line.fen()) * i128::from(self.people);
        (full > 0).then(|| self.shortfall as f64 / full as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::distribution::Scale;
    use proptest::prelude::*;

    fn equal_weights(values: &[f64]) -> Vec<Weighted> {
        values.iter().map(|&value| Weighted { value, weight: 1.0 }).collect()
    }

    fn near(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 1e-12)
    }

    /// Worked by hand from the mean absolute difference.
    #[test]
    fn hand_worked_ginis() {
        assert!(near(gini(&equal_weights(&[5.0; 4])), 0.0));
        // Differences: 0 0 / 1 1 x 2 of 4 pairs; mean 0.5: 0.5 / (2 x 0.5).
        assert!(near(gini(&equal_weights(&[1.0, 0.0])), 0.5));
        // Pairs of 1, 2, 3, 4: sum of differences 2 x 10 of 16, mean 2.5: 1.25 / 5.
        assert!(near(gini(&equal_weights(&[4.0, 1.0, 3.0, 2.0])), 0.25));
        // One of ten has all.
        assert!(near(gini(&equal_weights(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 7.0])), 0.9));
        // Three quarters have 1, one quarter 5: 2 x 3/16 x 4 / (2 x 2).
        let weighted = [Weighted { value: 5.0, weight: 1.0 }, Weighted { value: 1.0, weight: 3.0 }];
        assert!(near(gini(&weighted), 0.375));
        // A debt counts as nothing.
        assert!(near(gini(&equal_weights(&[1.0, -8.0])), 0.5));
    }

    #[test]
    fn no_income_or_no_number_has_no_gini() {
        assert_eq!(gini(&[]), None);
        assert_eq!(gini(&equal_weights(&[0.0, 0.0])), None);
        assert_eq!(gini(&equal_weights(&[1.0, f64::NAN])), None);
        assert_eq!(gini_of(&Histogram::new(Scale::YEARLY_YUAN)), None);
    }

    fn poverty(people: &[(f64, u64)]) -> Poverty {
        let mut poverty = Poverty::under(Money::from_yuan(2_300.0));
        people.iter().for_each(|&(yuan, people)| poverty.add(Money::from_yuan(yuan), people));
        poverty
    }

    /// Under the line of 2,300 yuan: half of it, the line itself, twice it, and a loss.
    #[test]
    fn hand_worked_poverty() {
        let four = poverty(&[(1_150.0, 1), (2_300.0, 1), (4_600.0, 1), (-50.0, 1)]);
        assert_eq!(four.headcount(), Some(0.5), "who is on the line is not poor");
        assert_eq!(four.gap(), Some((0.5 + 1.0) / 4.0));
        assert_eq!(four.shortfall(), 345_000);
        let mut all = poverty(&[(1_150.0, 3), (9_000.0, 1)]);
        assert_eq!((all.headcount(), all.gap()), (Some(0.75), Some(0.375)));
        all.merge(&four).unwrap();
        assert_eq!((all.people(), all.poor(), all.gap()), (8, 5, Some(0.375)));
        assert_eq!((poverty(&[]).headcount(), poverty(&[]).gap()), (None, None));
        assert!(all.merge(&Poverty::under(Money::from_yuan(4_000.0))).is_err());
    }

    proptest! {
        #[test]
        fn the_histogram_is_within_its_bound_and_far_closer(
            values in prop::collection::vec(0.0_f64..1.0, 200..400)
        ) {
            let incomes: Vec<f64> = values.iter().map(|share| 100.0 + 60_000.0 * share * share *
                share).collect();
            let mut histogram = Histogram::new(Scale::YEARLY_YUAN);
            incomes.iter().for_each(|&income| histogram.record(income));
            let (exact, found) = (gini(&equal_weights(&incomes)).unwrap(), gini_of(&histogram).unwrap());
            prop_assert!((found.estimate - exact).abs() <= found.error_bound);
            prop_assert!((found.estimate - exact).abs() < 0.005, "{} for {}", found.estimate, exact);
            prop_assert!(found.error_bound < 0.06, "{}", found.error_bound);
        }

        /// Even at its worst: half the values at either end of their buckets.
        #[test]
        fn the_bound_holds_for_coarse_buckets(values in prop::collection::vec(-0.5_f64..70.0, 1..30)) {
            let mut histogram = Histogram::new(Scale::Linear { first: 0.0, last: 64.0, buckets: 4 });
            values.iter().for_each(|&value| histogram.record(value));
            if let (Some(exact), Some(found)) = (gini(&equal_weights(&values)), gini_of(&histogram)) {
                prop_assert!((found.estimate - exact).abs() <= found.error_bound + 1e-12);
            }
        }

        #[test]
        fn scale_replication_and_order_do_not_matter(
            values in prop::collection::vec(0.0_f64..1e6, 2..50), factor in 0.01_f64..100.0
        ) {
            let of = |values: &[f64]| gini(&equal_weights(values)).unwrap_or(0.0);
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
            let before = gini(&equal_weights(&[low, low + gap, 500.0])).unwrap();
            let after = gini(&equal_weights(&[low + gift, low + gap - gift, 500.0])).unwrap();
            prop_assert!(after < before);
        }
    }
}
