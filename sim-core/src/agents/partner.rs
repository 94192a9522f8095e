//! Partners: skill, drive, income, and the decision to stay.

use crate::base::{Money, RandomStream, Time, math};
use crate::params::{PartnerKind, PartnerParameters, ProgrammeParameters};
use serde::{Deserialize, Serialize};

/// Where a village's station stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StationState {
    /// A partner has accepted; the room is fitted out.
    FittingOut,
    /// It works.
    Open,
    /// The partner has left and a successor is sought.
    Vacant,
    /// It was closed.
    Closed,
}

/// A village service centre and its partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Station {
    /// Where it stands.
    pub state: StationState,
    /// Whom the partner is like: shopkeeper or returnee.
    pub kind: PartnerKind,
    /// Skill without training, 0 to 1.
    pub natural_skill: f64,
    /// Present ordering skill, 0 to 1.
    pub skill: f64,
    /// Drive: visits and reach over an average partner's.
    pub drive: f64,
    /// Household record of the partner, within the village.
    pub household: u16,
    /// Whether goods are on display.
    pub select_store: bool,
    /// First day open.
    pub opened: Time,
    /// Route that serves it.
    pub route: u16,
    /// Income of the last settled month; none before the partner's first.
    pub income: Option<Money>,
    /// Smoothed monthly income \[yuan\]; 0 before the first settled month.
    pub usual_income: f64,
    /// Months below the outside option.
    pub lean_months: u32,
    /// Months without a partner.
    pub vacant_months: u32,
    /// Commission earned in the month so far.
    pub commission: Money,
    /// Value ordered at the station in the month so far.
    pub value: Money,
    /// Orders in the month so far.
    pub orders: u32,
    /// Orders of the last settled month.
    pub orders_last: u32,
    /// Smoothed time from order to collection \[days\].
    pub delivery_days: f64,
}

/// An applicant, as the test finds them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Applicant {
    /// Skill without training, 0 to 1.
    pub skill: f64,
    /// Drive, 1 on average.
    pub drive: f64,
    /// Score in the test \[standard deviations\].
    pub score: f64,
    /// Shopkeeper or returnee.
    pub kind: PartnerKind,
}

/// The best of the applicants of a village, if there is any.
pub(crate) fn best_applicant(
    p: &PartnerParameters,
    wanted: PartnerKind,
    stream: &mut RandomStream,
) -> Option<Applicant> {
    let count = stream.poisson(p.applicants);
    let applicants = (0..count).map(|_| applicant(p, wanted, stream));
    applicants.reduce(|best, next| if next.score > best.score { next } else { best })
}

fn applicant(p: &PartnerParameters, wanted: PartnerKind, stream: &mut RandomStream) -> Applicant {
    let kind = match wanted {
        PartnerKind::Both if stream.chance(0.5) => PartnerKind::Returnees,
        PartnerKind::Both => PartnerKind::Shopkeepers,
        kind => kind,
    };
    let mean = if kind == PartnerKind::Returnees { p.returnee_skill } else { p.shopkeeper_skill };
    let ability = stream.normal();
    let skill = (mean + p.skill_spread * ability).clamp(p.skill_least, p.skill_most);
    let s = p.drive_spread;
    let drive = math::exp(s * stream.normal() - s * s / 2.0);
    let score = p.test_ability * ability + p.test_chance * stream.normal();
    Applicant { skill, drive, score, kind }
}

/// What a partner could earn otherwise \[yuan/month\].
pub fn outside_option(p: &PartnerParameters, kind: PartnerKind, migrant_wage: f64) -> f64 {
    let share = if kind == PartnerKind::Returnees { p.returnee_outside } else { p.shopkeeper_outside };
    share * migrant_wage
}

/// Time that running a station takes of its partner's household \[adults\].
pub(crate) fn working_time(p: &PartnerParameters, kind: PartnerKind) -> f64 {
    if kind == PartnerKind::Returnees { p.returnee_time } else { p.shopkeeper_time }
}

/// Whether a chosen applicant refuses: the more often, the less is expected against the outside option.
pub fn refuses(p: &PartnerParameters, expected: f64, outside: f64, stream: &mut RandomStream) -> bool {
    let shortfall = (outside / expected.max(1.0)).clamp(p.shortfall_least, p.shortfall_most);
    stream.chance((p.refusal * shortfall).min(p.refusal_most))
}

/// Hours of training that `partner.training_gain` is about.
const HOURS_OF_GAIN: f64 = 10.0;

/// Gain per ten hours at most: all of what is missing would leave nothing to raise to a power.
const ALMOST_ALL: f64 = 0.999;

/// Skill after training: diminishing returns in hours.
pub(crate) fn trained(p: &PartnerParameters, skill: f64, hours: f64) -> f64 {
    let missing = 1.0 - skill;
    let kept = math::pow(1.0 - p.training_gain.min(ALMOST_ALL), hours / HOURS_OF_GAIN);
    (1.0 - missing * kept).clamp(0.0, 1.0)
}

