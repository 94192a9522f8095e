//! What the table shows: columns of counties or of villages, and which rows of them in which order. Made anew
//! only when something it is made from has changed: a hundred thousand villages are not sorted in every
//! frame.

use crate::map::layer::Layer;
use crate::map::search::Wanted;
use crate::number::Figures;
use crate::outcome::{self, ShownOutcome};
use crate::run::Run;
use crate::state::State;
use crate::text::{Language, Say};
use crate::view::{Listed, Order, TableShown};
use crate::work::frame::{Frame, Places};
use sim_core::event::Measure;
use sim_core::metrics::area::AreaMonth;

/// The columns of villages, as they stand.
const OF_VILLAGES: [Layer; 9] = [
    Layer::Sales,
    Layer::Shops,
    Layer::Taobao,
    Layer::Stations,
    Layer::PartnerIncome,
    Layer::Buyers,
    Layer::Delivery,
    Layer::Road,
    Layer::Income,
];

/// Below so many simulated orders a figure that is made of them is mostly noise: its own spread is above a
/// sixth.
pub const FEW: f64 = 30.0;

/// How the values of a column are written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Written {
    Number(Figures),
    YesNo,
    Delivery,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// What it is remembered by.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// What it is.
    pub definition: String,
    /// Whether pressing it brings the greatest first.
    pub falls: bool,
    values: Vec<f64>,
    /// Simulated orders behind each value, where they are too few.
    few: Vec<Option<f64>>,
    written: Written,
}

/// Whether a county has an open station; unknown ones have none.
fn has_stations(month: Option<&AreaMonth>) -> bool {
    month.is_some_and(|month| month.real(Measure::StationsOpen) > 0.0)
}

impl Column {
    fn of_counties(state: &State, frame: &Frame, outcome: &ShownOutcome) -> Column {
        let say = state.say();
        let sample = state.current.prepared.scenario.household_sample;
        let counties = frame.counties.iter().zip(&frame.money);
        let (mut values, mut few) = (Vec::new(), Vec::new());
        for (month, money) in counties {
            let value = outcome.of_county(month.as_ref(), money);
            let behind = outcome.orders_behind(month.as_ref(), money).map(|orders| orders * sample);
            values.push(value);
            // Nothing at all is exact where every order is simulated, and where no station could have any.
            let is_exact = |orders: f64| orders == 0.0 && (sample >= 1.0 || !has_stations(month.as_ref()));
            few.push(behind.filter(|orders| *orders < FEW && value.is_finite() && !is_exact(*orders)));
        }
        Column {
            name: outcome.name.to_owned(),
            title: outcome.title(say),
            unit: outcome.monthly_unit(say),
            definition: outcome.definition_in(say).to_owned(),
            falls: !outcome.is_cost(),
            written: Written::Number(Figures::of(&values, outcome.unit)),
            values,
            few,
        }
    }

    fn of_villages(say: Say, places: &Places, frame: &Frame, layer: &Layer) -> Column {
        let values: Vec<f64> = layer.values(places, frame).into_iter().map(f64::from).collect();
        Column {
            name: layer.name().to_owned(),
            title: layer.title(say),
            unit: if *layer == Layer::Delivery { String::new() } else { say.unit(layer.unit()) },
            definition: layer.definition(say).to_owned(),
            falls: *layer != Layer::Road,
            written: match layer {
                Layer::Stations | Layer::Taobao => Written::YesNo,
                Layer::Delivery => Written::Delivery,
                _ => Written::Number(Figures::of(&values, layer.unit())),
            },
            values,
            few: Vec::new(),
        }
    }

    /// A row's value; not-a-number where it has none.
    pub fn value(&self, row: usize) -> f64 {
        self.values.get(row).copied().unwrap_or(f64::NAN)
    }

    /// How many simulated orders are behind a row's value, if they are too few to rely on it.
    pub fn few(&self, row: usize) -> Option<f64> {
        self.few.get(row).copied().flatten()
    }

    /// A row's value in words.
    pub fn written(&self, say: Say, row: usize) -> String {
        let value = self.value(row);
        match self.written {
            Written::Number(figures) => figures.written(say, value),
            Written::YesNo if value > 0.0 => say.of("levers.yes").to_owned(),
            Written::YesNo => "–".to_owned(),
            Written::Delivery if value >= 2.0 => say.of("table.delivery.village").to_owned(),
            Written::Delivery if value >= 1.0 => say.of("table.delivery.town").to_owned(),
            Written::Delivery => say.of("table.delivery.seat").to_owned(),
        }
    }

    /// Which row comes first: sound values, then those that rest on few orders, then none, whichever way the
    /// order is.
    fn compare(&self, is_falling: bool, a: usize, b: usize) -> std::cmp::Ordering {
        let class = |row: usize| match (self.value(row).is_finite(), self.few(row)) {
            (true, None) => 0,
            (true, Some(_)) => 1,
            (false, _) => 2,
        };
        let values = match is_falling {
            true => self.value(b).total_cmp(&self.value(a)),
            false => self.value(a).total_cmp(&self.value(b)),
        };
        let is_none = class(a) == 2 && class(b) == 2;
        class(a).cmp(&class(b)).then(match is_none {
            true => std::cmp::Ordering::Equal,
            false => values,
        })
    }
}

