//! Holds the names and codes of places in a scenario against those there are.

use super::advice::{Advice, Alternatives};
use super::error::{InputError, InputErrors};
use super::issue::Issue;
use super::load::{Loaded, load_all};
use super::selection::PlaceSelection;
use super::source::Source;
use crate::base::CountyCode;

/// Somebody who knows which places there are: the world, which this module may not import.
pub trait Gazetteer {
    /// Whether there is a county of this code.
    ///
    /// # Errors
    /// If not: what may have been meant, best first.
    fn county(&self, code: CountyCode) -> Result<(), Vec<String>>;

    /// Whether there is a province of this name or 2-digit code.
    ///
    /// # Errors
    /// If not: what may have been meant, best first.
    fn province(&self, name: &str) -> Result<(), Vec<String>>;
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
    let (loaded, mut faults) = load_all(source, path, overrides);
    let places_are_sound = !faults.0.iter().any(|fault| fault.path == "places.select");
    if loaded.scenario.places.table.is_none() && places_are_sound {
        faults.0.extend(loaded.check_places(gazetteer).err().into_iter().flat_map(|more| more.0));
    }
    if faults.0.is_empty() { Ok(loaded) } else { Err(faults) }
}

impl Loaded {
    /// Holds the names and codes of the scenario's places against those there are.
    ///
    /// # Errors
    /// Every unknown one, at its place in the file, with suggestions.
    pub(crate) fn check_places(&self, gazetteer: &dyn Gazetteer) -> Result<(), InputErrors> {
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
            let meant = gazetteer.province(name).err()?;
            Some(self.unknown(name, Issue::NoProvince { name: super::shown(name) }, meant))
        });
        let codes = codes.iter().filter_map(|code| {
            let meant = gazetteer.county(*code).err()?;
            Some(self.unknown(&code.to_string(), Issue::NoCounty { code: code.to_string() }, meant))
        });
        let faults: Vec<InputError> = provinces.chain(codes).collect();
        if faults.is_empty() { Ok(()) } else { Err(InputErrors(faults)) }
    }

    fn unknown(&self, written: &str, issue: Issue, meant: Vec<String>) -> InputError {
        let advice = if meant.is_empty() {
            Advice::Nothing
        } else {
            Advice::DidYouMeanOneOf { names: Alternatives(meant) }
        };
        self.origins.fault_within("places.select", written, issue, advice)
    }
}
