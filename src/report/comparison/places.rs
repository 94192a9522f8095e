//! Where on the map two scenarios differ: the villages of few counties, or the counties of many.

use crate::command_error::CommandError;
use crate::report::classes::Classes;
use crate::report::folder::ResultFolder;
use crate::report::map::{Ground, Map, MappedPlace};
use crate::report::region::ReportRegion;
use crate::report::unit::{ShownUnit, capitalised, real_at, text_at, texts, words};
use maud::{Markup, html};
use sim_core::metrics::table::Table;
use std::collections::BTreeMap;

/// Comparisons of fewer counties are mapped by their villages.
const FEW_COUNTIES: usize = 4;

/// The section; nothing if there are no places with positions.
///
/// # Errors
/// If a table is damaged.
pub fn section(folder: &mut ResultFolder) -> Result<Option<Markup>, CommandError> {
    let region = ReportRegion::of(folder);
    let Some(counties) = folder.table("counties", &|_| true)? else {
        return Ok(None);
    };
    if counties.rows() < FEW_COUNTIES
        && let Some(villages) = folder.table("villages", &|_| true)?
    {
        return Ok(of_villages(&villages, &counties, &region));
    }
    Ok(of_counties(folder, &counties, &region))
}

fn positions(region: &ReportRegion) -> BTreeMap<String, (f64, f64)> {
    let all = region.geography.counties();
    all.iter().map(|county| (county.code.to_string(), (county.longitude, county.latitude))).collect()
}

/// The counties of a table with a value each, those with a known position.
fn placed(table: &Table, region: &ReportRegion, value: impl Fn(usize) -> f64) -> Vec<MappedPlace> {
    let known = positions(region);
    let codes = texts(table, "county");
    let place = |(at, code): (usize, &&str)| {
        let &(longitude, latitude) = known.get(*code)?;
        Some(MappedPlace {
            longitude,
            latitude,
            name: format!("{} ({code})", text_at(table, "county_name_en", at)),
            value: value(at),
        })
    };
    codes.iter().enumerate().filter_map(place).collect()
}

fn of_counties(folder: &ResultFolder, table: &Table, region: &ReportRegion) -> Option<Markup> {
    let column = table.column("change");
    let unit = ShownUnit::of(column.map_or(sim_core::base::Unit::NONE, |column| column.unit));
    let places = placed(table, region, |at| real_at(table, "change", at) * unit.scale);
    let ground = Ground::of("outlines", &places, region).filter(|_| places.len() > 1)?;
    let map = Map {
        title: "Change, mean over seeds".to_owned(),
        unit: unit.of_change(),
        definition: description(folder, "counties").replace('_', " "),
        noun: ("county", "counties"),
        classes: Classes::changing(places.iter().map(|place| place.value)),
        places: &places,
    };
    Some(html! {
        (ground.outlines())
        p { "Each point is a county; discs rise, diamonds fall, and what changes much is larger. \
            Outlines are a background, not authoritative boundaries." }
        div class="maps" { (map.figure(&ground)) }
    })
}

/// A map for each outcome that changes in some village.
fn of_villages(table: &Table, counties: &Table, region: &ReportRegion) -> Option<Markup> {
    let [codes, outcomes] = ["county", "outcome"].map(|name| texts(table, name));
    let numbers = table.integers("village").unwrap_or_default();
    let of = |outcome: &str| -> (Vec<MappedPlace>, ShownUnit, String) {
        let rows: Vec<usize> =
            (0..outcomes.len()).filter(|&at| outcomes.get(at).is_some_and(|name| *name == outcome)).collect();
        let first = rows.first().copied().unwrap_or_default();
        let unit = ShownUnit::named(text_at(table, "unit", first));
        let place = |&at: &usize| MappedPlace {
            longitude: real_at(table, "longitude", at),
            latitude: real_at(table, "latitude", at),
            name: format!(
                "Village {} of county {}",
                numbers.get(at).copied().unwrap_or_default(),
                codes.get(at).copied().unwrap_or_default()
            ),
            value: real_at(table, "change", at) * unit.scale,
        };
        let places =
            rows.iter().map(place).filter(|place| place.longitude.is_finite() && place.latitude.is_finite());
        (places.collect(), unit, text_at(table, "definition", first).to_owned())
    };
    let mut names = outcomes.clone();
    names.sort_unstable();
    names.dedup();
    // In the order of the table, which is that of their weight.
    names.sort_by_key(|name| outcomes.iter().position(|outcome| outcome == name));
    let seats = placed(counties, region, |_| f64::NAN);
    let (all, ..) = of(names.first()?);
    let around: Vec<MappedPlace> = all.into_iter().chain(seats.iter().cloned()).collect();
    let ground = Ground::of("outlines", &around, region).filter(|_| around.len() > 1)?.with_seats(seats);
    let maps: Vec<Markup> = names
        .iter()
        .filter_map(|name| {
            let (places, unit, definition) = of(name);
            let changes = places.iter().any(|place| place.value.is_finite() && place.value != 0.0);
            changes.then(|| {
                Map {
                    title: format!("{}: change, mean over seeds", capitalised(&words(name))),
                    unit: unit.of_change(),
                    definition,
                    noun: ("village", "villages"),
                    classes: Classes::changing(places.iter().map(|place| place.value)),
                    places: &places,
                }
                .figure(&ground)
            })
        })
        .collect();
    if maps.is_empty() {
        return None;
    }
    Some(html! {
        (ground.outlines())
        p {
            "Each point is a village at the end of the runs; discs rise, diamonds fall, and what changes \
                much is larger. Villages are synthetic: "
            "their positions inside the county mean no real village. Squares are county seats."
        }
        div class="maps" { @for map in &maps { (map) } }
    })
}

/// What the manifest says of a table.
fn description(folder: &ResultFolder, name: &str) -> String {
    let files = folder.manifest().get("files").and_then(serde_json::Value::as_array);
    let is_named = |file: &&serde_json::Value| {
        let file = file.get("name").and_then(serde_json::Value::as_str);
        file.and_then(|file| file.split('.').next()) == Some(name)
    };
    let file = files.into_iter().flatten().find(is_named);
    file.and_then(|file| file.get("description")?.as_str()).unwrap_or_default().to_owned()
}
