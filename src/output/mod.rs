//! Results on the disk: a folder for a run, files that are whole or absent.

mod csv_table;
pub mod file;
mod folder;
mod lock;
pub mod manifest;
#[cfg(feature = "parquet")]
mod parquet_table;
mod tables;

pub use folder::Place;
pub use tables::{content_digest, write_bytes, write_tables, write_text};
