//! The map of a region: its places by their households.

use super::classes::Classes;
use super::map::{Ground, Map, MappedPlace, absent};
use super::region::ReportRegion;
use maud::{Markup, html};
use sim_core::region::Region;
use sim_core::world::CountyRecord;
use std::sync::Arc;

/// A map of places with their households.
pub fn map(region: &Arc<Region>, all: &[(&CountyRecord, f64)]) -> Markup {
    let place = |(county, households): &(&CountyRecord, f64)| MappedPlace {
        longitude: county.longitude,
        latitude: county.latitude,
        name: county.name_en.clone(),
        value: *households,
    };
    let places: Vec<MappedPlace> = all.iter().map(place).collect();
    let Some(ground) = Ground::of("outlines", &places, &ReportRegion::from(region.clone())) else {
        return absent("The region has no places.");
    };
    let map = Map {
        title: "Rural households".to_owned(),
        unit: "households".to_owned(),
        definition: "Each point is a place of the second level, at its seat.".to_owned(),
        noun: ("place", "places"),
        classes: Classes::rising(places.iter().map(|place| place.value)),
        places: &places,
    };
    html! { (ground.outlines()) div class="maps" { (map.figure(&ground)) } }
}
