//! Ensembles: many sets of parameters and seeds, what is unknown told from luck, conclusions that hold.

use crate::program::{end, json, names, run, signal, start, wait_until};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const MEMBERS: &str = include_str!("../fixtures/ensembles/twelve.csv");

/// A folder with the file of members.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.csv"), MEMBERS).unwrap();
    folder
}

fn arguments<'a>(more: &[&'a str]) -> Vec<&'a str> {
    let first = ["run", "tiny", "--until", "2014-12-31", "--ensemble-file", "mine.csv", "--ensemble"];
    [&first[..], more].concat()
}

/// Rows of a table as texts, by the names of its columns.
fn rows(path: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// Every run of an ensemble is the single run with the member's values and that seed, to the bit: members and
/// seeds are what the table says, and nothing else is changed.
#[test]
fn a_member_s_run_is_the_single_run_with_its_values() {
    let folder = folder();
    let path = folder.path();
    let ended = run(path, &arguments(&["3", "--out", "r", "--format", "csv", "--quiet"]));
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let members = rows(&path.join("mine.csv"));
    let runs = rows(&path.join("r/runs.csv"));
    assert_eq!(runs.len(), 6);
    let seeds: BTreeSet<&String> = runs.iter().map(|run| &run["seed"]).collect();
    assert_eq!(seeds.len(), 6, "every member has seeds of its own");
    for one in [&runs[0], &runs[5]] {
        let member = members.iter().find(|row| row["member"] == one["member"]).unwrap();
        let set = member.iter().filter(|(name, _)| name.contains('.'));
        let set: Vec<String> = set.map(|(path, value)| format!("{path}={value}")).collect();
        let mut single = vec!["run", "tiny", "--until", "2014-12-31", "--seed", &one["seed"]];
        set.iter().for_each(|set| single.extend(["--set", set]));
        let found = json(path, &single);
        let shown = found["fingerprint"].as_str().unwrap();
        assert_eq!(shown.replace(|c: char| !c.is_ascii_hexdigit(), ""), one["fingerprint"], "{found}");
    }
    // The wrong twin: without the member's values it is another run.
    let bare = json(path, &["run", "tiny", "--until", "2014-12-31", "--seed", &runs[5]["seed"]]);
    assert_ne!(bare["fingerprint"].as_str().unwrap(), runs[5]["fingerprint"]);
}

#[test]
fn what_is_found_is_the_same_for_any_number_of_threads_and_in_a_folder() {
    let folder = folder();
    let path = folder.path();
    let one = json(path, &arguments(&["8", "--threads", "1"]));
    assert_eq!(one, json(path, &arguments(&["8", "--threads", "3"])));
    assert_eq!(one, json(path, &arguments(&["8", "--threads", "2", "--out", "r"])));
    assert_eq!(
        (one["members"].as_u64(), one["seeds"].as_u64(), one["runs"].as_u64()),
        (Some(8), Some(2), Some(16))
    );
    let outcomes = one["outcomes"].as_array().unwrap();
    let orders = outcomes.iter().find(|row| row["outcome"] == "self_service_orders").unwrap();
    let number = |name: &str| orders[name].as_f64().unwrap();
    assert!(number("p05") < number("mean") && number("mean") < number("p95"), "{orders}");
    assert!(number("luck_sd") > 0.0 && (0.0..=1.0).contains(&number("unknown_share")), "{orders}");
    assert!(number("margin") > 0.0 && orders["values"] == 16, "{orders}");
    // All members, each by its weight.
    let all = json(path, &arguments(&["all", "--seeds", "1"]));
    assert_eq!(all["runs"], 12);
    // With one seed luck cannot be told apart, and the page says so.
    let single = json(path, &arguments(&["8", "--seeds", "1"]));
    assert!(single["outcomes"][0]["luck_sd"].is_null() && single["outcomes"][0]["unknown_share"].is_null());
    assert!(single["warnings"][0].as_str().unwrap().contains("one seed a member"), "{}", single["warnings"]);
}

#[test]
fn a_folder_goes_on_is_made_again_and_takes_no_other_ensemble() {
    let folder = folder();
    let path = folder.path();
    let command = arguments(&["4", "--out", "r", "--format", "csv", "--quiet"]);
    assert_eq!(run(path, &command).code, Some(0));
    let expected =
        ["columns.csv", "ensemble.csv", "experiment.ron", "failures.csv", "locks", "manifest.json"];
    let more = ["outcomes.csv", "pieces", "plan.json", "runs.csv", "scenario.ron"];
    assert_eq!(names(&path.join("r")), [&expected[..], &more[..]].concat());
    let whole = fs::read(path.join("r/runs.csv")).unwrap();
    let pieces = || fs::read_dir(path.join("r/pieces")).unwrap().map(|entry| entry.unwrap().path());
    pieces().for_each(|piece| fs::remove_file(piece).unwrap());
    let again = run(path, &command);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert_eq!(fs::read(path.join("r/runs.csv")).unwrap(), whole, "what was missing is run again");
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(path.join("r/manifest.json")).unwrap()).unwrap();
    let reproduce: Vec<&str> = manifest["reproduce"].as_str().unwrap().split(' ').skip(1).collect();
    let made = run(&path.join("r"), &[&reproduce[..], &["--quiet"]].concat());
    assert_eq!(made.code, Some(0), "{}", made.err);
    assert_eq!(fs::read(path.join("again/runs.csv")).unwrap(), whole, "the folder makes its runs again");
    let other = run(path, &arguments(&["5", "--out", "r"]));
    assert!(other.code == Some(2) && other.err.contains("members of the ensemble"), "{}", other.err);
    let page = run(path, &["report", "r", "-o", "r.html"]);
    assert_eq!(page.code, Some(0), "{}", page.err);
    let html = fs::read_to_string(path.join("r.html")).unwrap();
    for part in ["What is unknown, told from luck", "4 members of an ensemble", "luck alone: 90 %"] {
        assert!(html.contains(part), "the page has {part}");
    }
    let analysed = json(path, &["analyse", "r"]);
    assert!(analysed["bands"][0]["luck_sd"].is_number(), "{}", analysed["bands"][0]);
}

