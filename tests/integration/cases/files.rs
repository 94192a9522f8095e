//! Files, links and readers: nothing is written or read through a link, nothing is waited for, nothing small
//! takes all memory, and no run's checkpoint is lost to another's.

mod checkpoints;

use crate::program::{Ended, countryside, end, names, run};
use crate::sweeps::experiment;
use std::fs;
use std::path::Path;
use std::process::Stdio;

/// What a file of the reader holds that nobody else is to see.
const SECRET: &str = "the reader's own words: 17";

/// Runs the command, which must come to its end by itself.
fn ended(folder: &Path, arguments: &[&str]) -> Ended {
    let mut command = countryside(folder);
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    end(command.spawn().unwrap())
}

#[cfg(unix)]
fn link(target: impl AsRef<Path>, at: impl AsRef<Path>) {
    let _ = fs::remove_file(&at);
    std::os::unix::fs::symlink(target, at).unwrap();
}

#[cfg(unix)]
fn pipe(at: impl AsRef<Path>) {
    let _ = fs::remove_file(&at);
    let made = std::process::Command::new("mkfifo").arg(at.as_ref()).status();
    assert!(made.unwrap().success());
}

/// A run of a quarter of a second into a folder.
fn short(folder: &Path, out: &str) {
    let ended = run(folder, &["run", "tiny", "--until", "2014-12-31", "--out", out, "--format", "csv", "-q"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

#[test]
#[cfg(unix)]
fn a_lock_that_is_a_link_is_refused_and_what_it_points_to_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mine = path.join("mine.txt");
    fs::write(&mine, SECRET).unwrap();
    link(&mine, path.join(".results.lock"));
    let refused = run(path, &["run", "tiny", "--until", "2014-12-31", "--out", "results"]);
    assert_eq!(refused.code, Some(1), "{}", refused.out);
    assert!(refused.err.contains(".results.lock: a link"), "{}", refused.err);
    experiment(path, 2, "");
    let planned = run(path, &["sweep", "plan", "e.ron", "--out", "sweep", "--shards", "1"]);
    assert_eq!(planned.code, Some(0), "{}", planned.err);
    link(&mine, path.join("sweep/locks/sweep"));
    for step in ["run", "retry"] {
        let refused = run(path, &["sweep", step, "sweep"]);
        assert_ne!(refused.code, Some(0), "{step}");
        assert!(refused.err.contains("a link"), "{step}: {}", refused.err);
    }
    assert_eq!(fs::read_to_string(&mine).unwrap(), SECRET);
}

#[test]
#[cfg(unix)]
fn modes_follow_the_mask_and_nothing_else() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 2, "");
    for (parent, mask, expected) in [(0o777, "022", 0o755), (0o755, "077", 0o700), (0o700, "002", 0o775)] {
        let below = path.join(format!("p{mask}"));
        fs::create_dir(&below).unwrap();
        fs::set_permissions(&below, fs::Permissions::from_mode(parent)).unwrap();
        let script = format!(
            "umask {mask}; \"$0\" run tiny --until 2014-12-31 --out {0}/results -q && \"$0\" sweep plan \
             e.ron --out {0}/sweep --shards 1",
            below.display()
        );
        let shell = std::process::Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_countryside")])
            .current_dir(path)
            .output();
        let ended: Ended = shell.unwrap().into();
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        let mode = |name: &str| fs::metadata(below.join(name)).unwrap().permissions().mode() & 0o777;
        for name in ["results", "sweep", "sweep/pieces"] {
            assert_eq!(mode(name), expected, "{name} with mask {mask}");
        }
        for name in ["results/manifest.json", "results/county.parquet", "sweep/plan.json"] {
            assert_eq!(mode(name), expected & 0o666, "{name} with mask {mask}");
        }
    }
}

