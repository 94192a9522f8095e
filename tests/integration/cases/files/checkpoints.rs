//! Checkpoints: whose they are, what their runs may take, and what a full disk leaves.

use crate::program::{json, names, run};
use std::fs;

/// Three of the same name beside each other: nobody's hours are lost to another's.
#[test]
fn one_run_s_checkpoint_is_never_written_over_by_another_s() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let kept = |seed: &str| {
        let ended = run(
            path,
            &["run", "tiny", "--seed", seed, "--checkpoint-at", "2015-06-01", "--until", "2015-08-31", "-q"],
        );
        assert_eq!(ended.code, Some(0), "{}", ended.err);
    };
    kept("1");
    fs::write(path.join(".tiny.checkpoint.partial-dead"), "half").unwrap();
    kept("2");
    kept("3");
    kept("1");
    assert_eq!(
        names(path),
        ["tiny-2.checkpoint", "tiny-3.checkpoint", "tiny.checkpoint", "tiny.checkpoint.previous"]
    );
    for (name, seed) in [("tiny.checkpoint", 1), ("tiny-2.checkpoint", 2), ("tiny-3.checkpoint", 3)] {
        assert_eq!(json(path, &["run", "--resume", name])["seed"].as_u64(), Some(seed), "{name}");
    }
    let named = run(
        path,
        &["run", "tiny", "--seed", "4", "--checkpoint-at", "2015-06-01", "--checkpoint", "tiny.checkpoint"],
    );
    assert_eq!((named.code, named.out.as_str()), (Some(2), ""));
    assert!(named.err.contains("a checkpoint of another run"), "{}", named.err);
}

#[test]
fn a_resumed_or_branched_run_keeps_the_limit_of_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    run(path, &["run", "tiny", "--checkpoint-at", "2014-12-01", "--until", "2014-12-31", "-q"]);
    for arguments in [&["run", "--resume", "tiny.checkpoint"][..], &["branch", "tiny.checkpoint"]] {
        let refused = run(path, &[arguments, &["--memory-limit", "1MiB"]].concat());
        assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(refused.err.contains("--memory-limit allows 1.0 MiB"), "{}", refused.err);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_that_is_full_at_the_end_loses_no_run() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mkdir full && mount -t tmpfs -o size=8k tmpfs full && \"$0\" run tiny --until 2014-12-31 \
                  --out full/results -q; code=$?; ls -A full; \"$0\" run --resume results.checkpoint --out \
                  done -q && exit $code";
    let Some(ended) = crate::atomic_output::in_own_mounts(folder.path(), script) else {
        return;
    };
    assert_eq!((ended.code, ended.out.as_str()), (Some(1), ""), "{}", ended.err);
    assert!(ended.err.contains("No space left on device"), "{}", ended.err);
    assert!(ended.err.contains("countryside run --resume results.checkpoint --out DIR"), "{}", ended.err);
    let whole = json(folder.path(), &["run", "tiny", "--until", "2014-12-31"]);
    let text = fs::read(folder.path().join("done/manifest.json")).unwrap();
    let resumed: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(resumed["results"], whole["results"]);
}

/// The content of a checkpoint's file, forged, with its length and checksum made anew.
fn forged(whole: &[u8], change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut bytes = whole[..whole.len() - 16].to_vec();
    let content = 36..bytes.len() - 8;
    change(&mut bytes[content]);
    bytes.extend(xxhash_rust::xxh3::xxh3_128(&bytes).to_le_bytes());
    bytes
}

/// Whatever a forged checkpoint says, the command refuses it, tells of it, or comes to its end: it is never a
/// fault of the program, nor for ever.
#[test]
fn a_forged_checkpoint_is_an_error_and_never_a_fault_of_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    run(path, &["run", "tiny", "--checkpoint-at", "2015-03-01", "--until", "2015-08-31", "-q"]);
    let whole = fs::read(path.join("tiny.checkpoint")).unwrap();
    let mut word = crate::program::seed_of("FORGERY_SEED") | 1;
    let mut random = |below: usize| {
        word ^= word << 13;
        word ^= word >> 7;
        word ^= word << 17;
        (word % below as u64) as usize
    };
    let mut ended = std::collections::BTreeMap::new();
    for _ in 0..40 {
        let bytes = forged(&whole, |content| {
            for _ in 0..3 {
                content[33 + random(content.len() - 33)] ^= 1 + random(255) as u8;
            }
        });
        fs::write(path.join("forged"), bytes).unwrap();
        let tried = super::ended(path, &["run", "--resume", "forged", "--threads", "1", "-q"]);
        assert!([Some(0), Some(1), Some(2)].contains(&tried.code), "{:?}: {}", tried.code, tried.err);
        assert!(!tried.err.contains("itself stopped"), "{}", tried.err);
        *ended.entry(tried.code).or_insert(0) += 1;
    }
    println!("{ended:?}");
    assert!(ended[&Some(2)] > 10, "{ended:?}");
    // The control: what is not forged goes on.
    fs::write(path.join("forged"), forged(&whole, |_| ())).unwrap();
    assert_eq!(run(path, &["run", "--resume", "forged", "-q"]).code, Some(0));
}

/// A small file whose scenario is all the country: refused by arithmetic, before the places of millions of
/// households are made for it.
#[test]
fn a_checkpoint_that_cannot_hold_its_scenario_is_refused_before_places_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    run(path, &["run", "tiny", "--checkpoint-at", "2014-12-01", "--until", "2014-12-31", "-q"]);
    let whole = fs::read(path.join("tiny.checkpoint")).unwrap();
    let bytes = forged(&whole, |content| {
        for (from, to) in [
            (&b"select: Codes([330122])"[..], &b"select: All            "[..]),
            (b"villages_per_county: 5,", b"villages_per_county: 9,"),
        ] {
            let at = content.windows(from.len()).position(|found| found == from).unwrap();
            content[at..at + to.len()].copy_from_slice(to);
        }
    });
    fs::write(path.join("forged"), bytes).unwrap();
    for arguments in [&["run", "--resume", "forged"][..], &["branch", "forged"]] {
        let refused = run(path, arguments);
        assert_eq!(refused.code, Some(2), "{arguments:?}: {}", refused.err);
        assert!(refused.err.contains("households of its scenario"), "{arguments:?}: {}", refused.err);
    }
}
