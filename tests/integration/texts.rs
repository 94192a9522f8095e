//! Texts of users that look like the program's own words are texts like any other, and every message is told
//! in both languages.

use sim_core::base::harmless::Harm;
use sim_core::base::sheet::SheetError;
use sim_core::base::{FileError, Language, Localised, Speaker, Unit, Wanted};
use sim_core::params::{ShockError, Unacceptable, ValueKind};
use sim_core::runner::ThreadsError;
use sim_core::scenario::issue::{Expected, Found, Issue, Open, Part};
use sim_core::scenario::{Advice, MemorySource, Scenario, load};
use sim_core::simulation::{BranchError, CheckpointError, Damage, Decided, PastError, Simulation, Threads};
use sim_core::world::{Place, WorldError};
use sim_experiments::experiment::issue::{
    CellError, ExperimentAdvice, ExperimentExpected, ExperimentIssue, PointsError,
};

/// What would lead astray who looks into texts: words of messages, of parameters and of scenario files,
/// quotes, line ends.
const ODD: [&str; 6] = [
    "places: (table: Some(\"x.csv\")) or table: \"y.csv\"",
    "expected a number, found a date like \"2014-10-13\"",
    "is it one of All, true or false? a text in quotes",
    "line one\nline two\ttable:\r\n\"quoted\" \\ and 'single'",
    "fen yuan share of orders {0} {found} {{}}",
    "是不是 `桐庐县`？应为 table:",
];

fn with_question(question: &str) -> Scenario {
    let question = ron::to_string(question).unwrap();
    let text = format!(
        "(base: \"tiny\", name: \"a date number table\", question: {question}, start: \"2014-10-01\", end: \
         \"2014-11-30\", places: (villages_per_county: Some(2)))"
    );
    load(&MemorySource::of("odd.ron", text), "odd.ron", &[]).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn questions_and_names_hold_any_words_and_come_back_as_they_were() {
    for question in ODD {
        let scenario = with_question(question);
        assert_eq!(scenario.question, question);
        let again = load(&MemorySource::of("a.ron", scenario.resolved_text()), "a.ron", &[]).unwrap();
        assert_eq!(again, scenario);
        assert_eq!(again.hash(), with_question("").hash(), "what is asked changes nothing in a run");
    }
}

#[test]
fn a_checkpoint_of_a_scenario_with_an_odd_question_is_resumed() {
    let whole = |question: &str| {
        let scenario = with_question(question);
        let mut run = Simulation::build(&scenario, None, Threads::Sequential).unwrap();
        run.step();
        let bytes = run.checkpoint().unwrap();
        let mut resumed = Simulation::resume(&bytes, Threads::Sequential).unwrap();
        assert_eq!(resumed.scenario().question, question);
        while resumed.step() {}
        resumed.fingerprint()
    };
    let plain = whole("");
    for question in ODD {
        assert_eq!(whole(question), plain, "{question}");
    }
}

const CHINESE: Speaker =
    Speaker { language: Language::Chinese, definition: |path| Some(format!("{path} 的定义。")) };

/// Whether a text has three English words in a row, values in quotes and brackets left out.
fn is_english(text: &str) -> bool {
    let plain = text.split('`').step_by(2).collect::<Vec<_>>().join("、");
    let plain = plain.split(['(', ')', '[', ']', '"']).step_by(2).collect::<Vec<_>>().join("、");
    let words = |part: &str| part.split(' ').filter(|word| word.len() > 1).count() > 2;
    plain.split(|letter: char| !(letter.is_ascii_alphabetic() || letter == ' ')).any(words)
}

fn both<T: Localised + std::fmt::Debug>(messages: Vec<T>) {
    assert!(!messages.is_empty());
    for message in messages {
        let [english, chinese] = [Speaker::ENGLISH, CHINESE].map(|speaker| message.localised(speaker));
        for text in [&english, &chinese] {
            assert!(!text.contains('\n') && !text.contains("{}"), "{message:?}: {text}");
        }
        assert!(!is_english(&chinese), "{message:?}: {chinese}");
    }
}

#[test]
fn every_message_is_told_in_english_and_chinese() {
    both(Issue::samples());
    both(Advice::samples());
    both(Expected::samples());
    both(Found::samples());
    both(Open::samples());
    both(Part::samples());
    both(Harm::samples());
    both(Wanted::samples());
    both(FileError::samples());
    both(Place::samples());
    both(WorldError::samples());
    both(Decided::samples());
    both(PastError::samples());
    both(Damage::samples());
    both(vec![CheckpointError::sample()]);
    both(vec![BranchError::sample()]);
    both(vec![SheetError::sample()]);
    both(ThreadsError::samples());
    both(ExperimentIssue::samples());
    both(ExperimentAdvice::samples());
    both(ExperimentExpected::samples());
    both(PointsError::samples());
    both(CellError::samples());
    both(Unacceptable::samples());
    both(ShockError::samples());
    both(vec![ValueKind::Number, ValueKind::Date, ValueKind::Schedule, ValueKind::Choice(&["Poor", "Rich"])]);
    both(vec![Unit::sample()]);
    assert!(is_english("this is English") && !is_english("应为 `this is English`"), "the control");
}

/// Whether a text is followed by a line in which a marker stands under a part of its last line that is shown.
fn is_marked(shown: &str, line: &str, part: &str) -> bool {
    let lines: Vec<&str> = shown.lines().collect();
    lines.windows(2).any(|pair| {
        let at = pair[0].find(line).and_then(|from| Some(from + pair[0][from..].find(part)?));
        at.is_some_and(|at| pair[1].find('^') == Some(at) && pair[1].matches('^').count() == part.len())
    })
}

#[test]
fn errors_show_the_line_and_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("value.ron", "(\n    base: \"tiny\",\n    household: (elasticity: 0.5, retail_shar: 1.0),\n)\n");
    write("table.ron", "(base: \"tiny\", places: (select: All, table: \"own.csv\"))\n");
    write("own.csv", "code,name,heihgt\n330122,Tonglu,30\n");
    let shown = |arguments: &[&str]| {
        let shown = crate::program::run(folder.path(), arguments);
        assert_eq!(shown.code, Some(2), "{}", shown.err);
        shown.err
    };
    let value = shown(&["check", "value.ron"]);
    assert!(
        value.contains("value.ron:3:29: household.elasticity: 0.5 is out of range: expected 1.1 to 20"),
        "{value}"
    );
    assert!(is_marked(&value, "household: (elasticity: 0.5", "0.5"), "{value}");
    assert!(is_marked(&value, "household: (elasticity: 0.5", "retail_shar"), "{value}");
    assert!(value.contains("help: did you mean `retail_share`?"), "{value}");
    let table = shown(&["check", "table.ron"]);
    assert!(table.contains("own.csv:1:11: header: `heihgt`: expected"), "{table}");
    assert!(is_marked(&table, "code,name,heihgt", "heihgt"), "{table}");
    let change = shown(&["run", "tiny", "--set", "household.elasticity=many"]);
    assert!(change.contains("--set:1:22: household.elasticity: expected a number, found `many`"), "{change}");
    assert!(is_marked(&change, "household.elasticity=many", "many"), "{change}");
    assert!(!is_marked(&change, "household.elasticity=many", "elasticity"), "the control");
}
