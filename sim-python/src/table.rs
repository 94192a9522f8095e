//! Tables as Arrow record batches, which any reader of Arrow takes without copying.

use crate::arrow::{arrow_error, stored};
use crate::column::PyColumn;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, RecordBatchIterator,
    StringArray, UInt64Array,
};
use arrow_buffer::NullBuffer;
use arrow_ipc::reader::StreamReader;
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{Field, Schema};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyIterator, PyList};
use sim_core::metrics::table::{Column, ColumnData, Table};
use std::sync::Arc;

/// A table.
#[pyclass(frozen, mapping, name = "Table", module = "countryside")]
pub struct PyTable {
    name: String,
    description: String,
    batch: RecordBatch,
}

/// A table in the making: columns of equal length, each with its unit and meaning.
pub struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    /// None yet.
    pub fn new() -> Columns {
        Columns { fields: Vec::new(), arrays: Vec::new() }
    }

    /// With one more.
    #[must_use]
    pub fn with(mut self, name: &str, unit: &str, definition: &str, array: ArrayRef) -> Columns {
        // Real numbers and dates may miss, and other columns that do; of the rest a reader that knows need
        // not look for what cannot be there.
        let may_miss =
            array.data_type().is_floating() || array.data_type().is_temporal() || array.null_count() > 0;
        let field = Field::new(name, array.data_type().clone(), may_miss)
            .with_metadata([("unit", unit), ("definition", definition)]);
        self.fields.push(field);
        self.arrays.push(array);
        self
    }

    /// The table.
    ///
    /// # Errors
    /// If lengths differ.
    pub fn table(self, name: &str, description: &str) -> PyResult<PyTable> {
        let schema = Schema::new(self.fields).with_metadata([("name", name), ("description", description)]);
        let batch = RecordBatch::try_new(Arc::new(schema), self.arrays).map_err(arrow_error)?;
        Ok(PyTable::from(batch))
    }
}

impl From<RecordBatch> for PyTable {
    /// A table of a batch that carries its name and description.
    fn from(batch: RecordBatch) -> PyTable {
        let about = |key: &str| batch.schema().metadata().get(key).cloned().unwrap_or_default();
        PyTable { name: about("name"), description: about("description"), batch }
    }
}

/// The table of a stream of bytes, as a pickle has it.
#[pyfunction]
pub fn restored_table(stream: &[u8]) -> PyResult<PyTable> {
    let mut reader = StreamReader::try_new(stream, None).map_err(arrow_error)?;
    match reader.next() {
        Some(batch) => Ok(PyTable::from(batch.map_err(arrow_error)?)),
        None => Ok(PyTable::from(RecordBatch::new_empty(reader.schema()))),
    }
}

/// The column of a stream of bytes, as a pickle has it: the only one of its table.
#[pyfunction]
pub fn restored_column(stream: &[u8]) -> PyResult<PyColumn> {
    let PyTable { batch, .. } = restored_table(stream)?;
    let schema = batch.schema();
    match (schema.fields().first(), batch.columns().first()) {
        (Some(field), Some(array)) => Ok(PyColumn { field: field.clone(), array: array.clone() }),
        _ => Err(arrow_error("a column's bytes hold no column")),
    }
}

/// Real numbers, of which not-a-number is missing. The numbers are moved, not copied.
pub fn reals(values: Vec<f64>) -> ArrayRef {
    let missing = values.iter().any(|value| value.is_nan());
    let present = missing.then(|| values.iter().map(|value| !value.is_nan()).collect::<NullBuffer>());
    Arc::new(Float64Array::new(values.into(), present))
}

/// Texts, end to end.
pub fn texts<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

impl PyTable {
    /// A table of the simulation's.
    ///
    /// # Errors
    /// If Arrow refuses it, as for lengths that differ.
    pub fn of(table: Table) -> PyResult<PyTable> {
        let add = |columns: Columns, column: Column| {
            let array: ArrayRef = match column.data {
                ColumnData::Text(values) => texts(values.iter()),
                ColumnData::Integer(values) => Arc::new(Int64Array::from(values)),
                ColumnData::Optional(values) => Arc::new(Int64Array::from(values)),
                ColumnData::Real(values) => reals(values),
                ColumnData::Flag(values) => Arc::new(BooleanArray::from(values)),
            };
            columns.with(&column.name, &column.unit.to_string(), &column.definition, array)
        };
        let columns = table.columns.into_iter().fold(Columns::new(), add);
        columns.table(&table.name, &table.description)
    }
}

