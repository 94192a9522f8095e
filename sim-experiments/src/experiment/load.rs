//! From an experiment's file to a checked experiment.

use super::changes::{ChangedField, changes};
use super::factor::{Factor, FactorKind};
use super::fields::EXPERIMENT;
use super::ground::{Ground, Resolved, resolve};
use super::issue::{Counted, ExperimentAdvice, ExperimentExpected, ExperimentIssue};
use super::method::Method;
use super::sources::Sources;
use super::{
    BaseScenario, Budget, Experiment, Worlds, budget, factor_reader, method_reader, names, outcome_reader,
    search, worlds,
};
use sim_core::scenario::reading::{
    About, FileErrors, Group, Kind, Node, ValueError, decoded, flag, refuse_unwelcome, scan, text, whole,
    whole_file,
};
use sim_core::scenario::{Advice, InputError, InputErrors, Issue, Scenario, Source, path_info, shown};

/// Reads an experiment.
///
/// # Errors
/// All faults at once: of the file, of the scenarios that it names, of values that their fields do not take.
pub fn load(source: &dyn Source, path: &str) -> Result<Experiment, InputErrors> {
    let shown_path = shown(path);
    let whole = |issue: Issue| InputErrors(vec![whole_file(&shown_path, issue, Advice::Nothing)]);
    let bytes = source.read(path).map_err(|reason| whole(Issue::Unread { reason }))?;
    let content = decoded(&shown_path, &bytes).map_err(|fault| InputErrors(vec![*fault]))?;
    let mut faults = FileErrors::new(&shown_path, content);
    refuse_unwelcome(content, &mut faults);
    let scanned = scan(content);
    scanned.faults.into_iter().for_each(|fault| faults.add_syntax(fault));
    let mut elsewhere = Vec::new();
    let folder = path.get(..path.rfind('/').map_or(0, |slash| slash + 1)).unwrap_or("");
    let experiment =
        scanned.root.and_then(|root| experiment(source, folder, &root, &mut faults, &mut elsewhere));
    let mut all = faults.finish();
    all.extend(elsewhere);
    match experiment {
        Some(experiment) if all.is_empty() => Ok(experiment),
        _ if all.is_empty() => Err(whole(ExperimentIssue::NoExperiment.into())),
        _ => Err(InputErrors(all)),
    }
}

/// Whether a text is meant as an experiment, whatever is wrong with it: it has a field that experiments have
/// and scenarios do not.
pub fn is_experiment(text: &str) -> bool {
    let Some(Kind::Fields(fields)) = scan(text).root.map(|root| root.kind) else {
        return false;
    };
    let is_own = |name: &str| {
        let known = EXPERIMENT.iter().any(|field| field.path == name);
        known && path_info(name).is_none() && name != "base"
    };
    fields.iter().any(|field| is_own(field.name))
}

fn experiment(
    source: &dyn Source,
    folder: &str,
    root: &Node<'_>,
    faults: &mut FileErrors<'_>,
    elsewhere: &mut Vec<InputError>,
) -> Option<Experiment> {
    let reader = Group::of("", root, EXPERIMENT, faults)?;
    let name = reader.read("name", faults, names::plain);
    let question = reader.text("question", faults);
    let base = reader.read("base", faults, |node| text(node, ExperimentExpected::Text))?;
    let defaults = Scenario::builtin("tiny")?;
    let changes = reader.get("set").map(|node| changes("set", node, &defaults, faults));
    let changes = changes.unwrap_or_default();
    let mut sources = Sources::default();
    sources.changes = changes.iter().map(|change| (change.path.clone(), change.at)).collect();
    let changes: Vec<(String, String)> = changes.into_iter().map(ChangedField::setting).collect();
    let Resolved { scenario, kept, origins } = match resolve(source, folder, &base, &changes) {
        Ok(resolved) => resolved,
        Err(other) => {
            elsewhere.extend(other.0);
            return None;
        }
    };
    sources.origins.push(origins);
    let mut scenarios = vec![kept];
    let ground = Ground { source, folder: folder.to_owned(), base, changes, scenario };
    let mut factors = factors_of(&reader, &ground, &mut scenarios, &mut sources, faults);
    let policies = factor_reader::crossed(&reader, &ground, &mut scenarios, &mut sources, faults);
    let method = reader.get("design").and_then(|node| method_reader::read(node, &ground, &factors, faults));
    let worlds = worlds_of(&reader, &ground, &sources, faults, elsewhere);
    let alone = replicates_alone(&reader, &factors);
    cross(&reader, &mut factors, policies, faults);
    if alone.is_none() {
        one_of(&reader, faults);
    }
    let method = method.or(alone);
    sources.check(&ground, method.as_ref(), faults);
    let outcomes = outcome_reader::read(reader.get("outcomes"), &ground.scenario, &mut sources.names, faults);
    let search = reader.get("search").and_then(|node| search::read(node, &factors, &outcomes, faults));
    let goals = search::kept_goals(&reader, &outcomes, faults);
    let replicates = reader.read("replicates", faults, |node| whole(node, 1, 100_000, Counted::RunsOfPoint));
    let first_seed = reader.read("first_seed", faults, |node| whole(node, 0, u64::MAX >> 1, About::Nothing));
    Some(Experiment {
        name: name?,
        question: question.unwrap_or_default(),
        scenarios,
        factors,
        method,
        worlds,
        replicates: replicates.unwrap_or(1) as u32,
        first_seed: first_seed.unwrap_or(ground.scenario.seed.0),
        common_random_numbers: reader.read("common_random_numbers", faults, flag).unwrap_or(true),
        outcomes,
        budget: reader.get("budget").map_or_else(Budget::default, |node| budget::read(node, faults)),
        goals,
        search,
    })
}

