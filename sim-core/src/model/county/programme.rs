//! The programme in a county: centre, screening, stations.

use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::programme_state::TrainerTime;
use super::super::setting::Setting;
use super::super::village::{Recruiting, Village, own_outlay};
use crate::agents::partner::{self, Candidate, Experience, Station, StationState};
use crate::agents::service_centre::CentreState;
use crate::base::factor::{DAYS_IN_MONTH, MILLION, MONTHS_IN_YEAR};
use crate::base::{Delay, Money, Purpose, RandomStream, Time, math};
use crate::event::{Event, Happening, Measure, Message};
use crate::metrics::ledger::{IncomeSource, Item};
use crate::params::{PartnerKind, ProgrammeParameters, VillageRule};
use crate::world::distance;

/// Longest time from acceptance to opening, two years \[days\].
const LATEST: f64 = 2.0 * MONTHS_IN_YEAR * DAYS_IN_MONTH as f64;

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
        self.equip_centre(setting, now);
        self.programme.centre.candidates = self.listed(setting);
        self.programme.teaching = self.trainers_month(setting, now);
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

    /// Learns whether there is money for more equipment than was planned.
    pub(in crate::model) fn fund_equipment(&mut self, funded: bool) {
        self.programme.centre.funded = funded;
    }

    /// Screens the next batch of villages.
    pub(in crate::model) fn screen_batch(&mut self, setting: &Setting, now: Time, agenda: &mut Agenda<'_>) {
        self.programme.centre.batch_scheduled = false;
        if self.programme.centre.paused || !setting.supported(now) {
            return;
        }
        let programme = &setting.parameters.programme;
        if programme.hold_batches {
            // Until the rule that holds them ends, if its day is known; else the nation says when.
            let lasts = self.levers.lasts();
            if lasts < Time::END {
                self.programme.schedule_batch(lasts.max(now + Delay::days(1)), agenda);
            }
            return;
        }
        let learnt = programme.strategy_change.midnight() + Delay::days(programme.strategy_pause);
        let changes = programme.partner_kind != programme.later_partner_kind;
        if changes && now >= programme.strategy_change.midnight() && now < learnt {
            return self.programme.schedule_batch(learnt, agenda);
        }
        if programme.centre_staff <= 0.0 {
            // Nobody is there to do it, until a rule sends somebody.
            return self.programme.schedule_batch(now + Delay::days(programme.batch_interval), agenda);
        }
        let batch = self.programme.centre.next_batch(programme.first_batch, programme.later_batch);
        for &village in &batch {
            self.screen(setting, now, usize::from(village), agenda);
        }
        let next = Delay::days(batch_days(programme, batch.len() as u32));
        self.programme.schedule_batch(now + next, agenda);
    }

    /// Looks for a partner in a village.
    fn screen(&mut self, setting: &Setting, now: Time, at: usize, agenda: &mut Agenda<'_>) {
        let village = self.villages[at].index;
        let setting = setting.of_village(village);
        let (programme, p) = (&setting.parameters.programme, &setting.parameters.partner);
        self.programme.screened += 1;
        let mut stream =
            setting.random_stream(self.villages[at].owner, Purpose::Partner, self.programme.screened << 8);
        self.accounts.book.count(Measure::VillagesScreened, 1);
        self.accounts.invest(Item::Recruitment, Money::from_yuan(programme.screening_cost));
        let best = partner::best_applicant(p, wanted_partner(setting, now), &mut stream);
        let Some(applicant) = best.filter(|applicant| applicant.score >= programme.acceptance_score) else {
            self.accounts.book.count(Measure::NoApplicant, 1);
            self.chronicle.record(now, Some(village), Happening::NoApplicant);
            return self.programme.centre.note_failure(village.0, programme.second_screening);
        };
        let select = stream.chance(programme.select_store_share);
        let household = self.villages[at].partner_household(&mut stream);
        let age = self.villages[at].residents[usize::from(household)].age_group();
        let outside = partner::outside_share(p, applicant.kind, age, &mut stream);
        let promised = self.villages[at].promised_income(setting, now, &self.month);
        let offer = self.villages[at].station_offer(setting, promised, Some(select));
        let worth = partner::worth(p, offer.expected(p, &self.experience(setting, now)), offer.support);
        let wage = setting.parameters.income.migrant_wage.at(now);
        if !stream.chance(partner::preference(p, worth, outside * wage)) {
            self.accounts.book.count(Measure::Refusals, 1);
            self.chronicle.record(now, Some(village), Happening::Refused);
            return self.programme.centre.note_failure(village.0, programme.second_screening);
        }
        let hours = self.programme.teaching.teach(programme);
        let candidate = Candidate { applicant, household, outside, promised, hours };
        self.accept(setting, now, at, &candidate, select, &mut stream, agenda);
    }

    /// A candidate has accepted: the room is fitted out, and opens sooner or later, or never.
    #[expect(clippy::too_many_arguments, reason = "what is needed to fit a station out")]
    fn accept(
        &mut self,
        setting: &Setting,
        now: Time,
        at: usize,
        candidate: &Candidate,
        select: bool,
        stream: &mut RandomStream,
        agenda: &mut Agenda<'_>,
    ) {
        let (programme, p) = (&setting.parameters.programme, &setting.parameters.partner);
        let route = self.route_for(setting, now, at);
        let falls_through = stream.chance(programme.falls_through);
        let s = programme.setup_spread;
        let late = math::exp(s * stream.normal() - s * s / 2.0);
        let days = (f64::from(programme.station_setup) * late + 0.5).clamp(1.0, LATEST) as u32;
        let station = Station::fit_out(p, candidate, route, select, falls_through);
        self.villages[at].station = Some(Box::new(station));
        self.pay_for_station(setting, at, candidate, select);
        let (village, source) = (self.villages[at].index, self.villages[at].source());
        agenda.schedule(now + Delay::days(days), phase::PROGRAMME, source, Event::StationOpens { village });
    }

    /// What the county's partners earn, or earned when they left, against what was promised to them.
    fn experience(&self, setting: &Setting, now: Time) -> Experience {
        let p = &setting.parameters;
        let base = if setting.supported(now) { p.programme.base_pay } else { 0.0 };
        let mut nearby = Experience::default();
        for station in self.villages.iter().filter_map(|village| village.station.as_deref()) {
            if station.income.is_some() {
                nearby.add(station.usual_income - base + p.partner.running_cost, station.promised);
            }
        }
        nearby
    }

    /// Pays for a station: the programme its part, and the partner the own share.
    fn pay_for_station(&mut self, setting: &Setting, at: usize, candidate: &Candidate, select: bool) {
        let (programme, p) = (&setting.parameters.programme, &setting.parameters.partner);
        self.accounts.invest(Item::StationFitting, Money::from_yuan(programme.station_cost));
        let training = Money::from_yuan(candidate.hours * programme.training_cost);
        self.accounts.invest(Item::PartnerTraining, training);
        self.accounts.book.count(Measure::TrainingHours, candidate.hours as i64);
        if select {
            self.accounts.invest(Item::StationFitting, Money::from_yuan(programme.select_store_cost));
        }
        let (own, fitting) = (own_outlay(p, programme, select), p.own_cost);
        let (own, fitting) = (Money::from_yuan(own), Money::from_yuan(fitting));
        let book = &mut self.accounts.book;
        book.pay(Item::PartnerCapital, own);
        book.pay(Item::StationOwnCost, fitting);
        book.pay(Item::SelectStoreGoods, own - fitting);
        self.villages[at].takings.add(candidate.household, IncomeSource::Station, -own);
    }

    /// A station opens: the village comes to see it. Or nothing comes of it, and the village may be asked
    /// once more.
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
        if station.falls_through {
            let route = usize::from(station.route);
            village.station = None;
            self.accounts.book.count(Measure::OpeningsFailed, 1);
            self.chronicle.record(now, Some(village.index), Happening::NeverOpened);
            self.programme.centre.routes[route].stops.retain(|&stop| usize::from(stop) != at);
            let again = setting.parameters.programme.second_screening;
            self.programme.centre.note_failure(at as u16, again);
            return self.programme.schedule_batch(now + Delay::days(1), agenda);
        }
        station.state = StationState::Open;
        station.opened = now;
        let household = station.household;
        let own = setting.of_village(village.index);
        let grant = Money::from_yuan(own.parameters.programme.station_grant);
        village.takings.add(household, IncomeSource::Station, grant);
        self.accounts.invest(Item::PartnerBasePay, grant);
        self.accounts.book.pay(Item::PartnerDrawings, grant);
        self.accounts.book.count(Measure::PartnerBasePay, grant.fen());
        self.accounts.book.count(Measure::StationsOpened, 1);
        self.chronicle.record(now, Some(village.index), Happening::StationOpened);
        village.opening_day(setting, now, self.month.phones);
        village.refresh(setting, now, &self.month, agenda);
    }

    /// The time of the centre's trainers in a month; none without a centre or without support.
    fn trainers_month(&self, setting: &Setting, now: Time) -> TrainerTime {
        if self.employs_trainers(setting, now) {
            TrainerTime::of_month(&setting.parameters.programme)
        } else {
            TrainerTime::default()
        }
    }

    fn employs_trainers(&self, setting: &Setting, now: Time) -> bool {
        self.programme.centre.state == CentreState::Open && setting.supported(now)
    }

    /// Pays the trainers, whether or not they have somebody to teach.
    fn pay_trainers(&mut self, setting: &Setting, now: Time) {
        if self.employs_trainers(setting, now) {
            let programme = &setting.parameters.programme;
            let pay = programme.trainers * programme.trainer_wage * self.month.part(now);
            self.accounts.run(Item::TrainerWages, Money::from_yuan(pay));
        }
    }

    /// Settles the month of every station.
    pub(in crate::model) fn settle_partners(
        &mut self,
        setting: &Setting,
        now: Time,
        agenda: &mut Agenda<'_>,
    ) {
        self.pay_trainers(setting, now);
        let nearby = self.experience(setting, now);
        let next = self.trainers_month(setting, now);
        let open = self.villages.iter().filter(|village| village.open_station().is_some()).count() as u32;
        let CountyProcess { villages, month, accounts, chronicle, programme, .. } = self;
        let refresher = programme.teaching.refresh(&setting.parameters.programme, open);
        let wanted = wanted_partner(setting, now);
        let mut recruiting = Recruiting { wanted, nearby, refresher, teaching: &mut programme.teaching };
        for village in villages {
            let changed = match village.station_state() {
                Some(StationState::Open) => {
                    village.settle_partner(setting, now, month, &recruiting, accounts, chronicle)
                }
                Some(StationState::Vacant) => {
                    village.seek_replacement(setting, now, &mut recruiting, month, accounts, chronicle)
                }
                _ => false,
            };
            if changed {
                village.refresh(setting, now, month, agenda);
            }
        }
        self.programme.teaching = next;
    }

    /// Pays partners for the days of an unfinished month.
    pub(super) fn accrue_partners(&mut self, setting: &Setting, now: Time) {
        self.pay_trainers(setting, now);
        let open = |village: &&mut Village| village.open_station().is_some();
        let count = self.villages.iter().filter(|village| village.open_station().is_some()).count() as u32;
        let refresher = self.programme.teaching.refresh(&setting.parameters.programme, count);
        for village in self.villages.iter_mut().filter(open) {
            village.accrue_partner(setting, now, &self.month, refresher, &mut self.accounts);
        }
    }
}

/// Days from a batch of so many villages to the next: what was decided, or as long as the centre's people are
/// busy with them.
fn batch_days(programme: &ProgrammeParameters, villages: u32) -> u32 {
    let busy = f64::from(villages) * programme.screening_days / programme.centre_staff;
    programme.batch_interval.max(busy.ceil() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: eighteen villages keep six people busy for 16.8 days, fewer than twenty of a plan; two
    /// people for 50.4; and nobody where screening takes no time.
    #[test]
    fn the_next_batch_waits_for_the_plan_or_for_who_screens() {
        let plan = ProgrammeParameters { batch_interval: 20, ..Default::default() };
        let programme = |staff: f64| ProgrammeParameters { centre_staff: staff, ..plan.clone() };
        assert_eq!(batch_days(&programme(6.0), 18), 20);
        assert_eq!(batch_days(&programme(2.0), 18), 51);
        assert_eq!(batch_days(&programme(2.0), 0), 20);
        assert_eq!(batch_days(&ProgrammeParameters { screening_days: 0.0, ..programme(0.1) }, 18), 20);
    }
}
