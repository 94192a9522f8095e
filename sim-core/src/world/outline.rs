//! Outlines of counties, within which their towns and villages lie.
//!
//! China's are part of the program as TopoJSON (1.7 MB): borders are stored once for both sides, in
//! whole steps of about 50 m. They are read once per process, borders are kept (1 MB), and a county's rings
//! are put together when it is built. Plain json is read in milliseconds; compressed it would need another
//! dependency in the core. Rejected: the crate `topojson` (no release since its version 0.5), which makes a
//! tree of every number before it makes borders; `geo` for the test below, as ten lines of plain arithmetic
//! give equal bits on every machine.
//!
//! Outlines are simplified to about a kilometre. They are the area in which villages lie, not an
//! authoritative boundary. Eleven counties have none.

use super::county_record::CountyRecord;
use super::distance::EARTH_RADIUS;
use crate::base::{CountyCode, math};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How far outside the box around its outline a county's seat may lie \[degrees\]: some county governments
/// sit in the city next door.
const NEAR: f64 = 0.2;

/// A corner: longitude and latitude \[degrees\].
type Corner = (f64, f64);

/// All outlines of the program.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    borders: Vec<Vec<[f32; 2]>>,
    counties: BTreeMap<CountyCode, Vec<Polygon>>,
}

/// Rings as borders, the outer one first; a border walked backwards is the complement of its index.
type Polygon = Vec<Vec<i32>>;

/// The outline of a county.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    /// Closed rings: the last corner is the first.
    rings: Vec<Ring>,
    bounds: DegreeBox,
    /// The sides that reach into each of equally high bands of its box, from south to north: a point is held
    /// against those of its band only, which saves nine tenths of the work.
    bands: Vec<Vec<Side>>,
}

/// A side of a ring, from corner to corner.
#[derive(Clone, Copy, Debug)]
struct Side {
    from: Corner,
    to: Corner,
}

#[derive(Clone, Debug)]
struct Ring {
    corners: Vec<Corner>,
    /// Whether it bounds land from outside, not a hole in it.
    outer: bool,
}

/// A rectangle of longitudes and latitudes \[degrees\].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct DegreeBox {
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

impl Outlines {
    /// Those of a file: GeoJSON whose features have the property `code`, or TopoJSON.
    pub(super) fn read(bytes: &[u8]) -> Option<Outlines> {
        Outlines::of_features(bytes).or_else(|| Outlines::of_topology(bytes))
    }

    /// How many counties have one.
    pub(super) fn count(&self) -> usize {
        self.counties.len()
    }

    fn of_features(bytes: &[u8]) -> Option<Outlines> {
        let collection: Features = serde_json::from_slice(bytes).ok()?;
        let mut outlines = Outlines::default();
        for feature in collection.features {
            let polygons = match feature.geometry {
                Shape::Polygon { coordinates } => vec![coordinates],
                Shape::MultiPolygon { coordinates } => coordinates,
            };
            let mut add = |ring: Vec<Vec<f64>>| {
                let corner = |at: &Vec<f64>| Some([*at.first()? as f32, *at.get(1)? as f32]);
                outlines.borders.push(ring.iter().filter_map(corner).collect());
                vec![outlines.borders.len() as i32 - 1]
            };
            let polygons: Vec<Polygon> =
                polygons.into_iter().map(|rings| rings.into_iter().map(&mut add).collect()).collect();
            outlines.counties.entry(CountyCode(feature.properties.code)).or_default().extend(polygons);
        }
        Some(outlines)
    }

    fn of_topology(bytes: &[u8]) -> Option<Outlines> {
        let topology: Topology = serde_json::from_slice(bytes).ok()?;
        let borders = topology.arcs.iter().map(|arc| topology.transform.corners(arc)).collect();
        let counties = topology.objects.data.geometries.into_iter().filter_map(Geometry::read).collect();
        Some(Outlines { borders, counties })
    }

    /// The outline of a county, if there is one.
    fn of(&self, code: CountyCode) -> Option<Outline> {
        let polygons = self.counties.get(&code)?;
        let rings = polygons.iter().flat_map(|rings| {
            let outer = std::iter::once(true).chain(std::iter::repeat(false));
            rings.iter().zip(outer).map(|(borders, outer)| Ring { corners: self.ring(borders), outer })
        });
        Some(Outline::of(rings.collect()))
    }

