//! Points from a table that another program, or a person with a spreadsheet, made: a row a point, a column a
//! factor.

use super::Factor;
use super::factor::{FactorKind, Shape, number};
use super::ground::Ground;
use super::issue::{CellError, ExperimentIssue, PointsError};
use super::method::Method;
use super::value::{self, Sort, Value};
use sim_core::base::sheet::Sheet;
use sim_core::scenario::reading::{FileErrors, Issue, Kind, Node, ValueError};
use sim_core::scenario::shown;

/// Faults of a table that are told.
const MOST: usize = 20;

/// Reads `Table("points.csv")`.
pub(super) fn read(
    node: &Node<'_>,
    body: Option<&Node<'_>>,
    ground: &Ground<'_>,
    factors: &[Factor],
    faults: &mut FileErrors<'_>,
) -> Option<Method> {
    let inner = body.and_then(|body| match &body.kind {
        Kind::Tuple(nodes) if nodes.len() == 1 => nodes.first(),
        _ => None,
    });
    let read = || {
        let node = inner.ok_or_else(|| ValueError::of(node, ExperimentIssue::NoTablePath))?;
        let beside = ground.file_beside(node)?;
        rows(&beside.bytes, ground, factors).map_err(|found| {
            let file = shown(&beside.path);
            let issue = |what| ExperimentIssue::InTable { file: file.clone(), what };
            let mut all = found.into_iter().map(|what| ValueError::of(node, issue(what)));
            let mut first = all.next().unwrap_or_else(|| ValueError::of(node, issue(PointsError::NoPoint)));
            first.also = all.collect();
            first
        })
    };
    match read() {
        Ok(rows) => Some(Method::Table { rows }),
        Err(problem) => {
            faults.add("design", problem);
            None
        }
    }
}

/// The rows, in the order of the factors, as written in scenarios; or what is wrong, each with its line.
fn rows(bytes: &[u8], ground: &Ground<'_>, factors: &[Factor]) -> Result<Vec<Vec<String>>, Vec<PointsError>> {
    let mut sheet = Sheet::open(bytes).map_err(|error| vec![PointsError::Sheet { what: error }])?;
    let columns = columns(&sheet, factors)?;
    let sorts: Vec<Sort> = factors.iter().map(|factor| Sort::of(&factor.path)).collect();
    let (mut rows, mut faults, mut unlisted) = (Vec::new(), Vec::new(), 0_u64);
    let mut add = |fault: PointsError| {
        if faults.len() < MOST {
            faults.push(fault);
        } else {
            unlisted += 1;
        }
    };
    while let Some(row) = sheet.next_row() {
        let row = match row {
            Ok(row) => row,
            Err(fault) => {
                add(PointsError::Sheet { what: fault });
                continue;
            }
        };
        let mut point = Vec::new();
        for ((factor, &column), &sort) in factors.iter().zip(&columns).zip(&sorts) {
            match accepted(factor, sort, row.get(column), ground) {
                Ok(value) => point.push(value),
                Err(what) => add(PointsError::Cell { line: row.line(), column: factor.name.clone(), what }),
            }
        }
        rows.push(point);
    }
    if unlisted > 0 {
        faults.push(PointsError::Unlisted { count: unlisted });
    }
    match (faults.is_empty(), rows.is_empty()) {
        (true, false) => Ok(rows),
        (true, true) => Err(vec![PointsError::NoPoint]),
        (false, _) => Err(faults),
    }
}

/// Where the column of each factor stands.
fn columns(sheet: &Sheet<&[u8]>, factors: &[Factor]) -> Result<Vec<usize>, Vec<PointsError>> {
    let (header, line) = (sheet.header(), sheet.header_line());
    let mut faults = Vec::new();
    let mut columns = Vec::new();
    for factor in factors {
        let mut places = (0..header.len()).filter(|&at| header[at] == factor.name);
        match (places.next(), places.next()) {
            (Some(at), None) => columns.push(at),
            (Some(_), Some(_)) => {
                faults.push(PointsError::ColumnTwice { line, name: factor.name.clone() });
            }
            (None, _) => faults.push(PointsError::NoColumn { line, name: factor.name.clone() }),
        }
    }
    for name in header {
        if factors.iter().all(|factor| factor.name != *name) {
            faults.push(PointsError::NoFactor { line, name: shown(name) });
        }
    }
    if faults.is_empty() {
        Ok(columns)
    } else {
        faults.truncate(MOST);
        Err(faults)
    }
}

