//! Numbers for people: short, with separators, and in the units of the language: million and billion in
//! English, 万 (ten thousand) and 亿 (a hundred million) in Chinese.

use crate::text::{Language, Say};
use sim_core::base::Unit;

impl Say {
    /// A number with about three figures that matter: `0.0123`, `4.5`, `12,345`, `3.21 million`; in Chinese
    /// `1.23万`, `3.21亿`. A dash if it has no value.
    pub fn number(self, value: f64) -> String {
        // Nothing has no sign.
        let value = if value == 0.0 { 0.0 } else { value };
        match self.0 {
            Language::English => short(value),
            Language::Chinese => chinese(value).unwrap_or_else(|| short(value)),
        }
    }

    /// A number for an axis: `12k`, `3M`; in Chinese `1.2万`.
    pub fn tick(self, value: f64) -> String {
        match self.0 {
            Language::English => tick(value),
            Language::Chinese => match value.abs() {
                size if size >= 1e8 => trimmed(value / 1e8, "亿"),
                size if size >= 1e4 => trimmed(value / 1e4, "万"),
                _ => tick(value),
            },
        }
    }

    /// A difference with its sign; an exact nothing says so.
    pub fn signed(self, value: f64) -> String {
        plus(value, self.number(value))
    }

    /// A number of a unit: shares in percent, everything else as [`Say::number`] has it.
    pub fn amount(self, value: f64, unit: Unit) -> String {
        match unit.is_share() && value.is_finite() {
            true => format!("{}{}", percent(value), self.of("unit.percent")),
            false => self.number(whole(value, unit)),
        }
    }

    /// A difference of two numbers of a unit, with its sign: of shares in percentage points.
    pub fn change(self, value: f64, unit: Unit) -> String {
        match unit.is_share() && value.is_finite() {
            true => plus(value, format!("{}{}", percent(value), self.of("unit.points"))),
            false => {
                let value = whole(value, unit);
                match value.abs() {
                    // A small difference has two figures, and no powers of ten.
                    size if size < 1.0 && size > 1e-6 => plus(value, two_figures(value)),
                    _ => self.signed(value),
                }
            }
        }
    }

    /// A number of a unit for an axis.
    pub fn mark(self, value: f64, unit: Unit) -> String {
        match unit.is_share() {
            true => trimmed(100.0 * value, self.of("unit.percent")),
            false => self.tick(value),
        }
    }
}

/// How the numbers of a column are written: all with as many decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    decimals: usize,
    is_share: bool,
}

impl Figures {
    /// For values of a unit: about three figures of the middle one, none where all are whole.
    pub fn of(values: &[f64], unit: Unit) -> Figures {
        let is_share = unit.is_share();
        let factor = if is_share { 100.0 } else { 1.0 };
        let mut sizes: Vec<f64> = values.iter().map(|value| value.abs() * factor).collect();
        sizes.retain(|size| size.is_finite() && *size > 0.0);
        sizes.sort_by(f64::total_cmp);
        let is_whole = !is_share && sizes.iter().all(|size| size.fract() == 0.0);
        let decimals = match quantile(&sizes, 0.5) {
            _ if is_whole => 0,
            _ if is_share && sizes.last().is_some_and(|most| *most >= 1.0) => 1,
            middle if middle >= 100.0 => 0,
            middle if middle >= 10.0 => 1,
            middle if middle >= 1.0 => 2,
            _ => 3,
        };
        Figures { decimals, is_share }
    }

    /// A value so written; a dash if there is none.
    pub fn written(self, say: Say, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let number = if self.is_share { 100.0 * value } else { value };
        let text = format!("{:.*}", self.decimals, number.abs());
        let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
        let sign = if number < 0.0 && !is_nothing(&text) { "-" } else { "" };
        let unit = if self.is_share { say.of("unit.percent") } else { "" };
        format!("{sign}{whole}{rest}{unit}")
    }
}

/// Things that are counted: the middle of an even number of runs, or a sample scaled up, has no half ones.
fn whole(value: f64, unit: Unit) -> f64 {
    if unit.is_count() { value.round() } else { value }
}

/// A share in percent, as finely as its size asks for.
fn percent(share: f64) -> String {
    let number = 100.0 * share;
    let figures = match number.abs() {
        size if size >= 10.0 => 1,
        size if size >= 0.01 => 2,
        size if size > 0.0 => 4,
        _ => 0,
    };
    let text = format!("{number:.figures$}");
    if is_nothing(&text) { "0".to_owned() } else { text }
}

/// Whether a number as it is written is nothing: what rounds to nothing has no sign.
fn is_nothing(text: &str) -> bool {
    !text.contains(|digit| ('1'..='9').contains(&digit))
}