/// Ctrl-C keeps what is finished, and the command that is told goes on with the rest.
#[test]
fn an_ensemble_that_was_stopped_goes_on() {
    let folder = folder();
    let path = folder.path();
    let command = ["run", "county", "--sample", "0.02", "--ensemble", "6", "--ensemble-file", "mine.csv"];
    let command = [&command[..], &["--out", "r", "--format", "csv", "--quiet", "--threads", "1"]].concat();
    let child = start(path, &command);
    let pieces = path.join("r/pieces");
    wait_until("a run is kept", || pieces.exists() && !names(&pieces).is_empty());
    signal(&child, "INT");
    let stopped = end(child);
    assert_eq!(stopped.code, Some(130), "{}", stopped.err);
    assert!(stopped.err.contains("were finished and are kept; go on with"), "{}", stopped.err);
    assert!(stopped.err.contains("--ensemble 6 --ensemble-file mine.csv"), "{}", stopped.err);
    let kept = names(&pieces);
    assert!(!path.join("r/runs.csv").exists() && !kept.is_empty());
    let gone_on = run(path, &command);
    assert_eq!(gone_on.code, Some(0), "{}", gone_on.err);
    assert_eq!(rows(&path.join("r/runs.csv")).len(), 12);
}

#[test]
fn what_a_question_sets_itself_stays_and_is_told() {
    let folder = folder();
    let path = folder.path();
    let set = arguments(&["2", "--seeds", "1", "--quiet", "--set", "partner.drive_sales=1.5"]);
    let ended = run(path, &[&set[..], &["--out", "r"]].concat());
    assert!(
        ended.err.contains("partner.drive_sales is set by tiny itself: members leave it"),
        "{}",
        ended.err
    );
    let kept = fs::read_to_string(path.join("r/scenario.ron")).unwrap();
    assert!(kept.contains("drive_sales: 1.5") && !kept.contains("self_service_variety"), "{kept}");
    fs::write(path.join("own.ron"), "(base: \"tiny\", name: \"own\", shop: (entry: 0.0003))").unwrap();
    let own = run(path, &["run", "own.ron", "--ensemble=2", "--ensemble-file", "mine.csv", "--quiet"]);
    assert!(own.err.contains("shop.entry is set by own itself"), "{}", own.err);
}

