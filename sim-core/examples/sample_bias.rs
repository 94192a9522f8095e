//! Writes `data/sample_bias.csv`: what samples of 1, 5 and 10 % do to outcomes, against every household. To
//! be made again when the model changes, which `tests/integration/sampling.rs` notices:
//!
//! ```text
//! cargo run --release -p sim-core --features parallel --example sample_bias > sample_bias.csv
//! mv sample_bias.csv data/
//! ```
//!
//! Forty villages in each of five counties of five provinces, sixteen seeds, two years and nine months. A
//! seed's sample is paired with its whole: they share places, programme and all draws that are not of orders.
//! Flows are summed over the run; stocks, rates and quantiles are means of its last twelve months.

use sim_core::event::{Measure, MeasureKind};
use sim_core::metrics::outcome::outcome;
use sim_core::scenario::{BuiltinSource, load};
use sim_core::simulation::{HEADLINES, Simulation, Threads};
use std::io::Write as _;

const SAMPLES: [f64; 3] = [0.01, 0.05, 0.1];
const SEEDS: u64 = 16;
/// Student's t of 95 % for as many differences as there are seeds.
const STUDENT: f64 = 2.131;
/// Counties of five provinces: Tonglu, Pingjiang, Lingshan, Sinan and Cao.
const PLACES: &str = "Codes([330122, 430626, 450721, 520624, 371721])";
/// Outcomes beside the headlines: attrition, closings, quantiles.
const BESIDE: [(&str, bool); 12] = [
    ("partner_income_p10", false),
    ("partner_income_p90", false),
    ("partners_above_wage_share", false),
    ("partners_replaced", true),
    ("self_service_delivery_p90", false),
    ("late_share", false),
    ("cost_of_living_change_p10", false),
    ("households_lapsed", false),
    ("shops_closed", true),
    ("shop_sales_p50", false),
    ("shop_sales_p99", false),
    ("courier_entries", true),
];

type Failure = Box<dyn std::error::Error>;

/// The mean of what has a value.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let known: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    known.iter().sum::<f64>() / known.len() as f64
}

/// The outcomes of a run, in order.
fn outcomes(sample: f64, seed: u64) -> Result<Vec<f64>, Failure> {
    let changes = [
        ("places.select", PLACES.to_owned()),
        ("places.villages_per_county", "40".to_owned()),
        ("end", "\"2017-06-30\"".to_owned()),
        ("report.villages", "Nothing".to_owned()),
        ("household_sample", format!("{sample:?}")),
        ("seed", seed.to_string()),
    ];
    let changes = changes.map(|(path, value)| (path.to_owned(), value));
    let scenario = load(&BuiltinSource, "county", &changes)?;
    let threads = std::thread::available_parallelism()?.get();
    let mut simulation = Simulation::build(&scenario, None, Threads::Parallel(threads))?;
    while simulation.step() {}
    eprintln!("{sample} seed {seed}");
    let run = simulation.outcome();
    let months = &simulation.gathered().nation;
    let late = &months[months.len().saturating_sub(12)..];
    let of = |&(name, is_sum): &(&str, bool)| {
        let measure = Measure::ALL.iter().find(|measure| measure.name() == name);
        match (measure, outcome(name)) {
            (Some(&flow), _) if is_sum || flow.kind() == MeasureKind::Flow => {
                months.iter().map(|month| month.real(flow)).sum()
            }
            (Some(&stock), _) => mean(late.iter().map(|month| month.real(stock))),
            (None, Some(outcome)) => mean(late.iter().map(outcome.formula)),
            (None, None) => run
                .headline
                .iter()
                .find(|headline| headline.name == name)
                .map_or(f64::NAN, |found| found.value),
        }
    };
    Ok(HEADLINES.iter().chain(&BESIDE).map(of).collect())
}

/// Outcomes of all seeds.
fn all(sample: f64) -> Result<Vec<Vec<f64>>, Failure> {
    (1..=SEEDS).map(|seed| outcomes(sample, seed)).collect()
}

fn main() -> Result<(), Failure> {
    let whole = all(1.0)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "outcome,sample,whole,percent,interval")?;
    for sample in SAMPLES {
        let runs = all(sample)?;
        for (at, (name, _)) in HEADLINES.iter().chain(&BESIDE).enumerate() {
            let pairs = whole.iter().zip(&runs).map(|(whole, run)| (whole[at], run[at]));
            let level = mean(pairs.clone().map(|pair| pair.0));
            let differences: Vec<f64> =
                pairs.map(|(whole, run)| run - whole).filter(|d| d.is_finite()).collect();
            let n = differences.len() as f64;
            let bias = mean(differences.iter().copied());
            let variance = differences.iter().map(|d| (d - bias) * (d - bias)).sum::<f64>() / (n - 1.0);
            let percent =
                |value: f64| if level == 0.0 || level.is_nan() { 0.0 } else { 100.0 * value / level.abs() };
            let interval = percent(STUDENT * (variance / n).sqrt());
            let level = if level.is_nan() { 0.0 } else { level };
            writeln!(out, "{name},{sample},{level:.6},{:.2},{interval:.2}", percent(bias))?;
        }
        out.flush()?;
    }
    Ok(())
}
