//! The scenarios that are part of the program, so that `countryside run programme_2014` works anywhere.

use super::source::Source;
use crate::base::FileError;

macro_rules! builtin {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../scenarios/", $name, ".ron")))),+]
    };
}

/// Names and texts of the built-in scenarios.
const BUILTIN: [(&str, &str); 24] = builtin![
    "tiny",
    "county",
    "programme_2014",
    "programme_full",
    "expansion_2018",
    "nation_2009",
    "nation_full",
    "no_programme",
    "thin_rollout",
    "deep_rollout",
    "shopkeepers_only",
    "returnees_only",
    "remote_first",
    "open_last_mile",
    "roads_first",
    "public_measures",
    "support_ends",
    "strong_rival",
    "platform_spending",
    "full_service",
    "festival_week",
    "closed_roads",
    "trial",
    "kenya_hubs",
];

/// The built-in scenarios: name and text, from the smallest on.
pub fn builtin() -> &'static [(&'static str, &'static str)] {
    &BUILTIN
}

/// The names.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().map(|(name, _)| *name)
}

/// The text of one.
pub(super) fn text(name: &str) -> Option<&'static str> {
    BUILTIN.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The built-in scenarios as a source, each under its name, with or without `.ron`.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltinSource;

impl Source for BuiltinSource {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let name = path.strip_suffix(".ron").unwrap_or(path);
        let text = text(name).ok_or(FileError::NoSuchBuiltin)?;
        Ok(text.as_bytes().to_vec())
    }
}
