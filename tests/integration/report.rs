//! `countryside report`: pages that are whole, safe, the same for the same folder, and render.

use crate::program::{QUICK, names, run, small_validation};
use std::fs;
use std::path::Path;

/// A text that would run in a page that does not escape.
const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";

/// A folder with a run of the quick scenario in `first`, in a form.
fn folder(form: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ended = run(folder.path(), &["run", QUICK, "--quiet", "--out", "first", "--format", form]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    folder
}

/// The page of `first`, and what was said.
fn page(folder: &Path, arguments: &[&str]) -> (String, String) {
    let ended = run(folder, &[&["report", "first", "-o", "page.html", "--force"], arguments].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.out.starts_with("page.html: "), "{}", ended.out);
    (fs::read_to_string(folder.join("page.html")).unwrap(), ended.err)
}

/// Elements that have no end.
const VOID: [&str; 4] = ["meta", "br", "!DOCTYPE", "img"];

/// Checks that every element ends where it should, in order, and returns all opening tags.
fn well_formed(html: &str) -> Vec<String> {
    let (mut open, mut tags) = (Vec::new(), Vec::new());
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').expect("a tag ends");
        assert!(!tag.contains('<'), "an unescaped sign in <{tag}>");
        rest = after;
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name.to_owned()), "</{name}> ends what is open");
            continue;
        }
        tags.push(tag.to_owned());
        if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    tags
}

/// Checks that a page loads nothing and runs nothing.
fn stands_alone(html: &str, tags: &[String]) {
    for tag in tags {
        let name = tag.split(' ').next().unwrap();
        assert!(!["script", "link", "iframe", "img", "object", "base", "form"].contains(&name), "<{tag}>");
        for attribute in ["href=\"", "src=\"", "action=\"", "data=\""] {
            if let Some((_, value)) = tag.split_once(attribute) {
                assert!(value.starts_with('#'), "<{tag}> leads out of the page");
            }
        }
        let runs = |part: &str| part.starts_with("on") && part.contains("=\"");
        assert!(!tag.split(' ').skip(1).any(runs), "<{tag}> may run something");
    }
    for outside in ["http://", "https://", "url(", "@import", "javascript:"] {
        assert!(!html.contains(outside), "`{outside}` in the page");
    }
}

#[test]
fn the_page_of_a_run_is_well_formed_and_stands_alone() {
    let folder = folder("csv");
    let (html, said) = page(folder.path(), &[]);
    assert_eq!(said, "");
    let tags = well_formed(&html);
    stands_alone(&html, &tags);
    for part in [
        "Headline figures",
        "Month by month",
        "On the map",
        "Money by item",
        "The scenario in words",
        "How to make it again",
        "Fingerprint",
        "5 villages",
        "[yuan/month]",
        "% of households",
        "money closes to the fen",
    ] {
        assert!(html.contains(part), "`{part}` is not in the page");
    }
    let titled = tags.iter().filter(|tag| tag.contains("role=\"img\"")).count();
    assert!(titled > 12, "{titled} charts and maps");
    assert_eq!(html.matches("role=\"img\"").count(), html.matches("><title>").count() - villages(&html) - 1);
}

/// Places with a title of their own on maps.
fn villages(html: &str) -> usize {
    html.matches("><title>Village ").count()
}

#[test]
#[cfg(feature = "parquet")]
fn either_form_of_tables_gives_the_same_page() {
    let [one, other] = ["parquet", "csv"].map(folder);
    let pages = [&one, &other].map(|folder| page(folder.path(), &["--map", "self_service_parcels"]).0);
    let output = pages.each_ref().map(|page| page.split("id=\"again\"").next().unwrap());
    assert!(output[0] == output[1], "the pages differ before the list of files");
    assert!(
        pages[0] == page(one.path(), &["--map", "self_service_parcels"]).0,
        "made twice, the page differs"
    );
}

#[test]
fn the_page_of_a_comparison_tells_what_changes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("idle.ron"),
        "(base: \"tiny\", name: \"idle\", programme: (enabled: false))",
    )
    .unwrap();
    let arguments =
        ["compare", QUICK, "idle.ron", "--seeds", "8", "--out", "first", "--format", "csv", "--quiet"];
    let ended = run(folder.path(), &arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let (html, said) = page(folder.path(), &[]);
    assert_eq!(said, "");
    stands_alone(&html, &well_formed(&html));
    for part in [
        "idle against tiny",
        "What changes",
        "Month by month",
        "Seed by seed",
        "8 pairs of runs",
        "Sure since",
    ] {
        assert!(html.contains(part), "`{part}` is not in the page");
    }
}

