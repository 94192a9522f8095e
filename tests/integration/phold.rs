//! Random small models give the same bits on every queue and every runner.

use super::phold_model::{Job, Parameters, PholdNetwork, network};
use super::queue::InsertionQueue;
use serde::{Deserialize, Serialize};
use sim_core::base::random_stream::{Purpose, RandomStream, Seed};
use sim_core::base::{Delay, Fingerprint, Owner, Time};
use sim_core::kernel::{BucketQueue, HeapQueue, Queue};
use sim_core::runner::{Envelope, Exchange, Node, Parallel, Runner, Sequential, ThreadRunner, Window};

const MODELS: u64 = 500;

/// A small model with its windows.
fn model(number: u64) -> (Parameters, Vec<Window>) {
    let mut stream = RandomStream::new(Seed(number), Owner::other(1), Purpose::Selection, 0);
    let mut pick = |from: &[u32]| from[stream.below(from.len() as u32) as usize];
    let start = Time::from_minutes(pick(&[0, 7_774_560, u32::MAX - 9_000]));
    let delay = pick(&[2, 30, 700, 20_000]);
    let parameters = Parameters {
        seed: number,
        nodes: pick(&[1, 2, 3, 5, 13, 40]),
        objects: pick(&[1, 2, 5, 20]),
        jobs: pick(&[1, 2, 4]),
        remote: f64::from(pick(&[0, 1, 5, 10])) / 10.0,
        delay: f64::from(delay),
        start,
    };
    let length = Delay::minutes(1 + delay * pick(&[1, 2, 5]));
    let windows = Window::sequence(start, Time::END, length).take(8).collect();
    (parameters, windows)
}

/// The network's fingerprint at the end of every window.
fn prints<Q: Queue<Job> + Send>(
    (parameters, windows): &(Parameters, Vec<Window>),
    runner: &impl Runner,
) -> Vec<Fingerprint> {
    let mut network = network::<Q>(*parameters);
    windows.iter().map(|&window| network.step(&(), runner, window)).collect()
}

/// Runs nodes one by one in a shuffled order, each as a group of its own, and yields in between.
struct Shuffled(u64);

impl Runner for Shuffled {
    fn run<N: Node>(
        &self,
        context: &N::Context,
        window: Window,
        first: u32,
        nodes: &mut [N],
        inbox: &[Envelope<N::Message>],
        outgoing: &mut Vec<Envelope<N::Message>>,
    ) {
        let mut stream = RandomStream::new(Seed(self.0), Owner::other(2), Purpose::Selection, 0);
        let mut order: Vec<(u32, usize)> = (0..nodes.len()).map(|node| (stream.word(), node)).collect();
        order.sort();
        for (_, node) in order {
            let own = |envelope: &Envelope<N::Message>| envelope.to as usize == first as usize + node;
            let from = inbox.iter().position(own).unwrap_or(0);
            let own = inbox[from..].iter().take_while(|envelope| own(envelope)).count();
            nodes[node].advance(context, window, &inbox[from..from + own], outgoing);
        }
    }
}

#[test]
fn queues_runners_threads_and_groupings_agree_on_every_window() {
    let pools = [1, 2, 3, 8].map(|threads| Parallel::new(threads).unwrap());
    let mut wrong = 0;
    for number in 0..MODELS {
        let model = model(number);
        let expected = prints::<HeapQueue<Job>>(&model, &Sequential);
        let agrees = |prints, what: &str| assert_eq!(expected, prints, "{what}: {number} {model:?}");
        agrees(prints::<BucketQueue<Job>>(&model, &Sequential), "bucket queue");
        agrees(prints::<BucketQueue<Job>>(&model, &Shuffled(number)), "shuffled nodes");
        for pool in &pools {
            agrees(prints::<BucketQueue<Job>>(&model, pool), "threads");
        }
        wrong += usize::from(prints::<InsertionQueue<Job>>(&model, &Sequential) != expected);
    }
    assert!(wrong > 100, "a queue that breaks ties by insertion was caught {wrong} times only");
}

/// Wrong on purpose: messages are delivered in the order in which nodes happened to finish.
struct FirstComeFirstServed;

impl<M> Exchange<M> for FirstComeFirstServed {
    fn exchange(&mut self, envelopes: &mut Vec<Envelope<M>>) {
        envelopes.sort_by_key(|envelope| envelope.to);
    }
}

