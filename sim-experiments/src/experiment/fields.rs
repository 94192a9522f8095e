//! Named values in parentheses, read one by one: unknown, repeated and missing names are reported with their
//! places.

use sim_core::scenario::reading::{
    Advice, Expected, Field, FileFaults, Issue, Kind, Node, Problem, mismatch, nearest,
};

/// Fields that had another name once, with the name now.
const RENAMED: [(&str, &str); 1] = [("common_luck", "common_random_numbers")];

/// The fields of a value, checked for their names.
pub(super) struct Reader<'n, 't> {
    path: String,
    node: &'n Node<'t>,
    fields: Vec<&'n Field<'t>>,
}

impl<'n, 't> Reader<'n, 't> {
    /// The fields of the value at a path; nothing, and a fault, if it has none.
    pub fn of(
        path: &str,
        node: &'n Node<'t>,
        known: &[&str],
        faults: &mut FileFaults<'_>,
    ) -> Option<Reader<'n, 't>> {
        let Kind::Fields(fields) = &node.kind else {
            if !node.is_broken() {
                let example = known.first().copied().unwrap_or_default();
                faults
                    .add(path, mismatch(node, Expected::FieldsInParentheses { example: example.to_owned() }));
            }
            return None;
        };
        let mut kept: Vec<&Field<'_>> = Vec::new();
        for field in fields {
            let inner = joined(path, field.name);
            let renamed = RENAMED.iter().find(|(old, new)| *old == field.name && known.contains(new));
            if let Some((_, new)) = renamed {
                faults.add(&inner, at_name(field, Issue::Renamed { name: (*new).to_owned() }));
            } else if !known.contains(&field.name) {
                let near = nearest(field.name, known.iter().copied());
                let known = || known.iter().map(|&name| name.to_owned()).collect();
                let advice = near
                    .map_or_else(|| Advice::FieldsHere { known: known() }, |near| Advice::meant(Some(near)));
                faults.add(&inner, at_name(field, Issue::NoSuchField).advise(advice));
            } else if kept.iter().any(|earlier| earlier.name == field.name) {
                faults.add(&inner, at_name(field, Issue::Twice));
            } else {
                kept.push(field);
            }
        }
        Some(Reader { path: path.to_owned(), node, fields: kept })
    }

    /// The value of a field, if it is given and could be scanned.
    pub fn get(&self, name: &str) -> Option<&'n Node<'t>> {
        let field = self.fields.iter().find(|field| field.name == name);
        field.map(|field| &field.value).filter(|node| !node.is_broken())
    }

    /// Whether a field is given, well or not.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Reads a field, if it is given, and reports what is wrong with it.
    pub fn read<T>(
        &self,
        name: &str,
        faults: &mut FileFaults<'_>,
        read: impl FnOnce(&'n Node<'t>) -> Result<T, Problem>,
    ) -> Option<T> {
        match read(self.get(name)?) {
            Ok(value) => Some(value),
            Err(problem) => {
                faults.add(&self.path(name), problem);
                None
            }
        }
    }

    /// The same for a field that must be given.
    pub fn need<T>(
        &self,
        name: &str,
        expected: &str,
        faults: &mut FileFaults<'_>,
        read: impl FnOnce(&'n Node<'t>) -> Result<T, Problem>,
    ) -> Option<T> {
        if !self.has(name) {
            let mut problem = Problem::of(self.node, format!("missing: expected {expected}"));
            problem.value = String::new();
            faults.add(&self.path(name), problem);
        }
        self.read(name, faults, read)
    }

    /// The path of a field.
    pub fn path(&self, name: &str) -> String {
        joined(&self.path, name)
    }

    /// The value whose fields these are.
    pub fn node(&self) -> &'n Node<'t> {
        self.node
    }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn at_name(field: &Field<'_>, message: Issue) -> Problem {
    let mut problem = Problem::of(&field.value, message);
    problem.at = field.at;
    problem
}
