//! Runs that branched: what is said of them later.

use super::outcome;
use crate::program::{json, run};
use std::fs;

/// Before, the change was moved from the first day on: the second run was said to have no station orders at
/// all.
#[test]
fn what_made_a_branch_differ_is_moved_at_the_moment_of_the_branch() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let sums = |document: &serde_json::Value| outcome(document, "station_orders")["value"].as_f64().unwrap();
    let base = json(
        path,
        &["run", "tiny", "--set", "end=2015-12-31", "--checkpoint-at", "2015-08-01", "--out", "base"],
    );
    let stopped =
        json(path, &["branch", "base.checkpoint", "--set", "programme.enabled=false", "--out", "stopped"]);
    assert!(sums(&stopped) > 0.0 && sums(&stopped) < sums(&base));
    let explained =
        json(path, &["explain", "base", "stopped", "--seeds", "1", "--outcome", "station_orders"]);
    let values = &explained["outcomes"][0]["values"][0];
    assert_eq!(values[0].as_f64(), Some(sums(&base)), "{explained}");
    assert_eq!(values[1].as_f64(), Some(sums(&stopped)), "{explained}");
    let lever = &explained["levers"][0];
    assert_eq!(lever["field"], "programme.enabled");
    let since = lever["since"].as_str().unwrap();
    assert!(("2015-08-01".."2015-08-08").contains(&since), "{since}");

    let page = run(path, &["report", "stopped", "-o", "stopped.html"]);
    assert_eq!(page.code, Some(0), "{}", page.err);
    let html = fs::read_to_string(path.join("stopped.html")).unwrap();
    assert!(html.contains("What changed on the way") && html.contains(since));

    let changed = run(path, &["explain", "base", "stopped", "--set", "seed=2"]);
    assert_eq!(changed.code, Some(2));
    assert!(changed.err.contains("has branched"), "{}", changed.err);
}
