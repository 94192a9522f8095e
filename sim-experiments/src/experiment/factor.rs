//! What is varied: a parameter over values, a range or a distribution, or whole policies.

use serde::{Deserialize, Serialize};
use sim_core::base::{Unit, math};

/// Something that is varied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// Its name, and that of its column: the path, unless another was given.
    pub name: String,
    /// The unit of its values; none for words.
    pub unit: Unit,
    /// The path that it sets; empty for policies.
    pub path: String,
    /// How it varies.
    pub kind: FactorKind,
}

/// How a factor varies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FactorKind {
    /// Over some values, as they are written in scenarios.
    Values(Vec<String>),
    /// Evenly from the first to the second, both included; over whole numbers if `whole`.
    Range {
        /// The least.
        low: f64,
        /// The greatest.
        high: f64,
        /// Evenly by its logarithm.
        is_log: bool,
        /// Whole numbers only.
        whole: bool,
        /// Values in designs that step through it.
        levels: u32,
    },
    /// By a distribution, cut off where the parameter's own range ends.
    Distribution {
        /// Which.
        shape: Shape,
        /// The shares of the whole distribution that lie below the parameter's range and below its end.
        within: (f64, f64),
        /// Whole numbers only.
        whole: bool,
        /// Values in designs that step through it.
        levels: u32,
    },
    /// Over whole policies: names, and which of the experiment's scenarios each one is.
    Policies {
        /// Their names.
        names: Vec<String>,
        /// Their scenarios, as indices into [`scenarios`](super::Experiment::scenarios).
        scenarios: Vec<usize>,
        /// Whether every policy is run at every point of the design over the other factors, with the same
        /// seeds; else the design varies them as it varies any factor.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        crossed: bool,
        /// The one that the others are held against, as an index into the names.
        #[serde(default, skip_serializing_if = "is_first")]
        baseline: usize,
    },
    /// By a table of points alone.
    Given,
}

/// Whether an index is the first.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_first(at: &usize) -> bool {
    *at == 0
}

/// The shape of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        deviation: f64,
    },
    /// Its logarithm is normal.
    LogNormal {
        /// Median.
        median: f64,
        /// Standard deviation of the natural logarithm.
        sigma: f64,
    },
    /// Triangular.
    Triangular {
        /// The least.
        low: f64,
        /// The likeliest.
        mode: f64,
        /// The greatest.
        high: f64,
    },
}

/// What a factor is set to at a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FactorSetting {
    /// As in the experiment's scenario.
    Unchanged,
    /// A number, at the factor's path.
    Number(f64),
    /// A value as written in scenarios, at the factor's path.
    Text(String),
    /// One of the policies.
    Policy(usize),
}

impl FactorSetting {
    /// The value as written in scenarios; the policy's place for a policy.
    pub fn text(&self) -> String {
        match self {
            FactorSetting::Unchanged => String::new(),
            FactorSetting::Number(number) => plain(*number),
            FactorSetting::Text(text) => text.clone(),
            FactorSetting::Policy(at) => at.to_string(),
        }
    }
}

/// A number so that it reads back exactly, whole numbers without a point.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { format!("{number:?}") }
}

impl Shape {
    /// The value below which a share lies.
    pub fn quantile(self, share: f64) -> f64 {
        match self {
            Shape::Normal { mean, deviation } => mean + deviation * math::normal_quantile(share),
            Shape::LogNormal { median, sigma } => median * math::exp(sigma * math::normal_quantile(share)),
            Shape::Triangular { low, mode, high } => {
                let turn = (mode - low) / (high - low);
                if share < turn {
                    low + (share * (high - low) * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - share) * (high - low) * (high - mode)).sqrt()
                }
            }
        }
    }

    /// The share that lies below a value.
    pub fn below(self, value: f64) -> f64 {
        match self {
            Shape::Normal { mean, deviation } => math::normal_cdf((value - mean) / deviation),
            Shape::LogNormal { median, sigma } if value > 0.0 => {
                math::normal_cdf(math::ln(value / median) / sigma)
            }
            Shape::LogNormal { .. } => 0.0,
            Shape::Triangular { low, mode, high } => match value {
                value if value <= low => 0.0,
                value if value < mode => (value - low) * (value - low) / ((high - low) * (mode - low)),
                value if value < high => {
                    1.0 - (high - value) * (high - value) / ((high - low) * (high - mode))
                }
                _ => 1.0,
            },
        }
    }
}

