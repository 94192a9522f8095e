//! Rules decide where and when they say, on what has happened: the same decisions as parameters, the same
//! run; the condition turned round, another.

use super::support::{COUNTIES, Trace, assert_same, build, counties, first_difference, run, trace, with};
use sim_core::event::Measure;
use sim_core::metrics::ledger::Item;
use sim_core::scenario::{Scenario, load_with_places};
use sim_core::simulation::{RealPlaces, Simulation, Threads};

/// Two counties, Tonglu in Zhejiang and Sinan, a poverty county of Guizhou.
fn scenario() -> Scenario {
    counties(&[COUNTIES[0], COUNTIES[3]], 8)
}

fn ruled(rules: &str) -> Scenario {
    with(scenario(), &[("rules", rules)])
}

/// A county's sum of a measure over the run.
fn sum(simulation: &Simulation, county: usize, measure: Measure) -> i64 {
    simulation.gathered().counties[county].iter().map(|month| month.value(measure)).sum()
}

#[test]
fn the_change_of_strategy_as_rules_is_that_of_the_parameters() {
    let rules =
        "[(name: \"strategy 2.0\", from: \"2015-05-01\", set: (programme: (partner_kind: Returnees))),
        (name: \"learning the new way\", from: \"2015-05-01\", until: \"2015-06-15\",
            set: (programme: (hold_batches: true)))]";
    // A county that is in the middle of its batches when the strategy changes.
    let late =
        [("programme.start", "2015-03-10"), ("programme.first_batch", "2"), ("programme.later_batch", "2")];
    let plain = with(scenario(), &late);
    let as_rules = with(plain.clone(), &[("programme.strategy_change", "2099-01-01"), ("rules", rules)]);
    let as_parameters = trace(build(&plain));
    assert_same(&as_parameters, &trace(build(&as_rules)), "strategies 1.0 and 2.0");
    // Without the pause it is another run: the test can fail.
    let hasty = with(as_rules, &[("rules", &rules.replace("hold_batches: true", "hold_batches: false"))]);
    assert!(first_difference(&as_parameters, &trace(build(&hasty))).is_some());
}

#[test]
fn the_pause_for_losses_as_rules_is_that_of_the_parameters() {
    let rules = "[(name: \"hold\", when: \"programme_loss > 60_000\", repeat: Again, \
        set: (programme: (hold: true))), (name: \"go on\", when: \"programme_loss <= 54_000\", \
        repeat: Again, set: (programme: (hold: false)))]";
    let bounded = with(scenario(), &[("programme.loss_bound", "0.06"), ("programme.county_setup", "60")]);
    let as_rules = with(bounded.clone(), &[("programme.loss_bound", "100000.0"), ("rules", rules)]);
    let as_parameters = trace(build(&bounded));
    assert_same(&as_parameters, &trace(build(&as_rules)), "the pause for losses");
    let unbounded = with(bounded, &[("programme.loss_bound", "100000.0")]);
    assert!(first_difference(&as_parameters, &trace(build(&unbounded))).is_some(), "losses held nothing");
}

#[test]
fn a_lever_is_set_for_a_place_and_paid_there_alone() {
    let rule = |place: &str| {
        format!("[(name: \"pay\", in: {place}, from: \"2015-03-01\", set: (programme: (base_pay: 400.0)))]")
    };
    let plain = run(&scenario());
    let paid = run(&ruled(&rule("Province(\"Guizhou\")")));
    let base_pay = |simulation: &Simulation, county| sum(simulation, county, Measure::PartnerBasePay);
    assert_eq!(base_pay(&paid, 0), base_pay(&plain, 0), "Zhejiang pays as before");
    assert!(base_pay(&paid, 1) > base_pay(&plain, 1), "Guizhou pays more");
    assert!(paid.outcome().audit.closes());
    // The wrong twin: the same rule elsewhere.
    let elsewhere = run(&ruled(&rule("County(330122)")));
    assert_eq!(base_pay(&elsewhere, 1), base_pay(&plain, 1));
    assert!(base_pay(&elsewhere, 0) > base_pay(&plain, 0));
}

#[test]
fn a_lever_is_set_for_some_of_a_countys_villages() {
    let rule = |villages: &str| {
        format!("[(name: \"remote\", villages: \"{villages}\", set: (programme: (base_pay: 400.0)))]")
    };
    let pay = |rules: &str| {
        let simulation = run(&ruled(rules));
        assert!(simulation.outcome().audit.closes());
        sum(&simulation, 0, Measure::PartnerBasePay) + sum(&simulation, 1, Measure::PartnerBasePay)
    };
    let nobody = pay(&rule("to_town > 10_000"));
    assert_eq!(nobody, pay("[]"), "a rule for no village changes nothing");
    let some = pay(&rule("to_town >= 20"));
    let all = pay("[(name: \"all\", set: (programme: (base_pay: 400.0)))]");
    assert!(nobody < some && some < all, "{nobody} {some} {all}");
    assert_eq!(all, pay(&rule("to_town >= 0")), "all villages are the county");
}

