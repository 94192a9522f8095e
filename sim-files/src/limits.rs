//! The most that is read of a file, by its kind \[bytes\].
//!
//! A file that is longer is refused before any of it is held in memory. Tables and checkpoints are read part
//! by part, and their readers hold one part at a time, whatever the file says of itself.

/// A scenario, an experiment, a table of counties or of points: texts written by hand.
pub const WRITTEN: u64 = sim_core::scenario::LARGEST_FILE;
/// A lesson.
pub const LESSON: u64 = 1_000_000;
/// What the program writes of itself beside tables: manifests, pages, plans of the window.
pub const DOCUMENT: u64 = 64 << 20;
/// The settings of a window, with the plans that it keeps.
pub const SETTINGS: u64 = 1 << 30;
/// A plan of a sweep, with its scenarios and their tables.
pub const PLAN: u64 = 1 << 30;
/// A finished run of a sweep, or a pack of them.
pub const PIECE: u64 = 1 << 30;
/// A run that a validation or calibration keeps.
pub const TRACE: u64 = 64 << 20;
/// A table of results, which is read part by part.
pub const TABLE: u64 = 64 << 30;
/// A checkpoint, which is read county by county.
pub const CHECKPOINT: u64 = 256 << 30;
/// What is written into a lock.
pub const LOCK: u64 = 400;
/// What the system says of itself and of this process in a file, as Linux does below `/proc` and `/sys`.
pub const SYSTEM: u64 = 4 << 20;
