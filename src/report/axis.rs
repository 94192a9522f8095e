//! Axes: round numbers and months at their ticks.

/// An axis: its ends, and where it is labelled with what.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The value at its beginning.
    pub low: f64,
    /// The value at its end.
    pub high: f64,
    /// Labelled values.
    pub ticks: Vec<(f64, String)>,
}

/// Steps between ticks, times powers of ten.
const STEPS: [f64; 4] = [1.0, 2.0, 2.5, 5.0];
/// Ticks of an axis, at most, besides its beginning.
const MOST: f64 = 5.0;
/// An axis begins at zero unless all values are above this share of the greatest.
const NEAR: f64 = 0.6;

impl Axis {
    /// An axis for these values, from and to round numbers; from zero unless all values are far from it.
    pub fn round(values: impl Iterator<Item = f64>) -> Axis {
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold(none, |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return Axis::between(0.0, 1.0);
        }
        let (low, high) = match () {
            () if low >= 0.0 && low < NEAR * high => (0.0, high),
            () if high <= 0.0 && high > NEAR * low => (low, 0.0),
            () => (low, high),
        };
        if high - low > 1e-9 * high.abs().max(low.abs()) {
            return Axis::between(low, high);
        }
        // One value only: room around it.
        let room = if low == 0.0 { 1.0 } else { 0.1 * low.abs() };
        Axis::between(if low > 0.0 { low - room } else { low }, high + room)
    }

    /// An axis for these values, from and to round numbers near the least and the greatest.
    pub fn spread(values: impl Iterator<Item = f64>) -> Axis {
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold(none, |(low, high), value| (low.min(value), high.max(value)));
        if low < high { Axis::between(low, high) } else { Axis::round([low].into_iter()) }
    }

    fn between(low: f64, high: f64) -> Axis {
        let step = step((high - low) / MOST);
        let first = (low / step + 1e-9).floor();
        let last = (high / step - 1e-9).ceil();
        let decimals = decimals(step);
        let count = (last - first).clamp(1.0, 20.0) as usize;
        let at = |tick: usize| (first + tick as f64) * step;
        let greatest = at(count).abs().max(at(0).abs());
        Axis {
            low: at(0),
            high: at(count),
            ticks: (0..=count).map(|tick| (at(tick), label(at(tick), step, decimals, greatest))).collect(),
        }
    }

    /// An axis of months, as `2014-10`, at 0, 1, 2 and so on.
    pub fn months(months: &[String]) -> Axis {
        let last = months.len().saturating_sub(1);
        let is_of = |month: &str, every: usize| {
            month
                .get(5..)
                .and_then(|part| part.parse::<usize>().ok())
                .is_some_and(|part| (part + 11).is_multiple_of(every))
        };
        let years = last.div_ceil(12);
        let every_years = years.div_ceil(6).max(1);
        let labelled = |at: usize, month: &str| match last {
            0..=9 => at.is_multiple_of(last.div_ceil(4).max(1)),
            10..=20 => is_of(month, 3),
            21..=40 => is_of(month, 6),
            _ => {
                is_of(month, 12)
                    && month
                        .get(..4)
                        .and_then(|year| year.parse::<usize>().ok())
                        .is_some_and(|year| year.is_multiple_of(every_years))
            }
        };
        let text = |month: &str| match last {
            0..=40 => month.to_owned(),
            _ => month.get(..4).unwrap_or(month).to_owned(),
        };
        let ticks = months
            .iter()
            .enumerate()
            .filter(|(at, month)| labelled(*at, month))
            .map(|(at, month)| (at as f64, text(month)))
            .collect();
        Axis { low: 0.0, high: last.max(1) as f64, ticks }
    }

    /// Whether it shows zero.
    pub fn has_zero(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// The label of a tick; nothing for other values.
    pub fn label(&self, value: f64) -> String {
        let near = 1e-6 * (self.high - self.low).abs();
        let found = self.ticks.iter().find(|(tick, _)| (tick - value).abs() <= near);
        found.map_or_else(String::new, |(_, label)| label.clone())
    }

    /// The labelled values.
    pub fn values(&self) -> Vec<f64> {
        self.ticks.iter().map(|(value, _)| *value).collect()
    }

    /// The characters of the label at the end; none if the end has no label.
    pub fn last_label(&self) -> usize {
        self.label(self.high).chars().count()
    }

    /// The characters of the longest label.
    pub fn longest(&self) -> usize {
        let lengths = self.ticks.iter().map(|(_, label)| label.chars().count());
        lengths.max().unwrap_or(0)
    }
}

/// The least round step that is not smaller.
fn step(least: f64) -> f64 {
    let mut power = 1.0;
    while power > least && power > 1e-12 {
        power /= 10.0;
    }
    while power * 10.0 <= least {
        power *= 10.0;
    }
    let steps = STEPS.iter().map(|step| step * power);
    steps.into_iter().find(|step| *step >= least * (1.0 - 1e-9)).unwrap_or(10.0 * power)
}

/// Decimals that a step needs.
fn decimals(step: f64) -> usize {
    let mut scaled = step;
    let mut decimals = 0;
    while decimals < 9 && (scaled - scaled.round()).abs() > 1e-6 * step.max(scaled) {
        scaled *= 10.0;
        decimals += 1;
    }
    decimals
}

/// A tick's label: from a million on in millions, with thousands separated.
fn label(value: f64, step: f64, decimals_of_step: usize, greatest: f64) -> String {
    let (value, decimals, unit) = match greatest {
        greatest if greatest >= 1e6 => (value / 1e6, decimals(step / 1e6), " M"),
        _ => (value, decimals_of_step, ""),
    };
    if value.abs() < 1e-12 {
        return "0".to_owned();
    }
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{grouped}{point}{fraction}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(values: &[f64]) -> Vec<String> {
        let axis = Axis::round(values.iter().copied());
        axis.ticks.into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(labels(&[0.0, 1910.0]), ["0", "500", "1,000", "1,500", "2,000"]);
        assert_eq!(
            labels(&[0.31, 0.34]),
            ["0.310", "0.320", "0.330", "0.340"].map(|l| l.trim_end_matches('0'))
        );
        assert_eq!(labels(&[0.0, 2.2e6]), ["0", "0.5 M", "1.0 M", "1.5 M", "2.0 M", "2.5 M"]);
        assert_eq!(labels(&[-4.0, 4.0]), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(labels(&[f64::NAN]).first().map(String::as_str), Some("0"));
        for values in [vec![5.0], vec![0.0], vec![-3.0, -3.0], vec![1e-9, 2e-9], vec![1e15, 3.0]] {
            let axis = Axis::round(values.iter().copied());
            assert!(axis.low < axis.high && (2..=9).contains(&axis.ticks.len()), "{axis:?}");
            assert!(values.iter().all(|value| (axis.low..=axis.high).contains(value)), "{axis:?}");
        }
    }

    #[test]
    fn months_are_labelled_by_their_number() {
        let months = |count: usize| -> Vec<String> {
            (0..count).map(|at| format!("{}-{:02}", 2014 + (at + 9) / 12, (at + 9) % 12 + 1)).collect()
        };
        let labels = |count: usize| -> Vec<String> {
            let ticks = Axis::months(&months(count)).ticks;
            ticks.into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(labels(24), ["2015-01", "2015-07", "2016-01", "2016-07"]);
        assert_eq!(labels(60), ["2015", "2016", "2017", "2018", "2019"]);
        for count in 0..300 {
            assert!(labels(count).len() <= 8, "{count}");
        }
    }
}
