//! What a policy sees of a run between two windows: counties, partners, shops and a sample of households, and
//! figures of the last closed month.
//!
//! Tables are made when they are asked for: a policy that looks at nothing costs nothing.

use crate::sweep::{find, level};
use crate::table::{Columns, PyTable, reals, texts};
use arrow_array::{ArrayRef, BooleanArray, Int64Array};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use sim_core::agents::household::{Buying, Household};
use sim_core::agents::partner::{Station, StationState};
use sim_core::agents::shop::{Shop, Stage};
use sim_core::event::PlatformName;
use sim_core::params::PartnerKind;
use sim_core::simulation::Simulation;
use sim_core::world::{County, Village};
use sim_experiments::series::{Level, read_series};
use std::sync::Arc;

/// Someone or something in a village: the places it is in, and itself.
type Row<'s, T> = (&'s County, &'s Village, T);

fn whole<T>(rows: &[T], of: impl Fn(&T) -> i64) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(rows.iter().map(of)))
}

fn real<T>(rows: &[T], of: impl Fn(&T) -> f64) -> ArrayRef {
    reals(rows.iter().map(of).collect())
}

fn flag<T>(rows: &[T], of: impl Fn(&T) -> bool) -> ArrayRef {
    Arc::new(BooleanArray::from(rows.iter().map(of).collect::<Vec<_>>()))
}

/// Columns that say where each row is.
fn placed<T>(rows: &[Row<'_, T>]) -> Columns {
    let code = rows.iter().map(|(county, ..)| county.code.to_string());
    Columns::new().with("county", "", "6-digit code.", texts(code)).with(
        "village",
        "",
        "Number in the county's full list.",
        whole(rows, |(_, village, _)| i64::from(village.number)),
    )
}

const fn platform(name: PlatformName) -> &'static str {
    match name {
        PlatformName::Incumbent => "incumbent",
        PlatformName::Retailer => "retailer",
        PlatformName::Social => "social",
    }
}

/// What counties are: a row for each, in the order of figures and levers.
///
/// # Errors
/// If Arrow refuses the table.
pub fn counties(simulation: &Simulation) -> PyResult<PyTable> {
    let atlas = &simulation.setting().atlas;
    let rows = &atlas.counties;
    let province = |county: &County| &atlas.provinces[usize::from(county.province)];
    Columns::new()
        .with("county", "", "6-digit code.", texts(rows.iter().map(|county| county.code.to_string())))
        .with("county_name", "", "Chinese name.", texts(rows.iter().map(|county| &county.name)))
        .with(
            "province",
            "",
            "2-digit code of its province.",
            texts(rows.iter().map(|county| province(county).code.to_string())),
        )
        .with(
            "villages",
            "villages",
            "Simulated villages.",
            whole(rows, |county| county.villages.len() as i64),
        )
        .with(
            "households",
            "households",
            "Farm households.",
            whole(rows, |county| county.households() as i64),
        )
        .with(
            "poverty_county",
            "",
            "Whether it is a poor county.",
            flag(rows, |county| county.poverty_county),
        )
        .with(
            "km_to_prefecture",
            "km",
            "To the prefecture's seat.",
            real(rows, |county| county.to_prefecture),
        )
        .with("km_to_capital", "km", "To the provincial capital.", real(rows, |county| county.to_capital))
        .with(
            "usual_income_ratio",
            "ratio",
            "Usual income per head over the country's, before anything happens.",
            real(rows, |county| county.income_ratio),
        )
        .table("counties", "Each county.")
}

/// All that villages have of something.
fn in_villages<'s, T: 's, I: Iterator<Item = T>>(
    simulation: &'s Simulation,
    of: impl Fn(&'s sim_core::model::Village) -> I,
) -> Vec<Row<'s, T>> {
    let mut rows = Vec::new();
    for (process, county) in simulation.counties().zip(&simulation.setting().atlas.counties) {
        for (state, village) in process.villages().iter().zip(&county.villages) {
            rows.extend(of(state).map(|one| (county, village, one)));
        }
    }
    rows
}

/// The stations that ever had a partner, as they stand.
///
/// # Errors
/// If Arrow refuses the table.
pub fn partners(simulation: &Simulation) -> PyResult<PyTable> {
    let rows: Vec<Row<'_, &Station>> =
        in_villages(simulation, |village| village.station.as_deref().into_iter());
    let state = rows.iter().map(|(_, _, station)| match station.state {
        StationState::FittingOut => "fitting_out",
        StationState::Open => "open",
        StationState::Vacant => "vacant",
        StationState::Closed => "closed",
    });
    let kind = rows.iter().map(|(_, _, station)| match station.kind {
        PartnerKind::Returnees => "returnee",
        _ => "shopkeeper",
    });
    placed(&rows)
        .with("state", "", "fitting_out, open, vacant or closed.", texts(state))
        .with("partner", "", "Shopkeeper or young returnee; the last one.", texts(kind))
        .with("skill", "0 to 1", "Ordering skill.", real(&rows, |row| row.2.skill))
        .with(
            "usual_income",
            "yuan/month",
            "Smoothed income. Missing before the partner's first.",
            real(&rows, |row| row.2.income.map_or(f64::NAN, |_| row.2.usual_income)),
        )
        .with(
            "last_income",
            "yuan/month",
            "Income of the last settled month. Missing before the partner's first.",
            real(&rows, |row| row.2.income.map_or(f64::NAN, |income| income.yuan())),
        )
        .with(
            "outside_option",
            "yuan/month",
            "What the partner could earn elsewhere where it was asked.",
            real(&rows, |row| row.2.outside),
        )
        .with(
            "lean_months",
            "months",
            "Months below the outside option.",
            whole(&rows, |row| i64::from(row.2.lean_months)),
        )
        .table("partners", "Every station that had a partner, as it stands.")
}

