//! Threads that work on previews.
//!
//! The window says what it wants, in order of urgency, whenever that changes; the list replaces the one
//! before. A thread takes the first that nobody works on, and drops its own work between two windows of time
//! when the list has it no longer. Nothing is waited for. On a web page, which has no threads, [`Pool::pump`]
//! works for a while between frames.

use super::KnownPlaces;
use super::preview::{Job, Key, Record, Task};
use super::sample::Level;
use crate::reason::Reason;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use web_time::Instant;

/// What the pool tells the window.
#[derive(Debug)]
pub enum News {
    /// A preview is finished.
    Finished(Box<Record>),
    /// A preview failed: which, and why.
    Failed(Key, Reason),
}

#[derive(Default)]
struct List {
    wanted: Vec<Job>,
    working: Vec<Key>,
    is_closed: bool,
}

#[derive(Default)]
struct Shared {
    list: Mutex<List>,
    changed: Condvar,
    known: KnownPlaces,
}

impl Shared {
    fn list(&self) -> MutexGuard<'_, List> {
        // Panics of a task are caught outside the lock, so the list is whole.
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The most urgent job that nobody works on.
    fn next(list: &mut List) -> Option<Job> {
        let free = |job: &&Job| !list.working.contains(&job.key);
        let job = list.wanted.iter().find(free).cloned()?;
        list.working.push(job.key);
        Some(job)
    }

    fn is_wanted(&self, key: &Key) -> bool {
        let list = self.list();
        !list.is_closed && list.wanted.iter().any(|job| job.key == *key)
    }

    /// Strikes a job from the list, whether finished or dropped.
    fn put_down(&self, key: &Key, is_finished: bool) {
        let mut list = self.list();
        list.working.retain(|known| known != key);
        if is_finished {
            list.wanted.retain(|job| job.key != *key);
        }
    }
}

/// Threads for previews.
pub struct Pool {
    shared: Arc<Shared>,
    news: Receiver<News>,
    sender: Sender<News>,
    threads: usize,
    current: Option<Task>,
}

impl Pool {
    /// A pool of so many threads (none on a web page), which call `wake` whenever there is news.
    pub fn new(threads: usize, wake: impl Fn() + Send + Sync + 'static) -> Pool {
        let shared = Arc::new(Shared::default());
        let (sender, news) = channel();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let mut started = 0;
        for number in 0..threads {
            let (shared, sender, wake) = (shared.clone(), sender.clone(), wake.clone());
            let thread = std::thread::Builder::new().name(format!("preview {number}"));
            started += usize::from(thread.spawn(move || work(&shared, &sender, &*wake)).is_ok());
        }
        Pool { shared, news, sender, threads: started, current: None }
    }

    /// Says what is wanted from now on, most urgent first.
    pub fn want(&self, jobs: Vec<Job>) {
        self.shared.list().wanted = jobs;
        self.shared.changed.notify_all();
    }

    /// Whether it works between frames, for want of threads.
    pub fn is_inline(&self) -> bool {
        self.threads == 0
    }

    /// How many jobs are wanted and not finished.
    pub fn waiting(&self) -> usize {
        self.shared.list().wanted.len()
    }

    /// Whether a preview is wanted, for which everything else should wait.
    pub fn is_urgent(&self) -> bool {
        self.shared.list().wanted.iter().any(|job| job.key.level == Level::Preview)
    }

    /// The next news, if there is any; never waits.
    pub fn news(&self) -> Option<News> {
        self.news.try_recv().ok()
    }

