//! Whatever sets something of a run, held against each other: one setting from two sources is refused with
//! both places.
//!
//! Without this the last one would win in silence: a policy that sets what a factor varies would be run as if
//! it did not.

use super::Factor;
use super::load::Ground;
use super::method::Method;
use super::names::Taken;
use sim_core::scenario::Scenario;
use sim_core::scenario::reading::{FileFaults, Node, Problem};

/// Where things are set in an experiment's file.
#[derive(Default)]
pub(super) struct Sources {
    /// Paths that `set` changes, with the offsets of their values.
    pub changes: Vec<(String, usize)>,
    /// Names of factors and outcomes.
    pub names: Taken,
    factors: Vec<Varied>,
    policies: Vec<Policy>,
}

/// A factor that varies a path.
struct Varied {
    name: String,
    path: String,
    problem: Problem,
}

/// A policy.
pub(super) struct Policy {
    /// Its name.
    pub name: String,
    /// The scenario that it begins with, if it names one of its own.
    pub base: Option<String>,
    /// Paths that it sets, with the offsets of their values.
    pub sets: Vec<(String, usize)>,
    /// Offset of the whole.
    pub at: usize,
    /// The scenario that it is.
    pub scenario: Scenario,
}

impl Sources {
    /// Notes a factor.
    pub fn factor(&mut self, factor: &Factor, node: &Node<'_>) {
        if !factor.path.is_empty() {
            self.factors.push(Varied {
                name: factor.name.clone(),
                path: factor.path.clone(),
                problem: Problem::of(node, ""),
            });
        }
    }

    /// Notes a policy.
    pub fn policy(&mut self, policy: Policy) {
        self.policies.push(policy);
    }

    /// Reports every setting that has two sources.
    pub fn check(&self, ground: &Ground<'_>, method: Option<&Method>, faults: &mut FileFaults<'_>) {
        for (at, factor) in self.factors.iter().enumerate() {
            let path = &factor.path;
            let here = faults.place(factor.problem.at).0;
            let mut refuse = |message: String, help: &str| {
                let mut problem = factor.problem.clone();
                *problem.message = message.into();
                faults.add("factors", problem.advise(help));
            };
            if let Some(earlier) = self.factors.iter().take(at).find(|earlier| earlier.path == *path) {
                refuse(
                    format!(
                        "`{path}` is varied by two factors: `{}` and, in line {here}, `{}`",
                        earlier.name, factor.name
                    ),
                    "one of them would have no effect: keep one",
                );
            }
            // One at a time begins with the scenario as it is, and that is where `set` is seen.
            let is_seen = matches!(method, Some(Method::OneAtATime));
            let set = self.changes.iter().find(|(set, _)| set == path);
            if let (Some(&(_, offset)), false) = (set, is_seen) {
                let line = faults.place(offset).0;
                let mut problem = factor.problem.clone();
                *problem.message =
                    format!("`{path}` is set by `set` in line {line} and by the factor `{}`", factor.name)
                        .into();
                faults
                    .add("factors", problem.advise("every run has the factor's value: delete it from `set`"));
            }
            self.check_policies(factor, ground, faults);
        }
        self.check_overridden(faults);
    }

    fn check_policies(&self, factor: &Varied, ground: &Ground<'_>, faults: &mut FileFaults<'_>) {
        let path = &factor.path;
        for policy in &self.policies {
            let set = policy.sets.iter().find(|(set, _)| set == path);
            let differs = policy.scenario.get(path) != ground.scenario.get(path);
            let by = match (set, differs) {
                (Some(&(_, offset)), _) => {
                    format!("the policy `{}` in line {}", policy.name, faults.place(offset).0)
                }
                (None, true) => format!(
                    "the policy `{}` in line {} (its base `{}`)",
                    policy.name,
                    faults.place(policy.at).0,
                    policy.base.as_deref().unwrap_or_default()
                ),
                (None, false) => continue,
            };
            let mut problem = factor.problem.clone();
            *problem.message = format!("`{path}` is set by {by} and by the factor `{}`", factor.name).into();
            let help = "the factor would undo the policy: leave it to one of them";
            faults.add("factors", problem.advise(help));
        }
    }

    /// What `set` changes and every policy sets again has no effect.
    fn check_overridden(&self, faults: &mut FileFaults<'_>) {
        for (path, at) in &self.changes {
            let own = |policy: &Policy| policy.sets.iter().find(|(set, _)| set == path).map(|(_, at)| *at);
            let all: Option<Vec<usize>> = self.policies.iter().map(own).collect();
            let Some(&first) = all.as_ref().and_then(|all| all.first()) else {
                continue;
            };
            let mut problem = Problem::nothing("");
            problem.at = *at;
            *problem.message = format!(
                "`{path}` is set here and again by every policy, first in line {}",
                faults.place(first).0
            )
            .into();
            faults.add("set", problem.advise("delete it here: it has no effect"));
        }
    }
}
