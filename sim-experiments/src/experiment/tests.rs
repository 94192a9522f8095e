use super::*;
use crate::experiment::factor::Shape;
use sim_core::base::Unit;
use sim_core::scenario::MemorySource;

fn read(body: &str) -> Result<Experiment, String> {
    let source = MemorySource::of("dir/e.ron", body)
        .with("dir/points.csv", "household.elasticity,policy\n2.5,a\n3,b\n")
        .with("dir/own.ron", "(base: \"tiny\", name: \"own\", programme: (training_hours: 32.0))");
    load(&source, "dir/e.ron").map_err(|faults| faults.to_string())
}

const GOOD: &str = r#"(
    name: "first",
    base: "tiny",
    set: (end: "2015-03-31", household: (lapse: 0.35)),
    factors: [
        (path: "household.elasticity", range: (2.0, 5.0)),
        (path: "logistics.sorting_rate", log_range: (100.0, 400.0), levels: 3),
        (path: "programme.open_last_mile", values: [true, false]),
        (policies: [(name: "a"), (name: "b", set: (programme: (enabled: false)))]),
    ],
    design: LatinHypercube(samples: 10),
    replicates: 2,
    first_seed: 5,
    outcomes: [
        "stations_open",
        (series: "shops", level: County, quantiles: [0.5, 0.9]),
        (series: "station_orders", at: ["2014-12-31", "2015-01-31"]),
        (series: "station_orders", months: 1, level: County),
    ],
    budget: (runs: 100),
)"#;

#[test]
fn a_whole_experiment_is_read() {
    let experiment = read(&GOOD.replace("logistics.sorting_rate", "household.elasticity_x")).unwrap_err();
    assert!(
        experiment.contains("e.ron:7:16: factors[1].path: there is no field or parameter"),
        "{experiment}"
    );
    let good =
        GOOD.replace("logistics.sorting_rate", "partner.commission").replace("(100.0, 400.0)", "(0.01, 0.1)");
    let experiment = read(&good).unwrap();
    assert_eq!(experiment.scenarios.len(), 3);
    assert!(experiment.scenarios[2].text.contains("enabled: false"));
    assert!(
        experiment.scenarios[0].text.contains("lapse: 0.35")
            || experiment.scenarios[0].text.contains("lapse:0.35")
    );
    let names: Vec<&str> = experiment.outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "stations_open",
            "shops_by_county_p50",
            "shops_by_county_p90",
            "station_orders_2014_12",
            "station_orders_2015_01",
            "station_orders_by_county",
        ]
    );
    assert_eq!(
        (experiment.replicates, experiment.first_seed, experiment.common_random_numbers),
        (2, 5, true)
    );
}

