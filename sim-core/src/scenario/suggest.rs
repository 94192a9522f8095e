//! What may have been meant by a misspelt name.

/// Longer names than this are not misspellings, and comparing them would take long.
const LONGEST: usize = 64;

/// The most similar of the known names, if one is similar enough to be meant.
pub fn nearest<'n>(written: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if written.len() > LONGEST {
        return None;
    }
    let written = written.to_lowercase();
    let score = |name: &str| strsim::normalized_damerau_levenshtein(&written, &name.to_lowercase());
    let best =
        known.map(|name| (score(name), name)).reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|&(score, _)| score >= 0.55).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelling_is_recognised_and_another_word_is_not() {
        let known = || ["household_sample", "window_days", "seed"].into_iter();
        assert_eq!(nearest("houshold_sampel", known()), Some("household_sample"));
        assert_eq!(nearest("Seed", known()), Some("seed"));
        assert_eq!(nearest("colour", known()), None);
        assert_eq!(nearest(&"seed".repeat(1000), known()), None);
    }
}
