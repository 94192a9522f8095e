//! Any bytes as a scenario: loading ends without panic, and what it accepts survives a round trip.
//!
//! `cargo +nightly fuzz run scenario fuzz/corpus/scenario scenarios tests/fixtures/scenarios`

#![no_main]

use libfuzzer_sys::fuzz_target;
use sim_core::scenario::{MemorySource, load};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(scenario) = load(&MemorySource::of("x.ron", bytes), "x.ron", &[]) {
        let again = MemorySource::of("x.ron", scenario.resolved_text());
        assert_eq!(load(&again, "x.ron", &[]).as_ref(), Ok(&scenario));
    }
});
