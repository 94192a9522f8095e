//! Scenarios with random damage: loading ends, soon, without panic, with messages that are safe to print.
//!
//! The damage is done to the built-in scenarios and the broken fixtures: bytes flipped, pieces deleted,
//! doubled, swapped, replaced by what hurts parsers. Cases per run: 3,000, or as many as
//! `SCENARIO_FUZZ_CASES` says (100,000 before a release); `FUZZ_SEED=fresh` takes others each time.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sim_core::scenario::{MemorySource, builtin, load_traced};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// A way to damage a text: where (as parts of 2^16 of its length) and how.
#[derive(Clone, Debug)]
pub enum Damage {
    Flip(u16, u8),
    Delete(u16, u16),
    Double(u16, u16),
    Swap(u16, u16),
    Insert(u16, usize),
    Replace(u16, usize),
    Nest(u16, u16),
}

/// What hurts parsers.
const PIECES: [&str; 32] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    ",",
    ":",
    "//",
    "/*",
    "*/",
    "r#\"",
    "\\u{202e}",
    "\u{202e}",
    "\u{feff}",
    "\0",
    "\u{1b}[2J",
    "NaN",
    "-inf",
    "1e999",
    "99999999999999999999999999",
    "-0.0",
    "1_0__0",
    "Some(None)",
    "base: \"x.ron\",",
    "base: \"county\",",
    "seed: 18446744073709551616,",
    "浙江，",
    "\r",
    "#![enable(x)]",
];

/// Any way.
pub fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<u16>();
    prop_oneof![
        (at, any::<u8>()).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        (at, 1_u16..400).prop_map(|(at, length)| Damage::Delete(at, length)),
        (at, 1_u16..400).prop_map(|(at, length)| Damage::Double(at, length)),
        (at, at).prop_map(|(one, other)| Damage::Swap(one, other)),
        (at, 0..PIECES.len()).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        (at, 0..PIECES.len()).prop_map(|(at, piece)| Damage::Replace(at, piece)),
        (at, 1_u16..3000).prop_map(|(at, depth)| Damage::Nest(at, depth)),
    ]
}

/// Where the word or sign at a part of the text begins and ends.
fn token(bytes: &[u8], at: u16) -> (usize, usize) {
    let at = place(bytes, at);
    let is_word =
        |index: usize| bytes.get(index).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let start = (0..=at).rev().take_while(|&index| is_word(index)).last().unwrap_or(at);
    let end = (at..bytes.len()).find(|&index| !is_word(index)).unwrap_or(bytes.len());
    (start, end.max((start + 1).min(bytes.len())))
}

fn place(bytes: &[u8], at: u16) -> usize {
    (bytes.len() * usize::from(at)) >> 16
}

/// The bytes, damaged.
pub fn damaged(mut bytes: Vec<u8>, damage: &Damage) -> Vec<u8> {
    let piece = |index: usize| PIECES[index].bytes();
    match *damage {
        Damage::Flip(at, bits) => {
            let at = place(&bytes, at);
            bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= bits);
        }
        Damage::Delete(at, length) => {
            let at = place(&bytes, at);
            drop(bytes.drain(at..(at + usize::from(length)).min(bytes.len())));
        }
        Damage::Double(at, length) => {
            let at = place(&bytes, at);
            let copy = bytes[at..(at + usize::from(length)).min(bytes.len())].to_vec();
            bytes.splice(at..at, copy);
        }
        Damage::Swap(one, other) => {
            let (one, other) = (token(&bytes, one.min(other)), token(&bytes, one.max(other)));
            if one.1 <= other.0 {
                let (first, second) = (bytes[one.0..one.1].to_vec(), bytes[other.0..other.1].to_vec());
                bytes.splice(other.0..other.1, first);
                bytes.splice(one.0..one.1, second);
            }
        }
        Damage::Insert(at, index) => {
            let at = place(&bytes, at);
            bytes.splice(at..at, piece(index));
        }
        Damage::Replace(at, index) => {
            let (start, end) = token(&bytes, at);
            bytes.splice(start..end, piece(index));
        }
        Damage::Nest(at, depth) => {
            let at = place(&bytes, at);
            bytes.splice(at..at, "([".repeat(usize::from(depth)).into_bytes());
        }
    }
    bytes
}

