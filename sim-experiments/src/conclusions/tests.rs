use super::*;
use crate::comparison::RunMember;
use crate::evidence::fault::EvidenceFile;
use crate::experiment::Worlds;
use crate::random::random_stream;
use sim_core::members::read;

fn worlds(count: u32) -> Worlds {
    let mut stream = random_stream(5, 1);
    let mut text = String::from("member,weight,partner.commission,shop.copying\n");
    for number in 1..=count {
        let weight = 1.0 / f64::from(count);
        let commission = 0.02 + 0.04 * stream.unit();
        text += &format!("{number},{weight},{commission},{}\n", 3.0 + 3.0 * stream.unit());
    }
    let members = read("members.csv", text.as_bytes()).map_err(|faults| faults.to_string()).unwrap();
    Worlds { paths: members.paths.clone(), members: members.take(None), stated: Vec::new() }
}

fn value(worlds: &Worlds, member: usize, column: usize) -> f64 {
    worlds.members[member].values[column].parse().unwrap()
}

/// Two seeds a member: the second scenario has more where commission is above 0.035, whatever copying is.
#[test]
fn an_answer_holds_where_it_does_and_turns_on_what_turns_it() {
    let worlds = worlds(40);
    let of: Vec<Option<RunMember>> =
        (0..80).map(|pair| Some(RunMember { place: pair / 2, weight: 1.0 / 40.0 })).collect();
    let first: Vec<f64> = (0..80).map(|pair| 100.0 + f64::from(pair % 2)).collect();
    let second: Vec<f64> =
        (0..80).map(|pair| first[pair] + 1_000.0 * (value(&worlds, pair / 2, 0) - 0.035)).collect();
    let found = conclude(&first, &second, &of, &worlds);
    let above = (0..40).filter(|&member| value(&worlds, member, 0) > 0.035).count();
    assert_eq!((found.holding.more, found.holding.members()), (above, 40));
    assert!(!found.is_safe() && found.turns.len() == 1, "{found:?}");
    assert_eq!(found.turns[0].path, "partner.commission");
    assert!(found.turns[0].correlation > 0.99);
    // The twin: the same by which no unknown turns anything.
    let second: Vec<f64> = first.iter().map(|value| value + 3.0).collect();
    let found = conclude(&first, &second, &of, &worlds);
    assert!(found.is_safe() && found.turns.is_empty() && (found.change.mean - 3.0).abs() < 1e-9);
}

/// Of 400 conclusions in which no parameter matters, 5 % may name one: 20 with a standard error of 4.4.
#[test]
fn chance_is_seldom_taken_for_a_turning() {
    let worlds = worlds(20);
    let of: Vec<Option<RunMember>> = (0..20).map(|place| Some(RunMember { place, weight: 0.05 })).collect();
    let mut stream = random_stream(6, 1);
    let zero = vec![0.0; 20];
    let named = (0..400)
        .filter(|_| {
            let second: Vec<f64> = (0..20).map(|_| stream.normal()).collect();
            !conclude(&zero, &second, &of, &worlds).turns.is_empty()
        })
        .count();
    assert!((5..=35).contains(&named), "{named}");
}

#[test]
fn the_shipped_questions_are_sound_and_faults_are_told_at_once() {
    let file = EvidenceFile { name: "conclusions.ron", text: Questions::shipped() };
    let questions = Questions::read(&file).map_err(|faults| faults.to_string()).unwrap();
    assert!(questions.questions.len() >= 7);
    for name in questions.scenarios() {
        assert!(sim_core::scenario::Scenario::builtin(name).is_some(), "{name}");
        assert!(!questions.wanted(name).0.is_empty(), "{name}");
    }
    let faulty = Questions::shipped().replacen("\"stations_open\"", "\"stations_opn\"", 1).replacen(
        "per: 0.01",
        "per: 0.0",
        1,
    );
    let faults = Questions::read(&EvidenceFile { name: "own.ron", text: &faulty }).unwrap_err().to_string();
    assert!(faults.contains("stations_opn") && faults.contains("stations_open"), "{faults}");
    assert!(faults.contains("per"), "{faults}");
}
