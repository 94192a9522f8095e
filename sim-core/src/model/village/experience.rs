//! What a month's parcels teach the households of a sample.
//!
//! Where every household is simulated, each learns from each of its parcels as it comes
//! (`deliveries.rs`). In a sample one parcel stands for many, of many households: if the one that ordered
//! learnt from it alone, habits would come late and trust be a matter of luck. At a month's end each record
//! therefore learns from as many single parcels as its households ordered by their rate: so many that were
//! late, lost or sent back as its ways make likely.
//!
//! Rejected: the parcels of a bundle shared out one by one among buyers drawn for each, which took four
//! tenths of a sampled run's time, so that villages could not have records enough for partners' incomes to be
//! spread as in the whole; a lesson of many parcels at once, by which trust jumps.

use super::Village;
use super::deliveries::way_back;
use super::traffic::at_station;
use crate::agents::household::Buying;
use crate::base::{Purpose, RandomStream, Time};
use crate::event::{MarketNews, Way};
use crate::model::open_month::OpenMonth;
use crate::model::setting::Setting;

/// Points at which the wait on a parcel's last way is looked at: a matter of accuracy.
const POINTS: u32 = 16;

/// What may become of a parcel that is ordered by one way.
#[derive(Clone, Copy, Debug)]
struct Outlook {
    /// Share that comes late, lost or damaged.
    bad: f64,
    /// Days until the money for one that was sent back is there.
    back: f64,
}

/// What a household's parcels of a month were.
#[derive(Clone, Copy, Debug)]
struct Received {
    record: u16,
    parcels: u32,
    /// Share of them that was ordered at the station.
    at_station: f64,
    /// Share of those that came well which is sent back.
    returned: f64,
}

impl Village {
    /// The households of a sample learn from the month's parcels, so much order time having passed in it.
    /// Clocks follow when the next month starts.
    pub(in crate::model) fn learn_from_month(
        &mut self,
        setting: &Setting,
        now: Time,
        month: &OpenMonth,
        years: f64,
        news: &MarketNews,
    ) {
        if self.buyers.is_empty() {
            return;
        }
        let outlooks = [Way::Station, Way::SelfService].map(|way| self.outlook(setting, way));
        let mut stream = setting.random_stream(self.owner, Purpose::Parcel, u64::from(month.start.day()));
        let mut moved = false;
        for record in 0..self.records() {
            let mut received = self.month_parcels(setting, record, years, &mut stream);
            while received.parcels > 0 {
                let next = self.learn_from_parcels(setting, &mut received, outlooks, &mut stream);
                moved |= self.step_to(setting, now, record, next, news);
                if next.is_some_and(|state| !state.buys()) {
                    break;
                }
            }
        }
        if moved {
            self.refresh_hazards(setting, now);
        }
    }

    /// Parcels that each household of a record received in a month of so much order time.
    fn month_parcels(
        &self,
        setting: &Setting,
        record: u16,
        years: f64,
        stream: &mut RandomStream,
    ) -> Received {
        let household = &self.residents[usize::from(record)];
        let weight = household.sampling_weight(&setting.parameters.household);
        if weight == 0 {
            return Received { record, parcels: 0, at_station: 0.0, returned: 0.0 };
        }
        let choice = self.choice_of(household);
        let consumer = (1.0 - f64::from(choice.durables) - f64::from(choice.farm_inputs)).clamp(0.0, 1.0);
        Received {
            record,
            parcels: stream.poisson(f64::from(weight) * self.buyers.rate_of(record) * years),
            at_station: at_station(household, choice),
            returned: setting.parameters.logistics.returns * consumer,
        }
    }

