//! Days on which something begins, year after year: festivals by rule or date.

use super::value::{Range, Unacceptable, Value, ValueKind};
use crate::base::{Date, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A day that comes by a rule, or once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearDay {
    /// The same month and day in every year: `11-11`.
    Yearly(u8, u8),
    /// The same, in years for which no date is given: `else 02-05`.
    Otherwise(u8, u8),
    /// One day: `2016-02-08`.
    Dated(Date),
    /// Easter Sunday of the Gregorian calendar: `easter`.
    Easter,
}

/// The days of a list that lie in a year, in order.
pub fn days_in(list: &[YearDay], year: u16) -> impl Iterator<Item = Time> + Clone {
    let has_date = list.iter().any(|day| matches!(day, YearDay::Dated(date) if date.year() == year as i16));
    let mut days: Vec<Time> = list
        .iter()
        .filter_map(|day| match *day {
            YearDay::Yearly(month, day) => Date::new(year as i16, month as i8, day as i8),
            YearDay::Otherwise(month, day) if !has_date => Date::new(year as i16, month as i8, day as i8),
            YearDay::Dated(date) if date.year() == year as i16 => Some(date),
            YearDay::Easter => easter(year),
            _ => None,
        })
        .map(Date::midnight)
        .collect();
    days.sort_unstable();
    days.into_iter()
}

/// The years for which a list has dates, if there are any years in which it says nothing: those between the
/// first and the last of them. Rules by month and day hold for ever.
pub fn years_known(list: &[YearDay]) -> Option<(u16, u16)> {
    let has_rule = list.iter().any(|day| matches!(day, YearDay::Yearly(..) | YearDay::Easter));
    let dates = list.iter().filter_map(|day| match day {
        YearDay::Dated(date) => Some(date.year() as u16),
        _ => None,
    });
    let (first, last) = (dates.clone().min()?, dates.max()?);
    (!has_rule).then_some((first, last))
}

/// Easter Sunday, by the anonymous Gregorian algorithm (Meeus 1991, *Astronomical Algorithms*, chapter 8).
fn easter(year: u16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year as i16, month as i8, day as i8)
}

impl fmt::Display for YearDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            YearDay::Yearly(month, day) => write!(f, "{month:02}-{day:02}"),
            YearDay::Otherwise(month, day) => write!(f, "else {month:02}-{day:02}"),
            YearDay::Dated(date) => write!(f, "{date}"),
            YearDay::Easter => f.write_str("easter"),
        }
    }
}

/// What is said of a text that is no such day.
const EXPECTED: &str = "expected a day like \"11-11\", \"2016-02-08\", \"else 02-05\" or \"easter\"";

impl FromStr for YearDay {
    type Err = String;

    fn from_str(text: &str) -> Result<YearDay, String> {
        let wrong = || format!("`{}` is no day: {EXPECTED}", crate::base::harmless::shown(text));
        if text == "easter" {
            return Ok(YearDay::Easter);
        }
        if text.len() == 10 && !text.starts_with("else") {
            return text.parse().map(YearDay::Dated).map_err(|_| wrong());
        }
        let (rule, is_otherwise) = match text.strip_prefix("else ") {
            Some(rule) => (rule, true),
            None => (text, false),
        };
        // A common year: a festival on 29 February would fall out of three years in four.
        let date: Date = format!("2001-{rule}").parse().map_err(|_| wrong())?;
        let (month, day) = (date.month_of_year(), date.day_of_month());
        Ok(if is_otherwise { YearDay::Otherwise(month, day) } else { YearDay::Yearly(month, day) })
    }
}

impl Serialize for YearDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for YearDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<YearDay, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Value for Vec<YearDay> {
    const KIND: ValueKind = ValueKind::Days;

    fn fault(&self, _: &Range) -> Option<Unacceptable> {
        let dates = self.iter().filter_map(|day| match day {
            YearDay::Dated(date) => Some(date),
            _ => None,
        });
        let ordered = dates.clone().zip(dates.skip(1)).all(|(before, after)| before < after);
        let is_long = self.len() > MOST_DAYS;
        match (ordered, is_long) {
            (false, _) => Some(Unacceptable::DisorderedDates),
            (_, true) => Some(Unacceptable::TooManyDays { most: MOST_DAYS }),
            _ => None,
        }
    }
}

/// The most days of a list: ten in each of a hundred years.
const MOST_DAYS: usize = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    fn list(texts: &[&str]) -> Vec<YearDay> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn shown(list: &[YearDay], year: u16) -> Vec<String> {
        days_in(list, year).map(|day| day.date().to_string()).collect()
    }

    #[test]
    fn easter_falls_as_published() {
        for (year, day) in
            [(2000, "2000-04-23"), (2019, "2019-04-21"), (2024, "2024-03-31"), (2038, "2038-04-25")]
        {
            assert_eq!(easter(year).unwrap().to_string(), day);
        }
    }

    #[test]
    fn dates_stand_for_their_year_and_rules_for_all() {
        let days = list(&["2016-02-08", "else 02-05", "11-11"]);
        assert_eq!(shown(&days, 2016), ["2016-02-08", "2016-11-11"]);
        assert_eq!(shown(&days, 2040), ["2040-02-05", "2040-11-11"]);
        assert_eq!(years_known(&days[..2]), Some((2016, 2016)));
        assert_eq!(years_known(&days), None);
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for wrong in ["02-30", "02-29", "13-01", "2015-02-29", "Easter", "else", "", "1-1", "else easter"] {
            assert!(wrong.parse::<YearDay>().is_err(), "{wrong}");
        }
        for day in list(&["02-28", "else 12-31", "2016-02-29", "easter"]) {
            assert_eq!(day.to_string().parse(), Ok(day));
        }
    }
}
