//! Small charts in text.
//!
//! Drawn here, in block characters: the crates for charts in text that we found are unmaintained or draw in
//! braille dots that many fonts lack, and the whole need is a series of bars.

const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Steps of one character's height.
const STEPS: usize = 8;

/// A series as lines of bars, top first, each line `width` characters or fewer. Longer series are averaged
/// into `width` bars; shorter ones are drawn as bars of equal width. Missing values are gaps.
pub fn bars(series: &[f64], width: usize, height: usize) -> Vec<String> {
    let values = fitted(series, width);
    let (low, high) = bounds(&values);
    let span = if high > low { high - low } else { 1.0 };
    let steps = (height * STEPS) as f64;
    let heights: Vec<usize> = values
        .iter()
        .map(|value| if value.is_nan() { 0 } else { ((value - low) / span * steps).round() as usize })
        .collect();
    let repeat = (width / values.len().max(1)).clamp(1, 3);
    (0..height).rev().map(|row| line(&heights, row, repeat)).collect()
}

/// The values at the bottom and top of a chart of the series: the least, or zero if none is negative, and the
/// greatest.
pub fn bounds(series: &[f64]) -> (f64, f64) {
    let present = || series.iter().copied().filter(|value| value.is_finite());
    (present().fold(0.0, f64::min), present().fold(0.0, f64::max))
}

fn line(heights: &[usize], row: usize, repeat: usize) -> String {
    let block = |height: &usize| {
        let filled = height.saturating_sub(row * STEPS).min(STEPS);
        EIGHTHS.get(filled).copied().unwrap_or(' ')
    };
    heights.iter().flat_map(|height| std::iter::repeat_n(block(height), repeat)).collect()
}

/// At most `width` values: means over equal stretches of the series.
fn fitted(series: &[f64], width: usize) -> Vec<f64> {
    if series.len() <= width || width == 0 {
        return series.to_vec();
    }
    let edge = |bar: usize| bar * series.len() / width;
    (0..width).map(|bar| mean(series.get(edge(bar)..edge(bar + 1)).unwrap_or_default())).collect()
}

fn mean(values: &[f64]) -> f64 {
    let present: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    present.iter().sum::<f64>() / present.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_fills_the_height_and_zero_is_empty() {
        assert_eq!(bars(&[0.0, 4.0, 8.0], 3, 2), [" \u{20}█", " ██"]);
        assert_eq!(bars(&[0.0, 1.0, 8.0], 3, 1), [" ▁█"]);
    }

    #[test]
    fn long_series_are_averaged_and_short_ones_widened() {
        assert_eq!(bars(&[0.0, 0.0, 8.0, 8.0], 2, 1), [" █"]);
        assert_eq!(bars(&[8.0, 0.0], 6, 1), ["███   "]);
    }

    #[test]
    fn nothing_flat_negative_and_missing_are_drawn_without_harm() {
        assert_eq!(bars(&[], 10, 1), [""]);
        assert_eq!(bars(&[0.0, 0.0], 2, 1), ["  "]);
        assert_eq!(bounds(&[-2.0, f64::NAN, 6.0]), (-2.0, 6.0));
        assert_eq!(bars(&[-8.0, f64::NAN, 8.0], 3, 1), ["  █"]);
    }
}
