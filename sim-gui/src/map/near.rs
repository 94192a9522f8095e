//! What is drawn one by one when few villages are in view: roads to towns, stations, trucks on their rounds,
//! parcels.
//!
//! Trucks are placed by the day's timetable: they leave the county seat at the hour of departure, drive a
//! round through the open stations of a part of the county, and are back in the afternoon. The recorded run
//! keeps months, not minutes, so the hour is the window's own while it plays; rounds and parcels are the
//! model's rules, drawn.

use super::camera::Camera;
use super::layer::Scale;
use crate::theme::Palette;
use crate::work::frame::{Frame, Places};
use egui::{FontId, Painter, Pos2, Rect, Stroke, Vec2, vec2};

/// Villages in view at which the near view begins.
pub const FEW: usize = 500;

/// Stations on one truck's round (the model's default).
const ROUND: usize = 12;

/// What of the near view is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Roads to towns.
    pub roads: bool,
    /// Stations and villages.
    pub stations: bool,
    /// Trucks and parcels.
    pub trucks: bool,
}

/// The villages in view, if they are few.
pub fn villages(places: &Places, camera: &Camera, view: Rect) -> Option<Vec<usize>> {
    let [west, east, south, north] = camera.bounds(view);
    let inside = |at: &usize| {
        let (longitude, latitude) = (places.longitude[*at], places.latitude[*at]);
        (west..=east).contains(&longitude) && (south..=north).contains(&latitude)
    };
    let found: Vec<usize> = (0..places.len()).filter(inside).take(FEW + 1).collect();
    (found.len() <= FEW && !found.is_empty()).then_some(found)
}

/// The near view.
pub struct Near<'n> {
    /// Where it is drawn.
    pub view: Rect,
    /// What is looked at.
    pub camera: Camera,
    /// Colours.
    pub palette: Palette,
    /// Places.
    pub places: &'n Places,
    /// How things stand.
    pub frame: &'n Frame,
    /// What the colours of villages show, and how.
    pub values: &'n [f32],
    /// From values to colours.
    pub scale: Scale,
    /// The hour of the day, 0 to 24.
    pub hour: f32,
    /// Whether names are in Chinese.
    pub is_chinese: bool,
}

