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

    /// Runs the window from `start` to `end` (exclusive): receives `inbox` (sender and body, in order),
    /// handles every event before `end`, closes the window, and hands each message sent to `deliver`
    /// (addressee and body, in the order of sending).
    ///
    /// Windows may not overlap; `start` is at or after [`Simulator::now`], and becomes it, then `end` does.
    ///
    /// # Panics
    ///
    /// In debug builds, if the window or an event lies before the present.
    pub fn advance<'m>(
        &mut self,
        context: &P::Context,
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
            self.process.receive(context, start, from, message, &mut self.outbox);
            self.enqueue();
        }
        self.run_until(context, end);
        self.now = end;
        self.process.close_window(context, end, &mut self.outbox);
        self.enqueue();
        self.process.digest(&mut self.fingerprint);
        self.outbox.take_sent(deliver);
    }

    fn run_until(&mut self, context: &P::Context, end: Time) {
        while let Some((key, event)) = self.queue.pop_before(end) {
            self.now = key.time();
            self.fingerprint.mix(word(key, P::kind(&event)));
            self.handled += 1;
            self.process.handle(context, key, event, &mut self.outbox);
            self.enqueue();
        }
    }

    #[inline]
    fn enqueue(&mut self) {
        let (queue, now) = (&mut self.queue, self.now);
        self.outbox.take_scheduled(|key, event| push(queue, now, key, event));
    }

    /// The process.
    pub fn process(&self) -> &P {
        &self.process
    }

    /// The process, to be changed between windows.
    pub(crate) fn process_mut(&mut self) -> &mut P {
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
    debug_assert!(key.time() >= now, "an event before its cause: {key:?} scheduled at {now}");
    queue.push(key, event);
}

/// Key and kind in one word, so that the fingerprint costs one step an event. The multiplication spreads
/// count and kind over the bits that time and source occupy.
#[inline]
fn word(key: EventKey, kind: u32) -> u64 {
    let tail = u64::from(key.count()) << 32 | u64::from(kind);
    key.high() ^ tail.wrapping_mul(0xA24B_AED4_963E_E407)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Delay;
    use crate::kernel::{BucketQueue, HeapQueue};

    /// Writes down what it is called with; an event of value n > 0 schedules n - 1 at once and ten minutes
    /// later.
    #[derive(Clone, Default, Serialize, Deserialize)]
    struct Diary {
        lines: Vec<String>,
        count: u32,
    }

    impl Diary {
        fn schedule(&mut self, time: Time, value: u32, outbox: &mut Outbox<u32, u32>) {
            self.count += 1;
            outbox.schedule(EventKey::new(time, 0, 0, self.count), value);
        }
    }

    impl Process for Diary {
        type Context = ();
        type Event = u32;
        type Message = u32;

        fn receive(&mut self, _: &(), now: Time, from: u32, message: &u32, outbox: &mut Outbox<u32, u32>) {
            self.lines.push(format!("{} {message} from {from}", now.minutes()));
            self.schedule(now, *message, outbox);
        }

        fn handle(&mut self, _: &(), key: EventKey, event: u32, outbox: &mut Outbox<u32, u32>) {
            self.lines.push(format!("{} event {event}", key.time().minutes()));
            if event > 0 {
                self.schedule(key.time(), 0, outbox);
                self.schedule(key.time() + Delay::minutes(10), event - 1, outbox);
                outbox.send(9, event);
            }
        }

        fn close_window(&mut self, _: &(), end: Time, outbox: &mut Outbox<u32, u32>) {
            self.lines.push(format!("{} close", end.minutes()));
            outbox.send(8, 0);
        }

        fn kind(event: &u32) -> u32 {
            *event
        }
    }

    fn advance<Q: Queue<u32>>(simulator: &mut Simulator<Diary, Q>, bounds: [u32; 2]) -> Vec<(u32, u32)> {
        let [start, end] = bounds.map(Time::from_minutes);
        let mut sent = Vec::new();
        simulator.advance(&(), start, end, [(3, &2)], |to, body| sent.push((to, body)));
        sent
    }

    #[test]
    fn a_window_receives_then_handles_then_closes() {
        let mut simulator = Simulator::<Diary, BucketQueue<u32>>::new(Diary::default(), Time::START);
        let sent = advance(&mut simulator, [0, 20]);
        let expected = "0 2 from 3, 0 event 2, 0 event 0, 10 event 1, 10 event 0, 20 close";
        assert_eq!(simulator.process().lines.join(", "), expected, "the event at 20 waits");
        assert_eq!(sent, [(9, 2), (9, 1), (8, 0)]);
        assert_eq!((simulator.handled(), simulator.queue().len()), (4, 1));
        assert_eq!(simulator.now(), Time::from_minutes(20));
    }

    #[test]
    fn the_fingerprint_sees_time_source_count_and_kind() {
        let print = |time, source, count, kind| {
            let mut simulator = Simulator::<Diary, HeapQueue<u32>>::new(Diary::default(), Time::START);
            simulator.schedule(EventKey::new(Time::from_minutes(time), 0, source, count), kind);
            advance(&mut simulator, [0, 20]);
            simulator.fingerprint()
        };
        let base = print(1, 2, 3, 0);
        assert_eq!(base, print(1, 2, 3, 0));
        for other in [print(2, 2, 3, 0), print(1, 3, 3, 0), print(1, 2, 4, 0), print(1, 2, 3, 1)] {
            assert_ne!(base, other);
        }
    }

    #[cfg(debug_assertions)]
    #[test]
    #[should_panic(expected = "an event before its cause")]
    fn an_effect_before_its_cause_is_refused() {
        let mut simulator = Simulator::<Diary, BucketQueue<u32>>::new(Diary::default(), Time::START);
        advance(&mut simulator, [0, 20]);
        simulator.schedule(EventKey::new(Time::from_minutes(19), 0, 0, 99), 0);
    }
}
