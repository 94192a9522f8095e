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
        county_setup: u32 = 45, Days, Range::Between(1.0, 720.0), "assumed: weeks to a few months";
        /// Cost of a county operation centre: fitting out, equipment, vehicles.
        county_centre_cost: f64 = 1.5, MillionYuan, Range::Between(0.0, 100.0),
            "assumed, below the 4.5 million of demonstration grants (facts)";
        /// Running cost of a county centre: rent and staff.
        @lever county_running_cost: f64 = 60_000.0, Yuan / Month, Range::Between(0.0, 1.0e7),
            "assumed: about ten staff";
        /// Trainers employed by a county centre.
        @lever trainers: f64 = 2.0, People, Range::Between(0.0, 100.0), "assumed";
        /// Cost of fitting out one station: sign, computer, screen.
        station_cost: f64 = 12_000.0, Yuan, Range::Between(0.0, 1.0e6),
            "assumed, below 20,000 for a village point (facts: demonstration_grant)";
        /// Grant to a partner at opening.
        @lever station_grant: f64 = 3_000.0, Yuan, Range::Between(0.0, 1.0e6),
            "facts: station_startup_help";
        /// Time from a partner's acceptance to the station's opening.
        station_setup: u32 = 21, Days, Range::Between(1.0, 365.0), "assumed";
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
        /// Score an applicant must reach in the test, on a scale of standard deviations.
        @lever acceptance_score: f64 = -0.3, StandardDeviations, Range::Between(-5.0, 5.0),
            "assumed: half of applicants pass";
        /// Training given to a new partner.
        @lever training_hours: f64 = 16.0, Hours, Range::Between(0.0, 500.0), "assumed: two days";
        /// Refresher training offered by county staff to each partner.
        @lever refresher_hours: f64 = 1.5, Hours / Month, Range::Between(0.0, 100.0), "assumed";
        /// Cost of an hour of training for one partner.
        training_cost: f64 = 25.0, Yuan / Hour, Range::Between(0.0, 10_000.0), "assumed";
        /// Promotion in a village with a station: leaflets, wall paintings, visits.
        @lever promotion: f64 = 150.0, Yuan / Month, Range::Between(0.0, 100_000.0), "assumed";
        /// Subsidy to the carrier from county to village, per parcel.
        @lever parcel_subsidy: f64 = 5.0, Yuan / Parcel, Range::Between(0.0, 100.0),
            "facts: parcel_subsidy_2015";
        /// Delivery within this time from the county is promised.
        @lever delivery_target: f64 = 1.0, Days, Range::Between(0.1, 30.0), "lever: next-day target";
        /// Share of durables installed at home by the programme's crews.
        @lever installation: f64 = 0.3, Share, Range::Between(0.0, 1.0), "assumed";
        /// Cost of installing one durable.
        installation_cost: f64 = 40.0, Yuan, Range::Between(0.0, 1000.0), "assumed";
        /// Share of stations made select stores with goods on display.
        @lever select_store_share: f64 = 0.0, Share, Range::Between(0.0, 1.0), "lever";
        /// Cost of making a station a select store.
        select_store_cost: f64 = 30_000.0, Yuan, Range::Between(0.0, 1.0e6), "assumed";
        /// Gain of a select store in how attractive ordering at the station is.
        select_store_gain: f64 = 0.25, Share, Range::Between(0.0, 5.0), "assumed";
        /// Spending on analytics that fits products to rural demand; 0 turns it off.
        @lever analytics_cost: f64 = 0.0, MillionYuan / Month, Range::Between(0.0, 1000.0), "lever";
        /// Gain of analytics in how attractive buying online is, once it works.
        analytics_gain: f64 = 0.15, Share, Range::Between(0.0, 5.0), "assumed";
        /// Delay from the first spending on analytics until it works.
        analytics_delay: u32 = 12, Months, Range::Between(0.0, 120.0), "assumed";
        /// Monthly running loss beyond which no new county or station is committed.
        @lever loss_bound: f64 = 30.5, MillionYuan / Month, Range::Between(0.0, 1.0e5),
            "fitted: plateau of 2016 from the curve up to May 2016";
        /// Growth of that bound at the beginning of each year from the third on, as the platform commits
        /// more.
        @lever loss_bound_growth: f64 = 0.8, Rate / Year, Range::Between(0.0, 5.0), "assumed";
        /// Share of the platform's income from village orders that counts against the loss.
        margin_on_orders: f64 = 0.02, ShareOfValue, Range::Between(0.0, 1.0), "assumed";
        /// Whether programme trucks also carry parcels that villagers order by self-service.
        @lever open_last_mile: bool = false, YesOrNo, Range::Any, "lever";
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
