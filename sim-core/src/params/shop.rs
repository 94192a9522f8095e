//! Shops: households that sell online.

use super::parameters;
use super::value::Range;
use crate::base::Date;

/// Distance to a port over which nearness to it halves, for an elasticity of 1 \[km\]: the unit of
/// `suppliers_port`.
pub(crate) const PORT_KM: f64 = 50.0;

parameters! {
    /// Entry, copying, growth and failure of village shops.
    "shop" ShopParameters {
        /// Since when selling is simulated: a run that begins later begins with the shops of these years. A
        /// date after the run's start means a beginning without shops.
        history: Date = "2009-01-01", Date, Range::Any,
            "assumed: the first three Taobao villages were counted in 2009 (facts)";
        /// Hazard that an ordinary household opens a shop unprompted.
        entry: f64 = 0.00035, Rate / HouseholdYear, Range::Between(0.0, 1.0),
            "fitted: Taobao villages 2013-2016; below 1.9 % who had ever sold online in 2011 (facts), most \
            of them without a shop";
        /// Contacts per year in which a household may copy a successful shop it knows.
        copying: f64 = 4.5, Rate / Year, Range::Between(0.0, 50.0),
            "fitted: Taobao villages 2013-2016, within_village_imitation_rate 0.7-1.8 net of exits and of \
            those already selling (facts)";
        /// Share of a household's ties that lie inside its village.
        ties_inside: f64 = 0.85, Share, Range::Between(0.0, 1.0),
            "facts: ties_inside_hamlet 9 of 25, weighed by closeness; assumed";
        /// Share of a household's ties outside its village that lie beyond its town, in the county.
        ties_beyond: f64 = 0.15, Share, Range::Between(0.0, 1.0),
            "fitted: of new Taobao villages in counties that had one, four to six in ten lie in a town \
            without (taobao_by_county, counted from the lists of 2014-2016)";
        /// Pull of successful shops per village elsewhere at which it makes half as many copiers as it would
        /// without end.
        impression_most: f64 = 1.5, Shops / Village, Range::Between(0.01, 10_000.0),
            "fitted: Taobao villages by county 2014-2016; growth within a town halves as it fills (counted \
            from the lists)";
        /// Profit over the outside wage at which a shop is worth copying.
        success_ratio: f64 = 0.7, Ratio, Range::Between(0.0, 10.0), "assumed";
        /// Profit over the outside wage beyond which success impresses no more.
        success_limit: f64 = 2.5, Ratio, Range::Between(0.1, 50.0), "assumed";
        /// How much likelier a household with a worker back from the city opens a shop.
        city_experience: f64 = 4.0, Ratio, Range::Between(1.0, 100.0),
            "facts: shop_owner_mean_age_2011 28, high school; size assumed";
        /// How steeply founders rise with rural industry of 1998, per head of the province: elasticity.
        suppliers_rural_industry: f64 = 2.0, Pure, Range::Between(0.0, 4.0),
            "fitted: Taobao villages by county 2014-2016 (own regressions: 3 to 4 alone, 1.5 to 2 with \
            exports)";
        /// How steeply they rise with exports of 2008 per head of the province: elasticity.
        suppliers_exports: f64 = 0.4, Pure, Range::Between(0.0, 4.0),
            "fitted: Taobao villages by county 2014-2016";
        /// How they rise with clusters and wholesale markets in the county: elasticity to 1 + their number.
        suppliers_own: f64 = 1.0, Pure, Range::Between(0.0, 4.0),
            "fitted: Taobao villages by county 2014-2016; lists from memory, an upper bound";
        /// How they rise with clusters of counties within some 50 km: elasticity to 1 + their weighted
        /// number.
        suppliers_near: f64 = 0.5, Pure, Range::Between(0.0, 4.0),
            "fitted: Taobao villages by county 2014-2016";
        /// How they rise with the people of cities nearby: elasticity to market potential.
        suppliers_market: f64 = 0.3, Pure, Range::Between(0.0, 4.0),
            "fitted: Taobao villages by county 2014-2016";
        /// How they fall with the distance to a great sea port: elasticity to 1 + km / 50.
        suppliers_port: f64 = 0.5, Pure, Range::Between(0.0, 4.0),
            "fitted: Taobao villages by county 2014-2016";
        /// Founders in the four municipalities over those elsewhere, other things equal: wages are high, land
        /// dear, farm villages gone.
        suppliers_municipality: f64 = 0.22, Ratio, Range::Between(0.0, 1.0),
            "fitted: Taobao villages by county 2014-2016; no mechanism stands behind it yet";
        /// Suppliers, over the mean of the country's villages, beyond which more of them help no more.
        suppliers_most: f64 = 5.0, Ratio, Range::Between(0.1, 10_000.0),
            "fitted: Taobao villages by county 2014-2016 (given a county has any, their number rises by 0.25 \
            per log of rural industry)";
        /// How the quality of new shops rises with suppliers: elasticity.
        suppliers_quality: f64 = 0.1, Pure, Range::Between(0.0, 2.0), "assumed";
        /// How much a craft in the village raises entry, at strength 1.
        craft_effect: f64 = 2.5, Ratio, Range::Between(0.0, 100.0), "assumed";
        /// Gain in entry while a partner of full skill helps.
        partner_effect: f64 = 0.5, Share, Range::Between(0.0, 20.0),
            "assumed; selling income did not move on average within a year (docs/odd.md, P6)";
        /// Share of households able to run a shop at all: schooling, age, broadband.
        able_share: f64 = 0.8, Share, Range::Between(0.0, 1.0),
            "facts: a third or more of households, up to 90 %, in villages that took off";
        /// Spread of shops' talent (standard deviation of the logarithm).
        talent_spread: f64 = 0.7, Log, Range::Between(0.0, 3.0),
            "fitted: Taobao villages by county 2014-2016, counties with any";
        /// Quality that a county's industrial base of 1 gives its shops, as an exponent.
        industry_exponent: f64 = 0.25, Pure, Range::Between(0.0, 3.0),
            "fitted: Taobao villages by county 2014-2016, the largest county";
        /// Gain in quality from a village craft, at strength 1.
        craft_quality: f64 = 0.8, Share, Range::Between(0.0, 10.0), "assumed";
        /// Gain in attraction when the shops of one trade in a village double (cluster: suppliers, couriers,
        /// skills).
        cluster_exponent: f64 = 0.195, Pure, Range::Between(0.0, 2.0),
            "fitted: Taobao villages 2013-2016; above the 0.03-0.15 of agglomeration studies, which are of \
            whole cities";
        /// Loss when they double, as neighbours sell the same.
        crowding_exponent: f64 = 0.05, Pure, Range::Between(0.0, 2.0), "assumed";
        /// Speed at which reputation approaches a shop's quality.
        reputation_speed: f64 = 0.15, Rate / Month, Range::Between(0.0, 1.0), "assumed";
        /// Sales a home shop can handle without hired workers.
        home_capacity: f64 = 6_000.0, Yuan / Month, Range::Between(100.0, 1.0e7),
            "fitted: jobs per shop (facts: shop_jobs_rural 2.4-2.9)";
        /// Sales one hired worker adds.
        worker_capacity: f64 = 27_000.0, Yuan / Month, Range::Between(100.0, 1.0e7),
            "fitted: jobs per shop (facts: shop_jobs_taobao_village 4.0)";
        /// Workers with whom a home shop becomes a workshop.
        workshop_workers: u32 = 2, Workers, Range::Between(1.0, 1000.0), "assumed";
        /// Workers with whom a workshop becomes a factory.
        factory_workers: u32 = 15, Workers, Range::Between(2.0, 10_000.0), "assumed";
        /// Investment in turning a home shop into a workshop.
        workshop_cost: f64 = 20_000.0, Yuan, Range::Between(0.0, 1.0e7),
            "facts: workshop_cost 50,000 to 200,000 with ten machines (M-low): the low end, less machines";
        /// Investment in turning a workshop into a factory.
        factory_cost: f64 = 1_000_000.0, Yuan, Range::Between(0.0, 1.0e8),
            "assumed within 1 to 5 million (facts: factory_cost, M-low)";
        /// Machine for a hand in a workshop or factory.
        machine_cost: f64 = 3_000.0, Yuan, Range::Between(0.0, 1.0e7),
            "assumed within 2,000-4,000 (facts: sewing_machine, M-low)";
        /// The same in furniture: a line for cutting, edging and drilling, over its hands.
        furniture_machine_cost: f64 = 20_000.0, Yuan, Range::Between(0.0, 1.0e7),
            "assumed: 200,000 yuan for ten hands, within furniture_line 100,000-500,000 (facts, M-low)";
        /// Rent of a room of a home shop, where rooms are not scarce.
        rent_home: f64 = 150.0, Yuan / Month, Range::Between(0.0, 1.0e6), "assumed: 30 m2 at 5 yuan";
        /// Rent of a workshop.
        rent_workshop: f64 = 1_000.0, Yuan / Month, Range::Between(0.0, 1.0e6),
            "assumed: a yard of 200 m2 at 5 yuan";
        /// Rent of a factory's hall.
        rent_factory: f64 = 8_000.0, Yuan / Month, Range::Between(0.0, 1.0e7),
            "assumed: a hall of 1,000 m2 at 8 yuan";
        /// Rise of rents in a village when workshops take rooms of a tenth more of its households.
        rent_tightness: f64 = 0.1, SharePerTenPercentEmployed, Range::Between(0.0, 5.0), "assumed";
        /// Age up to which rent support reaches a home shop.
        @structure rent_young: u32 = 24, Months, Range::Between(0.0, 600.0), "assumed: incubators' two years";
        /// Rooms of a factory, over those of a workshop.
        @structure factory_rooms: f64 = 8.0, Ratio, Range::Between(0.0, 1000.0), "assumed: as rents are";
        /// Part of their free capacity in which shops make goods for others of the village and trade.
        cooperation: f64 = 0.5, Share, Range::Between(0.0, 1.0),
            "assumed: kin and neighbours who know each other's goods";
        /// What they are paid for it, over the price that buyers pay.
        cooperation_price: f64 = 0.75, ShareOfSales, Range::Between(0.0, 1.0),
            "D: material 0.50-0.65 and labour 0.15-0.30 of sales (facts: *_share_workshop, M-low)";
        /// Random growth of a shop's quality (standard deviation of the logarithm in a year).
        quality_spread: f64 = 0.25, Log, Range::Between(0.0, 2.0),
            "assumed within 0.2-0.4: yearly growth of small firms (M)";
        /// Demand over capacity that moves a shop to grow.
        growth_pressure: f64 = 1.05, Ratio, Range::Between(1.0, 10.0), "assumed";
        /// Months of that pressure before it acts.
        growth_months: u32 = 2, Months, Range::Between(1.0, 60.0), "assumed";
        /// Money a new shop starts with.
        start_cash: f64 = 6_000.0, Yuan, Range::Between(0.0, 1.0e7), "assumed";
        /// Cost of goods and materials in sales.
        input_share: f64 = 0.55, ShareOfSales, Range::Between(0.0, 1.0),
            "assumed: makers rather than traders";
        /// What shops of farm trades pay farms, over the price that buyers pay; what perishes on the way is
        /// paid for.
        farm_gate_online: f64 = 0.50, ShareOfSales, Range::Between(0.01, 1.0),
            "assumed within 0.40-0.60 (facts: farm_gate_share_online, M-low)";
        /// What traders offline pay farms for the same, over that price.
        farm_gate_offline: f64 = 0.33, ShareOfSales, Range::Between(0.01, 1.0),
            "assumed within 0.25-0.40 (facts: farm_gate_share_wholesale_chain, M-low)";
        /// Packing of farm produce in its sales, carriage aside.
        packing_share: f64 = 0.12, ShareOfSales, Range::Between(0.0, 1.0),
            "assumed within packing_and_courier_share_fresh 0.20-0.35 less carriage (facts, M-low)";
        /// Fixed cost of a home shop: line, listing, packaging, time.
        fixed_cost: f64 = 550.0, Yuan / Month, Range::Between(0.0, 1.0e6), "assumed";
        /// Mean value of a parcel that a shop sends.
        parcel_value: f64 = 85.0, Yuan / Parcel, Range::Between(1.0, 100_000.0),
            "assumed; facts: parcel_value_2018 58 over all";
        /// Wage of a hired worker, over the local farm wage's yardstick, the migrant wage.
        wage_share: f64 = 0.75, ShareOfMigrantWage, Range::Between(0.0, 3.0),
            "assumed: at home for less";
        /// Rise of that wage when a tenth more of a village's households work in its shops.
        wage_tightness: f64 = 0.02, SharePerTenPercentEmployed, Range::Between(0.0, 5.0),
            "assumed: workers come from the township too";
        /// Working time that a shop takes of each member of the family who works in it, without any sales.
        owner_time_least: f64 = 0.1, Share, Range::Between(0.0, 1.0),
            "assumed: listing and answering; full time at what the family can handle";
        /// Part of a village's free working time in which hands work for its own shops at most; more hands
        /// come from the county's other villages.
        hands_inside: f64 = 0.5, Share, Range::Between(0.0, 0.9),
            "assumed; in villages that took off hands come from neighbouring ones: jobs exceed their adults";
        /// Months in which a shop with profits under its outside option hangs on.
        patience: u32 = 9, Months, Range::Between(0.0, 120.0), "assumed";
        /// Hazard of closing once patience is lost.
        closing: f64 = 0.12, Rate / Month, Range::Between(0.0, 1.0), "assumed";
        /// Profit over the outside wage below which a shop is a disappointment.
        disappointment: f64 = 0.30, Ratio, Range::Between(0.0, 5.0),
            "assumed: most small sellers keep it as a sideline";
        /// Random spread of a shop's monthly demand (standard deviation of the logarithm).
        demand_spread: f64 = 0.30, Log, Range::Between(0.0, 3.0), "assumed";
        /// Quality above which a shop may begin to export.
        export_quality: f64 = 2.2, Pure, Range::Between(0.0, 100.0), "assumed";
        /// Hazard of beginning to export, above that quality.
        export_start: f64 = 0.01, Rate / Month, Range::Between(0.0, 1.0), "assumed";
        /// Sales abroad over sales at home of an exporter.
        export_share: f64 = 0.35, Share, Range::Between(0.0, 10.0), "assumed";
        /// Growth of quality in a profitable shop that invests.
        quality_growth: f64 = 0.04, Rate / Year, Range::Between(0.0, 1.0), "assumed";
        /// Chance that a copier takes the trade of the shop it copies.
        same_trade: f64 = 0.93, Probability, Range::Between(0.0, 1.0),
            "docs/odd.md, P8: one product per village";
        /// Credit a bank grants, over three months of sales; 0 for none.
        bank_credit: f64 = 0.3, Share, Range::Between(0.0, 10.0), "assumed";
        /// Interest on bank credit.
        interest: f64 = 0.095, Rate / Year, Range::Between(0.0, 1.0),
            "assumed within 0.08-0.11 (facts: interest_rural_cooperative, M)";
        /// Credit that the programme's platform grants its sellers, over a month's sales; 0 for none.
        platform_credit: f64 = 0.5, Months, Range::Between(0.0, 36.0), "assumed: loans on orders";
        /// Since when it does.
        platform_credit_start: Date = "2010-06-01", Date, Range::Any, "M: Alibaba's small loans to sellers";
        /// Interest on it.
        platform_interest: f64 = 0.125, Rate / Year, Range::Between(0.0, 1.0),
            "assumed within 0.10-0.15 (facts: interest_mybank, M-low)";
        /// Sales in twelve months that a Taobao village must reach.
        rule_sales: f64 = 10.0, MillionYuan / Year, Range::Between(0.0, 10_000.0),
            "facts: taobao_village_rule";
        /// Active shops that a Taobao village must have.
        rule_shops: u32 = 100, Shops, Range::Between(1.0, 100_000.0), "facts: taobao_village_rule";
        /// Share of households selling that serves instead.
        rule_share: f64 = 0.10, Share, Range::Between(0.0, 1.0), "facts: taobao_village_rule";
        /// Taobao villages that make their township a Taobao town.
        rule_town_villages: u32 = 3, Villages, Range::Between(1.0, 100.0), "facts: taobao_towns";
        /// Least industrial base that counts for quality.
        @structure industry_least: f64 = 0.05, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Reputation of a new shop, over its quality.
        @structure first_reputation: f64 = 0.3, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Weight of the county's other shops of the trade in the cluster, over those of the village.
        @structure county_cluster: f64 = 0.05, Ratio, Range::Between(0.0, 1.0),
            "fitted: Taobao villages by county 2014-2016, the largest county";
        /// Profit over the outside wage from which a second member of the family joins.
        @structure second_worker: f64 = 0.05, Ratio, Range::Between(0.0, 10.0), "assumed";
        /// Part of a profit up to the outside wage that the family lives on.
        @structure drawings_modest: f64 = 0.8, Share, Range::Between(0.0, 1.0), "assumed";
        /// Part of the profit above that which the family takes home.
        @structure drawings_further: f64 = 0.5, Share, Range::Between(0.0, 1.0), "assumed";
        /// Part of its debt that a shop repays.
        @structure repayment: f64 = 0.08, Rate / Month, Range::Between(0.0, 1.0), "assumed: a year";
        /// Part of a worker's capacity that must be asked for before a shop hires one.
        @structure hiring_threshold: f64 = 0.5, Share, Range::Between(0.0, 1.0), "assumed";
        /// Months of sales for which a bank grants credit.
        @structure credit_months: f64 = 3.0, Months, Range::Between(0.0, 36.0),
            "assumed: the unit of bank_credit";
        /// Weight of the newest month in a shop's success.
        @structure success_weight: f64 = 0.2, Pure, Range::Between(0.0, 1.0), "assumed";
        /// Months without cash after which a shop closes.
        @structure broke_months: u32 = 6, Months, Range::Between(1.0, 60.0), "assumed";
        /// Age from which a shop is copied.
        @structure imitated_from: u32 = 3, Months, Range::Between(0.0, 60.0), "assumed";
        /// Days for which fresh produce is on the way.
        @structure perishing_days: f64 = 2.0, Days, Range::Between(0.0, 30.0), "assumed";
        /// Part of a farm's product that online shops can buy in a month.
        @structure produce_most: f64 = 0.5, Share, Range::Between(0.0, 0.5),
            "assumed: the rest is eaten at home, or not fit to send";
        /// Readiness to open a shop without broadband, over that with it.
        @structure access_without_line: f64 = 0.08, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Readiness to open a shop where couriers come to the township only, over that where they come to
        /// the village.
        @structure access_town: f64 = 0.7, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Readiness to open a shop where couriers come to the county seat only, over that where they come
        /// to the village.
        @structure access_seat: f64 = 0.3, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Share of rural people using the internet at which readiness to open a shop is 1.
        @structure access_internet: f64 = 30.0, PercentOfRuralPeople, Range::Between(1.0, 100.0),
            "assumed: about that of 2014";
        /// Weight of a village craft in the choice of a trade, at strength 1, against the square of the
        /// county's industry.
        @structure trade_craft: f64 = 4.0, Pure, Range::Between(0.0, 100.0), "assumed";
        /// Weight that every trade has in that choice.
        @structure trade_least: f64 = 0.05, Pure, Range::Between(0.0, 10.0), "assumed";
        /// Weight of a cluster or wholesale market of a trade that old lists name in the county, in that
        /// choice, against 1 for an average trade of the country.
        @structure trade_clusters: f64 = 15.0, Pure, Range::Between(0.0, 1000.0),
            "fitted: 40 % of the Taobao villages of 2014 have the very trade of such a list (lower bound), \
            83 % lie in a county that one names";
        /// Industrial base that such a cluster gives its trade, 1 being the mean of counties.
        @structure cluster_industry: f64 = 3.0, Pure, Range::Between(0.0, 100.0),
            "assumed: what deep specialisation begins with";
        /// Workers of working age in each household that a village's shops can hire, the township's included.
        @structure labour_per_household: u32 = 2, Workers / Household, Range::Between(0.0, 10.0),
            "assumed: villagers, and as many again from the township";
        /// Further workers that a village's shops can hire.
        @structure labour_beyond: u32 = 200, Workers, Range::Between(0.0, 100000.0), "assumed";
        /// Part of a shop's workers whose jobs draw migrants home.
        @structure jobs_for_migrants: f64 = 0.3, Share, Range::Between(0.0, 1.0), "assumed";
        /// Hands that a shop may take on in a month, over those that it has; one more always.
        @structure hiring_step: f64 = 0.25, Share, Range::Between(0.0, 10.0), "assumed: hiring takes time";
    }
}
