//! Learning to buy: a village's clock ticks when somebody takes a step.

use super::super::county_process::{CountyOutbox, CountyProcess, SLOW, phase};
use super::super::setting::Setting;
use crate::agents::buyers::Slot;
use crate::agents::household::learners::Learners;
use crate::agents::household::{Buying, Circumstances, Hazards, Household, MEAN_TICKETS, Step};
use crate::agents::platform;
use crate::base::{Month, Purpose, Time, math};
use crate::event::{Event, PlatformName};
use crate::market::choice::{Offer, choices, need};

impl Household {
    /// Its slot in the village's urn.
    pub fn slot(&self) -> Slot {
        Slot { class: self.class, alone: self.alone }
    }
}

impl CountyProcess {
    /// A tick of a village's learning clock: somebody takes a step, unless it needs a phone that has not come
    /// yet.
    pub(in crate::model) fn lesson(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        turn: u32,
        outbox: &mut CountyOutbox,
    ) {
        let village = &self.villages[at];
        if !village.learn_clock.is_current(turn) {
            return;
        }
        let mut luck = setting.luck(village.owner, Purpose::Learning, u64::from(village.learn_clock.luck));
        let gap = luck.exponential();
        let households = &self.households[village.first as usize..][..usize::from(village.records)];
        let lesson = village.learners.draw(&village.hazards, households, &setting.weights, &mut luck);
        // Who was weighed with a phone that has not come yet takes the step as often as without.
        let lesson = lesson.filter(|lesson| {
            let has_phone = households[usize::from(lesson.record)].has_phone(self.phones);
            lesson.without_phone.is_none_or(|part| has_phone || luck.chance(part))
        });
        if let Some(lesson) = lesson {
            self.take_step(setting, now, at, lesson.record, lesson.step, &mut luck);
            self.retime_orders(setting, now, at, outbox, false);
        }
        self.villages[at].learn_clock.luck = luck.count() as u32;
        self.refresh_hazards(setting, now, at);
        let village = &mut self.villages[at];
        let rate = village.learning_rate();
        if let Some((due, turn)) = village.learn_clock.tick(now, gap, rate, SLOW) {
            self.schedule_lesson(at, due, turn, outbox);
        }
    }

    fn schedule_lesson(&mut self, at: usize, due: Time, turn: u32, outbox: &mut CountyOutbox) {
        let event = Event::Learn { village: Self::named(at), turn };
        self.schedule(outbox, due, phase::PEOPLE, at as u32 + 1, event);
    }

    fn take_step(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        record: u16,
        taken: Step,
        luck: &mut crate::base::Stream,
    ) {
        let first = self.villages[at].first as usize;
        match taken {
            Step::Hear => self.change_buying(setting, now, at, record, Buying::Aware),
            Step::TryAssisted => self.try_out(setting, now, at, record),
            Step::TryAlone => {
                let platform = self.pick_platform(luck);
                let household = &mut self.households[first + usize::from(record)];
                household.alone = true;
                household.platform = platform;
                self.try_out(setting, now, at, record);
            }
            Step::Emancipate => self.emancipate(setting, at, record),
            Step::Lapse => {
                let household = self.households[first + usize::from(record)];
                let years = f64::from(Month::of(now).0.saturating_sub(household.habit_since)) / 12.0;
                let p = &setting.parameters.platform;
                let moves = platform::reconsideration(p, years);
                let rival = self.pick_platform(luck);
                if household.alone && rival != household.platform && luck.chance(moves) {
                    self.households[first + usize::from(record)].platform = rival;
                } else {
                    self.change_buying(setting, now, at, record, Buying::Lapsed);
                }
            }
        }
    }

    fn try_out(&mut self, setting: &Setting, now: Time, at: usize, record: u16) {
        let first = self.villages[at].first as usize;
        self.households[first + usize::from(record)].reset_trust(&setting.parameters.household);
        self.change_buying(setting, now, at, record, Buying::Trial);
    }

    fn emancipate(&mut self, setting: &Setting, at: usize, record: u16) {
        let intensity = setting.parameters.household.trial_intensity;
        let village = &mut self.villages[at];
        let household = &mut self.households[village.first as usize + usize::from(record)];
        let from = household.slot();
        village.learners.remove(household, &setting.weights);
        household.alone = true;
        village.learners.add(household, &setting.weights);
        village.buyers.regroup(household.tickets_held(intensity), from, household.slot());
        village.update_rates();
    }

