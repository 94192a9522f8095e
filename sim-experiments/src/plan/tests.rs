use super::*;
use crate::ensemble::Ensemble;
use crate::experiment::load;
use crate::record::{Record, Values};
use crate::tables;
use std::ops::ControlFlow;

const QUICK: &str = r#"(
    name: "quick",
    base: "tiny",
    set: (end: "2014-11-30"),
    factors: [
        (path: "household.elasticity", values: [2.5, 4.0]),
        (policies: [(name: "on"), (name: "off", set: (programme: (enabled: false)))]),
    ],
    design: Factorial,
    replicates: 2,
    first_seed: 10,
    outcomes: ["alone_orders", (series: "shops", level: County, months: 1)],
)"#;

fn plan(shards: u32) -> Plan {
    let experiment = load(&MemorySource::of("e.ron", QUICK), "e.ron").unwrap();
    Plan::new(experiment, "1.0", shards).unwrap()
}

fn records(plan: &Plan, numbers: impl Iterator<Item = u64> + Send) -> Vec<Record> {
    let mut records = Vec::new();
    let outcomes = &plan.experiment().outcomes;
    Ensemble::new(2).run(
        numbers,
        |number| plan.job(number),
        |_, simulation| Values::of(simulation, outcomes),
        |finished| {
            records.push(Record::from(finished));
            ControlFlow::Continue(())
        },
    );
    records.sort_by_key(|record| record.run);
    records
}

#[test]
fn every_run_is_in_one_shard() {
    let plan = plan(3);
    assert_eq!((plan.points(), plan.runs()), (4, 8));
    let mut all: Vec<u64> = (0..3).flat_map(|shard| plan.of_shard(shard)).collect();
    all.sort_unstable();
    assert_eq!(all, (0..8).collect::<Vec<_>>());
}

#[test]
fn points_share_luck_and_replicates_do_not() {
    let plan = plan(1);
    let seeds: Vec<u64> = (0..8).map(|number| plan.run(number).seed).collect();
    assert_eq!(seeds, [10, 11, 10, 11, 10, 11, 10, 11]);
    let job = plan.job(3).unwrap();
    assert!(!job.scenario.parameters.programme.enabled);
    assert_eq!(
        (job.scenario.seed, job.scenario.parameters.household.elasticity),
        (Seed(11), 2.5)
    );
}

#[test]
fn shards_give_the_tables_of_the_whole() {
    let whole = plan(1);
    let alone = records(&whole, whole.of_shard(0));
    let parted = plan(3);
    let mut shared: Vec<Record> = (0..3)
        .rev()
        .flat_map(|shard| records(&parted, parted.of_shard(shard)))
        .collect();
    shared.sort_by_key(|record| record.run);
    for table in [tables::runs, tables::series] {
        let (a, b) = (table(&whole, &alone).unwrap(), table(&parted, &shared).unwrap());
        assert_eq!(a.fingerprint(), b.fingerprint());
        assert!(a.rows() >= 8);
    }
    let runs = tables::runs(&whole, &alone).unwrap();
    assert_eq!(
        runs.texts("policy")
            .unwrap()
            .iter()
            .skip(2)
            .take(2)
            .collect::<Vec<_>>(),
        ["off", "off"]
    );
    assert_eq!(runs.reals("household.elasticity").unwrap()[4], 4.0);
    assert!(
        runs.reals("alone_orders")
            .unwrap()
            .iter()
            .all(|orders| *orders > 0.0)
    );
}

#[test]
fn a_stored_plan_is_the_same_and_another_one_is_not() {
    let first = plan(1);
    let text = first.stored().json().unwrap();
    let back = Plan::of(Stored::read(&text, "1.0").unwrap()).unwrap();
    assert_eq!(back.stored(), first.stored());
    let identity = |plan: &Plan| plan.stored().identity().unwrap();
    assert_eq!(identity(&back), identity(&first));
    assert_eq!(identity(&plan(7)), identity(&first), "shards are no part of it");
    let mut other = first.stored().clone();
    other.experiment.first_seed += 1;
    assert_ne!(other.identity().unwrap(), identity(&first));
    assert_eq!(
        Stored::read(&text, "1.1"),
        Err(StoredFault::Version("1.0".to_owned()))
    );
    assert!(matches!(
        Stored::read("{}", "1.0"),
        Err(StoredFault::Unreadable(_))
    ));
}

#[test]
fn too_many_runs_are_refused_by_arithmetic() {
    let mut experiment = load(&MemorySource::of("e.ron", QUICK), "e.ron").unwrap();
    experiment.budget.runs = 7;
    let refused = Plan::new(experiment, "1.0", 1).unwrap_err();
    assert_eq!(
        refused,
        "the design has 8 runs, more than the 7 that budget.runs allows"
    );
}

#[test]
fn a_failed_run_keeps_its_row() {
    let plan = plan(1);
    let mut all = records(&plan, 0..2);
    all[1].result = Err(JobFailure::Panicked("planted".to_owned()));
    let runs = tables::runs(&plan, &all).unwrap();
    assert_eq!(
        runs.texts("status").unwrap().iter().collect::<Vec<_>>(),
        ["done", "panicked"]
    );
    assert!(runs.reals("alone_orders").unwrap()[1].is_nan());
    assert_eq!(
        tables::failures(&all)
            .unwrap()
            .texts("error")
            .unwrap()
            .iter()
            .collect::<Vec<_>>(),
        ["a fault in the program: planted"]
    );
}
