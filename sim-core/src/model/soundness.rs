//! Whether what was stored can be a run's state at all: every subscript names something that is there, every
//! count is that of what it counts, and nothing is so large that the first month would not end.
//!
//! A checkpoint may be anybody's. Its checksum finds accidents; who forges one makes the checksum too. What
//! the run then computes is the forger's affair, but it may neither end the program nor keep it for ever.

use super::county_process::CountyProcess;
use super::node::ModelNode;
use super::setting::Setting;
use super::transport::{COLLECTIONS, LORRIES};
use super::village::Village;
use crate::agents::household::Buying;
use crate::base::{CountyIndex, Month, Time, VillageIndex};
use crate::event::{Event, Message, Parcel, Way};
use crate::market::choice::CLASSES;

crate::messages! {
    /// A part of what was stored that contradicts the rest.
    pub enum StoredPart {
        Moment = "its moment", "它的时刻";
        Nodes = "its counties", "它的各县";
        Villages = "villages of a county", "某县的村庄";
        Households = "households of a village", "某村的农户";
        Shops = "shops of a village", "某村的网店";
        Parcels = "parcels on their way", "在途包裹";
        Centre = "a county centre", "某县的县级中心";
        Events = "what is going to happen", "将要发生的事件";
        Messages = "messages between counties and the nation", "县与全国之间的信息";
        Nation = "what the nation keeps of counties", "全国对各县的记录";
        Results = "what was gathered of the past", "已汇总的过去";
    }
}

/// The most orders of a household that are believed \[orders/year\]: some thirty a day.
const MOST_ORDERS: f64 = 1e4;
/// The highest hazard that is believed \[per year\].
const MOST_HAZARD: f32 = 1e6;
/// The longest time between rounds of a truck that is believed \[days\].
const LONGEST_INTERVAL: u32 = 400;
/// The most trucks, places and sorters that are believed.
const MOST_EQUIPMENT: u32 = 1 << 20;

/// Holds if, and says which part contradicts the rest if not.
pub(crate) fn holds(condition: bool, part: StoredPart) -> Result<(), StoredPart> {
    if condition { Ok(()) } else { Err(part) }
}

/// Checks a node that was stored as that at an address, at a moment.
///
/// # Errors
/// The part that contradicts the rest.
pub(crate) fn check_node(
    node: &ModelNode,
    setting: &Setting,
    address: u32,
    now: Time,
) -> Result<(), StoredPart> {
    let counties = setting.atlas.counties.len() as u32;
    match node {
        ModelNode::County(process) => {
            let simulator = process.simulator();
            holds(process.address() == address && address < counties, StoredPart::Nodes)?;
            holds(simulator.now() == now, StoredPart::Moment)?;
            let county = simulator.process();
            county.check(setting, CountyIndex(address), now)?;
            let mut events = crate::kernel::Queue::entries(simulator.queue()).into_iter();
            let known = events.all(|(key, event)| key.time() >= now && county.knows(&event, key.source()));
            holds(known, StoredPart::Events)
        }
        ModelNode::Nation(process) => {
            holds(process.address() == address && address == counties, StoredPart::Nodes)?;
            holds(process.simulator().now() == now, StoredPart::Moment)?;
            holds(process.simulator().process().is_sound(setting, now), StoredPart::Nation)
        }
    }
}

/// A message on its way, with the addresses of who sent it and who gets it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoredMessage<'m> {
    /// Who sent it.
    pub from: u32,
    /// Who gets it.
    pub to: u32,
    /// What is said.
    pub body: &'m Message,
}

