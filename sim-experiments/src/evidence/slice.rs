//! Whether a slice agrees with the whole: runs of a part of all counties stand for the country only if they
//! say what a run of all of them says.

use super::targets::{EvidenceRun, Target, Targets};
use super::trace::Trace;
use super::verdict::value;
use crate::statistics::Summary;
use std::collections::BTreeMap;

/// Standard errors of a margin of 95 %.
const NORMAL: f64 = 1.96;
/// What a slice may differ from the whole by: a tenth of a figure's tolerance.
pub const SLIGHT: f64 = 0.1;

/// A target read from a slice and from the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct SliceGap<'a> {
    /// The target.
    pub target: &'a Target,
    /// Mean over the slice's seeds, in the published unit.
    pub slice: f64,
    /// Mean over the seeds of the whole.
    pub whole: f64,
    /// How much farther from the published figure the slice is, in units of the tolerance; with a sign: below
    /// the whole is negative.
    pub gap: f64,
    /// Half of the 95 % interval of the gap, by what chance does to the seeds of both.
    pub margin: f64,
}

impl SliceGap<'_> {
    /// Whether the gap is a tenth of the tolerance at most, or within what chance does.
    pub fn is_slight(&self) -> bool {
        self.gap.abs() <= SLIGHT.max(self.margin)
    }
}

/// Every target that was read from a slice and from its whole; in their order.
pub fn gaps<'a>(targets: &'a Targets, traces: &BTreeMap<String, Vec<Trace>>) -> Vec<SliceGap<'a>> {
    let of_target = |target: &'a Target| {
        let slice: &EvidenceRun = targets.run(&target.read.as_ref()?.0)?;
        let whole = slice.slice_of.as_ref()?;
        gap(target, traces.get(&slice.name)?, traces.get(whole)?)
    };
    targets.targets.iter().filter_map(of_target).collect()
}

fn gap<'a>(target: &'a Target, slices: &[Trace], wholes: &[Trace]) -> Option<SliceGap<'a>> {
    let yardstick = target.yardstick()?;
    let numbers = |traces: &[Trace]| -> Vec<f64> {
        traces.iter().map(|trace| value(target, trace)).filter(|value| value.is_finite()).collect()
    };
    let positions = |values: &[f64]| -> Vec<f64> {
        values.iter().map(|&value| yardstick.position(value)).filter(|place| place.is_finite()).collect()
    };
    let (of_slices, of_wholes) = (numbers(slices), numbers(wholes));
    let (slice, whole) = (Summary::of(&of_slices).mean, Summary::of(&of_wholes).mean);
    let places = positions(&of_slices);
    if of_wholes.is_empty() || places.is_empty() {
        return None;
    }
    let spread = Summary::of(&places).deviation;
    // Too few runs of the whole tell how much they vary: what counties do by chance is less by as many times
    // as there are more of them.
    let share = wholes.first()?.scale / slices.first()?.scale;
    let variance = spread * spread * (1.0 / places.len() as f64 + share / of_wholes.len() as f64);
    let gap = yardstick.position(slice) - yardstick.position(whole);
    Some(SliceGap { target, slice, whole, gap, margin: NORMAL * variance.sqrt() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const NAME: &str = "delivered_2016";

    fn trace(scale: f64, share: f64) -> Trace {
        let series = BTreeMap::from([("delivered_village_share".to_owned(), vec![share; 300])]);
        Trace { seed: 1, first: 0, scale, series, probes: BTreeMap::new() }
    }

    #[test]
    fn a_slice_is_held_against_the_whole_in_units_of_the_tolerance() {
        let targets = Targets::embedded().unwrap();
        let slice = targets.target(NAME).and_then(|target| target.read.as_ref()).unwrap().0.clone();
        let whole = targets.run(&slice).unwrap().slice_of.clone().unwrap();
        let of = |shares: &[f64], all: f64| {
            let slices = shares.iter().map(|&share| trace(10.0, share)).collect();
            let traces = BTreeMap::from([(slice.clone(), slices), (whole.clone(), vec![trace(1.0, all)])]);
            let found = gaps(&targets, &traces);
            found.iter().find(|gap| gap.target.name == NAME).cloned().unwrap()
        };
        // 25.1 % within a quarter: a tolerance is 6.275 points.
        let known = of(&[0.28, 0.29], 0.285);
        assert!(known.gap.abs() < 1e-9 && known.is_slight(), "{known:?}");
        // A slice two points above, with a deviation of 0.707 points: 1.96 x 0.1127 x sqrt(1/2 + 1/10).
        let apart = of(&[0.30, 0.31], 0.285);
        assert!((apart.gap - 2.0 / 6.275).abs() < 1e-9, "{apart:?}");
        assert!((apart.margin - 1.96 * (0.5_f64.sqrt() / 6.275) * 0.6_f64.sqrt()).abs() < 1e-9, "{apart:?}");
        assert!(!apart.is_slight());
        assert!(of(&[0.26, 0.35], 0.285).is_slight(), "within what chance does");
    }
}
