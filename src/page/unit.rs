//! Values in the units in which people read them: yuan for fen, per cent for shares.

use sim_core::metrics::table::{Column, ColumnData, Table};

/// A unit as it is shown, and what values are multiplied by.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The unit.
    pub name: String,
    /// What stored values are multiplied by.
    pub scale: f64,
}

impl Unit {
    /// How values of a stored unit are shown.
    pub fn of(stored: &str) -> Unit {
        let shown = |name: String, scale: f64| Unit { name, scale };
        if let Some(rest) = stored.strip_prefix("fen") {
            shown(format!("yuan{rest}"), 0.01)
        } else if let Some(rest) = stored.strip_prefix("share") {
            shown(format!("%{rest}"), 100.0)
        } else {
            shown(stored.to_owned(), 1.0)
        }
    }

    /// The unit of a difference: of per cent, percentage points.
    pub fn of_change(&self) -> String {
        if self.name.starts_with('%') { "percentage points".to_owned() } else { self.name.clone() }
    }

    /// The unit of a sum over months.
    pub fn of_sum(&self) -> String {
        self.name.strip_suffix("/month").unwrap_or(&self.name).to_owned()
    }
}

/// A name in snake case as words, abbreviations of quantiles spelled out.
pub fn words(name: &str) -> String {
    let word = |part: &str| match part {
        "p10" => "(10th percentile)".to_owned(),
        "p50" => "(median)".to_owned(),
        "p90" => "(90th percentile)".to_owned(),
        "p99" => "(99th percentile)".to_owned(),
        "gini" => "Gini".to_owned(),
        "taobao" => "Taobao".to_owned(),
        other => other.to_owned(),
    };
    let words: Vec<String> = name.split('_').map(word).collect();
    words.join(" ")
}

/// A text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A column's definition without the remark on missing values, which a dash or a gap shows.
pub fn meaning(definition: &str) -> String {
    let sentences = definition.split_inclusive(". ");
    let told: String = sentences.filter(|sentence| !sentence.starts_with("Missing")).collect();
    told.trim_end().to_owned()
}

/// A column's texts, row by row; none if it is absent or of numbers.
pub fn texts<'t>(table: &'t Table, name: &str) -> Vec<&'t str> {
    table.texts(name).map(|texts| texts.iter().collect()).unwrap_or_default()
}

/// The text of a row; empty if there is none.
pub fn text_at<'t>(table: &'t Table, name: &str, row: usize) -> &'t str {
    table.texts(name).and_then(|texts| texts.get(row)).unwrap_or_default()
}

/// The number of a row, as stored; not-a-number if there is none.
pub fn real_at(table: &Table, name: &str, row: usize) -> f64 {
    let values = table.reals(name).unwrap_or_default();
    values.get(row).copied().unwrap_or(f64::NAN)
}

/// A column's values as shown numbers; nothing for a column of texts.
pub fn shown(column: &Column) -> Option<Vec<f64>> {
    let scale = Unit::of(&column.unit).scale;
    match &column.data {
        ColumnData::Integer(values) => Some(values.iter().map(|&value| value as f64 * scale).collect()),
        ColumnData::Optional(values) => {
            let real = |value: &Option<i64>| value.map_or(f64::NAN, |value| value as f64 * scale);
            Some(values.iter().map(real).collect())
        }
        ColumnData::Real(values) => Some(values.iter().map(|value| value * scale).collect()),
        ColumnData::Text(_) | ColumnData::Flag(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_in_yuan_and_shares_in_per_cent() {
        assert_eq!(Unit::of("fen/month"), Unit { name: "yuan/month".into(), scale: 0.01 });
        assert_eq!(Unit::of("share of households").name, "% of households");
        assert_eq!(Unit::of("share of households").of_change(), "percentage points");
        assert_eq!(Unit::of("orders/month").of_sum(), "orders");
        assert_eq!(meaning("A over B. Missing where there is nothing to count."), "A over B.");
        assert_eq!(capitalised(&words("partner_income_p50")), "Partner income (median)");
    }
}
