//! Time in whole minutes, and the civil calendar.
//!
//! An integer since a fixed epoch, so that ordering is exact and equal on every machine. Minutes are fine
//! enough for trucks and parcels; 32 bits of them reach past the year 10000, and keep an event's key small.

use jiff::civil;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

/// Minutes in a day.
pub const DAY: u32 = 24 * 60;

/// A moment \[whole minutes since 2000-01-01 00:00\].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Time(u32);

/// A length of time \[whole minutes\].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Delay(u32);

/// A civil date, written `2014-10-13`. Years 2000 to 2999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(civil::Date);

/// A calendar month \[months since January 2000\].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month(pub u16);

impl Time {
    /// The epoch, and the least time.
    pub const START: Time = Time(0);
    /// The greatest time.
    pub const END: Time = Time(u32::MAX);

    /// A time of so many minutes since the epoch.
    pub const fn from_minutes(minutes: u32) -> Time {
        Time(minutes)
    }

    /// Minutes since the epoch.
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// Whole days since the epoch.
    pub const fn day(self) -> u32 {
        self.0 / DAY
    }

    /// Minutes since midnight, 0 to 1439.
    pub(crate) const fn minute_of_day(self) -> u32 {
        self.0 % DAY
    }

    /// Years since the epoch, as a real number of mean Gregorian years.
    pub fn years(self) -> f64 {
        f64::from(self.0) / YEAR
    }

    /// The time since `earlier`, or no time if `earlier` is later.
    pub const fn since(self, earlier: Time) -> Delay {
        Delay(self.0.saturating_sub(earlier.0))
    }

    /// The civil date on which this moment falls.
    pub fn date(self) -> Date {
        let days = jiff::Span::new().days(i64::from(self.day()));
        Date(EPOCH.checked_add(days).unwrap_or(civil::Date::MAX))
    }

    /// The next moment strictly after this one at `minute` past midnight.
    pub(crate) const fn next_at(self, minute: u32) -> Time {
        let today = self.0 - self.0 % DAY + minute;
        if today > self.0 { Time(today) } else { Time(today + DAY) }
    }
}

const EPOCH: civil::Date = civil::date(EPOCH_YEAR as i16, 1, 1);

/// Minutes in a mean Gregorian year of 365.2425 days.
pub const YEAR: f64 = 365.2425 * DAY as f64;

/// The year that begins with the epoch.
pub(crate) const EPOCH_YEAR: u16 = 2000;

impl Delay {
    /// No time at all.
    pub const ZERO: Delay = Delay(0);

    /// So many minutes.
    pub const fn minutes(minutes: u32) -> Delay {
        Delay(minutes)
    }

    /// So many days.
    pub const fn days(days: u32) -> Delay {
        Delay(days * DAY)
    }

    /// A real number of days, rounded to the nearest minute; negative and not-a-number become zero.
    pub(crate) fn from_days(days: f64) -> Delay {
        Delay((days * f64::from(DAY) + 0.5) as u32)
    }

    /// The length in minutes.
    pub const fn as_minutes(self) -> u32 {
        self.0
    }

    /// The length in days.
    pub fn as_days(self) -> f64 {
        f64::from(self.0) / f64::from(DAY)
    }
}

impl Add<Delay> for Time {
    type Output = Time;
    /// Saturates at [`Time::END`]: what would happen later never happens.
    fn add(self, delay: Delay) -> Time {
        Time(self.0.saturating_add(delay.0))
    }
}

impl AddAssign<Delay> for Time {
    fn add_assign(&mut self, delay: Delay) {
        *self = *self + delay;
    }
}

impl Add for Delay {
    type Output = Delay;
    fn add(self, other: Delay) -> Delay {
        Delay(self.0.saturating_add(other.0))
    }
}

impl Sub<Delay> for Time {
    type Output = Time;
    /// Saturates at [`Time::START`].
    fn sub(self, delay: Delay) -> Time {
        Time(self.0.saturating_sub(delay.0))
    }
}

impl Date {
    /// The first date there is.
    pub const FIRST: Date = Date(civil::date(2000, 1, 1));
    /// The last date there is.
    pub const LAST: Date = Date(civil::date(2999, 12, 31));

