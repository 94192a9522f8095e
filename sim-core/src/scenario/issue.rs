//! What may be wrong with a scenario, or is allowed and probably not meant, and what was expected instead.

pub use super::expected::Expected;
use super::fields::{FieldInfo, own, parameter};
use crate::base::FileError;
use crate::base::Wanted;
use crate::base::harmless::Harm;
use crate::base::{Date, Language, Localised, Message, Month, Speaker, Unit};
use crate::messages;
use crate::params::{ConditionError, Unacceptable};

messages! {
    /// What is wrong, or probably not meant.
    pub enum Issue {
        // What a text holds.
        ExpectedEnd { found: Found } = "expected the end, found {found}", "应到此结束，却是 {found}";
        ExpectedValue { found: Found } = "expected a value, found {found}", "应有一个值，却是 {found}";
        NoValue = "expected a value, found nothing", "应有一个值，却什么也没有";
        TooDeep { levels: usize } = "nested deeper than {levels} levels", "嵌套超过 {levels} 层";
        ExpectedName { found: Found } = "expected the name of a field, found {found}", "应为字段名，却是 {found}";
        ExpectedColon { found: Found } =
            "expected `:` after the field's name, found {found}", "字段名之后应为 `:`，却是 {found}";
        ExpectedComma { close: char, found: Found } =
            "expected `,` or `{close}`, found {found}", "应为 `,` 或 `{close}`，却是 {found}";
        NeverClosed { what: Open, close: String } =
            "{what} is never closed: expected `{close}`", "{what}没有结束：应为 `{close}`";
        RegionSays =
            "the region says it, and no scenario: write `price_level` in its region.ron",
            "由地区决定，情景不能改：请写在该地区 region.ron 的 `price_level` 中";
        NoRegion { name: String, known: Vec<String> } =
            "`{name}` is no region: expected one of {known}, or the path of a folder with a region.ron",
            "没有地区 `{name}`：应为 {known} 之一，或含有 region.ron 的文件夹的路径";
        OtherRegion =
            "two files name different regions: a scenario lies in one", "两个文件写了不同的地区：一个情景只在一个地区";
        RegionFixed =
            "the region cannot be changed here: name it in the scenario's file or with --set",
            "这里不能改变地区：请写在情景文件中，或用 --set";
        RegionLacks { file: String, reason: FileError } =
            "the region has no {file} that can be read: {reason}", "该地区没有能读取的 {file}：{reason}";
        NotPacked = "this is no region that a run has kept", "这不是运行所保存的地区";
        OtherMoney { money: String, region: String } =
            "the amount would be read in {money}, the money of {region}, which this file does not name: \
             write `places: (region: …)` in it",
            "金额会按 {region} 的货币 {money} 来读，而本文件没有写明地区：请在其中写 `places: (region: …)`";
        TableAndRegion =
            "a region of one's own has its own table of counties: leave places.table out",
            "自己的地区有自己的县表：请去掉 places.table";
        Currency = "expected the code of a currency like \"KES\": three capital letters (ISO 4217)",
            "应为形如 \"KES\" 的货币代码：三个大写字母（ISO 4217）";
        Levels = "expected three names like (\"province\", \"county\", \"town\")",
            "应为三个名称，形如 (\"province\", \"county\", \"town\")";
        EmptyBounds = "expected west below east and south below north",
            "west 应小于 east，south 应小于 north";
        Pair = "expected a mean and a standard deviation above 0, like (1.12, 0.99)",
            "应为平均数和大于 0 的标准差，形如 (1.12, 0.99)";
        NoSuchEscape =
            "there is no such escape; a backslash is written `\\\\`", "没有这种转义；反斜杠写作 `\\\\`";
        EscapeNotClosed = "expected `}}` after the digits of `\\u{{`", "`\\u{{` 的数字之后应为 `}}`";
        EscapeOfNothing = "the escape names no character", "这个转义不表示任何字符";
        OneCharacter = "expected one character between two `'`", "两个 `'` 之间应有一个字符";
        Extension = "extensions of RON are not used here", "这里不使用 RON 的扩展";
        Hash = "`#` begins nothing here", "这里的 `#` 没有意义";
        Unwelcome { kind: Harm, code: String } =
            "{kind} (U+{code}) may not stand in a scenario", "情景中不能有{kind}（U+{code}）";

        // Values.
        Mismatch { expected: Expected, found: Found } =
            "expected {expected}, found {found}", "应为{expected}，却是{found}";
        OutOfRange { value: String, low: Bound, high: Bound, about: About } =
            "{value} is out of range: expected {low} to {high}{about}",
                "{value} 超出范围：应为 {low} 至 {high}{about}";
        NotFinite { value: String, low: Bound, high: Bound, about: About } =
            "{value} is not a finite number: expected {low} to {high}{about}",
            "{value} 不是有限的数：应为 {low} 至 {high}{about}";
        Unfit { why: Unacceptable } = "{why}", "{why}";
        NoDay { value: String, last_year: i16 } =
            "`{value}` is no day from 2000-01-01 to {last_year}-12-31",
            "`{value}` 不是 2000-01-01 至 {last_year}-12-31 之间的日期";
        Incomplete { value: String, expected: Expected } =
            "`{value}` is not complete: expected {expected}", "`{value}` 不完整：应为{expected}";
        EmptyList { expected: Expected } = "the list is empty: expected {expected}", "列表是空的：应为{expected}";
        Unreadable { expected: Expected, reason: String } = "expected {expected}: {reason}",
            "应为{expected}：{reason}";
        NoCountyFits { least: u32, most: u32 } =
            "no county has at least {least} and at most {most} villages", "没有哪个县的村数至少 {least} 且至多 {most}";
        NameIsEmpty = "the name is empty: expected 1 to 80 characters", "名称是空的：应为 1 至 80 个字符";
        NameLength { length: usize } =
            "the name has {length} characters: expected 1 to 80", "名称有 {length} 个字符：应为 1 至 80 个";
        QuestionLength { length: usize } =
            "the question has {length} characters: expected at most 2000", "问题有 {length} 个字符：至多 2000 个";
        NameCharacter { character: String } =
            "`{character}` may not stand in a name: expected letters, digits, blanks, `_`, `-` or `.`",
            "名称中不能有 `{character}`：应为字母、数字、空格、`_`、`-` 或 `.`";
        NameEnds =
            "a name begins with a letter or digit and does not end with a blank or `.`",
            "名称以字母或数字开头，不以空格或 `.` 结尾";
        PathIsEmpty = "the path is empty", "路径是空的";
        PathIsLong = "the path is longer than 500 bytes", "路径超过 500 字节";
        PathSeparators = "folders in a path are separated by `/`", "路径中的文件夹用 `/` 分隔";
        PathIsAbsolute =
            "the path must be relative: it must stay inside the scenario's folder",
            "路径必须是相对的：不能离开情景所在的文件夹";
        PathLeaves { path: String } =
            "`{path}` leaves the scenario's folder", "`{path}` 离开了情景所在的文件夹";
        NotCsv = "expected the path of a file that ends in .csv", "应为以 .csv 结尾的文件路径";
        NoProvince { name: String } =
            "`{name}` is no province (Chinese, pinyin or 2-digit code)", "没有省份 `{name}`（可用汉字、拼音或两位代码）";
        NoCounty { code: String } = "`{code}` is no county", "没有县 `{code}`";

        // Rules and targets.
        Condition { why: ConditionError } = "{why}", "{why}";
        NameTaken { name: String } = "another one is called `{name}`", "另一个也叫 `{name}`";
        NothingSet = "the rule sets no lever", "规则没有设任何杠杆";
        NoLever { path: String } =
            "`{path}` is no lever: rules set what somebody decides", "`{path}` 不是杠杆：规则只设由人决定的量";
        FixedLever { path: String } =
            "`{path}` cannot change during a run: expected a lever of `programme` or `government` that is \
             read while it runs",
            "`{path}` 在运行中不能改变：应为运行中读取的 `programme` 或 `government` 杠杆";
        LeverOfNation { path: String } =
            "`{path}` holds for the nation: expected `in: Nation` and `each: Together`",
            "`{path}` 只对全国有效：应为 `in: Nation` 和 `each: Together`";
        LeverOfCounty { path: String } =
            "`{path}` is not read village by village: expected no `villages`",
            "`{path}` 不是按村读取的：不应有 `villages`";
        NoVillageFigure { name: String } =
            "`{name}` is nothing that a village is from the beginning", "`{name}` 不是村从一开始就有的属性";
        VillagesStay =
            "what villages are does not change: expected no `for`", "村的属性不会改变：不应有 `for`";
        EachWithoutWhen =
            "without a condition every place is decided alike: expected `when`, or no `each`",
            "没有条件时各地都一样：应有 `when`，或不写 `each`";
        UntilBeforeFrom { until: Date, from: Date } =
            "{until} does not lie after the first day, {from}", "{until} 不晚于第一天 {from}";
        NoFigure { name: String } = "there is no measure or outcome `{name}`", "没有指标或结果 `{name}`";
        RuleOutsideRun { rule: String } =
            "the rule `{rule}` is never in force during the run", "规则 `{rule}` 在运行期间从不生效";
        Nowhere { name: String } =
            "`{name}` applies nowhere: none of its places is in the run",
            "`{name}` 无处可用：它的地方都不在运行之内";
        NeedsOnePlace { name: String } =
            "`{name}` does not add up over counties: expected one county, one province or `in: Nation`",
            "`{name}` 不能按县相加：应为一个县、一个省或 `in: Nation`";
        FactorAndLevel = "give one of `factor` and `level`", "`factor` 和 `level` 须给且只给一个";
        TargetOutsideRun { target: String } =
            "the target `{target}` begins before the run or is due after it: its progress is not told whole",
            "目标 `{target}` 的基期早于运行或期限晚于运行：进度无法完整给出";

        // Fields.
        Missing { expected: Expected, about: Described } =
            "missing: expected {expected}, the {about}", "缺少：应为{expected}，即{about}";
        NoSuchField = "there is no such field", "没有这个字段";
        NoSuchParameter = "there is no such parameter", "没有这个参数";
        Renamed { name: String } = "the field is now called `{name}`", "这个字段现在叫 `{name}`";
        NoFieldHere { name: String, known: Vec<String> } =
            "there is no field `{name}` here: expected {known}", "这里没有字段 `{name}`：应为 {known}";
        Twice = "the field is given twice", "字段写了两次";
        TwiceSince { line: u32 } =
            "the field is given twice, first in line {line}", "字段写了两次，第一次在第 {line} 行";
        SetTwice { earlier: u32, number: u32 } =
            "set twice: by the changes {earlier} and {number}", "设了两次：第 {earlier} 项和第 {number} 项更改";
        TooLong { what: String } = "{what} is longer than 1 MiB", "{what} 超过 1 MiB";

        // Files.
        FileTooLong = "the file is longer than 1 MiB", "文件超过 1 MiB";
        ByteOrderMark =
            "the file begins with a byte-order mark, an invisible character",
            "文件以字节顺序标记开头，这是看不见的字符";
        Utf16 = "the file is written in UTF-16: expected UTF-8", "文件是 UTF-16 编码：应为 UTF-8";
        FileIsEmpty =
            "the file is empty: expected a scenario in `(` and `)`", "文件是空的：应为写在 `(` 和 `)` 里的情景";
        FileIsBinary = "the file is binary: expected text", "文件是二进制的：应为文字";
        NotUtf8 { byte: String } = "byte 0x{byte} is not UTF-8 text", "字节 0x{byte} 不是 UTF-8 文字";
        OnlyComments =
            "expected a scenario in `(` and `)`, found only comments", "应为写在 `(` 和 `)` 里的情景，却只有注释";
        WordBefore = "expected `(`, found a word before it", "应为 `(`，前面却有一个词";
        NoBase { name: String } =
            "`{name}` is neither the path of a .ron file nor a built-in scenario",
            "`{name}` 既不是 .ron 文件的路径，也不是内置情景";
        Unread { reason: FileError } = "cannot be read: {reason}", "无法读取：{reason}";
        UnreadFile { file: String, reason: FileError } = "`{file}` cannot be read: {reason}",
            "`{file}` 无法读取：{reason}";
        Circle { chain: String } = "base files go round in a circle: {chain}", "base 文件互相循环引用：{chain}";
        TooManyBases { most: usize } =
            "more than {most} base files on top of each other", "base 文件叠加超过 {most} 层";
        Unlisted { count: u64 } = "and {count} more faults that are not listed", "另有 {count} 处错误未列出";

        // Fields against each other.
        EndBeforeStart { end: Date, start: Date } = "{end} lies before the start, {start}",
            "{end} 早于开始 {start}";
        WindowTooLong { window: u32, run: u32 } =
            "a window of {window} days is longer than the run of {run} days", "{window} 天的时间窗比 {run} 天的运行还长";
        Above { low: f64, other: String, high: f64 } =
            "{low} is above {other}, which is {high}", "{low} 高于 {other}，后者为 {high}";
        SumAboveOne { other: String, sum: f64 } =
            "together with {other} it is {sum}: expected at most 1", "与 {other} 合计为 {sum}：应不超过 1";
        BeforeRun { day: Date, start: Date } =
            "{day} lies before the run's start, {start}", "{day} 早于运行的开始 {start}";
        AfterRun { day: Date, end: Date } = "{day} lies after the run's end, {end}", "{day} 晚于运行的结束 {end}";
        NotAfterBaseline { day: Date, baseline: Date } =
            "{day} does not lie after the baseline, {baseline}", "{day} 不晚于基线调查 {baseline}";
        MoreControl { control: u32, surveyed: u32 } =
            "{control} villages of control are more than the {surveyed} surveyed",
            "对照村 {control} 个，多于调查的 {surveyed} 个";
        NobodySurveyed = "no household is surveyed", "没有调查任何农户";
        NothingTried =
            "no programme starts before the follow-up: nothing is tried", "回访前没有项目启动：什么也没有试验";
        PartOfFirstMonth { run: u32, days: u32, month: Month } =
            "the run has {run} of the {days} days of {month}: what is counted in that month is of these days",
            "{month} 有 {days} 天，运行只含其中 {run} 天：该月的计数只属于这些天";
        PartOfLastMonth { run: u32, days: u32, month: Month } =
            "the run has {run} of the {days} days of {month}: what is counted in that month is of these \
                days, \
             and nothing that is decided at a month's end is decided in it",
            "{month} 有 {days} 天，运行只含其中 {run} 天：该月的计数只属于这些天，月末才作的决定这个月不作";

        // What has no effect.
        SupportEndsFirst { end: Date, start: Date } =
            "support ends on {end}, before the programme starts on {start}", "支持于 {end} 结束，早于项目启动的 {start}";
        ProgrammeAfterRun { start: Date, end: Date } =
            "the programme starts on {start}, after the run's end, {end}", "项目于 {start} 启动，晚于运行的结束 {end}";
        MeasureAfterRun { start: Date, end: Date } =
            "{start} lies after the run's end, {end}: the measure has no effect",
            "{start} 晚于运行的结束 {end}：这项措施没有作用";
        MeasureEndsFirst { end: Date, start: Date } =
            "{end} does not lie after the first day, {start}: the measure has no effect",
            "{end} 不晚于第一天 {start}：这项措施没有作用";
        MeasureBeforeRun { end: Date, start: Date } =
            "{end} does not lie after the run's start, {start}: the measure has no effect",
            "{end} 不晚于运行的开始 {start}：这项措施没有作用";
        NoTarget { target: &'static str } = "has no effect: {target} is Nobody", "没有作用：{target} 为 Nobody";
        EntryAfterRun { day: Date, end: Date } =
            "{day} lies after the run's end, {end}: the platform does not enter",
                "{day} 晚于运行的结束 {end}：平台不会进入";
        ShockOutside { day: Date } = "the shock of {day} lies outside the run", "{day} 的意外事件不在运行期间";
        FestivalsUnknown { first: Date, last: Date } =
            "the days of Spring Festival are known from {first} to {last}: 5 February is taken in other \
                years",
            "春节的日期只知道 {first} 至 {last}：其他年份按 2 月 5 日计";
        NoSuppliers { columns: String } =
            "the table has no column {columns}: in these all its counties are alike, so they do not tell \
             where sellers arise",
            "表中没有 {columns} 列：各县在这些方面相同，不影响卖家在哪里出现";
        LevelBefore { day: Date, part: Part } =
            "begins on {day}: level until then, {part}", "自 {day} 起才有数据：此前保持不变，占{part}";
        LevelAfter { day: Date, part: Part } =
            "ends on {day}: level from then on, {part}", "数据止于 {day}：此后保持不变，占{part}";
        GrownAfter { day: Date, percent: String, part: Part } =
            "ends on {day}: from then on it grows by {percent} % a year as the scenario states, {part}",
            "数据止于 {day}：此后按情景设定每年增长 {percent}%，占{part}";

        // Runs.
        TooLarge { needed: u64, villages: u64, records: u64, limit: u32 } =
            "the run needs about {needed} MiB for {villages} villages and {records} household records, more \
             than the limit of {limit} MiB",
            "{villages} 个村、{records} 条农户记录的运行约需 {needed} MiB 内存，超过 {limit} MiB 的上限";
        TooLargeEach { needed: u64, ranks: usize, villages: u64, records: u64, limit: u32 } =
            "the run needs about {needed} MiB on each of {ranks} ranks for {villages} villages and \
                {records} \
             household records, more than the limit of {limit} MiB",
            "{villages} 个村、{records} 条农户记录的运行在 {ranks} 台机器上各约需 {needed} MiB 内存，超过 {limit} MiB 的上限";
        Table { expected: Wanted } = "expected {expected}", "应为{expected}";
        Cell { value: String, expected: Wanted } = "`{value}`: expected {expected}", "`{value}`：应为{expected}";
        TooManyRanks { ranks: usize, counties: usize } =
            "{ranks} ranks cannot share {counties} counties: a county is the least that one can hold",
            "{ranks} 台机器无法分担 {counties} 个县：每台至少要有一个县";
        OtherCounties =
            "the checkpoint holds other counties than its scenario names", "检查点中的县与其情景所选的县不同";

        // Of what is declared elsewhere: places, and files of other kinds, such as experiments.
        Beyond { what: Message } = "{what}", "{what}";
    }
}

messages! {
    /// What stands where something else was expected.
    pub enum Found {
        EndOfText = "the end of the text", "文字的结尾";
        This { text: String } = "`{text}`", "`{text}`";
        Text = "a text in quotes", "引号中的文字";
        Letter = "a character in quotes", "引号中的一个字符";
        Number = "a number", "一个数";
        Word = "a word", "一个词";
        List = "a list in brackets", "方括号中的列表";
        Tuple = "values in parentheses", "括号中的值";
        Fields = "fields in parentheses", "括号中的字段";
        Call = "a word with parentheses", "带括号的词";
        Broken = "something unreadable", "无法读取的内容";
    }
}

messages! {
    /// What is opened and not closed.
    pub enum Open {
        Bracket { bracket: char } = "`{bracket}`", " `{bracket}` ";
        Text = "the text", "文字";
        Comment = "the comment", "注释";
    }
}

messages! {
    /// A part of a run.
    pub enum Part {
        Whole = "the whole run", "整个运行";
        Months { part: u32, run: u32 } = "{part} of {run} months", " {run} 个月中的 {part} 个月";
        Years { part: String, run: String } = "{part} of {run} years", " {run} 年中的 {part} 年";
    }
}

/// The least or greatest number that may stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A real number.
    Real(f64),
    /// A whole number.
    Whole(u64),
}

