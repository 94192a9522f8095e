//! The time that is looked at: played, paused, stepped, scrubbed, looped. In months since January 2000, with
//! fractions.

use sim_core::base::{Month, Time};

/// Speeds to choose from \[months a second\].
pub const SPEEDS: [f64; 6] = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0];

/// The time that is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// Now \[months\].
    pub now: f64,
    /// Whether it runs.
    pub is_playing: bool,
    /// How fast \[months a second\].
    pub speed: f64,
    /// The stretch that is played over and over, if any \[months\].
    pub stretch: Option<(f64, f64)>,
    /// Whether it stays at the newest frame as the run goes on.
    pub follows: bool,
}

impl Default for Clock {
    fn default() -> Clock {
        Clock { now: 0.0, is_playing: false, speed: 4.0, stretch: None, follows: true }
    }
}

/// A moment as months since January 2000.
pub fn months(time: Time) -> f64 {
    let month = Month::of(time);
    let minutes = time.since(month.start()).as_days();
    f64::from(month.0) + minutes / f64::from(month.days().max(1))
}

impl Clock {
    /// Goes on by so many seconds; stays within what is recorded. Says whether it moved.
    pub fn advance(&mut self, seconds: f64, first: f64, last: f64) -> bool {
        if self.follows && !self.is_playing {
            let moved = self.now != last;
            self.now = last;
            return moved;
        }
        if !self.is_playing {
            self.now = self.now.clamp(first, last.max(first));
            return false;
        }
        let before = self.now;
        self.now += seconds * self.speed;
        match self.stretch {
            Some((from, to)) if self.now >= to || self.now < from => self.now = from,
            _ => {}
        }
        self.now = self.now.clamp(first, last.max(first));
        self.now != before
    }

    /// Plays, from the beginning if the end was reached; or pauses.
    pub fn toggle(&mut self, first: f64, last: f64) {
        self.is_playing = !self.is_playing;
        self.follows = false;
        if self.is_playing && self.now >= last - 0.01 {
            self.now = self.stretch.map_or(first, |stretch| stretch.0);
        }
    }

    /// A month on, or back.
    pub fn step(&mut self, months: f64) {
        self.is_playing = false;
        self.follows = false;
        self.now = (self.now + months).round();
    }

    /// Jumps to a moment.
    pub fn seek(&mut self, month: f64) {
        self.follows = false;
        self.now = month;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_plays_loops_and_stays_within_the_record() {
        let mut clock = Clock::default();
        assert!(clock.advance(1.0, 177.0, 180.0) && clock.now == 180.0);
        clock.toggle(177.0, 180.0);
        assert_eq!(clock.now, 177.0);
        clock.advance(0.5, 177.0, 220.0);
        assert_eq!(clock.now, 179.0);
        clock.stretch = Some((178.0, 180.0));
        clock.advance(0.5, 177.0, 220.0);
        assert_eq!(clock.now, 178.0);
        clock.step(1.0);
        assert!(!clock.is_playing && clock.now == 179.0);
        clock.advance(9.0, 177.0, 220.0);
        assert_eq!(clock.now, 179.0);
        clock.seek(500.0);
        clock.advance(0.0, 177.0, 220.0);
        assert_eq!(clock.now, 220.0);
    }

    #[test]
    fn months_count_from_2000() {
        let time = sim_core::base::Date::new(2014, 10, 1).unwrap().midnight();
        assert_eq!(months(time), 14.0 * 12.0 + 9.0);
    }
}
