//! Couriers of a county: franchises of its townships, and their rounds. What they earn is in
//! `courier_accounts.rs`.

use super::super::county_process::CountyProcess;
use super::super::earlier_buyers::{EarlierBuyers, EarlierPlace};
use super::super::setting::Setting;
use super::super::village::Village;
use crate::agents::courier::{self, Counter, NETWORKS, Round, Rounds, Stop, Terms, Township};
use crate::base::factor::{DAYS_IN_MONTH, DAYS_IN_YEAR, MONTHS_IN_YEAR, THOUSANDTHS, TINY};
use crate::base::random_stream::{block, unit};
use crate::base::{Money, Month, Purpose, Seed, Time, math};
use crate::event::{Cause, Happening, Measure};
use crate::metrics::ledger::Item;
use crate::params::LogisticsParameters;
use crate::world::{self, RoadClass};

/// Months at most in which couriers settle before a run begins, for the parcels of its first day.
const SETTLING: u32 = 12;

/// What couriers count with in a county, whatever the village.
pub(super) struct Market<'p> {
    pub(super) p: &'p LogisticsParameters,
    seed: Seed,
    pub(super) terms: Terms,
    /// Parts of all parcels, by network.
    pub(super) shares: [f64; NETWORKS],
    /// Self-service orders by household and day, over the county: what couriers expect of any village.
    orders: f64,
    /// Days over which parcels were counted.
    pub(super) days: f64,
    /// The part of a calendar month that these are.
    pub(super) part: f64,
}

/// A village that couriers may visit.
pub(super) struct Prospect {
    pub(super) stop: Stop,
    /// Parcels of self-service orders and parcels sent that are expected \[parcels/day\].
    parcels: [f64; 2],
}

impl Prospect {
    fn all(&self) -> f64 {
        self.parcels[0] + self.parcels[1]
    }
}

impl<'p> Market<'p> {
    fn prospect(&self, setting: &Setting, village: &Village, place: &world::Village) -> Prospect {
        let [ask, bus, ..] = block(self.seed, village.owner, Purpose::Courier, 0);
        let made = place.road != RoadClass::Dirt || village.upgraded;
        let stop = Stop {
            to_town: f64::from(village.to_town),
            rank: f64::from(place.delivery_rank),
            ask: self.p.drop_ask_low + (self.p.drop_ask_high - self.p.drop_ask_low) * unit(ask),
            bus: made && unit(bus) < self.p.bus_share,
        };
        // The programme's trucks bring everything where they take everybody's parcels.
        let expected = match village.has_open_last_mile(setting) {
            true => 0.0,
            false => self.orders * f64::from(village.households),
        };
        Prospect { stop, parcels: [expected, f64::from(village.sent_last) / self.days] }
    }

    /// The best round of an agent with this share of the parcels.
    pub(super) fn round(&self, prospect: &Prospect, share: f64, joint: bool) -> Round {
        let terms = if joint { self.terms.joint(self.p) } else { self.terms };
        courier::best_round(self.p, &terms, &prospect.stop, prospect.all() * share, joint)
    }

    /// What the rounds of an agent through these villages would gain, and cost \[yuan/day\].
    fn gains(&self, prospects: &[Prospect], share: f64, joint: bool) -> [f64; 2] {
        let mut sums = [0.0; 2];
        for round in prospects.iter().map(|prospect| self.round(prospect, share, joint)) {
            if round.gain() > 0.0 {
                sums[0] += round.gain();
                sums[1] += round.cost;
            }
        }
        sums
    }

    /// How many times the parcels of these villages a township has, the town's own and those of villages
    /// outside the run among them: a counter lives on all.
    pub(super) fn counter_scale(&self, town: &world::Town, villages: usize) -> f64 {
        (1.0 + self.p.town_parcels) * (f64::from(town.villages) / villages.max(1) as f64).max(1.0)
    }

    /// Whether networks of a township would do well to join: what they save, counters among it, of what it
    /// costs them apart.
    fn joining_pays(&self, prospects: &[Prospect], town: &world::Town, township: &Township) -> bool {
        let carriers = township.carriers().count() as f64;
        let networks = township.agents.iter().filter(|&&agent| agent != courier::NOBODY).count() as f64;
        if carriers <= 0.0 {
            return false;
        }
        let (mut apart, mut cost) = (0.0, 0.0);
        for agent in township.carriers() {
            let [gain, spent] = self.gains(prospects, township.share(agent, &self.shares), false);
            apart += gain;
            cost += spent;
        }
        let present = (0..NETWORKS).map(|agent| township.share(agent, &self.shares)).sum();
        let [joint, _] = self.gains(prospects, present, true);
        let villages = self.counter_scale(town, prospects.len()) / (1.0 + self.p.town_parcels);
        let counter = Counter::of(self.p, &self.terms, 0.0, [0.0; NETWORKS]);
        let counters = |agents: f64| counter.fixed * agents + counter.handover * (networks - agents);
        let (joint, apart) = (villages * joint - counters(1.0), villages * apart - counters(carriers));
        courier::saving(joint, apart, villages * cost + counters(carriers)) >= self.p.joint_saving
    }