#[test]
fn the_page_of_a_sweep_tells_what_mattered() {
    let folder = tempfile::tempdir().unwrap();
    let experiment = "(name: \"few\", question: \"Which of two <b> matters?\", base: \"tiny\", factors: [
        (path: \"household.elasticity\", range: (3.0, 5.0)), (path: \"partner.commission\", range: (0.02, \
                      0.08))],
        design: Morris(trajectories: 8),
        outcomes: [\"station_orders\", \"buying_share\", (series: \"buying_share\", months: 1, name: \
                      \"buying_by_month\")])";
    fs::write(folder.path().join("few.ron"), experiment).unwrap();
    let ended = run(folder.path(), &["sweep", "few.ron", "--out", "first", "--format", "csv", "--quiet"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let (html, said) = page(folder.path(), &[]);
    assert_eq!(said, "");
    stands_alone(&html, &well_formed(&html));
    for part in [
        "Which of two &lt;b&gt; matters?",
        " done of ",
        "Outcomes over all runs",
        "What mattered",
        "mu*",
        "Outcomes against factors",
        "Rank correlation",
        "mean of runs",
        "trajectories: 8",
    ] {
        assert!(html.contains(part), "`{part}` is not in the page");
    }
}

#[test]
fn hostile_texts_are_shown_and_not_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let question = format!("question=\"{}\"", HOSTILE.replace('"', "\\\""));
    let ended = run(
        folder.path(),
        &["run", QUICK, "--quiet", "--out", "first", "--format", "csv", "--set", &question],
    );
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let change = |name: &str, from: &str, to: &str| {
        let path = folder.path().join("first").join(name);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{name}");
        fs::write(path, text.replace(from, to)).unwrap();
    };
    change(
        "manifest.json",
        "\"scenario\": \"tiny\"",
        "\"scenario\": \"<img src=x onerror=alert(3)>\\u202e\"",
    );
    change("ledger.csv", "station_purchase", "<b onclick=alert(4)>");
    change("episode.csv", "station_opened", "<iframe>");
    change("columns.csv", "Stations with an accepted partner", "</style><script>");
    let (html, said) = page(folder.path(), &[]);
    let tags = well_formed(&html);
    stands_alone(&html, &tags);
    assert!(html.contains("&lt;script&gt;alert(1)") && html.contains("&lt;img src=x onerror=alert(3)&gt;"));
    assert!(!html.contains('\u{202e}'));
    for name in ["ledger.csv", "episode.csv", "columns.csv"] {
        let warning = format!("{name} is not as the run wrote it");
        assert!(said.contains(&warning) && html.contains(&warning), "{said}");
    }
}

#[test]
fn what_cannot_be_reported_is_named_and_nothing_is_written() {
    let folder = folder("csv");
    let path = folder.path();
    fs::create_dir_all(path.join("empty")).unwrap();
    fs::create_dir_all(path.join("strange")).unwrap();
    fs::write(path.join("strange/manifest.json"), "{\"program\": \"other\"}").unwrap();
    fs::create_dir_all(path.join("torn")).unwrap();
    fs::write(path.join("torn/manifest.json"), "{\"program\": \"coun").unwrap();
    fs::create_dir_all(path.join("new")).unwrap();
    fs::write(path.join("new/manifest.json"), "{\"program\": \"countryside\", \"kind\": \"seance\"}")
        .unwrap();
    fs::write(path.join("taken.html"), "mine").unwrap();
    for (arguments, said) in [
        (&["nowhere", "-o", "x.html"] as &[&str], "cannot read nowhere"),
        (&["taken.html", "-o", "x.html"], "expected a folder of results"),
        (&["empty", "-o", "x.html"], "it has no manifest.json"),
        (&["strange", "-o", "x.html"], "not one of this program"),
        (&["torn", "-o", "x.html"], "damaged"),
        (&["new", "-o", "x.html"], "holds a seance"),
        (&["first", "-o", "taken.html"], "exists; --force replaces it"),
        (&["first", "-o", "empty"], "a folder; name a file"),
        (&["first", "-o", "no/x.html"], "its folder does not exist"),
        (&["first", "-o", "x.html", "--map", "stations"], "help: it has households"),
    ] {
        let ended = run(path, &[&["report"], arguments].concat());
        assert_eq!(ended.code, Some(2), "{arguments:?}: {}", ended.err);
        assert!(ended.err.contains(said), "{arguments:?}: {}", ended.err);
    }
    assert_eq!(fs::read_to_string(path.join("taken.html")).unwrap(), "mine");
    assert_eq!(names(path), ["empty", "first", "new", "strange", "taken.html", "torn"]);
    let nation = path.join("first/nation.csv");
    let text = fs::read_to_string(&nation).unwrap();
    fs::write(&nation, text.replacen("2014-10,31,5,", "2014-10,31,five,", 1)).unwrap();
    let ended = run(path, &["report", "first", "-o", "x.html"]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended
            .err
            .contains("nation.csv: damaged: line 2, column villages: expected a whole number, found `five`"),
        "{}",
        ended.err
    );
    assert!(!path.join("x.html").exists());
}

#[test]
#[cfg(feature = "parquet")]
fn a_table_cut_short_is_damaged() {
    let folder = folder("parquet");
    let nation = folder.path().join("first/nation.parquet");
    let bytes = fs::read(&nation).unwrap();
    for keep in [0, 3, 100, bytes.len() / 2, bytes.len() - 1] {
        fs::write(&nation, &bytes[..keep]).unwrap();
        let ended = run(folder.path(), &["report", "first", "-o", "x.html"]);
        assert_eq!(ended.code, Some(2), "{keep} bytes: {}", ended.err);
        assert!(ended.err.contains("nation.parquet: damaged"), "{keep} bytes: {}", ended.err);
    }
    assert!(!folder.path().join("x.html").exists());
}

#[test]
fn the_page_of_a_search_tells_the_best_plans() {
    let folder = tempfile::tempdir().unwrap();
    let experiment = "(name: \"few\", question: \"What buys most?\", base: \"tiny\", set: (end: \
                      \"2015-03-31\"), factors: [
        (path: \"programme.promotion\", range: (0.0, 1000.0)), (path: \"partner.commission\", range: (0.0, \
                      0.2))],
        search: (maximise: \"station_orders\", subject_to: [(outcome: \"paid_by_programme\", at_most: \
                      2500000.0)], plans: 8, finalists: 2, fresh_seeds: 8))";
    fs::write(folder.path().join("few.ron"), experiment).unwrap();
    let ended = run(folder.path(), &["optimise", "few.ron", "--out", "first", "-q"]);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let (html, said) = page(folder.path(), &[]);
    assert_eq!(said, "");
    stands_alone(&html, &well_formed(&html));
    for part in [
        "station orders as much as possible",
        "at most 2.50 M yuan",
        "of bootstrap samples",
        "Programme: promotion",
        "[yuan/month]",
        "as it is",
        "8 plans tried",
        "countryside optimise experiment.ron --out ../again",
    ] {
        assert!(html.contains(part), "`{part}` is not in the page");
    }
}

#[test]
fn the_page_of_a_validation_tells_verdicts_and_misses() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = small_validation(&["--out", "first", "--format", "csv", "-q"]);
    let ended = run(folder.path(), &arguments);
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    let again = run(folder.path(), &arguments);
    assert!(again.code == Some(2) && again.err.contains("this very run"), "{}", again.err);
    assert_eq!(
        names(&folder.path().join("first")),
        ["columns.csv", "manifest.json", "runs.csv", "series.csv", "targets.csv", "values.csv"]
    );
    let (html, said) = page(folder.path(), &[]);
    assert!(said.contains("quick validation") && said.contains("set otherwise"), "{said}");
    stands_alone(&html, &well_formed(&html));
    for part in [
        "Used to test",
        "Used to fit",
        "Stations opened until 31 March 2015",
        "not testable",
        "the runs end earlier",
        "places.select=Random(count: 2)",
        "countryside validate --quick --seeds 1",
    ] {
        assert!(html.contains(part), "`{part}` is not in the page");
    }
}
