//! Holds rules and targets of a scenario against what there is: figures by name, places of the run.

use super::faults::{fault, world_faults};
use crate::base::{CountyCode, Month};
use crate::metrics::area::AreaMonth;
use crate::model::{RuleFigure, assembly};
use crate::params::RulePlaces;
use crate::scenario::reading::nearest;
use crate::scenario::{Advice, InputError, InputErrors, Issue, Scenario};
use crate::world::{Atlas, Geography};

/// Refuses rules and targets that the run's places cannot have.
pub(super) fn check_rules(scenario: &Scenario, geography: &Geography) -> Result<(), InputErrors> {
    if scenario.rules.is_empty() && scenario.targets.is_empty() {
        return Ok(());
    }
    let codes = Atlas::codes(geography, &assembly::request(scenario));
    check(scenario, geography, &codes.map_err(|error| world_faults(&error))?)
}

/// Refuses rules that can never apply, and targets that cannot be measured. `codes` are the run's counties.
fn check(scenario: &Scenario, geography: &Geography, codes: &[CountyCode]) -> Result<(), InputErrors> {
    let mut faults = Vec::new();
    for rule in &scenario.rules {
        let names = rule.when.iter().flat_map(|when| when.condition.names());
        faults.extend(names.filter_map(|name| no_figure("rules", name, true)));
        faults.extend(places("rules", &rule.places, &rule.name, geography, codes));
    }
    for target in &scenario.targets {
        faults.extend(no_figure("targets", &target.measure, false));
        faults.extend(places("targets", &target.places, &target.name, geography, codes));
        faults.extend(no_distribution("targets", &target.places, &target.measure));
    }
    if faults.is_empty() { Ok(()) } else { Err(InputErrors(faults)) }
}

/// Checks that figures, by name, can be told of some places of a scenario's run. The places of a scenario
/// with a table of counties of its own are not held against the real ones.
///
/// # Errors
/// Which figure follows from a distribution that is not known of several places, and which places are not in
/// the run.
pub fn check_places(scenario: &Scenario, wanted: &RulePlaces, figures: &[&str]) -> Result<(), InputErrors> {
    let mut faults: Vec<InputError> =
        figures.iter().filter_map(|figure| no_distribution("places", wanted, figure)).collect();
    if scenario.places.table.is_none() {
        let geography = &*super::own_places::geography(scenario, None)?;
        let codes = Atlas::codes(geography, &assembly::request(scenario));
        let codes = codes.map_err(|error| world_faults(&error))?;
        faults.extend(places("places", wanted, "where", geography, &codes));
    }
    if faults.is_empty() { Ok(()) } else { Err(InputErrors(faults)) }
}

/// That a figure follows from a distribution, which is not known of several places together.
fn no_distribution(path: &str, places: &RulePlaces, figure: &str) -> Option<InputError> {
    let is_one = match places {
        RulePlaces::Nation => true,
        RulePlaces::Provinces(names) => names.len() == 1,
        RulePlaces::Counties(codes) => codes.len() == 1,
        RulePlaces::Poverty | RulePlaces::NotPoverty | RulePlaces::Remote => false,
    };
    let issue = || Issue::NeedsOnePlace { name: figure.to_owned() };
    (!is_one && needs_distribution(figure)).then(|| fault(path, issue()))
}

/// The figures whose names are like one that does not exist, best first.
pub(super) fn near_figure(name: &str) -> Option<&'static str> {
    crate::metrics::outcome::renamed(name).or_else(|| nearest(name, RuleFigure::names()))
}

fn no_figure(path: &str, name: &str, with_own: bool) -> Option<InputError> {
    let found = RuleFigure::named(name).filter(|figure| with_own || !matches!(figure, RuleFigure::Own(_)));
    if found.is_some() {
        return None;
    }
    let suggestion = Advice::meant(near_figure(name));
    Some(InputError { suggestion, ..fault(path, Issue::NoFigure { name: name.to_owned() }) })
}

fn places(
    path: &str,
    places: &RulePlaces,
    name: &str,
    geography: &Geography,
    codes: &[CountyCode],
) -> Vec<InputError> {
    let is_in_run = match places {
        RulePlaces::Counties(wanted) => wanted.iter().any(|code| codes.contains(code)),
        RulePlaces::Provinces(names) => {
            let mut faults = Vec::new();
            let mut any = false;
            for written in names {
                match geography.find_province(written) {
                    Ok(at) => {
                        let code = geography
                            .provinces()
                            .get(usize::from(at))
                            .map(|province| u32::from(province.code));
                        any |= codes.iter().any(|county| Some(county.province()) == code);
                    }
                    Err(unknown) => {
                        let issue = Issue::NoProvince { name: written.clone() };
                        let meant = unknown.suggestions.first().map(String::as_str);
                        faults.push(InputError { suggestion: Advice::meant(meant), ..fault(path, issue) });
                    }
                }
            }
            if !faults.is_empty() {
                return faults;
            }
            any
        }
        RulePlaces::Nation | RulePlaces::Poverty | RulePlaces::NotPoverty | RulePlaces::Remote => true,
    };
    if is_in_run { Vec::new() } else { vec![fault(path, Issue::Nowhere { name: name.to_owned() })] }
}

/// Whether an outcome follows from a distribution over people, shops or parcels, which does not add up over
/// any set of counties that is told afterwards.
fn needs_distribution(name: &str) -> bool {
    let Some(RuleFigure::Outcome(formula)) = RuleFigure::named(name) else { return false };
    formula(&without_distributions(Month::new(2014, 1), vec![1; crate::event::Measure::COUNT])).is_nan()
}

/// A month of which only the measures are known.
pub(super) fn without_distributions(month: Month, values: Vec<i64>) -> AreaMonth {
    let none = f32::NAN;
    let spread =
        crate::metrics::area::Spread { count: 0, mean: none, p10: none, p50: none, p90: none, p99: none };
    let spreads = [spread; crate::event::Distribution::ALL.len()];
    AreaMonth { month, days: month.days(), values, spreads, gini: f32::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_a_distribution_is_known() {
        assert!(needs_distribution("partner_income_p50") && needs_distribution("income_gini"));
        assert!(!needs_distribution("buying_share") && !needs_distribution("shop_sales"));
    }
}
