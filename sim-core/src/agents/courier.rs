//! Couriers: firms that bring parcels from the county seat to townships and villages.
//!
//! Several commercial networks share the parcels. In each township a network has an agent of its own, is
//! served by another network's agent, or is not there ([`Township`]). An agent earns a fee for each parcel
//! it hands over, less at its counter than in the village, and decides for each village how often it drives
//! there (`round`). The post goes to every village by law. What this means for a village's buyers are
//! expectations, worked out once a month ([`Arrivals`]).
//!
//! Rejected: one carrier of all parcels that needs ten times its cost, which stood in for networks that each
//! see a part of them; agents that look at the parcels of each village apart, which in a sample of
//! households would see bundles.

mod arrivals;
mod round;
mod township;

pub use arrivals::{Arrivals, COMMERCIAL_WAYS};
pub use round::{INTERVALS, Offered, Round, Stop, Terms, best_round, brought, by_interval};
pub use township::{Counter, NOBODY, Rounds, Township, saving};

use crate::params::LogisticsParameters;

/// Commercial networks at most.
pub const NETWORKS: usize = 5;

/// What part of all parcels each commercial network carries, the largest first; the rest is the post's.
pub fn shares(p: &LogisticsParameters) -> [f64; NETWORKS] {
    let mut weights = [0.0; NETWORKS];
    let mut weight = 1.0;
    for share in weights.iter_mut().take(p.courier_networks as usize) {
        *share = weight;
        weight *= p.courier_network_ratio;
    }
    let all: f64 = weights.iter().sum();
    let commercial = 1.0 - p.post_share;
    weights.map(|weight| if all > 0.0 { commercial * weight / all } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_networks_and_the_post_carry_everything() {
        let p = LogisticsParameters::default();
        let shares = shares(&p);
        assert!((shares.iter().sum::<f64>() + p.post_share - 1.0).abs() < 1e-12);
        assert!(shares.windows(2).all(|pair| pair[0] > pair[1]));
    }
}
