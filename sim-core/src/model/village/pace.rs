//! A month's orders of a village, and how fast they come.

use crate::base::factor::DAYS_IN_YEAR;
use serde::{Deserialize, Serialize};

/// A month's orders of a village's households as far as the month has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Traffic {
    /// Orders at the station.
    pub station_orders: f64,
    /// Their value \[yuan\].
    pub station_value: f64,
    /// Parcels of self-service orders.
    pub self_service: f64,
    /// How fast they came when they were last looked at.
    pub(super) pace: Pace,
}

/// How fast households order, season aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Pace {
    /// At the station \[orders/year\].
    pub(super) station: f64,
    /// The same by value \[yuan/year\].
    pub(super) value: f64,
    /// By value squared \[yuan^2/year\], from which follows how much a month's value varies.
    pub(super) square: f64,
    /// By self-service \[orders/year\].
    pub(super) self_service: f64,
}

impl Pace {
    /// The mean of two.
    pub(super) fn mean(self, other: Pace) -> Pace {
        let mean = |one: f64, other: f64| (one + other) / 2.0;
        Pace {
            station: mean(self.station, other.station),
            value: mean(self.value, other.value),
            square: mean(self.square, other.square),
            self_service: mean(self.self_service, other.self_service),
        }
    }
}

impl Traffic {
    /// Orders a day at the station when they were last looked at, season aside; 0 where every household is
    /// simulated.
    pub(in crate::model) fn station_pace(&self) -> f64 {
        self.pace.station / DAYS_IN_YEAR
    }
}
