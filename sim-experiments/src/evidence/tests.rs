use super::facts::{Fact, published};
use super::reading::{Read, When};
use super::targets::{TargetUse, Targets};
use super::trace::Trace;
use super::verdict::{Verdict, judge};
use std::collections::BTreeMap;

fn day(text: &str) -> sim_core::base::Date {
    text.parse().unwrap()
}

/// A run of 2015: stations opened 10 a month, with a stock of orders that misses its first month.
fn trace(seed: u64) -> Trace {
    let orders = (0..12).map(|month| if month == 0 { f64::NAN } else { 100.0 * month as f64 });
    Trace {
        seed,
        first: day("2015-01-01").month().0,
        scale: 5.0,
        series: BTreeMap::from([
            ("stations_opened".to_owned(), vec![10.0; 12]),
            ("station_orders".to_owned(), orders.collect()),
            ("taobao_villages".to_owned(), vec![156.0 + seed as f64; 12]),
        ]),
        probes: BTreeMap::new(),
    }
}

fn targets(rows: &str) -> Result<Targets, String> {
    Targets::read(&format!(
        "(runs: [(name: \"run\", about: \"\", scenario: \"tiny\", seeds: (2, 1))], targets: [{rows}])"
    ))
}

#[test]
fn the_shipped_targets_are_sound_and_none_of_later_years_was_fitted() {
    let targets = Targets::embedded().unwrap();
    assert!(targets.targets.len() > 30);
    for target in &targets.targets {
        let fitted = target.role == TargetUse::Calibration;
        let last = target.read.as_ref().and_then(|(_, read)| read.last_day());
        assert!(!fitted || last.is_none_or(|day| day.year() <= 2017), "{}", target.name);
        let early = target.pattern != "P7" || last.is_none_or(|day| day.year() <= 2015);
        assert!(!fitted || early, "{}", target.name);
        assert!(target.why.len() > 10 && !target.what.is_empty(), "{}", target.name);
    }
    let patterns: Vec<String> = (1..=12).map(|number| format!("P{number}")).collect();
    for pattern in patterns {
        let has = |text: &str| text.split(", ").any(|word| word == pattern);
        assert!(targets.targets.iter().any(|target| has(&target.pattern)), "{pattern}");
    }
}

#[test]
fn published_figures_come_from_the_tables() {
    let found = published(&Fact::National("taobao_villages".to_owned(), 2014)).unwrap();
    assert_eq!((found.low, found.high, found.grade.as_str()), (212.0, 212.0, "R"));
    let range = published(&Fact::Parameter("purchases_per_open_station".to_owned())).unwrap();
    assert_eq!((range.low, range.high, range.middle()), (190.0, 230.0, 210.0));
    let stations = published(&Fact::Rollout("2015-11-11".to_owned(), "village_stations".to_owned())).unwrap();
    assert_eq!(stations.low, 8000.0);
    for missing in [
        Fact::National("taobao_villages".to_owned(), 1999),
        Fact::Parameter("programme_cost".to_owned()),
        Fact::Rollout("2015-11-11".to_owned(), "counties".to_owned()),
    ] {
        assert!(published(&missing).is_err(), "{missing}");
    }
}

#[test]
fn readings_of_a_run() {
    let trace = trace(0);
    let read = |read: Read| read.of(&trace);
    let series = |name: &str, when| read(Read::Series(name.to_owned(), when));
    assert_eq!(series("stations_opened", When::Until(day("2015-02-14"))), 10.0 + 10.0 * 14.0 / 28.0);
    assert_eq!(series("station_orders", When::Mean(day("2015-01-01"), day("2015-03-31"))), 150.0);
    assert_eq!(series("station_orders", When::Sum(day("2015-02-01"), day("2015-03-31"))), 300.0);
    assert_eq!(series("station_orders - stations_opened", When::At(day("2015-12-01"))), 1090.0);
    assert!(series("stations_opened", When::At(day("2016-01-01"))).is_nan());
    assert!(series("stations_opened", When::Sum(day("2014-12-01"), day("2015-03-31"))).is_nan());
    let growth =
        Read::Growth("station_orders".to_owned(), When::At(day("2015-02-01")), When::At(day("2015-12-01")));
    assert_eq!(read(growth), 11.0);
}

#[test]
fn a_target_is_met_missed_or_not_testable_and_says_why() {
    let row = |name: &str, year: u16, date: &str, accept: &str| {
        format!(
            "(name: \"{name}\", pattern: \"P7\", what: \"x\", role: Validation, scaled: true, why: \
             \"because it is\",
              fact: National(\"taobao_villages\", {year}), accept: {accept},
              read: (\"run\", Series(\"taobao_villages\", At(\"{date}\")))),"
        )
    };
    let rows = [
        row("met", 2015, "2015-12-31", "Factor(1.5)"),
        row("missed", 2016, "2015-12-31", "Factor(1.5)"),
        row("late", 2015, "2016-12-31", "Factor(1.5)"),
        row("rare", 2009, "2015-12-31", "AtMost(9000)"),
    ];
    let targets = targets(&rows.concat()).unwrap();
    let traces = BTreeMap::from([("run".to_owned(), vec![trace(0), trace(4)])]);
    let judged = judge(&targets, &traces).unwrap();
    let verdicts: Vec<Verdict> = judged.iter().map(|judged| judged.verdict).collect();
    assert_eq!(verdicts, [Verdict::Met, Verdict::Missed, Verdict::NotTestable, Verdict::NotTestable]);
    assert_eq!(judged[0].mean, 790.0);
    assert_eq!(judged[0].bounds, (520.0, 1170.0));
    assert_eq!(judged[2].remark, "the runs end earlier");
    assert!(judged[3].remark.contains("1.2 expected"), "{}", judged[3].remark);
    let none = judge(&targets, &BTreeMap::new()).unwrap();
    assert!(none.iter().all(|judged| judged.verdict == Verdict::NotTestable));
}

#[test]
fn faulty_targets_are_refused_with_all_reasons() {
    let row = "(name: \"a\", pattern: \"P1\", what: \"x\", role: Validation, why: \"w\", fact: \
               Parameter(\"no\"),
                read: (\"walk\", Series(\"station_order + shops\", At(\"2015-01-01\"))), accept: Between(2, \
               1)),";
    let fault = targets(&[row, row].concat()).unwrap_err();
    for part in [
        "`a` is there twice",
        "no `parameters: no`",
        "no run `walk`",
        "no series `station_order`",
        "expected a range",
    ] {
        assert!(fault.contains(part), "{part} in {fault}");
    }
    assert!(targets("(name: \"a\")").unwrap_err().contains("targets.ron:"));
}
