//! WorldStates of the world in which policies are held against each other: the other factors, the member of
//! an ensemble and the seed, each with the run of every policy.
//!
//! Runs of one draw are alike, and count as one in intervals ([`WorldState::cluster`]). Of a design that
//! draws its worlds, a world is a draw: its seeds tell its mean better, and no more of other worlds. Of one
//! that chooses its worlds nothing is drawn but seeds: a replicate over all worlds is a draw. With an
//! ensemble its members are.

use crate::comparison::RunMember;
use crate::experiment::{Factor, FactorKind, FactorSetting, Method};
use crate::plan::{Run, RunPlan};
use std::collections::BTreeMap;

/// A state of the world.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldState {
    /// The run of each policy; none where it was not run in this state.
    pub runs: Vec<Option<u64>>,
    /// The draw that it is of; none where nothing is known of draws.
    pub cluster: Option<RunMember>,
    /// How much it counts among all; those of all states need not sum to 1.
    pub weight: f64,
}

/// Policies, and the states of the world in which they were run.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldStates {
    /// The policies' names.
    pub names: Vec<String>,
    /// The policy that the others are held against.
    pub baseline: usize,
    /// The states.
    pub all: Vec<WorldState>,
}

impl WorldStates {
    /// Those of a plan; nothing if it has no policies.
    pub fn of(plan: &RunPlan) -> Option<WorldStates> {
        let factors = &plan.experiment().factors;
        let (place, names, baseline) = factors.iter().enumerate().find_map(of_policies)?;
        let all = if plan.policies().is_crossed() { crossed(plan) } else { varied(plan, place, names.len()) };
        Some(WorldStates { names: names.to_vec(), baseline, all })
    }

    /// A policy's values by state, from an outcome's values by run; not-a-number where there is none.
    pub fn values(&self, policy: usize, by_run: &[f64]) -> Vec<f64> {
        let value = |state: &WorldState| {
            let run = state.runs.get(policy).copied().flatten();
            run.and_then(|run| by_run.get(run as usize)).copied().unwrap_or(f64::NAN)
        };
        self.all.iter().map(value).collect()
    }

    /// The draw of each state.
    pub fn clusters(&self) -> Vec<Option<RunMember>> {
        self.all.iter().map(|state| state.cluster).collect()
    }

    /// The weights of states; none if all count the same.
    pub fn weights(&self) -> Vec<f64> {
        let first = self.all.first().map_or(1.0, |state| state.weight);
        if self.all.iter().all(|state| state.weight == first) {
            return Vec::new();
        }
        self.all.iter().map(|state| state.weight).collect()
    }
}

/// The place of a factor of policies, their names and the baseline.
fn of_policies((at, factor): (usize, &Factor)) -> Option<(usize, &[String], usize)> {
    match &factor.kind {
        FactorKind::Policies { names, baseline, .. } => Some((at, names, *baseline)),
        _ => None,
    }
}

/// The states of a design that is crossed with policies: each has them all.
fn crossed(plan: &RunPlan) -> Vec<WorldState> {
    let policies = plan.policies();
    let each: Vec<Vec<usize>> =
        (0..policies.names().len()).map(|policy| policies.points_by_world(policy).collect()).collect();
    // Equal worlds share their points: one state, that counts as often as it was drawn.
    let mut drawn: BTreeMap<Vec<usize>, u32> = BTreeMap::new();
    for world in 0..each.first().map_or(0, Vec::len) {
        *drawn.entry(each.iter().map(|points| points[world]).collect()).or_default() += 1;
    }
    let experiment = plan.experiment();
    let is_drawn = experiment.method.as_ref().is_some_and(Method::is_drawn)
        && experiment.method != Some(Method::Replicates);
    drawn.values_mut().filter(|_| !is_drawn).for_each(|times| *times = 1);
    let total: u32 = drawn.values().sum();
    let (replicates, here) = (u64::from(experiment.replicates), experiment.runs_at_point());
    let mut states = Vec::new();
    for (world, (points, times)) in drawn.into_iter().enumerate() {
        for at in 0..here {
            let runs: Vec<Option<u64>> = points.iter().map(|&point| Some(point as u64 * here + at)).collect();
            let of_member = member(plan, &plan.run(points[0] as u64 * here + at));
            let share = f64::from(times) / f64::from(total);
            let cluster = match (of_member, is_drawn) {
                (Some(member), _) => member,
                (None, true) => RunMember { place: world, weight: share },
                (None, false) => {
                    RunMember { place: (at % replicates) as usize, weight: 1.0 / replicates as f64 }
                }
            };
            let weight = share * of_member.map_or(1.0, |member| member.weight);
            states.push(WorldState { runs, cluster: Some(cluster), weight });
        }
    }
    states
}

