//! Where a process puts what follows from an event.
//!
//! Events and messages are collected and taken by the simulator after each call. Rejected: handing the queue
//! itself to the process, which would make every agent generic over the queue, and let it look at the future.

use super::event_key::EventKey;

/// What will happen because of what just happened: events `E` for this process, messages `M` for others.
#[derive(Clone, Debug)]
pub struct Outbox<E, M> {
    scheduled: Vec<(EventKey, E)>,
    sent: Vec<(u32, M)>,
}

impl<E, M> Default for Outbox<E, M> {
    fn default() -> Outbox<E, M> {
        Outbox { scheduled: Vec::new(), sent: Vec::new() }
    }
}

impl<E, M> Outbox<E, M> {
    /// An empty outbox.
    pub fn new() -> Outbox<E, M> {
        Outbox::default()
    }

    /// Schedules an event of this process, now or later.
    #[inline]
    pub fn schedule(&mut self, key: EventKey, event: E) {
        self.scheduled.push((key, event));
    }

    /// Sends a message to the process with this address; it arrives at the beginning of the next window.
    #[inline]
    pub fn send(&mut self, to: u32, body: M) {
        self.sent.push((to, body));
    }

    /// Events scheduled since the last call of [`Outbox::clear`], in the order of scheduling.
    pub fn scheduled(&self) -> &[(EventKey, E)] {
        &self.scheduled
    }

    /// Messages sent since the last call of [`Outbox::clear`], with their addressees, in the order of
    /// sending.
    pub fn sent(&self) -> &[(u32, M)] {
        &self.sent
    }

    /// Forgets everything, keeping the memory.
    pub fn clear(&mut self) {
        self.scheduled.clear();
        self.sent.clear();
    }

    /// Takes the scheduled events.
    #[inline]
    pub(super) fn take_scheduled(&mut self, mut push: impl FnMut(EventKey, E)) {
        self.scheduled.drain(..).for_each(|(key, event)| push(key, event));
    }

    /// Takes the messages.
    pub(super) fn take_sent(&mut self, mut deliver: impl FnMut(u32, M)) {
        self.sent.drain(..).for_each(|(to, body)| deliver(to, body));
    }
}
