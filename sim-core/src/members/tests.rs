use super::*;
use crate::scenario::Scenario;

fn faults(text: &str) -> Vec<String> {
    let faults = read("e.csv", text.as_bytes()).unwrap_err();
    faults.0.iter().map(ToString::to_string).collect()
}

fn members(weights: &[f64]) -> Members {
    let rows: Vec<String> =
        weights.iter().enumerate().map(|(at, weight)| format!("{},{weight},0.05\n", at + 1)).collect();
    read("e.csv", format!("member,weight,partner.commission\n{}", rows.concat()).as_bytes()).unwrap()
}

#[test]
fn a_file_is_read_and_its_weights_sum_to_one() {
    let text =
        "\u{FEFF}member,weight,partner.commission,partner.patience\r\n1,0.598,0.05,6.0\r\n2,0.4,0.06,9\r\n";
    let read = read("e.csv", text.as_bytes()).unwrap();
    assert_eq!(read.paths, ["partner.commission", "partner.patience"]);
    let all = read.take(None);
    assert_eq!(all.iter().map(|member| member.weight).sum::<f64>(), 1.0);
    assert_eq!(all[0].values, ["0.05", "6"], "a whole number is written as one");
    assert_eq!((all[0].number, all[1].number, all[0].copy), (1, 2, 0));
}

#[test]
fn every_fault_is_told_at_once_with_its_place() {
    let text = "member,weight,partner.comission,household.elasticity,places.table\n\
                1,0.5,0.05,0.5,x\n\
                1,0,0.05,3.5,x\n\
                x,0.5,0.05,many,x\n\
                4,0.5,0.05\n";
    let expected = [
        "e.csv:1:15: partner.comission: there is no such parameter\n  help: did you mean \
        `partner.commission`?",
        "e.csv:1:54: places.table: there is no such parameter",
        "e.csv:2:12: household.elasticity: 0.5 is out of range: expected 1.1 to 20 (elasticity of \
        substitution \
         among ways of shopping)",
        "e.csv:3:1: member: the member has the number of that in line 2",
        "e.csv:3:3: weight: expected a number above 0 and up to 1, the member's weight\n  help: a member \
        of no \
         weight is left out of the file",
        "e.csv:4:1: member: expected a whole number from 1, the member's\n  help: number the members 1, 2, \
        3, ...",
        "e.csv:4:12: household.elasticity: expected a number",
        "e.csv:5:1: expected 5 cells, like the header; this row has 3",
    ];
    let found = faults(text);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}\n{expected}");
    }
}

#[test]
fn members_are_numbered_once_and_their_weights_sum_to_one() {
    let header = "member,weight,partner.commission\n";
    let twice = faults(&format!("{header}1,0.5,0.05\n1,0.5,0.06\n"));
    assert_eq!(
        twice,
        ["e.csv:3:1: member: the member has the number of that in line 2\n  help: number the members 1, \
            2, 3, ..."]
    );
    let sum = faults(&format!("{header}1,0.5,0.05\n2,0.45,0.06\n"));
    assert!(sum[0].contains("weights sum to 0.95: expected 1, within 1 %"), "{sum:?}");
    assert!(faults("member,weight\n1,1\n")[0].contains("at least one parameter"));
    assert!(faults("member,partner.commission\n1,0.05\n")[0].contains("expected a column `weight`"));
    assert!(faults(header)[0].contains("a header and at least one row"));
    assert!(faults("member;weight;partner.commission\n")[0].contains("commas between the cells"));
    assert!(!faults("").is_empty() && read("e.csv", b"\xFF\xFE").is_err());
}

/// Some members stand for all: each is taken as often as its weight says, rounded down or up, whatever the
/// number. The n heaviest would fail: they leave out the light half.
#[test]
fn members_are_taken_by_their_weights() {
    let weights = [0.3, 0.2, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05];
    let all = members(&weights);
    for count in [1, 2, 3, 7, 10, 20, 33, 1000] {
        let taken = all.take(Some(count));
        assert_eq!(taken.len(), count as usize);
        for (at, weight) in weights.iter().enumerate() {
            let times = taken.iter().filter(|member| member.number as usize == at + 1).count() as f64;
            assert!((times - weight * f64::from(count)).abs() < 1.0, "{count}: member {at} {times} times");
        }
        assert!((taken.iter().map(|member| member.weight).sum::<f64>() - 1.0).abs() < 1e-12);
        assert_eq!(taken, all.take(Some(count)), "the choice is the same every time");
    }
    let copies: Vec<u32> =
        all.take(Some(10)).iter().filter(|one| one.number == 1).map(|one| one.copy).collect();
    assert_eq!(copies, [0, 1, 2]);
}

#[test]
fn what_ships_is_sound() {
    let members = shipped().unwrap_or_else(|faults| panic!("{faults}"));
    assert!(members.len() >= 8, "{} members say little of what is unknown", members.len());
}

/// Members come by falling weight, and set what scenarios take, all of them the same parameters.
#[test]
fn what_ships_comes_by_weight_and_makes_scenarios() {
    let members = shipped().unwrap();
    let all = members.take(None);
    assert!(all.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
    for member in &all {
        let mut scenario = Scenario::builtin("tiny").unwrap();
        for (path, value) in members.paths.iter().zip(&member.values) {
            scenario.set(path, value).unwrap();
        }
        scenario.check().unwrap_or_else(|faults| panic!("member {}: {faults}", member.number));
    }
}
