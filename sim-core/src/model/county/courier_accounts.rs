//! What couriers' agents did in a month, who pays them, and whom they pay.

use super::super::accounts::accrued;
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::Village;
use super::couriers::{Market, Prospect};
use crate::agents::courier::{self, Counter, Offered, Township};
use crate::base::Money;
use crate::base::factor::{DAYS_IN_MONTH, MINUTES_IN_HOUR};
use crate::base::time::DAY;
use crate::event::Measure;
use crate::metrics::ledger::Item;

/// What couriers' work of a month came to.
#[derive(Clone, Copy, Debug, Default)]
struct Account {
    /// Fees for parcels handed over \[yuan\].
    fees: f64,
    /// Work \[hours\].
    hours: f64,
    /// Vehicles, rent, buses and sorting \[yuan\].
    costs: f64,
    /// What shops get for keeping parcels \[yuan\].
    dropped: f64,
    /// Parcels handed over in villages by commercial networks.
    brought: f64,
    /// Visits of commercial networks.
    visits: f64,
}

impl Account {
    fn add(&mut self, other: &Account) {
        self.fees += other.fees;
        self.hours += other.hours;
        self.costs += other.costs;
        self.dropped += other.dropped;
        self.brought += other.brought;
        self.visits += other.visits;
    }
}

/// What couriers of a county did in a month.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    account: Account,
    /// Part of the calendar month.
    part: f64,
    /// Parcels of self-service orders that couriers and the post carried.
    parcels: f64,
    /// Of them, handed over in villages.
    handed: f64,
    /// Their waits for the next visit \[parcel-days\].
    wait: f64,
    /// What shops get for keeping parcels, by the whole month \[yuan\].
    kept: f64,
}

impl CountyProcess {
    /// Pays for the month's parcels: senders pay the networks, networks their agents, agents what they work
    /// with. What is left of carriage is the trunk's.
    pub(super) fn pay_couriers(&mut self, setting: &Setting, market: &Market<'_>, subsidies: [f64; 2]) {
        let done = self.work_of_couriers(setting, market);
        let (p, all) = (market.p, done.account);
        let [lever, grant] = subsidies.map(|subsidy| Money::from_yuan(subsidy * all.brought));
        let grant = grant.min(self.grant.left);
        self.grant.left -= grant;
        let [wages, costs, fees] = [all.hours * market.terms.hour, all.costs, all.fees].map(Money::from_yuan);
        let kept = accrued(Money::from_yuan(done.kept), done.part);
        let ledger = self.accounts.book.ledger();
        let sent = self.accounts.book.value(Measure::ParcelsSent);
        let above_fee = (p.parcel_price - setting.parameters.household.delivery_fee).max(0.0);
        let carriage = Money::from_yuan(above_fee) * sent;
        let fee = Money::from_yuan(setting.parameters.household.delivery_fee) * sent;
        let month = |items: [Item; 2]| items.map(|item| ledger.in_month(item)).into_iter().sum::<Money>();
        let paid = fee + carriage + month([Item::ShopParcels, Item::ReturnCarriage]);
        let owed = fees + month([Item::DamageCompensation, Item::LastMileFees]);
        let book = &mut self.accounts.book;
        book.pay(Item::MerchantParcels, carriage);
        book.pay(Item::CourierSubsidy, lever + grant);
        book.pay(Item::CourierWages, wages);
        book.pay(Item::CourierCosts, costs);
        // Where more arrives in a month than is sent, carriage may be less than fees: they bear the lack.
        let left = paid - owed;
        book.pay(Item::ParcelHaulage, left.max(Money::ZERO));
        let profit = fees + lever + grant + left.min(Money::ZERO) - wages - costs - kept;
        book.count(Measure::CourierProfit, profit.fen());
        for (measure, amount) in [
            (Measure::CourierVisits, all.visits),
            (Measure::CourierParcels, done.parcels),
            (Measure::VillageParcels, done.handed),
            (Measure::CourierWait, done.wait * f64::from(DAY)),
        ] {
            book.count(measure, (amount + 0.5) as i64);
        }
    }

