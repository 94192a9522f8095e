//! What may be wrong with a file of members, and what to do: as types, with their words.

use crate::base::{Message, Wanted};
use crate::messages;
use crate::scenario::{Advice, Issue};

messages! {
    /// What is wrong with a file of members.
    pub enum MembersIssue {
        Table { expected: Wanted } = "expected {expected}", "应为{expected}";
        NoColumn { name: &'static str } = "expected a column `{name}`", "应有 `{name}` 列";
        NoParameter = "there is no such parameter", "没有这个参数";
        OtherMember { line: u32 } =
            "the member has the number of that in line {line}", "成员与第 {line} 行的编号相同";
        NoNumber = "expected a whole number from 1, the member's", "应为从 1 起的整数，即成员的编号";
        NoWeight = "expected a number above 0 and up to 1, the member's weight",
            "应为大于 0 且不超过 1 的数，即成员的权重";
        WeightsSum { sum: f64 } =
            "weights sum to {sum}: expected 1, within 1 %", "权重之和为 {sum}：应为 1，误差不超过 1 %";
        NoValue = "expected a number", "应为数";
        NothingVaried = "expected a column for at least one parameter", "至少应有一个参数的列";
    }
}

messages! {
    /// What to do about what is wrong with a file of members.
    pub enum MembersAdvice {
        PathsOfParameters =
            "countryside params lists the parameters and their paths", "countryside params 列出参数及其路径";
        NumberEach = "number the members 1, 2, 3, ...", "请把成员编号为 1、2、3……";
        LeaveOut = "a member of no weight is left out of the file", "没有权重的成员不写入文件";
        DivideBySum = "divide each weight by the sum", "请将每个权重除以权重之和";
    }
}

impl From<MembersIssue> for Issue {
    fn from(issue: MembersIssue) -> Issue {
        Issue::Beyond { what: Message::of(issue) }
    }
}

impl From<MembersAdvice> for Advice {
    fn from(advice: MembersAdvice) -> Advice {
        Advice::Beyond { what: Message::of(advice) }
    }
}
