//! A run: build, step, watch, finish.
//!
//! The caller steps window by window and stays in control: it can stop, look, take a checkpoint, or go on. No
//! threads are needed, no clock, no file system.

mod among;
mod branching;
mod checkpoint;
mod ending;
mod gazetteer;
mod outcome;
mod stored;
mod tables;

pub use among::Prepared;
pub use checkpoint::{BranchError, CheckpointError, Earlier, changed};
pub use gazetteer::RealPlaces;
pub use outcome::{Audit, HEADLINES, Headline, Outcome};
pub use stored::Stored;

use crate::base::{CountyCode, Fingerprint, Product, Time};
use crate::event::Message;
use crate::model::assembly::{self, Estimate, MadePlaces};
use crate::model::{CountyProcess, Gathered, ModelNode, Setting, VillageView};
use crate::runner::{Alone, Envelope, Network, Shares, Threads as Runner};
use crate::scenario::{Fault, Faults, Scenario};
use crate::world::{Atlas, County, Geography, WorldError};
use ending::Ending;

/// On how many threads to run. The number changes how long a run takes, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// The caller's own.
    Sequential,
    /// So many; needs the feature `parallel`, and is sequential without it.
    Parallel(usize),
}

impl Threads {
    fn runner(self) -> Result<Runner, Faults> {
        let count = match self {
            Threads::Sequential => 1,
            Threads::Parallel(count) => count,
        };
        Runner::new(count).map_err(|reason| fault("", reason).into())
    }
}

/// What a viewer sees at a window's end: a column for each attribute, a row for each village.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The window's end.
    pub time: Time,
    /// Longitude \[degrees east\].
    pub longitude: Vec<f32>,
    /// Latitude \[degrees north\].
    pub latitude: Vec<f32>,
    /// County, as an index into the atlas.
    pub county: Vec<u32>,
    /// Village, as an index into its county.
    pub village: Vec<u16>,
    /// Everything else.
    pub state: Vec<VillageView>,
}

/// A run of a scenario; where several machines share it, the part that one of them holds.
pub struct Simulation {
    scenario: Scenario,
    /// The scenario's own table of counties, which a checkpoint must carry.
    table: Option<Vec<u8>>,
    /// What held before it, if the run has branched.
    earlier: Vec<Earlier>,
    setting: Setting,
    shares: Shares,
    network: Network<ModelNode>,
    runner: Runner,
    now: Time,
    fingerprint: Fingerprint,
    gathered: Gathered,
}

fn fault(path: &str, message: impl Into<String>) -> Fault {
    Fault {
        file: "scenario".to_owned(),
        line: 0,
        column: 0,
        path: path.to_owned(),
        value: String::new(),
        message: message.into(),
        suggestion: String::new(),
    }
}

fn world_faults(error: &WorldError) -> Faults {
    fault("places.select", error.to_string()).into()
}

/// Reads the table of counties that a scenario brings, or takes the real one.
fn geography(scenario: &Scenario, table: Option<&[u8]>) -> Result<Option<Geography>, Faults> {
    let Some(bytes) = table else { return Ok(None) };
    let name = scenario.places.table.as_deref().unwrap_or("table");
    Geography::with_counties(bytes, name).map(Some).map_err(|faults| {
        let faults = faults.into_iter().map(|found| Fault {
            file: found.file.clone(),
            line: u32::try_from(found.line).unwrap_or(u32::MAX),
            column: 1,
            path: found.column.clone(),
            value: found.value.clone(),
            message: found.to_string(),
            suggestion: String::new(),
        });
        Faults(faults.collect())
    })
}

impl Simulation {
    /// What a scenario will take, by arithmetic alone.
    ///
    /// # Errors
    /// If the selection of places is faulty.
    pub fn estimate(scenario: &Scenario, table: Option<&[u8]>) -> Result<Estimate, Faults> {
        let own = geography(scenario, table)?;
        let geography = own.as_ref().unwrap_or_else(|| Geography::embedded());
        assembly::estimate(geography, scenario).map_err(|error| world_faults(&error))
    }

    /// The codes of a scenario's counties, in order, without making them.
    ///
    /// # Errors
    /// If the selection or the table is faulty.
    pub fn codes(scenario: &Scenario, table: Option<&[u8]>) -> Result<Vec<CountyCode>, Faults> {
        let own = geography(scenario, table)?;
        let geography = own.as_ref().unwrap_or_else(|| Geography::embedded());
        Atlas::codes(geography, &assembly::request(scenario)).map_err(|error| world_faults(&error))
    }