/// The states of a design that varies policies as a factor: those that agree in everything else.
fn varied(plan: &RunPlan, place: usize, policies: usize) -> Vec<WorldState> {
    let mut found: BTreeMap<String, WorldState> = BTreeMap::new();
    for number in 0..plan.runs() {
        let run = plan.run(number);
        let mut settings = plan.settings(run.point);
        let FactorSetting::Policy(policy) = std::mem::replace(&mut settings[place], FactorSetting::Unchanged)
        else {
            continue;
        };
        let texts: Vec<String> = settings.iter().map(FactorSetting::text).collect();
        let key = format!("{}|{}|{}", texts.join("|"), run.member, run.seed);
        let cluster = member(plan, &run);
        let state = found.entry(key).or_insert_with(|| WorldState {
            runs: vec![None; policies],
            cluster,
            weight: cluster.map_or(1.0, |member| member.weight),
        });
        if let Some(slot) = state.runs.get_mut(policy) {
            *slot = Some(number);
        }
    }
    found.into_values().collect()
}

/// The member of an ensemble that a run is of; none without an ensemble.
pub fn member(plan: &RunPlan, run: &Run) -> Option<RunMember> {
    plan.member(run).map(|member| RunMember { place: run.member, weight: member.weight })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::load;
    use sim_core::scenario::MemorySource;

    fn states(more: &str) -> WorldStates {
        let text = format!("(name: \"x\", base: \"tiny\", outcomes: [\"shops\"], {more})");
        let experiment =
            load(&MemorySource::of("e.ron", text), "e.ron").unwrap_or_else(|fault| panic!("{fault}"));
        WorldStates::of(&RunPlan::new(experiment, "1.0", 1).unwrap()).unwrap()
    }

    const POLICIES: &str = "policies: [(name: \"on\"), (name: \"off\", set: (programme: (enabled: false)))]";

    fn places(states: &WorldStates) -> Vec<usize> {
        states.all.iter().map(|state| state.cluster.unwrap().place).collect()
    }

    #[test]
    fn drawn_worlds_are_draws_and_of_chosen_ones_the_seeds_are() {
        let factor = "factors: [(path: \"household.elasticity\", range: (3.0, 4.0), levels: 2)]";
        let drawn = states(&format!("{POLICIES}, {factor}, design: Sobol(samples: 3), replicates: 2"));
        assert!(drawn.all.iter().all(|state| state.runs.iter().all(Option::is_some)));
        assert_eq!(places(&drawn), [0, 0, 1, 1, 2, 2]);
        assert_eq!(drawn.weights(), [0.0; 0], "all count the same");
        let chosen = states(&format!("{POLICIES}, {factor}, design: Factorial, replicates: 3"));
        assert_eq!(places(&chosen), [0, 1, 2, 0, 1, 2]);
        let by_run: Vec<f64> = (0..12).map(f64::from).collect();
        assert_eq!(chosen.values(1, &by_run), [3.0, 4.0, 5.0, 9.0, 10.0, 11.0]);
    }

    #[test]
    fn a_world_that_is_drawn_twice_counts_twice() {
        let factor = "factors: [(path: \"programme.open_last_mile\", values: [true, false])]";
        let drawn = states(&format!("{POLICIES}, {factor}, design: LatinHypercube(samples: 3)"));
        assert_eq!(drawn.all.len(), 2, "equal worlds share their runs");
        let mut weights = drawn.weights();
        weights.sort_by(f64::total_cmp);
        assert_eq!(weights, [1.0 / 3.0, 2.0 / 3.0]);
    }

    #[test]
    fn a_sampled_design_draws_a_factor_of_policies_and_no_world_has_both() {
        let factors = format!(
            "factors: [(path: \"household.elasticity\", range: (3.0, 4.0)), ({POLICIES})], design: \
             Sobol(samples: 8)"
        );
        let found = states(&factors);
        assert!(found.all.iter().all(|state| state.runs.iter().flatten().count() == 1));
    }
}
