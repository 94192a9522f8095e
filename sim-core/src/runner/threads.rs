//! The choice of a runner by the number of threads.

use super::envelope::Envelope;
use super::network::{Node, Runner};
#[cfg(feature = "parallel")]
use super::parallel::Parallel;
use super::sequential::Sequential;
use super::window::Window;

/// A runner for a given number of threads. The number changes how long a run takes, and nothing else.
#[derive(Debug)]
pub enum ThreadRunner {
    /// The caller's thread only.
    One(Sequential),
    /// A pool of threads.
    #[cfg(feature = "parallel")]
    Many(Parallel),
}

crate::messages! {
    /// Why a runner has no threads.
    pub enum ThreadsError {
        Refused { threads: usize, reason: String } =
            "cannot start {threads} threads: {reason}", "无法启动 {threads} 个线程：{reason}";
    }
}

impl std::error::Error for ThreadsError {}

impl ThreadRunner {
    /// A runner with this many threads. 0 and 1 run on the caller's own, and so does any number where the
    /// feature `parallel` is off.
    ///
    /// # Errors
    ///
    /// If the system refuses the threads.
    pub fn new(threads: usize) -> Result<ThreadRunner, ThreadsError> {
        #[cfg(feature = "parallel")]
        if threads > 1 {
            return Parallel::new(threads)
                .map(ThreadRunner::Many)
                .map_err(|error| ThreadsError::Refused { threads, reason: error.to_string() });
        }
        let _ = threads;
        Ok(ThreadRunner::One(Sequential))
    }

    /// How many threads run nodes.
    pub fn count(&self) -> usize {
        match self {
            ThreadRunner::One(_) => 1,
            #[cfg(feature = "parallel")]
            ThreadRunner::Many(parallel) => parallel.threads(),
        }
    }

    /// Does something with each of some items; what comes of it is in their order. On one thread it is done
    /// on the caller's own: runs side by side, each on a thread of its own, would wait for each other on
    /// a common pool.
    pub fn map<I: Send, T: Send>(&self, items: Vec<I>, work: impl Fn(I) -> T + Send + Sync) -> Vec<T> {
        match self {
            ThreadRunner::One(_) => items.into_iter().map(work).collect(),
            #[cfg(feature = "parallel")]
            ThreadRunner::Many(parallel) => parallel.map(items, work),
        }
    }
}

impl Runner for ThreadRunner {
    fn run<N: Node>(
        &self,
        context: &N::Context,
        window: Window,
        first: u32,
        nodes: &mut [N],
        inbox: &[Envelope<N::Message>],
        outgoing: &mut Vec<Envelope<N::Message>>,
    ) {
        match self {
            ThreadRunner::One(runner) => runner.run(context, window, first, nodes, inbox, outgoing),
            #[cfg(feature = "parallel")]
            ThreadRunner::Many(runner) => runner.run(context, window, first, nodes, inbox, outgoing),
        }
    }
}
