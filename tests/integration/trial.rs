//! The randomised trial: what it changes and what it leaves alone, its books, and the command that analyses
//! it.

use crate::program;
use crate::support::{run, seeded, trace, with};
use sim_core::policy::trial::Arm;
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;

/// A trial in two counties, small enough for a test.
const SMALL: [(&str, &str); 9] = [
    ("places.select", "Codes([340323, 520425])"),
    ("places.villages_per_county", "30"),
    ("programme.candidates_per_county", "24"),
    ("trial.survey_villages", "40"),
    ("trial.control_villages", "16"),
    ("household_sample", "0.1"),
    ("programme.second_screening", "true"),
    ("trial.late_openings", "5"),
    ("start", "\"2015-09-01\""),
];

/// That trial, with changes.
pub fn small(changes: &[(&str, &str)]) -> Scenario {
    with(with(Scenario::builtin("trial").unwrap(), &SMALL), changes)
}

/// Every village's station that opened before a day, by county and village.
fn opened(simulation: &Simulation, before: &str) -> Vec<(u32, u16)> {
    let before = before.parse::<sim_core::base::Date>().unwrap().midnight();
    let episodes = simulation.gathered().episodes.iter();
    episodes
        .filter(|e| e.happening.name() == "station_opened" && e.time < before)
        .map(|e| (e.county.0, e.village.unwrap().0))
        .collect()
}

#[test]
fn the_books_close_and_no_control_opens() {
    let simulation = run(&small(&[("trial.late_openings", "0")]));
    let audit = simulation.audit();
    assert!(audit.closes(), "{audit:?}");
    let survey = &simulation.gathered().survey;
    let asked: std::collections::BTreeSet<(u32, u16)> =
        survey.iter().map(|(county, row)| (*county, row.village.0)).collect();
    assert_eq!(asked.len(), 40);
    // Twenty-eight households of each, or all of a hamlet with fewer, twice.
    let counties: Vec<_> = simulation.counties().collect();
    let records = |&(county, village): &(u32, u16)| {
        usize::from(counties[county as usize].villages()[usize::from(village)].records()).min(28)
    };
    assert_eq!(survey.len(), 2 * asked.iter().map(records).sum::<usize>());
    let opened = opened(&simulation, "2016-12-28");
    let held = |(county, row): &&(u32, sim_core::model::SurveyRow)| {
        row.arm == Arm::Control && opened.contains(&(*county, row.village.0))
    };
    assert_eq!(survey.iter().filter(held).count(), 0);
    assert!(opened.len() > 20, "assigned villages and those outside the survey open: {}", opened.len());
}

#[test]
fn surveys_change_nothing() {
    // Who is asked, how many and what about leaves everything that happens as it is, to the bit.
    let plain = trace(crate::support::build(&small(&[])));
    let asked = trace(crate::support::build(&small(&[
        ("trial.households_near", "3"),
        ("trial.households_elsewhere", "20"),
        ("trial.attrition", "0.5"),
        ("trial.recall", "30"),
    ])));
    crate::support::assert_same(&plain, &asked, "other questions");
    // A trial that is off is none, whatever else is said of it.
    let off = [("trial.enabled", "false")];
    let none = trace(crate::support::build(&small(&off)));
    let still_none = trace(crate::support::build(&small(&[off[0], ("trial.survey_villages", "7")])));
    crate::support::assert_same(&none, &still_none, "no trial");
    assert!(
        crate::support::first_difference(&plain, &none).is_some(),
        "the control: held-back villages matter"
    );
}

#[test]
fn faulty_trials_are_refused_with_the_field() {
    for (path, value, told) in [
        ("trial.follow_up", "\"2015-12-01\"", "does not lie after the baseline"),
        ("trial.follow_up", "\"2019-12-01\"", "lies after the run's end"),
        ("trial.baseline", "\"2013-12-01\"", "lies before the run's start"),
        ("trial.control_villages", "500", "more than the"),
    ] {
        let faults = small(&[(path, value)]).check().unwrap_err().to_string();
        assert!(faults.contains(told) && faults.contains(path), "{faults}");
    }
}

/// The arguments of the small trial, for the command.
fn arguments<'a>(more: &[&'a str]) -> Vec<String> {
    let set = SMALL.iter().flat_map(|(path, value)| ["--set".to_owned(), format!("{path}={value}")]);
    let more = more.iter().map(|text: &&'a str| (*text).to_owned());
    std::iter::once("trial".to_owned()).chain(set).chain(more).collect()
}

#[test]
fn the_command_prints_a_regression_table_and_its_warnings() {
    let folder = tempfile::tempdir().unwrap();
    let words = arguments(&[]);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ended = program::run(folder.path(), &words);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    for part in [
        "station opened",
        "clusters: 40 villages",
        "standard errors clustered by village",
        "*** p < 0.01",
        "Detectable by design",
        "At the baseline",
        "bounds of",
        "warning: a sample of 0.1",
    ] {
        assert!(ended.out.contains(part), "{part} is missing from\n{}", ended.out);
    }
    let none = program::run(folder.path(), &["trial", "tiny"]);
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("tiny has no trial"), "{}", none.err);
}

#[test]
fn the_same_estimates_on_any_number_of_threads_and_the_answers_as_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let printed = |more: &[&str]| {
        let words = arguments(more);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let ended = program::run(folder.path(), &words);
        assert_eq!(ended.code, Some(0), "{}", ended.err);
        ended.out
    };
    let one = printed(&["--seeds", "2", "--csv", "--threads", "1"]);
    let two = printed(&["--seeds", "2", "--csv", "--threads", "2", "--survey", "answers.csv"]);
    assert_eq!(one, two);
    assert!(one.starts_with("seed,effect,outcome,unit,group,coefficient,standard_error"));
    let answers = std::fs::read_to_string(folder.path().join("answers.csv")).unwrap();
    // Two rounds of two seeds. A village of fewer records than 28 is asked as a whole.
    let rows = |seed| run(&seeded(&small(&[]), seed)).gathered().survey.len();
    let expected = rows(1) + rows(2);
    assert!(expected <= 2 * 2 * 40 * 28 && expected > 2 * 2 * 40 * 24);
    assert_eq!(answers.lines().count(), 1 + expected);
}

/// Before any programme, poverty is what was published, by incomes and relief alone: at the year's end within
/// 15 %.
#[test]
fn poverty_before_any_programme_is_as_published() {
    let changes = [
        ("programme.enabled", "false"),
        ("places.villages_per_county", "1"),
        ("household_sample", "0.02"),
        ("start", "\"2011-01-01\""),
        ("end", "\"2013-12-31\""),
        ("report.household_interval", "12"),
    ];
    let simulation = run(&with(Scenario::builtin("nation_2009").unwrap(), &changes));
    let rate = sim_core::metrics::outcome::outcome("poverty_rate").unwrap();
    let facts = include_str!("../../data/facts/national_series.csv");
    let published = facts.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0] == "rural_poverty_rate")
            .then(|| (cells[2].parse::<u16>().unwrap(), cells[3].parse::<f64>().unwrap()))
    });
    let mut compared = 0;
    for (year, percent) in published.filter(|(year, _)| (2011..=2013).contains(year)) {
        let mut months = simulation.gathered().nation.iter();
        let december = months.find(|m| m.month.year() == year && m.month.month_of_year() == 12).unwrap();
        let simulated = 100.0 * (rate.formula)(december);
        assert!((simulated / percent - 1.0).abs() < 0.15, "{year}: {simulated} % against {percent} %");
        compared += 1;
    }
    assert_eq!(compared, 3);
}
