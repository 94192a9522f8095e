//! Puts a value that was written into a scenario.

use super::checked::{Scenario, VillageReport};
use super::fields::{self, FieldInfo};
use super::hostile;
use super::issue::Issue;
use super::leaf::{self, ValueError};
use super::node::Node;
use super::{parameter, rule_reader, selection_reader, target_reader};
use crate::base::Seed;
use crate::region::{Region, builtin};

/// The last year in which a run may end. A century of a model of one decade is more than enough.
const LAST_YEAR: i16 = 2099;

/// The words of [`VillageReport`].
pub(super) const VILLAGE_REPORTS: [(&str, VillageReport); 3] =
    [("Active", VillageReport::Active), ("All", VillageReport::All), ("Nothing", VillageReport::Nothing)];

/// Sets the field at a path from a node; after an error the scenario is as before.
///
/// The path must be that of a field ([`fields::own`]) or parameter.
pub(super) fn assign(scenario: &mut Scenario, path: &str, node: &Node<'_>) -> Result<(), ValueError> {
    match fields::own(path) {
        Some(field) => own(scenario, field, node),
        None => parameter::assign(&mut scenario.parameters, path, node),
    }
}

fn own(scenario: &mut Scenario, field: &FieldInfo, node: &Node<'_>) -> Result<(), ValueError> {
    match field.path {
        "name" => scenario.name = name(node, field)?,
        "question" => scenario.question = question(node, field)?,
        "start" => scenario.start = leaf::date(node, LAST_YEAR)?,
        "end" => scenario.end = leaf::date(node, LAST_YEAR)?,
        "seed" => scenario.seed = Seed(whole(node, field)?),
        "world_seed" => {
            let seed = node.optional().map(|node| whole(node, field)).transpose()?;
            scenario.world_seed = seed.map(Seed);
        }
        "household_sample" => {
            let (low, high) = field.range.unwrap_or_default();
            scenario.household_sample = leaf::real(node, low, high, leaf::about(field))?;
        }
        "window_days" => scenario.window_days = small(node, field)?,
        "rules" => scenario.rules = rule_reader::read(node)?,
        "targets" => scenario.targets = target_reader::read(node)?,
        "places.select" => scenario.places.selection = selection_reader::read(node)?,
        "places.villages_per_county" => scenario.places.villages_per_county = limit(node, field)?,
        "places.region" => region(scenario, node, field)?,
        "places.table" => scenario.places.table = table(node, field)?,
        "report.villages" => scenario.report.villages = leaf::choice(node, &VILLAGE_REPORTS)?,
        "report.village_interval" => scenario.report.village_interval = small(node, field)?,
        "report.household_interval" => scenario.report.household_interval = small(node, field)?,
        "report.followed" => scenario.report.followed = small(node, field)?,
        "limits.memory" => scenario.limits.memory = small(node, field)?,
        path => {
            let (low, high) = field.range.unwrap_or_default();
            let growth = leaf::real(node, low, high, leaf::about(field))?;
            if !scenario.inputs.state(path, growth) {
                return Err(ValueError::of(node, Issue::NoSuchField));
            }
        }
    }
    Ok(())
}

fn whole(node: &Node<'_>, field: &FieldInfo) -> Result<u64, ValueError> {
    let (low, high) = field.range.unwrap_or_default();
    leaf::whole(node, low as u64, high as u64, leaf::about(field))
}

/// Fields whose range ends within 32 bits.
fn small(node: &Node<'_>, field: &FieldInfo) -> Result<u32, ValueError> {
    whole(node, field).map(|value| value as u32)
}

/// A number, or `None` for no limit.
fn limit(node: &Node<'_>, field: &FieldInfo) -> Result<Option<u32>, ValueError> {
    node.optional().map(|node| small(node, field)).transpose()
}

fn name(node: &Node<'_>, field: &FieldInfo) -> Result<String, ValueError> {
    let name = leaf::text(node, field.kind)?;
    let length = name.chars().count();
    let message = match () {
        () if name.is_empty() => Issue::NameIsEmpty,
        () if length > 80 => Issue::NameLength { length },
        () => {
            return hostile::check_name(&name)
                .map(|()| name.clone())
                .map_err(|fault| ValueError::of(node, fault));
        }
    };
    Err(ValueError::of(node, message))
}

fn question(node: &Node<'_>, field: &FieldInfo) -> Result<String, ValueError> {
    let question = leaf::text(node, field.kind)?;
    match question.chars().count() {
        0..=2000 => Ok(question),
        length => Err(ValueError::of(node, Issue::QuestionLength { length })),
    }
}

/// A region by name. Whoever can read folders has put one of a user's own there before, by the same name.
fn region(scenario: &Scenario, node: &Node<'_>, field: &FieldInfo) -> Result<(), ValueError> {
    let name = leaf::text(node, field.kind)?;
    if name == scenario.places.region_name() {
        return Ok(());
    }
    if Region::builtin(&name).is_some() {
        return Err(ValueError::of(node, Issue::RegionFixed));
    }
    let known = builtin().map(str::to_owned).collect();
    Err(ValueError::of(node, Issue::NoRegion { name: hostile::shown(&name), known }))
}

/// The path of a table as written; the loader makes it relative to the scenario's folder.
fn table(node: &Node<'_>, field: &FieldInfo) -> Result<Option<String>, ValueError> {
    let Some(node) = node.optional() else {
        return Ok(None);
    };
    let path = leaf::text(node, field.kind)?;
    hostile::check_path(&path).map_err(|fault| ValueError::of(node, fault))?;
    if path.ends_with(".csv") {
        return Ok(Some(path));
    }
    Err(ValueError::of(node, Issue::NotCsv))
}
