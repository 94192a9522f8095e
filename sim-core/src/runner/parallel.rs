//! Nodes on several threads.
//!
//! Neighbouring nodes are bound together into some [`TASKS_PER_THREAD`] tasks a thread, of about equal
//! weight, which threads take as they become free, the heaviest first: a task of many small nodes hides the
//! cost of handing it out, and small enough tasks even out wrong estimates. Rejected: one task a node
//! (hundreds of nanoseconds each when a node's window takes a few microseconds); one fixed group a thread
//! (the slowest decides).

use super::envelope::Envelope;
use super::network::{Node, Runner};
use super::partition::contiguous;
use super::sequential::run_part;
use super::window::Window;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// Tasks for each thread and window: the last one to finish is a twelfth of a thread's share at most, unless
/// one node is heavier, and handing tasks out stays far below a percent of a window of a millisecond.
const TASKS_PER_THREAD: usize = 12;

/// Runs nodes on a pool of its own, built once.
#[derive(Debug)]
pub struct Parallel {
    pool: ThreadPool,
}

/// Some neighbouring nodes, and what they send.
struct Task<'n, N: Node> {
    first: usize,
    nodes: &'n mut [N],
    weight: u64,
    outgoing: Vec<Envelope<N::Message>>,
}

impl Parallel {
    /// A runner with exactly this many threads (at least one), besides the caller's, which waits.
    ///
    /// # Errors
    ///
    /// If the system refuses the threads.
    pub fn new(threads: usize) -> Result<Parallel, ThreadPoolBuildError> {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads.max(1))
            .thread_name(|index| format!("runner {index}"))
            .build()?;
        Ok(Parallel { pool })
    }

    /// The number of threads.
    pub fn threads(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// Does something with each of some items; what comes of it is in their order.
    pub(super) fn map<I: Send, T: Send>(&self, items: Vec<I>, work: impl Fn(I) -> T + Send + Sync) -> Vec<T> {
        self.pool.install(|| items.into_par_iter().map(work).collect())
    }
}

impl Runner for Parallel {
    fn run<N: Node>(
        &self,
        context: &N::Context,
        window: Window,
        first: u32,
        nodes: &mut [N],
        inbox: &[Envelope<N::Message>],
        outgoing: &mut Vec<Envelope<N::Message>>,
    ) {
        let mut tasks = tasks(nodes, self.threads() * TASKS_PER_THREAD);
        self.pool.in_place_scope(|scope| {
            for task in &mut tasks {
                let at = first as usize + task.first;
                scope.spawn(move |_| run_part(context, window, at, task.nodes, inbox, &mut task.outgoing));
            }
        });
        tasks.iter_mut().for_each(|task| outgoing.append(&mut task.outgoing));
    }
}

/// The nodes as about `count` tasks, the heaviest first.
fn tasks<N: Node>(mut nodes: &mut [N], count: usize) -> Vec<Task<'_, N>> {
    let weights: Vec<u64> = nodes.iter().map(Node::weight).collect();
    let mut tasks = Vec::with_capacity(count);
    for group in contiguous(&weights, count) {
        let (own, others) = nodes.split_at_mut(group.len());
        nodes = others;
        tasks.push(Task {
            first: group.start,
            nodes: own,
            weight: weights[group].iter().sum(),
            outgoing: Vec::new(),
        });
    }
    tasks.sort_by_key(|task| std::cmp::Reverse(task.weight));
    tasks
}
