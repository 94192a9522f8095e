//! Inputs that end before the run does, or begin after it: from there on they are level, which a long run
//! must not pass off as knowledge.

use super::checked::Scenario;
use super::conflict::{ConflictError, warning};
use super::issue::{Issue, Part};
use super::selection::PlaceSelection;
use crate::base::Date;
use crate::base::factor::{DAYS_IN_YEAR, PER_CENT};
use crate::params::years_known;

/// A year's figure stands in the middle of its year, and so holds for half a year around it \[days\].
const HALF_A_YEAR: u32 = 184;

/// A warning for every input that does not cover the run.
pub(super) fn uncovered(scenario: &Scenario) -> Vec<ConflictError> {
    let p = &scenario.parameters;
    let mut found = Vec::new();
    for (path, schedule) in p.schedules() {
        let Some([(begins, first), (ends, last)]) = schedule.ends() else {
            continue;
        };
        // A list that begins or ends with nothing says that there is nothing before or after it.
        let ends = if last == 0.0 { Date::LAST } else { ends };
        let begins = if first == 0.0 { Date::FIRST } else { begins };
        found.extend(gaps(scenario, path, begins, ends));
    }
    if !matches!(scenario.places.selection, PlaceSelection::All)
        && let Some([first, last]) = sellers_known(scenario)
    {
        found.extend(gaps(scenario, "market.elsewhere", first, last));
    }
    if let Some([first, last]) = years_known(&p.world.pauses).and_then(|years| spanned(&years))
        && (scenario.start < first || scenario.end > last)
    {
        let message = Issue::FestivalsUnknown { first, last };
        found.push(warning(["end", "start"], message));
    }
    found
}

/// The first and last day for which the region's file says what villages outside a run sell.
fn sellers_known(scenario: &Scenario) -> Option<[Date; 2]> {
    let table = std::str::from_utf8(scenario.places.region.file("village_sellers.csv")?).ok()?;
    let years = || table.lines().filter_map(|line| line.split(',').next()?.parse::<u16>().ok());
    spanned(&(years().min()?, years().max()?))
}

/// The first and last day of some years.
fn spanned(&(first, last): &(u16, u16)) -> Option<[Date; 2]> {
    Some([Date::new(first as i16, 1, 1)?, Date::new(last as i16, 12, 31)?])
}

/// What an input that is known from one day to another leaves uncovered at both ends of a run.
fn gaps(scenario: &Scenario, path: &'static str, begins: Date, ends: Date) -> Vec<ConflictError> {
    let (start, end) = (scenario.start, scenario.end);
    let days = |from: Date, until: Date| until.midnight().day().saturating_sub(from.midnight().day());
    let run = days(start, end) + 1;
    let mut found = Vec::new();
    let before = days(start, begins);
    if before > HALF_A_YEAR {
        let message = Issue::LevelBefore { day: begins, part: of_run(before.min(run), run) };
        found.push(warning([path, "start"], message));
    }
    let after = days(ends, end);
    if after > HALF_A_YEAR {
        let (growth, part) = (scenario.inputs.growth(path), of_run(after.min(run), run));
        let message = if growth == 0.0 {
            Issue::LevelAfter { day: ends, part }
        } else {
            Issue::GrownAfter { day: ends, percent: format!("{:.1}", growth * PER_CENT), part }
        };
        found.push(warning([path, "end"], message));
    }
    found
}

/// A part of a run in words: `18 of 26 years`.
fn of_run(days: u32, run: u32) -> Part {
    if days >= run {
        return Part::Whole;
    }
    let years = |days: u32| f64::from(days) / DAYS_IN_YEAR;
    if run < 730 {
        let months = |days: u32| (f64::from(days) / 30.44 + 0.5) as u32;
        return Part::Months { part: months(days), run: months(run) };
    }
    // Whole years where the rest hardly matters; a tenth where it does.
    match years(days) {
        gap if gap >= 10.0 => Part::Years { part: format!("{gap:.0}"), run: format!("{:.0}", years(run)) },
        gap => Part::Years { part: format!("{gap:.1}"), run: format!("{:.1}", years(run)) },
    }
}
