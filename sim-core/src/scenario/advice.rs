//! What to do about what is wrong.

use crate::base::{Localised, Message};
use crate::messages;

messages! {
    /// What to do.
    pub enum Advice {
        Nothing = "", "";
        NowCalled { name: String } = "it is now called `{name}`", "现在叫 `{name}`";
        DidYouMean { name: String } = "did you mean `{name}`?", "是不是 `{name}`？";
        DidYouMeanOneOf { names: Alternatives } = "did you mean {names}?", "是不是 {names}？";
        WithoutQuotes = "write it without quotes", "不要加引号";
        InQuotes { value: String } = "write it in quotes: \"{value}\"", "写在引号里：\"{value}\"";
        WithoutSome = "write the value without `Some`", "直接写值，不要 `Some`";
        YearMonthDay = "write year, month and day like \"2014-10-13\"", "写年、月、日，形如 \"2014-10-13\"";
        Write { value: String } = "write {value}", "写作 {value}";
        WriteSection { section: String, name: String } =
            "write `{section}: ({name}: …)`", "写作 `{section}: ({name}: …)`";
        PlainQuotes = "write plain quotes `\"`", "写普通引号 `\"`";
        PlainParentheses = "write plain `(` and `)`", "写普通的 `(` 和 `)`";
        PlainBlank = "write a plain blank", "写普通空格";
        Plain { character: char } = "write a plain `{character}`", "写普通的 `{character}`";
        NameAndValue = "write `name: value`", "写作 `name: value`";
        TextQuotes = "texts stand in `\"`, not in `'`", "文字写在 `\"` 里，不写在 `'` 里";
        DoubleQuotes = "texts stand in `\"`", "文字写在 `\"` 里";
        Commas = "fields are separated by `,`", "字段之间用 `,` 分隔";
        Parentheses = "fields stand in `(` and `)`", "字段写在 `(` 和 `)` 里";
        DigitGroups = "digits are grouped with `_`, as in 1_000_000", "数字用 `_` 分组，形如 1_000_000";
        SetOneOf { path: String } = "set one of its fields, like `{path}`", "请设它的某个字段，例如 `{path}`";
        BaseInFiles = "only a file can have a base", "只有文件可以有 base";
        FieldsHere { known: Vec<String> } = "the fields here are {known}", "这里的字段有 {known}";
        IsBuiltin { name: String } = "`{name}` is a built-in scenario", "`{name}` 是内置情景";
        BaseBuiltin { name: String } =
            "for the built-in scenario write base: \"{name}\"", "内置情景写作 base: \"{name}\"";
        Builtins { known: Vec<String> } = "built-in scenarios: {known}", "内置情景：{known}";
        IsBuiltinOf { name: String, known: Vec<String> } =
            "`{name}` is a built-in scenario; built-in scenarios: {known}", "`{name}` 是内置情景；内置情景有：{known}";
        SaveWithoutMark =
            "save it as UTF-8 without byte-order mark (BOM)", "存为不带字节顺序标记（BOM）的 UTF-8";
        SaveNotGbk = "save it as UTF-8; GBK is not read", "存为 UTF-8；不读取 GBK";
        SaveUtf8 = "save it as UTF-8", "存为 UTF-8";
        IsItAScenario = "is it a scenario?", "它是情景吗？";
        DeleteIt = "delete it", "请删除";
        DeleteLine = "delete the line", "请删除这一行";
        Delete { word: String } = "delete `{word}`", "请删除 `{word}`";
        Comments = "comments begin with `//`", "注释以 `//` 开头";
        SeedOnce = "give either --seed or --set seed, and once", "--seed 和 --set seed 只给一个，且只给一次";
        EndOnce = "give either --until or --set end, and once", "--until 和 --set end 只给一个，且只给一次";
        SampleOnce =
            "give either --sample or --set household_sample, and once",
                "--sample 和 --set household_sample 只给一个，且只给一次";
        SetOnce = "set it once", "只设一次";
        LessMemory =
            "raise limits.memory, lower household_sample, or choose fewer places",
            "提高 limits.memory，降低 household_sample，或少选一些地方";
        FewerRanks { most: usize } = "start at most {most}, or choose more places", "至多启动 {most} 台，或多选一些地方";
        Beyond { what: Message } = "{what}", "{what}";
    }
}

impl Advice {
    /// Whether nothing useful is known.
    pub fn is_nothing(&self) -> bool {
        *self == Advice::Nothing
    }

    /// The name that may have been meant, if there is one.
    pub fn meant(name: Option<&str>) -> Advice {
        name.map_or(Advice::Nothing, |name| Advice::DidYouMean { name: name.to_owned() })
    }
}

/// Some names of which one may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternatives(pub Vec<String>);

impl Localised for Alternatives {
    fn localised(&self, speaker: crate::base::Speaker) -> String {
        let or = match speaker.language {
            crate::base::Language::English => " or ",
            crate::base::Language::Chinese => " 或 ",
        };
        self.0.join(or)
    }

    fn sample() -> Alternatives {
        Alternatives(vec!["x".to_owned(), "y".to_owned()])
    }
}