/// The shops that are open.
///
/// # Errors
/// If Arrow refuses the table.
pub fn shops(simulation: &Simulation) -> PyResult<PyTable> {
    let rows: Vec<Row<'_, &Shop>> = in_villages(simulation, |village| village.shops().iter());
    let stage = rows.iter().map(|(_, _, shop)| match shop.stage {
        Stage::Home => "home",
        Stage::Workshop => "workshop",
        Stage::Factory => "factory",
    });
    placed(&rows)
        .with(
            "shop",
            "",
            "Number among those ever opened in the village.",
            whole(&rows, |row| i64::from(row.2.number)),
        )
        .with("trade", "", "What it sells.", texts(rows.iter().map(|row| row.2.product.name())))
        .with("stage", "", "home, workshop or factory.", texts(stage))
        .with("platform", "", "Where it sells.", texts(rows.iter().map(|row| platform(row.2.platform))))
        .with("exports", "", "Whether it sells abroad.", flag(&rows, |row| row.2.exports))
        .with("age", "months", "Months since it opened.", whole(&rows, |row| i64::from(row.2.age)))
        .with("workers", "workers", "Hired workers.", whole(&rows, |row| i64::from(row.2.workers)))
        .with("cash", "yuan", "Cash.", real(&rows, |row| row.2.cash.yuan()))
        .with("debt", "yuan", "Debt.", real(&rows, |row| row.2.debt.yuan()))
        .with("reputation", "0 to 1", "Reputation.", real(&rows, |row| f64::from(row.2.reputation)))
        .table("shops", "Every open shop.")
}

/// About so many household records, spread evenly over all: the same ones whenever they are asked for.
///
/// # Errors
/// If Arrow refuses the table, or none are asked for.
pub fn households(simulation: &Simulation, about: usize) -> PyResult<PyTable> {
    if about == 0 {
        return Err(PyValueError::new_err("a sample has at least 1 household, not 0"));
    }
    let all: usize = simulation.counties().map(|county| county.records() as usize).sum();
    let every = all.div_ceil(about).max(1);
    let mut passed = 0_usize;
    let rows: Vec<Row<'_, (usize, f64, &Household)>> = {
        let mut rows = Vec::new();
        for (process, county) in simulation.counties().zip(&simulation.setting().atlas.counties) {
            for (state, village) in process.villages().iter().zip(&county.villages) {
                let records = state.residents.len();
                let weight = f64::from(state.households) / records.max(1) as f64;
                let first = passed.next_multiple_of(every) - passed;
                let chosen = (first..records).step_by(every);
                rows.extend(chosen.map(|at| (county, village, (at, weight, &state.residents[at]))));
                passed += records;
            }
        }
        rows
    };
    of_households(&rows)
}

fn of_households(rows: &[Row<'_, (usize, f64, &Household)>]) -> PyResult<PyTable> {
    let buying = rows.iter().map(|(_, _, (_, _, household))| match household.buying {
        Buying::Unaware => "unaware",
        Buying::Aware => "aware",
        Buying::Trial => "trial",
        Buying::Regular => "regular",
        Buying::Lapsed => "lapsed",
    });
    let number = |of: fn(&Household) -> f64| real(rows, |(_, _, (_, _, household))| of(household));
    let count = |of: fn(&Household) -> u8| whole(rows, |(_, _, (_, _, household))| i64::from(of(household)));
    let bought = rows.iter().map(|row| platform(row.2.2.platform));
    placed(rows)
        .with("household", "", "Record within the village.", whole(rows, |row| row.2.0 as i64))
        .with("weight", "households", "Households that its record stands for.", real(rows, |row| row.2.1))
        .with("head_age", "years", "Age of the head.", count(|household| household.head_age))
        .with("members", "persons", "Persons registered.", count(|household| household.members))
        .with("migrants", "persons", "Workers away.", count(|household| household.migrants))
        .with(
            "income_ratio",
            "ratio",
            "Income per head, migrants' money aside, over the national mean.",
            number(Household::income_ratio),
        )
        .with("buying", "", "How far it has learnt to buy online.", texts(buying))
        .with("trust", "0 to 1", "Trust in online buying.", number(Household::trust))
        .with("self_service", "", "Whether it can use self-service.", flag(rows, |row| row.2.2.self_service))
        .with("platform", "", "The platform it buys on.", texts(bought))
        .table("households", "A sample of household records.")
}

/// A figure of the last closed month: of the nation, or of each county; not-a-number before the first.
///
/// # Errors
/// If no series of that level has the name.
pub fn figure(simulation: &Simulation, of: &str, name: &str) -> PyResult<PyTable> {
    let level = level(of)?;
    let series = find(name, level)?;
    let places = match level {
        Level::Nation => 1,
        Level::County => simulation.setting().atlas.counties.len(),
        Level::Province | Level::Village => {
            return Err(PyValueError::new_err(format!(
                "`{of}` has no figures here: expected nation or county"
            )));
        }
    };
    let mut values = read_series(simulation, series, level)
        .iter()
        .map(|rows| rows.months.last().map_or(f64::NAN, |(_, value)| *value))
        .collect::<Vec<f64>>();
    values.resize(places, f64::NAN);
    let unit = series.unit().to_string();
    Columns::new()
        .with(name, &unit, &series.definition(), reals(values))
        .table("figure", "Of the last month.")
}
