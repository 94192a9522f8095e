//! What has happened, in the words that metrics understand.

use crate::base::Product;
use serde::{Deserialize, Serialize};

/// Something that has happened, for the statistics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Observation {
    /// So much more of a flow, in the measure's unit.
    Flow(Measure, i64),
    /// The value of a stock at the end of the month (last word counts).
    Stock(Measure, i64),
    /// A value of a distribution, `weight` times.
    Sample(Distribution, f64, u64),
}

/// A distribution that is kept, because its mean would hide the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Distribution {
    /// Order to collection through stations \[hours\].
    StationDelivery,
    /// Order to collection, ordered alone \[hours\].
    AloneDelivery,
    /// A partner's income of a month \[yuan\].
    PartnerIncome,
    /// Income per head of households \[yuan/year\].
    HouseholdIncome,
    /// Change of the retail cost of living through online ways \[share\].
    CostOfLiving,
    /// A shop's sales of a month \[yuan\].
    ShopSales,
}

impl Distribution {
    /// All distributions, in order.
    pub const ALL: [Distribution; 6] = [
        Distribution::StationDelivery,
        Distribution::AloneDelivery,
        Distribution::PartnerIncome,
        Distribution::HouseholdIncome,
        Distribution::CostOfLiving,
        Distribution::ShopSales,
    ];

    /// As a subscript.
    pub const fn at(self) -> usize {
        self as usize
    }
}

/// Whether a measure adds up over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeasureKind {
    /// Adds up over the month.
    Flow,
    /// Stands at the month's end.
    Stock,
}

/// Declares the measures: variant, name, kind, unit, definition.
macro_rules! measures {
    ($($variant:ident $name:literal $kind:ident $unit:literal $definition:literal;)+) => {
        /// A whole number that is counted for every county and month, and adds up over counties.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Measure { $( #[doc = $definition] #[doc = concat!("\\[", $unit, "\\]")] $variant, )+ }

        impl Measure {
            /// All measures, in order.
            pub const ALL: &[Measure] = &[$(Measure::$variant),+];
            /// How many there are.
            pub const COUNT: usize = Measure::ALL.len();

            /// The name used in tables.
            pub const fn name(self) -> &'static str { match self { $(Measure::$variant => $name),+ } }
            /// Whether it adds up over time.
            pub const fn kind(self) -> MeasureKind { match self {
                $(Measure::$variant => MeasureKind::$kind),+ } }
            /// Its unit.
            pub const fn unit(self) -> &'static str { match self { $(Measure::$variant => $unit),+ } }
            /// What it counts.
            pub const fn definition(self) -> &'static str { match self {
                $(Measure::$variant => $definition),+ } }
            /// As a subscript.
            pub const fn at(self) -> usize { self as usize }
        }
    };
}