#[test]
fn wrong_ensembles_are_refused_with_every_fault() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("bad.csv"), "member,weight,shop.entri,shop.entry\n1,0.5,1,7\n1,-1,1,0.0002\n")
        .unwrap();
    let bad = run(path, &["run", "tiny", "--ensemble", "2", "--ensemble-file", "bad.csv"]);
    assert_eq!(bad.code, Some(2));
    for part in [
        "bad.csv:1:15: shop.entri: there is no such parameter",
        "did you mean `shop.entry`?",
        "bad.csv:2:9: shop.entry: 7 is out of range",
        "bad.csv:3:1: member: the member has the number of that in line 2",
        "bad.csv:3:3: weight: expected a number above 0",
    ] {
        assert!(bad.err.contains(part), "{part}\n{}", bad.err);
    }
    let missing = run(path, &["run", "tiny", "--ensemble", "2", "--ensemble-file", "none.csv"]);
    assert!(missing.code == Some(2) && missing.err.contains("none.csv"), "{}", missing.err);
    let checkpoint = run(path, &arguments(&["2", "--checkpoint-every", "30"]));
    assert!(checkpoint.code == Some(2) && checkpoint.err.contains("is for one run"), "{}", checkpoint.err);
    let none = run(path, &["run", "tiny", "--ensemble", "2", "--until", "2014-10-31"]);
    assert_eq!(none.code, Some(0), "without a file, the ensemble that ships is asked: {}", none.err);
    let csv = run(path, &arguments(&["2", "--csv"]));
    let first = csv.out.trim_start_matches('\u{FEFF}').lines().next().unwrap().to_owned();
    assert!(first.starts_with("outcome,unit,members,values,mean,margin,p05,p95,luck_sd"), "{first}");
}

#[test]
fn a_comparison_tells_in_how_many_members_it_holds() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("paid.ron"), "(base: \"tiny\", name: \"paid\", partner: (commission: 0.3))").unwrap();
    let command =
        ["compare", "tiny", "paid.ron", "--ensemble", "8", "--ensemble-file", "mine.csv", "--until"];
    let command = [&command[..], &["2015-06-30", "--out", "r", "--format", "csv"]].concat();
    let found = json(path, &command);
    let outcome = |name: &str| {
        let all = found["outcomes"].as_array().unwrap();
        all.iter().find(|one| one["outcome"] == name).unwrap().clone()
    };
    let income = &outcome("partner_income_mean")["over_members"];
    let number = |name: &str| income[name].as_f64().unwrap();
    assert_eq!(number("members"), 8.0);
    assert_eq!(number("more") + number("less") + number("same"), 8.0);
    assert!(number("holds") >= 7.0 && number("mean") > 0.0 && income["sure"] == true, "{income}");
    assert!(number("p05") <= number("mean") && number("margin") > 0.0, "{income}");
    // The same member and seed on both sides, each pair with a seed of its own.
    let runs = rows(&path.join("r/runs.csv"));
    let of = |scenario: &str| -> Vec<(String, String)> {
        let own = runs.iter().filter(|row| row["scenario"] == scenario && row["outcome"] == "shops");
        own.map(|row| (row["member"].clone(), row["seed"].clone())).collect()
    };
    assert_eq!(of("tiny"), of("paid"));
    assert_eq!(of("tiny").iter().collect::<BTreeSet<_>>().len(), 16);
    let page = run(path, &["report", "r", "-o", "r.html"]);
    assert_eq!(page.code, Some(0), "{}", page.err);
    let html = fs::read_to_string(path.join("r.html")).unwrap();
    assert!(html.contains("In how many members it holds") && html.contains("of 8 members"), "no members");
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(path.join("r/manifest.json")).unwrap()).unwrap();
    let reproduce: Vec<&str> = manifest["reproduce"].as_str().unwrap().split(' ').skip(1).collect();
    let made = run(&path.join("r"), &[&reproduce[..], &["--quiet"]].concat());
    assert_eq!(made.code, Some(0), "{}", made.err);
    for table in ["runs.csv", "differences.csv", "months.csv"] {
        let [first, second] = ["r", "again"].map(|folder| fs::read(path.join(folder).join(table)).unwrap());
        assert!(first == second, "the folder makes {table} again");
    }
    let same = json(
        path,
        &[
            "compare",
            "tiny",
            "tiny",
            "--ensemble",
            "3",
            "--ensemble-file",
            "mine.csv",
            "--until",
            "2014-10-31",
        ],
    );
    let same = &same["outcomes"][0]["over_members"];
    assert!(same["same"] == 3 && same["holds"] == 3, "{same}");
}

