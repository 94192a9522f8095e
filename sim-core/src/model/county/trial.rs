//! The randomised trial in a county: the draw, who is held back, the surveys.
//!
//! Surveys look and change nothing: what is drawn (villages, households, who moves away) has a purpose of
//! a random stream of its own. Only holding villages back changes what happens.

use super::super::agenda::{Agenda, phase};
use super::super::county_process::CountyProcess;
use super::super::setting::Setting;
use super::super::survey::{ChannelSpending, HouseholdIncome, Respondent, SurveyRow, TrialState};
use super::super::village::{LivingTerms, Village, VillageIncomes, spending_per_weight};
use crate::agents::partner::StationState;
use crate::agents::service_centre::CentreState;
use crate::base::factor::DAYS_IN_COMMON_YEAR;
use crate::base::{Delay, Money, Purpose, Time, VillageIndex};
use crate::event::Event;
use crate::metrics::ledger::IncomeSource;
use crate::params::TrialParameters;
use crate::policy::trial::{self, Arm};

impl CountyProcess {
    /// Draws villages and households, and schedules the surveys, if there is a trial.
    pub(in crate::model) fn begin_trial(&mut self, setting: &Setting, agenda: &mut Agenda<'_>) {
        let p = &setting.parameters.trial;
        if !p.enabled {
            return;
        }
        let place = self.place(setting);
        let mut stream = setting.random_stream(place.owner(), Purpose::Trial, 0);
        let counties = setting.atlas.counties.len() as u32;
        let mut villages =
            trial::draw(p, counties, self.index.at() as u32, &self.rank_villages(setting), &mut stream);
        villages.sort_unstable();
        let respondents = villages.iter().flat_map(|&(village, _)| self.respondents(setting, p, village));
        let respondents: Vec<Respondent> = respondents.collect();
        let [baseline, follow_up] = [p.baseline.midnight(), p.follow_up.midnight()];
        self.programme.trial = Some(Box::new(TrialState {
            villages,
            respondents,
            let_in: Vec::new(),
            asked_from: asked_from(p, baseline),
            rows: Vec::new(),
        }));
        let late = baseline + Delay::days(p.late_after);
        let events = [
            (baseline, Event::Survey { round: 0 }),
            (late, Event::LateOpenings),
            (follow_up, Event::Survey { round: 1 }),
        ];
        for (time, event) in events {
            agenda.schedule(time, phase::PROGRAMME, 0, event);
        }
    }

    /// Draws a village's respondents, in order of their records.
    fn respondents(&self, setting: &Setting, p: &TrialParameters, at: u16) -> Vec<Respondent> {
        let village = &self.villages[usize::from(at)];
        let mut stream = setting.random_stream(village.owner, Purpose::Trial, 0);
        let count = p.households_near + p.households_elsewhere;
        let drawn = trial::sample(count, u32::from(village.records()), &mut stream);
        let mut respondents: Vec<Respondent> = drawn
            .into_iter()
            .zip(0..)
            .map(|(record, order)| Respondent {
                record: village.first + record,
                village: VillageIndex(at),
                near: order < p.households_near,
                leaves: stream.chance(p.attrition),
                ever_at_station: false,
                spending: ChannelSpending::default(),
            })
            .collect();
        respondents.sort_unstable_by_key(|respondent| respondent.record);
        respondents
    }

    /// The villages that the centre may screen, best last: in a trial the assigned come first, and controls
    /// not at all.
    pub(super) fn listed(&self, setting: &Setting) -> Vec<u16> {
        let ranked = self.rank_villages(setting);
        let Some(trial) = self.programme.trial.as_deref() else {
            return ranked;
        };
        let (assigned, others): (Vec<u16>, Vec<u16>) = ranked
            .into_iter()
            .filter(|&at| trial.may_open(at))
            .partition(|&at| trial.arm(at) == Some(Arm::Treatment));
        others.into_iter().chain(assigned).collect()
    }

