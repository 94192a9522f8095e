//! How a village's households use their working time, as it is kept; `work.rs` works it out.

use serde::{Deserialize, Serialize};

/// How a village's working time is divided; sums over its records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TimeUse {
    /// Time at home over usual time, times income ratio and members.
    pub(super) able: f64,
    /// Time free for farm, wages and hands' work \[adults\].
    pub(super) free: f64,
    /// Part of that in which people work as hands of shops.
    pub hands: f64,
    /// What its people earn as hands \[yuan/month, all its households\].
    pub shop_wages: f64,
    /// What its people earn with firms of the county other than shops: couriers, the county centre
    /// \[yuan/month, all its households\].
    pub firm_wages: f64,
    /// Whether the sums are those of its households as they are. No state: after a checkpoint they are worked
    /// out again, and are the same.
    #[serde(skip)]
    pub(super) known: bool,
}
