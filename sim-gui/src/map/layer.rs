//! What a colour means: a figure of each village, or of its county, and its scale.

use crate::outcome::{self, ShownOutcome};
use crate::text::Say;
use crate::theme::Palette;
use crate::work::frame::{Frame, Places};
use egui::Color32;
use serde::{Deserialize, Serialize};
use sim_core::base::Unit;
use sim_core::unit;

/// A figure that the map can show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layer {
    /// Whether a station is open.
    #[default]
    Stations,
    /// Share of households that buy regularly.
    Buyers,
    /// The partner's income.
    PartnerIncome,
    /// How parcels arrive.
    Delivery,
    /// Shops.
    Shops,
    /// Sales of twelve months.
    Sales,
    /// Taobao villages.
    Taobao,
    /// Minutes to the county seat.
    Road,
    /// Mean income over the county's.
    Income,
    /// Any outcome, of the county.
    County(String),
}

impl Layer {
    /// The layers of villages, each with a key.
    pub const VILLAGES: [Layer; 9] = [
        Layer::Stations,
        Layer::Buyers,
        Layer::PartnerIncome,
        Layer::Delivery,
        Layer::Shops,
        Layer::Sales,
        Layer::Taobao,
        Layer::Road,
        Layer::Income,
    ];

    /// What it is called where it is remembered.
    pub fn name(&self) -> &str {
        match self {
            Layer::Stations => "stations",
            Layer::Buyers => "buyers",
            Layer::PartnerIncome => "partner_income",
            Layer::Delivery => "delivery",
            Layer::Shops => "shops",
            Layer::Sales => "sales",
            Layer::Taobao => "taobao",
            Layer::Road => "road",
            Layer::Income => "income",
            Layer::County(name) => name,
        }
    }

    /// What it is, in a sentence.
    pub fn definition(&self, say: Say) -> &'static str {
        match self {
            Layer::Stations => say.of("layer.stations.is"),
            Layer::Buyers => say.of("layer.buyers.is"),
            Layer::PartnerIncome => say.of("layer.partner_income.is"),
            Layer::Delivery => say.of("layer.delivery.is"),
            Layer::Shops => say.of("layer.shops.is"),
            Layer::Sales => say.of("layer.sales.is"),
            Layer::Taobao => say.of("layer.taobao.is"),
            Layer::Road => say.of("layer.road.is"),
            Layer::Income => say.of("layer.income.is"),
            Layer::County(name) => outcome::named(name).map_or("", |outcome| outcome.definition_in(say)),
        }
    }

    /// Its name for people.
    pub fn title(&self, say: Say) -> String {
        match self {
            Layer::Stations => say.of("layer.stations").to_owned(),
            Layer::Buyers => say.of("layer.buyers").to_owned(),
            Layer::PartnerIncome => say.of("layer.partner_income").to_owned(),
            Layer::Delivery => say.of("layer.delivery").to_owned(),
            Layer::Shops => say.of("layer.shops").to_owned(),
            Layer::Sales => say.of("layer.sales").to_owned(),
            Layer::Taobao => say.of("layer.taobao").to_owned(),
            Layer::Road => say.of("layer.road").to_owned(),
            Layer::Income => say.of("layer.income").to_owned(),
            Layer::County(name) => {
                outcome::named(name).map_or_else(|| name.clone(), |outcome| outcome.title(say))
            }
        }
    }

    /// Its unit.
    pub fn unit(&self) -> Unit {
        match self {
            Layer::Stations | Layer::Taobao => Unit::NONE,
            Layer::Buyers => unit!(ShareOfHouseholds),
            Layer::PartnerIncome => unit!(Yuan / Month),
            Layer::Delivery => unit!(DeliveryLevel),
            Layer::Shops => unit!(Shops),
            Layer::Sales => unit!(Yuan / Year),
            Layer::Road => unit!(Minutes),
            Layer::Income => unit!(OfCountyMean),
            Layer::County(name) => outcome::named(name).map_or(Unit::NONE, |outcome| outcome.unit),
        }
    }

    /// Whether it is yes or no.
    pub fn is_class(&self) -> bool {
        matches!(self, Layer::Stations | Layer::Taobao)
    }

    /// The figure of every village; not-a-number where there is none.
    pub fn values(&self, places: &Places, frame: &Frame) -> Vec<f32> {
        let yes = |is: bool| f32::from(u8::from(is));
        let all = 0..places.len();
        match self {
            Layer::Stations => all.map(|at| yes(frame.has_station(at))).collect(),
            Layer::Buyers => all.map(|at| frame.regular(at)).collect(),
            // A partner who was not paid yet has no income, as in the model's mean.
            Layer::PartnerIncome => {
                let paid = |at| frame.income(at).filter(|income| *income > 0.0);
                all.map(|at| paid(at).unwrap_or(f32::NAN)).collect()
            }
            Layer::Delivery => all.map(|at| f32::from(frame.delivery(at) as u8)).collect(),
            Layer::Shops => all.map(|at| frame.shops(at)).collect(),
            Layer::Sales => all.map(|at| frame.sales(at)).collect(),
            Layer::Taobao => all.map(|at| yes(frame.is_taobao(at))).collect(),
            Layer::Road => villages(places).map(|village| f32::from(village.to_seat)).collect(),
            Layer::Income => villages(places).map(|village| village.income_ratio).collect(),
            Layer::County(name) => {
                let Some(outcome) = outcome::named(name) else {
                    return vec![f32::NAN; places.len()];
                };
                let counties = county_values(outcome, frame);
                let of = |county: &u32| counties.get(*county as usize).copied().unwrap_or(f32::NAN);
                places.county.iter().map(of).collect()
            }
        }
    }

    /// A scale for these values.
    pub fn scale(&self, values: &[f32]) -> Scale {
        match self {
            Layer::Stations | Layer::Taobao => Scale::Class,
            // Shares and classes have the same scale in every run and month, so that pictures compare.
            Layer::Buyers => Scale::Even(0.0, 0.5),
            Layer::Delivery => Scale::Even(0.0, 2.0),
            // Most villages have none: the scale is of those that have some, and no part of one is counted.
            Layer::Shops | Layer::Sales => {
                let some: Vec<f32> = values.iter().copied().filter(|value| *value > 0.0).collect();
                Scale::Rooted(top(&some).max(1.0))
            }
            _ => Scale::of_levels(values),
        }
    }
}

