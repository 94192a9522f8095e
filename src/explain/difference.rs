//! What made two runs differ: each changed field's contribution, by Shapley values.

use super::levers::{Levers, MovedField, Recipe};
use crate::args::ExplainArgs;
use crate::command_error::CommandError;
use crate::engine;
use crate::interrupt;
use crate::terminal;
use crate::text::layout;
use crate::text::name::in_words;
use crate::text::number::figure;
use serde_json::{Value, json};
use sim_core::scenario::{Advice, Loaded, Scenario};
use sim_core::simulation::Simulation;
use sim_experiments::econometrics::Estimate;
use sim_experiments::ensemble::{Ended, Ensemble, JobError};
use sim_experiments::series::{Level, Reading, Series, read_series};
use sim_experiments::shapley::{EXACT, ShapleyPlan, Subset};
use sim_experiments::statistics::FEWEST;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// What is explained if nothing is named.
const OUTCOMES: [&str; 6] = [
    "stations_open",
    "station_orders",
    "buying_share",
    "cost_of_living_change_mean",
    "shops",
    "poverty_rate",
];
/// Confidence of intervals.
const CONFIDENCE: f64 = 0.9;

/// An outcome's shares, by seed.
struct Explained {
    series: Series,
    reading: Reading,
    /// Values of the first and the second run, a seed each.
    ends: Vec<[f64; 2]>,
    /// Shares by seed and lever.
    shares: Vec<Vec<f64>>,
}

/// Explains and prints.
pub fn explain(args: &ExplainArgs, other: &str) -> Result<(), CommandError> {
    let [first, second] = [Recipe::of(&args.run, &args.set)?, Recipe::of(other, &args.set)?];
    let levers = Levers::between(&first, &second)?;
    let names: Vec<String> =
        if args.outcome.is_empty() { OUTCOMES.map(str::to_owned).to_vec() } else { args.outcome.clone() };
    let series = names.iter().map(|name| named(name)).collect::<Result<Vec<_>, _>>()?;
    let plans = plans(&first.first.scenario, levers.all.len(), args)?;
    let values = run(args, &first.first, &levers, &plans, &series)?;
    let levers = &levers.all;
    let explained: Vec<Explained> = series
        .iter()
        .enumerate()
        .map(|(at, &(series, reading))| shares(at, series, reading, &plans, &values))
        .collect();
    let scenarios = [first.last(), second.last()];
    if args.json {
        let text = serde_json::to_string_pretty(&document(scenarios, levers, &plans, &explained));
        return terminal::print(&format!("{}\n", text.map_err(CommandError::run)?));
    }
    terminal::print(&terminal::harmless(&text(scenarios, levers, &plans, &explained, terminal::width())))
}

fn named(name: &str) -> Result<(Series, Reading), CommandError> {
    let series = Series::named(name).ok_or_else(|| {
        let advice = match Series::advice(name, Level::Nation) {
            Advice::Nothing => "`countryside show` lists outcomes".to_owned(),
            advice => advice.to_string(),
        };
        CommandError::input(format!("there is no measure or outcome `{name}`; {advice}"))
    })?;
    Ok((series, if series.is_flow() { Reading::Total } else { Reading::End }))
}

fn plans(
    first: &Scenario,
    levers: usize,
    args: &ExplainArgs,
) -> Result<BTreeMap<u64, ShapleyPlan>, CommandError> {
    let start = first.seed.0;
    let end = start.checked_add(u64::from(args.seeds)).ok_or_else(|| {
        CommandError::input(format!("seed {start} leaves no room for {} seeds after it", args.seeds))
    })?;
    Ok((start..end).map(|seed| (seed, ShapleyPlan::new(levers, args.orders as usize, seed))).collect())
}

type Values = BTreeMap<(u64, Subset), Vec<f64>>;

