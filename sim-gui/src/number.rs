//! Numbers for people.

/// A whole number with separators, as in `12,345`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with about three figures that matter: `0.0123`, `4.5`, `12,345`, `3.21 million`. A dash if it has no value.
pub fn short(value: f64) -> String {
    let size = value.abs();
    match () {
        () if !value.is_finite() => "–".to_owned(),
        () if size >= 1e9 => format!("{:.2} billion", value / 1e9),
        () if size >= 1e6 => format!("{:.2} million", value / 1e6),
        () if size >= 100.0 => grouped(value.round() as i64),
        () if value.fract() == 0.0 => format!("{value:.0}"),
        () if size >= 10.0 => format!("{value:.1}"),
        () if size >= 1.0 => format!("{value:.2}"),
        () if size >= 0.001 => format!("{value:.4}").trim_end_matches('0').to_owned(),
        () => format!("{value:.1e}"),
    }
}

/// A number for an axis: short, `12k`, `3M`.
pub fn tick(value: f64) -> String {
    let size = value.abs();
    let trimmed = |number: f64, unit: &str| {
        let text = format!("{number:.2}");
        format!("{}{unit}", text.trim_end_matches('0').trim_end_matches('.'))
    };
    match () {
        () if size >= 1e9 => trimmed(value / 1e9, "G"),
        () if size >= 1e6 => trimmed(value / 1e6, "M"),
        () if size >= 1e4 => trimmed(value / 1e3, "k"),
        () if size >= 1.0 || size == 0.0 => trimmed(value, ""),
        () => format!("{value:.4}").trim_end_matches('0').to_owned(),
    }
}

/// A difference with its sign.
pub fn signed(value: f64) -> String {
    if value > 0.0 {
        format!("+{}", short(value))
    } else {
        short(value)
    }
}

/// The value below which a share of sorted values lies, linear between them.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = share.clamp(0.0, 1.0) * last as f64;
    let low = at as usize;
    let high = (low + 1).min(last);
    sorted[low] + (sorted[high] - sorted[low]) * (at - low as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_plain() {
        let shown = [
            0.0,
            1.0,
            0.0123,
            4.5,
            12.34,
            999.6,
            12_345.0,
            3.21e6,
            -2e9,
            f64::NAN,
        ]
        .map(short);
        let expected = [
            "0",
            "1",
            "0.0123",
            "4.50",
            "12.3",
            "1,000",
            "12,345",
            "3.21 million",
            "-2.00 billion",
            "–",
        ];
        assert_eq!(shown, expected);
        assert_eq!(
            [0.0, 0.25, 40.0, 12_000.0, 3.5e6].map(tick),
            ["0", "0.25", "40", "12k", "3.5M"]
        );
        assert_eq!(grouped(-1_234_567), "-1,234,567");
        assert_eq!(signed(2.0), "+2");
    }

    #[test]
    fn quantiles_are_linear_between_values() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(
            [0.0, 0.5, 1.0].map(|share| quantile(&values, share)),
            [1.0, 2.5, 4.0]
        );
        assert!(quantile(&[], 0.5).is_nan());
    }
}
