//! Answers for people and for programs.

use super::answered::Answered;
use crate::analyse::number;
use crate::command_error::CommandError;
use crate::text::layout;
use crate::text::number::{change, compact, of};
use serde_json::{Value, json};
use sim_experiments::conclusions::{AnswerRead, Conclusion};
use sim_experiments::experiment::Worlds;
use sim_experiments::statistics::FEWEST;

/// The answer in a sentence: given, or open.
fn sentence(answer: &AnswerRead, found: &Conclusion) -> String {
    let holding = &found.holding;
    let text = if holding.sign < 0 { &answer.less } else { &answer.more };
    let members = of(holding.members() as u64, "member", "members");
    match () {
        () if holding.members() == 0 => {
            format!("Not known: no pair of runs has both values ({})", answer.unit)
        }
        () if holding.sign == 0 => format!("No difference in any of {members} ({})", answer.unit),
        () if found.is_safe() => format!("{text}: in {} of {members}", holding.holds()),
        () => format!("Open: {} in {} of {members}", lower(text), holding.holds()),
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The change with its band.
fn band(found: &Conclusion) -> String {
    let uncertainty = &found.change;
    format!("{} [{}, {}]", change(uncertainty.mean), change(uncertainty.low), change(uncertainty.high))
}

/// What the answer turns on, in words.
fn turns(found: &Conclusion) -> String {
    let one = |turning: &sim_experiments::conclusions::Turning| {
        let side = if turning.correlation > 0.0 { "more" } else { "less" };
        format!("{side} where `{}` is high ({:+.2})", turning.path, turning.correlation)
    };
    found.turns.iter().map(one).collect::<Vec<String>>().join("; ")
}

fn asked(worlds: &Worlds, seeds: u32) -> String {
    let few = if worlds.members.len() < FEWEST {
        format!(" Fewer than {FEWEST} members are too few to conclude from.")
    } else {
        String::new()
    };
    format!(
        "Asked of {}, {} each. An answer holds where members that weigh nine tenths agree; the band holds \
         luck and what is unknown in 90 % of cases.{few}",
        of(worlds.members.len() as u64, "member of the ensemble", "members of the ensemble"),
        of(u64::from(seeds), "pair of runs", "pairs of runs"),
    )
}

/// For a terminal.
pub fn text(answered: &[Answered], worlds: &Worlds, seeds: u32, width: u16) -> String {
    let mut text = layout::wrapped(&asked(worlds, seeds), usize::from(width)) + "\n";
    for Answered { question, answers } in answered {
        text += &format!("\n{}  ({} against {})\n", question.asks, question.second, question.first);
        for (answer, found) in answers {
            let turning = turns(found);
            let turning = if turning.is_empty() { turning } else { format!(" Turns on: {turning}.") };
            let line = format!(
                "{}. {}: {} against {}, change {}.{turning}",
                sentence(answer, found),
                answer.unit,
                compact(found.second),
                compact(found.first),
                band(found)
            );
            let wrapped = layout::wrapped(&line, usize::from(width).saturating_sub(4));
            let mut lines = wrapped.lines();
            text += &format!("  - {}\n", lines.next().unwrap_or_default());
            lines.for_each(|line| text += &format!("    {line}\n"));
        }
    }
    text
}

/// For a page.
pub fn markdown(answered: &[Answered], worlds: &Worlds, seeds: u32) -> String {
    let mut text = format!("{}\n", asked(worlds, seeds));
    for Answered { question, answers } in answered {
        text += &format!("\n### {}\n\n`{}` against `{}`\n\n", question.asks, question.second, question.first);
        text += "| answer | unit | first | second | change [90 %] | turns on |\n|---|---|---|---|---|---|\n";
        for (answer, found) in answers {
            text += &format!(
                "| {} | {} | {} | {} | {} | {} |\n",
                sentence(answer, found),
                answer.unit,
                compact(found.first),
                compact(found.second),
                band(found),
                turns(found)
            );
        }
    }
    text
}

/// For programs.
///
/// # Errors
/// None in practice: it is plain data.
pub fn json(answered: &[Answered]) -> Result<String, CommandError> {
    let one = |(answer, found): &(&AnswerRead, Conclusion)| -> Value {
        json!({
            "read": answer.read.to_string(), "unit": answer.unit, "answer": sentence(answer, found),
            "holds": found.is_safe(), "first": number(found.first), "second": number(found.second),
            "change": number(found.change.mean), "margin_90": number(found.change.margin),
            "p05": number(found.change.low), "p95": number(found.change.high),
            "members": found.holding.members(), "more": found.holding.more, "less": found.holding.less,
            "weight": number(found.holding.weight),
            "turns_on": found.turns.iter().map(|turning| json!({
                "parameter": turning.path, "rank_correlation": number(turning.correlation),
            })).collect::<Vec<Value>>(),
        })
    };
    let all: Vec<Value> = answered
        .iter()
        .map(|Answered { question, answers }| {
            json!({
                "question": question.name, "asks": question.asks, "first": question.first,
                "second": question.second, "answers": answers.iter().map(one).collect::<Vec<Value>>(),
            })
        })
        .collect();
    let text = serde_json::to_string_pretty(&all).map_err(CommandError::run)?;
    Ok(format!("{text}\n"))
}