measures! {
    // Places.
    Villages "villages" Stock "villages" "Villages simulated.";
    Households "households" Stock "households" "Households that the records stand for.";
    People "people" Stock "persons" "Registered members of those households.";
    // Programme.
    CentresPlanned "centres_planned" Stock "county centres" "County centres agreed and being set up.";
    CentresOpen "centres_open" Stock "county centres" "County centres open.";
    StationsPlanned "stations_planned" Stock "stations"
        "Stations with an accepted partner, being fitted out.";
    StationsOpen "stations_open" Stock "stations" "Stations open with a partner.";
    StationsVacant "stations_vacant" Stock "stations"
        "Stations without a partner, waiting for a replacement.";
    StationsOpened "stations_opened" Flow "stations" "Stations opened.";
    StationsClosed "stations_closed" Flow "stations" "Stations closed for want of a partner or of support.";
    VillagesScreened "villages_screened" Flow "villages" "Candidate villages screened.";
    NoApplicant "no_applicant" Flow "villages" "Screenings in which no applicant passed.";
    Refusals "refusals" Flow "partners" "Chosen applicants who refused.";
    PartnersLeft "partners_left" Flow "partners" "Partners who left.";
    PartnersReplaced "partners_replaced" Flow "partners" "Partners who took over a vacant station.";
    TrainingHours "training_hours" Flow "hours" "Training given to partners.";
    SkillThousandths "partner_skill_sum" Stock "thousandths"
        "Sum of the ordering skill of open stations' partners.";
    // Orders and parcels.
    StationOrders "station_orders" Flow "orders" "Orders through stations.";
    AloneOrders "alone_orders" Flow "orders" "Orders placed alone on the incumbent platform.";
    RivalOrders "rival_orders" Flow "orders" "Orders placed on rival platforms.";
    ConsumerOrders "consumer_orders" Flow "orders" "Orders of consumer goods.";
    DurableOrders "durable_orders" Flow "orders" "Orders of durables.";
    FarmInputOrders "farm_input_orders" Flow "orders" "Orders of farm inputs.";
    StationValue "station_value" Flow "fen" "Value of orders through stations.";
    AloneValue "alone_value" Flow "fen" "Value of orders placed alone on the incumbent platform.";
    RivalValue "rival_value" Flow "fen" "Value of orders on rival platforms.";
    ParcelsSent "parcels_sent" Flow "parcels" "Parcels sent to villagers.";
    ParcelsDelivered "parcels_delivered" Flow "parcels" "Parcels collected and kept.";
    ParcelsReturned "parcels_returned" Flow "parcels" "Parcels collected and sent back.";
    ParcelsLost "parcels_lost" Flow "parcels" "Parcels damaged or lost.";
    ParcelsTransit "parcels_in_transit" Stock "parcels" "Parcels on the way, in hubs and on shelves.";
    ParcelsOut "parcels_out" Flow "parcels" "Parcels sent by village shops.";
    LateParcels "late_parcels" Flow "parcels" "Parcels that took longer than buyers accept.";
    TruckRounds "truck_rounds" Flow "rounds" "Rounds of programme trucks.";
    SortingWait "sorting_wait" Flow "parcel-minutes" "Waiting for sorting, summed over station parcels.";
    SortedParcels "sorted_parcels" Flow "parcels" "Parcels sorted at county centres.";
    Services "services" Flow "services" "Bills, top-ups and tickets at stations.";
    DurablesInstalled "durables_installed" Flow "durables" "Durables installed at home by the programme.";
    // Buyers.
    Unaware "households_unaware" Stock "households" "Households that have not heard of online buying.";
    Aware "households_aware" Stock "households" "Households that have heard of it and not tried.";
    Trial "households_on_trial" Stock "households" "Households on trial.";
    Regular "households_regular" Stock "households" "Regular online buyers.";
    Lapsed "households_lapsed" Stock "households" "Households that gave it up.";
    BuyersAlone "buyers_alone" Stock "households" "Buyers, on trial or regular, who can order alone.";
    BuyersIncumbent "buyers_incumbent" Stock "households" "Buyers on the incumbent platform.";
    BuyersRetailer "buyers_retailer" Stock "households" "Buyers on the integrated retailer.";
    BuyersSocial "buyers_social" Stock "households" "Buyers on the social platform.";
    VillagesDelivered "villages_delivered" Stock "villages" "Villages to which commercial couriers deliver.";
    VillagesPickup "villages_pickup" Stock "villages" "Villages whose parcels wait in the township.";
    CourierEntries "courier_entries" Flow "villages" "Villages that couriers began to serve.";
    CourierExits "courier_exits" Flow "villages" "Villages that couriers gave up.";
    // Partners' income.
    PartnerMonths "partner_months" Flow "partner-months" "Partners paid.";
    PartnerCommission "partner_commission" Flow "fen" "Commission earned by partners.";
    PartnerServices "partner_service_income" Flow "fen" "Service fees earned by partners.";
    PartnerSalesHelp "partner_sales_help" Flow "fen" "Fees from shops that partners help.";
    PartnerBasePay "partner_base_pay" Flow "fen" "Base pay and grants of partners.";
    PartnersAboveWage "partners_above_wage" Flow "partner-months" "Partner-months above the migrant wage.";
    // Shops.
    Shops "shops" Stock "shops" "Shops open.";
    HomeShops "home_shops" Stock "shops" "Shops run at home.";
    Workshops "workshops" Stock "shops" "Shops with a workshop.";
    Factories "factories" Stock "shops" "Shops grown to factories.";
    ShopsIncumbent "shops_incumbent" Stock "shops" "Shops on the incumbent platform.";
    ShopsRival "shops_rival" Stock "shops" "Shops on rival platforms.";
    Exporters "exporters" Stock "shops" "Shops that export.";
    ShopsFounded "shops_founded" Flow "shops" "Shops founded unprompted or after a class.";
    ShopsCopied "shops_copied" Flow "shops" "Shops founded by copying a tie.";
    ShopsClosed "shops_closed" Flow "shops" "Shops closed.";
    ShopWorkers "shop_workers" Stock "persons" "Hired workers of shops.";
    ShopJobs "shop_jobs" Stock "persons" "Owners, family and hired workers of shops.";
    ShopSales "shop_sales" Flow "fen" "Sales of shops at home.";
    ShopExports "shop_exports" Flow "fen" "Sales of shops abroad.";
    ShopWages "shop_wages" Flow "fen" "Wages paid by shops.";
    ShopProfits "shop_profits" Flow "fen" "Profits of shops, losses subtracted.";
    SellingVillages "selling_villages" Stock "villages" "Villages with at least one shop.";
    TaobaoVillages "taobao_villages" Stock "villages"
        "Villages that meet the published rule over the last twelve months.";
    TaobaoTowns "taobao_towns" Stock "towns" "Towns with enough Taobao villages.";
    TaobaoShops "taobao_village_shops" Stock "shops" "Shops in Taobao villages.";
    TaobaoJobs "taobao_village_jobs" Stock "persons" "Jobs in shops of Taobao villages.";
    ShopsFurniture "shops_furniture" Stock "shops" "Shops selling furniture.";
    ShopsClothing "shops_clothing" Stock "shops" "Shops selling clothing.";
    ShopsCostumes "shops_costumes" Stock "shops" "Shops selling costumes.";
    ShopsTextiles "shops_textiles" Stock "shops" "Shops selling textiles.";
    ShopsGeneralGoods "shops_general_goods" Stock "shops" "Shops selling general goods.";
    ShopsCrafts "shops_crafts" Stock "shops" "Shops selling crafts.";
    ShopsToys "shops_toys" Stock "shops" "Shops selling toys.";
    ShopsHardware "shops_hardware" Stock "shops" "Shops selling bags and hardware.";
    ShopsFreshProduce "shops_fresh_produce" Stock "shops" "Shops selling fresh produce.";
    ShopsDryFoods "shops_dry_foods" Stock "shops" "Shops selling dry foods.";
    ShopsPlants "shops_plants" Stock "shops" "Shops selling plants.";
    ShopsProcessedFoods "shops_processed_foods" Stock "shops" "Shops selling processed foods.";
    // Living.
    IncomeFarm "income_farm" Stock "fen/year" "Yearly income of households from farming and small business.";
    IncomeWage "income_wage" Stock "fen/year" "Yearly income from wages near home, shops aside.";
    IncomeTransfers "income_transfers" Stock "fen/year" "Yearly income from transfers and relief.";
    IncomeRemittances "income_remittances" Stock "fen/year" "Yearly income sent home by migrants.";
    IncomeOnline "income_online" Stock "fen/year" "Yearly income from shops: profits, wages, partners' pay.";
    Poor "poor_people" Stock "persons" "People below the poverty line.";
    Gaining "households_gaining" Stock "households"
        "Households whose retail cost of living fell by 0.5 % or more through online ways.";
    SavingYuan "cost_of_living_saving" Stock "yuan/year"
        "Yearly saving of households at the retail cost of living.";
    MigrantsAway "migrants_away" Stock "persons" "Workers away.";
    MigrantsReturned "migrants_returned" Flow "persons" "Workers who came home for good.";
    MigrantsLeft "migrants_left" Flow "persons" "Workers who left for the city.";
    DemonstrationCounties "demonstration_counties" Stock "counties" "Demonstration counties.";
}

impl Measure {
    /// The stock of shops in a trade.
    pub const fn shops_of(product: Product) -> Measure {
        Measure::ALL[Measure::ShopsFurniture.at() + product.at()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_trades_follow_the_list_of_trades() {
        for product in Product::ALL {
            assert_eq!(Measure::shops_of(product).name(), format!("shops_{}", product.name()));
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> = Measure::ALL.iter().map(|measure| measure.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Measure::COUNT);
    }
}
