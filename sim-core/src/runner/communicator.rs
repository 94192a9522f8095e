//! The ranks that share one run.
//!
//! A run that is too large for one machine is cut into parts of neighbouring nodes, one for each rank, and
//! every rank goes through the same windows. All they need of each other is here, in terms of bytes and
//! whole numbers, so that what carries them (MPI, threads in a test) knows neither nodes nor messages. Every
//! rank makes the same calls in the same order. A rank that fails ends the whole run: there is no
//! answer that would mean "failed".
//!
//! Rejected: sums of floats, which would depend on how many ranks there are; a rank that directs the
//! others, which would need a protocol where a common order of calls suffices.

/// The ranks that share a run, seen from one of them.
pub trait Communicator {
    /// How many there are.
    fn count(&self) -> usize;

    /// Which one this is, from 0.
    fn rank(&self) -> usize;

    /// Replaces each value by its sum over all ranks.
    fn sum(&mut self, values: &mut [i64]);

    /// What every rank gives, in order of ranks, on every rank.
    fn all_gather(&mut self, own: &[u8]) -> Vec<Vec<u8>>;

    /// What every rank gives, in order of ranks, on the first; nothing on the others.
    fn gather(&mut self, own: &[u8]) -> Vec<Vec<u8>>;

    /// Gives each rank what is meant for it; returns what each had for this one. What is meant for the
    /// rank itself comes back.
    fn all_to_all(&mut self, outgoing: Vec<Vec<u8>>) -> Vec<Vec<u8>>;

    /// Sends a piece to the first rank, which [receives](Communicator::receive) it. Not called on the first.
    fn send(&mut self, piece: &[u8]);

    /// Waits for the next piece that a rank sends. Called on the first only.
    fn receive(&mut self, from: usize) -> Vec<u8>;
}

/// One rank that shares with nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct SingleRank;

impl Communicator for SingleRank {
    fn count(&self) -> usize {
        1
    }

    fn rank(&self) -> usize {
        0
    }

    fn sum(&mut self, _values: &mut [i64]) {}

    fn all_gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
        vec![own.to_vec()]
    }

    fn gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
        vec![own.to_vec()]
    }

    fn all_to_all(&mut self, outgoing: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        outgoing
    }

    fn send(&mut self, _piece: &[u8]) {}

    fn receive(&mut self, _from: usize) -> Vec<u8> {
        Vec::new()
    }
}