    /// Puts the villages of an arm on the centre's list.
    pub(in crate::model) fn let_in(&mut self, now: Time, arm: Arm, agenda: &mut Agenda<'_>) {
        let Some(trial) = self.programme.trial.as_deref_mut() else {
            return;
        };
        trial.let_in.push(arm);
        if self.programme.centre.state != CentreState::Open {
            // They will be on its list when it opens.
            return;
        }
        let of_arm = trial.villages.iter().filter(|(_, other)| *other == arm);
        let villages: Vec<u16> = of_arm.map(|(village, _)| *village).collect();
        if !villages.is_empty() {
            self.programme.centre.candidates.extend(villages);
            self.programme.schedule_batch(now + Delay::days(1), agenda);
        }
    }

    /// Surveys the chosen households. After the follow-up the controls are let in.
    pub(in crate::model) fn survey(
        &mut self,
        setting: &Setting,
        now: Time,
        round: u8,
        agenda: &mut Agenda<'_>,
    ) {
        let p = &setting.parameters.trial;
        let Some(mut trial) = self.programme.trial.take() else {
            return;
        };
        let rows = trial.respondents.iter().map(|respondent| {
            let arm = trial.arm(respondent.village.0).unwrap_or(Arm::Treatment);
            self.survey_row(setting, now, round, respondent, arm)
        });
        trial.rows = rows.collect();
        trial.asked_from = asked_from(p, p.follow_up.midnight());
        for respondent in &mut trial.respondents {
            respondent.spending = ChannelSpending::default();
        }
        self.programme.trial = Some(trial);
        if round == 1 {
            self.let_in(now, Arm::Control, agenda);
        }
    }

    fn survey_row(
        &self,
        setting: &Setting,
        now: Time,
        round: u8,
        respondent: &Respondent,
        arm: Arm,
    ) -> SurveyRow {
        let p = &setting.parameters;
        let village = &self.villages[respondent.village.at()];
        let record = (respondent.record - village.first) as u16;
        let household = village.residents[usize::from(record)];
        let opened = |state: StationState| state != StationState::FittingOut;
        let terms = LivingTerms::at(p, self.place(setting), now);
        let years = f64::from(p.trial.recall) / f64::from(DAYS_IN_COMMON_YEAR);
        SurveyRow {
            round,
            village: respondent.village,
            record,
            arm,
            station_opened: village.station.as_deref().is_some_and(|station| opened(station.state)),
            near: respondent.near,
            found: round == 0 || !respondent.leaves,
            household,
            ever_at_station: respondent.ever_at_station,
            spending: respondent.spending.of_one(village.weight()),
            retail: spending_per_weight(p, now) * f64::from(household.spending_weight) * years,
            cost_of_living: -village.saving(record, &terms),
            income: income_by_source(&terms, village, record),
            shops: village.shops_of(record).count() as u16,
            delivery: village.delivery,
            to_town: village.to_town,
            to_seat: village.to_seat,
        }
    }
}

/// Income per head by source, by the rule by which all households are reviewed.
fn income_by_source(terms: &LivingTerms<'_>, village: &Village, record: u16) -> HouseholdIncome {
    let parts = VillageIncomes::of(village, terms).parts(record, &village.residents[usize::from(record)]);
    let part = |source: IncomeSource| parts[source.at()];
    HouseholdIncome {
        farm: part(IncomeSource::Farm) + part(IncomeSource::VillageShops) + part(IncomeSource::Rents),
        wage: part(IncomeSource::Wages),
        transfers: part(IncomeSource::Transfers) + part(IncomeSource::Relief),
        remittances: part(IncomeSource::Remittances),
        shop_wages: part(IncomeSource::ShopWages),
        online_shops: part(IncomeSource::OwnShops),
        station: part(IncomeSource::Station),
    }
}

/// From when on orders count for a survey.
fn asked_from(p: &TrialParameters, survey: Time) -> Time {
    let since = survey.since(Time::START).as_minutes();
    let recall = Delay::days(p.recall).as_minutes();
    Time::from_minutes(since.saturating_sub(recall))
}

impl ChannelSpending {
    /// The part of one of the households that a record stands for.
    fn of_one(self, weight: f64) -> ChannelSpending {
        let part = |sum: Money| sum.share(1.0 / weight.max(1.0));
        ChannelSpending {
            station: part(self.station),
            self_service: part(self.self_service),
            durables: part(self.durables),
            durables_station: part(self.durables_station),
            ..self
        }
    }
}