/// What a sheet is made from.
#[derive(Clone, Debug, PartialEq)]
struct Made {
    plan: u128,
    frame: usize,
    language: Language,
    columns: Vec<String>,
    shown: TableShown,
    current: u128,
}

/// The columns, and the rows that are listed in their order.
#[derive(Debug, Default)]
pub struct Sheet {
    made: Option<Made>,
    /// The columns after the names.
    pub columns: Vec<Column>,
    /// Counties or villages, by their index.
    pub rows: Vec<usize>,
    /// How often it has become another table: of other rows, columns or order. Another month of the same is
    /// none.
    pub turn: u64,
}

impl Sheet {
    /// Makes it anew if anything has changed.
    pub fn refresh(&mut self, state: &State, run: &Run, number: usize) {
        let made = Made {
            plan: run.plan,
            frame: number,
            language: state.view.language,
            columns: state.view.columns.clone(),
            shown: state.view.table.clone(),
            current: state.current.id(),
        };
        if self.made.as_ref() == Some(&made) {
            return;
        }
        // Another month leaves the reader where they are; other rows, columns or another order do not.
        let is_other = self.made.as_ref().is_none_or(|old| {
            (&old.columns, &old.shown, old.current) != (&made.columns, &made.shown, made.current)
        });
        self.turn += u64::from(is_other);
        let (say, frame, places) = (state.say(), &run.frames[number], &run.places);
        let shown = &made.shown;
        self.columns = match shown.listed {
            Listed::Counties => {
                let outcomes = made.columns.iter().filter_map(|name| outcome::named(name));
                outcomes.map(|outcome| Column::of_counties(state, frame, outcome)).collect()
            }
            Listed::Villages => {
                OF_VILLAGES.iter().map(|layer| Column::of_villages(say, places, frame, layer)).collect()
            }
        };
        self.rows = listed(places, frame, shown);
        let order = match shown.listed {
            Listed::Counties => &shown.counties,
            Listed::Villages => &shown.villages,
        };
        let is_chinese = made.language == Language::Chinese;
        self.sort(places, is_chinese, shown.listed, order);
        self.made = Some(made);
    }

    fn sort(&mut self, places: &Places, is_chinese: bool, listed: Listed, order: &Order) {
        match self.columns.iter().find(|column| column.name == order.column) {
            Some(column) => self.rows.sort_by(|&a, &b| column.compare(order.is_falling, a, b)),
            None => {
                // Villages stand by county, and need no sorting by their names.
                if listed == Listed::Counties {
                    self.rows.sort_by_cached_key(|&county| places.county_name(county, is_chinese));
                }
                if order.is_falling {
                    self.rows.reverse();
                }
            }
        }
    }
}

/// The rows that the filter leaves, in order of the atlas.
fn listed(places: &Places, frame: &Frame, shown: &TableShown) -> Vec<usize> {
    let wanted = Wanted::of(&shown.filter);
    let counties = 0..places.atlas.counties.len();
    match shown.listed {
        Listed::Counties => counties.filter(|county| wanted.fits_county(places, *county)).collect(),
        Listed::Villages => counties
            .flat_map(|county| {
                let first = places.first.get(county).copied().unwrap_or(0);
                let found: Vec<usize> = wanted.villages(places, county).map(|at| first + at).collect();
                found
            })
            .filter(|village| !shown.only_taobao || frame.is_taobao(*village))
            .collect(),
    }
}

/// Counties by an outcome, with the values that are not noise: the best first, where less is better the
/// least.
pub fn ranking(state: &State, run: &Run, outcome: &ShownOutcome) -> Vec<(usize, f64)> {
    let Some(frame) = run.frame_at(state.clock.now).and_then(|at| run.frames.get(at)) else {
        return Vec::new();
    };
    let column = Column::of_counties(state, frame, outcome);
    let mut counties: Vec<(usize, f64)> = column.values.iter().copied().enumerate().collect();
    counties.retain(|(county, value)| value.is_finite() && column.few(*county).is_none());
    counties.sort_by(|a, b| column.compare(column.falls, a.0, b.0));
    counties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rests_on_few_orders_comes_after_what_does_not() {
        let column = Column {
            name: String::new(),
            title: String::new(),
            unit: String::new(),
            definition: String::new(),
            falls: true,
            values: vec![f64::NAN, 20.0, 11_201.0, 30.0, 10.0],
            few: vec![None, None, Some(2.0), None, Some(9.0)],
            written: Written::YesNo,
        };
        let sorted = |is_falling: bool| -> Vec<usize> {
            let mut rows = vec![0, 1, 2, 3, 4];
            rows.sort_by(|&a, &b| column.compare(is_falling, a, b));
            rows
        };
        assert_eq!(sorted(true), [3, 1, 2, 4, 0]);
        assert_eq!(sorted(false), [1, 3, 4, 2, 0]);
    }
}
