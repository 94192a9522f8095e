//! World and chance apart: `world_seed` draws places and households, `seed` what happens to them.

use super::support::{assert_same, build, counties, run, seeded, trace, with};
use crate::program::{json, run as command};
use sim_core::scenario::Scenario;
use sim_core::simulation::Simulation;
use std::fs;

fn start() -> Scenario {
    with(counties(&[330_122, 520_423], 4), &[("end", "\"2015-03-31\"")])
}

/// Places and households as they are before anything happens: shops of the years before are chance. As text,
/// for what has no value equals nothing.
fn world(simulation: &Simulation) -> String {
    let buyers: Vec<f32> = simulation.snapshot().state.iter().map(|village| village.regular_share).collect();
    format!("{:?} {buyers:?}", simulation.setting().atlas)
}

#[test]
fn the_seed_of_the_world_is_the_runs_own_unless_it_is_given() {
    let own = trace(build(&seeded(&start(), 7)));
    let given = trace(build(&with(seeded(&start(), 7), &[("world_seed", "7")])));
    assert_same(&own, &given, "world_seed: 7 and none, with seed 7");
}

#[test]
fn a_world_stays_while_chance_changes_and_changes_while_chance_stays() {
    let of = |seed: u64, world: &str| with(seeded(&start(), seed), &[("world_seed", world)]);
    let worlds = [of(1, "5"), of(2, "5"), of(1, "6")].map(|scenario| world(&build(&scenario)));
    assert_eq!(worlds[0], worlds[1], "the same world with other luck");
    assert_ne!(worlds[0], worlds[2], "another world with the same luck");
    let prints = [of(1, "5"), of(2, "5")].map(|scenario| run(&scenario).fingerprint());
    assert_ne!(prints[0], prints[1], "what happens is another thing");
    // Without it, the seed changes both.
    let seeds = [1, 2].map(|seed| world(&build(&seeded(&start(), seed))));
    assert_ne!(seeds[0], seeds[1]);
}

#[test]
fn an_analysis_tells_the_world_from_chance() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let experiment = "(name: \"apart\", base: \"tiny\", set: (end: \"2015-03-31\", household_sample: 0.2), \
                      factors: [(path: \"programme.enabled\", values: [true, false]), (path: \"world_seed\", \
                      values: [1, 2, 3])], design: Factorial, replicates: 2, outcomes: \
                      [\"self_service_orders\", \"stations_open\"])";
    fs::write(path.join("apart.ron"), experiment).unwrap();
    assert_eq!(command(path, &["sweep", "apart.ron", "--out", "r"]).code, Some(0));
    let found = json(path, &["analyse", "r"]);
    let parts = found["variance_components"].as_array().unwrap();
    assert_eq!(parts.len(), 2, "{found}");
    let of = |at: usize, name: &str| parts[at][name].as_f64().unwrap();
    assert_eq!(["points", "worlds", "replicates"].map(|name| of(0, name)), [2.0, 3.0, 2.0]);
    assert!(of(0, "world") > 0.0 && of(0, "chance") > 0.0, "{found}");
    // Whether there are stations at all is decided, and by nothing else.
    assert!(of(1, "decided") > 10.0 * of(1, "chance"), "{found}");
    // Without replicates chance is not known, and that is said.
    fs::write(path.join("once.ron"), experiment.replace("replicates: 2, ", "")).unwrap();
    assert_eq!(command(path, &["sweep", "once.ron", "--out", "o"]).code, Some(0));
    let once = command(path, &["analyse", "o"]);
    assert!(once.out.contains("cannot be told apart"), "{}", once.out);
}
