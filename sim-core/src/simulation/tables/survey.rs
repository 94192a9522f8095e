//! The table of a trial's surveys: a row a household and survey.

use super::super::run::Simulation;
use crate::agents::household::Buying;
use crate::base::Unit;
use crate::base::unit::unit;
use crate::metrics::table::{Column, Table, TableError};
use crate::model::SurveyRow;

type Row = (u32, SurveyRow);

/// A column: name, unit, definition, value.
type Real = (&'static str, Unit, &'static str, fn(&SurveyRow) -> f64);
type Whole = (&'static str, Unit, &'static str, fn(&SurveyRow) -> i64);

const WHOLE: &[Whole] = &[
    ("assigned", unit!(ZeroOrOne), "Whether its village was assigned a station.", |row| {
        i64::from(row.arm.assigned())
    }),
    ("station_opened", unit!(ZeroOrOne), "Whether a station has opened in its village.", |row| {
        i64::from(row.station_opened)
    }),
    ("near", unit!(ZeroOrOne), "Whether it counts as near the terminal; a label without effect.", |row| {
        i64::from(row.near)
    }),
    ("found", unit!(ZeroOrOne), "Whether it was found; if not, the row is what it would have said.", |row| {
        i64::from(row.found)
    }),
    ("head_age", unit!(Years), "Age of the head.", |row| i64::from(row.household.head_age)),
    ("members", unit!(Persons), "Persons registered.", |row| i64::from(row.household.members)),
    ("migrants", unit!(Persons), "Workers away.", |row| i64::from(row.household.migrants)),
    ("to_town", unit!(Minutes), "Road to the town.", |row| i64::from(row.to_town)),
    ("to_seat", unit!(Minutes), "Road to the county seat.", |row| i64::from(row.to_seat)),
    ("self_service", unit!(ZeroOrOne), "Whether it can use self-service.", |row| {
        i64::from(row.household.self_service)
    }),
    ("ever_at_station", unit!(ZeroOrOne), "Whether it ever ordered at the station.", |row| {
        i64::from(row.ever_at_station)
    }),
    (
        "station_orders",
        unit!(Orders),
        "Orders at the station in the time asked about; in a sample, bundles.",
        |row| i64::from(row.spending.station_orders),
    ),
    ("spent_station", unit!(Fen), "Spent at the station in the time asked about.", |row| {
        row.spending.station.fen()
    }),
    ("spent_self_service", unit!(Fen), "Spent online by self-service in that time.", |row| {
        row.spending.self_service.fen()
    }),
    ("spent_durables", unit!(Fen), "Spent on durables online in that time, in either way.", |row| {
        row.spending.durables.fen()
    }),
    ("spent_durables_station", unit!(Fen), "Part of it at the station.", |row| {
        row.spending.durables_station.fen()
    }),
    ("shops", unit!(Shops), "Shops of the record.", |row| i64::from(row.shops)),
];

const REAL: &[Real] = &[
    ("retail", unit!(Yuan), "Retail spending in all in that time.", |row| row.retail),
    (
        "cost_of_living",
        unit!(Logarithm),
        "Retail cost of living against having no way of buying online.",
        |row| row.cost_of_living,
    ),
    ("income", unit!(Yuan / Year), "Income per head.", |row| row.income.total()),
    ("income_farm", unit!(Yuan / Year), "Part from farming and small business.", |row| row.income.farm),
    ("income_wage", unit!(Yuan / Year), "Part from wages near home, shops aside.", |row| row.income.wage),
    ("income_transfers", unit!(Yuan / Year), "Part from transfers and relief.", |row| row.income.transfers),
    ("income_remittances", unit!(Yuan / Year), "Part sent by members away.", |row| row.income.remittances),
    ("income_shop_wages", unit!(Yuan / Year), "Part from wages of the village's shops.", |row| {
        row.income.shop_wages
    }),
    (
        "income_online_shops",
        unit!(Yuan / Year),
        "Part from shops of its own in the last twelve months, less what was put into them.",
        |row| row.income.online_shops,
    ),
    (
        "income_station",
        unit!(Yuan / Year),
        "Part from running the station in the last twelve months.",
        |row| row.income.station,
    ),
];

/// The table, if there was a survey.
pub(super) fn surveys(simulation: &Simulation) -> Option<Result<Table, TableError>> {
    let rows = &simulation.gathered().survey;
    (!rows.is_empty()).then(|| table(simulation, rows))
}

fn table(simulation: &Simulation, rows: &[Row]) -> Result<Table, TableError> {
    let atlas = &simulation.setting().atlas;
    let county = |row: &Row| &atlas.counties[row.0 as usize];
    let number = |row: &Row| county(row).villages[row.1.village.at()].number;
    let text = |name: &str, definition: &str, value: &dyn Fn(&Row) -> String| {
        Column::text(name, definition, rows.iter().map(value).collect::<Vec<_>>())
    };
    let mut columns = vec![
        text("survey", "Baseline or follow-up.", &|row| {
            ["baseline", "follow_up"][usize::from(row.1.round.min(1))].to_owned()
        }),
        text("county", "6-digit code.", &|row| county(row).code.to_string()),
        Column::integer("village", Unit::NONE, "Number in the county's full list.", rows.iter().map(number)),
        Column::integer(
            "household",
            Unit::NONE,
            "Record within the village.",
            rows.iter().map(|row| i64::from(row.1.record)),
        ),
        text("arm", "What the draw made of its village.", &|row| row.1.arm.name().to_owned()),
        text("delivery", "Where parcels of self-service orders arrive.", &|row| {
            ["seat", "town", "village"][row.1.delivery as usize].to_owned()
        }),
        text("buying", "How far it has learnt to buy online.", &|row| {
            buying(row.1.household.buying).to_owned()
        }),
    ];
    let whole = WHOLE.iter();
    columns.extend(whole.map(|(name, unit, definition, value)| {
        Column::integer(name, *unit, definition, rows.iter().map(|row| value(&row.1)))
    }));
    let real = REAL.iter();
    columns.extend(real.map(|(name, unit, definition, value)| {
        Column::real(name, *unit, definition, rows.iter().map(|row| value(&row.1)))
    }));
    Table::new("survey", "Households surveyed in a trial, at the baseline and at the follow-up.", columns)
}

const fn buying(state: Buying) -> &'static str {
    match state {
        Buying::Unaware => "unaware",
        Buying::Aware => "aware",
        Buying::Trial => "trial",
        Buying::Regular => "regular",
        Buying::Lapsed => "lapsed",
    }
}