/// The cell's value as written in scenarios, if the factor and its field take it.
fn accepted(factor: &Factor, sort: Sort, cell: &str, ground: &Ground<'_>) -> Result<String, CellError> {
    if let FactorKind::Policies { names, .. } = &factor.kind {
        let cell = cell.trim();
        let known = names.iter().any(|name| name == cell);
        return if known {
            Ok(cell.to_owned())
        } else {
            Err(CellError::NoPolicy { name: shown(cell), known: names.clone() })
        };
    }
    let value = value::written(sort, cell)?;
    let mut trial = ground.scenario.clone();
    trial.set(&factor.path, &value).map_err(|faults| {
        let first = faults.0.into_iter().next();
        CellError::Field { what: first.map_or(Issue::NoValue, |fault| fault.message) }
    })?;
    declared(factor, sort, &value).map(|()| value)
}

/// Holds a value against what the factor itself says that it varies over.
fn declared(factor: &Factor, sort: Sort, value: &str) -> Result<(), CellError> {
    let outside = |low, high| Err(CellError::OutsideRange { value: value.to_owned(), low, high });
    let number = number(value).unwrap_or(f64::NAN);
    match &factor.kind {
        FactorKind::Range { low, high, .. } if !(*low..=*high).contains(&number) => outside(*low, *high),
        FactorKind::Distribution { shape: Shape::Triangular { low, high, .. }, .. }
            if !(*low..=*high).contains(&number) =>
        {
            outside(*low, *high)
        }
        FactorKind::Values(values) => {
            let own = Value::of(sort, value);
            if values.iter().any(|known| Value::of(sort, known) == own) {
                Ok(())
            } else {
                let known: Vec<String> =
                    values.iter().map(|known| Value::of(sort, known).to_string()).collect();
                Err(CellError::OutsideValues { value: value.to_owned(), known })
            }
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::load;
    use super::*;
    use sim_core::scenario::MemorySource;

    fn table_of(header: &str, cells: &str, factors: &str) -> Result<Vec<Vec<String>>, String> {
        let text = format!("(name: \"x\", base: \"tiny\", factors: [{factors}], design: Table(\"p.csv\"))");
        let source = MemorySource::of("e.ron", text.as_str()).with("p.csv", format!("{header}\n{cells}\n"));
        match load(&source, "e.ron").map_err(|faults| faults.to_string())?.method {
            Some(Method::Table { rows }) => Ok(rows),
            other => Err(format!("{other:?}")),
        }
    }

    #[test]
    fn a_table_from_a_spreadsheet_means_what_it_shows() {
        let factors = "(path: \"household.elasticity\"), (path: \"programme.enabled\"), (path: \
                       \"programme.strategy_change\")";
        let header = "household.elasticity,programme.enabled,programme.strategy_change";
        let cells = "3.5,TRUE,2014-11-01\r\n3.5,1,\"\"\"2014-11-01\"\"\"\n3.5,false,2014/11/1\n,,";
        let rows = table_of(header, cells, factors).unwrap();
        let expected = ["true", "true", "false"].map(|flag| ["3.5", flag, "\"2014-11-01\""]);
        assert_eq!(rows, expected);
    }

    #[test]
    fn points_outside_what_a_factor_declares_are_refused_all_at_once() {
        let factors = "(path: \"household.elasticity\", range: (3.0, 4.0)), (path: \"programme.enabled\", \
                       values: [true])";
        let found = table_of("household.elasticity,programme.enabled", "9,true\n3.5,FALSE\n3.5,1", factors)
            .unwrap_err();
        assert!(
            found.contains(
                "p.csv, line 2, column household.elasticity: 9 is outside what the factor says: 3 to 4"
            ),
            "{found}"
        );
        assert!(
            found.contains(
                "p.csv, line 3, column programme.enabled: false is outside what the factor says: one of true"
            ),
            "{found}"
        );
        let found = table_of("household.elasticity;programme.enabled", "3,5;WAHR", factors).unwrap_err();
        assert!(
            found.contains(
                "p.csv, line 1: expected commas between the cells, which are separated by semicolons: save \
                 as CSV with commas"
            ),
            "{found}"
        );
    }
}
