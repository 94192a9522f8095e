//! Reading series out of a finished run, as plain numbers.

use super::kind::SeriesKind;
use super::{Level, Series, payments};
use serde::{Deserialize, Serialize};
use sim_core::base::{Date, Month};
use sim_core::metrics::area::AreaMonth;
use sim_core::model::covered;
use sim_core::params::RulePlaces;
use sim_core::simulation::Simulation;
use std::collections::BTreeMap;

/// A place's months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// The place's code; empty for the nation.
    pub place: String,
    /// The months that have a value or could have one, in order.
    pub months: Vec<(Month, f64)>,
    /// Of how many months of the run each of them is; one of each if this is empty.
    pub spans: Vec<u16>,
}

/// How a place's months become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading {
    /// The last month's.
    End,
    /// That of the month of a day.
    At(Date),
    /// The sum of all months.
    Total,
    /// The mean of the months that have a value.
    Mean,
    /// The greatest.
    Greatest,
    /// The least.
    Least,
}

impl Reading {
    /// The number; not-a-number where there is none.
    pub fn read(self, months: &[(Month, f64)]) -> f64 {
        let present = || months.iter().map(|&(_, value)| value).filter(|value| !value.is_nan());
        match self {
            Reading::End => months.last().map_or(f64::NAN, |&(_, value)| value),
            Reading::At(date) => {
                let month = date.month();
                let found = months.iter().find(|(at, _)| *at == month);
                found.map_or(f64::NAN, |&(_, value)| value)
            }
            Reading::Total if months.is_empty() => f64::NAN,
            Reading::Total => months.iter().map(|&(_, value)| value).sum(),
            Reading::Mean => {
                let count = present().count();
                if count == 0 { f64::NAN } else { present().sum::<f64>() / count as f64 }
            }
            Reading::Greatest => present().reduce(f64::max).unwrap_or(f64::NAN),
            Reading::Least => present().reduce(f64::min).unwrap_or(f64::NAN),
        }
    }
}

impl Reading {
    /// The number of a series' months in a run. Of a flow, a month of which only some days were simulated
    /// counts at their pace as a whole one; a sum is of what happened. A day that the run does not reach
    /// has no value.
    pub fn read_of(self, simulation: &Simulation, series: Series, months: &[(Month, f64)]) -> f64 {
        if let Reading::At(day) = self
            && !(simulation.start()..simulation.end()).contains(&day.midnight())
        {
            return f64::NAN;
        }
        self.read(&self.paced(simulation, series, months.to_vec()))
    }

    /// The months as [`Reading::read_of`] takes them.
    pub fn paced(
        self,
        simulation: &Simulation,
        series: Series,
        mut months: Vec<(Month, f64)>,
    ) -> Vec<(Month, f64)> {
        if self != Reading::Total && series.is_flow() {
            for (month, value) in &mut months {
                *value *= pace(simulation, *month);
            }
        }
        months
    }
}

/// The days of a month over those of it that were simulated.
fn pace(simulation: &Simulation, month: Month) -> f64 {
    let from = month.start().max(simulation.start());
    let until = month.next().start().min(simulation.end());
    match until.day().saturating_sub(from.day()) {
        0 => 1.0,
        days if days == month.days() => 1.0,
        days => f64::from(month.days()) / f64::from(days),
    }
}

/// A series of every place at a level, in order of their codes, only of those that lie in some places; of the
/// nation, of these places together. The nation's payments and provinces cannot be cut so, and stay whole.
pub fn read_series_in(
    simulation: &Simulation,
    series: Series,
    level: Level,
    places: Option<&RulePlaces>,
) -> Vec<Rows> {
    let Some(places) = places else {
        return read_series(simulation, series, level);
    };
    if level == Level::Nation && !series.is_national() {
        let months = simulation.months_of(places);
        let months = months.iter().map(|month| (month.month, series.of_area(month))).collect();
        return vec![Rows { place: String::new(), months, spans: Vec::new() }];
    }
    let mut rows = read_series(simulation, series, level);
    if matches!(level, Level::County | Level::Village) {
        let setting = simulation.setting();
        let counties = setting.atlas.counties.iter().zip(covered(places, &setting.atlas, setting.remote_km));
        let codes: Vec<String> =
            counties.filter(|(_, covered)| *covered).map(|(county, _)| county.code.to_string()).collect();
        // A village's place begins with its county's code.
        rows.retain(|rows| codes.iter().any(|code| rows.place.split('/').next() == Some(code.as_str())));
    }
    rows
}

/// A series of every place at a level, in order of their codes.
pub fn read_series(simulation: &Simulation, series: Series, level: Level) -> Vec<Rows> {
    let gathered = simulation.gathered();
    let atlas = &simulation.setting().atlas;
    let rows = |place: String, months: &[AreaMonth]| Rows {
        place,
        months: months.iter().map(|month| (month.month, series.of_area(month))).collect(),
        spans: Vec::new(),
    };
    match (level, series.kind) {
        (Level::Nation, kind) if series.is_national() => {
            let paid = gathered.ledger.iter();
            let months = paid.map(|month| (month.month, payments::paid(kind, month))).collect();
            vec![Rows { place: String::new(), months, spans: Vec::new() }]
        }
        (Level::Nation, _) => vec![rows(String::new(), &gathered.nation)],
        (Level::Province, _) => {
            let code = |index: u16| atlas.provinces.get(usize::from(index)).map(|place| place.code);
            let each = gathered.provinces.iter();
            each.filter_map(|(&index, months)| Some(rows(code(index)?.to_string(), months))).collect()
        }
        (Level::County, _) => {
            let each = atlas.counties.iter().zip(&gathered.counties);
            each.map(|(county, months)| rows(county.code.to_string(), months)).collect()
        }
        (Level::Village, SeriesKind::Village(column)) => {
            let mut found: BTreeMap<(u32, u16), Vec<(Month, f64)>> = BTreeMap::new();
            for (county, row) in &gathered.villages {
                let months = found.entry((*county, row.village.at() as u16)).or_default();
                months.push((row.month, column.value(row)));
            }
            let place = |(county, village): (u32, u16)| {
                let county = atlas.counties.get(county as usize)?;
                let number = county.villages.get(usize::from(village))?.number;
                Some(format!("{}/{number}", county.code))
            };
            let each = found.into_iter();
            each.filter_map(|(at, months)| Some(Rows { place: place(at)?, months, spans: Vec::new() }))
                .collect()
        }
        (Level::Village, _) => Vec::new(),
    }
}
