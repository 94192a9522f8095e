//! A test: every command that help texts and documents show is one that the command line takes.

use crate::args::Cli;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use std::fs;
use std::path::{Path, PathBuf};

/// Words that stand for something that a reader fills in, and what a reader could fill in.
const PLACES: [(&str, &str); 8] = [
    ("I/N", "1/2"),
    ("[--shard", "--shard"),
    ("I/N]", "1/2"),
    ("...", ""),
    ("…", ""),
    ("N", "2"),
    ("DATE", "2015-01-01"),
    ("PATH=VALUE", "seed=1"),
];

/// The words of a command as a shell splits them; nothing if it goes on or holds more than words.
fn words(text: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for letter in text.chars() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '\'' | '"') => {
                word.get_or_insert_default();
                quote = Some(letter);
            }
            (None, '|' | '>' | '&' | ';' | '$') => break,
            (None, ' ') => words.extend(word.take()),
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

fn refused(command: &str) -> Option<String> {
    let words = words(command)?;
    let filled = words.iter().filter_map(|word| {
        let place = PLACES.iter().find(|(place, _)| place == word);
        let filled = place.map_or(word.as_str(), |(_, filled)| filled);
        (!filled.is_empty()).then_some(filled)
    });
    let fault = Cli::try_parse_from(filled).err()?;
    // A text may name a command without all of it; what it names must be right.
    let is_part = fault.kind() == ErrorKind::MissingRequiredArgument;
    (fault.use_stderr() && !is_part).then(|| format!("{command}: {fault}"))
}

/// Lines of a help text that are commands, without what explains them.
fn commands(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| line.starts_with("countryside "))
        .map(|line| line.split("   ").next().unwrap_or_default().trim().to_owned())
        .collect()
}

fn helps(command: &clap::Command, found: &mut Vec<String>) {
    let after = command.get_after_help().map(ToString::to_string);
    found.extend(commands(&after.unwrap_or_default()));
    for sub in command.get_subcommands() {
        helps(sub, found);
    }
}

#[test]
fn every_example_of_the_help_texts_is_taken() {
    let mut found = Vec::new();
    helps(&Cli::command(), &mut found);
    assert!(found.len() > 30, "{found:?}");
    let wrong: Vec<String> = found.iter().filter_map(|command| refused(command)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_command_in_the_text_of_a_document_is_taken() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap().flatten();
    let mut documents: Vec<PathBuf> = docs.map(|entry| entry.path()).collect();
    documents.extend(["README.md", "sim-python/README.md", "benches/README.md"].map(|name| root.join(name)));
    documents.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    let (mut count, mut wrong) = (0, Vec::new());
    for path in documents {
        let text = fs::read_to_string(&path).unwrap();
        for (at, code) in text.split('`').enumerate().filter(|(at, _)| at % 2 == 1) {
            // A name alone is no command.
            if code.starts_with("countryside ") && code.split(' ').count() > 2 {
                count += 1;
                wrong.extend(refused(code).map(|fault| format!("{}, code {at}: {fault}", path.display())));
            }
        }
    }
    assert!(count > 10, "{count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_command_that_is_wrong_is_refused() {
    assert!(refused("countryside run tiny --sed 7").is_some());
    assert_eq!(refused("countryside sweep plan"), None, "a part of a command");
    assert_eq!(refused("countryside run tiny --seed N | cat"), None);
}
