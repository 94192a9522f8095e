//! The sellers of a village: their shops, and what these amount to.

use crate::agents::shop::Shop;
use crate::base::factor::{MILLION, MONTHS};
use crate::base::{Money, Product};
use crate::event::Happening;
use crate::params::ShopParameters;
use serde::{Deserialize, Serialize};

/// The shops of a village and what they amount to. A village has none before its first shop, and keeps them
/// after its last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sellers {
    /// The shops that are open, in order of opening.
    pub shops: Vec<Shop>,
    /// Shops by trade.
    pub trades: [u16; Product::COUNT],
    /// Imitation pull by trade.
    pub imitation_pull: [f32; Product::COUNT],
    /// Shops ever opened.
    pub opened: u16,
    /// Hired workers.
    pub workers: u32,
    /// Owners, family and hired workers.
    pub jobs: u32,
    /// Sales of the last twelve months, a slot a calendar month \[fen\].
    pub sales: [i64; MONTHS],
    /// What shops paid the partner last month for help with selling \[fen\].
    pub help_paid: i64,
    /// Farm produce that they bought last month, of whomever \[fen\].
    pub produce: i64,
    /// Rents of last month \[fen\].
    pub rents: i64,
    /// Rooms that they take beyond their homes, a workshop's being 1.
    pub rooms: f32,
    /// Wages of last month \[fen\].
    pub wages: i64,
    /// Whether it meets the rule of a Taobao village.
    pub taobao: bool,
    /// Whether it ever had ten shops.
    pub had_ten: bool,
    /// Whether it ever had a workshop.
    pub had_workshop: bool,
}

/// Shops of a village that are worth telling.
const TEN: usize = 10;

impl Sellers {
    /// Adds a shop that opens. Returns what that means for the village, if it is worth telling.
    pub(super) fn add(&mut self, shop: Shop, copied: bool) -> Option<Happening> {
        let product = shop.product;
        self.shops.push(shop);
        self.opened = self.opened.wrapping_add(1);
        self.trades[product.at()] += 1;
        match self.shops.len() {
            TEN if !self.had_ten => {
                self.had_ten = true;
                Some(Happening::TenShops(product))
            }
            1 if !copied => Some(Happening::FirstShop(product)),
            _ => None,
        }
    }

    /// Sums what the shops amount to.
    pub(super) fn sum_up(&mut self, p: &ShopParameters) {
        (self.workers, self.jobs, self.rooms) = (0, 0, 0.0);
        self.imitation_pull = [0.0; Product::COUNT];
        for shop in &self.shops {
            self.workers += u32::from(shop.workers);
            self.jobs += shop.jobs(p);
            self.rooms += shop.rooms(p);
            self.imitation_pull[shop.product.at()] += shop.imitation_pull(p) as f32;
        }
    }

    /// Sales of the last twelve months \[fen\].
    pub fn yearly_sales(&self) -> i64 {
        self.sales.iter().sum()
    }

    /// The trade with most shops.
    pub fn main_trade(&self) -> Product {
        let mut best = Product::ALL[0];
        for product in Product::ALL {
            if self.trades[product.at()] > self.trades[best.at()] {
                best = product;
            }
        }
        best
    }

    /// Whether so many shops with such sales make a Taobao village of so many households.
    pub(super) fn meets_rule(&self, p: &ShopParameters, households: u16) -> bool {
        let shops = self.shops.len();
        let many = shops >= p.rule_shops as usize || shops as f64 >= p.rule_share * f64::from(households);
        Money::from_fen(self.yearly_sales()).yuan() >= p.rule_sales * MILLION && many
    }
}
