//! Adoption: a village's clock ticks when somebody takes a step towards buying online.

use super::Village;
use super::spending::spending_per_weight;
use crate::agents::buyers::Slot;
use crate::agents::household::learners::Learners;
use crate::agents::household::{Buying, Circumstances, Hazards, Household, Step};
use crate::agents::platform;
use crate::base::factor::{MONTHS_IN_YEAR, PER_CENT};
use crate::base::{Month, Purpose, RandomStream, Time, math};
use crate::event::{Event, MarketNews, PlatformName};
use crate::market::choice::{Delivery, Offer, Reached, Spends, StationOffer, choices, need};
use crate::model::agenda::{Agenda, SLOW, phase};
use crate::model::open_month::OpenMonth;
use crate::model::setting::Setting;

impl Household {
    /// Its slot in the village's sampler of buyers.
    pub fn slot(&self) -> Slot {
        Slot { class: self.class, self_service: self.self_service }
    }
}

impl Village {
    /// A tick of the learning clock: somebody takes a step, unless it needs a phone that has not come yet.
    pub(in crate::model) fn adopt(
        &mut self,
        setting: &Setting,
        now: Time,
        generation: u32,
        phones: f64,
        news: &MarketNews,
        agenda: &mut Agenda<'_>,
    ) {
        if !self.adoption_clock.is_current(generation) {
            return;
        }
        let mut stream =
            setting.random_stream(self.owner, Purpose::Learning, u64::from(self.adoption_clock.draws));
        let gap = stream.exponential();
        let adoption = self.learners.draw(&self.hazards, &self.residents, &setting.weights, &mut stream);
        // Who was weighed with a phone that has not come yet takes the step as often as without.
        let adoption = adoption.filter(|adoption| {
            let has_phone = self.residents[usize::from(adoption.record)].has_phone(phones);
            adoption.without_phone.is_none_or(|part| has_phone || stream.chance(part))
        });
        if let Some(adoption) = adoption {
            self.take_step(setting, now, adoption.record, adoption.step, news, &mut stream);
            self.retime_orders(setting, now, false, agenda);
        }
        self.adoption_clock.draws = stream.count() as u32;
        self.refresh_hazards(setting, now);
        let rate = self.learning_rate();
        if let Some((due, generation)) = self.adoption_clock.tick(now, gap, rate, SLOW) {
            self.schedule_adoption(due, generation, agenda);
        }
    }

    fn schedule_adoption(&self, due: Time, generation: u32, agenda: &mut Agenda<'_>) {
        agenda.schedule(due, phase::PEOPLE, self.source(), Event::Adopt { village: self.index, generation });
    }

    fn take_step(
        &mut self,
        setting: &Setting,
        now: Time,
        record: u16,
        step: Step,
        news: &MarketNews,
        stream: &mut RandomStream,
    ) {
        match step {
            Step::Hear => self.change_buying(setting, now, record, Buying::Aware),
            Step::TryAssisted => self.try_out(setting, now, record),
            Step::TryAlone => {
                let platform = platform::choose(&news.pull, stream);
                let household = &mut self.residents[usize::from(record)];
                household.self_service = true;
                household.platform = platform;
                self.try_out(setting, now, record);
            }
            Step::Emancipate => self.emancipate(setting, record),
            Step::Lapse => self.change_buying(setting, now, record, Buying::Lapsed),
            Step::Reconsider => {
                let household = &mut self.residents[usize::from(record)];
                let since = household.habit_since;
                let years = f64::from(Month::of(now).0.saturating_sub(since)) / MONTHS_IN_YEAR;
                let is_open = household.buying == Buying::Trial
                    || stream.chance(platform::openness(&setting.parameters.platform, years));
                if is_open {
                    household.platform = platform::choose(&news.pull, stream);
                }
            }
        }
    }

    /// A household has lost its trust: who uses self-service turns to another platform and gives that fair
    /// trust; who has none to turn to, or needs the station, gives up. Published churn is from sites while
    /// the number of buyers never fell, so that trust is a platform's and not buying's.
    pub(in crate::model) fn lose_trust(
        &mut self,
        setting: &Setting,
        now: Time,
        record: u16,
        news: &MarketNews,
    ) {
        let household = &mut self.residents[usize::from(record)];
        let count = u64::from(now.minutes()) << 16 | u64::from(record);
        let mut stream = setting.random_stream(self.owner, Purpose::Platform, count);
        let rival = platform::choose(&news.pull, &mut stream);
        if household.self_service && rival != household.platform {
            self.learners.remove(household, &setting.weights);
            household.platform = rival;
            household.reset_trust(&setting.parameters.household);
            self.learners.add(household, &setting.weights);
        } else {
            self.change_buying(setting, now, record, Buying::Lapsed);
        }
    }

    /// A household tries buying online, with fair trust.
    pub(in crate::model) fn try_out(&mut self, setting: &Setting, now: Time, record: u16) {
        self.change_buying(setting, now, record, Buying::Trial);
    }

