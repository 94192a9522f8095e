//! Round numbers for axes.

use sim_core::base::Month;

/// Round steps over a range, about so many: 1, 2 or 5 times a power of ten.
pub fn ticks(low: f64, high: f64, about: usize) -> Vec<f64> {
    let span = high - low;
    if !span.is_finite() || span <= 0.0 || about == 0 {
        return vec![low];
    }
    let raw = span / about as f64;
    let mut power = 1.0;
    while power * 10.0 <= raw {
        power *= 10.0;
    }
    while power > raw {
        power /= 10.0;
    }
    // No step is longer than the range, or a single number would stand there.
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let fits = |step: &&f64| **step <= span;
    let step = steps.iter().find(|step| **step >= raw).filter(fits);
    let step = step.or(steps.iter().rev().find(fits)).copied().unwrap_or(raw);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last.min(first.saturating_add(50))).map(|at| at as f64 * step).collect()
}

/// Marks of a time axis between two months: position, and a label for some.
pub fn months(first: f64, last: f64, width: f32) -> Vec<(f64, String)> {
    let span = (last - first).max(1.0);
    let room = f64::from(width) / 62.0;
    let step = [1, 3, 6, 12, 24, 60].into_iter().find(|step| span / f64::from(*step) <= room).unwrap_or(120);
    let from = first.max(0.0).ceil() as u16;
    let to = last.max(0.0).floor() as u16;
    (from..=to)
        .filter(|month| month.is_multiple_of(step as u16))
        .map(|month| {
            let at = Month(month);
            let text = if step >= 12 { at.year().to_string() } else { at.to_string() };
            (f64::from(month), text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_cover_the_range() {
        assert_eq!(ticks(0.0, 10.0, 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(0.0, 0.043, 4), [0.0, 0.02, 0.04]);
        assert_eq!(ticks(3.0, 3.0, 5), [3.0]);
        assert_eq!(ticks(0.0, 410.0, 2), [0.0, 200.0, 400.0]);
        assert!(ticks(-50.0, 20_000.0, 5).len() <= 7);
    }

    #[test]
    fn months_have_room_for_their_labels() {
        for (span, width) in [(12.0, 300.0), (45.0, 200.0), (168.0, 400.0)] {
            let marks = months(177.0, 177.0 + span, width);
            assert!(!marks.is_empty() && marks.len() as f32 * 40.0 <= width + 40.0, "{marks:?}");
        }
        assert_eq!(months(168.0, 216.0, 200.0)[0], (168.0, "2014".to_owned()));
    }
}
