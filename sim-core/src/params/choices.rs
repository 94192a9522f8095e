//! Parameter values that are not plain numbers: rules, kinds, schedules, shocks.

use super::value::{FromLiteral, Range, ShockError, Unacceptable, Value, ValueKind, outside_range};
use crate::base::{Date, Time};
use serde::{Deserialize, Serialize};

/// Declares a choice between named alternatives.
macro_rules! choice {
    ($(#[doc = $doc:literal])+ $name:ident {
        $( $(#[doc = $variant_doc:literal])+ $variant:ident ),+ $(,)? }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $( $(#[doc = $variant_doc])+ $variant ),+ }

        impl Value for $name {
            const KIND: ValueKind = ValueKind::Choice(&[$(stringify!($variant)),+]);
            fn fault(&self, _: &Range) -> Option<Unacceptable> { None }
        }

        impl FromLiteral<$name> for $name {
            fn from_literal(literal: $name) -> Self { literal }
        }
    };
}

choice! {
    /// By what the programme ranks counties.
    CountyRule {
        /// Most rural households first.
        Population,
        /// Longest road to the prefecture and the provincial capital first.
        Remoteness,
        /// Poverty counties first, poorest first.
        Poverty,
        /// Highest income times households first: where orders are expected.
        ExpectedOrders,
        /// Most households within reach of a station for a yuan.
        ReachPerYuan,
        /// In random order.
        Random,
    }
}

choice! {
    /// By what a county centre ranks candidate villages.
    VillageRule {
        /// Largest villages first.
        Population,
        /// Longest road to the township first.
        Remoteness,
        /// Shortest road to the county seat first.
        Access,
        /// In random order.
        Random,
    }
}

choice! {
    /// Whom the programme recruits to run stations.
    PartnerKind {
        /// Keepers of village shops, beside their shop.
        Shopkeepers,
        /// Young people who returned from the cities, full time.
        Returnees,
        /// Whoever tests better.
        Both,
    }
}

choice! {
    /// Which counties a government measure reaches.
    GovernmentTarget {
        /// None: the measure is off.
        Nobody,
        /// All counties.
        Everywhere,
        /// The 832 poverty counties.
        PovertyCounties,
        /// Counties on the demonstration list, from the date they join it.
        DemonstrationCounties,
        /// The third of counties farthest from their provincial capital.
        RemoteCounties,
    }
}

choice! {
    /// What kind of misfortune strikes.
    ShockKind {
        /// No truck passes: parcels wait, people do not travel.
        RoadsClosed,
        /// Commercial couriers stop; the programme's own trucks run.
        CourierStrike,
        /// Demand for what villages sell falls by the strength.
        DemandSlump,
    }
}

/// A misfortune in some provinces for some weeks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shock {
    /// What happens.
    pub kind: ShockKind,
    /// When it begins.
    pub start: Date,
    /// How long it lasts \[weeks\].
    pub weeks: u32,
    /// The provinces it strikes, by 2-digit code (as in 33 for Zhejiang); empty for all.
    #[serde(default)]
    pub provinces: Vec<u32>,
    /// How strong it is, 0 to 1; a closed road is closed at any strength above 0.
    #[serde(default = "full")]
    pub strength: f64,
}

fn full() -> f64 {
    1.0
}

impl Shock {
    /// Whether it strikes a province (2-digit code) at a moment.
    pub fn strikes(&self, province: u32, now: Time) -> bool {
        let start = self.start.midnight();
        let end = start + crate::base::Delay::days(7 * self.weeks);
        (start..end).contains(&now) && self.reaches(province)
    }

    /// Whether it ever strikes a province (2-digit code).
    pub fn reaches(&self, province: u32) -> bool {
        self.provinces.is_empty() || self.provinces.contains(&province)
    }
}

impl Value for Vec<Shock> {
    const KIND: ValueKind = ValueKind::Shocks;

    fn fault(&self, _: &Range) -> Option<Unacceptable> {
        self.iter().find_map(|shock| {
            let known = shock.provinces.iter().all(|code| (1..=99).contains(code));
            let faults = [
                (!(shock.strength > 0.0 && shock.strength <= 1.0), ShockError::Strength),
                (shock.weeks == 0 || shock.weeks > 520, ShockError::Weeks),
                (!known, ShockError::Provinces),
            ];
            let (_, why) = faults.into_iter().find(|(wrong, _)| *wrong)?;
            Some(Unacceptable::Shock { start: shock.start, why })
        })
    }
}

impl FromLiteral<[Shock; 0]> for Vec<Shock> {
    fn from_literal(_: [Shock; 0]) -> Self {
        Vec::new()
    }
}

/// Money that the platform puts into the programme's treasury on a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tranche(
    /// When.
    pub Date,
    /// How much \[million yuan\].
    pub f64,
);

impl Value for Vec<Tranche> {
    const KIND: ValueKind = ValueKind::Tranches;

    fn fault(&self, range: &Range) -> Option<Unacceptable> {
        let ordered = self.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let sum = self.iter().find_map(|tranche| outside_range(tranche.1, range));
        sum.or_else(|| (!ordered).then_some(Unacceptable::DisorderedDates))
    }

    fn times(&self, factor: f64) -> Vec<Tranche> {
        self.iter().map(|&Tranche(date, sum)| Tranche(date, sum * factor)).collect()
    }
}

impl<const N: usize> FromLiteral<[(&str, f64); N]> for Vec<Tranche> {
    fn from_literal(literal: [(&str, f64); N]) -> Self {
        literal.into_iter().map(|(date, sum)| Tranche(Date::from_literal(date), sum)).collect()
    }
}

/// A yearly or finer series of (date, value), linear between its points and flat beyond them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<(Date, f64)>", into = "Vec<(Date, f64)>")]
pub struct Schedule {
    points: Vec<(Date, f64)>,
    /// The dates' midnights, worked out once: series are looked up at every lesson.
    times: Vec<Time>,
}

impl From<Vec<(Date, f64)>> for Schedule {
    fn from(points: Vec<(Date, f64)>) -> Schedule {
        let times = points.iter().map(|(date, _)| date.midnight()).collect();
        Schedule { points, times }
    }
}

impl From<Schedule> for Vec<(Date, f64)> {
    fn from(schedule: Schedule) -> Vec<(Date, f64)> {
        schedule.points
    }
}

impl Schedule {
    /// The value at a moment.
    pub fn at(&self, now: Time) -> f64 {
        let after = self.times.partition_point(|&time| time <= now);
        let value = |index: usize| self.points[index].1;
        if after == 0 || after == self.points.len() {
            return self.points.get(after.saturating_sub(1)).map_or(0.0, |point| point.1);
        }
        let (from, to) = (self.times[after - 1], self.times[after]);
        let share = f64::from(now.since(from).as_minutes()) / f64::from(to.since(from).as_minutes());
        value(after - 1) + (value(after) - value(after - 1)) * share
    }

    /// Its points, in order.
    pub fn points(&self) -> &[(Date, f64)] {
        &self.points
    }

    /// The first point and the last; none of an empty series.
    pub fn ends(&self) -> Option<[(Date, f64); 2]> {
        Some([*self.points.first()?, *self.points.last()?])
    }

    /// The same series with every value multiplied.
    pub fn scaled(&self, factor: f64) -> Schedule {
        self.points.iter().map(|&(date, value)| (date, value * factor)).collect::<Vec<_>>().into()
    }
}

impl Value for Schedule {
    const KIND: ValueKind = ValueKind::Schedule;

    fn fault(&self, range: &Range) -> Option<Unacceptable> {
        let ordered = self.points.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let value = self.points.iter().find_map(|point| outside_range(point.1, range));
        let shape = match () {
            () if self.points.is_empty() => Some(Unacceptable::EmptySeries),
            () if !ordered => Some(Unacceptable::DisorderedDates),
            () => None,
        };
        shape.or(value)
    }

    fn times(&self, factor: f64) -> Schedule {
        self.scaled(factor)
    }
}

impl<const N: usize> FromLiteral<[(&str, f64); N]> for Schedule {
    fn from_literal(literal: [(&str, f64); N]) -> Self {
        let points: Vec<(Date, f64)> =
            literal.into_iter().map(|(date, value)| (Date::from_literal(date), value)).collect();
        points.into()
    }
}

/// Values of consecutive years, for series that are published so; each stands on the first of July.
impl<const N: usize> FromLiteral<(i16, [f64; N])> for Schedule {
    fn from_literal((first_year, values): (i16, [f64; N])) -> Self {
        let date =
            |offset: usize| Date::new(first_year + offset as i16, 7, 1).unwrap_or_else(|| unreachable!());
        let points: Vec<(Date, f64)> =
            values.into_iter().enumerate().map(|(offset, value)| (date(offset), value)).collect();
        points.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_linear_between_points_and_flat_beyond() {
        let schedule = Schedule::from_literal([("2014-01-01", 1.0), ("2015-01-01", 3.0)]);
        let at = |date: &str| schedule.at(date.parse::<Date>().unwrap().midnight());
        assert_eq!(at("2013-05-05"), 1.0);
        assert_eq!(at("2014-01-01"), 1.0);
        assert!((at("2014-07-02") - 2.0).abs() < 0.01);
        assert_eq!(at("2019-01-01"), 3.0);
    }

    #[test]
    fn disordered_and_empty_schedules_are_refused() {
        let read = |text| super::super::value::read::<Schedule>(text, &Range::Between(0.0, 10.0));
        assert!(read("[]").is_err());
        assert!(read("[(\"2015-01-01\", 1.0), (\"2014-01-01\", 1.0)]").is_err());
        assert!(read("[(\"2015-01-01\", 11.0)]").is_err());
        assert!(read("[(\"2015-01-01\", 10.0)]").is_ok());
    }

    #[test]
    fn a_shock_strikes_where_and_when_it_says() {
        let shock = Shock {
            kind: ShockKind::RoadsClosed,
            start: "2016-01-20".parse().unwrap(),
            weeks: 2,
            provinces: vec![52],
            strength: 1.0,
        };
        let at = |date: &str| date.parse::<Date>().unwrap().midnight();
        assert!(shock.strikes(52, at("2016-02-02")));
        assert!(!shock.strikes(52, at("2016-02-03")));
        assert!(!shock.strikes(33, at("2016-01-25")));
    }
}
