//! Promises: every test that `docs/promises.md` names is there. A row whose test was renamed or lost promises
//! what nothing keeps.

use super::{root, rust_files};
use std::collections::BTreeSet;

/// Folders whose tests are named.
const FOLDERS: [&str; 6] =
    ["src", "sim-core/src", "sim-experiments/src", "sim-files/src", "sim-gui/src", "tests/integration"];

/// Names of functions and modules.
struct Known {
    functions: BTreeSet<String>,
    modules: BTreeSet<String>,
}

impl Known {
    fn of(files: &[(String, String)]) -> Known {
        let mut known = Known { functions: BTreeSet::new(), modules: BTreeSet::new() };
        for (path, text) in files {
            let parts = path.split(['/', '.']).map(str::to_owned);
            known.modules.extend(parts);
            for rest in text.split("fn ").skip(1) {
                let is_of_name = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
                known.functions.insert(rest.chars().take_while(is_of_name).collect());
            }
        }
        known
    }

    /// Whether there is what a word names: `module::test`, `module::*`, `module::test_*`,
    /// `test_of_that_name`, `test_that_begins_...`. What is no name of a test is taken as there.
    fn has(&self, word: &str) -> bool {
        let is_of_name =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        let open = word.strip_suffix("...").or_else(|| word.strip_suffix('*'));
        let parts: Vec<&str> = open.unwrap_or(word).split("::").collect();
        let (Some((last, modules)), true) =
            (parts.split_last(), parts.iter().all(|part| part.chars().all(is_of_name)))
        else {
            return true;
        };
        let is_test = !modules.is_empty() || last.matches('_').count() >= 3;
        let is_there = match open {
            Some(_) => last.is_empty() || self.functions.iter().any(|name| name.starts_with(last)),
            None => self.functions.contains(*last),
        };
        let is_meant = ["module", "test"] == parts[..];
        !is_test || is_meant || (is_there && modules.iter().all(|module| self.modules.contains(*module)))
    }
}

#[test]
fn every_test_that_is_promised_is_there() {
    let files: Vec<(String, String)> = FOLDERS.into_iter().flat_map(rust_files).collect();
    let known = Known::of(&files);
    // Between the marks of code that are single: a block of commands has three.
    let text = std::fs::read_to_string(root().join("docs/promises.md")).unwrap().replace("```", "");
    let words: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let missing: Vec<&&str> = words.iter().filter(|word| !known.has(word)).collect();
    assert!(missing.is_empty(), "promised and not there: {missing:?}");
    assert!(words.len() > 100, "{} words", words.len());
    for lost in ["faults::no_such_test", "no_module::*", "a_test_that_nobody_wrote", "faults::nothing_was_*"]
    {
        assert!(!known.has(lost), "the control: {lost}");
    }
}
