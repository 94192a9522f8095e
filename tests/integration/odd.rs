//! Documents that repeat the code say what the code says.
//!
//! `docs/odd.md`, `README.md` and the guide have sections between `<!-- generated: NAME -->` and `<!-- end of
//! generated: NAME -->` that are made from the code. They are compared here; `UPDATE_ODD=1 cargo test --test
//! integration odd` writes them anew, on purpose. Generating the whole document was rejected: prose is
//! written by people, beside what it explains.

use crate::program::{Ended, countryside, run};
use sim_core::event::{Distribution, Measure, MeasureKind};
use sim_core::metrics::ledger::Item;
use sim_core::metrics::outcome::OUTCOMES;
use sim_core::metrics::sample_bias;
use sim_core::params::Parameters;
use sim_core::scenario::builtin;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A table in Markdown.
fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let header: Vec<String> = header.iter().map(|cell| (*cell).to_owned()).collect();
    let rule = format!("|{}\n", "---|".repeat(header.len()));
    let escaped = |row: Vec<String>| row.iter().map(|cell| cell.replace('|', "\\|")).collect::<Vec<_>>();
    rows.fold(line(&header) + &rule, |text, row| text + &line(&escaped(row)))
}

fn parameters() -> String {
    run(Path::new("."), &["params", "--markdown"]).out
}

fn measures() -> String {
    let row = |measure: &Measure| {
        let kind = if measure.kind() == MeasureKind::Flow { "flow" } else { "stock" };
        let code = format!("`{}`", measure.name());
        vec![code, kind.to_owned(), measure.unit().to_string(), measure.definition().to_owned()]
    };
    table(&["measure", "kind", "unit", "what it counts"], Measure::ALL.iter().map(row))
}

fn outcomes() -> String {
    let rows = OUTCOMES.iter();
    let row = |o: &sim_core::metrics::outcome::OutcomeDefinition| {
        vec![format!("`{}`", o.name), o.unit.to_string(), o.definition.to_owned()]
    };
    let kept = format!("\n{} distributions are kept as histograms: {}.\n", Distribution::ALL.len(), kept());
    table(&["outcome", "unit", "definition"], rows.map(row)) + &kept
}

fn kept() -> String {
    let name = |distribution: &Distribution| match distribution {
        Distribution::StationDelivery => "hours from order to collection through stations",
        Distribution::SelfServiceDelivery => "the same, ordered by self-service",
        Distribution::PartnerIncome => "partners' monthly income",
        Distribution::HouseholdIncome => "yearly income per head",
        Distribution::CostOfLiving => "change of households' retail cost of living",
        Distribution::ShopSales => "shops' monthly sales",
    };
    Distribution::ALL.iter().map(name).collect::<Vec<_>>().join("; ")
}

fn payments() -> String {
    let row = |item: Item| {
        let code = format!("`{}`", item.name());
        vec![code, item.from().name().to_owned(), item.to().name().to_owned(), item.definition().to_owned()]
    };
    table(&["item", "from", "to", "what is paid for"], Item::ALL.into_iter().map(row))
}

/// What samples do to outcomes, from the shipped table: a row an outcome, a column a sample.
fn bias() -> String {
    let all = sample_bias::measured();
    let mut samples: Vec<f64> = all.iter().map(|row| row.sample).collect();
    samples.sort_by(f64::total_cmp);
    samples.dedup();
    let heads: Vec<String> = samples.iter().map(|sample| format!("sample of {} %", sample * 100.0)).collect();
    let header: Vec<&str> =
        ["outcome", "every household"].into_iter().chain(heads.iter().map(String::as_str)).collect();
    let rows = all.iter().filter(|row| row.sample == samples[0]).map(|first| {
        let cells = samples.iter().filter_map(|&sample| {
            let row = all.iter().find(|row| row.outcome == first.outcome && row.sample == sample)?;
            let text = format!("{:+.1} ± {:.1} %", row.percent, row.interval);
            Some(if row.is_distortion() { format!("**{text}**") } else { text })
        });
        [format!("`{}`", first.outcome), format!("{:.4}", first.whole)].into_iter().chain(cells).collect()
    });
    table(&header, rows)
}

/// Name and question of every built-in scenario.
fn scenarios() -> String {
    let field = |text: &str, name: &str| {
        let line =
            text.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: \"")).map(str::to_owned));
        line.unwrap_or_default().trim_end_matches("\",").to_owned()
    };
    let row = |(name, text): &(&str, &str)| vec![format!("`{name}`"), field(text, "question")];
    table(&["scenario", "question"], builtin().iter().map(row))
}

