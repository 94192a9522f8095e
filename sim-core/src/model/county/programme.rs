//! The programme in a county: centre, screening, stations.

use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::village::Village;
use crate::agents::partner::{self, Station, StationState};
use crate::agents::service_centre::CentreState;
use crate::base::factor::MILLION;
use crate::base::{Delay, Money, Purpose, Time};
use crate::event::{Event, Happening, Measure, Message};
use crate::metrics::ledger::Item;
use crate::params::{PartnerKind, VillageRule};
use crate::world::distance;

/// Whom the programme recruits at a moment.
fn wanted_partner(setting: &Setting, now: Time) -> PartnerKind {
    let programme = &setting.parameters.programme;
    let changed = now >= programme.strategy_change.midnight();
    if changed { programme.later_partner_kind } else { programme.partner_kind }
}

impl CountyProcess {
    /// The nation asks for a centre: a team sets it up.
    pub(in crate::model) fn set_up_centre(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        if self.programme.centre.state != CentreState::None {
            return;
        }
        self.programme.centre.state = CentreState::SettingUp;
        let opens = now + Delay::days(setting.parameters.programme.county_setup);
        agenda.schedule(opens, phase::PROGRAMME, 0, Event::CentreOpens);
    }

    /// The centre opens, ranks its villages and screens the first batch.
    pub(in crate::model) fn open_centre(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        let cost = Money::from_yuan(setting.parameters.programme.county_centre_cost * MILLION);
        self.programme.centre.state = CentreState::Open;
        self.accounts.invest(Item::CountyCentreBuilding, cost);
        self.programme.centre.candidates = self.listed(setting);
        self.chronicle.record(now, None, Happening::CentreOpened);
        agenda.send(setting.nation(), Message::CentreOpened);
        self.screen_batch(setting, now, agenda);
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
            VillageRule::Random => {
                setting.random_stream(self.villages[at].owner, Purpose::Programme, 0).unit()
            }
        };
        if p.government.poverty_priority { -f64::from(village.income_ratio) } else { score }
    }

    /// Holds further batches, or goes on with them.
    pub(in crate::model) fn pause_batches(&mut self, now: Time, paused: bool, agenda: &mut Agenda<'_>) {
        self.programme.centre.paused = paused;
        self.programme.schedule_batch(now + Delay::days(1), agenda);
    }

    /// Screens the next batch of villages.
    pub(in crate::model) fn screen_batch(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        self.programme.centre.batch_scheduled = false;
        if self.programme.centre.paused || !setting.supported(now) {
            return;
        }
        let programme = &setting.parameters.programme;
        let learnt = programme.strategy_change.midnight() + Delay::days(programme.strategy_pause);
        let changes = programme.partner_kind != programme.later_partner_kind;
        if changes && now >= programme.strategy_change.midnight() && now < learnt {
            return self.programme.schedule_batch(learnt, agenda);
        }
        for village in self.programme.centre.next_batch(programme.first_batch, programme.later_batch) {
            self.screen(setting, now, usize::from(village), agenda);
        }
        self.programme.schedule_batch(now + Delay::days(programme.batch_interval), agenda);
    }

    /// Looks for a partner in a village.
    fn screen(&mut self, setting: &Setting, now: Time, at: usize, agenda: &mut Agenda<'_>) {
        let (programme, p) = (&setting.parameters.programme, &setting.parameters.partner);
        let village = self.villages[at].index;
        self.programme.screened += 1;
        let mut stream =
            setting.random_stream(self.villages[at].owner, Purpose::Partner, self.programme.screened << 8);
        self.accounts.book.count(Measure::VillagesScreened, 1);
        let best = partner::best_applicant(p, wanted_partner(setting, now), &mut stream);
        let Some(applicant) = best.filter(|applicant| applicant.score >= programme.acceptance_score) else {
            self.accounts.book.count(Measure::NoApplicant, 1);
            self.chronicle.record(now, Some(village), Happening::NoApplicant);
            return self.programme.centre.note_failure(village.0);
        };
        let wage = setting.parameters.income.migrant_wage.at(now);
        let outside = partner::outside_option(p, applicant.kind, wage);
        if partner::refuses(p, self.expected_income(setting, now), outside, &mut stream) {
            self.accounts.book.count(Measure::Refusals, 1);
            self.chronicle.record(now, Some(village), Happening::Refused);
            return self.programme.centre.note_failure(village.0);
        }
        let route = self.route_for(setting, at);
        let select = stream.chance(programme.select_store_share);
        let household = self.villages[at].partner_household(&mut stream);
        let station = Station::fit_out(p, programme, &applicant, household, route, select);
        self.villages[at].station = Some(Box::new(station));
        self.pay_for_station(setting, select);
        let opens = now + Delay::days(programme.station_setup);
        let source = self.villages[at].source();
        agenda.schedule(opens, phase::PROGRAMME, source, Event::StationOpens { village });
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
        self.accounts.invest(Item::StationFitting, Money::from_yuan(programme.station_cost));
        let training = Money::from_yuan(programme.training_hours * programme.training_cost);
        self.accounts.invest(Item::PartnerTraining, training);
        self.accounts.book.count(Measure::TrainingHours, programme.training_hours as i64);
        if select {
            self.accounts.invest(Item::StationFitting, Money::from_yuan(programme.select_store_cost));
        }
    }

    /// A station opens: the village comes to see it.
    pub(in crate::model) fn open_station(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        agenda: &mut Agenda<'_>,
    ) {
        let village = &mut self.villages[at];
        let Some(station) = village.station.as_deref_mut() else {
            return;
        };
        station.state = StationState::Open;
        station.opened = now;
        let grant = Money::from_yuan(setting.parameters.programme.station_grant);
        self.accounts.invest(Item::PartnerBasePay, grant);
        self.accounts.book.count(Measure::PartnerBasePay, grant.fen());
        self.accounts.book.count(Measure::StationsOpened, 1);
        self.chronicle.record(now, Some(village.index), Happening::StationOpened);
        village.opening_day(setting, now, self.month.phones);
        village.refresh(setting, now, &self.month, agenda);
    }

    /// Settles the month of every station.
    pub(in crate::model) fn settle_partners(
        &mut self,
        setting: &Setting,
        now: Time,
        agenda: &mut Agenda<'_>,
    ) {
        let CountyProcess { villages, month, accounts, chronicle, .. } = self;
        let wanted = wanted_partner(setting, now);
        for village in villages {
            let changed = match village.station_state() {
                Some(StationState::Open) => village.settle_partner(setting, now, month, accounts, chronicle),
                Some(StationState::Vacant) => {
                    village.seek_replacement(setting, now, wanted, accounts, chronicle)
                }
                _ => false,
            };
            if changed {
                village.refresh(setting, now, month, agenda);
            }
        }
    }

    /// Pays partners for the days of an unfinished month.
    pub(super) fn accrue_partners(&mut self, setting: &Setting, now: Time) {
        let open = |village: &&mut Village| village.station_state() == Some(StationState::Open);
        for village in self.villages.iter_mut().filter(open) {
            village.accrue_partner(setting, now, &self.month, &mut self.accounts);
        }
    }
}
