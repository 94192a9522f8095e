//! Any bytes as a checkpoint's content: they are refused, or give a run.
//!
//! `cargo +nightly fuzz run checkpoint`

#![no_main]

use libfuzzer_sys::fuzz_target;
use sim_core::simulation::{Simulation, Threads};

fuzz_target!(|bytes: &[u8]| {
    let _ = Simulation::resume(bytes, Threads::Sequential);
});
