//! What a branch may change in the middle of a run: what is still to come.

use super::checkpoint_error::{BranchError, Decided, PastError};
use crate::base::{Date, Delay, Time};
use crate::params::{Parameters, Schedule, Tranche, ValueKind};
use crate::scenario::Scenario;

/// Fields that a branch may not change, and what they decide.
const FIXED: [(&str, Decided); 9] = [
    ("start", Decided::Start),
    ("seed", Decided::Seed),
    ("world_seed", Decided::World),
    ("household_sample", Decided::Sample),
    ("window_days", Decided::Window),
    ("places", Decided::Places),
    ("base", Decided::Base),
    ("trial", Decided::Trial),
    ("report.followed", Decided::Followed),
];

/// Refuses changes of what the past has decided.
pub(super) fn refuse_fixed(changes: &[(String, String)]) -> Result<(), BranchError> {
    for (path, _) in changes {
        let fixed = FIXED.into_iter().find(|(name, _)| path == name || path.starts_with(&format!("{name}.")));
        if let Some((_, what)) = fixed {
            return Err(BranchError::Fixed { path: path.clone(), what });
        }
    }
    Ok(())
}

/// Refuses changes that lie before the branch's moment: they could not do what they say.
pub(super) fn refuse_past(before: &Scenario, after: &Scenario, now: Time) -> Result<(), BranchError> {
    let past = |path: &str, why: PastError| Err(BranchError::Past { path: path.to_owned(), why });
    let branch = now.date();
    if after.end != before.end && after.end_time() <= now {
        return past("end", PastError::End { end: after.end, now: branch });
    }
    for ((path, old), (_, new)) in dates(before).into_iter().zip(dates(after)) {
        if new != old && new.midnight() < now {
            return past(&path, PastError::Day { day: new, now: branch });
        }
    }
    for ((path, old), (_, new)) in before.parameters.schedules().into_iter().zip(after.parameters.schedules())
    {
        if new != old && is_same_from(old, new, now, after.end_time()) {
            return past(path, PastError::Series { now: branch });
        }
    }
    // What rules have done so far is known by their order.
    if after.rules.get(..before.rules.len()) != Some(&before.rules) {
        return past("rules", PastError::Rules);
    }
    let begun = after
        .rules
        .iter()
        .skip(before.rules.len())
        .find_map(|rule| rule.from.filter(|from| from.midnight() < now));
    if let Some(day) = begun {
        return past("rules", PastError::Day { day, now: branch });
    }
    let over = |start: Date, weeks: u32| start.midnight() + Delay::days(7 * weeks) <= now;
    let old_shocks = &before.parameters.world.shocks;
    let new_shocks = &after.parameters.world.shocks;
    let late = new_shocks.iter().find(|shock| over(shock.start, shock.weeks) && !old_shocks.contains(shock));
    if let Some(shock) = late {
        return past("world.shocks", PastError::Shock { start: shock.start, now: branch });
    }
    let paid = |scenario: &Scenario| -> Vec<Tranche> {
        let tranches = scenario.parameters.programme.tranches.iter();
        tranches.filter(|tranche| tranche.0.midnight() <= now).cloned().collect()
    };
    if paid(before) != paid(after) {
        return past("programme.tranches", PastError::Tranches { now: branch });
    }
    Ok(())
}

/// Whether two series are equal between two moments.
fn is_same_from(old: &Schedule, new: &Schedule, now: Time, end: Time) -> bool {
    let days = end.day().saturating_sub(now.day());
    (0..=days).all(|day| {
        let at = now + Delay::days(day);
        old.at(at) == new.at(at)
    })
}

/// The parameters that are days, each with its path: from them on something changes.
fn dates(scenario: &Scenario) -> Vec<(String, Date)> {
    let rows = Parameters::catalogue().into_iter().filter(|row| row.kind == ValueKind::Date);
    let dated = |path: String| {
        let day = scenario.parameters.get(&path)?.trim_matches('"').parse().ok()?;
        Some((path, day))
    };
    rows.filter_map(|row| dated(row.path())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_catalogue_is_read() {
        let scenario = crate::scenario::load(&crate::scenario::BuiltinSource, "tiny", &[]).unwrap();
        let found = dates(&scenario);
        let declared = Parameters::catalogue().into_iter().filter(|row| row.kind == ValueKind::Date).count();
        assert_eq!(found.len(), declared);
        let start = found.iter().find(|(path, _)| path == "programme.start").unwrap();
        assert_eq!(start.1, scenario.parameters.programme.start);
    }
}
