//! Distances on the Earth.
//!
//! A sphere of 6,371.0088 km (the IUGG mean radius); an ellipsoid would change distances by at most 0.6 %,
//! far less than the invented detours of roads.

use crate::base::math;

/// The Earth's mean radius \[km\] (IUGG).
pub(crate) const EARTH_RADIUS: f64 = 6_371.008_8;

/// Kilometres in a degree of latitude.
pub(crate) const KM_PER_DEGREE: f64 = EARTH_RADIUS * std::f64::consts::PI / 180.0;

/// The great-circle distance between two points given in degrees \[km\].
pub fn great_circle_km(longitude: f64, latitude: f64, to_longitude: f64, to_latitude: f64) -> f64 {
    let squared = chord_squared(unit_vector(longitude, latitude), unit_vector(to_longitude, to_latitude));
    arc_km(squared)
}

/// The point on the unit sphere at this longitude and latitude \[degrees\].
pub(super) fn unit_vector(longitude: f64, latitude: f64) -> [f64; 3] {
    let (east, north) = (longitude.to_radians(), latitude.to_radians());
    let level = math::cos(north);
    [level * math::cos(east), level * math::sin(east), math::sin(north)]
}

/// The squared straight distance between two points of the unit sphere.
pub(super) fn chord_squared(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (x, y, z) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    x * x + y * y + z * z
}

/// The arc under a squared chord of the unit sphere \[km\].
pub(super) fn arc_km(chord_squared: f64) -> f64 {
    2.0 * EARTH_RADIUS * arcsine((chord_squared.sqrt() * 0.5).min(1.0))
}

/// The arcsine on 0 to 1, to about 1e-11, by its power series: `base::math` has none, and plain arithmetic
/// is equal everywhere.
fn arcsine(x: f64) -> f64 {
    if x > 0.5 {
        return std::f64::consts::FRAC_PI_2 - 2.0 * arcsine(((1.0 - x) * 0.5).sqrt());
    }
    let (mut power, mut sum) = (x, x);
    for n in 0..13 {
        let n = f64::from(n);
        power *= x * x * (2.0 * n + 1.0) / (2.0 * n + 2.0);
        sum += power / (2.0 * n + 3.0);
    }
    sum
}

/// Moves a point given in degrees by kilometres east and north: good to 1 % within 200 km of China's seats.
pub(super) fn moved(longitude: f64, latitude: f64, east: f64, north: f64) -> (f64, f64) {
    let level = math::cos(latitude.to_radians()).max(0.05);
    (longitude + east / (KM_PER_DEGREE * level), latitude + north / KM_PER_DEGREE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances() {
        // Beijing to Shanghai (city centres) is 1,067 km; a quarter of the equator is 10,007.6 km.
        let beijing_shanghai = great_circle_km(116.4074, 39.9042, 121.4737, 31.2304);
        assert!((beijing_shanghai - 1067.3).abs() < 1.0, "{beijing_shanghai}");
        let quarter = great_circle_km(0.0, 0.0, 90.0, 0.0);
        assert!((quarter - EARTH_RADIUS * std::f64::consts::FRAC_PI_2).abs() < 1e-6);
        assert!((great_circle_km(0.0, 0.0, 180.0, 0.0) - 2.0 * quarter).abs() < 1e-6);
        assert_eq!(great_circle_km(100.0, 30.0, 100.0, 30.0), 0.0);
    }

    #[test]
    fn moving_and_measuring_agree() {
        for (longitude, latitude) in [(110.3, 19.9), (87.6, 43.8), (122.4, 52.3)] {
            let (x, y) = moved(longitude, latitude, 30.0, 40.0);
            let distance = great_circle_km(longitude, latitude, x, y);
            assert!((distance - 50.0).abs() < 0.5, "{distance}");
        }
    }
}
