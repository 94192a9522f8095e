//! Commands that the documents show: each is run as it stands, or smaller by a rule that is written here, or
//! is listed with why it is not run. A command that no rule knows fails the test, and so does a rule that no
//! document needs.
#![cfg(unix)]

use crate::recorded::shell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the test does with a command.
#[derive(Clone, Copy)]
enum Rule {
    /// Runs it as it stands.
    Whole,
    /// Runs this instead: the same on less.
    Smaller(&'static str),
    /// Does not run it: why. Files that it names must be there.
    Elsewhere(&'static str),
}
use Rule::{Elsewhere, Smaller, Whole};

const SMALL: &str = "--sample 0.0005 --until 2014-12-31 --quiet";

/// Documents in the order in which somebody reads them, with what to do with the commands of each. `SMALL`
/// stands for a small sample and a short time.
const RULES: &[(&str, &[(&str, Rule)])] = &[
    (
        "README.md",
        &[
            ("sudo apt-get install -y build-essential", Elsewhere("changes the system")),
            ("cargo run --release -- run programme_2014", Smaller("countryside run programme_2014 SMALL")),
            ("cargo run --release -p sim-gui", Elsewhere("opens a window, which has tests of its own")),
            ("cargo test --workspace", Elsewhere("is what runs this")),
            (
                "countryside run programme_2014 --out results/plan",
                Smaller("countryside run programme_2014 --out results/plan SMALL"),
            ),
            (
                "countryside run programme_2014 --set programme.partner_kind=Returnees --out \
                 results/returnees",
                Smaller(
                    "countryside run programme_2014 --set programme.partner_kind=Returnees --out \
                     results/returnees SMALL",
                ),
            ),
            (
                "countryside run programme_2014 --checkpoint-at 2016-01-01 --out results/base",
                Smaller(
                    "countryside run programme_2014 --sample 0.0005 --until 2016-01-31 --quiet \
                     --checkpoint-at 2016-01-01 --out results/base",
                ),
            ),
            (
                "countryside branch results/base.checkpoint --set programme.enabled=false --out \
                 results/stopped",
                Whole,
            ),
            ("countryside report results/returnees -o returnees.html", Whole),
            ("countryside report results/returnees -o shops.html --map shops --map poverty_rate", Whole),
            ("cargo run --release -p sim-gui -- my.ron", Smaller("countryside check my.ron")),
            (
                "countryside run tiny --json | python3 -c \"\nimport json, sys\nrun = \
                 json.load(sys.stdin)\nprint({o['name']: o['value'] for o in \
                 run['outcomes']}['stations_open'], run['fingerprint'])\"",
                Whole,
            ),
            (
                "countryside sweep scenarios/experiments/morris_screening.ron --out results/screening \
                 --dry-run",
                Whole,
            ),
            (
                "countryside sweep scenarios/experiments/morris_screening.ron --out results/screening",
                Smaller("countryside sweep small.ron --out results/screening"),
            ),
            ("countryside analyse results/screening", Whole),
            (
                "countryside run county --ensemble 20 --ensemble-file mine.csv --out results/unknown",
                Smaller(
                    "countryside run tiny --ensemble 4 --ensemble-file mine.csv --out results/unknown SMALL",
                ),
            ),
            (
                "countryside compare programme_2014 no_programme --sample 0.002 --ensemble 20 \
                --ensemble-file \
                 mine.csv --out results/agreed",
                Smaller(
                    "countryside compare programme_2014 no_programme --set 'places.select=Codes([330122])' \
                    --set \
                     places.villages_per_county=3 --ensemble 4 --ensemble-file mine.csv --out \
                     results/agreed SMALL",
                ),
            ),
            ("countryside report results/agreed -o agreed.html", Whole),
        ],
    ),
    (
        "docs/clusters.md",
        &[
            (
                "countryside sweep plan levers.ron --out results/levers --engine slurm",
                Smaller("countryside sweep plan small.ron --out results/levers --engine slurm --shards 3"),
            ),
            (
                "sbatch results/levers/slurm.sh",
                Smaller("for task in 1 2 3; do SLURM_ARRAY_TASK_ID=$task bash results/levers/slurm.sh; done"),
            ),
            ("countryside sweep status results/levers", Whole),
            ("countryside sweep gather results/levers", Whole),
            (
                "sbatch --account=rural --partition=long results/levers/slurm.sh",
                Elsewhere("tests/clusters/slurm.sh submits to a Slurm"),
            ),
            (
                "sbatch --array=\"$(countryside sweep status results/levers --unfinished)\" \
                 results/levers/slurm.sh",
                Smaller("test -z \"$(countryside sweep status results/levers --unfinished)\""),
            ),
            (
                "sbatch --cpus-per-task=8 results/levers/slurm.sh",
                Smaller("SLURM_CPUS_PER_TASK=8 SLURM_ARRAY_TASK_ID=1 bash results/levers/slurm.sh"),
            ),
            (
                "sbatch --dependency=afterany:1234 --wrap 'countryside sweep gather results/levers'",
                Smaller("bash -c 'countryside sweep gather results/levers'"),
            ),
            (
                "countryside sweep plan levers.ron --out results/levers --engine parallel",
                Smaller(
                    "rm -r results/levers && countryside sweep plan small.ron --out results/levers --engine \
                     parallel --shards 3",
                ),
            ),
            (
                "bash results/levers/parallel.sh",
                Smaller(
                    "if command -v parallel; then bash results/levers/parallel.sh; else countryside sweep \
                     run results/levers; fi",
                ),
            ),
            ("bash results/levers/parallel.sh --sshloginfile machines", Elsewhere("needs other machines")),
            ("hq server start &", Elsewhere("needs HyperQueue")),
            ("hq alloc add slurm --time-limit 4h -- --partition=long", Elsewhere("needs HyperQueue")),
            (
                "hq submit --array 1-40 --cpus 1 -- bash -c 'exec countryside sweep run results/levers \
                 --shard $HQ_TASK_ID/40 --jobs 1 --quiet'",
                Smaller(
                    "HQ_TASK_ID=3 bash -c 'exec countryside sweep run results/levers --shard $HQ_TASK_ID/3 \
                     --jobs 1 --quiet'",
                ),
            ),
        ],
    ),
    (
        "docs/evidence.md",
        &[
            (
                "countryside validate --out docs/evidence.md",
                Smaller(
                    "countryside validate --quick --seeds 1 --only history --set \
                     'places.select=Random(count: 2)' --set end=2015-01-31 --out evidence.md",
                ),
            ),
            (
                "countryside calibrate --out docs/evidence.md",
                Elsewhere("hours; tests of calibration fit a model whose answer is known"),
            ),
            ("countryside calibrate --screen", Elsewhere("hours; the example of one's own is screened")),
            ("countryside calibrate --ensemble ensemble.csv --members 60", Elsewhere("hours")),
            (
                "countryside validate --targets docs/example_fit/targets.ron --facts docs/example_fit/facts",
                Elsewhere("a test of the evidence runs it, from where the files are"),
            ),
            (
                "countryside calibrate --targets docs/example_fit/targets.ron --facts docs/example_fit/facts \
                 --plan docs/example_fit/plan.ron --ensemble ensemble.csv",
                Elsewhere("a test of the evidence runs it, with fewer points"),
            ),
        ],
    ),
    (
        "CONTRIBUTING.md",
        &[
            ("cargo run --release -- run tiny", Smaller("countryside run tiny --until 2014-12-31 --quiet")),
            ("cargo test --workspace", Elsewhere("is what runs this")),
            ("bash .ci/run", Elsewhere("is what runs this")),
        ],
    ),
    (
        "docs/odd.md",
        &[("UPDATE_ODD=1 cargo test --test integration odd", Elsewhere("a test of this binary"))],
    ),
    (
        "docs/promises.md",
        &[
            ("cargo test --test integration digest", Elsewhere("a test of this binary")),
            ("cargo test -p sim-core", Elsewhere("tests of another package")),
            ("bash .ci/run", Elsewhere("is what runs this")),
            ("bash .ci/full", Elsewhere("runs this too")),
        ],
    ),
    (
        "docs/scaling.md",
        &[
            (
                "sudo apt-get install -y libopenmpi-dev openmpi-bin libclang-dev",
                Elsewhere("changes the system"),
            ),
            (
                "cargo build --release --manifest-path sim-mpi/Cargo.toml",
                Elsewhere("needs MPI; .ci/mpi builds and tests it"),
            ),
            (
                "countryside show --cost nation_full --machines 1,8,64",
                Smaller("countryside show --cost tiny --machines 1,8,64"),
            ),
            (
                "mpirun -n 8 countryside-mpi run nation_full --out results/nation --checkpoint-every 90",
                Smaller(
                    "countryside run tiny --until 2015-03-31 --out results/nation --checkpoint-every 90 \
                     --quiet",
                ),
            ),
            (
                "mpirun -n 4 countryside-mpi run --resume results/nation.checkpoint --out results/nation",
                Smaller(
                    "rm -r results/nation && countryside run --resume results/nation.checkpoint --out \
                     results/nation --quiet",
                ),
            ),
        ],
    ),
    (
        "docs/benchmarks.md",
        &[
            ("python3 benches/peers/compare.py", Elsewhere("builds and measures for minutes")),
            ("python3 benches/peers/compare.py --quick", Elsewhere("installs other simulators")),
        ],
    ),
    (
        "benches/README.md",
        &[
            ("cargo bench", Elsewhere("measures for minutes")),
            ("cargo bench --bench order_life", Elsewhere("measures")),
            ("benches/programme_scale.sh", Elsewhere("measures for minutes")),
        ],
    ),
    (
        "sim-python/README.md",
        &[
            ("pip install maturin", Elsewhere(".ci/python installs it")),
            (
                "maturin build --release --manifest-path sim-python/Cargo.toml --out dist",
                Elsewhere(".ci/python builds it"),
            ),
            ("pip install dist/countryside-*.whl", Elsewhere(".ci/python installs it")),
        ],
    ),
];

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
    let docs = fs::read_dir(root().join("docs")).unwrap().flatten();
    let docs = docs.map(|entry| format!("docs/{}", entry.file_name().to_string_lossy()));
    let all = docs.filter(|name| name.ends_with(".md"));
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
    for shared in ["scenarios", "data"] {
        std::os::unix::fs::symlink(root().join(shared), folder.path().join(shared)).unwrap();
    }
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for (name, begin) in [("my.ron", "base: \"programme_2014\""), ("levers.ron", "name: \"levers\"")] {
        let (_, lines) = blocks(&readme)
            .into_iter()
            .find(|(_, lines)| lines.iter().any(|line| line.contains(begin)))
            .unwrap();
        fs::write(folder.path().join(name), lines.join("\n")).unwrap();
    }
    let small = "(name: \"small\", base: \"tiny\", set: (end: \"2014-12-31\"), factors: [(path: \
                 \"household.elasticity\", range: (2.5, 5.0)), (path: \"partner.commission\", range: (0.02, \
                 0.08))], design: Morris(trajectories: 3), outcomes: [\"self_service_orders\"])";
    fs::write(folder.path().join("small.ron"), small).unwrap();
    let members = root().join("tests/fixtures/ensembles/twelve.csv");
    fs::copy(members, folder.path().join("mine.csv")).unwrap();
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

/// The experiment and the scenario that the README shows are sound.
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
