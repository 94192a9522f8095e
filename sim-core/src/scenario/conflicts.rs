//! Fields held against each other, once each is sound by itself.

use super::checked::Scenario;
use super::conflict::{ConflictError, fault, warning};
use super::coverage::uncovered;
use super::idle::idle;
use super::issue::Issue;
use crate::base::Time;

/// All conflicts of a scenario.
pub(super) fn conflicts(scenario: &Scenario) -> Vec<ConflictError> {
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
            .map(|conflict| format!("{}: {}", conflict.paths[0], conflict.issue))
            .collect()
    }
}

fn order_of_dates(scenario: &Scenario) -> Option<ConflictError> {
    let (start, end) = (scenario.start, scenario.end);
    (end < start).then(|| fault(["end", "start"], Issue::EndBeforeStart { end, start }))
}

/// A month of which only some days are run: its sums are of these days.
fn within_a_month(scenario: &Scenario) -> Vec<ConflictError> {
    let mut found = Vec::new();
    let (start, end) = (scenario.start_time(), scenario.end_time());
    if end <= start {
        return found;
    }
    let days = |from: Time, until: Time| until.day() - from.day();
    let (first, last) = (scenario.start.month(), scenario.end.month());
    let begun = days(start.max(first.start()), end.min(first.next().start()));
    if begun < first.days() {
        let message = Issue::PartOfFirstMonth { run: begun, days: first.days(), month: first };
        found.push(warning(["start", "end"], message));
    }
    let run = days(start.max(last.start()), end.min(last.next().start()));
    if last != first && run < last.days() {
        let message = Issue::PartOfLastMonth { run, days: last.days(), month: last };
        found.push(warning(["end", "start"], message));
    }
    found
}

fn window(scenario: &Scenario) -> Option<ConflictError> {
    let days = scenario.end_time().day().saturating_sub(scenario.start_time().day());
    let window = scenario.window_days;
    (days > 0 && window > days)
        .then(|| fault(["window_days", "end"], Issue::WindowTooLong { window, run: days }))
}

/// Parameters whose ranges depend on each other.
fn parameters(scenario: &Scenario) -> impl Iterator<Item = ConflictError> {
    let (trunk, household) = (&scenario.parameters.logistics, &scenario.parameters.household);
    let (income, government) = (&scenario.parameters.income, &scenario.parameters.government);
    let least_first = [
        (["logistics.trunk_min", "logistics.trunk_max"], trunk.trunk_min, trunk.trunk_max),
        (["logistics.courier_exit", "logistics.courier_entry"], trunk.courier_exit, trunk.courier_entry),
        (["logistics.drop_ask_low", "logistics.drop_ask_high"], trunk.drop_ask_low, trunk.drop_ask_high),
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
        .map(|(paths, low, high)| fault(paths, Issue::Above { low, other: paths[1].to_owned(), high }));
    // A little above 1, so that shares written in decimals may sum to 1.
    let shares = shares
        .into_iter()
        .filter(|(_, sum)| *sum > 1.0 + 1e-9)
        .map(|(paths, sum)| fault(paths, Issue::SumAboveOne { other: paths[1].to_owned(), sum }));
    least_first.chain(shares)
}

/// A trial whose surveys cannot be made, or would find nothing.
fn trial(scenario: &Scenario) -> Vec<ConflictError> {
    let (trial, programme) = (&scenario.parameters.trial, &scenario.parameters.programme);
    if !trial.enabled {
        return Vec::new();
    }
    let mut found = Vec::new();
    if trial.baseline < scenario.start {
        let message = Issue::BeforeRun { day: trial.baseline, start: scenario.start };
        found.push(fault(["trial.baseline", "start"], message));
    }
    if trial.follow_up <= trial.baseline {
        let message = Issue::NotAfterBaseline { day: trial.follow_up, baseline: trial.baseline };
        found.push(fault(["trial.follow_up", "trial.baseline"], message));
    }
    if trial.follow_up > scenario.end {
        let message = Issue::AfterRun { day: trial.follow_up, end: scenario.end };
        found.push(fault(["trial.follow_up", "end"], message));
    }
    if trial.control_villages > trial.survey_villages {
        let message = Issue::MoreControl { control: trial.control_villages, surveyed: trial.survey_villages };
        found.push(fault(["trial.control_villages", "trial.survey_villages"], message));
    }
    if trial.households_near + trial.households_elsewhere == 0 {
        let message = Issue::NobodySurveyed;
        found.push(fault(["trial.households_near", "trial.households_elsewhere"], message));
    }
    if !programme.enabled || programme.start >= trial.follow_up {
        let message = Issue::NothingTried;
        found.push(warning(["programme.start", "trial.follow_up"], message));
    }
    found
}
