//! The examples of the library run, and write what their first lines promise.

use std::error::Error;

#[path = "../../sim-core/examples/branch_at_a_date.rs"]
#[allow(dead_code, reason = "its main is not called")]
mod branch_at_a_date;
#[path = "../../sim-core/examples/own_event.rs"]
#[allow(dead_code, reason = "its main is not called")]
mod own_event;
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

#[test]
fn a_crate_of_its_own_adds_an_event_a_payment_a_decision_and_an_outcome() {
    let text = written(own_event::run);
    let month = |line: &&str| line.ends_with(" yuan by the order");
    let costs: Vec<&str> = text.lines().filter(month).collect();
    assert_eq!(costs.len(), 24, "{text}");
    let cost = |line: &&str| line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap();
    assert!(costs.iter().map(cost).filter(|cost| *cost > 0.0).count() > 6, "{text}");
    let visits = text.lines().find(|line| line.contains(" visits of 6 counties, ")).unwrap();
    assert!((36..=48).contains(&visits.split(' ').next().unwrap().parse::<u32>().unwrap()), "{text}");
    assert!(text.contains("the same on two threads: true"), "{text}");
    // The control: what is decided reaches the model.
    assert!(text.contains("the same without inspectors: false"), "{text}");
}
