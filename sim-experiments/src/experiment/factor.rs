//! What is varied: a parameter over values, a range or a distribution, or whole policies.

use serde::{Deserialize, Serialize};
use sim_core::base::math;

/// Something that is varied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// Its name, and that of its column: the path, unless another was given.
    pub name: String,
    /// The unit of its values; empty for words.
    pub unit: String,
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
    },
    /// By a table of points alone.
    Given,
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
pub enum Setting {
    /// As in the experiment's scenario.
    Unchanged,
    /// A number, at the factor's path.
    Number(f64),
    /// A value as written in scenarios, at the factor's path.
    Text(String),
    /// One of the policies.
    Policy(usize),
}

impl Setting {
    /// The value as written in scenarios; the policy's place for a policy.
    pub fn text(&self) -> String {
        match self {
            Setting::Unchanged => String::new(),
            Setting::Number(number) => plain(*number),
            Setting::Text(text) => text.clone(),
            Setting::Policy(at) => at.to_string(),
        }
    }
}

/// A number so that it reads back exactly, whole numbers without a point.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        format!("{number:?}")
    }
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

/// How close to its ends a distribution is stepped through: its ends may be infinite.
const TAIL: f64 = 0.01;

impl Factor {
    /// How many values it takes in designs that step through it.
    pub fn levels(&self) -> usize {
        match &self.kind {
            FactorKind::Values(values) => values.len(),
            FactorKind::Policies { names, .. } => names.len(),
            FactorKind::Range {
                low,
                high,
                whole,
                levels,
                ..
            } => {
                let steps = if *whole { high - low + 1.0 } else { f64::MAX };
                (f64::from(*levels).min(steps)) as usize
            }
            FactorKind::Distribution { levels, .. } => *levels as usize,
            FactorKind::Given => 0,
        }
    }

    /// Whether it takes single values without an order or with gaps.
    pub fn is_discrete(&self) -> bool {
        matches!(self.kind, FactorKind::Values(_) | FactorKind::Policies { .. })
    }

    /// The unit coordinate of a level.
    pub fn coordinate(&self, level: usize) -> f64 {
        let levels = self.levels();
        match self.kind {
            FactorKind::Range { whole: false, .. } | FactorKind::Distribution { .. } if levels > 1 => {
                let share = level as f64 / (levels - 1) as f64;
                if matches!(self.kind, FactorKind::Distribution { .. }) {
                    TAIL + share * (1.0 - 2.0 * TAIL)
                } else {
                    share
                }
            }
            FactorKind::Range {
                whole: true,
                low,
                high,
                ..
            } if levels > 1 => {
                let step = (level as f64 * (high - low) / (levels - 1) as f64).round();
                (step + 0.5) / (high - low + 1.0)
            }
            _ => (level as f64 + 0.5) / levels.max(1) as f64,
        }
    }

    /// What it is set to at a unit coordinate \[0 to 1\]; unchanged at not-a-number.
    pub fn at(&self, unit: f64) -> Setting {
        if unit.is_nan() {
            return Setting::Unchanged;
        }
        let place = |count: usize| ((unit * count as f64) as usize).min(count.saturating_sub(1));
        match &self.kind {
            FactorKind::Values(values) => {
                let text = values.get(place(values.len())).cloned().unwrap_or_default();
                number(&text).map_or(Setting::Text(text), Setting::Number)
            }
            FactorKind::Policies { names, .. } => Setting::Policy(place(names.len())),
            FactorKind::Range {
                low,
                high,
                is_log: true,
                whole,
                ..
            } => {
                let value = low * math::exp(unit * math::ln(high / low));
                Setting::Number(rounded(value.clamp(*low, *high), *whole))
            }
            FactorKind::Range {
                low,
                high,
                whole: true,
                ..
            } => Setting::Number((low + (unit * (high - low + 1.0)).floor()).min(*high)),
            FactorKind::Range { low, high, .. } => Setting::Number(low + unit * (high - low)),
            FactorKind::Distribution {
                shape, within, whole, ..
            } => {
                let share = within.0 + unit.clamp(1e-9, 1.0 - 1e-9) * (within.1 - within.0);
                Setting::Number(rounded(shape.quantile(share), *whole))
            }
            FactorKind::Given => Setting::Text(String::new()),
        }
    }

    /// The setting that a value of a table of points means.
    pub fn written(&self, value: &str) -> Setting {
        if let FactorKind::Policies { names, .. } = &self.kind {
            let at = names.iter().position(|name| name == value);
            return at.map_or(Setting::Unchanged, Setting::Policy);
        }
        number(value).map_or_else(|| Setting::Text(value.to_owned()), Setting::Number)
    }

    /// The name of one of its policies; empty if it has none of that place.
    pub fn policy(&self, at: usize) -> &str {
        match &self.kind {
            FactorKind::Policies { names, .. } => names.get(at).map_or("", String::as_str),
            _ => "",
        }
    }
}

fn rounded(value: f64, whole: bool) -> f64 {
    if whole { value.round() } else { value }
}

/// The number that a value as written is, if it is one.
pub(super) fn number(text: &str) -> Option<f64> {
    let plain = text.replace('_', "");
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}
