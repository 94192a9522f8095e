//! Probes of a randomised trial: what one trial of the published size found, for the share of trials that
//! find what was published.

use super::probe::Probe;
use crate::econometrics::Estimate;
use crate::trial::{Analysis, Panel, analyse};
use sim_core::simulation::Simulation;
use sim_core::unit;

/// The t from which an effect counts as found.
const FOUND: f64 = 2.0;
const PERCENT: f64 = 100.0;

/// All probes of a trial; not-a-number in a run without one.
pub const TRIAL_PROBES: [Probe; 8] = [
    Probe {
        name: "trial_first_stage",
        unit: unit!(Percent),
        definition: "Villages with a station because they were assigned one, at the follow-up.",
        formula: |simulation| {
            let first = analysed(simulation).first_stage;
            first.map_or(f64::NAN, |first| PERCENT * first.estimate.coefficient)
        },
    },
    Probe {
        name: "trial_income_found",
        unit: unit!(Share),
        definition: "1 if assignment has an effect on income with a t of 2 or more, else 0.",
        formula: |simulation| {
            let analysis = analysed(simulation);
            let t = estimate(&analysis, "income").and_then(|estimate| estimate.t());
            t.map_or(f64::NAN, |t| f64::from(t.abs() >= FOUND))
        },
    },
    Probe {
        name: "trial_cost_fell",
        unit: unit!(Share),
        definition: "1 if assignment lowers the cost of living, else 0.",
        formula: |simulation| {
            let analysis = analysed(simulation);
            let found = estimate(&analysis, "cost_of_living");
            found.map_or(f64::NAN, |estimate| f64::from(estimate.coefficient < 0.0))
        },
    },
    Probe {
        name: "trial_gainers",
        unit: unit!(ShareOfHouseholds),
        definition: "Households whose cost of living fell by 0.5 % or more since the baseline, where a \
                     station opened.",
        formula: |simulation| analysed(simulation).fell[0],
    },
    Probe {
        name: "trial_younger_gain",
        unit: unit!(Share),
        definition: "1 if a station lowers the cost of living more where heads are younger, else 0.",
        formula: |simulation| gain(simulation, "younger"),
    },
    Probe {
        name: "trial_richer_gain",
        unit: unit!(Share),
        definition: "1 if a station lowers the cost of living more where incomes are higher, else 0.",
        formula: |simulation| gain(simulation, "richer"),
    },
    Probe {
        name: "trial_remoter_gain",
        unit: unit!(Share),
        definition: "1 if a station lowers the cost of living more where the road to town is longer, else 0.",
        formula: |simulation| gain(simulation, "remoter"),
    },
    Probe {
        name: "trial_undelivered_gain",
        unit: unit!(Share),
        definition: "1 if a station lowers the cost of living more where no parcels were delivered, else 0.",
        formula: |simulation| gain(simulation, "no_delivery"),
    },
];

fn analysed(simulation: &Simulation) -> Analysis {
    analyse(&Panel::of(simulation))
}

fn estimate(analysis: &Analysis, outcome: &str) -> Option<Estimate> {
    analysis.effect(outcome)?.intended.clone().ok()
}

/// 1 if a group gains more in the cost of living.
fn gain(simulation: &Simulation, group: &str) -> f64 {
    let analysis = analysed(simulation);
    let cell =
        analysis.groups.iter().find(|cell| cell.outcome.name == "cost_of_living" && cell.group.name == group);
    let effect = cell.and_then(|cell| cell.effect.as_ref().ok());
    effect.map_or(f64::NAN, |effect| f64::from(effect.difference.coefficient < 0.0))
}
