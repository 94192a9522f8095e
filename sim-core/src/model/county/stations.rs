//! The programme in a county: centre, screening, stations, partners.

use super::super::county_process::{CountyOutbox, CountyProcess, phase};
use super::super::setting::Setting;
use super::pay::refresher_hours;
use crate::agents::household::{Buying, ability, convenience, receptiveness};
use crate::agents::partner::{self, Station, StationState};
use crate::agents::service_centre::CentreState;
use crate::base::{Delay, Money, Owner, Purpose, Stream, Time};
use crate::event::{Cause, Event, Happening, Measure, Message};
use crate::metrics::ledger::Item;
use crate::params::{PartnerKind, VillageRule};
use crate::world::distance;

impl CountyProcess {
    /// The nation asks for a centre: a team sets it up.
    pub(in crate::model) fn set_up_centre(
        &mut self,
        setting: &Setting,
        now: Time,
        outbox: &mut CountyOutbox,
    ) {
        if self.centre.state != CentreState::None {
            return;
        }
        self.centre.state = CentreState::SettingUp;
        let opens = now + Delay::days(setting.parameters.programme.county_setup);
        self.schedule(outbox, opens, phase::PROGRAMME, 0, Event::CentreOpens);
    }

    /// The centre opens, ranks its villages and screens the first batch.
    pub(in crate::model) fn open_centre(&mut self, setting: &Setting, now: Time, outbox: &mut CountyOutbox) {
        let cost = Money::from_yuan(setting.parameters.programme.county_centre_cost * 1e6);
        self.centre.state = CentreState::Open;
        self.invest(Item::CountyCentreBuilding, cost);
        self.centre.candidates = self.listed(setting);
        self.tell(now, None, Happening::CentreOpened);
        outbox.send(self.nation, Message::CentreOpened);
        self.screen_batch(setting, now, outbox);
    }

    /// Pays for an investment of the programme.
    fn invest(&mut self, item: Item, amount: Money) {
        self.book.pay(item, amount);
        self.report.investment += amount;
    }

    /// Candidate villages, best last: ranked by the rule, spaced where feasible.
    pub(super) fn rank_villages(&self, setting: &Setting) -> Vec<u16> {
        let programme = &setting.parameters.programme;
        let place = self.place(setting);
        let mut ranked: Vec<(f64, u16)> = (0..place.villages.len() as u16)
            .map(|at| (self.village_score(setting, usize::from(at)), at))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let limit = (programme.village_share_limit * place.villages.len() as f64).ceil();
        let wanted = (programme.candidates_per_county as usize).min(limit as usize);
        let far = |a: u16, b: u16| {
            let (a, b) = (&place.villages[usize::from(a)], &place.villages[usize::from(b)]);
            let near = (a.longitude - b.longitude).abs() < 0.5 && (a.latitude - b.latitude).abs() < 0.5;
            let [a, b] = [a, b].map(|v| (f64::from(v.longitude), f64::from(v.latitude)));
            !near || distance::great_circle_km(a.0, a.1, b.0, b.1) >= programme.spacing
        };
        let mut chosen: Vec<u16> = Vec::new();
        for &(_, at) in &ranked {
            if chosen.len() < wanted && chosen.iter().all(|&other| far(at, other)) {
                chosen.push(at);
            }
        }
        // Where villages lie too close, the best of the rest make up the number.
        for &(_, at) in &ranked {
            if chosen.len() < wanted && !chosen.contains(&at) {
                chosen.push(at);
            }
        }
        chosen.reverse();
        chosen
    }

    fn village_score(&self, setting: &Setting, at: usize) -> f64 {
        let village = &self.place(setting).villages[at];
        let p = &setting.parameters;
        let score = match p.programme.village_rule {
            VillageRule::Population => f64::from(village.households),
            VillageRule::Remoteness => f64::from(village.to_town),
            VillageRule::Access => -f64::from(village.to_seat),
            VillageRule::Random => setting.luck(self.villages[at].owner, Purpose::Programme, 0).unit(),
        };
        if p.government.poverty_priority { -f64::from(village.income_ratio) } else { score }
    }

    /// Holds further batches, or goes on with them.
    pub(in crate::model) fn pause_batches(&mut self, now: Time, paused: bool, outbox: &mut CountyOutbox) {
        self.centre.paused = paused;
        self.schedule_batch(now + Delay::days(1), outbox);
    }

    pub(super) fn schedule_batch(&mut self, at: Time, outbox: &mut CountyOutbox) {
        let ready =
            self.centre.state == CentreState::Open && !self.centre.paused && self.centre.has_candidates();
        if ready && !self.centre.batch_scheduled {
            self.centre.batch_scheduled = true;
            self.schedule(outbox, at, phase::PROGRAMME, 0, Event::Batch);
        }
    }

