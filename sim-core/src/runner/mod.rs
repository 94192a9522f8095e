//! Many processes side by side, window by window.
//!
//! A [`Network`] holds [`Node`]s and the messages between them. In each [`Window`] every node advances on its
//! own, then the messages are exchanged; what is sent in one window is delivered at the beginning of the
//! next. Since nodes touch nothing of each other within a window, and messages are merged in the order of
//! their keys, neither threads nor grouping can change a bit.
//!
//! Rejected: optimistic execution (Time Warp), whose roll-backs cost more than a county's week; and
//! windows that adapt to the least delay between nodes, since results would depend on the look-ahead.

mod collective_exchange;
mod communicator;
#[cfg(test)]
pub(crate) mod disturbance;
mod envelope;
mod exchange;
mod logical_process;
mod network;
#[cfg(feature = "parallel")]
mod parallel;
mod partition;
mod sequential;
mod shares;
mod threads;
mod window;

pub use collective_exchange::{CollectiveExchange, from_bytes, to_bytes};
pub use communicator::{Communicator, SingleRank};
pub use envelope::Envelope;
pub use exchange::{Exchange, InMemory};
pub use logical_process::LogicalProcess;
pub use network::{Network, Node, Runner};
#[cfg(feature = "parallel")]
pub use parallel::Parallel;
pub use partition::contiguous;
pub use sequential::Sequential;
pub use shares::Shares;
pub use threads::{ThreadRunner, ThreadsError};
pub use window::{Window, Windows};
