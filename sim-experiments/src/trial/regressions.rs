//! The regressions of a trial's panel.

use super::outcomes::TrialOutcome;
use super::panel::Panel;
use crate::econometrics::{Estimate, Regression, RegressionError, Regressor};
use std::collections::BTreeSet;

/// Whether each household was assigned.
pub(super) fn assigned(panel: &Panel) -> Regressor {
    let values = panel.pairs().map(|(household, _)| f64::from(household.assigned()));
    ("assigned".to_owned(), values.collect())
}

/// Whether a station had opened in each household's village.
pub(super) fn station(panel: &Panel) -> Regressor {
    let values = panel.pairs().map(|(household, _)| f64::from(household.opened));
    ("station".to_owned(), values.collect())
}

/// A constant for each county.
pub(super) fn counties(of: impl Iterator<Item = u32>) -> Vec<Regressor> {
    let of: Vec<u32> = of.collect();
    let all: BTreeSet<u32> = of.iter().copied().collect();
    let constant = |county: u32| -> Regressor {
        let values = of.iter().map(|&one| f64::from(one == county));
        (format!("county {county}"), values.collect())
    };
    all.into_iter().map(constant).collect()
}

/// The follow-up on the baseline, with a constant for each county; treatment is still to be added.
pub(super) fn ancova(panel: &Panel, outcome: &TrialOutcome) -> Regression {
    let before = panel.pairs().map(|(household, _)| (outcome.answer)(&household.before));
    let mut exogenous = counties(panel.pairs().map(|(household, _)| household.county));
    exogenous.push(("before".to_owned(), before.collect()));
    Regression {
        outcome: panel.pairs().map(|(_, after)| (outcome.answer)(after)).collect(),
        exogenous,
        clusters: panel.pairs().map(|(household, _)| household.village).collect(),
        ..Regression::default()
    }
}

/// With assignment as the treatment.
pub(super) fn with_assignment(mut regression: Regression, panel: &Panel) -> Regression {
    regression.exogenous.insert(0, assigned(panel));
    regression
}

/// The effect of assignment on an outcome.
pub(super) fn intended(panel: &Panel, outcome: &TrialOutcome) -> Result<Estimate, RegressionError> {
    let fit = with_assignment(ancova(panel, outcome), panel).fit()?;
    fit.of("assigned").ok_or(RegressionError::NotIdentified)
}
