//! What a model must provide to be simulated.

use super::event_key::EventKey;
use super::outbox::Outbox;
use crate::base::{Fingerprint, Time};

/// A part of a model with its own events, such as a county or the nation.
///
/// In each window, in this order: the messages of the last window ([`Process::receive`]), the events of the
/// window in key order ([`Process::handle`]), the end ([`Process::close_window`]). What is scheduled may not
/// be earlier than the event at hand. What is sent arrives at the beginning of the next window.
pub trait Process {
    /// What happens within the process. Small and `Copy`: the queue moves it often, and frees nothing.
    type Event: Copy;
    /// What the process says to others.
    type Message;

    /// Takes a message from the process with address `from`. `now` is the beginning of the window; messages
    /// come in the order of sender, then of sending.
    fn receive(
        &mut self,
        now: Time,
        from: u32,
        message: &Self::Message,
        outbox: &mut Outbox<Self::Event, Self::Message>,
    );

    /// Handles an event at its time.
    fn handle(&mut self, key: EventKey, event: Self::Event, outbox: &mut Outbox<Self::Event, Self::Message>);

    /// Ends a window, after its last event. `end` is the window's exclusive end.
    fn close_window(&mut self, end: Time, outbox: &mut Outbox<Self::Event, Self::Message>);

    /// The kind of an event as a small number, for the fingerprint.
    fn kind(event: &Self::Event) -> u32;

    /// Called before each window, with the number of events of the window before: may read through what many
    /// events will need, so that it comes into the cache in one stream rather than event by event.
    /// Changes nothing; nothing by default.
    fn warm(&self, _events: u64) {}

    /// Adds the results worth comparing to the fingerprint, once at the end of each window. Nothing by
    /// default.
    fn digest(&self, _fingerprint: &mut Fingerprint) {}
}
