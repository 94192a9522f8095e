//! The round of an agent: what a visit to a village costs and earns, and how often it pays.

use crate::base::factor::{MINUTES_IN_HOUR, TINY};
use crate::params::LogisticsParameters;

/// Days between two visits that an agent chooses among.
pub const INTERVALS: [f64; 3] = [1.0, 2.0, 3.0];

/// Prices that an agent meets in a month.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// An hour of work \[yuan\].
    pub hour: f64,
    /// Government's pay for each parcel handed over in a village \[yuan\].
    pub subsidy: f64,
    /// What sorting costs for each parcel where rounds are joined \[yuan\].
    pub sorting: f64,
}

impl Terms {
    /// Where migrants earn so much a month, which is what an agent could earn elsewhere.
    pub fn of(p: &LogisticsParameters, migrant_wage: f64, subsidy: f64) -> Terms {
        Terms {
            hour: p.courier_hour_cost * migrant_wage / p.courier_wage_base.max(TINY),
            subsidy,
            sorting: 0.0,
        }
    }

    /// The same where rounds are joined.
    pub fn joint(self, p: &LogisticsParameters) -> Terms {
        Terms { sorting: p.joint_sorting, ..self }
    }

    /// What a parcel left at the counter brings, less handing it over \[yuan\].
    pub fn at_counter(&self, p: &LogisticsParameters) -> f64 {
        p.courier_fee_town - self.minutes(p.courier_handling_drop)
    }

    /// What so many minutes of work cost \[yuan\].
    pub fn minutes(&self, minutes: f64) -> f64 {
        self.hour * minutes / MINUTES_IN_HOUR
    }
}

/// A village as a stop of a round.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// Road to the township \[minutes\].
    pub to_town: f64,
    /// Readiness of the place, 0 best to 1 worst: in scattered villages a stop takes longer.
    pub rank: f64,
    /// What a village shop asks for keeping a parcel \[yuan\].
    pub ask: f64,
    /// Whether a bus that runs anyway takes parcels along.
    pub bus: bool,
}

impl Stop {
    /// Minutes of work that a visit adds to a round.
    pub fn minutes(&self, p: &LogisticsParameters) -> f64 {
        let place = p.courier_best_place + p.courier_place_spread * self.rank;
        self.road(p) + p.courier_stop * place
    }

    /// Kilometres that a visit adds to a round.
    pub fn kilometres(&self, p: &LogisticsParameters) -> f64 {
        self.road(p) / MINUTES_IN_HOUR * p.courier_speed
    }

    /// Minutes on the road that a visit adds to a round.
    fn road(&self, p: &LogisticsParameters) -> f64 {
        2.0 * self.to_town * p.courier_detour
    }

    /// What a visit costs, whatever it brings \[yuan\].
    pub fn visit(&self, p: &LogisticsParameters, terms: &Terms) -> f64 {
        terms.minutes(self.minutes(p)) + self.kilometres(p) * p.courier_km_cost
    }

    /// What handing a parcel over costs at the doorstep, and through the village shop \[yuan\].
    pub fn handling(&self, p: &LogisticsParameters, terms: &Terms) -> [f64; 2] {
        [terms.minutes(p.courier_handling), terms.minutes(p.courier_handling_drop) + self.ask]
    }
}

/// How parcels are brought to a village.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Offered {
    /// What a visit costs \[yuan\].
    pub visit: f64,
    /// What each parcel costs \[yuan\].
    pub parcel: f64,
    /// Whether they are left at the village shop.
    pub dropped: bool,
    /// Whether the bus brings them.
    pub by_bus: bool,
}

impl Offered {
    /// The cheaper of doorstep and shop, on the agent's own round.
    pub fn own(p: &LogisticsParameters, terms: &Terms, stop: &Stop) -> Offered {
        let [door, shop] = stop.handling(p, terms);
        Offered {
            visit: stop.visit(p, terms),
            parcel: door.min(shop) + terms.sorting,
            dropped: shop < door,
            by_bus: false,
        }
    }

    /// To the shop by bus.
    pub fn bus(p: &LogisticsParameters, terms: &Terms, stop: &Stop) -> Offered {
        let [_, shop] = stop.handling(p, terms);
        Offered { visit: 0.0, parcel: shop + p.bus_parcel + terms.sorting, dropped: true, by_bus: true }
    }
}