    /// Screens the next batch of villages.
    pub(in crate::model) fn screen_batch(&mut self, setting: &Setting, now: Time, outbox: &mut CountyOutbox) {
        self.centre.batch_scheduled = false;
        if self.centre.paused || !setting.supported(now) {
            return;
        }
        let programme = &setting.parameters.programme;
        let learnt = programme.strategy_change.midnight() + Delay::days(programme.strategy_pause);
        let changes = programme.partner_kind != programme.later_partner_kind;
        if changes && now >= programme.strategy_change.midnight() && now < learnt {
            return self.schedule_batch(learnt, outbox);
        }
        for village in self.centre.next_batch(programme.first_batch, programme.later_batch) {
            self.screen(setting, now, usize::from(village), outbox);
        }
        self.schedule_batch(now + Delay::days(programme.batch_interval), outbox);
    }

    /// Whom the programme recruits now.
    fn wanted_partner(&self, setting: &Setting, now: Time) -> PartnerKind {
        let programme = &setting.parameters.programme;
        let changed = now >= programme.strategy_change.midnight();
        if changed { programme.later_partner_kind } else { programme.partner_kind }
    }

    fn partner_luck(&mut self, setting: &Setting, at: usize) -> Stream {
        self.luck.partner += 1;
        setting.luck(self.villages[at].owner, Purpose::Partner, self.luck.partner << 8)
    }

    /// Looks for a partner in a village.
    fn screen(&mut self, setting: &Setting, now: Time, at: usize, outbox: &mut CountyOutbox) {
        let (programme, p) = (&setting.parameters.programme, &setting.parameters.partner);
        let mut luck = self.partner_luck(setting, at);
        self.book.count(Measure::VillagesScreened, 1);
        let best = partner::best_applicant(p, self.wanted_partner(setting, now), &mut luck);
        let passed = best.filter(|applicant| applicant.score >= programme.acceptance_score);
        let Some(applicant) = passed else {
            self.book.count(Measure::NoApplicant, 1);
            self.tell(now, Some(at), Happening::NoApplicant);
            return self.centre.note_failure(at as u16);
        };
        let wage = setting.parameters.income.migrant_wage.at(now);
        let outside = partner::outside_option(p, applicant.kind, wage);
        if partner::refuses(p, self.expected_income(setting, now), outside, &mut luck) {
            self.book.count(Measure::Refusals, 1);
            self.tell(now, Some(at), Happening::Refused);
            return self.centre.note_failure(at as u16);
        }
        let route = self.route_for(setting, at);
        let select = luck.chance(programme.select_store_share);
        self.villages[at].station = Some(Box::new(Station::fit_out(p, programme, &applicant, route, select)));
        self.pay_for_station(setting, select);
        let opens = now + Delay::days(programme.station_setup);
        self.schedule(
            outbox,
            opens,
            phase::PROGRAMME,
            at as u32 + 1,
            Event::StationOpens { village: Self::named(at) },
        );
    }

    /// What an applicant expects to earn: between what partners of the county earn and what recruiters
    /// promise.
    fn expected_income(&self, setting: &Setting, now: Time) -> f64 {
        let p = &setting.parameters;
        let earning = self.villages.iter().filter_map(|v| v.open_station()).filter(|s| s.usual_income > 0.0);
        let (sum, count) = earning.fold((0.0, 0), |(sum, count), s| (sum + s.usual_income, count + 1));
        let promise = p.income.migrant_wage.at(now) * p.partner.promise;
        let seen = if count > 0 { sum / f64::from(count) } else { promise };
        let weight = p.partner.expectation_seen;
        p.programme.base_pay + (weight * seen + (1.0 - weight) * promise)
    }

    fn pay_for_station(&mut self, setting: &Setting, select: bool) {
        let programme = &setting.parameters.programme;
        self.invest(Item::StationFitting, Money::from_yuan(programme.station_cost));
        let training = Money::from_yuan(programme.training_hours * programme.training_cost);
        self.invest(Item::PartnerTraining, training);
        self.book.count(Measure::TrainingHours, programme.training_hours as i64);
        if select {
            self.invest(Item::StationFitting, Money::from_yuan(programme.select_store_cost));
        }
    }

    /// A station opens: the village comes to see it.
    pub(in crate::model) fn open_station(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        outbox: &mut CountyOutbox,
    ) {
        let Some(station) = self.villages[at].station.as_deref_mut() else {
            return;
        };
        station.state = StationState::Open;
        station.opened = now;
        let grant = Money::from_yuan(setting.parameters.programme.station_grant);
        self.invest(Item::PartnerBasePay, grant);
        self.book.count(Measure::PartnerBasePay, grant.fen());
        self.book.count(Measure::StationsOpened, 1);
        self.tell(now, Some(at), Happening::StationOpened);
        self.opening_day(setting, now, at);
        self.refresh(setting, now, at, outbox);
    }

