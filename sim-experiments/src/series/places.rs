//! The levels at which a series can be read, and the series that villages have.

use serde::{Deserialize, Serialize};
use sim_core::base::Unit;
use sim_core::model::VillageRow;
use sim_core::unit;

/// Of what a series is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// All simulated counties together.
    Nation,
    /// Each province's simulated counties together; the place is its 2-digit code.
    Province,
    /// Each county; the place is its 6-digit code.
    County,
    /// Each village that has rows ([`report.villages`](sim_core::scenario::Report)); the place is the
    /// county's code, `/`, and its number in the county's full list.
    Village,
}

impl Level {
    /// All levels with their words.
    pub const ALL: [(&'static str, Level); 4] = [
        ("Nation", Level::Nation),
        ("Province", Level::Province),
        ("County", Level::County),
        ("Village", Level::Village),
    ];

    /// Its word, in small letters.
    pub fn name(self) -> &'static str {
        match self {
            Level::Nation => "nation",
            Level::Province => "province",
            Level::County => "county",
            Level::Village => "village",
        }
    }
}

/// A column of the village table.
#[derive(Clone, Copy, Debug)]
pub(super) struct VillageSeries(&'static VillageColumn);

#[derive(Debug)]
struct VillageColumn {
    name: &'static str,
    unit: Unit,
    definition: &'static str,
    is_flow: bool,
    value: fn(&VillageRow) -> f64,
}

const COLUMNS: &[VillageColumn] = &[
    VillageColumn {
        name: "regular",
        unit: unit!(Households),
        definition: "Regular online buyers.",
        is_flow: false,
        value: |row| f64::from(row.regular),
    },
    VillageColumn {
        name: "station_orders",
        unit: unit!(Orders / Month),
        definition: "Orders through the station in the month.",
        is_flow: false,
        value: |row| f64::from(row.station_orders),
    },
    VillageColumn {
        name: "self_service_parcels",
        unit: unit!(Parcels / Month),
        definition: "Parcels of self-service orders in the month.",
        is_flow: false,
        value: |row| f64::from(row.self_service_parcels),
    },
    VillageColumn {
        name: "partner_income",
        unit: unit!(Yuan / Month),
        definition: "The partner's income in the month; missing without an open station.",
        is_flow: false,
        value: |row| row.partner_income.map_or(f64::NAN, |fen| fen as f64 / 100.0),
    },
    VillageColumn {
        name: "shops",
        unit: unit!(Shops),
        definition: "Shops.",
        is_flow: false,
        value: |row| f64::from(row.shops),
    },
    VillageColumn {
        name: "shop_jobs",
        unit: unit!(Jobs),
        definition: "Owners, family and hired workers.",
        is_flow: false,
        value: |row| f64::from(row.jobs),
    },
    VillageColumn {
        name: "yearly_sales",
        unit: unit!(Yuan / Year),
        definition: "Sales of the last twelve months.",
        is_flow: false,
        value: |row| row.yearly_sales as f64 / 100.0,
    },
    VillageColumn {
        name: "taobao_village",
        unit: unit!(ZeroOrOne),
        definition: "Whether it meets the published rule.",
        is_flow: false,
        value: |row| f64::from(u8::from(row.taobao)),
    },
];

impl VillageSeries {
    pub fn named(name: &str) -> Option<VillageSeries> {
        COLUMNS.iter().find(|column| column.name == name).map(VillageSeries)
    }

    pub fn names() -> Vec<String> {
        COLUMNS.iter().map(|column| column.name.to_owned()).collect()
    }

    pub fn name(self) -> &'static str {
        self.0.name
    }

    pub fn unit(self) -> Unit {
        self.0.unit
    }

    pub fn definition(self) -> &'static str {
        self.0.definition
    }

    /// Rows of villages are some months apart, so that none of their columns adds up.
    pub fn is_flow(self) -> bool {
        self.0.is_flow
    }

    pub fn value(self, row: &VillageRow) -> f64 {
        (self.0.value)(row)
    }
}