/// The beginning and the end of the page that a run of `tiny` prints, without what depends on the machine.
fn page() -> String {
    let output = countryside(Path::new(".")).env("COLUMNS", "80").args(["run", "tiny"]).output();
    let page = Ended::from(output.unwrap()).out;
    let books =
        page.lines().skip_while(|line| !line.starts_with("Books")).filter(|line| !line.starts_with("Done"));
    let lines: Vec<&str> = page.lines().take(22).chain(["  ...", ""]).chain(books).collect();
    format!("```text\n{}\n```\n", lines.join("\n"))
}

/// A document with its section of this name replaced; nothing if it has no such section.
fn with_section(document: &str, name: &str, content: &str) -> Option<String> {
    let (open, close) =
        (format!("<!-- generated: {name} -->\n"), format!("<!-- end of generated: {name} -->"));
    let start = document.find(&open)? + open.len();
    let end = start + document.get(start..)?.find(&close)?;
    Some(format!("{}\n{content}\n{}", document.get(..start)?, document.get(end..)?))
}

/// Compares the sections of a document with the code, or writes them anew if asked to.
fn check(path: &str, sections: &[(&str, String)]) {
    let document = read(path);
    let made = sections.iter().fold(document.clone(), |text, (name, content)| {
        with_section(&text, name, content).unwrap_or_else(|| panic!("{path} has no section {name}"))
    });
    if made == document {
        return;
    }
    if std::env::var_os("UPDATE_ODD").is_some() {
        return std::fs::write(root().join(path), made).unwrap();
    }
    let differing = made.lines().zip(document.lines()).find(|(made, found)| made != found);
    panic!(
        "{path} does not say what the code says; UPDATE_ODD=1 cargo test --test integration odd writes it \
         anew.\nThe first difference, code above and document below:\n{differing:#?}"
    );
}

#[test]
fn tables_of_the_model_s_description_are_those_of_the_code() {
    let sections = [
        ("parameters", parameters()),
        ("measures", measures()),
        ("outcomes", outcomes()),
        ("payments", payments()),
        ("samples", bias()),
    ];
    check("docs/odd.md", &sections);
}

#[test]
fn the_front_page_lists_every_scenario_and_shows_a_page_as_it_is_printed() {
    let scenarios = scenarios();
    for (name, _) in builtin() {
        let row = scenarios.lines().find(|line| line.starts_with(&format!("| `{name}` |"))).unwrap();
        assert!(row.ends_with("? |"), "the question of {name}: {row}");
    }
    check("README.md", &[("page", page())]);
    check("docs/guide/scenarios.md", &[("scenarios", scenarios)]);
}

#[test]
fn a_document_that_drifts_is_noticed() {
    let document = "a\n<!-- generated: x -->\n\nold\n\n<!-- end of generated: x -->\nb\n";
    let made = with_section(document, "x", "new\n").unwrap();
    assert_ne!(made, document);
    assert_eq!(with_section(&made, "x", "new\n").as_deref(), Some(made.as_str()));
    assert_eq!(with_section(document, "y", "new\n"), None);
}

/// What stands between backticks outside of blocks of code.
fn quoted(document: &str) -> Vec<&str> {
    let blocks = document.split("```").step_by(2);
    blocks.flat_map(|text| text.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn every_parameter_file_and_measure_that_prose_names_exists() {
    let groups = Parameters::groups();
    let defaults = Parameters::default();
    let guide = std::fs::read_dir(root().join("docs/guide")).unwrap().flatten();
    let guide = guide.map(|page| format!("docs/guide/{}", page.file_name().to_string_lossy()));
    let guide: Vec<String> = guide.filter(|page| page.ends_with(".md")).collect();
    let others = ["docs/odd.md", "README.md", "CONTRIBUTING.md", "docs/design.md", "docs/promises.md"];
    for path in others.into_iter().chain(guide.iter().map(String::as_str)) {
        let document = read(path);
        for word in quoted(&document) {
            let (group, name) = word.split_once('.').unwrap_or_default();
            let is_path = groups.contains(&group) && !name.is_empty() && !name.contains(['*', '/', '=', ' ']);
            assert!(!is_path || name == "rs" || defaults.get(word).is_some(), "{path}: `{word}`");
            let is_source = word.ends_with(".rs") && word.contains('/') && !word.contains(['*', ' ']);
            let exists = || root().join(word).exists() || root().join("sim-core/src").join(word).exists();
            assert!(!is_source || exists(), "{path}: `{word}`");
        }
    }
}