    /// A township's month: agents come, share, part and leave.
    fn review(&self, prospects: &[Prospect], town: &world::Town, township: &mut Township) {
        let scale = self.counter_scale(town, prospects.len());
        let villages = scale / (1.0 + self.p.town_parcels);
        let rounds = std::array::from_fn(|agent| {
            let share = township.share(agent, &self.shares);
            if share > 0.0 { villages * self.gains(prospects, share, township.joint)[0] } else { 0.0 }
        });
        let parcels: f64 = prospects.iter().map(|prospect| prospect.parcels[0]).sum();
        let counter = Counter::of(self.p, &self.terms, parcels * scale, rounds);
        township.review(self.p, &counter, &self.shares);
        let served = township.carriers().next().is_some();
        township.joint &= served;
    }
}

impl CountyProcess {
    /// Couriers at a month's end: what they did is paid for, and they decide where to go next month.
    pub(super) fn review_couriers(&mut self, setting: &Setting, now: Time) {
        let market = self.close_couriers(setting, now);
        self.arrange_couriers(setting, &market, now, true);
        self.join_rounds(setting, &market, now);
    }

    /// What couriers did since the last month's end is paid for. Returns what they count with.
    pub(super) fn close_couriers<'p>(&mut self, setting: &'p Setting, now: Time) -> Market<'p> {
        let subsidies = self.courier_subsidies(setting, now);
        let days = f64::from(self.month.days(now).max(1));
        let market = self.courier_market(setting, now, subsidies.iter().sum(), days);
        self.pay_couriers(setting, &market, subsidies);
        if self.joins_rounds(setting, now) {
            let joint = self.townships.iter().filter(|township| township.joint).count() as f64;
            let monthly = setting.parameters.government.joint_cost * joint / MONTHS_IN_YEAR;
            self.accounts.book.pay(Item::JointDelivery, Money::from_yuan(monthly * self.month.part(now)));
        }
        market
    }

    /// Couriers where a run begins: arranged as they would be had its parcels long been what they are.
    pub(in crate::model) fn settle_couriers(&mut self, setting: &Setting, now: Time) {
        let market = self.courier_market(setting, now, 0.0, f64::from(DAYS_IN_MONTH));
        self.settle_for(setting, &market, now);
        let first = setting.parameters.logistics.joint_first.midnight();
        let years = now.since(first).as_days() / DAYS_IN_YEAR;
        self.try_to_join(setting, &market, 0, market.p.joint_rate * years);
        self.settle_for(setting, &market, now);
    }

    /// Lets couriers settle for the parcels of one day, until nobody moves any more.
    fn settle_for(&mut self, setting: &Setting, market: &Market<'_>, now: Time) {
        let places = |county: &CountyProcess| -> (Vec<Township>, Vec<Rounds>) {
            (county.townships.clone(), county.villages.iter().map(|village| village.rounds).collect())
        };
        let mut before = places(self);
        for _ in 0..SETTLING {
            self.arrange_couriers(setting, market, now, false);
            let after = places(self);
            if after == before {
                return;
            }
            before = after;
        }
    }

    /// Before the run couriers come as to the mean of villages alike, and to villages whose shops pay for a
    /// round.
    pub(super) fn earlier_couriers(&mut self, setting: &Setting, earlier: &EarlierBuyers, now: Time) {
        let p = &setting.parameters.logistics;
        let wage = setting.parameters.income.migrant_wage.at(now);
        let market = Market {
            p,
            seed: setting.world_seed,
            terms: Terms::of(p, wage, 0.0),
            shares: courier::shares(p),
            orders: 0.0,
            days: f64::from(DAYS_IN_MONTH),
            part: 1.0,
        };
        let places = &self.place(setting).villages;
        for (village, place) in self.villages.iter_mut().zip(places) {
            let mut arrivals = earlier.arrivals(p, EarlierPlace::of(p, place), now);
            if village.sent_last > 0 {
                let prospect = market.prospect(setting, village, place);
                let comes = market
                    .shares
                    .iter()
                    .filter(|&&share| market.round(&prospect, share, false).ratio() >= p.courier_entry);
                let visited: f64 = comes.sum();
                if visited > arrivals.commercial() {
                    arrivals = courier::Arrivals::by_post(p);
                    arrivals.add_visits(1, visited);
                    arrivals.add_town(market.shares.iter().sum::<f64>() - visited);
                }
            }
            village.arrive(arrivals);
        }
    }

    fn courier_market<'p>(&self, setting: &'p Setting, now: Time, subsidy: f64, days: f64) -> Market<'p> {
        let p = &setting.parameters;
        let of = |village: &Village| village.buyers.self_service_rate(&village.choices) * village.weight();
        let yearly: f64 = self.villages.iter().map(of).sum();
        let households = self.place(setting).households().max(1) as f64;
        Market {
            p: &p.logistics,
            seed: setting.world_seed,
            terms: Terms::of(&p.logistics, p.income.migrant_wage.at(now), subsidy),
            shares: courier::shares(&p.logistics),
            orders: yearly / DAYS_IN_YEAR / households,
            days,
            part: self.month.part(now).max(TINY),
        }
    }

    /// Villages of the run by town.
    pub(super) fn villages_of_towns(&self, setting: &Setting) -> Vec<Vec<usize>> {
        let place = self.place(setting);
        let mut towns = vec![Vec::new(); place.towns.len()];
        for (at, village) in place.villages.iter().enumerate() {
            towns[usize::from(village.town)].push(at);
        }
        towns
    }

    pub(super) fn prospects(
        &self,
        setting: &Setting,
        market: &Market<'_>,
        villages: &[usize],
    ) -> Vec<Prospect> {
        let places = &self.place(setting).villages;
        let prospect = |&at: &usize| market.prospect(setting, &self.villages[at], &places[at]);
        villages.iter().map(prospect).collect()
    }

    /// Agents of every township and their rounds, for the next month.
    fn arrange_couriers(&mut self, setting: &Setting, market: &Market<'_>, now: Time, recorded: bool) {
        let towns = &self.place(setting).towns;
        for (town, villages) in self.villages_of_towns(setting).iter().enumerate() {
            if villages.is_empty() {
                continue;
            }
            let prospects = self.prospects(setting, market, villages);
            market.review(&prospects, &towns[town], &mut self.townships[town]);
            let township = self.townships[town];
            for (&at, prospect) in villages.iter().zip(&prospects) {
                self.decide_rounds(market, at, prospect, &township, recorded.then_some(now));
            }
        }
    }

    /// Each agent decides how often it visits a village.
    fn decide_rounds(
        &mut self,
        market: &Market<'_>,
        at: usize,
        prospect: &Prospect,
        township: &Township,
        recorded: Option<Time>,
    ) {
        let village = &mut self.villages[at];
        let before = village.rounds.any();
        let mut first = None;
        for agent in 0..NETWORKS {
            let share = township.share(agent, &market.shares);
            if share <= 0.0 {
                village.rounds.stop(agent);
                continue;
            }
            let round = market.round(prospect, share, township.joint);
            if village.rounds.decide(market.p, agent, &round) == Some(true) {
                first = first.or(Some(round.ratio()));
            }
        }
        let after = village.rounds.any();
        village.arrive(village.rounds.arrivals(market.p, township, &market.shares));
        let Some(now) = recorded.filter(|_| before != after) else {
            return;
        };
        let (measure, happening, cause) = match after {
            true if prospect.parcels[1] > prospect.parcels[0] => {
                (Measure::CourierEntries, Happening::CourierEntered, Cause::SellersParcels)
            }
            true => (Measure::CourierEntries, Happening::CourierEntered, Cause::BuyersParcels),
            false => (Measure::CourierExits, Happening::CourierLeft, Cause::TooFewParcels),
        };
        let ratio = first.unwrap_or(0.0) * THOUSANDTHS;
        self.accounts.book.count(measure, 1);
        self.accounts.book.count(Measure::CourierEntryRatio, ratio as i64);
        self.chronicle.record_cause(now, Some(village.index), happening, cause);
    }

    /// Networks of townships agree on joint rounds where that pays, sooner where government helps.
    fn join_rounds(&mut self, setting: &Setting, market: &Market<'_>, now: Time) {
        let (helped, part) = (self.joins_rounds(setting, now), self.month.part(now));
        if now < setting.parameters.logistics.joint_first.midnight() {
            return;
        }
        let own = market.p.joint_rate;
        let rate = if helped { own.max(setting.parameters.government.joint_rate) } else { own };
        let month = u64::from(Month::of(now).0);
        self.try_to_join(setting, market, month, rate * part / MONTHS_IN_YEAR);
    }

    /// Lets networks join their rounds where that pays, with such a hazard.
    fn try_to_join(&mut self, setting: &Setting, market: &Market<'_>, count: u64, hazard: f64) {
        if hazard <= 0.0 {
            return;
        }
        let mut stream = setting.random_stream(self.place(setting).owner(), Purpose::Courier, count);
        for (town, villages) in self.villages_of_towns(setting).iter().enumerate() {
            // Every township has its draw, so that none shifts another's.
            let agreed = stream.unit() < 1.0 - math::exp(-hazard);
            if !agreed || villages.is_empty() || self.townships[town].joint {
                continue;
            }
            let prospects = self.prospects(setting, market, villages);
            let place = &self.place(setting).towns[town];
            if market.joining_pays(&prospects, place, &self.townships[town]) {
                self.townships[town].join(&market.shares);
            }
        }
    }

    /// Writes down how couriers stand.
    pub(super) fn count_couriers(&mut self, setting: &Setting) {
        let (mut networks, mut joint) = (0, 0);
        for (village, place) in self.villages.iter().zip(&self.place(setting).villages) {
            let township = &self.townships[usize::from(place.town)];
            networks += i64::from(village.rounds.networks(township));
            joint += i64::from(township.joint);
        }
        self.accounts.book.stock(Measure::CourierNetworks, networks);
        self.accounts.book.stock(Measure::VillagesJoint, joint);
    }
}
