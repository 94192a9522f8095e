//! Which results this program gives.

/// The program's version, and after a `+` a digest of the fingerprints that it must reproduce: two programs
/// of which both are equal give the same results. The version alone was rejected, because the model changes
/// between versions.
pub fn of_results() -> String {
    let known = include_bytes!("../tests/golden/selftest.ron");
    let digest = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(known));
    format!("{}+{}", env!("CARGO_PKG_VERSION"), digest.get(..8).unwrap_or(""))
}

/// A digest of the model's code and data, in hexadecimal: what two programs differ in whose results may
/// differ, whether a recorded run shows it or not.
pub fn of_model() -> String {
    sim_core::simulation::MODEL.to_owned()
}

/// What marks the runs of sweeps and searches: that of the results, and the second form of their seeds and
/// pieces. Runs of the first form, whose seeds counted on from the first, may not stand beside them.
pub fn of_sweeps() -> String {
    format!("{}.2", of_results())
}
