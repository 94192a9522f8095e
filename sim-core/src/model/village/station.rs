//! A village's station: the partner's month, visits on the opening day, who comes and who leaves.

use super::Village;
use crate::agents::household::{Buying, MEAN_SPENDING_WEIGHT, ability, convenience, receptiveness};
use crate::agents::partner::{self, Candidate, Experience, PartnerOffer, StationState};
use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::{Money, Purpose, RandomStream, Time};
use crate::event::{Cause, Happening, Measure};
use crate::market::choice::{self, AGE_GROUPS, CLASSES, StationOffer};
use crate::metrics::ledger::Item;
use crate::model::accounts::{Accounts, accrued};
use crate::model::chronicle::Chronicle;
use crate::model::open_month::OpenMonth;
use crate::model::programme_state::TrainerTime;
use crate::model::setting::Setting;
use crate::params::{PartnerKind, PartnerParameters, ProgrammeParameters};

/// Households that are looked at for one that can run a station.
const TRIES: u32 = 10;

/// Skill that recruiters speak of when they promise: half of everything.
const PROMISED_SKILL: f64 = 0.5;

/// Support of village cadres on average, 0 to 1.
const MEAN_SUPPORT: f64 = 0.5;

/// What brings the people of a station together with the programme in a month.
pub(in crate::model) struct Recruiting<'r> {
    /// Whom the programme looks for.
    pub wanted: PartnerKind,
    /// What partners of the county earn.
    pub nearby: Experience,
    /// Refresher training that each partner is given \[hours\].
    pub refresher: f64,
    /// Time of the county's trainers.
    pub teaching: &'r mut TrainerTime,
}

/// What goods on a select store's shelf cost its partner, those among them that stay unsold, by what was
/// sold.
pub(in crate::model) fn shelf_cost(p: &ProgrammeParameters, sold: Money) -> Money {
    sold.share((1.0 - p.select_store_margin) / (1.0 - p.select_store_unsold))
}

impl Village {
    /// Where the station stands, if there ever was one.
    pub(in crate::model) fn station_state(&self) -> Option<StationState> {
        self.station.as_deref().map(|station| station.state)
    }

    /// How far the village cadres support a station, 0 to 1.
    pub(in crate::model) fn support(&self, setting: &Setting) -> f64 {
        setting.random_stream(self.owner, Purpose::Authority, 0).unit()
    }

    /// Households that the partner can visit in a month, with the effort that is spent on buyers and where
    /// cadres support it so far.
    pub(super) fn partner_visits(&self, setting: &Setting) -> f64 {
        let p = &setting.parameters.partner;
        let Some(station) = self.open_station() else {
            return 0.0;
        };
        let support = 1.0 + p.authority_visits * (self.support(setting) - MEAN_SUPPORT);
        p.visits * station.drive * (1.0 - station.selling(p)) * support.max(0.0)
    }

    /// How much a partner at work on the village's sellers adds to the opening of shops, over what a partner
    /// of full skill and mean drive adds.
    pub(super) fn recruits_sellers(&self, p: &PartnerParameters) -> f64 {
        self.open_station()
            .map_or(0.0, |station| station.skill * station.drive * station.selling(p) / p.selling_usual)
    }

    /// What recruiters promise of the place \[yuan/month\]: commission on what so many of its households
    /// order at a station like others, by their incomes, ways to town, and other ways to buy online, and fees
    /// for services.
    pub(in crate::model) fn promised_income(&self, setting: &Setting, now: Time, month: &OpenMonth) -> f64 {
        let p = &setting.parameters;
        let station = StationOffer {
            skill: PROMISED_SKILL,
            days: p.partner.first_delivery,
            gain: 0.0,
            service: choice::Service::NONE,
        };
        let offer = choice::Offer { station: Some(station), ..self.offer(setting, now, month.insight) };
        let choices = choice::choices(&p.household, &offer);
        let able = month.phones * convenience(&p.household, self.arrivals.reached());
        let of_class = |[station, both]: &[choice::Choice; 2]| {
            (1.0 - able) * station.station_value(&p.household) + able * both.station_value(&p.household)
        };
        let value = choices.iter().map(of_class).sum::<f64>() / CLASSES as f64 * MEAN_SPENDING_WEIGHT;
        let income = self.income_base / f64::from(self.members.max(1));
        let buyers = p.partner.promised_buyers * f64::from(self.households);
        let commission = buyers * income * value / MONTHS_IN_YEAR * p.partner.commission;
        let known = f64::from(self.households);
        let fees = self.services(setting).iter().map(|service| service.rate * service.fee).sum::<f64>();
        commission + fees * known * PROMISED_SKILL
    }

    /// An offer to somebody of the village, where recruiters promise so much \[yuan/month\] and the station
    /// is new or not.
    pub(in crate::model) fn station_offer(
        &self,
        setting: &Setting,
        promised: f64,
        new: Option<bool>,
    ) -> PartnerOffer {
        let (programme, p) = (&setting.parameters.programme, &setting.parameters.partner);
        let outlay = new.map_or(0.0, |select| own_outlay(p, programme, select) - programme.station_grant);
        PartnerOffer { promised, base_pay: programme.base_pay, outlay, support: self.support(setting) }
    }

    /// Of which record the household is that runs the station: one whose head is not old, where ten tries
    /// find one.
    pub(in crate::model) fn partner_household(&self, stream: &mut RandomStream) -> u16 {
        let records = u32::from(self.records());
        let mut tries = (0..TRIES).map(|_| stream.below(records) as u16);
        let first = tries.next().unwrap_or(0);
        let is_old = |record: u16| self.residents[usize::from(record)].age_group() + 1 == AGE_GROUPS;
        if is_old(first) { tries.find(|&record| !is_old(record)).unwrap_or(first) } else { first }
    }

