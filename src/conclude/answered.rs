//! A question with its answers.

use sim_experiments::comparison::RunMember;
use sim_experiments::conclusions::{AnswerRead, Conclusion, Question, conclude};
use sim_experiments::evidence::trace::Trace;
use sim_experiments::experiment::Worlds;
use std::collections::BTreeMap;

/// A question with its answers.
pub struct Answered<'a> {
    /// The question.
    pub question: &'a Question,
    /// What is read, and what the members say of it.
    pub answers: Vec<(&'a AnswerRead, Conclusion)>,
}

/// Answers a question by the runs of its two scenarios: by member and seed.
pub fn answer<'a>(
    question: &'a Question,
    traces: &BTreeMap<&str, &[Option<Trace>]>,
    worlds: &Worlds,
    seeds: u32,
) -> Answered<'a> {
    let of = |scenario: &str| traces.get(scenario).copied().unwrap_or_default();
    let pairs = worlds.members.len() * seeds as usize;
    let member = |pair: usize| {
        let place = pair / seeds as usize;
        worlds.members.get(place).map(|member| RunMember { place, weight: member.weight })
    };
    let members: Vec<Option<RunMember>> = (0..pairs).map(member).collect();
    let one = |answer: &'a AnswerRead| {
        let numbers = |scenario: &str| -> Vec<f64> {
            let read = |trace: &Option<Trace>| {
                trace.as_ref().map_or(f64::NAN, |trace| answer.read.of(trace) / answer.per)
            };
            of(scenario).iter().map(read).collect()
        };
        let (first, second) = (numbers(&question.first), numbers(&question.second));
        (answer, conclude(&first, &second, &members, worlds))
    };
    Answered { question, answers: question.answers.iter().map(one).collect() }
}
