//! What will happen inside a county.

use crate::base::VillageIndex;

/// An event of a county. Small and `Copy`: it lives in the queue.
///
/// A clock's tick carries the clock's generation; a tick of an earlier generation is void, which is how a
/// clock is moved
/// without searching the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Event {
    /// The next order (or bundle of orders) of a village.
    Order {
        /// Where.
        village: VillageIndex,
        /// The clock's generation when it was scheduled.
        generation: u32,
    },
    /// A household of a village may take a step of adoption: hear of buying online, try it, learn
    /// self-service, lapse.
    Adopt {
        /// Where.
        village: VillageIndex,
        /// The clock's generation when it was scheduled.
        generation: u32,
    },
    /// A household of a village opens a shop.
    EnterMarket {
        /// Where.
        village: VillageIndex,
        /// The clock's generation when it was scheduled.
        generation: u32,
    },
    /// A trunk lorry reaches the county hub with what is due.
    Trunk,
    /// A programme truck leaves on a route.
    Truck {
        /// Which route.
        route: u16,
    },
    /// Parcels due for collection are collected.
    Collection,
    /// Parcels that were sent back reach their merchants.
    Returns,
    /// The county centre opens.
    CentreOpens,
    /// The county centre screens the next batch of villages.
    Batch,
    /// A station opens.
    StationOpens {
        /// Where.
        village: VillageIndex,
    },
    /// The season changes.
    Season,
    /// A month begins: settlement of the one before.
    Month,
    /// Spring Festival: migrants decide.
    Spring,
    /// A trial's households are surveyed.
    Survey {
        /// 0 for the baseline, 1 for the follow-up.
        round: u8,
    },
    /// A trial's late control villages are let in.
    LateOpenings,
}

impl Event {
    /// What happens, and to which village or route, as a small number for the fingerprint. Numbers stay as
    /// they are once given; a new event takes the next.
    pub fn kind(&self) -> u32 {
        match self {
            Event::Order { village, .. } => u32::from(village.0) << 8,
            Event::Adopt { village, .. } => u32::from(village.0) << 8 | 1,
            Event::EnterMarket { village, .. } => u32::from(village.0) << 8 | 2,
            Event::Trunk => 3,
            Event::Truck { route } => u32::from(*route) << 8 | 4,
            Event::Collection => 5,
            Event::CentreOpens => 6,
            Event::Batch => 7,
            Event::StationOpens { village } => u32::from(village.0) << 8 | 8,
            Event::Season => 9,
            Event::Month => 10,
            Event::Spring => 11,
            Event::Survey { round } => u32::from(*round) << 8 | 12,
            Event::LateOpenings => 13,
            Event::Returns => 14,
        }
    }
}
