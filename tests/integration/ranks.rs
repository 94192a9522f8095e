//! One run shared by several ranks, here threads that exchange bytes: to the bit the run on one. What MPI
//! adds is tested in `sim-mpi`.

use super::support::{COUNTIES, Trace, assert_same, build, counties, with};
use sim_core::runner::Communicator;
use sim_core::scenario::{InputErrors, Scenario};
use sim_core::simulation::{CheckpointError, Simulation, Threads};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Barrier, Mutex};

/// What the ranks have in common: a place for what each has for each, and a moment at which all have put
/// it there.
struct Hall {
    slots: Mutex<Vec<Vec<Vec<u8>>>>,
    barrier: Barrier,
}

/// A rank that is a thread.
struct Guest {
    rank: usize,
    hall: Arc<Hall>,
    to_first: Sender<Vec<u8>>,
    /// On the first: what each of the others sends.
    from: Vec<Receiver<Vec<u8>>>,
    /// Loses what it gets from other ranks in this exchange, the first being 1: the control.
    forgets: Option<u32>,
    exchanges: u32,
}

impl Communicator for Guest {
    fn count(&self) -> usize {
        self.hall.slots.lock().unwrap().len()
    }

    fn rank(&self) -> usize {
        self.rank
    }

    fn sum(&mut self, values: &mut [i64]) {
        let own: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        values.fill(0);
        for bytes in self.all_gather(&own) {
            for (value, part) in values.iter_mut().zip(bytes.chunks_exact(8)) {
                *value += i64::from_le_bytes(part.try_into().unwrap());
            }
        }
    }

    fn all_gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
        self.swap(vec![own.to_vec(); self.count()])
    }

    fn gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
        let all = self.all_gather(own);
        if self.rank == 0 { all } else { Vec::new() }
    }

    fn all_to_all(&mut self, outgoing: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        self.exchanges += 1;
        let mut incoming = self.swap(outgoing);
        if self.forgets == Some(self.exchanges) {
            incoming.iter_mut().for_each(Vec::clear);
        }
        incoming
    }

    fn send(&mut self, piece: &[u8]) {
        self.to_first.send(piece.to_vec()).unwrap();
    }

    fn receive(&mut self, from: usize) -> Vec<u8> {
        self.from[from].recv().unwrap()
    }
}

impl Guest {
    fn swap(&mut self, outgoing: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        self.hall.slots.lock().unwrap()[self.rank] = outgoing;
        self.hall.barrier.wait();
        let incoming = {
            let slots = self.hall.slots.lock().unwrap();
            slots.iter().map(|row| row[self.rank].clone()).collect()
        };
        self.hall.barrier.wait();
        incoming
    }
}

/// Does the same on so many ranks at once; returns what each found.
fn on_each<T: Send>(count: usize, forgets: Option<u32>, work: impl Fn(&mut Guest) -> T + Sync) -> Vec<T> {
    let hall = Arc::new(Hall { slots: Mutex::new(vec![Vec::new(); count]), barrier: Barrier::new(count) });
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..count).map(|_| channel()).unzip();
    let mut receivers = Some(receivers);
    std::thread::scope(|scope| {
        let guests: Vec<_> = (0..count)
            .map(|rank| {
                let mut guest = Guest {
                    rank,
                    hall: hall.clone(),
                    to_first: senders[rank].clone(),
                    from: receivers.take().unwrap_or_default(),
                    forgets,
                    exchanges: 0,
                };
                let work = &work;
                scope.spawn(move || work(&mut guest))
            })
            .collect();
        guests.into_iter().map(|guest| guest.join().unwrap()).collect()
    })
}

/// Five counties with shops from before the run, stations, shocks and followed households.
fn scenario() -> Scenario {
    let mut scenario = counties(&COUNTIES, 4);
    scenario.end = "2015-05-31".parse().unwrap();
    scenario.report.followed = 7;
    let shocks = "[(kind: RoadsClosed, start: \"2014-12-20\", weeks: 3, provinces: [43])]";
    with(scenario, &[("shop.entry", "0.02"), ("world.shocks", shocks)])
}

/// What a run shows, wherever it runs.
struct Seen {
    trace: Trace,
    /// Tables, audit and counts.
    results: String,
    /// After window 17.
    middle: Vec<u8>,
}

fn begin(scenario: &Scenario, threads: Threads, communicator: &mut Guest) -> Result<Simulation, InputErrors> {
    let prepared = Simulation::prepare(scenario, None, threads, communicator.count())?;
    Ok(Simulation::begin(prepared, communicator))
}

const MIDDLE: usize = 17;

