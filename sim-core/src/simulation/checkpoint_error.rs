//! Why a checkpoint is refused, or a branch from it.

use crate::base::{Date, FileError, Language, Localised, Speaker, Worded};
use crate::messages;
use crate::model::soundness::StoredPart;
use crate::scenario::InputErrors;
use std::error::Error;
use std::fmt;
use std::io;

/// Version of the form of checkpoints; a checkpoint of another version is refused by name.
pub(super) const FORM: u8 = 11;

/// A digest of the model's code and data, in hexadecimal: results of two programs that differ in it may
/// differ. Made by `build.rs`; lines of comment and tests are not part of it.
pub const MODEL: &str = env!("COUNTRYSIDE_MODEL");

/// Why a checkpoint cannot be written or resumed.
#[derive(Debug)]
pub enum CheckpointError {
    /// It was written by a version that stores other things.
    Form {
        /// The form found.
        found: u8,
    },
    /// It was written by another build of the model, whose results may be others.
    Model {
        /// The digest of that model, in hexadecimal.
        found: String,
    },
    /// Its bytes are not those of a checkpoint.
    Damaged(Damage),
    /// It could not be written.
    Writing(io::Error),
    /// Its scenario is not accepted.
    Scenario(InputErrors),
}

messages! {
    /// Why bytes are no checkpoint.
    pub enum Damage {
        CutShort = "it is cut short", "它不完整";
        NoModel = "it does not say which model wrote it", "它没有说明由哪版模型写成";
        Contradiction { part: StoredPart } = "{part}: what is stored contradicts the rest",
            "{part}：存储的内容与其他部分矛盾";
        // In the words of the decoder.
        Undecodable { reason: String } = "{reason}", "{reason}";
    }
}

impl Localised for CheckpointError {
    fn localised(&self, speaker: Speaker) -> String {
        let is_english = speaker.language == Language::English;
        match self {
            CheckpointError::Form { found } if is_english => format!(
                "the checkpoint has form {found}; this version reads form {FORM}: resume it with the version \
                 that wrote it"
            ),
            CheckpointError::Form { found } => {
                format!("检查点的格式为 {found}；本版本读取格式 {FORM}：请用写它的版本继续运行")
            }
            CheckpointError::Model { found } if is_english => format!(
                "the checkpoint was written by another build of the model ({found}; this program's is \
                 {MODEL}), whose results may be others: resume it with the program that wrote it, or run \
                 from the beginning"
            ),
            CheckpointError::Model { found } => format!(
                "检查点由另一版模型写成（{found}；本程序的是 {MODEL}），结果可能不同：请用写它的程序继续运行，或从头运行"
            ),
            CheckpointError::Damaged(why) => {
                let why = why.localised(speaker);
                if is_english {
                    format!(
                        "the checkpoint is damaged, none at all, or of a version that stored other things: \
                            {why}"
                    )
                } else {
                    format!("检查点已损坏、不是检查点，或来自存储内容不同的版本：{why}")
                }
            }
            CheckpointError::Writing(error) if is_english => {
                format!("the checkpoint cannot be written: {error}")
            }
            CheckpointError::Writing(error) => {
                format!("检查点无法写入：{}", FileError::from(error).localised(speaker))
            }
            CheckpointError::Scenario(faults) => {
                let before = if is_english {
                    "the scenario in the checkpoint is not accepted:"
                } else {
                    "检查点中的情景不被接受："
                };
                format!("{before}\n{}", faults.localised(speaker))
            }
        }
    }

    fn sample() -> CheckpointError {
        CheckpointError::Form { found: 1 }
    }
}

impl Worded for CheckpointError {}

/// In English.
impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.localised(Speaker::ENGLISH))
    }
}

impl Error for CheckpointError {}

/// Why a run cannot branch from a checkpoint.
#[derive(Debug)]
pub enum BranchError {
    /// The checkpoint cannot be resumed.
    Checkpoint(CheckpointError),
    /// A change is faulty.
    Change(InputErrors),
    /// A change would unmake the past.
    Fixed {
        /// The field.
        path: String,
        /// What it decides.
        what: Decided,
    },
    /// A change lies before the moment from which the run branches.
    Past {
        /// The field.
        path: String,
        /// Which day lies before which moment.
        why: PastError,
    },
}

impl Localised for BranchError {
    fn localised(&self, speaker: Speaker) -> String {
        match (self, speaker.language) {
            (BranchError::Checkpoint(error), _) => error.localised(speaker),
            (BranchError::Change(faults), _) => faults.localised(speaker),
            (BranchError::Fixed { path, what }, Language::English) => {
                format!("{path} cannot change in the middle of a run: it decides {what}")
            }
            (BranchError::Fixed { path, what }, Language::Chinese) => {
                format!("{path} 不能在运行途中更改：它决定{}", what.localised(speaker))
            }
            (BranchError::Past { path, why }, Language::English) => format!("{path}: {why}"),
            (BranchError::Past { path, why }, Language::Chinese) => {
                format!("{path}：{}", why.localised(speaker))
            }
        }
    }

    fn sample() -> BranchError {
        BranchError::Fixed { path: "seed".to_owned(), what: Decided::Seed }
    }
}

impl Worded for BranchError {}

/// In English.
impl fmt::Display for BranchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.localised(Speaker::ENGLISH))
    }
}

impl Error for BranchError {}

impl From<CheckpointError> for BranchError {
    fn from(error: CheckpointError) -> BranchError {
        BranchError::Checkpoint(error)
    }
}

messages! {
    /// What a field has decided once a run has begun.
    pub enum Decided {
        Start = "when the run began", "运行何时开始";
        Seed = "all random draws so far", "至今的全部随机数";
        World = "the places and households, drawn at the run's start", "地点与农户，这在运行开始时抽定";
        Sample = "how many households a record stands for", "一条记录代表多少农户";
        Window = "when counties and the nation speak", "县与全国何时交换信息";
        Places = "where the run takes place", "运行在哪里进行";
        Base = "what the scenario was made from", "情景由什么而来";
        Trial = "who is surveyed and when, drawn at the run's start", "何时调查哪些人，这在运行开始时抽定";
        Followed =
            "which households are followed, drawn at the run's start", "跟踪哪些农户，这在运行开始时抽定";
    }
}

messages! {
    /// Why a change lies in a run's past.
    pub enum PastError {
        End { end: Date, now: Date } =
            "{end} lies before the branch's moment, {now}", "{end} 早于分支的时刻 {now}";
        Day { day: Date, now: Date } =
            "{day} lies before the branch's moment, {now}: until then the run is the checkpoint's; expected \
             {now} or later",
            "{day} 早于分支的时刻 {now}：此前的运行属于检查点；应为 {now} 或以后";
        Series { now: Date } =
            "it is changed only before the branch's moment, {now}: that has no effect",
            "只改了分支时刻 {now} 之前的部分：没有作用";
        Shock { start: Date, now: Date } =
            "the shock of {start} is over at the branch's moment, {now}",
            "{start} 的意外事件在分支的时刻 {now} 已经结束";
        Rules =
            "rules that have been in force stay, in their order: expected them, and new ones after them",
            "已经生效的规则按原顺序保留：应先写它们，新规则写在其后";
        Tranches { now: Date } =
            "tranches until the branch's moment, {now}, are paid: they stay as they are",
            "分支时刻 {now} 之前的拨款已经支付：不能再改";
    }
}
