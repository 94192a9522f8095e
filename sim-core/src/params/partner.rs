//! Partners: the people who run village service centres.

use super::parameters;
use super::value::Range;

parameters! {
    /// Partners who run service centres: pay, skill, patience.
    "partner" PartnerParameters {
        /// Commission on goods ordered at the station, paid by the platform.
        commission: f64 = 0.04, ShareOfValue, Range::Between(0.0, 0.5), "facts: partner_commission 3-5 %";
        /// Bills that a household which knows of the station has paid there, if the partner is fully skilled.
        bills_per_household: f64 = 0.15, Services / Month, Range::Between(0.0, 30.0),
            "assumed: power, every other month of one household in three";
        /// Fee earned on a bill.
        bill_fee: f64 = 0.6, Yuan / Service, Range::Between(0.0, 100.0), "assumed";
        /// Value of a bill.
        bill_value: f64 = 70.0, Yuan, Range::Between(0.0, 10_000.0), "assumed: power for a month";
        /// Telephone top-ups of such a household.
        topups_per_household: f64 = 0.15, Services / Month, Range::Between(0.0, 30.0), "assumed";
        /// Fee earned on a top-up.
        topup_fee: f64 = 0.5, Yuan / Service, Range::Between(0.0, 100.0), "assumed: one per cent";
        /// Value of a top-up.
        topup_value: f64 = 50.0, Yuan, Range::Between(0.0, 10_000.0), "assumed: the usual card";
        /// Train and bus tickets of such a household.
        tickets_per_household: f64 = 0.05, Services / Month, Range::Between(0.0, 30.0),
            "assumed: a migrant's way there and back, of one household in three";
        /// Fee earned on a ticket.
        ticket_fee: f64 = 2.0, Yuan / Service, Range::Between(0.0, 100.0),
            "assumed, below the 5 yuan of ticket agents (M)";
        /// Value of a ticket.
        ticket_value: f64 = 110.0, Yuan, Range::Between(0.0, 10_000.0), "assumed";
        /// Fee earned on the sales of shops the partner helps.
        sales_help_fee: f64 = 0.01, ShareOfSales, Range::Between(0.0, 0.5), "assumed";
        /// Share of a village's home shops that have a partner's help, at full skill.
        sales_help_reach: f64 = 0.25, Share, Range::Between(0.0, 1.0), "assumed";
        /// How much faster the reputation of a shop grows that has a partner's help.
        sales_help_gain: f64 = 0.3, Share, Range::Between(0.0, 10.0), "assumed";
        /// Applicants per candidate village.
        applicants: f64 = 3.5, Applicants / Village, Range::Between(0.0, 100.0),
            "fitted: stations per county";
        /// Spread of what people weigh beside money when they accept or leave (logistic scale of the
        /// logarithm of what a station is worth over what else could be earned).
        choice_noise: f64 = 0.4, Log, Range::Between(0.001, 5.0),
            "assumed: of offers worth twice the outside option 85 % are accepted";
        /// Share of a village's households that recruiters say will order through the station.
        promised_buyers: f64 = 0.5, ShareOfHouseholds, Range::Between(0.0, 1.0),
            "fitted: stations per county; 63.3 % of assigned villages opened (facts: operators)";
        /// Partners of the county whose earnings weigh as much as what recruiters promise.
        expectation_memory: f64 = 30.0, Partners, Range::Between(0.1, 10_000.0), "assumed";
        /// Time for which candidates expect to stay.
        expected_stay: f64 = 36.0, Months, Range::Between(1.0, 600.0),
            "facts: operators, opened in 2014-15 and left in 2017";
        /// The partner's own share of fitting out: shelves, furniture, works on the room.
        own_cost: f64 = 4_000.0, Yuan, Range::Between(0.0, 1.0e6),
            "assumed, above the grant of 3,000 (facts: station_startup_help)";
        /// Power, network and consumables of a station, which its partner pays.
        running_cost: f64 = 50.0, Yuan / Month, Range::Between(0.0, 10_000.0),
            "assumed; rooms were often rent free (facts: station_startup_help)";
        /// How much more a station is worth to a partner where village cadres fully support it.
        authority: f64 = 1.0, Share, Range::Between(0.0, 10.0),
            "fitted within what is assumed (a room, a good word, standing): stations per county";
        /// How much more visits succeed there than where they do not support it at all.
        authority_visits: f64 = 0.5, Share, Range::Between(0.0, 2.0), "assumed";
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
        /// Part of the migrant wage that a shopkeeper's time at the station could earn otherwise, beside the
        /// shop: one of prime age and without care duties.
        shopkeeper_outside: f64 = 0.10, ShareOfMigrantWage, Range::Between(0.0, 2.0),
            "assumed: a quarter of the day, of which more than half would be idle behind the counter";
        /// The same for a young returnee.
        returnee_outside: f64 = 0.32, ShareOfMigrantWage, Range::Between(0.0, 2.0),
            "assumed: most of the day at the full wage, less the value of living at home";
        /// Outside option of a head of middle age, over one of prime age.
        outside_middle: f64 = 0.85, Ratio, Range::Between(0.0, 2.0), "assumed: wages by age";
        /// The same of an old head.
        outside_old: f64 = 0.5, Ratio, Range::Between(0.0, 2.0), "assumed: wages by age";
        /// Candidates who cannot leave, because of children or old parents.
        care_share: f64 = 0.5, Share, Range::Between(0.0, 1.0),
            "assumed: most agents of such programmes are women of 30 to 45 (facts: operators, Kenya)";
        /// Outside option of those who cannot leave, over that of others.
        care_outside: f64 = 0.35, Ratio, Range::Between(0.0, 1.0),
            "assumed: odd jobs in the village, a third of the day";
        /// Spread of outside options (standard deviation of the logarithm).
        outside_spread: f64 = 0.4, Log, Range::Between(0.0, 3.0), "assumed: the spread of wages";
        /// Working time that a station takes of a shopkeeper's household.
        shopkeeper_time: f64 = 0.25, Workers, Range::Between(0.0, 2.0),
            "assumed: a few hours a day beside the shop";
        /// Working time that a station takes of a returnee's household.
        returnee_time: f64 = 0.8, Workers, Range::Between(0.0, 2.0), "assumed: most of the day";
        /// Part of a shopkeeper's effort that is spent on the village's sellers (sourcing, packing, listing);
        /// the rest is spent on buyers.
        shopkeeper_selling: f64 = 0.1, Share, Range::Between(0.0, 1.0), "assumed: shops first won buyers";
        /// The same of a young returnee.
        returnee_selling: f64 = 0.4, Share, Range::Between(0.0, 1.0),
            "assumed: the programme's second strategy asked returnees to sell for the village";
        /// Months below the outside option before a partner may leave.
        patience: u32 = 8, Months, Range::Between(0.0, 120.0), "assumed";
        /// Hazard of leaving once patience is lost, of a partner who would surely refuse the offer now.
        leaving: f64 = 0.09, Rate / Month, Range::Between(0.0, 1.0),
            "fitted: 20 to 35 % of partners leave in a year (facts: operators, M-low)";
        /// Hazard of leaving for other reasons.
        other_leaving: f64 = 0.004, Rate / Month, Range::Between(0.0, 1.0), "assumed";
        /// Months a station waits for a replacement before it closes.
        replacement_time: u32 = 3, Months, Range::Between(0.0, 60.0), "assumed";
        /// Chance per month that a replacement is found.
        replacement: f64 = 0.35, Rate / Month, Range::Between(0.0, 1.0),
            "fitted: stations open after May 2016";
        /// Households a partner of mean drive can visit.
        visits: f64 = 30.0, Households / Month, Range::Between(0.0, 1000.0),
            "assumed, with all effort spent on buyers";
        /// How a partner's drive raises what buyers order at the station (group orders, recommendations,
        /// credit), as an exponent.
        drive_sales: f64 = 1.0, Pure, Range::Between(0.0, 3.0),
            "fitted: mean income of partners and orders per open station together (facts: operators)";
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
        /// Trips that a bill paid in the village saves, to the township and back; the rest would be paid on
        /// other errands.
        @structure bill_trips: f64 = 0.3, Share, Range::Between(0.0, 1.0), "assumed";
        /// The same of a top-up.
        @structure topup_trips: f64 = 0.2, Share, Range::Between(0.0, 1.0), "assumed";
        /// The same of a ticket, to the county seat and back.
        @structure ticket_trips: f64 = 0.8, Share, Range::Between(0.0, 1.0),
            "assumed: sold at the station or bus terminal of the county seat";
        /// Effort spent on sellers from which the gain in entry of `shop.partner_effect` comes.
        @structure selling_usual: f64 = 0.25, Share, Range::Between(0.01, 1.0),
            "assumed: the mean of both kinds";
        /// Weight of the newest month in a partner's usual income.
        @structure income_weight: f64 = 0.25, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Delivery time that a new station expects.
        @structure first_delivery: f64 = 4.0, Days, Range::Between(0.1, 60.0), "assumed";
    }
}
