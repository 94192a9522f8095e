//! What money is paid for.
//!
//! One table declares everything: to add an item, add a line. New items go anywhere; a stored ledger is read
//! by name, so order is free.
//!
//! Only what changes hands is here. The time a trip or a wait costs a household is not money and enters
//! welfare, not the ledger; taxes are left out because no mechanism of the model sets them.

use super::account::Account;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares the items: variant, name in tables, payer, receiver, definition.
macro_rules! items {
    ($($variant:ident, $name:literal, $from:ident -> $to:ident, $definition:literal;)+) => {
        /// A kind of payment, always from one account to another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Item {
            $(#[doc = $definition] #[doc = concat!(" ", stringify!($from), " pay ", stringify!($to), ".")]
              $variant,)+
        }

        impl Item {
            /// All items, in order.
            pub const ALL: [Item; Item::COUNT] = [$(Item::$variant),+];
            /// How many items there are.
            pub const COUNT: usize = [$(Item::$variant),+].len();

            /// The name used in tables, in snake case.
            pub const fn name(self) -> &'static str {
                match self { $(Item::$variant => $name),+ }
            }

            /// Who pays.
            pub const fn from(self) -> Account {
                match self { $(Item::$variant => Account::$from),+ }
            }

            /// Who receives.
            pub const fn to(self) -> Account {
                match self { $(Item::$variant => Account::$to),+ }
            }

            /// What is paid for, in one sentence.
            pub const fn definition(self) -> &'static str {
                match self { $(Item::$variant => $definition),+ }
            }
        }
    };
}

