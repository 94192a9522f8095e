//! No code looks into what the program itself says: units, kinds of values, errors and advice are types.
//! Localised by pattern, so that what is written otherwise slips through; paths and what users write may be
//! looked at.

use super::{code, is_test_file, rust_files};

/// What holds the program's own words.
const OWN: [&str; 10] = [
    "message",
    "suggestion",
    "unit",
    "unit()",
    "kind",
    "expected",
    "definition",
    "description",
    "advice",
    "to_string()",
];

/// How a text is looked into.
const LOOKS: [&str; 6] =
    [".contains(\"", ".starts_with(\"", ".ends_with(\"", ".strip_prefix(\"", ".split_once(\"", " == \""];

/// Lines that may, and why.
const MAY: [(&str, &str); 1] = [
    // A table of runs that was read back has no types: what a factor is, its column says in words.
    ("src/report/sweep.rs", "column.definition.starts_with(\"Factor\")"),
];

/// Lines of code before a file's tests that look into the program's own words.
fn looking(path: &str, text: &str) -> Vec<String> {
    let looks = |line: &str| {
        OWN.iter().any(|own| {
            LOOKS.iter().any(|look| {
                line.contains(&format!(".{own}{look}")) || line.contains(&format!(" {own}{look}"))
            })
        })
    };
    let may = |line: &str| MAY.iter().any(|(file, part)| *file == path && line.contains(part));
    let lines = code(text).into_iter().filter(|(_, line)| looks(line) && !may(line));
    lines.map(|(number, line)| format!("{path}:{number}: {}", line.trim())).collect()
}

#[test]
fn no_code_looks_into_our_own_texts() {
    let folders =
        ["sim-core/src", "sim-experiments/src", "sim-files/src", "src", "sim-gui/src", "sim-python/src"];
    let files = folders.into_iter().flat_map(rust_files);
    let found: Vec<String> = files
        .filter(|(path, _)| !is_test_file(path))
        .flat_map(|(path, text)| looking(&path, &text))
        .collect();
    assert!(found.is_empty(), "ask the type instead:\n{}", found.join("\n"));
}

#[test]
fn a_look_into_our_own_texts_is_found() {
    let found = |line: &str| looking("x.rs", line).len();
    for line in [
        "if row.kind.starts_with(\"a date\") {}",
        "measure.unit().contains(\"fen\")",
        "let is = fault.message.contains(\"never closed\");",
        "if unit == \"days\" {}",
        "if fault.to_string().starts_with(\"missing\") {}",
    ] {
        assert_eq!(found(line), 1, "{line}");
    }
    for line in
        ["path.ends_with(\".ron\")", "// unit == \"days\"", "written.starts_with(\"x\")", "file == \"--set\""]
    {
        assert_eq!(found(line), 0, "{line}");
    }
    let in_tests = "fn f() {}\n#[cfg(test)]\nmod tests { fn g() { assert!(fault.message.contains(\"x\")) } }";
    assert_eq!(found(in_tests), 0);
}
