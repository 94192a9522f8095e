//! Maps of a run: its counties at the end, or the villages of a run of one or few counties.

use crate::command_error::CommandError;
use crate::report::classes::Classes;
use crate::report::folder::ResultFolder;
use crate::report::map::{Ground, Map, MappedPlace, absent};
use crate::report::region::ReportRegion;
use crate::report::unit::{ShownUnit, capitalised, meaning, shown, texts, words};
use crate::text::number::of;
use maud::{Markup, html};
use sim_core::metrics::outcome::renamed;
use sim_core::metrics::table::{ColumnData, Table};
use sim_core::scenario::Advice;
use std::collections::BTreeMap;

/// What is mapped if nothing is asked for, as far as places differ in it.
const OUTCOMES: [&str; 9] = [
    "stations_open",
    "buying_share",
    "orders_per_open_station",
    "station_orders",
    "shops",
    "better_off_share",
    "delivered_village_share",
    "self_service_parcels",
    "regular",
];
/// Maps of a page, if none are asked for.
const MOST: usize = 4;
/// Runs of fewer counties are mapped by their villages.
const FEW_COUNTIES: usize = 4;
/// Columns that are no outcomes.
const KEYS: [&str; 6] = ["village", "longitude", "latitude", "month", "days", "county"];

/// Places of the last month with all their columns.
struct Places {
    table: Table,
    noun: (&'static str, &'static str),
    /// Rows with a position, and it.
    at: Vec<(usize, MappedPlace)>,
    /// Rows without one.
    lost: usize,
    /// County seats, as landmarks on maps of villages.
    seats: Vec<MappedPlace>,
}

/// The section; nothing if the run has no places with positions.
///
/// # Errors
/// If a table is damaged, or an outcome that was asked for is unknown.
pub fn section(folder: &mut ResultFolder, asked: &[String]) -> Result<Option<Markup>, CommandError> {
    let region = ReportRegion::of(folder);
    let counties = last_month(folder, "county")?.map(|table| of_counties(table, &region));
    let few = counties.as_ref().is_none_or(|places| places.table.rows() < FEW_COUNTIES);
    let villages =
        if few { last_month(folder, "village")?.map(|table| of_villages(table, &region)) } else { None };
    let Some(places) = villages.filter(|places| places.at.len() > 1).or(counties) else {
        return Ok(None);
    };
    let base: Vec<MappedPlace> = places.at.iter().map(|(_, place)| place.clone()).collect();
    let around: Vec<MappedPlace> = base.iter().chain(&places.seats).cloned().collect();
    let Some(ground) =
        Ground::of("outlines", &around, &region).map(|ground| ground.with_seats(places.seats.clone()))
    else {
        return Ok(Some(absent(
            "The places of this run are not in the tables of its region, so that they have no positions.",
        )));
    };
    let outcomes = chosen(&places, asked)?;
    let month = texts(&places.table, "month").last().copied().unwrap_or_default().to_owned();
    let maps: Vec<Markup> = outcomes.iter().filter_map(|name| one(&places, name, &month, &ground)).collect();
    Ok(Some(html! {
        (ground.outlines())
        p {
            "Each point is a " (places.noun.0) ", in " (month) "; much is "
            "larger. Outlines are a background, not authoritative boundaries."
            @if places.noun.0 == "village" {
                " Villages are synthetic: their positions inside the county mean no real village. Squares \
                are county seats." }
        }
        div class="maps" { @for map in &maps { (map) } }
        @if places.lost > 0 {
            p class="note" { (of(places.lost as u64, places.noun.0, places.noun.1))
                " without a known position not shown." }
        }
    }))
}

/// The last month's rows of a table; nothing if there is none.
fn last_month(folder: &mut ResultFolder, name: &str) -> Result<Option<Table>, CommandError> {
    let mut last: Option<(String, Table)> = None;
    folder.parts(name, &|_| true, &mut |part| {
        let months = texts(&part, "month");
        let Some(month) = months.iter().max().map(|month| (*month).to_owned()) else {
            return Ok(());
        };
        let rows = kept(&part, |at| months.get(at).is_some_and(|own| *own == month));
        match &mut last {
            Some((known, _)) if *known > month => Ok(()),
            Some((known, table)) if *known == month => table.append(rows).map_err(|fault| fault.to_string()),
            _ => {
                last = Some((month, rows));
                Ok(())
            }
        }
    })?;
    Ok(last.map(|(_, table)| table))
}

/// The table with some of its rows.
fn kept(table: &Table, keep: impl Fn(usize) -> bool) -> Table {
    fn of<T: Clone>(values: &[T], keep: &impl Fn(usize) -> bool) -> Vec<T> {
        values.iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, value)| value.clone()).collect()
    }
    let mut table = table.clone();
    for column in &mut table.columns {
        column.data = match &column.data {
            ColumnData::Text(values) => {
                let kept = values.iter().enumerate().filter(|(at, _)| keep(*at));
                ColumnData::Text(kept.map(|(_, text)| text).collect())
            }
            ColumnData::Integer(values) => ColumnData::Integer(of(values, &keep)),
            ColumnData::Optional(values) => ColumnData::Optional(of(values, &keep)),
            ColumnData::Real(values) => ColumnData::Real(of(values, &keep)),
            ColumnData::Flag(values) => ColumnData::Flag(of(values, &keep)),
        };
    }
    table
}

