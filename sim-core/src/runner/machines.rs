//! The machines that share one run.
//!
//! A run that is larger than a machine is cut into parts of neighbouring nodes, one for each machine, and
//! every machine goes through the same windows. All they need of each other is here, in terms of bytes and
//! whole numbers, so that what carries them (MPI, threads in a test) knows neither nodes nor messages. Every
//! machine makes the same calls in the same order. A machine that fails ends the whole run: there is no
//! answer that would mean "failed".
//!
//! Rejected: sums of floats, which would depend on how many machines there are; a machine that directs the
//! others, which would need a protocol where a common order of calls suffices.

/// The machines that share a run, seen from one of them.
pub trait Machines {
    /// How many there are.
    fn count(&self) -> usize;

    /// Which one this is, from 0.
    fn rank(&self) -> usize;

    /// Replaces each value by its sum over all machines.
    fn sum(&mut self, values: &mut [i64]);

    /// What every machine gives, in order of machines, on every machine.
    fn all_gather(&mut self, own: &[u8]) -> Vec<Vec<u8>>;

    /// What every machine gives, in order of machines, on the first; nothing on the others.
    fn gather(&mut self, own: &[u8]) -> Vec<Vec<u8>>;

    /// Gives each machine what is meant for it; returns what each had for this one. What is meant for the
    /// machine itself comes back.
    fn all_to_all(&mut self, outgoing: Vec<Vec<u8>>) -> Vec<Vec<u8>>;

    /// Sends a piece to the first machine, which [receives](Machines::receive) it. Not called on the first.
    fn send(&mut self, piece: &[u8]);

    /// Waits for the next piece that a machine sends. Called on the first only.
    fn receive(&mut self, from: usize) -> Vec<u8>;
}

/// One machine that shares with nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Alone;

impl Machines for Alone {
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
