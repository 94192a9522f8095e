//! Stop at any window, go on anywhere: equal to never having stopped. Damage is refused, never a panic.

use super::support::{COUNTIES, Trace, assert_same, build, counties, first_difference, run, trace, with};
use proptest::prelude::*;
use sim_core::scenario::Scenario;
use sim_core::simulation::{BranchError, CheckpointError, Simulation, Threads};
use std::sync::LazyLock;

/// Two counties, a shock, shops: some of everything that a checkpoint must carry.
fn scenario() -> Scenario {
    let shocks = "[(kind: RoadsClosed, start: \"2014-12-20\", weeks: 3, provinces: [43])]";
    let mut scenario = counties(&COUNTIES[..2], 4);
    scenario.end = "2015-03-31".parse().unwrap();
    with(scenario, &[("shop.entry", "0.02"), ("world.shocks", shocks)])
}

/// The uninterrupted run's trace, and the checkpoint at the end of each window, the start included.
fn watched() -> (Trace, Vec<Vec<u8>>) {
    let mut simulation = build(&scenario());
    let (mut trace, mut checkpoints) = (Vec::new(), vec![simulation.checkpoint().unwrap()]);
    loop {
        let more = simulation.step();
        trace.push((simulation.now(), simulation.fingerprint()));
        checkpoints.push(simulation.checkpoint().unwrap());
        if !more {
            return (trace, checkpoints);
        }
    }
}

#[test]
fn a_run_resumed_at_any_window_is_the_uninterrupted_run() {
    let (whole, checkpoints) = watched();
    let tables = format!("{:?}", run(&scenario()).outcome());
    for (at, checkpoint) in checkpoints[..whole.len()].iter().enumerate() {
        let threads = if at % 2 == 0 { Threads::Sequential } else { Threads::Parallel(3) };
        let mut resumed = Simulation::resume(checkpoint, threads).unwrap();
        let mut rest = Vec::new();
        while !resumed.is_done() {
            resumed.step();
            rest.push((resumed.now(), resumed.fingerprint()));
        }
        assert_same(&whole[at..].to_vec(), &rest, &format!("resumed after window {at}"));
        if at % 6 == 0 {
            assert_eq!(tables, format!("{:?}", resumed.outcome()), "results after resuming at window {at}");
        }
    }
}

#[test]
fn a_checkpoint_of_a_resumed_run_is_the_same_bytes() {
    let (_, checkpoints) = watched();
    for checkpoint in &checkpoints {
        let again = Simulation::resume(checkpoint, Threads::Sequential).unwrap().checkpoint().unwrap();
        assert!(&again == checkpoint, "writing what was read gives other bytes");
    }
}

#[test]
fn a_finished_run_resumes_as_finished() {
    let (whole, checkpoints) = watched();
    let mut done = Simulation::resume(checkpoints.last().unwrap(), Threads::Sequential).unwrap();
    assert!(done.is_done() && !done.step());
    assert_eq!(done.fingerprint(), whole.last().unwrap().1);
}

#[test]
fn a_branch_without_a_change_is_the_run_itself() {
    let (whole, checkpoints) = watched();
    let branch = Simulation::branch(&checkpoints[9], &[], Threads::Sequential).unwrap();
    assert_same(&whole[9..].to_vec(), &trace(branch), "a branch that changes nothing");
}

#[test]
fn a_branch_with_a_change_shares_the_past_and_leaves_it() {
    let (whole, checkpoints) = watched();
    let changes = [("household.delivery_fee".to_owned(), "20.0".to_owned())];
    let mut branch = Simulation::branch(&checkpoints[9], &changes, Threads::Sequential).unwrap();
    assert_eq!((branch.now(), branch.fingerprint()), whole[8], "the past is shared");
    let months = branch.gathered().nation.len();
    while branch.step() {}
    let unchanged = run(&scenario());
    let past = |simulation: &Simulation| format!("{:?}", &simulation.gathered().nation[..months]);
    assert!(months > 0 && past(&branch) == past(&unchanged));
    assert_ne!(branch.fingerprint(), unchanged.fingerprint(), "the future is not");
}

#[test]
fn what_decided_the_past_cannot_be_changed() {
    let (_, checkpoints) = watched();
    for (path, value) in [
        ("seed", "9"),
        ("start", "2014-09-01"),
        ("places.villages_per_county", "9"),
        ("household_sample", "0.5"),
    ] {
        let changes = [(path.to_owned(), value.to_owned())];
        match Simulation::branch(&checkpoints[4], &changes, Threads::Sequential) {
            Err(BranchError::Fixed { path: named, .. }) => assert_eq!(named, path),
            other => panic!("{path}: {:?}", other.err()),
        }
    }
}

