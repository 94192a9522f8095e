//! Maps: places as points over province outlines.
//!
//! Points and not shapes, because no county outlines with a licence to ship are known to us. Classes have
//! colours of a scale that people with any colour-blindness tell apart, and sizes besides; the key says how
//! many places each has.

use super::classes::{Class, Classes};
use super::region::ReportRegion;
use crate::text::number::compact;
use maud::{Markup, html};
use sim_core::base::math;
use std::fmt::Write;

/// Width of the picture \[pixels\].
const WIDTH: f64 = 400.0;
/// Least and greatest height \[pixels\].
const HEIGHTS: (f64, f64) = (200.0, 300.0);
/// Points of an outline that are nearer than this are left out \[pixels\].
const FINEST: f64 = 0.6;
/// Places spread over more than this are shown on the whole country \[degrees\].
const WIDE: f64 = 12.0;
/// Room around the places of a whole region \[degrees\].
const AROUND: f64 = 0.8;
/// Length of a degree of latitude \[km\].
const DEGREE: f64 = 111.2;
/// Points are larger up to the first of these numbers of places, and smaller from the second on.
const CROWDS: (usize, usize) = (60, 300);

/// A place with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct MappedPlace {
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
    /// Its name.
    pub name: String,
    /// Its value, as shown; not-a-number if it has none.
    pub value: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Bounds {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

/// The ground of one or more maps of the same places.
#[derive(Clone, Debug)]
pub struct Ground {
    id: &'static str,
    bounds: Bounds,
    height: f64,
    shortening: f64,
    seats: Vec<MappedPlace>,
    rings: Vec<Vec<(f64, f64)>>,
    /// Whom a map with these rings has to name.
    credit: String,
}

impl Ground {
    /// A ground on which all these places lie; nothing if there are none. `id` names its outlines in the
    /// page.
    pub fn of(id: &'static str, places: &[MappedPlace], region: &ReportRegion) -> Option<Ground> {
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let span = |value: fn(&MappedPlace) -> f64| {
            let values = places.iter().map(value);
            values.fold(none, |(low, high), value| (low.min(value), high.max(value)))
        };
        let (west, east) = span(|place| place.longitude);
        let (south, north) = span(|place| place.latitude);
        if !(west <= east && south <= north) {
            return None;
        }
        let bounds = if east - west > WIDE || north - south > WIDE {
            country(region)
        } else {
            let room = |low: f64, high: f64| ((high - low) * 0.15).max(0.06);
            let (x, y) = (room(west, east), room(south, north));
            Bounds { west: west - x, east: east + x, south: south - y, north: north + y }
        };
        let (rings, credit) = (region.rings(), region.credit().to_owned());
        Some(Ground { rings, credit, ..Ground::fitted(id, bounds) })
    }

    fn fitted(id: &'static str, mut bounds: Bounds) -> Ground {
        let shortening = math::cos(((bounds.south + bounds.north) / 2.0).to_radians());
        let natural = (bounds.north - bounds.south) / ((bounds.east - bounds.west) * shortening) * WIDTH;
        let height = natural.clamp(HEIGHTS.0, HEIGHTS.1);
        if natural > height {
            let more = (bounds.east - bounds.west) * (natural / height - 1.0) / 2.0;
            (bounds.west, bounds.east) = (bounds.west - more, bounds.east + more);
        } else {
            let more = (bounds.north - bounds.south) * (height / natural - 1.0) / 2.0;
            (bounds.south, bounds.north) = (bounds.south - more, bounds.north + more);
        }
        Ground { id, bounds, height, shortening, seats: Vec::new(), rings: Vec::new(), credit: String::new() }
    }

    /// The ground with county seats, named, as landmarks.
    #[must_use]
    pub fn with_seats(mut self, seats: Vec<MappedPlace>) -> Ground {
        self.seats = seats;
        self
    }

    fn landmarks(&self) -> Markup {
        html! {
            @for seat in &self.seats {
                @let (x, y) = self.pixel(seat.longitude, seat.latitude);
                rect class="seat" x=(format!("{:.1}", x - 2.0)) y=(format!("{:.1}", y - 2.0)) width="4"
                    height="4" {}
                text class="seat" x=(format!("{:.1}", x + 4.0)) y=(format!("{:.1}", y + 3.0)) { (seat.name) }
            }
        }
    }

    fn pixel(&self, longitude: f64, latitude: f64) -> (f64, f64) {
        let scale = WIDTH / (self.bounds.east - self.bounds.west);
        ((longitude - self.bounds.west) * scale, (self.bounds.north - latitude) * scale / self.shortening)
    }

    /// The outlines, once for all maps of this ground.
    pub fn outlines(&self) -> Markup {
        let mut path = String::new();
        for ring in &self.rings {
            self.add(&mut path, ring);
        }
        html! {
            svg class="hidden" width="0" height="0" aria-hidden="true" focusable="false" {
                defs { path id=(self.id) d=(path) {} }
            }
            @if !self.credit.is_empty() { p class="note" { "Map: " (self.credit) } }
        }
    }

    /// Adds a ring to a path, as finely as it can be seen.
    fn add(&self, path: &mut String, ring: &[(f64, f64)]) {
        let mut kept: Vec<(f64, f64)> = Vec::new();
        for &(longitude, latitude) in ring {
            let (x, y) = self.pixel(longitude, latitude);
            let is_near =
                kept.last().is_some_and(|last| (x - last.0).abs() < FINEST && (y - last.1).abs() < FINEST);
            if !is_near {
                kept.push((x, y));
            }
        }
        let inside =
            |&(x, y): &(f64, f64)| (-WIDTH..2.0 * WIDTH).contains(&x) && (-WIDTH..2.0 * WIDTH).contains(&y);
        if kept.len() < 3 || !kept.iter().any(inside) {
            return;
        }
        for (at, (x, y)) in kept.iter().enumerate() {
            let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
        }
        path.push('Z');
    }

    /// A round length for the scale bar \[km\], and its width \[pixels\].
    fn bar(&self) -> (f64, f64) {
        let per_km = WIDTH / ((self.bounds.east - self.bounds.west) * self.shortening * DEGREE);
        let lengths = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
        let fits = lengths.iter().rev().find(|length| *length * per_km <= WIDTH / 4.0);
        let length = fits.copied().unwrap_or(1.0);
        (length, length * per_km)
    }
}

/// A map of one outcome.
#[derive(Clone, Debug)]
pub struct Map<'a> {
    /// The title, without the unit.
    pub title: String,
    /// The unit.
    pub unit: String,
    /// What is shown, in a sentence or two.
    pub definition: String,
    /// What a point is: one, many.
    pub noun: (&'static str, &'static str),
    /// The places.
    pub places: &'a [MappedPlace],
    /// Their classes.
    pub classes: Classes,
}

