//! The month that a county is in, and what is looked up once for it.

use super::setting::Setting;
use crate::base::{Month, Time};
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
}

impl OpenMonth {
    /// The month that begins at a moment.
    pub fn beginning(setting: &Setting, now: Time) -> OpenMonth {
        OpenMonth { start: now, phones: setting.phones(now), phones_soon: setting.phones_soon(now) }
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
