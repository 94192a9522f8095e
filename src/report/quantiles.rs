//! Quantiles of values.

use sim_experiments::statistics::quantile_of_sorted;

/// Values in order, missing ones left out, of which many quantiles are asked for.
pub struct Sorted(Vec<f64>);

impl Sorted {
    /// Sorts values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Sorted {
        let mut values: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        Sorted(values)
    }

    /// The quantile at a share from 0 to 1; not-a-number without values.
    pub fn at(&self, share: f64) -> f64 {
        quantile_of_sorted(&self.0, share)
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The values, the least first.
    pub fn values(&self) -> &[f64] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_values_in_proportion() {
        let sorted = Sorted::of([4.0, f64::NAN, 1.0, 3.0, 2.0]);
        let found = [0.0, 0.25, 0.5, 1.0].map(|share| sorted.at(share));
        assert_eq!(found, [1.0, 1.75, 2.5, 4.0]);
        assert!(Sorted::of([]).at(0.5).is_nan() && sorted.len() == 4);
    }
}
