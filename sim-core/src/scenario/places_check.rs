//! Holds the names and codes of places in a scenario against those there are.

use super::advice::{Advice, Alternatives};
use super::error::{InputError, InputErrors};
use super::issue::Issue;
use super::load::{Loaded, load_all};
use super::selection::PlaceSelection;
use super::source::Source;
use crate::base::CountyCode;
use crate::base::sheet::Sheet;
use crate::params::RulePlaces;
use crate::region::Region;
use std::sync::Arc;

const SELECT: &str = "places.select";
const SHOCKS: &str = "world.shocks";

/// Somebody who knows which places there are: the world, which this module may not import.
pub trait Gazetteer {
    /// Whether a region has a county of this code.
    ///
    /// # Errors
    /// If not: what may have been meant, best first.
    fn county(&self, region: &Arc<Region>, code: CountyCode) -> Result<(), Vec<String>>;

    /// Whether a region has a province of this name or 2-digit code.
    ///
    /// # Errors
    /// If not: what may have been meant, best first.
    fn province(&self, region: &Arc<Region>, name: &str) -> Result<(), Vec<String>>;

    /// Whether there is a measure or an outcome of this name, which a condition may look at.
    ///
    /// # Errors
    /// If not: what may have been meant.
    fn figure(&self, name: &str) -> Result<(), Option<String>>;

    /// Columns that a table of counties may lack and that decide where sellers arise.
    fn suppliers_columns(&self) -> &'static [&'static str] {
        &[]
    }
}

/// The same as [`load_traced`](super::load_traced), and holds the names and codes of places against the
/// gazetteer, unless the scenario brings a table of its own.
///
/// # Errors
/// All faults at once.
pub fn load_with_places(
    source: &dyn Source,
    path: &str,
    overrides: &[(String, String)],
    gazetteer: &dyn Gazetteer,
) -> Result<Loaded, InputErrors> {
    let (mut loaded, mut faults) = load_all(source, path, overrides);
    let places_are_sound = !faults.0.iter().any(|fault| fault.path == "places.select");
    if loaded.scenario.places.table.is_none() && places_are_sound {
        faults.0.extend(loaded.check_places(gazetteer).err().into_iter().flat_map(|more| more.0));
    }
    if !faults.0.iter().any(|fault| ["rules", "targets"].contains(&fault.path.as_str())) {
        let with_places = loaded.scenario.places.table.is_none();
        faults.0.extend(loaded.unknown_in_rules(gazetteer, with_places));
    }
    if !faults.0.iter().any(|fault| fault.path == SHOCKS) {
        faults.0.extend(loaded.unknown_in_shocks(gazetteer));
    }
    loaded.warnings.extend(loaded.lacking_columns(gazetteer));
    if faults.0.is_empty() { Ok(loaded) } else { Err(faults) }
}

impl Loaded {
    /// The names of figures and places in rules and targets that mean nothing, each at its place in the file.
    fn unknown_in_rules(&self, gazetteer: &dyn Gazetteer, with_places: bool) -> Vec<InputError> {
        let region = &self.scenario.places.region;
        let mut faults = Vec::new();
        let conditions = self.scenario.rules.iter().flat_map(|rule| &rule.when);
        let in_rules = conditions.flat_map(|when| when.condition.names()).map(|name| ("rules", name));
        let in_targets = self.scenario.targets.iter().map(|target| ("targets", target.measure.as_str()));
        for (path, name) in in_rules.chain(in_targets) {
            if let Err(near) = gazetteer.figure(name) {
                let issue = Issue::NoFigure { name: super::shown(name) };
                faults.push(self.origins.fault_within(path, name, issue, Advice::meant(near.as_deref())));
            }
        }
        let of_rules = self.scenario.rules.iter().map(|rule| ("rules", &rule.places));
        let of_targets = self.scenario.targets.iter().map(|target| ("targets", &target.places));
        for (path, places) in of_rules.chain(of_targets).filter(|_| with_places) {
            let (provinces, codes): (&[String], &[CountyCode]) = match places {
                RulePlaces::Provinces(names) => (names, &[]),
                RulePlaces::Counties(codes) => (&[], codes),
                _ => continue,
            };
            for name in provinces {
                if let Err(meant) = gazetteer.province(region, name) {
                    let issue = Issue::NoProvince { name: super::shown(name) };
                    faults.push(self.unknown(path, name, issue, meant));
                }
            }
            for code in codes {
                if let Err(meant) = gazetteer.county(region, *code) {
                    let issue = Issue::NoCounty { code: code.to_string() };
                    faults.push(self.unknown(path, &code.to_string(), issue, meant));
                }
            }
        }
        faults
    }

    /// The codes of provinces in shocks that the region has not.
    fn unknown_in_shocks(&self, gazetteer: &dyn Gazetteer) -> Vec<InputError> {
        let region = &self.scenario.places.region;
        let codes = self.scenario.parameters.world.shocks.iter().flat_map(|shock| &shock.provinces);
        codes
            .filter_map(|code| {
                let name = code.to_string();
                let meant = gazetteer.province(region, &name).err()?;
                Some(self.unknown(SHOCKS, &name, Issue::NoProvince { name: name.clone() }, meant))
            })
            .collect()
    }

    /// Holds the names and codes of the scenario's places against those there are.
    ///
    /// # Errors
    /// Every unknown one, at its place in the file, with suggestions.
    pub(crate) fn check_places(&self, gazetteer: &dyn Gazetteer) -> Result<(), InputErrors> {
        let region = &self.scenario.places.region;
        let provinces: &[String] = match &self.scenario.places.selection {
            PlaceSelection::Provinces(names) => names,
            PlaceSelection::Rule(rule) => rule.provinces.as_deref().unwrap_or(&[]),
            _ => &[],
        };
        let codes: &[CountyCode] = match &self.scenario.places.selection {
            PlaceSelection::Codes(codes) => codes,
            _ => &[],
        };
        let provinces = provinces.iter().filter_map(|name| {
            let meant = gazetteer.province(region, name).err()?;
            Some(self.unknown(SELECT, name, Issue::NoProvince { name: super::shown(name) }, meant))
        });
        let codes = codes.iter().filter_map(|code| {
            let meant = gazetteer.county(region, *code).err()?;
            Some(self.unknown(SELECT, &code.to_string(), Issue::NoCounty { code: code.to_string() }, meant))
        });
        let faults: Vec<InputError> = provinces.chain(codes).collect();
        if faults.is_empty() { Ok(()) } else { Err(InputErrors(faults)) }
    }

    /// A warning if its table of counties lacks what decides where sellers arise.
    fn lacking_columns(&self, gazetteer: &dyn Gazetteer) -> Option<InputError> {
        self.scenario.places.table.as_ref()?;
        let sheet = Sheet::open(self.table.as_deref()?).ok()?;
        let is_absent = |column: &&str| !sheet.header().iter().any(|name| name == column);
        let absent: Vec<&str> = gazetteer.suppliers_columns().iter().copied().filter(is_absent).collect();
        let issue = Issue::NoSuppliers { columns: absent.join(", ") };
        (!absent.is_empty()).then(|| self.origins.fault("places.table", issue, Advice::Nothing))
    }

    fn unknown(&self, path: &str, written: &str, issue: Issue, meant: Vec<String>) -> InputError {
        let advice = if meant.is_empty() {
            Advice::Nothing
        } else {
            Advice::DidYouMeanOneOf { names: Alternatives(meant) }
        };
        self.origins.fault_within(path, written, issue, advice)
    }
}