    /// A date, if there is such a day between 2000 and 2999.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        let date = civil::Date::new(year, month, day).ok()?;
        (2000..3000).contains(&year).then_some(Date(date))
    }

    /// The same day a year later, the 28th for a 29 February; nothing after the last date.
    pub(crate) fn next_year(self) -> Option<Date> {
        let (year, month) = (self.0.year() + 1, self.0.month());
        Date::new(year, month, self.0.day()).or_else(|| Date::new(year, month, self.0.day() - 1))
    }

    /// Midnight at the beginning of the day.
    pub fn midnight(self) -> Time {
        let days = (self.0 - EPOCH).get_days();
        Time(days.max(0) as u32 * DAY)
    }

    /// The year, 2000 to 2999.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month of the year, 1 to 12.
    pub fn month_of_year(self) -> u8 {
        self.0.month() as u8
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> u8 {
        self.0.day() as u8
    }

    /// The calendar month.
    pub fn month(self) -> Month {
        Month(((self.0.year() - 2000) * 12 + i16::from(self.0.month()) - 1) as u16)
    }
}

impl FromStr for Date {
    type Err = String;
    fn from_str(text: &str) -> Result<Date, String> {
        let fault =
            || format!("`{text}` is not a date from 2000-01-01 to 2999-12-31, written like 2014-10-13");
        if text.len() != 10 {
            return Err(fault());
        }
        let date: civil::Date = text.parse().map_err(|_| fault())?;
        Date::new(date.year(), date.month(), date.day()).ok_or_else(fault)
    }
}

impl TryFrom<String> for Date {
    type Error = String;
    fn try_from(text: String) -> Result<Date, String> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minute = self.minute_of_day();
        write!(f, "{} {:02}:{:02}", self.date(), minute / 60, minute % 60)
    }
}

impl Month {
    /// The month in which a moment falls.
    ///
    /// By arithmetic (Hinnant 2013, "chrono-compatible low-level date algorithms"), since it is asked for
    /// every village: days are counted from 1 March of the year 0, so that leap days come last in a year.
    pub const fn of(time: Time) -> Month {
        const MARCH_0: u32 = 730_425;
        let day = time.day() + MARCH_0;
        let (era, of_era) = (day / 146_097, day % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        // Months since March, 0 to 11.
        let month = (5 * of_year + 2) / 153;
        Month(((era * 400 + year) * 12 + month + 2 - 2000 * 12) as u16)
    }

    /// A month of a year from 2000 on, 1 to 12.
    pub const fn new(year: u16, month_of_year: u8) -> Month {
        Month((year - EPOCH_YEAR) * 12 + month_of_year as u16 - 1)
    }

    /// The year.
    pub const fn year(self) -> u16 {
        2000 + self.0 / 12
    }

    /// The month of the year, 1 to 12.
    pub const fn month_of_year(self) -> u8 {
        (self.0 % 12) as u8 + 1
    }

    /// Its first moment.
    pub fn start(self) -> Time {
        civil::Date::new(self.year() as i16, self.month_of_year() as i8, 1)
            .map_or(Time::END, |date| Date(date).midnight())
    }

    /// The month after this one.
    pub const fn next(self) -> Month {
        Month(self.0 + 1)
    }

    /// Its length in days.
    pub fn days(self) -> u32 {
        self.next().start().day() - self.start().day()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month_of_year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_the_civil_calendar() {
        for day in 0..150_000 {
            let time = Time::START + Delay::days(day);
            assert_eq!(Month::of(time), time.date().month(), "{time}");
        }
    }

    #[test]
    fn dates_and_minutes_agree_over_a_leap_century() {
        let mut month = Month(0);
        let mut days = 0;
        while month.year() < 2105 {
            assert_eq!(month.start().day(), days);
            assert_eq!(Month::of(month.start()), month);
            days += month.days();
            month = month.next();
        }
        assert_eq!("2014-10-13".parse::<Date>().unwrap().midnight().date().to_string(), "2014-10-13");
    }

    #[test]
    fn faulty_dates_are_refused() {
        for text in ["2014-02-30", "14-10-13", "2014-1-1", "1999-12-31", "3000-01-01", "", "2014-10-13T00:00"]
        {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_next_departure_is_strictly_later() {
        let eight = Time::from_minutes(8 * 60);
        assert_eq!(Time::START.next_at(480), eight);
        assert_eq!(eight.next_at(480), Time::from_minutes(8 * 60 + DAY));
    }

    #[test]
    fn time_saturates_instead_of_wrapping() {
        assert_eq!(Time::END + Delay::days(1), Time::END);
        assert_eq!(Time::START - Delay::days(1), Time::START);
        assert_eq!(Time::START.since(Time::END), Delay::ZERO);
    }
}
