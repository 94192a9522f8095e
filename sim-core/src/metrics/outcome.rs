//! Outcomes: what a run is judged by, derived from measures and distributions of an area's month.

use super::area::AreaMonth;
use crate::base::Unit;
use crate::base::unit::unit;
use crate::event::{Distribution, Measure};

/// One outcome, described.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeDefinition {
    /// The name used in tables.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What it is.
    pub definition: &'static str,
    /// How it follows from a month; not-a-number where it has no value.
    pub formula: fn(&AreaMonth) -> f64,
}

fn ratio(above: f64, below: f64) -> f64 {
    if below == 0.0 { f64::NAN } else { above / below }
}

fn yuan(month: &AreaMonth, measure: Measure) -> f64 {
    month.real(measure) / 100.0
}

fn orders(month: &AreaMonth) -> f64 {
    month.real(Measure::StationOrders)
        + month.real(Measure::SelfServiceOrders)
        + month.real(Measure::RivalOrders)
}

fn days(hours: f32) -> f64 {
    f64::from(hours) / 24.0
}

macro_rules! outcomes {
    ($($name:literal [$($unit:tt)+] $definition:literal $formula:expr;)+) => {
        /// All derived outcomes, in the order of tables.
        pub const OUTCOMES: &[OutcomeDefinition] = &[$(OutcomeDefinition {
            name: $name, unit: unit!($($unit)+), definition: $definition, formula: $formula,
        }),+];
    };
}

outcomes! {
    "orders_per_open_station" [Orders / Station / Month]
        "Orders through stations over stations open at the month's end."
        |m| ratio(m.per_month(Measure::StationOrders), m.real(Measure::StationsOpen));
    "stations_per_open_county" [Stations / County] "Stations open over county centres open."
        |m| ratio(m.real(Measure::StationsOpen), m.real(Measure::CentresOpen));
    "parcels_per_village_day" [Parcels / Village / Day]
        "Parcels sent to villagers over villages and days of the month that were simulated."
        |m| ratio(m.real(Measure::ParcelsSent), m.real(Measure::Villages) * f64::from(m.days));
    "mean_order_value" [Yuan / Order] "Value of all online orders over their number."
        |m| ratio(
            yuan(m, Measure::StationValue) + yuan(m, Measure::SelfServiceValue) + yuan(m,
                Measure::RivalValue),
            orders(m),
        );
    "partner_income_mean" [Yuan / Month] "Mean income of paid partners from all sources."
        |m| f64::from(m.spread(Distribution::PartnerIncome).mean);
    "partner_income_p10" [Yuan / Month] "10th percentile of partners' income."
        |m| f64::from(m.spread(Distribution::PartnerIncome).p10);
    "partner_income_p50" [Yuan / Month] "Median of partners' income."
        |m| f64::from(m.spread(Distribution::PartnerIncome).p50);
    "partner_income_p90" [Yuan / Month] "90th percentile of partners' income."
        |m| f64::from(m.spread(Distribution::PartnerIncome).p90);
    "partner_income_p99" [Yuan / Month] "99th percentile of partners' income."
        |m| f64::from(m.spread(Distribution::PartnerIncome).p99);
    "partners_above_wage_share" [Share] "Partners earning more than the migrant wage."
        |m| ratio(m.real(Measure::PartnersAboveWage), m.real(Measure::PartnerMonths));
    "partner_skill" [ZeroToOne] "Mean ordering skill of open stations' partners."
        |m| ratio(m.real(Measure::SkillThousandths) / 1000.0, m.real(Measure::StationsOpen));
    "station_delivery_p50" [Days] "Median time from order to collection through stations."
        |m| days(m.spread(Distribution::StationDelivery).p50);
    "station_delivery_p90" [Days] "90th percentile of that time."
        |m| days(m.spread(Distribution::StationDelivery).p90);
    "self_service_delivery_p50" [Days] "Median time from order to collection of self-service orders."
        |m| days(m.spread(Distribution::SelfServiceDelivery).p50);
    "self_service_delivery_p90" [Days] "90th percentile of that time."
        |m| days(m.spread(Distribution::SelfServiceDelivery).p90);
    "sorting_wait_mean" [Minutes] "Mean wait before sorting at county centres, in working time."
        |m| ratio(m.real(Measure::SortingWait), m.real(Measure::SortedParcels));
    "late_share" [Share] "Parcels that took longer than buyers accept, over parcels that ended."
        |m| ratio(
            m.real(Measure::LateParcels),
            m.real(Measure::ParcelsDelivered) + m.real(Measure::ParcelsReturned)
                + m.real(Measure::ParcelsLost),
        );
    "buying_share" [ShareOfHouseholds] "Households that buy online, on trial or regularly."
        |m| ratio(m.real(Measure::Trial) + m.real(Measure::Regular), m.real(Measure::Households));
    "delivered_village_share" [ShareOfVillages] "Villages to which commercial couriers deliver."
        |m| ratio(m.real(Measure::VillagesDelivered), m.real(Measure::Villages));
    "village_parcel_share" [Share] "Parcels of self-service orders that are handed over in the village."
        |m| ratio(m.real(Measure::VillageParcels), m.real(Measure::CourierParcels));
    "visit_wait_mean" [Days] "Mean wait in the township for the next visit, of parcels handed over \
        in the village."
        |m| ratio(m.real(Measure::CourierWait) / 1440.0, m.real(Measure::VillageParcels));
    "networks_per_village" [Ratio] "Commercial networks that come to a village, over all villages."
        |m| ratio(m.real(Measure::CourierNetworks), m.real(Measure::Villages));
    "joint_village_share" [ShareOfVillages]
        "Villages in townships where one carrier goes round for all networks."
        |m| ratio(m.real(Measure::VillagesJoint), m.real(Measure::Villages));
    "courier_entry_ratio" [Ratio] "Mean revenue over cost of the round by which couriers began to serve a \
        village."
        |m| ratio(m.real(Measure::CourierEntryRatio) / 1000.0, m.real(Measure::CourierEntries));
    "cost_of_living_change_mean" [Share] "Mean change of the retail cost of living through online ways."
        |m| f64::from(m.spread(Distribution::CostOfLiving).mean);
    "cost_of_living_change_p10" [Share] "10th percentile of that change: the greatest gains."
        |m| f64::from(m.spread(Distribution::CostOfLiving).p10);
    "better_off_share" [ShareOfHouseholds] "Households whose retail cost of living fell by 0.5 % or more."
        |m| ratio(m.real(Measure::BetterOff), m.real(Measure::Households));
    "jobs_per_shop" [Jobs / Shop] "Owners, family and hired workers over shops."
        |m| ratio(m.real(Measure::ShopJobs), m.real(Measure::Shops));
    "jobs_per_shop_taobao" [Jobs / Shop] "The same in Taobao villages."
        |m| ratio(m.real(Measure::TaobaoJobs), m.real(Measure::TaobaoShops));
    "shops_per_taobao_village" [Shops / Village] "Shops in Taobao villages over Taobao villages."
        |m| ratio(m.real(Measure::TaobaoShops), m.real(Measure::TaobaoVillages));
    "selling_share" [ShareOfHouseholds] "Shops over households."
        |m| ratio(m.real(Measure::Shops), m.real(Measure::Households));
    "shop_sales_p50" [Yuan / Month] "Median sales of a shop."
        |m| f64::from(m.spread(Distribution::ShopSales).p50);
    "shop_sales_p99" [Yuan / Month] "99th percentile of a shop's sales."
        |m| f64::from(m.spread(Distribution::ShopSales).p99);
    "income_per_head" [Yuan / Person / Year] "Income of households from all sources over their members."
        |m| ratio(
            yuan(m, Measure::IncomeFarm) + yuan(m, Measure::IncomeWage) + yuan(m, Measure::IncomeTransfers)
                + yuan(m, Measure::IncomeRemittances) + yuan(m, Measure::IncomeOnline),
            m.real(Measure::People),
        );
    "online_income_share" [ShareOfIncome] "Income from shops and stations in all income."
        |m| ratio(
            m.real(Measure::IncomeOnline),
            m.real(Measure::IncomeFarm) + m.real(Measure::IncomeWage) + m.real(Measure::IncomeTransfers)
                + m.real(Measure::IncomeRemittances) + m.real(Measure::IncomeOnline),
        );
    "poverty_rate" [ShareOfPeople] "People below the poverty line at the last review."
        |m| ratio(m.real(Measure::Poor), m.real(Measure::People));
    "income_gini" [ZeroToOne] "Gini coefficient of household income per head at the last review."
        |m| f64::from(m.gini);
    "incumbent_buyer_share" [ShareOfBuyers] "Buyers on the incumbent platform."
        |m| ratio(
            m.real(Measure::BuyersIncumbent),
            m.real(Measure::BuyersIncumbent) + m.real(Measure::BuyersRetailer)
                + m.real(Measure::BuyersSocial),
        );
    "incumbent_shop_share" [ShareOfShops] "Shops on the incumbent platform."
        |m| ratio(m.real(Measure::ShopsIncumbent), m.real(Measure::Shops));
}

