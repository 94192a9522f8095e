//! Nodes, and the messages between them.

use super::envelope::Envelope;
use super::exchange::{Exchange, InMemory};
use super::window::Window;
use crate::base::Fingerprint;
use serde::{Deserialize, Serialize};

/// Something that runs a window on its own.
pub trait Node: Send {
    /// What nodes say to each other.
    type Message: Send + Sync;
    /// What stays as it is for a whole run, the same for all nodes.
    type Context: ?Sized + Sync;

    /// Runs a window: first `inbox` (in key order, all addressed to this node), then its own events. Appends
    /// what it sends to `outgoing`, whose earlier contents are other nodes'.
    fn advance(
        &mut self,
        context: &Self::Context,
        window: Window,
        inbox: &[Envelope<Self::Message>],
        outgoing: &mut Vec<Envelope<Self::Message>>,
    );

    /// Of everything that happened in the node so far.
    fn fingerprint(&self) -> Fingerprint;

    /// The expected work of the next window relative to other nodes; any positive unit.
    fn weight(&self) -> u64;
}

/// A way to run all nodes through a window.
pub trait Runner {
    /// Advances every node once. `inbox` is in key order; the first node has address `first`. Appends what is
    /// sent to `outgoing`, in any order.
    fn run<N: Node>(
        &self,
        context: &N::Context,
        window: Window,
        first: u32,
        nodes: &mut [N],
        inbox: &[Envelope<N::Message>],
        outgoing: &mut Vec<Envelope<N::Message>>,
    );
}

/// Nodes with the messages that have been sent to them and not yet delivered; a node's address is its
/// position. A network that several ranks share is on each of them the part that it holds.
///
/// Serialisable between windows.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(
    serialize = "N: Serialize, N::Message: Serialize",
    deserialize = "N: Deserialize<'de>, N::Message: Deserialize<'de>"
))]
pub struct Network<N: Node> {
    /// Address of the first node.
    first: u32,
    nodes: Vec<N>,
    /// In key order.
    undelivered: Vec<Envelope<N::Message>>,
    fingerprint: Fingerprint,
    /// Empty between windows; kept for its memory.
    #[serde(skip)]
    outgoing: Vec<Envelope<N::Message>>,
}

impl<N: Node> Network<N> {
    /// A network of these nodes, with no messages on their way.
    pub fn new(nodes: Vec<N>) -> Network<N> {
        Network::part(0, nodes, Vec::new(), Fingerprint::default())
    }

    /// Neighbouring nodes of a network, the first of them at address `first`, with the messages on their way
    /// to them, in key order, and the whole network's fingerprint.
    pub fn part(
        first: u32,
        nodes: Vec<N>,
        undelivered: Vec<Envelope<N::Message>>,
        fingerprint: Fingerprint,
    ) -> Network<N> {
        Network { first, nodes, undelivered, fingerprint, outgoing: Vec::new() }
    }

    /// Runs all nodes through a window and exchanges their messages; returns the network's fingerprint.
    ///
    /// # Panics
    ///
    /// If a node sends to an address that no node has.
    pub fn step<R: Runner>(&mut self, context: &N::Context, runner: &R, window: Window) -> Fingerprint {
        self.step_with(context, runner, &mut InMemory, window)
    }

    /// The same with another way to exchange messages.
    ///
    /// # Panics
    ///
    /// If a node receives a message for an address that no node has.
    pub fn step_with<R, X>(
        &mut self,
        context: &N::Context,
        runner: &R,
        exchange: &mut X,
        window: Window,
    ) -> Fingerprint
    where
        R: Runner,
        X: Exchange<N::Message>,
    {
        let inbox = &self.undelivered;
        runner.run(context, window, self.first, &mut self.nodes, inbox, &mut self.outgoing);
        self.undelivered.clear();
        std::mem::swap(&mut self.undelivered, &mut self.outgoing);
        exchange.exchange(&mut self.undelivered);
        if let Some(last) = self.undelivered.last() {
            let (to, from, nodes) = (last.to, last.from, self.first as usize + self.nodes.len());
            assert!((to as usize) < nodes, "node {from} wrote to node {to} of {nodes}");
        }
        let own = self.nodes.iter().map(Node::fingerprint).collect();
        for fingerprint in exchange.complete(own) {
            self.fingerprint.mix_fingerprint(fingerprint);
        }
        self.fingerprint
    }

    /// The address of the first node held here.
    pub fn first(&self) -> u32 {
        self.first
    }

    /// The nodes, by address.
    pub fn nodes(&self) -> &[N] {
        &self.nodes
    }

    /// The nodes, to be changed between windows.
    pub(crate) fn nodes_mut(&mut self) -> &mut [N] {
        &mut self.nodes
    }

    /// Messages that will be delivered at the beginning of the next window, in key order.
    pub fn undelivered(&self) -> &[Envelope<N::Message>] {
        &self.undelivered
    }

    /// Of all nodes in order, at the end of every window so far.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}
