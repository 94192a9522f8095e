//! The fast queue against the plain one, and both against a sorted list.

use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use sim_core::base::random_stream::{Purpose, RandomStream, Seed};
use sim_core::base::{Delay, Owner, Time};
use sim_core::kernel::{BucketQueue, EventKey, HeapQueue, Queue};

/// Wrong on purpose: equal times leave in the order of insertion.
#[derive(Clone, Debug)]
pub struct InsertionQueue<E> {
    entries: Vec<(EventKey, E)>,
}

impl<E> Default for InsertionQueue<E> {
    fn default() -> InsertionQueue<E> {
        InsertionQueue { entries: Vec::new() }
    }
}

impl<E: Copy> Queue<E> for InsertionQueue<E> {
    fn starting_at(_start: Time) -> InsertionQueue<E> {
        InsertionQueue::default()
    }

    fn push(&mut self, key: EventKey, event: E) {
        let at = self.entries.partition_point(|entry| entry.0.time() <= key.time());
        self.entries.insert(at, (key, event));
    }

    fn pop_before(&mut self, limit: Time) -> Option<(EventKey, E)> {
        let first = self.entries.first()?;
        (first.0.time() < limit).then(|| self.entries.remove(0))
    }

    fn len(&self) -> usize {
        self.entries.len()
    }

    fn entries(&self) -> Vec<(EventKey, E)> {
        let mut entries = self.entries.clone();
        entries.sort_by_key(|entry| entry.0);
        entries
    }
}

/// One thing done to a queue.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Push this many minutes after the last event popped, from this source.
    Push { after: u32, source: u32 },
    /// Pop everything up to this many minutes after the last limit, but no more than so many.
    Pop { after: u32, most: usize },
    /// Write and read back.
    Restore,
}

/// Delays in the open bucket, in the ring, beyond it, and beyond the end of time.
fn delay() -> impl Strategy<Value = u32> {
    prop_oneof![
        Just(0),
        0_u32..4,
        0_u32..64,
        0_u32..20_000,
        15_000_u32..18_000,
        0_u32..3_000_000,
        Just(u32::MAX)
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (delay(), 0_u32..5).prop_map(|(after, source)| Step::Push { after, source }),
        4 => (delay(), 0_usize..12).prop_map(|(after, most)| Step::Pop { after, most }),
        1 => Just(Step::Restore),
    ]
}

type Entries = Vec<(EventKey, u32)>;

/// Everything popped, then everything left.
fn play<Q: Queue<u32>>(start: Time, steps: &[Step], restore: fn(&Q) -> Q) -> (Entries, Entries) {
    let mut queue = Q::starting_at(start);
    let (mut popped, mut now, mut limit) = (Vec::new(), start, start);
    for (count, step) in (0..).zip(steps) {
        match *step {
            Step::Push { after, source } => {
                let key = EventKey::new(now + Delay::minutes(after), (count % 3) as u8, source, count);
                queue.push(key, count);
            }
            Step::Pop { after, most } => {
                limit = limit.max(now + Delay::minutes(after));
                for _ in 0..most {
                    let Some(entry) = queue.pop_before(limit) else {
                        break;
                    };
                    now = entry.0.time();
                    popped.push(entry);
                }
            }
            Step::Restore => queue = restore(&queue),
        }
        assert_eq!(queue.len(), queue.entries().len());
        assert_eq!(queue.is_empty(), queue.entries().is_empty());
    }
    (popped, queue.entries())
}

fn restored<Q: Serialize + for<'de> Deserialize<'de>>(queue: &Q) -> Q {
    let bytes = postcard::to_stdvec(queue).unwrap();
    postcard::from_bytes(&bytes).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default()
        })]

    #[test]
    fn both_queues_agree_on_any_history(
        start in prop_oneof![Just(0), Just(7_779_000), Just(u32::MAX - 30_000), any::<u32>()],
        steps in vec(step(), 0..120),
    ) {
        let start = Time::from_minutes(start);
        let heap = play::<HeapQueue<u32>>(start, &steps, restored);
        prop_assert_eq!(&heap, &play::<BucketQueue<u32>>(start, &steps, restored));
        prop_assert!(heap.0.is_sorted_by_key(|entry| entry.0.time()));
        prop_assert!(heap.0.iter().all(|entry| entry.0.time() < Time::END));
    }
}

