//! What has happened, in the words that metrics understand.

use crate::base::unit::unit;
use crate::base::{Product, Unit};
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
    /// Order to collection, ordered by self-service \[hours\].
    SelfServiceDelivery,
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
        Distribution::SelfServiceDelivery,
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
    ($($variant:ident $name:literal $kind:ident [$($unit:tt)+] $definition:literal;)+) => {
        /// A whole number that is counted for every county and month, and adds up over counties.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Measure { $( #[doc = $definition] #[doc = concat!("\\[", stringify!($($unit)+),
            "\\]")] $variant, )+ }

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
            pub const fn unit(self) -> Unit { match self { $(Measure::$variant => unit!($($unit)+)),+ } }
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
    Villages "villages" Stock [Villages] "Villages simulated.";
    Households "households" Stock [Households] "Households that the records stand for.";
    People "people" Stock [Persons] "Registered members of those households.";
    // Programme.
    CentresPlanned "centres_planned"
        Stock [CountyCentres] "County centres agreed and being set up.";
    CentresOpen "centres_open" Stock [CountyCentres] "County centres open.";
    StationsPlanned "stations_planned" Stock [Stations]
        "Stations with an accepted partner, being fitted out.";
    StationsOpen "stations_open" Stock [Stations] "Stations open with a partner.";
    StationsVacant "stations_vacant" Stock [Stations]
        "Stations without a partner, waiting for a replacement.";
    StationsOpened "stations_opened" Flow [Stations] "Stations opened.";
    StationsClosed "stations_closed" Flow [Stations] "Stations closed for want of a partner or of support.";
    VillagesScreened "villages_screened" Flow [Villages] "Candidate villages screened.";
    NoApplicant "no_applicant" Flow [Villages] "Screenings in which no applicant passed.";
    Refusals "refusals" Flow [Partners] "Chosen applicants who refused.";
    OpeningsFailed "openings_failed" Flow [Stations]
        "Stations with an accepted partner that never opened.";
    PartnersLeft "partners_left" Flow [Partners] "Partners who left.";
    PartnersReplaced "partners_replaced" Flow [Partners] "Partners who took over a vacant station.";
    TrainingHours "training_hours" Flow [Hours] "Training given to partners.";
    MasterclassAttendances "masterclass_attendances" Flow [Households]
        "Households that attended masterclasses.";
    SkillThousandths "partner_skill_sum" Stock [Thousandths]
        "Sum of the ordering skill of open stations' partners.";
    // Orders and parcels.
    StationOrders "station_orders" Flow [Orders] "Orders through stations.";
    SelfServiceOrders "self_service_orders"
        Flow [Orders] "Self-service orders (by smartphone) on the incumbent platform.";
    RivalOrders "rival_orders" Flow [Orders] "Orders placed on rival platforms.";
    ConsumerOrders "consumer_orders" Flow [Orders] "Orders of consumer goods.";
    DurableOrders "durable_orders" Flow [Orders] "Orders of durables.";
    FarmInputOrders "farm_input_orders" Flow [Orders] "Orders of farm inputs.";
    StationValue "station_value" Flow [Fen] "Value of orders through stations.";
    SelfServiceValue "self_service_value"
        Flow [Fen] "Value of self-service orders on the incumbent platform.";
    RivalValue "rival_value" Flow [Fen] "Value of orders on rival platforms.";
    ParcelsSent "parcels_sent" Flow [Parcels] "Parcels sent to villagers.";
    ParcelsDelivered "parcels_delivered" Flow [Parcels] "Parcels collected and kept.";
    ParcelsReturned "parcels_returned" Flow [Parcels] "Parcels sent back that have reached the merchant.";
    ParcelsLost "parcels_lost" Flow [Parcels] "Parcels damaged or lost.";
    ParcelsTransit "parcels_in_transit" Stock [Parcels]
        "Parcels on the way there or back, in hubs and on shelves.";
    ParcelsOut "parcels_out" Flow [Parcels] "Parcels sent by village shops.";
    LateParcels "late_parcels" Flow [Parcels] "Parcels that took longer than buyers accept.";
    TruckRounds "truck_rounds" Flow [Rounds] "Rounds of programme trucks, each truck's counted.";
    CentreTrucks "centre_trucks" Stock [Trucks] "Trucks that county centres own.";
    CentreStaff "centre_staff" Stock [Persons]
        "People who work at county centres, drivers and trainers aside.";
    BroughtHome "parcels_brought_home" Flow [Parcels] "Parcels that drivers brought home from stations.";
    SortingWait "sorting_wait" Flow [ParcelMinutes] "Waiting for sorting, summed over station parcels.";
    SortedParcels "sorted_parcels" Flow [Parcels] "Parcels sorted at county centres.";
    Services "services" Flow [Services] "Bills, top-ups and tickets at stations.";
    Bills "services_bills" Flow [Services] "Bills paid at stations.";
    TopUps "services_topups" Flow [Services] "Telephone top-ups at stations.";
    Tickets "services_tickets" Flow [Services] "Train and bus tickets bought at stations.";
    TripsSaved "trips_saved" Flow [Trips]
        "Trips to township or county seat that services at stations saved.";
    TripCostSaved "trip_cost_saved" Flow [Fen] "What those trips would have cost in fare and time.";
    DurablesInstalled "durables_installed" Flow [Durables] "Durables installed at home by the programme.";
    // Buyers.
    Unaware "households_unaware" Stock [Households] "Households that have not heard of online buying.";
    Aware "households_aware" Stock [Households] "Households that have heard of it and not tried.";
    Trial "households_on_trial" Stock [Households] "Households on trial.";
    Regular "households_regular" Stock [Households] "Regular online buyers.";
    Lapsed "households_lapsed" Stock [Households] "Households that gave it up.";
    CutOff "households_cut_off" Stock [Households]
        "Households that have learnt to buy online through a station and have no way to order, as it is not \
        open.";
    SelfServiceBuyers "self_service_buyers"
        Stock [Households] "Buyers, on trial or regular, who can use self-service.";
    BuyersIncumbent "buyers_incumbent" Stock [Households] "Buyers on the incumbent platform.";
    BuyersRetailer "buyers_retailer" Stock [Households] "Buyers on the integrated retailer.";
    BuyersSocial "buyers_social" Stock [Households] "Buyers on the social platform.";
    VillagesDelivered "villages_delivered" Stock [Villages] "Villages to which commercial couriers deliver.";
    VillagesPickup "villages_pickup" Stock [Villages] "Villages whose parcels wait in the township.";
    CourierEntries "courier_entries" Flow [Villages] "Villages that couriers began to serve.";
    CourierExits "courier_exits" Flow [Villages] "Villages that couriers gave up.";
    CourierEntryRatio "courier_entry_ratio_sum" Flow [Thousandths]
        "Revenue over cost of the first round to villages that couriers began to serve, summed.";
    CourierVisits "courier_visits" Flow [Visits] "Visits of commercial couriers to villages.";
    CourierNetworks "courier_networks" Stock [Pairs]
        "Pairs of a village and a commercial network that comes to it.";
    VillagesJoint "villages_joint" Stock [Villages]
        "Villages in townships where one carrier goes round for all networks.";
    CourierParcels "courier_parcels" Flow [Parcels] "Parcels of self-service orders that couriers and the \
        post carried over the last mile.";
    VillageParcels "village_parcels" Flow [Parcels] "Of them, those handed over in the village, by \
        expectation.";
    CourierWait "courier_wait" Flow [ParcelMinutes]
        "Wait for the next visit, summed over those handed over in the village, by expectation.";
    CourierProfit "courier_profit" Flow [Fen] "What couriers' agents earn on villages' parcels, losses \
        subtracted.";
    // Partners' income.
    PartnerMonths "partner_months" Flow [PartnerMonths] "Partners paid.";
    PartnerCommission "partner_commission" Flow [Fen] "Commission earned by partners.";
    PartnerServices "partner_service_income" Flow [Fen] "Service fees earned by partners.";
    PartnerSalesHelp "partner_sales_help" Flow [Fen] "Pay of partners from shops that they help.";
    PartnerBasePay "partner_base_pay" Flow [Fen] "Base pay and grants of partners.";
    PartnerShelf "partner_shelf_income" Flow [Fen]
        "What partners of select stores earned on goods sold from the shelf, losses subtracted.";
    PartnerCosts "partner_costs" Flow [Fen] "Running costs of stations, paid by partners.";
    PartnersAboveWage "partners_above_wage" Flow [PartnerMonths] "Partner-months above the migrant wage.";
    // Shops.
    Shops "shops" Stock [Shops] "Shops open.";
    HomeShops "home_shops" Stock [Shops] "Shops run at home.";
    Workshops "workshops" Stock [Shops] "Shops with a workshop.";
    Factories "factories" Stock [Shops] "Shops grown to factories.";
    ShopsIncumbent "shops_incumbent" Stock [Shops] "Shops on the incumbent platform.";
    ShopsRival "shops_rival" Stock [Shops] "Shops on rival platforms.";
    Exporters "exporters" Stock [Shops] "Shops that export.";
    ShopsOpenedUnprompted "shops_opened_unprompted" Flow [Shops] "Shops opened unprompted or after a class.";
    ShopsCopied "shops_copied" Flow [Shops] "Shops opened by imitation of a tie.";
    ShopsClosed "shops_closed" Flow [Shops] "Shops closed.";
    ShopWorkers "shop_workers" Stock [Persons] "Hired workers of shops.";
    ShopJobs "shop_jobs" Stock [Persons] "Owners, family and hired workers of shops.";
    ShopSales "shop_sales" Flow [Fen] "Sales of shops at home.";
    ShopExports "shop_exports" Flow [Fen] "Sales of shops abroad.";
    ShopShared "shop_shared" Flow [Fen] "Sales of goods that other shops of the village made for the seller.";
    ShopMachines "shop_machines" Stock [Machines] "Machines of workshops and factories.";
    ShopDebt "shop_debt" Stock [Fen] "Debts of shops.";
    ShopWages "shop_wages" Flow [Fen] "Wages paid by shops.";
    ShopProfits "shop_profits" Flow [Fen] "Profits of shops, losses subtracted.";
    VillageShops "village_shops" Stock [Shops] "Village shops with a counter.";
    SellingVillages "selling_villages" Stock [Villages] "Villages with at least one shop.";
    TaobaoVillages "taobao_villages" Stock [Villages]
        "Villages that meet the published rule over the last twelve months.";
    TaobaoTowns "taobao_towns" Stock [Towns] "Towns with enough Taobao villages.";
    TaobaoShops "taobao_village_shops" Stock [Shops] "Shops in Taobao villages.";
    TaobaoJobs "taobao_village_jobs" Stock [Persons] "Jobs in shops of Taobao villages.";
    ShopsFurniture "shops_furniture" Stock [Shops] "Shops selling furniture.";
    ShopsClothing "shops_clothing" Stock [Shops] "Shops selling clothing.";
    ShopsCostumes "shops_costumes" Stock [Shops] "Shops selling costumes.";
    ShopsTextiles "shops_textiles" Stock [Shops] "Shops selling textiles.";
    ShopsGeneralGoods "shops_general_goods" Stock [Shops] "Shops selling general goods.";
    ShopsCrafts "shops_crafts" Stock [Shops] "Shops selling crafts.";
    ShopsToys "shops_toys" Stock [Shops] "Shops selling toys.";
    ShopsHardware "shops_hardware" Stock [Shops] "Shops selling bags and hardware.";
    ShopsFreshProduce "shops_fresh_produce" Stock [Shops] "Shops selling fresh produce.";
    ShopsDryFoods "shops_dry_foods" Stock [Shops] "Shops selling dry foods.";
    ShopsPlants "shops_plants" Stock [Shops] "Shops selling plants.";
    ShopsProcessedFoods "shops_processed_foods" Stock [Shops] "Shops selling processed foods.";
    // Living.
    IncomeFarm "income_farm"
        Stock [Fen / Year] "Yearly income of households from farming, small business and rents.";
    IncomeWage "income_wage" Stock [Fen / Year] "Yearly income from wages near home, shops aside.";
    IncomeTransfers "income_transfers" Stock [Fen / Year] "Yearly income from transfers and relief.";
    IncomeRemittances "income_remittances" Stock [Fen / Year] "Yearly income sent home by migrants.";
    IncomeOnline "income_online"
        Stock [Fen / Year] "Yearly income from shops and stations: wages, and what owners and partners took \
         home in twelve months, less what they put in.";
    Poor "poor_people" Stock [Persons] "People below the poverty line.";
    BetterOff "households_better_off" Stock [Households]
        "Households whose retail cost of living fell by 0.5 % or more through online ways.";
    SavingYuan "cost_of_living_saving" Stock [Yuan / Year]
        "Yearly saving of households at the retail cost of living.";
    MigrantsAway "migrants_away" Stock [Persons] "Workers away.";
    MigrantsReturned "migrants_returned" Flow [Persons] "Workers who came home for good.";
    MigrantsLeft "migrants_left" Flow [Persons] "Workers who left for the city.";
    DemonstrationCounties "demonstration_counties" Stock [Counties] "Demonstration counties.";
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
