//! The repository keeps its own shape: who may import whom, how long files are, what no file may say.

mod circles;
mod clocks;
mod files;
mod functions;
mod home;
mod literals;
mod own_texts;
mod promises;
mod tokens;
mod type_names;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders and files of `sim-core/src`, and what of ours each may import. The design's table, as it is built:
///
/// - `agents` and `policy` decide and return; the county and the nation send. So they need no outbox of the
///   kernel's, and no places.
/// - `model` reads scenarios and makes the network: `assembly` and `node`, and they alone, know the runner.
/// - `simulation` also hands out parameters and events by name, and reads the places' own table.
const IMPORTS: [(&str, &[&str]); 16] = [
    ("base", &[]),
    ("kernel", &["base"]),
    ("params", &["base"]),
    ("event", &["base"]),
    ("region", &["base"]),
    ("runner", &["base", "kernel"]),
    ("scenario", &["base", "params", "region"]),
    ("members", &["base", "params", "scenario"]),
    ("world", &["base", "params", "region"]),
    ("market", &["base", "params"]),
    ("agents", &["base", "params", "event", "market"]),
    ("policy", &["base", "params", "event"]),
    ("metrics", &["base", "event"]),
    (
        "model",
        &[
            "base", "kernel", "params", "region", "scenario", "world", "market", "event", "agents", "policy",
            "metrics",
        ],
    ),
    (
        "simulation",
        &["base", "params", "region", "scenario", "world", "event", "agents", "metrics", "model", "runner"],
    ),
    ("lib.rs", &[]),
];

/// The files of `model` that join counties and nation to a network, and so know the runner.
const NETWORK: [&str; 2] = ["sim-core/src/model/assembly.rs", "sim-core/src/model/node.rs"];

/// Most lines of a file before its tests.
const LONGEST: usize = 450;
/// Files that may be longer, and why.
const LONGER: [(&str, usize); 0] = [];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, build products and hidden folders aside, in order of their paths.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let skipped = (name.starts_with('.') && name != ".ci") || ["target", "runs"].contains(&name.as_str());
        match () {
            () if skipped => {}
            () if path.is_dir() => found.extend(files(&path)),
            () => found.push(path),
        }
    }
    found.sort();
    found
}

fn rust_files(folder: &str) -> Vec<(String, String)> {
    let files =
        files(&root().join(folder)).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let found: Vec<(String, String)> =
        files.map(|path| (shown(&path), fs::read_to_string(&path).unwrap())).collect();
    assert!(!found.is_empty(), "no source in {folder}");
    found
}

/// A path within the repository, with `/`.
fn shown(path: &Path) -> String {
    let parts: Vec<String> = path
        .strip_prefix(root())
        .unwrap()
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.join("/")
}

/// The code of a file: lines before its module of tests, comments and texts removed as far as they could
/// mislead.
fn code(text: &str) -> Vec<(usize, &str)> {
    let lines: Vec<&str> = text.lines().collect();
    // Other items may be for tests too, and code goes on behind them.
    let begins_tests = |&at: &usize| {
        let Some(rest) = lines[at].trim().strip_prefix("#[cfg(test)]") else { return false };
        let below = lines[at + 1..].iter().map(|line| line.trim());
        let mut items = std::iter::once(rest.trim()).chain(below).filter(|line| !line.is_empty());
        let item = items.find(|line| !line.starts_with("#["));
        item.is_some_and(|item| item.starts_with("mod ") && item.contains('{'))
    };
    let end = (0..lines.len()).find(begins_tests).unwrap_or(lines.len());
    let code = lines[..end].iter().enumerate();
    code.map(|(at, line)| (at + 1, line.split("//").next().unwrap_or(""))).collect()
}

#[test]
fn code_goes_on_behind_what_only_tests_use() {
    let last = |text: &str| code(text).last().map(|&(_, line)| line.to_owned());
    for before in ["#[cfg(test)]\nuse a::b;", "#[cfg(test)]\nmod tests;", "#[cfg(test)] mod tests;"] {
        assert_eq!(last(&format!("{before}\nfn f() {{}}")).as_deref(), Some("fn f() {}"), "{before}");
    }
    assert_eq!(last("fn f() {}\n#[cfg(test)]\nmod tests {\n    fn g() {}\n}").as_deref(), Some("fn f() {}"));
}

fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

/// The modules of ours that a line names after `crate::`, one by one or in braces.
fn named_modules(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let word = |text: &str| {
            text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()
        };
        match rest.strip_prefix('{') {
            Some(list) => found.extend(list.split([',', '}']).map(|part| word(part.trim()))),
            None => found.push(word(rest)),
        }
    }
    found.retain(|name| !name.is_empty() && !name.starts_with(char::is_uppercase));
    found
}

