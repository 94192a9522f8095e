//! What a sample distorts, as whoever reads a run is told.

use sim_core::metrics::sample_bias::distortions;

/// Parts of a per cent that are told.
const EXACT: f64 = 1e4;

/// A sample of this size, in words.
pub fn described(sample: f64) -> String {
    if sample >= 1.0 {
        return "every household's orders are simulated".to_owned();
    }
    format!("a sample of {} %: each order simulated stands for {}", percent(sample), (1.0 / sample).round())
}

/// What a sample of this size distorts, as was measured, outcomes being named as the reader knows them;
/// nothing where nothing was found.
pub fn distorted(sample: f64, named: impl Fn(&str) -> String) -> Option<String> {
    let told = distortions(sample);
    let measured = told.first()?.sample;
    let like = if measured == sample {
        String::new()
    } else {
        format!(", going by one of {} % that was measured,", percent(measured))
    };
    let outcomes: Vec<String> = told
        .iter()
        .map(|row| format!("{} {:+.0} % (± {:.0})", named(row.outcome), row.percent, row.interval))
        .collect();
    Some(format!(
        "a sample of {} %{like} distorts these outcomes against every household: {}",
        percent(sample),
        outcomes.join(", ")
    ))
}

/// A share in per cent, without zeros that say nothing.
fn percent(share: f64) -> String {
    format!("{}", (share * 100.0 * EXACT).round() / EXACT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::name::in_words;

    #[test]
    fn outcomes_are_named_in_words_and_the_measured_sample_is_told() {
        assert_eq!(distorted(1.0, in_words), None);
        let measured = distorted(0.01, in_words).unwrap();
        assert!(measured.starts_with("a sample of 1 % distorts these outcomes"), "{measured}");
        assert!(!measured.contains('_'), "{measured}");
        let unlike = distorted(0.001, in_words).unwrap();
        assert!(unlike.starts_with("a sample of 0.1 %, going by one of 1 % that was measured,"), "{unlike}");
    }
}
