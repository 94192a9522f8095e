//! Same scenario, seed and version, same bits: on any number of threads, in any order of counties.

use super::support::{
    COUNTIES, assert_same, build, codes_of, counties, first_difference, months_of, run, seeded, trace, with,
};
use sim_core::base::Seed;
use sim_core::scenario::{PlaceSelection, Scenario};
use sim_core::simulation::{Simulation, Threads};

const SEEDS: [u64; 3] = [1, 2, 77];

/// Runs on 1, 2, 3, 8 and 16 threads with three seeds, and compares every window.
fn same_on_any_threads(scenario: &Scenario) {
    for seed in SEEDS {
        let scenario = seeded(scenario, seed);
        let alone = trace(build(&scenario));
        for threads in [2, 3, 8, 16] {
            let shared = Simulation::build(&scenario, None, Threads::Parallel(threads)).unwrap();
            assert_same(
                &alone,
                &trace(shared),
                &format!("{} with seed {seed} on {threads} threads", scenario.name),
            );
        }
    }
}

fn tiny() -> Scenario {
    Scenario { end: "2015-04-30".parse().unwrap(), ..Scenario::builtin("tiny").unwrap() }
}

#[test]
fn tiny_is_the_same_on_any_number_of_threads() {
    same_on_any_threads(&tiny());
}

#[test]
fn random_counties_are_the_same_on_any_number_of_threads() {
    let mut scenario = counties(&[], 8);
    scenario.places.selection = PlaceSelection::Random { count: 6 };
    scenario.household_sample = 0.2;
    same_on_any_threads(&scenario);
}

#[test]
fn a_what_if_is_the_same_on_any_number_of_threads() {
    let shocks = "[(kind: RoadsClosed, start: \"2015-01-20\", weeks: 3, provinces: [43, 45, 52])]";
    let what_if = [
        ("world.shocks", shocks),
        ("programme.open_last_mile", "true"),
        ("government.road_target", "Everywhere"),
        ("government.courier_target", "PovertyCounties"),
        ("shop.entry", "0.01"),
    ];
    same_on_any_threads(&with(counties(&COUNTIES, 6), &what_if));
}

/// The control: the comparison sees another seed at once, and a late change in the window of the change.
#[test]
fn other_runs_differ_and_the_first_window_that_differs_is_named() {
    let scenario = tiny();
    let base = trace(build(&scenario));
    let other = trace(build(&seeded(&scenario, 2)));
    assert_eq!(first_difference(&base, &other), Some(base[0].0));

    let mut simulation = build(&scenario);
    let mut changed = Vec::new();
    while simulation.step() {
        changed.push((simulation.now(), simulation.fingerprint()));
        if changed.len() == 12 {
            let checkpoint = simulation.checkpoint().unwrap();
            let changes = [("household.delivery_fee".to_owned(), "40.0".to_owned())];
            simulation = Simulation::branch(&checkpoint, &changes, Threads::Sequential).unwrap();
        }
    }
    let window = first_difference(&base, &changed).unwrap();
    assert!(window > base[11].0, "{} is before the change", window.date());
    let caught = std::panic::catch_unwind(|| assert_same(&base, &changed, "the control"));
    let message = *caught.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains(&window.date().to_string()), "{message}");
}

#[test]
fn the_order_in_which_counties_are_listed_does_not_matter() {
    let scenario = counties(&COUNTIES, 5);
    let base = trace(build(&scenario));
    for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] {
        let mut listed = scenario.clone();
        listed.places.selection = codes_of(&order.map(|at| COUNTIES[at]));
        assert_same(&base, &trace(build(&listed)), &format!("listed in order {order:?}"));
    }
}

/// A county's results do not depend on its number in the list, nor on who else is simulated, where nothing
/// national joins them. What joins counties is: the treasury and teams of the programme; the rosters of
/// demonstration counties; the national product markets and the platforms' shares, both through shops. Here
/// the first two are off and nobody sells.
#[test]
fn a_county_alone_is_the_county_among_others() {
    let apart = [
        ("programme.enabled", "false"),
        ("government.demonstration", "false"),
        ("shop.entry", "0.0"),
        ("shop.copying", "0.0"),
    ];
    for code in [COUNTIES[0], COUNTIES[2]] {
        let alone = months_of(&run(&with(counties(&[code], 6), &apart)), code);
        for others in [&[430_626, 520_624][..], &[110_105, 371_721], &COUNTIES] {
            let mut codes = others.to_vec();
            codes.push(code);
            let among = months_of(&run(&with(counties(&codes, 6), &apart)), code);
            assert_eq!(alone, among, "{code} among {codes:?}");
        }
    }
}

/// With everything on, what joins counties is news of the first month: until then a county goes its own way,
/// and then it feels the others (the control of the test above).
#[test]
fn counties_feel_each_other_through_the_nation_only() {
    let code = COUNTIES[0];
    let own = [
        ("programme.enabled", "false"),
        ("government.demonstration", "false"),
        ("shop.entry", "0.05"),
        // What sold before the run has told the counties of each other already.
        ("shop.history", "2014-10-01"),
        // One county leaves a little more of the country elsewhere than five do.
        ("market.elsewhere", "0"),
    ];
    let alone = months_of(&run(&with(counties(&[code], 6), &own)), code);
    let among = months_of(&run(&with(counties(&COUNTIES, 6), &own)), code);
    assert_eq!(alone[0], among[0], "the first month knows no news");
    assert_ne!(alone, among, "the market joins them");
}

#[test]
fn seeds_are_part_of_the_scenario() {
    let scenario = tiny();
    assert_eq!(scenario.seed, Seed(1));
    assert_ne!(scenario.hash(), seeded(&scenario, 2).hash());
}
