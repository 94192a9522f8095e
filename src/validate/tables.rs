//! Tables of a validation: verdicts, the number of every seed, monthly series, and what was run.

use crate::args::ValidateArgs;
use crate::evidence::own::EvidenceBase;
use crate::evidence::table::spoiling;
use sim_core::base::Month;
use sim_core::base::unit::unit;
use sim_core::metrics::table::{Column, Table, TableError};
use sim_experiments::evidence::facts::{Fact, Published};
use sim_experiments::evidence::fitted::FittedParameters;
use sim_experiments::evidence::targets::Targets;
use sim_experiments::evidence::trace::Trace;
use sim_experiments::evidence::verdict::{Judged, Verdict, value};
use std::collections::BTreeMap;

type Made = Result<Table, TableError>;
type Traces = BTreeMap<String, Vec<Trace>>;

/// All tables.
///
/// # Errors
/// None in practice: their columns are fixed.
pub fn all(
    base: &EvidenceBase,
    judged: &[Judged],
    traces: &Traces,
    args: &ValidateArgs,
) -> Result<Vec<Table>, TableError> {
    let targets = targets(judged, &base.fitted);
    let made = [targets, values(judged, traces), series(traces), runs(&base.targets, traces, args)];
    made.into_iter().collect()
}

/// The series and the day of a published figure that is one of a series.
fn when(fact: Option<&Fact>) -> (String, String) {
    match fact {
        Some(Fact::Rollout(day, column)) => (column.clone(), day.clone()),
        Some(Fact::National(series, year)) => (series.clone(), format!("{year}-12-31")),
        Some(Fact::Parameter(_) | Fact::Trial(_)) | None => (String::new(), String::new()),
    }
}

fn targets(judged: &[Judged], fitted: &FittedParameters) -> Made {
    type Row<'j, 't> = &'j Judged<'t>;
    let text = |name: &str, definition: &str, of: &dyn Fn(Row<'_, '_>) -> String| {
        Column::text(name, definition, judged.iter().map(of).collect::<Vec<String>>())
    };
    let number = |name: &str, definition: &str, of: &dyn Fn(Row<'_, '_>) -> f64| {
        let there = judged.iter().map(of).map(|value| if value.is_finite() { value } else { f64::NAN });
        Column::real(name, unit!(SeeUnit), definition, there.collect::<Vec<f64>>()).may_miss()
    };
    let published = |of: fn(&Published) -> &str| {
        move |row: Row<'_, '_>| row.published().map_or_else(String::new, |figure| of(figure).to_owned())
    };
    let edge = |of: fn(&Published) -> f64| move |row: Row<'_, '_>| row.published().map_or(f64::NAN, of);
    Table::new(
        "targets",
        "One row a published figure or pattern: what was published, what the model gives, what is accepted, \
         and the verdict.",
        vec![
            text("target", "Its name.", &|row| row.target.name.clone()),
            text("pattern", "The pattern that it belongs to, as in docs/odd.md.", &|row| {
                row.target.pattern.clone()
            }),
            text("what", "What is compared.", &|row| row.target.what.clone()),
            text(
                "use",
                "fit: parameters may be fitted to it, so that agreement is no evidence. test: nothing is.",
                &|row| row.target.role.word().to_owned(),
            ),
            text(
                "in_view",
                "The parameters that were changed with the figure in view, of a test: agreement is then no \
                 clean evidence. Empty if there are none, and for fit.",
                &|row| spoiling(row, fitted),
            ),
            text(
                "published",
                "The figure as it is written; empty where only a direction or an order is published.",
                &published(|figure| &figure.text),
            ),
            text(
                "unit",
                "Unit of all numbers of the row; empty if it is said in what.",
                &published(|figure| &figure.unit),
            ),
            text(
                "grade",
                "R read in the source, R2 in notes on it, D derived, M widely known and not read again.",
                &published(|figure| &figure.grade),
            ),
            text("source", "Who published it.", &published(|figure| &figure.source)),
            text("series", "The published series that it is of, if any.", &|row| {
                when(row.target.fact.as_ref()).0
            }),
            text("day", "The day of that series.", &|row| when(row.target.fact.as_ref()).1),
            number(
                "published_low",
                "The least that was published. Missing without a figure.",
                &edge(|figure| figure.low),
            ),
            number(
                "published_high",
                "The most that was published. Missing without a figure.",
                &edge(|figure| figure.high),
            ),
            Column::integer(
                "seeds",
                unit!(Runs),
                "Runs that have a value.",
                judged.iter().map(|row| row.values.len() as i64).collect::<Vec<i64>>(),
            ),
            number("mean", "Mean over seeds. Missing without a value.", &|row| row.mean),
            number("low", "5 % quantile of single runs. Missing without a value.", &|row| row.interval.0),
            number("high", "95 % quantile of single runs. Missing without a value.", &|row| row.interval.1),
            number(
                "accepted_low",
                "The least mean that is accepted. Missing without a lower bound.",
                &|row| row.bounds.0,
            ),
            number(
                "accepted_high",
                "The greatest mean that is accepted. Missing without an upper bound.",
                &|row| row.bounds.1,
            ),
            number(
                "distance",
                "How far the mean is from the figure in units of the tolerance: 0 exact, 1 at the edge, \
                 above 1 missed; of a bound without a figure, how much of it is used. Missing if not \
                 testable.",
                &|row| row.distance,
            ),
            text("tolerance", "What is accepted, in words.", &|row| {
                row.target.accept.map_or_else(String::new, |accept| accept.to_string())
            }),
            text("why", "Why that is near enough; or why it cannot be tested.", &|row| {
                row.target.why.clone()
            }),
            text("run", "The run that it is read from.", &|row| {
                row.target.read.as_ref().map_or_else(String::new, |(run, _)| run.clone())
            }),
            text("reading", "What is read.", &|row| {
                row.target.read.as_ref().map_or_else(String::new, |(_, read)| read.to_string())
            }),
            text("verdict", "met, missed or not testable.", &|row| {
                match row.verdict {
                    Verdict::Met => "met",
                    Verdict::Missed => "missed",
                    Verdict::NotTestable => "not testable",
                }
                .to_owned()
            }),
            text(
                "remark",
                "Why it cannot be tested, or what was tried if it is missed; empty if met.",
                &|row| row.remark.clone(),
            ),
        ],
    )
}

