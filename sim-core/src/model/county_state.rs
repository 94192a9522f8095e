//! Parts of a county's state, and the rows it reports.

use crate::agents::household::Household;
use crate::agents::shop::Shop;
use crate::base::{Money, Month, Product, Time, VillageIndex};
use crate::market::choice::Delivery;
use serde::{Deserialize, Serialize};

/// What the season and misfortunes mean at present, looked up once a change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Weather {
    /// The pause of transport for Spring Festival: this one or the next.
    pub pause: (Time, Time),
    /// Roads are closed until then.
    pub roads_closed: Time,
    /// Couriers strike until then.
    pub strike: Time,
    /// Demand for village goods over the usual.
    pub demand: f64,
}

impl Weather {
    /// Before the season has been looked up.
    pub(crate) const FAIR: Weather = Weather {
        pause: (Time::END, Time::END),
        roads_closed: Time::START,
        strike: Time::START,
        demand: 1.0,
    };

    /// The first moment from `time` on at which lorries drive.
    #[inline]
    pub(crate) fn after_pause(&self, time: Time) -> Time {
        let (start, end) = self.pause;
        let time = if start <= time && time < end { end } else { time };
        time.max(self.roads_closed)
    }
}

/// Money granted by government and not yet spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Grant {
    /// Since when the county is a demonstration county.
    pub since: Option<Time>,
    /// What is left \[fen\].
    pub left: Money,
    /// What is spent each month \[fen\].
    pub monthly: Money,
}

/// Parcels since the start, each bundle counted as what it stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelCount {
    /// Sent.
    pub sent: i64,
    /// Delivered, returned or lost.
    pub ended: i64,
}

/// A row of the village table.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct VillageRow {
    /// The month that ended.
    pub month: Month,
    /// Days of it that were simulated.
    pub days: u32,
    /// Which village.
    pub village: VillageIndex,
    /// Regular buyers \[households\].
    pub regular: u32,
    /// Orders through the station in the month \[orders\].
    pub station_orders: u32,
    /// Parcels of self-service orders in the month \[parcels\].
    pub self_service_parcels: u32,
    /// The partner's income in the month \[fen\]; none without an open station whose partner has been paid.
    pub partner_income: Option<i64>,
    /// Shops.
    pub shops: u32,
    /// Jobs in shops.
    pub jobs: u32,
    /// Sales of the last twelve months \[fen\].
    pub yearly_sales: i64,
    /// The nearest place to which commercial couriers bring parcels.
    pub delivery: Delivery,
    /// Road to the township now \[minutes\].
    pub to_town: u16,
    /// Road to the county seat now \[minutes\].
    pub to_seat: u16,
    /// Share of parcels of self-service orders that are handed over in the village.
    pub handed_over: f32,
    /// Days between the most frequent courier's visits; 0 where none comes.
    pub visit_interval: u8,
    /// Trade with most shops; none without shops.
    pub trade: Option<Product>,
    /// Whether it meets the rule of a Taobao village.
    pub taobao: bool,
}

/// A month in the life of a household that is followed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowedRow {
    /// The month that ended.
    pub month: Month,
    /// Its village.
    pub village: VillageIndex,
    /// Its record, within the village.
    pub record: u16,
    /// The household at the month's end.
    pub household: Household,
    /// Shops it runs; in a sample, those of all households its record stands for.
    pub shops: u16,
}

/// A month in the life of a shop that is followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowedShopRow {
    /// The month that ended.
    pub month: Month,
    /// Its village.
    pub village: VillageIndex,
    /// The shop at the month's end.
    pub shop: Shop,
    /// Owner, family and hired workers.
    pub jobs: u32,
    /// Orders sent in the month.
    pub orders: u32,
    /// Sales of the month, abroad included.
    pub sales: Money,
    /// Of them, of goods that other shops made for it.
    pub shared: Money,
    /// Profit of the month.
    pub profit: Money,
    /// Shops that opened in the month in imitation of it: village and number.
    pub copied_by: Vec<(VillageIndex, u16)>,
    /// Whether it closed at the month's end.
    pub closed: bool,
}

/// What a viewer sees of a village.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VillageView {
    /// Share of households that buy regularly.
    pub regular_share: f32,
    /// Whether a station is open.
    pub station_open: bool,
    /// The partner's usual monthly income \[yuan\]; none without an open station whose partner has been
    /// paid.
    pub partner_income: Option<f32>,
    /// How parcels of self-service orders arrive.
    pub delivery: Delivery,
    /// Shops.
    pub shops: u32,
    /// Sales of the last twelve months \[yuan\].
    pub yearly_sales: f64,
    /// Whether it meets the rule of a Taobao village.
    pub taobao: bool,
}
