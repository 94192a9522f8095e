//! Writing tables and texts into a run's folder, each with its line in the manifest.

use super::csv_table;
use super::file::{Recorder, Written};
use super::manifest::FileEntry;
use crate::args::Format;
use crate::command_error::CommandError;
use sim_core::base::Fingerprint;
use sim_core::metrics::table::{Column, ColumnData, Table};
use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

/// Writes the tables and, as `columns.csv`, what their columns mean.
///
/// # Errors
/// If a file cannot be written.
pub fn write_tables(tables: &[Table], format: Format, folder: &Path) -> Result<Vec<FileEntry>, CommandError> {
    let mut entries = Vec::new();
    for table in tables {
        entries.push(write_table(table, format, folder)?);
    }
    let dictionary = dictionary(tables);
    entries.push(write_table(&dictionary, Format::Csv, folder)?);
    Ok(entries)
}

/// Writes a text.
///
/// # Errors
/// If it cannot be written.
pub fn write_text(
    folder: &Path,
    name: &str,
    description: &str,
    text: &str,
) -> Result<FileEntry, CommandError> {
    write_bytes(folder, name, description, text.as_bytes())
}

/// The same with bytes.
///
/// # Errors
/// If it cannot be written.
pub fn write_bytes(
    folder: &Path,
    name: &str,
    description: &str,
    bytes: &[u8],
) -> Result<FileEntry, CommandError> {
    let written = record(&folder.join(name), bytes.len() as u64, |file| file.write_all(bytes))?;
    Ok(entry(name.to_owned(), description, None, &written))
}

/// A digest of all tables' contents, whatever the form of their files.
pub fn content_digest(tables: &[Table]) -> Fingerprint {
    let mut print = Fingerprint::default();
    tables.iter().for_each(|table| print.mix_fingerprint(table.fingerprint()));
    print
}

/// Writes a table.
///
/// # Errors
/// If it cannot be written.
pub fn write_table(table: &Table, format: Format, folder: &Path) -> Result<FileEntry, CommandError> {
    let parts = std::iter::once(Ok(Cow::Borrowed(table)));
    write_parts(table, parts, size(table), format, folder)
}

/// Writes a table that comes in parts, each with the columns of `like`. `need` is about its size \[bytes\].
///
/// # Errors
/// If it cannot be written, or a part cannot be made.
pub fn write_parts<'t>(
    like: &Table,
    parts: impl Iterator<Item = io::Result<Cow<'t, Table>>>,
    need: u64,
    format: Format,
    folder: &Path,
) -> Result<FileEntry, CommandError> {
    let mut rows = 0;
    let parts = parts.inspect(|part| rows += part.as_ref().map_or(0, |table| table.rows()));
    let (name, written) = match format {
        #[cfg(feature = "parquet")]
        Format::Parquet => {
            let name = format!("{}.parquet", like.name);
            let written =
                record(&folder.join(&name), need, |file| super::parquet_table::write(like, parts, file))?;
            (name, written)
        }
        Format::Csv => {
            let name = format!("{}.csv", like.name);
            let written = record(&folder.join(&name), need, |file| csv_table::write(like, parts, file))?;
            (name, written)
        }
    };
    Ok(entry(name, &like.description, Some(rows), &written))
}

fn record(
    path: &Path,
    need: u64,
    write: impl FnOnce(&mut Recorder) -> io::Result<()>,
) -> Result<Written, CommandError> {
    let write_all = || {
        let mut file = Recorder::create(path)?;
        write(&mut file)?;
        file.finish()
    };
    write_all().map_err(|error| CommandError::writing(path, &error, Some(need)))
}

fn entry(name: String, description: &str, rows: Option<usize>, written: &Written) -> FileEntry {
    FileEntry {
        name,
        description: description.to_owned(),
        rows,
        bytes: written.bytes,
        xxh3_128: format!("{:032x}", written.digest),
    }
}

/// About the most that a table needs on the disk \[bytes\].
fn size(table: &Table) -> u64 {
    let of = |column: &Column| match &column.data {
        ColumnData::Text(values) => values.iter().map(|text| text.len() as u64 + 4).sum(),
        ColumnData::Integer(values) => values.len() as u64 * 8,
        ColumnData::Optional(values) => values.len() as u64 * 8,
        ColumnData::Real(values) => values.len() as u64 * 8,
        ColumnData::Flag(values) => values.len() as u64,
    };
    table.columns.iter().map(of).sum::<u64>() + 4096
}

/// What every column of every table means, in a table.
pub fn dictionary(tables: &[Table]) -> Table {
    let each = || tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    let kind = |column: &Column| match column.data {
        ColumnData::Text(_) => "text",
        ColumnData::Integer(_) | ColumnData::Optional(_) => "whole number",
        ColumnData::Real(_) => "number",
        ColumnData::Flag(_) => "true or false",
    };
    let missing = |column: &Column| if column.missing_allowed { "yes" } else { "no" };
    Table {
        name: "columns".to_owned(),
        description: "What every column of every table means, and its unit.".to_owned(),
        columns: vec![
            Column::text("table", "The table.", each().map(|(table, _)| table.name.as_str())),
            Column::text("column", "The column.", each().map(|(_, column)| column.name.as_str())),
            Column::text(
                "unit",
                "Its unit; empty for text, truths and numbers that only tell rows apart.",
                each().map(|(_, column)| column.unit.to_string()),
            ),
            Column::text(
                "kind",
                "Text, whole number, number, or true or false.",
                each().map(|(_, column)| kind(column)),
            ),
            Column::text(
                "missing",
                "Whether values may be missing.",
                each().map(|(_, column)| missing(column)),
            ),
            Column::text(
                "definition",
                "What a value means.",
                each().map(|(_, column)| column.definition.as_str()),
            ),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::base::unit::unit;

    #[test]
    fn every_column_is_in_the_dictionary_and_every_file_in_the_list() {
        let table =
            Table::new("a", "A.", vec![Column::integer("fee", unit!(Fen), "The fee.", [1, 2])]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let files = write_tables(std::slice::from_ref(&table), Format::Csv, folder.path()).unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["a.csv", "columns.csv"]);
        let text = std::fs::read_to_string(folder.path().join("columns.csv")).unwrap();
        assert_eq!(
            text,
            "\u{FEFF}table,column,unit,kind,missing,definition\na,fee,fen,whole number,no,The fee.\n"
        );
        let refused = write_tables(&[table], Format::Csv, folder.path()).unwrap_err();
        assert_eq!(refused.code(), 1, "no file is written over");
    }
}
