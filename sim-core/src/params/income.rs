//! Incomes, migration and poverty.

use super::choices::Schedule;
use super::home::OfHome;
use super::parameters;
use super::value::Range;

parameters! {
    /// Incomes by source, migration and poverty.
    "income" IncomeParameters {
        /// Rural disposable income per head, national mean.
        rural_income: Schedule = OfHome("income.rural_income"), Yuan / Head / Year,
            Range::Between(1.0, 1.0e7), "facts: rural_income_per_head from 2013, NBS growth rates before (M)";
        /// Consumption in disposable income.
        consumption_share: f64 = 0.80, Share, Range::Between(0.01, 2.0),
            "facts: rural_consumption_per_head over rural_income_per_head";
        /// Farming and small business in income, at national mean.
        farm_share: f64 = 0.42, Share, Range::Between(0.0, 1.0), "NBS 2014: net business income 40 % (M)";
        /// What the keeper of a village shop earns on its sales; where nothing is bought online, all of it
        /// together is a part of income from farming and small business.
        village_shop_margin: f64 = 0.15, ShareOfSales, Range::Between(0.0, 1.0),
            "M-low: village shops 10 to 20 % (cigarettes 8-12, drinks 15-25, sundries 20-35)";
        /// Households of mean income for each village shop with a counter, where nothing is bought online.
        village_shop_customers: f64 = 100.0, Households / Shop, Range::Between(1.0, 10_000.0), "assumed";
        /// Sales of each village shop over the usual, above which one more opens.
        village_shop_opening: f64 = 1.3, Ratio, Range::Between(1.0, 10.0), "assumed";
        /// Sales of each over the usual, below which one closes.
        village_shop_closing: f64 = 0.6, Ratio, Range::Between(0.0, 1.0),
            "assumed: keepers hang on while it is a sideline";
        /// Weight of the newest month in what is usually spent in village shops.
        @structure village_shop_memory: f64 = 0.1, Pure, Range::Between(0.0, 1.0), "assumed: about a year";
        /// Wages earned near home in income.
        wage_share: f64 = 0.26, Share, Range::Between(0.0, 1.0),
            "NBS 2014: wages 40 %, of which about two thirds local (M)";
        /// Members of working age, those away among them.
        working_share: f64 = 0.70, Share, Range::Between(0.1, 1.0),
            "census of 2010: rural people of 15 to 64 years (M)";
        /// Share of labour in the farm's product: what the farm loses with working time.
        farm_labour: f64 = 0.40, Share, Range::Between(0.0, 1.0),
            "cost surveys of grain, 2012-2016: labour about two fifths of cost (M)";
        /// Spread of income per head among the households of a village (standard deviation of the logarithm).
        household_spread: f64 = 0.80, Log, Range::Between(0.0, 2.0),
            "fitted: rural poor in 2012, national Gini 0.38 (M)";
        /// Persons in an average rural household, as registered.
        household_size: f64 = 3.6, Persons, Range::Between(1.0, 15.0),
            "M: registered households, migrants included";
        /// Workers a household sends away on average.
        migrants_per_household: f64 = 0.75, Persons, Range::Between(0.0, 5.0),
            "NBS 2014: 168 million migrant workers (M) over 230 million households (facts)";
        /// Migrant wage, national mean.
        migrant_wage: Schedule = OfHome("income.migrant_wage"), Yuan / Month, Range::Between(1.0, 1.0e6),
            "facts: migrant_wage 2016; NBS other years (M)";
        /// Part of a migrant's wage sent home.
        remittance: f64 = 0.30, Share, Range::Between(0.0, 1.0), "assumed";
        /// Hazard that a migrant comes home for good at Spring Festival, whatever happens there.
        homecoming: f64 = 0.05, Rate / Year, Range::Between(0.0, 1.0), "assumed";
        /// Further chance of coming home when shops at home offer a job.
        homecoming_for_work: f64 = 0.5, ProbabilityPerOpenJob, Range::Between(0.0, 1.0), "assumed";
        /// Hazard that a worker at home leaves for the city at Spring Festival.
        departure: f64 = 0.035, Rate / Year, Range::Between(0.0, 1.0), "assumed: balances homecoming";
        /// Poverty line at current prices.
        poverty_line: Schedule = OfHome("income.poverty_line"), Yuan / Head / Year,
            Range::Between(0.0, 1.0e6),
            "facts: poverty_line 2300 at 2010 prices; other years M";
        /// Yearly rise of the incomes of the poorest over the mean, through transfers and targeted relief,
        /// from 2013.
        relief: f64 = 0.06, Rate / Year, Range::Between(0.0, 1.0),
            "fitted: rural poor 2012-2014 (facts); the relief campaign is exogenous here";
        /// Income over the mean below which relief lifts a household.
        @structure relief_below: f64 = 0.6, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Least adults at home for each member, usually.
        @structure working_least: f64 = 0.1, Share, Range::Between(0.01, 1.0), "assumed";
        /// Least part of migration to the city that remains where all households work in shops.
        @structure departure_least: f64 = 0.1, Share, Range::Between(0.0, 1.0), "assumed";
        /// Rise of migrants per household where incomes are nought, over the national mean.
        @structure migrants_poor: f64 = 1.3, Ratio, Range::Between(0.0, 5.0),
            "assumed: 1.3 less 0.35 at the mean, migrants being more where incomes are lower";
        /// Fall of that with incomes, for an income of the national mean.
        @structure migrants_income: f64 = 0.35, Ratio, Range::Between(0.0, 5.0), "assumed";
        /// Fewest migrants per household of a county, over the national mean.
        @structure migrants_fewest: f64 = 0.4, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Most migrants per household of a county, over the national mean.
        @structure migrants_most: f64 = 1.5, Ratio, Range::Between(1.0, 10.0), "assumed";
        /// Persons in a rural household of the census, against whom the households of a county are held.
        @structure census_household_size: f64 = 2.75, Persons, Range::Between(1.0, 15.0),
            "census of 2010 (M): residents, migrants aside";
        /// Smallest mean household of a county, over the national mean.
        @structure household_size_fewest: f64 = 0.7, Ratio, Range::Between(0.1, 1.0), "assumed";
        /// Largest mean household of a county, over the national mean.
        @structure household_size_most: f64 = 1.4, Ratio, Range::Between(1.0, 5.0), "assumed";
        /// Year with which that rise of the incomes of the poorest begins.
        @structure relief_start: f64 = 2013.0, YearOfCalendar, Range::Between(2000.0, 2100.0),
            "facts: targeted relief began in 2013";
        /// Years for which it goes on.
        @structure relief_years: f64 = 8.0, Years, Range::Between(0.0, 100.0),
            "facts: the campaign ended with 2020";
    }
}