/// Loads a damaged scenario among the sound ones, and looks at what comes out.
fn check(bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let began = Instant::now();
    let sound =
        |source: MemorySource, (name, text): &(&str, &str)| source.with(&format!("{name}.ron"), *text);
    let source = builtin().iter().fold(MemorySource::default(), sound).with("x.ron", bytes);
    match load_traced(&source, "x.ron", &[]) {
        Ok(loaded) => {
            let again = source.with("again.ron", loaded.scenario.resolved_text());
            let again = load_traced(&again, "again.ron", &[]).map_err(|faults| fail(&faults.to_string()))?;
            prop_assert_eq!(again.scenario, loaded.scenario);
        }
        Err(faults) => {
            let text = faults.to_string();
            prop_assert!(!faults.0.is_empty());
            prop_assert!(text.len() < 200_000, "{} bytes of messages", text.len());
            let hidden = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
            prop_assert!(!text.contains(hidden), "{}", text.escape_debug());
        }
    }
    // A second is promised and a tenth of it is usual; other work on the machine must not fail the test.
    prop_assert!(began.elapsed() < Duration::from_secs(10), "took {:?}", began.elapsed());
    Ok(())
}

fn fail(message: &str) -> TestCaseError {
    TestCaseError::fail(message.to_owned())
}

fn cases() -> u32 {
    let asked = std::env::var("SCENARIO_FUZZ_CASES").ok();
    asked.map_or(3000, |text| text.parse().expect("SCENARIO_FUZZ_CASES is a number"))
}

/// The built-in scenarios, one with every field, and texts that have been faults before.
fn texts() -> Vec<Vec<u8>> {
    let all = sim_core::scenario::Scenario::builtin("closed_roads").unwrap().resolved_text();
    builtin().iter().map(|(_, text)| text.as_bytes().to_vec()).chain([all.into_bytes()]).collect()
}

#[test]
fn damaged_scenarios_neither_panic_nor_hang() {
    let texts = texts();
    let config = Config { cases: cases(), failure_persistence: None, ..Config::default() };
    let seed = crate::program::seed_of("FUZZ_SEED").to_le_bytes().repeat(4);
    let stream = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let strategy = (0..texts.len(), proptest::collection::vec(damage(), 1..6));
    let (run, sound) = (Cell::new(0_u32), Cell::new(0_u32));
    let result = TestRunner::new_with_rng(config, stream).run(&strategy, |(which, damages)| {
        let bytes = damages.iter().fold(texts[which].clone(), damaged);
        run.set(run.get() + 1);
        sound.set(
            sound.get() + u32::from(load_traced(&MemorySource::of("x", bytes.clone()), "x", &[]).is_ok()),
        );
        check(bytes)
    });
    println!("{} damaged scenarios, {} still sound", run.get(), sound.get());
    result.unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(run.get(), cases());
    // Damage that never or always destroys a scenario tests little.
    assert!(sound.get() > run.get() / 200 && sound.get() < run.get() / 2, "{} of {}", sound.get(), run.get());
}

#[test]
fn the_largest_texts_of_one_sign_are_refused_soon() {
    let largest = 1 << 20;
    for piece in PIECES
        .iter()
        .chain(&["(a:", "a:1,", "(", "[[", "/*", "a(", "\\", "'a", "r##\"", " ", "x", "9", "seed: 1,"])
    {
        let text = piece.repeat(largest / piece.len());
        check(text.clone().into_bytes()).unwrap_or_else(|fault| panic!("{piece:?}: {fault}"));
        let text = format!("(name: \"x\", {text}");
        check(text.into_bytes().into_iter().take(largest).collect())
            .unwrap_or_else(|fault| panic!("{piece:?}: {fault}"));
    }
}
