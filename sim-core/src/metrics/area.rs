//! Months of an area: a county, a province, the nation.

use super::book::{CountyMonth, gini, is_reviewed};
use super::distribution::Histogram;
pub use super::spread::Spread;
use crate::base::Month;
use crate::event::{Distribution, Measure, MonthFigures};
use serde::{Deserialize, Serialize};

/// A closed month of an area, or the days of one that the run simulates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaMonth {
    /// Which month.
    pub month: Month,
    /// Days of it that were simulated: fewer than its own where the run begins or ends within it.
    pub days: u32,
    /// Measures, in order of [`Measure::ALL`]; stocks of earlier reviews are carried on.
    #[serde(deserialize_with = "crate::event::stored::measures_or_none")]
    pub values: Vec<i64>,
    /// Distributions, in order of [`Distribution::ALL`].
    pub spreads: [Spread; Distribution::ALL.len()],
    /// Gini coefficient of household income per head; not-a-number before the first review.
    pub gini: f32,
}

impl AreaMonth {
    /// A county's month as it is kept.
    pub fn of(month: CountyMonth) -> AreaMonth {
        AreaMonth {
            month: month.month,
            days: month.days,
            values: month.values,
            spreads: month.spreads,
            gini: month.gini,
        }
    }

    /// The value of a measure.
    pub fn value(&self, measure: Measure) -> i64 {
        self.values[measure.at()]
    }

    /// The value of a measure as a real number.
    pub fn real(&self, measure: Measure) -> f64 {
        self.value(measure) as f64
    }

    /// A flow as that of a whole month, at the pace of the days that were simulated.
    pub(crate) fn per_month(&self, measure: Measure) -> f64 {
        let whole = self.month.days();
        match self.days {
            days if days == whole => self.real(measure),
            days => self.real(measure) * f64::from(whole) / f64::from(days),
        }
    }

    /// Whether all its days were simulated.
    pub fn is_whole(&self) -> bool {
        self.days == self.month.days()
    }

    /// What is kept of a distribution.
    pub fn spread(&self, distribution: Distribution) -> &Spread {
        &self.spreads[distribution.at()]
    }
}

/// Sums counties' months into an area's; counties must come in a fixed order only for speed, not for the
/// result.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AreaSum {
    month: Month,
    days: u32,
    #[serde(deserialize_with = "crate::event::stored::measures")]
    values: Vec<i64>,
    histograms: Vec<Histogram>,
}

impl AreaSum {
    /// Nothing yet, of so many days of a month.
    pub fn new(month: Month, days: u32) -> AreaSum {
        AreaSum { month, days, values: vec![0; Measure::COUNT], histograms: super::book::histograms() }
    }

    /// Adds measures. No sound run comes near the bounds; who forged a checkpoint may, and sums then stay
    /// there, where a panic would be taken for a fault of the program.
    fn add_values(&mut self, values: &[i64]) {
        self.values.iter_mut().zip(values).for_each(|(sum, value)| *sum = sum.saturating_add(*value));
    }

    /// Adds a county's month.
    pub fn add(&mut self, county: &CountyMonth) {
        debug_assert_eq!(self.month, county.month);
        self.add_values(&county.values);
        for (distribution, histogram) in &county.histograms {
            // Scales are equal by construction: both come from `book::histograms`.
            let merged = self.histograms[distribution.at()].merge(histogram);
            debug_assert!(merged.is_ok());
        }
    }

    /// Adds a county's month as a rule sees it.
    pub(crate) fn add_figures(&mut self, county: &MonthFigures) {
        debug_assert_eq!(self.month, county.month);
        self.add_values(&county.values);
        for (distribution, counted) in &county.counted {
            let histogram = Histogram::from_counted(super::book::scale(*distribution), counted);
            let merged = self.histograms[distribution.at()].merge(&histogram);
            debug_assert!(merged.is_ok());
        }
    }

    /// Adds another sum of the same month.
    pub(crate) fn merge(&mut self, other: &AreaSum) {
        debug_assert_eq!(self.month, other.month);
        self.add_values(&other.values);
        for (histogram, more) in self.histograms.iter_mut().zip(&other.histograms) {
            let merged = histogram.merge(more);
            debug_assert!(merged.is_ok());
        }
    }

    /// The area's month. Figures of distributions reviewed now and then stay as they were in `last`.
    pub fn finish(self, last: Option<&AreaMonth>) -> AreaMonth {
        let mut spreads = [Spread::default(); Distribution::ALL.len()];
        for distribution in Distribution::ALL {
            let histogram = &self.histograms[distribution.at()];
            let stays = histogram.count() == 0 && is_reviewed(distribution);
            spreads[distribution.at()] = match last {
                Some(last) if stays => last.spreads[distribution.at()],
                _ => Spread::of(histogram),
            };
        }
        let gini = match gini(&self.histograms[Distribution::HouseholdIncome.at()]) {
            gini if gini.is_nan() => last.map_or(f32::NAN, |last| last.gini),
            gini => gini,
        };
        AreaMonth { month: self.month, days: self.days, values: self.values, spreads, gini }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As forged checkpoints have them: sums that would be beyond 64 bits are no panic.
    #[test]
    fn sums_beyond_all_reason_stay_at_the_bounds() {
        let month = Month(180);
        let mut sum = AreaSum::new(month, 30);
        sum.add_values(&[i64::MAX - 1; Measure::COUNT]);
        let mut other = AreaSum::new(month, 30);
        other.add_values(&[5; Measure::COUNT]);
        sum.merge(&other);
        assert_eq!(sum.finish(None).value(Measure::ALL[0]), i64::MAX);
        let mut least = AreaSum::new(month, 30);
        least.add_values(&[i64::MIN; Measure::COUNT]);
        least.add_values(&[-1; Measure::COUNT]);
        assert_eq!(least.finish(None).value(Measure::ALL[0]), i64::MIN);
    }
}
