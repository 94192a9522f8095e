//! Families help each other out with orders that are too large for one: what a shop cannot make, shops of its
//! village and trade that have room make for it, and are paid.

use super::{SharedOrders, Shop, ShopPlan};
use crate::base::{Money, Product};
use crate::params::ShopParameters;

/// Shares the orders of a village's shops that exceed what they can make among those of the trade that have
/// room. What is paid is earned, to the fen.
pub(crate) fn share_orders(p: &ShopParameters, shops: &[Shop], plans: &[ShopPlan]) -> Vec<SharedOrders> {
    let mut over = [0.0; Product::COUNT];
    let mut room = [0.0; Product::COUNT];
    for (shop, plan) in shops.iter().zip(plans) {
        over[shop.product.at()] += plan.over();
        room[shop.product.at()] += plan.room() * p.cooperation;
    }
    let part = |of: f64, all: f64| if all > 0.0 { (of / all).min(1.0) } else { 0.0 };
    let mut shared: Vec<SharedOrders> = Vec::with_capacity(shops.len());
    let (mut due, mut taken) = ([Money::ZERO; Product::COUNT], [0.0; Product::COUNT]);
    for (shop, plan) in shops.iter().zip(plans) {
        let at = shop.product.at();
        let given = plan.over() * part(room[at], over[at]);
        let taken_here = plan.room() * p.cooperation * part(over[at], room[at]);
        let paid = Money::from_yuan(given * p.cooperation_price);
        due[at] += paid;
        taken[at] += taken_here;
        shared.push(SharedOrders { given, taken: taken_here, paid, earned: Money::ZERO });
    }
    // Each is paid by what it made of the whole; summed up, so that no fen is left over.
    let (mut so_far, mut handed_out) = ([0.0; Product::COUNT], [Money::ZERO; Product::COUNT]);
    for (shop, shared) in shops.iter().zip(&mut shared) {
        let at = shop.product.at();
        if shared.taken > 0.0 {
            so_far[at] += shared.taken;
            let until = due[at].share(so_far[at] / taken[at]);
            shared.earned = until - handed_out[at];
            handed_out[at] = until;
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::super::tests::shop;
    use super::*;

    /// By hand: one shop is asked for 10,000 yuan more than it can make, two have room for 4,000 and 8,000 of
    /// which they lend half: 6,000 are made by them, 2,000 and 4,000, for three quarters. A shop of another
    /// trade takes no part. The twin in which nobody helps loses it all.
    #[test]
    fn large_orders_are_shared_by_hand() {
        let mut p = ShopParameters::default();
        (p.cooperation, p.cooperation_price) = (0.5, 0.75);
        let mut shops = [shop(1.0), shop(1.0), shop(1.0), shop(1.0)];
        shops[3].product = Product::Toys;
        let plan = |demand: f64| ShopPlan { demand, abroad: 0.0, capacity: 10_000.0 };
        let plans = [plan(20_000.0), plan(6_000.0), plan(2_000.0), plan(0.0)];
        let shared = share_orders(&p, &shops, &plans);
        let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(close(shared[0].given, 6_000.0) && close(shared[1].taken, 2_000.0));
        assert!(close(shared[2].taken, 4_000.0) && shared[3] == SharedOrders::default());
        assert_eq!(shared[0].paid, Money::from_yuan(4_500.0));
        assert_eq!(shared[1].earned, Money::from_yuan(1_500.0));
        assert_eq!(shared.iter().map(|s| s.earned - s.paid).sum::<Money>(), Money::ZERO);
        p.cooperation = 0.0;
        assert_eq!(share_orders(&p, &shops, &plans), [SharedOrders::default(); 4], "the twin");
    }
}
