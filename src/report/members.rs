//! What is unknown, told from luck: pictures and rows that pages of ensembles have in common.

use super::shell::cell;
use crate::text::number::{compact, count};
use maud::{Markup, html};

/// A band of all, and that of luck alone around the mean.
pub struct TwoBands {
    /// The mean.
    pub mean: f64,
    /// The ends of the band of members and seeds.
    pub all: [f64; 2],
    /// The ends of a band of luck alone; none where it cannot be told.
    pub luck: Option<[f64; 2]>,
    /// The share of the variance that is unknown \[0 to 1\].
    pub unknown_share: f64,
}

impl TwoBands {
    /// From the mean, the ends of the band and the share that is unknown. Luck alone has the same band with
    /// its standard deviation's share of the whole: it keeps the skewness, and leaves no amount below zero.
    pub fn of(mean: f64, all: [f64; 2], unknown_share: f64) -> TwoBands {
        let shrink = (1.0 - unknown_share).sqrt();
        let luck = (!shrink.is_nan()).then(|| all.map(|end| mean + (end - mean) * shrink));
        TwoBands { mean, all, luck, unknown_share }
    }

    /// Two rows: above, the band of all; below and dashed, that of luck alone; the mean a dot on both, no
    /// change an upright line if it is wanted and in reach.
    pub fn picture(&self, zero: bool) -> Markup {
        let ends = || self.all.into_iter().chain(self.luck.into_iter().flatten()).chain([self.mean]);
        let zero = zero.then_some(0.0);
        let (low, high) = ends()
            .chain(zero)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)));
        let place = |value: f64| {
            let share = if high > low { (value - low) / (high - low) } else { 0.5 };
            format!("{:.1}", 3.0 + share * 94.0)
        };
        html! {
            svg class="interval two" viewBox="0 0 100 16" aria-hidden="true" {
                @if zero.is_some() { line class="zero" x1=(place(0.0)) y1="0" x2=(place(0.0)) y2="16" {} }
                line x1=(place(self.all[0])) y1="4" x2=(place(self.all[1])) y2="4" {}
                circle cx=(place(self.mean)) cy="4" r="2.6" {}
                @if let Some([from, to]) = self.luck {
                    line class="luck" x1=(place(from)) y1="12" x2=(place(to)) y2="12" {}
                    circle cx=(place(self.mean)) cy="12" r="1.8" {}
                }
            }
        }
    }

    /// The cells: the picture, both bands in figures, the share.
    pub fn cells(&self, zero: bool, shown: impl Fn(f64) -> String) -> [Markup; 4] {
        let band = |[low, high]: [f64; 2]| format!("{} to {}", shown(low), shown(high));
        [
            self.picture(zero),
            cell(band(self.all)),
            cell(self.luck.map_or_else(|| "-".to_owned(), band)),
            cell(share(self.unknown_share)),
        ]
    }
}

/// A share in per cent; a dash where there is none.
fn share(share: f64) -> String {
    if share.is_nan() { "-".to_owned() } else { format!("{} %", count((share * 100.0).round() as u64)) }
}

/// The headings of [`TwoBands::cells`].
pub const HEADINGS: [&str; 4] = ["picture", "luck and unknown: 90 %", "luck alone: 90 %", "unknown share"];

/// What the picture shows.
pub fn legend(mean: &str) -> Markup {
    html! {
        p class="definition" {
            "Picture: the upper, whole line is the band in which " (mean) " of a further member with a \
             further seed lies in nine of ten cases; the lower, dashed line is what is left of it with luck \
             alone, as if nothing were unknown. The dots are the mean. Each row has a scale of its own. \
             Unknown share: how much of the variance is between members, beyond luck; the rest is luck."
        }
    }
}

/// A mean with half the width of its interval, where it has one.
pub fn mean(mean: f64, margin: f64, shown: impl Fn(f64) -> String) -> Markup {
    if margin.is_nan() { cell(shown(mean)) } else { cell(format!("{} ± {}", shown(mean), compact(margin))) }
}
