//! Inputs that do not cover the run, and such as can have no effect in it.

use super::tiny;
use crate::program::run;
use crate::support::build;
use sim_core::scenario::Scenario;
use sim_core::simulation::{BranchError, Simulation, Threads};
use std::fs;

#[test]
fn case_38_inputs_that_end_before_the_run_are_named_by_check_show_run_and_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let late = ["tiny", "--set", "end=2040-12-31"];
    for command in ["check", "show"] {
        let ended = run(folder.path(), &[&[command], &late[..]].concat());
        assert!(ended.err.contains("income.rural_income"), "{command}: {}", ended.err);
        assert!(
            ended.err.contains("ends on 2022-07-01: level from then on, 19 of 26 years"),
            "{command}: {}",
            ended.err
        );
        assert!(ended.err.contains("Spring Festival"), "{command}: {}", ended.err);
    }
    let early =
        run(folder.path(), &["check", "tiny", "--set", "start=2001-01-01", "--set", "end=2002-12-31"]);
    assert!(early.err.contains("begins on 2009-07-01: level until then, the whole run"), "{}", early.err);
    let cheap = ["--set", "end=2023-12-31", "--set", "household_sample=0.05"];
    let arguments = [&["run", "tiny", "--out", "o"], &cheap[..]].concat();
    let ended = run(folder.path(), &arguments);
    let output = "ends on 2022-07-01: level from then on, 1.5 of 9.3 years";
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.err.contains(output), "{}", ended.err);
    let manifest = fs::read_to_string(folder.path().join("o/manifest.json")).unwrap();
    assert!(manifest.contains(output), "{manifest}");
    let page = run(folder.path(), &["report", "o", "-o", "o.html"]);
    assert_eq!(page.code, Some(0), "{}", page.err);
    let html = fs::read_to_string(folder.path().join("o.html")).unwrap();
    assert!(html.contains(output));
}

/// The years of a table that a small run reads are those that the warning names.
#[test]
fn case_38_the_years_of_villages_elsewhere_are_those_of_their_table() {
    let table = include_str!("../../../../regions/china/village_sellers.csv");
    let mut years: Vec<u16> = table.lines().filter_map(|line| line.split(',').next()?.parse().ok()).collect();
    years.dedup();
    let warnings = tiny(&[("start", "2001-01-01"), ("end", "2040-12-31")]).warnings();
    let elsewhere: Vec<&String> =
        warnings.iter().filter(|text| text.starts_with("market.elsewhere")).collect();
    let (first, last) = (years.first().unwrap(), years.last().unwrap());
    assert!(elsewhere[0].contains(&format!("begins on {first}-01-01")), "{elsewhere:?}");
    assert!(elsewhere[1].contains(&format!("ends on {last}-12-31")), "{elsewhere:?}");
}

#[test]
fn built_in_scenarios_warn_of_nothing_but_inputs_that_end() {
    for (name, _) in sim_core::scenario::builtin() {
        for warning in Scenario::builtin(name).unwrap().warnings() {
            assert!(warning.contains("level"), "{name}: {warning}");
        }
    }
}

#[test]
fn what_can_have_no_effect_is_said_with_its_date() {
    for (changes, output) in [
        (
            vec![("government.courier_target", "Everywhere"), ("government.courier_start", "2019-01-01")],
            "2019-01-01 lies after the run's end, 2016-09-30",
        ),
        (vec![("government.courier_subsidy", "5.0")], "government.courier_target is Nobody"),
        (
            vec![
                ("government.road_target", "Everywhere"),
                ("government.road_start", "2015-06-01"),
                ("government.road_end", "2015-01-01"),
            ],
            "2015-01-01 does not lie after the first day, 2015-06-01",
        ),
        (vec![("platform.social_entry", "2018-01-01")], "the platform does not enter"),
        (
            vec![("world.internet", "[(\"2019-01-01\", 30.0), (\"2020-01-01\", 40.0)]")],
            "world.internet: begins on 2019-01-01: level until then, the whole run",
        ),
    ] {
        let warnings = tiny(&changes).warnings();
        assert!(warnings.iter().any(|text| text.contains(output)), "{changes:?}: {warnings:?}");
    }
    assert!(tiny(&[]).warnings().is_empty(), "{:?}", tiny(&[]).warnings());
}

#[test]
fn a_change_that_lies_before_a_branch_s_moment_is_refused_with_both_days() {
    let mut simulation = build(&tiny(&[]));
    while simulation.now().date() < "2015-06-01".parse().unwrap() {
        simulation.step();
    }
    let now = simulation.now().date();
    let bytes = simulation.checkpoint().unwrap();
    let branch = |path: &str, value: &str| {
        Simulation::branch(&bytes, &[(path.to_owned(), value.to_owned())], Threads::Sequential)
    };
    for (path, value) in [
        ("programme.support_end", "2015-01-31"),
        ("programme.start", "2014-12-01"),
        ("government.courier_start", "2015-01-01"),
        ("end", "2015-03-31"),
        ("world.shocks", "[(kind: RoadsClosed, start: \"2014-12-20\", weeks: 2, provinces: [33])]"),
        ("programme.tranches", "[(\"2014-10-13\", 9.0)]"),
        ("trial.enabled", "true"),
        ("report.followed", "9"),
    ] {
        match branch(path, value) {
            Err(error @ BranchError::Past { .. }) => {
                let text = error.to_string();
                assert!(text.starts_with(path) && text.contains(&now.to_string()), "{text}");
            }
            Err(BranchError::Fixed { path: named, .. }) => assert_eq!(named, path),
            other => panic!("{path}: {:?}", other.err().map(|error| error.to_string())),
        }
    }
    for (path, value) in
        [("programme.support_end", "2015-12-31"), ("programme.enabled", "false"), ("end", "2016-12-31")]
    {
        assert!(branch(path, value).is_ok(), "{path}");
    }
}

#[test]
fn what_check_and_show_estimate_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let check = run(folder.path(), &["check", "tiny"]);
    assert!(check.out.contains("5 villages, about 2,185 households, about "), "{}", check.out);
    let show = run(folder.path(), &["show", "tiny"]);
    assert!(show.out.contains("5 villages, about 2,185 households (about "), "{}", show.out);
}
