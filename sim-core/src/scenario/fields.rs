//! The fields that are the scenario's own, beside the model's parameters: one table for checks, help and
//! text.

use crate::base::unit::unit;
use crate::base::{Message, Unit};
use crate::params::{ParameterInfo, Parameters, Range, ValueKind};
use std::sync::OnceLock;

/// A field of a scenario or another file of the same notation: the one description for its reader, for help
/// and for errors.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// Its path from the top of a scenario, as in `places.villages_per_county`; in other files its name.
    pub path: &'static str,
    /// Names that it had once, in the same parentheses.
    pub formerly: &'static [&'static str],
    /// Whether it must be given.
    pub is_required: bool,
    /// What it is.
    pub description: &'static str,
    /// The same in Chinese.
    pub chinese: &'static str,
    /// What may be written.
    pub kind: FieldKind,
    /// The least and greatest number, if it is one.
    pub range: Option<(f64, f64)>,
    /// The unit of its number; none if it is none.
    pub unit: Unit,
}

/// What may be written in a field.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// A value as scenarios have them.
    Value(ValueKind),
    /// What only files of one kind have.
    Beyond(fn() -> Message),
}

/// Equal if they are the same field.
impl PartialEq for FieldInfo {
    fn eq(&self, other: &FieldInfo) -> bool {
        (self.path, self.description) == (other.path, other.description)
    }
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

impl FieldInfo {
    /// A field that holds one value.
    pub const fn value(
        path: &'static str,
        kind: ValueKind,
        description: &'static str,
        chinese: &'static str,
    ) -> FieldInfo {
        FieldInfo {
            path,
            formerly: &[],
            is_required: false,
            description,
            chinese,
            kind: FieldKind::Value(kind),
            range: None,
            unit: Unit::NONE,
        }
    }

    /// A field that holds what only files of one kind have.
    pub const fn beyond(
        path: &'static str,
        expected: fn() -> Message,
        description: &'static str,
        chinese: &'static str,
    ) -> FieldInfo {
        let kind = FieldKind::Beyond(expected);
        FieldInfo { kind, ..FieldInfo::value(path, ValueKind::Text, description, chinese) }
    }

    /// A field that holds a whole number in a range.
    pub const fn whole(
        path: &'static str,
        unit: Unit,
        range: (f64, f64),
        description: &'static str,
        chinese: &'static str,
    ) -> FieldInfo {
        FieldInfo::value(path, ValueKind::Whole, description, chinese).within(unit, range)
    }

    /// A field that holds a real number in a range.
    pub const fn real(
        path: &'static str,
        unit: Unit,
        range: (f64, f64),
        description: &'static str,
        chinese: &'static str,
    ) -> FieldInfo {
        FieldInfo::value(path, ValueKind::Number, description, chinese).within(unit, range)
    }

    /// The same, with a unit and a range.
    const fn within(self, unit: Unit, range: (f64, f64)) -> FieldInfo {
        FieldInfo { range: Some(range), unit, ..self }
    }

    /// The same, and it must be given.
    #[must_use]
    pub const fn required(self) -> FieldInfo {
        FieldInfo { is_required: true, ..self }
    }

    /// The same, with the names that it had once.
    #[must_use]
    pub const fn formerly(self, names: &'static [&'static str]) -> FieldInfo {
        FieldInfo { formerly: names, ..self }
    }
}

/// A field that states how an input grows beyond its end.
const fn growth(path: &'static str, description: &'static str, chinese: &'static str) -> FieldInfo {
    FieldInfo::real(path, unit!(Rate / Year), (-0.5, 0.5), description, chinese)
}

