//! `orders` on Countryside's kernel and runner.
//!
//! - By default as the model's agents are built: a clock for each village, parcels in consignments.
//! - `--steps`: every step of every parcel is an event, which compares the kernel itself with other engines'.

mod consignments;
mod county;
mod steps;

use sim_core::base::{Delay, Time};
use sim_core::kernel::{BucketQueue, Process, Simulator};
use sim_core::runner::{LogicalProcess, Network, ThreadRunner, Window};
use workload::{Options, Tally, program};

/// A county that begins, and counts.
trait Counted: Process<Message = ()> {
    fn new(seed: u64, first: u32, villages: u32) -> Self;
    fn begin(&mut self, outbox: &mut sim_core::kernel::Outbox<Self::Event, ()>);
    /// What has happened before the end of the run.
    fn tally(&self, end: Time) -> Tally;
}

/// The counties side by side, window by window, as the model runs.
fn counties<P>(options: &Options) -> Tally
where
    P: Counted + Send,
    P::Event: Send,
{
    let start = county::midnight(0);
    let mut first = 0;
    let mut nodes = Vec::new();
    for (address, villages) in (0..).zip(options.counties()) {
        let mut outbox = sim_core::kernel::Outbox::new();
        let mut process = P::new(options.seed, first, villages);
        process.begin(&mut outbox);
        let mut simulator = Simulator::<P, BucketQueue<P::Event>>::new(process, start);
        outbox.scheduled().iter().for_each(|&(key, event)| simulator.schedule(key, event));
        nodes.push(LogicalProcess::new(address, simulator));
        first += villages;
    }
    let threads = ThreadRunner::new(options.threads).expect("the threads start");
    let mut network = Network::new(nodes);
    let end: Time = start + Delay::days(options.days);
    for window in Window::sequence(start, end, Delay::days(7)) {
        network.step(&(), &threads, window);
    }
    let mut tally = Tally::default();
    network.nodes().iter().for_each(|node| tally += node.simulator().process().tally(end));
    tally
}

fn run(kind: &str, options: &Options) -> Tally {
    match kind {
        "steps" => counties::<steps::County>(options),
        _ => counties::<consignments::County>(options),
    }
}

fn main() {
    program(run, "countryside");
}