/// Every command that reads a folder, on folders in which one file after the other is a link to a file of the
/// reader.
#[test]
#[cfg(unix)]
fn a_run_s_folder_that_was_sent_shows_nothing_of_the_reader_s() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let secret = path.join("secret");
    fs::write(&secret, format!("{SECRET}\n{SECRET},\"\n")).unwrap();
    for (file, arguments) in [
        ("manifest.json", &["report", "sent", "--out", "page.html", "--force"][..]),
        ("county.csv", &["report", "sent", "--out", "page.html", "--force"]),
        ("columns.csv", &["report", "sent", "--out", "page.html", "--force"]),
        ("village.csv", &["explain", "sent"]),
        ("episode.csv", &["explain", "sent"]),
        ("scenario.ron", &["check", "sent/scenario.ron"]),
        ("scenario.ron", &["run", "sent/scenario.ron"]),
        ("scenario.ron", &["show", "sent/scenario.ron"]),
    ] {
        let sent = path.join("sent");
        let _ = fs::remove_dir_all(&sent);
        short(path, "sent");
        link(&secret, sent.join(file));
        refused(path, arguments, file);
    }
    let scenario =
        |more: &str| fs::write(path.join("sent/scenario.ron"), format!("(name: \"x\", {more})")).unwrap();
    link(&secret, path.join("sent/base.ron"));
    scenario("base: \"base.ron\"");
    refused(path, &["check", "sent/scenario.ron"], "base");
    fs::create_dir(path.join("sent/below")).unwrap();
    link(path, path.join("sent/below/up"));
    scenario("base: \"tiny\", places: (table: \"below/up/secret\")");
    refused(path, &["check", "sent/scenario.ron"], "table");
    for outside in ["../secret", "/etc/passwd", "below/../../secret"] {
        scenario(&format!("base: \"tiny\", places: (table: \"{outside}\")"));
        let ended = run(path, &["check", "sent/scenario.ron"]);
        assert_eq!(ended.code, Some(2), "{outside}");
        assert!(!format!("{}{}", ended.out, ended.err).contains(SECRET), "{}", ended.err);
    }
}

#[test]
#[cfg(unix)]
fn a_sweep_s_folder_that_was_sent_shows_nothing_of_the_reader_s() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let secret = path.join("secret");
    fs::write(&secret, format!("{SECRET}\n{SECRET},\"\n")).unwrap();
    experiment(path, 2, "");
    fs::create_dir(path.join("private")).unwrap();
    fs::write(path.join("private/.own"), SECRET).unwrap();
    for (file, target, arguments) in [
        ("plan.json", "secret", &["sweep", "status", "sent"][..]),
        ("plan.json", "secret", &["sweep", "run", "sent"]),
        ("pieces", "private", &["sweep", "run", "sent"]),
        ("pieces", "private", &["sweep", "status", "sent"]),
        ("locks", "private", &["sweep", "retry", "sent"]),
        ("pieces/run-0000000000.piece", "secret", &["sweep", "status", "sent"]),
        ("pieces/run-0000000000.piece", "secret", &["sweep", "gather", "sent", "--partial"]),
        ("pieces/run-0000000000.piece", "secret", &["analyse", "sent"]),
        ("manifest.json", "secret", &["report", "sent", "--out", "page.html"]),
    ] {
        let sent = path.join("sent");
        let _ = fs::remove_dir_all(&sent);
        let planned = run(path, &["sweep", "plan", "e.ron", "--out", "sent", "--shards", "1"]);
        assert_eq!(planned.code, Some(0), "{}", planned.err);
        if ["pieces", "locks"].contains(&file) {
            fs::remove_dir(sent.join(file)).unwrap();
        }
        link(path.join(target), sent.join(file));
        refused(path, arguments, file);
    }
    assert_eq!(names(&path.join("private")), [".own"]);
    let of = |base: &str, design: &str| {
        format!(
            "(name: \"q\", base: \"{base}\", factors: [(path: \"household.elasticity\", range: (2.5, \
             5.0))], design: {design}, outcomes: [\"self_service_orders\"])"
        )
    };
    fs::create_dir(path.join("exp")).unwrap();
    link(&secret, path.join("exp/p.csv"));
    link(&secret, path.join("exp/b.ron"));
    link(path, path.join("exp/up"));
    for (base, design) in [
        ("tiny", "Table(\"p.csv\")"),
        ("tiny", "Table(\"up/secret\")"),
        ("b.ron", "Sobol(samples: 2)"),
        ("up/secret", "Sobol(samples: 2)"),
    ] {
        fs::write(path.join("exp/x.ron"), of(base, design)).unwrap();
        refused(path, &["sweep", "exp/x.ron", "--dry-run"], &format!("{base} {design}"));
    }
}

