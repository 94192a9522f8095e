//! A run, and what can be asked of it at a window's end.

use crate::base::{Fingerprint, Product, Time};
use crate::event::Message;
use crate::model::{CountyProcess, Gathered, ModelNode, Setting, VillageView};
use crate::runner::{Envelope, Network, Shares, ThreadRunner};
use crate::scenario::Scenario;
use crate::world::County;

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
    pub(super) scenario: Scenario,
    /// The scenario's own table of counties, which a checkpoint must carry.
    pub(super) table: Option<Vec<u8>>,
    /// What held before it, if the run has branched.
    pub(super) earlier: Vec<Earlier>,
    pub(super) setting: Setting,
    pub(super) shares: Shares,
    pub(super) network: Network<ModelNode>,
    pub(super) runner: ThreadRunner,
    pub(super) now: Time,
    pub(super) fingerprint: Fingerprint,
    pub(super) gathered: Gathered,
}

/// A scenario that held until a branch changed it.
///
/// A branched run is given by its scenario and these, in order of time: together they are what makes it
/// again.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The moment of the branch, a window's end.
    pub until: Time,
    /// The fingerprint of everything that had happened by then.
    pub fingerprint: Fingerprint,
    /// The scenario.
    pub scenario: Scenario,
}

impl Simulation {
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

    /// Memory held by villages, households and shops, about \[bytes\].
    pub fn bytes(&self) -> usize {
        self.counties().map(CountyProcess::bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use crate::base::Fingerprint;
    use crate::runner::disturbance;
    use crate::scenario::Scenario;
    use crate::simulation::{Simulation, Threads};

    /// Twelve counties with some villages for six weeks.
    fn scenario(seed: &str) -> Scenario {
        let mut scenario = Scenario::builtin("tiny").unwrap();
        let few = [("places.select", "Random(count: 12)"), ("places.villages_per_county", "3")];
        for (path, value) in [few[0], few[1], ("end", "\"2014-11-15\""), ("seed", seed)] {
            scenario.set(path, value).unwrap();
        }
        scenario
    }

    /// The fingerprint at the end of every window.
    fn trace(scenario: &Scenario, threads: usize) -> Vec<Fingerprint> {
        let mut simulation = Simulation::build(scenario, None, Threads::Parallel(threads)).unwrap();
        let mut trace = Vec::new();
        while simulation.step() {
            trace.push(simulation.fingerprint());
        }
        trace.push(simulation.fingerprint());
        trace
    }

    #[test]
    fn threads_that_are_held_up_at_random_change_nothing() {
        let known = trace(&scenario("7"), 1);
        assert!(known.len() > 4 && known != trace(&scenario("8"), 1), "the control: another run differs");
        let before = disturbance::times();
        for threads in 1..=16 {
            disturbance::from_seed(0x9E37_79B9_7F4A_7C15 ^ threads);
            assert_eq!(trace(&scenario("7"), threads as usize), known, "{threads} threads");
        }
        disturbance::from_seed(0);
        assert!(disturbance::times() > before + 100, "nobody was held up");
    }
}
