//! Messages on their way.

use serde::{Deserialize, Serialize};

/// A message with its sender and addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope<M> {
    /// Address of the sender: its position in the network.
    pub from: u32,
    /// Address of the receiver: its position in the network.
    pub to: u32,
    /// The sender's own counter of messages, which makes the key unique within a window.
    pub count: u32,
    /// What is said.
    pub body: M,
}

impl<M> Envelope<M> {
    /// The order of delivery: receiver, sender, the sender's counter. Never who was faster.
    pub fn key(&self) -> [u32; 3] {
        [self.to, self.from, self.count]
    }
}
