//! The levers and their ends: what is given, and who pays.

use super::{Pays, Turn};
use sim_core::metrics::ledger::Item;

const ORDER: &str = "where and when comes first: what is built costs the same anywhere";
const RULE: &str = "a rule by which the platform decides: it costs by what it lets happen";

const fn turn(lever: &'static str, ends: [&'static str; 2], pays: Pays) -> Turn {
    Turn { lever, ends, given: &[], pays }
}

const fn given(given: &'static [(&'static str, &'static str)], turn: Turn) -> Turn {
    Turn { given, lever: turn.lever, ends: turn.ends, pays: turn.pays }
}

use Pays::{More, Nobody};

/// Shops that begin with little cash, and to whom neither banks nor platforms lend.
const SHORT_OF_CASH: &[(&str, &str)] =
    &[("shop.start_cash", "500.0"), ("shop.bank_credit", "0.0"), ("shop.platform_credit", "0.0")];

/// The same where government's credit is everywhere.
const CREDIT_TO_WHO_IS_SHORT: &[(&str, &str)] =
    &[("government.credit_target", "Everywhere"), SHORT_OF_CASH[0], SHORT_OF_CASH[1], SHORT_OF_CASH[2]];

/// Levers of the programme.
pub const PROGRAMME: &[Turn] = &[
    turn("programme.enabled", ["false", "true"], More(&[Item::Tranche, Item::CountyCentreBuilding])),
    turn("programme.start", ["2015-10-01", "2014-10-13"], More(&[Item::CountyCentreStaff])),
    turn("programme.support_end", ["2015-06-01", "2999-12-31"], More(&[Item::CountyCentreStaff])),
    turn(
        "programme.tranches",
        ["[(\"2014-10-13\", 0.0)]", "[(\"2014-10-13\", 1000.0)]"],
        More(&[Item::Tranche]),
    ),
    turn("programme.scale", ["0.0", "10.0"], More(&[Item::Tranche, Item::CountyCentreBuilding])),
    turn("programme.planned_counties", ["1", "3000"], More(&[Item::CountyCentreBuilding])),
    turn("programme.planned_stations", ["54", "1000000"], More(&[Item::CountyCentreBuilding])),
    given(
        &[("programme.teams", "1.0"), ("programme.team_growth", "0.0")],
        turn("programme.county_rule", ["Population", "Remoteness"], Nobody(ORDER)),
    ),
    given(
        &[("programme.candidates_per_county", "4")],
        turn("programme.village_rule", ["Population", "Remoteness"], Nobody(ORDER)),
    ),
    given(
        &[("programme.candidates_per_county", "4")],
        turn("programme.spacing", ["0.0", "50.0"], Nobody(ORDER)),
    ),
    turn("programme.candidates_per_county", ["0", "1000"], More(&[Item::StationFitting])),
    turn("programme.first_batch", ["1", "500"], Nobody(ORDER)),
    given(&[("programme.first_batch", "1")], turn("programme.later_batch", ["1", "500"], Nobody(ORDER))),
    given(
        &[("programme.first_batch", "1"), ("programme.later_batch", "1")],
        turn("programme.batch_interval", ["720", "1"], More(&[Item::StationFitting])),
    ),
    given(
        &[
            ("programme.tranches", "[(\"2014-10-13\", 12.0)]"),
            ("programme.teams", "1.0"),
            ("programme.team_growth", "0.0"),
        ],
        turn("programme.county_running_cost", ["0.0", "10000000.0"], More(&[Item::CountyCentrePremises])),
    ),
    turn("programme.centre_staff", ["0.0", "1000.0"], More(&[Item::CountyCentreStaff])),
    given(
        &[("programme.tranches", "[(\"2014-10-13\", 60.0)]")],
        turn("programme.centre_trucks", ["1000", "1"], More(&[Item::CountyCentreBuilding])),
    ),
    turn("programme.sorting_places", ["1", "1000"], More(&[Item::CountyEquipment])),
    turn("programme.trainers", ["0.0", "100.0"], More(&[Item::TrainerWages])),
    turn("programme.station_grant", ["0.0", "1000000.0"], More(&[Item::PartnerBasePay])),
    turn("programme.base_pay", ["0.0", "50000.0"], More(&[Item::PartnerBasePay])),
    turn("programme.partner_kind", ["Shopkeepers", "Returnees"], Nobody(RULE)),
    turn("programme.later_partner_kind", ["Shopkeepers", "Returnees"], Nobody(RULE)),
    turn("programme.strategy_change", ["2014-10-20", "2016-05-01"], Nobody(RULE)),
    given(
        &[
            ("programme.strategy_change", "2014-12-01"),
            ("programme.later_batch", "1"),
            ("programme.first_batch", "1"),
        ],
        turn("programme.strategy_pause", ["720", "0"], More(&[Item::StationFitting])),
    ),
    turn("programme.acceptance_score", ["5.0", "-5.0"], More(&[Item::StationFitting])),
    turn("programme.training_hours", ["0.0", "500.0"], More(&[Item::PartnerTraining])),
    turn("programme.refresher_hours", ["0.0", "100.0"], More(&[Item::PartnerTraining])),
    turn("programme.promotion", ["0.0", "100000.0"], More(&[Item::Promotion])),
    turn("programme.parcel_subsidy", ["0.0", "100.0"], More(&[Item::ParcelSubsidy])),
    turn("programme.delivery_target", ["30.0", "0.1"], More(&[Item::RouteSupport])),
    turn("programme.home_delivery", ["0.0", "1.0"], More(&[Item::HomeDelivery])),
    given(
        &[("programme.home_delivery", "1.0")],
        turn("programme.home_delivery_fee", ["100.0", "0.0"], More(&[Item::HomeDelivery])),
    ),
    turn("programme.installation", ["0.0", "1.0"], More(&[Item::InstallationSupport])),
    given(
        &[("programme.installation", "1.0")],
        turn("programme.installation_fee", ["1000.0", "0.0"], More(&[Item::InstallationSupport])),
    ),
    turn("programme.masterclasses", ["0.0", "1000.0"], More(&[Item::MasterclassFee, Item::MasterclassCost])),
    turn("programme.select_store_share", ["0.0", "1.0"], More(&[Item::StationFitting])),
    turn("programme.analytics_cost", ["0.0", "1000.0"], More(&[Item::Analytics])),
    turn("programme.loss_bound", ["0.0", "100000.0"], More(&[Item::StationFitting])),
    given(
        &[("programme.loss_bound", "0.05"), ("programme.start", "2013-10-13")],
        turn("programme.loss_bound_growth", ["0.0", "5.0"], More(&[Item::StationFitting])),
    ),
    turn("programme.open_last_mile", ["false", "true"], More(&[Item::LastMileFees])),
    given(
        &[("programme.open_last_mile", "true")],
        turn("programme.last_mile_fee", ["100.0", "1.0"], More(&[Item::LastMileFees])),
    ),
    turn("programme.hold", ["true", "false"], More(&[Item::StationFitting])),
    turn("programme.second_screening", ["false", "true"], More(&[Item::Recruitment])),
    turn("programme.hold_batches", ["true", "false"], More(&[Item::StationFitting])),
    turn("programme.village_share_limit", ["0.0", "1.0"], More(&[Item::StationFitting])),
];

