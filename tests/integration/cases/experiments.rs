//! Experiment files: what is refused, what is written, what types values have.

use crate::program::{Ended, json, names, run};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with the inputs of a case.
fn case(name: &str) -> TempDir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cases").join(name);
    let folder = tempfile::tempdir().unwrap();
    for file in names(&from) {
        fs::copy(from.join(&file), folder.path().join(&file)).unwrap();
    }
    folder
}

fn good(folder: &Path, arguments: &[&str]) -> Ended {
    let ended = run(folder, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.err);
    ended
}

/// The message of a command whose input is refused.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let ended = run(folder, arguments);
    assert_eq!(ended.code, Some(2), "{arguments:?}: {}{}", ended.out, ended.err);
    ended.err
}

/// A CSV file's rows, without its byte-order mark.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{FEFF}').expect("a byte-order mark first");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let row =
        |record: Result<csv::StringRecord, csv::Error>| record.unwrap().iter().map(str::to_owned).collect();
    reader.records().map(row).collect()
}

/// The column of a name.
fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|cell| cell == name).expect(name);
    rows.iter().skip(1).map(|row| row[at].clone()).collect()
}

#[test]
fn case_04_a_factor_does_not_undo_a_policy() {
    let folder = case("04-policy-overridden");
    let message = refused(folder.path(), &["sweep", "over.ron", "--out", "r"]);
    assert!(
        message.contains(
            "over.ron:6:9: factors: `programme.training_hours` is set by the policy `more training` in line \
             5 and by the factor `programme.training_hours`"
        ),
        "{message}"
    );
}

#[test]
fn case_04_one_setting_is_set_once_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["run", "tiny", "--set", "household.lapse=0.2", "--set", "household.lapse=0.3"][..],
        &["check", "tiny", "--set", "household.lapse=0.2", "--set", "household.lapse=0.3"],
        &["compare", "tiny", "tiny", "--set", "household.lapse=0.2", "--set", "household.lapse=0.3"],
    ] {
        let message = refused(folder.path(), arguments);
        assert!(
            message.contains("--set:2:1: household.lapse: set twice: by the changes 1 and 2"),
            "{message}"
        );
    }
    let message = refused(folder.path(), &["run", "tiny", "--set", "seed=3", "--seed", "4"]);
    assert!(message.contains("give either --seed or --set seed"), "{message}");
}

#[test]
fn case_06_a_grown_experiment_keeps_its_finished_runs() {
    let folder = case("06-grow-a-sweep");
    let path = folder.path();
    good(path, &["sweep", "g.ron", "--out", "small", "--format", "csv", "-q"]);
    let text = fs::read_to_string(path.join("g.ron")).unwrap();
    let larger = text
        .replace("samples: 3", "samples: 5")
        .replace("replicates: 3", "replicates: 4")
        .replace("name: \"grow\",", "name: \"grow\", question: \"Larger?\",");
    fs::write(path.join("g.ron"), &larger).unwrap();
    let message = refused(path, &["sweep", "g.ron", "--out", "small", "--resume"]);
    assert!(
        message.contains("countryside sweep g.ron --out small-2 --grow small")
            && message.contains("9 of the 9 finished runs of small are kept; 11 runs are new"),
        "{message}"
    );
    let grown = good(path, &["sweep", "g.ron", "--out", "large", "--grow", "small", "--format", "csv", "-q"]);
    assert!(
        grown.err.contains("large: 9 of the 9 finished runs of small are kept; 11 runs are new"),
        "{}",
        grown.err
    );
    // The same as all made anew, and the old folder stays.
    good(path, &["sweep", "g.ron", "--out", "anew", "--format", "csv", "-q"]);
    for table in ["runs.csv", "outcomes.csv", "columns.csv", "failures.csv"] {
        let [large, anew] = ["large", "anew"].map(|name| fs::read(path.join(name).join(table)).unwrap());
        assert_eq!(large, anew, "{table}");
    }
    let before = rows(&path.join("small/runs.csv"));
    let after = rows(&path.join("large/runs.csv"));
    let kept = column(&after, "seed");
    assert!(column(&before, "seed").iter().all(|seed| kept.contains(seed)));
    // A further outcome cannot be had without runs.
    fs::write(
        path.join("g.ron"),
        larger.replace("[\"self_service_orders\"]", "[\"self_service_orders\", \"shops\"]"),
    )
    .unwrap();
    let none = good(path, &["sweep", "g.ron", "--out", "more", "--grow", "large", "-q"]);
    assert!(
        none.err.contains("none of the 20 finished runs of large can be kept: shops was not kept there"),
        "{}",
        none.err
    );
    // One less can.
    fs::write(path.join("g.ron"), &larger).unwrap();
    let less = good(path, &["sweep", "g.ron", "--out", "less", "--grow", "more", "-q"]);
    assert!(less.err.contains("20 of the 20 finished runs of more are kept; 0 runs are new"), "{}", less.err);
}

