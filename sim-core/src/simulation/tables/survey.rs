//! The table of a trial's surveys: a row a household and survey.

use super::super::run::Simulation;
use crate::agents::household::Buying;
use crate::metrics::table::{Column, Table, TableError};
use crate::model::SurveyRow;

type Row = (u32, SurveyRow);

/// A column: name, unit, definition, value.
type Real = (&'static str, &'static str, &'static str, fn(&SurveyRow) -> f64);
type Whole = (&'static str, &'static str, &'static str, fn(&SurveyRow) -> i64);

const WHOLE: &[Whole] = &[
    ("assigned", "0 or 1", "Whether its village was assigned a station.", |row| {
        i64::from(row.arm.assigned())
    }),
    ("station_opened", "0 or 1", "Whether a station has opened in its village.", |row| {
        i64::from(row.station_opened)
    }),
    ("near", "0 or 1", "Whether it counts as near the terminal; a label without effect.", |row| {
        i64::from(row.near)
    }),
    ("found", "0 or 1", "Whether it was found; if not, the row is what it would have said.", |row| {
        i64::from(row.found)
    }),
    ("head_age", "years", "Age of the head at the run's start.", |row| i64::from(row.household.head_age)),
    ("members", "persons", "Persons registered.", |row| i64::from(row.household.members)),
    ("migrants", "persons", "Workers away.", |row| i64::from(row.household.migrants)),
    ("to_town", "minutes", "Road to the town.", |row| i64::from(row.to_town)),
    ("to_seat", "minutes", "Road to the county seat.", |row| i64::from(row.to_seat)),
    ("self_service", "0 or 1", "Whether it can use self-service.", |row| {
        i64::from(row.household.self_service)
    }),
    ("ever_at_station", "0 or 1", "Whether it ever ordered at the station.", |row| {
        i64::from(row.ever_at_station)
    }),
    (
        "station_orders",
        "orders",
        "Orders at the station in the time asked about; in a sample, bundles.",
        |row| i64::from(row.spending.station_orders),
    ),
    ("spent_station", "fen", "Spent at the station in the time asked about.", |row| {
        row.spending.station.fen()
    }),
    ("spent_self_service", "fen", "Spent online by self-service in that time.", |row| {
        row.spending.self_service.fen()
    }),
    ("spent_durables", "fen", "Spent on durables online in that time, in either way.", |row| {
        row.spending.durables.fen()
    }),
    ("spent_durables_station", "fen", "Part of it at the station.", |row| {
        row.spending.durables_station.fen()
    }),
    ("shops", "shops", "Shops of the record.", |row| i64::from(row.shops)),
];

const REAL: &[Real] = &[
    ("retail", "yuan", "Retail spending in all in that time.", |row| row.retail),
    ("cost_of_living", "logarithm", "Retail cost of living against having no way of buying online.", |row| {
        row.cost_of_living
    }),
    ("income", "yuan/year", "Income per head.", |row| row.income.total()),
    ("income_farm", "yuan/year", "Part from farming and small business.", |row| row.income.farm),
    ("income_wage", "yuan/year", "Part from wages near home, shops aside.", |row| row.income.wage),
    ("income_transfers", "yuan/year", "Part from transfers and relief.", |row| row.income.transfers),
    ("income_remittances", "yuan/year", "Part sent by members away.", |row| row.income.remittances),
    ("income_shop_wages", "yuan/year", "Part from wages of the village's shops.", |row| {
        row.income.shop_wages
    }),
    ("income_online_shops", "yuan/year", "Part from shops of its own.", |row| row.income.online_shops),
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
        Column::integer("village", "", "Number in the county's full list.", rows.iter().map(number)),
        Column::integer(
            "household",
            "",
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
        Column::integer(name, unit, definition, rows.iter().map(|row| value(&row.1)))
    }));
    let real = REAL.iter();
    columns.extend(real.map(|(name, unit, definition, value)| {
        Column::real(name, unit, definition, rows.iter().map(|row| value(&row.1)))
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
