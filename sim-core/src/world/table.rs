//! Reading the csv tables: every fault at once, each with its place.
//!
//! Rows come from [`Sheet`], as of every file of this kind. Nothing here panics on any bytes, and a cell is
//! shown back only escaped and shortened. Columns may stand in any order; a missing, repeated or unknown
//! column is a fault of the header. Rejected: `serde` on the `csv` crate, which stops at the first fault of a
//! row and names neither the column's range nor its neighbours.

use super::table_error::{TableFaults, is_hostile};
use crate::base::Wanted;
use crate::base::sheet::{self, Sheet};
use std::ops::RangeInclusive;

/// A column that a table has, or may have.
#[derive(Clone, Copy)]
pub(super) struct ExpectedColumn {
    pub(super) name: &'static str,
    pub(super) required: bool,
}

/// One row, giving cells by column name and noting faults.
pub(super) struct TableRow<'a> {
    row: sheet::Row<'a>,
    places: &'a [(&'static str, usize)],
    pub(super) faults: &'a mut TableFaults,
}

impl TableRow<'_> {
    /// The line on which the row begins, from 1.
    pub(super) fn line(&self) -> u64 {
        self.row.line()
    }

    /// Notes a fault of this row.
    pub(super) fn fault(&mut self, column: &str, value: &str, expected: Wanted) {
        self.faults.add(self.row.line(), column, value, expected);
    }

    /// The cell as text without surrounding blanks; empty where the column is absent.
    fn cell(&self, column: &str) -> String {
        let place = self.places.iter().find(|(name, _)| *name == column);
        place.map_or_else(String::new, |(_, at)| self.row.get(*at).trim().to_owned())
    }

    /// A name: 1 to 60 characters, none of them hostile; may be empty if `optional`.
    pub(super) fn name(&mut self, column: &str, optional: bool) -> String {
        let text = self.cell(column);
        let length = text.chars().count();
        let plain = !text.chars().any(|c| is_hostile(c) || c == char::REPLACEMENT_CHARACTER);
        if !plain || length > 60 || (length == 0 && !optional) {
            self.fault(column, &text, Wanted::Name);
        }
        text
    }

    /// A finite number within a range.
    pub(super) fn number(&mut self, column: &str, range: RangeInclusive<f64>) -> Option<f64> {
        let text = self.cell(column);
        let number = text.parse::<f64>().ok().filter(|x| range.contains(x));
        if number.is_none() {
            let expected = Wanted::Number { low: *range.start(), high: *range.end() };
            self.fault(column, &text, expected);
        }
        number
    }

    /// A finite number within a range, or an empty cell.
    pub(super) fn number_or_none(&mut self, column: &str, range: RangeInclusive<f64>) -> Option<f64> {
        if self.cell(column).is_empty() {
            return None;
        }
        self.number(column, range)
    }

    /// A whole number within a range.
    pub(super) fn whole(&mut self, column: &str, range: RangeInclusive<u32>) -> Option<u32> {
        let text = self.cell(column);
        let number = text.parse::<u32>().ok().filter(|x| range.contains(x));
        if number.is_none() {
            let expected = Wanted::Whole { low: *range.start(), high: *range.end() };
            self.fault(column, &text, expected);
        }
        number
    }

    /// A whole number within a range, or an empty cell.
    pub(super) fn whole_or_none(&mut self, column: &str, range: RangeInclusive<u32>) -> Option<u32> {
        if self.cell(column).is_empty() {
            return None;
        }
        self.whole(column, range)
    }

    /// What `parse` makes of the cell, which may be empty or absent; `expected` says what it takes.
    pub(super) fn read_or<T: Default>(
        &mut self,
        column: &str,
        expected: Wanted,
        parse: impl Fn(&str) -> Option<T>,
    ) -> T {
        self.one_of(column, expected, parse).unwrap_or_default()
    }

    /// One of some words, by `parse`; `expected` lists them.
    pub(super) fn one_of<T>(
        &mut self,
        column: &str,
        expected: Wanted,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.cell(column);
        let found = parse(&text);
        if found.is_none() {
            self.fault(column, &text, expected);
        }
        found
    }
}

