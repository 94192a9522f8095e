//! What may be wrong with an experiment, what was expected, and what to do: as types, with their words.

use crate::series::{FormulaError, Level};
use sim_core::base::sheet::SheetError;
use sim_core::base::{Date, FileError, Language, Localised, Message, Month, Speaker};
use sim_core::messages;
use sim_core::params::ValueKind;
use sim_core::scenario::reading::{About, Expected};
use sim_core::scenario::{Advice, InputError, Issue};

messages! {
    /// What is wrong with an experiment.
    pub enum ExperimentIssue {
        // The whole.
        NoExperiment = "expected an experiment in `(` and `)`", "应为写在 `(` 和 `)` 里的实验";
        OutsideFolder = "leaves the experiment's folder", "离开了实验所在的文件夹";
        NoMethod = "missing: expected how the factors are varied", "缺少：应说明因素如何变化";
        DesignAndSearch = "an experiment has a design or a search, not both",
            "实验要么有 design，要么有 search，不能两者都有";
        BaseInSet = "`base` stands beside `set`, not in it", "`base` 与 `set` 并列，不写在其中";
        SeedInSet = "seeds are set by `first_seed` and `replicates`", "种子由 `first_seed` 和 `replicates` 设定";
        ListIsEmpty { of: Listed } = "the list of {of} is empty", "{of}的列表是空的";

        // Names.
        GivenTwice { what: Named } = "{what} is given twice", "{what}出现了两次";
        NameTaken { what: Named, other: Named } =
            "{what} would have the name of {other}", "{what}与{other}重名";
        OtherPath { name: String } =
            "the factor `{name}` sets another path than its name says", "因素 `{name}` 设定的路径与其名称不同";
        OtherSeries { name: String, series: String } =
            "the outcome `{name}` is read from the series `{series}`, not from that of its name",
            "结果 `{name}` 取自序列 `{series}`，而不是与其同名的序列";

        // Factors.
        OnePolicyFactor = "only one factor can be of whole policies", "只能有一个因素由整套政策构成";
        OneWay { ways: Together } =
            "a factor varies in one way, not by {ways}", "一个因素只以一种方式变化，不能同时用 {ways}";
        PoliciesTwice =
            "policies stand in `policies` or in a factor, not in both", "政策写在 `policies` 里或写成因素，不能两处都写";
        NoSearchOfPolicies =
            "a search sets levers itself: it has no policies beside them", "搜索自己设定各量：旁边没有政策";
        BaselineAlone = "there are no `policies` of which one could be the baseline", "没有可作基准的 `policies`";
        NoPolicy { name: String, known: Vec<String> } =
            "there is no policy `{name}`; there are {known}", "没有政策 `{name}`；有 {known}";
        GoalNotKept { name: String, known: Vec<String> } =
            "`{name}` is not kept as a number of each run; kept are {known}",
            "每次运行没有把 `{name}` 作为一个数保留；保留的有 {known}";
        PolicyPath = "policies are whole scenarios: they have no `path`", "政策是完整的情景：没有 `path`";
        NoFactor { path: String } = "`{path}` cannot be a factor", "`{path}` 不能作为因素";
        NoPath { path: String } = "there is no field or parameter `{path}`", "没有字段或参数 `{path}`";
        ValueBefore { value: String, earlier: String } =
            "the value {value} is given before, as {earlier}", "值 {value} 前面已有，写作 {earlier}";
        NoNumber { path: String, kind: ValueKind, way: &'static str } =
            "`{path}` is no number, but {kind}: it has no {way}", "`{path}` 不是数，而是{kind}：没有 {way}";
        OutsideParameter =
            "the distribution lies outside the parameter's range", "分布在参数的取值范围之外";
        LesserFirst { low: f64, high: f64 } =
            "expected the lesser value first, found {low} and {high}", "应先写较小的值，却是 {low} 和 {high}";
        ShareAround { share: f64 } =
            "expected a share above 0, and at most 1 but for log_range, as in Around(0.3): found {share}",
            "应为大于 0 的比例，除 log_range 外至多为 1，形如 Around(0.3)：却是 {share}";
        NothingAround = "the scenario's own value is 0 or no number: write both ends of the range",
            "情景本身的值为 0 或不是数：请写出范围的两端";
        LogAboveZero = "a range by logarithm lies above 0", "对数范围应在 0 以上";
        NotAbove { what: Moment, value: f64 } = "{what} must be above 0, found {value}",
            "{what}应大于 0，却是 {value}";
        NotInOrder =
            "expected the least, likeliest and greatest value in this order", "应依次写最小值、最可能的值、最大值";
        NotVaried { name: String } =
            "the factor `{name}` does not say how it varies", "因素 `{name}` 没有说明如何变化";
        PolicyRefused { fault: Box<InputError> } =
            "the policy's scenario cannot be used: {fault}", "这项政策的情景无法使用：{fault}";

        // Designs.
        NoSuchDesign { forms: Vec<String> } = "expected one of {forms}", "应为以下之一：{forms}";
        DesignNeedsFactor =
            "missing: this design needs at least one factor", "缺少：这种设计至少需要一个因素";
        HowMany { count: &'static str, design: String } =
            "expected how many {count}, as in {design}({count}: 64)",
                "应说明 {count} 的数目，形如 {design}({count}: 64)";
        LevelsEven = "the number of levels must be even", "levels 应为偶数";

        // Ensembles.
        NoWorlds = "expected Ensemble, Ensemble(count: 20) or Ensemble(file: \"members.csv\")",
            "应为 Ensemble、Ensemble(count: 20) 或 Ensemble(file: \"members.csv\")";
        NoSearchOfWorlds = "a search runs without an ensemble", "搜索不能使用集合";
        MembersRefused { number: u32, fault: Box<InputError> } =
            "member {number} makes no scenario: {fault}", "成员 {number} 构不成情景：{fault}";

        // Searches.
        Goals { count: usize } =
            "expected one goal, or two for a trade-off: found {count}", "应有一个目标，权衡时两个：却有 {count} 个";
        SearchNeedsLever = "missing: a search needs at least one lever", "缺少：搜索至少需要一个可调的量";
        LeverNotVaried { name: String } =
            "the lever `{name}` does not say how it varies", "可调的量 `{name}` 没有说明如何变化";
        NoOutcome { name: String } = "there is no outcome `{name}`", "没有结果 `{name}`";
        OneLimit = "expected either `at_most` or `at_least`", "应为 `at_most` 或 `at_least` 之一";

        // Outcomes.
        NoSeries { name: String, level: Level } = "there is no series `{name}` of a {level}",
            "{level}没有序列 `{name}`";
        NationOnly { name: String } = "`{name}` is known of the nation only", "`{name}` 只有全国的数值";
        SeriesOrFormula = "expected either `series` or `formula`", "应为 `series` 或 `formula` 之一";
        Formula { what: FormulaError } = "{what}", "{what}";
        FormulaName = "missing: an outcome by a formula needs a `name`", "缺少：用公式得出的结果需要 `name`";
        WhereOfProvinces =
            "`where` is of the nation, counties or villages: provinces are told whole",
            "`where` 适用于全国、县或村：省只有整体的数值";
        MonthsAlone =
            "`months` keeps rows as they are: it goes with none of `read`, `at` and `quantiles`",
            "`months` 按原样保留各行：不能与 `read`、`at`、`quantiles` 合用";
        ReadOrAt = "expected `read` or `at`, not both", "应为 `read` 或 `at`，不能两者都有";
        AtOrSpan =
            "`at` names its months itself: expected it or `from` and `until`, not both",
            "`at` 自己指明月份：应写它，或写 `from` 和 `until`，不能都写";
        QuantilesOverPlaces =
            "`quantiles` are over places: expected a `level` of Province, County or Village",
            "`quantiles` 是对各地取的：`level` 应为 Province、County 或 Village";
        NoFlow = "the series is no flow: its months do not add up", "这个序列不是流量：各月不能相加";
        NoMonthBetween { first: Month, last: Month } =
            "no month lies between: `from` is {first} and `until` {last}",
            "两者之间没有月份：`from` 为 {first}，`until` 为 {last}";
        OutsideRun { day: Date, start: Date, end: Date } =
            "{day} is outside the run: {start} to {end}", "{day} 不在运行期间：{start} 至 {end}";
        NotReached { day: Date, start: Date, end: Date } =
            "{day} is not reached: the run is {start} to {end}", "运行到不了 {day}：运行自 {start} 至 {end}";

        // One setting from two sources.
        VariedTwice { path: String, earlier: String, line: u32, name: String } =
            "`{path}` is varied by two factors: `{earlier}` and, in line {line}, `{name}`",
            "`{path}` 由两个因素变化：`{earlier}` 和第 {line} 行的 `{name}`";
        SetAndVaried { path: String, line: u32, name: String } =
            "`{path}` is set by `set` in line {line} and by the factor `{name}`",
            "`{path}` 既由第 {line} 行的 `set` 设定，又由因素 `{name}` 变化";
        PolicyAndFactor { path: String, policy: String, line: u32, name: String } =
            "`{path}` is set by the policy `{policy}` in line {line} and by the factor `{name}`",
            "`{path}` 既由第 {line} 行的政策 `{policy}` 设定，又由因素 `{name}` 变化";
        BaseAndFactor { path: String, policy: String, line: u32, base: String, name: String } =
            "`{path}` is set by the policy `{policy}` in line {line} (its base `{base}`) and by the factor \
             `{name}`",
            "`{path}` 既由第 {line} 行的政策 `{policy}`（其 base 为 `{base}`）设定，又由因素 `{name}` 变化";
        SetAgain { path: String, line: u32 } =
            "`{path}` is set here and again by every policy, first in line {line}",
            "`{path}` 在这里设定，又被每项政策重新设定，首先在第 {line} 行";

        // Tables of points.
        NoTablePath =
            "expected the path of a CSV file, as in Table(\"points.csv\")",
            "应为 CSV 文件的路径，形如 Table(\"points.csv\")";
        TableLeaves = "the path leaves the experiment's folder", "路径离开了实验所在的文件夹";
        Unread { file: String, reason: FileError } = "{file}: cannot be read: {reason}",
            "{file}：无法读取：{reason}";
        InTable { file: String, what: PointsError } = "{file}, {what}", "{file}，{what}";
    }
}

messages! {
    /// What is wrong with a table of points.
    pub enum PointsError {
        Sheet { what: SheetError } = "{what}", "{what}";
        NoPoint = "line 2: expected at least one point", "第 2 行：至少应有一个点";
        ColumnTwice { line: u64, name: String } =
            "line {line}: the column `{name}` is there twice", "第 {line} 行：`{name}` 列出现了两次";
        NoColumn { line: u64, name: String } =
            "line {line}: there is no column `{name}`", "第 {line} 行：没有 `{name}` 列";
        NoFactor { line: u64, name: String } =
            "line {line}: the column `{name}` is no factor", "第 {line} 行：`{name}` 列不是因素";
        Cell { line: u64, column: String, what: CellError } =
            "line {line}, column {column}: {what}", "第 {line} 行 {column} 列：{what}";
        Unlisted { count: u64 } = "{count} more faults like these", "另有 {count} 处类似的错误";
    }
}

messages! {
    /// What is wrong with a cell of a table of points.
    pub enum CellError {
        Empty = "the cell is empty", "单元格是空的";
        NoFlag { cell: String } =
            "expected true or false (or 1 or 0), found `{cell}`", "应为 true 或 false（或 1、0），却是 `{cell}`";
        NoDate { cell: String } =
            "expected a date like 2014-11-01, found `{cell}`", "应为日期，形如 2014-11-01，却是 `{cell}`";
        Commas { cell: String } =
            "expected a number with a point and without commas, found `{cell}`", "应为用小数点、不带逗号的数，却是 `{cell}`";
        NoPolicy { name: String, known: Vec<String> } =
            "there is no policy `{name}`; there are {known}", "没有政策 `{name}`；有 {known}";
        OutsideRange { value: String, low: f64, high: f64 } =
            "{value} is outside what the factor says: {low} to {high}", "{value} 不在因素说明的范围内：{low} 至 {high}";
        OutsideValues { value: String, known: Vec<String> } =
            "{value} is outside what the factor says: one of {known}", "{value} 不是因素列出的值：{known}";
        Field { what: Issue } = "{what}", "{what}";
    }
}

messages! {
    /// What was expected in an experiment.
    pub enum ExperimentExpected {
        Name = "a name in quotes", "引号中的名称";
        Base = "a scenario's file or the name of a built-in one", "情景文件或内置情景的名称";
        Text = "a text in quotes", "引号中的文字";
        Factors = "a list of factors in brackets", "方括号中的因素列表";
        Policies = "a list of policies in brackets", "方括号中的政策列表";
        PolicyName = "the name of a policy in quotes", "引号中的政策名称";
        Outcomes = "a list of outcomes in brackets", "方括号中的结果列表";
        Bounds = "a list of bounds in brackets", "方括号中的限制列表";
        Values = "a list of values in brackets", "方括号中的值列表";
        Changes = "fields of a scenario in parentheses", "括号中的情景字段";
        Design = "a design like Factorial", "设计，如 Factorial";
        Worlds = "an ensemble like Ensemble(count: 20)", "集合，形如 Ensemble(count: 20)";
        Fields = "fields in parentheses", "括号中的字段";
        Path = "the path of a field or parameter in quotes", "引号中的字段或参数路径";
        TablePath = "the path of a CSV file in quotes", "引号中的 CSV 文件路径";
        Ends = "the least and the greatest value like (0.5, 2.0), or Around(0.3) of the scenario's own",
            "最小值和最大值，形如 (0.5, 2.0)，或情景本身的值的 Around(0.3)";
        Normal = "mean and standard deviation like (1.0, 0.2)", "均值和标准差，形如 (1.0, 0.2)";
        LogNormal =
            "median and standard deviation of the logarithm like (1.0, 0.2)", "中位数和对数的标准差，形如 (1.0, 0.2)";
        Triangular =
            "the least, likeliest and greatest value like (0.0, 1.0, 3.0)",
            "最小值、最可能的值和最大值，形如 (0.0, 1.0, 3.0)";
        Outcome = "the name of an outcome in quotes", "引号中的结果名称";
        Series = "the name of a series in quotes", "引号中的序列名称";
        Formula = "a formula in quotes like \"paid_by_programme / shops\"",
            "引号中的公式，形如 \"paid_by_programme / shops\"";
        Where = "places like Poverty, NotPoverty, Remote, Provinces([\"Guizhou\"]) or Counties([330122])",
            "地方，形如 Poverty、NotPoverty、Remote、Provinces([\"贵州\"]) 或 Counties([330122])";
        Level = "one of Nation, Province, County, Village", "以下之一：Nation、Province、County、Village";
        Reading = "one of End, Total, Mean, Greatest, Least", "以下之一：End、Total、Mean、Greatest、Least";
        Days = "a day in quotes, or a list of days", "引号中的日期，或日期的列表";
        Shares = "a list of shares like [0.1, 0.5, 0.9]", "比例的列表，形如 [0.1, 0.5, 0.9]";
    }
}

messages! {
    /// What to do about what is wrong with an experiment.
    pub enum ExperimentAdvice {
        Designs { forms: Vec<String> } =
            "one of {forms}; or `replicates` and no factors, to run the scenario as it is several times",
            "以下之一：{forms}；或只写 `replicates` 而不写因素，把情景原样运行多次";
        ReplicatesAlone =
            "to run the scenario as it is several times, give `replicates` and leave `design` out",
            "要把情景原样运行多次，请写 `replicates`，不写 `design`";
        SweepPolicies =
            "compare the plans as policies of a design instead", "请改为在设计中把各方案作为政策来比较";
        KeepPolicies =
            "keep `policies`: all of them are then run in every world", "请保留 `policies`：每项政策都会在每个世界运行";
        FileBeside = "name a file beside the experiment, or a built-in scenario", "请写实验旁边的文件，或内置情景";
        AnotherNameForOne = "give one of them another `name`", "请给其中一个另起 `name`";
        AnotherName = "give it another `name`", "请另起 `name`";
        Seeds = "seeds are set by `first_seed` and `replicates`", "种子由 `first_seed` 和 `replicates` 设定";
        ChangesNothing = "it changes nothing in a run", "它不改变运行中的任何东西";
        TableAsPolicy =
            "give each table as a policy: policies: [(name: \"own\", base: \"own.ron\")]",
            "请把每个表格写成一项政策：policies: [(name: \"own\", base: \"own.ron\")]";
        ValuesOnce =
            "give each value once: equal ones are the same runs", "每个值只写一次：相同的值是同样的运行";
        ListValues = "give a list of `values`", "请写 `values` 列表";
        SayHow =
            "give it values, a range, a distribution or policies", "请写明取值、范围、分布或政策";
        WriteGoal = "write maximise: [\"buying_share\"]", "写作 maximise: [\"buying_share\"]";
        KeepOne = "one of them would have no effect: keep one", "其中一个不会起作用：只保留一个";
        DeleteFromSet =
            "every run has the factor's value: delete it from `set`", "每次运行都取因素的值：请从 `set` 中删除";
        LeaveToOne =
            "the factor would undo the policy: leave it to one of them", "因素会抵消政策：只留给其中一个";
        DeleteHere = "delete it here: it has no effect", "请在这里删除：它没有作用";
    }
}

messages! {
    /// What has a name of its own.
    pub enum Named {
        Column { name: &'static str } = "the column `{name}` of every table of runs", "每张运行表格的 `{name}` 列";
        Factor { name: String } = "the factor `{name}`", "因素 `{name}` ";
        Outcome { name: String } = "the outcome `{name}`", "结果 `{name}` ";
        Policy { name: String } = "the policy `{name}`", "政策 `{name}` ";
        Value { value: String } = "the value {value}", "值 {value} ";
    }
}

messages! {
    /// What is listed.
    pub enum Listed {
        Values = "values", "值";
        Policies = "policies", "政策";
        Outcomes = "outcomes", "结果";
    }
}

messages! {
    /// What numbers of an experiment count.
    pub enum Counted {
        RunsOfPoint = "runs a point", "次运行（每个点）";
        Values = "values", "个值";
        OfPlaces = "of places", "（占地方数）";
    }
}

messages! {
    /// A number that describes a distribution.
    pub enum Moment {
        Deviation = "the standard deviation", "标准差";
        Median = "the median", "中位数";
    }
}

/// Some names that may not stand together.
#[derive(Clone, Debug, PartialEq)]
pub struct Together(pub Vec<&'static str>);

impl Localised for Together {
    fn localised(&self, speaker: Speaker) -> String {
        self.0.join(match speaker.language {
            Language::English => " and ",
            Language::Chinese => "、",
        })
    }

    fn sample() -> Together {
        Together(vec!["values", "range"])
    }
}

impl Localised for Level {
    fn localised(&self, speaker: Speaker) -> String {
        match (speaker.language, self) {
            (Language::English, level) => level.name(),
            (_, Level::Nation) => "全国",
            (_, Level::Province) => "省",
            (_, Level::County) => "县",
            (_, Level::Village) => "村",
        }
        .to_owned()
    }

    fn sample() -> Level {
        Level::County
    }
}

impl From<ExperimentIssue> for Issue {
    fn from(issue: ExperimentIssue) -> Issue {
        Issue::Beyond { what: Message::of(issue) }
    }
}

impl From<ExperimentExpected> for Expected {
    fn from(expected: ExperimentExpected) -> Expected {
        Expected::Beyond { what: Message::of(expected) }
    }
}

impl From<ExperimentAdvice> for Advice {
    fn from(advice: ExperimentAdvice) -> Advice {
        Advice::Beyond { what: Message::of(advice) }
    }
}

impl From<Counted> for About {
    fn from(counted: Counted) -> About {
        About::Beyond(Message::of(counted))
    }
}
