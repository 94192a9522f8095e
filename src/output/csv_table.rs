//! Tables as comma-separated values.
//!
//! Names of columns and text cells that a spreadsheet would take for a formula get an apostrophe before them;
//! numbers never do, so that a negative number stays one. Missing values are empty cells. Units are in
//! `columns.csv`. Files begin with a byte-order mark: without it Excel reads Chinese names in the encoding of
//! the machine's language, and garbles them.

use sim_core::base::sheet::{MARK, guarded};
use sim_core::metrics::table::{Column, ColumnData, Table};
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes a table that comes in parts, with a line of the column names of `like`, whose rows are not written.
///
/// # Errors
/// What the writer refused, or the first part that could not be made.
pub fn write<'t>(
    like: &Table,
    parts: impl Iterator<Item = io::Result<Cow<'t, Table>>>,
    mut file: impl Write,
) -> io::Result<()> {
    file.write_all(MARK)?;
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(file);
    let names = like.columns.iter().map(|column| guarded(&column.name));
    writer.write_record(names.map(|name| name.into_owned().into_bytes()))?;
    for part in parts {
        let table = part?;
        for row in 0..table.rows() {
            for column in &table.columns {
                writer.write_field(cell(column, row).as_bytes())?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
    }
    writer.flush()
}

fn cell(column: &Column, row: usize) -> Cow<'_, str> {
    match &column.data {
        ColumnData::Text(values) => values.get(row).map_or(Cow::Borrowed(""), |text| guarded(text)),
        numbers => Cow::Owned(numbers.shown(row)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::base::Unit;
    use sim_core::base::unit::unit;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        let columns = vec![
            Column::text("name", "A name.", ["=1+1", "@sum", "a,b", "say \"x\""]),
            Column::integer("change", Unit::NONE, "A change.", [-3, 4, i64::MIN, 0]),
            Column::real("share", unit!(Share), "A share, missing for none.", [-0.5, f64::NAN, 1e-7, 0.0])
                .may_miss(),
        ];
        let table = Table::new("x", "A test.", columns).unwrap();
        let mut bytes = Vec::new();
        write(&table, std::iter::once(Ok(Cow::Borrowed(&table))), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "\u{FEFF}name,change,share\n'=1+1,-3,-0.5\n'@sum,4,\n\"a,b\",-9223372036854775808,0.0000001\n\"\
             say \"\"x\"\"\",0,0\n"
        );
    }

    #[test]
    fn names_of_columns_are_guarded_and_chinese_begins_with_a_mark() {
        let columns = vec![
            Column::text("=HYPERLINK(\"x\")", "A name.", ["桐庐县"]),
            Column::integer("@pol", Unit::NONE, "A count.", [1]),
        ];
        let table = Table::new("x", "A test.", columns).unwrap();
        let mut bytes = Vec::new();
        write(&table, std::iter::once(Ok(Cow::Borrowed(&table))), &mut bytes).unwrap();
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"));
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "\u{FEFF}\"'=HYPERLINK(\"\"x\"\")\",'@pol\n桐庐县,1\n");
    }
}
