//! PHOLD, the standard synthetic load of discrete-event simulation (Fujimoto 1990): objects pass jobs
//! to each other after random delays, some of them to objects of other processes.

use serde::{Deserialize, Serialize};
use sim_core::base::random_stream::{Purpose, Seed, below, block, unit};
use sim_core::base::{Delay, Owner, Time, math};
use sim_core::kernel::{EventKey, Outbox, Process, Queue, Simulator};
use sim_core::runner::{LogicalProcess, Network};

/// What distinguishes one PHOLD model from another.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Parameters {
    /// Of all draws.
    pub seed: u64,
    /// Processes.
    pub nodes: u32,
    /// Objects in each process.
    pub objects: u32,
    /// Jobs that each object begins with.
    pub jobs: u32,
    /// Probability that a job goes to an object of any process instead of the own one.
    pub remote: f64,
    /// Mean of the exponential delay of a job [minutes].
    pub delay: f64,
    /// When the model begins.
    pub start: Time,
}

/// One process: some objects, each with its own draws and its own counter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Phold {
    parameters: Parameters,
    address: u32,
    /// Uses of random numbers and of keys by each object.
    counts: Vec<u32>,
}

/// A job arrives at this object of the process.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job(pub u32);

type Out = Outbox<Job, Job>;

impl Phold {
    fn new(parameters: Parameters, address: u32) -> Phold {
        let counts = vec![0; parameters.objects as usize];
        Phold { parameters, address, counts }
    }

    fn draw(&mut self, object: u32) -> (u32, [u32; 4]) {
        let count = self.counts[object as usize];
        self.counts[object as usize] += 1;
        let owner = Owner::other(u64::from(self.address * self.parameters.objects + object));
        let seed = Seed(self.parameters.seed);
        (count, block(seed, owner, Purpose::Test, u64::from(count)))
    }

    fn later(&self, now: Time, word: u32) -> Time {
        now + Delay::minutes((-math::ln(unit(word)) * self.parameters.delay) as u32)
    }

    /// What happens when a job arrives at an object.
    fn pass(&mut self, now: Time, object: u32, outbox: &mut Out) {
        let (count, words) = self.draw(object);
        let parameters = self.parameters;
        let target = Job(below(words[1], parameters.objects));
        if unit(words[2]) < parameters.remote {
            outbox.send(below(words[3], parameters.nodes), target);
        } else {
            let time = self.later(now, words[0]);
            outbox.schedule(EventKey::new(time, (words[3] & 1) as u8, object, count), target);
        }
    }
}

impl Process for Phold {
    type Context = ();
    type Event = Job;
    type Message = Job;

    fn receive(&mut self, _: &(), now: Time, _from: u32, message: &Job, outbox: &mut Out) {
        let (count, words) = self.draw(message.0);
        let time = self.later(now, words[0]);
        outbox.schedule(EventKey::new(time, 0, message.0, count), *message);
    }

    fn handle(&mut self, _: &(), key: EventKey, event: Job, outbox: &mut Out) {
        self.pass(key.time(), event.0, outbox);
    }

    fn close_window(&mut self, _: &(), _end: Time, _outbox: &mut Out) {}

    fn kind(event: &Job) -> u32 {
        event.0
    }
}

/// A process with its first jobs.
pub fn simulator<Q: Queue<Job>>(parameters: Parameters, address: u32) -> Simulator<Phold, Q> {
    let mut process = Phold::new(parameters, address);
    let mut first = Vec::new();
    for object in 0..parameters.objects {
        for _ in 0..parameters.jobs {
            let (count, words) = process.draw(object);
            let time = process.later(parameters.start, words[0]);
            first.push((EventKey::new(time, 0, object, count), Job(object)));
        }
    }
    let mut simulator = Simulator::new(process, parameters.start);
    first.into_iter().for_each(|(key, job)| simulator.schedule(key, job));
    simulator
}

/// All processes.
pub type PholdNetwork<Q> = Network<LogicalProcess<Phold, Q>>;

/// All processes, before the first window.
pub fn network<Q: Queue<Job> + Send>(parameters: Parameters) -> PholdNetwork<Q> {
    let node = |address| LogicalProcess::new(address, simulator(parameters, address));
    Network::new((0..parameters.nodes).map(node).collect())
}