impl Map<'_> {
    /// The map as a part of a page. The [outlines](Ground::outlines) must be in the page before.
    pub fn figure(&self, ground: &Ground) -> Markup {
        let view = format!("0 0 {WIDTH} {:.0}", ground.height);
        let outlines = format!("#{}", ground.id);
        html! {
            figure class="map" {
                figcaption { strong { (self.title) } @if !self.unit.is_empty() { " " span class="unit" { "["
                    (self.unit) "]" } } }
                svg class="land" role="img" viewBox=(view) {
                    title { (self.about()) }
                    use href=(outlines) class="outline" {}
                    @for place in self.ordered() { (self.point(ground, place)) }
                    (ground.landmarks())
                    (bar(ground))
                }
                (self.key())
                p class="definition" { (self.definition) }
            }
        }
    }

    /// Greater values last, so that they are not hidden.
    fn ordered(&self) -> Vec<&MappedPlace> {
        let mut places: Vec<&MappedPlace> = self.places.iter().collect();
        let rank = |place: &MappedPlace| self.classes.of(place.value).map_or(0, |class| class + 1);
        places.sort_by_key(|place| rank(place));
        places
    }

    fn point(&self, ground: &Ground, place: &MappedPlace) -> Markup {
        let scale = match self.places.len() {
            few if few <= CROWDS.0 => 1.8,
            many if many >= CROWDS.1 => 0.75,
            _ => 1.0,
        };
        let class = self.classes.of(place.value).and_then(|at| self.classes.all.get(at));
        let value = match class {
            Some(_) => format!("{} {}", compact(place.value), self.unit),
            None => "no value".to_owned(),
        };
        let title = format!("{}: {value}", place.name);
        mark(class, scale, ground.pixel(place.longitude, place.latitude), &title)
    }

    fn about(&self) -> String {
        let mut named: Vec<&MappedPlace> =
            self.places.iter().filter(|place| place.value.is_finite()).collect();
        named.sort_by(|a, b| b.value.total_cmp(&a.value));
        let most: Vec<String> =
            named.iter().take(3).map(|place| format!("{} {}", place.name, compact(place.value))).collect();
        format!(
            "Map of {} {}: {} [{}]. Greatest: {}.",
            self.places.len(),
            if self.places.len() == 1 { self.noun.0 } else { self.noun.1 },
            self.title,
            self.unit,
            most.join(", ")
        )
    }

    fn key(&self) -> Markup {
        let count = |class: Option<usize>| {
            self.places.iter().filter(|place| self.classes.of(place.value) == class).count()
        };
        let nouned = |count: usize| format!("{count} {}", if count == 1 { self.noun.0 } else { self.noun.1 });
        html! {
            ul class="keys" {
                @for (at, class) in self.classes.all.iter().enumerate() {
                    li { (swatch(Some(class))) " " (class.label) " " span class="unit" { "("
                        (nouned(count(Some(at)))) ")" } }
                }
                @if count(None) > 0 {
                    li { (swatch(None)) " no value " span class="unit" { "(" (nouned(count(None))) ")" } }
                }
            }
        }
    }
}

