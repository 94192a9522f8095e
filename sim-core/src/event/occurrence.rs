//! What will happen inside a county.

use crate::base::VillageIndex;

/// An event of a county. Small and `Copy`: it lives in the queue.
///
/// A clock's tick carries the clock's turn; a tick of an earlier turn is void, which is how a clock is moved
/// without searching the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Event {
    /// The next order (or bundle of orders) of a village.
    Order {
        /// Where.
        village: VillageIndex,
        /// The clock's turn.
        generation: u32,
    },
    /// Somebody in a village may learn something about buying online.
    Learn {
        /// Where.
        village: VillageIndex,
        /// The clock's turn.
        generation: u32,
    },
    /// Somebody in a village founds a shop.
    Found {
        /// Where.
        village: VillageIndex,
        /// The clock's turn.
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
