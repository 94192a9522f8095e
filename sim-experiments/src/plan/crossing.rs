//! The policies that a design is crossed with: the part of the runs that each of them has.
//!
//! Policies stand last among the factors and change fastest, so that row r of the design is of policy r
//! modulo their number, in world r divided by it.

use crate::experiment::{Factor, FactorKind, apart};

/// The policies of which each is run at every point of a design. A design without any counts as one policy
/// without a name, so that whatever is told by policy is told of all designs in the same way.
#[derive(Clone, Copy, Debug)]
pub struct Crossing<'p> {
    /// The point of each row of the design.
    rows: &'p [usize],
    names: &'p [String],
    baseline: usize,
}

impl<'p> Crossing<'p> {
    /// Of the factors of a plan and the point of each row of its design.
    pub(super) fn of(factors: &'p [Factor], rows: &'p [usize]) -> Crossing<'p> {
        const ALONE: &[String] = &[String::new()];
        match apart(factors).1.map(|factor| &factor.kind) {
            Some(FactorKind::Policies { names, baseline, .. }) => {
                Crossing { rows, names, baseline: *baseline }
            }
            _ => Crossing { rows, names: ALONE, baseline: 0 },
        }
    }

    /// Their names; one empty name if the design is crossed with none.
    pub fn names(self) -> &'p [String] {
        self.names
    }

    /// Whether there are policies.
    pub fn is_crossed(self) -> bool {
        self.names.iter().any(|name| !name.is_empty())
    }

    /// The policy that the others are held against.
    pub fn baseline(self) -> usize {
        self.baseline
    }

    /// The name of a policy; none without policies.
    pub fn name(self, policy: usize) -> Option<&'p str> {
        self.names.get(policy).map(String::as_str).filter(|name| !name.is_empty())
    }

    /// The points of a policy, world by world in the order of the design; equal worlds share theirs.
    pub fn points_by_world(self, policy: usize) -> impl Iterator<Item = usize> {
        self.rows.iter().skip(policy).step_by(self.names.len()).copied()
    }

    /// The points of a policy, each once, in the order of their numbers.
    pub fn points(self, policy: usize) -> Vec<usize> {
        let mut points: Vec<usize> = self.points_by_world(policy).collect();
        points.sort_unstable();
        points.dedup();
        points
    }
}

#[cfg(test)]
mod tests {
    use crate::experiment::load;
    use crate::plan::RunPlan;
    use sim_core::scenario::MemorySource;

    /// An experiment with two policies and a factor, with the parts of its file that matter.
    fn planned(more: &str) -> Result<RunPlan, String> {
        let text = format!(
            "(name: \"x\", base: \"tiny\", outcomes: [\"shops\"], policies: [(name: \"on\"), (name: \"off\", \
             set: (programme: (enabled: false)))], {more})"
        );
        let experiment =
            load(&MemorySource::of("e.ron", text), "e.ron").map_err(|faults| faults.to_string())?;
        RunPlan::new(experiment, "1.0", 1)
    }

    const FACTOR: &str = "factors: [(path: \"household.elasticity\", range: (3.0, 4.0))]";

    #[test]
    fn every_policy_is_run_in_every_world_of_any_design_with_the_same_seeds() {
        for (design, worlds) in [
            ("Factorial", 5),
            ("OneAtATime", 6),
            ("LatinHypercube(samples: 7)", 7),
            ("Sobol(samples: 8)", 8),
            ("Saltelli(samples: 2)", 6),
            ("Morris(trajectories: 3)", 6),
        ] {
            for common in [true, false] {
                let more = format!(
                    "{FACTOR}, design: {design}, replicates: 2, common_random_numbers: {common}, baseline: \
                     \"off\""
                );
                let plan = planned(&more).unwrap();
                let policies = plan.policies();
                assert_eq!((policies.names().len(), policies.baseline()), (2, 1));
                assert_eq!(plan.experiment().varied().len(), 1);
                let [on, off] = [0, 1].map(|policy| policies.points_by_world(policy).collect::<Vec<_>>());
                assert_eq!((on.len(), off.len()), (worlds, worlds), "{design}");
                for (&on, &off) in on.iter().zip(&off) {
                    let [a, b] = [on, off].map(|point| plan.settings(point));
                    assert_eq!(a[0], b[0], "{design}: one world");
                    assert_ne!(a[1], b[1], "{design}: two policies");
                    let seeds = |point: usize| [0, 1].map(|at| plan.run(point as u64 * 2 + at).seed);
                    assert_eq!(seeds(on), seeds(off), "{design}, common: {common}");
                    assert_eq!(plan.world(on, 0).is_ok(), plan.world(off, 0).is_ok());
                }
            }
        }
    }

    #[test]
    fn policies_without_factors_are_run_as_they_are() {
        let plan = planned("replicates: 3").unwrap();
        assert_eq!((plan.points(), plan.runs()), (2, 6));
        assert!(plan.job(5).unwrap().scenario.get("programme.enabled").is_some_and(|value| value == "false"));
    }

    #[test]
    fn policies_in_two_places_and_baselines_that_are_none_are_refused_together() {
        let fault = planned(
            "factors: [(policies: [(name: \"a\")])], design: Factorial, baseline: \"of\", maximise: \"shop\"",
        )
        .unwrap_err();
        for said in [
            "policies stand in `policies` or in a factor, not in both",
            "there is no policy `of`; there are on, off",
            "did you mean `off`?",
            "`shop` is not kept as a number of each run; kept are shops",
        ] {
            assert!(fault.contains(said), "{said}: {fault}");
        }
        let alone = "(name: \"x\", base: \"tiny\", replicates: 2, baseline: \"on\")";
        let fault = load(&MemorySource::of("e.ron", alone), "e.ron").unwrap_err().to_string();
        assert!(fault.contains("there are no `policies` of which one could be the baseline"), "{fault}");
    }
}
