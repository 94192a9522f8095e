//! Periods, inputs and missing values of runs.

mod branches;
mod inputs;

use crate::program::{QUICK, json, run};
use crate::support::{self, with};
use serde_json::Value;
use sim_core::event::Measure;
use sim_core::metrics::ledger::{Payer, check_months};
use sim_core::metrics::table::ColumnData;
use sim_core::scenario::Scenario;
use sim_core::simulation::{Simulation, Threads};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn tiny(changes: &[(&str, &str)]) -> Scenario {
    with(Scenario::builtin("tiny").unwrap(), changes)
}

/// The rows of a table in a folder, by column; its cells have no commas.
fn rows(folder: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(folder.join(format!("{table}.csv"))).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
    let names: Vec<String> = lines.next().unwrap().collect();
    lines.map(|cells| names.iter().cloned().zip(cells).collect()).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

fn outcome<'v>(document: &'v Value, name: &str) -> &'v Value {
    let mut all = document["outcomes"].as_array().unwrap().iter();
    all.find(|outcome| outcome["name"] == name).unwrap()
}

#[test]
fn case_10_a_month_that_is_not_over_is_a_row_with_its_days() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["run", QUICK, "--set", "end=2016-02-28", "--format", "csv", "--out", "cut"];
    let ended = run(folder.path(), &arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.contains("2016-02 has 28 of its 29 days"), "{}", ended.out);
    assert!(ended.err.contains("28 of the 29 days of 2016-02"), "{}", ended.err);
    let nation = rows(&folder.path().join("cut"), "nation");
    let last = nation.last().unwrap();
    assert_eq!((last["month"].as_str(), last["days"].as_str()), ("2016-02", "28"));
    let sent = number(last, "parcels_sent");
    let daily = number(last, "parcels_per_village_day");
    assert!((daily - sent / 28.0 / number(last, "villages")).abs() < 1e-9);
    let stations = number(last, "stations_open");
    let monthly = number(last, "station_orders") * 29.0 / 28.0 / stations;
    assert!((number(last, "orders_per_open_station") - monthly).abs() < 1e-9);
    let ledger = rows(&folder.path().join("cut"), "ledger");
    let paid = |item: &str| {
        let found = |row: &&BTreeMap<String, String>| row["month"] == "2016-02" && row["item"] == item;
        number(ledger.iter().find(found).unwrap(), "paid")
    };
    assert!(paid("farm_income") > 0.0 && paid("shop_sales") > 0.0 && paid("partner_commission") > 0.0);
}

/// Before, a figure without any value was drawn as a chart of nothing, and both ends of a month's axis ran
/// into each other.
#[test]
fn case_10_a_week_is_a_page_that_draws_only_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let week = ["run", QUICK, "--set", "start=2014-10-13", "--set", "end=2014-10-20"];
    let ended = run(folder.path(), &week);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.contains("2014-10 has 8 of its 31 days"), "{}", ended.out);
    assert!(!ended.out.contains("partner income mean [yuan/month]\n"), "{}", ended.out);
    assert!(!ended.out.contains("2014-102014-10"), "{}", ended.out);
}

#[test]
fn case_10_nothing_that_was_simulated_is_left_out() {
    for changes in [
        [("start", "2014-10-01"), ("end", "2016-02-28")],
        [("start", "2016-02-01"), ("end", "2016-02-28")],
        [("start", "2014-10-13"), ("end", "2015-03-05")],
        [("start", "2014-10-13"), ("end", "2014-10-27")],
    ] {
        let simulation = support::run(&tiny(&changes));
        let sent: i64 = simulation.counties().map(|county| county.parcels().sent).sum();
        assert!(sent > 0);
        assert_eq!(support::sum(&simulation, Measure::ParcelsSent), sent, "{changes:?}");
        let outcome = simulation.outcome();
        let days: u32 = outcome.days.iter().sum();
        assert_eq!(days, simulation.end().day() - simulation.start().day(), "{changes:?}");
        check_months(&simulation.gathered().ledger).unwrap_or_else(|fault| panic!("{changes:?}: {fault:?}"));
        let table = |name: &str| outcome.tables.iter().find(|table| table.name == name).unwrap();
        assert_eq!(table("nation").rows(), outcome.months.len());
        assert_eq!(table("county").rows(), outcome.months.len());
    }
}

