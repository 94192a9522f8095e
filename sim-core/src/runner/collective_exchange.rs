//! The exchange between ranks.

use super::communicator::Communicator;
use super::envelope::Envelope;
use super::exchange::Exchange;
use super::shares::Shares;
use crate::base::Fingerprint;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Ranks of one version read what they write; that versions are equal is checked before a run.
const ONE_VERSION: &str = "machines of one version agree on the form of what they send";

/// Carries a window's messages to the ranks that hold their receivers.
pub struct CollectiveExchange<'m, C> {
    communicator: &'m mut C,
    shares: &'m Shares,
}

impl<'m, C: Communicator> CollectiveExchange<'m, C> {
    /// An exchange between ranks that hold these shares of the nodes.
    pub fn new(communicator: &'m mut C, shares: &'m Shares) -> CollectiveExchange<'m, C> {
        CollectiveExchange { communicator, shares }
    }
}

/// A value as bytes, to be sent to another rank.
pub fn to_bytes<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).expect(ONE_VERSION)
}

/// A value that another rank sent.
pub fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> T {
    postcard::from_bytes(bytes).expect(ONE_VERSION)
}

impl<M, C> Exchange<M> for CollectiveExchange<'_, C>
where
    M: Serialize + DeserializeOwned,
    C: Communicator,
{
    fn exchange(&mut self, envelopes: &mut Vec<Envelope<M>>) {
        envelopes.sort_unstable_by_key(Envelope::key);
        let (count, own) = (self.communicator.count(), self.communicator.rank());
        if count == 1 {
            return;
        }
        let mut outgoing = vec![Vec::new(); count];
        let mut rest = std::mem::take(envelopes);
        for rank in (0..count).rev() {
            let first = self.shares.range(rank).start;
            let part = rest.split_off(rest.partition_point(|envelope| envelope.to < first));
            if rank == own {
                *envelopes = part;
            } else if !part.is_empty() {
                outgoing[rank] = to_bytes(&part);
            }
        }
        for bytes in self.communicator.all_to_all(outgoing) {
            if !bytes.is_empty() {
                envelopes.append(&mut from_bytes(&bytes));
            }
        }
        envelopes.sort_unstable_by_key(Envelope::key);
    }

    fn complete(&mut self, own: Vec<Fingerprint>) -> Vec<Fingerprint> {
        if self.communicator.count() == 1 {
            return own;
        }
        let parts = self.communicator.all_gather(&to_bytes(&own));
        parts.iter().flat_map(|bytes| from_bytes::<Vec<Fingerprint>>(bytes)).collect()
    }
}