    fn emancipate(&mut self, setting: &Setting, record: u16) {
        let household = &mut self.residents[usize::from(record)];
        self.buyers.remove(record, household.slot());
        self.dependents[household.buying.at()] -= 1;
        self.learners.remove(household, &setting.weights);
        household.self_service = true;
        self.learners.add(household, &setting.weights);
        self.insert_buyer(&setting.parameters.household, record);
    }

    /// Moves a household to another buying state, and its weight with it.
    pub(in crate::model) fn change_buying(
        &mut self,
        setting: &Setting,
        now: Time,
        record: u16,
        next: Buying,
    ) {
        let household = &mut self.residents[usize::from(record)];
        let last = household.buying;
        self.dependents[last.at()] -= u16::from(household.depends_on_station());
        self.learners.remove(household, &setting.weights);
        if last.buys() {
            self.buyers.remove(record, household.slot());
        }
        household.buying = next;
        match next {
            Buying::Trial => household.reset_trust(&setting.parameters.household),
            Buying::Regular => household.habit_since = Month::of(now).0,
            Buying::Lapsed => {
                household.self_service = false;
                household.platform = PlatformName::Incumbent;
            }
            Buying::Unaware | Buying::Aware => {}
        }
        self.learners.add(household, &setting.weights);
        self.counts[last.at()] -= 1;
        self.counts[next.at()] += 1;
        self.dependents[next.at()] += u16::from(household.depends_on_station());
        self.insert_buyer(&setting.parameters.household, record);
    }

    /// Works out anew what drives learning.
    pub(in crate::model) fn refresh_hazards(&mut self, setting: &Setting, now: Time) {
        let setting = setting.of_village(self.index);
        let p = &setting.parameters;
        let station = self.open_station();
        let supported = setting.supported(now);
        let visits = MONTHS_IN_YEAR * self.partner_visits(setting) / f64::from(self.households.max(1));
        let circumstances = Circumstances {
            internet: p.world.internet.at(now) / PER_CENT,
            regular: self.regular_share(),
            assisted: self.buyers.assisted(),
            promotion: if station.is_some() && supported {
                p.programme.promotion / p.world.price_level
            } else {
                0.0
            },
            visits: visits.min(p.household.visits_most),
            skill: station.map_or(0.0, |station| station.skill),
            reached: self.arrivals.reached(),
            station: station.is_some(),
            need: f64::from(self.need),
        };
        self.hazards = Hazards::of(&p.household, &p.platform, &circumstances);
    }

    /// Works out anew what households choose and learn, and moves the clocks.
    pub(in crate::model) fn refresh(
        &mut self,
        setting: &Setting,
        now: Time,
        month: &OpenMonth,
        agenda: &mut Agenda<'_>,
    ) {
        let setting = setting.of_village(self.index);
        let offer = self.offer(setting, now, month.insight);
        let p = &setting.parameters.household;
        self.choices = choices(p, &offer);
        self.spends = Spends::of(&offer);
        self.need = need(p, &offer) as f32;
        self.renew_rates(p);
        self.stale = false;
        self.learners = Learners::count(&self.residents, &setting.weights, month.phones_soon);
        self.days_chosen = [
            self.station.as_ref().map_or(0.0, |station| station.delivery_days as f32),
            self.self_service_days,
        ];
        self.refresh_hazards(setting, now);
        self.retime_orders(setting, now, true, agenda);
        self.retime_adoption(now, agenda);
    }

    /// Moves the learning clock to its present rate.
    pub(in crate::model) fn retime_adoption(&mut self, now: Time, agenda: &mut Agenda<'_>) {
        let rate = self.learning_rate();
        if let Some((due, generation)) = self.adoption_clock.update(now, rate, SLOW) {
            self.schedule_adoption(due, generation, agenda);
        }
    }

    /// What the village offers its shoppers now, merchants having learnt so much of all there is to learn.
    pub(super) fn offer(&self, setting: &Setting, now: Time, insight: f64) -> Offer {
        let p = &setting.parameters;
        let station = self.open_station().map(|station| {
            let display = if station.select_store { p.programme.select_store_gain } else { 0.0 };
            let drive = math::pow(station.drive, p.partner.drive_sales);
            let gain = (1.0 + display) * drive - 1.0;
            let service = Setting::service(p, now);
            StationOffer { skill: station.skill, days: station.delivery_days, gain, service }
        });
        let fit = 1.0 + p.programme.analytics_gain * insight;
        Offer {
            to_town: f64::from(self.to_town),
            to_seat: f64::from(self.to_seat),
            station,
            reached: if self.has_open_last_mile(setting) {
                Reached::all(Delivery::Village)
            } else {
                self.arrivals.reached()
            },
            self_service_days: f64::from(self.self_service_days),
            variety: setting.variety(now) * fit,
            online_price: p.household.online_price * (1.0 - p.platform.buyer_subsidy),
            group_incomes: setting.group_incomes,
            hourly_wage: p.income.migrant_wage.at(now) / p.household.working_hours,
            spending: spending_per_weight(p, now),
        }
    }
}