#[test]
fn every_point_of_a_sweep_is_run_with_every_member() {
    let folder = folder();
    let path = folder.path();
    let text = "(
        name: \"w\", base: \"tiny\", set: (end: \"2014-12-31\"),
        factors: [(policies: [(name: \"as it is\"), (name: \"none\", set: (programme: (enabled: false)))]),
                  (path: \"shop.entry\", values: [0.0001, 0.0003])],
        design: Factorial, replicates: 2, worlds: Ensemble(count: 3, file: \"mine.csv\"),
        outcomes: [\"self_service_orders\", \"stations_open\"],
    )";
    fs::write(path.join("e.ron"), text).unwrap();
    let ended = run(path, &["sweep", "e.ron", "--out", "r", "--format", "csv", "--quiet"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(
        ended.err.contains("shop.entry is varied by the factor `shop.entry`: members leave it"),
        "{}",
        ended.err
    );
    let runs = rows(&path.join("r/runs.csv"));
    assert_eq!(runs.len(), 2 * 2 * 3 * 2);
    let worlds = |point: &str| -> Vec<(String, String, String)> {
        let own = runs.iter().filter(|row| row["point"] == point);
        own.map(|row| (row["member"].clone(), row["replicate"].clone(), row["seed"].clone())).collect()
    };
    assert_eq!(worlds("0"), worlds("3"), "points share members and seeds");
    let found = json(path, &["analyse", "r", "--maximise", "self_service_orders"]);
    let regret = &found["policies"]["regret"][0];
    assert_eq!(regret["states"], 12, "two levels of the factor, three members, two seeds: {regret}");
    assert!(found["bands"][0]["luck_sd"].is_number() && found["bands"][0]["unknown_sd"].is_number());
    let dry = json(path, &["sweep", "e.ron", "--dry-run"]);
    assert_eq!(dry["runs"], 24);
    // Parts on several machines give the same table.
    assert_eq!(run(path, &["sweep", "plan", "e.ron", "--out", "p", "--shards", "3"]).code, Some(0));
    for shard in ["3/3", "1/3", "2/3"] {
        assert_eq!(run(path, &["sweep", "run", "p", "--shard", shard, "--quiet"]).code, Some(0));
    }
    assert_eq!(run(path, &["sweep", "gather", "p", "--format", "csv"]).code, Some(0));
    assert_eq!(fs::read(path.join("p/runs.csv")).unwrap(), fs::read(path.join("r/runs.csv")).unwrap());
    // More seeds keep the runs that there are.
    fs::write(path.join("more.ron"), text.replace("replicates: 2", "replicates: 3")).unwrap();
    let more = run(path, &["sweep", "more.ron", "--out", "m", "--grow", "r", "--quiet"]);
    assert!(more.err.contains("24 of the 24 finished runs of r are kept"), "{}", more.err);
}

#[test]
fn what_is_wrong_with_worlds_is_told_where_it_stands() {
    let folder = folder();
    let path = folder.path();
    for (worlds, expected) in [
        ("All", "worlds: expected Ensemble, Ensemble(count: 20) or Ensemble(file: \"members.csv\")"),
        ("Ensemble(count: 0, file: \"mine.csv\")", "worlds.count: 0 is out of range: expected 1 to 10000"),
        ("Ensemble(cuont: 3, file: \"mine.csv\")", "did you mean `count`?"),
        ("Ensemble(file: \"none.csv\")", "worlds.file: none.csv: cannot be read"),
        ("Ensemble(file: \"../mine.csv\")", "worlds.file"),
    ] {
        let text = format!("(name: \"w\", base: \"tiny\", worlds: {worlds}, outcomes: [\"shops\"])");
        fs::write(path.join("e.ron"), text).unwrap();
        let ended = run(path, &["sweep", "e.ron", "--dry-run"]);
        assert!(ended.code == Some(2) && ended.err.contains(expected), "{worlds}: {}", ended.err);
    }
}
