//! Bounds of an effect where more households were lost in one arm than in the other: whatever those lost
//! would have answered, if assignment moves everybody who is lost by it in one direction (Lee, *Review of
//! Economic Studies* 2009).
//!
//! The arm of which more were found loses as many of its highest, then of its lowest answers as make the
//! shares found equal; the effect of assignment is estimated anew each time.

use super::outcomes::TrialOutcome;
use super::panel::{Panel, PanelHousehold};
use super::regressions::intended;

/// The least and the greatest that the effect of assignment can be; nothing if it is not identified.
pub fn bounds(panel: &Panel, outcome: &TrialOutcome) -> Option<[f64; 2]> {
    let [assigned, control] = [true, false].map(|arm| {
        let count = panel.arm(arm);
        f64::from(count.found) / f64::from(count.households)
    });
    let arm = assigned > control;
    let share = (assigned - control).abs() / assigned.max(control);
    let mut ends = Vec::new();
    for highest in [false, true] {
        let trimmed = trimmed(panel, outcome, arm, share, highest);
        ends.push(intended(&trimmed, outcome).ok()?.coefficient);
    }
    ends.sort_by(f64::total_cmp);
    Some([*ends.first()?, *ends.last()?])
}

/// The panel without a share of an arm's highest or lowest answers.
fn trimmed(panel: &Panel, outcome: &TrialOutcome, arm: bool, share: f64, highest: bool) -> Panel {
    let answer = |household: &PanelHousehold| household.after.as_ref().map(outcome.answer);
    let mut order: Vec<usize> = (0..panel.households.len())
        .filter(|&at| panel.households[at].assigned() == arm && panel.households[at].after.is_some())
        .collect();
    order.sort_by(|&a, &b| {
        let [a, b] = [a, b].map(|at| answer(&panel.households[at]).unwrap_or(f64::NAN));
        if highest { b.total_cmp(&a) } else { a.total_cmp(&b) }
    });
    let count = (share * order.len() as f64).round() as usize;
    let mut left_out = vec![false; panel.households.len()];
    order.iter().take(count).for_each(|&at| left_out[at] = true);
    let households = panel.households.iter().zip(left_out).filter(|(_, out)| !out);
    Panel { households: households.map(|(household, _)| *household).collect(), ..panel.clone() }
}