fn villages(places: &Places) -> impl Iterator<Item = &sim_core::world::Village> {
    places.atlas.counties.iter().flat_map(|county| &county.villages)
}

/// An outcome of every county.
pub fn county_values(outcome: &ShownOutcome, frame: &Frame) -> Vec<f32> {
    let counties = frame.counties.iter().zip(&frame.money);
    counties.map(|(month, money)| outcome.of_county(month.as_ref(), money) as f32).collect()
}

/// The least end of a scale.
const LEAST: f32 = 1e-6;

/// The 98th percentile, so that one large value does not darken the map; at least something above nothing.
fn top(values: &[f32]) -> f32 {
    percentile(values, 0.98).max(LEAST)
}

fn low(values: &[f32]) -> f32 {
    percentile(values, 0.02)
}

fn percentile(values: &[f32], share: f64) -> f32 {
    let mut finite: Vec<f32> = values.iter().copied().filter(|value| value.is_finite()).collect();
    if finite.is_empty() {
        return 0.0;
    }
    let at = ((finite.len() - 1) as f64 * share) as usize;
    *finite.select_nth_unstable_by(at, f32::total_cmp).1
}

/// Classes of a ranked scale.
pub const CLASSES: usize = 5;

/// From values to colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Something is there or not.
    Class,
    /// Even steps between two values.
    Even(f32, f32),
    /// By the root of the share of a value: many small ones, few large ones.
    Rooted(f32),
    /// By rank: the ends of classes of as many values each.
    Ranked([f32; CLASSES + 1]),
    /// A difference, up to this size either way.
    Difference(f32),
}

impl Scale {
    /// For levels: even steps, or ranks where a few large values would leave one colour to nearly all others.
    fn of_levels(values: &[f32]) -> Scale {
        let (low, high) = (low(values), top(values));
        let mut finite: Vec<f32> = values.iter().copied().filter(|value| value.is_finite()).collect();
        let Some(last) = finite.len().checked_sub(1) else {
            return Scale::Even(low, high);
        };
        finite.sort_by(f32::total_cmp);
        let ends = std::array::from_fn(|class| finite[last * class / CLASSES]);
        let is_skewed = finite[last * 3 / 4] - low < 0.25 * (high - low);
        // Where most have the same value, there is nothing to rank.
        let is_told_apart = ends[1] < ends[CLASSES - 1];
        match is_skewed && is_told_apart {
            true => Scale::Ranked(ends),
            false => Scale::Even(low, high),
        }
    }

    /// For differences.
    pub fn of_differences(values: &[f32]) -> Scale {
        // Where few places differ, the scale is theirs.
        let sizes = values.iter().map(|value| value.abs()).filter(|size| *size > 0.0);
        let sizes: Vec<f32> = sizes.collect();
        Scale::Difference(top(&sizes))
    }

