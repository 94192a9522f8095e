//! CI that cannot be green untested: `.ci/stages` on stages made up here.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

/// Sources the stages, does what a script says, and concludes: exit code and what was printed.
fn concluded(script: &str) -> (Option<i32>, String) {
    let script = format!("set -euo pipefail\nsource .ci/stages\n{script}\nconclude");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("bash").args(["-c", &script]).current_dir(root).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_stage_that_could_not_run_fails_unless_it_is_named_as_optional() {
    let stages = "stage good true\nstage absent bash -c 'exit 77'";
    let (code, out) = concluded(stages);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("absent     NOT RUN"), "{out}");
    let (code, out) = concluded(&format!("read_options --optional absent\n{stages}"));
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("absent     skipped") && out.contains("good       passed"), "{out}");
    let (code, _) = concluded(&format!("read_options --optional=other\n{stages}"));
    assert_eq!(code, Some(1));
    let (code, out) = concluded("read_options --optional bad\nstage bad false\nstage later true");
    assert_eq!(code, Some(1), "a failure is never optional");
    assert!(out.contains("bad        FAILED") && out.contains("later      passed"), "{out}");
}

#[test]
fn tests_that_were_ignored_or_skipped_something_are_counted_and_told() {
    let tests = "work() {
        echo 'test a ... ok'
        echo 'test b ... ignored, a measurement'
        echo 'test result: ok. 1 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out'
        echo 'test result: ok. 30 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out'
        [[ -z ${1:-} ]] || echo \"$1\" >>\"$SKIPPED_TESTS\"
    }\n";
    let (code, out) = concluded(&format!("{tests}stage test counted work"));
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("31 tests passed, 0 failed, 1 ignored\n  b ... ignored, a measurement\n"), "{out}");
    assert!(out.contains("no test skipped anything"), "{out}");
    let skips = format!("{tests}stage test counted work 'disks: no mounts here'");
    let (code, out) = concluded(&skips);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("  disks: no mounts here\n") && out.contains("test       NOT RUN"), "{out}");
    let (code, out) = concluded(&format!("read_options --optional disks\n{skips}"));
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("  disks (optional): no mounts here\n"), "{out}");
    let fails = format!("{tests}fails() {{ work 'disks: none'; return 101; }}\nstage test counted fails");
    let (code, out) = concluded(&fails);
    assert_eq!(code, Some(1));
    assert!(out.contains("test       FAILED"), "{out}");
}

/// Other seeds each time, which are printed; and those that were given, to try the same again.
#[test]
fn seeds_are_fresh_and_printed_unless_they_are_given() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = ["FAULT_SEED", "FORGERY_SEED", "FUZZ_SEED", "PROPTEST_RNG_SEED"];
    let printed = |given: Option<&str>| {
        let script = "set -euo pipefail; source .ci/seeds; fresh_seeds; fresh_seeds; env";
        let mut bash = Command::new("bash");
        bash.args(["-c", script]).current_dir(root);
        names.iter().for_each(|name| _ = bash.env_remove(name));
        if let Some(seed) = given {
            bash.env("FUZZ_SEED", seed);
        }
        String::from_utf8(bash.output().unwrap().stdout).unwrap()
    };
    let (first, second, given) = (printed(None), printed(None), printed(Some("17")));
    let line = |text: &str| text.lines().next().unwrap().to_owned();
    assert!(
        line(&first) != line(&second) && line(&given).contains("FUZZ_SEED=17 "),
        "{first}{second}{given}"
    );
    assert_eq!(first.lines().next(), first.lines().nth(1), "they stay what they are");
    for word in line(&first).split_whitespace() {
        assert!(first.lines().any(|line| line == word), "{word} reaches what is tested");
    }
    for script in ["run", "full"] {
        let text = std::fs::read_to_string(root.join(".ci").join(script)).unwrap();
        assert!(text.lines().filter(|line| *line == "fresh_seeds").count() == 2, "{script}");
    }
}
