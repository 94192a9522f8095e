//! Reads factors, and tries their values on the scenario.

use super::factor::{Factor, FactorKind, Shape, number};
use super::fields::{FACTOR, WAYS};
use super::issue::{
    Counted, ExperimentAdvice, ExperimentExpected, ExperimentIssue, Listed, Moment, Named, Together,
};
use super::policies;
use super::sources::Sources;
use super::value::Sort;
use super::{BaseScenario, changes::tried, ground::Ground, names};
use sim_core::base::Unit;
use sim_core::params::ValueKind;
use sim_core::scenario::Advice;
use sim_core::scenario::reading::{
    About, FileErrors, Group, Kind, Node, ValueError, list, mismatch, nearest, real, text, whole,
};
use sim_core::scenario::{Scenario, path_info, paths, renamed};

/// Values in designs that step through a range, if none are asked for.
const LEVELS: u32 = 5;

/// The name of a factor of policies that is given none.
const POLICY: &str = "policy";

/// Reads the list of factors; `scenarios` gets one more for each policy, and `sources` what each of them
/// sets.
pub(super) fn read(
    node: &Node<'_>,
    ground: &Ground<'_>,
    scenarios: &mut Vec<BaseScenario>,
    sources: &mut Sources,
    faults: &mut FileErrors<'_>,
) -> Vec<Factor> {
    let nodes = match list(node, ExperimentExpected::Factors) {
        Ok(nodes) => nodes,
        Err(problem) => {
            faults.add("factors", problem);
            return Vec::new();
        }
    };
    let mut factors: Vec<Factor> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let path = format!("factors[{at}]");
        let Some(factor) = factor(&path, node, ground, scenarios, sources, faults) else {
            continue;
        };
        sources.factor(&factor, node);
        if let Err(problem) = sources.names.factor(node, &factor) {
            faults.add(&path, problem);
        }
        factors.push(factor);
    }
    let policies = |factor: &&Factor| matches!(factor.kind, FactorKind::Policies { .. });
    if factors.iter().filter(policies).count() > 1 {
        faults.add("factors", ValueError::of(node, ExperimentIssue::OnePolicyFactor));
    }
    factors
}

/// Reads the experiment's own `policies`, which every design is crossed with, and their `baseline`.
pub(super) fn crossed(
    reader: &Group<'_, '_>,
    ground: &Ground<'_>,
    scenarios: &mut Vec<BaseScenario>,
    sources: &mut Sources,
    faults: &mut FileErrors<'_>,
) -> Option<Factor> {
    let Some(node) = reader.get("policies") else {
        if let Some(node) = reader.get("baseline") {
            faults.add("baseline", ValueError::of(node, ExperimentIssue::BaselineAlone));
        }
        return None;
    };
    let (names, indices) = policies::read(reader, ground, scenarios, sources, faults)?;
    let baseline = reader.read("baseline", faults, |node| {
        let wanted = text(node, ExperimentExpected::PolicyName)?;
        names.iter().position(|name| *name == wanted).ok_or_else(|| {
            let near = nearest(&wanted, names.iter().map(String::as_str));
            let issue = ExperimentIssue::NoPolicy { name: wanted.clone(), known: names.clone() };
            ValueError::of(node, issue).advise(Advice::meant(near))
        })
    });
    let kind = FactorKind::Policies {
        names,
        scenarios: indices,
        crossed: true,
        baseline: baseline.unwrap_or_default(),
    };
    let factor = Factor { name: POLICY.to_owned(), unit: Unit::NONE, path: String::new(), kind };
    if let Err(problem) = sources.names.factor(node, &factor) {
        faults.add("policies", problem);
    }
    Some(factor)
}

