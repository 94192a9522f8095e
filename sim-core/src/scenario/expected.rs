//! What was expected where something else was written.

use super::fields::FieldKind;
use crate::base::Message;
use crate::messages;
use crate::params::ValueKind;
use std::fmt;

messages! {
    /// What was expected.
    pub enum Expected {
        Value { kind: ValueKind } = "{kind}", "{kind}";
        OneOf { names: Vec<String> } = "one of {names}", "以下之一：{names}";
        Base =
            "the path of a .ron file or the name of a built-in scenario, in quotes",
            "引号中的 .ron 文件路径或内置情景的名称";
        OneValue = "one value", "一个值";
        OneList = "one list in brackets", "一个方括号中的列表";
        RulePlaces =
            "one of Nation, Province(\"Guizhou\"), Provinces([\"Guizhou\"]), County(330122), \
             Counties([330122]), Poverty, NotPoverty, Remote",
            "以下之一：Nation、Province(\"Guizhou\")、Provinces([\"Guizhou\"])、County(330122)、\
             Counties([330122])、Poverty、NotPoverty、Remote";
        Levers = "levers like (programme: (base_pay: 500.0))", "杠杆，形如 (programme: (base_pay: 500.0))";
        Provinces =
            "a list of provinces like [\"浙江省\", \"Guizhou\", \"33\"]",
                "省份的列表，形如 [\"浙江省\", \"Guizhou\", \"33\"]";
        Province =
            "a text in quotes, the name or 2-digit code of a province", "引号中的文字，即省份的名称或两位代码";
        Codes = "a list of 6-digit county codes like [330122]", "县的六位代码的列表，形如 [330122]";
        Kinds =
            "a list of kinds like [County, CountyLevelCity, Banner]",
                "类型的列表，形如 [County, CountyLevelCity, Banner]";
        Count = "(count: …)", "(count: …)";
        FieldsLike { example: String } = "fields like ({example}: …)", "字段，形如 ({example}: …)";
        FieldsInParentheses { example: String } =
            "fields in parentheses like ({example}: …)", "括号中的字段，形如 ({example}: …)";
        Scenario = "fields in parentheses like (name: \"…\")", "括号中的字段，形如 (name: \"…\")";
        Beyond { what: Message } = "{what}", "{what}";
    }
}

impl Expected {
    /// Whether it is written without quotes: a number, a word.
    pub fn is_bare(&self) -> bool {
        match self {
            Expected::Value { kind } => {
                matches!(
                    kind,
                    ValueKind::Number
                        | ValueKind::Whole
                        | ValueKind::Flag
                        | ValueKind::Choice(_)
                        | ValueKind::Places
                )
            }
            Expected::OneOf { .. } => true,
            _ => false,
        }
    }
}

impl From<FieldKind> for Expected {
    fn from(kind: FieldKind) -> Expected {
        match kind {
            FieldKind::Value(kind) => Expected::Value { kind },
            FieldKind::Beyond(what) => Expected::Beyond { what: what() },
        }
    }
}

/// In English.
impl fmt::Display for FieldKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Expected::from(*self).fmt(f)
    }
}

impl From<ValueKind> for Expected {
    fn from(kind: ValueKind) -> Expected {
        Expected::Value { kind }
    }
}
