//! An ensemble's outcomes: what is unknown, told from luck.

use super::part::{AnalysisPart, number};
use crate::command_error::CommandError;
use crate::output;
use crate::terminal;
use crate::text::layout;
use crate::text::name::in_words;
use crate::text::number::{compact, count, of};
use serde_json::{Value, json};
use sim_core::base::Unit;
use sim_core::base::unit::unit;
use sim_core::metrics::table::{Column, Table};
use sim_experiments::analysis::Responses;
use sim_experiments::experiment::KeptOutcome;
use sim_experiments::plan::RunPlan;
use sim_experiments::statistics::{FEWEST, Summary};
use sim_experiments::uncertainty::Uncertainty;

/// What was found of every outcome, over members and seeds.
pub struct Found {
    outcomes: Vec<KeptOutcome>,
    each: Vec<Uncertainty>,
    seeds: usize,
    failed: u64,
}

/// What was run, in a line or two.
pub fn heading(plan: &RunPlan) -> String {
    let experiment = plan.experiment();
    let seeds = u64::from(experiment.replicates);
    format!(
        "{}: {} x {} = {}, from seed {}\n",
        experiment.name,
        of(experiment.members() as u64, "member", "members"),
        of(seeds, "seed", "seeds"),
        of(plan.runs(), "run", "runs"),
        experiment.first_seed
    )
}

impl Found {
    /// Of the runs at the only point of a design.
    pub fn of(responses: &Responses) -> Found {
        let of = |at: usize| {
            let runs: Vec<_> = responses.by_member(at).into_iter().flatten().collect();
            Uncertainty::of(&runs)
        };
        Found {
            outcomes: responses.outcomes.clone(),
            each: (0..responses.outcomes.len()).map(of).collect(),
            seeds: responses.replicates / responses.weights.len().max(1),
            failed: responses.failed,
        }
    }

    /// For people.
    pub fn text(&self) -> String {
        let header = ["Outcome [unit]", "mean (90 %)", "90 % band", "luck sd", "unknown sd", "unknown share"];
        let mut table = layout::table(terminal::width(), &header);
        for (outcome, found) in self.outcomes.iter().zip(&self.each) {
            if found.values == 0 || (found.mean == 0.0 && found.low == 0.0 && found.high == 0.0) {
                continue;
            }
            table.add_row([
                format!("{} [{}]", in_words(&outcome.name), outcome.unit()),
                mean(found),
                format!("{} to {}", compact(found.low), compact(found.high)),
                deviation(found.luck),
                deviation(found.unknown),
                share(found),
            ]);
        }
        layout::numbers(&mut table, 1..header.len());
        let width = usize::from(terminal::width());
        let doubts: String =
            self.doubts().iter().map(|doubt| layout::note(&format!("{doubt}."), terminal::width())).collect();
        format!("\n{}{doubts}{}\n", layout::text(&table, "  "), layout::wrapped(ABOUT, width))
    }