    /// The outline of a county as its table has it, unless its seat lies elsewhere: a user's table may give a
    /// code to another place.
    pub(super) fn around(&self, record: &CountyRecord) -> Option<Outline> {
        let outline = self.of(record.code)?;
        let bounds = outline.bounds();
        let near = bounds.west - NEAR <= record.longitude
            && record.longitude <= bounds.east + NEAR
            && bounds.south - NEAR <= record.latitude
            && record.latitude <= bounds.north + NEAR;
        near.then_some(outline)
    }

    fn ring(&self, borders: &[i32]) -> Vec<Corner> {
        let mut corners: Vec<Corner> = Vec::new();
        for &border in borders {
            let backwards = border < 0;
            let index = if backwards { !border } else { border };
            let Some(border) = self.borders.get(index as usize) else { continue };
            // A border begins where the last one ended.
            corners.pop();
            let corner = |&[east, north]: &[f32; 2]| (f64::from(east), f64::from(north));
            if backwards {
                corners.extend(border.iter().rev().map(corner));
            } else {
                corners.extend(border.iter().map(corner));
            }
        }
        corners
    }
}

impl Outline {
    fn of(rings: Vec<Ring>) -> Outline {
        let bounds = bounds_of(&rings);
        let mut outline = Outline { rings, bounds, bands: vec![Vec::new(); BANDS] };
        for ring in &outline.rings {
            for side in ring.corners.windows(2) {
                let [from, to] = *side else { continue };
                let (south, north) = (from.1.min(to.1), from.1.max(to.1));
                let bands = band(bounds, south)..=band(bounds, north);
                outline.bands[bands].iter_mut().for_each(|band| band.push(Side { from, to }));
            }
        }
        outline
    }

    /// Whether a point lies within: a ray to the east crosses the rings an odd number of times.
    pub(super) fn contains(&self, longitude: f64, latitude: f64) -> bool {
        let mut inside = false;
        for &Side { from: (x, y), to: (to_x, to_y) } in &self.bands[band(self.bounds, latitude)] {
            if (y > latitude) != (to_y > latitude) && longitude < x + (latitude - y) * (to_x - x) / (to_y - y)
            {
                inside = !inside;
            }
        }
        inside
    }

    /// The land within \[km²\], on a sphere.
    pub(super) fn area(&self) -> f64 {
        let land = |ring: &Ring| {
            let sides = ring.corners.windows(2).map(|side| match *side {
                [(x, y), (to_x, to_y)] => {
                    let height = 2.0 + math::sin(y.to_radians()) + math::sin(to_y.to_radians());
                    (to_x - x).to_radians() * height
                }
                _ => 0.0,
            });
            let area = sides.sum::<f64>().abs() * 0.5 * EARTH_RADIUS * EARTH_RADIUS;
            if ring.outer { area } else { -area }
        };
        self.rings.iter().map(land).sum()
    }

    /// The smallest box around it.
    pub(super) fn bounds(&self) -> DegreeBox {
        self.bounds
    }
}

/// Bands of an outline.
const BANDS: usize = 32;

/// The band of a latitude; beyond the box, the first or the last. It rises with the latitude, so that every
/// side that crosses a latitude is in that latitude's band.
fn band(bounds: DegreeBox, latitude: f64) -> usize {
    let height = (bounds.north - bounds.south).max(f64::MIN_POSITIVE);
    let share = (latitude - bounds.south) / height;
    ((share * BANDS as f64) as usize).min(BANDS - 1)
}

fn bounds_of(rings: &[Ring]) -> DegreeBox {
    let none = DegreeBox {
        west: f64::INFINITY,
        south: f64::INFINITY,
        east: f64::NEG_INFINITY,
        north: f64::NEG_INFINITY,
    };
    let corners = rings.iter().flat_map(|ring| &ring.corners);
    corners.fold(none, |around, &(x, y)| DegreeBox {
        west: around.west.min(x),
        south: around.south.min(y),
        east: around.east.max(x),
        north: around.north.max(y),
    })
}

#[derive(Deserialize)]
struct Features {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Shape,
}