fn swatch(class: Option<&Class>) -> Markup {
    html! { svg class="dot" viewBox="0 0 12 12" aria-hidden="true" { (mark(class, 1.0, (6.0, 6.0), "")) } }
}

/// A point of a class: rising ones are discs, falling ones (of a map of change) diamonds.
fn mark(class: Option<&Class>, scale: f64, (x, y): (f64, f64), title: &str) -> Markup {
    let title = html! { @if !title.is_empty() { title { (title) } } };
    let Some(class) = class else {
        return html! { circle class="none" cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="1.4" { (title) }
        };
    };
    let size = class.size * scale;
    if class.is_falling {
        let size = format!("{:.2}", size * 1.25).parse().unwrap_or(size);
        let path = format!("M{x:.1} {:.1}l{size} {size}l-{size} {size}l-{size} -{size}Z", y - size);
        return html! { path class=(class.style) d=(path) { (title) } };
    }
    html! { circle class=(class.style) cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r=(format!("{size:.2}"))
    { (title) } }
}

fn bar(ground: &Ground) -> Markup {
    let (length, width) = ground.bar();
    let (left, low) = (8.0, ground.height - 8.0);
    let path = format!("M{left} {:.1}v4h{width:.1}v-4", low - 4.0);
    html! {
        path class="scale" d=(path) {}
        text class="scale" x=(left) y=(format!("{:.1}", low - 6.0)) { (compact(length)) " km" }
    }
}

/// Where all counties of a region lie, with some room.
fn country(region: &ReportRegion) -> Bounds {
    let none = Bounds {
        west: f64::INFINITY,
        east: f64::NEG_INFINITY,
        south: f64::INFINITY,
        north: f64::NEG_INFINITY,
    };
    region.geography.counties().iter().fold(none, |all, county| Bounds {
        west: all.west.min(county.longitude - AROUND),
        east: all.east.max(county.longitude + AROUND),
        south: all.south.min(county.latitude - AROUND),
        north: all.north.max(county.latitude + AROUND),
    })
}

/// Nothing that is drawn: a map that could not be made, and why.
pub fn absent(why: &str) -> Markup {
    html! { p class="note" { (why) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> ReportRegion {
        ReportRegion::from(sim_core::region::Region::home().clone())
    }

    fn place(longitude: f64, latitude: f64) -> MappedPlace {
        MappedPlace { longitude, latitude, name: "<b>".to_owned(), value: 1.0 }
    }

    #[test]
    fn every_place_lies_inside_north_is_up_and_names_are_escaped() {
        for places in [
            vec![place(119.7, 29.8)],
            vec![place(100.0, 25.0), place(101.0, 27.5)],
            vec![place(75.0, 39.0), place(130.0, 47.0), place(110.0, 19.0)],
        ] {
            let ground = Ground::of("x", &places, &home()).unwrap();
            for place in &places {
                let (x, y) = ground.pixel(place.longitude, place.latitude);
                assert!((0.0..=WIDTH).contains(&x) && (0.0..=ground.height).contains(&y), "{x} {y}");
            }
            assert!(ground.pixel(100.0, 30.0).1 > ground.pixel(100.0, 31.0).1);
            let map = Map {
                title: "t".into(),
                unit: "u".into(),
                definition: String::new(),
                noun: ("county", "counties"),
                classes: Classes::rising(places.iter().map(|place| place.value)),
                places: &places,
            };
            let text = map.figure(&ground).into_string();
            assert!(!text.contains("<b>") && text.contains("&lt;b&gt;"));
        }
        assert!(Ground::of("x", &[], &home()).is_none());
    }

    #[test]
    fn outlines_are_light_enough_for_a_page() {
        assert!(home().rings().len() >= 34);
        let ground = Ground::of("x", &[place(75.0, 39.0), place(130.0, 47.0)], &home()).unwrap();
        let bytes = ground.outlines().into_string().len();
        assert!((20_000..150_000).contains(&bytes), "{bytes}");
    }
}
