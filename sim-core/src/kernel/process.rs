//! What a model must provide to be simulated.

use super::event_key::EventKey;
use super::outbox::Outbox;
use crate::base::{Fingerprint, Time};

/// A part of a model with its own events, such as a county or the nation.
///
/// In each window, in this order: the messages of the last window ([`Process::receive`]), the events of the
/// window in key order ([`Process::handle`]), the end ([`Process::close_window`]). What is scheduled may not
/// be earlier than the event at hand. What is sent arrives at the beginning of the next window.
///
/// What is the same for a whole run (parameters, places, tables) is no part of a process: it is the context,
/// which is handed in at every call. A process is its state and nothing else, so that a copy of it is a
/// checkpoint. Rejected: a shared pointer to it in every process, which each must be given again after it was
/// read.
pub trait Process {
    /// What stays as it is for a whole run, the same for all processes.
    type Context: ?Sized + Sync;
    /// What happens within the process. Small and `Copy`: the queue moves it often, and frees nothing.
    type Event: Copy;
    /// What the process says to others.
    type Message;

    /// Takes a message from the process with address `from`. `now` is the beginning of the window; messages
    /// come in the order of sender, then of sending.
    fn receive(
        &mut self,
        context: &Self::Context,
        now: Time,
        from: u32,
        message: &Self::Message,
        outbox: &mut Outbox<Self::Event, Self::Message>,
    );

    /// Handles an event at its time.
    fn handle(
        &mut self,
        context: &Self::Context,
        key: EventKey,
        event: Self::Event,
        outbox: &mut Outbox<Self::Event, Self::Message>,
    );

    /// Ends a window, after its last event. `end` is the window's exclusive end.
    fn close_window(
        &mut self,
        context: &Self::Context,
        end: Time,
        outbox: &mut Outbox<Self::Event, Self::Message>,
    );

    /// The kind of an event as a small number, for the fingerprint.
    fn kind(event: &Self::Event) -> u32;

    /// Adds the results worth comparing to the fingerprint, once at the end of each window. Nothing by
    /// default.
    fn digest(&self, _fingerprint: &mut Fingerprint) {}
}
