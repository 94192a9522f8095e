//! A parameter of a calibration, with the range in which it is searched.

use crate::evidence::fault::{EvidenceFault, EvidenceFile};
use serde::{Deserialize, Serialize};
use sim_core::base::math;
use sim_core::params::ValueKind;
use sim_core::scenario::{path_info, paths};

/// A parameter to vary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its path, as in `shop.copying`.
    pub path: String,
    /// The least that is reasonable beforehand.
    pub low: f64,
    /// The most that is reasonable beforehand.
    pub high: f64,
    /// Whether it is spread over its range by logarithm.
    #[serde(default)]
    pub log: bool,
}

impl Parameter {
    /// The value at a share (0 to 1) of its range.
    pub fn at(&self, share: f64) -> f64 {
        if self.log {
            math::exp(math::ln(self.low) + share * math::ln(self.high / self.low))
        } else {
            self.low + share * (self.high - self.low)
        }
    }

    /// The share of its range at which a value lies; outside 0 to 1 if it lies outside.
    pub fn share(&self, value: f64) -> f64 {
        if self.log {
            math::ln(value / self.low) / math::ln(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }

    /// The value at a share of its range as scenarios are given it: whole where the parameter is, otherwise
    /// with six digits that count, so that scenarios of a point are the same wherever they are made.
    pub fn written(&self, share: f64) -> String {
        let value = self.at(share);
        if self.is_whole() { format!("{:.0}", value.round()) } else { digits(value) }
    }

    fn is_whole(&self) -> bool {
        path_info(&self.path).is_some_and(|info| info.kind == ValueKind::Whole)
    }

    /// What is wrong with it.
    pub(super) fn faults(&self, file: &EvidenceFile<'_>) -> Vec<EvidenceFault> {
        let Some(info) = path_info(&self.path) else {
            let known: Vec<String> = paths().collect();
            let fault = file.fault(&self.path, "", &self.path, "the path of a parameter");
            return vec![fault.meaning(known.iter().map(String::as_str))];
        };
        if !matches!(info.kind, ValueKind::Number | ValueKind::Whole) {
            let kind = info.kind.to_string();
            return vec![file.fault(&self.path, "", &kind, "a parameter that is a number")];
        }
        let mut faults = Vec::new();
        let (least, most) = info.range.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        for (field, value) in [("low", self.low), ("high", self.high)] {
            if !value.is_finite() || value < least || value > most {
                let expected = format!("a number from {least} to {most}, which is the parameter's own range");
                faults.push(file.fault(&self.path, field, &value.to_string(), expected));
            }
        }
        if self.low >= self.high {
            let found = format!("{} to {}", self.low, self.high);
            faults.push(file.fault(&self.path, "high", &found, "`high` above `low`, to vary between them"));
        }
        if self.log && self.low <= 0.0 {
            let fault = file.fault(&self.path, "low", &self.low.to_string(), "more than 0, as `log` is true");
            faults.push(fault.help("leave out `log`, or begin above 0"));
        }
        faults
    }
}

fn digits(value: f64) -> String {
    let mut size = value.abs();
    let mut digits: usize = 5;
    while size >= 10.0 && digits > 1 {
        size /= 10.0;
        digits -= 1;
    }
    while size > 0.0 && size < 1.0 && digits < 15 {
        size *= 10.0;
        digits += 1;
    }
    format!("{value:.digits$}")
}
