//! Households: how they learn to buy, what they choose, what they spend.

use super::parameters;
use super::value::Range;

parameters! {
    /// How households learn to buy online, choose a way of shopping and spend.
    "household" HouseholdParameters {
        /// Elasticity of substitution among ways of shopping.
        elasticity: f64 = 3.87, Pure, Range::Between(1.1, 20.0),
            "Atkin, Faber & Gonzalez-Navarro 2018, used by Couture et al. 2021 (M)";
        /// Retail goods in household consumption (the rest: own produce, housing, services, schooling,
        /// medicine).
        retail_share: f64 = 0.42, ShareOfConsumption, Range::Between(0.0, 1.0), "assumed";
        /// Share of retail spending on durables.
        durables_share: f64 = 0.16, ShareOfRetail, Range::Between(0.0, 1.0), "assumed";
        /// Share of retail spending on farm inputs.
        farm_inputs_share: f64 = 0.10, ShareOfRetail, Range::Between(0.0, 1.0), "assumed";
        /// Mean value of an online order of consumer goods.
        basket_consumer: f64 = 72.0, Yuan, Range::Between(1.0, 10_000.0),
            "facts: parcel_value_2018 58, order_value_county_2012 104";
        /// Mean value of an online order of a durable.
        basket_durable: f64 = 620.0, Yuan, Range::Between(1.0, 100_000.0),
            "assumed: televisions, washing machines, scooters";
        /// Mean value of an online order of farm inputs.
        basket_farm: f64 = 180.0, Yuan, Range::Between(1.0, 100_000.0), "assumed: seed, fertiliser, tools";
        /// Spread of order values (standard deviation of the logarithm).
        basket_spread: f64 = 0.8, Log, Range::Between(0.0, 3.0), "assumed";
        /// Spread of household spending around its class (standard deviation of the logarithm).
        spending_spread: f64 = 0.45, Log, Range::Between(0.0, 2.0), "assumed";
        /// Spread of tastes for online ways among households of a class (standard deviation of the logarithm
        /// of their attraction).
        taste_spread: f64 = 0.4, Log, Range::Between(0.0, 2.0), "assumed";
        /// Spread of schooling among heads of an age (standard deviation).
        schooling_spread: f64 = 3.0, Years, Range::Between(0.0, 10.0), "assumed";
        /// Skill with a smartphone for a year of schooling more, on a scale of 0 to 1.
        schooling_skill: f64 = 0.03, Ratio / Year, Range::Between(0.0, 0.2),
            "assumed; sign: the schooled take part more (Luo, Niu, World Bank 2019)";
        /// How much longer or shorter than the village's mean a household's way to the station is, at most.
        way_spread: f64 = 0.8, Share, Range::Between(0.0, 1.0), "assumed: from next door to the last hamlet";
        /// Price of the village shop over the town's.
        shop_markup: f64 = 0.10, Share, Range::Between(0.0, 2.0), "assumed";
        /// Further price of the village shop per hour of road from the township.
        shop_markup_per_hour: f64 = 0.08, Share / Hour, Range::Between(0.0, 2.0),
            "assumed: welfare gains are 30 % larger in the least accessible fifth (facts)";
        /// Price online over the town's, before delivery.
        online_price: f64 = 0.86, Pure, Range::Between(0.1, 3.0), "assumed";
        /// Delivery fee the household pays on an order.
        delivery_fee: f64 = 4.0, Yuan / Order, Range::Between(0.0, 200.0), "assumed: sellers bear the rest";
        /// How attractive the town's variety is, against the village shop's 1.
        town_variety: f64 = 2.2, Pure, Range::Between(0.0, 50.0), "assumed";
        /// How attractive ordering at the station is, against the village shop's 1.
        station_variety: f64 = 0.40, Pure, Range::Between(0.0, 50.0), "fitted: orders per open station";
        /// How attractive self-service ordering is, against the village shop's 1.
        self_service_variety: f64 = 1.2, Pure, Range::Between(0.0, 50.0),
            "fitted: parcels per village in 2014";
        /// Growth of online variety and fit, from the middle of 2014, for `variety_years`.
        variety_growth: f64 = 0.08, Rate / Year, Range::Between(-0.5, 1.0),
            "fitted: parcels per village in 2014";
        /// Attraction of online durables over that of consumer goods.
        durables_online: f64 = 1.5, Pure, Range::Between(0.0, 20.0),
            "assumed: Couture et al. 2021 find durables first";
        /// Attraction of online farm inputs over that of consumer goods.
        farm_inputs_online: f64 = 0.5, Pure, Range::Between(0.0, 20.0), "assumed";
        /// Value of a shopping trip's basket in town.
        trip_basket: f64 = 160.0, Yuan, Range::Between(1.0, 10_000.0), "assumed";
        /// Value of travel time over the hourly wage.
        travel_time_value: f64 = 0.5, Pure, Range::Between(0.0, 5.0),
            "assumed: half the wage, as in transport appraisal";
        /// Fare or fuel of a trip, for each minute of road there and again back.
        travel_fare: f64 = 0.1, Yuan / Minute, Range::Between(0.0, 10.0),
            "assumed: country buses at about 0.2 yuan a kilometre and 30 km/h";
        /// How alike ordering at the station and self-service ordering are: at 1 they differ like any two
        /// ways of shopping and a second one adds variety, above it they lead more and more to the same
        /// goods.
        online_likeness: f64 = 6.0, Pure, Range::Between(1.0, 50.0),
            "assumed: both lead to the same platform; Couture et al. 2021: gains mainly where no parcels \
            came before (R2)";
        /// Cost of waiting for a parcel.
        waiting_cost: f64 = 0.008, ShareOfValue / Day, Range::Between(0.0, 0.5), "assumed";
        /// Time that fetching a parcel from the village's station takes.
        collection_minutes: f64 = 10.0, Minutes, Range::Between(0.0, 600.0),
            "assumed: there and back, half of it on other errands";
        /// How much more durables attract that are installed at home.
        installation_gain: f64 = 0.3, Share, Range::Between(0.0, 10.0), "assumed";
        /// How bad a return is for trust whose money comes as late as a buyer's patience, over a parcel that
        /// was lost.
        return_trouble: f64 = 0.5, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Hassle of ordering at a station with an unskilled partner.
        station_hassle: f64 = 0.20, ShareOfValue, Range::Between(0.0, 2.0), "assumed";
        /// Hassle of self-service ordering without any skill.
        self_service_hassle: f64 = 0.45, ShareOfValue, Range::Between(0.0, 2.0), "assumed";
        /// Order intensity of a household without experience, against one with much.
        trial_intensity: f64 = 0.25, Share, Range::Between(0.0, 1.0),
            "assumed; Alibaba's buyers: 27 orders in the first year, 130 from the fifth on (M)";
        /// Good parcels after which half of the way from first to full order intensity is gone.
        tenure_orders: f64 = 25.0, Orders, Range::Between(0.1, 1000.0),
            "assumed; orders per buyer of a platform tripled in four years (M)";
        /// Hazard of hearing of online buying from media and the wider world, with full internet coverage.
        awareness_media: f64 = 2.5, Rate / Year, Range::Between(0.0, 20.0),
            "fitted: rural internet users who shop, 2011 to 2015; Bass p is 0.03 (facts) for single products";
        /// Hazard of hearing of it from neighbours, if all were regular buyers.
        awareness_neighbours: f64 = 1.6, Rate / Year, Range::Between(0.0, 20.0),
            "assumed; Bass q is 0.38 (facts) for whole markets";
        /// Hazard of hearing of it in a village with a station promoted by 100 yuan a month.
        awareness_promotion: f64 = 0.35, Rate / Year, Range::Between(0.0, 20.0), "assumed";
        /// Chance that a partner's visit or the opening day makes an aware household try.
        persuasion: f64 = 0.46, Probability, Range::Between(0.0, 1.0), "fitted: orders per open station";
        /// Hazard of first trying self-service, with a smartphone and full skill.
        trial_self_service: f64 = 0.55, Rate / Year, Range::Between(0.0, 20.0),
            "fitted: rural internet users who shop, 2011 to 2015";
        /// Hazard of learning to use self-service where parcels wait in the township, over that where they
        /// come to the village.
        learning_pickup_town: f64 = 0.5, Ratio, Range::Between(0.0, 1.0),
            "fitted: rural internet users who shop, 2011 to 2015";
        /// The same where parcels come to the county seat only.
        learning_pickup_seat: f64 = 0.3, Ratio, Range::Between(0.0, 1.0),
            "fitted: rural internet users who shop, 2011 to 2015";
        /// How well a household without smartphone or skill can order through kin and neighbours, over one
        /// with both.
        kin_help: f64 = 0.5, Ratio, Range::Between(0.0, 1.0),
            "fitted: rural internet users who shop, 2011 to 2015; in poor areas more buy through others (R)";
        /// How readiness to try rises where shops within reach are worse than in the township: the power of
        /// their attraction's fall.
        trial_need: f64 = 2.0, Pure, Range::Between(0.0, 10.0),
            "fitted: rural internet users who shop, 2011 to 2015; Couture et al. 2021: the remoter gain (R)";
        /// Further hazard of trying, if all neighbours were regular buyers.
        trial_neighbours: f64 = 1.8, Rate / Year, Range::Between(0.0, 20.0),
            "fitted: rural internet users who shop, 2011 to 2015";
        /// Adults in a household through any of whom it can shop online.
        adults_online: f64 = 2.2, Persons, Range::Between(0.1, 10.0),
            "assumed: the published share of users is of persons";
        /// How readily a lapsed buyer, or one who is cut off from ordering, tries again, over one who never
        /// has.
        return_ease: f64 = 2.0, Ratio, Range::Between(0.0, 50.0),
            "assumed: most who pause come back within a year or two, as the number of buyers never fell";
        /// Hazard that a buyer who needs the station learns to use self-service, with a smartphone and full
        /// skill.
        emancipation: f64 = 0.30, Rate / Year, Range::Between(0.0, 20.0), "assumed";
        /// Hazard of giving up buying online without any experience and with full trust.
        lapse: f64 = 0.30, Rate / Year, Range::Between(0.0, 20.0),
            "assumed: 20 to 35 % a year of those with fewer than five orders";
        /// The same with much experience.
        lapse_experienced: f64 = 0.02, Rate / Year, Range::Between(0.0, 20.0),
            "98 % of experienced buyers buy again in the next year (M)";
        /// Good parcels with which the hazard has fallen to 37 % of the way.
        lapse_orders: f64 = 6.0, Orders, Range::Between(0.1, 1000.0),
            "assumed: the hazard is low after some twenty orders";
        /// How many times as likely giving up is without any trust, less 1.
        lapse_distrust: f64 = 4.0, Ratio, Range::Between(0.0, 100.0), "assumed";
        /// Weight of the newest parcel in a household's trust.
        trust_weight: f64 = 0.2, Pure, Range::Between(0.0, 1.0), "orders workload (satisfaction)";
        /// Good parcels after which trial becomes habit.
        habit_orders: u32 = 3, Orders, Range::Between(1.0, 100.0), "assumed";
        /// Trust below which a buyer looks for another platform, or lapses if there is none.
        lapse_trust: f64 = 0.22, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Receptiveness of heads under 40 against those above 60 (square root apart at 40 to 60).
        youth_effect: f64 = 7.0, Ratio, Range::Between(1.0, 100.0),
            "Couture et al. 2021: the young gain (R2); size fitted to the signs of the trial";
        /// Receptiveness of the richest third against the poorest.
        income_effect: f64 = 2.4, Ratio, Range::Between(1.0, 100.0),
            "Couture et al. 2021: the richer gain (R2); size fitted to the signs of the trial";
        /// Mean age of household heads at home.
        head_age: f64 = 51.0, Years, Range::Between(20.0, 80.0),
            "assumed: rural heads, young people being away";
        /// Spread of the age of heads (standard deviation).
        head_age_spread: f64 = 12.0, Years, Range::Between(1.0, 30.0), "assumed";
        /// Age from which a head of household no longer counts as young.
        @structure middle_age: f64 = 40.0, Years, Range::Between(20.0, 60.0), "assumed";
        /// Age from which a head of household counts as old.
        @structure old_age: f64 = 60.0, Years, Range::Between(40.0, 90.0), "assumed";
        /// Chance in a year that a household whose head has just become old passes to the next generation.
        succession: f64 = 0.03, Probability, Range::Between(0.0, 1.0),
            "assumed: deaths, and heads who hand over";
        /// Years of the head's age that double that chance.
        @structure succession_doubling: f64 = 8.0, Years, Range::Between(1.0, 100.0),
            "mortality doubles about every eight years of age (Gompertz; M)";
        /// Mean age of the head of a household that begins.
        heir_age: f64 = 32.0, Years, Range::Between(16.0, 60.0), "assumed";
        /// Spread of that age (standard deviation).
        @structure heir_age_spread: f64 = 5.0, Years, Range::Between(0.0, 20.0), "assumed";
        /// Youngest head of household.
        @structure head_age_least: f64 = 20.0, Years, Range::Between(15.0, 40.0), "assumed";
        /// Oldest head of household.
        @structure head_age_most: f64 = 90.0, Years, Range::Between(60.0, 110.0), "assumed";
        /// Spread of the number of members among the households of a village (standard deviation).
        @structure size_spread: f64 = 0.9, Persons, Range::Between(0.0, 5.0), "assumed";
        /// Largest household.
        @structure size_most: f64 = 12.0, Persons, Range::Between(2.0, 30.0), "assumed";
        /// Most workers that a household sends away.
        @structure migrants_most: u32 = 4, Persons, Range::Between(0.0, 20.0), "assumed";
        /// How much earlier a household with a young head gets a smartphone, as a share of all households.
        @structure phone_lead_young: f64 = 0.18, Share, Range::Between(0.0, 1.0),
            "assumed: CNNIC users by age (M)";
        /// How much later a household with an old head gets a smartphone, as a share of all households.
        @structure phone_lag_old: f64 = 0.22, Share, Range::Between(0.0, 1.0),
            "assumed: CNNIC users by age (M)";
        /// How much earlier households get smartphones where incomes are twice the national mean, as a share
        /// of all households.
        @structure phone_lead_income: f64 = 0.12, Share, Range::Between(0.0, 1.0), "assumed";
        /// Part of a skilled partner's persuasion that remains without any ordering skill.
        @structure persuasion_unskilled: f64 = 0.3, Share, Range::Between(0.0, 1.0), "assumed";
        /// How readily the least receptive households hear of online buying, over the most receptive.
        @structure hearing_least: f64 = 0.4, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Visits by the partner that a household receives in a year, at most.
        @structure visits_most: f64 = 12.0, Visits / Year, Range::Between(0.0, 365.0), "assumed";
        /// Skill with a smartphone of households with a young head, 0 to 1.
        @structure skill_young: f64 = 0.85, Pure, Range::Between(0.0, 1.0),
            "assumed; facts: shop_owner_mean_age_2011 28";
        /// Skill with a smartphone of households with a head of middle age, 0 to 1.
        @structure skill_middle: f64 = 0.55, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Skill with a smartphone of households with an old head, 0 to 1.
        @structure skill_old: f64 = 0.20, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Working time that the wage of a month pays for.
        @structure working_hours: f64 = 234.0, Hours / Month, Range::Between(40.0, 400.0),
            "assumed: 26 days of 9 hours";
        /// Trips made to fetch a parcel from the township, over trips that would be made for it alone; the
        /// rest is fetched on other errands.
        @structure pickup_trips: f64 = 0.5, Share, Range::Between(0.0, 1.0), "assumed";
        /// Weight of the newest parcel in a village's usual delivery time.
        @structure delivery_memory: f64 = 0.03, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Delivery time of self-service orders that households expect before the first parcel.
        @structure first_delivery: f64 = 5.0, Days, Range::Between(0.1, 60.0),
            "assumed; facts: delivery_days_2014 3 at the counter";
        /// Fall of the retail cost of living from which a household counts as better off.
        @structure better_off: f64 = 0.005, Share, Range::Between(0.0, 0.5), "definition";
        /// How much later households get smartphones for each unit of a county's hardship, as a share of all
        /// households.
        @structure phone_lag_hardship: f64 = 0.03, Share, Range::Between(0.0, 1.0), "assumed";
        /// How much earlier they get them at most where there is little hardship.
        @structure phone_lead_most: f64 = 0.1, Share, Range::Between(0.0, 1.0), "assumed";
        /// How much later they get them at most where there is much.
        @structure phone_lag_most: f64 = 0.15, Share, Range::Between(0.0, 1.0), "assumed";
        /// Income over the national mean, less 1, below which smartphones come no later.
        @structure phone_income_least: f64 = -0.6, Ratio, Range::Between(-1.0, 0.0), "assumed";
        /// Income over the national mean, less 1, above which smartphones come no earlier.
        @structure phone_income_most: f64 = 1.5, Ratio, Range::Between(0.0, 10.0), "assumed";
        /// Trust in online buying that households begin with, and begin again with after a lapse.
        @structure trust_first: f64 = 0.5, Share, Range::Between(0.0, 1.0),
            "assumed: neither for nor against";
        /// Years from the middle of 2014 for which online variety and fit grow.
        @structure variety_years: f64 = 6.0, Years, Range::Between(0.0, 100.0),
            "assumed: until the middle of 2020";
        /// Good parcels in a year that buyers are taken to have had in the years before the run.
        @structure earlier_orders: f64 = 6.0, Orders / Year, Range::Between(0.0, 1000.0),
            "fitted: buyers of 2014 in runs that begin in 2010 and in 2014";
        /// Year from whose beginning on households with the internet could hear of buying online; a run
        /// begins with what has come of the years since.
        @structure buying_since: u32 = 2004, YearOfCalendar, Range::Between(2000.0, 2100.0),
            "assumed: Taobao opened in May 2003";
    }
}
