//! Home, workshop, factory: what shops can make with hands and machines, what rooms cost, and how they grow.

use super::credit::Credit;
use super::{Shop, ShopMonth, ShopPlan, Stage, Surroundings};
use crate::base::{Money, Product};
use crate::params::ShopParameters;

impl Shop {
    /// Sales it can handle \[yuan/month\]: by the family, and by hands; beyond the home, by those who have a
    /// machine.
    pub fn capacity(&self, p: &ShopParameters) -> f64 {
        let hands = if self.stage == Stage::Home { self.workers } else { self.workers.min(self.machines) };
        p.home_capacity + f64::from(hands) * p.worker_capacity
    }

    /// Rent of its rooms where those are not scarce \[yuan/month\].
    pub(crate) fn rent(&self, p: &ShopParameters) -> f64 {
        match self.stage {
            Stage::Home => p.rent_home,
            Stage::Workshop => p.rent_workshop,
            Stage::Factory => p.rent_factory,
        }
    }

    /// Rooms that it takes beyond its home, a workshop's being 1.
    pub(crate) fn rooms(&self, p: &ShopParameters) -> f32 {
        match self.stage {
            Stage::Home => 0.0,
            Stage::Workshop => 1.0,
            Stage::Factory => p.factory_rooms as f32,
        }
    }

    /// Whether rent support reaches it: workshops, factories and young shops.
    pub(super) fn has_rent_support(&self, p: &ShopParameters) -> bool {
        self.stage != Stage::Home || u32::from(self.age) < p.rent_young
    }

    /// What a machine costs in its trade \[yuan\].
    fn machine_cost(&self, p: &ShopParameters) -> f64 {
        if self.product == Product::Furniture { p.furniture_machine_cost } else { p.machine_cost }
    }

    /// Hands for whom its rooms are large enough.
    fn room(&self, p: &ShopParameters) -> u32 {
        match self.stage {
            Stage::Home => p.workshop_workers.saturating_sub(1),
            Stage::Workshop => p.factory_workers.saturating_sub(1),
            Stage::Factory => u32::MAX,
        }
    }

    /// Lays off or hires, buys machines and moves into larger rooms.
    pub(super) fn invest(
        &mut self,
        p: &ShopParameters,
        around: &Surroundings,
        plan: &ShopPlan,
        credit: &Credit,
        month: &mut ShopMonth,
    ) {
        let pressed = plan.demand > plan.capacity * p.growth_pressure;
        self.pressed_months = if pressed { self.pressed_months.saturating_add(1) } else { 0 };
        // Rounding down kept shops that outgrew the family at the family's capacity until a whole worker's
        // output was rejected.
        let hands = (plan.demand - p.home_capacity) / p.worker_capacity;
        let needed = (hands + (1.0 - p.hiring_threshold)).max(0.0) as u32;
        if u32::from(self.workers) > needed.saturating_add(1) {
            self.workers -= 1;
        }
        if u32::from(self.pressed_months) < p.growth_months || month.profit <= Money::ZERO {
            return;
        }
        // Hiring takes time.
        let step = ((f64::from(self.workers) * p.hiring_step) as u32 + 1)
            .min(needed.saturating_sub(self.workers.into()))
            .min(around.labour);
        let wanted = u32::from(self.workers) + step;
        if wanted > self.room(p) && self.enlarge(p, wanted, credit, month) {
            return;
        }
        self.hire(p, wanted.min(self.room(p)), 0.0, credit, month);
    }

    /// Moves into larger rooms, if there is money for them and for the machines of as many hands as they are
    /// for. Returns whether there was.
    fn enlarge(&mut self, p: &ShopParameters, wanted: u32, credit: &Credit, month: &mut ShopMonth) -> bool {
        let (stage, cost, least) = match self.stage {
            Stage::Home => (Stage::Workshop, p.workshop_cost, p.workshop_workers),
            Stage::Workshop => (Stage::Factory, p.factory_cost, p.factory_workers),
            Stage::Factory => return false,
        };
        let machines = least.saturating_sub(self.machines.into());
        let needed = cost + f64::from(machines) * self.machine_cost(p);
        if Money::from_yuan(needed) > self.cash + credit.free(self.debt) {
            return false;
        }
        self.stage = stage;
        month.grew = true;
        self.hire(p, wanted, cost, credit, month);
        true
    }

    /// Hires up to so many hands, as far as there is money for their machines besides rooms of such a cost.
    fn hire(&mut self, p: &ShopParameters, wanted: u32, cost: f64, credit: &Credit, month: &mut ShopMonth) {
        let price = self.machine_cost(p);
        let lacking = |hands: u32, machines: u16| hands.saturating_sub(machines.into());
        let mut machines = 0;
        if self.stage != Stage::Home {
            let funds = (self.cash + credit.free(self.debt)).yuan() - cost;
            let affordable = if price > 0.0 { (funds / price).max(0.0) as u32 } else { u32::MAX };
            machines = lacking(wanted, self.machines).min(affordable);
        }
        let equipped = if self.stage == Stage::Home { wanted } else { u32::from(self.machines) + machines };
        let hands = wanted.min(equipped).max(self.workers.into());
        self.spend(Money::from_yuan(cost + f64::from(machines) * price), month);
        self.machines = self.machines.saturating_add(machines.min(u16::MAX.into()) as u16);
        self.workers = hands.min(u16::MAX.into()) as u16;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{around, shop};
    use super::*;

    fn credit(p: &ShopParameters, sales: f64) -> Credit {
        Credit::of(p, &around(), Money::from_yuan(sales))
    }

    /// By hand: rooms of 20,000 and two machines of 3,000 yuan are 26,000; with 25,999 in cash and no sales
    /// to borrow on a shop stays at home with one hand, with 26,000 it is a workshop with two machines and no
    /// cash.
    #[test]
    fn a_workshop_needs_its_rooms_and_machines_by_hand() {
        let mut p = ShopParameters::default();
        (p.workshop_cost, p.machine_cost, p.furniture_machine_cost) = (20_000.0, 3_000.0, 3_000.0);
        let plan = ShopPlan { demand: 70_000.0, abroad: 0.0, capacity: 33_000.0 };
        for (cash, stage, machines) in [(25_999.0, Stage::Home, 0), (26_000.0, Stage::Workshop, 2)] {
            let mut grown = Shop { workers: 1, cash: Money::from_yuan(cash), pressed_months: 9, ..shop(1.0) };
            let mut month = ShopMonth { profit: Money::from_yuan(1.0), ..ShopMonth::default() };
            grown.invest(&p, &around(), &plan, &credit(&p, 0.0), &mut month);
            assert_eq!((grown.stage, grown.machines), (stage, machines));
            assert_eq!(month.investment, Money::from_yuan(if machines > 0 { 26_000.0 } else { 0.0 }));
            assert_eq!(grown.capacity(&p), p.home_capacity + p.worker_capacity * f64::from(machines.max(1)));
        }
    }

    /// Hands without a machine add nothing in a workshop; at home they work with what the family has.
    #[test]
    fn capacity_follows_machines_and_hands() {
        let p = ShopParameters::default();
        let at = |stage, workers, machines| Shop { stage, workers, machines, ..shop(1.0) }.capacity(&p);
        assert_eq!(at(Stage::Workshop, 5, 3), at(Stage::Workshop, 3, 3));
        assert_eq!(at(Stage::Workshop, 3, 9), at(Stage::Workshop, 3, 3));
        assert!(at(Stage::Home, 1, 0) > at(Stage::Home, 0, 0));
    }
}