/// Checks the messages on their way, in their order.
///
/// # Errors
/// If one is to or from nobody, or is not such as its receiver gets.
pub(crate) fn check_messages<'m>(
    messages: impl Iterator<Item = StoredMessage<'m>>,
    setting: &Setting,
    now: Time,
) -> Result<(), StoredPart> {
    let nation = setting.atlas.counties.len() as u32;
    let is_rule = |(_, rule): &(Time, u16)| usize::from(*rule) < setting.rules.rules().len();
    let month = Month::of(now);
    let mut last = (0, 0);
    let is_sound = |StoredMessage { from, to, body }: StoredMessage<'m>| {
        let is_ordered = std::mem::replace(&mut last, (to, from)) <= (to, from);
        let is_to_nation = is_ordered && to == nation && from < nation;
        let is_from_nation = is_ordered && to < nation && from == nation;
        match body {
            Message::Report(report) => {
                let whose = report.figures.as_deref();
                is_to_nation && whose.is_none_or(|figures| figures.month <= month && figures.days > 0)
            }
            Message::CentreOpened => is_to_nation,
            Message::Levers(rules) => is_from_nation && rules.iter().all(is_rule),
            Message::OpenCentre
            | Message::Pause(_)
            | Message::Funded(_)
            | Message::Market(_)
            | Message::Demonstration(_) => is_from_nation,
        }
    };
    let mut messages = messages;
    holds(messages.all(is_sound), StoredPart::Messages)
}

impl CountyProcess {
    fn check(&self, setting: &Setting, index: CountyIndex, now: Time) -> Result<(), StoredPart> {
        let place = &setting.atlas.counties[index.at()];
        let towns = place.towns.len();
        holds(self.index == index && self.villages.len() == place.villages.len(), StoredPart::Nodes)?;
        let fits = self.townships.len() == towns && self.market.imitation_pull.len() == towns;
        let agents = self.townships.iter().all(crate::agents::courier::Township::is_sound);
        holds(fits && agents && self.month.start <= now, StoredPart::Nodes)?;
        let mut first = 0;
        for (at, village) in self.villages.iter().enumerate() {
            holds(usize::from(village.index.0) == at && village.first == first, StoredPart::Villages)?;
            village.check()?;
            first += u32::from(village.records());
        }
        holds(self.has_sound_parcels(now), StoredPart::Parcels)?;
        holds(self.has_sound_centre(), StoredPart::Centre)?;
        let knows = |village: VillageIndex| village.at() < self.villages.len();
        let trial = self.programme.trial.as_deref();
        let surveyed = trial.is_none_or(|trial| {
            let mut records = trial.respondents.iter();
            let mut villages = trial.villages.iter();
            records.all(|one| u64::from(one.record) < self.records() && knows(one.village))
                && villages.all(|(village, _)| knows(VillageIndex(*village)))
        });
        let rules = setting.rules.rules().len();
        let mut named = self.levers.fired.iter().map(|(_, rule)| rule).chain(&self.levers.holding);
        let levers = named.all(|&rule| usize::from(rule) < rules);
        let followed = self.chronicle.is_sound(self.villages.len(), self.records());
        holds(surveyed && levers && followed, StoredPart::Villages)
    }

    /// Whether every parcel is one of a household here, ordered in the past.
    fn has_sound_parcels(&self, now: Time) -> bool {
        let is_ours = |parcel: &Parcel| {
            let Some(village) = self.villages.get(parcel.village.at()) else { return false };
            let of_village = village.first..village.first + u32::from(village.records());
            let has_way = parcel.way() != Way::Station || village.station.is_some();
            of_village.contains(&parcel.household.0) && has_way && parcel.ordered <= now
        };
        let transport = &self.transport;
        let horizon = Time::END;
        let waiting = self.villages.iter().all(|village| {
            let is_here = |(_, parcel): &(Time, Parcel)| parcel.village == village.index && is_ours(parcel);
            village.waiting.iter().all(is_here) && (village.waiting.is_empty() || village.station.is_some())
        });
        waiting
            && transport.trunk.is_sound(LORRIES, horizon)
            && transport.collections.is_sound(COLLECTIONS, horizon)
            && transport.returns.is_sound(COLLECTIONS, horizon)
            && transport.trunk.iter().all(is_ours)
            && transport.collections.iter().all(|(_, parcel)| is_ours(parcel))
            && transport.returns.iter().all(|back| is_ours(&back.parcel))
            && crate::base::bounded::is_believed(transport.count.sent)
            && crate::base::bounded::is_believed(transport.count.ended)
    }

