//! The tables of a run, in tidy form: one row a place and month, one column an outcome.

mod context;
mod decisions;
mod people;
mod shops;
mod survey;

use super::ending::PartnerRow;
use super::run::Simulation;
use super::spending::spent;
use crate::base::Per;
use crate::base::Unit;
use crate::base::unit::unit;
use crate::event::{Distribution, Measure, MeasureKind};
use crate::metrics::area::AreaMonth;
use crate::metrics::ledger::{Payer, balance_table, item_table};
use crate::metrics::outcome::OUTCOMES;
use crate::metrics::table::{Column, Table, TableError};
use crate::world::{County, distance::great_circle_km};

/// All tables of a run. One that cannot be made (a sum beyond 64 bits) is left out; none is in practice.
pub(super) fn all(simulation: &Simulation, partners: &[PartnerRow]) -> Vec<Table> {
    let made: Vec<Result<Table, TableError>> = [
        nation(simulation),
        provinces(simulation),
        counties(simulation),
        villages(simulation),
        people::partners(partners),
        people::episodes(simulation),
        people::followed(simulation),
        shops::followed(simulation),
        item_table(&simulation.gathered().ledger),
        balance_table(&simulation.gathered().ledger),
    ]
    .into_iter()
    .chain(survey::surveys(simulation))
    .chain(decisions::decisions(simulation))
    .chain(decisions::progress(simulation))
    .collect();
    debug_assert!(made.iter().all(Result::is_ok), "{made:?}");
    let currency = simulation.scenario().places.region.currency();
    made.into_iter().flatten().map(|table| table.in_currency(currency)).collect()
}

/// What the days of a row mean for its other columns.
const DAYS: &str = "Days of the month that were simulated: fewer than it has where the run begins or ends \
                    within it. What is counted is of these days; averages by month or day are worked out \
                    from them.";

/// A row of an area table: keys, and the month.
type Row<'a> = (&'a [String], &'a AreaMonth);

/// The figures of many months, column by column. Filled row by row: a month is fetched from memory once, not
/// once a column.
struct Figures {
    measures: Vec<Vec<i64>>,
    outcomes: Vec<Vec<f64>>,
    counts: Vec<Vec<i64>>,
}

