//! Stories of places, and what made two runs differ.

use crate::program;
use crate::support::{run, with};
use sim_core::event::{Cause, Happening};
use sim_core::scenario::Scenario;
use std::collections::BTreeSet;

/// A county in which shops are opened, copied and closed.
fn county() -> Scenario {
    with(
        Scenario::builtin("county").unwrap(),
        &[("household_sample", "0.05"), ("places.villages_per_county", "40"), ("shop.copying", "12.0")],
    )
}

#[test]
fn who_is_copied_was_founded_before_and_not_by_itself() {
    let simulation = run(&county());
    let mut opened = BTreeSet::new();
    let (mut copied, mut closed) = (0, 0);
    for episode in &simulation.gathered().episodes {
        match episode.happening {
            Happening::ShopOpened(shop) => {
                let village = episode.village.unwrap();
                if let Cause::Copied { village: from, shop: example } = episode.cause {
                    copied += 1;
                    // Of shops beyond the tenth nothing is told, and they may be examples all the same.
                    assert!(example >= 10 || opened.contains(&(from, example)), "{episode:?}");
                }
                assert!(opened.insert((village, shop.number)), "{episode:?} is told twice");
            }
            Happening::ShopClosed(shop) => {
                closed += 1;
                assert!(opened.contains(&(episode.village.unwrap(), shop.number)), "{episode:?}");
                assert!(matches!(episode.cause, Cause::Broke | Cause::GivenUp), "{episode:?}");
            }
            Happening::PartnerLeft => {
                assert!(matches!(episode.cause, Cause::LowIncome | Cause::OtherReasons), "{episode:?}");
            }
            _ => {}
        }
    }
    assert!(copied > 10 && closed > 0, "{copied} copied, {closed} closed");
}

#[test]
fn a_village_s_story_is_the_same_from_either_form_of_results() {
    let folder = tempfile::tempdir().unwrap();
    let output = |form: &str| {
        let run = program::run(folder.path(), &["run", "tiny", "--out", form, "--format", form, "-q"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        program::json(folder.path(), &["explain", form, "--nation"])
    };
    let (csv, parquet) = (output("csv"), output("parquet"));
    assert_eq!(csv["years"], parquet["years"]);
    let now = program::json(folder.path(), &["explain", "tiny", "--nation"]);
    assert_eq!(csv["years"], now["years"]);
    let county = program::json(folder.path(), &["explain", "csv", "--county", "330122"]);
    let station =
        county["episodes"].as_array().unwrap().iter().find(|e| e["happening"] == "station_opened").unwrap();
    let id = format!("330122/{}", station["village"]);
    let village = program::run(folder.path(), &["explain", "csv", "--village", &id]);
    assert!(village.out.contains("The station opened."), "{}", village.out);
    assert!(village.out.contains("What turned"), "{}", village.out);
}

#[test]
fn places_and_runs_that_do_not_exist_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    for (words, output) in [
        (&["explain", "empty"][..], "not a folder of results"),
        (&["explain", "tiny", "--county", "999999"], "there is no county 999999"),
        (&["explain", "tiny", "--village", "x"], "no village's number"),
        (&["explain", "tiny", "--village", "330122/60000"], "nothing is recorded of village 60000"),
        (&["explain", "nowhere.ron"], "nowhere.ron"),
        (&["explain", "tiny", "tiny"], "same values in every field"),
        (&["explain", "tiny", "county", "--outcome", "happiness"], "no measure or outcome `happiness`"),
    ] {
        let ended = program::run(folder.path(), words);
        assert_eq!(ended.code, Some(2), "{words:?}: {}", ended.err);
        assert!(ended.err.contains(output), "{words:?}: {}", ended.err);
    }
}

#[test]
fn contributions_add_up_to_the_difference() {
    let folder = tempfile::tempdir().unwrap();
    let other = "(base: \"tiny\", name: \"other\", programme: (promotion: 400.0), partner: (commission: \
                 0.06), household: (elasticity: 4.5))";
    std::fs::write(folder.path().join("other.ron"), other).unwrap();
    let words = ["explain", "tiny", "other.ron", "--seeds", "2", "--set", "household_sample=0.2"];
    let found = program::json(folder.path(), &words);
    assert_eq!(found["levers"].as_array().unwrap().len(), 3);
    for outcome in found["outcomes"].as_array().unwrap() {
        for (seed, shares) in outcome["contributions_by_seed"].as_array().unwrap().iter().enumerate() {
            let sum: f64 = shares.as_array().unwrap().iter().map(|share| share.as_f64().unwrap()).sum();
            let ends = &outcome["values"][seed];
            let whole = ends[1].as_f64().unwrap() - ends[0].as_f64().unwrap();
            assert!(
                (sum - whole).abs() <= 1e-9 * (1.0 + whole.abs()),
                "{}: {sum} against {whole}",
                outcome["name"]
            );
        }
    }
    let orders =
        found["outcomes"].as_array().unwrap().iter().find(|o| o["name"] == "station_orders").unwrap();
    let elasticity =
        orders["contributions"].as_array().unwrap().iter().find(|c| c["field"] == "household.elasticity");
    assert!(elasticity.unwrap()["mean"].as_f64().unwrap() != 0.0);
}