#[test]
fn another_form_is_refused_by_its_number() {
    let mut bytes = build(&scenario()).checkpoint().unwrap();
    // The form is the first number of the bytes, a variable-length integer below 128.
    bytes[0] += 41;
    let found = u32::from(bytes[0]);
    match Simulation::resume(&bytes, Threads::Sequential) {
        Err(error @ CheckpointError::Form { .. }) => {
            assert!(error.to_string().contains(&format!("form {found}")), "{error}");
        }
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn another_model_is_refused_by_name() {
    let own = sim_core::simulation::MODEL;
    assert!(own.len() == 32 && own.bytes().all(|letter| letter.is_ascii_hexdigit()), "{own}");
    let mut bytes = build(&scenario()).checkpoint().unwrap();
    assert_eq!(&bytes[1..33], own.as_bytes());
    bytes[1..33].copy_from_slice("0123456789abcdef".repeat(2).as_bytes());
    match Simulation::resume(&bytes, Threads::Sequential) {
        Err(error @ CheckpointError::Model { .. }) => {
            let text = error.to_string();
            assert!(text.contains("(0123456789abcdef") && text.contains(own), "{text}");
        }
        other => panic!("{:?}", other.err()),
    }
    bytes[1] = 7;
    let refused = Simulation::resume(&bytes, Threads::Sequential);
    assert!(matches!(refused, Err(CheckpointError::Damaged(_))), "what is no digest is not shown");
}

/// A checkpoint from the middle of the run.
static MIDDLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut simulation = build(&scenario());
    (0..12).for_each(|_| assert!(simulation.step()));
    simulation.checkpoint().unwrap()
});

#[test]
fn every_truncation_is_refused() {
    let bytes = &*MIDDLE;
    let step = bytes.len() / 200 + 1;
    for length in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
        let cut = Simulation::resume(&bytes[..length], Threads::Sequential);
        assert!(cut.is_err(), "{length} of {} bytes are accepted", bytes.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The file's checksum finds such damage; what is inside must nevertheless never panic while it is read,
    /// nor be believed about sizes. (A flipped bit of a figure cannot be seen without the checksum, and is
    /// accepted.)
    #[test]
    fn damage_never_panics(
        flips in prop::collection::vec((0.0..1.0f64, 1u8..), 1..6),
        early in any::<bool>(),
        cut in prop::option::of(0.0..1.0f64),
    ) {
        let mut bytes = MIDDLE.clone();
        let reach = if early { bytes.len().min(6_000) } else { bytes.len() };
        for (at, mask) in flips {
            bytes[(at * reach as f64) as usize] ^= mask;
        }
        if let Some(share) = cut {
            bytes.truncate((share * bytes.len() as f64) as usize);
        }
        let _ = Simulation::resume(&bytes, Threads::Sequential);
    }
}

/// What became of a forged checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Forged {
    Refused,
    Ran,
    /// Amounts that contradict each other add up to more than there is.
    BrokeDown,
}

/// Resumes a forged checkpoint and runs it to its end, on a thread of its own, for at most so long.
fn forged(bytes: Vec<u8>) -> Forged {
    let (told, hears) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let Ok(mut simulation) = Simulation::resume(&bytes, Threads::Sequential) else {
            return told.send(Forged::Refused);
        };
        let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            while simulation.step() {}
            simulation.outcome();
        }));
        told.send(if ran.is_ok() { Forged::Ran } else { Forged::BrokeDown })
    });
    // A thread that panics while it reads hangs up, and one that goes on for ever says nothing.
    hears.recv_timeout(std::time::Duration::from_secs(60)).expect("reading panicked, or the run does not end")
}

/// Who forges a checkpoint makes its checksum too. Whatever is in it, reading it refuses it or gives a run
/// that comes to its end; of what amounts contradict each other, the command tells (`files::checkpoints`).
#[test]
fn a_forged_checkpoint_is_refused_or_runs_to_its_end() {
    let seed = crate::program::seed_of("FORGERY_SEED");
    let mut random = sim_core::base::RandomStream::new(
        sim_core::base::Seed(seed),
        sim_core::base::Owner::NATION,
        sim_core::base::Purpose::Trial,
        0,
    );
    let mut found = std::collections::BTreeMap::new();
    for _ in 0..FORGERIES {
        let mut bytes = MIDDLE.clone();
        for _ in 0..1 + random.below(3) {
            let at = 33 + random.below(bytes.len() as u32 - 33) as usize;
            bytes[at] ^= 1 + random.below(255) as u8;
        }
        *found.entry(forged(bytes)).or_insert(0_u32) += 1;
    }
    println!("{found:?}");
    let broke = found.get(&Forged::BrokeDown).copied().unwrap_or(0);
    assert!(found[&Forged::Refused] > FORGERIES / 4 && broke <= FORGERIES / 20, "{found:?}");
}

/// How many checkpoints are forged.
const FORGERIES: u32 = 150;

#[test]
fn traces_that_are_shifted_differ() {
    // The control of the comparison used above.
    let whole = trace(build(&scenario()));
    assert!(first_difference(&whole, &whole[1..].to_vec()).is_some());
}