    /// Without threads, works for about so long.
    pub fn pump(&mut self, time: Duration) {
        let since = Instant::now();
        while self.threads == 0 && since.elapsed() < time {
            let task = self.current.take().filter(|task| self.shared.is_wanted(&task.key()));
            let next = || Shared::next(&mut self.shared.list()).map(Task::new);
            self.shared.list().working.clear();
            let Some(mut task) = task.or_else(next) else {
                return;
            };
            match advance(&mut task, &self.shared.known) {
                None => self.current = Some(task),
                Some(news) => {
                    self.shared.put_down(&task.key(), true);
                    // The receiver is this pool's own.
                    let _ = self.sender.send(news);
                }
            }
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.list().is_closed = true;
        self.shared.changed.notify_all();
    }
}

/// A step of a task; news if it is over. A panic is news as well.
fn advance(task: &mut Task, known: &KnownPlaces) -> Option<News> {
    let key = task.key();
    let step = AssertUnwindSafe(|| {
        #[cfg(test)]
        assert!(key.seed != u32::MAX, "a deliberate fault");
        task.step(known)
    });
    match catch_unwind(step) {
        Ok(Ok(None)) => None,
        Ok(Ok(Some(record))) => Some(News::Finished(Box::new(record))),
        Ok(Err(faults)) => Some(News::Failed(key, faults.into())),
        Err(panic) => Some(News::Failed(key, panic_message(&*panic))),
    }
}

/// What a panic said.
pub fn panic_message(panic: &(dyn std::any::Any + Send)) -> Reason {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.map_or(Reason::CrashInSilence, |details| Reason::Crash { details: details.to_owned() })
}

fn work(shared: &Shared, sender: &Sender<News>, wake: &(dyn Fn() + Send + Sync)) {
    while let Some(job) = wait_for_job(shared) {
        let mut task = Task::new(job);
        let key = task.key();
        loop {
            if !shared.is_wanted(&key) {
                shared.put_down(&key, false);
                break;
            }
            if let Some(news) = advance(&mut task, &shared.known) {
                shared.put_down(&key, true);
                if sender.send(news).is_err() {
                    return;
                }
                wake();
                break;
            }
        }
    }
}

fn wait_for_job(shared: &Shared) -> Option<Job> {
    let mut list = shared.list();
    loop {
        if list.is_closed {
            return None;
        }
        if let Some(job) = Shared::next(&mut list) {
            return Some(job);
        }
        list = shared.changed.wait(list).unwrap_or_else(PoisonError::into_inner);
    }
}

#[cfg(test)]
mod tests {
    use super::super::preview::Holds;
    use super::super::sample::Extent;
    use super::*;
    use crate::plan::Plan;

    fn job(plan: &Plan, seed: u32) -> Job {
        let prepared = plan.prepare().unwrap();
        let sample = Extent::of(&prepared).unwrap().sample(&prepared, Level::Preview, seed).unwrap();
        Job {
            key: Key { plan: prepared.id, level: Level::Preview, holds: Holds::Luck, seed },
            scenario: sample.scenario,
            table: None,
            later: None,
            places: sample.places,
            counties: sample.counties,
            villages: sample.villages,
        }
    }

    fn tiny() -> Plan {
        Plan::of("tiny").with("end", "\"2015-03-31\"")
    }

    fn finished(pool: &mut Pool, count: usize) -> Vec<Record> {
        let since = Instant::now();
        let mut records = Vec::new();
        while records.len() < count && since.elapsed() < Duration::from_secs(60) {
            pool.pump(Duration::from_millis(5));
            match pool.news() {
                Some(News::Finished(record)) => records.push(*record),
                Some(News::Failed(_, reason)) => panic!("{reason}"),
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        }
        records.sort_by_key(|record| record.key);
        records
    }

    #[test]
    fn threads_and_pumping_give_the_same_results() {
        let jobs = || (0..3).map(|seed| job(&tiny(), seed)).collect::<Vec<Job>>();
        let mut results = Vec::new();
        for threads in [0, 2] {
            let mut pool = Pool::new(threads, || ());
            pool.want(jobs());
            results.push(finished(&mut pool, 3));
            assert_eq!(pool.waiting(), 0);
        }
        assert_eq!(results[0].len(), 3);
        // Compared as text: figures without a value are not-a-number, which equals nothing.
        assert!(format!("{:?}", results[0]) == format!("{:?}", results[1]));
    }

    #[test]
    fn what_is_wanted_no_more_is_dropped() {
        let mut pool = Pool::new(1, || ());
        pool.want(vec![job(&Plan::of("county"), 0)]);
        std::thread::sleep(Duration::from_millis(20));
        pool.want(vec![job(&tiny(), 0)]);
        let records = finished(&mut pool, 1);
        assert_eq!(records[0].key.plan, tiny().prepare().unwrap().id);
    }
}