/// What shops, incomes and partners bring in a part of a month is that part of a month's.
#[test]
fn case_10_what_is_settled_by_the_month_is_of_the_days_that_were_simulated() {
    // In many villages, so that some shop pays wages.
    let many = |end| tiny(&[("places.villages_per_county", "80"), ("household_sample", "0.1"), ("end", end)]);
    let whole = support::run(&many("2016-02-29"));
    let part = support::run(&many("2016-02-28"));
    let days = 28.0 / 29.0;
    for measure in [Measure::ShopSales, Measure::ShopWages, Measure::Services] {
        let [all, some] = [&whole, &part].map(|run| support::last(run, measure) as f64);
        assert!((some / all - days).abs() < 0.1, "{}: {some} of {all}", measure.name());
    }
    for name in ["income_per_head", "partner_income_p50", "shop_sales_p50"] {
        let formula = sim_core::metrics::outcome::outcome(name).unwrap().formula;
        let [all, some] = [&whole, &part].map(|run| formula(run.gathered().nation.last().unwrap()));
        assert!((some / all - 1.0).abs() < 0.15, "{name}: {some} against {all}");
    }
    let begun = support::run(&tiny(&[("start", "2014-10-31"), ("end", "2014-11-30")]));
    let months = &begun.gathered().nation;
    assert_eq!((months[0].days, months[1].days), (1, 30));
    let sales = |at: usize| months[at].real(Measure::ShopSales);
    assert!(sales(0) < sales(1) / 15.0, "a day's sales are no month's: {} {}", sales(0), sales(1));
}

/// A run that goes on from a moment within a month is the run that never stopped.
#[test]
fn case_10_a_run_that_goes_on_closes_the_month_whole() {
    let cut = support::run(&tiny(&[("end", "2015-02-11")]));
    assert!(cut.gathered().unfinished.is_some());
    let bytes = cut.checkpoint().unwrap();
    let resumed = Simulation::resume(&bytes, Threads::Sequential).unwrap();
    assert_eq!(format!("{:?}", resumed.gathered()), format!("{:?}", cut.gathered()));
    let changes = [("end".to_owned(), "\"2015-04-30\"".to_owned())];
    let mut on = Simulation::branch(&bytes, &changes, Threads::Sequential).unwrap();
    while on.step() {}
    let months = &on.gathered().nation;
    assert!(months.iter().all(sim_core::metrics::area::AreaMonth::is_whole));
    assert_eq!(months.len(), 7);
    // The last window has the first minute of May, in which the month of April is closed; what is sent in it
    // stands in the month that is open.
    for (at, county) in on.counties().enumerate() {
        assert_eq!(county.parcels().sent, support::since_start(&on, at, Measure::ParcelsSent));
    }
}

#[test]
fn case_10_whole_months_are_as_they_were() {
    let simulation = support::run(&tiny(&[]));
    assert!(simulation.gathered().unfinished.is_none());
    assert!(simulation.gathered().nation.iter().all(|month| month.is_whole()));
    assert_eq!(simulation.fingerprint().to_string(), "bd2f49ea1d732e07d13f5a1364c8b1ce");
}

