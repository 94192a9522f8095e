//! Scenarios: what a run is made of, read from RON files that may be wrong in every way.
//!
//! 1. [`Source`] gives bytes: files, memory, the built-in scenarios.
//! 2. `scanner` finds every field with its line and column, and goes on after faults; `file` makes a list of
//!    paths and values of them.
//! 3. `layers` lays files over each other: defaults, the `base` files, the file itself, `--set` overrides.
//! 4. `assign` reads each field alone, so that every wrong one is reported; `conflicts` then holds fields
//!    against each other.
//! 5. [`Scenario`] is what a run uses; [`Origins`] says where each value came from.
//!
//! **What is refused.** Not only what is no value of a field, but what would harm a reader of results:
//! control characters, reversed and invisible writing anywhere in a file; names that are paths or formulas;
//! paths that leave the scenario's folder; files over 1 MiB; nesting over 32 levels. Whether the places exist
//! is asked of a [`Gazetteer`], and whether the run fits into memory of the assembly, which knows the places.

pub mod advice;
mod assign;
mod builtin;
mod checked;
mod conflict;
mod conflicts;
mod coverage;
mod cursor;
mod error;
mod excerpt;
mod expected;
mod fields;
mod file;
mod file_errors;
mod group;
mod hostile;
mod idle;
mod inputs;
pub mod issue;
mod layers;
mod leaf;
mod lines;
mod load;
mod node;
mod origins;
mod overrides;
mod parameter;
mod places_check;
pub mod reading;

mod region_reader;
mod resolved;
mod ron_text;
mod rule_reader;
mod rule_text;
mod scanner;
mod selection;
mod selection_reader;
mod source;
mod suggest;
mod target_reader;
#[cfg(test)]
mod tests;
mod text;

pub use advice::Advice;
pub use builtin::{BuiltinSource, builtin};
pub use checked::{Limits, Places, Report, Scenario, VillageReport};
pub use error::{InputError, InputErrors};
pub use excerpt::Excerpt;
pub use fields::{FIELDS, FieldInfo, FieldKind, PathInfo, path_info, paths, renamed};
pub use hostile::shown;
pub use inputs::Inputs;
pub use issue::Issue;
pub use layers::{region_catalogue, region_defaults};
pub use load::{Loaded, load, load_traced};
pub use origins::{Origin, Origins};
pub use places_check::{Gazetteer, load_with_places};
pub use region_reader::{REGION_FIELDS, read as read_region};
pub use selection::{PlaceKind, PlaceRank, PlaceRule, PlaceSelection};
pub use source::{LARGEST_FILE, MemorySource, Source};
