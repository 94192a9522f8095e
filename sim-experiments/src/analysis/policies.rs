//! Policies against each other: regret over states of the world, and who is beaten in everything.

use crate::statistics::{Summary, quantile};

/// A policy's regret: how much worse than the best policy it is in the same state of the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Regret {
    /// States in which all policies have an outcome.
    pub states: usize,
    /// Its mean outcome over these, so that policies are compared over the same states.
    pub outcome: f64,
    /// Mean regret, in the outcome's unit.
    pub mean: f64,
    /// The regret that nine tenths of the states do not exceed.
    pub p90: f64,
    /// The greatest.
    pub worst: f64,
    /// The share of states in which it is best.
    pub best_share: f64,
    /// Its regret in each state; not-a-number where some policy has no outcome.
    pub each: Vec<f64>,
}

/// A mean by weights; of equal ones if there are none.
pub fn weighted_mean(values: &[f64], weights: &[f64]) -> f64 {
    if weights.is_empty() {
        return Summary::of(values).mean;
    }
    let (mut sum, mut all) = (0.0, 0.0);
    for (value, weight) in values.iter().zip(weights).filter(|(value, _)| !value.is_nan()) {
        sum += value * weight;
        all += weight;
    }
    sum / all
}

/// The least value that values of a share of the weight do not exceed; of equal weights the quantile.
fn weighted_quantile(values: Vec<f64>, weights: &[f64], share: f64) -> f64 {
    if weights.is_empty() {
        return quantile(values, share);
    }
    let mut pairs: Vec<(f64, f64)> = values.into_iter().zip(weights.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: f64 = pairs.iter().map(|pair| pair.1).sum();
    let mut below = 0.0;
    let found = pairs.iter().find(|(_, weight)| {
        below += weight;
        below >= share * all
    });
    found.or(pairs.last()).map_or(f64::NAN, |pair| pair.0)
}

/// The regret of each policy from its outcomes by state (`outcomes[policy][state]`); states in which one is
/// missing are left out. Means and shares count a state by its weight; without weights all count the same.
pub fn regret(outcomes: &[Vec<f64>], more_is_better: bool, weights: &[f64]) -> Vec<Regret> {
    let states = outcomes.iter().map(Vec::len).min().unwrap_or(0);
    let good = |value: f64| if more_is_better { value } else { -value };
    let mut regrets: Vec<Vec<f64>> = vec![Vec::new(); outcomes.len()];
    let mut met: Vec<Vec<f64>> = vec![Vec::new(); outcomes.len()];
    let mut each: Vec<Vec<f64>> = vec![vec![f64::NAN; states]; outcomes.len()];
    let mut kept: Vec<f64> = Vec::new();
    for state in 0..states {
        let values: Vec<f64> = outcomes.iter().map(|policy| good(policy[state])).collect();
        if values.iter().any(|value| value.is_nan()) {
            continue;
        }
        kept.extend(weights.get(state));
        let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (policy, value) in values.into_iter().enumerate() {
            regrets[policy].push(best - value);
            each[policy][state] = best - value;
            met[policy].push(outcomes[policy][state]);
        }
    }
    let summary = |((regrets, met), each): ((Vec<f64>, Vec<f64>), Vec<f64>)| Regret {
        each,
        states: regrets.len(),
        outcome: weighted_mean(&met, &kept),
        mean: weighted_mean(&regrets, &kept),
        worst: regrets.iter().copied().reduce(f64::max).unwrap_or(f64::NAN),
        best_share: weighted_mean(
            &regrets.iter().map(|regret| f64::from(u8::from(*regret == 0.0))).collect::<Vec<f64>>(),
            &kept,
        ),
        p90: weighted_quantile(regrets, &kept, 0.9),
    };
    regrets.into_iter().zip(met).zip(each).map(summary).collect()
}

/// The share of states in which each policy beats each other in all goals, `[policy][other]`: it is better in
/// one of them and worse in none. `outcomes[goal][policy][state]`, `more[goal]` whether more is better.
/// States in which a value of the two is missing are left out.
pub fn dominance(outcomes: &[Vec<Vec<f64>>], more: &[bool], weights: &[f64]) -> Vec<Vec<f64>> {
    let policies = outcomes.first().map_or(0, Vec::len);
    let states = outcomes.first().and_then(|goal| goal.first()).map_or(0, Vec::len);
    let beats = |policy: usize, other: usize, state: usize| {
        let gains = outcomes.iter().zip(more).map(|(goal, more)| {
            let gain = goal[policy][state] - goal[other][state];
            if *more { gain } else { -gain }
        });
        let gains: Vec<f64> = gains.collect();
        if gains.iter().any(|gain| gain.is_nan()) {
            return f64::NAN;
        }
        let is_beaten = gains.iter().all(|gain| *gain >= 0.0) && gains.iter().any(|gain| *gain > 0.0);
        f64::from(u8::from(is_beaten))
    };
    let share = |policy: usize, other: usize| {
        let each: Vec<f64> = (0..states).map(|state| beats(policy, other, state)).collect();
        weighted_mean(&each, weights)
    };
    (0..policies).map(|policy| (0..policies).map(|other| share(policy, other)).collect()).collect()
}

/// Which of the rows are not beaten in everything by another: `rows[policy][objective]`, `more[objective]`
/// whether more is better. Of a row with a missing value that is not known, and it beats none.
pub fn pareto(rows: &[Vec<f64>], more: &[bool]) -> Vec<Option<bool>> {
    let good = |row: &[f64], at: usize| if more[at] { row[at] } else { -row[at] };
    let beats = |a: &[f64], b: &[f64]| {
        let all = (0..more.len()).all(|at| good(a, at) >= good(b, at));
        all && (0..more.len()).any(|at| good(a, at) > good(b, at))
    };
    let whole = |row: &[f64]| row.iter().all(|value| !value.is_nan());
    rows.iter()
        .map(|row| whole(row).then(|| !rows.iter().any(|other| whole(other) && beats(other, row))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::{CONFIDENCE, Difference, RunMember, by_member};
    use crate::random::random_stream;
    use crate::uncertainty::mean_and_margin;
    use sim_core::base::math;

    #[test]
    fn regret_is_the_distance_to_the_best() {
        let found = regret(&[vec![1.0, 5.0, f64::NAN], vec![3.0, 4.0, 1.0]], true, &[]);
        assert_eq!((found[0].mean, found[0].worst, found[0].states), (1.0, 2.0, 2));
        assert_eq!((found[0].outcome, found[1].outcome), (3.0, 3.5), "over the states of both");
        assert_eq!((found[1].mean, found[1].best_share), (0.5, 0.5));
        let less = regret(&[vec![1.0], vec![3.0]], false, &[]);
        assert_eq!((less[0].mean, less[1].mean), (0.0, 2.0));
    }

    #[test]
    fn states_count_by_their_weights() {
        let found = regret(&[vec![1.0, 5.0, 2.0], vec![3.0, 4.0, f64::NAN]], true, &[0.75, 0.25, 1.0]);
        assert_eq!((found[0].mean, found[0].best_share), (1.5, 0.25));
        assert_eq!((found[1].outcome, found[1].p90, found[0].p90), (3.25, 1.0, 2.0));
    }

    #[test]
    fn one_beats_another_in_the_states_in_which_it_is_better_in_all() {
        // Of the first goal more is better, of the second less.
        let first = vec![vec![2.0, 2.0, 1.0, f64::NAN], vec![1.0, 2.0, 2.0, 1.0]];
        let second = vec![vec![5.0, 5.0, 5.0, 5.0], vec![5.0, 5.0, 4.0, 4.0]];
        let found = dominance(&[first, second], &[true, false], &[]);
        assert_eq!((found[0][1], found[1][0]), (1.0 / 3.0, 1.0 / 3.0), "equal ones beat neither");
        assert_eq!(found[0][0], 0.0);
    }

    /// The shares of repetitions in which the intervals of a change and of a regret hold the truth: two
    /// policies in so many drawn worlds with three seeds each. Seeds of a world are alike, as what a policy
    /// does there is; `as_one` says whether they count as one.
    fn coverage(worlds: usize, as_one: bool) -> (f64, f64) {
        const REPETITIONS: usize = 400;
        const SEEDS: usize = 3;
        // In a world the second policy is better by 1 and a standard normal deviate; over worlds its regret
        // is the mean of what that is below nothing.
        let truth = (1.0, 0.083_315_5);
        let mut stream = random_stream(5, 91);
        let mut normal = || math::normal_quantile(stream.unit().clamp(1e-9, 1.0 - 1e-9));
        let mut held = (0, 0);
        for _ in 0..REPETITIONS {
            let (mut first, mut second, mut clusters) = (Vec::new(), Vec::new(), Vec::new());
            for world in 0..worlds {
                let gain = 1.0 + normal();
                for seed in 0..SEEDS {
                    let luck = normal();
                    first.push(luck);
                    second.push(luck + gain);
                    let place = if as_one { world } else { world * SEEDS + seed };
                    clusters.push(Some(RunMember { place, weight: 1.0 }));
                }
            }
            let change = Difference::of_pairs(&first, &second, &clusters);
            held.0 += usize::from((change.change - truth.0).abs() <= change.margin);
            let regret = &regret(&[first, second], true, &[])[1];
            let margin = mean_and_margin(&by_member(&regret.each, &clusters), CONFIDENCE).1;
            held.1 += usize::from((regret.mean - truth.1).abs() <= margin);
        }
        (held.0 as f64 / REPETITIONS as f64, held.1 as f64 / REPETITIONS as f64)
    }

    #[test]
    fn intervals_of_policies_hold_the_truth_as_often_as_they_say() {
        for worlds in [8, 30] {
            let (change, _) = coverage(worlds, true);
            assert!((0.91..=0.99).contains(&change), "a change over {worlds} worlds: {change}");
        }
        // Regret is nothing in most worlds and large in few: its interval needs more of them.
        let (_, regret) = coverage(100, true);
        assert!((0.86..=0.99).contains(&regret), "a regret over 100 worlds: {regret}");
        let (change, _) = coverage(30, false);
        assert!(change < 0.85, "seeds that count as worlds of their own: {change}");
    }

    #[test]
    fn the_beaten_are_known() {
        let rows = [vec![1.0, 1.0], vec![2.0, 2.0], vec![3.0, 5.0], vec![2.0, 2.5], vec![f64::NAN, 0.0]];
        assert_eq!(pareto(&rows, &[true, false]), [Some(true), Some(true), Some(true), Some(false), None]);
    }
}
