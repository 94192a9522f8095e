//! Numbers in the rules of the model: what people, firms and places do stands in the table of parameters,
//! with its unit, range and source; factors between units stand in `base::factor`. In the rules themselves
//! there are names.

use super::rust_files;
use super::tokens::{after_attribute, is_sign};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Folders of `sim-core/src` that hold rules.
const RULES: [&str; 4] = ["agents", "model", "market", "policy"];

/// Numbers that may stand in a rule: nothing, the whole, a pair or a square, a half.
const PLAIN: [f64; 4] = [0.0, 1.0, 2.0, 0.5];

/// Named constants of the rules that are no parameters, and why.
const CONSTANTS: [(&str, &str); 74] = [
    ("ACTIVE", "an estimate of memory"),
    ("AGE_GROUPS", "how households are classed: arrays have this length"),
    ("ALL", "the length of a list of variants"),
    ("ALMOST_ALL", "keeps a power defined"),
    ("ALMOST_ONE", "rounds up"),
    ("BASE", "the month that a parameter refers to"),
    ("BURDEN", "how finely the years before a run are followed"),
    ("BURDENS", "how finely the years before a run are followed"),
    ("BYTES_BESIDE_RECORD", "an estimate of memory"),
    ("BYTES_OF_COUNTY", "an estimate of memory"),
    ("BYTES_OF_COUNTY_MONTH", "an estimate of memory"),
    ("BYTES_OF_PROGRAM", "an estimate of memory"),
    ("BYTES_OF_ROW", "an estimate of memory"),
    ("BYTES_OF_VILLAGE", "an estimate of memory"),
    ("DECEMBER", "a month's number"),
    ("EMANCIPATE", "a subscript"),
    ("FEW", "which of two equal ways is quicker"),
    ("FEWEST_RECORDS", "how finely a sampled village is told"),
    ("HALF_YEAR", "how often unchanged villages are looked at"),
    ("HOURS_OF_GAIN", "the unit of a parameter"),
    ("INCOME_GROUPS", "how households are classed: arrays have this length"),
    ("INTERVALS", "what agents choose among; docs/odd.md"),
    ("LAPSE", "a subscript"),
    ("LARGEST_SCALE", "where a run stands for the country; docs/odd.md"),
    ("LEAST_FACTOR", "a divisor at least"),
    ("LEAST_INCOME", "the range of two bytes"),
    ("LEAST_STEP", "a divisor at least"),
    ("LOOK_AHEAD", "how far seasons are worked out"),
    ("YEARS_LOOKED_AHEAD", "how far the next day of coming home is looked for"),
    ("LORRIES", "length of the slots in which a queue is looked at: its entries keep their own times"),
    ("LONGEST_INTERVAL", "what is believed of a checkpoint"),
    ("MEAN_BURDEN", "the mean village of the years before a run"),
    ("MEAN_ROADS", "the mean village of the years before a run"),
    ("MEAN_SPENDING_WEIGHT", "how finely spending is resolved"),
    ("MEAN_TOWN", "the mean township of the years before a run"),
    ("MEAN_VILLAGE", "the mean village of the years before a run"),
    ("MONTHLY", "the horizon of clocks, beyond which they are not in the queue"),
    ("MONTHS_OF_STEP", "months in a quarter"),
    ("MOST_HAZARD", "what is believed of a checkpoint"),
    ("MOST_INCOME", "the range of two bytes"),
    ("MOST_ORDERS", "what is believed of a checkpoint"),
    ("MOST_QUALITY", "what single precision adds up without loss"),
    ("MOST_SPENDING_WEIGHT", "how finely spending is resolved"),
    ("MOST_STORED", "what is believed of a checkpoint"),
    ("NEEDS", "how finely the years before a run are followed"),
    ("NETWORKS", "the length of an array: the most that the parameter may be"),
    ("NINE", "a number of the formula of Wilson and Hilferty"),
    ("NOVEMBER", "a month's number"),
    ("OPENING", "the hour at which the day's sorting begins to be counted"),
    ("POINTS", "how exactly an integral is worked out"),
    ("PEOPLE", "order of events of a minute"),
    ("PER_HUNDRED_YUAN", "the unit of a parameter"),
    ("PHONES", "how finely the years before a run are followed"),
    ("PROGRAMME", "order of events of a minute"),
    ("RECONSIDER", "a subscript"),
    ("RECORDS_OF_A_LINE", "a matter of speed"),
    ("RECORDS_OF_A_VILLAGE", "a matter of speed"),
    ("REMOTE", "a third, as levers and documents say"),
    ("RETRY_ALONE", "a subscript"),
    ("RETRY_ASSISTED", "a subscript"),
    ("RETRY_ASSISTED_ABLE", "a subscript"),
    ("SETTLING", "how long couriers settle before a run"),
    ("SIZE", "the length of a table of quantiles"),
    ("SLOW", "the horizon of clocks, beyond which they are not in the queue"),
    ("STEPS", "the length of a table"),
    ("TEN", "what is told of a village"),
    ("TENTH", "the unit of a parameter"),
    ("RECORDED", "how many shops of a village have their entry and exit recorded"),
    ("TRIES", "a matter of speed"),
    ("TRY_ASSISTED_ABLE", "a subscript"),
    ("VARIETY_BASE", "the moment that parameters refer to"),
    ("WAYS", "the length of an array"),
    ("WORTH_MOVING", "a matter of speed"),
    ("WORTH_READING", "a matter of speed"),
];

