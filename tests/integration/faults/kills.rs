//! Work that is killed again and again, each time somewhere else, and given once more in the same folder.
//!
//! A dozen deaths a command; `FAULT_KILLS=200` for more by hand.

use super::{CASES, Case, Chance, FAULT, Reference, base, check, reference};
use crate::program::{Ended, seed_of};
use std::path::Path;

/// Deaths of each command.
const KILLS: u32 = 12;

/// Does the work until it has died so many times and then came to its end; a command that ends well before
/// begins again, in a new folder.
fn killed(case: &Case, base: &Path, reference: &Reference, chance: &mut Chance, kills: u32) -> u32 {
    let (mut died, mut rounds) = (0, 0);
    while died < kills {
        let folder = tempfile::tempdir().unwrap();
        case.prepare(folder.path(), base);
        let mut arguments = case.first;
        loop {
            let kind = ["kill", "tear"][chance.below(2) as usize];
            let at = 1 + chance.below(reference.operations);
            let fault = if died < kills { format!("{kind}@{at}") } else { String::new() };
            let command = case.command(folder.path(), arguments).env(FAULT, &fault).output();
            let ended: Ended = command.unwrap().into();
            match ended.code {
                None => died += 1,
                Some(0) => break,
                Some(_) if ended.err.contains("holds this very run already") => break,
                Some(code) => panic!("{} after {died} kills, {fault}: {code}: {}", case.name, ended.err),
            }
            arguments = case.again;
        }
        rounds += 1;
        let found = check(case, folder.path(), &reference.made);
        assert_eq!(found, Ok(()), "{} after {died} kills", case.name);
    }
    rounds
}

#[test]
fn work_that_is_killed_again_and_again_comes_to_its_end() {
    let own = tempfile::tempdir().unwrap();
    let base = base(own.path());
    let mut chance = Chance(seed_of("FAULT_SEED") | 1);
    let kills = std::env::var("FAULT_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    for name in ["run", "branch", "sweep"] {
        let case = CASES.iter().find(|case| case.name == name).unwrap();
        let reference = reference(case, &base);
        let rounds = killed(case, &base, &reference, &mut chance, kills);
        println!("{name}: killed {kills} times in {rounds} rounds, nothing lost, nothing left");
    }
}
