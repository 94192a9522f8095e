//! Values in the units in which people read them: yuan for fen, per cent for shares.

use crate::text::name::in_words;
use sim_core::base::unit::{Quantity, Sort};
use sim_core::metrics::table::{Column, ColumnData, Table};

/// A unit as it is shown, and what values are multiplied by.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownUnit {
    /// The unit.
    pub name: String,
    /// What stored values are multiplied by.
    pub scale: f64,
    /// The stored unit; none if this program does not know it.
    of: Option<sim_core::base::Unit>,
}

impl ShownUnit {
    /// How values of a unit are shown.
    pub fn of(stored: sim_core::base::Unit) -> ShownUnit {
        let (read, fen) = stored.in_yuan();
        match read.quantity.sort() {
            Sort::Share => ShownUnit { name: in_percent(read), scale: 100.0, of: Some(stored) },
            _ => ShownUnit { name: read.to_string(), scale: 1.0 / fen, of: Some(stored) },
        }
    }

    /// How values of a column are shown. A unit that a file has and this program does not know stays as it
    /// is.
    pub fn named(stored: &str) -> ShownUnit {
        let as_it_is = || ShownUnit { name: stored.to_owned(), scale: 1.0, of: None };
        sim_core::base::Unit::named(stored).map_or_else(as_it_is, ShownUnit::of)
    }

    /// The unit of a difference: of per cent, percentage points.
    pub fn of_change(&self) -> String {
        let is_share = self.of.is_some_and(|unit| unit.quantity.sort() == Sort::Share);
        if is_share { "percentage points".to_owned() } else { self.name.clone() }
    }

    /// The unit of a sum over months.
    pub fn of_sum(&self) -> String {
        self.of.map_or_else(|| self.name.clone(), |unit| ShownUnit::of(unit.summed_over_months()).name)
    }
}

/// `% of households` for `share of households`.
fn in_percent(unit: sim_core::base::Unit) -> String {
    unit.to_string().replacen(Quantity::Share.english(), Quantity::Percent.english(), 1)
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
    in_words(&words.join("_"))
}

/// A text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A column's definition without the remark on missing values, which a dash or a gap shows.
pub fn meaning(definition: &str) -> String {
    let sentences = definition.split_inclusive(". ");
    let sentences_kept: String = sentences.filter(|sentence| !sentence.starts_with("Missing")).collect();
    sentences_kept.trim_end().to_owned()
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
    let scale = ShownUnit::of(column.unit).scale;
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

/// The values of a table's column as shown; nothing if it is absent or of texts.
pub fn shown_column(table: &Table, name: &str) -> Option<Vec<f64>> {
    shown(table.column(name)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::unit;

    #[test]
    fn money_is_in_yuan_and_shares_in_per_cent() {
        let fen = ShownUnit::of(unit!(Fen / Month));
        assert_eq!((fen.name.as_str(), fen.scale, fen.of_sum().as_str()), ("yuan/month", 0.01, "yuan"));
        let share = ShownUnit::named("share of households");
        assert_eq!(share, ShownUnit::of(unit!(ShareOfHouseholds)));
        assert_eq!((share.name.as_str(), share.scale), ("% of households", 100.0));
        assert_eq!(share.of_change(), "percentage points");
        assert_eq!(ShownUnit::named("orders/month").of_sum(), "orders");
        let unknown = ShownUnit::named("furlongs/month");
        assert_eq!((unknown.name.as_str(), unknown.scale), ("furlongs/month", 1.0));
        assert_eq!(meaning("A over B. Missing where there is nothing to count."), "A over B.");
        assert_eq!(capitalised(&words("partner_income_p50")), "Partner income (median)");
    }
}
