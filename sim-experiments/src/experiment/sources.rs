//! Whatever sets something of a run, held against each other: one setting from two sources is refused with
//! both places.
//!
//! Without this the last one would win in silence: a policy that sets what a factor varies would be run as if
//! it did not.

use super::Factor;
use super::ground::Ground;
use super::issue::{ExperimentAdvice, ExperimentIssue};
use super::method::Method;
use super::names::Taken;
use sim_core::scenario::reading::{FileErrors, Node, ValueError};
use sim_core::scenario::{Origins, Scenario, shown};

/// Where things are set in an experiment's file.
#[derive(Default)]
pub(super) struct Sources {
    /// Paths that `set` changes, with the offsets of their values.
    pub changes: Vec<(String, usize)>,
    /// Names of factors and outcomes.
    pub names: Taken,
    /// Where the values of each of the experiment's scenarios were written.
    pub origins: Vec<Origins>,
    factors: Vec<Varied>,
    policies: Vec<Policy>,
}

/// A factor that varies a path.
struct Varied {
    name: String,
    path: String,
    /// Offset of the whole.
    at: usize,
    /// As written.
    value: String,
}

impl Varied {
    /// What is wrong with it.
    fn problem(&self, issue: ExperimentIssue) -> ValueError {
        ValueError { at: self.at, value: self.value.clone(), ..ValueError::nothing(issue) }
    }
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
                at: node.at,
                value: shown(node.text),
            });
        }
    }

    /// Notes a policy.
    pub fn policy(&mut self, policy: Policy) {
        self.policies.push(policy);
    }

    /// Reports every setting that has two sources.
    pub fn check(&self, ground: &Ground<'_>, method: Option<&Method>, faults: &mut FileErrors<'_>) {
        for (at, factor) in self.factors.iter().enumerate() {
            let path = &factor.path;
            if let Some(earlier) = self.factors.iter().take(at).find(|earlier| earlier.path == *path) {
                let issue = ExperimentIssue::VariedTwice {
                    path: path.clone(),
                    earlier: earlier.name.clone(),
                    line: faults.place(factor.at).0,
                    name: factor.name.clone(),
                };
                faults.add("factors", factor.problem(issue).advise(ExperimentAdvice::KeepOne));
            }
            // One at a time begins with the scenario as it is, and that is where `set` is seen.
            let is_seen = matches!(method, Some(Method::OneAtATime));
            let set = self.changes.iter().find(|(set, _)| set == path);
            if let (Some(&(_, offset)), false) = (set, is_seen) {
                let line = faults.place(offset).0;
                let issue =
                    ExperimentIssue::SetAndVaried { path: path.clone(), line, name: factor.name.clone() };
                faults.add("factors", factor.problem(issue).advise(ExperimentAdvice::DeleteFromSet));
            }
            self.check_policies(factor, ground, faults);
        }
        self.check_overridden(faults);
    }

    fn check_policies(&self, factor: &Varied, ground: &Ground<'_>, faults: &mut FileErrors<'_>) {
        let path = &factor.path;
        for policy in &self.policies {
            let set = policy.sets.iter().find(|(set, _)| set == path);
            let differs = policy.scenario.get(path) != ground.scenario.get(path);
            let (path, name) = (path.clone(), factor.name.clone());
            let own = policy.name.clone();
            let issue = match (set, differs) {
                (Some(&(_, offset)), _) => {
                    let line = faults.place(offset).0;
                    ExperimentIssue::PolicyAndFactor { path, policy: own, line, name }
                }
                (None, true) => {
                    let line = faults.place(policy.at).0;
                    let base = policy.base.clone().unwrap_or_default();
                    ExperimentIssue::BaseAndFactor { path, policy: own, line, base, name }
                }
                (None, false) => continue,
            };
            faults.add("factors", factor.problem(issue).advise(ExperimentAdvice::LeaveToOne));
        }
    }

    /// What `set` changes and every policy sets again has no effect.
    fn check_overridden(&self, faults: &mut FileErrors<'_>) {
        for (path, at) in &self.changes {
            let own = |policy: &Policy| policy.sets.iter().find(|(set, _)| set == path).map(|(_, at)| *at);
            let all: Option<Vec<usize>> = self.policies.iter().map(own).collect();
            let Some(&first) = all.as_ref().and_then(|all| all.first()) else {
                continue;
            };
            let issue = ExperimentIssue::SetAgain { path: path.clone(), line: faults.place(first).0 };
            let problem = ValueError { at: *at, ..ValueError::nothing(issue) };
            faults.add("set", problem.advise(ExperimentAdvice::DeleteHere));
        }
    }
}
