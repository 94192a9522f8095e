//! Fields held against each other, once each is sound by itself.

use super::checked::Scenario;
use super::coverage::uncovered;
use super::idle::idle;
use crate::base::Time;

/// A conflict between fields.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Conflict {
    /// The fields; the one to mend first.
    pub paths: [&'static str; 2],
    /// What is wrong.
    pub message: String,
    /// Whether a run is still possible.
    pub is_warning: bool,
}

fn fault(paths: [&'static str; 2], message: String) -> Conflict {
    Conflict { paths, message, is_warning: false }
}

pub(super) fn warning(paths: [&'static str; 2], message: String) -> Conflict {
    Conflict { is_warning: true, ..fault(paths, message) }
}

/// All conflicts of a scenario.
pub(super) fn conflicts(scenario: &Scenario) -> Vec<Conflict> {
    let mut found = Vec::new();
    found.extend(order_of_dates(scenario));
    found.extend(window(scenario));
    found.extend(parameters(scenario));
    found.extend(trial(scenario));
    found.extend(idle(scenario));
    found.extend(uncovered(scenario));
    found.extend(within_a_month(scenario));
    found
}

impl Scenario {
    /// What is allowed but probably not meant, or ends before the run does, each with its field: what `check`
    /// warns of, for pages and manifests of a run whose files are not at hand.
    pub fn warnings(&self) -> Vec<String> {
        let all = conflicts(self).into_iter();
        all.filter(|conflict| conflict.is_warning)
            .map(|conflict| format!("{}: {}", conflict.paths[0], conflict.message))
            .collect()
    }
}

fn order_of_dates(scenario: &Scenario) -> Option<Conflict> {
    let (start, end) = (scenario.start, scenario.end);
    (end < start).then(|| fault(["end", "start"], format!("{end} lies before the start, {start}")))
}

/// A month of which only some days are run: its sums are of these days.
fn within_a_month(scenario: &Scenario) -> Vec<Conflict> {
    let mut found = Vec::new();
    let (start, end) = (scenario.start_time(), scenario.end_time());
    if end <= start {
        return found;
    }
    let days = |from: Time, until: Time| until.day() - from.day();
    let (first, last) = (scenario.start.month(), scenario.end.month());
    let begun = days(start.max(first.start()), end.min(first.next().start()));
    if begun < first.days() {
        let message = format!(
            "the run has {begun} of the {} days of {first}: what is counted in that month is of these days",
            first.days()
        );
        found.push(warning(["start", "end"], message));
    }
    let run = days(start.max(last.start()), end.min(last.next().start()));
    if last != first && run < last.days() {
        let message = format!(
            "the run has {run} of the {} days of {last}: what is counted in that month is of these days, \
             and nothing that is decided at a month's end is decided in it",
            last.days()
        );
        found.push(warning(["end", "start"], message));
    }
    found
}

fn window(scenario: &Scenario) -> Option<Conflict> {
    let days = scenario.end_time().day().saturating_sub(scenario.start_time().day());
    let window = scenario.window_days;
    (days > 0 && window > days).then(|| {
        fault(
            ["window_days", "end"],
            format!("a window of {window} days is longer than the run of {days} days"),
        )
    })
}

/// Parameters whose ranges depend on each other.
fn parameters(scenario: &Scenario) -> impl Iterator<Item = Conflict> {
    let (trunk, household) = (&scenario.parameters.logistics, &scenario.parameters.household);
    let (income, government) = (&scenario.parameters.income, &scenario.parameters.government);
    let least_first = [
        (["logistics.trunk_min", "logistics.trunk_max"], trunk.trunk_min, trunk.trunk_max),
        (["logistics.courier_exit", "logistics.courier_entry"], trunk.courier_exit, trunk.courier_entry),
    ];
    let shares = [
        (
            ["household.durables_share", "household.farm_inputs_share"],
            household.durables_share + household.farm_inputs_share,
        ),
        (["income.farm_share", "income.wage_share"], income.farm_share + income.wage_share),
        (
            ["government.demonstration_logistics", "government.demonstration_training"],
            government.demonstration_logistics + government.demonstration_training,
        ),
    ];
    let least_first = least_first
        .into_iter()
        .filter(|(_, low, high)| low > high)
        .map(|(paths, low, high)| fault(paths, format!("{low} is above {}, which is {high}", paths[1])));
    // A little above 1, so that shares written in decimals may sum to 1.
    let shares = shares.into_iter().filter(|(_, sum)| *sum > 1.0 + 1e-9).map(|(paths, sum)| {
        fault(paths, format!("together with {} it is {sum}: expected at most 1", paths[1]))
    });
    least_first.chain(shares)
}

/// A trial whose surveys cannot be made, or would find nothing.
fn trial(scenario: &Scenario) -> Vec<Conflict> {
    let (trial, programme) = (&scenario.parameters.trial, &scenario.parameters.programme);
    if !trial.enabled {
        return Vec::new();
    }
    let mut found = Vec::new();
    if trial.baseline < scenario.start {
        let message = format!("{} lies before the run's start, {}", trial.baseline, scenario.start);
        found.push(fault(["trial.baseline", "start"], message));
    }
    if trial.follow_up <= trial.baseline {
        let message = format!("{} does not lie after the baseline, {}", trial.follow_up, trial.baseline);
        found.push(fault(["trial.follow_up", "trial.baseline"], message));
    }
    if trial.follow_up > scenario.end {
        let message = format!("{} lies after the run's end, {}", trial.follow_up, scenario.end);
        found.push(fault(["trial.follow_up", "end"], message));
    }
    if trial.control_villages > trial.survey_villages {
        let message = format!(
            "{} villages of control are more than the {} surveyed",
            trial.control_villages, trial.survey_villages
        );
        found.push(fault(["trial.control_villages", "trial.survey_villages"], message));
    }
    if trial.households_near + trial.households_elsewhere == 0 {
        let message = "no household is surveyed".to_owned();
        found.push(fault(["trial.households_near", "trial.households_elsewhere"], message));
    }
    if !programme.enabled || programme.start >= trial.follow_up {
        let message = "no programme starts before the follow-up: nothing is tried".to_owned();
        found.push(warning(["programme.start", "trial.follow_up"], message));
    }
    found
}
