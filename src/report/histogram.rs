//! Distributions of single values, as bars.

use super::axis::Axis;
use super::chart::{Chart, Direction, Layer};
use super::quantiles::Sorted;
use crate::command_error::CommandError;
use crate::text::number::{compact, count, of};
use maud::{Markup, html};

/// Bars, at most.
const BARS: usize = 24;
/// What lies beyond these quantiles is gathered in the last bars.
const TAILS: (f64, f64) = (0.005, 0.995);

/// A histogram of values with its title, unit and meaning; `noun` is what is counted: one, many.
///
/// # Errors
/// If it cannot be drawn.
pub fn figure(
    title: &str,
    unit: &str,
    definition: &str,
    noun: (&str, &str),
    values: &[f64],
) -> Result<Markup, CommandError> {
    let present = Sorted::of(values.iter().copied());
    let at = |share: f64| present.at(share);
    let (low, median, high) = (at(TAILS.0), at(0.5), at(TAILS.1));
    let across = Axis::round([low, high].into_iter());
    let bars = bars(present.values(), &across);
    let up = Axis::round(bars.iter().map(|bar| bar.2).chain([0.0]));
    let message = format!(
        "Median {}, 10th percentile {}, 90th percentile {}; {}.",
        compact(median),
        compact(at(0.1)),
        compact(at(0.9)),
        of(present.len() as u64, noun.0, noun.1)
    );
    let chart = Chart {
        about: format!("Histogram: {title} [{unit}]. {message}"),
        across,
        up,
        layers: vec![Layer::Bars(bars.clone()), Layer::Level(Direction::Up, median)],
        height: None,
    };
    Ok(html! {
        figure class="plot" {
            figcaption { strong { (title) } @if !unit.is_empty() { " " span class="unit" { "[" (unit) "]" } }
                }
            (chart.svg()?)
            p class="definition" { "Upright: number of " (noun.1) ". Dashed: median. " (definition) " "
                (message)
                " The outermost bars hold all that lies beyond." }
            details {
                summary { "Figures" }
                div class="scroll" tabindex="0" {
                    table {
                        thead { tr { th scope="col" { "from [" (unit) "]" } th scope="col" { "to" }
                            th scope="col" { (noun.1) } } }
                        tbody {
                            @for (from, to, height) in &bars {
                                tr { th scope="row" { (compact(*from)) } td { (compact(*to)) } td {
                                    (count(*height as u64)) } }
                            }
                        }
                    }
                }
            }
        }
    })
}

/// Left, right and number of values of each bar; the outermost hold what lies beyond.
fn bars(values: &[f64], across: &Axis) -> Vec<(f64, f64, f64)> {
    let ticks = across.ticks.len().saturating_sub(1).max(1);
    let count = ticks * (BARS / ticks).max(1);
    let width = (across.high - across.low) / count as f64;
    let mut bars: Vec<(f64, f64, f64)> = (0..count)
        .map(|at| (across.low + width * at as f64, across.low + width * (at + 1) as f64, 0.0))
        .collect();
    for value in values {
        let at = ((value - across.low) / width).clamp(0.0, (count - 1) as f64) as usize;
        if let Some(bar) = bars.get_mut(at) {
            bar.2 += 1.0;
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_one_bar() {
        let values: Vec<f64> = (0..1000).map(|at| f64::from(at * at)).collect();
        let bars = bars(&values, &Axis::round([0.0, 900_000.0].into_iter()));
        assert_eq!(bars.iter().map(|bar| bar.2).sum::<f64>(), 1000.0);
        assert!(bars.len() <= BARS);
        assert!(figure("t", "u", "", ("run", "runs"), &[1.0, 1.0]).is_ok());
        assert!(figure("t", "u", "", ("run", "runs"), &[]).is_ok());
    }
}
