//! Tables as Apache Parquet.
//!
//! Written with the crate's column writers, without Arrow, which would take ten times as long to build and
//! gives nothing to a program that only writes. Compressed with Snappy, which needs no C compiler and which
//! every reader has.
//!
//! The file's metadata hold `description`, and for each column `unit.NAME` and `definition.NAME`. Real
//! columns that may miss are optional, and a missing value is a null.

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use sim_core::metrics::table::{Column, ColumnData, Table};
use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

/// Rows written together: enough to compress well, few enough to read in parallel and hold in memory.
pub const GROUP: usize = 1 << 20;

/// Writes a table that comes in parts, of which each has the columns of `like`, whose rows are not written.
/// Only one part is in memory at a time.
///
/// # Errors
/// What the writer refused, or the first part that could not be made.
pub fn write<'t>(
    like: &Table,
    parts: impl Iterator<Item = io::Result<Cow<'t, Table>>>,
    file: impl Write + Send,
) -> io::Result<()> {
    let writer = schema(like).and_then(|schema| SerializedFileWriter::new(file, schema, properties(like)));
    let mut writer = writer.map_err(as_io)?;
    for part in parts {
        let part = part?;
        write_groups(&part, &mut writer).map_err(as_io)?;
    }
    writer.close().map(drop).map_err(as_io)
}

fn write_groups<W: Write + Send>(
    table: &Table,
    writer: &mut SerializedFileWriter<W>,
) -> Result<(), ParquetError> {
    let mut first = 0;
    while first < table.rows() {
        let rows = first..(first + GROUP).min(table.rows());
        let mut group = writer.next_row_group()?;
        for column in &table.columns {
            if let Some(mut cells) = group.next_column()? {
                write_column(column, rows.clone(), &mut cells)?;
                cells.close()?;
            }
        }
        group.close()?;
        first = rows.end;
    }
    Ok(())
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let fields = table.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(&table.name).with_fields(fields).build().map(Arc::new)
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.data {
        ColumnData::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnData::Integer(_) | ColumnData::Optional(_) => (Physical::INT64, None),
        ColumnData::Real(_) => (Physical::DOUBLE, None),
        ColumnData::Flag(_) => (Physical::BOOLEAN, None),
    };
    let repetition = if may_miss(column) { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    Type::primitive_type_builder(&column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()
        .map(Arc::new)
}

fn may_miss(column: &Column) -> bool {
    column.missing_allowed && matches!(column.data, ColumnData::Real(_) | ColumnData::Optional(_))
}

fn properties(table: &Table) -> WriterPropertiesPtr {
    let mut metadata = vec![KeyValue::new("description".to_owned(), table.description.clone())];
    for column in &table.columns {
        metadata.push(KeyValue::new(format!("unit.{}", column.name), column.unit.to_string()));
        metadata.push(KeyValue::new(format!("definition.{}", column.name), column.definition.clone()));
    }
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("countryside ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_max_row_group_row_count(Some(GROUP))
        .set_key_value_metadata(Some(metadata));
    Arc::new(properties.build())
}

fn write_column(
    column: &Column,
    rows: Range<usize>,
    cells: &mut SerializedColumnWriter<'_>,
) -> Result<(), ParquetError> {
    match &column.data {
        ColumnData::Text(values) => {
            let texts: Vec<ByteArray> = rows.filter_map(|row| values.get(row)).map(ByteArray::from).collect();
            cells.typed::<ByteArrayType>().write_batch(&texts, None, None)
        }
        ColumnData::Integer(values) => {
            cells.typed::<Int64Type>().write_batch(slice(values, rows), None, None)
        }
        ColumnData::Flag(values) => cells.typed::<BoolType>().write_batch(slice(values, rows), None, None),
        ColumnData::Optional(values) => {
            let values = slice(values, rows);
            let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
            let present: Vec<i64> = values.iter().copied().flatten().collect();
            cells.typed::<Int64Type>().write_batch(&present, Some(&levels), None)
        }
        ColumnData::Real(values) if may_miss(column) => {
            let values = slice(values, rows);
            let levels: Vec<i16> = values.iter().map(|value| i16::from(!value.is_nan())).collect();
            let present: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
            cells.typed::<DoubleType>().write_batch(&present, Some(&levels), None)
        }
        ColumnData::Real(values) => cells.typed::<DoubleType>().write_batch(slice(values, rows), None, None),
    }
    .map(drop)
}

fn slice<T>(values: &[T], rows: Range<usize>) -> &[T] {
    values.get(rows).unwrap_or_default()
}

/// The system's own error where there is one inside, so that a full disk is called that.
fn as_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    use sim_core::base::Unit;
    use sim_core::base::unit::unit;

    fn table() -> Table {
        let columns = vec![
            Column::text("name", "A name.", ["桐庐", "=x"]),
            Column::integer("fee", unit!(Fen), "A fee.", [-3, i64::MAX]),
            Column::real("share", unit!(Share), "A share, missing for none.", [f64::NAN, 0.1]).may_miss(),
            Column::optional("number", Unit::NONE, "A number, missing for none.", [None, Some(-1)]),
        ];
        Table::new("x", "A test.", columns).unwrap()
    }

    #[test]
    fn what_is_written_reads_back_with_units_and_nulls() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.parquet");
        let parts = || [Ok(Cow::Owned(table())), Ok(Cow::Owned(table()))].into_iter();
        write(&table(), parts(), std::fs::File::create(&path).unwrap()).unwrap();
        let reader = SerializedFileReader::try_from(path.as_path()).unwrap();
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 4, "two parts");
        assert_eq!(rows[0].get_string(0).unwrap(), "桐庐");
        assert_eq!((rows[0].get_long(1).unwrap(), rows[1].get_long(1).unwrap()), (-3, i64::MAX));
        assert!(rows[0].get_double(2).is_err(), "missing is null");
        assert_eq!(rows[1].get_double(2).unwrap(), 0.1);
        assert!(rows[0].get_long(3).is_err(), "missing is null");
        assert_eq!(rows[1].get_long(3).unwrap(), -1);
        let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap();
        let unit = metadata.iter().find(|entry| entry.key == "unit.fee").unwrap();
        assert_eq!(unit.value.as_deref(), Some("fen"));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_called_that() {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let part = std::iter::once(Ok(Cow::Owned(table())));
        assert_eq!(write(&table(), part, full).unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
