//! What is of one country stands in its region, and not in the rules of the model.

use super::{code, is_test_file, rust_files};

/// Folders of `sim-core/src` that hold rules, and how places are read and made.
const RULES: [&str; 6] = ["agents", "market", "model", "policy", "world", "kernel"];

/// Names and numbers that only China has.
const OF_CHINA: [&str; 12] = [
    "spring_festival",
    "singles_day",
    "NEW_YEAR",
    "Zhejiang",
    "Beijing",
    "浙江",
    "自治区",
    "73.0..=136.0",
    "100_000..=999_999",
    "MUNICIPALITIES",
    "PAVED",
    "REACHED",
];

fn found(path: &str, text: &str) -> Vec<String> {
    let of_china = |line: &str| OF_CHINA.iter().any(|word| line.contains(word));
    let lines = code(text).into_iter().filter(|(_, line)| of_china(line));
    lines.map(|(at, line)| format!("{path}:{at} {}", line.trim())).collect()
}

#[test]
fn no_rule_holds_a_name_or_a_number_of_china() {
    let control = "fn f() {\n    let day = Calendar::spring_festival(2016); // 浙江\n}";
    assert_eq!(found("x.rs", control).len(), 1, "the control");
    assert_eq!(found("x.rs", "// Zhejiang\n#[cfg(test)]\nmod tests { const A: &str = \"浙江\"; }"), [""; 0]);
    let all: Vec<String> = RULES
        .iter()
        .flat_map(|folder| rust_files(&format!("sim-core/src/{folder}")))
        .filter(|(path, _)| !is_test_file(path))
        .flat_map(|(path, text)| found(&path, &text))
        .collect();
    assert!(all.is_empty(), "{all:#?}");
}
