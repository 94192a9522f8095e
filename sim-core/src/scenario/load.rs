//! From a file's name to a checked scenario: what [`load()`] gives, and how it ends.

use super::advice::Advice;
use super::builtin::BuiltinSource;
use super::checked::Scenario;
use super::conflict::ConflictError;
use super::conflicts::conflicts;
use super::error::{InputError, InputErrors};
use super::fields::FIELDS;
use super::group::missing as missing_field;
use super::hostile::shown;
use super::issue::Issue;
use super::layers::Layers;
use super::origins::Origins;
use super::region_reader;
use super::source::Source;
use super::suggest::nearest;
use crate::base::harmless::escaped;
use crate::region::{PARAMETERS, Region, builtin};

/// A scenario with what is known of its making.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// Where its values came from.
    pub origins: Origins,
    /// The bytes of the places that it brings: a table of counties, or a region of its own, packed.
    pub table: Option<Vec<u8>>,
    /// What is allowed but probably not meant.
    pub warnings: Vec<InputError>,
}

/// Reads a scenario, its base files and overrides (path, value in RON; the quotes around texts and dates may
/// be left out).
///
/// # Errors
/// All faults at once: of every layer, and of fields that contradict each other.
pub fn load(
    source: &dyn Source,
    path: &str,
    overrides: &[(String, String)],
) -> Result<Scenario, InputErrors> {
    load_traced(source, path, overrides).map(|loaded| loaded.scenario)
}

/// The same, with where each value came from, warnings, and the table's bytes.
///
/// # Errors
/// All faults at once.
pub fn load_traced(
    source: &dyn Source,
    path: &str,
    overrides: &[(String, String)],
) -> Result<Loaded, InputErrors> {
    let (loaded, faults) = load_all(source, path, overrides);
    if faults.0.is_empty() { Ok(loaded) } else { Err(faults) }
}

impl Scenario {
    /// The built-in scenario of this name.
    pub fn builtin(name: &str) -> Option<Scenario> {
        load(&BuiltinSource, name, &[]).ok()
    }
}

/// What could be read, and what is wrong with the rest.
pub(super) fn load_all(
    source: &dyn Source,
    path: &str,
    overrides: &[(String, String)],
) -> (Loaded, InputErrors) {
    let first = laid(Layers::new(source, path), overrides);
    let home = Region::home();
    let name = first.named_region.clone().filter(|name| *name != home.name);
    let Some(name) = name else { return finish(first, path, None) };
    if let Some(region) = Region::builtin(&name) {
        return finish(laid(Layers::within(source, path, &region, None), overrides), path, None);
    }
    match region_reader::at(source, first.folder, &name) {
        Some(Ok(region)) => {
            let layers = laid(Layers::within(source, path, &region, Some(&name)), overrides);
            finish(layers, path, region.packed())
        }
        // What else is wrong may follow from it.
        Some(Err(faults)) => given_up(first, faults),
        None => {
            let known = builtin().map(str::to_owned).collect();
            let issue = Issue::NoRegion { name: shown(&name), known };
            let near = nearest(&name, builtin());
            let fault = first.origins.fault("places.region", issue, Advice::meant(near));
            given_up(first, vec![fault])
        }
    }
}

/// A file and overrides laid over what there is.
fn laid<'s>(mut layers: Layers<'s>, overrides: &[(String, String)]) -> Layers<'s> {
    layers.read();
    for (index, (path, value)) in overrides.iter().enumerate() {
        layers.set(index as u32 + 1, path, value);
    }
    layers
}

/// What was read when it cannot be known over which defaults it lies.
fn given_up(layers: Layers<'_>, faults: Vec<InputError>) -> (Loaded, InputErrors) {
    let (scenario, origins) = (layers.scenario, layers.origins);
    (Loaded { scenario, origins, table: None, warnings: Vec::new() }, InputErrors(faults))
}

fn finish(mut layers: Layers<'_>, path: &str, region: Option<Vec<u8>>) -> (Loaded, InputErrors) {
    missing(&mut layers, path);
    let both = region.is_some() && layers.scenario.places.table.is_some();
    if both {
        layers.faults.push(layers.origins.fault("places.table", Issue::TableAndRegion, Advice::Nothing));
    }
    let table = region.or_else(|| table(&mut layers));
    let (warnings, contradictions) = contradictions(&layers);
    layers.faults.extend(contradictions);
    let loaded = Loaded { scenario: layers.scenario, origins: layers.origins, table, warnings };
    (loaded, InputErrors(layers.faults))
}

/// Reports what every scenario must say, if it could be read at all.
fn missing(layers: &mut Layers<'_>, file: &str) {
    let required = FIELDS.iter().filter(|field| field.is_required);
    for field in required.filter(|_| layers.is_whole) {
        if !layers.given.contains(field.path) {
            layers.faults.push(InputError {
                file: escaped(file),
                line: 0,
                column: 0,
                path: field.path.to_owned(),
                value: String::new(),
                message: missing_field(field),
                suggestion: Advice::Nothing,
                excerpt: None,
            });
        }
    }
}

fn table(layers: &mut Layers<'_>) -> Option<Vec<u8>> {
    let table = layers.scenario.places.table.clone()?;
    match layers.source.read_beside(layers.folder, &table) {
        Ok(bytes) => Some(bytes),
        Err(reason) => {
            let issue = Issue::UnreadFile { file: table, reason };
            layers.faults.push(layers.origins.fault("places.table", issue, Advice::Nothing));
            None
        }
    }
}

/// Warnings and faults of fields that contradict each other; of sound and complete ones only, because the
/// rest were never set.
fn contradictions(layers: &Layers<'_>) -> (Vec<InputError>, Vec<InputError>) {
    let sound = |path: &&str| {
        let faulty = layers.faults.iter().any(|fault| fault.path == **path);
        let required = ["start", "end"].contains(path);
        !faulty && (!required || layers.given.contains(*path))
    };
    let found = conflicts(&layers.scenario);
    let found = found.iter().filter(|conflict| conflict.paths.iter().all(&sound));
    let (warnings, faults): (Vec<&ConflictError>, Vec<&ConflictError>) =
        found.partition(|conflict| conflict.is_warning);
    let faults_of = |conflicts: Vec<&ConflictError>| -> Vec<InputError> {
        conflicts.into_iter().map(|conflict| located(layers, conflict)).collect()
    };
    let mut warnings = faults_of(warnings);
    // A region's file is written for many runs: what one of them has no use for is nothing to warn of.
    let of_region = layers.scenario.places.region.path(PARAMETERS);
    warnings.retain(|warning| warning.file != of_region);
    (warnings, faults_of(faults))
}

/// The fault of a conflict, at the first of its fields that was written.
fn located(layers: &Layers<'_>, conflict: &ConflictError) -> InputError {
    let written = conflict.paths.iter().find(|path| layers.origins.of(path).is_some());
    let fault =
        layers.origins.fault(written.unwrap_or(&conflict.paths[0]), conflict.issue.clone(), Advice::Nothing);
    InputError { path: conflict.paths[0].to_owned(), ..fault }
}