#[test]
fn case_10_a_day_that_is_not_reached_is_refused_and_one_that_is_has_a_value() {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases/10-calendar/at.ron");
    let text = fs::read_to_string(source).unwrap();
    fs::write(folder.path().join("at.ron"), &text).unwrap();
    fs::write(folder.path().join("late.ron"), text.replace("2014-12-05", "2014-12-15")).unwrap();
    let ended = run(folder.path(), &["sweep", "at.ron", "--out", "at", "-q"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let late = run(folder.path(), &["sweep", "late.ron", "--out", "late", "-q"]);
    assert_eq!(late.code, Some(2));
    assert!(
        late.err.contains("2014-12-15 is not reached: the run is 2014-10-01 to 2014-12-10"),
        "{}",
        late.err
    );
}

#[test]
fn case_30_no_number_stands_for_none() {
    let simulation = support::run(&tiny(&[("report.villages", "All")]));
    let outcome = simulation.outcome();
    let mut missing = 0;
    for table in &outcome.tables {
        for column in &table.columns {
            let negative = |value: i64| value == -1 && !column.name.contains("balance");
            match &column.data {
                ColumnData::Integer(values) => {
                    assert!(!values.iter().any(|&value| negative(value)), "{}.{}", table.name, column.name);
                }
                ColumnData::Optional(values) => {
                    assert!(
                        !values.iter().flatten().any(|&value| negative(value)),
                        "{}.{}",
                        table.name,
                        column.name
                    );
                    assert!(column.definition.contains("Missing"), "{}.{}", table.name, column.name);
                    missing += values.iter().filter(|value| value.is_none()).count();
                }
                ColumnData::Text(_) | ColumnData::Real(_) | ColumnData::Flag(_) => {}
            }
        }
    }
    assert!(missing > 0);
    let village = outcome.tables.iter().find(|table| table.name == "village").unwrap();
    let incomes = village.optionals("partner_income").unwrap();
    assert!(incomes.iter().any(Option::is_none) && incomes.iter().any(Option::is_some));
}

#[test]
fn case_30_missing_is_empty_in_csv_and_null_for_its_readers() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["run", QUICK, "-q", "--set", "report.villages=All", "--format", "csv", "--out", "o"];
    assert_eq!(run(folder.path(), &arguments).code, Some(0));
    let villages = rows(&folder.path().join("o"), "village");
    assert!(villages.iter().any(|row| row["partner_income"].is_empty()));
    // What is there is a number, below zero where a partner's costs were more than the month brought.
    let read = |row: &str| row.is_empty() || row.parse::<f64>().is_ok_and(f64::is_finite);
    assert!(villages.iter().all(|row| read(&row["partner_income"])));
    let output = run(folder.path(), &["report", "o", "-o", "o.html", "--map", "partner_income"]);
    assert_eq!(output.code, Some(0), "{}", output.err);
    let story = run(folder.path(), &["explain", "o"]);
    assert_eq!(story.code, Some(0), "{}", story.err);
}

#[test]
fn a_checkpoint_resumes_whatever_its_question_says() {
    let folder = tempfile::tempdir().unwrap();
    let counties =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("regions/china/counties.csv")).unwrap();
    let own: Vec<&str> = counties
        .lines()
        .enumerate()
        .filter(|(at, line)| *at == 0 || line.starts_with("330122,"))
        .map(|(_, line)| line)
        .collect();
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("sub/own.csv"), own.join("\n") + "\n").unwrap();
    fs::write(
        folder.path().join("t.ron"),
        "(name: \"t\", base: \"tiny\", question: \"Which table: \\\"mine\\\" or theirs?\", end: \
         \"2014-12-31\", places: (select: All, villages_per_county: 5, table: \"sub/own.csv\"))",
    )
    .unwrap();
    let whole = json(
        folder.path(),
        &["run", "t.ron", "--checkpoint-at", "2014-11-15", "--checkpoint", "t.checkpoint"],
    );
    let rest = json(folder.path(), &["run", "--resume", "t.checkpoint"]);
    assert_eq!(whole["fingerprint"], rest["fingerprint"]);
    assert_eq!(whole["results"], rest["results"]);
    let named = run(folder.path(), &["run", "t.ron", "--resume", "t.checkpoint", "-q"]);
    assert_eq!(named.code, Some(0), "{}", named.err);
}

#[test]
fn what_government_spent_is_one_number_in_page_json_and_tables() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "run",
        QUICK,
        "--set",
        "government.courier_target=Everywhere",
        "--set",
        "platform.buyer_subsidy=0.05",
        "--format",
        "csv",
        "--out",
        "o",
    ];
    let document = json(folder.path(), &arguments);
    let nation = rows(&folder.path().join("o"), "nation");
    let ledger = rows(&folder.path().join("o"), "ledger");
    let mut spent = BTreeMap::new();
    for payer in Payer::ALL {
        let output = outcome(&document, payer.series())["value"].as_f64().unwrap();
        let table: f64 = nation.iter().map(|row| number(row, payer.series()) / 100.0).sum();
        let of_payer = |row: &&BTreeMap<String, String>| {
            payer.spends(sim_core::metrics::ledger::Item::named(&row["item"]).unwrap())
        };
        let items: f64 = ledger.iter().filter(of_payer).map(|row| number(row, "paid") / 100.0).sum();
        assert!(
            (output - table).abs() < 0.01 && (output - items).abs() < 0.01,
            "{payer:?}: {output} {table} {items}"
        );
        assert!(output > 0.0, "{payer:?}");
        spent.insert(payer, output);
    }
    let parts = spent[&Payer::Programme] + spent[&Payer::Platform] + spent[&Payer::Government];
    assert!((parts - spent[&Payer::Together]).abs() < 0.01);
    let pensions: f64 = ledger
        .iter()
        .filter(|row| row["item"] == "social_transfers")
        .map(|row| number(row, "paid") / 100.0)
        .sum();
    assert!(pensions > 10.0 * spent[&Payer::Government], "pensions are no cost of the plan");
}
