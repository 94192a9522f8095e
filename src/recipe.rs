//! How a run came about, and the commands that make recorded results again.
//!
//! A branched run is more than its scenario: until a moment another one held. Its folder keeps each of them
//! as a file and tells the moments and the changes, so that it can be made again from itself. Keeping the
//! checkpoint was rejected: it is large, and a later version may not read it.

use crate::args::Format;
use crate::output::manifest::{Branch, Change};
use sim_core::base::Time;
use sim_core::scenario::Scenario;
use sim_core::simulation::{Earlier, Simulation};
use std::path::Path;

/// The moments of a run's branches with the scenarios that held until then, for the run's identity; nothing
/// if it has not branched.
pub fn origin<'s>(
    earlier: impl IntoIterator<Item = (Time, &'s Scenario)>,
    table: Option<&[u8]>,
) -> Option<String> {
    let stages = earlier.into_iter().map(|(until, scenario)| {
        let hash = scenario.hash_with(table) >> 64;
        format!("{until}, until then {} (scenario {hash:016x})", scenario.name)
    });
    let stages: Vec<String> = stages.collect();
    (!stages.is_empty()).then(|| stages.join("; "))
}

/// The same of a run.
pub fn origin_of(simulation: &Simulation) -> Option<String> {
    let held = simulation.earlier().iter();
    origin(held.map(|held| (held.until, &held.scenario)), simulation.table())
}

/// The branches of a run that ended with a scenario.
pub fn branches(earlier: &[Earlier], last: &Scenario) -> Vec<Branch> {
    let after = earlier.iter().skip(1).map(|next| &next.scenario).chain([last]);
    let each = earlier.iter().zip(after).enumerate();
    each.map(|(at, (held, after))| Branch {
        at: held.until.date().to_string(),
        before: file(at, earlier.len()),
        fingerprint: held.fingerprint.to_string(),
        changes: changes(&held.scenario, after),
    })
    .collect()
}

/// The file of a scenario that held earlier, in the folder of the run.
fn file(at: usize, count: usize) -> String {
    if count == 1 { "before.ron".to_owned() } else { format!("before_{}.ron", at + 1) }
}

/// Every field of which a branch changed the value, also such as no result depends on.
fn changes(before: &Scenario, after: &Scenario) -> Vec<Change> {
    let mut changes: Vec<Change> = sim_experiments::comparison::changes(before, after)
        .into_iter()
        .map(|change| Change { path: change.path, before: change.first, after: change.second })
        .collect();
    for path in ["name", "question", "limits.memory"] {
        if let (Some(old), Some(new)) = (before.get(path), after.get(path))
            && old != new
        {
            changes.push(Change { path: path.to_owned(), before: old, after: new });
        }
    }
    changes
}

/// The command that makes a run's folder again, started inside it.
pub fn of_run(branches: &[Branch], format: Format) -> String {
    let Some(first) = branches.first() else {
        return format!("countryside run scenario.ron{} --out ../again", form(format));
    };
    let mut command = format!("countryside branch {} --at {}", first.before, first.at);
    for (at, branch) in branches.iter().enumerate() {
        for change in &branch.changes {
            command += &format!(" --set {}", quoted(&format!("{}={}", change.path, change.after)));
        }
        if let Some(next) = branches.get(at + 1) {
            command += &format!(
                " --checkpoint-at {} --checkpoint ../again.checkpoint --quiet && countryside branch \
                 ../again.checkpoint",
                next.at
            );
        }
    }
    command + &form(format) + " --out ../again"
}

/// The command that makes a sweep's folder again from its own experiment's file.
pub fn of_sweep(experiment: &str, format: Format) -> String {
    format!("countryside sweep {}{} --out ../again", file_word(experiment), form(format))
}

/// The command that makes a search's folder again from its own experiment's file.
pub fn of_search(experiment: &str, format: Format) -> String {
    format!("countryside optimise {}{} --out ../again", file_word(experiment), form(format))
}

/// A path as a word of a command that a message shows.
pub fn path(path: &Path) -> String {
    file_word(&path.to_string_lossy())
}

/// The name of a file as a word that is no option.
pub fn file_word(name: &str) -> String {
    if name.starts_with('-') { quoted(&format!("./{name}")) } else { quoted(name) }
}

/// The option for the form of the tables, where it is not the usual one.
pub fn form(format: Format) -> String {
    if format == Format::default() { String::new() } else { " --format csv".to_owned() }
}

/// A word of a command that a shell takes as it is.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./,:=+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Whether a text is one or more commands of ours and nothing else: no word of it does anything in a shell.
pub fn is_plain(text: &str) -> bool {
    let (mut outside, mut is_quoted) = (String::new(), false);
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            // An apostrophe between two quoted parts.
            '\\' if letters.next() == Some('\'') => {}
            _ => outside.push(letter),
        }
    }
    let is_harmless = |c: char| c.is_ascii_alphanumeric() || "-_./,:=+ ".contains(c);
    let is_ours = |command: &str| command.starts_with("countryside ") && command.chars().all(is_harmless);
    !is_quoted && outside.split(" && ").all(is_ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_and_only_commands_of_ours_are_plain() {
        assert_eq!(quoted("a.b=1"), "a.b=1");
        assert_eq!(quoted("it's $(x)"), "'it'\\''s $(x)'");
        assert_eq!([file_word("-rf"), quoted("")], ["./-rf", "''"]);
        let branch = |before: &str, at: &str, change: &str| Branch {
            at: at.to_owned(),
            before: before.to_owned(),
            fingerprint: String::new(),
            changes: vec![Change {
                path: "name".to_owned(),
                before: "\"a\"".to_owned(),
                after: change.to_owned(),
            }],
        };
        let branches = [
            branch("before_1.ron", "2015-02-01", "\"it's && $(b)\""),
            branch("before_2.ron", "2015-03-01", "\"c\""),
        ];
        let command = of_run(&branches, Format::default());
        assert_eq!(
            command,
            "countryside branch before_1.ron --at 2015-02-01 --set 'name=\"it'\\''s && $(b)\"' \
             --checkpoint-at 2015-03-01 --checkpoint ../again.checkpoint --quiet && countryside branch \
             ../again.checkpoint --set 'name=\"c\"' --out ../again"
        );
        assert!(is_plain("countryside run scenario.ron --out ../again"));
        for hostile in [
            "curl x",
            "countryside run a; curl x",
            "countryside run a && curl x",
            "countryside run $(x)",
            "countryside run 'a",
            "countryside run a\ncurl x",
            "",
        ] {
            assert!(!is_plain(hostile), "{hostile}");
        }
    }
}
