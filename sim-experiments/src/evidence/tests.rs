use super::facts::{Fact, FactTable, Facts};
use super::fault::EvidenceFile;
use super::fitted::FittedParameters;
use super::reading::{Read, When};
use super::targets::{TargetUse, Targets};
use super::trace::Trace;
use super::verdict::{Tally, Verdict, judge};
use sim_core::scenario::BuiltinSource;
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
    let text = format!(
        "(runs: [(name: \"run\", about: \"\", scenario: \"tiny\", seeds: (2, 1))],\ntargets: [\n{rows}])"
    );
    let file = EvidenceFile { name: "mine.ron", text: &text };
    let targets = Targets::read(&file, &Facts::embedded().unwrap(), &BuiltinSource);
    targets.map_err(|faults| faults.to_string())
}

#[test]
fn the_shipped_targets_are_sound_and_none_of_later_years_is_fitted() {
    let targets = Targets::embedded().unwrap();
    assert!(targets.targets.len() > 30);
    for target in targets.targets.iter() {
        assert!(target.why.len() > 10 && !target.what.is_empty(), "{}", target.name);
    }
    for target in targets.targets.iter().filter(|target| target.role == TargetUse::Fit) {
        let year = target.year().unwrap_or(0);
        let last = match target.pattern.as_str() {
            // Stations and county centres.
            "P1" | "P2" => 2015,
            _ => 2017,
        };
        assert!(year <= last, "{} is of {year}, and fitted", target.name);
    }
    let patterns: Vec<String> = (1..=12).map(|number| format!("P{number}")).collect();
    for pattern in patterns {
        let has = |text: &str| text.split(", ").any(|word| word == pattern);
        assert!(targets.targets.iter().any(|target| has(&target.pattern)), "{pattern}");
    }
}

#[test]
fn every_published_figure_has_one_role() {
    let (targets, facts) = (Targets::embedded().unwrap(), Facts::embedded().unwrap());
    let fitted = FittedParameters::embedded(&targets).unwrap();
    for fact in facts.all() {
        let covers = |sets: &[super::roles::FigureSet]| sets.iter().any(|set| set.covers(fact));
        let input = targets.inputs.iter().filter(|input| covers(&input.figures)).count();
        let is_target =
            targets.targets.iter().any(|one| one.fact.as_ref() == Some(fact) || covers(&one.also));
        let in_view = fitted.figures.iter().filter(|figures| covers(&figures.facts)).count();
        let unused = targets.unused.iter().filter(|unused| covers(&unused.figures)).count();
        let roles = input + usize::from(is_target) + in_view + unused;
        assert_eq!(roles, 1, "{fact}: input {input}, target {is_target}, in view {in_view}, unused {unused}");
    }
}

#[test]
fn gross_openings_are_held_against_gross_openings() {
    let targets = Targets::embedded().unwrap();
    let of_stations = |name: &str| {
        let target = targets.target(name).unwrap();
        target.read.as_ref().unwrap().1.series().iter().all(|series| *series == "stations_opened")
    };
    let published = targets.targets.iter().filter(
        |target| matches!(&target.fact, Some(Fact::Rollout(_, column)) if column == "village_stations"),
    );
    for target in published {
        assert!(of_stations(&target.name), "{} is no count of openings", target.name);
    }
    assert!(of_stations("stations_plateau"));
}

#[test]
fn what_was_in_view_is_fitted_or_said_to_spoil_a_test() {
    let targets = Targets::embedded().unwrap();
    let fitted = FittedParameters::embedded(&targets).unwrap();
    let spoilt = targets.targets.iter().filter(|target| fitted.spoils(target));
    let spoilt: Vec<&str> = spoilt.map(|target| target.name.as_str()).collect();
    for name in
        ["stations_2016_05", "stations_2016_12", "stations_plateau", "trial_gains_age", "trial_first_stage"]
    {
        assert!(spoilt.contains(&name), "{name} was in view");
    }
    assert!(!spoilt.contains(&"taobao_villages_2017"));
    // A default that says that it was fitted is listed.
    for row in sim_core::params::Parameters::catalogue() {
        let says = row.source.starts_with("fitted") || row.source.contains("fitted to");
        assert!(!says || fitted.of(&row.path()).is_some(), "{} is not in fitted.ron", row.path());
    }
    let freedom = fitted.degrees_of_freedom(&targets);
    assert_eq!(freedom.parameters, fitted.parameters.len());
    assert_eq!(freedom.tests_in_view, spoilt.len());
    assert!(freedom.independent < freedom.figures && freedom.figures < freedom.parameters, "{freedom:?}");
}

#[test]
fn series_count_as_two_figures_at_most() {
    let series = ["villages", "villages", "villages", "parcels", "poverty", "poverty"];
    assert_eq!(super::fitted::independent(&series), 5);
}