    fn has_sound_centre(&self) -> bool {
        let knows = |&village: &u16| usize::from(village) < self.villages.len();
        let centre = &self.programme.centre;
        let mut stations = self.villages.iter().filter_map(|village| village.station.as_deref());
        let served = stations.all(|station| usize::from(station.route) < centre.routes.len());
        let routes = centre.routes.iter().all(|route| {
            let fits = route.interval <= LONGEST_INTERVAL && route.trucks <= MOST_EQUIPMENT;
            fits && route.stops.iter().all(knows)
        });
        let equipment = &centre.equipment;
        let owned = [equipment.trucks, equipment.places, equipment.sorters];
        let listed = centre.candidates.iter().chain(&centre.second_round).all(knows);
        routes
            && served
            && listed
            && centre.line.is_sound()
            && owned.iter().all(|&count| count <= MOST_EQUIPMENT)
    }

    /// Whether an event is one that can happen here.
    fn knows(&self, event: &Event, source: u32) -> bool {
        let knows = |village: VillageIndex| village.at() < self.villages.len();
        let is_here = match *event {
            Event::Order { village, .. }
            | Event::Adopt { village, .. }
            | Event::EnterMarket { village, .. }
            | Event::StationOpens { village } => knows(village),
            Event::Truck { route } => usize::from(route) < self.programme.centre.routes.len(),
            Event::Survey { .. } | Event::LateOpenings => self.programme.trial.is_some(),
            Event::Trunk
            | Event::Collection
            | Event::Returns
            | Event::CentreOpens
            | Event::Batch
            | Event::Season
            | Event::Month
            | Event::Spring => true,
        };
        is_here && source as usize <= self.villages.len()
    }
}

impl Village {
    fn check(&self) -> Result<(), StoredPart> {
        let records = self.residents.len();
        let fits = records <= usize::from(u16::MAX) && self.traits.len() == records;
        let known = self.residents.iter().all(|household| usize::from(household.class) < CLASSES);
        holds(fits && known, StoredPart::Households)?;
        let counted =
            |state: Buying| self.residents.iter().filter(|household| household.buying == state).count();
        let counts = Buying::ALL.iter().all(|&state| usize::from(self.counts[state.at()]) == counted(state));
        let dependents = self.dependents.iter().zip(self.counts).all(|(&some, all)| some <= all);
        let slots: Vec<_> = self.residents.iter().map(|household| household.slot()).collect();
        let most_people = u32::from(u8::MAX) * records as u32;
        let hazards = &self.hazards;
        let hazards = [
            hazards.awareness,
            hazards.trial_assisted,
            hazards.trial_assisted_able,
            hazards.trial_self_service,
            hazards.return_ease,
            hazards.emancipation,
            hazards.lapse,
            hazards.reconsideration,
        ];
        let believed = hazards.iter().all(|hazard| (0.0..=MOST_HAZARD).contains(hazard));
        let most = MOST_ORDERS * f64::from(self.households.max(1));
        let orders = (0.0..=most).contains(&self.order_rate) && self.buyers.is_sound(&slots);
        let people = [self.members, self.migrants, self.returned].iter().all(|&count| count <= most_people);
        holds(counts && dependents && believed && orders && people, StoredPart::Households)?;
        let is_record = |record: u16| usize::from(record) < records;
        let station = self.station.as_deref().is_none_or(|station| is_record(station.household));
        let taken = self.takings.by_record().all(|taken| is_record(taken.record));
        holds(station && taken, StoredPart::Households)?;
        let Some(sellers) = self.sellers.as_deref() else { return Ok(()) };
        let mut trades = [0_u16; crate::base::Product::COUNT];
        for shop in &sellers.shops {
            holds(shop.is_sound(self.index, records as u16), StoredPart::Shops)?;
            trades[shop.product.at()] = trades[shop.product.at()].saturating_add(1);
        }
        let sums = [sellers.help_paid, sellers.produce, sellers.rents, sellers.wages];
        let believed = sums.iter().chain(&sellers.sales).all(|&fen| crate::base::bounded::is_believed(fen));
        holds(sellers.trades == trades && believed, StoredPart::Shops)
    }
}
