//! Countryside: a discrete-event, agent-based simulator of rural e-commerce.
//!
//! A tour in five stops; each is also an example under `examples/`, which a test runs.
//!
//! # Build
//!
//! A [`Scenario`](scenario::Scenario) says what is asked: places, dates, parameters. Scenarios are RON files
//! over defaults; the command's own are built in. Changes are pairs of a path and a value in RON, checked all
//! at once: the error lists every fault, each with the value, what was expected and what may have been meant.
//!
//! ```
//! use sim_core::scenario::{BuiltinSource, load};
//! use sim_core::simulation::{Simulation, Threads};
//!
//! let changes = [("end".to_owned(), "\"2014-12-31\"".to_owned())];
//! let scenario = load(&BuiltinSource, "tiny", &changes)?;
//! let simulation = Simulation::build(&scenario, None, Threads::Sequential)?;
//! assert_eq!(simulation.now().to_string(), "2014-10-01 00:00");
//!
//! let wrong = [("partner.comission".to_owned(), "0.05".to_owned())];
//! let faults = load(&BuiltinSource, "tiny", &wrong).unwrap_err();
//! assert!(faults.to_string().contains("partner.commission"));
//! # Ok::<(), sim_core::scenario::InputErrors>(())
//! ```
//!
//! # Run
//!
//! [`Simulation::step`](simulation::Simulation::step) runs one window (some days) of every county and
//! exchanges their messages; [`outcome`](simulation::Simulation::outcome) gives headline figures, tables and
//! the audit of the books. The same scenario and seed give the same results to the last bit on any number of
//! threads.
//!
//! ```
//! # use sim_core::scenario::{BuiltinSource, load};
//! # use sim_core::simulation::{Simulation, Threads};
//! # let changes = [("end".to_owned(), "\"2014-12-31\"".to_owned())];
//! # let scenario = load(&BuiltinSource, "tiny", &changes)?;
//! let mut simulation = Simulation::build(&scenario, None, Threads::Sequential)?;
//! while simulation.step() {}
//! let outcome = simulation.outcome();
//! assert!(outcome.audit.closes());
//! assert!(outcome.headline.iter().any(|figure| figure.name == "station_orders"));
//! # Ok::<(), sim_core::scenario::InputErrors>(())
//! ```
//!
//! # Watch
//!
//! The caller steps, and so may look between two windows at [`snapshot`](simulation::Simulation::snapshot) (a
//! column for each attribute of all villages) and at [`gathered`](simulation::Simulation::gathered) (months
//! as they close, episodes as they happen). An outcome of one's own is a function of an area's month,
//! [`AreaMonth`](metrics::area::AreaMonth):
//!
//! ```
//! # use sim_core::scenario::{BuiltinSource, load};
//! # use sim_core::simulation::{Simulation, Threads};
//! use sim_core::event::Measure;
//! # let changes = [("end".to_owned(), "\"2014-12-31\"".to_owned())];
//! # let scenario = load(&BuiltinSource, "tiny", &changes)?;
//! # let mut simulation = Simulation::build(&scenario, None, Threads::Sequential)?;
//! while simulation.step() {
//!     let last = simulation.gathered().nation.last();
//!     let sent = last.map_or(0, |month| month.value(Measure::ParcelsSent));
//!     assert!(sent >= 0 && simulation.snapshot().state.len() == 5);
//! }
//! # Ok::<(), sim_core::scenario::InputErrors>(())
//! ```
//!
//! # Change
//!
//! [`checkpoint`](simulation::Simulation::checkpoint) is everything that a run is, as bytes;
//! [`branch`](simulation::Simulation::branch) goes on from it with something changed, all random numbers
//! shared until then:
//!
//! ```
//! # use sim_core::scenario::{BuiltinSource, load};
//! # use sim_core::simulation::{Simulation, Threads};
//! # let changes = [("end".to_owned(), "\"2014-12-31\"".to_owned())];
//! # let scenario = load(&BuiltinSource, "tiny", &changes)?;
//! let mut simulation = Simulation::build(&scenario, None, Threads::Sequential)?;
//! simulation.step();
//! let checkpoint = simulation.checkpoint()?;
//! let stop = [("programme.enabled".to_owned(), "false".to_owned())];
//! let stopped = Simulation::branch(&checkpoint, &stop, Threads::Sequential)?;
//! assert_eq!(stopped.now(), simulation.now());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Extend
//!
//! | to add | begin at |
//! |---|---|
//! | a parameter | a row of its noun's table in [`params`]: type, default, unit, range, source |
//! | a measure (adds up over counties) | a row of [`event::Measure`], and `book.count` where it happens |
//! | an outcome (ratio, quantile) | a row of [`metrics::outcome`] |
//! | a payment | a row of [`metrics::ledger::Item`], and `book.pay` where it happens |
//! | an event of the model | `event/occurrence.rs`, `model/county_process.rs`, a file in `model/village/`
//! (or in `model/county/`, if it concerns several villages) |
//! | all that from a crate of one's own | `examples/own_event.rs`, [`simulation::Simulation::decide`] |
//! | a model of one's own | [`kernel::Process`]; [`runner::LogicalProcess`] for many with messages |
//!
//! The engine ([`kernel`], [`runner`]) knows no villages: its tests run queueing networks on it.
//! `docs/design.md` says which module may import which, and the rules that keep results the same everywhere.

pub mod agents;
pub mod base;
pub mod event;
pub mod kernel;
pub mod market;
pub mod members;
pub mod metrics;
pub mod model;
pub mod params;
pub mod policy;
pub mod region;
pub mod runner;
pub mod scenario;
pub mod simulation;
pub mod world;
