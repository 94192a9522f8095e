//! Folders of files that Python writes, through the one door to the file system.

use pyo3::prelude::*;
use sim_files::{folder, write};
use std::path::PathBuf;

/// Writes texts by name into a new folder, and makes those above it.
///
/// # Errors
/// `FileExistsError` if there is something already; what the system refused.
#[pyfunction]
pub fn write_folder(path: PathBuf, texts: Vec<(String, String)>) -> PyResult<()> {
    if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
        folder::make(above)?;
    }
    folder::make_new(&path)?;
    for (name, text) in texts {
        write::create(&path.join(name), text.as_bytes())?;
    }
    Ok(())
}