    /// What casts doubt on it, a sentence each without its full stop.
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        let members = self.each.iter().map(|found| found.members).max().unwrap_or(0);
        if self.seeds < 2 {
            doubts.push(
                "one seed a member: luck cannot be told from what is unknown, which takes two or more \
                 (--seeds 2)"
                    .to_owned(),
            );
        }
        if members < FEWEST {
            doubts.push(format!(
                "{}: too few for an interval of the mean, which takes {FEWEST}",
                of(members as u64, "member", "members")
            ));
        }
        if members < FEWEST_OF_BAND {
            doubts.push(format!(
                "fewer than {FEWEST_OF_BAND} members: a band may be from the least value to the greatest, \
                 and hold less than nine in ten"
            ));
        }
        if self.failed > 0 {
            doubts.push(format!("{} failed and left out", of(self.failed, "run has", "runs have")));
        }
        doubts
    }

    /// For programs: one object an outcome.
    pub fn values(&self) -> Vec<Value> {
        let each = self.outcomes.iter().zip(&self.each);
        each.map(|(outcome, found)| {
            json!({
                "outcome": outcome.name, "unit": outcome.unit(), "members": found.members,
                "values": found.values, "mean": number(found.mean), "margin": number(found.margin),
                "p05": number(found.low), "p95": number(found.high), "luck_sd": number(found.luck.sqrt()),
                "unknown_sd": number(found.unknown.sqrt()), "unknown_share": number(found.unknown_share()),
            })
        })
        .collect()
    }

    /// For programs: the whole.
    pub fn document(&self, plan: &RunPlan) -> Value {
        let experiment = plan.experiment();
        json!({
            "scenario": experiment.name, "version": plan.stored().version, "members": experiment.members(),
            "seeds": experiment.replicates, "first_seed": experiment.first_seed, "runs": plan.runs(),
            "failed": self.failed, "warnings": self.doubts(), "outcomes": self.values(),
        })
    }

    /// As comma-separated values, one row an outcome.
    ///
    /// # Errors
    /// None in practice: the columns are fixed.
    pub fn csv(&self) -> Result<String, CommandError> {
        let real = |name: &str, unit: Unit, definition: &str, of: &dyn Fn(&Uncertainty) -> f64| {
            Column::real(name, unit, definition, self.each.iter().map(of).collect::<Vec<f64>>()).may_miss()
        };
        let own = unit!(SeeUnit);
        let whole = |of: &dyn Fn(&Uncertainty) -> usize| {
            self.each.iter().map(|found| of(found) as i64).collect::<Vec<i64>>()
        };
        let table = Table::new(
            "uncertainty",
            "One row an outcome: what is unknown of it, told from luck.",
            vec![
                Column::text("outcome", "The outcome.", self.outcomes.iter().map(|one| one.name.as_str())),
                Column::text("unit", "Its unit.", self.outcomes.iter().map(|one| one.unit().to_string())),
                Column::integer(
                    "members",
                    Unit::NONE,
                    "Members with a value.",
                    whole(&|found| found.members),
                ),
                Column::integer("values", Unit::NONE, "Runs with a value.", whole(&|found| found.values)),
                real("mean", own, "Mean over members and seeds.", &|found| found.mean),
                real("margin", own, "Half the width of its 90 % interval.", &|found| found.margin),
                real("p05", own, "Lower end of the 90 % band.", &|found| found.low),
                real("p95", own, "Upper end of the 90 % band.", &|found| found.high),
                real("luck_sd", own, "Standard deviation between seeds.", &|found| found.luck.sqrt()),
                real("unknown_sd", own, "The same between members, beyond luck.", &|found| {
                    found.unknown.sqrt()
                }),
                real("unknown_share", unit!(Share), "Share of the variance that is unknown.", &|found| {
                    found.unknown_share()
                }),
            ],
        );
        output::csv_text(&table.map_err(CommandError::run)?).map_err(CommandError::run)
    }

    /// As a part of an analysis.
    pub fn part(&self) -> AnalysisPart {
        AnalysisPart {
            name: "bands",
            text: self.text(),
            value: Value::Array(self.values()),
            warnings: self.doubts().into_iter().map(|doubt| format!("{doubt}.")).collect(),
        }
    }
}

/// Luck and what is unknown of an outcome, the mean variances over some points of a design; not-a-number
/// where they cannot be told apart.
pub fn variances(responses: &Responses, outcome: usize, points: &[usize]) -> [f64; 2] {
    let all = responses.by_member(outcome);
    let own = points.iter().filter_map(|&point| all.get(point));
    let each: Vec<Uncertainty> = own.map(|runs| Uncertainty::of(runs)).collect();
    let mean = |of: fn(&Uncertainty) -> f64| Summary::of(&each.iter().map(of).collect::<Vec<f64>>()).mean;
    [mean(|one| one.luck), mean(|one| one.unknown)]
}

/// Members below which the ends of a band may be beyond the least and the greatest value.
const FEWEST_OF_BAND: usize = 19;

const ABOUT: &str = "Mean: over members and seeds, with its 90 % interval. Band: a further run with a \
further member \
                     lies in it in nine of ten cases. Luck: standard deviation between seeds of one member; \
                     unknown: between members, beyond luck. Unknown share: of the variance.";

/// The mean with its interval where it has one.
fn mean(found: &Uncertainty) -> String {
    match found.margin {
        margin if margin.is_nan() => compact(found.mean),
        margin => format!("{} ± {}", compact(found.mean), compact(margin)),
    }
}

/// A standard deviation; a dash where it cannot be told.
pub fn deviation(variance: f64) -> String {
    if variance.is_nan() { "-".to_owned() } else { compact(variance.sqrt()) }
}

/// The share of the variance that is unknown.
pub fn share(found: &Uncertainty) -> String {
    match found.unknown_share() {
        share if share.is_nan() => "-".to_owned(),
        share => format!("{} %", count((share * 100.0).round() as u64)),
    }
}