/// The module of a file of `sim-core/src`: its folder, or its own name.
fn module_of(path: &str) -> String {
    let within = path.strip_prefix("sim-core/src/").unwrap();
    match within.split_once('/') {
        Some((folder, _)) => folder.to_owned(),
        None if within == "lib.rs" => within.to_owned(),
        None => within.trim_end_matches(".rs").to_owned(),
    }
}

/// Imports of a file that the table does not allow, as `path:line module`.
fn forbidden_imports(path: &str, text: &str) -> Vec<String> {
    let module = module_of(path);
    let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| *name == module) else {
        return vec![format!("{path}: the folder {module} is not in the table")];
    };
    let known = |name: &String| IMPORTS.iter().any(|(module, _)| module == name);
    let allowed = |name: &str| {
        let network = name == "runner" && NETWORK.contains(&path);
        name == module || allowed.contains(&name) || network
    };
    let lines = code(text).into_iter();
    lines
        .flat_map(|(at, line)| named_modules(line).into_iter().map(move |name| (at, name)))
        .filter(|(_, name)| known(name) && !allowed(name))
        .map(|(at, name)| format!("{path}:{at} imports {name}"))
        .collect()
}

#[test]
fn folders_import_what_the_design_lets_them() {
    let files = rust_files("sim-core/src");
    let found: Vec<String> = files
        .iter()
        .filter(|(path, _)| !is_test_file(path))
        .flat_map(|(path, text)| forbidden_imports(path, text))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let used: BTreeMap<String, ()> = files.iter().map(|(path, _)| (module_of(path), ())).collect();
    let unused: Vec<&str> =
        IMPORTS.iter().map(|(name, _)| *name).filter(|name| !used.contains_key(*name)).collect();
    assert!(unused.is_empty(), "in the table and not in the folder: {unused:?}");
}

#[test]
fn a_forbidden_import_is_found() {
    for line in [
        "use crate::world::County;",
        "use crate::{base::Time, metrics};",
        "    let x = crate::metrics::book();",
    ] {
        assert_eq!(forbidden_imports("sim-core/src/kernel/queue.rs", line).len(), 1, "{line}");
    }
    for line in
        ["use crate::base::Time;", "// crate::world", "#[cfg(test)]\nmod tests { use crate::world::County; }"]
    {
        assert_eq!(forbidden_imports("sim-core/src/kernel/queue.rs", line), [""; 0], "{line}");
    }
    let runner = "use crate::runner::Network;";
    assert_eq!(forbidden_imports("sim-core/src/model/village.rs", runner).len(), 1);
    assert_eq!(forbidden_imports("sim-core/src/model/node.rs", runner), [""; 0]);
}

/// The view and the command know the core, and neither knows the other.
#[test]
fn command_and_window_do_not_import_each_other() {
    for (folder, other) in [
        ("src", "sim_gui"),
        ("sim-gui/src", "countryside::"),
        ("sim-experiments/src", "sim_gui"),
        ("sim-experiments/src", "countryside::"),
        ("sim-python/src", "sim_gui"),
        ("sim-python/src", "countryside::"),
        ("sim-core/src", "sim_experiments"),
        ("sim-core/src", "sim_gui"),
        ("sim-core/src", "sim_files"),
        ("sim-experiments/src", "sim_files"),
        ("sim-files/src", "sim_experiments"),
        ("sim-core/src", "countryside::"),
    ] {
        for (path, text) in rust_files(folder) {
            let line = code(&text).into_iter().find(|(_, line)| line.contains(other));
            assert!(line.is_none(), "{path}: {line:?} imports {other}");
        }
    }
}

#[test]
fn no_file_grows_too_long() {
    let sources = [
        "src",
        "sim-core/src",
        "sim-experiments/src",
        "sim-files/src",
        "sim-gui/src",
        "sim-python/src",
        "tests/integration",
    ]
    .into_iter()
    .flat_map(rust_files);
    let mut over_400 = 0;
    let long: Vec<String> = sources
        .filter_map(|(path, text)| {
            let lines = code(&text).len();
            over_400 += usize::from(lines > 400);
            let limit = LONGER.iter().find(|(name, _)| *name == path).map_or(LONGEST, |(_, limit)| *limit);
            (lines > limit).then(|| format!("{path} has {lines} lines, more than {limit}"))
        })
        .collect();
    println!("{over_400} files of more than 400 lines before their tests");
    assert!(long.is_empty(), "{long:#?}");
    for (path, _) in LONGER {
        assert!(root().join(path).is_file(), "{path} is excepted and does not exist");
    }
}

/// Most characters of a line, comments and texts included: what `rustfmt.toml` says, which keeps to it in
/// code alone.
const WIDEST: usize = 110;

/// Lines that are wider, as `path:line`.
fn wide_lines(path: &str, text: &str) -> Vec<String> {
    let wide = text.lines().enumerate().filter(|(_, line)| line.chars().count() > WIDEST);
    wide.map(|(at, _)| format!("{path}:{}", at + 1)).collect()
}

