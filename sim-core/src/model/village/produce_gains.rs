//! What the farms of a village gain by selling produce online.

use crate::base::factor::MONTHS;
use serde::{Deserialize, Serialize};

/// What produce sold online brings the farms of a village beyond what traders would have paid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProduceGains {
    /// In the month settled last \[yuan\].
    pub month: f64,
    /// In the last twelve months, a slot a calendar month \[yuan\].
    pub(super) year: [f32; MONTHS],
}
