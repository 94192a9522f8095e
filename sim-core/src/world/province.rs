//! Provinces: their names and their published figures.
//!
//! Both are those of a region's `provinces.csv`: China's figures are of the 2020 census and yearbooks, its
//! codes those of GB/T 2260.

use super::table::{self, ExpectedColumn, TableRow};
use super::table_error::TableFaults;
use crate::base::Wanted;
use serde::Serialize;
use std::collections::BTreeMap;

/// A place of a region's first level (a province, a municipality), with figures of its rural part.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Province {
    /// Its code, 1 to 99; in China the first two digits of its counties' codes.
    pub code: u8,
    /// Full name, in the language of the region.
    pub name: String,
    /// Name in Latin letters.
    pub name_en: String,
    /// What else it is called.
    pub other_names: Vec<String>,
    /// Whether it is a city that the state rules directly, as Beijing is.
    pub is_municipality: bool,
    /// Rural residents \[people\].
    pub rural_people: f64,
    /// People per rural household.
    pub household_size: f64,
    /// Mean schooling of rural adults \[years\].
    pub schooling: f64,
    /// Share of rural residents aged 65 or more \[0 to 1\].
    pub share_over_65: f64,
    /// Share of the employed who work in farming \[0 to 1\].
    pub farm_employment: f64,
    /// How many of its counties count as poor; in China those of the national list, 2014-2020.
    pub poverty_counties: u16,
    /// Rural disposable income per head \[money of the region a year\]; only its ratio to the mean matters.
    pub rural_income: f64,
    /// Village committees of its counties in the real county table, among whom its people live. The same
    /// whatever table a scenario brings, so that a table of a few counties does not get a province's people.
    pub villages: u32,
}

const fn required(name: &'static str) -> ExpectedColumn {
    ExpectedColumn { name, required: true }
}

const fn optional(name: &'static str) -> ExpectedColumn {
    ExpectedColumn { name, required: false }
}

const COLUMNS: [ExpectedColumn; 13] = [
    required("code"),
    required("name"),
    required("name_en"),
    optional("other_names"),
    optional("direct"),
    required("rural_people"),
    // Of another count than that of the counties' table; for readers.
    optional("villages"),
    required("poverty_counties"),
    required("hh_size"),
    required("avg_school_years"),
    required("share_age65p"),
    required("agri_emp_share"),
    required("rural_income"),
];

/// Reads `provinces.csv`; provinces come in order of their codes.
pub(super) fn read(bytes: &[u8], faults: &mut TableFaults) -> Vec<Province> {
    let mut provinces: Vec<Province> = Vec::new();
    let mut lines: BTreeMap<u8, u64> = BTreeMap::new();
    table::read(bytes, &COLUMNS, MOST_PROVINCES, faults, |row| {
        let Some(province) = province(row) else { return };
        if let Some(first) = lines.insert(province.code, row.line()) {
            row.fault("code", &province.code.to_string(), Wanted::OwnCode { line: first });
        }
        provinces.push(province);
    });
    provinces.sort_by_key(|province| province.code);
    provinces
}

/// As many as there are codes of two digits.
const MOST_PROVINCES: usize = 99;

fn province(row: &mut TableRow<'_>) -> Option<Province> {
    // All cells are read before any is required, so that every fault of the row is noted.
    let code = row.whole("code", 1..=MOST_PROVINCES as u32);
    let name = row.name("name", false);
    let name_en = row.name("name_en", false);
    let other_names = row.name("other_names", true);
    let is_municipality = row.whole_or_none("direct", 0..=1);
    let people = row.number("rural_people", 1.0..=2e9);
    let size = row.number("hh_size", 1.0..=15.0);
    let schooling = row.number("avg_school_years", 0.0..=20.0);
    let old = row.number("share_age65p", 0.0..=1.0);
    let farming = row.number("agri_emp_share", 0.0..=1.0);
    let poor = row.whole("poverty_counties", 0..=10_000);
    let income = row.number("rural_income", 1e-6..=1e12);
    let other_names = other_names.split(';').map(str::trim).filter(|name| !name.is_empty());
    Some(Province {
        code: code? as u8,
        name,
        name_en,
        other_names: other_names.map(str::to_owned).collect(),
        is_municipality: is_municipality == Some(1),
        rural_people: people?,
        household_size: size?,
        schooling: schooling?,
        share_over_65: old?,
        farm_employment: farming?,
        poverty_counties: poor? as u16,
        rural_income: income?,
        villages: 0,
    })
}