/// Numbers of a file's rules that have no name, as `path:line number`. What follows `<<` and `>>` is a place
/// in a word, what is written in hexadecimal a mask, and what follows the semicolon of `[T; N]` a length that
/// the compiler checks.
fn bare_numbers(path: &str, text: &str) -> Vec<String> {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut found = Vec::new();
    look(path, tokens, false, &mut found);
    found
}

fn look(path: &str, tokens: TokenStream, in_brackets: bool, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let word = |at: usize| tokens.get(at).map(ToString::to_string).unwrap_or_default();
    let mut at = 0;
    while at < tokens.len() {
        // Attributes are no rules, and what they mark as a test is none either.
        if is_sign(tokens.get(at), '#') {
            at = after_attribute(&tokens, at);
            continue;
        }
        if word(at) == "const" && CONSTANTS.iter().any(|(name, _)| *name == word(at + 1)) {
            while at < tokens.len() && !matches!(word(at).as_str(), "=") {
                at += 1;
            }
            while at < tokens.len() && word(at) != ";" {
                at += 1;
            }
            continue;
        }
        match &tokens[at] {
            TokenTree::Group(group) => {
                look(path, group.stream(), group.delimiter() == Delimiter::Bracket, found);
            }
            TokenTree::Literal(literal) => {
                let before = at.checked_sub(1).map(word).unwrap_or_default();
                let twice = at.checked_sub(2).map(word).unwrap_or_default();
                let shift = before == twice && ["<", ">"].contains(&before.as_str());
                let length = in_brackets && before == ";";
                if !(shift || length || before == ".") && number(&literal.to_string()).is_some_and(is_bare) {
                    found.push(format!("{path}:{} {literal}", literal.span().start().line));
                }
            }
            _ => {}
        }
        at += 1;
    }
}

fn is_bare(number: f64) -> bool {
    !PLAIN.contains(&number)
}

/// The value of a literal, if it is a number.
fn number(literal: &str) -> Option<f64> {
    let plain = literal.replace('_', "");
    let types = ["usize", "u8", "u16", "u32", "u64", "i16", "i32", "i64", "f32", "f64"];
    let digits = types.iter().find_map(|name| plain.strip_suffix(name)).unwrap_or(&plain);
    digits.parse().ok()
}

#[test]
fn rules_hold_no_bare_numbers() {
    let mut found = Vec::new();
    let (mut files, mut named) = (0, std::collections::BTreeSet::new());
    for folder in RULES {
        for (path, text) in rust_files(&format!("sim-core/src/{folder}")) {
            if super::is_test_file(&path) {
                continue;
            }
            files += 1;
            found.extend(bare_numbers(&path, &text));
            named.extend(
                CONSTANTS
                    .iter()
                    .map(|(name, _)| *name)
                    .filter(|name| text.contains(&format!("const {name}:"))),
            );
        }
    }
    println!("{files} files of rules: {} bare numbers, {} named constants", found.len(), CONSTANTS.len());
    assert!(found.is_empty(), "{found:#?}");
    let gone: Vec<&str> =
        CONSTANTS.iter().map(|(name, _)| *name).filter(|name| !named.contains(name)).collect();
    assert!(gone.is_empty(), "in the list and in no rule: {gone:?}");
}

#[test]
fn a_bare_number_is_found_and_what_is_allowed_is_not() {
    let bare =
        "fn f(x: f64) -> f64 {\n    x * 0.3\n}\nconst SHARE: f64 = 0.44;\nfn g() { [7; 3]; h(1e3_f64) }";
    let found = bare_numbers("x.rs", bare);
    assert_eq!(found, ["x.rs:2 0.3", "x.rs:4 0.44", "x.rs:5 7", "x.rs:5 1e3_f64"]);
    let allowed = "const FEW: usize = 40;\nfn f(x: u32) -> [u8; 9] { x << 12; x.3; x * 2 + 1 }\n\
        #[cfg(test)]\nmod tests { fn t() { 77 } }\n/// 12 months\nfn g() { \"99\"; 0.5 }";
    assert_eq!(bare_numbers("x.rs", allowed), [""; 0]);
}
