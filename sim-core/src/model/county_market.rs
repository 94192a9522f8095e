//! What sellers of a county know of markets and of each other.

use super::open_month::OpenMonth;
use super::setting::Setting;
use super::village::{EntryConditions, ImitationPull, ShopConditions};
use crate::agents::shop::Surroundings;
use crate::base::{CountyIndex, Product};
use crate::event::MarketNews;
use serde::{Deserialize, Serialize};

/// The markets as a county's shops meet them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct CountyMarket {
    /// What the national markets do.
    pub news: MarketNews,
    /// Shops of the county by trade.
    pub trades: [u32; Product::COUNT],
    /// Imitation pull in each town, by trade.
    pub imitation_pull: Vec<ImitationPull>,
    /// The sum of all towns'.
    pub county_pull: ImitationPull,
}

impl CountyMarket {
    /// Before the first shop of a county with so many towns.
    pub fn new(news: MarketNews, towns: usize) -> CountyMarket {
        let none = [0.0; Product::COUNT];
        CountyMarket {
            news,
            trades: [0; Product::COUNT],
            imitation_pull: vec![none; towns],
            county_pull: none,
        }
    }

    /// What entrants of a county meet, with entry by training \[per household able to sell and year\].
    pub(crate) fn entry_conditions<'c>(
        &'c self,
        setting: &'c Setting,
        index: CountyIndex,
        training: f64,
    ) -> EntryConditions<'c> {
        let (pulls, county_pull) = (&self.imitation_pull[..], &self.county_pull);
        let (county, suppliers) = (&setting.atlas.counties[index.at()], setting.suppliers.at(index.at()));
        let villages = county.towns.iter().map(|town| town.villages).sum();
        EntryConditions { county, pulls, county_pull, villages, suppliers, training }
    }

    /// What shops meet in a month.
    pub(crate) fn shop_conditions<'c>(
        &'c self,
        month: &'c OpenMonth,
        support: Surroundings,
        seasons: [f64; Product::COUNT],
    ) -> ShopConditions<'c> {
        ShopConditions { month, news: &self.news, trades: &self.trades, support, seasons }
    }
}