impl Near<'_> {
    fn point(&self, longitude: f32, latitude: f32) -> Pos2 {
        self.camera.point(self.view, longitude, latitude)
    }

    fn village(&self, at: usize) -> Pos2 {
        self.point(self.places.longitude[at], self.places.latitude[at])
    }

    /// Draws it, with the villages seen.
    pub fn draw(&self, painter: &Painter, seen: &[usize], shown: Shown) {
        let mut counties: Vec<usize> = seen.iter().map(|&at| self.places.county[at] as usize).collect();
        counties.dedup();
        if shown.roads {
            self.roads(painter, seen);
        }
        for &county in counties.iter().filter(|_| shown.trucks) {
            self.trucks(painter, county);
        }
        for &at in seen.iter().filter(|_| shown.stations) {
            self.mark(painter, at);
        }
        self.seats(painter, &counties);
    }

    /// County seats, and their names where there is room: right of the seat, else left, above or below.
    fn seats(&self, painter: &Painter, counties: &[usize]) {
        let places = counties.iter().filter_map(|&county| self.places.atlas.counties.get(county));
        let seats: Vec<(Pos2, &str)> = places
            .map(|place| {
                let name = if self.is_chinese { &place.name } else { &place.name_en };
                (self.point(place.longitude as f32, place.latitude as f32), name.as_str())
            })
            .filter(|(at, _)| self.view.contains(*at))
            .collect();
        let square = |at: Pos2| Rect::from_center_size(at, Vec2::splat(13.0));
        let mut taken: Vec<Rect> = seats.iter().map(|(at, _)| square(*at)).collect();
        for &(at, name) in &seats {
            painter.rect_filled(square(at), 2.0, self.palette.ink);
            let galley =
                painter.layout_no_wrap(name.to_owned(), FontId::proportional(13.0), self.palette.ink);
            let half = galley.size() / 2.0;
            let around = [
                vec2(10.0 + half.x, 0.0),
                vec2(-10.0 - half.x, 0.0),
                vec2(0.0, -9.0 - half.y),
                vec2(0.0, 9.0 + half.y),
            ];
            let room = around.map(|shift| Rect::from_center_size(at + shift, galley.size()));
            let free = |rect: &&Rect| {
                self.view.contains_rect(**rect) && !taken.iter().any(|other| other.intersects(**rect))
            };
            let Some(rect) = room.iter().find(free).copied() else {
                continue;
            };
            taken.push(rect);
            for shift in [vec2(1.0, 1.0), vec2(-1.0, -1.0), vec2(1.0, -1.0), vec2(-1.0, 1.0)] {
                let ground = self.palette.ground;
                painter.galley_with_override_text_color(rect.min + shift, galley.clone(), ground);
            }
            painter.galley(rect.min, galley, self.palette.ink);
        }
    }

    fn roads(&self, painter: &Painter, seen: &[usize]) {
        for &at in seen {
            let (county, village) = self.places.split(at);
            let place = self.places.atlas.counties.get(county);
            let town = place.and_then(|place| {
                let village = place.villages.get(village)?;
                Some((place, place.towns.get(usize::from(village.town))?))
            });
            let Some((place, town)) = town else { continue };
            let hub = self.point(town.longitude, town.latitude);
            painter.line_segment([self.village(at), hub], Stroke::new(1.0, self.palette.grid));
            let seat = self.point(place.longitude as f32, place.latitude as f32);
            painter.line_segment([hub, seat], Stroke::new(1.6, self.palette.grid));
        }
    }

    /// A village: a disc with the colour of what the map shows, the larger the more of its households buy; a
    /// square around it if its station is open, a ring if it is a Taobao village.
    fn mark(&self, painter: &Painter, village: usize) {
        let (at, share) = (self.village(village), self.frame.regular(village));
        let radius = 2.5 + 5.0 * share.sqrt();
        let value = self.values.get(village).copied().unwrap_or(f32::NAN);
        painter.circle_filled(at, radius, self.scale.colour(&self.palette, value));
        if self.frame.has_station(village) {
            let square = Rect::from_center_size(at, Vec2::splat(2.0 * radius + 5.0));
            let stroke = Stroke::new(2.0, self.palette.present);
            painter.rect_stroke(square, 1.0, stroke, egui::StrokeKind::Middle);
        }
        if self.frame.is_taobao(village) {
            painter.circle_stroke(at, radius + 6.0, Stroke::new(2.5, self.palette.series[3]));
        }
    }

    /// The trucks of a county: a round for every dozen stations, those of one town together.
    fn trucks(&self, painter: &Painter, county: usize) {
        let Some(place) = self.places.atlas.counties.get(county) else {
            return;
        };
        let first = self.places.first[county];
        let open = (0..place.villages.len()).filter(|&at| self.frame.has_station(first + at));
        let mut open: Vec<usize> = open.collect();
        open.sort_by_key(|&at| (place.villages[at].town, at));
        let seat = self.point(place.longitude as f32, place.latitude as f32);
        for (number, stops) in open.chunks(ROUND).enumerate() {
            let stops = stops.iter().map(|&at| self.village(first + at));
            let round: Vec<Pos2> = std::iter::once(seat).chain(stops).chain([seat]).collect();
            // Out from 8 to about 17 o'clock, each round a little later than the one before.
            self.truck(painter, &round, (self.hour - 8.0 - 0.2 * number as f32) / 9.0);
        }
    }

    /// A truck at a share of its round, and parcels on the shelves of the stations it has passed.
    fn truck(&self, painter: &Painter, round: &[Pos2], share: f32) {
        let faint = self.palette.series[2].gamma_multiply(0.35);
        painter.add(egui::Shape::line(round.to_vec(), Stroke::new(1.4, faint)));
        if !(0.0..1.0).contains(&share) {
            return;
        }
        let (at, leg) = along(round, share);
        let body = Rect::from_center_size(at, vec2(13.0, 8.0));
        painter.rect_filled(body, 2.0, self.palette.series[2]);
        painter.rect_stroke(body, 2.0, Stroke::new(1.0, self.palette.ink), egui::StrokeKind::Outside);
        for point in &round[1..=leg.min(round.len() - 2)] {
            let parcel = Rect::from_center_size(*point + vec2(9.0, -9.0), Vec2::splat(5.0));
            painter.rect_filled(parcel, 0.5, self.palette.series[1]);
        }
    }
}

/// The point at a share of a way, and how many corners lie behind.
fn along(way: &[Pos2], share: f32) -> (Pos2, usize) {
    let lengths: Vec<f32> = way.windows(2).map(|pair| pair[0].distance(pair[1]).max(0.01)).collect();
    let mut left = lengths.iter().sum::<f32>() * share;
    for (leg, length) in lengths.iter().enumerate() {
        if left <= *length {
            return (way[leg].lerp(way[leg + 1], left / length), leg);
        }
        left -= length;
    }
    (way.last().copied().unwrap_or_default(), lengths.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_truck_is_where_its_share_of_the_way_ends() {
        let way = [pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(10.0, 10.0)];
        assert_eq!(along(&way, 0.25), (pos2(5.0, 0.0), 0));
        assert_eq!(along(&way, 0.75), (pos2(10.0, 5.0), 1));
        assert_eq!(along(&way, 1.0).0, pos2(10.0, 10.0));
    }
}