/// How often an agent visits a village, and what it expects of that.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Round {
    /// Days between visits; 0 for none.
    pub interval: u8,
    /// Fees \[yuan/day\].
    pub revenue: f64,
    /// What it costs, what the counter would have earned among it \[yuan/day\].
    pub cost: f64,
    /// How the parcels are brought.
    pub offered: Offered,
}

impl Round {
    /// What it earns more than leaving the parcels at the counter \[yuan/day\].
    pub fn gain(&self) -> f64 {
        self.revenue - self.cost
    }

    /// Revenue over cost.
    pub fn ratio(&self) -> f64 {
        self.revenue / self.cost.max(TINY)
    }
}

/// Part of parcels that wait for a visit every so many days; the others are fetched in the township.
pub fn brought(p: &LogisticsParameters, days: f64) -> f64 {
    (1.0 - p.courier_fetch * (days - 1.0) / 2.0).max(0.0)
}

/// A round with so many days between visits, for so many parcels a day. Whoever does not want to wait for
/// the next visit fetches his parcel at the counter.
pub fn by_interval(
    p: &LogisticsParameters,
    terms: &Terms,
    offered: Offered,
    parcels: f64,
    days: f64,
) -> Round {
    let brought = parcels * brought(p, days);
    let lost = offered.parcel + terms.at_counter(p).max(0.0);
    Round {
        interval: days as u8,
        revenue: brought * (p.courier_fee + terms.subsidy),
        cost: brought * lost + offered.visit / days,
        offered,
    }
}

