//! Reads a design by name.

use super::factor::{Factor, FactorKind};
use super::fields::{MORRIS, SALTELLI, SAMPLED};
use super::ground::Ground;
use super::issue::{ExperimentAdvice, ExperimentIssue};
use super::method::Method;
use super::points;
use sim_core::scenario::Advice;
use sim_core::scenario::reading::{
    About, FieldInfo, FileErrors, Group, Kind, Node, ValueError, flag, nearest, whole,
};

fn words() -> impl Iterator<Item = &'static str> {
    Method::FORMS.iter().map(|form| form.split('(').next().unwrap_or(form))
}

/// Reads a design.
pub(super) fn read(
    node: &Node<'_>,
    ground: &Ground<'_>,
    factors: &[Factor],
    faults: &mut FileErrors<'_>,
) -> Option<Method> {
    let (word, body) = match &node.kind {
        Kind::Word => (node.text, None),
        Kind::Call(word, body) => (*word, Some(&**body)),
        _ => ("", None),
    };
    if !words().any(|known| known == word) {
        let advice = Advice::meant(nearest(word, words()));
        let issue = ExperimentIssue::NoSuchDesign { forms: Method::forms() };
        faults.add("design", ValueError::of(node, issue).advise(advice));
        return None;
    }
    if factors.is_empty() {
        // The product of no factors is one point: the scenario as it is.
        if word == "Factorial" {
            return Some(Method::Replicates);
        }
        let problem = ValueError::of(node, ExperimentIssue::DesignNeedsFactor);
        faults.add("factors", problem.advise(ExperimentAdvice::ReplicatesAlone));
        return None;
    }
    let given = factors.iter().find(|factor| factor.kind == FactorKind::Given);
    if let (Some(factor), true) = (given, word != "Table") {
        let issue = ExperimentIssue::NotVaried { name: factor.name.clone() };
        faults.add("factors", ValueError::of(node, issue).advise(ExperimentAdvice::SayHow));
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
    faults: &mut FileErrors<'_>,
) -> Option<Method> {
    let (count, described): (&'static str, &'static [FieldInfo]) = match word {
        "Morris" => ("trajectories", MORRIS),
        "Saltelli" => ("samples", SALTELLI),
        _ => ("samples", SAMPLED),
    };
    let Some(body) = body else {
        let issue = ExperimentIssue::HowMany { count, design: word.to_owned() };
        faults.add("design", ValueError::of(node, issue));
        return None;
    };
    let reader = Group::of("design", body, described, faults)?;
    let samples = reader.whole(count, faults)? as u32;
    let seed = reader.read("seed", faults, |node| whole(node, 0, u64::MAX >> 1, About::Nothing));
    let seed = seed.unwrap_or(usual_seed(word));
    Some(match word {
        "LatinHypercube" => Method::LatinHypercube { samples, seed },
        "Sobol" => Method::Sobol { samples, seed },
        "Saltelli" => {
            let second_order = reader.read("second_order", faults, flag).unwrap_or(false);
            Method::Saltelli { samples, seed, second_order }
        }
        _ => {
            let levels = reader.whole("levels", faults).unwrap_or(4) as u32;
            if let (false, Some(node)) = (levels.is_multiple_of(2), reader.get("levels")) {
                faults.add(&reader.path("levels"), ValueError::of(node, ExperimentIssue::LevelsEven));
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
