//! Arrow's streams of bytes, which pickles keep, and its errors.

use arrow_array::RecordBatch;
use arrow_ipc::writer::StreamWriter;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::fmt;

/// A batch as Arrow's stream of bytes.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn stored(batch: &RecordBatch) -> PyResult<Vec<u8>> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).map_err(arrow_error)?;
    writer.write(batch).map_err(arrow_error)?;
    writer.into_inner().map_err(arrow_error)
}

/// Arrow's errors, which only a fault of the program can cause here.
pub fn arrow_error(error: impl fmt::Display) -> PyErr {
    PyRuntimeError::new_err(format!("Arrow: {error}"))
}
