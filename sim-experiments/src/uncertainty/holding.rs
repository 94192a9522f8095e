//! In how many members a conclusion holds.

use super::member_runs::MemberRuns;
use crate::statistics::Summary;

/// In how many members a difference has which sign.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Holding {
    /// Members with more.
    pub more: usize,
    /// Members with less.
    pub less: usize,
    /// Members without a difference.
    pub same: usize,
    /// The weight of the members whose sign is the mean's \[0 to 1\].
    pub weight: f64,
    /// The sign of the mean over all: 1, -1, or 0 without a difference.
    pub sign: i8,
}

impl Holding {
    /// Members whose sign is the mean's: in so many the conclusion holds.
    pub fn holds(&self) -> usize {
        match self.sign {
            1 => self.more,
            -1 => self.less,
            _ => self.same,
        }
    }

    /// All members with a value.
    pub fn members(&self) -> usize {
        self.more + self.less + self.same
    }
}

/// In how many members differences have the sign of their mean. A member's sign is that of the mean over its
/// seeds: luck may turn it where seeds are few, which counts against the conclusion. Members without a value
/// are left out.
pub fn holding(differences: &[MemberRuns]) -> Holding {
    let means = differences.iter().map(|one| (one.weight, Summary::of(&one.values).mean));
    let means: Vec<(f64, f64)> = means.filter(|(_, mean)| !mean.is_nan()).collect();
    let all: f64 = means.iter().map(|(weight, _)| weight).sum();
    let mean: f64 = means.iter().map(|(weight, mean)| weight * mean).sum();
    let count = |wanted: i8| means.iter().filter(|(_, mean)| sign(*mean) == wanted).count();
    let own = means.iter().filter(|(_, one)| sign(*one) == sign(mean));
    Holding {
        more: count(1),
        less: count(-1),
        same: count(0),
        weight: own.map(|(weight, _)| weight).sum::<f64>() / all,
        sign: sign(mean),
    }
}

fn sign(value: f64) -> i8 {
    match value {
        value if value > 0.0 => 1,
        value if value < 0.0 => -1,
        _ => 0,
    }
}