/// Ten million yuan a month of analytics make more of online ways, one yuan nothing, and both are paid.
#[test]
fn analytics_do_what_is_spent_over_what_is_sold() {
    let months = |spent: &str| {
        let simulation = run(&with(
            scenario(),
            &[("programme.analytics_cost", spent), ("programme.analytics_delay", "1")],
        ));
        let paid: i128 = simulation.gathered().ledger.iter().map(|m| m.totals.item(Item::Analytics)).sum();
        let value = Measure::SelfServiceValue;
        (sum(&simulation, 0, value) + sum(&simulation, 1, value), paid)
    };
    let (nothing, unpaid) = months("0.0");
    let (yuan, paid) = months("0.000001");
    let (much, dear) = months("10.0");
    assert!(unpaid == 0 && paid > 0 && dear > paid);
    // Wrong twin: were one yuan as good as ten million, these two would be near each other.
    let (small, great) = ((yuan - nothing).abs(), much - nothing);
    assert!(great > 0 && small * 10 < great, "{nothing} {yuan} {much}");
}

/// Stops where stations take few orders: where the condition holds, and only there.
fn stop(comparison: &str) -> String {
    format!(
        "[(name: \"stop where it does not work\", each: County, repeat: While,
            when: \"months_open >= 3 and orders_per_open_station {comparison} 100_000 for 2 months\",
            set: (programme: (enabled: false)))]"
    )
}

#[test]
fn support_stops_where_the_condition_holds_and_goes_on_where_it_is_turned_round() {
    let stopped = run(&ruled(&stop("<")));
    let never = run(&ruled(&stop(">")));
    let plain = run(&scenario());
    let decisions = |simulation: &Simulation| simulation.gathered().decisions.clone();
    assert_eq!(decisions(&stopped).iter().filter(|decision| decision.is_set).count(), 2, "each county once");
    assert!(decisions(&never).is_empty());
    let paid = |simulation: &Simulation| -> i128 {
        let ledger = &simulation.gathered().ledger;
        ledger.iter().map(|month| month.totals.item(Item::CountyCentreStaff)).sum()
    };
    assert!(paid(&stopped) < paid(&plain), "{} {}", paid(&stopped), paid(&plain));
    assert_eq!(paid(&never), paid(&plain));
    let table = stopped.outcome().tables.into_iter().find(|table| table.name == "decision").unwrap();
    assert_eq!(table.rows(), decisions(&stopped).len());
}

#[test]
fn rules_are_the_same_bits_on_any_number_of_threads_and_from_any_checkpoint() {
    let rules = stop("<").replace("County", "Province").replace("100_000", "30");
    let rules = rules.replacen(
        '[',
        "[(name: \"pay\", in: Poverty, from: \"2015-02-10\", until: \"2015-07-20\",
        set: (programme: (base_pay: 300.0, promotion: 500.0))), ",
        1,
    );
    let scenario = ruled(&rules);
    let mut whole = build(&scenario);
    let (mut expected, mut checkpoints): (Trace, _) = (Vec::new(), Vec::new());
    while whole.step() {
        expected.push((whole.now(), whole.fingerprint()));
        checkpoints.push(whole.checkpoint().unwrap());
    }
    expected.push((whole.now(), whole.fingerprint()));
    let parallel = Simulation::build(&scenario, None, Threads::Parallel(3)).unwrap();
    assert_same(&expected, &trace(parallel), "three threads");
    for at in (0..checkpoints.len()).step_by(9) {
        let resumed = Simulation::resume(&checkpoints[at], Threads::Parallel(2)).unwrap();
        assert_same(&expected[at + 1..].to_vec(), &trace(resumed), &format!("resumed after window {at}"));
    }
    let mut resumed = Simulation::resume(&checkpoints[20], Threads::Sequential).unwrap();
    while resumed.step() {}
    assert_eq!(resumed.gathered().decisions, whole.gathered().decisions);
}

