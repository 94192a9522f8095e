//! Windows of time between two exchanges of messages.

use crate::base::{Delay, Time};
use serde::{Deserialize, Serialize};

/// A span of time in which nodes run without hearing of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Its first moment.
    pub start: Time,
    /// The moment after its last: exclusive.
    pub end: Time,
}

impl Window {
    /// The windows of this length from `start` on, the last one cut short at `end`.
    ///
    /// A length of zero counts as a minute, so that there is always an end.
    pub fn sequence(start: Time, end: Time, length: Delay) -> Windows {
        let length = length.max(Delay::minutes(1));
        Windows { start, end, length }
    }
}

/// Iterator over the windows of a run; see [`Window::sequence`].
#[derive(Clone, Debug)]
pub struct Windows {
    start: Time,
    end: Time,
    length: Delay,
}

impl Iterator for Windows {
    type Item = Window;

    fn next(&mut self) -> Option<Window> {
        let start = self.start;
        if start >= self.end {
            return None;
        }
        self.start = self.end.min(start + self.length);
        Some(Window { start, end: self.start })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_tile_the_run_and_the_last_is_cut_short() {
        let [start, end] = [100, 125].map(Time::from_minutes);
        let windows: Vec<Window> = Window::sequence(start, end, Delay::minutes(10)).collect();
        let bounds: Vec<u32> = windows.iter().map(|window| window.end.minutes()).collect();
        assert_eq!(bounds, [110, 120, 125]);
        assert!(windows.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(windows[0].start, start);
    }

    #[test]
    fn degenerate_sequences_end() {
        let last = Time::END - Delay::minutes(3);
        assert_eq!(Window::sequence(last, Time::END, Delay::days(7)).count(), 1);
        assert_eq!(Window::sequence(last, Time::END, Delay::ZERO).count(), 3);
        assert_eq!(Window::sequence(Time::END, last, Delay::days(7)).count(), 0);
    }
}