/// Levers of platforms, of government and of the world.
pub const OTHERS: &[Turn] = &[
    turn("platform.fee", ["0.0", "0.5"], More(&[Item::PlatformFees])),
    turn("platform.buyer_subsidy", ["0.0", "0.9"], More(&[Item::BuyerSubsidy])),
    turn("platform.promoter_commission", ["0.0", "0.5"], More(&[Item::RivalPromoters])),
    turn("platform.seller_subsidy", ["0.0", "0.9"], More(&[Item::SellerSubsidy])),
    turn("platform.retailer_entry", ["2999-12-31", "2014-10-01"], More(&[Item::RivalPurchase])),
    turn("platform.social_entry", ["2999-12-31", "2014-10-01"], More(&[Item::RivalPurchase])),
    turn("government.demonstration", ["false", "true"], More(&[Item::DemonstrationGrant])),
    turn(
        "government.demonstration_roster",
        ["[(\"2014-07-01\", 0.0)]", "[(\"2014-07-01\", 0.0), (\"2015-07-01\", 600.0)]"],
        More(&[Item::DemonstrationGrant]),
    ),
    turn("government.demonstration_scale", ["0.0", "10.0"], More(&[Item::DemonstrationGrant])),
    turn("government.demonstration_grant", ["0.0", "1000.0"], More(&[Item::DemonstrationGrant])),
    turn("government.demonstration_years", ["10.0", "0.5"], More(&[Item::DemonstrationGrant])),
    turn("government.demonstration_logistics", ["0.0", "1.0"], More(&[Item::CourierSubsidy])),
    turn("government.demonstration_training", ["0.0", "1.0"], More(&[Item::PublicTraining])),
    turn("government.road_target", ["Nobody", "Everywhere"], More(&[Item::RoadWorks])),
    given(
        &[("government.road_target", "Everywhere")],
        turn("government.road_start", ["2016-06-01", "2014-10-01"], More(&[Item::RoadWorks])),
    ),
    given(
        &[("government.road_target", "Everywhere")],
        turn("government.road_end", ["2014-12-01", "2999-12-31"], More(&[Item::RoadWorks])),
    ),
    given(
        &[("government.road_target", "Everywhere")],
        turn("government.road_pace", ["0.0", "1.0"], More(&[Item::RoadWorks])),
    ),
    turn("government.broadband_target", ["Nobody", "Everywhere"], More(&[Item::Broadband])),
    given(
        &[("government.broadband_target", "Everywhere")],
        turn("government.broadband_start", ["2999-12-31", "2014-10-01"], More(&[Item::Broadband])),
    ),
    given(
        &[("government.broadband_target", "Everywhere")],
        turn("government.broadband_months", ["0", "240"], More(&[Item::Broadband])),
    ),
    turn("government.courier_target", ["Nobody", "Everywhere"], More(&[Item::CourierSubsidy])),
    given(
        &[("government.courier_target", "Everywhere")],
        turn("government.courier_start", ["2016-06-01", "2014-10-01"], More(&[Item::CourierSubsidy])),
    ),
    given(
        &[("government.courier_target", "Everywhere")],
        turn("government.courier_end", ["2014-12-01", "2999-12-31"], More(&[Item::CourierSubsidy])),
    ),
    given(
        &[("government.courier_target", "Everywhere")],
        turn("government.courier_subsidy", ["0.0", "100.0"], More(&[Item::CourierSubsidy])),
    ),
    given(
        &[("start", "2018-01-01"), ("end", "2019-12-31")],
        turn("government.joint_target", ["Nobody", "Everywhere"], More(&[Item::JointDelivery])),
    ),
    given(
        &[("start", "2018-01-01"), ("end", "2019-12-31"), ("government.joint_target", "Everywhere")],
        turn("government.joint_start", ["2999-12-31", "2018-01-01"], More(&[Item::JointDelivery])),
    ),
    given(
        &[("start", "2018-01-01"), ("end", "2019-12-31"), ("government.joint_target", "Everywhere")],
        turn("government.joint_end", ["2018-02-01", "2999-12-31"], More(&[Item::JointDelivery])),
    ),
    given(
        &[("start", "2018-01-01"), ("end", "2019-12-31"), ("government.joint_target", "Everywhere")],
        turn("government.joint_rate", ["0.0", "20.0"], More(&[Item::JointDelivery])),
    ),
    turn("government.training_target", ["Nobody", "Everywhere"], More(&[Item::PublicTraining])),
    given(
        &[("government.training_target", "Everywhere")],
        turn("government.training_start", ["2016-06-01", "2014-10-01"], More(&[Item::PublicTraining])),
    ),
    given(
        &[("government.training_target", "Everywhere")],
        turn("government.training_end", ["2014-12-01", "2999-12-31"], More(&[Item::PublicTraining])),
    ),
    given(
        &[("government.training_target", "Everywhere")],
        turn("government.training_pace", ["0.0", "1.0"], More(&[Item::PublicTraining])),
    ),
    given(
        SHORT_OF_CASH,
        turn("government.credit_target", ["Nobody", "Everywhere"], More(&[Item::InterestSupport])),
    ),
    given(
        CREDIT_TO_WHO_IS_SHORT,
        turn("government.credit_start", ["2999-12-31", "2014-10-01"], More(&[Item::InterestSupport])),
    ),
    given(
        CREDIT_TO_WHO_IS_SHORT,
        turn("government.credit_line", ["0.0", "1000000.0"], More(&[Item::InterestSupport])),
    ),
    given(
        CREDIT_TO_WHO_IS_SHORT,
        turn("government.credit_rate", ["0.1", "0.0"], More(&[Item::InterestSupport])),
    ),
    turn("government.rent_target", ["Nobody", "Everywhere"], More(&[Item::RentSupport])),
    given(
        &[("government.rent_target", "Everywhere")],
        turn("government.rent_start", ["2999-12-31", "2014-10-01"], More(&[Item::RentSupport])),
    ),
    given(
        &[("government.rent_target", "Everywhere")],
        turn("government.rent_support", ["0.0", "1.0"], More(&[Item::RentSupport])),
    ),
    given(
        &[("programme.candidates_per_county", "4")],
        turn("government.poverty_priority", ["false", "true"], Nobody(ORDER)),
    ),
    turn("government.quality_target", ["Nobody", "Everywhere"], More(&[Item::QualityMarks])),
    given(
        &[("government.quality_target", "Everywhere")],
        turn("government.quality_start", ["2999-12-31", "2014-10-01"], More(&[Item::QualityMarks])),
    ),
    turn("government.export_target", ["Nobody", "Everywhere"], More(&[Item::ExportSupport])),
    given(
        &[("government.export_target", "Everywhere")],
        turn("government.export_start", ["2999-12-31", "2014-10-01"], More(&[Item::ExportSupport])),
    ),
    given(
        &[("government.export_target", "Everywhere")],
        turn("government.export_gain", ["1.0", "100.0"], More(&[Item::ExportSupport])),
    ),
    turn(
        "world.shocks",
        ["[]", "[(kind: RoadsClosed, start: \"2015-03-01\", weeks: 8, provinces: [33, 43, 45])]"],
        Nobody("a misfortune"),
    ),
];

/// Levers that are not turned, and why.
pub const EXEMPT: &[(&str, &str)] = &[
    ("trial.enabled", TRIAL),
    ("trial.survey_villages", TRIAL),
    ("trial.control_villages", TRIAL),
    ("trial.late_openings", TRIAL),
    ("trial.late_after", TRIAL),
    ("trial.households_near", TRIAL),
    ("trial.households_elsewhere", TRIAL),
    ("trial.baseline", TRIAL),
    ("trial.follow_up", TRIAL),
    ("trial.recall", TRIAL),
];

const TRIAL: &str =
    "the design of a study, held in tests/integration/trial.rs: surveys look without touching";
