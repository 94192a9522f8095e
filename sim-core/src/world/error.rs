//! What may be wrong with a request for places.

use thiserror::Error;

/// A name that no place has, or more than one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{written}` is not {expected}{}", hint(.suggestions))]
pub struct UnknownName {
    /// What was written, escaped and cut to 60 characters.
    pub written: String,
    /// What was expected.
    pub expected: &'static str,
    /// Names that it may have been meant to be, best first; at most five.
    pub suggestions: Vec<String>,
}

fn hint(suggestions: &[String]) -> String {
    if suggestions.is_empty() {
        return String::new();
    }
    format!("; did you mean {}?", suggestions.join(" or "))
}

/// Why an atlas cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WorldError {
    /// Names or codes in the selection that no place has.
    #[error("{}", joined(.0))]
    Unknown(Vec<UnknownName>),
    /// More counties asked for than there are.
    #[error(
        "the selection asks for {asked} counties, but only {available} fit; ask for {available} or fewer"
    )]
    TooMany {
        /// How many were asked for.
        asked: u32,
        /// How many there are to choose from.
        available: usize,
    },
    /// No county fits.
    #[error("the selection leaves no county; widen it")]
    Nothing,
    /// A limit of no villages.
    #[error("villages_per_county is 0; expected 1 or more, or none for all villages")]
    NoVillages,
}

fn joined(names: &[UnknownName]) -> String {
    let lines: Vec<String> = names.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