impl Station {
    /// A station for an accepted applicant.
    pub(crate) fn fit_out(
        p: &PartnerParameters,
        programme: &ProgrammeParameters,
        applicant: &Applicant,
        household: u16,
        route: u16,
        select_store: bool,
    ) -> Station {
        Station {
            state: StationState::FittingOut,
            kind: applicant.kind,
            natural_skill: applicant.skill,
            skill: trained(p, applicant.skill, programme.training_hours),
            drive: applicant.drive,
            household,
            select_store,
            opened: Time::END,
            route,
            income: None,
            usual_income: 0.0,
            lean_months: 0,
            vacant_months: 0,
            commission: Money::ZERO,
            value: Money::ZERO,
            orders: 0,
            orders_last: 0,
            delivery_days: p.first_delivery,
        }
    }

    /// Whether orders can be placed.
    pub fn is_open(&self) -> bool {
        self.state == StationState::Open
    }

    /// Puts a new partner in.
    pub(crate) fn take_over(
        &mut self,
        p: &PartnerParameters,
        programme: &ProgrammeParameters,
        applicant: &Applicant,
        household: u16,
    ) {
        self.state = StationState::Open;
        self.kind = applicant.kind;
        self.natural_skill = applicant.skill;
        self.skill = trained(p, applicant.skill, programme.training_hours);
        self.drive = applicant.drive;
        self.household = household;
        self.lean_months = 0;
        self.vacant_months = 0;
        self.usual_income = 0.0;
        self.income = None;
        self.orders_last = 0;
    }

    /// A month of practice, refreshing and forgetting.
    pub(crate) fn practise(&mut self, p: &PartnerParameters, refresher_hours: f64) {
        let kept = self.natural_skill + (self.skill - self.natural_skill) * (1.0 - p.skill_decay);
        self.skill = trained(p, kept, refresher_hours);
    }

    /// Whether its income has stayed below the outside option for longer than a partner is patient.
    pub(crate) fn disappoints(&self, p: &PartnerParameters) -> bool {
        self.lean_months > p.patience
    }

    /// Settles a month: the income, and whether the partner leaves.
    pub(crate) fn settle(
        &mut self,
        p: &PartnerParameters,
        income: Money,
        outside: f64,
        stream: &mut RandomStream,
    ) -> bool {
        self.income = Some(income);
        let weight = if self.usual_income == 0.0 { 1.0 } else { p.income_weight };
        self.usual_income += weight * (income.yuan() - self.usual_income);
        self.lean_months = if self.usual_income < outside { self.lean_months + 1 } else { 0 };
        self.commission = Money::ZERO;
        self.value = Money::ZERO;
        self.orders_last = std::mem::take(&mut self.orders);
        let u = stream.unit();
        let impatient = if self.disappoints(p) { p.leaving } else { 0.0 };
        u < impatient + p.other_leaving
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Owner, Purpose, Seed};

    fn stream() -> RandomStream {
        RandomStream::new(Seed(2), Owner::other(5), Purpose::Partner, 0)
    }

    fn station() -> Station {
        let applicant = Applicant { skill: 0.4, drive: 1.0, score: 0.0, kind: PartnerKind::Shopkeepers };
        let (p, programme) = (PartnerParameters::default(), ProgrammeParameters::default());
        Station::fit_out(&p, &programme, &applicant, 0, 0, false)
    }

    #[test]
    fn training_raises_skill_with_diminishing_returns() {
        let p = PartnerParameters::default();
        let (none, ten, twenty) = (trained(&p, 0.4, 0.0), trained(&p, 0.4, 10.0), trained(&p, 0.4, 20.0));
        assert_eq!(none, 0.4);
        assert!((ten - 0.55).abs() < 1e-12, "a quarter of the missing 0.6");
        assert!(twenty - ten < ten - none && twenty < 1.0);
    }

    #[test]
    fn partners_below_their_outside_option_leave_after_their_patience() {
        let p = PartnerParameters { other_leaving: 0.0, leaving: 1.0, ..PartnerParameters::default() };
        let mut station = station();
        let mut stream = stream();
        let month = (1..100).find(|_| station.settle(&p, Money::from_yuan(100.0), 300.0, &mut stream));
        assert_eq!(month, Some(p.patience + 1));
        let mut content = super::tests::station();
        assert!((0..100).all(|_| !content.settle(&p, Money::from_yuan(400.0), 300.0, &mut stream)));
    }

    #[test]
    fn forgetting_never_goes_below_natural_skill() {
        let p = PartnerParameters::default();
        let mut station = station();
        (0..1000).for_each(|_| station.practise(&p, 0.0));
        assert!((station.skill - 0.4).abs() < 1e-6);
    }

    #[test]
    fn the_better_the_prospect_the_fewer_refuse() {
        let p = PartnerParameters::default();
        let mut stream = stream();
        let mut refusals =
            |expected: f64| (0..5000).filter(|_| refuses(&p, expected, 300.0, &mut stream)).count();
        assert!(refusals(150.0) > refusals(300.0) && refusals(300.0) > refusals(900.0));
    }
}
