//! A trial's state in a county, and the rows its surveys write.

use crate::agents::household::Household;
use crate::base::{Money, Time, VillageIndex};
use crate::event::{Goods, Parcel, Way};
use crate::market::choice::Delivery;
use crate::policy::trial::Arm;
use serde::{Deserialize, Serialize};

/// Spending of a household record online, by channel, over the time that a survey asks about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelSpending {
    /// At the village's station.
    pub station: Money,
    /// By self-service, on any platform.
    pub self_service: Money,
    /// On durables, in either way.
    pub durables: Money,
    /// On durables at the station.
    pub durables_station: Money,
    /// Orders at the station; in a sample, bundles.
    pub station_orders: u32,
}

/// A surveyed household record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Respondent {
    /// The record, within the county.
    pub record: u32,
    /// Its village.
    pub village: VillageIndex,
    /// Whether it counts as living near the terminal. The model knows no distances within a village, so that
    /// the word is the survey's alone: it keeps the published design and makes no difference to what
    /// happens.
    pub near: bool,
    /// Whether it cannot be found at the follow-up.
    pub leaves: bool,
    /// Whether it ever ordered at the station.
    pub ever_at_station: bool,
    /// Spending of the time asked about, so far.
    pub spending: ChannelSpending,
}

/// Income per head of a surveyed household, by source \[yuan/year\].
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HouseholdIncome {
    /// Farming and small business.
    pub farm: f64,
    /// Wages near home, those of shops aside.
    pub wage: f64,
    /// Transfers and relief.
    pub transfers: f64,
    /// Sent by members away.
    pub remittances: f64,
    /// Wages paid by the village's shops, spread over the village.
    pub shop_wages: f64,
    /// From shops of its own, less what was put into them, in the last twelve months.
    pub online_shops: f64,
    /// From running the station, in the last twelve months.
    pub station: f64,
}

impl HouseholdIncome {
    /// All sources.
    pub fn total(&self) -> f64 {
        let sent = self.transfers + self.remittances;
        self.farm + self.wage + sent + self.shop_wages + self.online_shops + self.station
    }
}

/// What a survey learns of a household: a row of the survey table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurveyRow {
    /// 0 for the baseline, 1 for the follow-up.
    pub round: u8,
    /// Its village.
    pub village: VillageIndex,
    /// The record, within the village.
    pub record: u16,
    /// What the draw made of its village.
    pub arm: Arm,
    /// Whether a station has opened in the village.
    pub station_opened: bool,
    /// Whether it counts as near the terminal.
    pub near: bool,
    /// Whether the household was found; without it, what follows is what it would have said.
    pub found: bool,
    /// The household.
    pub household: Household,
    /// Whether it ever ordered at the station.
    pub ever_at_station: bool,
    /// Spending online in the time asked about, by channel, for one of the households of the record.
    pub spending: ChannelSpending,
    /// Retail spending in all in that time \[yuan\].
    pub retail: f64,
    /// Retail cost of living against having no way of buying online, in logarithm; 0 or less.
    pub cost_of_living: f64,
    /// Income per head.
    pub income: HouseholdIncome,
    /// Shops it runs; in a sample, those of all households of the record.
    pub shops: u16,
    /// How parcels of self-service orders arrive in the village.
    pub delivery: Delivery,
    /// Road to the town \[minutes\].
    pub to_town: u16,
    /// Road to the county seat \[minutes\].
    pub to_seat: u16,
}

impl SurveyRow {
    /// Whether it buys online in any way.
    pub fn buys(&self) -> bool {
        self.household.buying.buys()
    }
}

/// A trial in a county.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct TrialState {
    /// Surveyed villages, in order of their subscripts.
    pub villages: Vec<(u16, Arm)>,
    /// Surveyed records, in order.
    pub respondents: Vec<Respondent>,
    /// Arms of control that have been let in.
    pub let_in: Vec<Arm>,
    /// Orders from then on count for the next survey.
    pub asked_from: Time,
    /// Rows not yet gathered.
    pub rows: Vec<SurveyRow>,
}

impl TrialState {
    /// The arm of a village; nothing outside the survey.
    pub fn arm(&self, village: u16) -> Option<Arm> {
        let at = self.villages.binary_search_by_key(&village, |(village, _)| *village);
        at.ok().map(|at| self.villages[at].1)
    }

    /// Whether stations may be opened in a village now: outside the survey, assigned, or let in.
    pub(crate) fn may_open(&self, village: u16) -> bool {
        let arm = self.arm(village);
        arm.is_none_or(|arm| arm.assigned() || self.let_in.contains(&arm))
    }

    /// Takes note of an order (or bundle) of this value in all.
    pub fn note(&mut self, now: Time, parcel: &Parcel, value: Money) {
        let key = parcel.household.at() as u32;
        let Ok(at) = self.respondents.binary_search_by_key(&key, |respondent| respondent.record) else {
            return;
        };
        let respondent = &mut self.respondents[at];
        let at_station = parcel.way() == Way::Station;
        respondent.ever_at_station |= at_station;
        if now < self.asked_from {
            return;
        }
        let spending = &mut respondent.spending;
        let durable = if parcel.goods() == Goods::Durable { value } else { Money::ZERO };
        spending.durables += durable;
        if at_station {
            spending.station += value;
            spending.durables_station += durable;
            spending.station_orders += 1;
        } else {
            spending.self_service += value;
        }
    }
}
