//! Regions: places, money and days of one's own, from the table of places to the results.

use crate::program::run;
use sim_core::base::{Currency, Unit};
use sim_core::region::{Region, builtin};
use sim_core::scenario::{Scenario, Source, load};
use sim_core::simulation::{Outcome, Simulation, Threads};
use sim_core::world::Geography;
use std::fs;
use std::path::Path;

const PLACES: &str = "District,Longitude,Latitude,Rural population,Region,Income per head\n\
    Alder,20.71,6.63,\"114,937\",North,5785\nBirch,21.88,5.20,\"23,930\",North,5780\n\
    Cedar,20.78,5.70,\"140,553\",South,7862\nDogwood,20.40,5.20,\"91,240\",South,5641\n";

/// A folder with a region of four places, its money worth so much.
fn made(price_level: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let level: f64 = price_level.parse().unwrap();
    let mut table = PLACES.to_owned();
    for income in [5785.0, 5780.0, 7862.0, 5641.0] {
        table = table.replace(&format!(",{income}"), &format!(",{}", income * level));
    }
    fs::write(folder.path().join("places.csv"), table).unwrap();
    let price = ["--price-level", price_level, "--currency", "ABC"];
    let ended =
        run(folder.path(), &[["region", "new", "mine", "--from", "places.csv"].as_slice(), &price].concat());
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{}", ended.out);
    folder
}

/// What a run of the region's scenario brings, with changes.
fn outcome(folder: &Path, changes: &[(&str, &str)]) -> Outcome {
    let changes: Vec<(String, String)> =
        changes.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect();
    let path = folder.join("mine.ron");
    let source = sim_files::FileSource;
    let loaded = sim_core::scenario::load_traced(&source, path.to_str().unwrap(), &changes).unwrap();
    let mut simulation =
        Simulation::build(&loaded.scenario, loaded.table.as_deref(), Threads::Parallel(2)).unwrap();
    while simulation.step() {}
    simulation.outcome()
}

fn headline(outcome: &Outcome, name: &str) -> f64 {
    outcome.headline.iter().find(|headline| headline.name == name).unwrap().value
}

/// The units of money in the tables and headlines of an outcome.
fn monies(outcome: &Outcome) -> Vec<Currency> {
    let of_tables = outcome.tables.iter().flat_map(|table| table.columns.iter().map(|column| column.unit));
    let all = of_tables.chain(outcome.headline.iter().map(|headline| headline.unit));
    let mut monies: Vec<Currency> = all.filter(|unit| unit.is_money()).map(|unit| unit.currency).collect();
    monies.sort();
    monies.dedup();
    monies
}

