//! A simulator as a node of the network.

use super::envelope::Envelope;
use super::network::Node;
use super::window::Window;
use crate::base::Fingerprint;
use crate::kernel::{Process, Queue, Simulator};
use serde::{Deserialize, Serialize};

/// A simulator with an address (a *logical process*, in the terms of parallel simulation).
#[derive(Serialize, Deserialize)]
#[serde(bound(
    serialize = "P: Serialize, Q: Serialize",
    deserialize = "P: Deserialize<'de>, Q: Deserialize<'de>"
))]
pub struct LogicalProcess<P: Process, Q: Queue<P::Event>> {
    address: u32,
    simulator: Simulator<P, Q>,
    /// Messages sent, modulo 2^32.
    sent: u32,
    /// Events handled in the last window.
    recent: u64,
}

impl<P: Process, Q: Queue<P::Event>> Clone for LogicalProcess<P, Q>
where
    Simulator<P, Q>: Clone,
{
    fn clone(&self) -> LogicalProcess<P, Q> {
        LogicalProcess { simulator: self.simulator.clone(), ..*self }
    }
}

impl<P: Process, Q: Queue<P::Event>> LogicalProcess<P, Q> {
    /// A simulator at this address, which must be its position in the network.
    pub fn new(address: u32, simulator: Simulator<P, Q>) -> LogicalProcess<P, Q> {
        LogicalProcess { address, recent: simulator.queue().len() as u64, simulator, sent: 0 }
    }

    /// Its position in the network.
    pub(crate) fn address(&self) -> u32 {
        self.address
    }

    /// The simulator.
    pub fn simulator(&self) -> &Simulator<P, Q> {
        &self.simulator
    }

    /// Events handled in the last window; before the first, those that are scheduled.
    pub(crate) fn recent(&self) -> u64 {
        self.recent
    }

    /// The simulator, to be changed between windows.
    pub(crate) fn simulator_mut(&mut self) -> &mut Simulator<P, Q> {
        &mut self.simulator
    }
}

impl<P, Q> Node for LogicalProcess<P, Q>
where
    P: Process + Send,
    P::Event: Send,
    P::Message: Send + Sync,
    Q: Queue<P::Event> + Send,
{
    type Message = P::Message;
    type Context = P::Context;

    fn advance(
        &mut self,
        context: &P::Context,
        window: Window,
        inbox: &[Envelope<P::Message>],
        outgoing: &mut Vec<Envelope<P::Message>>,
    ) {
        let (from, sent) = (self.address, &mut self.sent);
        let before = self.simulator.handled();
        let inbox = inbox.iter().map(|envelope| (envelope.from, &envelope.body));
        self.simulator.advance(context, window.start, window.end, inbox, |to, body| {
            let count = *sent;
            *sent = sent.wrapping_add(1);
            outgoing.push(Envelope { from, to, count, body });
        });
        self.recent = self.simulator.handled() - before;
    }

    fn fingerprint(&self) -> Fingerprint {
        let mut fingerprint = self.simulator.fingerprint();
        fingerprint.mix(u64::from(self.sent));
        fingerprint
    }

    fn weight(&self) -> u64 {
        self.recent + 1
    }
}
