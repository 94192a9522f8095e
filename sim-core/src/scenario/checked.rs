//! A scenario as it is used: every field read, in range, and consistent with the others.

use super::inputs::Inputs;
use super::selection::PlaceSelection;
use crate::base::{Date, Delay, Seed, Time};
use crate::params::{Parameters, Rule, ScenarioTarget};
use crate::region::Region;
use std::sync::Arc;

/// Everything that determines a run, apart from the program itself.
///
/// Made by [`load`](super::load()), which alone can say that it is sound; a program that changes a field by
/// hand vouches for the ranges itself, or goes through [`Scenario::set`].
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its name: 1 to 80 letters, digits, spaces, `_`, `-`, `.`, beginning with a letter or digit. No path.
    pub name: String,
    /// The question that it answers.
    pub question: String,
    /// The first day of the run.
    pub start: Date,
    /// The last day of the run, which is run in full: results cover `start..=end`. An exclusive end was
    /// rejected: `end: "2018-06-30"` is read by everybody as including the 30th.
    pub end: Date,
    /// The seed of all random streams.
    pub seed: Seed,
    /// The seed of places and households instead of `seed`, if they are to stay while chance changes, or to
    /// change while it stays.
    pub world_seed: Option<Seed>,
    /// The share of households whose orders are simulated; each order stands for its inverse \[above 0, to
    /// 1\].
    pub household_sample: f64,
    /// The length of the window at whose end counties and nation exchange messages \[days, 1 to 31\].
    pub window_days: u32,
    /// Rules by which platform and government decide in the run, in order: where two set one lever at once,
    /// the later has its way.
    pub rules: Vec<Rule>,
    /// Targets that results are held against; they change nothing.
    pub targets: Vec<ScenarioTarget>,
    /// Which places.
    pub places: Places,
    /// What is written down.
    pub report: Report,
    /// How inputs go on where their series end before the run does.
    pub inputs: Inputs,
    /// What the run may use.
    pub limits: Limits,
    /// The model's parameters.
    pub parameters: Parameters,
}

/// Which places a run takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Places {
    /// Which counties. Names and codes are checked by `Loaded::check_places`.
    pub selection: PlaceSelection,
    /// At most so many villages of each county, the rest left out; all if none \[1 to 10,000\].
    pub villages_per_county: Option<u32>,
    /// A table of counties instead of the region's: a path relative to the scenario's folder.
    pub table: Option<String>,
    /// In which region they lie; [`Places::region_name`] is how the scenario names it.
    pub region: Arc<Region>,
    /// The region's path as it was written, if it is none of the program's own.
    pub region_path: Option<String>,
}

impl Places {
    /// The name or path by which the scenario names its region.
    pub fn region_name(&self) -> &str {
        self.region_path.as_deref().unwrap_or(&self.region.name)
    }

    /// Names the file in which a run keeps the places that its scenario brought, a table or a region,
    /// beside the scenario: `stem` with the right ending. Nothing if it brought none.
    pub fn keep_as(&mut self, stem: &str) -> Option<String> {
        let own = if self.region_path.is_some() { &mut self.region_path } else { &mut self.table };
        let ending = if own.is_some() && self.region.is_builtin() { "csv" } else { "region" };
        own.is_some().then(|| own.insert(format!("{stem}.{ending}")).clone())
    }
}

/// What a run writes down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which villages have rows of their own.
    pub villages: VillageReport,
    /// Time between two rows of a village \[months, 1 to 120\].
    pub village_interval: u32,
    /// Time between two distributions over households \[months, 1 to 120\].
    pub household_interval: u32,
    /// How many agents are followed through life \[0 to 1,000\].
    pub followed: u32,
}

/// Which villages have rows of their own in the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VillageReport {
    /// Those where a station opened or somebody sells.
    Active,
    /// All.
    All,
    /// None.
    Nothing,
}

/// What a run may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most memory that a run may be estimated to need \[MiB, 64 to 1,048,576\].
    pub memory: u32,
}

impl Scenario {
    /// A scenario of defaults over some days.
    pub fn new(name: &str, start: Date, end: Date) -> Scenario {
        Scenario {
            name: name.to_owned(),
            question: String::new(),
            start,
            end,
            seed: Seed(1),
            world_seed: None,
            household_sample: 0.02,
            window_days: 7,
            rules: Vec::new(),
            targets: Vec::new(),
            places: Places {
                selection: PlaceSelection::All,
                villages_per_county: None,
                table: None,
                region: Region::home().clone(),
                region_path: None,
            },
            report: Report {
                villages: VillageReport::Active,
                village_interval: 3,
                household_interval: 3,
                followed: 5,
            },
            inputs: Inputs::default(),
            limits: Limits { memory: 4096 },
            parameters: Parameters::default(),
        }
    }

    /// The seed by which places and households are drawn.
    pub fn seed_of_world(&self) -> Seed {
        self.world_seed.unwrap_or(self.seed)
    }

    /// The first moment of the run.
    pub fn start_time(&self) -> Time {
        self.start.midnight()
    }

    /// The first moment after the run: the midnight that ends its last day.
    pub fn end_time(&self) -> Time {
        self.end.midnight() + Delay::days(1)
    }
}
