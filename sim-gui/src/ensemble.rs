//! The ensemble that ships, asked by the window: each run of a plan with parameters of its own.
//!
//! As for the commands, a member fills in what plan and scenario leave open. So many members are taken, by
//! their weights, as a level has runs; run and member have the same number, so that two plans are compared
//! with the same member and the same seed, pair by pair.

use sim_core::members::{self, Member};
use sim_core::scenario::{Origins, Scenario};
use std::sync::OnceLock;

/// Members that are taken: one for each run of a level.
const MEMBERS: u32 = 8;

/// Members, each for a run, with the paths that they set.
struct Taken {
    paths: Vec<String>,
    members: Vec<Member>,
}

fn taken() -> &'static Taken {
    static TAKEN: OnceLock<Taken> = OnceLock::new();
    TAKEN.get_or_init(|| match members::shipped() {
        Ok(all) => Taken { members: all.take(Some(MEMBERS)), paths: all.paths },
        Err(faults) => unreachable!("a test reads the ensemble that ships: {faults}"),
    })
}

/// The paths that a scenario and its changes set, and members leave as they are.
pub fn stated(origins: &Origins) -> Vec<String> {
    members::stated(&taken().paths, origins)
}

/// A scenario with the parameters of the member whose number a run has, but for those that it states itself;
/// none if it does not go with them.
pub fn with_member(scenario: &Scenario, stated: &[String], run: u32) -> Option<Scenario> {
    let Taken { paths, members } = taken();
    let member = members.get(run as usize % members.len().max(1))?;
    let mut scenario = scenario.clone();
    for (path, value) in member.changes(paths, stated) {
        scenario.parameters.set(path, value).ok()?;
    }
    scenario.check().ok()?;
    Some(scenario)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::LEAST;
    use crate::plan::{Plan, Prepared};

    #[test]
    fn members_differ_and_leave_what_the_plan_sets() {
        let values = |plan: &Prepared, path: &str| -> Vec<String> {
            let of = |run| with_member(&plan.scenario, &plan.stated, run).unwrap();
            (0..MEMBERS).map(|run| of(run).get(path).unwrap()).collect()
        };
        let open = Plan::of("tiny").prepare().unwrap();
        let differs = |path: &&String| values(&open, path).windows(2).any(|pair| pair[0] != pair[1]);
        let path = taken().paths.iter().find(differs).expect("members differ in something");
        let own = open.scenario.get(path).unwrap();
        let set = Plan::of("tiny").with(path, &own).prepare().unwrap();
        assert!(values(&set, path).iter().all(|value| *value == own));
    }

    /// As many pairs as a difference needs to be told from chance, each with a member of its own.
    #[test]
    fn there_is_a_member_for_each_run() {
        assert_eq!(MEMBERS as usize, LEAST);
    }
}
