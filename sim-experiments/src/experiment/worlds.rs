//! The members of an ensemble with which every point of an experiment is run.
//!
//! A member fills in what the question leaves open. What a scenario's file, `set`, a policy or a factor says
//! itself stays: a member that overruled it would answer another question.

use super::fields::ENSEMBLE;
use super::ground::Ground;
use super::issue::ExperimentIssue;
use serde::{Deserialize, Serialize};
use sim_core::members::{self, Member, Members, stated};
use sim_core::scenario::reading::{FileErrors, Group, Kind, Node, ValueError};
use sim_core::scenario::{InputError, InputErrors, Origins, Scenario};

/// The members with which every point is run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Worlds {
    /// The paths of the parameters that members set.
    pub paths: Vec<String>,
    /// The members, their weights summing to 1.
    pub members: Vec<Member>,
    /// For each scenario of the experiment, the paths that it sets itself: members leave them as they are.
    pub stated: Vec<Vec<String>>,
}

impl Worlds {
    /// So many members, or all, for scenarios that each set some paths themselves.
    pub fn of<'o>(
        members: &Members,
        count: Option<u32>,
        origins: impl IntoIterator<Item = &'o Origins>,
    ) -> Worlds {
        let paths = members.paths.clone();
        let stated = origins.into_iter().map(|origins| stated(&paths, origins)).collect();
        Worlds { paths, members: members.take(count), stated }
    }

    /// The members' weights.
    pub fn weights(&self) -> impl Iterator<Item = f64> {
        self.members.iter().map(|member| member.weight)
    }

    /// The member at a place among those taken, and what it sets in the scenario at another.
    pub fn changes(&self, member: usize, scenario: usize) -> impl Iterator<Item = (&str, &str)> {
        let stated = self.stated.get(scenario).map_or(&[][..], Vec::as_slice);
        self.members.get(member).into_iter().flat_map(|member| member.changes(&self.paths, stated))
    }

    /// Sets a member's values in the scenario at a place.
    ///
    /// # Errors
    /// If the scenario does not take one.
    pub fn set(&self, scenario: &mut Scenario, member: usize, at: usize) -> Result<(), InputErrors> {
        self.changes(member, at).try_for_each(|(path, value)| scenario.set(path, value))
    }

    /// Holds every member against the scenario at a place.
    ///
    /// # Errors
    /// The first member whose values the scenario does not take together.
    pub fn check(&self, scenario: &Scenario, at: usize) -> Result<(), Box<ExperimentIssue>> {
        for (place, member) in self.members.iter().enumerate() {
            let mut trial = scenario.clone();
            let found = self.set(&mut trial, place, at).and_then(|()| trial.check());
            if let Some(fault) = found.err().and_then(|faults| faults.0.into_iter().next()) {
                let fault = Box::new(fault);
                return Err(Box::new(ExperimentIssue::MembersRefused { number: member.number, fault }));
            }
        }
        Ok(())
    }

    /// How many parameters members set in the scenario at a place.
    pub fn open(&self, at: usize) -> usize {
        self.paths.len() - self.stated.get(at).map_or(0, Vec::len)
    }

    /// Members that were taken more than once.
    pub fn repeated(&self) -> usize {
        self.members.iter().filter(|member| member.copy == 1).count()
    }
}

/// Reads `Ensemble(count: 20)`, `Ensemble(file: "mine.csv")` or `Ensemble`. What scenarios set themselves is
/// not known here.
pub(super) fn read(
    node: &Node<'_>,
    ground: &Ground<'_>,
    faults: &mut FileErrors<'_>,
    elsewhere: &mut Vec<InputError>,
) -> Option<Worlds> {
    let body = match &node.kind {
        Kind::Word if node.text == "Ensemble" => None,
        Kind::Call("Ensemble", body) => Some(&**body),
        _ => {
            faults.add("worlds", ValueError::of(node, ExperimentIssue::NoWorlds));
            return None;
        }
    };
    let reader = body.and_then(|body| Group::of("worlds", body, ENSEMBLE, faults));
    let count = reader.as_ref().and_then(|reader| reader.whole("count", faults));
    let file = reader.as_ref().and_then(|reader| reader.get("file"));
    let members = match file {
        Some(node) => match ground.file_beside(node) {
            Ok(file) => members::read(&file.place, &file.bytes),
            Err(problem) => {
                faults.add("worlds.file", problem);
                return None;
            }
        },
        None => members::shipped(),
    };
    match members {
        Ok(members) => {
            let count = count.map(|count| count as u32);
            Some(Worlds { members: members.take(count), paths: members.paths, stated: Vec::new() })
        }
        Err(found) => {
            elsewhere.extend(found.0);
            None
        }
    }
}
