use super::*;
use crate::experiment::factor::Shape;
use sim_core::scenario::MemorySource;

fn read(body: &str) -> Result<Experiment, String> {
    let source = MemorySource::of("dir/e.ron", body)
        .with("dir/points.csv", "household.elasticity,policy\n2.5,a\n3,b\n");
    load(&source, "dir/e.ron").map_err(|faults| faults.to_string())
}

const GOOD: &str = r#"(
    name: "first",
    base: "tiny",
    set: (end: "2015-03-31", household: (elasticity: 3.5)),
    factors: [
        (path: "household.elasticity", range: (2.0, 5.0)),
        (path: "logistics.sorting_rate", log_range: (100.0, 400.0), levels: 3),
        (path: "programme.enabled", values: [true, false]),
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
    let good = GOOD
        .replace("logistics.sorting_rate", "partner.commission")
        .replace("(100.0, 400.0)", "(0.01, 0.1)");
    let experiment = read(&good).unwrap();
    assert_eq!(experiment.scenarios.len(), 3);
    assert!(experiment.scenarios[2].text.contains("enabled: false"));
    assert!(
        experiment.scenarios[0].text.contains("elasticity: 3.5")
            || experiment.scenarios[0].text.contains("elasticity:3.5")
    );
    let names: Vec<&str> = experiment
        .outcomes
        .iter()
        .map(|outcome| outcome.name.as_str())
        .collect();
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
        (
            experiment.replicates,
            experiment.first_seed,
            experiment.common_luck
        ),
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
        "(name: \"../x\", base: \"tiny\", design: Factorial)",
        "may not stand in a name",
    ),
    (
        "(name: \"x\", base: \"../tiny.ron\", design: Factorial)",
        "leaves the experiment's folder",
    ),
    (
        "(name: \"x\", base: \"tiny\", set: (household: (elasticty: 3)), design: Factorial)",
        "did you mean `elasticity`?",
    ),
    (
        "(name: \"x\", base: \"tiny\", set: (seed: 3), design: Factorial)",
        "first_seed",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", values: [3.0, 99.0])], design: Factorial)",
        "out of range",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (5.0, 2.0))], design: Factorial)",
        "lesser value first",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0), values: [3])], design: Factorial)",
        "in one way",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\")], design: Factorial)",
        "does not say how it varies",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"programme.enabled\", range: (0, 1))], design: Factorial)",
        "give a list of `values`",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"seed\", values: [1])], design: Factorial)",
        "cannot be a factor",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], design: Fractional)",
        "did you mean `Factorial`?",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], design: Sobol)",
        "expected how many samples",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], design: Morris(trajectories: 4, levels: 5))",
        "even",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\")], design: Table(\"no.csv\"))",
        "cannot be read",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\")], design: Table(\"points.csv\"))",
        "the column `policy` is no factor",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], design: Factorial, outcomes: [\"station_oders\"])",
        "did you mean `station_orders`?",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], design: Factorial, outcomes: [(series: \"shops\", read: Total)])",
        "do not add up",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], design: Factorial, outcomes: [(series: \"shops\", at: \"2019-01-01\")])",
        "outside the run",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], design: Factorial, outcomes: [(series: \"shops\", quantiles: [0.5])])",
        "are over places",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], design: Factorial, outcomes: [\"shops\", \"shops\"])",
        "given twice",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], design: Factorial, search: (maximise: [\"shops\"]))",
        "not both",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", range: (2.0, 5.0))], search: (maximise: [\"shps\"]))",
        "did you mean `shops`?",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(policies: [(name: \"a\"), (name: \"a\")])], design: Factorial)",
        "given twice",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(policies: [(name: \"a\", base: \"tinyy\")])], design: Factorial)",
        "cannot be used",
    ),
    (
        "(name: \"x\", base: \"tiny\", factors: [(path: \"household.elasticity\", normal: (99.0, 0.01))], design: Factorial)",
        "outside the parameter's range",
    ),
    ("", "empty"),
    ("(name: \"x\" base: \"tiny\")", "expected `,`"),
    ("[]", "expected fields in parentheses"),
];

#[test]
fn faults_are_named_with_their_remedy() {
    for (text, expected) in FAULTS {
        let found = read(text).unwrap_err();
        assert!(
            found.contains(expected),
            "{text}\n  {found}\n  expected {expected}"
        );
        assert!(found.contains("e.ron") || found.contains("tin"), "{found}");
    }
}

#[test]
fn several_faults_are_told_at_once() {
    let found = read("(nam: \"x\", base: \"tiny\", factors: [(path: \"a.b\", range: (1, 2))], design: Fctorial, replicates: 0)").unwrap_err();
    assert!(found.lines().count() >= 5, "{found}");
}

#[test]
fn a_table_of_points_is_read_in_the_order_of_the_factors() {
    let text = "(name: \"x\", base: \"tiny\", factors: [(policies: [(name: \"b\"), (name: \"a\")]), (path: \"household.elasticity\")], \
                design: Table(\"points.csv\"))";
    let experiment = read(text).unwrap();
    let Some(Method::Table { rows }) = &experiment.method else {
        panic!("a table")
    };
    assert_eq!(rows, &[["a", "2.5"], ["b", "3"]]);
    let design =
        crate::design::Design::new(experiment.method.as_ref().unwrap(), &experiment.factors).unwrap();
    assert_eq!(
        design.settings(0, &experiment.factors),
        [Setting::Policy(1), Setting::Number(2.5)]
    );
}

#[test]
fn factors_cover_their_ranges() {
    let factor = |kind: FactorKind| Factor {
        name: "f".into(),
        unit: String::new(),
        path: "f".into(),
        kind,
    };
    let whole = factor(FactorKind::Range {
        low: 1.0,
        high: 4.0,
        is_log: false,
        whole: true,
        levels: 5,
    });
    let values: Vec<String> = (0..8)
        .map(|at| whole.at((f64::from(at) + 0.5) / 8.0).text())
        .collect();
    assert_eq!(values, ["1", "1", "2", "2", "3", "3", "4", "4"]);
    assert_eq!(
        (whole.levels(), whole.at(0.0).text(), whole.at(1.0).text()),
        (4, "1".into(), "4".into())
    );
    let steps: Vec<String> = (0..4)
        .map(|level| whole.at(whole.coordinate(level)).text())
        .collect();
    assert_eq!(steps, ["1", "2", "3", "4"]);
    let log = factor(FactorKind::Range {
        low: 0.01,
        high: 1.0,
        is_log: true,
        whole: false,
        levels: 3,
    });
    assert!(matches!(log.at(0.5), Setting::Number(value) if (value - 0.1).abs() < 1e-12));
    assert_eq!(
        (log.at(0.0), log.at(1.0)),
        (Setting::Number(0.01), Setting::Number(1.0))
    );
    for shape in [
        Shape::Normal {
            mean: 3.0,
            deviation: 2.0,
        },
        Shape::LogNormal {
            median: 3.0,
            sigma: 0.5,
        },
        Shape::Triangular {
            low: 1.0,
            mode: 2.0,
            high: 5.0,
        },
    ] {
        for share in [0.01, 0.2, 0.5, 0.77, 0.99] {
            assert!(
                (shape.below(shape.quantile(share)) - share).abs() < 1e-6,
                "{shape:?} {share}"
            );
        }
    }
}