/// The factors that a design varies; none if none are written.
fn factors_of(
    reader: &Group<'_, '_>,
    ground: &Ground<'_>,
    scenarios: &mut Vec<BaseScenario>,
    sources: &mut Sources,
    faults: &mut FileErrors<'_>,
) -> Vec<Factor> {
    let node = reader.get("factors");
    node.map(|node| factor_reader::read(node, ground, scenarios, sources, faults)).unwrap_or_default()
}

/// The members that every point is run with, if there are any.
fn worlds_of(
    reader: &Group<'_, '_>,
    ground: &Ground<'_>,
    sources: &Sources,
    faults: &mut FileErrors<'_>,
    elsewhere: &mut Vec<InputError>,
) -> Option<Worlds> {
    let node = reader.get("worlds")?;
    if reader.has("search") {
        let fault = ValueError::of(node, ExperimentIssue::NoSearchOfWorlds);
        faults.add("worlds", fault.advise(ExperimentAdvice::SweepPolicies));
        return None;
    }
    let mut found = worlds::read(node, ground, faults, elsewhere)?;
    found.stated =
        sources.origins.iter().map(|origins| sim_core::members::stated(&found.paths, origins)).collect();
    if let Err(fault) = found.check(&ground.scenario, 0) {
        faults.add("worlds", ValueError::of(node, *fault));
    }
    Some(found)
}

/// The scenario as it is, with nothing but the seed and the member varied, if that is what was asked for:
/// replicates or an ensemble, and neither factors nor a search.
fn replicates_alone(reader: &Group<'_, '_>, factors: &[Factor]) -> Option<Method> {
    let asked = ["replicates", "worlds", "policies"].iter().any(|field| reader.has(field))
        && !reader.has("design")
        && !reader.has("search");
    let nothing = factors.is_empty() && reader.get("factors").is_none_or(is_empty_list);
    (asked && nothing).then_some(Method::Replicates)
}

/// Puts the policies that a design is crossed with after the factors that it varies.
fn cross(
    reader: &Group<'_, '_>,
    factors: &mut Vec<Factor>,
    policies: Option<Factor>,
    faults: &mut FileErrors<'_>,
) {
    let Some(node) = reader.get("policies") else { return };
    if reader.has("search") {
        let fault = ValueError::of(node, ExperimentIssue::NoSearchOfPolicies);
        faults.add("policies", fault.advise(ExperimentAdvice::SweepPolicies));
    }
    if factors.iter().any(|factor| matches!(factor.kind, FactorKind::Policies { .. })) {
        let fault = ValueError::of(node, ExperimentIssue::PoliciesTwice);
        faults.add("policies", fault.advise(ExperimentAdvice::KeepPolicies));
    }
    factors.extend(policies);
}

fn is_empty_list(node: &Node<'_>) -> bool {
    matches!(&node.kind, Kind::List(nodes) if nodes.is_empty())
}

/// An experiment has a design or a search.
fn one_of(reader: &Group<'_, '_>, faults: &mut FileErrors<'_>) {
    match (reader.has("design"), reader.has("search")) {
        (true, true) => faults.add("search", ValueError::of(reader.node(), ExperimentIssue::DesignAndSearch)),
        (false, false) => {
            let help = ExperimentAdvice::Designs { forms: Method::forms() };
            faults.add("design", ValueError::nothing(ExperimentIssue::NoMethod).advise(help));
        }
        _ => {}
    }
}