fn factor(
    path: &str,
    node: &Node<'_>,
    ground: &Ground<'_>,
    scenarios: &mut Vec<BaseScenario>,
    sources: &mut Sources,
    faults: &mut FileErrors<'_>,
) -> Option<Factor> {
    let reader = Group::of(path, node, FACTOR, faults)?;
    let ways: Vec<&'static str> = WAYS.into_iter().filter(|way| reader.has(way)).collect();
    if ways.len() > 1 {
        faults.add(path, ValueError::of(node, ExperimentIssue::OneWay { ways: Together(ways) }));
        return None;
    }
    let name = reader.read("name", faults, names::plain);
    if ways == ["policies"] {
        if let Some(node) = reader.get("path") {
            faults.add(&reader.path("path"), ValueError::of(node, ExperimentIssue::PolicyPath));
        }
        let (names, indices) = policies::read(&reader, ground, scenarios, sources, faults)?;
        return Some(Factor {
            name: name.unwrap_or_else(|| POLICY.to_owned()),
            unit: Unit::NONE,
            path: String::new(),
            kind: FactorKind::Policies { names, scenarios: indices, crossed: false, baseline: 0 },
        });
    }
    reader.require("path", faults);
    let target = reader.read("path", faults, |node| target(node))?;
    let levels = reader.read("levels", faults, |node| whole(node, 2, 10_000, Counted::Values));
    let levels = levels.map_or(LEVELS, |levels| levels as u32);
    let kind = match ways.first() {
        None => FactorKind::Given,
        Some(&"values") => FactorKind::Values(values(&reader, &target, &ground.scenario, faults)?),
        Some(&way) => numbers(way, &reader, &target, levels, &ground.scenario, faults)?,
    };
    Some(Factor {
        name: name.unwrap_or_else(|| target.path.clone()),
        unit: target.unit,
        path: target.path,
        kind,
    })
}

/// What a factor sets.
struct Target {
    path: String,
    unit: Unit,
    kind: ValueKind,
    range: Option<(f64, f64)>,
}

fn target(node: &Node<'_>) -> Result<Target, ValueError> {
    let path = text(node, ExperimentExpected::Path)?;
    let help = match path.as_str() {
        "seed" => Some(ExperimentAdvice::Seeds),
        "name" | "question" => Some(ExperimentAdvice::ChangesNothing),
        "places.table" => Some(ExperimentAdvice::TableAsPolicy),
        _ => None,
    };
    if let Some(help) = help {
        return Err(ValueError::of(node, ExperimentIssue::NoFactor { path }).advise(help));
    }
    if let Some(info) = path_info(&path) {
        return Ok(Target {
            unit: match Sort::of(&path) {
                Sort::Number | Sort::Whole => info.unit,
                Sort::Flag | Sort::Date | Sort::Word => Unit::NONE,
            },
            path,
            kind: info.kind,
            range: info.range,
        });
    }
    let paths: Vec<String> = paths().collect();
    let near = || Advice::meant(nearest(&path, paths.iter().map(String::as_str)));
    let advice = renamed(&path).map_or_else(near, |name| Advice::NowCalled { name: name.to_owned() });
    Err(ValueError::of(node, ExperimentIssue::NoPath { path }).advise(advice))
}

fn values(
    reader: &Group<'_, '_>,
    target: &Target,
    scenario: &Scenario,
    faults: &mut FileErrors<'_>,
) -> Option<Vec<String>> {
    let nodes = reader.list("values", faults)?;
    if nodes.is_empty() {
        let issue = ExperimentIssue::ListIsEmpty { of: Listed::Values };
        faults.add(&reader.path("values"), ValueError::of(reader.node(), issue));
        return None;
    }
    let mut kept: Vec<String> = Vec::new();
    for node in nodes {
        if let Err(problem) = tried(scenario, &target.path, node.text, node) {
            faults.add(&reader.path("values"), problem);
        } else if let Some(earlier) = kept.iter().find(|earlier| is_same(earlier, node.text)) {
            let (value, earlier) = (node.text.to_owned(), earlier.clone());
            let issue = if earlier == value {
                ExperimentIssue::GivenTwice { what: Named::Value { value } }
            } else {
                ExperimentIssue::ValueBefore { value, earlier }
            };
            let problem = ValueError::of(node, issue).advise(ExperimentAdvice::ValuesOnce);
            faults.add(&reader.path("values"), problem);
        }
        kept.push(node.text.to_owned());
    }
    Some(kept)
}

/// Whether two values as written are the same.
fn is_same(a: &str, b: &str) -> bool {
    a == b || number(a).is_some_and(|value| number(b) == Some(value))
}