#[test]
fn no_line_is_wider_than_the_limit() {
    let output = format!("max_width = {WIDEST}");
    assert!(fs::read_to_string(root().join("rustfmt.toml")).unwrap().contains(&output));
    let wide = wide_lines("control", &format!("{}\n{}", "x".repeat(WIDEST), "统".repeat(WIDEST + 1)));
    assert_eq!(wide, ["control:2"], "the control");
    let found: Vec<String> =
        rust_files("").into_iter().flat_map(|(path, text)| wide_lines(&path, &text)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Clippy reads one file for a crate: that of the core repeats what holds for all.
#[test]
fn the_core_may_no_more_than_the_workspace() {
    let [all, core] =
        ["clippy.toml", "sim-core/clippy.toml"].map(|path| fs::read_to_string(root().join(path)).unwrap());
    let lines: Vec<&str> = all.lines().filter(|line| line.contains("path = ")).collect();
    let missing: Vec<&&str> = lines.iter().filter(|line| !core.contains(**line)).collect();
    assert!(lines.len() > 40 && missing.is_empty(), "{missing:#?}");
    for besides in ["Instant::now", "SystemTime::now", "std::env::var", "std::fs::read", "std::thread::spawn"]
    {
        assert!(core.contains(&format!("{besides}\"")), "{besides}");
    }
}

/// What may fail because of a user's input is carried as an error; `unwrap` is for tests.
#[test]
fn nothing_unwraps_outside_tests() {
    let sources =
        ["src", "sim-core/src", "sim-experiments/src", "sim-files/src", "sim-gui/src", "sim-python/src"]
            .into_iter()
            .flat_map(rust_files);
    let mut found = Vec::new();
    for (path, text) in sources.filter(|(path, _)| !is_test_file(path)) {
        let lines = code(&text).into_iter().filter(|(_, line)| line.contains(".unwrap()"));
        found.extend(lines.map(|(at, _)| format!("{path}:{at}")));
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Every scenario and every experiment answers a question that the guide names.
#[test]
fn every_scenario_is_in_the_guide() {
    let pages = ["scenarios.md", "researchers.md"].map(|page| root().join("docs/guide").join(page));
    let guide = pages.map(|page| fs::read_to_string(page).unwrap()).concat();
    let scenarios = files(&root().join("scenarios"));
    let names = scenarios.iter().filter(|path| path.extension().is_some_and(|e| e == "ron"));
    let missing: Vec<&str> = names
        .map(|path| path.file_stem().unwrap().to_str().unwrap())
        .filter(|name| !guide.contains(name))
        .collect();
    assert!(missing.is_empty(), "not in the guide: {missing:?}");
}

#[test]
fn every_scenario_file_is_built_in() {
    // Experiments are no scenarios: they stand in a folder of their own.
    let scenarios = root().join("scenarios");
    let files: Vec<PathBuf> =
        files(&scenarios).into_iter().filter(|path| path.parent() == Some(&scenarios)).collect();
    let mut names: Vec<&str> = files.iter().map(|path| path.file_stem().unwrap().to_str().unwrap()).collect();
    let mut builtin: Vec<&str> = sim_core::scenario::builtin().iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    builtin.sort_unstable();
    assert_eq!(names, builtin);
}

/// No file tells on which machine it was made.
#[test]
fn no_file_names_a_place_on_its_maker_s_machine() {
    // Put together here, so that this file does not say them itself.
    let places = ["work", "tmp/target", "root/", "home/"].map(|place| format!("/{place}"));
    let of_machine = |text: &str| {
        let mut found = places.iter().filter(|place| {
            let ends = |rest: &str| {
                place.ends_with('/')
                    || rest.is_empty()
                    || rest.starts_with(['/', '-', '"', '\'', '`', ' ', '\n'])
            };
            let at_start = |before: &str| {
                before.is_empty() || before.ends_with([' ', '"', '\'', '`', '(', '=', '\n', ':'])
            };
            text.match_indices(place.as_str())
                .any(|(at, _)| at_start(&text[..at]) && ends(&text[at + place.len()..]))
        });
        found.next().cloned()
    };
    for place in &places {
        assert!(
            of_machine(&format!("see {place}x")).is_some() == place.ends_with('/'),
            "the control: {place}"
        );
        assert!(of_machine(&format!("\"{place}/x\"")).is_some(), "the control: {place}");
        assert!(of_machine(&format!("net{place}")).is_none(), "the control: {place}");
    }
    let mut found = Vec::new();
    for path in files(root()) {
        if fs::metadata(&path).is_ok_and(|file| file.len() < 4 << 20) {
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            found.extend(of_machine(&text).map(|place| format!("{} names {place}", shown(&path))));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
