//! The fields of experiments: one description for readers, for errors and for whoever explains them.

use super::issue::ExperimentExpected as Expects;
use sim_core::base::unit::unit;
use sim_core::base::{Message, Unit};
use sim_core::members::MOST_MEMBERS;
use sim_core::params::ValueKind;
use sim_core::scenario::reading::FieldInfo;

/// Fields of the whole.
pub(super) static EXPERIMENT: &[FieldInfo] = &[
    FieldInfo::beyond("name", || Message::of(Expects::Name), "name of the experiment", "实验的名称")
        .required(),
    FieldInfo::beyond(
        "question",
        || Message::of(Expects::Text),
        "question that it answers",
        "实验回答的问题",
    ),
    FieldInfo::beyond(
        "base",
        || Message::of(Expects::Base),
        "scenario that all runs begin with",
        "所有运行的起点情景",
    )
    .required(),
    FieldInfo::beyond("set", || Message::of(Expects::Changes), "changes of all runs", "对所有运行的更改"),
    FieldInfo::beyond("factors", || Message::of(Expects::Factors), "what is varied", "变化的因素"),
    FieldInfo::beyond(
        "design",
        || Message::of(Expects::Design),
        "how the factors are varied",
        "因素如何变化",
    ),
    FieldInfo::beyond(
        "policies",
        || Message::of(Expects::Policies),
        "whole policies, each run at every point of the design",
        "整套政策，每项都在设计的每个点运行",
    ),
    FieldInfo::beyond(
        "baseline",
        || Message::of(Expects::PolicyName),
        "policy that the others are held against",
        "作为比较基准的政策",
    ),
    FieldInfo::beyond(
        "maximise",
        || Message::of(Expects::Outcome),
        "outcomes of which more is better",
        "越大越好的结果",
    ),
    FieldInfo::beyond(
        "minimise",
        || Message::of(Expects::Outcome),
        "outcomes of which less is better",
        "越小越好的结果",
    ),
    FieldInfo::beyond("search", || Message::of(Expects::Fields), "what a search looks for", "搜索的目标"),
    FieldInfo::beyond(
        "worlds",
        || Message::of(Expects::Worlds),
        "members of an ensemble that every point is run with",
        "每个点都要运行的集合成员",
    ),
    FieldInfo::value("replicates", ValueKind::Whole, "runs at each point", "每个点的运行次数"),
    FieldInfo::value("first_seed", ValueKind::Whole, "seed of the first replicate", "第一次重复的种子"),
    FieldInfo::value(
        "common_random_numbers",
        ValueKind::Flag,
        "whether points share their seeds",
        "各点是否共用种子",
    )
    .formerly(&["common_luck"]),
    FieldInfo::beyond(
        "outcomes",
        || Message::of(Expects::Outcomes),
        "what is kept of each run",
        "每次运行保留的结果",
    ),
    FieldInfo::beyond(
        "budget",
        || Message::of(Expects::Fields),
        "what the experiment may take",
        "实验可占用的资源",
    ),
];

/// Fields of a factor.
pub(super) static FACTOR: &[FieldInfo] = &[
    FieldInfo::beyond("name", || Message::of(Expects::Name), "name of the factor", "因素的名称"),
    FieldInfo::beyond(
        "path",
        || Message::of(Expects::Path),
        "field or parameter that it sets",
        "它设定的字段或参数",
    ),
    FieldInfo::beyond("values", || Message::of(Expects::Values), "values that it takes", "它取的值"),
    FieldInfo::beyond("range", || Message::of(Expects::Ends), "range of its values", "它的取值范围"),
    FieldInfo::beyond(
        "log_range",
        || Message::of(Expects::Ends),
        "range, even by logarithm",
        "按对数均匀的范围",
    ),
    FieldInfo::value(
        "levels",
        ValueKind::Whole,
        "values in designs that step through it",
        "逐级设计中的取值数",
    ),
    FieldInfo::beyond("normal", || Message::of(Expects::Normal), "normal distribution", "正态分布"),
    FieldInfo::beyond(
        "log_normal",
        || Message::of(Expects::LogNormal),
        "log-normal distribution",
        "对数正态分布",
    ),
    FieldInfo::beyond(
        "triangular",
        || Message::of(Expects::Triangular),
        "triangular distribution",
        "三角分布",
    ),
    FieldInfo::beyond("policies", || Message::of(Expects::Policies), "whole policies", "整套政策"),
];

/// The fields of a factor by which it varies.
pub(super) const WAYS: [&str; 7] =
    ["values", "range", "log_range", "normal", "log_normal", "triangular", "policies"];

/// Fields of a policy.
pub(super) static POLICY: &[FieldInfo] = &[
    FieldInfo::beyond("name", || Message::of(Expects::Name), "name of the policy", "政策的名称").required(),
    FieldInfo::beyond("base", || Message::of(Expects::Text), "scenario of the policy", "政策的情景"),
    FieldInfo::beyond("set", || Message::of(Expects::Changes), "changes of the policy", "政策的更改"),
];

/// Fields of an ensemble.
pub(super) static ENSEMBLE: &[FieldInfo] = &[
    FieldInfo::whole(
        "count",
        Unit::NONE,
        (1.0, MOST_MEMBERS as f64),
        "members that stand for all",
        "代表全体的成员数",
    ),
    FieldInfo::beyond("file", || Message::of(Expects::TablePath), "file of members", "成员的文件"),
];