    /// Makes a scenario's places alone, for several runs in them.
    ///
    /// # Errors
    /// If the selection is faulty.
    pub fn places(scenario: &Scenario) -> Result<MadePlaces, Faults> {
        MadePlaces::of(Geography::embedded(), scenario).map_err(|error| world_faults(&error))
    }

    /// Makes places, people and processes. `table` holds the scenario's own table of counties, if it has one.
    ///
    /// # Errors
    /// If the selection or the table is faulty, the run would exceed the scenario's limit of memory, or
    /// threads are refused.
    pub fn build(scenario: &Scenario, table: Option<&[u8]>, threads: Threads) -> Result<Simulation, Faults> {
        Simulation::build_in(scenario, table, None, threads)
    }

    /// The same in places that were made before; made anew if there are none or they are not the scenario's.
    ///
    /// # Errors
    /// Those of [`Simulation::build`].
    pub fn build_in(
        scenario: &Scenario,
        table: Option<&[u8]>,
        places: Option<&MadePlaces>,
        threads: Threads,
    ) -> Result<Simulation, Faults> {
        let prepared = among::prepare(scenario, table, places, threads, 1)?;
        Ok(Simulation::begin(prepared, &mut Alone))
    }

    /// The end of the last window.
    pub fn now(&self) -> Time {
        self.now
    }

    /// The run's first moment.
    pub fn start(&self) -> Time {
        self.setting.start
    }

    /// The moment after the run's last.
    pub fn end(&self) -> Time {
        self.setting.end
    }

    /// The scenario.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The scenario's own table of counties, if it has one.
    pub fn table(&self) -> Option<&[u8]> {
        self.table.as_deref()
    }

    /// The scenarios that held before branches changed them, by time; none for a run that has not branched.
    pub fn earlier(&self) -> &[Earlier] {
        &self.earlier
    }

    /// What stays fixed: parameters and places.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// Whether the end is reached.
    pub fn is_done(&self) -> bool {
        self.now >= self.setting.end
    }

    /// Runs one window. Returns whether there is another.
    ///
    /// The last window includes the first minute after the end, in which the last month is settled.
    pub fn step(&mut self) -> bool {
        self.step_among(&mut Alone)
    }

    /// The 128-bit fingerprint of everything that has happened, at the last window's end.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Events handled.
    pub fn events(&self) -> u64 {
        self.network.nodes().iter().map(ModelNode::handled).sum()
    }

    /// Orders placed; in a sample, bundles of orders.
    pub fn orders(&self) -> u64 {
        self.counties().map(CountyProcess::orders).sum()
    }

    /// The processes of the counties held here, in order of the atlas.
    pub fn counties(&self) -> impl Iterator<Item = &CountyProcess> {
        self.network.nodes().iter().filter_map(ModelNode::county)
    }

    /// Messages on their way to the nodes held here.
    pub fn undelivered(&self) -> &[Envelope<Message>] {
        self.network.undelivered()
    }

    /// What has been gathered so far: closed months, rows, episodes.
    pub fn gathered(&self) -> &Gathered {
        &self.gathered
    }

    /// Attraction of all simulated village shops by trade at the last month's end, an ordinary shop's being
    /// 1.
    pub fn village_attraction(&self) -> [f64; Product::COUNT] {
        let mut sums = [0.0; Product::COUNT];
        for county in self.counties() {
            sums.iter_mut().zip(county.attraction()).for_each(|(sum, part)| *sum += part);
        }
        sums
    }

    /// The places of [`Simulation::counties`].
    pub(crate) fn places_here(&self) -> &[County] {
        let counties = &self.setting.atlas.counties;
        counties.get(self.network.first() as usize..).unwrap_or_default()
    }

    /// What a viewer sees now.
    pub fn snapshot(&self) -> Snapshot {
        let mut snapshot = Snapshot { time: self.now, ..Snapshot::default() };
        let places = (self.network.first() as usize..).zip(self.places_here());
        for (process, (index, place)) in self.counties().zip(places) {
            for (at, village) in place.villages.iter().enumerate() {
                snapshot.longitude.push(village.longitude);
                snapshot.latitude.push(village.latitude);
                snapshot.county.push(index as u32);
                snapshot.village.push(at as u16);
                snapshot.state.push(process.view(at));
            }
        }
        snapshot
    }

    /// The results so far: headline figures, tables, audit.
    pub fn outcome(&self) -> Outcome {
        outcome::of(self, Ending::of(self))
    }

    /// Whether the books balance so far; part of [`Simulation::outcome`], without its tables.
    pub fn audit(&self) -> Audit {
        ending::audit(self)
    }

    /// Memory held by villages, households and shops, about \[bytes\].
    pub fn bytes(&self) -> usize {
        self.counties().map(CountyProcess::bytes).sum()
    }
}