/// What is wrong, and what the message must say: at least the line, the field and the remedy.
const FAULTS: &[(&str, &str)] = &[
    ("(base: \"tiny\")", "name: missing"),
    ("(name: \"x\", base: \"tiny\")", "design: missing"),
    ("(name: \"x\", base: \"tinny\", design: Factorial)", "tinny"),
    ("(name: \"x\", bass: \"tiny\")", "did you mean `base`?"),
    (
        "(name: \"x\", base: \"tiny\", common_luck: false, design: Factorial)",
        "common_luck: the field is now called `common_random_numbers`",
    ),
    (
        "(name: \"x\", base: \"tiny\", design: Factorial, outcomes: [\"alone_orders\"])",
        "it is now called `self_service_orders`",
    ),
    (
        "(name: \"x\", base: \"tiny\", design: Factorial, outcomes: [(series: \"alone_parcels\", level: \
            Village)])",
        "it is now called `self_service_parcels`",
    ),
    (
        "(name: \"x\", base: \"tiny\", search: (maximise: \"gaining_share\", plans: 4))",
        "it is now called `better_off_share`",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.trial_alone\", values: [1.0])])",
        "it is now called `household.trial_self_service`",
    ),
    (
        "(name: \"x\", base: \"tiny\", set: (household: (alone_hassle: 0.3)), design: Factorial)",
        "the field is now called `household.self_service_hassle`",
    ),
    ("(name: \"../x\", base: \"tiny\", design: Factorial)", "may not stand in a name"),
    ("(name: \"x\", base: \"../tiny.ron\", design: Factorial)", "leaves the experiment's folder"),
    (
        "(name: \"x\", base: \"tiny\", set: (household: (elasticty: 3)), design: Factorial)",
        "did you mean `elasticity`?",
    ),
    ("(name: \"x\", base: \"tiny\", set: (seed: 3), design: Factorial)", "first_seed"),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", values: [3.0, 99.0])], \
         design: Factorial)",
        "out of range",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (5.0, 2.0))], \
         design: Factorial)",
        "lesser value first",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0), \
         values: [3])], design: Factorial)",
        "in one way",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\")], design: Factorial)",
        "does not say how it varies",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"programme.enabled\", range: (0, 1))], design: \
         Factorial)",
        "give a list of `values`",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"seed\", values: [1])], design: Factorial)",
        "cannot be a factor",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         design: Fractional)",
        "did you mean `Factorial`?",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         design: Sobol)",
        "expected how many samples",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         design: Morris(trajectories: 4, levels: 5))",
        "even",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\")], design: \
         Table(\"no.csv\"))",
        "cannot be read",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\")], design: \
         Table(\"points.csv\"))",
        "the column `policy` is no factor",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         design: Factorial, outcomes: [\"station_oders\"])",
        "did you mean `station_orders`?",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         design: Factorial, outcomes: [(series: \"shops\", read: Total)])",
        "do not add up",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         design: Factorial, outcomes: [(series: \"shops\", at: \"2019-01-01\")])",
        "is not reached",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         design: Factorial, outcomes: [(series: \"shops\", quantiles: [0.5])])",
        "are over places",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         design: Factorial, outcomes: [\"shops\", \"shops\"])",
        "given twice",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         design: Factorial, search: (maximise: [\"shops\"]))",
        "not both",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], \
         search: (maximise: [\"shps\"]))",
        "did you mean `shops`?",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(policies: [(name: \"a\"), (name: \"a\")])], design: \
         Factorial)",
        "given twice",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(policies: [(name: \"a\", base: \"tinyy\")])], design: \
         Factorial)",
        "cannot be used",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", normal: (99.0, 0.01))], \
         design: Factorial)",
        "outside the parameter's range",
    ),
    (
        "(name: \"x\", base: \"tiny\", set: (household: (elasticity: 3.5)), factors: [(path: \
         \"household.elasticity\", values: [3.0])], design: Factorial)",
        "`household.elasticity` is set by `set` in line 1 and by the factor `household.elasticity`",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", values: [3.0]),\n(name: \
         \"e\", path: \"household.elasticity\", range: (2.0, 5.0))], design: Factorial)",
        "`household.elasticity` is varied by two factors: `household.elasticity` and, in line 2, `e`",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"programme.training_hours\", values: \
         [8.0]),\n(policies: [(name: \"more\",\nset: (programme: (training_hours: 64.0)))])], design: \
         Factorial)",
        "`programme.training_hours` is set by the policy `more` in line 3 and by the factor \
         `programme.training_hours`",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"programme.training_hours\", values: \
         [8.0]),\n(policies: [(name: \"a\"), (name: \"other\", base: \"own.ron\")])], design: Factorial)",
        "`programme.training_hours` is set by the policy `other` in line 2 (its base `own.ron`)",
    ),
    (
        "(name: \"x\", base: \"tiny\", set: (household: (elasticity: 3.5)), factors: [(path: \
         \"household.elasticity\", range: (2.0, 5.0))], search: (maximise: [\"shops\"]))",
        "delete it from `set`",
    ),
    (
        "(name: \"x\", base: \"tiny\", set: (programme: (enabled: true)), factors: [(policies: [(name: \
         \"a\", set: (programme: (enabled: false)))])], design: Factorial)",
        "is set here and again by every policy",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(name: \"partner.commission\", path: \
         \"household.elasticity\", values: [3.0])], design: Factorial)",
        "sets another path than its name says",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(name: \"E\", path: \"household.elasticity\", values: \
         [3.0]), (name: \"e\", path: \"partner.commission\", values: [0.03])], design: Factorial)",
        "the factor `e` would have the name of the factor `E`",
    ),
    (
        "(name: \"x\", base: \"tiny\", replicates: 2, outcomes: [(series: \"self_service_orders\", name: \
         \"station_orders\")])",
        "is read from the series `self_service_orders`",
    ),
    (
        "(name: \"x\", base: \"tiny\", replicates: 2, outcomes: [(series: \"self_service_orders\", name: \
         \"Seed\")])",
        "the column `seed` of every table of runs",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(name: \"=1+1\", path: \"household.elasticity\", values: \
         [3.0])], design: Factorial)",
        "`=` may not stand in a name",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(policies: [(name: \"\")])], design: Factorial)",
        "the name is empty",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(policies: [(name: \" x\")])], design: Factorial)",
        "begins with a letter or digit",
    ),
    (
        "(name: \"x\", base: \"tiny\", replicates: 2, outcomes: [(series: \"shops\", name: \"run \")])",
        "does not end with a blank",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"places.table\", values: [\"a.csv\"])], design: \
         Factorial)",
        "give each table as a policy",
    ),
    ("(name: \"x\", base: \"tiny\", factors: [], design: Sobol(samples: 4))", "leave `design` out"),
    ("", "empty"),
    ("(name: \"x\" base: \"tiny\")", "expected `,`"),
    ("[]", "expected fields in parentheses"),
];

#[test]
fn faults_are_named_with_their_remedy() {
    for (text, expected) in FAULTS {
        let found = read(text).unwrap_err();
        assert!(found.contains(expected), "{text}\n  {found}\n  expected {expected}");
        assert!(found.contains("e.ron") || found.contains("tin"), "{found}");
    }
}

#[test]
fn several_faults_are_told_at_once() {
    let found = read(
        "(nam: \"x\", base: \"tiny\", factors: [(path: \"a.b\", range: (1, 2))], design: Fctorial, \
         replicates: 0)",
    )
    .unwrap_err();
    assert!(found.lines().count() >= 5, "{found}");
}

#[test]
fn a_table_of_points_is_read_in_the_order_of_the_factors() {
    let text = "(name: \"x\", base: \"tiny\", factors: [(policies: [(name: \"b\"), (name: \"a\")]), (path: \
                \"household.elasticity\")], design: Table(\"points.csv\"))";
    let experiment = read(text).unwrap();
    let Some(Method::Table { rows }) = &experiment.method else { panic!("a table") };
    assert_eq!(rows, &[["a", "2.5"], ["b", "3"]]);
    let design =
        crate::design::Design::new(experiment.method.as_ref().unwrap(), &experiment.factors).unwrap();
    assert_eq!(
        design.settings(0, &experiment.factors),
        [FactorSetting::Policy(1), FactorSetting::Number(2.5)]
    );
}

#[test]
fn factors_cover_their_ranges() {
    let factor = |kind: FactorKind| Factor { name: "f".into(), unit: Unit::NONE, path: "f".into(), kind };
    let whole = factor(FactorKind::Range { low: 1.0, high: 4.0, is_log: false, whole: true, levels: 5 });
    let values: Vec<String> = (0..8).map(|at| whole.at((f64::from(at) + 0.5) / 8.0).text()).collect();
    assert_eq!(values, ["1", "1", "2", "2", "3", "3", "4", "4"]);
    assert_eq!((whole.levels(), whole.at(0.0).text(), whole.at(1.0).text()), (4, "1".into(), "4".into()));
    let steps: Vec<String> = whole.steps().iter().map(|&unit| whole.at(unit).text()).collect();
    assert_eq!(steps, ["1", "2", "3", "4"]);
    let log = factor(FactorKind::Range { low: 0.01, high: 1.0, is_log: true, whole: false, levels: 3 });
    assert!(matches!(log.at(0.5), FactorSetting::Number(value) if (value - 0.1).abs() < 1e-12));
    assert_eq!((log.at(0.0), log.at(1.0)), (FactorSetting::Number(0.01), FactorSetting::Number(1.0)));
    for shape in [
        Shape::Normal { mean: 3.0, deviation: 2.0 },
        Shape::LogNormal { median: 3.0, sigma: 0.5 },
        Shape::Triangular { low: 1.0, mode: 2.0, high: 5.0 },
    ] {
        for share in [0.01, 0.2, 0.5, 0.77, 0.99] {
            assert!((shape.below(shape.quantile(share)) - share).abs() < 1e-6, "{shape:?} {share}");
        }
    }
}

#[test]
fn replicates_alone_are_an_experiment() {
    for text in [
        "(name: \"x\", base: \"tiny\", replicates: 5, outcomes: [\"self_service_orders\"])",
        "(name: \"x\", base: \"tiny\", replicates: 5, factors: [], design: Factorial, outcomes: \
         [\"self_service_orders\"])",
    ] {
        let experiment = read(text).unwrap();
        assert_eq!(experiment.method, Some(Method::Replicates));
        let plan = crate::plan::RunPlan::new(experiment, "1.0", 1).unwrap();
        assert_eq!((plan.points(), plan.runs()), (1, 5));
        assert_eq!(plan.settings(0), []);
        assert!(plan.job(4).is_ok());
    }
}

#[test]
fn outcomes_can_leave_out_a_part_of_the_run() {
    let body = |outcome: &str| {
        format!(
            "(name: \"w\", base: \"tiny\", factors: [(path: \"household.elasticity\", values: [3.0, 4.0])], \
             design: Factorial, outcomes: [{outcome}])"
        )
    };
    let read = |outcome: &str| read(&body(outcome));
    let found = read(
        "(series: \"self_service_orders\", from: \"2015-10-01\"), \"self_service_orders\", (series: \
            \"shops\", read: \
         Mean, from: \"2015-01-01\", until: \"2015-06-30\", name: \"spring\")",
    )
    .unwrap();
    let names: Vec<&str> = found.outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
    assert_eq!(names, ["self_service_orders_from_2015_10", "self_service_orders", "spring"]);
    assert!(found.outcomes[2].definition().ends_with("mean of the months, 2015-01 to 2015-06)."));
    let simulation = {
        use sim_core::scenario::Scenario;
        use sim_core::simulation::{Simulation, Threads};
        let scenario = Scenario::builtin("tiny").unwrap();
        let mut simulation = Simulation::build(&scenario, None, Threads::Sequential).unwrap();
        while simulation.step() {}
        simulation
    };
    let [late, all, _] = [0, 1, 2].map(|at| found.outcomes[at].number(&simulation));
    assert!(0.0 < late && late < all, "{late} of {all}");
    for (outcome, message) in [
        ("(series: \"shops\", from: \"2010-01-01\")", "outside the run"),
        ("(series: \"shops\", from: \"2015-06-01\", until: \"2015-01-31\")", "no month lies between"),
        ("(series: \"shops\", from: \"2015-06-01\", at: \"2015-07-31\")", "not both"),
    ] {
        let fault = read(outcome).unwrap_err();
        assert!(fault.contains(message), "{fault}");
    }
}

#[test]
fn one_at_a_time_begins_where_the_experiment_sets_it() {
    let text = "(name: \"x\", base: \"tiny\", set: (household: (elasticity: 3.5)), factors: [(path: \
                \"household.elasticity\", values: [3.0, 4.0])], design: OneAtATime)";
    let plan = crate::plan::RunPlan::new(read(text).unwrap(), "1.0", 1).unwrap();
    let factor = &plan.experiment().factors[0];
    let shown: Vec<String> = (0..3).map(|point| plan.shown(factor, &plan.settings(point)[0])).collect();
    assert_eq!(shown, ["3.5", "3", "4"]);
}

#[test]
fn ranges_may_lie_around_the_scenarios_own_value() {
    let read = |way: &str, path: &str| {
        read(&format!(
            "(name: \"w\", base: \"own.ron\", factors: [(path: \"{path}\", {way})], design: Factorial)"
        ))
    };
    let ends = |way: &str, path: &str| match read(way, path).unwrap().factors[0].kind {
        FactorKind::Range { low, high, .. } => (low, high),
        _ => panic!("no range"),
    };
    assert_eq!(ends("range: Around(0.25)", "programme.training_hours"), (24.0, 40.0));
    assert_eq!(ends("log_range: Around(0.6)", "programme.training_hours"), (20.0, 51.2));
    assert_eq!(ends("range: Around(0.001)", "places.villages_per_county"), (4.0, 6.0), "its neighbours");
    for (way, said) in [
        ("range: Around(1.5)", "at most 1"),
        ("range: Around(-0.1)", "above 0"),
        ("range: Around(0.99)", "is out of range: expected 1.1 to 20"),
    ] {
        let fault = read(way, "household.elasticity").unwrap_err();
        assert!(fault.contains(said), "{way}: {fault}");
    }
}

#[test]
fn equal_values_of_a_factor_are_refused() {
    for (values, message) in [
        ("[3.0, 3, 4.0]", "the value 3 is given before, as 3.0"),
        ("[3.0, 4.0, 3.00]", "the value 3.00 is given before, as 3.0"),
        ("[3.0, 3.0]", "the value 3.0 is given twice"),
    ] {
        let fault = read(&format!(
            "(name: \"w\", base: \"tiny\", factors: [(path: \"household.elasticity\", values: {values})], \
             design: Factorial)"
        ))
        .unwrap_err();
        assert!(fault.contains(message), "{fault}");
    }
}
