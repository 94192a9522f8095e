use super::*;
use sim_core::base::Month;
use sim_core::scenario::Scenario;
use sim_core::simulation::{Simulation, Threads};

fn finished() -> Simulation {
    let mut scenario = Scenario::builtin("tiny").unwrap();
    scenario.set("end", "\"2015-03-31\"").unwrap();
    scenario.set("report.village_interval", "1").unwrap();
    let mut simulation = Simulation::build(&scenario, None, Threads::Sequential).unwrap();
    while simulation.step() {}
    simulation
}

fn nation(simulation: &Simulation, name: &str) -> Vec<f64> {
    let rows = read_series(simulation, Series::named(name).unwrap(), Level::Nation);
    rows[0].months.iter().map(|&(_, value)| value).collect()
}

#[test]
fn the_nation_reads_as_on_the_page() {
    let simulation = finished();
    for headline in simulation.outcome().headline {
        let series = Series::named(headline.name).unwrap();
        let found = nation(&simulation, headline.name);
        assert_eq!(found.len(), headline.series.len());
        for (found, known) in found.iter().zip(&headline.series) {
            assert!(found == known || found.is_nan() && known.is_nan(), "{}", headline.name);
        }
        let reading = if headline.is_sum { Reading::Total } else { Reading::End };
        let value = reading.read(&read_series(&simulation, series, Level::Nation)[0].months);
        assert!(value == headline.value || value.is_nan() && headline.value.is_nan(), "{}", headline.name);
        assert_eq!(series.unit(), headline.unit, "{}", headline.name);
    }
}

#[test]
fn levels_add_up() {
    let simulation = finished();
    let series = Series::named("self_service_orders").unwrap();
    let total = |level| {
        let rows = read_series(&simulation, series, level);
        rows.iter().map(|rows| Reading::Total.read(&rows.months)).sum::<f64>()
    };
    assert!(total(Level::Nation) > 0.0);
    assert_eq!(total(Level::Nation), total(Level::Province));
    assert_eq!(total(Level::Nation), total(Level::County));
    let villages = read_series(&simulation, Series::of_villages("regular").unwrap(), Level::Village);
    assert_eq!(villages.len(), 5);
    assert!(villages[0].place.starts_with("330122/"));
}

#[test]
fn what_the_programme_pays_others_receive() {
    let simulation = finished();
    let paid: f64 = nation(&simulation, "paid_by_programme").iter().sum();
    assert!(paid > 0.0);
    let all = |start: &str| -> f64 {
        let names = Series::names(Level::Nation);
        let names = names.iter().filter(|name| name.starts_with(start));
        names.map(|name| nation(&simulation, name).iter().sum::<f64>()).sum()
    };
    let (by, to, items) = (all("paid_by_"), all("paid_to_"), all("paid_for_"));
    assert!((by - to).abs() <= by * 1e-12 && (by - items).abs() <= by * 1e-12, "{by} {to} {items}");
}

#[test]
fn every_name_means_itself_and_no_other() {
    for (level, find) in [
        (Level::Nation, Series::named as fn(&str) -> Option<Series>),
        (Level::County, Series::named),
        (Level::Village, Series::of_villages),
    ] {
        for name in Series::names(level) {
            let series = find(&name).unwrap();
            assert_eq!(series.name(), name);
            assert!(!series.definition().is_empty());
        }
    }
    assert!(Series::named("station_order").is_none());
}

#[test]
fn readings_skip_what_is_missing_and_say_when_there_is_nothing() {
    let months = [(Month(180), 2.0), (Month(181), f64::NAN), (Month(182), 6.0)];
    assert_eq!(Reading::End.read(&months), 6.0);
    assert_eq!(Reading::Mean.read(&months), 4.0);
    assert_eq!(Reading::Greatest.read(&months), 6.0);
    assert_eq!(Reading::Least.read(&months), 2.0);
    assert_eq!(Reading::At("2015-01-31".parse().unwrap()).read(&months), 2.0);
    assert!(Reading::At("2016-01-31".parse().unwrap()).read(&months).is_nan());
    assert!(Reading::Total.read(&[]).is_nan() && Reading::Mean.read(&[]).is_nan());
}
