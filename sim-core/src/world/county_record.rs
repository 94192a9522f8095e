//! A county as its table has it: names, kind, position, terrain and counts.

use super::early_economy::{self, EarlyRecord};
use super::province::Province;
use super::table::{self, ExpectedColumn, TableRow};
use super::table_error::TableFaults;
use crate::base::CountyCode;
use crate::base::Wanted;
use crate::region::RegionBounds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most counties a table may hold. Ten thousand is four times the real number, and keeps the comparison
/// of all seats with all others under a second.
pub const MOST_COUNTIES: usize = 10_000;

/// The greatest code of a county: six digits, as in China.
pub const MOST_CODE: u32 = 999_999;

/// The most village committees a county may have; the real maximum is 1,123.
pub const MOST_VILLAGES: u32 = 10_000;

/// What sort of county-level unit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountyKind {
    /// An urban district, here only those that still have village committees.
    District,
    /// A city at county level.
    CountyLevelCity,
    /// A county, autonomous ones included.
    County,
    /// A banner of Inner Mongolia, autonomous ones included.
    Banner,
}

impl CountyKind {
    /// All kinds.
    pub const ALL: [CountyKind; 4] =
        [CountyKind::District, CountyKind::CountyLevelCity, CountyKind::County, CountyKind::Banner];

    /// The word used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            CountyKind::District => "district",
            CountyKind::CountyLevelCity => "county-level city",
            CountyKind::County => "county",
            CountyKind::Banner => "banner",
        }
    }

    /// The kind with this word in tables.
    pub(crate) fn from_name(name: &str) -> Option<CountyKind> {
        CountyKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A county as read.
#[derive(Clone, Debug, PartialEq)]
pub struct CountyRecord {
    /// Code (GB/T 2260, 2023).
    pub code: CountyCode,
    /// Chinese name.
    pub name: String,
    /// Name in Latin letters.
    pub name_en: String,
    /// What sort of unit.
    pub kind: CountyKind,
    /// Its province, as an index into [`Geography::provinces`](super::Geography::provinces).
    pub province: u16,
    /// Its prefecture's Chinese name; empty where the province rules it directly.
    pub prefecture: String,
    /// Longitude of the seat \[degrees east\].
    pub longitude: f64,
    /// Latitude of the seat \[degrees north\].
    pub latitude: f64,
    /// Height of the land around the seat \[m\].
    pub elevation: f64,
    /// Relief around the seat \[m\].
    pub relief: f64,
    /// Great-circle distance to the prefecture's seat \[km\]; to the capital where there is no prefecture.
    pub to_prefecture: f64,
    /// Great-circle distance to the provincial capital \[km\].
    pub to_capital: f64,
    /// Towns (zhen).
    pub towns: u16,
    /// Townships (xiang).
    pub townships: u16,
    /// Urban subdistricts.
    pub subdistricts: u16,
    /// Village committees.
    pub villages: u32,
    /// Urban communities.
    pub communities: u32,
    /// Its rural households, where its table says so.
    pub households: Option<f64>,
    /// Its economy before 2010.
    pub early: EarlyRecord,
}

const fn required(name: &'static str) -> ExpectedColumn {
    ExpectedColumn { name, required: true }
}

const fn optional(name: &'static str) -> ExpectedColumn {
    ExpectedColumn { name, required: false }
}

/// The columns of `counties.csv`.
const COLUMNS: [ExpectedColumn; 25] = [
    required("code"),
    required("name"),
    required("name_en"),
    required("kind"),
    required("province"),
    required("prefecture"),
    required("lon"),
    required("lat"),
    required("elevation_m"),
    required("relief_m"),
    required("to_prefecture_km"),
    required("to_capital_km"),
    required("towns"),
    required("townships"),
    required("subdistricts"),
    required("villages"),
    required("communities"),
    optional("households"),
    optional(early_economy::COLUMNS[0]),
    optional(early_economy::COLUMNS[1]),
    optional(early_economy::COLUMNS[2]),
    optional(early_economy::COLUMNS[3]),
    optional(early_economy::COLUMNS[4]),
    optional(early_economy::COLUMNS[5]),
    optional(early_economy::COLUMNS[6]),
];

/// Reads a table of counties; they come in order of their codes.
pub(super) fn read(
    bytes: &[u8],
    provinces: &[Province],
    bounds: RegionBounds,
    faults: &mut TableFaults,
) -> Vec<CountyRecord> {
    let mut counties: Vec<CountyRecord> = Vec::new();
    let mut lines: BTreeMap<CountyCode, u64> = BTreeMap::new();
    table::read(bytes, &COLUMNS, MOST_COUNTIES, faults, |row| {
        let Some(county) = county(row, provinces, bounds) else {
            return;
        };
        if let Some(first) = lines.insert(county.code, row.line()) {
            let expected = Wanted::OwnCode { line: first };
            row.fault("code", &county.code.to_string(), expected);
        }
        counties.push(county);
    });
    counties.sort_by_key(|county| county.code);
    counties
}

fn county(row: &mut TableRow<'_>, provinces: &[Province], bounds: RegionBounds) -> Option<CountyRecord> {
    // All cells are read before any is required, so that every fault of the row is noted.
    let code = row.whole("code", 1..=MOST_CODE);
    let name = row.name("name", false);
    let name_en = row.name("name_en", false);
    let kind = row.one_of("kind", Wanted::KindOfCounty, CountyKind::from_name);
    let province = row.one_of("province", Wanted::Province, |text| {
        provinces.iter().position(|province| province.name == text)
    });
    let prefecture = row.name("prefecture", true);
    let longitude = row.number("lon", bounds.west..=bounds.east);
    let latitude = row.number("lat", bounds.south..=bounds.north);
    let elevation = row.number("elevation_m", -200.0..=7000.0);
    let relief = row.number("relief_m", 0.0..=5000.0);
    let to_prefecture = row.number_or_none("to_prefecture_km", 0.0..=3000.0);
    let to_capital = row.number("to_capital_km", 0.0..=3000.0);
    let towns = row.whole("towns", 0..=1000);
    let townships = row.whole("townships", 0..=1000);
    let subdistricts = row.whole("subdistricts", 0..=1000);
    let villages = row.whole("villages", 1..=MOST_VILLAGES);
    let communities = row.whole("communities", 0..=100_000);
    let households = row.number_or_none("households", 1.0..=1e7);
    let early = early_economy::read(row);
    Some(CountyRecord {
        code: CountyCode(code?),
        name,
        name_en,
        kind: kind?,
        province: province? as u16,
        prefecture,
        longitude: longitude?,
        latitude: latitude?,
        elevation: elevation?,
        relief: relief?,
        to_prefecture: to_prefecture.or(to_capital)?,
        to_capital: to_capital?,
        towns: towns? as u16,
        townships: townships? as u16,
        subdistricts: subdistricts? as u16,
        villages: villages?,
        communities: communities?,
        households,
        early,
    })
}
