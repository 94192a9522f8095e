//! A county's chronicle: episodes, rows of villages, months of followed households and shops.

use super::county_state::{FollowedRow, FollowedShopRow, VillageRow};
use crate::agents::shop::{Shop, ShopMonth};
use crate::base::{CountyIndex, Month, Time, VillageIndex};
use crate::event::{Cause, Episode, Happening};
use crate::params::ShopParameters;
use serde::{Deserialize, Serialize};

/// What is told of a county, until it is gathered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Chronicle {
    county: CountyIndex,
    /// Episodes, in order of time.
    pub episodes: Vec<Episode>,
    /// Rows of the village table.
    pub rows: Vec<VillageRow>,
    /// Records that are followed, as subscripts of the county.
    pub followed: Vec<u32>,
    /// Months of followed households.
    pub lives: Vec<FollowedRow>,
    /// How many shops are followed at a time.
    pub shops_to_follow: u32,
    /// Shops that are followed: the first to open, and the next one for each that closes.
    followed_shops: Vec<FollowedShop>,
    /// Months of followed shops.
    pub shop_lives: Vec<FollowedShopRow>,
}

/// A shop that is followed, and who imitated it since the last month's end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct FollowedShop {
    village: VillageIndex,
    number: u16,
    copied_by: Vec<(VillageIndex, u16)>,
}

impl Chronicle {
    /// An empty chronicle of a county.
    pub fn of(county: CountyIndex) -> Chronicle {
        Chronicle {
            county,
            episodes: Vec::new(),
            rows: Vec::new(),
            followed: Vec::new(),
            lives: Vec::new(),
            shops_to_follow: 0,
            followed_shops: Vec::new(),
            shop_lives: Vec::new(),
        }
    }

    /// Whether what was stored is about so many villages and household records.
    pub fn is_sound(&self, villages: usize, records: u64) -> bool {
        let knows = |village: VillageIndex| village.at() < villages;
        let episodes = self.episodes.iter().filter_map(|episode| episode.village).all(knows);
        let shops = self.followed_shops.iter().all(|shop| knows(shop.village));
        let rows = self.rows.iter().map(|row| row.village).all(knows)
            && self.lives.iter().map(|row| row.village).all(knows);
        let county = self.episodes.iter().all(|episode| episode.county == self.county);
        let followed = self.followed.iter().all(|&record| u64::from(record) < records);
        episodes && shops && rows && county && followed
    }

    /// Records an episode, of the whole county unless a village is named.
    pub fn record(&mut self, time: Time, village: Option<VillageIndex>, happening: Happening) {
        self.record_cause(time, village, happening, Cause::Unstated);
    }

    /// Whether shops are followed in the county.
    pub fn follows_shops(&self) -> bool {
        self.shops_to_follow > 0
    }

    /// A shop has opened, in imitation of another if that is known.
    pub fn shop_opened(&mut self, village: VillageIndex, number: u16, cause: Cause) {
        if let Cause::Copied { village: copied_village, shop } = cause
            && let Some(copied) = self.followed_shop(copied_village, shop)
        {
            copied.copied_by.push((village, number));
        }
        self.follow_shop(village, number);
    }

    /// Follows a shop from now on, if one more is to be followed.
    pub fn follow_shop(&mut self, village: VillageIndex, number: u16) {
        let more = self.followed_shops.len() < self.shops_to_follow as usize;
        if more && self.followed_shop(village, number).is_none() {
            self.followed_shops.push(FollowedShop { village, number, copied_by: Vec::new() });
        }
    }

    /// A shop has worked through a month.
    pub fn shop_worked(&mut self, p: &ShopParameters, month: Month, shop: &Shop, worked: &ShopMonth) {
        let village = VillageIndex(shop.village);
        let Some(followed) = self.followed_shop(village, shop.number) else {
            return;
        };
        let copied_by = std::mem::take(&mut followed.copied_by);
        self.shop_lives.push(FollowedShopRow {
            month,
            village,
            shop: *shop,
            jobs: shop.jobs(p),
            orders: worked.parcels,
            sales: worked.sales + worked.exports,
            shared: worked.shared,
            profit: worked.profit,
            copied_by,
            closed: false,
        });
    }

    /// A shop has closed.
    pub fn shop_closed(&mut self, shop: &Shop) {
        let is = |village: VillageIndex, number: u16| village.0 == shop.village && number == shop.number;
        let followed = self.followed_shops.len();
        self.followed_shops.retain(|other| !is(other.village, other.number));
        if self.followed_shops.len() < followed
            && let Some(last) = self.shop_lives.iter_mut().rfind(|row| is(row.village, row.shop.number))
        {
            last.closed = true;
        }
    }

    fn followed_shop(&mut self, village: VillageIndex, number: u16) -> Option<&mut FollowedShop> {
        self.followed_shops.iter_mut().find(|shop| (shop.village, shop.number) == (village, number))
    }

    /// Records an episode and its cause.
    pub(crate) fn record_cause(
        &mut self,
        time: Time,
        village: Option<VillageIndex>,
        happening: Happening,
        cause: Cause,
    ) {
        self.episodes.push(Episode { time, county: self.county, village, happening, cause });
    }
}
