use super::*;
use crate::experiment::FactorKind;

fn range(name: &str, levels: u32) -> Factor {
    Factor {
        name: name.to_owned(),
        unit: sim_core::base::Unit::NONE,
        path: name.to_owned(),
        kind: FactorKind::Range { low: 10.0, high: 20.0, is_log: false, whole: false, levels },
    }
}

fn words(name: &str, values: &[&str]) -> Factor {
    Factor {
        kind: FactorKind::Values(values.iter().map(|&value| value.to_owned()).collect()),
        ..range(name, 2)
    }
}

#[test]
fn a_factorial_has_every_combination_once() {
    let factors = [range("a", 3), words("b", &["All", "Nothing"])];
    let design = Design::new(&Method::Factorial, &factors).unwrap();
    assert_eq!(design.len() as u128, count(&Method::Factorial, &factors));
    let points: Vec<String> = (0..design.len())
        .map(|point| {
            let settings = design.settings(point, &factors);
            settings.iter().map(FactorSetting::text).collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_eq!(points, ["10 All", "10 Nothing", "15 All", "15 Nothing", "20 All", "20 Nothing"]);
}

#[test]
fn one_at_a_time_changes_one() {
    let factors = [range("a", 3), words("b", &["1", "2"])];
    let design = Design::new(&Method::OneAtATime, &factors).unwrap();
    assert_eq!(design.len(), 6);
    for point in 0..6 {
        let settings = design.settings(point, &factors);
        let changed = settings.iter().filter(|setting| **setting != FactorSetting::Unchanged).count();
        assert_eq!(changed, usize::from(point > 0));
    }
}

fn three() -> Vec<Factor> {
    ["a", "b", "c"].iter().map(|name| range(name, 5)).collect()
}

#[test]
fn a_latin_hypercube_has_one_point_in_each_part() {
    let units = latin::hypercube(50, &three(), 7);
    for factor in 0..3 {
        let mut parts: Vec<usize> =
            (0..50).map(|point| (units[point * 3 + factor] * 50.0) as usize).collect();
        parts.sort_unstable();
        assert_eq!(parts, (0..50).collect::<Vec<_>>());
    }
    assert_ne!(units, latin::hypercube(50, &three(), 8));
}

#[test]
fn a_sobol_sequence_is_a_net() {
    // Of 2^6 points in two dimensions, each of the 64 equal boxes of any shape 2^a x 2^b holds one.
    let units = sequence::sobol(64, 2, 0).unwrap();
    for a in 0..=6 {
        let (columns, rows) = (1 << a, 1 << (6 - a));
        let mut boxes: Vec<usize> = units
            .chunks(2)
            .map(|point| (point[0] * columns as f64) as usize * rows + (point[1] * rows as f64) as usize)
            .collect();
        boxes.sort_unstable();
        assert_eq!(boxes, (0..64).collect::<Vec<_>>(), "{columns} x {rows}");
    }
    assert!(sequence::sobol(1, 2000, 0).is_err());
}

#[test]
fn saltellis_points_differ_where_they_should() {
    let units = sequence::saltelli(4, 3, 0, false).unwrap();
    let point = |at: usize| &units[at * 3..at * 3 + 3];
    for base in 0..4 {
        let first = base * 5;
        for factor in 0..3 {
            let mixed = point(first + 2 + factor);
            for (at, &value) in mixed.iter().enumerate() {
                let from = if at == factor { first + 1 } else { first };
                assert_eq!(value, point(from)[at]);
            }
        }
    }
}

#[test]
fn a_trajectory_moves_each_factor_once_within_the_grid() {
    let four: Vec<Factor> = (0..4).map(|at| range(&at.to_string(), 5)).collect();
    let units = morris::trajectories(20, &four, 6, 1).unwrap();
    for trajectory in units.chunks(5 * 4) {
        let mut moved = vec![0; 4];
        for step in 0..4 {
            for factor in 0..4 {
                let change = trajectory[(step + 1) * 4 + factor] - trajectory[step * 4 + factor];
                if change != 0.0 {
                    assert!((change.abs() - 0.6).abs() < 1e-12);
                    moved[factor] += 1;
                }
            }
        }
        assert_eq!(moved, [1, 1, 1, 1]);
    }
    assert!(units.iter().all(|unit| (0.0..=1.0).contains(unit)));
}

#[test]
fn counts_are_right_before_points_are_made() {
    let factors = [range("a", 4), range("b", 5), range("c", 2)];
    for method in [
        Method::Factorial,
        Method::OneAtATime,
        Method::LatinHypercube { samples: 7, seed: 1 },
        Method::Sobol { samples: 9, seed: 1 },
        Method::Saltelli { samples: 8, seed: 1, second_order: false },
        Method::Morris { trajectories: 3, levels: 4, seed: 1 },
    ] {
        let design = Design::new(&method, &factors).unwrap();
        assert_eq!(design.len() as u128, count(&method, &factors), "{method:?}");
    }
    let vast: Vec<Factor> = (0..60).map(|at| range(&at.to_string(), 10_000)).collect();
    assert_eq!(count(&Method::Factorial, &vast), u128::MAX);
}

fn whole(low: f64, high: f64, is_log: bool, levels: u32) -> Factor {
    Factor { kind: FactorKind::Range { low, high, is_log, whole: true, levels }, ..range("whole", levels) }
}

fn values(factor: &Factor, units: &[f64]) -> Vec<String> {
    units.iter().map(|&unit| factor.at(unit).text()).collect()
}

#[test]
fn whole_numbers_are_stepped_through_from_end_to_end_and_none_twice() {
    let cases = [
        (1.0, 100.0, true, 5, vec!["1", "3", "10", "32", "100"]),
        (1.0, 100.0, false, 5, vec!["1", "26", "51", "75", "100"]),
        (1.0, 3.0, false, 5, vec!["1", "2", "3"]),
        (1.0, 4.0, true, 5, vec!["1", "2", "3", "4"]),
        (1.0, 8.0, true, 6, vec!["1", "2", "3", "5", "8"]),
    ];
    for (low, high, is_log, levels, expected) in cases {
        let factor = whole(low, high, is_log, levels);
        assert_eq!(values(&factor, &factor.steps()), expected, "{low} to {high}");
    }
    // Drawn, both ends come as often as their neighbours let expect.
    for is_log in [true, false] {
        let factor = whole(1.0, 4.0, is_log, 5);
        let drawn: Vec<f64> = (0..1000).map(|at| (f64::from(at) + 0.5) / 1000.0).collect();
        let drawn = values(&factor, &drawn);
        let share = |value: &str| drawn.iter().filter(|drawn| *drawn == value).count();
        let shares = ["1", "2", "3", "4"].map(share);
        if is_log {
            assert_eq!(shares, [500, 232, 154, 114]);
        } else {
            assert_eq!(shares, [250; 4]);
        }
    }
    let real = range("a", 3);
    assert_eq!(values(&real, &[0.0, 1.0]), ["10", "20"]);
}

#[test]
fn morris_tries_every_listed_value_and_cuts_tails_as_others_do() {
    let normal = Factor {
        kind: FactorKind::Distribution {
            shape: crate::experiment::Shape::Normal { mean: 0.28, deviation: 0.03 },
            within: (0.0, 1.0),
            whole: false,
            levels: 5,
        },
        ..range("normal", 5)
    };
    let factors = [words("switch", &["false", "true"]), words("five", &["a", "b", "c", "d", "e"]), normal];
    let method = |trajectories| Method::Morris { trajectories, levels: 4, seed: 1 };
    let design = Design::new(&method(5), &factors).unwrap();
    assert!(refuse_untried(&design, &method(5), &factors).is_ok());
    let factorial = values(&factors[2], &factors[2].steps());
    let mut tried: Vec<String> =
        (0..design.len()).map(|row| design.settings(row, &factors)[2].text()).collect();
    tried.sort_unstable();
    assert_eq!((tried.first(), tried.last()), (factorial.first(), factorial.last()));
    assert!(tried[0].starts_with("0.2102") && tried[tried.len() - 1].starts_with("0.3497"));
    let few = Design::new(&method(1), &factors).unwrap();
    let refused = refuse_untried(&few, &method(1), &factors).unwrap_err();
    assert_eq!(
        refused,
        "`five` has 5 values, and Morris(trajectories: 1) tries 2 of them\n  help: trajectories: 5 tries \
         them all, or list fewer values"
    );
    let single = [words("one", &["a"])];
    assert!(Design::new(&method(5), &single).is_err());
}

#[test]
fn a_hypercube_and_a_sequence_try_every_listed_value_or_are_refused() {
    let factors = [words("five", &["a", "b", "c", "d", "e"]), range("x", 5)];
    for samples in [5, 7, 12, 33] {
        let method = Method::LatinHypercube { samples, seed: 4 };
        let design = Design::new(&method, &factors).unwrap();
        assert!(refuse_untried(&design, &method, &factors).is_ok(), "{samples}");
        let mut counts = std::collections::BTreeMap::new();
        for row in 0..design.len() {
            *counts.entry(design.settings(row, &factors)[0].text()).or_insert(0_u32) += 1;
        }
        let (least, most) = (counts.values().min().unwrap(), counts.values().max().unwrap());
        assert!(most - least <= 1, "{counts:?}");
    }
    for method in [
        Method::LatinHypercube { samples: 4, seed: 1 },
        Method::Sobol { samples: 4, seed: 1 },
        Method::Saltelli { samples: 2, seed: 1, second_order: false },
    ] {
        let design = Design::new(&method, &factors).unwrap();
        assert!(refuse_untried(&design, &method, &factors).is_err(), "{method:?}");
    }
    for seed in 0..20 {
        let method = Method::Sobol { samples: 16, seed };
        let design = Design::new(&method, &factors).unwrap();
        assert!(refuse_untried(&design, &method, &factors).is_ok(), "{seed}");
    }
}

#[test]
fn points_for_pairs_are_the_second_sample_with_one_factor_from_the_first() {
    let units = sequence::saltelli(2, 3, 0, true).unwrap();
    let rows: Vec<&[f64]> = units.chunks_exact(3).collect();
    assert_eq!(rows.len(), 2 * 8);
    for block in rows.chunks_exact(8) {
        let (a, b) = (block[0], block[1]);
        for factor in 0..3 {
            let mixed = |at: usize| if at == factor { a[at] } else { b[at] };
            assert_eq!(block[5 + factor], [0, 1, 2].map(mixed));
        }
    }
    // The others are those of the scheme without them.
    let plain = sequence::saltelli(2, 3, 0, false).unwrap();
    assert_eq!(units[..5 * 3], plain[..5 * 3]);
}

#[test]
fn another_seed_gives_another_design() {
    let factors = [range("a", 5), range("b", 5)];
    let design = |method: Method| Design::new(&method, &factors).unwrap();
    assert_ne!(design(Method::Sobol { samples: 8, seed: 1 }), design(Method::Sobol { samples: 8, seed: 2 }));
    assert_ne!(
        design(Method::Saltelli { samples: 8, seed: 1, second_order: false }),
        design(Method::Saltelli { samples: 8, seed: 2, second_order: false })
    );
}

#[test]
fn equal_rows_are_one_point() {
    let factors = [words("a", &["x", "y"]), words("b", &["1", "2"])];
    let method = Method::Saltelli { samples: 16, seed: 0, second_order: false };
    let design = Design::new(&method, &factors).unwrap();
    let shared = Shared::of(&design, |row| design.settings(row, &factors));
    assert_eq!((shared.points().len(), shared.len()), (64, 4));
    for (row, &point) in shared.points().iter().enumerate() {
        let first = shared.row(point);
        assert!(first <= row);
        assert_eq!(design.settings(first, &factors), design.settings(row, &factors));
    }
    assert!(!Shared::none(&design).is_shared());
}
