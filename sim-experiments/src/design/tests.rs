use super::*;
use crate::experiment::FactorKind;

fn range(name: &str, levels: u32) -> Factor {
    Factor {
        name: name.to_owned(),
        unit: String::new(),
        path: name.to_owned(),
        kind: FactorKind::Range {
            low: 10.0,
            high: 20.0,
            is_log: false,
            whole: false,
            levels,
        },
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
            settings.iter().map(Setting::text).collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_eq!(
        points,
        [
            "10 All",
            "10 Nothing",
            "15 All",
            "15 Nothing",
            "20 All",
            "20 Nothing"
        ]
    );
}

#[test]
fn one_at_a_time_changes_one() {
    let factors = [range("a", 3), words("b", &["1", "2"])];
    let design = Design::new(&Method::OneAtATime, &factors).unwrap();
    assert_eq!(design.len(), 6);
    for point in 0..6 {
        let settings = design.settings(point, &factors);
        let changed = settings
            .iter()
            .filter(|setting| **setting != Setting::Unchanged)
            .count();
        assert_eq!(changed, usize::from(point > 0));
    }
}

#[test]
fn a_latin_hypercube_has_one_point_in_each_part() {
    let units = latin::hypercube(50, 3, 7);
    for factor in 0..3 {
        let mut parts: Vec<usize> = (0..50)
            .map(|point| (units[point * 3 + factor] * 50.0) as usize)
            .collect();
        parts.sort_unstable();
        assert_eq!(parts, (0..50).collect::<Vec<_>>());
    }
    assert_ne!(units, latin::hypercube(50, 3, 8));
}

#[test]
fn a_sobol_sequence_is_a_net() {
    // Of 2^6 points in two dimensions, each of the 64 equal boxes of any shape 2^a x 2^b holds one.
    let units = sequence::sobol(64, 2).unwrap();
    for a in 0..=6 {
        let (columns, rows) = (1 << a, 1 << (6 - a));
        let mut boxes: Vec<usize> = units
            .chunks(2)
            .map(|point| (point[0] * columns as f64) as usize * rows + (point[1] * rows as f64) as usize)
            .collect();
        boxes.sort_unstable();
        assert_eq!(boxes, (0..64).collect::<Vec<_>>(), "{columns} x {rows}");
    }
    assert!(sequence::sobol(1, 2000).is_err());
}

#[test]
fn saltellis_points_differ_where_they_should() {
    let units = sequence::saltelli(4, 3).unwrap();
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
    let units = morris::trajectories(20, 4, 6, 1);
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
        Method::Sobol { samples: 9 },
        Method::Saltelli { samples: 8 },
        Method::Morris {
            trajectories: 3,
            levels: 4,
            seed: 1,
        },
    ] {
        let design = Design::new(&method, &factors).unwrap();
        assert_eq!(design.len() as u128, count(&method, &factors), "{method:?}");
    }
    let vast: Vec<Factor> = (0..60).map(|at| range(&at.to_string(), 10_000)).collect();
    assert_eq!(count(&Method::Factorial, &vast), u128::MAX);
}