/// A number below 1 with two figures that matter.
fn two_figures(value: f64) -> String {
    let tens = sim_core::base::math::ln(value.abs()) / std::f64::consts::LN_10;
    let figures = (1.0 - tens.floor()).clamp(1.0, 9.0) as usize;
    let text = format!("{value:.figures$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn plus(value: f64, text: String) -> String {
    match value > 0.0 {
        true => format!("+{text}"),
        false => text,
    }
}

/// A large number in 万 or 亿; none if it is small.
fn chinese(value: f64) -> Option<String> {
    let (number, unit) = match value.abs() {
        size if !size.is_finite() => return None,
        size if size >= 1e8 => (value / 1e8, "亿"),
        size if size >= 1e4 => (value / 1e4, "万"),
        _ => return None,
    };
    let figures = match number.abs() {
        size if size >= 100.0 => return Some(format!("{}{unit}", grouped(number.round() as i64))),
        size if size >= 10.0 => 1,
        _ => 2,
    };
    Some(format!("{number:.figures$}{unit}"))
}

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

/// The English form; also that of files and of fields that are typed into.
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

/// At most two decimals, without zeros at the end.
fn trimmed(number: f64, unit: &str) -> String {
    let text = format!("{number:.2}");
    format!("{}{unit}", text.trim_end_matches('0').trim_end_matches('.'))
}

fn tick(value: f64) -> String {
    let size = value.abs();
    match () {
        () if size >= 1e9 => trimmed(value / 1e9, "G"),
        () if size >= 1e6 => trimmed(value / 1e6, "M"),
        () if size >= 1e4 => trimmed(value / 1e3, "k"),
        () if size >= 1.0 || size == 0.0 => trimmed(value, ""),
        () => format!("{value:.4}").trim_end_matches('0').to_owned(),
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
    use sim_core::unit;

    #[test]
    fn numbers_are_short_and_plain() {
        let shown = [0.0, 1.0, 0.0123, 4.5, 12.34, 999.6, 12_345.0, 3.21e6, -2e9, f64::NAN].map(short);
        let expected =
            ["0", "1", "0.0123", "4.50", "12.3", "1,000", "12,345", "3.21 million", "-2.00 billion", "–"];
        assert_eq!(shown, expected);
        assert_eq!([0.0, 0.25, 40.0, 12_000.0, 3.5e6].map(tick), ["0", "0.25", "40", "12k", "3.5M"]);
        assert_eq!(grouped(-1_234_567), "-1,234,567");
        assert_eq!(Say::in_language(Language::English).signed(2.0), "+2");
    }

    #[test]
    fn chinese_counts_in_ten_thousands() {
        let say = Say::in_language(Language::Chinese);
        let shown =
            [9_999.0, 12_345.0, -234_567.0, 12_345_678.0, 3.21e8, 0.0123].map(|value| say.number(value));
        assert_eq!(shown, ["9,999", "1.23万", "-23.5万", "1,235万", "3.21亿", "0.0123"]);
        assert_eq!([5e3, 2e4, 1.5e8].map(|value| say.tick(value)), ["5000", "2万", "1.5亿"]);
        assert_eq!(say.signed(20_000.0), "+2.00万");
        assert_eq!(say.signed(-0.0), "0");
    }

    #[test]
    fn shares_are_told_in_percent_and_their_differences_in_points() {
        let (english, chinese) = (Say::in_language(Language::English), Say::in_language(Language::Chinese));
        let shown = [0.2627, 0.04, 0.0, -0.000_39, f64::NAN]
            .map(|value| english.amount(value, unit!(ShareOfHouseholds)));
        assert_eq!(shown, ["26.3 %", "4.00 %", "0 %", "-0.04 %", "–"]);
        let days = [-6.4e-4, 0.25, -0.0349, 3.44].map(|value| english.change(value, unit!(Days)));
        assert_eq!(days, ["-0.00064", "+0.25", "-0.035", "+3.44"]);
        assert_eq!(english.change(0.012, unit!(Share)), "+1.20 points");
        assert_eq!(chinese.change(-0.000_39, unit!(Share)), "-0.04个百分点");
        assert_eq!([english.mark(0.25, unit!(Share)), chinese.mark(0.005, unit!(Share))], ["25 %", "0.5%"]);
        assert_eq!(english.amount(82.5, unit!(Shops)), "83");
        // A wage for each hour is no share, nor is a share for each hour told as one.
        assert_eq!(english.amount(0.08, unit!(Share / Hour)), "0.08");
    }

    #[test]
    fn numbers_of_a_column_have_the_same_decimals() {
        let say = Say::in_language(Language::English);
        let written = |values: &[f64], unit: Unit| -> Vec<String> {
            let figures = Figures::of(values, unit);
            values.iter().map(|value| figures.written(say, *value)).collect()
        };
        assert_eq!(
            written(&[8.0, 7.69, 13.8, 1314.0, f64::NAN], unit!(Orders)),
            ["8.0", "7.7", "13.8", "1,314.0", "–"]
        );
        assert_eq!(written(&[0.279, 0.2788, 0.0], unit!(ShareOfHouseholds)), ["27.9 %", "27.9 %", "0.0 %"]);
        assert_eq!(written(&[1.0, 12_345.0, 0.0], unit!(Shops)), ["1", "12,345", "0"]);
        assert_eq!(written(&[-1234.4, 200.2, -0.2], unit!(Yuan)), ["-1,234", "200", "0"]);
        assert_eq!(written(&[], unit!(Yuan)), Vec::<String>::new());
    }

    #[test]
    fn quantiles_are_linear_between_values() {
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!([0.0, 0.5, 1.0].map(|share| quantile(&values, share)), [1.0, 2.5, 4.0]);
        assert!(quantile(&[], 0.5).is_nan());
    }
}