/// Runs every subset of every seed.
fn run(
    args: &ExplainArgs,
    first: &Loaded,
    levers: &Levers,
    plans: &BTreeMap<u64, ShapleyPlan>,
    series: &[(Series, Reading)],
) -> Result<Values, CommandError> {
    let jobs: Vec<(u64, Subset)> = plans
        .iter()
        .flat_map(|(&seed, plan)| plan.subsets().into_iter().map(move |subset| (seed, subset)))
        .collect();
    let table: Option<Arc<[u8]>> = first.table.as_deref().map(Arc::from);
    let job = |index: u64| {
        let (seed, subset) = jobs[index as usize];
        levers.moved(&first.scenario, table.clone(), seed, subset).map_err(JobError::Refused)
    };
    let look = |_: u64, simulation: &Simulation| -> Vec<f64> {
        let read = |&(series, reading): &(Series, Reading)| {
            let rows = read_series(simulation, series, Level::Nation);
            rows.first().map_or(f64::NAN, |rows| reading.read_of(simulation, series, &rows.months))
        };
        series.iter().map(read).collect()
    };
    terminal::note(&format!("{} runs for {} fields and {} seeds", jobs.len(), levers.all.len(), plans.len()));
    interrupt::listen();
    let (mut values, mut failed) = (Values::new(), None);
    let (_, threads) = engine::threads(args.threads);
    let _given_up = interrupt::gives_up("stopped before all runs were made");
    let ended = Ensemble::new(threads).cancelled_by(&interrupt::requested).run_branching(
        0..jobs.len() as u64,
        job,
        look,
        |finished| match finished.result {
            Ok(seen) => {
                values.insert(jobs[finished.index as usize], seen);
                ControlFlow::Continue(())
            }
            Err(failure) => {
                failed = Some((jobs[finished.index as usize], failure));
                ControlFlow::Break(())
            }
        },
    );
    match failed {
        Some(((seed, subset), failure)) => {
            let moved = levers.all.iter().enumerate().filter(|(at, _)| subset & (1 << at) != 0);
            let moved: Vec<String> = moved.map(|(_, lever)| lever.name()).collect();
            let what = if moved.is_empty() { "nothing".to_owned() } else { moved.join(", ") };
            Err(CommandError::run(format!("seed {seed} with {what} changed: {failure}")))
        }
        None if ended == Ended::Cancelled => {
            Err(CommandError::Interrupted(format!("stopped after {} of {} runs", values.len(), jobs.len())))
        }
        None => Ok(values),
    }
}

fn shares(
    at: usize,
    series: Series,
    reading: Reading,
    plans: &BTreeMap<u64, ShapleyPlan>,
    values: &Values,
) -> Explained {
    let mut explained = Explained { series, reading, ends: Vec::new(), shares: Vec::new() };
    for (&seed, plan) in plans {
        let of_seed: BTreeMap<Subset, f64> = plan
            .subsets()
            .into_iter()
            .filter_map(|subset| Some((subset, *values.get(&(seed, subset))?.get(at)?)))
            .collect();
        let ends = [of_seed.first_key_value(), of_seed.last_key_value()]
            .map(|end| end.map_or(f64::NAN, |(_, v)| *v));
        if let Some(shares) =
            plan.shares(&of_seed).filter(|shares| shares.iter().all(|share| share.is_finite()))
        {
            explained.ends.push(ends);
            explained.shares.push(shares);
        }
    }
    explained
}

/// Mean and interval over seeds; of too few seeds no interval.
fn estimate(values: impl Iterator<Item = f64>) -> (f64, Option<[f64; 2]>) {
    let values: Vec<f64> = values.collect();
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let error = (values.len() >= FEWEST).then(|| (squares / (count - 1.0) / count).sqrt());
    (mean, Estimate { coefficient: mean, error, freedom: count - 1.0 }.interval(CONFIDENCE))
}

/// Rows of an outcome: name, mean, interval.
fn rows(explained: &Explained, levers: &[MovedField]) -> Vec<(String, f64, Option<[f64; 2]>)> {
    let mut rows: Vec<_> = levers
        .iter()
        .enumerate()
        .map(|(at, lever)| {
            let (mean, interval) = estimate(explained.shares.iter().map(|shares| shares[at]));
            (lever.name(), mean, interval)
        })
        .collect();
    rows.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    let (whole, interval) = estimate(explained.ends.iter().map(|ends| ends[1] - ends[0]));
    rows.push(("all together".to_owned(), whole, interval));
    rows
}