/// The round that earns most of so many parcels a day, whether or not it pays.
pub fn best_round(p: &LogisticsParameters, terms: &Terms, stop: &Stop, parcels: f64, bus: bool) -> Round {
    let own = Offered::own(p, terms, stop);
    let mut best = by_interval(p, terms, own, parcels, INTERVALS[0]);
    for days in &INTERVALS[1..] {
        let round = by_interval(p, terms, own, parcels, *days);
        if round.gain() > best.gain() {
            best = round;
        }
    }
    if bus && stop.bus {
        let round = by_interval(p, terms, Offered::bus(p, terms, stop), parcels, INTERVALS[0]);
        if round.gain() > best.gain() {
            best = round;
        }
    }
    best
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The case of the table of break-evens: five minutes a stop and 0.7 minutes a parcel at the doorstep;
    /// nothing is earned at the counter.
    pub(in crate::agents::courier) fn table() -> LogisticsParameters {
        LogisticsParameters {
            courier_hour_cost: 20.0,
            courier_wage_base: 3072.0,
            courier_speed: 30.0,
            courier_km_cost: 0.9,
            courier_detour: 0.3,
            courier_stop: 5.0,
            courier_handling: 0.7,
            courier_handling_drop: 0.0,
            courier_fee_town: 0.0,
            ..LogisticsParameters::default()
        }
    }

    /// So many kilometres away, where no shop keeps parcels.
    pub(in crate::agents::courier) fn stop(kilometres: f64) -> Stop {
        Stop { to_town: kilometres * 2.0, rank: 0.5, ask: 9.0, bus: false }
    }

    /// Parcels of a visit that pay for it.
    fn break_even(fee: f64, kilometres: f64, hour: f64) -> f64 {
        let p = LogisticsParameters { courier_fee: fee, ..table() };
        let terms = Terms { hour, subsidy: 0.0, sorting: 0.0 };
        let offered = Offered::own(&p, &terms, &stop(kilometres));
        let pays = |parcels: f64| by_interval(&p, &terms, offered, parcels, 1.0).gain() >= 0.0;
        f64::from((1..20_000).find(|&tenth| pays(f64::from(tenth) / 10.0)).expect("enough parcels pay"))
            / 10.0
    }

    /// Line by line of the published table of break-evens (to a tenth of a parcel, rounded up here). By hand
    /// for 8 km and a fee of 1.0: 4.8 km more at 0.9 are 4.32, 9.6 + 5 minutes at 20 an hour 4.87, together
    /// 9.19 yuan a visit; a parcel leaves 1 - 0.233; so that 12.0 parcels pay.
    #[test]
    fn visits_break_even_as_by_hand() {
        let rows = [
            (20.0, 3.0, 0.8, 7.9),
            (20.0, 8.0, 0.5, 34.5),
            (20.0, 8.0, 0.8, 16.2),
            (20.0, 8.0, 1.0, 12.0),
            (20.0, 8.0, 1.5, 7.3),
            (20.0, 25.0, 1.0, 32.8),
            (28.0, 8.0, 1.0, 16.5),
            (28.0, 15.0, 1.5, 16.1),
        ];
        for (hour, kilometres, fee, parcels) in rows {
            let found = break_even(fee, kilometres, hour);
            assert!((found - parcels).abs() < 0.11, "{kilometres} km at {fee}: {found} for {parcels}");
        }
    }

    /// Five networks that each go daily need five times the parcels: 59.9 of the village a day, by the same
    /// table; one that goes for all needs 12.0.
    #[test]
    fn separate_networks_need_as_many_times_the_parcels() {
        let p =
            LogisticsParameters { courier_fee: 1.0, courier_network_ratio: 1.0, post_share: 0.0, ..table() };
        let terms = Terms { hour: 20.0, subsidy: 0.0, sorting: 0.0 };
        let offered = Offered::own(&p, &terms, &stop(8.0));
        let share = super::super::shares(&p)[0];
        let pays =
            |parcels: f64, share: f64| by_interval(&p, &terms, offered, parcels * share, 1.0).gain() >= 0.0;
        assert!(pays(60.0, share) && !pays(59.8, share));
        assert!(pays(12.0, 1.0) && !pays(11.9, 1.0));
    }

    #[test]
    fn denser_villages_are_visited_more_often() {
        let p = LogisticsParameters::default();
        let terms = Terms { hour: 20.0, subsidy: 0.0, sorting: 0.0 };
        let stop = Stop { to_town: 16.0, rank: 0.5, ask: 0.5, bus: false };
        let interval = |parcels| best_round(&p, &terms, &stop, parcels, false).interval;
        assert_eq!([interval(5.0), interval(500.0)], [3, 1]);
        assert!((1..100).all(|q| interval(f64::from(q)) >= interval(f64::from(q + 1))));
    }

    #[test]
    fn nearness_density_and_subsidy_make_a_round_pay_and_dear_hours_do_not() {
        let p = LogisticsParameters::default();
        let terms = Terms { hour: 20.0, subsidy: 0.0, sorting: 0.0 };
        let ratio = |terms: Terms, to_town, parcels| {
            let stop = Stop { to_town, rank: 0.5, ask: 0.5, bus: false };
            best_round(&p, &terms, &stop, parcels, false).ratio()
        };
        let base = ratio(terms, 16.0, 8.0);
        assert!(ratio(terms, 6.0, 8.0) > base);
        assert!(ratio(terms, 16.0, 16.0) > base);
        assert!(ratio(Terms { subsidy: 1.0, ..terms }, 16.0, 8.0) > base);
        assert!(ratio(Terms { hour: 28.0, ..terms }, 16.0, 8.0) < base);
    }

    /// A shop that asks little keeps parcels where hours are dear; a bus spares the drive.
    #[test]
    fn shops_keep_parcels_and_buses_carry_them_where_that_is_cheaper() {
        let p = LogisticsParameters::default();
        let stop = |ask| Stop { to_town: 40.0, rank: 0.5, ask, bus: true };
        let own =
            |hour, ask| Offered::own(&p, &Terms { hour, subsidy: 0.0, sorting: 0.0 }, &stop(ask)).dropped;
        assert!(own(40.0, 0.2) && !own(10.0, 0.5));
        let terms = Terms { hour: 28.0, subsidy: 0.0, sorting: 0.0 };
        let bus = best_round(&p, &terms, &stop(0.2), 6.0, true);
        let drive = best_round(&p, &terms, &stop(0.2), 6.0, false);
        assert!(bus.offered.by_bus && bus.gain() > drive.gain());
    }

    /// By hand: what is 20 yuan at the wage of 2015 is 28 to 29 at that of 2021.
    #[test]
    fn an_hour_costs_more_as_wages_rise() {
        let p = LogisticsParameters { courier_hour_cost: 20.0, ..LogisticsParameters::default() };
        assert!((Terms::of(&p, 3072.0, 0.0).hour - 20.0).abs() < 1e-9);
        assert!((Terms::of(&p, 4432.0, 0.0).hour - 28.9).abs() < 0.1);
    }
}
