//! What happens whatever anyone in the model does.

use super::choices::{Schedule, Shock};
use super::home::OfHome;
use super::parameters;
use super::value::Range;
use super::year_day::YearDay;

parameters! {
    /// Exogenous series, seasons and misfortunes.
    "world" WorldParameters {
        /// Rural people using the internet.
        internet: Schedule = OfHome("world.internet"), PercentOfRuralPeople,
            Range::Between(0.0, 100.0), "facts: rural_internet_penetration (2011: CNNIC, M)";
        /// Internet users able to shop with a smartphone.
        smartphone: Schedule = OfHome("world.smartphone"), ShareOfInternetUsers, Range::Between(0.0, 1.0),
            "CNNIC mobile users, shape (M)";
        /// Villages that a fixed line reaches, at dates.
        @structure broadband: Schedule = OfHome("world.broadband"), ShareOfVillages,
            Range::Between(0.0, 1.0), "agricultural census of 2016: 89.9 % (M); other years judgement";
        /// Villages with a hardened road, at dates.
        @structure paved: Schedule = OfHome("world.paved"), ShareOfVillages, Range::Between(0.0, 1.0),
            "transport ministry's yearly reports; agricultural census of 2016: 96.6 % (M)";
        /// Days on which the rush of a shopping festival begins.
        festivals: Vec<YearDay> = OfHome("world.festivals"), List, Range::Any,
            "the shopping festival of 11 November";
        /// Days around which sorting and driving rest; with the first of a year migrants come home and leave.
        pauses: Vec<YearDay> = OfHome("world.pauses"), List, Range::Any,
            "Chinese New Year's Day, public calendar";
        /// Money of the region for what one yuan of 2014 buys: every default in money is multiplied by it.
        /// The region says it; a scenario cannot.
        @structure price_level: f64 = 1.0, Ratio, Range::Between(0.01, 20_000.0),
            "the region's file; 1 in China";
        /// Orders in the days of a shopping festival against ordinary days.
        festival_strength: f64 = 3.0, Ratio, Range::Between(0.0, 100.0), "assumed";
        /// Length of the shopping festival's rush.
        festival_days: u32 = 5, Days, Range::Between(0.0, 60.0), "assumed";
        /// Days of a pause, on which nothing is sorted or driven.
        pause_days: u32 = 7, Days, Range::Between(0.0, 60.0), "assumed";
        /// Misfortunes: closed roads, strikes, slumps.
        @lever shocks: Vec<Shock> = [], List, Range::Any, "lever";
        /// Rate of orders while sorting and driving rest, over that of the month.
        @structure pause_orders: f64 = 0.4, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Days before its day on which a pause begins.
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