    /// On the opening day half of the village hears of the station, and some try.
    pub(in crate::model) fn opening_day(&mut self, setting: &Setting, now: Time, phones: f64) {
        let p = &setting.parameters.household;
        let skill = self.station.as_ref().map_or(0.0, |station| station.skill);
        let (need, convenience) = (f64::from(self.need), convenience(p, self.arrivals.reached()));
        let mut stream = setting.random_stream(self.owner, Purpose::Partner, 1);
        for record in 0..self.records() {
            let household = self.residents[usize::from(record)];
            let (comes, persuaded) = (stream.chance(0.5), stream.unit());
            if !comes {
                continue;
            }
            // Who could use self-service is persuaded as far as that is inconvenient, as by visits.
            let able = ability(p, household.age_group(), household.has_phone(phones));
            let willing = receptiveness(p, household.class) * need * (1.0 - able * convenience);
            match household.buying {
                Buying::Unaware => self.change_buying(setting, now, record, Buying::Aware),
                Buying::Aware if persuaded < p.persuasion * willing * (0.5 + skill) => {
                    self.try_out(setting, now, record);
                }
                _ => {}
            }
        }
    }

    /// What a select store sells from its shelf, of what the village spends in its shops.
    pub(super) fn shelf_share(&self, p: &ProgrammeParameters) -> f64 {
        let sells = self.open_station().is_some_and(|station| station.select_store);
        if sells { p.select_store_sales } else { 0.0 }
    }

    /// Goods were sold from a select store's shelf for so much a month \[yuan\]. Returns that, and what the
    /// goods cost; the partner takes the difference home at the next month's end.
    pub(in crate::model) fn sell_from_shelf(
        &mut self,
        p: &ProgrammeParameters,
        sold: f64,
        part: f64,
    ) -> [Money; 2] {
        let Some(station) = self.station.as_deref_mut() else {
            return [Money::ZERO; 2];
        };
        station.shelf_sold = accrued(Money::from_yuan(sold), part);
        [station.shelf_sold, shelf_cost(p, station.shelf_sold)]
    }

    /// Seeks a successor of the partner who left, for so long; then the station closes. Returns whether
    /// something has changed for the village's households.
    pub(in crate::model) fn seek_replacement(
        &mut self,
        setting: &Setting,
        now: Time,
        recruiting: &mut Recruiting<'_>,
        month: &OpenMonth,
        accounts: &mut Accounts,
        chronicle: &mut Chronicle,
    ) -> bool {
        let setting = setting.of_village(self.index);
        let p = &setting.parameters.partner;
        let supported = setting.supported(now);
        let mut stream =
            setting.random_stream(self.owner, Purpose::Partner, u64::from(now.day()) << 16 | 1 << 15);
        let sought = supported && stream.chance(p.replacement);
        let found = if sought { self.successor(setting, now, recruiting, month, &mut stream) } else { None };
        let Some(station) = self.station.as_deref_mut() else {
            return false;
        };
        station.vacant_months += 1;
        if let Some(candidate) = found {
            station.take_over(p, &candidate);
            accounts.train(setting, candidate.hours);
            accounts.book.count(Measure::PartnersReplaced, 1);
            chronicle.record(now, Some(self.index), Happening::PartnerReplaced);
            return true;
        }
        if station.vacant_months <= p.replacement_time {
            return false;
        }
        station.state = StationState::Closed;
        accounts.report.closed += 1;
        accounts.book.count(Measure::StationsClosed, 1);
        let cause = if supported { Cause::NoSuccessor } else { Cause::SupportEnded };
        chronicle.record_cause(now, Some(self.index), Happening::StationClosed, cause);
        true
    }

    /// Somebody who passes the test and accepts a station whose partner has left. What that one earned there
    /// counts as much as all that is known of others.
    fn successor(
        &self,
        setting: &Setting,
        now: Time,
        recruiting: &mut Recruiting<'_>,
        month: &OpenMonth,
        stream: &mut RandomStream,
    ) -> Option<Candidate> {
        let (programme, p) = (&setting.parameters.programme, &setting.parameters.partner);
        let applicant = partner::best_applicant(p, recruiting.wanted, stream)?;
        if applicant.score < programme.acceptance_score {
            return None;
        }
        let household = self.partner_household(stream);
        let age = self.residents[usize::from(household)].age_group();
        let outside = partner::outside_share(p, applicant.kind, age, stream);
        let promised = self.promised_income(setting, now, month);
        let offer = self.station_offer(setting, promised, None);
        let before = self.station.as_deref().map_or(0.0, |station| station.usual_income);
        let expected = (offer.expected(p, &recruiting.nearby) + before) / 2.0;
        let worth = partner::worth(p, expected, offer.support);
        let wage = setting.parameters.income.migrant_wage.at(now);
        let accepts = stream.chance(partner::preference(p, worth, outside * wage));
        accepts.then(|| {
            let hours = recruiting.teaching.teach(programme);
            Candidate { applicant, household, outside, promised, hours }
        })
    }
}

/// What a partner puts into a new station of their own: part of fitting out, and a select store's first stock
/// \[yuan\].
pub(in crate::model) fn own_outlay(
    p: &PartnerParameters,
    programme: &ProgrammeParameters,
    select: bool,
) -> f64 {
    p.own_cost + if select { programme.select_store_stock } else { 0.0 }
}

impl Accounts {
    /// Books the training of a partner who takes a station over: what it costs beside the trainers' pay.
    fn train(&mut self, setting: &Setting, hours: f64) {
        self.run(Item::PartnerTraining, Money::from_yuan(hours * setting.parameters.programme.training_cost));
        self.book.count(Measure::TrainingHours, hours as i64);
    }
}
