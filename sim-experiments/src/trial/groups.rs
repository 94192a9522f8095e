//! Effects by group: who gains more.

use super::outcomes::TrialOutcome;
use super::panel::{Panel, PanelHousehold};
use super::regressions;
use crate::econometrics::{Estimate, Regression, RegressionError, Regressor};

/// A way of splitting households in two by what was known at the baseline.
#[derive(Clone, Copy)]
pub struct Group {
    /// Its name.
    pub name: &'static str,
    /// Who belongs to it.
    pub definition: &'static str,
    /// Who does not.
    pub others: &'static str,
    /// What it goes by; who has more than the median belongs to it.
    trait_of: fn(&PanelHousehold) -> f64,
    /// Whether the trait is yes or no, and not compared with a median.
    is_binary: bool,
}

/// The groups.
pub const GROUPS: [Group; 4] = [
    Group {
        name: "no_delivery",
        definition: "villages without parcel delivery before",
        others: "with delivery",
        trait_of: |household| f64::from(!household.had_delivery()),
        is_binary: true,
    },
    Group {
        name: "younger",
        definition: "heads younger than the median",
        others: "older",
        trait_of: |household| -f64::from(household.before.household.head_age),
        is_binary: false,
    },
    Group {
        name: "richer",
        definition: "income per head above the median",
        others: "poorer",
        trait_of: |household| household.before.income.total(),
        is_binary: false,
    },
    Group {
        name: "remoter",
        definition: "road to town longer than the median",
        others: "nearer",
        trait_of: |household| f64::from(household.before.to_town),
        is_binary: false,
    },
];

impl Group {
    /// Who of the panel found twice belongs to it: 1, else 0.
    pub fn members(&self, panel: &Panel) -> Vec<f64> {
        let traits: Vec<f64> = panel.pairs().map(|(household, _)| (self.trait_of)(household)).collect();
        if self.is_binary {
            return traits;
        }
        let mut sorted = traits.clone();
        sorted.sort_by(f64::total_cmp);
        let Some(&median) = sorted.get(sorted.len() / 2) else {
            return traits;
        };
        traits.iter().map(|&own| f64::from(own > median)).collect()
    }
}

/// The effect of a station on the treated, in a group and outside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupEffect {
    /// Share of households in the group.
    pub share: f64,
    /// On the others.
    pub others: Estimate,
    /// On the group.
    pub group: Estimate,
    /// The group's less the others'.
    pub difference: Estimate,
    /// The difference that assignment makes to the effect of assignment.
    pub intended: Estimate,
}

/// The effect on an outcome by group: two-stage least squares with the station, and the station times the
/// group, for which assignment, and assignment times the group, are the instruments.
///
/// # Errors
/// If a group is empty or stations do not follow assignment within it.
pub(super) fn by_group(
    panel: &Panel,
    outcome: &TrialOutcome,
    group: &Group,
) -> Result<GroupEffect, RegressionError> {
    let members = group.members(panel);
    let times = |column: &Regressor| -> Regressor {
        let product = column.1.iter().zip(&members).map(|(a, b)| a * b);
        (format!("{} x group", column.0), product.collect())
    };
    let mut regression = regressions::ancova(panel, outcome);
    regression.exogenous.push(("group".to_owned(), members.clone()));
    let (assigned, station) = (regressions::assigned(panel), regressions::station(panel));
    let intended = Regression {
        exogenous: [vec![assigned.clone(), times(&assigned)], regression.exogenous.clone()].concat(),
        ..regression.clone()
    };
    let treated = Regression {
        endogenous: vec![station.clone(), times(&station)],
        instruments: vec![assigned.clone(), times(&assigned)],
        ..regression
    }
    .fit()?;
    let missing = RegressionError::NotIdentified;
    let interaction = "station x group";
    Ok(GroupEffect {
        share: members.iter().sum::<f64>() / members.len().max(1) as f64,
        others: treated.of("station").ok_or(missing.clone())?,
        group: treated.combination(&[("station", 1.0), (interaction, 1.0)]).ok_or(missing.clone())?,
        difference: treated.of(interaction).ok_or(missing.clone())?,
        intended: intended.fit()?.of("assigned x group").ok_or(missing)?,
    })
}
