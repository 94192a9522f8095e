//! Why something could not be done, as types; in words only where it is shown.

use sim_core::base::{FileError, Localised, Speaker};
use sim_core::messages;
use sim_core::scenario::InputErrors;

messages! {
    /// Why something could not be done.
    pub enum Reason {
        EndIsMissing = "the end is missing", "末尾缺失";
        LetterIsWrong = "a letter is wrong or missing", "有字符错误或缺失";
        LaterForm { form: u32, own: u32 } =
            "it has form {form} of a later version; this one reads {own}", "其格式 {form} 属于更新的版本；本版本读取格式 {own}";
        NoScenario { number: usize } = "there is no scenario {number}", "没有情景 {number}";
        Crash { details: String } = "a fault in the program: {details}", "程序出错：{details}";
        CrashInSilence = "a fault in the program: no details", "程序出错：没有细节";
        NoThread { why: FileError } = "no thread can be started: {why}", "无法启动线程：{why}";
        File { why: FileError } = "{why}", "{why}";
        Scenario { faults: Refused } = "{faults}", "{faults}";
        BrowserKeepsNothing = "the browser keeps nothing for this page", "浏览器不为本页保存任何内容";
        BrowserIsFull = "the browser's storage for this page is full", "浏览器为本页提供的存储已满";
        BrowserRefused { details: String } = "the browser refused: {details}", "浏览器拒绝了：{details}";
        NoFolders = "a web page opens no folders", "网页打不开文件夹";
        Other { text: String } = "{text}", "{text}";
    }
}

/// In the words of other software.
impl From<String> for Reason {
    fn from(text: String) -> Reason {
        Reason::Other { text }
    }
}

impl From<std::io::Error> for Reason {
    fn from(error: std::io::Error) -> Reason {
        Reason::File { why: error.into() }
    }
}

impl From<InputErrors> for Reason {
    fn from(faults: InputErrors) -> Reason {
        Reason::Scenario { faults: Refused(faults) }
    }
}

/// What is wrong with a scenario, in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused(pub InputErrors);

impl Localised for Refused {
    fn localised(&self, speaker: Speaker) -> String {
        let one = |fault: &sim_core::scenario::InputError| {
            let message = fault.message.localised(speaker);
            if fault.path.is_empty() { message } else { format!("{}: {message}", fault.path) }
        };
        self.0.0.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    fn sample() -> Refused {
        Refused(InputErrors(Vec::new()))
    }
}

messages! {
    /// What is wrong with a lesson.
    pub enum LessonError {
        Step { number: usize, what: StepError } = "step {number}: {what}", "第 {number} 步：{what}";
        NoTitle = "title: there is no English text", "title：没有英文文字";
        NoSteps = "steps: there is none", "steps：一步也没有";
        FolderNotOpened { why: FileError } = "this folder cannot be opened: {why}", "打不开这个文件夹：{why}";
        NoFiles = "no file here ends in .ron", "这里没有以 .ron 结尾的文件";
        File { why: FileError } = "{why}", "{why}";
        Unreadable { reason: String } = "{reason}", "{reason}";
    }
}

messages! {
    /// What is wrong with a step of a lesson.
    pub enum StepError {
        NoText { name: &'static str } = "{name}: there is no English text", "{name}：没有英文文字";
        NothingAsked =
            "ask: a task needs an English text that asks for it", "ask：任务需要一段提出要求的英文";
        NoSolution = "solution: a task needs one", "solution：任务需要解答";
        NothingSettles = "settled: only a task can wait for all runs, and this step has none",
            "settled：只有任务才能等所有运行算完，而本步没有任务";
        NoBuiltin { name: String, known: Vec<String> } =
            "Open: no built-in scenario {name:?}; there are {known}", "Open：没有内置情景 {name:?}；有 {known}";
        NotOpened { faults: Refused } = "Open: {faults}", "Open：{faults}";
        NotSet { path: String, value: String, faults: Refused } =
            "Set {path} to {value}: {faults}", "把 {path} 设为 {value}：{faults}";
        Camera { longitude: f64, latitude: f64, zoom: f64 } =
            "Camera({longitude}, {latitude}, {zoom}): expected 70 to 140 degrees east, 15 to 55 north, 4 to \
                60000 \
             points to a degree",
            "Camera({longitude}, {latitude}, {zoom})：应为东经 70 至 140 度、北纬 15 至 55 度、每度 4 至 60000 点";
        NotMeasured =
            "Measured: only a task Number can be answered so", "Measured：只有 Number 任务可以这样回答";
        NoOption { option: usize, count: usize } =
            "Choose({option}): there are {count} options, counted from 0",
                "Choose({option})：共有 {count} 个选项，从 0 数起";
        NoRightOption { right: usize, count: usize } =
            "Choice: the right option is number {right}, but there are {count}, counted from 0",
            "Choice：正确选项为第 {right} 个，但只有 {count} 个，从 0 数起";
        Tolerance { tolerance: f64 } =
            "Number: a tolerance of {tolerance}; expected 0 to 1", "Number：容差为 {tolerance}；应为 0 至 1";
        NoParameter { path: String } =
            "{path:?}: there is no such parameter; `countryside params` lists them",
            "{path:?}：没有这个参数；`countryside params` 列出全部参数";
        NoOutcome { name: String } =
            "{name:?}: there is no such outcome; the list under \"Add a chart\" has their names",
            "{name:?}：没有这个结果；“添加图表”中有它们的名称";
        RenamedOutcome { name: String, now: String } =
            "{name:?}: the outcome is now called {now:?}", "{name:?}：这个结果现在叫 {now:?}";
        NoDay { day: String } = "{day:?}: no day; expected one as 2016-12-31", "{day:?}：不是日期；应形如 2016-12-31";
        Range { least: f64, most: f64 } =
            "from {least} to {most}: expected two numbers, the lesser first", "{least} 至 {most}：应为两个数，小的在前";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, Say};

    #[test]
    fn every_reason_is_told_in_both_languages() {
        fn both<T: Localised>(all: Vec<T>) {
            for one in all {
                let [english, chinese] = [Language::English, Language::Chinese]
                    .map(|language| one.localised(Say::in_language(language).speaker()));
                assert!(!english.contains('{') && !chinese.contains('{'), "{english} {chinese}");
            }
        }
        both(Reason::samples());
        both(LessonError::samples());
        both(StepError::samples());
    }
}
