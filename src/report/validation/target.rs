//! What a validation held against published figures, row by row.

use crate::report::unit::{real_at, text_at};
use sim_core::metrics::table::Table;

/// A published figure or pattern with what the model gives.
pub struct TargetRow {
    pub pattern: String,
    pub what: String,
    pub unit: String,
    pub fitted: bool,
    pub published: String,
    pub grade: String,
    pub source: String,
    pub series: String,
    pub day: String,
    pub published_range: (f64, f64),
    pub mean: f64,
    pub interval: (f64, f64),
    pub accepted: (f64, f64),
    pub distance: f64,
    pub in_view: String,
    pub tolerance: String,
    pub why: String,
    pub verdict: String,
    pub remark: String,
}

impl TargetRow {
    pub fn all(table: &Table) -> Vec<TargetRow> {
        let row = |at: usize| {
            let text = |name: &str| text_at(table, name, at).to_owned();
            let pair = |low: &str, high: &str| (real_at(table, low, at), real_at(table, high, at));
            TargetRow {
                pattern: text("pattern"),
                what: text("what"),
                unit: text("unit"),
                fitted: text_at(table, "use", at) == "fit",
                published: text("published"),
                grade: text("grade"),
                source: text("source"),
                series: text("series"),
                day: text("day"),
                published_range: pair("published_low", "published_high"),
                mean: real_at(table, "mean", at),
                interval: pair("low", "high"),
                accepted: pair("accepted_low", "accepted_high"),
                distance: real_at(table, "distance", at),
                in_view: text("in_view"),
                tolerance: text("tolerance"),
                why: text("why"),
                verdict: text("verdict"),
                remark: text("remark"),
            }
        };
        (0..table.rows()).map(row).collect()
    }

    pub fn is(&self, verdict: &str) -> bool {
        self.verdict == verdict
    }

    /// What the mean is held against: the published figure, or the middle or edge of what is accepted.
    pub fn reference(&self) -> f64 {
        let middle = |(low, high): (f64, f64)| match (low.is_finite(), high.is_finite()) {
            (true, true) => 0.5 * (low + high),
            (true, false) => low,
            (false, _) => high,
        };
        let published = middle(self.published_range);
        if published.is_finite() { published } else { middle(self.accepted) }
    }
}