    /// A household learns from its parcels until one moves it to another buying state, which is returned.
    fn learn_from_parcels(
        &mut self,
        setting: &Setting,
        received: &mut Received,
        [station, self_service]: [Outlook; 2],
        stream: &mut RandomStream,
    ) -> Option<Buying> {
        let (p, patience) = (&setting.parameters.household, setting.parameters.logistics.patience);
        let Received { record, at_station, returned, .. } = *received;
        let before = self.residents[usize::from(record)];
        let mut household = before;
        let mut next = None;
        while received.parcels > 0 && next.is_none() {
            received.parcels -= 1;
            let (outlook, fate) = one_of(stream.unit(), at_station, [station, self_service]);
            let good = fate >= outlook.bad;
            next = household.learn_from_parcel(p, good);
            if good && next.is_none() && fate < outlook.bad + (1.0 - outlook.bad) * returned {
                next = household.mind_return(p, outlook.back / patience);
            }
        }
        // With full trust and long experience there is nothing left to learn.
        if household != before {
            self.take_in(setting, record, household);
        }
        next
    }

    /// What becomes of parcels that come by this way and are as long on the road as usual.
    fn outlook(&self, setting: &Setting, way: Way) -> Outlook {
        let p = &setting.parameters.logistics;
        let before = self.usual_days(way) - self.mean_last_days(setting, way);
        let spare = |quantile: f64| p.patience - before - self.last_days(setting, way, quantile);
        let late = late_share(spare, p.trunk_max - p.trunk_min);
        Outlook {
            bad: 1.0 - (1.0 - late) * (1.0 - p.damage),
            back: way_back(p, (way, &self.arrivals), 1, 0.5, 0.5),
        }
    }
}

/// Share of parcels that are late, where at each quantile of the wait on the last way so many days are to
/// spare, and the long haul takes up to so many more or fewer, half of them either way.
fn late_share(spare: impl Fn(f64) -> f64, haul: f64) -> f64 {
    let late = |point: u32| {
        let spare = spare((f64::from(point) + 0.5) / f64::from(POINTS));
        if haul > 0.0 { (0.5 - spare / haul).clamp(0.0, 1.0) } else { f64::from(u8::from(spare < 0.0)) }
    };
    (0..POINTS).map(late).sum::<f64>() / f64::from(POINTS)
}

/// One of two, the first with a probability; and what is left of the number that decided, which lies anywhere
/// between 0 and 1 again.
fn one_of<T>(u: f64, probability: f64, [first, second]: [T; 2]) -> (T, f64) {
    if u < probability { (first, u / probability) } else { (second, (u - probability) / (1.0 - probability)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand, with a wait of 0 to 2 days and 3 days of patience. Two days before it: half are late, with a
    /// long haul that varies by two days or without. One day before it, and that haul: u + v > 1.5 of two
    /// numbers between 0 and 1, which is a triangle of an eighth.
    #[test]
    fn late_parcels_are_those_beyond_patience() {
        let share = |before: f64, haul: f64| late_share(|wait| 3.0 - before - 2.0 * wait, haul);
        assert!((share(2.0, 0.0) - 0.5).abs() < 1e-12);
        assert!((share(2.0, 2.0) - 0.5).abs() < 1e-12);
        assert!((share(1.0, 2.0) - 0.125).abs() < 2e-3, "{}", share(1.0, 2.0));
        assert_eq!([share(0.5, 0.0), share(3.5, 0.0)], [0.0, 1.0]);
    }

    /// Of a grid of numbers three tenths choose the first, and what is left is as even for either.
    #[test]
    fn a_number_decides_and_is_as_good_as_new() {
        let grid = |at: u32| one_of((f64::from(at) + 0.5) / 1_000.0, 0.3, [true, false]);
        let (first, second): (Vec<_>, Vec<_>) = (0..1_000).map(grid).partition(|(first, _)| *first);
        assert_eq!((first.len(), second.len()), (300, 700));
        for left in [first, second] {
            let mean = left.iter().map(|(_, left)| left).sum::<f64>() / left.len() as f64;
            assert!((mean - 0.5).abs() < 1e-9 && left.iter().all(|(_, left)| (0.0..1.0).contains(left)));
        }
        assert!(!one_of(0.5, 0.0, [true, false]).0 && one_of(0.5, 1.0, [true, false]).0);
    }
}
