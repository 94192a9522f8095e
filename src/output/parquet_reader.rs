//! Reading tables back from Apache Parquet: those that this program writes, with text, 64-bit integers,
//! doubles and truths.

use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use sim_core::base::Unit;
use sim_core::metrics::table::{Column, ColumnData, Table};
use sim_files::File;
use std::collections::BTreeMap;

/// The most text of a column in a group of rows \[bytes\]: one long text, repeated, takes nothing on the
/// disk.
const LONGEST_TEXTS: u64 = 1 << 29;

/// Reads a table group of rows by group of rows: the wanted columns, with units and definitions as the file
/// has them.
///
/// # Errors
/// What cannot be read.
pub fn read(
    file: &File,
    table: &str,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(Table) -> Result<(), String>,
) -> Result<(), String> {
    let own = file.try_clone().map_err(|error| error.to_string())?;
    let reader = SerializedFileReader::new(own).map_err(text)?;
    super::unpacked::check(file, reader.metadata(), super::parquet_table::GROUP, wanted)?;
    let about: BTreeMap<String, String> = reader
        .metadata()
        .file_metadata()
        .key_value_metadata()
        .into_iter()
        .flatten()
        .map(|entry| (entry.key.clone(), entry.value.clone().unwrap_or_default()))
        .collect();
    let message = |key: String| about.get(&key).cloned().unwrap_or_default();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(text)?;
        let rows = usize::try_from(group.metadata().num_rows()).map_err(|_| "a negative number of rows")?;
        let mut columns = Vec::new();
        for at in 0..group.num_columns() {
            let descriptor = group.metadata().column(at).column_descr_ptr();
            let name = descriptor.name();
            if !wanted(name) {
                continue;
            }
            let is_optional = descriptor.max_def_level() > 0;
            let cells = group.get_column_reader(at).map_err(text)?;
            let data = values(cells, rows, is_optional).map_err(|fault| format!("column {name}: {fault}"))?;
            columns.push(Column {
                name: name.to_owned(),
                unit: Unit::named(&message(format!("unit.{name}"))).unwrap_or(Unit::NONE),
                definition: message(format!("definition.{name}")),
                missing_allowed: is_optional,
                data,
            });
        }
        let description = message("description".to_owned());
        each(Table::new(table, description, columns).map_err(|fault| fault.to_string())?)?;
    }
    Ok(())
}

fn text(error: ParquetError) -> String {
    error.to_string()
}

fn values(reader: ColumnReader, rows: usize, is_optional: bool) -> Result<ColumnData, String> {
    let mut levels = Vec::new();
    let present = is_optional.then_some(&mut levels);
    let data = match reader {
        ColumnReader::Int64ColumnReader(mut reader) => {
            let mut values = Vec::new();
            reader.read_records(rows, present, None, &mut values).map_err(text)?;
            if is_optional {
                ColumnData::Optional(spread(&values, &levels).collect())
            } else {
                ColumnData::Integer(values)
            }
        }
        ColumnReader::DoubleColumnReader(mut reader) => {
            let mut values = Vec::new();
            reader.read_records(rows, present, None, &mut values).map_err(text)?;
            ColumnData::Real(if is_optional {
                spread(&values, &levels).map(|value| value.unwrap_or(f64::NAN)).collect()
            } else {
                values
            })
        }
        ColumnReader::BoolColumnReader(mut reader) => {
            let mut values = Vec::new();
            reader.read_records(rows, present, None, &mut values).map_err(text)?;
            ColumnData::Flag(values)
        }
        ColumnReader::ByteArrayColumnReader(mut reader) => {
            let mut values: Vec<ByteArray> = Vec::new();
            reader.read_records(rows, present, None, &mut values).map_err(text)?;
            let all: u64 = values.iter().map(|value| value.len() as u64).sum();
            if all > LONGEST_TEXTS {
                return Err(format!("texts of {all} bytes in one group"));
            }
            let texts: Vec<&str> =
                values.iter().map(|value| value.as_utf8().map_err(text)).collect::<Result<_, _>>()?;
            ColumnData::Text(texts.into_iter().collect())
        }
        _ => return Err("of a type that this program does not write".to_owned()),
    };
    match data.len() {
        found if found == rows => Ok(data),
        found => Err(format!("{found} values in {rows} rows")),
    }
}

/// Values with none where one is missing.
fn spread<T: Copy>(values: &[T], levels: &[i16]) -> impl Iterator<Item = Option<T>> {
    let mut present = values.iter().copied();
    let value = move |&level: &i16| if level > 0 { present.next() } else { None };
    levels.iter().map(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::base::unit::unit;
    use std::fs;

    #[test]
    fn what_was_written_reads_back_with_units() {
        let columns = vec![
            Column::text("name", "A name.", ["桐庐", "=x", ""]),
            Column::integer("fee", unit!(Fen), "A fee.", [-3, i64::MAX, 0]),
            Column::real("share", unit!(Share), "A share.", [f64::NAN, 0.1, -7.5]).may_miss(),
            Column::real("skill", unit!(ZeroToOne), "Skill.", [0.0, 0.1, 1.0]),
            Column::flags("enabled", "Whether.", [true, false, true]),
            Column::optional("number", Unit::NONE, "A number.", [Some(-1), None, Some(7)]),
        ];
        let table = Table::new("x", "A test.", columns).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.parquet");
        let once = std::iter::once(Ok(std::borrow::Cow::Borrowed(&table)));
        super::super::parquet_table::write(&table, once, File::create(&path).unwrap()).unwrap();
        let mut parts = Vec::new();
        let mut keep = |part| {
            parts.push(part);
            Ok(())
        };
        read(&File::open(&path).unwrap(), "x", &|_| true, &mut keep).unwrap();
        assert_eq!(parts[0].fingerprint(), table.fingerprint());
        assert_eq!(parts[0].column("fee").unwrap().unit, unit!(Fen));
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert!(read(&File::open(&path).unwrap(), "x", &|_| true, &mut |_| Ok(())).is_err(), "cut short");
    }
}
