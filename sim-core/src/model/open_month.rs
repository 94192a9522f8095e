//! The month that a county is in, and what is looked up once for it.

use super::setting::Setting;
use crate::base::{Delay, Month, Time};
use serde::{Deserialize, Serialize};

/// A county's open month. Where a run begins or ends within a month, only some of its days are simulated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct OpenMonth {
    /// Its first simulated moment.
    pub start: Time,
    /// Share of households with a smartphone in the nation.
    pub phones: f64,
    /// The phone rank below which households will have one when a village is looked at next.
    pub phones_soon: u8,
    /// What merchants have learnt of rural demand, as the nation told last \[0 to 1\].
    pub insight: f64,
}

impl OpenMonth {
    /// The month that begins at a moment.
    pub fn beginning(setting: &Setting, now: Time, insight: f64) -> OpenMonth {
        OpenMonth { start: now, phones: setting.phones(now), phones_soon: setting.phones_soon(now), insight }
    }

    /// The last minute of a month, in which it is settled after all else.
    ///
    /// Rejected: the first minute of the next month, which a run that ends with the month would have to
    /// simulate besides, and of which no table could tell.
    pub fn last_minute(month: Month) -> Time {
        month.next().start() - Delay::minutes(1)
    }

    /// The calendar month.
    pub fn month(&self) -> Month {
        Month::of(self.start)
    }

    /// Days that are simulated until a moment.
    pub fn days(&self, until: Time) -> u32 {
        until.day() - self.start.day()
    }

    /// The part of the calendar month that is simulated until a moment \[above 0, to 1\].
    pub fn part(&self, until: Time) -> f64 {
        f64::from(self.days(until)) / f64::from(self.month().days())
    }
}
