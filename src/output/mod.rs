//! Results on the disk: a folder for a run, files that are whole or absent.

pub mod csv_reader;
mod csv_table;
pub mod file;
mod folder;
mod lines;
pub mod lock;
pub mod manifest;
#[cfg(feature = "parquet")]
pub mod parquet_reader;
#[cfg(feature = "parquet")]
mod parquet_table;
mod tables;
#[cfg(feature = "parquet")]
mod unpacked;

use sim_core::metrics::table::Table;
use std::borrow::Cow;
use std::io;

pub use folder::Place;
pub use tables::{
    content_digest, dictionary, write_bytes, write_parts, write_table, write_tables, write_text,
};

/// A table as comma-separated values, as files have them.
///
/// # Errors
/// If it cannot be written as text; it always can.
pub fn csv_text(table: &Table) -> io::Result<String> {
    csv_of_parts(table, std::iter::once(Ok(Cow::Borrowed(table))))
}

/// The same of a table that comes in parts, each with the columns of `like`.
///
/// # Errors
/// If a part cannot be made.
pub fn csv_of_parts<'t>(
    like: &Table,
    parts: impl Iterator<Item = io::Result<Cow<'t, Table>>>,
) -> io::Result<String> {
    let mut bytes = Vec::new();
    csv_table::write(like, parts, &mut bytes)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}
