//! How far the targets of a scenario have come: told from results, and changing nothing.

use super::rule_check::without_distributions;
use super::run::Simulation;
use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::{Date, Month};
use crate::event::{Measure, MeasureKind};
use crate::metrics::area::AreaMonth;
use crate::model::{RuleFigure, covered};
use crate::params::{RulePlaces, ScenarioTarget, TargetGoal};

/// A target in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetMonth {
    /// The month.
    pub month: Month,
    /// The target's name.
    pub name: String,
    /// What is measured.
    pub measure: String,
    /// Its value; not-a-number where it has none.
    pub value: f64,
    /// Its value at the baseline; not-a-number before.
    pub baseline: f64,
    /// What it is to come to; not-a-number before the baseline.
    pub goal: f64,
    /// Part of the way done; not-a-number before the baseline or where there is no way.
    pub progress: f64,
    /// The day by which.
    pub by: Date,
    /// Whether the goal is met.
    pub is_met: bool,
}

/// A target month by month, up to the day by which it is due.
pub(super) fn progress(simulation: &Simulation, target: &ScenarioTarget) -> Vec<TargetMonth> {
    let Some(figure) = RuleFigure::named(&target.measure) else { return Vec::new() };
    let months = months(simulation, &target.places);
    let flow = match figure {
        RuleFigure::Measure(measure, scale) if measure.kind() == MeasureKind::Flow => Some((measure, scale)),
        _ => None,
    };
    let value = |at: usize| match flow {
        Some((measure, scale)) => by_the_year(&months[..=at], measure) / scale,
        None => figure.of(&months[at]),
    };
    let base = target.baseline.month();
    let known = months.iter().position(|month| month.month == base).map_or(f64::NAN, value);
    let due = target.by.month();
    let until_due = (0..months.len()).filter(|&at| months[at].month <= due);
    until_due
        .map(|at| {
            one(target, months[at].month, value(at), if months[at].month >= base { known } else { f64::NAN })
        })
        .collect()
}

fn one(target: &ScenarioTarget, month: Month, value: f64, baseline: f64) -> TargetMonth {
    let goal = match target.goal {
        TargetGoal::Factor(factor) => baseline * factor,
        TargetGoal::Level(_) if baseline.is_nan() => f64::NAN,
        TargetGoal::Level(level) => level,
    };
    let way = goal - baseline;
    let progress = if way == 0.0 { f64::NAN } else { (value - baseline) / way };
    TargetMonth {
        month,
        name: target.name.clone(),
        measure: target.measure.clone(),
        value,
        baseline,
        goal,
        progress,
        by: target.by,
        is_met: progress >= 1.0,
    }
}

/// A flow of the last twelve of some months, or of as many as there are at the pace of a year.
fn by_the_year(months: &[AreaMonth], measure: Measure) -> f64 {
    let last = months.get(months.len().saturating_sub(MONTHS_IN_YEAR as usize)..).unwrap_or(months);
    let sum: f64 = last.iter().map(|month| month.per_month(measure)).sum();
    sum * MONTHS_IN_YEAR / last.len().max(1) as f64
}

impl Simulation {
    /// The months of some places together. Distributions are known of the nation, a province and a county,
    /// and have no value elsewhere.
    pub fn months_of(&self, places: &RulePlaces) -> Vec<AreaMonth> {
        months(self, places)
    }
}

/// The months of some places together. Distributions are known of the nation, a province and a county.
fn months(simulation: &Simulation, places: &RulePlaces) -> Vec<AreaMonth> {
    let gathered = simulation.gathered();
    let setting = simulation.setting();
    if *places == RulePlaces::Nation {
        return gathered.nation.clone();
    }
    if let RulePlaces::Provinces(names) = places
        && let [name] = names.as_slice()
    {
        let is_it = |at: &u16| setting.atlas.provinces[usize::from(*at)].is_called(name);
        let found = gathered.provinces.iter().find(|(at, _)| is_it(at));
        return found.map(|(_, months)| months.clone()).unwrap_or_default();
    }
    let covered = covered(places, &setting.atlas, setting.remote_km);
    let counties = gathered.counties.iter().zip(covered).filter(|(_, covered)| *covered);
    let mut counties = counties.map(|(months, _)| months);
    let Some(first) = counties.next() else { return Vec::new() };
    if matches!(places, RulePlaces::Counties(codes) if codes.len() == 1) {
        return first.clone();
    }
    let alone = |month: &AreaMonth| {
        let days = month.days;
        AreaMonth { days, ..without_distributions(month.month, month.values.clone()) }
    };
    let mut sums: Vec<AreaMonth> = first.iter().map(alone).collect();
    for months in counties {
        for (sum, month) in sums.iter_mut().zip(months) {
            sum.values.iter_mut().zip(&month.values).for_each(|(sum, value)| *sum += value);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_the_part_of_the_way_from_baseline_to_goal() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let target = ScenarioTarget {
            name: "sales".to_owned(),
            measure: "shop_sales".to_owned(),
            places: RulePlaces::Poverty,
            baseline: day("2016-12-31"),
            goal: TargetGoal::Factor(4.0),
            by: day("2020-12-31"),
        };
        let month = Month::new(2018, 6);
        // From 100 to 400: at 250 half of the way is done; at 400 the target is met.
        let half = one(&target, month, 250.0, 100.0);
        assert_eq!((half.goal, half.progress, half.is_met), (400.0, 0.5, false));
        assert!(one(&target, month, 400.0, 100.0).is_met);
        assert!(one(&target, month, 50.0, 100.0).progress < 0.0);
        let early = one(&target, month, 50.0, f64::NAN);
        assert!(early.goal.is_nan() && early.progress.is_nan() && !early.is_met);
        // A level below the baseline is a way down.
        let down = ScenarioTarget { goal: TargetGoal::Level(20.0), ..target };
        assert_eq!(one(&down, month, 60.0, 100.0).progress, 0.5);
    }

    #[test]
    fn flows_are_those_of_twelve_months_or_of_fewer_at_the_pace_of_a_year() {
        let month = |at: u16, sales: i64| {
            let mut values = vec![0; Measure::COUNT];
            values[Measure::ShopSales.at()] = sales;
            without_distributions(Month(at), values)
        };
        let months: Vec<AreaMonth> = (0..14).map(|at| month(170 + at, i64::from(at))).collect();
        assert_eq!(by_the_year(&months[..2], Measure::ShopSales), 6.0);
        assert_eq!(by_the_year(&months, Measure::ShopSales), (2..14).sum::<i32>() as f64);
    }
}
