//! Partners: the people who run village service centres.

use super::parameters;
use super::value::Range;

parameters! {
    /// Partners who run service centres: pay, skill, patience.
    "partner" PartnerParameters {
        /// Commission on goods ordered at the station, paid by the platform.
        commission: f64 = 0.04, ShareOfValue, Range::Between(0.0, 0.5), "facts: partner_commission 3-5 %";
        /// Fee earned on a service without parcel: bill, top-up, ticket.
        service_fee: f64 = 0.8, Yuan / Service, Range::Between(0.0, 100.0), "assumed";
        /// Services asked for at a station by a household that knows of it.
        services_per_household: f64 = 0.35, Services / Month, Range::Between(0.0, 30.0), "assumed";
        /// Value of one service: a bill or a top-up.
        service_value: f64 = 60.0, Yuan, Range::Between(0.0, 10_000.0), "assumed";
        /// Fee earned on the sales of shops the partner helps.
        sales_help_fee: f64 = 0.01, ShareOfSales, Range::Between(0.0, 0.5), "assumed";
        /// Share of the sales of a village's home shops that pass through a partner's help, at full skill.
        sales_help_reach: f64 = 0.25, Share, Range::Between(0.0, 1.0), "assumed";
        /// Applicants per candidate village.
        applicants: f64 = 3.5, Applicants / Village, Range::Between(0.0, 100.0), "assumed";
        /// Chance that a chosen applicant refuses after all, when expected income equals the outside option.
        refusal: f64 = 0.12, Probability, Range::Between(0.0, 1.0),
            "fitted: stations per county; docs/odd.md, P4: many refuse";
        /// Mean ordering skill of a shopkeeper before training, on 0 to 1.
        shopkeeper_skill: f64 = 0.38, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Mean ordering skill of a young returnee before training, on 0 to 1.
        returnee_skill: f64 = 0.55, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Spread of skill among partners (standard deviation).
        skill_spread: f64 = 0.15, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Gain from training: share of the missing skill won in the first 10 hours.
        training_gain: f64 = 0.25, SharePerTenHours, Range::Between(0.0, 1.0), "assumed";
        /// Skill above its natural level that is lost without practice.
        skill_decay: f64 = 0.02, Rate / Month, Range::Between(0.0, 1.0), "assumed";
        /// Part of the migrant wage that a shopkeeper must earn at the station beside the shop.
        shopkeeper_outside: f64 = 0.10, ShareOfMigrantWage, Range::Between(0.0, 2.0),
            "assumed: a few hours a day";
        /// Part of the migrant wage that a returnee must earn to stay.
        returnee_outside: f64 = 0.32, ShareOfMigrantWage, Range::Between(0.0, 2.0),
            "assumed: full wage less the value of living at home";
        /// Working time that a station takes of a shopkeeper's household.
        shopkeeper_time: f64 = 0.25, Workers, Range::Between(0.0, 2.0),
            "assumed: a few hours a day beside the shop";
        /// Working time that a station takes of a returnee's household.
        returnee_time: f64 = 0.8, Workers, Range::Between(0.0, 2.0), "assumed: most of the day";
        /// Months below the outside option before a partner may leave.
        patience: u32 = 8, Months, Range::Between(0.0, 120.0), "assumed";
        /// Hazard of leaving once patience is lost.
        leaving: f64 = 0.10, Rate / Month, Range::Between(0.0, 1.0), "assumed";
        /// Hazard of leaving for other reasons.
        other_leaving: f64 = 0.004, Rate / Month, Range::Between(0.0, 1.0), "assumed";
        /// Months a station waits for a replacement before it closes.
        replacement_time: u32 = 3, Months, Range::Between(0.0, 60.0), "assumed";
        /// Chance per month that a replacement is found.
        replacement: f64 = 0.25, Rate / Month, Range::Between(0.0, 1.0), "assumed";
        /// Households a partner can visit.
        visits: f64 = 25.0, Households / Month, Range::Between(0.0, 1000.0), "assumed";
        /// How a partner's drive raises what buyers order at the station (group orders, recommendations,
        /// credit), as an exponent.
        drive_sales: f64 = 1.4, Pure, Range::Between(0.0, 3.0),
            "fitted: 99th percentile of partners' income above 8 times the mean";
        /// Spread of partners' drive (standard deviation of the logarithm): stars and idlers.
        drive_spread: f64 = 0.6, Log, Range::Between(0.0, 3.0),
            "fitted: a few partners above 10,000 yuan (facts: partner_income_star); the signs of the trial";
        /// Least ordering skill.
        @structure skill_least: f64 = 0.02, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Greatest ordering skill before training.
        @structure skill_most: f64 = 0.98, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Weight of ability in the score of the test.
        @structure test_ability: f64 = 0.8, Pure, Range::Between(0.0, 1.0),
            "assumed: the test sees ability well and drive hardly at all";
        /// Weight of chance in the score of the test.
        @structure test_chance: f64 = 0.6, Pure, Range::Between(0.0, 5.0),
            "assumed: with the weight of ability 0.8, scores have a standard deviation of 1";
        /// Outside option over expected income below which refusals become no rarer.
        @structure shortfall_least: f64 = 0.25, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Outside option over expected income above which refusals become no more frequent.
        @structure shortfall_most: f64 = 4.0, Ratio, Range::Between(1.0, 100.0), "assumed";
        /// Greatest chance that an applicant refuses.
        @structure refusal_most: f64 = 0.95, Probability, Range::Between(0.0, 1.0), "assumed";
        /// Weight of the newest month in a partner's usual income.
        @structure income_weight: f64 = 0.25, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Delivery time that a new station expects.
        @structure first_delivery: f64 = 4.0, Days, Range::Between(0.1, 60.0), "assumed";
        /// Income that recruiters promise where no partner of the county has earned yet, as a part of the
        /// migrant wage.
        @structure promise: f64 = 1.0 / 3.0, ShareOfMigrantWage, Range::Between(0.0, 2.0), "assumed";
        /// Weight of what partners of the county earn in an applicant's expectation, against what recruiters
        /// promise.
        @structure expectation_seen: f64 = 0.5, Share, Range::Between(0.0, 1.0), "assumed";
    }
}
