//! A process and its future.

use super::event_key::EventKey;
use super::outbox::Outbox;
use super::process::Process;
use super::queue::Queue;
use crate::base::{Fingerprint, Time};
use serde::{Deserialize, Serialize};

/// A process with its queue, advanced window by window.
///
/// Serialisable between windows if process, events and queue are; what goes on from a copy is equal, bit for
/// bit, to what goes on from the original.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(
    serialize = "P: Serialize, Q: Serialize",
    deserialize = "P: Deserialize<'de>, Q: Deserialize<'de>"
))]
pub struct Simulator<P: Process, Q: Queue<P::Event>> {
    process: P,
    queue: Q,
    now: Time,
    fingerprint: Fingerprint,
    handled: u64,
    /// Empty between windows; kept for its memory.
    #[serde(skip)]
    outbox: Outbox<P::Event, P::Message>,
}

impl<P: Process, Q: Queue<P::Event>> Simulator<P, Q> {
    /// A process with nothing pending, at the time `start`.
    pub fn new(process: P, start: Time) -> Simulator<P, Q> {
        Simulator {
            process,
            queue: Q::starting_at(start),
            now: start,
            fingerprint: Fingerprint::default(),
            handled: 0,
            outbox: Outbox::new(),
        }
    }

    /// Schedules an event from outside, such as the first events of a run.
    ///
    /// # Panics
    ///
    /// In debug builds, if the event is before [`Simulator::now`]: a cause cannot be later than its effect.
    /// In release builds it happens next, at its own time.
    pub fn schedule(&mut self, key: EventKey, event: P::Event) {
        push(&mut self.queue, self.now, key, event);
    }

    /// Runs the window from `start` to `end` (exclusive): receives `inbox` (sender and body, in order), handles
    /// every event before `end`, closes the window, and hands each message sent to `deliver` (addressee
    /// and body, in the order of sending).
    ///
    /// Windows may not overlap; `start` is at or after [`Simulator::now`], and becomes it, then `end` does.
    ///
    /// # Panics
    ///
    /// In debug builds, if the window or an event lies before the present.
    pub fn advance<'m>(
        &mut self,
        start: Time,
        end: Time,
        inbox: impl IntoIterator<Item = (u32, &'m P::Message)>,
        deliver: impl FnMut(u32, P::Message),
    ) where
        P::Message: 'm,
    {
        debug_assert!(start >= self.now && end >= start, "a window before {}", self.now);
        self.now = start;
        for (from, message) in inbox {
            self.fingerprint.mix(u64::from(from));
            self.process.receive(start, from, message, &mut self.outbox);
            self.enqueue();
        }
        self.run_until(end);
        self.now = end;
        self.process.close_window(end, &mut self.outbox);
        self.enqueue();
        self.process.digest(&mut self.fingerprint);
        self.outbox.take_sent(deliver);
    }

    fn run_until(&mut self, end: Time) {
        while let Some((key, event)) = self.queue.pop_before(end) {
            self.now = key.time();
            self.fingerprint.mix(word(key, P::kind(&event)));
            self.handled += 1;
            self.process.handle(key, event, &mut self.outbox);
            self.enqueue();
        }
    }

    #[inline]
    fn enqueue(&mut self) {
        let (queue, now) = (&mut self.queue, self.now);
        self.outbox
            .take_scheduled(|key, event| push(queue, now, key, event));
    }

    /// The process.
    pub fn process(&self) -> &P {
        &self.process
    }

    /// The process, to be changed between windows.
    pub fn process_mut(&mut self) -> &mut P {
        &mut self.process
    }

    /// The pending events.
    pub fn queue(&self) -> &Q {
        &self.queue
    }

    /// The end of the last window, or the start.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Of every event handled and message received so far, and of the process's results.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// How many events have been handled.
    pub fn handled(&self) -> u64 {
        self.handled
    }
}

#[inline]
fn push<E: Copy, Q: Queue<E>>(queue: &mut Q, now: Time, key: EventKey, event: E) {
    debug_assert!(
        key.time() >= now,
        "an event before its cause: {key:?} scheduled at {now}"
    );
    queue.push(key, event);
}

/// Key and kind in one word, so that the fingerprint costs one step an event. The multiplication spreads
/// count and kind over the bits that time and source occupy.
#[inline]
fn word(key: EventKey, kind: u32) -> u64 {
    let tail = u64::from(key.count()) << 32 | u64::from(kind);
    key.high() ^ tail.wrapping_mul(0xA24B_AED4_963E_E407)
}
