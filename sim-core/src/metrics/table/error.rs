//! What can be wrong with a table.

use thiserror::Error;

/// A fault in a table's shape or content.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TableError {
    /// A column's length differs from the first one's.
    #[error("table `{table}`: column `{column}` has {rows} rows, the first one {expected}")]
    Length {
        /// The table's name.
        table: String,
        /// The column's name.
        column: String,
        /// Its rows.
        rows: usize,
        /// The first column's rows.
        expected: usize,
    },
    /// Two columns share a name.
    #[error("table `{table}`: there are two columns named `{column}`")]
    Duplicate {
        /// The table's name.
        table: String,
        /// The shared name.
        column: String,
    },
    /// A value that the column does not allow.
    #[error("table `{table}`: column `{column}` has {value} in row {row}, which it does not allow")]
    Refused {
        /// The table's name.
        table: String,
        /// The column's name.
        column: String,
        /// The row, from 0.
        row: usize,
        /// The value: not-a-number or infinite.
        value: f64,
    },
    /// A column asked for by a name that is not there.
    #[error("table `{table}` has no column `{column}`; it has {known}")]
    Unknown {
        /// The table's name.
        table: String,
        /// The name asked for.
        column: String,
        /// The names that are there, joined by commas.
        known: String,
    },
    /// Two tables that should have the same columns do not.
    #[error("tables `{table}` and `{other}` have different columns")]
    Different {
        /// The table's name.
        table: String,
        /// The other's name.
        other: String,
    },
    /// A sum that does not fit a 64-bit column.
    #[error("column `{column}`: {value} does not fit 64 bits")]
    TooLarge {
        /// The column's name.
        column: String,
        /// The sum.
        value: i128,
    },
}
