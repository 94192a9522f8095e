//! Discrete events: what happens next, inside one process.
//!
//! A [`Process`] is anything with a state that changes at moments: it handles one event at a time, in the
//! total order of [`EventKey`], and says through its [`Outbox`] what will happen to itself (events) and what
//! others should hear (messages). A [`Simulator`] is a process with its [`Queue`]. Nothing here knows what a
//! village is, and nothing here knows that there are other processes: that is the runner's business.

mod bucket_queue;
mod event_key;
mod heap_queue;
mod outbox;
mod process;
mod queue;
mod ring;
mod simulator;

pub use bucket_queue::BucketQueue;
pub use event_key::EventKey;
pub use heap_queue::HeapQueue;
pub use outbox::Outbox;
pub use process::Process;
pub use queue::Queue;
pub use simulator::Simulator;
