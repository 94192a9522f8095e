//! What is made and sold in villages.
//!
//! A short list of trades that cover the documented selling villages (furniture of Dongfeng, costumes of
//! Dinglou, cashmere of Donggaozhuang, silver of Heqing, general goods of Qingyanliu, farm produce
//! elsewhere). Finer lists were rejected: no published figure would tell their markets apart.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A product category in which a village may trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Product {
    /// Furniture and home fittings.
    Furniture = 0,
    /// Everyday clothing and shoes.
    Clothing = 1,
    /// Stage and party costumes, hanfu.
    Costumes = 2,
    /// Cashmere, wool, home textiles.
    Textiles = 3,
    /// Small general goods bought at wholesale markets.
    GeneralGoods = 4,
    /// Silver, ceramics, carving, weaving, lanterns.
    Crafts = 5,
    /// Toys, sports and stationery.
    Toys = 6,
    /// Bags, leather and hardware.
    Hardware = 7,
    /// Fresh fruit, vegetables, seafood: perishable and seasonal.
    FreshProduce = 8,
    /// Tea, nuts, dried mushrooms, medicinal herbs, grain: seasonal, keeps well.
    DryFoods = 9,
    /// Flowers, seedlings, pond fish and pets.
    Plants = 10,
    /// Processed local foods and spirits.
    ProcessedFoods = 11,
}

impl Product {
    /// How many categories there are.
    pub const COUNT: usize = 12;

    /// All categories, in order.
    pub const ALL: [Product; Product::COUNT] = [
        Product::Furniture,
        Product::Clothing,
        Product::Costumes,
        Product::Textiles,
        Product::GeneralGoods,
        Product::Crafts,
        Product::Toys,
        Product::Hardware,
        Product::FreshProduce,
        Product::DryFoods,
        Product::Plants,
        Product::ProcessedFoods,
    ];

    /// As a subscript.
    pub const fn at(self) -> usize {
        self as usize
    }

    /// The name used in tables, in snake case.
    pub const fn name(self) -> &'static str {
        match self {
            Product::Furniture => "furniture",
            Product::Clothing => "clothing",
            Product::Costumes => "costumes",
            Product::Textiles => "textiles",
            Product::GeneralGoods => "general_goods",
            Product::Crafts => "crafts",
            Product::Toys => "toys",
            Product::Hardware => "hardware",
            Product::FreshProduce => "fresh_produce",
            Product::DryFoods => "dry_foods",
            Product::Plants => "plants",
            Product::ProcessedFoods => "processed_foods",
        }
    }

    /// Whether it is grown or gathered, and so bound to harvests.
    pub(crate) const fn is_farm_produce(self) -> bool {
        matches!(self, Product::FreshProduce | Product::DryFoods | Product::Plants)
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subscripts_follow_the_list() {
        for (index, product) in Product::ALL.into_iter().enumerate() {
            assert_eq!(product.at(), index);
        }
    }
}
