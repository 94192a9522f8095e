//! The fields that are the scenario's own, beside the model's parameters: one table for checks, help and
//! text.

use crate::params::{ParameterInfo, Parameters, Range};
use std::sync::OnceLock;

/// A field of the scenario's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldInfo {
    /// Its path, as in `places.villages_per_county`.
    pub path: &'static str,
    /// What it is.
    pub description: &'static str,
    /// What may be written.
    pub expected: &'static str,
    /// The least and greatest number, if it is one.
    pub range: Option<(f64, f64)>,
    /// The unit of its number; empty if it is none.
    pub unit: &'static str,
}

/// What may be written at a path, whether of a field or of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathInfo {
    /// What may be written.
    pub expected: &'static str,
    /// The least and greatest number, if it is one that has any.
    pub range: Option<(f64, f64)>,
    /// The unit of its number; empty if it is none.
    pub unit: &'static str,
}

const fn field(path: &'static str, expected: &'static str, description: &'static str) -> FieldInfo {
    FieldInfo { path, description, expected, range: None, unit: "" }
}

const fn number(
    path: &'static str,
    unit: &'static str,
    (low, high): (f64, f64),
    description: &'static str,
) -> FieldInfo {
    FieldInfo { path, description, expected: "a whole number", range: Some((low, high)), unit }
}

/// The fields, in the order in which a resolved scenario has them. `base` comes apart: it is no value.
pub const FIELDS: [FieldInfo; 15] = [
    field("name", "a text in quotes", "name of the scenario"),
    field("question", "a text in quotes", "the question that it answers"),
    field("start", DATE, "first day of the run"),
    field("end", DATE, "last day of the run"),
    number("seed", "", (0.0, u64::MAX as f64), "seed of all luck"),
    FieldInfo {
        path: "household_sample",
        description: "share of households whose orders are simulated",
        expected: "a number",
        range: Some((0.00001, 1.0)),
        unit: "share",
    },
    number("window_days", "days", (1.0, 31.0), "days between two exchanges of messages"),
    field("places.select", SELECT, "which counties"),
    number(
        "places.villages_per_county",
        "villages",
        (1.0, 10_000.0),
        "villages taken from each county, at most",
    ),
    field("places.table", "the path of a csv file in quotes", "table of counties instead of the real one"),
    field("report.villages", "one of Active, All, Nothing", "villages with rows of their own"),
    number("report.village_interval", "months", (1.0, 120.0), "months between two rows of a village"),
    number(
        "report.household_interval",
        "months",
        (1.0, 120.0),
        "months between two distributions over households",
    ),
    number("report.followed", "agents", (0.0, 1000.0), "agents followed through life"),
    number("limits.memory", "MiB", (64.0, 1_048_576.0), "memory that the run may need, in MiB"),
];

/// How a date is asked for.
pub(super) const DATE: &str = "a date like \"2014-10-13\"";

/// How a selection is asked for.
pub(super) const SELECT: &str =
    "one of All, Provinces([\"Zhejiang\"]), Codes([330122]), Random(count: 100), Rule((min_villages: 100))";

/// The field at a path.
pub(super) fn own(path: &str) -> Option<&'static FieldInfo> {
    FIELDS.iter().find(|field| field.path == path)
}

/// The model's parameters, listed once per process.
pub(super) fn catalogue() -> &'static [ParameterInfo] {
    static CATALOGUE: OnceLock<Vec<ParameterInfo>> = OnceLock::new();
    CATALOGUE.get_or_init(Parameters::catalogue)
}

/// The parameter at a path `group.name`.
pub(super) fn parameter(path: &str) -> Option<&'static ParameterInfo> {
    let (group, name) = path.split_once('.')?;
    catalogue().iter().find(|row| row.group == group && row.name == name)
}

/// What may be written at a path; nothing if there is no such field or parameter.
pub fn path_info(path: &str) -> Option<PathInfo> {
    if let Some(field) = own(path) {
        return Some(PathInfo { expected: field.expected, range: field.range, unit: field.unit });
    }
    let row = parameter(path)?;
    Some(PathInfo {
        expected: row.kind,
        range: match row.range {
            Range::Between(low, high) => Some((low, high)),
            Range::Any => None,
        },
        unit: row.unit,
    })
}

/// All paths of fields and parameters.
pub fn paths() -> impl Iterator<Item = String> {
    let own = FIELDS.iter().map(|field| field.path.to_owned());
    own.chain(catalogue().iter().map(ParameterInfo::path))
}

/// The sections: fields whose value is fields.
pub(super) fn sections() -> impl Iterator<Item = &'static str> {
    ["places", "report", "limits"].into_iter().chain(Parameters::groups())
}

/// The names that may stand in a section, or at the top if it is empty.
pub(super) fn names_in(section: &str) -> Vec<&'static str> {
    if section.is_empty() {
        let plain = FIELDS.iter().map(|field| field.path).filter(|path| !path.contains('.'));
        return plain.chain(["base"]).chain(sections()).collect();
    }
    let own = FIELDS.iter().filter_map(|field| field.path.split_once('.'));
    let parameters = catalogue().iter().map(|row| (row.group, row.name));
    own.chain(parameters).filter(|(group, _)| *group == section).map(|(_, name)| name).collect()
}

/// The section that has a name which was looked for elsewhere.
pub(super) fn section_of(name: &str) -> Option<&'static str> {
    sections().find(|section| names_in(section).contains(&name))
}
