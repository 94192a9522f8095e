//! Quantiles of values.

/// Values in order, missing ones left out.
pub struct Sorted(Vec<f64>);

impl Sorted {
    /// Sorts values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Sorted {
        let mut values: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        Sorted(values)
    }

    /// The quantile at a share from 0 to 1, between values in proportion (type 7 of Hyndman and Fan 1996, the default of R and
    /// NumPy); not-a-number without values.
    pub fn at(&self, share: f64) -> f64 {
        let place = share.clamp(0.0, 1.0) * self.0.len().saturating_sub(1) as f64;
        let (low, part) = (place.floor() as usize, place.fract());
        let Some(&below) = self.0.get(low) else {
            return f64::NAN;
        };
        let above = self.0.get(low + 1).copied().unwrap_or(below);
        below + part * (above - below)
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
