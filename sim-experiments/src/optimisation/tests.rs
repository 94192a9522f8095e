use super::*;
use crate::experiment::Bound;
use crate::experiment::FactorKind;
use crate::random::random_stream;
use sim_core::base::RandomStream;

fn levers(count: usize) -> Vec<Factor> {
    let lever = |at: usize| Factor {
        name: at.to_string(),
        unit: sim_core::base::Unit::NONE,
        path: at.to_string(),
        kind: FactorKind::Range { low: 0.0, high: 1.0, is_log: false, whole: false, levels: 5 },
    };
    (0..count).map(lever).collect()
}

fn goal(more: bool) -> Goal {
    Goal { outcome: "x".to_owned(), more }
}

fn driven(
    search: &Search,
    count: usize,
    outcomes: impl Fn(&[f64], &mut RandomStream) -> Vec<f64>,
) -> Searching {
    let mut searching = Searching::new(search, &levers(count)).unwrap();
    let mut stream = random_stream(5, 55);
    loop {
        let asked = searching.ask();
        if asked.is_empty() {
            return searching;
        }
        let results = asked.iter().map(|units| outcomes(units, &mut stream)).collect();
        searching.record(asked, results);
    }
}

#[test]
fn a_noisy_hill_with_a_budget_is_climbed() {
    let search = Search {
        goals: vec![goal(true)],
        bounds: vec![Bound { outcome: "cost".to_owned(), is_most: true, limit: 1.0 }],
        plans: 150,
        finalists: 5,
        fresh_seeds: 4,
    };
    // Best without the budget at (0.9, 0.3); each unit of a lever costs 1, so that at most 1 may be spent:
    // then at (0.8, 0.2).
    let outcomes = |x: &[f64], stream: &mut RandomStream| {
        let hill = 10.0 - 10.0 * ((x[0] - 0.9) * (x[0] - 0.9) + (x[1] - 0.3) * (x[1] - 0.3));
        vec![hill + 0.1 * (stream.unit() - 0.5), x[0] + x[1]]
    };
    let searching = driven(&search, 2, outcomes);
    assert_eq!(searching.tried().len(), 150);
    for at in searching.finalists(|_| false) {
        let tried = &searching.tried()[at];
        assert!(tried.outcomes[1] <= 1.0);
        assert!((tried.units[0] - 0.8).abs() < 0.15 && (tried.units[1] - 0.2).abs() < 0.15, "{tried:?}");
    }
}

#[test]
fn a_frontier_of_two_goals_is_covered() {
    let search = Search {
        goals: vec![goal(true), goal(false)],
        bounds: vec![],
        plans: 120,
        finalists: 7,
        fresh_seeds: 4,
    };
    // What is gained is the root of what is spent on the first lever; the second only wastes.
    let searching = driven(&search, 2, |x, _| vec![x[0].sqrt(), x[0] + 0.5 * x[1]]);
    let finalists = searching.finalists(|_| false);
    let gains: Vec<f64> = finalists.iter().map(|&at| searching.tried()[at].outcomes[0]).collect();
    assert_eq!(finalists.len(), 7);
    assert!(gains[0] < 0.3 && gains[6] > 0.9, "{gains:?}");
    assert!(finalists.iter().all(|&at| searching.tried()[at].units[1] < 0.35));
}

#[test]
fn told_the_same_it_asks_the_same() {
    let search = Search { goals: vec![goal(false)], bounds: vec![], plans: 60, finalists: 3, fresh_seeds: 2 };
    let run = || driven(&search, 3, |x, _| vec![x.iter().map(|x| (x - 0.4) * (x - 0.4)).sum()]);
    assert_eq!(run().tried(), run().tried());
}

#[test]
fn failures_and_flat_lands_end_too() {
    let search = Search { goals: vec![goal(true)], bounds: vec![], plans: 50, finalists: 3, fresh_seeds: 2 };
    assert_eq!(driven(&search, 2, |_, _| vec![1.0]).tried().len(), 50);
    let all_failed = driven(&search, 2, |_, _| vec![f64::NAN]);
    let searching = driven(&search, 2, |_, _| vec![1.0]);
    assert_eq!(searching.finalists(|at| at != 7 && at != 9), [7, 9], "repeats are no finalists");
    assert!(all_failed.tried().len() == 50 && all_failed.finalists(|_| false).is_empty());
}

#[test]
fn verdicts_know_the_better_one() {
    let search = Search {
        goals: vec![goal(true)],
        bounds: vec![Bound { outcome: "cost".to_owned(), is_most: true, limit: 10.0 }],
        plans: 4,
        finalists: 3,
        fresh_seeds: 8,
    };
    let finalist = |gain: f64, cost: f64| Finalist {
        runs: (0..8).map(|seed| vec![gain + f64::from(seed), cost]).collect(),
    };
    let found = verdicts(&[finalist(1.0, 9.0), finalist(2.0, 9.0), finalist(5.0, 11.0)], &search, 200);
    let sure = |at: usize| found[at].sure.unwrap();
    assert_eq!((sure(0), sure(1), sure(2)), (0.0, 1.0, 0.0));
    assert_eq!((found[1].keeps_bounds, found[2].keeps_bounds), (Some(1.0), Some(0.0)));
    assert_eq!(found[0].outcomes[0].0, 4.5);
    let standings: Vec<Standing> = found.iter().map(|verdict| verdict.standing).collect();
    assert_eq!(standings, [Standing::Behind, Standing::Best, Standing::OutOfBounds]);
}

#[test]
fn nobody_is_surely_best_of_few_seeds_or_within_chance_and_missing_values_are_no_defeat() {
    let search = Search { goals: vec![goal(true)], bounds: vec![], plans: 4, finalists: 2, fresh_seeds: 20 };
    let finalist = |values: &[f64]| Finalist { runs: values.iter().map(|&value| vec![value]).collect() };
    // Few seeds that all agree.
    let found = verdicts(&[finalist(&[1.0; 4]), finalist(&[2.0; 4])], &search, 200);
    assert!(found.iter().all(|one| one.sure.is_none() && one.standing == Standing::Unknown));
    assert!(found.iter().all(|one| one.outcomes[0].1.is_nan()));
    // A difference that may be chance, though the first is ahead in most samples.
    let noise = [9.0, -7.0, 8.0, -6.0, 9.0, -8.0, 7.0, -5.0, 2.0, 1.0];
    let found = verdicts(&[finalist(&noise), finalist(&[0.0; 10])], &search, 400);
    assert_eq!(found[0].standing, Standing::Ahead);
    assert_eq!(found[1].standing, Standing::WithinChance);
    // The seed in which one has no value is left out for both.
    let mut failed = [2.0; 10];
    failed[3] = f64::NAN;
    let found = verdicts(&[finalist(&[1.0; 10]), finalist(&failed)], &search, 200);
    assert_eq!(found[1].sure, Some(1.0));
    assert_eq!((found[1].seeds, found[1].outcomes[0].0), (9, 2.0));
    assert_eq!((found[0].standing, found[1].standing), (Standing::Behind, Standing::Best));
    // One without any value is judged by nothing, and the others all the same.
    let found = verdicts(&[finalist(&[1.0; 10]), finalist(&[f64::NAN; 10])], &search, 200);
    assert_eq!((found[0].sure, found[1].sure), (Some(1.0), None));
    assert_eq!(found[1].standing, Standing::Unknown);
}
