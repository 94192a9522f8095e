//! National demand for what villages sell, and the rest of the country's competition.

use super::choices::Schedule;
use super::home::OfHome;
use super::parameters;
use super::value::Range;

parameters! {
    /// National product markets, in which village shops are a small but growing part.
    "market" MarketParameters {
        /// Online retail sales of physical goods in the country.
        online_retail: Schedule = OfHome("market.online_retail"), BillionYuan / Year, Range::Between(0.0,
            1.0e6), "NBS from 2015, total scaled before (M)";
        /// Share of that in the twelve trades that villages take part in.
        addressable: f64 = 0.20, Share, Range::Between(0.0, 1.0),
            "fitted: Taobao villages 2013-2016; what small makers compete for, without brands and large \
            retailers";
        /// Share of furniture in those trades.
        furniture: f64 = 0.10, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of clothing in those trades.
        clothing: f64 = 0.27, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of costumes in those trades.
        costumes: f64 = 0.010, Share, Range::Between(0.0, 1.0),
            "D: Daiji's 1.8 billion was most of a 70 % market share in 2016 (facts)";
        /// Share of textiles in those trades.
        textiles: f64 = 0.12, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of general goods in those trades.
        general_goods: f64 = 0.20, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of crafts in those trades.
        crafts: f64 = 0.03, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of toys, sports and stationery in those trades.
        toys: f64 = 0.07, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of bags, leather and hardware in those trades.
        hardware: f64 = 0.09, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of fresh produce in those trades.
        fresh_produce: f64 = 0.03, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of tea, nuts and dry foods in those trades.
        dry_foods: f64 = 0.04, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of flowers, seedlings and pets in those trades.
        plants: f64 = 0.015, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of processed foods in those trades.
        processed_foods: f64 = 0.025, Share, Range::Between(0.0, 1.0), "assumed";
        /// Sales a month of an ordinary shop (attraction 1) against the rest of the country, in 2014.
        ordinary_sales: f64 = 4_000.0, Yuan / Month, Range::Between(1.0, 1.0e7),
            "fitted: Taobao villages 2013-2016";
        /// Growth of the rest of the country's sellers over that of demand; 1 keeps an ordinary shop's sales
        /// flat.
        rival_growth: f64 = 0.40, Pure, Range::Between(0.0, 3.0), "fitted: Taobao villages 2013-2016";
        /// Village shops elsewhere that compete with those of a run of less than a fifth of the country,
        /// over those of a run of the whole country.
        elsewhere: f64 = 1.0, Ratio, Range::Between(0.0, 100.0),
            "regions/china/village_sellers.csv: a run of nation_2009; vary for other worlds";
        /// Swing of monthly sales through the year for farm produce.
        harvest_swing: f64 = 0.8, Share, Range::Between(0.0, 1.0), "assumed";
        /// Loss of fresh produce on the way, per day.
        perishing: f64 = 0.05, Rate / Day, Range::Between(0.0, 1.0), "assumed";
        /// Demand for other than farm produce in November, over the yearly mean.
        @structure season_november: f64 = 1.35, Ratio, Range::Between(0.0, 10.0),
            "NBS monthly online retail, shape (M)";
        /// The same in December.
        @structure season_december: f64 = 1.12, Ratio, Range::Between(0.0, 10.0),
            "NBS monthly online retail, shape (M)";
        /// The same in February.
        @structure season_february: f64 = 0.75, Ratio, Range::Between(0.0, 10.0),
            "NBS monthly online retail, shape (M)";
        /// The same in the other nine months.
        @structure season_ordinary: f64 = 0.978, Ratio, Range::Between(0.0, 10.0),
            "what is left of a yearly mean of 1";
        /// Time of the year at which the harvest peaks, in months: 1 is January.
        @structure harvest_peak: f64 = 9.5, MonthOfYear, Range::Between(1.0, 13.0),
            "assumed: September and October";
    }
}