impl Figures {
    fn of(rows: &[Row<'_>]) -> Figures {
        fn columns<T>(count: usize, rows: usize) -> Vec<Vec<T>> {
            (0..count).map(|_| Vec::with_capacity(rows)).collect()
        }
        let mut figures = Figures {
            measures: columns(Measure::COUNT, rows.len()),
            outcomes: columns(OUTCOMES.len(), rows.len()),
            counts: columns(Distribution::ALL.len(), rows.len()),
        };
        for (_, month) in rows {
            for (column, &measure) in figures.measures.iter_mut().zip(Measure::ALL) {
                column.push(month.value(measure));
            }
            for (column, outcome) in figures.outcomes.iter_mut().zip(OUTCOMES) {
                column.push((outcome.formula)(month));
            }
            for (column, distribution) in figures.counts.iter_mut().zip(Distribution::ALL) {
                column.push(month.spread(distribution).count as i64);
            }
        }
        figures
    }
}

fn area_table(
    name: &str,
    description: &str,
    keys: &[(&str, &str)],
    rows: &[Row<'_>],
    context: Vec<Column>,
) -> Result<Table, TableError> {
    let mut columns: Vec<Column> =
        vec![Column::months("month", "The month.", rows.iter().map(|row| row.1.month))];
    columns.push(Column::integer("days", unit!(Days), DAYS, rows.iter().map(|row| row.1.days)));
    for (at, (key, definition)) in keys.iter().enumerate() {
        columns.push(Column::text(key, definition, rows.iter().map(|row| row.0[at].as_str())));
    }
    columns.extend(context);
    let figures = Figures::of(rows);
    for (&measure, values) in Measure::ALL.iter().zip(figures.measures) {
        let unit = match measure.kind() {
            MeasureKind::Flow => measure.unit().per(Per::Month),
            MeasureKind::Stock => measure.unit(),
        };
        columns.push(Column::integer(measure.name(), unit, measure.definition(), values));
    }
    for (outcome, values) in OUTCOMES.iter().zip(figures.outcomes) {
        let definition =
            format!("{} Missing where there is nothing to divide by or count.", outcome.definition);
        columns.push(Column::real(outcome.name, outcome.unit, &definition, values).may_miss());
    }
    for (distribution, values) in Distribution::ALL.into_iter().zip(figures.counts) {
        columns.push(counted(distribution, values));
    }
    Table::new(name, description, columns)
}

fn counted(distribution: Distribution, values: Vec<i64>) -> Column {
    let (name, unit) = match distribution {
        Distribution::StationDelivery => ("station_delivery_count", unit!(Parcels / Month)),
        Distribution::SelfServiceDelivery => ("self_service_delivery_count", unit!(Parcels / Month)),
        Distribution::PartnerIncome => ("partner_income_count", unit!(Partners / Month)),
        Distribution::HouseholdIncome => ("household_income_count", unit!(Persons)),
        Distribution::CostOfLiving => ("cost_of_living_count", unit!(Households)),
        Distribution::ShopSales => ("shop_sales_count", unit!(Shops / Month)),
    };
    Column::integer(name, unit, "Values behind the quantiles of the same name.", values)
}

/// The rows of several areas, each with its keys.
fn rows<'a>(keys: &'a [Vec<String>], areas: impl IntoIterator<Item = &'a Vec<AreaMonth>>) -> Vec<Row<'a>> {
    let area = |(keys, months): (&'a Vec<String>, &'a Vec<AreaMonth>)| {
        months.iter().map(|month| (keys.as_slice(), month))
    };
    keys.iter().zip(areas).flat_map(area).collect()
}

fn nation(simulation: &Simulation) -> Result<Table, TableError> {
    let rows: Vec<Row<'_>> = simulation.gathered().nation.iter().map(|month| (&[][..], month)).collect();
    let mut table =
        area_table("nation", "All simulated counties together, month by month.", &[], &rows, Vec::new())?;
    for payer in Payer::ALL {
        let fen = spent(simulation, payer).into_iter();
        let fen: Result<Vec<i64>, _> = fen.map(i64::try_from).collect();
        let values =
            fen.map_err(|_| TableError::TooLarge { column: payer.series().to_owned(), value: i128::MAX })?;
        table =
            table.with(Column::integer(payer.series(), unit!(Fen / Month), payer.definition(), values))?;
    }
    Ok(table)
}

fn provinces(simulation: &Simulation) -> Result<Table, TableError> {
    let atlas = &simulation.setting().atlas;
    let provinces = &simulation.gathered().provinces;
    let named = provinces.keys().map(|&province| {
        let place = &atlas.provinces[usize::from(province)];
        vec![place.code.to_string(), place.name.clone(), place.name_en.clone()]
    });
    let named: Vec<Vec<String>> = named.collect();
    let rows = rows(&named, provinces.values());
    let keys = [
        ("province", "2-digit code."),
        ("province_name", "Chinese name."),
        ("province_name_en", "Name in Latin letters."),
    ];
    let description = "The simulated counties of each province together, month by month.";
    area_table("province", description, &keys, &rows, Vec::new())
}

fn counties(simulation: &Simulation) -> Result<Table, TableError> {
    let atlas = &simulation.setting().atlas;
    let named = atlas.counties.iter().map(|county| {
        let province = atlas.provinces[usize::from(county.province)].name.clone();
        let code = county.code.to_string();
        vec![code, county.name.clone(), county.name_en.clone(), province]
    });
    let named: Vec<Vec<String>> = named.collect();
    let rows = rows(&named, &simulation.gathered().counties);
    let keys = [
        ("county", "6-digit code."),
        ("county_name", "Chinese name."),
        ("county_name_en", "Name in Latin letters."),
        ("province_name", "Chinese name of its province."),
    ];
    let months = simulation.gathered().counties.iter().map(Vec::len);
    let places = atlas.counties.iter().zip(months);
    let context = places.flat_map(|(county, months)| std::iter::repeat_n(county, months));
    area_table("county", "Each county, month by month.", &keys, &rows, context::of_counties(context))
}

/// Straight distance of a village to its town's centre \[km\].
fn km_to_town((county, village): (&County, &crate::world::Village)) -> f32 {
    let town = &county.towns[usize::from(village.town)];
    let [from, to] = [(town.longitude, town.latitude), (village.longitude, village.latitude)]
        .map(|(east, north)| (f64::from(east), f64::from(north)));
    great_circle_km(from.0, from.1, to.0, to.1) as f32
}

fn villages(simulation: &Simulation) -> Result<Table, TableError> {
    let atlas = &simulation.setting().atlas;
    let rows = &simulation.gathered().villages;
    let place = |row: &(u32, crate::model::VillageRow)| {
        let county = &atlas.counties[row.0 as usize];
        (county, &county.villages[row.1.village.at()])
    };
    let integer = |name: &str,
                   unit: Unit,
                   definition: &str,
                   value: &dyn Fn(&(u32, crate::model::VillageRow)) -> i64| {
        Column::integer(name, unit, definition, rows.iter().map(value).collect::<Vec<_>>())
    };
    let trade = rows.iter().map(|(_, row)| row.trade.map_or("", |product| product.name()));
    let arrival = rows.iter().map(|(_, row)| row.delivery.name());
    let mut columns = vec![
        Column::months("month", "The month that ended.", rows.iter().map(|(_, row)| row.month)),
        Column::integer("days", unit!(Days), DAYS, rows.iter().map(|(_, row)| row.days)),
        Column::text("county", "6-digit code.", rows.iter().map(|row| place(row).0.code.to_string())),
        integer("village", Unit::NONE, "Number in the county's full list.", &|row| {
            i64::from(place(row).1.number)
        }),
        Column::real(
            "longitude",
            unit!(DegreesEast),
            "Position, synthetic.",
            rows.iter().map(|row| place(row).1.longitude),
        ),
        Column::real(
            "latitude",
            unit!(DegreesNorth),
            "Position, synthetic.",
            rows.iter().map(|row| place(row).1.latitude),
        ),
        integer("households", unit!(Households), "Farm households, synthetic.", &|row| {
            i64::from(place(row).1.households)
        }),
        integer("regular", unit!(Households), "Regular online buyers.", &|row| i64::from(row.1.regular)),
        integer(
            "station_orders",
            unit!(Orders / Month),
            "Orders through the station in those days.",
            &|row| i64::from(row.1.station_orders),
        ),
        integer(
            "self_service_parcels",
            unit!(Parcels / Month),
            "Parcels of self-service orders in those days.",
            &|row| i64::from(row.1.self_service_parcels),
        ),
        Column::optional(
            "partner_income",
            unit!(Fen / Month),
            "The partner's income. Missing without an open station whose partner has been paid.",
            rows.iter().map(|row| row.1.partner_income),
        ),
        Column::text("delivery", "Where parcels of self-service orders arrive.", arrival),
        integer("to_town", unit!(Minutes), "Road to the town's centre.", &|row| i64::from(row.1.to_town)),
        integer("to_seat", unit!(Minutes), "Road to the county seat.", &|row| i64::from(row.1.to_seat)),
        Column::real(
            "km_to_town",
            unit!(Kilometres),
            "Straight distance to the town's centre, synthetic.",
            rows.iter().map(|row| km_to_town(place(row))),
        ),
        Column::real(
            "handed_over_share",
            unit!(Share),
            "Parcels of self-service orders that are handed over in the village.",
            rows.iter().map(|row| row.1.handed_over),
        ),
        integer(
            "visit_interval",
            unit!(Days),
            "Days between the most frequent courier's visits; 0 where none comes.",
            &|row| i64::from(row.1.visit_interval),
        ),
        integer("shops", unit!(Shops), "Shops.", &|row| i64::from(row.1.shops)),
        integer("shop_jobs", unit!(Jobs), "Owners, family and hired workers.", &|row| i64::from(row.1.jobs)),
        integer("yearly_sales", unit!(Fen / Year), "Sales of the last twelve months.", &|row| {
            row.1.yearly_sales
        }),
        Column::text("trade", "The trade with most shops; empty without shops.", trade),
        integer("taobao_village", unit!(ZeroOrOne), "Whether it meets the published rule.", &|row| {
            i64::from(row.1.taobao)
        }),
    ];
    columns.extend(context::of_villages(rows.iter().map(place)));
    Table::new(
        "village",
        "Villages with a station or a shop, unless the scenario asks for all or none.",
        columns,
    )
}
