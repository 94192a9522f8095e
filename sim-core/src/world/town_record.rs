//! A town as its table has it.

use super::county_record::MOST_CODE;
use super::table::{self, ExpectedColumn, TableRow};
use super::table_error::TableFaults;
use crate::base::CountyCode;

/// A town, township or subdistrict with village committees, as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TownRecord {
    /// 9-digit code.
    pub code: u32,
    /// The county it belongs to.
    pub county: CountyCode,
    /// Chinese name, without its last word (town, township).
    pub name: String,
    /// Village committees.
    pub villages: u16,
}

const fn required(name: &'static str) -> ExpectedColumn {
    ExpectedColumn { name, required: true }
}

const COLUMNS: [ExpectedColumn; 4] =
    [required("code"), required("county"), required("name"), required("villages")];

/// Reads `towns.csv`; towns come in order of county and code.
pub(super) fn read(bytes: &[u8], faults: &mut TableFaults) -> Vec<TownRecord> {
    let mut towns: Vec<TownRecord> = Vec::with_capacity(32_000);
    table::read(bytes, &COLUMNS, 100_000, faults, |row| towns.extend(town(row)));
    towns.sort_by_key(|town| (town.county, town.code));
    towns
}

fn town(row: &mut TableRow<'_>) -> Option<TownRecord> {
    let code = row.whole("code", 1..=999_999_999);
    let county = row.whole("county", 1..=MOST_CODE);
    let name = row.name("name", false);
    let villages = row.whole("villages", 1..=1000);
    Some(TownRecord { code: code?, county: CountyCode(county?), name, villages: villages? as u16 })
}