#[test]
fn every_built_in_region_is_sound_and_told() {
    let folder = tempfile::tempdir().unwrap();
    for name in builtin() {
        let region = Region::builtin(name).unwrap();
        let geography = Geography::of_region(&region).unwrap();
        assert!(!geography.counties().is_empty(), "{name}");
        let ended = run(folder.path(), &["region", "check", name]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{}", ended.out);
        let page = format!("{name}.html");
        let ended = run(folder.path(), &["region", "describe", name, "--page", &page]);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
        let page = fs::read_to_string(folder.path().join(page)).unwrap();
        assert!(page.contains(&region.manifest.title) && page.contains("<svg"), "{name}");
    }
}

#[test]
fn amounts_are_in_the_money_of_their_region() {
    let of = |name: &str, changes: &[(&str, &str)]| {
        let mut scenario = Scenario::builtin(name).unwrap();
        for (path, value) in changes {
            scenario.set(path, value).unwrap();
        }
        let mut simulation = Simulation::build(&scenario, None, Threads::Parallel(2)).unwrap();
        while simulation.step() {}
        monies(&simulation.outcome())
    };
    let few = [("places.villages_per_county", "1"), ("end", "\"2022-08-31\"")];
    assert_eq!(of("kenya_hubs", &few), [Currency::of_code("KES").unwrap()]);
    assert_eq!(of("tiny", &[]), [Currency::YUAN], "the control");
    assert_eq!(Unit::named("million KES").unwrap().chinese(), "百万 KES");
}

#[test]
fn prices_alone_do_not_change_what_people_do() {
    let (one, eight) = (made("1"), made("8"));
    let until = [("end", "\"2027-12-31\""), ("household_sample", "0.2")];
    let (usual, dear) = (outcome(one.path(), &until), outcome(eight.path(), &until));
    // Amounts are rounded to hundredths, so that a household here and there decides otherwise.
    for name in ["self_service_orders", "buying_share", "shops", "delivered_village_share", "poverty_rate"] {
        let (a, b) = (headline(&usual, name), headline(&dear, name));
        assert!((b / a - 1.0).abs() < 0.05, "{name}: {a} at prices of one, {b} at eight");
    }
    let ratio = headline(&dear, "income_per_head") / headline(&usual, "income_per_head");
    assert!((ratio / 8.0 - 1.0).abs() < 0.01, "{ratio}");
    // A fee that is not in this money is noticed.
    let mut wrong = until.to_vec();
    wrong.push(("household.delivery_fee", "4.0"));
    let cheap = outcome(eight.path(), &wrong);
    let change = headline(&cheap, "self_service_orders") / headline(&dear, "self_service_orders");
    assert!(change > 1.08, "{change}");
}

#[test]
fn a_region_travels_with_its_results() {
    let folder = made("20");
    let path = folder.path();
    let short = ["--until", "2026-06-30", "--json"];
    let first = ["run", "mine.ron", "--out", "first", "--checkpoint-at", "2026-04-01"];
    let ended = run(path, &[first.as_slice(), &short].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let print = |out: &str| {
        let value: serde_json::Value = serde_json::from_str(out).unwrap();
        value["fingerprint"].as_str().unwrap().to_owned()
    };
    let fingerprint = print(&ended.out);
    // What the folder said is in the results: they can be made again without it, and gone on with.
    fs::remove_dir_all(path.join("mine")).unwrap();
    let again = run(path, &["run", "first/scenario.ron", "--json"]);
    assert_eq!((again.code, print(&again.out)), (Some(0), fingerprint.clone()), "{}", again.err);
    let resumed = run(path, &["run", "--resume", "first.checkpoint", "--json"]);
    assert_eq!((resumed.code, print(&resumed.out)), (Some(0), fingerprint), "{}", resumed.err);
    let report = run(path, &["report", "first", "-o", "first.html"]);
    assert_eq!(report.code, Some(0), "{}", report.err);
    let page = fs::read_to_string(path.join("first.html")).unwrap();
    assert!(page.contains("ABC") && !page.contains("yuan"), "money of the region");
    let gone = run(path, &["run", "mine.ron"]);
    assert_eq!(gone.code, Some(2));
    assert!(gone.err.contains("`mine` is no region: expected one of china, kenya"), "{}", gone.err);
}

#[test]
fn a_sweep_keeps_its_region() {
    let folder = made("20");
    let path = folder.path();
    let experiment = "(name: \"sweep\", base: \"mine.ron\", set: (end: \"2026-03-31\"), factors: [(path: \
        \"programme.base_pay\", values: [0.0, 100.0])], design: Factorial, outcomes: [\"shop_sales\"])";
    fs::write(path.join("sweep.ron"), experiment).unwrap();
    let ended = run(path, &["sweep", "sweep.ron", "--out", "swept"]);
    assert_eq!(ended.code, Some(0), "{}{}", ended.out, ended.err);
    let columns = fs::read_to_string(path.join("swept/columns.csv")).unwrap();
    assert!(columns.contains("ABC") && !columns.contains("yuan"), "{columns}");
}

#[test]
fn every_fault_of_a_region_is_told_at_once() {
    let folder = made("1");
    let path = folder.path();
    let manifest = "(title: \"x\", currency: \"abc\", price_level: 0.0, bounds: (west: 5.0, south: 1.0, \
        east: 4.0, \
        north: 2.0), levle: 3)";
    fs::write(path.join("mine/region.ron"), manifest).unwrap();
    let ended = run(path, &["region", "check", "mine"]);
    assert_eq!(ended.code, Some(2));
    for part in [
        "mine/region.ron:1:",
        "currency: expected the code of a currency",
        "price_level: 0.0 is out of range",
        "bounds: expected west below east",
        "levle",
    ] {
        assert!(ended.err.contains(part), "{part}: {}", ended.err);
    }
    let folder = made("1");
    let path = folder.path();
    let table = fs::read_to_string(path.join("mine/counties.csv")).unwrap();
    let table = table.replace("20.71", "120.71").replace("South,South", "Sud,South");
    fs::write(path.join("mine/counties.csv"), table).unwrap();
    fs::write(path.join("mine/parameters.ron"), "(income: (rural_incom: 3), end: \"2030-01-01\")").unwrap();
    let ended = run(path, &["region", "check", "mine"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("mine/parameters.ron") && ended.err.contains("rural_incom"), "{}", ended.err);
    fs::remove_file(path.join("mine/parameters.ron")).unwrap();
    let ended = run(path, &["region", "check", "mine"]);
    assert!(ended.err.contains("mine/counties.csv:2:") && ended.err.contains("120.71"), "{}", ended.err);
    assert!(ended.err.contains("`Sud`"), "{}", ended.err);
}

/// A scenario that names a region may set amounts, and one below it that names none may not.
#[test]
fn an_amount_in_other_money_is_refused() {
    let files = sim_core::scenario::MemorySource::of(
        "base.ron",
        "(name: \"b\", start: \"2023-01-01\", end: \"2023-12-31\", programme: (base_pay: 500.0))".as_bytes(),
    );
    let top = |region: &str| format!("(base: \"base.ron\", places: (region: \"{region}\"))");
    let kenya = files.clone().with("top.ron", top("kenya").as_bytes());
    let faults = load(&kenya as &dyn Source, "top.ron", &[]).unwrap_err().to_string();
    assert!(faults.contains("base.ron") && faults.contains("read in KES"), "{faults}");
    let china = files.with("top.ron", top("china").as_bytes());
    assert!(load(&china as &dyn Source, "top.ron", &[]).is_ok());
    let nowhere = [("places.region".to_owned(), "atlantis".to_owned())];
    let faults = load(&china as &dyn Source, "top.ron", &nowhere).unwrap_err().to_string();
    assert!(faults.contains("`atlantis` is no region"), "{faults}");
}
