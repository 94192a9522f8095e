//! The platform's rural programme: how much money, where, how fast, to whom.

use super::choices::{CountyRule, PartnerKind, Tranche, VillageRule};
use super::parameters;
use super::value::Range;
use crate::base::Date;

parameters! {
    /// The platform's rural programme: county operation centres and village service centres.
    "programme" ProgrammeParameters {
        /// Whether there is a programme at all.
        @lever enabled: bool = true, YesOrNo, Range::Any, "lever";
        /// Day on which the plan is announced and the first team starts.
        @lever start: Date = "2014-10-13", Date, Range::Any, "facts: programme_rollout";
        /// Day on which all support ends: no openings, subsidies, training or base pay after it.
        @lever support_end: Date = "2999-12-31", Date, Range::Any, "lever";
        /// Money the platform puts into the treasury, by date.
        @lever tranches: Vec<Tranche> = [("2014-10-13", 1000.0), ("2015-07-01", 1500.0), ("2016-07-01",
            1500.0), ("2017-04-01", 3000.0), ("2018-04-01", 3000.0)], MillionYuan, Range::Between(0.0,
            1.0e6), "10 billion yuan in three to five years (facts: programme_rollout); split assumed";
        /// Size of the programme over that of its plan: money, teams, bound of losses, counties and stations.
        @lever scale: f64 = 1.0, Ratio, Range::Between(0.0, 10.0), "lever";
        /// Counties the plan means to reach.
        @lever planned_counties: u32 = 1000, Counties, Range::Between(0.0, 3000.0),
            "facts: programme_rollout, plan of 2014-10-13";
        /// Village stations the plan means to open.
        @lever planned_stations: u32 = 100_000, Stations, Range::Between(0.0, 1.0e6),
            "facts: programme_rollout, plan of 2014-10-13";
        /// By what counties are ranked.
        @lever county_rule: CountyRule = CountyRule::ExpectedOrders, Rule, Range::Any,
            "lever; published openings began in Zhejiang and other strong provinces";
        /// By what villages are ranked within a county.
        @lever village_rule: VillageRule = VillageRule::Population, Rule, Range::Any, "lever";
        /// Least distance between two candidate villages where feasible.
        @lever spacing: f64 = 2.5, Kilometres, Range::Between(0.0, 50.0), "facts: programme_spacing";
        /// Candidate villages screened in a county, at most.
        @lever candidates_per_county: u32 = 54, Villages, Range::Between(0.0, 1000.0),
            "facts: programme_candidates_per_county";
        /// Villages in the first batch of a county.
        @lever first_batch: u32 = 15, Villages, Range::Between(1.0, 500.0),
            "facts: county_opening_batch 10-20";
        /// Villages in each later batch.
        @lever later_batch: u32 = 18, Villages, Range::Between(1.0, 500.0), "fitted: stations per county";
        /// Time between two batches in a county.
        @lever batch_interval: u32 = 20, Days, Range::Between(1.0, 720.0),
            "fitted: roll-out to November 2015";
        /// Opening teams at the start; one team opens one county at a time.
        teams: f64 = 9.0, Teams, Range::Between(0.0, 1000.0), "fitted: roll-out to November 2015";
        /// Growth of the number of teams, as experienced teams train new ones.
        team_growth: f64 = 2.2, Rate / Year, Range::Between(0.0, 10.0), "fitted: roll-out to November 2015";
        /// Most teams the organisation can lead.
        team_limit: f64 = 60.0, Teams, Range::Between(0.0, 1000.0), "assumed";
        /// Time a team needs to set up a county, from agreement to the centre's opening.
        county_setup: u32 = 45, Days, Range::Between(1.0, 720.0),
            "fitted: roll-out to November 2015; weeks to a few months";
        /// Cost of building and fitting out a county operation centre, trucks and sorting places aside.
        county_centre_cost: f64 = 1.2, MillionYuan, Range::Between(0.0, 100.0),
            "assumed, below the 4.5 million of demonstration grants (facts)";
        /// Running cost of a county centre beside pay: rent, power, network.
        @lever county_running_cost: f64 = 36_000.0, Yuan / Month, Range::Between(0.0, 1.0e7),
            "assumed: with the pay of about ten people 60,000 a month";
        /// People who work at a county centre beside sorters, drivers and trainers. They screen its villages.
        @lever centre_staff: f64 = 6.0, People, Range::Between(0.0, 1000.0),
            "assumed: a manager, two for the villages, two for customers, one for accounts";
        /// Pay at a county centre over the wage near home.
        @structure centre_pay: f64 = 1.0, Ratio, Range::Between(0.0, 10.0), "assumed";
        /// Trucks for which money is set aside when a county is opened; more are bought when parcels ask for
        /// them and there is money.
        @lever centre_trucks: u32 = 5, Trucks, Range::Between(1.0, 1000.0),
            "assumed: one for every eleven candidate villages";
        /// Price of a truck.
        truck_cost: f64 = 50_000.0, Yuan, Range::Between(0.0, 1.0e6),
            "M-low: a van costs 40,000 to 60,000 (2018); assumed within";
        /// Sorting places of a county centre at its opening, and the fewest sorters it keeps in a shift.
        @lever sorting_places: u32 = 3, People, Range::Between(1.0, 1000.0), "assumed: a small hall";
        /// Price of a sorting place: belt, scanner, scales, shelves.
        sorting_place_cost: f64 = 15_000.0, Yuan, Range::Between(0.0, 1.0e6), "assumed";
        /// Trainers employed by a county centre.
        @lever trainers: f64 = 2.0, People, Range::Between(0.0, 100.0), "assumed";
        /// Pay of a trainer.
        trainer_wage: f64 = 3_500.0, Yuan / Month, Range::Between(0.0, 100_000.0),
            "assumed: somewhat above the migrant wage, contributions included";
        /// Hours that a trainer can teach.
        trainer_hours: f64 = 100.0, Hours / Month, Range::Between(0.0, 700.0),
            "assumed: the rest is on the road";
        /// New partners whom a trainer teaches at once, at most.
        class_size: f64 = 12.0, Partners, Range::Between(1.0, 1000.0), "assumed: a batch of villages";
        /// Screening of a village: visits, test, choice.
        screening_cost: f64 = 400.0, Yuan / Village, Range::Between(0.0, 100_000.0),
            "assumed: two days of two people, and the way there";
        /// Days that one of a county centre's people needs to screen a village.
        screening_days: f64 = 5.6, Days, Range::Between(0.0, 365.0),
            "assumed: two working days of two people, five days of seven being worked";
        /// Whether villages that found no partner are screened a second and last time once all were.
        @lever second_screening: bool = true, YesOrNo, Range::Any, "lever";
        /// Cost of fitting out one station: sign, computer, screen.
        station_cost: f64 = 12_000.0, Yuan, Range::Between(0.0, 1.0e6),
            "assumed, below 20,000 for a village point (facts: demonstration_grant)";
        /// Grant to a partner at opening.
        @lever station_grant: f64 = 3_000.0, Yuan, Range::Between(0.0, 1.0e6),
            "facts: station_startup_help";
        /// Mean time from a partner's acceptance to the station's opening.
        station_setup: u32 = 21, Days, Range::Between(1.0, 365.0), "assumed";
        /// Spread of that time (standard deviation of the logarithm).
        setup_spread: f64 = 0.6, Log, Range::Between(0.0, 3.0), "assumed: rooms, lines and partners are late";
        /// Chance that a station with a partner who has accepted never opens: no room, no line, second
        /// thoughts.
        falls_through: f64 = 0.08, Probability, Range::Between(0.0, 1.0),
            "assumed within the 36.7 % of assigned villages that did not open (facts: operators)";
        /// Pay to a partner beside commission, while support lasts.
        @lever base_pay: f64 = 0.0, Yuan / Month, Range::Between(0.0, 50_000.0),
            "lever; the published scheme paid commission only";
        /// Kind of partner recruited at first.
        @lever partner_kind: PartnerKind = PartnerKind::Shopkeepers, Kind, Range::Any,
            "docs/odd.md, process 1: shops first";
        /// Kind of partner recruited from the strategy change on.
        @lever later_partner_kind: PartnerKind = PartnerKind::Returnees, Kind, Range::Any,
            "docs/odd.md, process 1: young returnees from May 2015";
        /// Day of the strategy change.
        @lever strategy_change: Date = "2015-05-01", Date, Range::Any, "docs/odd.md, process 1";
        /// Time after the strategy change in which no village is screened, while teams and trainers learn
        /// the new way.
        @lever strategy_pause: u32 = 45, Days, Range::Between(0.0, 720.0),
            "fitted: roll-out of April to June 2015";
        /// Whether nothing new is begun: no county is opened and no village screened, as while losses are
        /// beyond `loss_bound`.
        @lever hold: bool = false, YesOrNo, Range::Any, "lever: for rules of a scenario";
        /// Whether no village is screened.
        @lever hold_batches: bool = false, YesOrNo, Range::Any, "lever: for rules of a scenario";
        /// Score an applicant must reach in the test, on a scale of standard deviations.
        @lever acceptance_score: f64 = -0.3, StandardDeviations, Range::Between(-5.0, 5.0),
            "assumed: six in ten applicants pass";
        /// Training that a new partner is to have.
        @lever training_hours: f64 = 16.0, Hours, Range::Between(0.0, 500.0), "assumed: two days";
        /// Refresher training that each partner is to have from county staff.
        @lever refresher_hours: f64 = 1.5, Hours / Month, Range::Between(0.0, 100.0), "assumed";
        /// Cost of an hour of training for one partner beside the trainer's pay: way, meals, room, material.
        training_cost: f64 = 25.0, Yuan / Hour, Range::Between(0.0, 10_000.0), "assumed";
        /// Masterclasses in a county with an open centre, given by its most successful seller.
        @lever masterclasses: f64 = 0.0, Classes / Month, Range::Between(0.0, 1000.0), "lever";
        /// What the seller is paid for a masterclass.
        masterclass_fee: f64 = 1_000.0, Yuan, Range::Between(0.0, 1.0e6), "assumed";
        /// Room, meals and travel of a masterclass.
        masterclass_cost: f64 = 1_500.0, Yuan, Range::Between(0.0, 1.0e6), "assumed";
        /// Households that attend a masterclass.
        masterclass_reach: f64 = 40.0, Households, Range::Between(0.0, 10_000.0), "assumed";
        /// Shops opened for each household that attends.
        masterclass_effect: f64 = 0.02, Shops / Household, Range::Between(0.0, 1.0),
            "assumed: as government classes (government.training_effect)";
        /// Promotion in a village with a station: leaflets, wall paintings, visits.
        @lever promotion: f64 = 150.0, Yuan / Month, Range::Between(0.0, 100_000.0), "assumed";
        /// Subsidy to the carrier from county to village, per parcel.
        @lever parcel_subsidy: f64 = 5.0, Yuan / Parcel, Range::Between(0.0, 100.0),
            "facts: parcel_subsidy_2015";
        /// Time that a parcel waits for its truck in the county at most, on average, as promised; below a day
        /// it is sorted in the night too.
        @lever delivery_target: f64 = 1.0, Days, Range::Between(0.1, 30.0), "lever: next-day target";
        /// Share of parcels that drivers bring home from the station.
        @lever home_delivery: f64 = 0.0, Share, Range::Between(0.0, 1.0), "lever";
        /// Drivers' pay for bringing a parcel home.
        home_delivery_cost: f64 = 2.0, Yuan / Parcel, Range::Between(0.0, 100.0),
            "villagers paid 1 to 3 yuan to have a parcel brought (M); the middle";
        /// What of that the household pays; the programme pays the rest.
        @lever home_delivery_fee: f64 = 0.0, Yuan / Parcel, Range::Between(0.0, 100.0), "lever";
        /// Share of durables ordered at stations that the programme's crews install at home.
        @lever installation: f64 = 0.3, Share, Range::Between(0.0, 1.0), "assumed";
        /// Cost of installing one durable.
        installation_cost: f64 = 40.0, Yuan, Range::Between(0.0, 1000.0), "assumed";
        /// What of that the household pays; the programme pays the rest.
        @lever installation_fee: f64 = 0.0, Yuan, Range::Between(0.0, 1000.0), "lever";
        /// Share of stations made select stores with goods on display.
        @lever select_store_share: f64 = 0.0, Share, Range::Between(0.0, 1.0), "lever";
        /// Cost of making a station a select store.
        select_store_cost: f64 = 30_000.0, Yuan, Range::Between(0.0, 1.0e6), "assumed";
        /// Gain of a select store in how attractive ordering at the station is.
        select_store_gain: f64 = 0.25, Share, Range::Between(0.0, 5.0), "assumed";
        /// What a select store sells from its shelf, of what the village spends in its shops.
        select_store_sales: f64 = 0.03, ShareOfRetail, Range::Between(0.0, 1.0), "assumed";
        /// What its partner earns on that: price over cost.
        select_store_margin: f64 = 0.15, ShareOfSales, Range::Between(0.0, 1.0),
            "M-low: village shops 10 to 20 %";
        /// Part of the goods bought for the shelf that stays unsold and is written off.
        select_store_unsold: f64 = 0.04, Share, Range::Between(0.0, 0.9), "assumed";
        /// First stock of a select store, which its partner pays.
        select_store_stock: f64 = 6_000.0, Yuan, Range::Between(0.0, 1.0e6), "assumed";
        /// Spending on analytics that fits products to rural demand, in all the run's counties; 0 turns it
        /// off.
        @lever analytics_cost: f64 = 0.0, MillionYuan / Month, Range::Between(0.0, 1000.0), "lever";
        /// Gain in how attractive buying online is to which ever more analytics comes.
        analytics_gain: f64 = 0.15, Share, Range::Between(0.0, 5.0), "assumed";
        /// Spending on analytics over the value of orders on the programme's platform that brings half of
        /// that gain.
        analytics_half: f64 = 0.005, ShareOfValue, Range::Between(0.00001, 1.0),
            "assumed within 0.002 to 0.02: what retailers spend on learning from their data";
        /// Time in which what is known comes about two thirds of the way to what is paid for.
        analytics_delay: u32 = 12, Months, Range::Between(0.0, 120.0), "assumed";
        /// Monthly running loss beyond which no new county or station is committed.
        @lever loss_bound: f64 = 32.5, MillionYuan / Month, Range::Between(0.0, 1.0e5),
            "fitted: plateau of 2016 from the curve up to May 2016";
        /// Growth of that bound at the beginning of each year from the third on, as the platform commits
        /// more.
        @lever loss_bound_growth: f64 = 0.8, Rate / Year, Range::Between(0.0, 5.0), "assumed";
        /// Share of the platform's income from village orders that counts against the loss.
        margin_on_orders: f64 = 0.02, ShareOfValue, Range::Between(0.0, 1.0), "assumed";
        /// Whether programme trucks also carry parcels that villagers order by self-service.
        @lever open_last_mile: bool = false, YesOrNo, Range::Any, "lever";
        /// Couriers' pay to the programme for each parcel of theirs that its trucks carry.
        @lever last_mile_fee: f64 = 1.0, Yuan / Parcel, Range::Between(0.0, 100.0),
            "M-low: networks pay a delivering outlet 1.0 to 1.6 yuan (2020); assumed within";
        /// Stations of the programme can be opened in no more than this share of a county's villages.
        @lever village_share_limit: f64 = 1.0, Share, Range::Between(0.0, 1.0), "lever";
        /// What a county is expected to order where its prospects look worst, over its income.
        @structure prospect_least: f64 = 0.7, Ratio, Range::Between(0.0, 10.0),
            "assumed: the platform knows its own buyers, and not all";
        /// Random spread of that.
        @structure prospect_spread: f64 = 0.6, Ratio, Range::Between(0.0, 10.0), "assumed";
        /// Time on the road to a village besides its distance from the county seat, when reach for a yuan is
        /// compared.
        @structure reach_minutes: f64 = 20.0, Minutes, Range::Between(0.1, 600.0), "assumed";
        /// Part of the bound to which losses must fall before openings go on.
        @structure resumption: f64 = 0.9, Share, Range::Between(0.0, 1.0),
            "assumed: a tenth below the bound, so that it does not flicker";
        /// Weight of being a poverty county, over that of an income less by the national mean, where the
        /// poorest are opened first.
        @structure poverty_weight: f64 = 10.0, Ratio, Range::Between(0.0, 1000.0),
            "assumed: all poverty counties before all others";
        /// Months of running cost that must be in hand before another county is opened.
        @structure reserve_months: u32 = 6, Months, Range::Between(0.0, 120.0), "assumed";
        /// Years after the start from which the loss that is borne grows.
        @structure loss_bound_years: u32 = 2, Years, Range::Between(0.0, 50.0), "assumed";
    }
}