    /// The colour of a value.
    pub fn colour(self, palette: &Palette, value: f32) -> Color32 {
        match self {
            _ if !value.is_finite() => palette.absent,
            Scale::Class if value > 0.0 => palette.present,
            Scale::Class => palette.absent,
            Scale::Even(low, high) => palette.scale((value - low) / (high - low).max(1e-9)),
            Scale::Rooted(_) if value <= 0.0 => palette.absent,
            Scale::Rooted(high) => palette.scale((value / high).max(0.0).sqrt()),
            Scale::Ranked(ends) => {
                let class = ends[1..CLASSES].iter().filter(|end| value > **end).count();
                palette.scale(class as f32 / (CLASSES - 1) as f32)
            }
            Scale::Difference(most) => palette.difference(value / most),
        }
    }

    /// Values at the left end, the middle and the right end of a legend.
    pub fn ends(self) -> [f32; 3] {
        match self {
            Scale::Class => [0.0, 0.5, 1.0],
            Scale::Even(low, high) => [low, (low + high) / 2.0, high],
            Scale::Rooted(high) => [0.0, high / 4.0, high],
            Scale::Ranked(ends) => [ends[0], ends[CLASSES / 2], ends[CLASSES]],
            Scale::Difference(most) => [-most, 0.0, most],
        }
    }

    /// Whether some values lie beyond the left end of the legend, and beyond the right one: they have the
    /// colour of the end.
    pub fn is_exceeded(self, values: &[f32]) -> [bool; 2] {
        let [left, _, right] = self.ends();
        let mut finite = values.iter().filter(|value| value.is_finite());
        let is_below = finite.clone().any(|value| *value < left);
        [is_below, finite.any(|value| *value > right)]
    }

    /// Whether it is of differences of which there are none.
    pub fn is_nothing(self) -> bool {
        matches!(self, Scale::Difference(most) if most <= LEAST)
    }

    /// The value at a share of a legend.
    pub fn value(self, share: f32) -> f32 {
        match self {
            Scale::Class => share,
            Scale::Even(low, high) => low + (high - low) * share,
            Scale::Rooted(high) => high * share * share,
            Scale::Ranked(ends) => ends[(share * CLASSES as f32).round() as usize],
            Scale::Difference(most) => most * (2.0 * share - 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    #[test]
    fn scales_end_where_they_say() {
        let palette = Palette::of(Theme::Light);
        let scale = Layer::Shops.scale(&[0.0, 1.0, 4.0, 100.0]);
        assert_eq!(scale.colour(&palette, 0.0), palette.absent);
        assert_eq!(scale.colour(&palette, f32::NAN), palette.absent);
        assert_eq!(scale.colour(&palette, 1e9), palette.scale(1.0));
        for scale in [Scale::Even(2.0, 6.0), Scale::Rooted(9.0), Scale::Difference(3.0)] {
            let [left, _, right] = scale.ends();
            assert_eq!((scale.value(0.0), scale.value(1.0)), (left, right));
        }
        // One county in a hundred that cost four hundred times as much does not make all others alike.
        let skewed: Vec<f32> = (0..100).map(|at| 10.0 + at as f32 / 2.0).chain([5648.0; 8]).collect();
        let name = "programme_cost_per_order".to_owned();
        let scale = Layer::County(name).scale(&skewed);
        assert!(matches!(scale, Scale::Ranked(_)), "{scale:?}");
        let mut colours: Vec<Color32> = skewed.iter().map(|value| scale.colour(&palette, *value)).collect();
        colours.dedup();
        assert_eq!((colours.len(), scale.value(1.0)), (CLASSES, 5648.0));
        let even: Vec<f32> = (0..100).map(|at| at as f32).collect();
        assert!(matches!(Layer::Road.scale(&even), Scale::Even(..)));
        assert_eq!(Layer::Road.scale(&[]), Scale::Even(0.0, 1e-6));
        assert_eq!(Scale::of_differences(&[f32::NAN, -2.0, 1.0]).ends()[1], 0.0);
    }

    #[test]
    fn a_scale_says_where_values_lie_beyond_its_ends_and_counts_no_part_of_a_shop() {
        // One village in a hundred has shops, one of them a thousand times as many.
        let mut shops = vec![0.0; 9900];
        shops.extend([3.0; 99]);
        shops.push(1097.0);
        let scale = Layer::Shops.scale(&shops);
        assert_eq!((scale.ends()[2], scale.is_exceeded(&shops)), (3.0, [false, true]));
        assert_eq!(Layer::Shops.scale(&[0.0, 0.0]).ends()[2], 1.0);
        let minutes: Vec<f32> = (0..1000).map(|at| at as f32).collect();
        assert_eq!(Layer::Road.scale(&minutes).is_exceeded(&minutes), [true, true]);
        assert_eq!(Layer::Buyers.scale(&[0.2]).is_exceeded(&[0.2]), [false, false]);
        // Without a difference there is nothing to tell apart.
        assert!(
            Scale::of_differences(&[0.0, f32::NAN]).is_nothing() && Scale::of_differences(&[]).is_nothing()
        );
        assert!(!Scale::of_differences(&[0.0, 0.5]).is_nothing());
    }
}
