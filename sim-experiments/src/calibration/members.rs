//! Members of an ensemble: sets of parameters that the figures do not rule out, each with its weight.
//!
//! Members are points that were simulated in the last wave, and all of whose own simulated figures are within
//! three standard deviations: what is said of them was run and not predicted. A member's weight is exp(-1/2
//! of the sum of squared standardised distances) of what the emulators expect of it ([`weight`]), which have
//! seen its run among all others; weights sum to 1. Weights by the simulated figures themselves were
//! rejected: where a figure is mostly chance, as Taobao villages in a tenth of the country are, they take a
//! run's luck for a member's skill.

use super::emulated::{Emulated, weight};
use super::matching::{CUT, MatchedHistory, SimulatedPoints};
use super::parameter::Parameter;

/// Weights are written with so many places.
const PLACES: u32 = 6;

/// A member.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedMember {
    /// Its weight.
    pub weight: f64,
    /// Its point of the unit cube.
    pub point: Vec<f64>,
    /// Its row among what was simulated.
    pub row: usize,
    /// The greatest of its standardised distances, and of which figure.
    pub worst: Option<WorstFigure>,
}

/// The figure that a member is farthest from.
#[derive(Clone, Debug, PartialEq)]
pub struct WorstFigure {
    /// The figure's name.
    pub figure: String,
    /// How far in standard deviations: two are a tolerance.
    pub distance: f64,
}

/// An ensemble.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FittedEnsemble {
    /// Its members by falling weight; the first is the best.
    pub members: Vec<FittedMember>,
    /// Points of the last wave that are not ruled out.
    pub candidates: usize,
    /// The share of the candidates' weight that the members hold.
    pub kept: f64,
}

impl FittedEnsemble {
    /// As many members as asked at most: points of the last wave whose simulated figures are all within three
    /// standard deviations, those of most weight first.
    pub fn of(history: &MatchedHistory, figures: &[&str], members: usize) -> FittedEnsemble {
        let simulated = &history.simulated;
        let last = simulated.waves.last().copied().unwrap_or(0);
        let ruling = history.ruling();
        let rows = (0..simulated.points.len()).filter(|&row| simulated.waves[row] == last);
        let mut found: Vec<FittedMember> =
            rows.filter_map(|row| member(&ruling, figures, simulated, row)).collect();
        found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.row.cmp(&b.row)));
        // A point that was drawn twice is one.
        found.dedup_by(|a, b| a.point == b.point);
        let candidates = found.len();
        let all: f64 = found.iter().map(|member| member.weight).sum();
        found.truncate(members);
        let kept: f64 = found.iter().map(|member| member.weight).sum();
        for member in &mut found {
            member.weight /= kept;
        }
        FittedEnsemble { members: found, candidates, kept: kept / all }
    }

    /// As how many members of equal weight it counts: 1 over the sum of squared weights.
    pub fn effective(&self) -> f64 {
        let squares: f64 = self.members.iter().map(|member| member.weight * member.weight).sum();
        if squares > 0.0 { 1.0 / squares } else { 0.0 }
    }

    /// As comma-separated values: `member,weight,` and the paths of parameters; members from 1 by falling
    /// weight, weights that sum to 1 as written, values as scenarios are given them.
    pub fn csv(&self, parameters: &[Parameter]) -> String {
        let paths = parameters.iter().map(|parameter| format!(",{}", parameter.path));
        let mut text = format!("member,weight{}\n", paths.collect::<String>());
        for (at, (member, weight)) in self.members.iter().zip(self.written_weights()).enumerate() {
            let values = parameters.iter().zip(&member.point);
            let values = values.map(|(parameter, &share)| format!(",{}", parameter.written(share)));
            text += &format!("{},{weight}{}\n", at + 1, values.collect::<String>());
        }
        text
    }

    /// Weights with six places that sum to 1: what rounding takes or leaves goes to the largest remainders.
    fn written_weights(&self) -> Vec<String> {
        let whole = 10_u64.pow(PLACES);
        let exact: Vec<f64> = self.members.iter().map(|member| member.weight * whole as f64).collect();
        let mut parts: Vec<u64> = exact.iter().map(|&part| part as u64).collect();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        let rest = |at: usize| exact[at] - exact[at].floor();
        order.sort_by(|&a, &b| rest(b).total_cmp(&rest(a)).then(a.cmp(&b)));
        let missing = whole.saturating_sub(parts.iter().sum());
        for &at in order.iter().cycle().take(if order.is_empty() { 0 } else { missing as usize }) {
            parts[at] += 1;
        }
        parts.iter().map(|part| format!("{}.{:06}", part / whole, part % whole)).collect()
    }
}

fn member(
    ruling: &[&Emulated],
    figures: &[&str],
    simulated: &SimulatedPoints,
    row: usize,
) -> Option<FittedMember> {
    let column = |one: &Emulated| figures.iter().position(|name| *name == one.figure.name);
    let value = |one: &Emulated| column(one).map_or(f64::NAN, |at| simulated.values[row][at]);
    let distances: Vec<f64> = ruling.iter().map(|one| one.simulated(value(one))).collect();
    if distances.iter().any(|&distance| distance >= CUT) {
        return None;
    }
    let worst = ruling.iter().zip(&distances).max_by(|a, b| a.1.total_cmp(b.1));
    let expected: Vec<f64> = ruling.iter().map(|one| one.implausibility(&simulated.points[row])).collect();
    Some(FittedMember {
        weight: weight(ruling, &expected),
        point: simulated.points[row].clone(),
        row,
        worst: worst.map(|(one, &distance)| WorstFigure { figure: one.figure.name.clone(), distance }),
    })
}
