//! Files that Python writes, through the one door to the file system.

use pyo3::prelude::*;
use sim_core::base::sheet;
use sim_files::names::{PARTIAL, hidden};
use sim_files::{folder, write};
use std::io;
use std::path::{Path, PathBuf};

/// Writes texts by name into a new folder, which is whole or absent, and makes those above it.
///
/// # Errors
/// `FileExistsError` if there is something already; what the system refused.
#[pyfunction]
pub fn write_folder(path: PathBuf, texts: Vec<(String, String)>) -> PyResult<()> {
    let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    folder::make(above)?;
    if folder::is_taken(&path) {
        let there = format!("{}: there is something already", path.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, there).into());
    }
    let partial = write::fresh_folder(above, &hidden(&path, PARTIAL))?;
    for (name, text) in texts {
        write::create(&partial.path().join(name), text.as_bytes())?;
    }
    write::sync_folder(partial.path())?;
    folder::rename(partial.path(), &path)?;
    let _ = partial.keep();
    Ok(write::sync_folder(above)?)
}

/// A text as a cell that no spreadsheet runs as a formula.
#[pyfunction]
pub fn guarded(text: &str) -> String {
    sheet::guarded(text).into_owned()
}
