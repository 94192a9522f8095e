//! How messages get from one window to the next.

use super::envelope::Envelope;
use crate::base::Fingerprint;

/// Carries the messages of a window to where their receivers are.
///
/// Every rank that holds a part of the network calls this once at each window's end. An implementation
/// between ranks sends away what is addressed elsewhere and adds what arrives; results are the same
/// as in memory because delivery follows the key alone.
pub trait Exchange<M> {
    /// Replaces what local nodes have sent, in any order, by what local nodes are to receive, in key order.
    fn exchange(&mut self, envelopes: &mut Vec<Envelope<M>>);

    /// Completes the fingerprints of local nodes to those of all nodes, in order of their addresses.
    fn complete(&mut self, own: Vec<Fingerprint>) -> Vec<Fingerprint> {
        own
    }
}

/// All nodes in one memory: what is sent is what is received.
#[derive(Clone, Copy, Debug, Default)]
pub struct InMemory;

impl<M> Exchange<M> for InMemory {
    fn exchange(&mut self, envelopes: &mut Vec<Envelope<M>>) {
        envelopes.sort_unstable_by_key(Envelope::key);
    }
}
