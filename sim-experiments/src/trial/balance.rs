//! Whether the arms are alike at the baseline, as an assignment by lot makes them but for chance.

use super::panel::{Panel, PanelHousehold};
use super::regressions;
use crate::econometrics::{Estimate, Regression, Regressor, holm};
use crate::statistics::Summary;
use sim_core::base::Unit;
use sim_core::unit;

/// Something known of a household before.
#[derive(Clone, Copy)]
pub struct BaselineTrait {
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    of: fn(&PanelHousehold) -> f64,
}

/// What the arms are compared by.
pub const TRAITS: [BaselineTrait; 8] = [
    BaselineTrait {
        name: "income",
        unit: unit!(Yuan / Year),
        of: |household| household.before.income.total(),
    },
    BaselineTrait {
        name: "head_age",
        unit: unit!(Years),
        of: |household| f64::from(household.before.household.head_age),
    },
    BaselineTrait {
        name: "members",
        unit: unit!(People),
        of: |household| f64::from(household.before.household.members),
    },
    BaselineTrait {
        name: "migrants",
        unit: unit!(People),
        of: |household| f64::from(household.before.household.migrants),
    },
    BaselineTrait {
        name: "buys_online",
        unit: unit!(PercentOfHouseholds),
        of: |household| 100.0 * f64::from(household.before.buys()),
    },
    BaselineTrait {
        name: "cost_of_living",
        unit: unit!(Percent),
        of: |household| 100.0 * household.before.cost_of_living,
    },
    BaselineTrait {
        name: "delivery",
        unit: unit!(PercentOfHouseholds),
        of: |household| 100.0 * f64::from(household.had_delivery()),
    },
    BaselineTrait {
        name: "to_town",
        unit: unit!(Minutes),
        of: |household| f64::from(household.before.to_town),
    },
];

/// How alike the arms are in a trait.
#[derive(Clone, Copy)]
pub struct Balance {
    /// The trait.
    pub of: BaselineTrait,
    /// Mean of the controls.
    pub control_mean: f64,
    /// Assigned less control, with a constant for each county; missing if it cannot be told.
    pub difference: Option<Estimate>,
    /// The difference of means over the root of the mean variance of the arms: below a quarter counts as
    /// alike, however large the trial (Imbens and Rubin, *Causal Inference* 2015, chapter 14).
    pub normalised: f64,
    /// The difference's p-value among all traits (Holm).
    pub p: Option<f64>,
}

/// Compares the arms of everybody surveyed at the baseline, also those not found again.
pub fn balance(panel: &Panel) -> Vec<Balance> {
    let mut found: Vec<Balance> = TRAITS.iter().map(|&of| one(panel, of)).collect();
    let tests: Vec<Option<f64>> =
        found.iter().map(|row| row.difference.and_then(|difference| difference.p())).collect();
    for (row, p) in found.iter_mut().zip(holm(&tests)) {
        row.p = p;
    }
    found
}

fn one(panel: &Panel, of: BaselineTrait) -> Balance {
    let all = &panel.households;
    let column = |name: &str, value: &dyn Fn(&PanelHousehold) -> f64| -> Regressor {
        (name.to_owned(), all.iter().map(value).collect())
    };
    let counties = regressions::counties(all.iter().map(|household| household.county));
    let mut exogenous = vec![column("assigned", &|household| f64::from(household.assigned()))];
    exogenous.extend(counties);
    let regression = Regression {
        outcome: all.iter().map(of.of).collect(),
        exogenous,
        clusters: all.iter().map(|household| household.village).collect(),
        ..Regression::default()
    };
    let [assigned, control] = [true, false].map(|arm| {
        let values: Vec<f64> =
            all.iter().filter(|household| household.assigned() == arm).map(of.of).collect();
        Summary::of(&values)
    });
    let spread = (assigned.deviation * assigned.deviation + control.deviation * control.deviation) / 2.0;
    Balance {
        of,
        control_mean: control.mean,
        difference: regression.fit().ok().and_then(|fit| fit.of("assigned")),
        normalised: (assigned.mean - control.mean) / spread.sqrt(),
        p: None,
    }
}
