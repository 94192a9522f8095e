//! What is written in a scenario and has no effect in its run: allowed, but probably not meant.

use super::checked::Scenario;
use super::conflict::{ConflictError, warning};
use super::issue::Issue;
use super::layers::region_defaults;
use crate::base::{Date, Delay};
use crate::params::{GovernmentParameters, GovernmentTarget, PlatformParameters};

/// A government measure: its target, its first day, and its last, if it has one.
type Measure = ([&'static str; 3], GovernmentTarget, Date, Option<Date>);

/// A warning for everything that has no effect.
pub(super) fn idle(scenario: &Scenario) -> Vec<ConflictError> {
    let mut found = Vec::new();
    let usual = region_defaults(&scenario.places.region);
    programme(scenario, &mut found);
    measures(scenario, &mut found);
    without_target(&scenario.parameters.government, &usual.government, &mut found);
    entries(scenario, &usual.platform, &mut found);
    shocks(scenario, &mut found);
    rules(scenario, &mut found);
    found
}

fn programme(scenario: &Scenario, found: &mut Vec<ConflictError>) {
    let programme = &scenario.parameters.programme;
    if programme.enabled && programme.support_end < programme.start {
        let message = Issue::SupportEndsFirst { end: programme.support_end, start: programme.start };
        found.push(warning(["programme.support_end", "programme.start"], message));
    }
    if programme.enabled && programme.start > scenario.end {
        let message = Issue::ProgrammeAfterRun { start: programme.start, end: scenario.end };
        found.push(warning(["programme.start", "end"], message));
    }
}

/// Measures that lie outside the run, or end before they start.
fn measures(scenario: &Scenario, found: &mut Vec<ConflictError>) {
    let p = &scenario.parameters.government;
    let all: [Measure; 9] = [
        (
            ["government.road_target", "government.road_start", "government.road_end"],
            p.road_target,
            p.road_start,
            Some(p.road_end),
        ),
        (
            ["government.broadband_target", "government.broadband_start", ""],
            p.broadband_target,
            p.broadband_start,
            None,
        ),
        (
            ["government.courier_target", "government.courier_start", "government.courier_end"],
            p.courier_target,
            p.courier_start,
            Some(p.courier_end),
        ),
        (
            ["government.joint_target", "government.joint_start", "government.joint_end"],
            p.joint_target,
            p.joint_start,
            Some(p.joint_end),
        ),
        (
            ["government.training_target", "government.training_start", "government.training_end"],
            p.training_target,
            p.training_start,
            Some(p.training_end),
        ),
        (["government.credit_target", "government.credit_start", ""], p.credit_target, p.credit_start, None),
        (["government.rent_target", "government.rent_start", ""], p.rent_target, p.rent_start, None),
        (
            ["government.quality_target", "government.quality_start", ""],
            p.quality_target,
            p.quality_start,
            None,
        ),
        (["government.export_target", "government.export_start", ""], p.export_target, p.export_start, None),
    ];
    let taken = all.into_iter().filter(|(_, target, ..)| *target != GovernmentTarget::Nobody);
    for ([_, first_day, last_day], _, start, end) in taken {
        if start > scenario.end {
            let message = Issue::MeasureAfterRun { start, end: scenario.end };
            found.push(warning([first_day, "end"], message));
        }
        let Some(end) = end else { continue };
        if end <= start {
            let message = Issue::MeasureEndsFirst { end, start };
            found.push(warning([last_day, first_day], message));
        } else if end <= scenario.start {
            let message = Issue::MeasureBeforeRun { end, start: scenario.start };
            found.push(warning([last_day, "start"], message));
        }
    }
}

/// Settings of measures that nobody is the target of.
fn without_target(p: &GovernmentParameters, usual: &GovernmentParameters, found: &mut Vec<ConflictError>) {
    macro_rules! settings {
        ($($target:ident: $($field:ident)+;)+) => { $( if p.$target == GovernmentTarget::Nobody { $(
            if p.$field != usual.$field {
                let message = Issue::NoTarget { target: concat!("government.", stringify!($target)) };
                let paths = [
                    concat!("government.", stringify!($field)),
                    concat!("government.", stringify!($target)),
                ];
                found.push(warning(paths, message));
            }
        )+ } )+ };
    }
    // What a demonstration grant works through as well, such as the cost of a class, is in none of them.
    settings! {
        road_target: road_start road_end road_pace road_cost road_saving;
        broadband_target: broadband_start broadband_months broadband_cost;
        courier_target: courier_start courier_end courier_subsidy;
        joint_target: joint_start joint_end joint_rate joint_cost;
        training_target: training_start training_end training_pace;
        credit_target: credit_start credit_line credit_rate;
        rent_target: rent_start rent_support;
        quality_target: quality_start quality_gain quality_cost;
        export_target: export_start export_gain export_cost;
    }
}

/// Platforms that were asked to enter after the run.
fn entries(scenario: &Scenario, usual: &PlatformParameters, found: &mut Vec<ConflictError>) {
    let p = &scenario.parameters.platform;
    let entries = [
        ("platform.retailer_entry", p.retailer_entry, usual.retailer_entry),
        ("platform.social_entry", p.social_entry, usual.social_entry),
    ];
    for (path, entry, usual) in entries {
        if entry > scenario.end && entry != usual {
            let message = Issue::EntryAfterRun { day: entry, end: scenario.end };
            found.push(warning([path, "end"], message));
        }
    }
}

/// Rules that are never in force during the run, and targets whose days lie outside it.
fn rules(scenario: &Scenario, found: &mut Vec<ConflictError>) {
    for rule in &scenario.rules {
        let begins_late = rule.from.is_some_and(|from| from > scenario.end);
        if begins_late || rule.until.is_some_and(|until| until <= scenario.start) {
            let message = Issue::RuleOutsideRun { rule: rule.name.clone() };
            found.push(warning(["rules", "end"], message));
        }
    }
    for target in &scenario.targets {
        if target.by > scenario.end || target.baseline.month() < scenario.start.month() {
            let message = Issue::TargetOutsideRun { target: target.name.clone() };
            found.push(warning(["targets", "end"], message));
        }
    }
}

fn shocks(scenario: &Scenario, found: &mut Vec<ConflictError>) {
    let (start, end) = (scenario.start_time(), scenario.end_time());
    for shock in &scenario.parameters.world.shocks {
        let begins = shock.start.midnight();
        let ends = begins + Delay::days(7 * shock.weeks);
        if begins >= end || ends <= start {
            let message = Issue::ShockOutside { day: shock.start };
            found.push(warning(["world.shocks", "end"], message));
        }
    }
}
