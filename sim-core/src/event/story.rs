//! Episodes: rare happenings worth telling, kept one by one.

use super::parcel::PlatformName;
use crate::base::{CountyIndex, Product, Time, VillageIndex};
use serde::{Deserialize, Serialize};

/// Something rare that happened in a village or county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Episode {
    /// When.
    pub time: Time,
    /// In which county.
    pub county: CountyIndex,
    /// In which village; none for the county as a whole.
    pub village: Option<VillageIndex>,
    /// What.
    pub happening: Happening,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Happening {
    /// The county centre opened.
    CentreOpened,
    /// The county became a demonstration county.
    Demonstration,
    /// A chosen partner refused.
    Refused,
    /// No applicant passed the test.
    NoApplicant,
    /// The station opened.
    StationOpened,
    /// The partner left.
    PartnerLeft,
    /// A new partner took over.
    PartnerReplaced,
    /// The station closed.
    StationClosed,
    /// Couriers began to deliver to the village.
    CourierEntered,
    /// Couriers stopped.
    CourierLeft,
    /// The first shop of the village was founded.
    FirstShop(Product),
    /// A tenth of what the rule asks: the village has ten shops.
    TenShops(Product),
    /// The first workshop.
    FirstWorkshop(Product),
    /// The village reached the rule of a Taobao village.
    TaobaoVillage(Product),
    /// It fell below it again.
    RuleLost(Product),
    /// The road was upgraded.
    RoadUpgraded,
    /// A broadband line came.
    Broadband,
    /// A seller moved to another platform.
    SellerMoved(PlatformName),
}

impl Happening {
    /// The name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Happening::CentreOpened => "county_centre_opened",
            Happening::Demonstration => "demonstration_county",
            Happening::Refused => "partner_refused",
            Happening::NoApplicant => "no_applicant_passed",
            Happening::StationOpened => "station_opened",
            Happening::PartnerLeft => "partner_left",
            Happening::PartnerReplaced => "partner_replaced",
            Happening::StationClosed => "station_closed",
            Happening::CourierEntered => "courier_entered",
            Happening::CourierLeft => "courier_left",
            Happening::FirstShop(_) => "first_shop",
            Happening::TenShops(_) => "ten_shops",
            Happening::FirstWorkshop(_) => "first_workshop",
            Happening::TaobaoVillage(_) => "taobao_village",
            Happening::RuleLost(_) => "taobao_rule_lost",
            Happening::RoadUpgraded => "road_upgraded",
            Happening::Broadband => "broadband",
            Happening::SellerMoved(_) => "seller_moved",
        }
    }

    /// The trade it concerns, if any.
    pub const fn product(self) -> Option<Product> {
        match self {
            Happening::FirstShop(product)
            | Happening::TenShops(product)
            | Happening::FirstWorkshop(product)
            | Happening::TaobaoVillage(product)
            | Happening::RuleLost(product) => Some(product),
            _ => None,
        }
    }
}
