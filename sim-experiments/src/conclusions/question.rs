//! Questions that two scenarios answer, from a file.

use crate::evidence::fault::{EvidenceFault, EvidenceFaults, EvidenceFile};
use crate::evidence::probes;
use crate::evidence::reading::Read;
use crate::series::{Level, Series};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const QUESTIONS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/facts/conclusions.ron"));

/// What is read of both scenarios, and what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerRead {
    /// What is read of a run.
    pub read: Read,
    /// What the number is divided by: 0.01 for a share to be in percent.
    #[serde(default = "one")]
    pub per: f64,
    /// Its unit in words.
    pub unit: String,
    /// The answer if the second scenario has more, in a sentence without a full stop.
    pub more: String,
    /// The answer if it has less.
    pub less: String,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name.
    pub name: String,
    /// What is asked, in a sentence.
    pub asks: String,
    /// The built-in scenario, or the file, that is compared with.
    pub first: String,
    /// The one that is held against it.
    pub second: String,
    /// What is read, and what it says.
    pub answers: Vec<AnswerRead>,
}

/// All questions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// What is changed in every scenario, so that runs are short.
    #[serde(default)]
    pub changes: Vec<(String, String)>,
    /// The questions.
    pub questions: Vec<Question>,
}

fn one() -> f64 {
    1.0
}

impl Questions {
    /// The text of the questions that ship with the program.
    pub const fn shipped() -> &'static str {
        QUESTIONS
    }

    /// Reads and checks a file of questions.
    ///
    /// # Errors
    /// Every fault: names that mean nothing, series that do not exist, questions without an answer.
    pub fn read(file: &EvidenceFile<'_>) -> Result<Questions, EvidenceFaults> {
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let questions: Questions = options.from_str(file.text).map_err(|error| file.unreadable(&error))?;
        let mut faults: Vec<EvidenceFault> =
            questions.questions.iter().flat_map(|question| question.faults(file)).collect();
        let mut names = BTreeSet::new();
        let twice = questions.questions.iter().filter(|question| !names.insert(question.name.as_str()));
        faults.extend(twice.map(|question| file.fault(&question.name, "", &question.name, "each name once")));
        faults.sort_by_key(|fault| fault.line);
        if faults.is_empty() { Ok(questions) } else { Err(EvidenceFaults(faults)) }
    }

    /// The names of all scenarios, each once, in the order in which they come.
    pub fn scenarios(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let all = self.questions.iter().flat_map(|question| [&question.first, &question.second]);
        all.map(String::as_str).filter(|name| seen.insert(*name)).collect()
    }

    /// Series and probes that are read of a scenario's runs, each once, in order.
    pub fn wanted(&self, scenario: &str) -> (Vec<String>, Vec<String>) {
        let of = self.questions.iter().filter(|one| one.first == scenario || one.second == scenario);
        let reads: Vec<&Read> = of.flat_map(|one| one.answers.iter().map(|answer| &answer.read)).collect();
        let series: BTreeSet<String> = reads.iter().flat_map(|read| read.series()).collect();
        let probes: BTreeSet<String> =
            reads.iter().filter_map(|read| read.probe()).map(str::to_owned).collect();
        (series.into_iter().collect(), probes.into_iter().collect())
    }
}

impl Question {
    fn faults(&self, file: &EvidenceFile<'_>) -> Vec<EvidenceFault> {
        let note = |field: &str, value: &str, expected: &str| file.fault(&self.name, field, value, expected);
        let mut faults = Vec::new();
        if self.answers.is_empty() {
            faults.push(note("answers", "[]", "one answer or more"));
        }
        if self.first == self.second {
            faults.push(note("second", &self.second, "another scenario than `first`"));
        }
        for answer in &self.answers {
            for name in answer.read.series().into_iter().filter(|name| Series::named(name).is_none()) {
                let advice = Series::advice(&name, Level::Nation).to_string();
                faults.push(note("read", &name, "a series").help(advice));
            }
            if let Some(name) = answer.read.probe().filter(|name| probes::named(name).is_none()) {
                let known = probes::all().map(|probe| probe.name);
                faults.push(note("read", name, "the name of a probe").meaning(known));
            }
            if !answer.per.is_finite() || answer.per == 0.0 {
                faults.push(note("per", &answer.per.to_string(), "a number other than 0"));
            }
        }
        faults
    }
}
