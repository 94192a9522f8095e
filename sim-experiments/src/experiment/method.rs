//! How factors are varied: the design by name; its points are made in [`crate::design`].

use super::Factor;
use super::factor::FactorKind;
use super::fields::{MORRIS, SAMPLED};
use super::issue::{ExperimentAdvice, ExperimentIssue};
use super::load::Ground;
use super::points;
use serde::{Deserialize, Serialize};
use sim_core::scenario::Advice;
use sim_core::scenario::reading::{About, FieldInfo, FileFaults, Group, Kind, Node, Problem, nearest, whole};

/// How factors are varied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// Every combination of the factors' levels.
    Factorial,
    /// The scenario itself, and each factor alone at each of its levels.
    OneAtATime,
    /// A Latin hypercube (McKay, Beckman, Conover 1979).
    LatinHypercube {
        /// Points.
        samples: u32,
        /// The seed of its permutations.
        seed: u64,
    },
    /// A Sobol sequence.
    Sobol {
        /// Points.
        samples: u32,
        /// The seed of its random shift.
        seed: u64,
    },
    /// Saltelli's scheme on a Sobol sequence, for first and total indices: `samples` × (factors + 2) points.
    Saltelli {
        /// Base samples; a power of two is best.
        samples: u32,
        /// The seed of the sequence's random shift.
        seed: u64,
    },
    /// Morris' trajectories (Morris 1991): `trajectories` × (factors + 1) points.
    Morris {
        /// Trajectories.
        trajectories: u32,
        /// Levels of the grid; even.
        levels: u32,
        /// The seed of the trajectories.
        seed: u64,
    },
    /// The scenario as it is, once for each replicate; nothing is varied but the seed.
    Replicates,
    /// Points from a CSV file with a column for each factor: their values, as written in scenarios.
    Table {
        /// The rows.
        rows: Vec<Vec<String>>,
    },
}

impl Method {
    /// How each is written.
    pub const FORMS: [&'static str; 7] = [
        "Factorial",
        "OneAtATime",
        "LatinHypercube(samples: 100)",
        "Sobol(samples: 128)",
        "Saltelli(samples: 64)",
        "Morris(trajectories: 10)",
        "Table(\"points.csv\")",
    ];

    /// The same, for messages.
    pub(super) fn forms() -> Vec<String> {
        Method::FORMS.iter().map(|&form| form.to_owned()).collect()
    }

    /// Whether its points are drawn from the factors' distributions, or its runs differ in luck alone, so
    /// that shares and quantiles over them mean something. The points of other designs are chosen.
    pub fn is_drawn(&self) -> bool {
        match self {
            Method::LatinHypercube { .. }
            | Method::Sobol { .. }
            | Method::Saltelli { .. }
            | Method::Replicates => true,
            Method::Factorial | Method::OneAtATime | Method::Morris { .. } | Method::Table { .. } => false,
        }
    }

    /// Its word.
    pub fn name(&self) -> &'static str {
        match self {
            Method::Factorial => "Factorial",
            Method::OneAtATime => "OneAtATime",
            Method::LatinHypercube { .. } => "LatinHypercube",
            Method::Sobol { .. } => "Sobol",
            Method::Saltelli { .. } => "Saltelli",
            Method::Morris { .. } => "Morris",
            Method::Replicates => "Replicates",
            Method::Table { .. } => "Table",
        }
    }
}

fn words() -> impl Iterator<Item = &'static str> {
    Method::FORMS.iter().map(|form| form.split('(').next().unwrap_or(form))
}

/// Reads a design.
pub(super) fn read(
    node: &Node<'_>,
    ground: &Ground<'_>,
    factors: &[Factor],
    faults: &mut FileFaults<'_>,
) -> Option<Method> {
    let (word, body) = match &node.kind {
        Kind::Word => (node.text, None),
        Kind::Call(word, body) => (*word, Some(&**body)),
        _ => ("", None),
    };
    if !words().any(|known| known == word) {
        let advice = Advice::meant(nearest(word, words()));
        let issue = ExperimentIssue::NoSuchDesign { forms: Method::forms() };
        faults.add("design", Problem::of(node, issue).advise(advice));
        return None;
    }
    if factors.is_empty() {
        // The product of no factors is one point: the scenario as it is.
        if word == "Factorial" {
            return Some(Method::Replicates);
        }
        let problem = Problem::of(node, ExperimentIssue::DesignNeedsFactor);
        faults.add("factors", problem.advise(ExperimentAdvice::ReplicatesAlone));
        return None;
    }
    let given = factors.iter().find(|factor| factor.kind == FactorKind::Given);
    if let (Some(factor), true) = (given, word != "Table") {
        let issue = ExperimentIssue::NotVaried { name: factor.name.clone() };
        faults.add("factors", Problem::of(node, issue).advise(ExperimentAdvice::SayHow));
        return None;
    }
    match word {
        "Factorial" => Some(Method::Factorial),
        "OneAtATime" => Some(Method::OneAtATime),
        "Table" => points::read(node, body, ground, factors, faults),
        _ => sampled(word, node, body, faults),
    }
}

/// The designs that say how many samples they take.
fn sampled(
    word: &str,
    node: &Node<'_>,
    body: Option<&Node<'_>>,
    faults: &mut FileFaults<'_>,
) -> Option<Method> {
    let (count, described): (&'static str, &'static [FieldInfo]) = match word {
        "Morris" => ("trajectories", MORRIS),
        _ => ("samples", SAMPLED),
    };
    let Some(body) = body else {
        let issue = ExperimentIssue::HowMany { count, design: word.to_owned() };
        faults.add("design", Problem::of(node, issue));
        return None;
    };
    let reader = Group::of("design", body, described, faults)?;
    let samples = reader.whole(count, faults)? as u32;
    let seed = reader.read("seed", faults, |node| whole(node, 0, u64::MAX >> 1, About::Nothing));
    let seed = seed.unwrap_or(usual_seed(word));
    Some(match word {
        "LatinHypercube" => Method::LatinHypercube { samples, seed },
        "Sobol" => Method::Sobol { samples, seed },
        "Saltelli" => Method::Saltelli { samples, seed },
        _ => {
            let levels = reader.whole("levels", faults).unwrap_or(4) as u32;
            if let (false, Some(node)) = (levels.is_multiple_of(2), reader.get("levels")) {
                faults.add(&reader.path("levels"), Problem::of(node, ExperimentIssue::LevelsEven));
            }
            Method::Morris { trajectories: samples, levels, seed }
        }
    })
}

/// The seed of a design that names none: the one that it always had.
fn usual_seed(word: &str) -> u64 {
    match word {
        "Sobol" | "Saltelli" => 0,
        _ => 1,
    }
}
