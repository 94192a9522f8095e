use super::*;
use crate::ensemble::Ensemble;
use crate::experiment::load;
use crate::record::{Record, Values};
use crate::tables;
use sim_core::metrics::table::ColumnData;
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
    outcomes: ["self_service_orders", (series: "shops", level: County, months: 1)],
)"#;

fn plan(shards: u32) -> RunPlan {
    let experiment = load(&MemorySource::of("e.ron", QUICK), "e.ron").unwrap();
    RunPlan::new(experiment, "1.0", shards).unwrap()
}

const MEMBERS: &str = "member,weight,partner.commission,household.elasticity,shop.entry,partner.drive_sales
1,0.6,0.04,3.0,0.0002,1.1
2,0.4,0.06,3.5,0.0003,1.7
";

/// The same with two members, each with two seeds; one policy and the base set parameters of members.
fn with_members() -> RunPlan {
    let text = QUICK
        .replace("set: (end", "set: (partner: (drive_sales: 1.3), end")
        .replace("replicates: 2", "replicates: 2, worlds: Ensemble(file: \"m.csv\")")
        .replace("(enabled: false)", "(enabled: false), shop: (entry: 0.0001)");
    let source = MemorySource::of("e.ron", text.as_str()).with("m.csv", MEMBERS);
    let experiment = load(&source, "e.ron").unwrap_or_else(|faults| panic!("{faults}"));
    RunPlan::new(experiment, "1.0", 1).unwrap()
}

#[test]
fn members_fill_in_what_scenarios_policies_and_factors_leave_open() {
    let plan = with_members();
    assert_eq!((plan.points(), plan.runs()), (4, 4 * 2 * 2));
    for number in 0..plan.runs() {
        let run = plan.run(number);
        let scenario = plan.job(number).unwrap().scenario;
        let of_member = |values: [&str; 2]| values[run.member].to_owned();
        let get = |path: &str| scenario.get(path).unwrap();
        assert_eq!(get("partner.commission"), of_member(["0.04", "0.06"]));
        assert_eq!(get("partner.drive_sales"), "1.3", "the experiment's own");
        let is_off = get("programme.enabled") == "false";
        let entry = if is_off { "0.0001".to_owned() } else { of_member(["0.0002", "0.0003"]) };
        assert_eq!(get("shop.entry"), entry, "the policy's own, or the member's");
        assert!(["2.5", "4.0"].contains(&get("household.elasticity").as_str()), "the factor's");
        assert_eq!(scenario.seed.0, run.seed);
    }
}

#[test]
fn members_have_seeds_of_their_own_that_points_share() {
    let plan = with_members();
    let seeds = |point: u64| -> Vec<u64> { (0..4).map(|at| plan.run(point * 4 + at).seed).collect() };
    let first = seeds(0);
    assert_eq!(first, seeds(3), "common random numbers: points share the seeds of a member");
    let apart: std::collections::BTreeSet<&u64> = first.iter().collect();
    assert_eq!(apart.len(), 4, "no two runs of a point share theirs");
    let member = |number, copy| Member { number, copy, weight: 0.5, values: Vec::new() };
    assert_eq!(first[2], member_seed(10, &member(2, 0), 0), "whichever members are taken with it");
    assert_ne!(member_seed(10, &member(2, 1), 0), first[2], "a copy has other seeds");
}

fn records(plan: &RunPlan, numbers: impl Iterator<Item = u64> + Send) -> Vec<Record> {
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
    let second = seed(10, 0, 1);
    assert_eq!(seeds, [10, second].repeat(4));
    let job = plan.job(3).unwrap();
    assert!(!job.scenario.parameters.programme.enabled);
    assert_eq!((job.scenario.seed, job.scenario.parameters.household.elasticity), (Seed(second), 2.5));
}

/// A run keeps its seed when the experiment grows, and neighbouring experiments share none.
#[test]
fn seeds_are_of_point_and_replicate_alone() {
    let seeds = |first: u64, common: bool, replicates: u32| -> Vec<Vec<u64>> {
        let mut experiment = load(&MemorySource::of("e.ron", QUICK), "e.ron").unwrap();
        (experiment.first_seed, experiment.common_random_numbers, experiment.replicates) =
            (first, common, replicates);
        let plan = RunPlan::new(experiment, "1.0", 1).unwrap();
        let points = 0..plan.points() as u64;
        let each = |point: u64| (0..u64::from(replicates)).map(move |at| point * u64::from(replicates) + at);
        points.map(|point| each(point).map(|run| plan.run(run).seed).collect()).collect()
    };
    for common in [true, false] {
        let (small, large) = (seeds(1, common, 3), seeds(1, common, 5));
        assert!(small.iter().zip(&large).all(|(small, large)| large.starts_with(small)));
        let (one, two) = (seeds(1, common, 5).concat(), seeds(2, common, 5).concat());
        assert!(one.iter().all(|seed| !two.contains(seed)), "{one:?} {two:?}");
        assert_eq!(one[0], 1, "the first is the first seed itself");
    }
    let apart = seeds(1, false, 5).concat();
    let different: std::collections::BTreeSet<u64> = apart.iter().copied().collect();
    assert_eq!(different.len(), apart.len());
    assert!(apart.iter().all(|seed| *seed < 1 << 48));
}