#[test]
fn faulty_lists_of_fitted_parameters_are_refused_with_all_reasons() {
    let text = "(figures: [], parameters: [
        (path: \"shop.entri\", figures: [\"poverty_2013\"], why: \"x\"),
        (path: \"shop.copying\", figures: [\"poverty_2103\"], why: \"x\"),
        (path: \"shop.copying\", figures: [], why: \"x\")])";
    let file = EvidenceFile { name: "mine.ron", text };
    let fault = FittedParameters::read(&file, &Targets::embedded().unwrap()).unwrap_err().to_string();
    for part in
        ["mine.ron:2", "`shop.entry`?", "mine.ron:3", "`poverty_2013`?", "mine.ron:4", "each parameter once"]
    {
        assert!(fault.contains(part), "{part} in\n{fault}");
    }
}

#[test]
fn published_figures_come_from_the_tables() {
    let facts = Facts::embedded().unwrap();
    let published = |fact: &Fact| facts.published(fact);
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
        Fact::Trial("trial_income_effect".to_owned()),
    ] {
        assert!(published(&missing).is_err(), "{missing}");
    }
}

#[test]
fn own_tables_of_facts_stand_for_those_that_ship_and_are_checked() {
    let own = |table: FactTable, text: &str| {
        Facts::read(&BTreeMap::from([(table, ("mine/facts.csv".to_owned(), text.to_owned()))]))
    };
    let text = "series,unit,year,value,grade,source,note\ntaobao_villages,villages,2014,99,D,me,\n";
    let facts = own(FactTable::National, text).unwrap();
    let of = |year| facts.published(&Fact::National("taobao_villages".to_owned(), year));
    assert_eq!(of(2014).unwrap().low, 99.0);
    assert!(of(2015).is_err(), "the table is the user's alone");
    assert!(facts.has(&Fact::Parameter("poverty_line".to_owned())), "the others are those that ship");
    let text =
        "series,unit,year,value,grade,source,note\na,x,2014,many,R,me,\nb,x,soon,2,Z,me,\na,x,2014,3,R,,\n";
    let fault = own(FactTable::National, text).unwrap_err().to_string();
    for part in [
        "mine/facts.csv:2: national_series: a 2014: `many`: expected a number or a range",
        "mine/facts.csv:3: year",
        "mine/facts.csv:3: national_series: b 0, grade: `Z`: expected R, R2, D, M or M-low",
        "mine/facts.csv:4: national_series: a 2014: `3`: expected each figure once",
    ] {
        assert!(fault.contains(part), "{part} in\n{fault}");
    }
    let fault = own(FactTable::Rollout, "day,stations\n").unwrap_err().to_string();
    assert!(fault.contains("mine/facts.csv:1: header: `day,stations`: expected `date,village"), "{fault}");
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
            "(name: \"{name}\", pattern: \"P7\", what: \"x\", role: Test, scaled: true, why: \
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
    let judged = judge(&targets, &traces);
    let verdicts: Vec<Verdict> = judged.iter().map(|judged| judged.verdict).collect();
    assert_eq!(verdicts, [Verdict::Met, Verdict::Missed, Verdict::NotTestable, Verdict::NotTestable]);
    assert_eq!(judged[0].mean, 790.0);
    assert_eq!(judged[0].bounds, (520.0, 1170.0));
    let distance = sim_core::base::math::ln(790.0 / 780.0) / sim_core::base::math::ln(1.5);
    assert!((judged[0].distance - distance).abs() < 1e-12 && judged[1].distance > 1.0);
    assert!(judged[2].distance.is_nan());
    let tally = Tally { met: 1, near: 1, missed: 1, not_testable: 2 };
    assert_eq!(Tally::of_use(&judged, TargetUse::Test), tally);
    assert_eq!(Tally::of_use(&judged, TargetUse::Fit), Tally::default());
    assert_eq!(judged[2].remark, "the runs end earlier");
    assert!(judged[3].remark.contains("1.2 expected"), "{}", judged[3].remark);
    let none = judge(&targets, &BTreeMap::new());
    assert!(none.iter().all(|judged| judged.verdict == Verdict::NotTestable));
}

#[test]
fn faulty_targets_are_refused_with_lines_and_suggestions_all_at_once() {
    let row = "(name: \"a\", pattern: \"P1\", what: \"x\", role: Test, why: \"w\",\n fact: \
               Parameter(\"poverty_lin\"),\n read: (\"walk\", Series(\"station_order + shops\", \
               At(\"2015-01-01\"))),\n accept: Between(2, 1)),\n";
    let other = "(name: \"b\", pattern: \"P1\", what: \"x\", role: Test, why: \"w\",\n read: (\"run\", \
                 Probe(\"take_of_share\")),\n accept: Between(2, 1), per: 0),\n";
    let fault = targets(&[row, other, row].concat()).unwrap_err();
    for part in [
        "mine.ron:4: a.fact: `poverty_lin`: expected",
        "did you mean `poverty_line`?",
        "mine.ron:5: a.read: `walk`: expected the name of a run",
        "there are run",
        "mine.ron:5: a.read: `station_order`: expected a series",
        "station_orders",
        "mine.ron:8: b.read: `take_of_share`",
        "did you mean `take_off_share`?",
        "mine.ron:9: b.accept: `2 to 1`: expected a range",
        "mine.ron:9: b.per: `0`",
        "mine.ron:10: a: `a`: expected each name once",
    ] {
        assert!(fault.contains(part), "{part} in\n{fault}");
    }
    let fault = targets("(name: \"a\", pattern: \"P1\", what: \"x\", rol: Test)").unwrap_err();
    assert!(fault.contains("mine.ron:3: `rol`") && fault.contains("did you mean `role`?"), "{fault}");
}