/// Reads a table, calling `take` for each row that has as many cells as the header; faults go to `faults`.
///
/// Rows beyond `most_rows` are a fault of the file and are not read.
pub(super) fn read(
    bytes: &[u8],
    columns: &[ExpectedColumn],
    most_rows: usize,
    faults: &mut TableFaults,
    mut take: impl FnMut(&mut TableRow<'_>),
) {
    let mut sheet = match Sheet::open(bytes) {
        Ok(sheet) => sheet,
        Err(fault) => return faults.add(fault.line, "", "", fault.expected),
    };
    let places = places_of(sheet.header(), sheet.header_line(), columns, faults);
    if faults.any() {
        return;
    }
    let mut rows = 0;
    while let Some(row) = sheet.next_row() {
        rows += 1;
        let row = match row {
            Ok(row) => row,
            Err(fault) => {
                faults.add(fault.line, "", "", fault.expected);
                continue;
            }
        };
        if rows > most_rows {
            faults.add(row.line(), "", "", Wanted::AtMostRows { count: most_rows });
            return;
        }
        take(&mut TableRow { row, places: &places, faults });
    }
    if rows == 0 && !faults.any() {
        faults.add(0, "", "", Wanted::HeaderAndRow);
    }
}

/// Where each known column stands.
fn places_of(
    header: &[String],
    line: u64,
    columns: &[ExpectedColumn],
    faults: &mut TableFaults,
) -> Vec<(&'static str, usize)> {
    let mut places: Vec<(&'static str, usize)> = Vec::new();
    for (at, cell) in header.iter().enumerate() {
        match columns.iter().find(|column| column.name == cell) {
            None => faults.add(line, "header", cell, unknown_column(cell, columns)),
            Some(known) if places.iter().any(|(name, _)| *name == known.name) => {
                faults.add(line, "header", cell, Wanted::OnlyOnce);
            }
            Some(known) => places.push((known.name, at)),
        }
    }
    for column in columns.iter().filter(|column| column.required) {
        if !places.iter().any(|(name, _)| *name == column.name) {
            faults.add(line, "", "", Wanted::ColumnInHeader { name: column.name.to_owned() });
        }
    }
    places
}

fn unknown_column(name: &str, columns: &[ExpectedColumn]) -> Wanted {
    let near = columns
        .iter()
        .map(|column| (strsim::levenshtein(name, column.name), column.name))
        .min()
        .filter(|(distance, _)| *distance <= 3 && name.chars().count() < 60);
    match near {
        Some((_, near)) => Wanted::KnownColumn { near: near.to_owned() },
        None => Wanted::OneOfColumns { names: columns.iter().map(|column| column.name.to_owned()).collect() },
    }
}

#[cfg(test)]
mod tests {
    use super::super::table_error::{MOST_FAULTS, PlaceTableError};
    use super::*;

    const COLUMNS: [ExpectedColumn; 2] =
        [ExpectedColumn { name: "name", required: true }, ExpectedColumn { name: "height", required: true }];

    fn faults_of(bytes: &[u8]) -> Vec<PlaceTableError> {
        let mut faults = TableFaults::new("t.csv");
        read(bytes, &COLUMNS, 500, &mut faults, |row| {
            row.name("name", false);
            row.number("height", 0.0..=9.0);
        });
        faults.finish()
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let faults = faults_of("height,name\n1,a\nx,\nNaN,b\n10,c\u{202E}\n1\n".as_bytes());
        let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "t.csv:3: name is ``; expected a name of 1 to 60 visible characters in UTF-8",
                "t.csv:3: height is `x`; expected a number from 0 to 9",
                "t.csv:4: height is `NaN`; expected a number from 0 to 9",
                "t.csv:5: name is `c\\u{202e}`; expected a name of 1 to 60 visible characters in UTF-8",
                "t.csv:5: height is `10`; expected a number from 0 to 9",
                "t.csv:6: expected 2 cells, like the header; this row has 1",
            ]
        );
    }

    #[test]
    fn a_wrong_header_is_explained() {
        let faults = faults_of(b"name,heihgt\na,1\n");
        assert_eq!(faults[0].expected, Wanted::KnownColumn { near: "height".into() });
        assert_eq!(faults[1].expected, Wanted::ColumnInHeader { name: "height".into() });
        assert_eq!(faults_of(b"name,name,height\n")[0].expected, Wanted::OnlyOnce);
    }

    #[test]
    fn empty_files_and_floods_are_faults() {
        assert_eq!(faults_of(b"").len(), 1);
        assert_eq!(faults_of(b"name,height\n").len(), 1);
        let flood = format!("name,height\n{}", "a,x\n".repeat(400));
        let faults = faults_of(flood.as_bytes());
        assert_eq!(faults.len(), MOST_FAULTS + 1);
        assert!(faults[MOST_FAULTS].expected == Wanted::MendedFirst { unlisted: 200 });
        let long = format!("name,height\n{}", "a,1\n".repeat(501));
        assert_eq!(faults_of(long.as_bytes())[0].expected, Wanted::AtMostRows { count: 500 });
    }
}
