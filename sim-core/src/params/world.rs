//! What happens whatever anyone in the model does.

use super::choices::{Schedule, Shock};
use super::parameters;
use super::value::Range;

parameters! {
    /// Exogenous series, seasons and misfortunes.
    "world" WorldParameters {
        /// Rural people using the internet.
        internet: Schedule = [("2009-12-31", 15.0), ("2011-12-31", 20.7), ("2013-12-31", 28.1), ("2014-12-31",
            28.8), ("2015-12-31", 31.6), ("2016-12-31", 33.1), ("2017-12-31", 35.4), ("2018-12-31", 38.4),
            ("2020-03-15", 46.2), ("2020-12-31", 55.9), ("2021-12-31", 57.6)], PercentOfRuralPeople,
            Range::Between(0.0, 100.0), "facts: rural_internet_penetration (2011: CNNIC, M)";
        /// Internet users able to shop with a smartphone.
        smartphone: Schedule = [("2009-12-31", 0.05), ("2011-12-31", 0.25), ("2013-12-31", 0.65),
            ("2015-12-31", 0.88), ("2018-12-31", 0.98)], ShareOfInternetUsers, Range::Between(0.0, 1.0),
            "CNNIC mobile users, shape (M)";
        /// Orders in the week of 11 November against an ordinary week.
        festival_strength: f64 = 3.0, Ratio, Range::Between(0.0, 100.0), "assumed";
        /// Length of the shopping festival's rush.
        festival_days: u32 = 5, Days, Range::Between(0.0, 60.0), "assumed";
        /// Days around Spring Festival on which nothing is sorted or driven.
        spring_pause: u32 = 7, Days, Range::Between(0.0, 60.0), "assumed";
        /// Misfortunes: closed roads, strikes, slumps.
        @lever shocks: Vec<Shock> = [], List, Range::Any, "lever";
        /// Rate of orders while sorting and driving rest for Spring Festival, over that of the month.
        @structure pause_orders: f64 = 0.4, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Days before New Year's Day on which that rest begins.
        @structure pause_before: u32 = 2, Days, Range::Between(0.0, 30.0), "assumed";
        /// Orders in January over the yearly mean, festivals aside.
        @structure orders_january: f64 = 1.00, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in February.
        @structure orders_february: f64 = 0.88, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in March.
        @structure orders_march: f64 = 0.99, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in April.
        @structure orders_april: f64 = 0.97, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in May.
        @structure orders_may: f64 = 1.01, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in June.
        @structure orders_june: f64 = 1.05, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in July.
        @structure orders_july: f64 = 0.97, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in August.
        @structure orders_august: f64 = 0.98, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in September.
        @structure orders_september: f64 = 1.02, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in October.
        @structure orders_october: f64 = 1.02, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in November.
        @structure orders_november: f64 = 1.06, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
        /// The same in December.
        @structure orders_december: f64 = 1.05, Ratio, Range::Between(0.0, 10.0),
            "shape of national monthly online retail (M)";
    }
}
