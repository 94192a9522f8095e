//! The audit of levers: each is turned to both ends in counties in which every household is simulated. A
//! lever that moves nothing but money is dead; one that nobody pays for is a free lunch. And every kind of
//! payment is made by a scenario that ships.

use super::support::{COUNTIES, counties, run, with};
use sim_core::base::unit::Sort;
use sim_core::event::Measure;
use sim_core::metrics::ledger::Item;
use sim_core::params::{Parameters, Role};
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;
use std::collections::BTreeSet;

mod turn;
mod turns;

use turn::{Pays, Turn};

/// What levers buy themselves: that it was bought is not yet an outcome.
const BOUGHT: [Measure; 7] = [
    Measure::CentreStaff,
    Measure::CentreTrucks,
    Measure::TrainingHours,
    Measure::MasterclassAttendances,
    Measure::DurablesInstalled,
    Measure::BroughtHome,
    Measure::DemonstrationCounties,
];

/// What a run showed: every measure of people, places and goods, month by month, and what was paid.
struct Shown {
    measures: Vec<Vec<i64>>,
    paid: Vec<i128>,
}

impl Shown {
    fn of(simulation: &Simulation) -> Shown {
        let months = &simulation.gathered().nation;
        let is_outcome =
            |measure: &&Measure| measure.unit().quantity.sort() != Sort::Money && !BOUGHT.contains(measure);
        let of_things = Measure::ALL.iter().filter(is_outcome);
        let ledgers = &simulation.gathered().ledger;
        let paid = |item: Item| ledgers.iter().map(|month| month.totals.item(item)).sum();
        Shown {
            measures: of_things.map(|&m| months.iter().map(|month| month.value(m)).collect()).collect(),
            paid: Item::ALL.iter().map(|&item| paid(item)).collect(),
        }
    }

    fn paid(&self, item: Item) -> i128 {
        self.paid[item as usize]
    }
}

impl Turn {
    fn run(&self, end: usize) -> Shown {
        let scenario = with(with(small(), self.given), &[(self.lever, self.ends[end])]);
        let simulation = run(&scenario);
        assert!(simulation.audit().closes(), "{}: {:?}", self.lever, simulation.audit().messages);
        Shown::of(&simulation)
    }

    /// What is wrong with the lever, if anything, by what runs at its two ends showed.
    fn fault(&self, [cheap, dear]: [&Shown; 2]) -> Option<String> {
        let lever = self.lever;
        if cheap.measures == dear.measures {
            let bill = if cheap.paid == dear.paid { "nothing" } else { "nothing but a bill" };
            let why = if let Pays::Nobody(why) = self.pays { why } else { "paid for" };
            return Some(format!(
                "{lever} ({why}): {bill} moves between {} and {}",
                self.ends[0], self.ends[1]
            ));
        }
        let Pays::More(items) = self.pays else { return None };
        let free = items.iter().find(|&&item| cheap.paid(item) >= dear.paid(item))?;
        let [less, more] = [cheap, dear].map(|shown| shown.paid(*free) as f64 / 100.0);
        Some(format!(
            "{lever}: `{}` does not rise: {less} yuan at {}, {more} at {}",
            free.name(),
            self.ends[0],
            self.ends[1]
        ))
    }
}

/// Three counties of which every household is simulated, two years and a quarter of programme, with shops in
/// most villages and one county after another in the demonstration.
fn small() -> Scenario {
    let base = [("end", "2016-12-31"), ("shop.entry", "0.02"), ("government.demonstration_scale", "5.0")];
    with(counties(&COUNTIES[..3], 10), &base)
}

fn faults_of(turns: &[Turn]) -> Vec<String> {
    turns.iter().filter_map(|turn| turn.fault([&turn.run(0), &turn.run(1)])).collect()
}

#[test]
fn every_lever_of_the_programme_moves_an_outcome_and_is_paid_for() {
    let faults = faults_of(turns::PROGRAMME);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_lever_of_government_platform_and_world_moves_an_outcome_and_is_paid_for() {
    let faults = faults_of(turns::OTHERS);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// No lever is forgotten, and none is audited that is not there any more.
#[test]
fn every_lever_is_audited() {
    let is_lever = |role: Role| role == Role::Lever;
    let catalogue = Parameters::catalogue();
    let there: BTreeSet<String> =
        catalogue.iter().filter(|info| is_lever(info.role)).map(|info| info.path()).collect();
    let audited = turns::PROGRAMME.iter().chain(turns::OTHERS).map(|turn| turn.lever);
    let exempt = turns::EXEMPT.iter().map(|(lever, _)| *lever);
    let known: BTreeSet<String> = audited.chain(exempt).map(str::to_owned).collect();
    let differing: Vec<&String> = there.symmetric_difference(&known).collect();
    assert!(differing.is_empty(), "not audited, or not a lever: {differing:?}");
}

/// The control: two runs that are one are a dead lever; a bill alone is no outcome; a lever that nobody pays
/// for is noticed.
#[test]
fn a_dead_lever_and_a_free_lunch_are_noticed() {
    let pays = Pays::More(&[Item::Promotion]);
    let turn = Turn { lever: "programme.promotion", ends: ["0.0", "0.0"], given: &[], pays };
    let [one, mut other] = [turn.run(0), turn.run(1)];
    assert!(turn.fault([&one, &other]).unwrap().contains("nothing moves"));
    other.paid[Item::Promotion as usize] += 1;
    assert!(turn.fault([&one, &other]).unwrap().contains("nothing but a bill"));
    other.measures[0][0] += 1;
    assert_eq!(turn.fault([&one, &other]), None);
    other.paid[Item::Promotion as usize] -= 1;
    assert!(turn.fault([&one, &other]).unwrap().contains("`promotion` does not rise"));
}