fn values(judged: &[Judged], traces: &Traces) -> Made {
    let (mut target, mut seed, mut number) = (Vec::new(), Vec::new(), Vec::new());
    for row in judged {
        let runs = row.target.read.as_ref().and_then(|(run, _)| traces.get(run));
        for trace in runs.into_iter().flatten() {
            target.push(row.target.name.clone());
            seed.push(trace.seed.to_string());
            number.push(value(row.target, trace));
        }
    }
    Table::new(
        "values",
        "One row a target and run: the run's number, in the published unit.",
        vec![
            Column::text("target", "The target; its unit is in targets.", target),
            Column::text("seed", "The run's seed.", seed),
            Column::real("value", unit!(SeeTargets), "The number. Missing where the run has none.", number)
                .may_miss(),
        ],
    )
}

fn series(traces: &Traces) -> Made {
    let (mut run, mut seed, mut name, mut month, mut number, mut scale) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (of, traces) in traces {
        for trace in traces {
            for (series, values) in &trace.series {
                for (at, &value) in values.iter().enumerate() {
                    run.push(of.clone());
                    seed.push(trace.seed.to_string());
                    name.push(series.clone());
                    month.push(Month(trace.first.saturating_add(at as u16)));
                    number.push(value);
                    scale.push(trace.scale);
                }
            }
        }
    }
    Table::new(
        "series",
        "One row a run, series and month: what targets and plots are read from.",
        vec![
            Column::text("run", "The run.", run),
            Column::text("seed", "Its seed.", seed),
            Column::text("series", "An outcome, as in tables of runs; money in yuan.", name),
            Column::months("month", "The month.", month),
            Column::real(
                "value",
                unit!(AsInTablesOfRuns),
                "Of the simulated counties together. Missing where there is nothing to divide by or count.",
                number,
            )
            .may_miss(),
            Column::real(
                "scale",
                unit!(Ratio),
                "Counties of the country over those simulated: counts times it stand for the country.",
                scale,
            ),
        ],
    )
}

fn runs(asked: &Targets, traces: &Traces, args: &ValidateArgs) -> Made {
    let of = |text: fn(&sim_experiments::evidence::targets::EvidenceRun) -> String| {
        asked.runs.iter().map(text).collect::<Vec<String>>()
    };
    let changes = asked.runs.iter().map(|run| {
        let quick = run.quick_changes.iter().filter(|_| args.quick);
        let all = run.changes.iter().chain(quick).chain(&args.set);
        let all: Vec<String> = all.map(|(path, value)| format!("{path}={value}")).collect();
        all.join(", ")
    });
    let seeds = asked.runs.iter().map(|run| traces.get(&run.name).map_or(0, |traces| traces.len() as i64));
    Table::new(
        "runs",
        "What was run: one row a scenario, from seed 1 on.",
        vec![
            Column::text("run", "Its name.", of(|run| run.name.clone())),
            Column::text(
                "scenario",
                "The built-in scenario, or the path of a file from the folder of the targets.",
                of(|run| run.scenario.clone()),
            ),
            Column::integer("seeds", unit!(Runs), "Runs that finished.", seeds.collect::<Vec<i64>>()),
            Column::text("changed", "What was set in it.", changes.collect::<Vec<String>>()),
            Column::text("about", "What it is for.", of(|run| run.about.clone())),
        ],
    )
}
