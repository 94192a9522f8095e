//! A column of a table: an array with its unit and meaning.

use crate::arrow::{arrow_error, stored};
use arrow_array::cast::AsArray;
use arrow_array::ffi::to_ffi;
use arrow_array::types::{Date32Type, Float32Type, Float64Type, Int64Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{DataType, FieldRef, Schema};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyAttributeError, PyIndexError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyIterator, PyList};
use std::sync::Arc;

/// A column.
#[pyclass(frozen, sequence, name = "Column", module = "countryside")]
pub struct PyColumn {
    pub field: FieldRef,
    pub array: ArrayRef,
}

/// Python's number of the first day of 1970.
const ORDINAL_OF_1970: i32 = 719_163;

impl PyColumn {
    fn about(&self, key: &str) -> &str {
        self.field.metadata().get(key).map_or("", String::as_str)
    }

    fn value<'py>(&self, py: Python<'py>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        let array = &self.array;
        if array.is_null(row) {
            return Ok(py.None().into_bound(py));
        }
        match array.data_type() {
            DataType::Utf8 => array.as_string::<i32>().value(row).into_bound_py_any(py),
            DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into_bound_py_any(py),
            DataType::UInt64 => array.as_primitive::<UInt64Type>().value(row).into_bound_py_any(py),
            DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into_bound_py_any(py),
            DataType::Float32 => array.as_primitive::<Float32Type>().value(row).into_bound_py_any(py),
            DataType::Boolean => array.as_boolean().value(row).into_bound_py_any(py),
            DataType::Date32 => {
                let days = array.as_primitive::<Date32Type>().value(row);
                let date = py.import("datetime")?.getattr("date")?;
                date.call_method1("fromordinal", (days + ORDINAL_OF_1970,))
            }
            other => Err(arrow_error(format!("no Python value for {other}"))),
        }
    }

    /// NumPy's name of the numbers and the address of the first; nothing for what is no array of numbers, as
    /// where whole numbers are missing.
    fn numbers(&self) -> Option<(&'static str, usize)> {
        let array = &self.array;
        // A missing real number is not-a-number; a missing whole one has no number that could stand for it.
        if array.null_count() > 0 && !array.data_type().is_floating() {
            return None;
        }
        Some(match array.data_type() {
            // What lies behind a missing whole number is no number.
            DataType::Int64 if array.null_count() > 0 => return None,
            DataType::Int64 => ("i8", array.as_primitive::<Int64Type>().values().as_ptr().addr()),
            DataType::UInt64 => ("u8", array.as_primitive::<UInt64Type>().values().as_ptr().addr()),
            DataType::Float64 => ("f8", array.as_primitive::<Float64Type>().values().as_ptr().addr()),
            DataType::Float32 => ("f4", array.as_primitive::<Float32Type>().values().as_ptr().addr()),
            _ => return None,
        })
    }
}

#[pymethods]
impl PyColumn {
    /// Its name, without unit.
    #[getter]
    fn name(&self) -> &str {
        self.field.name()
    }

    /// Its unit; empty for text and plain counts.
    #[getter]
    fn unit(&self) -> &str {
        self.about("unit")
    }

    /// What a value means.
    #[getter]
    fn definition(&self) -> &str {
        self.about("definition")
    }

    /// Its values; None where one is missing.
    fn to_list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let values: Vec<_> = (0..self.array.len()).map(|row| self.value(py, row)).collect::<PyResult<_>>()?;
        PyList::new(py, values)
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        self.to_list(py)?.try_iter()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, row: isize) -> PyResult<Bound<'py, PyAny>> {
        let rows = self.array.len();
        let at = if row < 0 { row.checked_add_unsigned(rows) } else { Some(row) };
        let at = at.and_then(|at| usize::try_from(at).ok()).filter(|&at| at < rows);
        let at = at.ok_or_else(|| PyIndexError::new_err(format!("row {row} of {rows}")))?;
        self.value(py, at)
    }

    /// Pickles and copies go through Arrow's stream.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let schema = Arc::new(Schema::new(vec![self.field.clone()]));
        let batch = RecordBatch::try_new(schema, vec![self.array.clone()]).map_err(arrow_error)?;
        let frames = py.import("countryside._frames")?;
        let bytes = PyBytes::new(py, &stored(&batch)?);
        Ok((frames.getattr("restored_column")?, (bytes,)))
    }

    fn __repr__(&self) -> String {
        let unit = match self.unit() {
            "" => String::new(),
            unit => format!(" [{unit}]"),
        };
        let name = self.field.name();
        format!("<countryside.Column {name}{unit}, {} rows: {}>", self.array.len(), self.definition())
    }

    /// NumPy's view of the numbers themselves: nothing is copied. A missing real number is not-a-number.
    #[getter]
    fn __array_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (kind, address) =
            self.numbers().ok_or_else(|| PyAttributeError::new_err("no array of numbers"))?;
        let order = if cfg!(target_endian = "little") { '<' } else { '>' };
        let interface = PyDict::new(py);
        interface.set_item("version", 3)?;
        interface.set_item("shape", (self.array.len(),))?;
        interface.set_item("typestr", format!("{order}{kind}"))?;
        interface.set_item("data", (address, true))?;
        Ok(interface)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.field.as_ref()).map_err(arrow_error)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Arrow's PyCapsule interface. A requested schema is a wish that may be passed over, and is.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        drop(requested_schema);
        let (array, _) = to_ffi(&self.array.to_data()).map_err(arrow_error)?;
        let array = PyCapsule::new_with_value(py, array, c"arrow_array")?;
        Ok((self.__arrow_c_schema__(py)?, array))
    }
}
