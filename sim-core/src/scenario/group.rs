//! Named values in parentheses, held against the description of their fields: names that are unknown, given
//! twice or renamed, and fields that are missing, are reported here, whatever kind of file they stand in.

use super::advice::Advice;
use super::fields::FieldInfo;
use super::file_errors::FileErrors;
use super::issue::{About, Described, Expected, Issue};
use super::leaf::{self, ValueError, mismatch};
use super::node::{Field, Kind, Node};
use super::suggest::nearest;
use crate::base::harmless::shown;

/// The names that may stand in one pair of parentheses.
pub(super) trait Names {
    /// All of them.
    fn all(&self) -> Vec<&'static str>;

    /// What a field is called now that had another name once.
    fn renamed(&self, old: &str) -> Option<&'static str>;

    /// What to do about a name that is none of these and like none of them.
    fn elsewhere(&self, name: &str) -> Advice;
}

/// Described fields, such as those of an experiment.
impl Names for &'static [FieldInfo] {
    fn all(&self) -> Vec<&'static str> {
        self.iter().map(|field| field.path).collect()
    }

    fn renamed(&self, old: &str) -> Option<&'static str> {
        self.iter().find(|field| field.formerly.contains(&old)).map(|field| field.path)
    }

    fn elsewhere(&self, _: &str) -> Advice {
        Advice::FieldsHere { known: self.iter().map(|field| field.path.to_owned()).collect() }
    }
}

/// The fields at a path whose names are known and given once; the others are reported.
pub(super) fn known<'n, 't>(
    path: &str,
    fields: &'n [Field<'t>],
    names: &impl Names,
    faults: &mut FileErrors<'_>,
) -> Vec<&'n Field<'t>> {
    let all = names.all();
    let mut kept: Vec<&Field<'_>> = Vec::new();
    for field in fields {
        let inner = joined(path, field.name);
        if !all.contains(&field.name) {
            faults.add_with(&inner, || unknown(path, field, names, &all));
        } else if let Some(earlier) = kept.iter().find(|earlier| earlier.name == field.name) {
            let (line, _) = faults.place(earlier.at);
            faults.add(&inner, at_name(field, Issue::TwiceSince { line }));
        } else {
            kept.push(field);
        }
    }
    kept
}

fn unknown(path: &str, field: &Field<'_>, names: &impl Names, all: &[&'static str]) -> ValueError {
    if let Some(name) = names.renamed(field.name) {
        return at_name(field, Issue::Renamed { name: name.to_owned() });
    }
    let problem = at_name(field, Issue::NoSuchField);
    problem.advise(match field.name.split_once('.') {
        Some((group, rest)) if path.is_empty() => {
            Advice::WriteSection { section: shown(group), name: shown(rest) }
        }
        _ => match nearest(field.name, all.iter().copied()) {
            Some(near) => Advice::meant(Some(near)),
            None => names.elsewhere(field.name),
        },
    })
}

/// A value that is no fields in parentheses, where fields like the example belong.
pub(super) fn no_fields(node: &Node<'_>, example: &str) -> ValueError {
    mismatch(node, Expected::FieldsInParentheses { example: example.to_owned() })
}

/// What is wrong with a field, at its name.
pub(super) fn at_name(field: &Field<'_>, message: Issue) -> ValueError {
    let mut problem = ValueError::of(&field.value, message);
    problem.at = field.at;
    problem
}

/// The fault of a field that must be given and is not.
pub(super) fn missing(field: &'static FieldInfo) -> Issue {
    Issue::Missing { expected: field.kind.into(), about: Described(field) }
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The fields of a value, held against their description and read one by one.
pub struct Group<'n, 't> {
    path: String,
    node: &'n Node<'t>,
    described: &'static [FieldInfo],
    fields: Vec<&'n Field<'t>>,
}

impl<'n, 't> Group<'n, 't> {
    /// The fields of the value at a path; nothing, and a fault, if it has none. Fields that must be given and
    /// are not are reported.
    pub fn of(
        path: &str,
        node: &'n Node<'t>,
        described: &'static [FieldInfo],
        faults: &mut FileErrors<'_>,
    ) -> Option<Group<'n, 't>> {
        let Kind::Fields(fields) = &node.kind else {
            if !node.is_broken() {
                faults.add(path, no_fields(node, described.first().map_or("", |field| field.path)));
            }
            return None;
        };
        let group =
            Group { path: path.to_owned(), node, described, fields: known(path, fields, &described, faults) };
        for field in described.iter().filter(|field| field.is_required) {
            group.require(field.path, faults);
        }
        Some(group)
    }

    fn info(&self, name: &str) -> Option<&'static FieldInfo> {
        self.described.iter().find(|field| field.path == name)
    }

    /// Reports a field that must be given, in this case if not always, and is not.
    pub fn require(&self, name: &str, faults: &mut FileErrors<'_>) {
        if let Some(field) = self.info(name).filter(|_| faults.is_whole && !self.has(name)) {
            let problem = ValueError { value: String::new(), ..ValueError::of(self.node, missing(field)) };
            faults.add(&self.path(name), problem);
        }
    }

    /// The value of a field, if it is given and could be scanned.
    pub fn get(&self, name: &str) -> Option<&'n Node<'t>> {
        debug_assert!(self.info(name).is_some(), "{name} is not described");
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
        faults: &mut FileErrors<'_>,
        read: impl FnOnce(&'n Node<'t>) -> Result<T, ValueError>,
    ) -> Option<T> {
        match read(self.get(name)?) {
            Ok(value) => Some(value),
            Err(problem) => {
                faults.add(&self.path(name), problem);
                None
            }
        }
    }

    /// Reads a text.
    pub fn text(&self, name: &str, faults: &mut FileErrors<'_>) -> Option<String> {
        let field = self.info(name)?;
        self.read(name, faults, |node| leaf::text(node, field.kind))
    }

    /// Reads a list.
    pub fn list(&self, name: &str, faults: &mut FileErrors<'_>) -> Option<&'n [Node<'t>]> {
        let field = self.info(name)?;
        self.read(name, faults, |node| leaf::list(node, field.kind))
    }

    /// Reads a whole number within the field's range.
    pub fn whole(&self, name: &str, faults: &mut FileErrors<'_>) -> Option<u64> {
        let field = self.info(name)?;
        let (low, high) = field.range.unwrap_or_default();
        self.read(name, faults, |node| leaf::whole(node, low as u64, high as u64, About::Unit(field.unit)))
    }

    /// Reads a real number within the field's range.
    pub fn real(&self, name: &str, faults: &mut FileErrors<'_>) -> Option<f64> {
        let field = self.info(name)?;
        let (low, high) = field.range.unwrap_or((f64::MIN, f64::MAX));
        self.read(name, faults, |node| leaf::real(node, low, high, About::Unit(field.unit)))
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
