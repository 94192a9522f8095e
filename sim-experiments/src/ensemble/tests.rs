use super::*;
use sim_core::base::Fingerprint;
use sim_core::scenario::Scenario;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;

fn quick() -> Scenario {
    let mut scenario = Scenario::builtin("tiny").unwrap();
    scenario.set("end", "\"2014-12-31\"").unwrap();
    scenario
}

fn fingerprints(threads: usize) -> BTreeMap<u64, Fingerprint> {
    let base = quick();
    let mut found = BTreeMap::new();
    let ended = Ensemble::new(threads).run(
        0..6,
        |seed| Ok(Job::seeded(&base, seed)),
        |_, simulation| simulation.fingerprint(),
        |finished| {
            found.insert(finished.index, finished.result.unwrap());
            ControlFlow::Continue(())
        },
    );
    assert_eq!(ended, Ended::Complete);
    found
}

#[test]
fn threads_and_company_change_nothing() {
    let alone = fingerprints(1);
    assert_eq!(alone.len(), 6);
    assert_eq!(alone, fingerprints(2));
    assert_eq!(alone, fingerprints(5));
    let distinct: std::collections::BTreeSet<u128> = alone.values().map(|print| print.value()).collect();
    assert_eq!(distinct.len(), 6, "the control: seeds differ");
}

#[test]
fn errors_and_panics_are_one_jobs_own() {
    let base = quick();
    let mut results = BTreeMap::new();
    let ended = Ensemble::new(2).run(
        0..4,
        |index| match index {
            1 => {
                let mut job = Job::seeded(&base, 1);
                job.scenario.limits.memory = 1;
                Ok(job)
            }
            2 => panic!("planted in job {index}"),
            3 => Err(JobError::Refused("planted".to_owned())),
            _ => Ok(Job::seeded(&base, index)),
        },
        |_, simulation| simulation.orders(),
        |finished| {
            results.insert(finished.index, finished.result);
            ControlFlow::Continue(())
        },
    );
    assert_eq!(ended, Ended::Complete);
    assert!(results[&0].is_ok());
    let message = |index: u64| results[&index].as_ref().unwrap_err().to_string();
    assert!(message(1).contains("more than the limit"), "{}", message(1));
    assert_eq!(message(2), "a fault in the program: planted in job 2");
    assert_eq!(message(3), "planted");
}

#[test]
fn a_panic_in_looking_is_caught_too() {
    let base = quick();
    let mut failures = Vec::new();
    Ensemble::new(1).run(
        0..2,
        |seed| Ok(Job::seeded(&base, seed)),
        |index, _| assert!(index > 0, "planted"),
        |finished| {
            failures.push(finished.result.is_err());
            ControlFlow::Continue(())
        },
    );
    assert_eq!(failures, [true, false]);
}

#[test]
fn it_stops_at_the_next_window() {
    let base = quick();
    let asked = AtomicUsize::new(0);
    let cancelled = || asked.fetch_add(1, Ordering::Relaxed) > 20;
    let mut received = 0;
    let ended = Ensemble::new(2).cancelled_by(&cancelled).run(
        0..1000,
        |seed| Ok(Job::seeded(&base, seed)),
        |_, _| (),
        |_| {
            received += 1;
            ControlFlow::Continue(())
        },
    );
    assert_eq!(ended, Ended::Cancelled);
    assert!(received < 10, "{received}");
}

#[test]
fn the_receiver_can_stop_it() {
    let base = quick();
    let mut received = 0;
    let ended = Ensemble::new(2).run(
        0..1000,
        |seed| Ok(Job::seeded(&base, seed)),
        |_, _| (),
        |_| {
            received += 1;
            ControlFlow::Break(())
        },
    );
    assert_eq!((ended, received), (Ended::Cancelled, 1));
}

#[test]
fn a_run_that_takes_too_long_fails_alone() {
    let base = quick();
    let mut results = Vec::new();
    Ensemble::new(1).at_most(Some(Duration::ZERO)).run(
        0..2,
        |seed| Ok(Job::seeded(&base, seed)),
        |_, _| (),
        |finished| {
            results.push(finished.result.unwrap_err().kind());
            ControlFlow::Continue(())
        },
    );
    assert_eq!(results, ["too_long", "too_long"]);
}
