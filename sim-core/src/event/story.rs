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
    /// Why, where something can be said.
    pub cause: Cause,
}

/// Why something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// Nothing is recorded.
    #[default]
    Unstated,
    /// A shop was opened without an example.
    Unprompted,
    /// A shop was opened by imitation of another one of the village or the town. Which of them is drawn for
    /// the story alone, by imitation pull, with a random stream of its own: what the founder sells does not
    /// depend on it.
    Copied {
        /// The village of the imitated shop.
        village: VillageIndex,
        /// The imitated shop's number among the shops ever opened there.
        shop: u16,
    },
    /// A partner left because the station's income stayed below what else there was to earn.
    LowIncome,
    /// A partner left for other reasons.
    OtherReasons,
    /// A station closed because no successor was found.
    NoSuccessor,
    /// A station closed because support had ended, and with it the search for a successor.
    SupportEnded,
    /// A shop closed because its cash ran out.
    Broke,
    /// A shop was given up because it brought too little for too long.
    GivenUp,
    /// Couriers came because of what villagers order.
    BuyersParcels,
    /// Couriers came because of what the village's shops send.
    SellersParcels,
    /// Couriers left because a round no longer paid.
    TooFewParcels,
}

impl Cause {
    /// The name used in tables; empty if nothing is recorded.
    pub const fn name(self) -> &'static str {
        match self {
            Cause::Unstated => "",
            Cause::Unprompted => "unprompted",
            Cause::Copied { .. } => "copied",
            Cause::LowIncome => "low_income",
            Cause::OtherReasons => "other_reasons",
            Cause::NoSuccessor => "no_successor",
            Cause::SupportEnded => "support_ended",
            Cause::Broke => "broke",
            Cause::GivenUp => "given_up",
            Cause::BuyersParcels => "buyers_parcels",
            Cause::SellersParcels => "sellers_parcels",
            Cause::TooFewParcels => "too_few_parcels",
        }
    }
}

/// A shop as a story names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ShopName {
    /// Its number among the shops ever opened in the village, from 0.
    pub number: u16,
    /// The household record that runs it, within the village.
    pub owner: u16,
    /// What it sells.
    pub product: Product,
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
    /// A partner had accepted, and the station never opened.
    NeverOpened,
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
    /// The first shop of the village was opened.
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
    /// One of the first shops of the village was opened.
    ShopOpened(ShopName),
    /// One of the first shops of the village closed.
    ShopClosed(ShopName),
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
            Happening::NeverOpened => "station_never_opened",
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
            Happening::ShopOpened(_) => "shop_opened",
            Happening::ShopClosed(_) => "shop_closed",
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
            Happening::ShopOpened(shop) | Happening::ShopClosed(shop) => Some(shop.product),
            _ => None,
        }
    }

    /// The shop it concerns, if any.
    pub const fn shop(self) -> Option<ShopName> {
        match self {
            Happening::ShopOpened(shop) | Happening::ShopClosed(shop) => Some(shop),
            _ => None,
        }
    }
}