fn watched(mut simulation: Simulation, communicator: &mut impl Communicator) -> Option<Seen> {
    let (mut trace, mut middle) = (Vec::new(), Vec::new());
    while !simulation.is_done() {
        simulation.step_on_ranks(communicator);
        trace.push((simulation.now(), simulation.fingerprint()));
        if trace.len() == MIDDLE {
            simulation.checkpoint_on_ranks(Some(&mut middle), communicator).unwrap();
        }
    }
    let outcome = simulation.outcome_on_ranks(communicator);
    assert_eq!(outcome.is_some(), communicator.rank() == 0);
    Some(Seen { trace, results: format!("{:?}", outcome?), middle })
}

fn shared(count: usize, threads: Threads, forgets: Option<u32>) -> Seen {
    let scenario = scenario();
    let mut seen = on_each(count, forgets, |communicator| {
        let simulation = begin(&scenario, threads, communicator).unwrap();
        watched(simulation, communicator)
    });
    seen.swap_remove(0).unwrap()
}

#[test]
fn any_number_of_machines_gives_the_bits_of_one() {
    let alone = watched(build(&scenario()), &mut sim_core::runner::SingleRank).unwrap();
    assert!(alone.results.contains("partner") && alone.trace.len() > 2 * MIDDLE - 1);
    for count in 1..=5 {
        let threads = if count == 2 { Threads::Parallel(2) } else { Threads::Sequential };
        let seen = shared(count, threads, None);
        assert_same(&alone.trace, &seen.trace, &format!("{count} ranks"));
        assert!(alone.results == seen.results, "results of {count} ranks differ");
        assert!(alone.middle == seen.middle, "checkpoints of {count} ranks differ");
    }
}

#[test]
fn an_exchange_that_is_lost_is_seen_in_the_same_or_the_next_window() {
    let alone = shared(1, Threads::Sequential, None).trace;
    let lost = 10;
    let forgetful = shared(3, Threads::Sequential, Some(lost)).trace;
    let first = alone.iter().zip(&forgetful).position(|(a, b)| a != b);
    let lost = lost as usize;
    // Some weeks have no message between ranks: the next that has shows it.
    assert!(first.is_some_and(|first| (lost - 1..lost + 5).contains(&first)), "{first:?}");
}

#[test]
fn a_checkpoint_goes_on_with_any_number_of_machines() {
    let whole = shared(2, Threads::Sequential, None);
    for count in [1, 3, 5] {
        let rest = on_each(count, None, |communicator| {
            let resumed =
                Simulation::resume_on_ranks(&whole.middle[..], Threads::Sequential, communicator).unwrap();
            watched(resumed, communicator)
        });
        let rest = rest.into_iter().flatten().next().unwrap();
        assert_same(&whole.trace[MIDDLE..].to_vec(), &rest.trace, &format!("resumed on {count} ranks"));
        assert!(whole.results == rest.results, "results after resuming on {count} differ");
    }
}

#[test]
fn more_machines_than_counties_are_refused_by_all() {
    let middle = shared(1, Threads::Sequential, None).middle;
    let scenario = scenario();
    let output = on_each(6, None, |communicator| {
        let built = begin(&scenario, Threads::Sequential, communicator);
        let resumed = Simulation::resume_on_ranks(&middle[..], Threads::Sequential, communicator);
        match (built, resumed) {
            (Err(built), Err(resumed @ CheckpointError::Scenario(_))) => {
                [built.to_string(), resumed.to_string()]
            }
            _ => panic!("six ranks share five counties"),
        }
    });
    for text in output.iter().flatten() {
        assert!(text.contains("6 ranks cannot share 5 counties"), "{text}");
    }
}

#[test]
fn the_limit_of_memory_holds_on_each_machine() {
    let mut scenario = scenario();
    scenario.places.villages_per_county = None;
    scenario.household_sample = 0.01;
    let estimate = Simulation::estimate(&scenario, None).unwrap();
    scenario.limits.memory = (estimate.on(5) >> 20) as u32 + 1;
    assert!(
        u64::from(scenario.limits.memory) << 20 < estimate.bytes,
        "the scenario is too small for this test"
    );
    assert!(Simulation::build(&scenario, None, Threads::Sequential).is_err());
    let built = on_each(5, None, |communicator| begin(&scenario, Threads::Sequential, communicator).is_ok());
    assert_eq!(built, [true; 5]);
    scenario.limits.memory = (estimate.on(5) >> 20) as u32 - 1;
    let refused = on_each(5, None, |communicator| {
        begin(&scenario, Threads::Sequential, communicator).err().map(|faults| faults.to_string())
    });
    assert!(
        refused.iter().flatten().all(|text| text.contains("on each of 5 ranks")) && refused[4].is_some(),
        "{refused:?}"
    );
}