fn numbers(
    way: &'static str,
    reader: &Group<'_, '_>,
    target: &Target,
    levels: u32,
    scenario: &Scenario,
    faults: &mut FileErrors<'_>,
) -> Option<FactorKind> {
    let whole = target.kind == ValueKind::Whole;
    if !target.kind.is_number() {
        let issue = ExperimentIssue::NoNumber { path: target.path.clone(), kind: target.kind, way };
        let problem = ValueError::of(reader.node(), issue).advise(ExperimentAdvice::ListValues);
        faults.add(&reader.path(way), problem);
        return None;
    }
    match way {
        "range" | "log_range" => {
            let own = scenario.get(&target.path).and_then(|text| number(&text));
            let is_log = way == "log_range";
            let (low, high) = reader.read(way, faults, |node| ends(node, is_log, whole, own))?;
            let node = reader.get(way)?;
            for end in [low, high] {
                let written = Factor::at_number(end);
                if let Err(problem) = tried(scenario, &target.path, &written, node) {
                    faults.add(&reader.path(way), problem);
                    return None;
                }
            }
            Some(FactorKind::Range { low, high, is_log: way == "log_range", whole, levels })
        }
        _ => {
            let shape = reader.read(way, faults, |node| shape(way, node))?;
            let within = target.range.map_or((0.0, 1.0), |(low, high)| (shape.below(low), shape.below(high)));
            if within.1 - within.0 < 1e-6 {
                let issue = ExperimentIssue::OutsideParameter;
                faults.add(&reader.path(way), ValueError::of(reader.node(), issue));
                return None;
            }
            Some(FactorKind::Distribution { shape, within, whole, levels })
        }
    }
}

impl Factor {
    fn at_number(number: f64) -> String {
        super::FactorSetting::Number(number).text()
    }
}

/// Reads `(low, high)`, or `Around(share)` of the scenario's own value.
fn ends(node: &Node<'_>, is_log: bool, whole: bool, own: Option<f64>) -> Result<(f64, f64), ValueError> {
    let (low, high) = match &node.kind {
        Kind::Call("Around", body) => around(node, body, is_log, whole, own)?,
        _ => {
            let numbers = tuple(node, 2, ExperimentExpected::Ends)?;
            (numbers[0], numbers[1])
        }
    };
    match () {
        () if low >= high => Err(ValueError::of(node, ExperimentIssue::LesserFirst { low, high })),
        () if is_log && low <= 0.0 => Err(ValueError::of(node, ExperimentIssue::LogAboveZero)),
        () => Ok((low, high)),
    }
}

/// A share of the scenario's own value to either side of it; of a range by logarithm, the value divided and
/// multiplied by one and the share, so that it stays in the middle.
fn around(
    node: &Node<'_>,
    body: &Node<'_>,
    is_log: bool,
    whole: bool,
    own: Option<f64>,
) -> Result<(f64, f64), ValueError> {
    let share = tuple(body, 1, ExperimentExpected::Ends)?[0];
    if !(share > 0.0 && (is_log || share <= 1.0)) {
        return Err(ValueError::of(node, ExperimentIssue::ShareAround { share }));
    }
    let Some(own) = own.filter(|own| *own != 0.0) else {
        return Err(ValueError::of(node, ExperimentIssue::NothingAround));
    };
    let (low, high) = match is_log {
        true => (own / (1.0 + share), own * (1.0 + share)),
        false => (own - own.abs() * share, own + own.abs() * share),
    };
    // Of a whole number at least its neighbours.
    Ok(if whole { (low.round().min(own - 1.0), high.round().max(own + 1.0)) } else { (low, high) })
}

fn tuple(node: &Node<'_>, count: usize, expected: ExperimentExpected) -> Result<Vec<f64>, ValueError> {
    match &node.kind {
        Kind::Tuple(nodes) | Kind::List(nodes) if nodes.len() == count => {
            nodes.iter().map(|node| real(node, f64::MIN, f64::MAX, About::Nothing)).collect()
        }
        _ => Err(mismatch(node, expected)),
    }
}

fn shape(way: &str, node: &Node<'_>) -> Result<Shape, ValueError> {
    let above = |value: f64, what: Moment| {
        if value > 0.0 {
            Ok(value)
        } else {
            Err(ValueError::of(node, ExperimentIssue::NotAbove { what, value }))
        }
    };
    match way {
        "normal" => {
            let numbers = tuple(node, 2, ExperimentExpected::Normal)?;
            Ok(Shape::Normal { mean: numbers[0], deviation: above(numbers[1], Moment::Deviation)? })
        }
        "log_normal" => {
            let numbers = tuple(node, 2, ExperimentExpected::LogNormal)?;
            Ok(Shape::LogNormal {
                median: above(numbers[0], Moment::Median)?,
                sigma: above(numbers[1], Moment::Deviation)?,
            })
        }
        _ => {
            let numbers = tuple(node, 3, ExperimentExpected::Triangular)?;
            let (low, mode, high) = (numbers[0], numbers[1], numbers[2]);
            if low < high && low <= mode && mode <= high {
                Ok(Shape::Triangular { low, mode, high })
            } else {
                Err(ValueError::of(node, ExperimentIssue::NotInOrder))
            }
        }
    }
}