/// The values of a column made in Python.
#[derive(FromPyObject)]
pub enum Values {
    /// Truths.
    Flags(Vec<bool>),
    /// Whole numbers.
    Whole(Vec<i64>),
    /// Whole numbers of which some are greater, as seeds may be.
    Large(Vec<u64>),
    /// Real numbers; not-a-number is missing.
    Real(Vec<f64>),
    /// Texts.
    Texts(Vec<String>),
    /// Dates, as days since 1970; nothing where there is none.
    Days {
        /// The days.
        #[pyo3(item("days"))]
        days: Vec<Option<i32>>,
    },
}

/// A table of columns made in Python: name, unit, definition, values.
#[pyfunction]
pub fn table(
    name: &str,
    description: &str,
    columns: Vec<(String, String, String, Values)>,
) -> PyResult<PyTable> {
    let mut made = Columns::new();
    for (name, unit, definition, values) in columns {
        let array: ArrayRef = match values {
            Values::Flags(values) => Arc::new(BooleanArray::from(values)),
            Values::Whole(values) => Arc::new(Int64Array::from(values)),
            Values::Large(values) => Arc::new(UInt64Array::from(values)),
            Values::Real(values) => reals(values),
            Values::Texts(values) => texts(values),
            Values::Days { days } => Arc::new(Date32Array::from(days)),
        };
        made = made.with(&name, &unit, &definition, array);
    }
    made.table(name, description)
}

#[pymethods]
impl PyTable {
    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// What a row is.
    #[getter]
    fn description(&self) -> &str {
        &self.description
    }

    /// Rows.
    #[getter]
    fn num_rows(&self) -> usize {
        self.batch.num_rows()
    }

    /// Names of the columns, keys first.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        let schema = self.batch.schema();
        schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Names of the columns, as a dictionary has them.
    fn keys(&self) -> Vec<String> {
        self.column_names()
    }

    fn __len__(&self) -> usize {
        self.batch.num_columns()
    }

    fn __contains__(&self, name: &str) -> bool {
        self.batch.column_by_name(name).is_some()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        PyList::new(py, self.column_names())?.try_iter()
    }

    fn __getitem__(&self, py: Python<'_>, name: &str) -> PyResult<PyColumn> {
        let schema = self.batch.schema();
        let Some((at, field)) = schema.fields().find(name) else {
            let named = py.import("countryside._named")?;
            let missing = named.getattr("missing")?;
            let error = missing.call1((format!("column of {}", self.name), name, self.column_names()))?;
            return Err(PyErr::from_value(error));
        };
        Ok(PyColumn { field: field.clone(), array: self.batch.column(at).clone() })
    }

    /// A `pyarrow.Table` over the same memory.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(slf, "to_pyarrow")
    }

    /// A `polars.DataFrame` over the same memory.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(slf, "to_polars")
    }

    /// A `pandas.DataFrame`.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(slf, "to_pandas")
    }

    /// Pickles and copies go through Arrow's stream.
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let frames = py.import("countryside._frames")?;
        let bytes = PyBytes::new(py, &stored(&self.batch)?);
        Ok((frames.getattr("restored_table")?, (bytes,)))
    }

    fn __repr__(&self) -> String {
        let (rows, columns) = (self.batch.num_rows(), self.batch.num_columns());
        format!("<countryside.Table {}: {rows} rows, {columns} columns. {}>", self.name, self.description)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch.schema().as_ref()).map_err(arrow_error)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Arrow's PyCapsule interface. A requested schema is a wish that may be passed over, and is.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let batches = std::iter::once(Ok(self.batch.clone()));
        let reader = RecordBatchIterator::new(batches, self.batch.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

/// The table as another library's, which is imported only then.
fn frame<'py>(table: &Bound<'py, PyTable>, how: &str) -> PyResult<Bound<'py, PyAny>> {
    let frames = table.py().import("countryside._frames")?;
    frames.call_method1(how, (table,))
}
