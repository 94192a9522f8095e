//! Points that are equal: they are run once, and what was found is shared.

use super::Design;
use crate::experiment::FactorSetting;
use sim_core::base::Unit;
use sim_core::metrics::table::{Column, Table, TableError};
use std::collections::BTreeMap;

/// Which rows of a design are the same point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The point of each row.
    points: Vec<usize>,
    /// The first row of each point.
    rows: Vec<usize>,
}

impl Shared {
    /// Every row is a point of its own.
    pub fn none(design: &Design) -> Shared {
        Shared { points: (0..design.len()).collect(), rows: (0..design.len()).collect() }
    }

    /// Rows with equal settings are one point, numbered in the order of their first rows. `settings` gives
    /// those of a row, none of them [`FactorSetting::Unchanged`] where the scenario's own value is known.
    pub fn of(design: &Design, settings: impl Fn(usize) -> Vec<FactorSetting>) -> Shared {
        let mut texts: BTreeMap<String, u64> = BTreeMap::new();
        let mut known: BTreeMap<Vec<(u8, u64)>, usize> = BTreeMap::new();
        let (mut points, mut rows) = (Vec::with_capacity(design.len()), Vec::new());
        for row in 0..design.len() {
            let key = settings(row)
                .into_iter()
                .map(|setting| match setting {
                    FactorSetting::Unchanged => (0, 0),
                    // Minus nothing is nothing.
                    FactorSetting::Number(number) => (1, (number + 0.0).to_bits()),
                    FactorSetting::Policy(at) => (2, at as u64),
                    FactorSetting::Text(text) => {
                        let next = texts.len() as u64;
                        (3, *texts.entry(text).or_insert(next))
                    }
                })
                .collect();
            let point = *known.entry(key).or_insert(rows.len());
            if point == rows.len() {
                rows.push(row);
            }
            points.push(point);
        }
        Shared { points, rows }
    }

    /// How many different points.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The point of each row of the design.
    pub fn points(&self) -> &[usize] {
        &self.points
    }

    /// The first row of a point.
    pub fn row(&self, point: usize) -> usize {
        self.rows.get(point).copied().unwrap_or(point)
    }

    /// Whether some rows are the same point.
    pub fn is_shared(&self) -> bool {
        self.points.len() > self.rows.len()
    }

    /// The point of each row, for programs that want a value a row.
    ///
    /// # Errors
    /// None in practice: its columns are fixed.
    pub fn table(&self) -> Result<Table, TableError> {
        Table::new(
            "design",
            "One row a row of the design: the point that it is. Equal rows are one point and share its runs.",
            vec![
                Column::integer("row", Unit::NONE, "Row of the design.", 0..self.points.len() as i64),
                Column::integer(
                    "point",
                    Unit::NONE,
                    "Its point in the table of runs.",
                    self.points.iter().map(|&point| point as i64),
                ),
            ],
        )
    }
}