/// The fields, in the order in which a resolved scenario has them. `base` comes apart: it is no value.
pub const FIELDS: [FieldInfo; 26] = [
    FieldInfo::value("name", ValueKind::Text, "name of the scenario", "情景的名称").required(),
    FieldInfo::value("question", ValueKind::Text, "the question that it answers", "情景回答的问题"),
    FieldInfo::value("start", ValueKind::Date, "first day of the run", "运行的第一天").required(),
    FieldInfo::value("end", ValueKind::Date, "last day of the run", "运行的最后一天").required(),
    FieldInfo::whole("seed", Unit::NONE, (0.0, u64::MAX as f64), "seed of all random streams", "随机种子"),
    FieldInfo::whole(
        "world_seed",
        Unit::NONE,
        (0.0, u64::MAX as f64),
        "seed of places and households; that of all random streams if none",
        "地点与农户的随机种子；不写则用全部随机数的种子",
    ),
    FieldInfo::real(
        "household_sample",
        unit!(Share),
        (0.00001, 1.0),
        "share of households whose orders are simulated",
        "模拟其订单的农户比例",
    ),
    FieldInfo::whole(
        "window_days",
        unit!(Days),
        (1.0, 31.0),
        "days between two exchanges of messages",
        "两次交换信息之间的天数",
    ),
    FieldInfo::value("rules", ValueKind::Rules, "rules that decide in the run", "运行中作决定的规则"),
    FieldInfo::value("targets", ValueKind::Targets, "targets to be met", "要达到的目标"),
    FieldInfo::value(
        "places.region",
        ValueKind::Text,
        "region: one of the program's own, or a folder",
        "地区：内置的名称，或文件夹的路径",
    ),
    FieldInfo::value("places.select", ValueKind::Places, "which counties", "哪些县"),
    FieldInfo::whole(
        "places.villages_per_county",
        unit!(Villages),
        (1.0, 10_000.0),
        "villages taken from each county, at most",
        "每县最多取的村数",
    ),
    FieldInfo::value(
        "places.table",
        ValueKind::TablePath,
        "table of counties instead of the real one",
        "代替真实县表的表格",
    ),
    FieldInfo::value(
        "report.villages",
        ValueKind::Choice(&["Active", "All", "Nothing"]),
        "villages with rows of their own",
        "单独列行的村",
    ),
    FieldInfo::whole(
        "report.village_interval",
        unit!(Months),
        (1.0, 120.0),
        "months between two rows of a village",
        "一个村两行之间的月数",
    ),
    FieldInfo::whole(
        "report.household_interval",
        unit!(Months),
        (1.0, 120.0),
        "months between two distributions over households",
        "两次农户分布之间的月数",
    ),
    FieldInfo::whole(
        "report.followed",
        unit!(Agents),
        (0.0, 1000.0),
        "agents followed through life",
        "逐一跟踪的对象数",
    ),
    growth(
        "inputs.rural_income",
        "growth of rural income after the last point of its series",
        "农村收入在数据末点之后的年增长率",
    ),
    growth(
        "inputs.migrant_wage",
        "growth of the migrant wage after the last point of its series",
        "农民工工资在数据末点之后的年增长率",
    ),
    growth(
        "inputs.poverty_line",
        "growth of the poverty line after the last point of its series",
        "贫困线在数据末点之后的年增长率",
    ),
    growth(
        "inputs.online_retail",
        "growth of national online retail after the last point of its series",
        "全国网络零售额在数据末点之后的年增长率",
    ),
    growth(
        "inputs.internet",
        "growth of rural internet use after the last point of its series",
        "农村互联网普及率在数据末点之后的年增长率",
    ),
    growth(
        "inputs.smartphone",
        "growth of the share of internet users with a smartphone after the last point of its series",
        "网民中使用智能手机的比例在数据末点之后的年增长率",
    ),
    growth(
        "inputs.elsewhere",
        "growth of what village shops outside the run sell after the last point of its series",
        "运行范围以外村庄网店的销售在数据末点之后的年增长率",
    ),
    FieldInfo::whole(
        "limits.memory",
        unit!(MebiBytes),
        (64.0, 1_048_576.0),
        "memory that the run may need, in MiB",
        "运行可用的内存，以 MiB 计",
    ),
];

/// Parameters that had another name once: the old path, and the name now. Fields say so themselves.
pub(super) const RENAMED: [(&str, &str); 14] = [
    ("household.alone_hassle", "household.self_service_hassle"),
    ("household.retrial", "household.return_ease"),
    ("household.alone_variety", "household.self_service_variety"),
    ("household.trial_alone", "household.trial_self_service"),
    ("logistics.sorting_capacity", "logistics.sorter_capacity"),
    ("partner.expectation_seen", "partner.expectation_memory"),
    ("partner.promise", "partner.promised_buyers"),
    ("partner.refusal", "partner.choice_noise"),
    ("partner.service_fee", "partner.bill_fee"),
    ("partner.service_value", "partner.bill_value"),
    ("partner.services_per_household", "partner.bills_per_household"),
    ("shop.founding", "shop.entry"),
    ("shop.luck_spread", "shop.demand_spread"),
    ("world.spring_pause", "world.pause_days"),
];

/// The path of a field or parameter now, if it was renamed.
pub fn renamed(path: &str) -> Option<&'static str> {
    let split = |path: &'static str| path.rsplit_once('.').unwrap_or(("", path));
    let (section, name) = path.rsplit_once('.').unwrap_or(("", path));
    let is_it = |field: &&FieldInfo| split(field.path).0 == section && field.formerly.contains(&name);
    let own = FIELDS.iter().find(is_it).map(|field| field.path);
    own.or_else(|| RENAMED.into_iter().find(|(old, _)| *old == path).map(|(_, new)| new))
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
        let FieldKind::Value(kind) = field.kind else { return None };
        return Some(PathInfo { kind, range: field.range, unit: field.unit });
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
    ["places", "report", "inputs", "limits"].into_iter().chain(Parameters::groups())
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