/// The network's last fingerprint with this exchange.
fn last_print(number: u64, runner: &impl Runner, mut exchange: impl Exchange<Job>) -> Fingerprint {
    let (parameters, windows) = model(number);
    let mut network = network::<BucketQueue<Job>>(parameters);
    for window in windows {
        network.step_with(&(), runner, &mut exchange, window);
    }
    network.fingerprint()
}

#[test]
fn an_exchange_that_delivers_by_arrival_is_caught() {
    let mut caught = 0;
    for number in 0..MODELS {
        let in_order = last_print(number, &Sequential, FirstComeFirstServed);
        let shuffled = last_print(number, &Shuffled(number), FirstComeFirstServed);
        caught += usize::from(in_order != shuffled);
    }
    assert!(caught > 50, "caught {caught} times only");
}

#[test]
fn a_pool_has_the_number_of_threads_asked_for() {
    for threads in [1, 2, 3, 8] {
        assert_eq!(Parallel::new(threads).unwrap().threads(), threads);
        assert_eq!(ThreadRunner::new(threads).unwrap().count(), threads);
    }
    assert_eq!(ThreadRunner::new(0).unwrap().count(), 1);
}

/// Runs to the end from the bytes of a checkpoint.
fn resumed<Q>(bytes: &[u8], rest: &[Window]) -> PholdNetwork<Q>
where
    Q: Queue<Job> + Send + for<'de> Deserialize<'de>,
{
    let mut network: PholdNetwork<Q> = postcard::from_bytes(bytes).unwrap();
    for &window in rest {
        network.step(&(), &Sequential, window);
    }
    network
}

fn bytes<Q: Queue<Job> + Send + Serialize>(network: &PholdNetwork<Q>) -> Vec<u8> {
    postcard::to_stdvec(network).unwrap()
}

#[test]
fn a_run_resumed_at_any_window_equals_the_uninterrupted_one() {
    for number in 0..60 {
        let (parameters, windows) = model(number);
        let mut network = network::<BucketQueue<Job>>(parameters);
        let mut checkpoints = Vec::new();
        for &window in &windows {
            checkpoints.push(bytes(&network));
            network.step(&(), &Sequential, window);
        }
        for (done, checkpoint) in checkpoints.iter().enumerate() {
            let rest = &windows[done..];
            let again = resumed::<BucketQueue<Job>>(checkpoint, rest);
            assert_eq!(again.fingerprint(), network.fingerprint());
            assert_eq!(bytes(&again), bytes(&network), "model {number} window {done}");
            let on_heap = resumed::<HeapQueue<Job>>(checkpoint, rest);
            assert_eq!(bytes(&on_heap), bytes(&network), "a checkpoint does not tell its queue");
        }
    }
}

/// The negative control: a checkpoint that forgets the messages on their way.
#[test]
fn a_resumed_run_without_its_messages_differs() {
    let (mut parameters, windows) = model(0);
    (parameters.nodes, parameters.remote) = (5, 1.0);
    let mut whole = network::<BucketQueue<Job>>(parameters);
    whole.step(&(), &Sequential, windows[0]);
    assert!(!whole.undelivered().is_empty());
    let mut forgetful = PholdNetwork::new(whole.nodes().to_vec());
    whole.step(&(), &Sequential, windows[1]);
    forgetful.step(&(), &Sequential, windows[1]);
    let node = |network: &PholdNetwork<BucketQueue<Job>>| network.nodes()[0].fingerprint();
    assert_ne!(node(&whole), node(&forgetful));
}

#[test]
fn jobs_are_neither_lost_nor_made() {
    let (mut parameters, _) = model(3);
    (parameters.start, parameters.nodes) = (Time::START, 7);
    let mut network = network::<BucketQueue<Job>>(parameters);
    let jobs = (7 * parameters.objects * parameters.jobs) as usize;
    for window in Window::sequence(Time::START, Time::from_minutes(90_000), Delay::days(7)) {
        network.step(&(), &Sequential, window);
        let pending: usize = network.nodes().iter().map(|node| node.simulator().queue().len()).sum();
        assert_eq!(pending + network.undelivered().len(), jobs);
    }
}
