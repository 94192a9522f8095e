//! Results as tables: what run folders are written from and what the window reads.
//!
//! Tidy form: a row an observation, a column a variable with its unit and definition. Few kinds of column
//! only (text, whole numbers, real numbers, truths); months and dates are ISO text, which sorts as it should
//! and which every reader understands. A data-frame crate was rejected for its weight: nothing here computes.
//!
//! **Missing values.** A real column may hold not-a-number as "missing" only if it says so
//! ([`Column::may_miss`]) and its definition says when; whole numbers of which some are missing have a column
//! of their own ([`Column::optional`]). No number ever stands for "none". Infinities are never allowed. Text
//! and truths are never missing: an empty text is defined.

mod column;
mod error;
mod texts;

pub use column::{Column, ColumnData};
pub use error::TableError;
pub use texts::Texts;

use crate::base::{Currency, Fingerprint};
use serde::{Deserialize, Serialize};

/// A named table of columns of equal length.
///
/// The fields are open for reading; whoever builds or changes a table by hand calls [`Table::check`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The table's name, in snake case: the stem of its file.
    pub name: String,
    /// What a row is, in a sentence.
    pub description: String,
    /// The columns, keys first.
    pub columns: Vec<Column>,
}

impl Table {
    /// The same with money in a region's currency.
    #[must_use]
    pub fn in_currency(mut self, currency: Currency) -> Table {
        self.columns.iter_mut().for_each(|column| column.unit = column.unit.in_currency(currency));
        self
    }

    /// A table of these columns.
    ///
    /// # Errors
    /// What [`Table::check`] finds.
    pub fn new(
        name: impl Into<String>,
        description: impl Into<String>,
        columns: Vec<Column>,
    ) -> Result<Table, TableError> {
        let table = Table { name: name.into(), description: description.into(), columns };
        table.check()?;
        Ok(table)
    }

    /// Checks that columns have distinct names, equal lengths and only values that are allowed.
    ///
    /// # Errors
    /// The first fault, columns in order.
    pub fn check(&self) -> Result<(), TableError> {
        for (index, column) in self.columns.iter().enumerate() {
            self.check_length(column)?;
            if self.columns.iter().take(index).any(|earlier| earlier.name == column.name) {
                return Err(self.fault_of(column, |table, column| TableError::Duplicate { table, column }));
            }
            if let Some((row, value)) = column.first_refused() {
                return Err(self.fault_of(column, |table, column| TableError::Refused {
                    table,
                    column,
                    row,
                    value,
                }));
            }
        }
        Ok(())
    }

    fn check_length(&self, column: &Column) -> Result<(), TableError> {
        let (rows, expected) = (column.data.len(), self.rows());
        if rows == expected {
            return Ok(());
        }
        Err(self.fault_of(column, |table, column| TableError::Length { table, column, rows, expected }))
    }

    fn fault_of(&self, column: &Column, fault: impl FnOnce(String, String) -> TableError) -> TableError {
        fault(self.name.clone(), column.name.clone())
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.data.len())
    }

    /// The column of this name, if there is one.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The real numbers of a column; `None` if it is absent or of another kind.
    pub fn reals(&self, name: &str) -> Option<&[f64]> {
        match &self.column(name)?.data {
            ColumnData::Real(values) => Some(values),
            _ => None,
        }
    }

    /// The whole numbers of a column; `None` if it is absent or of another kind.
    pub fn integers(&self, name: &str) -> Option<&[i64]> {
        match &self.column(name)?.data {
            ColumnData::Integer(values) => Some(values),
            _ => None,
        }
    }

    /// The whole numbers of a column in which some may be missing; `None` if it is absent or of another kind.
    pub fn optionals(&self, name: &str) -> Option<&[Option<i64>]> {
        match &self.column(name)?.data {
            ColumnData::Optional(values) => Some(values),
            _ => None,
        }
    }

    /// The texts of a column; `None` if it is absent or of another kind.
    pub fn texts(&self, name: &str) -> Option<&Texts> {
        match &self.column(name)?.data {
            ColumnData::Text(values) => Some(values),
            _ => None,
        }
    }

    /// The table with one more column, last.
    ///
    /// # Errors
    /// What [`Table::check`] finds.
    pub fn with(mut self, column: Column) -> Result<Table, TableError> {
        self.columns.push(column);
        self.check()?;
        Ok(self)
    }

    /// The named columns, in the order asked for.
    ///
    /// # Errors
    /// [`TableError::Unknown`] for a name that is not there; [`TableError::Duplicate`] for one asked for
    /// twice.
    pub fn select(&self, names: &[&str]) -> Result<Table, TableError> {
        let find = |name: &&str| self.column(name).cloned().ok_or_else(|| self.unknown(name));
        let columns = names.iter().map(find).collect::<Result<_, _>>()?;
        Table::new(&self.name, &self.description, columns)
    }

    fn unknown(&self, name: &str) -> TableError {
        let known: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        TableError::Unknown { table: self.name.clone(), column: name.to_owned(), known: known.join(", ") }
    }

    /// Adds another table's rows below.
    ///
    /// # Errors
    /// [`TableError::Different`] unless names, units, kinds and order of the columns are equal; nothing is
    /// added then.
    pub fn append(&mut self, other: Table) -> Result<(), TableError> {
        let same = |(mine, theirs): (&Column, &Column)| mine.is_like(theirs);
        let alike =
            self.columns.len() == other.columns.len() && self.columns.iter().zip(&other.columns).all(same);
        if !alike {
            return Err(TableError::Different { table: self.name.clone(), other: other.name });
        }
        for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
            mine.data.append(theirs.data);
        }
        Ok(())
    }

    /// A fingerprint of the content: names, units and values, in order. Descriptions and definitions may
    /// be reworded without changing it; all forms of not-a-number count as one, for their bits differ between
    /// processors.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut print = Fingerprint::default();
        print.mix_text(&self.name);
        print.mix(self.columns.len() as u64);
        for column in &self.columns {
            column.mix_into(&mut print);
        }
        print
    }
}

#[cfg(test)]
mod tests;
