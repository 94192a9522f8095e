//! The examples of the library run, and write what their first lines promise.

use std::error::Error;

#[path = "../../sim-core/examples/branch_at_a_date.rs"]
#[allow(dead_code, reason = "its main is not called")]
mod branch_at_a_date;
#[path = "../../sim-core/examples/own_outcome.rs"]
#[allow(dead_code, reason = "its main is not called")]
mod own_outcome;
#[path = "../../sim-core/examples/run_and_print.rs"]
#[allow(dead_code, reason = "its main is not called")]
mod run_and_print;

/// An example's main part, which writes what it shows.
type Example = fn(&mut Vec<u8>) -> Result<(), Box<dyn Error>>;

fn written(example: Example) -> String {
    let mut out = Vec::new();
    example(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The first number of the line of a figure.
fn number(text: &str, name: &str) -> f64 {
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name} in {text}"));
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_scenario_is_run_and_its_figures_printed() {
    let text = written(run_and_print::run);
    assert!(text.starts_with("tiny: What happens"), "{text}");
    assert!(number(&text, "station_orders") > 1_000.0);
    assert!(text.ends_with("money closes: true\n"), "{text}");
}

#[test]
fn a_run_is_branched_at_a_day_and_differs_after_it() {
    let text = written(branch_at_a_date::run);
    let line = text.lines().find(|line| line.starts_with("station_orders")).unwrap();
    let figures: Vec<f64> =
        line.split_whitespace().skip(1).take(2).map(|text| text.parse().unwrap()).collect();
    assert!(figures[0] > figures[1], "{line}");
    assert!(!text.contains("counties "), "what is the same is not listed: {text}");
}

#[test]
fn a_run_is_watched_month_by_month() {
    let text = written(own_outcome::run);
    assert_eq!(text.lines().filter(|line| line.contains("orders through stations")).count(), 24, "{text}");
    let opened = text.lines().filter(|line| line.ends_with("a station opens")).count();
    assert!((1..=5).contains(&opened), "{text}");
}
