//! Numbers as people read them.

const MINUS: &str = "-";

/// A number with thousands separated and as many decimals as it deserves: none from 1,000 on, one from 100
/// on, two below, three below 1, four below 0.1; whole numbers without any. A dash if it is missing.
pub fn figure(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let size = value.abs();
    let decimals = match size {
        _ if value.fract() == 0.0 => 0,
        _ if size >= 1000.0 => 0,
        _ if size >= 100.0 => 1,
        _ if size >= 1.0 => 2,
        _ if size >= 0.1 => 3,
        _ => 4,
    };
    let text = format!("{size:.decimals$}");
    let sign = if value < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) { MINUS } else { "" };
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
    let fraction = fraction.map_or_else(String::new, |digits| format!(".{digits}"));
    format!("{sign}{}{fraction}", grouped(whole))
}

/// A figure that stays narrow: from a million on in millions, marked `M`.
pub fn compact(value: f64) -> String {
    if value.abs() >= 1e6 { format!("{} M", figure(value / 1e6)) } else { figure(value) }
}

/// A change, with its sign, as narrow as [`compact`].
pub fn change(value: f64) -> String {
    let text = compact(value);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

/// A whole number with thousands separated.
pub fn count(value: impl Into<u64>) -> String {
    grouped(&value.into().to_string())
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A size in bytes, in binary units.
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if size < 1024 {
        return format!("{size} bytes");
    }
    let mut scaled = size as f64 / 1024.0;
    let mut unit = 0;
    while scaled >= 1024.0 && unit + 1 < UNITS.len() {
        scaled /= 1024.0;
        unit += 1;
    }
    format!("{scaled:.1} {}", UNITS.get(unit).copied().unwrap_or_default())
}

/// A length of time for people: `0.42 s`, `12.3 s`, `3 min 05 s`, `2 h 07 min`.
pub fn duration(seconds: f64) -> String {
    let whole = seconds as u64;
    match whole {
        0..=9 => format!("{seconds:.2} s"),
        10..=59 => format!("{seconds:.1} s"),
        60..=3599 => format!("{} min {:02} s", whole / 60, whole % 60),
        _ => format!("{} h {:02} min", whole / 3600, whole / 60 % 60),
    }
}

/// A noun with its number, the plural made with an `s` or the given form.
pub fn of(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_grouped_and_signed() {
        for (value, text) in [
            (0.0, "0"),
            (1_234_567.0, "1,234,567"),
            (-1234.56, "-1,235"),
            (999.0, "999"),
            (123.456, "123.5"),
            (3.1449, "3.14"),
            (0.25, "0.250"),
            (0.012345, "0.0123"),
            (-0.00001, "0.0000"),
            (f64::NAN, "-"),
        ] {
            assert_eq!(figure(value), text);
        }
        assert_eq!(
            [compact(999_999.0), compact(1_234_567.0), compact(-2.0e10), compact(f64::NAN)],
            ["999,999", "1.23 M", "-20,000 M", "-"]
        );
        assert_eq!(
            (change(2.5).as_str(), change(-2.5).as_str(), change(0.0).as_str()),
            ("+2.50", "-2.50", "0")
        );
    }

    #[test]
    fn sizes_and_durations_keep_their_units() {
        assert_eq!(bytes(1023), "1023 bytes");
        assert_eq!(bytes(3 << 30), "3.0 GiB");
        assert_eq!(bytes(u64::MAX), "16.0 EiB");
        assert_eq!(duration(0.418), "0.42 s");
        assert_eq!(duration(185.0), "3 min 05 s");
        assert_eq!(duration(7_620.0), "2 h 07 min");
    }
}