/// The negative control: the comparison above notices a queue that breaks ties by insertion.
#[test]
fn a_queue_that_breaks_ties_by_insertion_is_caught() {
    let push = |source| Step::Push { after: 5, source };
    let pop = Step::Pop { after: 9, most: 4 };
    // The first and the fourth share a phase; the fourth has the lower source.
    let steps = [push(2), push(1), push(1), push(1), pop];
    let right = play::<HeapQueue<u32>>(Time::START, &steps, restored);
    assert_eq!(right, play::<BucketQueue<u32>>(Time::START, &steps, restored));
    assert_ne!(right, play::<InsertionQueue<u32>>(Time::START, &steps, Clone::clone));
}

/// What leaves a queue into which these were pushed in this order.
fn drained<Q: Queue<u32>>(entries: &[(EventKey, u32)]) -> Vec<(EventKey, u32)> {
    let mut queue = Q::starting_at(Time::START);
    entries.iter().for_each(|&(key, event)| queue.push(key, event));
    std::iter::from_fn(|| queue.pop_before(Time::END)).collect()
}

fn shuffle<T>(items: &mut [T], stream: &mut RandomStream) {
    for last in (1..items.len()).rev() {
        items.swap(last, stream.below(last as u32 + 1) as usize);
    }
}

#[test]
fn the_order_of_insertion_does_not_matter() {
    let mut stream = RandomStream::new(Seed(11), Owner::NATION, Purpose::Test, 0);
    let key = |i: u32| EventKey::new(Time::from_minutes(i / 20 * 500), (i % 2) as u8, i % 7, i);
    let sorted: Vec<(EventKey, u32)> = {
        let mut entries: Vec<_> = (0..60).map(|i| (key(i), i)).collect();
        entries.sort();
        entries
    };
    let mut shuffled = sorted.clone();
    let mut caught = 0;
    for _ in 0..1_000 {
        shuffle(&mut shuffled, &mut stream);
        assert_eq!(drained::<HeapQueue<u32>>(&shuffled), sorted);
        assert_eq!(drained::<BucketQueue<u32>>(&shuffled), sorted);
        caught += u32::from(drained::<InsertionQueue<u32>>(&shuffled) != sorted);
    }
    assert_eq!(caught, 1_000, "the negative control");
}

#[test]
fn long_idle_gaps_and_the_end_of_time() {
    let at = |minutes| (EventKey::new(Time::from_minutes(minutes), 0, 0, minutes), minutes);
    let times = [0, 1, 63, 64, 16_383, 16_384, 16_448, 1 << 20, 1 << 31, u32::MAX - 1, u32::MAX];
    let entries = times.map(at);
    let popped = drained::<BucketQueue<u32>>(&entries);
    assert_eq!(popped, entries[..10], "what would happen at the end never happens");
}

#[test]
fn a_limit_is_exclusive_and_later_pushes_may_precede_what_waits() {
    let mut queue = BucketQueue::<u32>::default();
    let key = |minutes| EventKey::new(Time::from_minutes(minutes), 0, 0, minutes);
    queue.push(key(100), 0);
    assert_eq!(queue.pop_before(Time::from_minutes(100)), None);
    queue.push(key(3), 1);
    queue.push(key(70), 2);
    let order: Vec<u32> = std::iter::from_fn(|| queue.pop_before(Time::END)).map(|entry| entry.1).collect();
    assert_eq!(order, [1, 2, 0]);
}

/// Debug builds only: in release a late event is popped next.
#[cfg(debug_assertions)]
#[test]
#[should_panic(expected = "is before")]
fn an_event_in_the_past_is_a_causality_error() {
    let mut queue = BucketQueue::<u32>::default();
    queue.push(EventKey::new(Time::from_minutes(10), 0, 0, 0), 0);
    assert!(queue.pop_before(Time::END).is_some());
    queue.push(EventKey::new(Time::from_minutes(9), 0, 0, 1), 0);
}