/// Fields of an outcome.
pub(super) static OUTCOME: &[FieldInfo] = &[
    FieldInfo::beyond(
        "series",
        || Message::of(Expects::Series),
        "series that it is read from",
        "结果所取的序列",
    ),
    FieldInfo::beyond(
        "formula",
        || Message::of(Expects::Formula),
        "formula over series that it is derived by",
        "由各序列推出结果的公式",
    ),
    FieldInfo::beyond("where", || Message::of(Expects::Where), "places that it is of", "结果所属的地方"),
    FieldInfo::beyond("name", || Message::of(Expects::Name), "name of the outcome", "结果的名称"),
    FieldInfo::beyond(
        "level",
        || Message::of(Expects::Level),
        "places that have a number each",
        "各自有数值的地方",
    ),
    FieldInfo::beyond(
        "read",
        || Message::of(Expects::Reading),
        "number that is taken of the months",
        "从各月取的数",
    ),
    FieldInfo::beyond("at", || Message::of(Expects::Days), "days whose months are taken", "所取月份中的日期"),
    FieldInfo::value("from", ValueKind::Date, "day in the first month that counts", "计入的第一个月中的日期"),
    FieldInfo::value(
        "until",
        ValueKind::Date,
        "day in the last month that counts",
        "计入的最后一个月中的日期",
    ),
    FieldInfo::beyond(
        "quantiles",
        || Message::of(Expects::Shares),
        "quantiles over places",
        "各地之间的分位数",
    ),
    FieldInfo::whole("months", unit!(Months), (1.0, 1200.0), "months of each row", "每行的月数"),
];

/// Fields of a budget.
pub(super) static BUDGET: &[FieldInfo] = &[
    FieldInfo::whole("runs", unit!(Runs), (1.0, 1e7), "most runs", "最多的运行次数"),
    FieldInfo::real("hours", unit!(Hours), (0.0001, 1e5), "longest time of the whole", "全部的最长时间"),
    FieldInfo::whole("disk", unit!(MebiBytes), (1.0, (1 << 30) as f64), "most disk", "最多的磁盘空间"),
    FieldInfo::whole(
        "seconds_per_run",
        unit!(Seconds),
        (1.0, 1e7),
        "longest time of a run",
        "一次运行的最长时间",
    ),
];

/// Fields of a search.
pub(super) static SEARCH: &[FieldInfo] = &[
    FieldInfo::beyond("maximise", || Message::of(Expects::Outcome), "outcomes to be large", "应大的结果"),
    FieldInfo::beyond("minimise", || Message::of(Expects::Outcome), "outcomes to be small", "应小的结果"),
    FieldInfo::beyond(
        "subject_to",
        || Message::of(Expects::Bounds),
        "limits that a plan must keep",
        "方案须遵守的限制",
    ),
    FieldInfo::whole("plans", Unit::NONE, (4.0, 1e5), "plans that are tried", "试验的方案数"),
    FieldInfo::whole(
        "finalists",
        Unit::NONE,
        (1.0, 1000.0),
        "best plans that are run again",
        "再次运行的最佳方案数",
    ),
    FieldInfo::whole(
        "fresh_seeds",
        Unit::NONE,
        (2.0, 1e4),
        "fresh seeds of each of them",
        "每个方案的新种子数",
    ),
];

/// Fields of a limit of a search.
pub(super) static BOUND: &[FieldInfo] = &[
    FieldInfo::beyond("outcome", || Message::of(Expects::Outcome), "outcome that is limited", "受限制的结果")
        .required(),
    FieldInfo::value("at_most", ValueKind::Number, "greatest mean that is allowed", "允许的最大均值"),
    FieldInfo::value("at_least", ValueKind::Number, "least mean that is allowed", "允许的最小均值"),
];

/// Fields of a design that draws points.
pub(super) static SAMPLED: &[FieldInfo] = &[
    FieldInfo::whole("samples", Unit::NONE, (1.0, 1e7), "number of points", "点数").required(),
    FieldInfo::value("seed", ValueKind::Whole, "seed of the design", "设计的种子"),
];

/// Fields of Saltelli's design.
pub(super) static SALTELLI: &[FieldInfo] = &[
    FieldInfo::whole("samples", Unit::NONE, (1.0, 1e7), "number of base samples", "基础样本数").required(),
    FieldInfo::value("seed", ValueKind::Whole, "seed of the design", "设计的种子"),
    FieldInfo::value(
        "second_order",
        ValueKind::Flag,
        "whether indices of pairs of factors are wanted",
        "是否需要两因素的二阶指数",
    ),
];

/// Fields of Morris' design.
pub(super) static MORRIS: &[FieldInfo] = &[
    FieldInfo::whole("trajectories", Unit::NONE, (1.0, 1e7), "number of trajectories", "轨迹数").required(),
    FieldInfo::whole("levels", Unit::NONE, (2.0, 1000.0), "levels of the grid", "网格的级数"),
    FieldInfo::value("seed", ValueKind::Whole, "seed of the design", "设计的种子"),
];