items! {
    // Buying.
    StationPurchase, "station_purchase", Households -> Merchants,
        "Consumer goods and durables ordered through a service centre.";
    OnlinePurchase, "online_purchase", Households -> Merchants,
        "Consumer goods and durables ordered by self-service on the programme's platform.";
    RivalPurchase, "rival_purchase", Households -> Merchants, "Goods ordered on rival platforms.";
    FarmInputPurchase, "farm_input_purchase", Households -> Merchants,
        "Seed, fertiliser, feed and tools ordered online, by whatever channel.";
    Refund, "refund", Merchants -> Households, "Money back for goods returned, damaged or lost.";
    DeliveryFee, "delivery_fee", Households -> Couriers,
        "Delivery charged to the household on top of the price.";
    BillPayment, "bill_payment", Households -> Platform,
        "Bills, top-ups and tickets paid through the platform.";
    BillSettlement, "bill_settlement", Platform -> Merchants,
        "Bills, top-ups and tickets passed on to the companies that issued them.";
    BuyerSubsidy, "buyer_subsidy", Platform -> Households,
        "Coupons and discounts for buyers, paid by the platform.";
    VillageShopSpending, "village_shop_spending", Households -> VillageShops,
        "Retail spending in the village.";
    TownShopSpending, "town_shop_spending", Households -> TownShops,
        "Retail spending in towns, without travel.";
    VillageShopIncome, "village_shop_income", VillageShops -> Households,
        "What the keepers of village shops earn on their sales.";
    VillageShopGoods, "village_shop_goods", VillageShops -> Suppliers,
        "Goods and running costs of village shops.";
    // Behind buying.
    MerchantParcels, "merchant_parcels", Merchants -> Couriers,
        "Carriage of parcels, where the merchant pays it.";
    ReturnCarriage, "return_carriage", Merchants -> Couriers, "Carriage of goods that are sent back.";
    InstallationFee, "installation_fee", Households -> Contractors,
        "Installation of durables at home, where the household pays it.";
    MerchantFees, "merchant_fees", Merchants -> Platform,
        "Platform fees on merchants' sales to rural households.";
    RivalMerchantFees, "rival_merchant_fees", Merchants -> RivalPlatform,
        "Rival platforms' fees on merchants' sales to rural households.";
    StationCommission, "station_commission", Merchants -> Platform,
        "Commission on purchases through service centres, before it is passed on.";
    DamageCompensation, "damage_compensation", Couriers -> Merchants,
        "Compensation for parcels damaged or lost.";
    DropFees, "drop_fees", Couriers -> VillageShops, "Couriers' pay to village shops for keeping parcels.";
    // Partners.
    PartnerCommission, "partner_commission", Platform -> Partners,
        "Commission on purchases, passed on to partners.";
    PartnerServiceFees, "partner_service_fees", Platform -> Partners,
        "Fees for bills, top-ups, tickets and other services given.";
    PartnerBasePay, "partner_base_pay", Programme -> Partners, "Grants at opening, and fixed monthly pay.";
    SalesHelp, "sales_help", Shops -> Partners, "Partners' pay for help with selling online.";
    SelectStoreSales, "select_store_sales", Households -> Partners,
        "Goods that select stores sold from the shelf.";
    SelectStoreGoods, "select_store_goods", Partners -> Suppliers,
        "Goods bought for the shelves of select stores, those among them that stay unsold.";
    StationOwnCost, "station_own_cost", Partners -> Contractors, "The partner's own share of fitting out.";
    StationRunningCost, "station_running_cost", Partners -> Suppliers,
        "Rent, power, network and consumables.";
    PartnerCapital, "partner_capital", Households -> Partners,
        "The partner's own money put into the service centre.";
    PartnerDrawings, "partner_drawings", Partners -> Households, "What partners take home.";
    // The programme.
    Tranche, "tranche", Platform -> Programme, "Money given to the programme.";
    TrancheReturned, "tranche_returned", Programme -> Platform,
        "Money given back at the end of the programme.";
    CountyCentreBuilding, "county_centre_building", Programme -> Contractors,
        "Building and equipping county centres.";
    CountyCentreStaff, "county_centre_staff", Programme -> Households, "Pay of the staff of county centres.";
    CountyCentrePremises, "county_centre_premises", Programme -> Suppliers,
        "Rent, power and network of county centres.";
    CountyEquipment, "county_equipment", Programme -> Contractors,
        "Trucks and sorting places of county centres.";
    RouteSupport, "route_support", Programme -> Couriers,
        "The programme's pay for rounds that it promised and that parcels did not pay for.";
    HomeDelivery, "home_delivery", Programme -> Couriers,
        "Parcels brought home from the station, where the programme pays it.";
    StationFitting, "station_fitting", Programme -> Contractors, "Fitting out service centres.";
    Recruitment, "recruitment", Programme -> Contractors,
        "Screening villages, testing and choosing partners.";
    PartnerTraining, "partner_training", Programme -> Contractors,
        "Classes and coaching for partners, beside the trainers' wages.";
    TrainerWages, "trainer_wages", Programme -> Households, "Wages of county centres' trainers.";
    MasterclassFee, "masterclass_fee", Programme -> Shops, "Pay of successful sellers for masterclasses.";
    MasterclassCost, "masterclass_cost", Programme -> Contractors,
        "Rooms, meals and travel of masterclasses.";
    Promotion, "promotion", Programme -> Contractors, "Promotion among households, opening days among it.";
    ParcelSubsidy, "parcel_subsidy", Programme -> Couriers,
        "The programme's pay to the carrier for each parcel from county to village.";
    InstallationSupport, "installation_support", Programme -> Contractors,
        "Installation of durables at home, where the programme pays it.";
    LastMileFees, "last_mile_fees", Couriers -> Programme,
        "Couriers' pay for the use of the programme's last mile, where it is open.";
    Analytics, "analytics", Programme -> Contractors, "Learning what rural households want, and sharing it.";
    // Government.
    DemonstrationGrant, "demonstration_grant", Government -> Contractors,
        "Demonstration-county money for centres, stations, warehouses and service points.";
    RoadWorks, "road_works", Government -> Contractors, "Road upgrades.";
    Broadband, "broadband", Government -> Contractors, "Broadband lines to villages.";
    PublicTraining, "public_training", Government -> Contractors,
        "Government classes for households and sellers.";
    CourierSubsidy, "courier_subsidy", Government -> Couriers,
        "Government's pay for each parcel that couriers hand over in a village.";
    JointDelivery, "joint_delivery", Government -> Contractors,
        "Government's help to courier networks that join their rounds: shared sorting and vans.";
    RentSupport, "rent_support", Government -> Shops,
        "Rents of workshops and young shops, as far as government pays them.";
    QualityMarks, "quality_marks", Government -> Contractors, "Quality marks, tracing and brand building.";
    ExportSupport, "export_support", Government -> Shops, "Support for export.";
    InterestSupport, "interest_support", Government -> Lenders,
        "The part of shops' interest that government pays.";
    CreditGuarantee, "credit_guarantee", Government -> Lenders,
        "Defaults on public credit, which government makes good.";
    SocialTransfers, "social_transfers", Government -> Households, "Pensions and allowances.";
    Relief, "relief", Government -> Households, "Relief that lifts the incomes of the poorest.";
    // Selling.
    ShopSales, "shop_sales", UrbanBuyers -> Shops, "Shops' sales at home on the programme's platform.";
    RivalShopSales, "rival_shop_sales", UrbanBuyers -> Shops, "Shops' sales at home on rival platforms.";
    Export, "export", Abroad -> Shops, "Shops' sales abroad.";
    ShopRefund, "shop_refund", Shops -> UrbanBuyers, "Shops' refunds for goods returned, damaged or lost.";
    ShopInputs, "shop_inputs", Shops -> Suppliers, "Materials, goods for resale, packaging and power.";
    ShopProduce, "shop_produce", Shops -> Households, "Farm produce bought from households.";
    ShopSubcontracts, "shop_subcontracts", Shops -> Shops,
        "Goods that shops make for others of their village and trade.";
    ShopRent, "shop_rent", Shops -> Households, "Rents of shops' rooms, yards and halls.";
    ShopParcels, "shop_parcels", Shops -> Couriers, "Carriage of shops' parcels.";
    ShopInvestment, "shop_investment", Shops -> Contractors, "Workshops, machines and buildings.";
    PlatformFees, "platform_fees", Shops -> Platform, "Platform commission and advertising, paid by shops.";
    RivalFees, "rival_fees", Shops -> RivalPlatform,
        "Rival platforms' commission and advertising, paid by shops.";
    SellerSubsidy, "seller_subsidy", Platform -> Shops, "The platform's subsidies to sellers.";
    FounderCapital, "founder_capital", Households -> Shops, "Own money put into a shop.";
    OwnerDrawings, "owner_drawings", Shops -> Households, "What shop owners take home.";
    ShopWages, "shop_wages", Shops -> Households, "Wages paid by shops.";
    // Credit.
    CreditGranted, "credit_granted", Lenders -> Shops, "Loans paid out.";
    CreditRepaid, "credit_repaid", Shops -> Lenders, "Loans paid back.";
    Interest, "interest", Shops -> Lenders, "Interest paid by shops.";
    CreditForgiven, "credit_forgiven", Lenders -> Shops,
        "Defaults written off: the transfer to the debtor (see `Ledger::write_off`).";
    CreditDefaulted, "credit_defaulted", Shops -> Lenders,
        "Defaults written off: the repayment that the transfer stands for (see `Ledger::write_off`).";
    // Living.
    FarmIncome, "farm_income", FarmMarket -> Households,
        "Farm produce sold offline, net of costs; inputs bought online are not among these.";
    OutsideWages, "outside_wages", Employers -> Households, "Wages earned near home, other than from shops.";
    Remittances, "remittances", Employers -> Households, "Wages sent home by migrants.";
    CourierWages, "courier_wages", Couriers -> Households,
        "What couriers' agents and their hands earn by the hour.";
    CourierCosts, "courier_costs", Couriers -> Suppliers, "Vehicles, fuel and premises of couriers' agents.";
    ParcelHaulage, "parcel_haulage", Couriers -> Suppliers,
        "What networks pay for trunk lines, hubs and county outlets: what agents do not get of carriage.";
    RivalPromoters, "rival_promoters", RivalPlatform -> Households,
        "What the integrated retailer pays its village promoters: a commission on its orders.";
}

impl Item {
    /// As a subscript.
    pub const fn at(self) -> usize {
        self as usize
    }

    /// The item of this name.
    pub fn named(name: &str) -> Option<Item> {
        Item::ALL.into_iter().find(|item| item.name() == name)
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