/// The share of a distribution that is cut off at each end wherever values are stepped through or searched:
/// its ends may be infinite. Designs that draw from a distribution draw from the whole of it.
pub const TAIL: f64 = 0.01;

/// What lies in the middle of the whole number's share of a range, and at its ends.
const HALF: f64 = 0.5;

impl Factor {
    /// How many values it takes in designs that step through it.
    pub fn levels(&self) -> usize {
        self.steps().len()
    }

    /// Whether it takes single values without an order or with gaps.
    pub fn is_discrete(&self) -> bool {
        matches!(self.kind, FactorKind::Values(_) | FactorKind::Policies { .. })
    }

    /// Whether it is the policies that are all run at every point of a design.
    pub fn is_crossed(&self) -> bool {
        matches!(self.kind, FactorKind::Policies { crossed: true, .. })
    }

    /// The unit coordinates of its values in designs that step through it, no value twice.
    pub fn steps(&self) -> Vec<f64> {
        match self.kind {
            FactorKind::Range { levels, .. } | FactorKind::Distribution { levels, .. } => self.grid(levels),
            _ => self.grid(0),
        }
    }

    /// The unit coordinates of `levels` values, evenly from end to end, no value twice; of a list, all of its
    /// values, however many are asked for.
    pub fn grid(&self, levels: u32) -> Vec<f64> {
        let share = |level: u32| f64::from(level) / f64::from(levels.max(2) - 1);
        match &self.kind {
            FactorKind::Values(values) => middles(values.len()),
            FactorKind::Policies { names, .. } => middles(names.len()),
            FactorKind::Range { whole: false, .. } => (0..levels).map(share).collect(),
            FactorKind::Range { low, high, is_log, whole: true, .. } => {
                let numbers = if high - low < f64::from(levels) {
                    (0..=(high - low) as u32).map(|step| low + f64::from(step)).collect()
                } else {
                    let number = |level: u32| match is_log {
                        true => (low * math::exp(share(level) * math::ln(high / low))).round(),
                        false => low + (share(level) * (high - low)).round(),
                    };
                    (0..levels).map(number).collect::<Vec<f64>>()
                };
                let mut units: Vec<f64> = numbers.into_iter().map(|number| self.unit_of(number)).collect();
                units.dedup();
                units
            }
            FactorKind::Distribution { .. } => {
                let mut units: Vec<f64> = (0..levels).map(|level| self.cut(share(level))).collect();
                units.dedup_by(|next, last| self.at(*next) == self.at(*last));
                units
            }
            FactorKind::Given => Vec::new(),
        }
    }

    /// A unit coordinate without the tails of a distribution: 0 and 1 are its ends at [`TAIL`]. Of all
    /// others, the coordinate itself.
    pub fn cut(&self, unit: f64) -> f64 {
        match self.kind {
            FactorKind::Distribution { .. } => TAIL + unit * (1.0 - 2.0 * TAIL),
            _ => unit,
        }
    }

    /// The unit coordinate in the middle of a whole number's share of its range.
    fn unit_of(&self, number: f64) -> f64 {
        match self.kind {
            FactorKind::Range { low, high, is_log: true, .. } => {
                math::ln(number / (low - HALF)) / math::ln((high + HALF) / (low - HALF))
            }
            FactorKind::Range { low, high, .. } => (number - low + HALF) / (high - low + 1.0),
            _ => HALF,
        }
    }

    /// Whether its values have an order: numbers do; policies and words do not.
    pub fn is_ordered(&self) -> bool {
        match &self.kind {
            FactorKind::Values(values) => values.iter().all(|value| number(value).is_some()),
            FactorKind::Range { .. } | FactorKind::Distribution { .. } => true,
            FactorKind::Policies { .. } | FactorKind::Given => false,
        }
    }

