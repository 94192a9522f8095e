//! What government does: each measure with a target, dates and a cost.

use super::choices::{GovernmentTarget, Schedule};
use super::home::OfHome;
use super::parameters;
use super::value::Range;
use crate::base::Date;

parameters! {
    /// Government measures. Those of history are on by default; the rest are levers that start at nothing.
    "government" GovernmentParameters {
        /// Whether demonstration counties are named and funded.
        @lever demonstration: bool = true, YesOrNo, Range::Any, "facts: demonstration_counties_new";
        /// Demonstration counties named in July of each year.
        @lever demonstration_roster: Schedule = OfHome("government.demonstration_roster"),
            Counties / Year, Range::Between(0.0, 3000.0), "facts: demonstration_counties_new";
        /// Demonstration counties named each year, over the published rosters.
        @lever demonstration_scale: f64 = 1.0, Ratio, Range::Between(0.0, 10.0),
            "facts: demonstration_counties_new";
        /// Central grant to a demonstration county.
        @lever demonstration_grant: f64 = 15.0, MillionYuan, Range::Between(0.0, 1000.0),
            "facts: demonstration_grant 10-20";
        /// Years over which a grant is spent.
        @lever demonstration_years: f64 = 2.0, Years, Range::Between(0.5, 10.0), "assumed";
        /// Part of a grant that goes into delivery points and trucks; the rest trains and builds centres.
        @lever demonstration_logistics: f64 = 0.4, Share, Range::Between(0.0, 1.0), "assumed";
        /// Part of a grant that trains sellers and buyers.
        @lever demonstration_training: f64 = 0.2, Share, Range::Between(0.0, 1.0), "assumed";
        /// Where roads are upgraded.
        @lever road_target: GovernmentTarget = GovernmentTarget::Nobody, Target, Range::Any, "lever";
        /// First day of road upgrades.
        @lever road_start: Date = "2014-10-01", Date, Range::Any, "lever";
        /// Last day of road upgrades.
        @lever road_end: Date = "2999-12-31", Date, Range::Any, "lever";
        /// Villages a year whose road is upgraded, in each target county.
        @lever road_pace: f64 = 0.10, ShareOfVillages / Year, Range::Between(0.0, 1.0), "lever";
        /// Cost of upgrading a village's road, per minute of travel to its township.
        road_cost: f64 = 60_000.0, Yuan / Minute, Range::Between(0.0, 1.0e8),
            "assumed: about 300,000 yuan a kilometre";
        /// Part of travel time that an upgrade saves.
        road_saving: f64 = 0.35, Share, Range::Between(0.0, 0.9), "assumed";
        /// Where broadband is brought forward.
        @lever broadband_target: GovernmentTarget = GovernmentTarget::Nobody, Target, Range::Any, "lever";
        /// First day of broadband works.
        @lever broadband_start: Date = "2014-10-01", Date, Range::Any, "lever";
        /// Months by which villages without a line get it earlier.
        @lever broadband_months: u32 = 24, Months, Range::Between(0.0, 240.0), "lever";
        /// Cost of bringing a line to a village.
        broadband_cost: f64 = 200_000.0, Yuan / Village, Range::Between(0.0, 1.0e8), "assumed";
        /// Where couriers are subsidised.
        @lever courier_target: GovernmentTarget = GovernmentTarget::Nobody, Target, Range::Any, "lever";
        /// First day of the courier subsidy.
        @lever courier_start: Date = "2014-10-01", Date, Range::Any, "lever";
        /// Last day of the courier subsidy.
        @lever courier_end: Date = "2999-12-31", Date, Range::Any, "lever";
        /// Subsidy per parcel delivered to a village.
        @lever courier_subsidy: f64 = 2.0, Yuan / Parcel, Range::Between(0.0, 100.0),
            "lever; facts: parcel_subsidy_2015 5";
        /// Where government helps courier networks to join their rounds.
        @lever joint_target: GovernmentTarget = GovernmentTarget::Nobody, Target, Range::Any, "lever";
        /// First day of help to join rounds.
        @lever joint_start: Date = "2014-10-01", Date, Range::Any, "lever";
        /// Last day of help to join rounds.
        @lever joint_end: Date = "2999-12-31", Date, Range::Any, "lever";
        /// Chance that networks agree on joint rounds where that pays and government helps.
        @lever joint_rate: f64 = 1.0, Rate / Year, Range::Between(0.0, 20.0), "lever";
        /// What government pays for the joint rounds of a township.
        joint_cost: f64 = 30_000.0, Yuan / Town / Year, Range::Between(0.0, 1.0e8),
            "assumed: part of a shared sorting line and a van";
        /// Where villagers are trained to sell and buy.
        @lever training_target: GovernmentTarget = GovernmentTarget::Nobody, Target, Range::Any, "lever";
        /// First day of training.
        @lever training_start: Date = "2014-10-01", Date, Range::Any, "lever";
        /// Last day of training.
        @lever training_end: Date = "2999-12-31", Date, Range::Any, "lever";
        /// Households trained each year, of all.
        @lever training_pace: f64 = 0.01, ShareOfHouseholds / Year, Range::Between(0.0, 1.0), "lever";
        /// Cost of training a household.
        training_cost: f64 = 800.0, Yuan / Household, Range::Between(0.0, 1.0e6), "assumed";
        /// Chance that a trained household opens a shop within the year, where one would pay.
        training_effect: f64 = 0.02, Probability, Range::Between(0.0, 1.0),
            "assumed; classes alone made few sellers";
        /// Where shops may borrow from a public credit line.
        @lever credit_target: GovernmentTarget = GovernmentTarget::Nobody, Target, Range::Any, "lever";
        /// First day of the credit line.
        @lever credit_start: Date = "2014-10-01", Date, Range::Any, "lever";
        /// Public credit a shop may draw.
        @lever credit_line: f64 = 50_000.0, Yuan / Shop, Range::Between(0.0, 1.0e8), "lever";
        /// Interest on public credit.
        @lever credit_rate: f64 = 0.045, Rate / Year, Range::Between(0.0, 1.0), "lever";
        /// Where workshops are given cheap rooms.
        @lever rent_target: GovernmentTarget = GovernmentTarget::Nobody, Target, Range::Any, "lever";
        /// First day of rent support.
        @lever rent_start: Date = "2014-10-01", Date, Range::Any, "lever";
        /// Part of the rents of workshops, factories and young shops that government pays.
        @lever rent_support: f64 = 0.4, Share, Range::Between(0.0, 1.0), "lever";
        /// Whether stations go to the poorest candidate villages first.
        @lever poverty_priority: bool = false, YesOrNo, Range::Any, "lever: poverty target";
        /// Where quality marks are granted.
        @lever quality_target: GovernmentTarget = GovernmentTarget::Nobody, Target, Range::Any, "lever";
        /// First day of quality marks.
        @lever quality_start: Date = "2014-10-01", Date, Range::Any, "lever";
        /// Gain in a shop's quality from a mark.
        quality_gain: f64 = 0.08, Share, Range::Between(0.0, 5.0), "assumed";
        /// Cost of marks for a shop.
        quality_cost: f64 = 600.0, Yuan / Shop / Year, Range::Between(0.0, 1.0e6), "assumed";
        /// Where exports are supported.
        @lever export_target: GovernmentTarget = GovernmentTarget::Nobody, Target, Range::Any, "lever";
        /// First day of export support.
        @lever export_start: Date = "2014-10-01", Date, Range::Any, "lever";
        /// Rise of the hazard of beginning to export.
        @lever export_gain: f64 = 2.0, Ratio, Range::Between(1.0, 100.0), "lever";
        /// Cost of supporting an exporting shop.
        export_cost: f64 = 5_000.0, Yuan / Shop / Year, Range::Between(0.0, 1.0e6), "assumed";
        /// How promising a county is to government whose draw is worst, over its income.
        @structure promise_least: f64 = 0.4, Ratio, Range::Between(0.0, 10.0),
            "assumed: rosters follow more than incomes";
        /// Random spread of that.
        @structure promise_spread: f64 = 1.2, Ratio, Range::Between(0.0, 10.0), "assumed";
        /// Month of the year in which the list of demonstration counties is published.
        @structure demonstration_month: u32 = 7, MonthOfYear, Range::Between(1.0, 12.0),
            "facts: notices of July";
        /// First year in which poverty counties come first on the list.
        @structure poverty_first: u32 = 2016, YearOfCalendar, Range::Between(2000.0, 2100.0),
            "facts: demonstration_counties_new, rosters of 2016";
    }
}
