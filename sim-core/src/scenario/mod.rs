//! Scenarios: what a run is made of, read from RON files that may be wrong in every way.
//!
//! 1. [`Source`] gives bytes: files, memory, the built-in scenarios.
//! 2. The scanner finds every field with its line and column, and goes on after faults.
//! 3. Layers are laid over each other: defaults, the `base` file, the file itself, `--set` overrides.
//! 4. Each field is read alone, so that every wrong one is reported, then fields are held against each other.
//! 5. [`Scenario`] is what a run uses; [`Origins`] says where each value came from.

mod checked;
mod error;
mod hostile;
mod load;
mod origins;
mod selection;
mod source;

pub use checked::{Limits, Places, Report, Scenario, VillageReport};
pub use error::{Fault, Faults};
pub use hostile::shown;
pub use load::{Gazetteer, Loaded, load, load_traced};
pub use origins::{Origin, Origins};
pub use selection::{PlaceKind, PlaceRank, PlaceRule, PlaceSelection};
pub use source::{FileSource, MemorySource, Source};
