//! Tables of a folder of results, read back as text by column.

use crate::failure::Failure;
use std::collections::BTreeMap;
use std::path::Path;

/// A table's rows, by column name.
pub type Rows = Vec<BTreeMap<String, String>>;

/// Reads a table of a folder of results, whichever form it has.
///
/// # Errors
/// If the folder has no such table, or it cannot be read.
pub fn read_table(folder: &Path, name: &str) -> Result<Rows, Failure> {
    let csv = folder.join(format!("{name}.csv"));
    let parquet = folder.join(format!("{name}.parquet"));
    let damaged = |path: &Path, fault: &dyn std::fmt::Display| {
        Failure::input(format!("{} is no table of results: {fault}", path.display()))
    };
    if csv.is_file() {
        let text = std::fs::read_to_string(&csv).map_err(|error| Failure::reading(&csv, &error))?;
        return rows_of_csv(&text).map_err(|fault| damaged(&csv, &fault));
    }
    if !parquet.is_file() {
        return Err(Failure::input(format!(
            "{} has no table `{name}`: expected a folder that `countryside run --out` wrote",
            folder.display()
        )));
    }
    from_parquet(&parquet).map_err(|fault| damaged(&parquet, &fault))
}

/// Rows of comma-separated values.
///
/// # Errors
/// If a line has another number of cells than the header.
pub fn rows_of_csv(text: &str) -> Result<Rows, csv::Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers()?.clone();
    let row = |record: csv::StringRecord| {
        let cells = header.iter().zip(record.iter());
        cells
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    };
    reader.records().map(|record| record.map(row)).collect()
}

#[cfg(feature = "parquet")]
fn from_parquet(path: &Path) -> Result<Rows, parquet::errors::ParquetError> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let reader = SerializedFileReader::try_from(path)?;
    let text = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(value) => value.to_string(),
        Field::Double(value) => value.to_string(),
        other => other.to_string(),
    };
    let rows = reader.get_row_iter(None)?.map(|row| {
        let row = row?;
        let cells = row.get_column_iter();
        Ok(cells.map(|(name, field)| (name.clone(), text(field))).collect())
    });
    rows.collect()
}

#[cfg(not(feature = "parquet"))]
fn from_parquet(_: &Path) -> Result<Rows, &'static str> {
    Err("this program was built without Parquet")
}
