//! Writes `docs/effects.md`: for every part of the model a lever, and what turning it does. To be made again
//! when the model changes:
//!
//! ```text
//! cargo run --release -p sim-core --features parallel --example effects > effects.md
//! mv effects.md docs/
//! ```
//!
//! Forty villages in each of five counties of five provinces, October 2014 to June 2018, four seeds, which
//! runs with and without share. Flows and payments are summed over the run; stocks and rates are those of the
//! last month; all are means over seeds.

use sim_core::event::{Measure, MeasureKind};
use sim_core::metrics::ledger::Item;
use sim_core::metrics::outcome::outcome;
use sim_core::scenario::{BuiltinSource, load};
use sim_core::simulation::{Simulation, Threads};
use std::io::Write as _;

mod rows;

use rows::{Effect, ROWS};

type Failure = Box<dyn std::error::Error>;

const SEEDS: u64 = 4;
/// Counties of five provinces: Tonglu, Pingjiang, Lingshan, Sinan and Cao.
const PLACES: &str = "Codes([330122, 430626, 450721, 520624, 371721])";
const FEN: f64 = 100.0;
const HEAD: &str = "\
# What each part of the model does

One lever for each part, and what turning it does to a few figures: forty villages in each of five counties
(Tonglu, Pingjiang, Lingshan, Sinan, Cao), October 2014 to June 2018, a sample of 5 %, mean of four seeds that
both sides share. Flows and payments are sums over the run, stocks and rates those of its last month. *±* is
the standard error of the difference over seeds; a difference of less than two of it may be chance. Money is
in yuan; what is in italics is paid, and stands in the ledger under that name.

Made by `sim-core/examples/effects/`, from the levers in its `rows.rs`.

| part | lever, from and to | figure | from | to | ± |
|---|---|---|---|---|---|
";

/// A figure of a run, by the name of an outcome, a measure or a payment.
fn figure(simulation: &Simulation, name: &str) -> Option<f64> {
    let gathered = simulation.gathered();
    let last = gathered.nation.last()?;
    if let Some(headline) = simulation.outcome().headline.iter().find(|headline| headline.name == name) {
        return Some(headline.value);
    }
    if let Some(&measure) = Measure::ALL.iter().find(|measure| measure.name() == name) {
        let sum = || gathered.nation.iter().map(|month| month.real(measure)).sum();
        let value: f64 = if measure.kind() == MeasureKind::Flow { sum() } else { last.real(measure) };
        let in_fen = measure.unit().to_string().starts_with("fen");
        return Some(if in_fen { value / FEN } else { value });
    }
    if let Some(outcome) = outcome(name) {
        return Some((outcome.formula)(last));
    }
    let item = Item::named(name)?;
    let paid: i128 = gathered.ledger.iter().map(|month| month.totals.item(item)).sum();
    Some(paid as f64 / FEN)
}

/// Whether a name is that of a payment and of nothing else.
fn is_paid(name: &str) -> bool {
    let is_measure = Measure::ALL.iter().any(|measure| measure.name() == name);
    !is_measure && outcome(name).is_none() && Item::named(name).is_some()
}

/// The figures of an effect at one side, of a seed.
fn side(effect: &Effect, changed: &[(&str, &str)], seed: u64) -> Result<Vec<f64>, Failure> {
    let common = [
        ("places.select", PLACES.to_owned()),
        ("places.villages_per_county", "40".to_owned()),
        ("household_sample", "0.05".to_owned()),
        ("end", "\"2018-06-30\"".to_owned()),
        ("report.villages", "Nothing".to_owned()),
        ("seed", seed.to_string()),
    ];
    let own = effect.given.iter().chain(changed).map(|&(path, value)| (path, value.to_owned()));
    let mut changes: Vec<(String, String)> = Vec::new();
    for (path, value) in common.into_iter().chain(own) {
        changes.retain(|(other, _)| other != path);
        changes.push((path.to_owned(), value));
    }
    let scenario = load(&BuiltinSource, "programme_2014", &changes)?;
    let threads = std::thread::available_parallelism()?.get();
    let mut simulation = Simulation::build(&scenario, None, Threads::Parallel(threads))?;
    while simulation.step() {}
    let known = |name: &&str| figure(&simulation, name).ok_or_else(|| format!("no figure {name}").into());
    effect.figures.iter().map(known).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Standard error of a mean.
fn error(values: &[f64]) -> f64 {
    let (n, middle) = (values.len() as f64, mean(values));
    let squares: f64 = values.iter().map(|value| (value - middle) * (value - middle)).sum();
    (squares / (n - 1.0) / n).sqrt()
}

/// A number with as many digits as say something.
fn shown(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        size if size >= 1e9 => format!("{:.2} bn", value / 1e9),
        size if size >= 1e6 => format!("{:.2} m", value / 1e6),
        size if size >= 1_000.0 => {
            format!("{} {:03}", value.round() as i64 / 1_000, value.abs().round() as i64 % 1_000)
        }
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 0.1 => format!("{value:.3}"),
        _ => format!("{value:.4}"),
    }
}

fn settings(settings: &[(&str, &str)]) -> String {
    settings.iter().map(|(path, value)| format!("`{path}` = `{value}`")).collect::<Vec<_>>().join(", ")
}

fn main() -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    write!(out, "{HEAD}")?;
    for effect in ROWS {
        let all =
            |changed| (1..=SEEDS).map(|seed| side(effect, changed, seed)).collect::<Result<Vec<_>, _>>();
        let (from, to) = (all(effect.from)?, all(effect.to)?);
        eprintln!("{}", effect.part);
        let given = if effect.given.is_empty() {
            String::new()
        } else {
            format!(", with {}", settings(effect.given))
        };
        let turned = format!("{} to {}{given}", settings(effect.from), settings(effect.to));
        for (at, name) in effect.figures.iter().enumerate() {
            let of = |side: &[Vec<f64>]| side.iter().map(|run| run[at]).collect::<Vec<_>>();
            let (from, to) = (of(&from), of(&to));
            let differences: Vec<f64> = to.iter().zip(&from).map(|(to, from)| to - from).collect();
            let words = name.replace('_', " ");
            let name = if is_paid(name) { format!("*{words}*") } else { words };
            let [part, lever] = if at == 0 { [effect.part, &turned] } else { ["", ""] };
            let (from, to, error) = (shown(mean(&from)), shown(mean(&to)), shown(error(&differences)));
            writeln!(out, "| {part} | {lever} | {name} | {from} | {to} | {error} |")?;
        }
        out.flush()?;
    }
    Ok(())
}