fn refused(path: &Path, arguments: &[&str], what: &str) {
    let ended = ended(path, arguments);
    let message = format!("{}{}", ended.out, ended.err);
    assert_ne!(ended.code, Some(0), "{arguments:?} with {what}: {message}");
    assert!(message.contains("a link"), "{arguments:?} with {what}: {message}");
    assert!(!message.contains("the reader's"), "{arguments:?} with {what}: {message}");
}

#[test]
#[cfg(unix)]
fn a_pipe_is_never_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    short(path, "results");
    experiment(path, 2, "");
    let swept = run(path, &["sweep", "e.ron", "--out", "sweep", "-q"]);
    assert_eq!(swept.code, Some(0), "{}", swept.err);
    pipe(path.join("pipe"));
    fs::create_dir(path.join("folder")).unwrap();
    let mut tried = vec![
        ended(path, &["run", "--resume", "pipe"]),
        ended(path, &["run", "--resume", "/dev/zero"]),
        ended(path, &["run", "--resume", "folder"]),
        ended(path, &["branch", "pipe"]),
        ended(path, &["run", "pipe"]),
        ended(path, &["check", "/dev/zero"]),
        ended(path, &["sweep", "pipe", "--out", "o"]),
        ended(path, &["calibrate", "--plan", "pipe"]),
        ended(path, &["compare", "pipe", "tiny"]),
    ];
    for (file, arguments) in [
        ("results/county.csv", &["report", "results", "--out", "a.html"][..]),
        ("results/village.csv", &["explain", "results"]),
        ("results/manifest.json", &["report", "results", "--out", "b.html"]),
        ("sweep/locks/sweep", &["sweep", "retry", "sweep"]),
        ("sweep/pieces/run-9999999999.piece", &["sweep", "status", "sweep"]),
        ("sweep/plan.json", &["sweep", "status", "sweep"]),
    ] {
        pipe(path.join(file));
        tried.push(ended(path, arguments));
    }
    for ended in tried {
        assert!([Some(1), Some(2)].contains(&ended.code), "{:?}: {}", ended.code, ended.err);
        let words = ["not a regular file"];
        assert!(words.iter().any(|words| ended.err.contains(words)), "{}", ended.err);
    }
    pipe(path.join("sweep/locks/shard-1"));
    fs::remove_file(path.join("sweep/plan.json")).unwrap();
    assert_eq!(ended(path, &["sweep", "status", "sweep"]).code, Some(2));
}

/// The longest names that a file system takes, and names that are no text.
#[test]
#[cfg(target_os = "linux")]
fn odd_names_of_folders_are_names() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let long = "县".repeat(85);
    short(path, &long);
    let again = run(path, &["run", "tiny", "--until", "2014-12-31", "--out", &long]);
    assert!(again.err.contains("holds this very run already"), "{}", again.err);
    for name in [&b"\xff"[..], b"\xfe"] {
        let name = std::ffi::OsStr::from_bytes(name);
        let mut command = countryside(path);
        command.args(["run", "tiny", "--until", "2014-12-31", "-q", "--out"]).arg(name);
        assert!(command.status().unwrap().success());
        assert!(path.join(name).join("manifest.json").exists());
    }
    assert_eq!(fs::read_dir(path).unwrap().count(), 3);
}

/// A sweep planned again in a folder that was sent: what is written and set aside stays in it.
#[test]
#[cfg(unix)]
fn planning_again_writes_through_no_link() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    experiment(path, 2, "");
    fs::create_dir(path.join("private")).unwrap();
    fs::write(path.join("private/.own"), SECRET).unwrap();
    let plan = ["sweep", "plan", "e.ron", "--out", "sent", "--shards", "1"];
    assert_eq!(run(path, &plan).code, Some(0));
    fs::create_dir(path.join("below")).unwrap();
    fs::write(path.join("below/b.ron"), "(base: \"tiny\")").unwrap();
    let text = fs::read_to_string(path.join("e.ron")).unwrap();
    let text = text.replace("base: \"tiny\"", "base: \"below/b.ron\"");
    fs::write(path.join("e.ron"), text).unwrap();
    for name in ["below", "pieces", "locks"] {
        let at = path.join("sent").join(name);
        let _ = fs::remove_dir_all(&at);
        link(path.join("private"), &at);
        let ended = run(path, &[&plan[..], &["--replan"]].concat());
        assert_ne!(ended.code, Some(0), "{name}: {}", ended.out);
        assert_eq!(names(&path.join("private")), [".own"], "{name}");
    }
}
