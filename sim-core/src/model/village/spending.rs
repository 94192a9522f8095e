//! What households spend on retail, and how much of it in village shops.

use crate::agents::household::MEAN_SPENDING_WEIGHT;
use crate::base::Time;
use crate::base::factor::MONTHS_IN_YEAR;
use crate::params::{HouseholdParameters, Parameters};

/// What is spent on retail of an income \[yuan, as the income\].
pub(in crate::model) fn retail_spending(p: &Parameters, income: f64) -> f64 {
    income * p.income.consumption_share * p.household.retail_share
}

/// The same without farm inputs, which are costs of the farm.
pub(in crate::model) fn consumer_spending(p: &Parameters, income: f64) -> f64 {
    retail_spending(p, income) * (1.0 - p.household.farm_inputs_share)
}

/// Yearly retail spending for one unit of a household's weight now \[yuan\].
pub(in crate::model) fn spending_per_weight(p: &Parameters, now: Time) -> f64 {
    retail_spending(p, p.income.rural_income.at(now) * p.income.household_size) / MEAN_SPENDING_WEIGHT
}

/// The part of offline retail that is spent in the village: variety 1 against `town_variety` in town, at like
/// prices.
pub(super) fn in_village(p: &HouseholdParameters) -> f64 {
    1.0 / (1.0 + p.town_variety)
}

/// What a village shop sells with its usual customers, of mean income, who buy nothing online \[yuan/month\].
pub(super) fn usual_counter(p: &Parameters, now: Time) -> f64 {
    let household = p.income.rural_income.at(now) * p.income.household_size;
    let spent = consumer_spending(p, household) * in_village(&p.household) / MONTHS_IN_YEAR;
    spent * p.income.village_shop_customers
}