#[test]
fn case_07_a_table_from_a_spreadsheet_is_read_or_refused_with_a_remedy() {
    let folder = case("07-table-from-excel");
    let path = folder.path();
    let header = "household.elasticity,programme.enabled";
    for flag in ["TRUE", "True", "true", "1"] {
        let out = format!("r-{flag}");
        fs::write(path.join("p.csv"), format!("\u{FEFF}{header}\r\n3.5,{flag}\r\n,\r\n")).unwrap();
        good(path, &["sweep", "t.ron", "--out", &out, "--format", "csv", "-q"]);
        assert_eq!(column(&rows(&path.join(out).join("runs.csv")), "programme.enabled"), ["true"]);
    }
    let message = |bytes: &[u8]| {
        fs::write(path.join("p.csv"), bytes).unwrap();
        refused(path, &["sweep", "t.ron", "--out", "r"])
    };
    let semicolons = message(b"household.elasticity;programme.enabled\n3,5;WAHR\n");
    assert!(
        semicolons.contains(
            "p.csv, line 1: expected commas between the cells, which are separated by semicolons: save as \
             CSV with commas"
        ),
        "{semicolons}"
    );
    let utf16: Vec<u8> =
        format!("\u{FEFF}{header}\n3.5,true\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16 = message(&utf16);
    assert!(
        utf16.contains("p.csv, expected text in UTF-8; the file is in UTF-16: save as \"CSV UTF-8"),
        "{utf16}"
    );
    let declared = refused(path, &["sweep", "tr.ron", "--out", "r"]);
    for part in [
        "p2.csv, line 2, column household.elasticity: 9 is outside what the factor says: 3 to 4",
        "p2.csv, line 3, column programme.enabled: false is outside what the factor says: one of true",
    ] {
        assert!(declared.contains(part), "{declared}");
    }
    // A table of places is the same kind of file.
    let own = "(base: \"tiny\", name: \"own\", places: (table: \"own.csv\", select: All))";
    fs::write(path.join("own.ron"), own).unwrap();
    fs::write(path.join("own.csv"), "code;name\n330122;x\n").unwrap();
    let places = refused(path, &["check", "own.ron"]);
    assert!(places.contains("own.csv:1") && places.contains("separated by semicolons"), "{places}");
}

#[test]
fn case_11_chinese_opens_in_excel_and_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    good(path, &["run", "tiny", "--until", "2014-12-31", "--out", "r", "--format", "csv", "-q"]);
    for name in names(&path.join("r")).iter().filter(|name| name.ends_with(".csv")) {
        let bytes = fs::read(path.join("r").join(name)).unwrap();
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"), "{name}");
    }
    assert!(column(&rows(&path.join("r/county.csv")), "county_name").contains(&"桐庐县".to_owned()));
    // Our own readers take it, and the digest of the results does not know the form of the files.
    good(path, &["report", "r", "-o", "r.html"]);
    good(path, &["explain", "r", "--nation"]);
    let digest = |folder: &str| {
        let text = fs::read_to_string(path.join(folder).join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
        manifest["results"].as_str().unwrap().to_owned()
    };
    good(path, &["run", "tiny", "--until", "2014-12-31", "--out", "p", "-q"]);
    assert_eq!(digest("r"), digest("p"));
}

#[test]
fn case_12_dates_truths_and_whole_numbers_have_their_types() {
    let folder = case("12-date-and-choice-factors");
    let path = folder.path();
    let text = fs::read_to_string(path.join("d.ron")).unwrap();
    // As in the case, for one month.
    let short = text.replace("base: \"tiny\",", "base: \"tiny\", set: (end: \"2014-10-31\"),");
    fs::write(path.join("d.ron"), short).unwrap();
    good(path, &["sweep", "d.ron", "--out", "r", "--format", "csv", "-q"]);
    let runs = rows(&path.join("r/runs.csv"));
    let dates = column(&runs, "programme.strategy_change");
    assert_eq!(dates.iter().filter(|date| *date == "2014-11-01").count(), 8);
    assert_eq!(column(&runs, "programme.enabled").iter().filter(|flag| *flag == "true").count(), 8);
    assert_eq!(column(&runs, "places.villages_per_county")[..2], ["5", "6"]);
    let columns = rows(&path.join("r/columns.csv"));
    let kind = |name: &str| {
        let row = columns.iter().find(|row| row[0] == "runs" && row[1] == name).unwrap();
        (row[2].clone(), row[3].clone())
    };
    assert_eq!(kind("programme.enabled").1, "true or false");
    assert_eq!(kind("places.villages_per_county"), ("villages".into(), "whole number".into()));
    #[cfg(feature = "parquet")]
    {
        use parquet::basic::Type;
        use parquet::file::reader::{FileReader, SerializedFileReader};
        good(path, &["sweep", "gather", "r"]);
        let reader = SerializedFileReader::new(fs::File::open(path.join("r/runs.parquet")).unwrap()).unwrap();
        let schema = reader.metadata().file_metadata().schema_descr_ptr();
        let physical = |name: &str| {
            let column = schema.columns().iter().find(|column| column.name() == name);
            column.unwrap().physical_type()
        };
        assert_eq!(physical("programme.enabled"), Type::BOOLEAN);
        assert_eq!(physical("places.villages_per_county"), Type::INT64);
        let dates = reader.get_row_iter(None).unwrap().map(|row| {
            let row = row.unwrap();
            let found = row.get_column_iter().find(|(name, _)| *name == "programme.strategy_change");
            found.unwrap().1.to_string()
        });
        assert_eq!(
            dates.filter(|date| date == "\"2014-11-01\"").count(),
            8,
            "shown in quotes by this reader"
        );
    }
    // A table takes the date as it is, and as it was.
    for cell in ["2014-11-01", "\"\"\"2014-11-01\"\"\"", "2014/11/1"] {
        fs::write(path.join("p.csv"), format!("programme.strategy_change\n{cell}\n")).unwrap();
        let output = json(path, &["sweep", "t.ron", "--dry-run"]);
        assert_eq!(output["points"], 1, "{cell}");
    }
}

#[test]
fn case_19_replicates_alone_are_an_experiment() {
    let folder = case("19-same-world-other-route");
    let path = folder.path();
    let prints = |file: &str, out: &str| {
        good(path, &["sweep", file, "--out", out, "--format", "csv", "-q"]);
        let runs = rows(&path.join(out).join("runs.csv"));
        (column(&runs, "fingerprint"), column(&runs, "seed"))
    };
    let (none, seeds) = prints("none.ron", "none");
    assert_eq!(none.len(), 5);
    assert_eq!(prints("none2.ron", "none2").0, none);
    assert_eq!(prints("one.ron", "one").0, none);
    let seed = seeds[3].as_str();
    let single = json(path, &["run", "tiny", "--until", "2014-12-31", "--seed", seed]);
    assert_eq!(single["fingerprint"].as_str(), Some(none[3].as_str()));
    good(path, &["analyse", "none"]);
    good(path, &["report", "none", "-o", "none.html"]);
}

#[test]
fn case_21_hostile_names_are_refused_and_headers_guarded() {
    let folder = case("21-hostile-names");
    let path = folder.path();
    let hostile = refused(path, &["sweep", "h.ron", "--out", "r", "--format", "csv"]);
    for part in [
        "factors[0].name: `=` may not stand in a name",
        "factors[1].name: `@` may not stand in a name",
        "factors[1].policies[0].name: `=` may not",
        "factors[1].policies[1].name: `+` may not",
        "outcomes[0].name: `=` may not",
        "outcomes[1].name: a name begins with a letter or digit and does not end with a blank",
    ] {
        assert!(hostile.contains(part), "{part}: {hostile}");
    }
    let lines = refused(path, &["sweep", "nl.ron", "--out", "r"]);
    for part in ["factors[0].name: `\\n` may not", "the name is empty", "a name begins with"] {
        assert!(lines.contains(part), "{part}: {lines}");
    }
    let alike = refused(path, &["sweep", "case.ron", "--out", "r"]);
    assert!(
        alike.contains("the factor `elasticity` would have the name of the factor `Elasticity`"),
        "{alike}"
    );
}

#[test]
fn case_33_spans_of_a_flow_are_summed() {
    let folder = case("33-months-3-of-a-flow");
    let path = folder.path();
    good(path, &["sweep", "q.ron", "--out", "r", "--format", "csv", "-q"]);
    let series = rows(&path.join("r/series.csv"));
    let of = |name: &str, wanted: &str| -> Vec<String> {
        let at = column(&series, "series");
        let values = column(&series, wanted);
        at.iter().zip(values).filter(|(at, _)| *at == name).map(|(_, value)| value).collect()
    };
    let numbers =
        |name: &str| -> Vec<f64> { of(name, "value").iter().map(|value| value.parse().unwrap()).collect() };
    let (monthly, quarters) = (numbers("monthly"), numbers("self_service_orders"));
    let sums: Vec<f64> = monthly.chunks(3).map(|span| span.iter().sum()).collect();
    assert_eq!(quarters, sums);
    assert!(monthly[..3].iter().all(|&month| month > 0.0 && month < quarters[0]), "{monthly:?}");
    let runs = rows(&path.join("r/runs.csv"));
    assert_eq!(column(&runs, "total")[0].parse(), Ok(quarters.iter().sum::<f64>()));
    assert_eq!(of("self_service_orders", "months"), ["3"; 4]);
    assert_eq!(of("self_service_orders", "month"), ["2014-12", "2015-03", "2015-06", "2015-09"]);
    // A run that ends within a span says so in its last row, and the page does not draw it as a fall.
    let short = fs::read_to_string(path.join("q.ron")).unwrap().replace("2015-09-30", "2015-07-31");
    fs::write(path.join("q.ron"), short).unwrap();
    good(path, &["sweep", "q.ron", "--out", "s", "--format", "csv", "-q"]);
    let series = rows(&path.join("s/series.csv"));
    assert_eq!(column(&series, "months")[..4], ["3", "3", "3", "1"]);
    good(path, &["report", "s", "-o", "s.html"]);
    let page = fs::read_to_string(path.join("s.html")).unwrap();
    assert!(page.contains("cuts short is not drawn"));
    let outcomes = rows(&path.join("r/outcomes.csv"));
    assert!(column(&outcomes, "definition")[0].contains("summed over 3 months"), "{outcomes:?}");
}
