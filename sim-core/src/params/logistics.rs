//! Trunk lines, county hubs, trucks, shelves and couriers.

use super::parameters;
use super::value::Range;

parameters! {
    /// How parcels travel from the merchant to the household.
    "logistics" LogisticsParameters {
        /// Shortest trunk haul from merchant to county hub.
        trunk_min: f64 = 1.0, Days, Range::Between(0.0, 30.0),
            "orders workload: U(1, 3); facts: delivery_days_2014 3";
        /// Longest trunk haul from merchant to county hub.
        trunk_max: f64 = 3.0, Days, Range::Between(0.0, 60.0), "orders workload: U(1, 3)";
        /// Parcels an hour that a county centre can sort.
        sorting_capacity: f64 = 180.0, Parcels / Hour, Range::Between(1.0, 1.0e6),
            "assumed: a small hall with a few sorters";
        /// Volume over capacity beyond which a centre adds sorters.
        sorting_expansion: f64 = 0.7, Share, Range::Between(0.0, 1.0), "assumed";
        /// Hours a day during which parcels are sorted.
        sorting_hours: f64 = 12.0, Hours / Day, Range::Between(1.0, 24.0), "assumed: 06:00 to 18:00";
        /// Parcels a truck can carry on one round.
        truck_capacity: u32 = 600, Parcels, Range::Between(1.0, 100_000.0), "assumed: a small van";
        /// Stations on one truck's round.
        stations_per_route: u32 = 12, Stations, Range::Between(1.0, 200.0),
            "assumed: a 140 km loop in 8-9 hours (facts: courier_parcels_rural_2015)";
        /// Hour of departure from the county hub.
        departure_hour: f64 = 8.0, HourOfDay, Range::Between(0.0, 23.0), "orders workload: 08:00";
        /// Parcels waiting for a route that make a truck go daily.
        daily_volume: f64 = 30.0, Parcels / Day, Range::Between(0.0, 10_000.0),
            "facts: courier_parcels_rural_2015 30";
        /// Longest interval between two rounds of a thin route.
        longest_interval: u32 = 4, Days, Range::Between(1.0, 30.0), "assumed";
        /// Longest wait on the shelf before collection.
        collection_max: f64 = 0.9, Days, Range::Between(0.0, 30.0),
            "orders workload: U(0, 0.5), longer outside villages' centres";
        /// Share of parcels damaged or lost on the way.
        damage: f64 = 0.008, Share, Range::Between(0.0, 1.0), "assumed";
        /// Share of parcels of consumer goods that are returned.
        returns: f64 = 0.05, Share, Range::Between(0.0, 1.0),
            "facts: returns_clothing_2014 10 % of clothing";
        /// Delivery time a buyer accepts without losing trust.
        patience: f64 = 7.7, Days, Range::Between(0.1, 60.0),
            "fitted: parcels per village in 2014, villages with delivery in 2016, online purchases of 2014";
        /// Extra days until a parcel reaches a township by courier.
        courier_town: f64 = 1.0, Days, Range::Between(0.0, 30.0), "assumed";
        /// Extra days from township to a village with delivery.
        courier_village: f64 = 0.6, Days, Range::Between(0.0, 30.0), "assumed";
        /// Days a parcel waits in town or at the county seat for its household's next trip.
        pickup_wait: f64 = 2.5, Days, Range::Between(0.0, 30.0), "assumed";
        /// What a courier earns on carrying a parcel over the last mile.
        courier_fee: f64 = 1.4, Yuan / Parcel, Range::Between(0.0, 100.0),
            "assumed; 3.5 parcels an hour on rural loops (facts)";
        /// What a courier's visit to a village costs, per hour on the road.
        courier_hour_cost: f64 = 20.0, Yuan / Hour, Range::Between(0.0, 1000.0), "assumed: wage and fuel";
        /// Part of the road from the township that a village adds to a courier's loop.
        courier_detour: f64 = 0.30, ShareOfRoundTrip, Range::Between(0.0, 2.0),
            "assumed: loops join villages";
        /// Revenue over cost at which couriers begin to serve a village.
        courier_entry: f64 = 10.0, Ratio, Range::Between(0.0, 20.0),
            "fitted: villages with delivery in 2016 (facts: village_delivery_point_share)";
        /// Revenue over cost at which couriers stop.
        courier_exit: f64 = 0.55, Ratio, Range::Between(0.0, 20.0), "assumed";
        /// Fall of couriers' cost as networks densify.
        courier_learning: f64 = 0.06, Rate / Year, Range::Between(0.0, 0.5), "assumed";
        /// Share of villages delivered to at the start of 2010.
        coverage_2010: f64 = 0.03, Share, Range::Between(0.0, 1.0),
            "assumed; 25 % of villages had a point in 2016 (facts)";
        /// Yearly growth of the share delivered to before the run's start.
        coverage_growth: f64 = 0.25, Rate / Year, Range::Between(0.0, 2.0), "assumed";
        /// Share of villages without delivery that fetch parcels in their township, at the start of 2010.
        pickup_2010: f64 = 0.35, Share, Range::Between(0.0, 1.0),
            "assumed: post offices and agents in townships";
        /// Yearly growth of that share, as couriers open in townships.
        pickup_growth: f64 = 0.12, Rate / Year, Range::Between(0.0, 2.0), "assumed";
        /// Price a shop pays to send a parcel where couriers are dense.
        parcel_price: f64 = 6.0, Yuan / Parcel, Range::Between(0.0, 200.0), "assumed";
        /// Further price where there is no courier in the village.
        parcel_price_remote: f64 = 6.0, Yuan / Parcel, Range::Between(0.0, 200.0), "assumed";
        /// Time of a courier's stop in a village, besides the road.
        @structure courier_stop: f64 = 6.0, Minutes, Range::Between(0.0, 120.0), "assumed";
        /// Cost of a courier's visit at the place readiest for delivery, over the mean place.
        @structure courier_best_place: f64 = 0.7, Ratio, Range::Between(0.0, 2.0), "assumed";
        /// Further cost of that visit at the least ready place.
        @structure courier_place_spread: f64 = 0.6, Ratio, Range::Between(0.0, 5.0), "assumed";
        /// Parcels a day for which a courier comes daily.
        @structure courier_daily_parcels: f64 = 3.0, Parcels / Day, Range::Between(0.1, 100.0), "assumed";
        /// Longest interval between a courier's visits.
        @structure courier_longest_interval: f64 = 3.0, Days, Range::Between(1.0, 30.0), "assumed";
        /// Revenue over cost at which couriers serve a township, over that at which they serve its villages.
        @structure courier_town_entry: f64 = 0.1, Ratio, Range::Between(0.0, 1.0), "assumed";
        /// Largest share of villages delivered to before the run's start.
        @structure coverage_most: f64 = 0.9, Share, Range::Between(0.0, 1.0), "assumed";
        /// Largest share of the other villages that fetch parcels in their township before the run's start.
        @structure pickup_most: f64 = 0.95, Share, Range::Between(0.0, 1.0), "assumed";
        /// Longest wait of a courier's parcel in the village.
        @structure courier_wait_village: f64 = 0.5, Days, Range::Between(0.0, 30.0),
            "orders workload: U(0, 0.5)";
        /// Longest wait of a parcel in the township, over the mean wait for the next trip.
        @structure courier_wait_town: f64 = 2.0, Ratio, Range::Between(1.0, 10.0),
            "assumed: a wait spread evenly has twice its mean at most";
        /// Longest wait of a parcel at the county seat, over the mean wait for the next trip to town.
        @structure courier_wait_seat: f64 = 3.0, Ratio, Range::Between(1.0, 10.0),
            "assumed: trips to the county seat are rarer";
        /// Capacity of a sorting line after its sorters are added to, over that before.
        @structure sorting_step: f64 = 1.25, Ratio, Range::Between(1.0, 10.0), "assumed";
        /// Time a truck spends at a station.
        @structure truck_stop: u32 = 8, Minutes, Range::Between(0.0, 240.0), "assumed";
    }
}
