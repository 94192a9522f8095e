//! What a village's households ordered in the month so far, as decisions see it.
//!
//! In a sample one order stands for many: a station has none or a hundred of them in a month. Sums over
//! villages and months are right; a threshold that looks at one village's month is not: partners would leave
//! for lean months that nobody has, and couriers come for a single lump. Where not every household is
//! simulated, a month's orders are therefore drawn from the law that they have in the whole, by the rates at
//! which the village's households order: so many single orders. Where every household is, they are those that
//! were counted.
//!
//! Rejected: expectations without noise, by which partners at the margin would never leave and quantiles of
//! their income be too narrow; bundles shared out among months, which are late.

use super::Village;
use super::pace::{Pace, Traffic};
use crate::agents::household::Household;
use crate::base::time::YEAR;
use crate::base::{Purpose, RandomStream, Time, math};
use crate::event::PlatformName;
use crate::market::choice::Choice;
use crate::model::open_month::OpenMonth;
use crate::model::setting::Setting;
use crate::params::HouseholdParameters;

/// Mean and mean square of an order's value.
fn value_of_an_order(p: &HouseholdParameters, choice: &Choice) -> [f64; 2] {
    let (durables, farm) = (f64::from(choice.durables), f64::from(choice.farm_inputs));
    let kinds = [
        (durables, p.basket_durable),
        (farm, p.basket_farm),
        ((1.0 - durables - farm).max(0.0), p.basket_consumer),
    ];
    let mean = kinds.iter().map(|(share, basket)| share * basket).sum();
    let square: f64 = kinds.iter().map(|(share, basket)| share * basket * basket).sum();
    [mean, square * math::exp(p.basket_spread * p.basket_spread)]
}

/// The share of its orders that a household places at the station.
pub(super) fn at_station(household: &Household, choice: &Choice) -> f64 {
    if household.platform == PlatformName::Incumbent { f64::from(choice.by_station) } else { 0.0 }
}

/// Rounds a day of a truck that leaves as soon as anything waits, but so many days after the last at the
/// earliest, where so many loads come a day by chance.
///
/// From one round to the next are `interval` days, and where nothing has come in them, which happens with
/// exp(-loads x interval), those until something comes: 1 / (1 - exp(-loads)) in the mean.
fn rounds(loads: f64, interval: f64) -> f64 {
    if loads <= 0.0 {
        return 0.0;
    }
    1.0 / (interval + math::exp(-loads * interval) / (1.0 - math::exp(-loads)))
}

/// How many rounds stand behind one that a bundle has caused, at a pace of single orders a day: a bundle of a
/// hundred waits for one truck where a hundred parcels would have waited for many.
pub(in crate::model) fn rounds_behind(pace: f64, bundle: u32, interval: u32) -> f64 {
    let interval = f64::from(interval.max(1));
    let bundled = rounds(pace / f64::from(bundle), interval);
    if bundle == 1 || bundled <= 0.0 { 1.0 } else { rounds(pace, interval) / bundled }
}

impl Village {
    /// Looks at what was ordered in the month until now.
    pub(in crate::model) fn count_traffic(&mut self, setting: &Setting, month: &OpenMonth, now: Time) {
        let station = self.open_station();
        if setting.bundle == 1 {
            self.traffic = Traffic {
                station_orders: station.map_or(0.0, |station| f64::from(station.orders)),
                station_value: station.map_or(0.0, |station| station.value.yuan()),
                self_service: f64::from(self.self_service_parcels),
                pace: Pace::default(),
            };
            return;
        }
        let opened = station.map_or(month.start, |station| station.opened.max(month.start));
        let pace = self.pace(&setting.parameters.household);
        let mut usual = self.traffic.pace.mean(pace);
        if opened > month.start || self.traffic.pace.station == 0.0 {
            // Orders at a station begin with it, not with the month.
            usual = Pace { station: pace.station, value: pace.value, square: pace.square, ..usual };
        }
        let mut stream = setting.random_stream(self.owner, Purpose::Traffic, u64::from(month.start.day()));
        self.traffic = Traffic { pace, ..drawn(setting, &usual, [opened, month.start, now], &mut stream) };
    }

    /// Parcels of the month's orders that go to the station, as decisions see them.
    pub(in crate::model) fn sent_to_station(&self, setting: &Setting) -> f64 {
        let others = if self.has_open_last_mile(setting) { self.traffic.self_service } else { 0.0 };
        self.traffic.station_orders + others
    }

    /// How fast its households order now.
    fn pace(&self, p: &HouseholdParameters) -> Pace {
        let mut pace = Pace::default();
        if self.open_station().is_some() {
            for (record, household) in (0..).zip(&self.residents) {
                let choice = self.choice_of(household);
                let orders = f64::from(household.sampling_weight(p)) * self.buyers.rate_of(record);
                let at_station = orders * at_station(household, choice);
                let [mean, square] = value_of_an_order(p, choice);
                pace.station += at_station;
                pace.value += at_station * mean;
                pace.square += at_station * square;
            }
        }
        let weight = self.weight();
        let station = pace.station * weight;
        Pace {
            station,
            value: pace.value * weight,
            square: pace.square * weight,
            self_service: (self.order_rate - station).max(0.0),
        }
    }
}

/// Single orders at a pace between moments: those at the station from the first, others from the second,
/// until the third. A month's value varies as that of so many like orders does.
fn drawn(
    setting: &Setting,
    pace: &Pace,
    [opened, begun, now]: [Time; 3],
    stream: &mut RandomStream,
) -> Traffic {
    let passed = |from: Time| {
        let order_time = setting.seasons.order_time(now).since(setting.seasons.order_time(from));
        f64::from(order_time.as_minutes()) / YEAR
    };
    let open = if opened < now { passed(opened) } else { 0.0 };
    let station_orders = f64::from(stream.poisson(pace.station * open));
    let like = if pace.square > 0.0 { pace.value * pace.value / pace.square * open } else { 0.0 };
    let count = f64::from(stream.poisson(like));
    let station_value = if like > 0.0 { pace.value * open * count / like } else { 0.0 };
    let self_service = f64::from(stream.poisson(pace.self_service * passed(begun)));
    Traffic { station_orders, station_value, self_service, pace: Pace::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand. Where loads never lack, a truck that goes every second day goes half as often as there are
    /// days. One load in ten days: e^-0.2 = 0.8187 of two days are empty, and 1 / (1 - e^-0.1) = 10.508 days
    /// follow: a round in 2 + 8.603 days.
    #[test]
    fn trucks_go_as_often_as_their_timetable_or_their_loads_let_them() {
        assert!((rounds(1e3, 2.0) - 0.5).abs() < 1e-9);
        assert!((1.0 / rounds(0.1, 2.0) - 10.603).abs() < 1e-3);
        assert_eq!(rounds(0.0, 2.0), 0.0);
    }

    /// Ten orders a day, bundled by a hundred: a round every day, and one in ten or eleven days.
    #[test]
    fn behind_a_bundle_s_round_stand_those_of_its_orders() {
        let behind = rounds_behind(10.0, 100, 1);
        assert!((behind - (1.0 + 0.904_837 / 0.095_163)).abs() < 1e-3, "{behind}");
        assert_eq!(rounds_behind(10.0, 1, 1), 1.0, "the whole is what it is");
        assert_eq!(rounds_behind(0.0, 100, 1), 1.0, "nobody orders");
    }
}