    /// On the opening day half of the village hears of it, and some try.
    fn opening_day(&mut self, setting: &Setting, now: Time, at: usize) {
        let p = &setting.parameters.household;
        let village = &self.villages[at];
        let (first, records) = (village.first as usize, village.records);
        let skill = village.station.as_ref().map_or(0.0, |station| station.skill);
        let (need, convenience) = (f64::from(village.need), convenience(p, village.delivery));
        let mut luck = setting.luck(village.owner, Purpose::Partner, 1);
        for record in 0..records {
            let household = self.households[first + usize::from(record)];
            let (comes, persuaded) = (luck.chance(0.5), luck.unit());
            if !comes {
                continue;
            }
            // Who could order alone is persuaded as far as that is inconvenient, as by visits.
            let able = ability(p, household.age_group(), household.has_phone(self.phones));
            let willing = receptiveness(p, household.class) * need * (1.0 - able * convenience);
            match household.buying {
                Buying::Unaware => self.change_buying(setting, now, at, record, Buying::Aware),
                Buying::Aware if persuaded < p.persuasion * willing * (0.5 + skill) => {
                    self.households[first + usize::from(record)].reset_trust(p);
                    self.change_buying(setting, now, at, record, Buying::Trial);
                }
                _ => {}
            }
        }
    }

    /// Settles the month of every station.
    pub(in crate::model) fn settle_partners(
        &mut self,
        setting: &Setting,
        now: Time,
        outbox: &mut CountyOutbox,
    ) {
        for at in 0..self.villages.len() {
            match self.villages[at].station.as_deref().map(|station| station.state) {
                Some(StationState::Open) => self.settle_partner(setting, now, at, outbox),
                Some(StationState::Vacant) => self.seek_replacement(setting, now, at, outbox),
                _ => {}
            }
        }
    }

    fn settle_partner(&mut self, setting: &Setting, now: Time, at: usize, outbox: &mut CountyOutbox) {
        let p = &setting.parameters;
        let pay = self.earn(setting, now, at);
        let mut luck = setting.luck(self.villages[at].owner, Purpose::Partner, u64::from(now.day()) << 16);
        let Some(station) = self.villages[at].station.as_deref_mut() else {
            return;
        };
        let outside = partner::outside_option(&p.partner, station.kind, p.income.migrant_wage.at(now));
        station.practise(&p.partner, refresher_hours(setting, now));
        let leaves = station.settle(&p.partner, pay.total(), outside, &mut luck);
        self.pay_partner(setting, now, &pay);
        if leaves {
            self.partner_leaves(setting, now, at, outbox);
        }
    }

    fn partner_leaves(&mut self, setting: &Setting, now: Time, at: usize, outbox: &mut CountyOutbox) {
        let mut cause = Cause::OtherReasons;
        if let Some(station) = self.villages[at].station.as_deref_mut() {
            station.state = StationState::Vacant;
            station.vacant_months = 0;
            if station.disappoints(&setting.parameters.partner) {
                cause = Cause::LowIncome;
            }
        }
        self.book.count(Measure::PartnersLeft, 1);
        self.tell_why(now, Some(at), Happening::PartnerLeft, cause);
        self.refresh(setting, now, at, outbox);
    }

    fn seek_replacement(&mut self, setting: &Setting, now: Time, at: usize, outbox: &mut CountyOutbox) {
        let (programme, p) = (&setting.parameters.programme, &setting.parameters.partner);
        let mut luck =
            setting.luck(self.villages[at].owner, Purpose::Partner, u64::from(now.day()) << 16 | 1 << 15);
        let sought = setting.supported(now) && luck.chance(p.replacement);
        let kind = self.wanted_partner(setting, now);
        let found = if sought { partner::best_applicant(p, kind, &mut luck) } else { None };
        let Some(station) = self.villages[at].station.as_deref_mut() else {
            return;
        };
        station.vacant_months += 1;
        if let Some(applicant) = found.filter(|a| a.score >= programme.acceptance_score) {
            station.take_over(p, programme, &applicant);
            self.book.count(Measure::PartnersReplaced, 1);
            self.tell(now, Some(at), Happening::PartnerReplaced);
            self.refresh(setting, now, at, outbox);
        } else if station.vacant_months > p.replacement_time {
            self.close_station(setting, now, at, outbox);
        }
    }

    fn close_station(&mut self, setting: &Setting, now: Time, at: usize, outbox: &mut CountyOutbox) {
        if let Some(station) = self.villages[at].station.as_deref_mut() {
            station.state = StationState::Closed;
        }
        self.report.closed += 1;
        self.book.count(Measure::StationsClosed, 1);
        let supported = setting.supported(now);
        let cause = if supported { Cause::NoSuccessor } else { Cause::SupportEnded };
        self.tell_why(now, Some(at), Happening::StationClosed, cause);
        self.refresh(setting, now, at, outbox);
    }

    /// Luck that is the county's own.
    pub(in crate::model) fn own_luck(&self, setting: &Setting, purpose: Purpose, count: u64) -> Stream {
        setting.luck(Owner::county(self.place(setting).code), purpose, count)
    }
}
