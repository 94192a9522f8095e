//! Reading tables back from comma-separated values.
//!
//! A file says no types: `columns.csv` does. Columns that it does not name are texts.

use sim_core::base::sheet::{Sheet, unguarded};
use sim_core::metrics::table::{Column, ColumnData, Table};
use std::io::Read;

/// Rows read together, at most.
const PART: usize = 1 << 17;
/// Cells read together, at most: an empty one takes a byte in the file, and more in memory.
const CELLS: usize = 1 << 21;
/// Text read together, at most \[bytes\].
const TEXT: usize = 64 << 20;

/// Reads a table part by part: the wanted columns, each like the empty column that `describe` gives for its
/// name.
///
/// # Errors
/// What cannot be read, with its line.
pub fn read(
    file: impl Read,
    table: &str,
    describe: &dyn Fn(&str) -> Column,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(Table) -> Result<(), String>,
) -> Result<(), String> {
    let mut sheet = Sheet::reopen(super::lines::BoundedLines::of(file)).map_err(|fault| fault.to_string())?;
    let header: Vec<String> = sheet.header().iter().map(|name| unguarded(name).to_owned()).collect();
    let chosen: Vec<usize> = (0..header.len()).filter(|&at| wanted(&header[at])).collect();
    let like: Vec<Column> = chosen.iter().map(|&at| describe(&header[at])).collect();
    let fresh = || like.iter().map(Cells::like).collect::<Vec<Cells>>();
    let mut cells = fresh();
    let most_rows = (CELLS / like.len().max(1)).clamp(1, PART);
    let (mut rows, mut text) = (0, 0);
    while let Some(row) = sheet.next_row() {
        let row = row.map_err(|fault| fault.to_string())?;
        for ((own, column), &at) in cells.iter_mut().zip(&like).zip(&chosen) {
            text += row.get(at).len();
            own.push(row.get(at))
                .map_err(|fault| format!("line {}, column {}: {fault}", row.line(), column.name))?;
        }
        rows += 1;
        if rows == most_rows || text > TEXT {
            each(part(table, &like, std::mem::replace(&mut cells, fresh()))?)?;
            (rows, text) = (0, 0);
        }
    }
    each(part(table, &like, cells)?)
}

fn part(table: &str, like: &[Column], cells: Vec<Cells>) -> Result<Table, String> {
    let filled = |(column, cells): (&Column, Cells)| Column { data: cells.data(), ..column.clone() };
    let columns = like.iter().zip(cells).map(filled).collect();
    Table::new(table, "", columns).map_err(|fault| fault.to_string())
}

/// Values of a column as they are read.
enum Cells {
    Text(Vec<String>),
    Integer(Vec<i64>),
    Optional(Vec<Option<i64>>),
    Real(Vec<f64>),
    Flag(Vec<bool>),
}

impl Cells {
    fn like(column: &Column) -> Cells {
        match column.data {
            ColumnData::Text(_) => Cells::Text(Vec::new()),
            ColumnData::Integer(_) => Cells::Integer(Vec::new()),
            ColumnData::Optional(_) => Cells::Optional(Vec::new()),
            ColumnData::Real(_) => Cells::Real(Vec::new()),
            ColumnData::Flag(_) => Cells::Flag(Vec::new()),
        }
    }

    fn push(&mut self, cell: &str) -> Result<(), String> {
        let wrong = |expected: &str| format!("expected {expected}, found `{cell}`");
        match self {
            Cells::Text(values) => values.push(unguarded(cell).to_owned()),
            Cells::Integer(values) => values.push(cell.parse().map_err(|_| wrong("a whole number"))?),
            Cells::Optional(values) if cell.is_empty() => values.push(None),
            Cells::Optional(values) => {
                values.push(Some(cell.parse().map_err(|_| wrong("a whole number"))?));
            }
            Cells::Real(values) if cell.is_empty() => values.push(f64::NAN),
            Cells::Real(values) => {
                let value = cell.parse().ok().filter(|value: &f64| value.is_finite());
                values.push(value.ok_or_else(|| wrong("a number"))?);
            }
            // A spreadsheet that saved the file anew wrote them in capitals.
            Cells::Flag(values) => match cell.to_ascii_lowercase().as_str() {
                "true" => values.push(true),
                "false" => values.push(false),
                _ => return Err(wrong("true or false")),
            },
        }
        Ok(())
    }

    fn data(self) -> ColumnData {
        match self {
            Cells::Text(values) => ColumnData::Text(values.iter().collect()),
            Cells::Integer(values) => ColumnData::Integer(values),
            Cells::Optional(values) => ColumnData::Optional(values),
            Cells::Real(values) => ColumnData::Real(values),
            Cells::Flag(values) => ColumnData::Flag(values),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::base::Unit;
    use std::fs::File;

    fn like(name: &str) -> Column {
        match name {
            "change" => Column::integer(name, Unit::NONE, "", [0_i64; 0]),
            "enabled" => Column::flags(name, "", [false; 0]),
            "share" => Column::real(name, Unit::NONE, "", [0.0_f64; 0]).may_miss(),
            _ => Column::text(name, "", [""; 0]),
        }
    }

    #[test]
    fn what_was_written_reads_back() {
        let columns = vec![
            Column::text("name", "", ["=1+1", "'quoted'", "a,b"]),
            Column::integer("change", Unit::NONE, "", [-3, i64::MAX, 0]),
            Column::real("share", Unit::NONE, "", [-0.5, f64::NAN, 1e-7]).may_miss(),
            Column::flags("enabled", "", [true, false, true]),
            Column::text("@name", "", ["", " x", "桐庐县"]),
        ];
        let table = Table::new("x", "", columns).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.csv");
        let parts = std::iter::once(Ok(std::borrow::Cow::Borrowed(&table)));
        super::super::csv_table::write(&table, parts, File::create(&path).unwrap()).unwrap();
        let mut parts = Vec::new();
        read(File::open(&path).unwrap(), "x", &like, &|_| true, &mut |part| {
            parts.push(part);
            Ok(())
        })
        .unwrap();
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].fingerprint(), table.fingerprint());
    }

    #[test]
    fn a_damaged_cell_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.csv");
        std::fs::write(&path, "name,change\na,1\nb,one\n").unwrap();
        let fault = read(File::open(&path).unwrap(), "x", &like, &|_| true, &mut |_| Ok(())).unwrap_err();
        assert_eq!(fault, "line 3, column change: expected a whole number, found `one`");
    }

    /// A byte of a file may take many of memory: parts are bounded by what they take.
    #[test]
    fn parts_hold_few_cells_however_wide_a_table_is() {
        let names: Vec<String> = (0..2000).map(|at| format!("c{at}")).collect();
        let line = ",".repeat(names.len() - 1) + "\n";
        let text = names.join(",") + "\n" + &line.repeat(3000);
        let (mut rows, mut parts) = (0, 0);
        let like = |name: &str| Column::text(name, "", [""; 0]);
        read(text.as_bytes(), "x", &like, &|_| true, &mut |part| {
            assert!(part.rows() * part.columns.len() <= CELLS);
            rows += part.rows();
            parts += 1;
            Ok(())
        })
        .unwrap();
        assert_eq!((rows, parts), (3000, 3));
    }
}