/// Measures, outcomes and columns of villages that had another name before, with the name now.
const RENAMED: [(&str, &str); 12] = [
    ("alone_delivery_count", "self_service_delivery_count"),
    ("alone_delivery_p50", "self_service_delivery_p50"),
    ("alone_delivery_p90", "self_service_delivery_p90"),
    ("alone_orders", "self_service_orders"),
    ("alone_parcels", "self_service_parcels"),
    ("alone_value", "self_service_value"),
    ("buyers_alone", "self_service_buyers"),
    ("gaining", "better_off"),
    ("gaining_share", "better_off_share"),
    ("households_gaining", "households_better_off"),
    ("shops_founded", "shops_opened_unprompted"),
    ("spent_alone", "spent_self_service"),
];

/// What a measure, an outcome or a column is called now, if it was renamed. Readers refuse the old name and
/// name the new one; the window reads views that it kept with the new one.
pub fn renamed(name: &str) -> Option<&'static str> {
    RENAMED.into_iter().find(|(old, _)| *old == name).map(|(_, new)| new)
}

/// The outcome of this name.
pub fn outcome(name: &str) -> Option<&'static OutcomeDefinition> {
    OUTCOMES.iter().find(|outcome| outcome.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_that_were_given_up_mean_nothing_any_more() {
        let known = |name: &str| outcome(name).is_some() || Measure::ALL.iter().any(|m| m.name() == name);
        assert!(RENAMED.iter().all(|(old, now)| !known(old) && renamed(now).is_none()));
        assert_eq!(renamed("gaining_share"), Some("better_off_share"));
        assert!(known("better_off_share") && renamed("shops").is_none());
    }

    #[test]
    fn names_of_outcomes_and_measures_never_collide() {
        let mut names: BTreeSet<&str> = Measure::ALL.iter().map(|measure| measure.name()).collect();
        for outcome in OUTCOMES {
            assert!(names.insert(outcome.name), "{}", outcome.name);
            assert!(outcome.definition.ends_with('.') && !outcome.unit.is_silent());
        }
    }
}
