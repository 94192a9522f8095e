//! How to make results again: as commands, and as a code for the window.

use crate::document;
use crate::plan::{Edit, Plan};
use crate::state::State;
use crate::text::Say;
use maud::{Markup, html};

/// The section.
pub fn section(state: &State, say: Say) -> Markup {
    let plan = &state.current.plan;
    let mut lines = commands(plan, "plan");
    let mut files: Vec<String> =
        [plan, &state.baseline.plan].into_iter().filter(|plan| plan.own.is_some()).map(scenario).collect();
    files.dedup();
    if state.has_other() {
        lines.extend(commands(&state.baseline.plan, "baseline"));
    }
    lines.push("countryside report results/plan -o plan.html".to_owned());
    html! {
        p { (say.of("report.again.command")) }
        pre { code { (lines.join("\n")) } }
        @for file in files { p { (say.with("report.again.file", &[&file])) } }
        @match document::code(plan) {
            Ok(code) => {
                p { (say.of("report.again.window")) }
                pre { code { (code) } }
            }
            Err(refusal) => p { (refusal.text(say)) },
        }
    }
}

/// What the command is given: a built-in scenario, or a file by its name, for its folder is the author's.
fn scenario(plan: &Plan) -> String {
    match plan.own {
        Some(_) => format!("{}.ron", plan.stem()),
        None => plan.base.clone(),
    }
}

/// The commands that run a plan whole, into a folder of results.
pub fn commands(plan: &Plan, folder: &str) -> Vec<String> {
    let set = |is_later: bool| {
        let edits = plan.edits.iter().filter(|edit| edit.is_later == is_later);
        edits.map(|edit| format!(" --set {}", quoted(edit))).collect::<String>()
    };
    let run = format!("countryside run {}{}", word(&scenario(plan)), set(false));
    let later = set(true);
    match plan.branch.filter(|_| !later.is_empty()) {
        None => vec![format!("{run} --out results/{folder}")],
        Some(day) => vec![
            format!("{run} --checkpoint-at {day} --out results/{folder}_before"),
            format!("countryside branch results/{folder}_before.checkpoint{later} --out results/{folder}"),
        ],
    }
}

/// A field and its value as one word of a shell.
fn quoted(edit: &Edit) -> String {
    word(&format!("{}={}", edit.path, edit.value.replace('\n', " ")))
}

/// A text as one word of a shell.
fn word(text: &str) -> String {
    let is_plain =
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./=+,:".contains(c));
    match is_plain {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_say_every_change_and_where_it_begins() {
        let mut plan = Plan::of("county").with("programme.teams", "12.0");
        assert_eq!(
            commands(&plan, "plan"),
            ["countryside run county --set programme.teams=12.0 --out results/plan"]
        );
        plan.branch = "2016-01-01".parse().ok();
        plan.set("end", "\"2017-06-30\"");
        plan.set("programme.quoted", "it's");
        assert_eq!(
            commands(&plan, "plan"),
            [
                "countryside run county --set programme.teams=12.0 --checkpoint-at 2016-01-01 --out \
                 results/plan_before",
                "countryside branch results/plan_before.checkpoint --set 'end=\"2017-06-30\"' --set \
                 'programme.quoted=it'\\''s' --out results/plan"
            ]
        );
    }
}
