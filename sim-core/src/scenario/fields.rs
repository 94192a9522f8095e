//! The fields that are the scenario's own, beside the model's parameters: one table for checks, help and
//! text.

use crate::base::Unit;
use crate::base::unit::unit;
use crate::params::{ParameterInfo, Parameters, Range, ValueKind};
use std::sync::OnceLock;

/// A field of the scenario's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldInfo {
    /// Its path, as in `places.villages_per_county`.
    pub path: &'static str,
    /// What it is.
    pub description: &'static str,
    /// The same in Chinese.
    pub chinese: &'static str,
    /// What may be written.
    pub kind: ValueKind,
    /// The least and greatest number, if it is one.
    pub range: Option<(f64, f64)>,
    /// The unit of its number; none if it is none.
    pub unit: Unit,
}

/// What may be written at a path, whether of a field or of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathInfo {
    /// What may be written.
    pub kind: ValueKind,
    /// The least and greatest number, if it is one that has any.
    pub range: Option<(f64, f64)>,
    /// The unit of its number; none if it is none.
    pub unit: Unit,
}

const fn field(
    path: &'static str,
    kind: ValueKind,
    description: &'static str,
    chinese: &'static str,
) -> FieldInfo {
    FieldInfo { path, description, chinese, kind, range: None, unit: Unit::NONE }
}

const fn number(
    path: &'static str,
    unit: Unit,
    (low, high): (f64, f64),
    description: &'static str,
    chinese: &'static str,
) -> FieldInfo {
    FieldInfo { path, description, chinese, kind: ValueKind::Whole, range: Some((low, high)), unit }
}

/// The fields, in the order in which a resolved scenario has them. `base` comes apart: it is no value.
pub const FIELDS: [FieldInfo; 15] = [
    field("name", ValueKind::Text, "name of the scenario", "情景的名称"),
    field("question", ValueKind::Text, "the question that it answers", "情景回答的问题"),
    field("start", ValueKind::Date, "first day of the run", "运行的第一天"),
    field("end", ValueKind::Date, "last day of the run", "运行的最后一天"),
    number("seed", Unit::NONE, (0.0, u64::MAX as f64), "seed of all luck", "随机种子"),
    FieldInfo {
        path: "household_sample",
        description: "share of households whose orders are simulated",
        chinese: "模拟其订单的农户比例",
        kind: ValueKind::Number,
        range: Some((0.00001, 1.0)),
        unit: unit!(Share),
    },
    number(
        "window_days",
        unit!(Days),
        (1.0, 31.0),
        "days between two exchanges of messages",
        "两次交换信息之间的天数",
    ),
    field("places.select", ValueKind::Places, "which counties", "哪些县"),
    number(
        "places.villages_per_county",
        unit!(Villages),
        (1.0, 10_000.0),
        "villages taken from each county, at most",
        "每县最多取的村数",
    ),
    field(
        "places.table",
        ValueKind::TablePath,
        "table of counties instead of the real one",
        "代替真实县表的表格",
    ),
    field(
        "report.villages",
        ValueKind::Choice(&["Active", "All", "Nothing"]),
        "villages with rows of their own",
        "单独列行的村",
    ),
    number(
        "report.village_interval",
        unit!(Months),
        (1.0, 120.0),
        "months between two rows of a village",
        "一个村两行之间的月数",
    ),
    number(
        "report.household_interval",
        unit!(Months),
        (1.0, 120.0),
        "months between two distributions over households",
        "两次农户分布之间的月数",
    ),
    number(
        "report.followed",
        unit!(Agents),
        (0.0, 1000.0),
        "agents followed through life",
        "逐一跟踪的对象数",
    ),
    number(
        "limits.memory",
        unit!(MebiBytes),
        (64.0, 1_048_576.0),
        "memory that the run may need, in MiB",
        "运行可用的内存，以 MiB 计",
    ),
];

/// Fields and parameters that had another name once: the old path, and the name now.
const RENAMED: [(&str, &str); 3] = [
    ("household.alone_hassle", "household.self_service_hassle"),
    ("household.alone_variety", "household.self_service_variety"),
    ("household.trial_alone", "household.trial_self_service"),
];

/// The path of a field or parameter now, if it was renamed.
pub fn renamed(path: &str) -> Option<&'static str> {
    RENAMED.into_iter().find(|(old, _)| *old == path).map(|(_, new)| new)
}

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
        return Some(PathInfo { kind: field.kind, range: field.range, unit: field.unit });
    }
    let row = parameter(path)?;
    Some(PathInfo {
        kind: row.kind,
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
