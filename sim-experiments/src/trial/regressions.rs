//! The regressions of a trial's panel.

use super::outcomes::TrialOutcome;
use super::panel::Panel;
use crate::econometrics::{Regression, Regressor};
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

/// The follow-up on the baseline, with a constant for each county; treatment is still to be added.
pub(super) fn ancova(panel: &Panel, outcome: &TrialOutcome) -> Regression {
    let counties: BTreeSet<u32> = panel.pairs().map(|(household, _)| household.county).collect();
    let constant = |county: u32| -> Regressor {
        let values = panel.pairs().map(|(household, _)| f64::from(household.county == county));
        (format!("county {county}"), values.collect())
    };
    let before = panel.pairs().map(|(household, _)| (outcome.answer)(&household.before));
    let mut exogenous: Vec<Regressor> = counties.into_iter().map(constant).collect();
    exogenous.push(("before".to_owned(), before.collect()));
    Regression {
        outcome: panel.pairs().map(|(_, after)| (outcome.answer)(after)).collect(),
        exogenous,
        clusters: panel.pairs().map(|(household, _)| household.village).collect(),
        ..Regression::default()
    }
}