fn method(plans: &BTreeMap<u64, ShapleyPlan>) -> String {
    match plans.values().next() {
        Some(ShapleyPlan::Orders(orders)) => {
            format!("{} drawn orders for each seed, as there are more than {EXACT} fields", orders.len())
        }
        _ => "all combinations".to_owned(),
    }
}

fn text(
    scenarios: [&Scenario; 2],
    levers: &[MovedField],
    plans: &BTreeMap<u64, ShapleyPlan>,
    explained: &[Explained],
    width: u16,
) -> String {
    let mut text = format!("From {} to {}, {} seeds\n\n", scenarios[0].name, scenarios[1].name, plans.len());
    let mut table = layout::table(width, &["Changed field", "from", "to"]);
    for lever in levers {
        table.add_row([
            &lever.name(),
            &layout::shortened(&lever.values[0]),
            &layout::shortened(&lever.values[1]),
        ]);
    }
    text += &layout::text(&table, "  ");
    for outcome in explained {
        let how = if outcome.reading == Reading::Total { "sum over the run" } else { "in the last month" };
        let title = format!("{} [{}], {how}", in_words(&outcome.series.name()), outcome.series.unit());
        text += &format!("\n  {title}\n");
        if outcome.shares.is_empty() {
            text += "    has no value in these runs\n";
            continue;
        }
        let [from, to] = [0, 1].map(|end| estimate(outcome.ends.iter().map(|ends| ends[end])).0);
        text += &format!("    {} -> {}\n", figure(from), figure(to));
        let mut table = layout::table(width, &["contribution of", "mean", "90 % interval", "share"]);
        let rows = rows(outcome, levers);
        let whole = rows.last().map_or(f64::NAN, |row| row.1);
        for (name, mean, interval) in rows {
            let interval = interval
                .map_or_else(|| "-".to_owned(), |[low, high]| format!("{} to {}", figure(low), figure(high)));
            let share = if whole == 0.0 { "-".to_owned() } else { format!("{:.0} %", 100.0 * mean / whole) };
            table.add_row([name, figure(mean), interval, share]);
        }
        layout::numbers(&mut table, 1..4);
        text += &layout::text(&table, "    ");
    }
    let note = format!(
        "Shapley values over {}: each field's effect averaged over the orders in which fields can change, \
         so that they add up to the whole. Intervals are over seeds; fewer than 8 seeds have none.",
        method(plans)
    );
    let wrapped = layout::wrapped(&note, usize::from(width).saturating_sub(4));
    text + "\n" + &wrapped.lines().map(|line| format!("  {line}\n")).collect::<String>()
}

fn document(
    scenarios: [&Scenario; 2],
    levers: &[MovedField],
    plans: &BTreeMap<u64, ShapleyPlan>,
    explained: &[Explained],
) -> Value {
    let finite = |value: f64| value.is_finite().then_some(value);
    let outcome = |outcome: &Explained| {
        let cells = rows(outcome, levers);
        let row = |(name, mean, interval): &(String, f64, Option<[f64; 2]>)| {
            json!({ "field": name,
            "mean": finite(*mean), "low_90": interval.map(|i| i[0]), "high_90": interval.map(|i| i[1]) })
        };
        let (whole, levers) =
            cells.split_last().map_or((None, &[][..]), |(whole, levers)| (Some(whole), levers));
        json!({
            "name": outcome.series.name(),
            "unit": outcome.series.unit(),
            "is_sum": outcome.reading == Reading::Total,
            "values": outcome.ends,
            "difference": whole.map(row),
            "contributions": levers.iter().map(row).collect::<Vec<_>>(),
            "contributions_by_seed": outcome.shares,
        })
    };
    json!({
        "from": scenarios[0].name,
        "to": scenarios[1].name,
        "seeds": plans.keys().collect::<Vec<_>>(),
        "method": method(plans),
        "levers": levers.iter().map(|l| json!({ "field": l.path, "since": l.since.map(|day| day.to_string()),
            "from": l.values[0], "to": l.values[1] })).collect::<Vec<_>>(),
        "outcomes": explained.iter().map(outcome).collect::<Vec<_>>(),
    })
}
