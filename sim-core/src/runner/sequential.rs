//! One node after the other: the oracle.

use super::envelope::Envelope;
use super::network::{Node, Runner};
use super::window::Window;

/// Runs nodes in order on the caller's thread.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sequential;

impl Runner for Sequential {
    fn run<N: Node>(
        &self,
        context: &N::Context,
        window: Window,
        first: u32,
        nodes: &mut [N],
        inbox: &[Envelope<N::Message>],
        outgoing: &mut Vec<Envelope<N::Message>>,
    ) {
        run_part(context, window, first as usize, nodes, inbox, outgoing);
    }
}

/// Runs the nodes whose addresses begin at `first`. `inbox` may hold messages for others too.
pub(super) fn run_part<N: Node>(
    context: &N::Context,
    window: Window,
    first: usize,
    nodes: &mut [N],
    inbox: &[Envelope<N::Message>],
    outgoing: &mut Vec<Envelope<N::Message>>,
) {
    let skipped = inbox.partition_point(|envelope| (envelope.to as usize) < first);
    let mut rest = &inbox[skipped..];
    for (address, node) in (first..).zip(nodes) {
        let own = rest.iter().take_while(|envelope| envelope.to as usize == address);
        let (own, others) = rest.split_at(own.count());
        #[cfg(test)]
        super::disturbance::give_way();
        node.advance(context, window, own, outgoing);
        rest = others;
    }
}
