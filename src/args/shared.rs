//! What several subcommands take.

use clap::{Args, ValueEnum};
use sim_core::base::Date;
use std::path::PathBuf;

/// Changes to a scenario.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Changes to the scenario")]
pub struct ChangeArgs {
    /// Set a value, written as in a scenario file; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    /// The seed of all random streams
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// The last day of the run, as 2016-12-31
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// The share of households whose orders are simulated, above 0 to 1; each stands for its inverse
    #[arg(long, value_name = "SHARE")]
    pub sample: Option<f64>,
}

impl ChangeArgs {
    /// The changes as paths and values of the scenario file.
    pub fn overrides(&self) -> Vec<(String, String)> {
        let mut all = self.set.clone();
        all.extend(self.seed.map(|seed| ("seed".to_owned(), seed.to_string())));
        all.extend(self.until.map(until));
        all.extend(self.sample.map(|share| ("household_sample".to_owned(), format!("{share:?}"))));
        all
    }
}

/// Changes that may be made at a moment of a run: what has happened, stays.
#[derive(Debug, Args)]
#[command(next_help_heading = "Changes")]
pub struct BranchChangeArgs {
    /// Set a value, written as in a scenario file; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    /// The last day of the run
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
}

impl BranchChangeArgs {
    /// The changes as paths and values of the scenario file.
    pub fn overrides(&self) -> Vec<(String, String)> {
        let mut all = self.set.clone();
        all.extend(self.until.map(until));
        all
    }
}

/// The last day as a path and value of the scenario file.
pub fn until(date: Date) -> (String, String) {
    ("end".to_owned(), format!("\"{date}\""))
}

/// How to run.
#[derive(Debug, Args)]
#[command(next_help_heading = "Running")]
pub struct ExecutionArgs {
    /// Threads to run on; the results are the same for any number [default: all processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// The most memory the run may be estimated to need, as 3GiB or 512MiB [default: the scenario's limit]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub memory_limit: Option<u64>,
    /// Write a checkpoint every so many days of simulated time
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub checkpoint_every: Option<u32>,
    /// Write a checkpoint at the first window's end on or after this day
    #[arg(long, value_name = "DATE")]
    pub checkpoint_at: Option<Date>,
    /// Where checkpoints go [default: DIR.checkpoint beside the folder of --out, or ./NAME.checkpoint]
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
}

/// What to write.
#[derive(Debug, Args)]
#[command(next_help_heading = "Results")]
pub struct OutputArgs {
    /// Keep all results in this folder, which must not exist
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The form of the tables in the folder
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Replace the folder if it holds another run
    #[arg(long, requires = "out")]
    pub force: bool,
    /// Print one JSON document instead of the summary
    #[arg(long)]
    pub json: bool,
    /// Print the fingerprint at every window's end first, to find where two runs part
    #[arg(long, conflicts_with = "json")]
    pub fingerprints: bool,
    /// Print nothing but errors
    #[arg(long, short, conflicts_with = "json")]
    pub quiet: bool,
}

/// The forms of tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Apache Parquet, read as they are by DuckDB, polars and pandas
    #[cfg(feature = "parquet")]
    #[cfg_attr(feature = "parquet", default)]
    Parquet,
    /// Comma-separated values, safe to open in a spreadsheet
    #[cfg_attr(not(feature = "parquet"), default)]
    Csv,
}

/// `path=value`, split at the first equals sign.
pub fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => {
            Ok((path.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("expected PATH=VALUE, as in household.elasticity=4.0".to_owned()),
    }
}

/// A size in bytes, as `3GiB`, `512 MiB`, `800MB` or `1000000`.
fn size(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 9] = [
        ("kib", 1 << 10),
        ("mib", 1 << 20),
        ("gib", 1 << 30),
        ("tib", 1 << 40),
        ("kb", 1_000),
        ("mb", 1_000_000),
        ("gb", 1_000_000_000),
        ("tb", 1_000_000_000_000),
        ("b", 1),
    ];
    let lower = text.trim().to_lowercase();
    let unit = UNITS.iter().find_map(|&(unit, factor)| Some((lower.strip_suffix(unit)?, factor)));
    let (digits, factor) = unit.unwrap_or((lower.as_str(), 1));
    let number: f64 = digits.trim().parse().unwrap_or(f64::NAN);
    let bytes = number * factor as f64;
    if bytes >= 1.0 && bytes < u64::MAX as f64 {
        Ok(bytes as u64)
    } else {
        Err("expected a size, as in 3GiB or 512MiB".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_and_without_units() {
        assert_eq!(size("3GiB"), Ok(3 << 30));
        assert_eq!(size("512 MiB"), Ok(512 << 20));
        assert_eq!(size("1.5kb"), Ok(1500));
        assert_eq!(size("42"), Ok(42));
        for text in ["", "GiB", "-1GiB", "nan", "1e40", "0", "3 parsecs"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn assignments_split_at_the_first_equals_sign() {
        assert_eq!(assignment("a.b = \"x=y\""), Ok(("a.b".into(), "\"x=y\"".into())));
        assert!(assignment("a.b").is_err() && assignment("=1").is_err());
    }

    #[test]
    fn flags_become_values_of_the_scenario_file() {
        let changes = ChangeArgs {
            set: vec![("a.b".into(), "1".into())],
            seed: Some(u64::MAX),
            until: "2016-12-31".parse().ok(),
            sample: Some(1.0),
        };
        let written: Vec<String> = changes.overrides().iter().map(|(a, b)| format!("{a}={b}")).collect();
        assert_eq!(
            written,
            ["a.b=1", "seed=18446744073709551615", "end=\"2016-12-31\"", "household_sample=1.0"]
        );
    }
}
