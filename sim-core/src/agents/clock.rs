//! Clocks: times of next events whose rates change on the way.
//!
//! A clock carries a due time under its present rate. When the rate changes, what remains is stretched or
//! shrunk (Gibson & Bruck 2000, the next reaction method): exact for exponential and gamma gaps, and no new
//! random number is drawn, so that scenarios that share a village's past share its next event too. Rejected:
//! drawing anew at every change, which is also exact for exponential gaps but spends random numbers on what
//! did not happen.

use crate::base::factor::TINY;
use crate::base::time::YEAR;
use crate::base::{Delay, Time};
use serde::{Deserialize, Serialize};

/// Change of a rate, over the old one, from which its tick is moved at once; smaller ones wait for the
/// owner's next look, a month later at most. A matter of speed: what is passed over in between is made up for
/// at that look.
const WORTH_MOVING: f64 = 0.1;

/// The next event of a process whose rate may change.
///
/// A tick is scheduled only once it is due within the owner's horizon, and owners look at their clocks more
/// often than that: otherwise the void ticks of slow clocks that change often would fill the queue for years.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// When the next event is due, at the present rate.
    due: Time,
    /// Events a year; 0 when the clock stands still.
    rate: f32,
    /// What remains until the next event while the clock stands still \[mean gaps\].
    remaining: f32,
    /// Counts the scheduled ticks, so that a tick overtaken by a change is void.
    generation: u32,
    /// Blocks drawn: the counter of its random stream.
    pub draws: u32,
    /// Whether a tick of the present generation is in the queue.
    pending: bool,
}

impl Clock {
    /// A clock that stands still, with this much (in mean gaps) until its first event.
    pub fn new(remaining: f64) -> Clock {
        Clock {
            due: Time::END,
            rate: 0.0,
            remaining: remaining as f32,
            generation: 0,
            draws: 0,
            pending: false,
        }
    }

    /// The present rate \[events/year\].
    pub fn rate(&self) -> f64 {
        f64::from(self.rate)
    }

    /// When the next event is due at the present rate; [`Time::END`] while the clock stands still.
    pub fn due(&self) -> Time {
        self.due
    }

    /// Whether a tick of this generation still counts.
    #[inline]
    pub fn is_current(&self, generation: u32) -> bool {
        self.generation == generation
    }

    /// Changes the rate. Returns when the next tick is now due and its generation, if it must be scheduled
    /// now.
    pub fn change(&mut self, now: Time, rate: f64, horizon: Delay) -> Option<(Time, u32)> {
        let rate = if rate > TINY { rate as f32 } else { 0.0 };
        if rate == self.rate {
            return if self.pending { None } else { self.schedule(now, horizon) };
        }
        // What lies beyond the end of time is not told by `due`; of that long, what has passed is next to
        // nothing.
        if self.rate > 0.0 && self.due < Time::END {
            let left = f64::from(self.due.since(now).as_minutes());
            self.remaining = (left * f64::from(self.rate) / YEAR) as f32;
        }
        self.rate = rate;
        self.due = if rate == 0.0 { Time::END } else { after(now, f64::from(self.remaining), rate) };
        self.schedule(now, horizon)
    }

    /// Whether a new rate differs from the present one by enough to be worth a change: a tenth, or a start or
    /// a stop. Smaller changes wait for the next tick or look.
    pub fn is_stale(&self, rate: f64) -> bool {
        let old = f64::from(self.rate);
        (rate - old).abs() > WORTH_MOVING * old || (old > 0.0) != (rate > TINY)
    }

    /// Looks at the clock again: changes the rate if it has become stale, and schedules the tick if its time
    /// has come within the horizon.
    pub fn update(&mut self, now: Time, rate: f64, horizon: Delay) -> Option<(Time, u32)> {
        let rate = if self.is_stale(rate) { rate } else { self.rate() };
        self.change(now, rate, horizon)
    }

