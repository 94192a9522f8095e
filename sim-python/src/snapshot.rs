//! What a viewer sees at a window's end, a row for each village.

use crate::table::{Columns, PyTable, texts};
use arrow_array::{ArrayRef, BooleanArray, Float32Array, Float64Array, Int64Array};
use pyo3::prelude::*;
use sim_core::model::VillageView;
use sim_core::simulation::{Simulation, Snapshot};
use sim_core::world::Village;
use std::sync::Arc;

/// The villages now.
///
/// # Errors
/// If Arrow refuses the table.
pub fn table(simulation: &Simulation) -> PyResult<PyTable> {
    let Snapshot { time, longitude, latitude, county, village, state } = simulation.snapshot();
    let atlas = &simulation.setting().atlas;
    let codes: Vec<String> = atlas.counties.iter().map(|county| county.code.to_string()).collect();
    let places: Vec<_> = county
        .iter()
        .zip(&village)
        .map(|(&county, &village)| &atlas.counties[county as usize].villages[usize::from(village)])
        .collect();
    let code = county.iter().map(|&county| codes[county as usize].as_str());
    let numbers = places.iter().map(|place| i64::from(place.number));
    let households = places.iter().map(|place| i64::from(place.households));
    let delivery = state.iter().map(|view| view.delivery.name());
    let shares = |of: fn(&VillageView) -> f32| -> ArrayRef {
        Arc::new(Float32Array::from_iter_values(state.iter().map(of)))
    };
    let some = |of: fn(&VillageView) -> Option<f32>| -> ArrayRef {
        Arc::new(Float32Array::from(state.iter().map(of).collect::<Vec<_>>()))
    };
    let flags = |of: fn(&VillageView) -> bool| -> ArrayRef {
        Arc::new(BooleanArray::from(state.iter().map(of).collect::<Vec<_>>()))
    };
    let whole = |values: &mut dyn Iterator<Item = i64>| -> ArrayRef {
        Arc::new(Int64Array::from(values.collect::<Vec<_>>()))
    };
    let sales: Vec<f64> = state.iter().map(|view| view.yearly_sales).collect();
    let mut shops = state.iter().map(|view| i64::from(view.shops));
    let columns = Columns::new()
        .with("county", "", "6-digit code.", texts(code))
        .with("village", "", "Number in the county's full list.", whole(&mut { numbers }))
        .with("longitude", "degrees east", "Position, synthetic.", Arc::new(Float32Array::from(longitude)))
        .with("latitude", "degrees north", "Position, synthetic.", Arc::new(Float32Array::from(latitude)))
        .with("households", "households", "Farm households, synthetic.", whole(&mut { households }))
        .with(
            "regular_share",
            "share of households",
            "Households that buy regularly.",
            shares(|v| v.regular_share),
        )
        .with("station_open", "", "Whether a station is open.", flags(|v| v.station_open))
        .with(
            "partner_income",
            "yuan/month",
            "The partner's usual income. Missing without an open station whose partner has been paid.",
            some(|v| v.partner_income),
        )
        .with(
            "delivery",
            "",
            "Where parcels of self-service orders arrive: seat, town or village.",
            texts(delivery),
        )
        .with("shops", "shops", "Shops.", whole(&mut shops))
        .with(
            "yearly_sales",
            "yuan/year",
            "Sales of the last twelve months.",
            Arc::new(Float64Array::from(sales)),
        )
        .with("taobao_village", "", "Whether it meets the published rule.", flags(|v| v.taobao));
    roads(columns, &places).table("snapshot", &format!("Each village at {time}."))
}

/// What villages are from the beginning, as conditions of rules for villages name it.
fn roads(columns: Columns, places: &[&Village]) -> Columns {
    let minutes = |of: fn(&Village) -> u16| -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(places.iter().map(|place| i64::from(of(place)))))
    };
    let income = places.iter().map(|place| f64::from(place.income_ratio));
    columns
        .with("to_town", "minutes", "Road to town, at the beginning.", minutes(|place| place.to_town))
        .with("to_seat", "minutes", "Road to the seat, at the beginning.", minutes(|place| place.to_seat))
        .with(
            "income_ratio",
            "of county mean",
            "Usual income per head, before anything happens; synthetic.",
            Arc::new(Float64Array::from_iter_values(income)),
        )
}