    /// What couriers did since the last month's end.
    fn work_of_couriers(&mut self, setting: &Setting, market: &Market<'_>) -> Done {
        let part = market.part;
        let mut done = Done { part, ..Done::default() };
        for (town, villages) in self.villages_of_towns(setting).iter().enumerate() {
            let prospects = self.prospects(setting, market, villages);
            let township = self.townships[town];
            for (&at, prospect) in villages.iter().zip(&prospects) {
                let village = &mut self.villages[at];
                let received = f64::from(village.self_service_parcels);
                let open = village.has_open_last_mile(setting);
                let carried = if open { 0.0 } else { received };
                let account = market.work(village, prospect, &township, carried);
                village.drop_fees = account.dropped / part;
                done.kept += village.drop_fees;
                done.account.add(&account);
                let handed = carried * village.arrivals.reached().village;
                done.parcels += carried;
                done.handed += handed;
                done.wait += handed * village.arrivals.mean_wait(market.p);
            }
            done.account.add(&self.keep_counters(setting, market, town, villages.len()));
        }
        done
    }

    /// A month of the counters of a township, as far as its villages in the run have to pay for them.
    fn keep_counters(&self, setting: &Setting, market: &Market<'_>, town: usize, villages: usize) -> Account {
        let (p, township) = (market.p, &self.townships[town]);
        if villages == 0 {
            return Account::default();
        }
        let place = &self.place(setting).towns[town];
        let days = market.days / market.counter_scale(place, villages);
        let agents = township.carriers().count() as f64;
        let served = township.agents.iter().filter(|&&agent| agent != courier::NOBODY).count() as f64;
        let attendance = p.courier_counter * agents * days;
        let fixed = Counter::fixed(p, &market.terms) * agents * days;
        let handover = p.courier_handover * (served - agents) * days / f64::from(DAYS_IN_MONTH);
        let rent = fixed - attendance * market.terms.hour;
        Account { hours: attendance, costs: rent + handover, ..Account::default() }
    }
}

impl Market<'_> {
    /// What a month of a village's parcels came to: so many received, and those its shops sent.
    fn work(&self, village: &Village, prospect: &Prospect, township: &Township, received: f64) -> Account {
        let p = self.p;
        let sent = f64::from(village.sent_last);
        let mut account = Account::default();
        let mut collected = 0.0;
        for agent in township.carriers() {
            let interval = f64::from(village.rounds.intervals[agent]);
            if interval <= 0.0 {
                continue;
            }
            let share = township.share(agent, &self.shares);
            let offered = self.round(prospect, share, township.joint).offered;
            let part = courier::brought(p, interval) * share;
            collected += sent * part;
            account.add(&self.bring(prospect, &offered, interval, part * (received + sent)));
            account.costs += if township.joint { p.joint_sorting * part * (received + sent) } else { 0.0 };
        }
        let post = received * village.arrivals.post();
        let counter = received * village.arrivals.town() + sent - collected;
        account.fees += post * p.courier_fee + counter * p.courier_fee_town;
        let minutes = post * p.courier_handling + counter * p.courier_handling_drop;
        account.hours += minutes / MINUTES_IN_HOUR;
        account
    }

    /// A month of visits every so many days, with so many parcels in all.
    fn bring(&self, prospect: &Prospect, offered: &Offered, interval: f64, parcels: f64) -> Account {
        let (p, stop) = (self.p, &prospect.stop);
        let visits = self.days / interval;
        let driven = if offered.by_bus { 0.0 } else { visits };
        let handling = if offered.dropped { p.courier_handling_drop } else { p.courier_handling };
        let bus = if offered.by_bus { p.bus_parcel } else { 0.0 };
        let kept = if offered.dropped { stop.ask } else { 0.0 };
        Account {
            fees: parcels * p.courier_fee,
            hours: (driven * stop.minutes(p) + parcels * handling) / MINUTES_IN_HOUR,
            costs: driven * stop.kilometres(p) * p.courier_km_cost + parcels * bus,
            dropped: parcels * kept,
            brought: parcels,
            visits,
        }
    }
}