fn of_counties(table: Table, region: &ReportRegion) -> Places {
    let known: BTreeMap<String, (f64, f64)> = region
        .geography
        .counties()
        .iter()
        .map(|county| (county.code.to_string(), (county.longitude, county.latitude)))
        .collect();
    let codes = texts(&table, "county");
    let names = texts(&table, "county_name_en");
    let place = |at: usize, code: &str| {
        let &(longitude, latitude) = known.get(code)?;
        let name = names.get(at).copied().unwrap_or_default();
        Some((at, MappedPlace { longitude, latitude, name: format!("{name} ({code})"), value: f64::NAN }))
    };
    let at: Vec<(usize, MappedPlace)> =
        codes.iter().enumerate().filter_map(|(at, code)| place(at, code)).collect();
    Places { noun: ("county", "counties"), lost: table.rows() - at.len(), seats: Vec::new(), at, table }
}

fn of_villages(table: Table, region: &ReportRegion) -> Places {
    let column = |name: &str| table.column(name).and_then(shown).unwrap_or_default();
    let [longitudes, latitudes] = ["longitude", "latitude"].map(column);
    let codes = texts(&table, "county");
    let numbers = table.integers("village").unwrap_or_default();
    let places = longitudes.iter().zip(&latitudes).enumerate();
    let at: Vec<(usize, MappedPlace)> = places
        .filter(|(_, (longitude, latitude))| longitude.is_finite() && latitude.is_finite())
        .map(|(at, (&longitude, &latitude))| {
            let number = numbers.get(at).copied().unwrap_or_default();
            let county = codes.get(at).copied().unwrap_or_default();
            let name = format!("Village {number} of county {county}");
            let place = MappedPlace { longitude, latitude, name, value: f64::NAN };
            (at, place)
        })
        .collect();
    let mut own = codes.clone();
    own.sort_unstable();
    own.dedup();
    let seats = region
        .geography
        .counties()
        .iter()
        .filter(|county| own.contains(&county.code.to_string().as_str()))
        .map(|county| MappedPlace {
            longitude: county.longitude,
            latitude: county.latitude,
            name: county.name_en.clone(),
            value: f64::NAN,
        })
        .collect();
    Places { noun: ("village", "villages"), lost: table.rows() - at.len(), seats, at, table }
}

/// The outcomes to map: those asked for, or the first that differ between places.
fn chosen(places: &Places, asked: &[String]) -> Result<Vec<String>, CommandError> {
    let is_outcome = |name: &str| {
        !KEYS.contains(&name) && places.table.column(name).is_some_and(|column| shown(column).is_some())
    };
    if let Some(unknown) = asked.iter().find(|name| !is_outcome(name)) {
        let known: Vec<&str> = places
            .table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .filter(|name| is_outcome(name))
            .collect();
        let help = match renamed(unknown).filter(|name| known.contains(name)) {
            Some(name) => Advice::NowCalled { name: name.to_owned() }.to_string(),
            None => format!("it has {}", known.join(", ")),
        };
        return Err(CommandError::input(format!(
            "--map {unknown}: the table of {} has no such outcome\n  help: {help}",
            places.noun.1
        )));
    }
    if !asked.is_empty() {
        return Ok(asked.to_vec());
    }
    let differs = |name: &&&str| {
        let values = places.table.column(name).and_then(shown).unwrap_or_default();
        let mut present = values.iter().filter(|value| value.is_finite());
        let first = present.next();
        present.any(|value| Some(value) != first)
    };
    let mut found: Vec<String> =
        OUTCOMES.iter().filter(differs).take(MOST).map(|name| (*name).to_owned()).collect();
    if found.is_empty() {
        found.extend(OUTCOMES.iter().find(|name| is_outcome(name)).map(|name| (*name).to_owned()));
    }
    Ok(found)
}

fn one(places: &Places, name: &str, month: &str, ground: &Ground) -> Option<Markup> {
    let column = places.table.column(name)?;
    let values = shown(column)?;
    let placed: Vec<MappedPlace> = places
        .at
        .iter()
        .map(|(at, place)| MappedPlace {
            value: values.get(*at).copied().unwrap_or(f64::NAN),
            ..place.clone()
        })
        .collect();
    let map = Map {
        title: format!("{}, {month}", capitalised(&titled(name))),
        unit: ShownUnit::of(column.unit).name,
        definition: meaning(&column.definition),
        noun: places.noun,
        classes: Classes::rising(placed.iter().map(|place| place.value)),
        places: &placed,
    };
    Some(map.figure(ground))
}

/// A name in words; the village table's short ones with what they count.
fn titled(name: &str) -> String {
    match name {
        "regular" => "regular online buyers".to_owned(),
        other => words(other),
    }
}
