//! What is carried over from China until a region has figures of its own: its series and days, moved to other
//! years, with money at the region's price level and markets of the region's size.

use sim_core::base::{Date, Quantity};
use sim_core::params::{ParameterInfo, Parameters, ProgrammeParameters, ValueKind};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How a region stands to China.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CarriedOver {
    /// By how many years what happened is moved.
    pub years: i16,
    /// The region's money for what one yuan of 2014 buys.
    pub price_level: f64,
    /// Its rural households over China's.
    pub households: f64,
    /// Its places of the second level.
    pub counties: f64,
    /// The mean income a head and year in the first year of the run, where the table of places says it, over
    /// what China's would be.
    pub income: Option<f64>,
}

/// Days and series of the region's, as a file of parameters.
pub fn parameters(carried: CarriedOver, like: i16) -> String {
    let parameters = Parameters::at_price_level(carried.price_level);
    let mut groups: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for row in Parameters::catalogue() {
        let path = row.path();
        let value = parameters.get(&path).unwrap_or_default();
        if let Some(moved) = moved(&row, &value, carried) {
            groups.entry(row.group).or_default().push((row.name.to_owned(), moved));
        }
    }
    let world = groups.entry("world").or_default();
    world.retain(|(name, _)| !["festivals", "pauses"].contains(&name.as_str()));
    world.push(("festivals".to_owned(), "[]".to_owned()));
    world.push(("pauses".to_owned(), "[\"01-01\"]".to_owned()));
    groups.entry("programme").or_default().extend(programme(&parameters.programme, carried));
    text(&groups, carried, like)
}

/// A programme that means to reach every place, with the money a place that the plan of China had. One team
/// at least opens places: fewer would reach nobody.
fn programme(usual: &ProgrammeParameters, carried: CarriedOver) -> [(String, String); 3] {
    let planned = f64::from(usual.planned_counties.max(1));
    let scale = (carried.counties / planned).clamp(0.001, 1.0);
    let number = |name: &str, value: f64| (name.to_owned(), format!("{:?}", rounded(value.min(1000.0))));
    // Both are of the whole plan, and are multiplied by the scale.
    let team = 1.0 / scale;
    [
        ("scale".to_owned(), format!("{scale:?}")),
        number("teams", usual.teams.max(team)),
        number("team_limit", usual.team_limit.max(team)),
    ]
}

fn text(groups: &BTreeMap<&str, Vec<(String, String)>>, carried: CarriedOver, like: i16) -> String {
    let mut text = format!(
        "(\n    // A beginning: what happened in China, moved by {} years so that the first year is like \
         China's {like}.\n    // Money is China's times {:?}. Replace what you know; `countryside params \
         NAME` says what each is.\n",
        carried.years, carried.price_level
    );
    for (group, rows) in groups {
        let _ = writeln!(text, "    {group}: (");
        for (name, value) in rows {
            let _ = writeln!(text, "        {name}: {value},");
        }
        text.push_str("    ),\n");
    }
    text.push_str(")\n");
    text
}

/// Counties of China, of which its rosters tell.
const OF_HOME: f64 = 2_735.0;

/// A value in other years and at the region's size; nothing for what does not depend on the year.
fn moved(row: &ParameterInfo, value: &str, carried: CarriedOver) -> Option<String> {
    let factor = match row.path().as_str() {
        "market.online_retail" => carried.households,
        "government.demonstration_roster" => carried.counties / OF_HOME,
        "income.rural_income" | "income.migrant_wage" | "income.poverty_line" => {
            carried.income.unwrap_or(1.0)
        }
        _ => 1.0,
    };
    match row.kind {
        ValueKind::Date => Some(dates_moved(value, carried.years)),
        ValueKind::Schedule => {
            let series: Vec<(String, f64)> = ron::from_str(value).ok()?;
            let point = |(date, value): (String, f64)| {
                format!("(\"{}\", {:?})", date_moved(&date, carried.years), rounded(value * factor))
            };
            Some(format!("[{}]", series.into_iter().map(point).collect::<Vec<_>>().join(", ")))
        }
        ValueKind::Tranches => Some(dates_moved(value, carried.years)),
        ValueKind::Number | ValueKind::Whole if row.unit.quantity == Quantity::YearOfCalendar => {
            let year: f64 = value.parse().ok()?;
            let moved = (year + f64::from(carried.years)).max(2001.0);
            Some(if row.kind == ValueKind::Whole { format!("{moved}") } else { format!("{moved:?}") })
        }
        _ => None,
    }
}

/// To six digits, so that a file can be read.
fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

/// A text with every date in quotes moved.
fn dates_moved(text: &str, years: i16) -> String {
    let parts = text.split('"').enumerate();
    let part =
        |(at, part): (usize, &str)| if at % 2 == 1 { date_moved(part, years) } else { part.to_owned() };
    parts.map(part).collect::<Vec<_>>().join("\"")
}

/// A date as many years on; what means never stays, and nothing is before the calendar's first day.
fn date_moved(text: &str, years: i16) -> String {
    let Ok(date) = text.parse::<Date>() else { return text.to_owned() };
    if date == Date::LAST || date == Date::FIRST {
        return text.to_owned();
    }
    let (month, day) = (date.month_of_year() as i8, date.day_of_month() as i8);
    let moved =
        Date::new(date.year() + years, month, day).or_else(|| Date::new(date.year() + years, month, 28));
    let kept = if date.year() + years < Date::FIRST.year() { Date::FIRST } else { Date::LAST };
    moved.unwrap_or(kept).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_moved_and_never_stays_never() {
        assert_eq!(date_moved("2014-10-13", 12), "2026-10-13");
        assert_eq!(date_moved("2016-02-29", 1), "2017-02-28");
        assert_eq!(date_moved("2999-12-31", 12), "2999-12-31");
        assert_eq!(dates_moved("[(\"2014-10-13\",500.0)]", -1), "[(\"2013-10-13\",500.0)]");
        assert_eq!(date_moved("2001-01-01", -12), "2000-01-01");
    }

    #[test]
    fn money_is_at_the_price_level_and_markets_at_the_size() {
        let carried =
            CarriedOver { years: 12, price_level: 10.0, households: 0.5, counties: 100.0, income: Some(2.0) };
        let text = parameters(carried, 2014);
        // China's 10,489 yuan of July 2014, at ten times the prices and twice the income.
        assert!(text.contains("(\"2026-07-01\", 209780.0)"), "{text}");
        // 2,450 billion yuan of 2014, at ten times the prices, for half as many households.
        assert!(text.contains("(\"2026-07-01\", 12250.0)"), "{text}");
        assert!(text.contains("scale: 0.1,") && text.contains("teams: 10.0"), "{text}");
    }
}