    /// Moves a household to another buying state, and its tickets with it.
    pub(in crate::model) fn change_buying(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        record: u16,
        next: Buying,
    ) {
        let intensity = setting.parameters.household.trial_intensity;
        let village = &mut self.villages[at];
        let household = &mut self.households[village.first as usize + usize::from(record)];
        let last = household.buying;
        village.learners.remove(household, &setting.weights);
        if last.buys() {
            village.buyers.remove(record, household.slot());
        }
        household.buying = next;
        if next == Buying::Regular {
            household.habit_since = Month::of(now).0;
        }
        if next == Buying::Lapsed {
            household.alone = false;
            household.platform = PlatformName::Incumbent;
        }
        village.learners.add(household, &setting.weights);
        village.counts[last.at()] -= 1;
        village.counts[next.at()] += 1;
        village.buyers.insert(record, household.tickets_held(intensity), household.slot());
        village.update_rates();
    }

    /// Works out anew what drives learning in a village.
    pub(in crate::model) fn refresh_hazards(&mut self, setting: &Setting, now: Time, at: usize) {
        let p = &setting.parameters;
        let village = &self.villages[at];
        let station = village.open_station();
        let supported = setting.supported(now);
        let visits = station.map_or(0.0, |station| {
            12.0 * p.partner.visits * station.drive / f64::from(village.households.max(1))
        });
        let circumstances = Circumstances {
            internet: p.world.internet.at(now) / 100.0,
            regular: village.share(Buying::Regular.at()),
            assisted: village.buyers.assisted(),
            promotion: if station.is_some() && supported { p.programme.promotion } else { 0.0 },
            visits: visits.min(p.household.visits_most),
            skill: station.map_or(0.0, |station| station.skill),
            delivery: village.delivery,
            station: station.is_some(),
            need: f64::from(village.need),
        };
        self.villages[at].hazards = Hazards::of(&p.household, &circumstances);
    }

    /// Works out anew what a village's households choose and learn, and moves its clocks.
    pub(in crate::model) fn refresh(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        outbox: &mut CountyOutbox,
    ) {
        let offer = self.offer(setting, now, at);
        let p = &setting.parameters.household;
        let choices = choices(p, &offer);
        let need = need(p, &offer) as f32;
        let village = &mut self.villages[at];
        village.need = need;
        village.choices = choices;
        village.update_rates();
        village.stale = false;
        let households = &self.households[village.first as usize..][..usize::from(village.records)];
        village.learners = Learners::count(households, &setting.weights, self.phones_soon);
        village.days_chosen = [
            village.station.as_ref().map_or(0.0, |station| station.delivery_days as f32),
            village.alone_days,
        ];
        self.refresh_hazards(setting, now, at);
        self.retime_orders(setting, now, at, outbox, true);
        self.retime_lessons(now, at, outbox);
    }

    /// Moves a village's learning clock to its present rate.
    pub(in crate::model) fn retime_lessons(&mut self, now: Time, at: usize, outbox: &mut CountyOutbox) {
        let village = &mut self.villages[at];
        let rate = village.learning_rate();
        if let Some((due, turn)) = village.learn_clock.look(now, rate, SLOW) {
            self.schedule_lesson(at, due, turn, outbox);
        }
    }

    /// What a village offers its shoppers now.
    fn offer(&self, setting: &Setting, now: Time, at: usize) -> Offer {
        let p = &setting.parameters;
        let village = &self.villages[at];
        let station = village.open_station().map(|station| {
            let display = if station.select_store { p.programme.select_store_gain } else { 0.0 };
            let drive = math::pow(station.drive, p.partner.drive_sales);
            (station.skill, station.delivery_days, (1.0 + display) * drive - 1.0)
        });
        let analytics = p.programme.analytics_cost > 0.0 && setting.supported(now) && {
            let works =
                p.programme.start.midnight() + crate::base::Delay::days(30 * p.programme.analytics_delay);
            now >= works
        };
        let fit = if analytics { 1.0 + p.programme.analytics_gain } else { 1.0 };
        let open = p.programme.open_last_mile && station.is_some();
        Offer {
            to_town: f64::from(village.to_town),
            to_seat: f64::from(village.to_seat),
            station,
            delivery: if open { crate::market::choice::Delivery::Village } else { village.delivery },
            alone_days: f64::from(village.alone_days),
            variety: setting.variety(now) * fit,
            online_price: p.household.online_price * (1.0 - p.platform.buyer_subsidy),
            hourly_wage: p.income.migrant_wage.at(now) / p.household.working_hours,
            spending: self.ticket_spending(setting, now),
        }
    }

    /// Yearly retail spending for one ticket of a household now \[yuan\].
    pub(super) fn ticket_spending(&self, setting: &Setting, now: Time) -> f64 {
        let p = &setting.parameters;
        let household_income = p.income.rural_income.at(now) * p.income.household_size;
        household_income * p.income.consumption_share * p.household.retail_share / MEAN_TICKETS
    }
}
