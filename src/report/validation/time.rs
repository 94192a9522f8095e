//! Series that were published at several days, beside the runs month by month.

use super::target::TargetRow;
use crate::command_error::CommandError;
use crate::report::axis::Axis;
use crate::report::chart::{Chart, Layer, sample};
use crate::report::folder::ResultFolder;
use crate::report::unit::texts;
use crate::text::number::compact;
use maud::{Markup, html};
use sim_core::metrics::table::Table;
use sim_experiments::statistics::quantile;
use std::collections::BTreeMap;

/// Series that are published at several days, with how runs give them: run, series, whether months are
/// summed, whether counts stand for the country.
const CURVES: [(&str, &str, &str, &str, bool, bool); 2] = [
    ("Stations opened", "village_stations", "history", "stations_opened", true, true),
    ("Taobao villages", "taobao_villages", "history", "taobao_villages", false, true),
];

/// The section; nothing if the folder has no series.
///
/// # Errors
/// If a table is damaged, or a chart cannot be drawn.
pub fn section(folder: &mut ResultFolder, targets: &[TargetRow]) -> Result<Option<Markup>, CommandError> {
    let Some(series) = folder.table("series", &|_| true)? else {
        return Ok(None);
    };
    let mut figures = Vec::new();
    for (title, published, run, name, summed, scaled) in CURVES {
        let runs = by_seed(&series, run, name, summed, scaled);
        let points: Vec<&TargetRow> = targets.iter().filter(|one| one.series == published).collect();
        if !runs.is_empty() && !points.is_empty() {
            figures.push(curve(title, &runs, &points)?);
        }
    }
    Ok((!figures.is_empty()).then(|| html! { div class="maps" { @for figure in &figures { (figure) } } }))
}

/// The months of each seed's run.
type Runs = BTreeMap<String, BTreeMap<String, f64>>;

fn by_seed(series: &Table, run: &str, name: &str, summed: bool, scaled: bool) -> Runs {
    let [runs, names, seeds, months] = ["run", "series", "seed", "month"].map(|column| texts(series, column));
    let [values, scales] = ["value", "scale"].map(|column| series.reals(column).unwrap_or_default());
    let mut found = Runs::new();
    for at in 0..series.rows() {
        if runs.get(at) != Some(&run) || names.get(at) != Some(&name) {
            continue;
        }
        let scale = if scaled { scales.get(at).copied().unwrap_or(1.0) } else { 1.0 };
        let seed = seeds.get(at).copied().unwrap_or_default().to_owned();
        let months_of_seed = found.entry(seed).or_default();
        let before = if summed { months_of_seed.values().next_back().copied().unwrap_or(0.0) } else { 0.0 };
        let value = values.get(at).copied().unwrap_or(f64::NAN) * scale;
        let month = months.get(at).copied().unwrap_or_default().to_owned();
        months_of_seed.insert(month, before + value);
    }
    found
}

fn curve(title: &str, runs: &Runs, points: &[&TargetRow]) -> Result<Markup, CommandError> {
    let mut months: Vec<&String> = runs.values().flat_map(BTreeMap::keys).collect();
    months.sort_unstable();
    months.dedup();
    let months: Vec<String> = months.into_iter().cloned().collect();
    let at_month =
        |month: &String| -> Vec<f64> { runs.values().filter_map(|run| run.get(month).copied()).collect() };
    let mut mean = Vec::new();
    let mut band = Vec::new();
    for (at, month) in months.iter().enumerate() {
        let values = at_month(month);
        mean.push((at as f64, values.iter().sum::<f64>() / values.len().max(1) as f64));
        band.push((at as f64, quantile(values.clone(), 0.05), quantile(values, 0.95)));
    }
    let month_of = |one: &TargetRow| months.iter().position(|month| one.day.starts_with(month.as_str()));
    let placed: Vec<(f64, &TargetRow)> =
        points.iter().filter_map(|&one| Some((month_of(one)? as f64, one))).collect();
    let dots: Vec<(f64, f64)> = placed.iter().map(|(at, one)| (*at, one.reference())).collect();
    let accepted = placed.iter().filter(|(_, one)| one.accepted.0.is_finite() && one.accepted.1.is_finite());
    let accepted: Vec<Layer> = accepted
        .map(|(at, one)| Layer::Line(1, vec![(*at, one.accepted.0.max(0.0)), (*at, one.accepted.1)]))
        .collect();
    let heights = mean
        .iter()
        .map(|point| point.1)
        .chain(band.iter().map(|point| point.2))
        .chain(placed.iter().flat_map(|(_, one)| [one.reference(), one.accepted.1]))
        .filter(|value| value.is_finite())
        .chain([0.0]);
    let up = Axis::round(heights.collect::<Vec<f64>>().into_iter());
    let last = mean.last().map_or(f64::NAN, |point| point.1);
    let mut layers = vec![Layer::Band { points: band, strength: 0.2 }];
    layers.extend(accepted);
    layers.push(Layer::Line(0, mean));
    layers.push(Layer::Dots(1, dots));
    let chart = Chart {
        about: format!(
            "{title} by month: {} simulated in {}; {} published figures.",
            compact(last),
            months.last().map_or("", String::as_str),
            placed.len()
        ),
        across: Axis::months(&months),
        up,
        layers,
        height: None,
    };
    Ok(html! {
        figure class="plot" {
            figcaption { strong { (title) } " " span class="unit" { "[" (points.first().map_or("",
                |one| one.unit.as_str())) "]" } }
            ul class="keys" {
                li { (sample(0)) " simulated, mean of runs" }
                li { span class="swatch band-1" {} " 5 to 95 % of runs" }
                li { span class="mark-2" { "▲" } " published" }
                li { span class="mark-2" { "┆" } " accepted" }
            }
            (chart.svg()?)
        }
    })
}
