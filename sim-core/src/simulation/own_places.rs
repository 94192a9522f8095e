//! The places of a scenario: those of its region, or its own table of counties in that region.

use crate::scenario::{Advice, Excerpt, InputError, InputErrors, Issue, Scenario};
use crate::world::{Geography, PlaceTableError};
use std::sync::Arc;

/// A fault of a table, with its line; `lines` are those of the table.
fn table_fault(found: PlaceTableError, lines: &[&str]) -> InputError {
    let line = usize::try_from(found.line).unwrap_or(usize::MAX);
    let written = lines.get(line.wrapping_sub(1));
    let at = written.and_then(|written| written.split_once(&found.value)).filter(|_| !found.value.is_empty());
    let is_of_a_cell = !found.column.is_empty();
    InputError {
        file: found.file,
        line: u32::try_from(found.line).unwrap_or(u32::MAX),
        column: at.map_or(1, |(before, _)| before.chars().count() as u32 + 1),
        path: found.column,
        value: found.value.clone(),
        excerpt: written.map(|written| Excerpt::of_line(written, &found.value)),
        message: if is_of_a_cell {
            Issue::Cell { value: found.value, expected: found.expected }
        } else {
            Issue::Table { expected: found.expected }
        },
        suggestion: Advice::Nothing,
    }
}

/// The places of a scenario: those of its region, or its own table of counties in that region.
pub(super) fn geography(scenario: &Scenario, table: Option<&[u8]>) -> Result<Arc<Geography>, InputErrors> {
    let region = &scenario.places.region;
    let whole = Geography::of_region(region).map_err(|faults| {
        let with_lines = |found: PlaceTableError| {
            let file = found.file.rsplit('/').next().unwrap_or_default();
            let text = String::from_utf8_lossy(region.file(file).unwrap_or_default()).into_owned();
            table_fault(found, &text.lines().collect::<Vec<_>>())
        };
        InputErrors(faults.into_iter().map(with_lines).collect())
    })?;
    let (Some(bytes), Some(name)) = (table, scenario.places.table.as_deref()) else { return Ok(whole) };
    whole.with_counties(bytes, name).map(Arc::new).map_err(|faults| {
        let text = String::from_utf8_lossy(bytes);
        let lines: Vec<&str> = text.lines().collect();
        let faults = faults.into_iter().map(|found| table_fault(found, &lines));
        InputErrors(faults.collect())
    })
}