    /// The change from a unit coordinate to another as a share of the factor's whole range, from its least
    /// value to its greatest (of a distribution, between its cut ends). Of values without an order, 1
    /// towards a later one in the list and -1 towards an earlier one.
    pub fn change(&self, before: f64, after: f64) -> f64 {
        let value = |unit: f64| match self.at(unit) {
            FactorSetting::Number(number) => number,
            _ => f64::NAN,
        };
        let across = |least: f64, greatest: f64| (value(after) - value(before)) / (greatest - least);
        match &self.kind {
            FactorKind::Range { whole: false, .. } => after - before,
            FactorKind::Range { low, high, is_log: true, .. } => {
                math::ln(value(after) / value(before)) / math::ln(high / low)
            }
            FactorKind::Range { low, high, .. } => across(*low, *high),
            FactorKind::Distribution { whole: false, .. } => (after - before) / (1.0 - 2.0 * TAIL),
            FactorKind::Distribution { .. } => across(value(self.cut(0.0)), value(self.cut(1.0))),
            FactorKind::Values(values) if self.is_ordered() => {
                let numbers = || values.iter().filter_map(|text| number(text));
                across(numbers().fold(f64::INFINITY, f64::min), numbers().fold(f64::NEG_INFINITY, f64::max))
            }
            _ => (after - before).signum(),
        }
    }

    /// What it is set to at a unit coordinate \[0 to 1\]; unchanged at not-a-number.
    pub fn at(&self, unit: f64) -> FactorSetting {
        if unit.is_nan() {
            return FactorSetting::Unchanged;
        }
        let place = |count: usize| ((unit * count as f64) as usize).min(count.saturating_sub(1));
        match &self.kind {
            FactorKind::Values(values) => {
                let text = values.get(place(values.len())).cloned().unwrap_or_default();
                number(&text).map_or(FactorSetting::Text(text), FactorSetting::Number)
            }
            FactorKind::Policies { names, .. } => FactorSetting::Policy(place(names.len())),
            // Every whole number has the share of the range that lies nearest to it, the ends as well.
            FactorKind::Range { low, high, is_log: true, whole: true, .. } => {
                let least = low - HALF;
                let value = least * math::exp(unit * math::ln((high + HALF) / least));
                FactorSetting::Number(value.round().clamp(*low, *high))
            }
            FactorKind::Range { low, high, whole: true, .. } => {
                FactorSetting::Number((low + (unit * (high - low + 1.0)).floor()).min(*high))
            }
            // Both ends exactly, whatever rounding makes of them.
            FactorKind::Range { low, .. } if unit <= 0.0 => FactorSetting::Number(*low),
            FactorKind::Range { high, .. } if unit >= 1.0 => FactorSetting::Number(*high),
            FactorKind::Range { low, high, is_log: true, .. } => {
                let value = low * math::exp(unit * math::ln(high / low));
                FactorSetting::Number(value.clamp(*low, *high))
            }
            FactorKind::Range { low, high, .. } => FactorSetting::Number(low + unit * (high - low)),
            FactorKind::Distribution { shape, within, whole, .. } => {
                let share = within.0 + unit.clamp(1e-9, 1.0 - 1e-9) * (within.1 - within.0);
                FactorSetting::Number(rounded(shape.quantile(share), *whole))
            }
            FactorKind::Given => FactorSetting::Text(String::new()),
        }
    }

    /// The setting that a value of a table of points means.
    pub fn written(&self, value: &str) -> FactorSetting {
        if let FactorKind::Policies { names, .. } = &self.kind {
            let at = names.iter().position(|name| name == value);
            return at.map_or(FactorSetting::Unchanged, FactorSetting::Policy);
        }
        number(value).map_or_else(|| FactorSetting::Text(value.to_owned()), FactorSetting::Number)
    }

    /// The name of one of its policies; empty if it has none of that place.
    pub fn policy(&self, at: usize) -> &str {
        match &self.kind {
            FactorKind::Policies { names, .. } => names.get(at).map_or("", String::as_str),
            _ => "",
        }
    }
}

/// The factors that a design varies, and the policies that it is crossed with, if there are any: they stand
/// last.
pub fn apart(factors: &[Factor]) -> (&[Factor], Option<&Factor>) {
    match factors.split_last() {
        Some((last, rest)) if last.is_crossed() => (rest, Some(last)),
        _ => (factors, None),
    }
}

/// The middles of so many equal parts of the range from 0 to 1.
fn middles(count: usize) -> Vec<f64> {
    (0..count).map(|at| (at as f64 + HALF) / count as f64).collect()
}

fn rounded(value: f64, whole: bool) -> f64 {
    if whole { value.round() } else { value }
}

/// The number that a value as written is, if it is one.
pub(super) fn number(text: &str) -> Option<f64> {
    let plain = text.replace('_', "");
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}
