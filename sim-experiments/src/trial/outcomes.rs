//! What a trial asks about: outcomes of a household at a survey.

use sim_core::base::Unit;
use sim_core::model::SurveyRow;
use sim_core::unit;

/// Fall of the cost of living from which a household counts as better off \[share\]; that of
/// `households_better_off`.
const GAIN: f64 = 0.005;

/// An outcome.
#[derive(Clone, Copy)]
pub struct TrialOutcome {
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What it is.
    pub definition: &'static str,
    /// What a household answers.
    pub answer: fn(&SurveyRow) -> f64,
}

fn online(row: &SurveyRow) -> f64 {
    (row.spending.station + row.spending.self_service).yuan()
}

/// Percent of retail spending; 0 for who spends nothing.
fn of_retail(row: &SurveyRow, spent: f64) -> f64 {
    if row.retail > 0.0 { 100.0 * spent / row.retail } else { 0.0 }
}

/// All outcomes, in the order of tables.
pub const OUTCOMES: [TrialOutcome; 14] = [
    TrialOutcome {
        name: "station_ever",
        unit: unit!(PercentOfHouseholds),
        definition: "Has ever ordered at the village's station.",
        answer: |row| 100.0 * f64::from(row.ever_at_station),
    },
    TrialOutcome {
        name: "station_use",
        unit: unit!(PercentOfHouseholds),
        definition: "Has ordered at the station in the time asked about.",
        answer: |row| 100.0 * f64::from(row.spending.station_orders > 0),
    },
    TrialOutcome {
        name: "station_share",
        unit: unit!(PercentOfRetail),
        definition: "Spending at the station, in retail spending.",
        answer: |row| of_retail(row, row.spending.station.yuan()),
    },
    TrialOutcome {
        name: "online_share",
        unit: unit!(PercentOfRetail),
        definition: "Spending online in any way, in retail spending.",
        answer: |row| of_retail(row, online(row)),
    },
    TrialOutcome {
        name: "durables",
        unit: unit!(Yuan),
        definition: "Spending on durables online in the time asked about.",
        answer: |row| row.spending.durables.yuan(),
    },
    TrialOutcome {
        name: "cost_of_living",
        unit: unit!(Percent),
        definition: "Retail cost of living against having no way of buying online, 100 times the logarithm.",
        answer: |row| 100.0 * row.cost_of_living,
    },
    TrialOutcome {
        name: "better_off",
        unit: unit!(PercentOfHouseholds),
        definition: "Retail cost of living at least 0.5 % below that without a way of buying online.",
        answer: |row| 100.0 * f64::from(row.cost_of_living <= -GAIN),
    },
    TrialOutcome {
        name: "income",
        unit: unit!(Yuan / Year),
        definition: "Income per head.",
        answer: |row| row.income.total(),
    },
    TrialOutcome {
        name: "income_farm",
        unit: unit!(Yuan / Year),
        definition: "Part from farming and small business.",
        answer: |row| row.income.farm,
    },
    TrialOutcome {
        name: "income_wages",
        unit: unit!(Yuan / Year),
        definition: "Part from wages near home, village shops' among them.",
        answer: |row| row.income.wage + row.income.shop_wages,
    },
    TrialOutcome {
        name: "income_sent",
        unit: unit!(Yuan / Year),
        definition: "Part sent by members away.",
        answer: |row| row.income.remittances,
    },
    TrialOutcome {
        name: "income_transfers",
        unit: unit!(Yuan / Year),
        definition: "Part from transfers and relief.",
        answer: |row| row.income.transfers,
    },
    TrialOutcome {
        name: "income_online",
        unit: unit!(Yuan / Year),
        definition: "Part from online shops of its own.",
        answer: |row| row.income.online_shops,
    },
    TrialOutcome {
        name: "sells_online",
        unit: unit!(PercentOfHouseholds),
        definition: "Runs an online shop.",
        answer: |row| 100.0 * f64::from(row.shops > 0),
    },
];

/// The outcome of a name.
pub fn outcome(name: &str) -> Option<&'static TrialOutcome> {
    OUTCOMES.iter().find(|outcome| outcome.name == name)
}
