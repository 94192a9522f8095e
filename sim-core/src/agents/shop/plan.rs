//! What a shop is to do in a month: its own orders, and those that shops share.

use crate::base::Money;

/// What a shop is asked for in a month, and can make.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ShopPlan {
    /// What buyers want \[yuan/month\].
    pub demand: f64,
    /// Sales abroad over those at home.
    pub abroad: f64,
    /// Sales that it can make itself \[yuan/month\].
    pub capacity: f64,
}

impl ShopPlan {
    /// What it makes of its own orders \[yuan/month\].
    pub(crate) fn made(&self) -> f64 {
        self.demand.min(self.capacity)
    }

    /// What it cannot make of them \[yuan/month\].
    pub(crate) fn over(&self) -> f64 {
        (self.demand - self.capacity).max(0.0)
    }

    /// What it could make besides \[yuan/month\].
    pub(crate) fn room(&self) -> f64 {
        (self.capacity - self.demand).max(0.0)
    }
}

/// Orders that a shop passes on and takes on in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct SharedOrders {
    /// Goods that others make for it \[yuan of sales\].
    pub given: f64,
    /// Goods that it makes for others \[yuan of sales\].
    pub taken: f64,
    /// What it pays them.
    pub paid: Money,
    /// What it is paid.
    pub earned: Money,
}