#[derive(Deserialize)]
struct Properties {
    code: u32,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Shape {
    Polygon { coordinates: Vec<Vec<Vec<f64>>> },
    MultiPolygon { coordinates: Vec<Vec<Vec<Vec<f64>>>> },
}

#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    arcs: Vec<Vec<[i32; 2]>>,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    data: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon { id: String, arcs: Polygon },
    MultiPolygon { id: String, arcs: Vec<Polygon> },
}

impl Transform {
    /// The corners of an arc, which stores steps from corner to corner.
    fn corners(&self, steps: &[[i32; 2]]) -> Vec<[f32; 2]> {
        let (mut x, mut y) = (0_i32, 0_i32);
        let mut corner = |&[east, north]: &[i32; 2]| {
            (x, y) = (x.saturating_add(east), y.saturating_add(north));
            let at =
                |steps: i32, axis: usize| (f64::from(steps) * self.scale[axis] + self.translate[axis]) as f32;
            [at(x, 0), at(y, 1)]
        };
        steps.iter().map(&mut corner).collect()
    }
}

impl Geometry {
    fn read(self) -> Option<(CountyCode, Vec<Polygon>)> {
        let (id, polygons) = match self {
            Geometry::Polygon { id, arcs } => (id, vec![arcs]),
            Geometry::MultiPolygon { id, arcs } => (id, arcs),
        };
        Some((CountyCode(id.parse().ok()?), polygons))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square of one degree at the equator with a square hole, its east border shared with nobody.
    const SQUARE: &[u8] = br#"{"type": "Topology", "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
        "arcs": [[[0, 0], [10, 0], [0, 10]], [[0, 0], [0, 10], [10, 0]],
                 [[4, 4], [2, 0], [0, 2], [-2, 0], [0, -2]]],
        "objects": {"data": {"geometries": [{"type": "Polygon", "id": "110101", "arcs": [[0, -2], [2]]}]}}}"#;

    #[test]
    fn a_square_with_a_hole_is_as_large_as_it_is() {
        let square = Outlines::read(SQUARE).unwrap().of(CountyCode(110_101)).unwrap();
        assert!(square.contains(0.2, 0.2) && square.contains(0.9, 0.5));
        assert!(!square.contains(0.5, 0.5) && !square.contains(1.1, 0.5) && !square.contains(0.5, -0.1));
        // A degree at the equator is 111.195 km.
        let expected = 111.195 * 111.195 * (1.0 - 0.04);
        assert!((square.area() / expected - 1.0).abs() < 1e-4, "{}", square.area());
        assert_eq!(square.bounds(), DegreeBox { west: 0.0, south: 0.0, east: 1.0, north: 1.0 });
    }

    fn topology() -> &'static [u8] {
        crate::region::Region::home().file("outlines.geojson").unwrap()
    }

    #[test]
    fn a_square_of_geojson_is_as_large_as_it_is() {
        let square = br#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties":
            {"code": 7, "name": "x"}, "geometry": {"type": "Polygon", "coordinates":
            [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}}]}"#;
        let outline = Outlines::read(square).unwrap().of(CountyCode(7)).unwrap();
        assert!(outline.contains(0.5, 0.5) && !outline.contains(1.5, 0.5));
        assert!((outline.area() / (111.195 * 111.195) - 1.0).abs() < 1e-4, "{}", outline.area());
    }

    #[test]
    fn the_embedded_outlines_are_whole() {
        let outlines = Outlines::read(topology()).unwrap();
        assert_eq!(outlines.counties.len(), 2_724);
        let outline = |code| outlines.of(CountyCode(code)).unwrap();
        // Tonglu has 1,825 km² by its yearbook; its seat is at 119.7 east, 29.8 north.
        let tonglu = outline(330_122);
        assert!((tonglu.area() / 1_825.0 - 1.0).abs() < 0.05, "{}", tonglu.area());
        assert!(tonglu.contains(119.69, 29.79) && !tonglu.contains(119.69, 30.79));
        assert!(outlines.of(CountyCode(1)).is_none());
        let land: f64 = outlines.counties.keys().map(|&code| outlines.of(code).unwrap().area()).sum();
        assert!((9.2e6..9.7e6).contains(&land), "{land}");
    }

    #[test]
    fn other_bytes_are_no_outlines() {
        assert!(Outlines::read(b"{}").is_none());
        assert!(Outlines::read(&topology()[..topology().len() / 2]).is_none());
    }
}