impl Localised for Bound {
    fn localised(&self, _: Speaker) -> String {
        match self {
            Bound::Real(number) => number.to_string(),
            Bound::Whole(number) => number.to_string(),
        }
    }

    fn sample() -> Bound {
        Bound::Whole(u64::MAX)
    }
}

/// Unit and meaning of a number, to end a message with.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// Nothing.
    Nothing,
    /// The field or parameter at a path.
    Path(String),
    /// The code of a county.
    CountyCode,
    /// A number of counties.
    Counties,
    /// A number of villages.
    Villages,
    /// A number of a unit.
    Unit(Unit),
    /// What a reader of another kind of file counts.
    Beyond(Message),
}

impl Localised for About {
    fn localised(&self, speaker: Speaker) -> String {
        let is_english = speaker.language == Language::English;
        let in_brackets =
            |text: &str| if is_english { format!(" ({text})") } else { format!("（{text}）") };
        match self {
            About::Nothing => String::new(),
            About::Path(path) => of_path(path, speaker),
            About::CountyCode => {
                in_brackets(if is_english { "6-digit code of a county" } else { "县的六位代码" })
            }
            About::Counties => in_brackets(if is_english { "number of counties" } else { "县数" }),
            About::Villages => in_brackets(if is_english { "number of villages" } else { "村数" }),
            About::Unit(unit) => spaced(&unit.localised(speaker)),
            About::Beyond(what) => spaced(&what.localised(speaker)),
        }
    }

    fn sample() -> About {
        About::Path("household.elasticity".to_owned())
    }
}

fn of_path(path: &str, speaker: Speaker) -> String {
    if let Some(field) = own(path) {
        return match speaker.language {
            Language::English => format!(" ({})", field.description),
            Language::Chinese => format!("（{}）", field.chinese),
        };
    }
    let Some(row) = parameter(path) else { return String::new() };
    let unit = spaced(&row.unit.localised(speaker));
    match speaker.language {
        Language::English => format!("{unit} ({})", lowered(row.description.trim_end_matches('.'))),
        Language::Chinese => {
            let definition = (speaker.definition)(path).unwrap_or_default();
            format!("{unit}（{}）", definition.trim_end_matches('。'))
        }
    }
}

/// With a blank before it, if it is anything.
fn spaced(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

/// With its first letter in lower case.
fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// A field, in the words of its description.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Described(pub &'static FieldInfo);

impl Localised for Described {
    fn localised(&self, speaker: Speaker) -> String {
        match speaker.language {
            Language::English => self.0.description.to_owned(),
            Language::Chinese => self.0.chinese.to_owned(),
        }
    }

    fn sample() -> Described {
        Described(&super::fields::FIELDS[0])
    }
}