#[test]
fn a_branch_keeps_what_rules_have_set_and_may_add_rules() {
    let first = "(name: \"pay\", in: Poverty, set: (programme: (base_pay: 300.0)))";
    let mut simulation = build(&ruled(&format!("[{first}]")));
    (0..20).for_each(|_| assert!(simulation.step()));
    let checkpoint = simulation.checkpoint().unwrap();
    let branch = |rules: &str| {
        let changes = [("rules".to_owned(), rules.to_owned())];
        Simulation::branch(&checkpoint, &changes, Threads::Sequential)
    };
    assert!(branch("[]").is_err(), "a rule that was in force stays");
    let second = "(name: \"more\", in: Poverty, from: \"2015-06-01\", set: (programme: (base_pay: 900.0)))";
    let mut branched = branch(&format!("[{first}, {second}]")).unwrap();
    while branched.step() {}
    while simulation.step() {}
    let pay = |simulation: &Simulation| sum(simulation, 1, Measure::PartnerBasePay);
    assert!(pay(&branched) > pay(&simulation));
    assert!(branch(&format!("[{first}, {}]", second.replace("2015-06", "2014-11"))).is_err(), "in the past");
}

#[test]
fn a_rule_that_can_never_apply_says_where_it_is_wrong() {
    let fault = |rule: &str| {
        let changes = [("rules".to_owned(), format!("[(name: \"r\", {rule})]"))];
        load_with_places(&sim_core::scenario::BuiltinSource, "tiny", &changes, &RealPlaces)
            .map_err(|faults| faults.to_string())
            .and_then(|loaded| {
                Simulation::build(&loaded.scenario, None, Threads::Sequential).map_err(|f| f.to_string())
            })
            .err()
            .unwrap_or_default()
    };
    let set = "set: (programme: (base_pay: 1.0))";
    assert_eq!(fault(set), "");
    assert!(fault(&format!("when: \"shops < \", {set}")).contains("expected a number, found the end"));
    assert!(fault(&format!("when: \"stations_opne < 3\", {set}")).contains("did you mean `stations_open`?"));
    assert!(fault(&format!("in: Provinse(\"Guizhou\"), {set}")).contains("did you mean `Province`?"));
    assert!(fault(&format!("in: Province(\"Gizhou\"), {set}")).contains("is no province"));
    assert!(fault(&format!("in: Province(\"Guizhou\"), {set}")).contains("applies nowhere"));
    assert!(fault("set: (programme: (base_pya: 1.0))").contains("did you mean `programme.base_pay`?"));
    assert!(fault("set: (programme: (start: \"2015-01-01\"))").contains("cannot change during a run"));
    assert!(fault("set: (household: (elasticity: 3.0))").contains("is no lever"));
    assert!(fault("in: Poverty, set: (programme: (hold: true))").contains("holds for the nation"));
    assert!(fault("set: (programme: (base_pay: -1.0))").contains("out of range"));
    assert!(fault(&format!("each: County, {set}")).contains("without a condition"));
    assert!(fault(&format!("villages: \"to_twon > 3\", {set}")).contains("did you mean `to_town`?"));
    assert!(fault(&format!("villages: \"to_town > 3 for 2 months\", {set}")).contains("expected no `for`"));
    assert!(
        fault("villages: \"to_town > 3\", set: (programme: (trainers: 1.0))").contains("village by village")
    );
    assert!(fault("whn: \"shops < 3\"").contains("did you mean `when`?"));
}

#[test]
fn rules_and_targets_survive_as_text() {
    let first = "[(name: \"b\", in: Counties([330122]), from: \"2015-01-01\", until: \"2016-01-01\", \
        set: (government: (road_target: Everywhere), programme: (base_pay: 3.0, trainers: 1.5))), ";
    let rules = stop("<").replacen('[', first, 1);
    let targets = "[(name: \"t\", measure: \"shop_sales\", in: Poverty, baseline: \"2014-12-31\", \
        factor: 4.0, by: \"2015-09-30\")]";
    let scenario = with(ruled(&rules), &[("targets", targets)]);
    let mut again = Scenario::new("other", scenario.start, scenario.end);
    for path in ["rules", "targets"] {
        again.set(path, &scenario.get(path).unwrap()).unwrap();
    }
    assert_eq!((&again.rules, &again.targets), (&scenario.rules, &scenario.targets));
}

#[test]
fn targets_tell_how_far_they_have_come() {
    let targets = "[(name: \"buyers\", measure: \"buying_share\", in: Nation, baseline: \"2014-10-31\", \
        factor: 1.05, by: \"2015-09-30\"), (name: \"far\", measure: \"station_orders\", in: Poverty, \
        baseline: \"2015-03-31\", level: 1.0e9, by: \"2015-08-31\")]";
    let simulation = run(&with(scenario(), &[("targets", targets)]));
    assert_same(&trace(build(&scenario())), &trace(build(simulation.scenario())), "targets change nothing");
    let table = simulation.outcome().tables.into_iter().find(|table| table.name == "target").unwrap();
    assert_eq!(table.rows(), 12 + 11);
}