/// Dates, truths and whole numbers have their types, whatever the design.
#[test]
fn factors_have_columns_of_their_types() {
    let text = r#"(
        name: "d", base: "tiny", set: (end: "2014-12-31"),
        factors: [
            (path: "programme.strategy_change", values: ["2014-11-01", "2015-05-01"]),
            (path: "programme.partner_kind", values: [Shopkeepers, Returnees]),
            (path: "programme.enabled", values: [true, false]),
            (path: "places.villages_per_county", values: [5, 6]),
            (path: "household.elasticity", values: [3, 4.5]),
        ],
        design: Factorial, outcomes: ["station_orders"],
    )"#;
    let experiment = load(&MemorySource::of("e.ron", text), "e.ron").unwrap();
    let plan = RunPlan::new(experiment, "1.0", 1).unwrap();
    let failed =
        |run| Record { run, result: Err(JobError::Panicked("not run".to_owned())), seconds: 0.0, events: 0 };
    let all: Vec<Record> = (0..plan.runs()).map(failed).collect();
    let runs = tables::runs(&plan, &all).unwrap();
    let dates = runs.texts("programme.strategy_change").unwrap();
    assert_eq!((dates.get(0), dates.get(31)), (Some("2014-11-01"), Some("2015-05-01")));
    let ColumnData::Flag(enabled) = &runs.column("programme.enabled").unwrap().data else { panic!("truths") };
    assert_eq!(enabled.iter().filter(|flag| **flag).count(), 16);
    assert_eq!(runs.integers("places.villages_per_county").unwrap()[..2], [5, 5]);
    assert_eq!(runs.column("places.villages_per_county").unwrap().unit.to_string(), "villages");
    assert_eq!(runs.reals("household.elasticity").unwrap()[..2], [3.0, 4.5]);
}

#[test]
fn shards_give_the_tables_of_the_whole() {
    let whole = plan(1);
    let alone = records(&whole, whole.of_shard(0));
    let parted = plan(3);
    let mut shared: Vec<Record> =
        (0..3).rev().flat_map(|shard| records(&parted, parted.of_shard(shard))).collect();
    shared.sort_by_key(|record| record.run);
    for table in [tables::runs, tables::series] {
        let (a, b) = (table(&whole, &alone).unwrap(), table(&parted, &shared).unwrap());
        assert_eq!(a.fingerprint(), b.fingerprint());
        assert!(a.rows() >= 8);
    }
    let runs = tables::runs(&whole, &alone).unwrap();
    assert_eq!(runs.texts("policy").unwrap().iter().skip(2).take(2).collect::<Vec<_>>(), ["off", "off"]);
    assert_eq!(runs.reals("household.elasticity").unwrap()[4], 4.0);
    assert!(runs.reals("self_service_orders").unwrap().iter().all(|orders| *orders > 0.0));
}

#[test]
fn a_stored_plan_is_the_same_and_another_one_is_not() {
    let first = plan(1);
    let text = first.stored().json().unwrap();
    let back = RunPlan::of(Stored::read(&text, "1.0").unwrap()).unwrap();
    assert_eq!(back.stored(), first.stored());
    let identity = |plan: &RunPlan| plan.stored().identity().unwrap();
    assert_eq!(identity(&back), identity(&first));
    assert_eq!(identity(&plan(7)), identity(&first), "shards are no part of it");
    let mut other = first.stored().clone();
    other.experiment.first_seed += 1;
    assert_ne!(other.identity().unwrap(), identity(&first));
    assert_eq!(Stored::read(&text, "1.1"), Err(StoredError::Version("1.0".to_owned())));
    assert!(matches!(Stored::read("{}", "1.0"), Err(StoredError::Unreadable(_))));
}

#[test]
fn too_many_runs_are_refused_by_arithmetic() {
    let mut experiment = load(&MemorySource::of("e.ron", QUICK), "e.ron").unwrap();
    experiment.budget.runs = 7;
    let refused = RunPlan::new(experiment, "1.0", 1).unwrap_err();
    assert_eq!(refused, "the design has 8 runs, more than the 7 that budget.runs allows");
}

#[test]
fn a_failed_run_keeps_its_row() {
    let plan = plan(1);
    let mut all = records(&plan, 0..2);
    all[1].result = Err(JobError::Panicked("planted".to_owned()));
    let runs = tables::runs(&plan, &all).unwrap();
    assert_eq!(runs.texts("status").unwrap().iter().collect::<Vec<_>>(), ["done", "panicked"]);
    assert!(runs.reals("self_service_orders").unwrap()[1].is_nan());
    assert_eq!(
        tables::failures(&all).unwrap().texts("error").unwrap().iter().collect::<Vec<_>>(),
        ["a fault in the program: planted"]
    );
}

#[test]
fn names_of_columns_that_are_taken_are_those_of_the_table_of_runs() {
    let plan = with_members();
    let table = tables::runs(&plan, &[]).unwrap();
    let own = plan.experiment().factors.len() + tables::numbers(&plan).count();
    assert_eq!(table.columns.len(), RUN_COLUMNS.len() + own);
    assert!(RUN_COLUMNS.iter().all(|name| table.column(name).is_some()));
    for name in RUN_COLUMNS.iter().chain(&["elasticity"]) {
        let text = QUICK.replace(
            "path: \"household.elasticity\"",
            &format!("name: \"{name}\", path: \"household.elasticity\""),
        );
        let text = text
            .replace("\"self_service_orders\"", "(series: \"self_service_orders\", name: \"elasticity\")");
        let refused = match load(&MemorySource::of("e.ron", text.as_str()), "e.ron") {
            Err(faults) => faults.to_string(),
            Ok(experiment) => RunPlan::new(experiment, "1.0", 1).unwrap_err(),
        };
        assert!(refused.contains(&format!("`{name}`")), "{name}: {refused}");
    }
}
