//! Commands that the documents show: each is run as it stands, or smaller by a rule that is written here, or
//! is listed with why it is not run. A command that no rule knows fails the test, and so does a rule that no
//! document needs.
#![cfg(unix)]

use crate::recorded::shell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

mod rules;

use rules::Rule::{Elsewhere, Smaller, Whole};
use rules::{RULES, SMALL};

/// Words with which commands begin, apart from the names of scripts.
const BEGINNINGS: [&str; 14] = [
    "countryside",
    "cargo",
    "sudo",
    "bash",
    "sbatch",
    "hq",
    "mpirun",
    "python3",
    "pip",
    "maturin",
    "snakemake",
    "UPDATE_ODD=1",
    "git",
    "benches/programme_scale.sh",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The documents: all that the repository shows.
fn documents() -> BTreeSet<String> {
    let listed = ["docs", "docs/guide"].into_iter().flat_map(|folder| {
        let entries = fs::read_dir(root().join(folder)).unwrap().flatten();
        entries.map(move |entry| format!("{folder}/{}", entry.file_name().to_string_lossy()))
    });
    let all = listed.filter(|name| name.ends_with(".md"));
    let more = ["README.md", "CONTRIBUTING.md", "benches/README.md", "sim-python/README.md"];
    all.chain(more.map(str::to_owned)).collect()
}

/// A block of code of a document: language and lines, without what they are indented by.
type Block = (String, Vec<String>);

/// The blocks of code of a document.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut indent: Option<usize> = None;
    for line in text.lines() {
        let fence = line.trim_start().strip_prefix("```");
        match (indent, fence) {
            (None, Some(language)) => {
                indent = Some(line.len() - line.trim_start().len());
                blocks.push((language.to_owned(), Vec::new()));
            }
            (Some(_), Some(_)) => indent = None,
            (Some(indent), None) => {
                if let Some((_, lines)) = blocks.last_mut() {
                    lines.push(line.get(indent..).unwrap_or("").to_owned());
                }
            }
            (None, None) => {}
        }
    }
    blocks
}

/// Commands of a document, without the words that explain them: three spaces or more behind a command begin
/// these. A command goes on while a quote is open.
fn commands(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (_, lines) in blocks(text)
        .into_iter()
        .filter(|(language, _)| matches!(language.as_str(), "text" | "" | "bash" | "sh"))
    {
        let mut open: Option<String> = None;
        for line in lines {
            if let Some(command) = &mut open {
                command.push('\n');
                command.push_str(&line);
            } else if BEGINNINGS.iter().any(|word| begins(&line, word)) {
                open = Some(line.split("   ").next().unwrap_or_default().trim_end().to_owned());
            }
            if let Some(command) = open.take_if(|command| command.matches('"').count().is_multiple_of(2)) {
                found.push(command);
            }
        }
    }
    found
}

fn begins(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// A folder like a clone of the repository, with the files that the documents let a reader write.
fn workshop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for shared in ["scenarios", "data", "regions"] {
        std::os::unix::fs::symlink(root().join(shared), folder.path().join(shared)).unwrap();
    }
    let guide = |page: &str| fs::read_to_string(root().join("docs/guide").join(page)).unwrap();
    let shown = [
        ("my.ron", "planners.md", "base: \"programme_2014\""),
        ("levers.ron", "researchers.md", "name: \"levers\""),
        ("places.csv", "regions.md", "District,Longitude"),
        ("no_hubs.ron", "regions.md", "name: \"no_hubs\""),
    ];
    for (name, page, begin) in shown {
        let (_, lines) = blocks(&guide(page))
            .into_iter()
            .find(|(_, lines)| lines.iter().any(|line| line.contains(begin)))
            .unwrap();
        fs::write(folder.path().join(name), lines.join("\n")).unwrap();
    }
    let small = "(name: \"small\", base: \"tiny\", set: (end: \"2014-12-31\"), factors: [(path: \
                 \"household.elasticity\", range: (2.5, 5.0)), (path: \"partner.commission\", range: (0.02, \
                 0.08))], design: Morris(trajectories: 3), outcomes: [\"self_service_orders\"])";
    fs::write(folder.path().join("small.ron"), small).unwrap();
    folder
}

#[test]
fn every_command_of_the_documents_runs_or_is_listed_with_why_not() {
    let known: BTreeSet<String> = RULES.iter().map(|(name, _)| (*name).to_owned()).collect();
    for name in documents() {
        let text = fs::read_to_string(root().join(&name)).unwrap();
        let found = commands(&text);
        assert!(found.is_empty() || known.contains(&name), "{name}: no rules for {found:#?}");
        let Some((_, rules)) = RULES.iter().find(|(known, _)| *known == name) else {
            continue;
        };
        let folder = workshop();
        let mut used = BTreeSet::new();
        for command in &found {
            let (rule, what) = rules
                .iter()
                .find(|(known, _)| known == command)
                .unwrap_or_else(|| panic!("{name}: no rule for this command: {command}"));
            used.insert(*rule);
            let line = match what {
                Whole => command.clone(),
                Smaller(instead) => instead.replace("SMALL", SMALL),
                Elsewhere(why) => {
                    assert!(!why.is_empty());
                    names_what_is_there(&name, command);
                    continue;
                }
            };
            let ended = shell(folder.path(), &line);
            let output = String::from_utf8_lossy(&ended.stderr);
            assert!(ended.status.success(), "{name}: {command}\nrun as: {line}\n{output}");
        }
        let idle: Vec<&str> =
            rules.iter().map(|(rule, _)| *rule).filter(|rule| !used.contains(rule)).collect();
        assert!(idle.is_empty(), "{name}: rules for commands that are no longer shown: {idle:#?}");
    }
}

/// Files of the repository that a command names are there.
fn names_what_is_there(document: &str, command: &str) {
    let is_file = |word: &&str| {
        word.ends_with(".sh") || word.ends_with(".py") || word.ends_with(".toml") || *word == ".ci/run"
    };
    for word in command.split(' ').filter(is_file).filter(|word| !word.starts_with("results/")) {
        assert!(root().join(word).exists(), "{document}: {command}: there is no {word}");
    }
}

/// The experiment and the scenario that the guide shows are sound.
#[test]
fn files_that_the_documents_show_are_sound() {
    let folder = workshop();
    for line in ["countryside check my.ron", "countryside sweep plan levers.ron --out planned --shards 4"] {
        let ended = shell(folder.path(), line);
        assert!(ended.status.success(), "{line}: {}", String::from_utf8_lossy(&ended.stderr));
    }
}

/// The control: a command that is wrong is found.
#[test]
fn commands_are_found_as_they_are_written() {
    let text = "x\n```text\ncountryside run a   what\n  b\nnone\n```\n  ```\n  countryside run b --x \"\n  \
                c\"\n  ```\n```python\nimport countryside\n```\n";
    assert_eq!(commands(text), ["countryside run a", "countryside run b --x \"\nc\""]);
    assert!(!shell(Path::new("/"), "countryside run there_is_none").status.success());
}
