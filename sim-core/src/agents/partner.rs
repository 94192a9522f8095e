//! Partners: skill, drive, income, and the decision to stay.

mod offer;

pub(crate) use offer::outside_share;
pub use offer::{Experience, PartnerOffer, preference, worth};

use crate::base::{Money, RandomStream, Time, math};
use crate::params::{PartnerKind, PartnerParameters};
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
    /// Smoothed monthly income, costs subtracted \[yuan\]; 0 before the first settled month.
    pub usual_income: f64,
    /// What recruiters promised of the place \[yuan/month\].
    pub promised: f64,
    /// What the partner could earn otherwise, over the migrant wage.
    pub outside: f64,
    /// Whether it will come to nothing, and never open.
    pub falls_through: bool,
    /// What it sold from its shelf last month, if it is a select store.
    pub shelf_sold: Money,
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

/// Time that running a station takes of its partner's household \[adults\].
pub(crate) fn working_time(p: &PartnerParameters, kind: PartnerKind) -> f64 {
    if kind == PartnerKind::Returnees { p.returnee_time } else { p.shopkeeper_time }
}

/// A candidate who takes a station, or takes it over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// As the test found them.
    pub applicant: Applicant,
    /// Household record, within the village.
    pub household: u16,
    /// What they could earn otherwise, over the migrant wage.
    pub outside: f64,
    /// What recruiters promise of the place \[yuan/month\].
    pub promised: f64,
    /// Training that they are given \[hours\].
    pub hours: f64,
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
    /// A station for a candidate who has accepted.
    pub(crate) fn fit_out(
        p: &PartnerParameters,
        candidate: &Candidate,
        route: u16,
        select_store: bool,
        falls_through: bool,
    ) -> Station {
        let Candidate { applicant, household, outside, promised, hours } = *candidate;
        Station {
            state: StationState::FittingOut,
            kind: applicant.kind,
            natural_skill: applicant.skill,
            skill: trained(p, applicant.skill, hours),
            drive: applicant.drive,
            household,
            select_store,
            opened: Time::END,
            route,
            income: None,
            usual_income: 0.0,
            promised,
            outside,
            falls_through,
            shelf_sold: Money::ZERO,
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

    /// What its partner could earn otherwise, at this migrant wage \[yuan/month\].
    pub fn outside_option(&self, migrant_wage: f64) -> f64 {
        self.outside * migrant_wage
    }

    /// Part of the partner's effort that is spent on sellers; the rest is spent on buyers.
    pub(crate) fn selling(&self, p: &PartnerParameters) -> f64 {
        if self.kind == PartnerKind::Returnees { p.returnee_selling } else { p.shopkeeper_selling }
    }

    /// Puts a new partner in.
    pub(crate) fn take_over(&mut self, p: &PartnerParameters, candidate: &Candidate) {
        let Candidate { applicant, household, outside, promised, hours } = *candidate;
        self.state = StationState::Open;
        self.kind = applicant.kind;
        self.natural_skill = applicant.skill;
        self.skill = trained(p, applicant.skill, hours);
        self.drive = applicant.drive;
        self.household = household;
        self.outside = outside;
        self.promised = promised;
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

    /// Settles a month: the income, and what it is for a whole month \[yuan\]; and whether the partner
    /// leaves, where cadres support the station so far and the migrant wage is this.
    pub(crate) fn settle(
        &mut self,
        p: &PartnerParameters,
        (income, whole): (Money, f64),
        support: f64,
        migrant_wage: f64,
        stream: &mut RandomStream,
    ) -> bool {
        let weight = if self.income.is_none() { 1.0 } else { p.income_weight };
        self.income = Some(income);
        self.usual_income += weight * (whole - self.usual_income);
        let (worth, outside) = (worth(p, self.usual_income, support), self.outside_option(migrant_wage));
        self.lean_months = if worth < outside { self.lean_months + 1 } else { 0 };
        self.commission = Money::ZERO;
        self.value = Money::ZERO;
        self.orders_last = std::mem::take(&mut self.orders);
        let u = stream.unit();
        let impatient = p.leaving * (1.0 - preference(p, worth, outside));
        u < p.other_leaving + if self.disappoints(p) { impatient } else { 0.0 }
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
        let candidate = Candidate { applicant, household: 0, outside: 0.1, promised: 400.0, hours: 16.0 };
        Station::fit_out(&PartnerParameters::default(), &candidate, 0, false, false)
    }

    #[test]
    fn training_raises_skill_with_diminishing_returns() {
        let p = PartnerParameters::default();
        let (none, ten, twenty) = (trained(&p, 0.4, 0.0), trained(&p, 0.4, 10.0), trained(&p, 0.4, 20.0));
        assert_eq!(none, 0.4);
        assert!((ten - 0.55).abs() < 1e-12, "a quarter of the missing 0.6");
        assert!(twenty - ten < ten - none && twenty < 1.0);
    }

    /// Without noise who earns less than the outside option leaves once patience is lost, and who earns more
    /// never does; with support, 100 yuan are worth 100 x (1 + 3) > 300.
    #[test]
    fn partners_below_their_outside_option_leave_after_their_patience() {
        let p = PartnerParameters {
            other_leaving: 0.0,
            leaving: 1.0,
            choice_noise: 0.0,
            authority: 3.0,
            ..PartnerParameters::default()
        };
        let mut stream = stream();
        let mut leaves = |income: f64, support: f64| {
            let mut station = station();
            let paid = (Money::from_yuan(income), income);
            (1..100).find(|_| station.settle(&p, paid, support, 3_000.0, &mut stream))
        };
        assert_eq!(leaves(100.0, 0.0), Some(p.patience + 1));
        assert_eq!(leaves(400.0, 0.0), None);
        assert_eq!(leaves(100.0, 1.0), None);
    }

    /// By hand: at the outside option half would refuse now, so that half of `leaving` is the hazard.
    #[test]
    fn leaving_is_refusing_late() {
        let p = PartnerParameters { other_leaving: 0.0, leaving: 0.5, patience: 0, ..Default::default() };
        let mut stream = stream();
        let mut left = |income: f64| {
            let mut station = Station { lean_months: 5, ..station() };
            (0..8_000)
                .filter(|_| {
                    station.lean_months = 5;
                    station.settle(&p, (Money::ZERO, income), 0.0, 3_000.0, &mut stream)
                })
                .count()
        };
        // Just below 300 yuan: Binomial(8,000, 1/4), of which five standard deviations are 194.
        assert!(left(299.9).abs_diff(2_000) < 200);
        assert!(left(50.0) > 3_500 && left(300.1) == 0);
    }

    #[test]
    fn forgetting_never_goes_below_natural_skill() {
        let p = PartnerParameters::default();
        let mut station = station();
        (0..1000).for_each(|_| station.practise(&p, 0.0));
        assert!((station.skill - 0.4).abs() < 1e-6);
    }
}
