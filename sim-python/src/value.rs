//! Values of scenarios as Python's: numbers, texts, lists, and dictionaries for what has names.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use sim_core::scenario::reading::{Field, Kind, Node, scan};

/// The Python value of a value in RON.
///
/// - A word is a text: `Returnees` is `"Returnees"`; `None`, `true` and `false` are Python's own.
/// - A word with values is a dictionary of one entry: `Codes([330122])` is `{"Codes": [330122]}`.
/// - Dates are texts like `"2014-10-13"`, pairs are tuples.
pub fn of_ron<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    match scan(text).root {
        Some(node) => of_node(py, &node),
        None => Ok(py.None().into_bound(py)),
    }
}

fn of_node<'py>(py: Python<'py>, node: &Node<'_>) -> PyResult<Bound<'py, PyAny>> {
    let each = |nodes: &[Node<'_>]| -> PyResult<Vec<Bound<'py, PyAny>>> {
        nodes.iter().map(|node| of_node(py, node)).collect()
    };
    match &node.kind {
        Kind::Text(text) => text.into_bound_py_any(py),
        Kind::Number => number(py, node.text),
        Kind::Word => word(py, node.text),
        Kind::List(nodes) => Ok(PyList::new(py, each(nodes)?)?.into_any()),
        Kind::Tuple(nodes) => Ok(PyTuple::new(py, each(nodes)?)?.into_any()),
        Kind::Fields(fields) => named(py, fields),
        Kind::Call("Some", body) => inner(py, body),
        Kind::Call(word, body) => {
            let entry = PyDict::new(py);
            entry.set_item(word, inner(py, body)?)?;
            Ok(entry.into_any())
        }
        Kind::Letter | Kind::Broken => node.text.into_bound_py_any(py),
    }
}

/// What stands in the parentheses after a word.
fn inner<'py>(py: Python<'py>, body: &Node<'_>) -> PyResult<Bound<'py, PyAny>> {
    match &body.kind {
        Kind::Tuple(nodes) if nodes.len() == 1 => {
            nodes.first().map_or_else(|| Ok(py.None().into_bound(py)), |node| of_node(py, node))
        }
        _ => of_node(py, body),
    }
}

fn number<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    let plain = text.replace('_', "");
    if let Ok(whole) = plain.parse::<i64>() {
        return whole.into_bound_py_any(py);
    }
    // A seed may be greater than the greatest signed number.
    match (plain.parse::<u64>(), plain.parse::<f64>()) {
        (Ok(whole), _) => whole.into_bound_py_any(py),
        (_, Ok(real)) => real.into_bound_py_any(py),
        _ => text.into_bound_py_any(py),
    }
}

fn word<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    match text {
        "true" => true.into_bound_py_any(py),
        "false" => false.into_bound_py_any(py),
        "None" => Ok(py.None().into_bound(py)),
        word => word.into_bound_py_any(py),
    }
}

fn named<'py>(py: Python<'py>, fields: &[Field<'_>]) -> PyResult<Bound<'py, PyAny>> {
    let dict = PyDict::new(py);
    for field in fields {
        dict.set_item(field.name, of_node(py, &field.value)?)?;
    }
    Ok(dict.into_any())
}

/// A text in RON's quotes.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if letter.is_control() => quoted += &format!("\\u{{{:x}}}", u32::from(letter)),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
