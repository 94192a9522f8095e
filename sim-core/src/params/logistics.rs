//! Trunk lines, county hubs, trucks, shelves and couriers.

use super::parameters;
use super::value::Range;
use crate::base::Date;

parameters! {
    /// How parcels travel from the merchant to the household.
    "logistics" LogisticsParameters {
        /// Shortest trunk haul from merchant to county hub.
        trunk_min: f64 = 1.0, Days, Range::Between(0.0, 30.0),
            "orders workload: U(1, 3); facts: delivery_days_2014 3";
        /// Longest trunk haul from merchant to county hub.
        trunk_max: f64 = 3.0, Days, Range::Between(0.0, 60.0), "orders workload: U(1, 3)";
        /// Parcels an hour that one sorter at a county centre can sort.
        sorter_capacity: f64 = 60.0, Parcels / Hour, Range::Between(0.1, 1.0e6),
            "assumed: with a local wage 0.2 yuan a parcel; county reports give 0.10 to 0.25 (M-low)";
        /// Volume over capacity beyond which a centre adds sorters.
        sorting_expansion: f64 = 0.7, Share, Range::Between(0.05, 1.0), "assumed";
        /// Hours a day during which parcels are sorted.
        sorting_hours: f64 = 12.0, Hours / Day, Range::Between(1.0, 24.0), "assumed: 06:00 to 18:00";
        /// Parcels a truck can carry on one round.
        truck_capacity: u32 = 600, Parcels, Range::Between(1.0, 100_000.0), "assumed: a small van";
        /// Stations on one truck's round.
        stations_per_route: u32 = 12, Stations, Range::Between(1.0, 200.0),
            "assumed: a 140 km loop in 8-9 hours (facts: courier_parcels_rural_2015)";
        /// Hour of departure from the county hub.
        departure_hour: f64 = 8.0, HourOfDay, Range::Between(0.0, 23.0), "orders workload: 08:00";
        /// Fuel and upkeep of a truck, per hour on the road.
        truck_hour_cost: f64 = 27.0, Yuan / Hour, Range::Between(0.0, 1000.0),
            "M-low: a van runs at 0.8 to 1.1 yuan a kilometre (2018); assumed 0.9 at 30 km/h";
        /// Days that a driver works for a month's wage.
        driver_days: f64 = 26.0, Days / Month, Range::Between(1.0, 31.0), "26 working days a month (M)";
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
        /// Commercial courier networks; the post comes besides.
        courier_networks: u32 = 5, Pure, Range::Between(0.0, 5.0),
            "facts: last_mile, networks 5-6 with the post";
        /// Parcels of a network over those of the next larger.
        courier_network_ratio: f64 = 0.83, Ratio, Range::Between(0.0, 1.0),
            "assumed: the largest carries about twice the fifth";
        /// Part of all parcels that the post carries.
        post_share: f64 = 0.10, Share, Range::Between(0.0, 1.0), "assumed: one of six networks, the smallest";
        /// Days between the post's visits to a village.
        post_interval: f64 = 2.33, Days, Range::Between(1.0, 30.0),
            "postal law: villages three times a week (facts: last_mile, fee_of_post)";
        /// What an agent earns on a parcel handed over in the village.
        courier_fee: f64 = 1.1, Yuan / Parcel, Range::Between(0.0, 100.0),
            "fitted within 0.8-1.6 to villages with delivery in 2016 (facts: last_mile, courier_piece_rate, \
             dispatch_fee_to_outlet; M-low)";
        /// What an agent earns on a parcel handed over at the counter in the township.
        courier_fee_town: f64 = 0.4, Yuan / Parcel, Range::Between(0.0, 100.0),
            "facts: last_mile, township_agent_piece_rate 0.4-0.8 (M-low)";
        /// What an hour of an agent's work costs, at the migrant wage of 2015; it moves with that wage.
        courier_hour_cost: f64 = 20.0, Yuan / Hour, Range::Between(0.0, 1000.0),
            "fitted within 15-28: villages with delivery in 2016 (facts: last_mile_break_even, 20 in 2015, \
            28 in 2021; D)";
        /// The migrant wage at which an hour of an agent's work costs that.
        courier_wage_base: f64 = 3072.0, Yuan / Month, Range::Between(1.0, 1.0e6), "NBS 2015 (M)";
        /// Speed of a courier's vehicle.
        courier_speed: f64 = 30.0, Kilometres / Hour, Range::Between(1.0, 120.0),
            "facts: last_mile, speed_rural_road 25-40";
        /// Fuel, upkeep and wear of a courier's vehicle.
        courier_km_cost: f64 = 0.9, Yuan / Kilometre, Range::Between(0.0, 100.0),
            "facts: last_mile, van_running 0.8-1.1 (M-low)";
        /// Part of the road from the township and back that a village adds to a courier's loop.
        courier_detour: f64 = 0.30, ShareOfRoundTrip, Range::Between(0.0, 2.0),
            "assumed: loops join villages";
        /// Time that a parcel takes at the doorstep, the call to its receiver among it.
        courier_handling: f64 = 1.0, Minutes / Parcel, Range::Between(0.0, 60.0),
            "facts: last_mile, handling 0.3-1 (M-low)";
        /// Time that a parcel takes at a counter or a shop that keeps it.
        courier_handling_drop: f64 = 0.3, Minutes / Parcel, Range::Between(0.0, 60.0),
            "facts: last_mile, handling 0.3-1 (M-low)";
        /// Least that a village shop asks for keeping a parcel.
        drop_ask_low: f64 = 0.2, Yuan / Parcel, Range::Between(0.0, 100.0),
            "facts: last_mile, village_station_piece_rate 0.2-0.5: visitors are worth the rest (M-low)";
        /// Most that a village shop asks for keeping a parcel; the shops are spread evenly between.
        drop_ask_high: f64 = 0.5, Yuan / Parcel, Range::Between(0.0, 100.0),
            "facts: last_mile, village_station_piece_rate 0.2-0.5 (M-low)";
        /// Part of receivers who fetch a parcel in the township, for each day until the next visit.
        courier_fetch: f64 = 0.25, Share / Day, Range::Between(0.0, 1.0), "assumed";
        /// Revenue over cost at which an agent begins to visit a village, or opens in a township.
        courier_entry: f64 = 1.1, Ratio, Range::Between(0.0, 20.0),
            "fitted: villages with delivery in 2016; a little more than its cost";
        /// Revenue over cost below which a month of visits is lost.
        courier_exit: f64 = 0.95, Ratio, Range::Between(0.0, 20.0), "assumed";
        /// Months of loss in a row after which an agent stops.
        courier_lean_months: u32 = 3, Months, Range::Between(1.0, 60.0), "assumed";
        /// Rent of a counter in a township, at the wages of 2015.
        courier_rent: f64 = 1_500.0, Yuan / Month, Range::Between(0.0, 100_000.0),
            "fitted: villages with delivery in 2016; 300 parcels a day pay for a counter then (facts: \
            last_mile, township_franchise_break_even 300-500, M)";
        /// Attendance at a counter, besides handling.
        courier_counter: f64 = 2.0, Hours / Day, Range::Between(0.0, 24.0), "assumed: kept beside a shop";
        /// What serving another network costs an agent more: its scanner, deposit and reports.
        courier_handover: f64 = 60.0, Yuan / Month, Range::Between(0.0, 100_000.0), "assumed";
        /// What a network's parcels must bring at the counter, over the counter's cost, before it parts from
        /// another network's agent.
        courier_own_agent: f64 = 1.5, Ratio, Range::Between(0.0, 100.0),
            "assumed";
        /// Parcels of a township's own people, over those of its villages.
        town_parcels: f64 = 2.5, Ratio, Range::Between(0.0, 100.0),
            "facts: rural_parcels 2018, 3-4 times what village couriers report";
        /// What joint rounds must save, of what the networks spend apart.
        joint_saving: f64 = 0.2, Share, Range::Between(0.0, 1.0),
            "facts: last_mile, joint_delivery_saving 20-40 % of cost (M-low)";
        /// Chance that the networks of a township agree on joint rounds where that pays.
        joint_rate: f64 = 0.15, Rate / Year, Range::Between(0.0, 20.0), "assumed";
        /// From when on networks agree on joint rounds.
        joint_first: Date = "2014-01-01", Date, Range::Any, "assumed: first county companies";
        /// Cost of sorting for joint rounds.
        joint_sorting: f64 = 0.15, Yuan / Parcel, Range::Between(0.0, 100.0),
            "facts: last_mile, county_sorting_joint 0.10-0.25 (M-low)";
        /// Part of villages on a made road at which a bus stops that takes parcels of joint rounds along.
        bus_share: f64 = 0.4, Share, Range::Between(0.0, 1.0), "assumed";
        /// What the bus takes for a parcel.
        bus_parcel: f64 = 0.2, Yuan / Parcel, Range::Between(0.0, 100.0),
            "facts: last_mile.md, 0.1-0.3 a parcel by bus";
        /// Price a shop pays to send a parcel where couriers are dense.
        parcel_price: f64 = 6.0, Yuan / Parcel, Range::Between(0.0, 200.0), "assumed";
        /// Further price where there is no courier in the village.
        parcel_price_remote: f64 = 6.0, Yuan / Parcel, Range::Between(0.0, 200.0), "assumed";
        /// Time of a courier's stop in a village, besides the road and the parcels.
        @structure courier_stop: f64 = 5.0, Minutes, Range::Between(0.0, 120.0),
            "facts: last_mile, stop_time 3-6 (M-low)";
        /// Time of that stop at the place readiest for delivery, over the mean place.
        @structure courier_best_place: f64 = 0.7, Ratio, Range::Between(0.0, 2.0), "assumed";
        /// Further time of that stop at the least ready place: scattered houses.
        @structure courier_place_spread: f64 = 0.6, Ratio, Range::Between(0.0, 5.0), "assumed";
        /// Longest wait of a courier's parcel in the village where visits are daily.
        @structure courier_wait_village: f64 = 0.5, Days, Range::Between(0.0, 30.0),
            "orders workload: U(0, 0.5)";
        /// Longest wait of a parcel in the township, over the mean wait for the next trip.
        @structure courier_wait_town: f64 = 2.0, Ratio, Range::Between(1.0, 10.0),
            "assumed: a wait spread evenly has twice its mean at most";
        /// Longest wait of a parcel at the county seat, over the mean wait for the next trip to town.
        @structure courier_wait_seat: f64 = 3.0, Ratio, Range::Between(1.0, 10.0),
            "assumed: trips to the county seat are rarer";
        /// Time a truck spends at a station.
        @structure truck_stop: u32 = 8, Minutes, Range::Between(0.0, 240.0), "assumed";
        /// Road that each further station adds to a truck's round.
        @structure truck_detour: u32 = 12, Minutes, Range::Between(0.0, 240.0),
            "assumed: 6 km at 30 km/h; with twelve stations an hour out a loop of 130 km";
    }
}