    /// After a tick at `now`: `gap` mean gaps until the next, at this rate. Returns when, and its generation,
    /// if it must be scheduled now.
    #[inline]
    pub fn tick(&mut self, now: Time, gap: f64, rate: f64, horizon: Delay) -> Option<(Time, u32)> {
        self.rate = if rate > TINY { rate as f32 } else { 0.0 };
        self.remaining = gap as f32;
        self.due = if self.rate == 0.0 { Time::END } else { after(now, gap, self.rate) };
        self.schedule(now, horizon)
    }

    #[inline]
    fn schedule(&mut self, now: Time, horizon: Delay) -> Option<(Time, u32)> {
        self.generation = self.generation.wrapping_add(1);
        self.pending = self.due < Time::END && self.due < now + horizon;
        self.pending.then_some((self.due, self.generation))
    }
}

/// When so many mean gaps will have passed; the end of time for what comes after it.
#[inline]
fn after(now: Time, gaps: f64, rate: f32) -> Time {
    let minutes = gaps * YEAR / f64::from(rate) + 0.5;
    if minutes < f64::from(Time::END.since(now).as_minutes()) {
        now + Delay::minutes(minutes as u32)
    } else {
        Time::END
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAR: Delay = Delay::days(10_000);

    #[test]
    fn a_tick_beyond_the_horizon_is_scheduled_when_it_comes_near() {
        let start = Time::from_minutes(0);
        let month = Delay::days(30);
        let mut clock = Clock::new(1.0);
        assert_eq!(clock.change(start, 1.0, month), None, "a year away");
        let near = start + Delay::days(340);
        let (due, generation) = clock.update(near, 1.05, month).unwrap();
        assert!(clock.is_current(generation) && due.since(start).as_minutes().abs_diff(YEAR as u32) <= 1);
        assert_eq!(clock.update(near, 1.0, month), None, "it is already in the queue");
    }

    /// By hand: nine tenths of a gap of a million years are still to pass when the rate becomes one a year,
    /// and not what of it lies before the end of time, eight thousand years from now.
    #[test]
    fn a_gap_beyond_the_end_of_time_is_not_cut_off() {
        let start = Time::from_minutes(1_000);
        let mut clock = Clock::new(0.9);
        assert_eq!(clock.change(start, 1e-6, FAR), None);
        assert_eq!(clock.due(), Time::END);
        assert_eq!(clock.change(start, 2e-6, FAR), None, "nor by a change on the way");
        let (due, _) = clock.change(start, 1.0, FAR).unwrap();
        assert!((f64::from(due.since(start).as_minutes()) - 0.9 * YEAR).abs() < 2.0);
    }

    #[test]
    fn doubling_the_rate_half_way_keeps_what_was_passed() {
        let start = Time::from_minutes(1_000_000);
        let mut clock = Clock::new(1.0);
        let (due, _) = clock.change(start, 1.0, FAR).unwrap();
        let year = f64::from(due.since(start).as_minutes());
        assert!((year - YEAR).abs() < 1.0);
        let half = start + Delay::minutes((YEAR / 2.0) as u32);
        let (due, _) = clock.change(half, 2.0, FAR).unwrap();
        assert!((f64::from(due.since(half).as_minutes()) - YEAR / 4.0).abs() < 2.0);
    }

    #[test]
    fn stopping_and_starting_again_loses_nothing() {
        let start = Time::from_minutes(0);
        let mut clock = Clock::new(0.5);
        let (first, generation) = clock.change(start, 4.0, FAR).unwrap();
        assert!(clock.is_current(generation));
        assert!(clock.change(start, 0.0, FAR).is_none());
        assert!(!clock.is_current(generation), "the tick is void");
        let later = start + Delay::days(1000);
        let (second, _) = clock.change(later, 4.0, FAR).unwrap();
        assert!(second.since(later).as_minutes().abs_diff(first.since(start).as_minutes()) <= 1);
    }
}
