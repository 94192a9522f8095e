//! What `run` and `compare` take about ensembles.

use clap::Args;
use std::path::PathBuf;

/// The ensemble to ask.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "What is unknown")]
pub struct EnsembleArgs {
    /// Ask N members of an ensemble, sets of parameters that the evidence does not rule out, chosen so that
    /// they stand for all by their weights; without N, or with `all`, every member counts by its weight
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "all",
        value_parser = ensemble_size)]
    pub ensemble: Option<EnsembleSize>,
    /// The ensemble's file: CSV with the columns member, weight, and one for each parameter's path [default:
    /// the ensemble that ships with the program]
    #[arg(long, value_name = "FILE", requires = "ensemble")]
    pub ensemble_file: Option<PathBuf>,
}

/// How many members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnsembleSize {
    /// All, each with its own weight.
    All,
    /// So many, each with the same weight.
    Of(u32),
}

impl EnsembleSize {
    /// The number to take; none for all.
    pub fn count(self) -> Option<u32> {
        match self {
            EnsembleSize::All => None,
            EnsembleSize::Of(count) => Some(count),
        }
    }

    /// As it is written.
    pub fn text(self) -> String {
        self.count().map_or_else(|| "all".to_owned(), |count| count.to_string())
    }
}

/// `20` or `all`.
fn ensemble_size(text: &str) -> Result<EnsembleSize, String> {
    if text == "all" {
        return Ok(EnsembleSize::All);
    }
    let most = sim_core::members::MOST_MEMBERS;
    match text.parse() {
        Ok(count) if (1..=most).contains(&count) => Ok(EnsembleSize::Of(count)),
        _ => Err(format!("expected a number of members from 1 to {most}, or all")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_numbers_or_all() {
        assert_eq!(ensemble_size("20"), Ok(EnsembleSize::Of(20)));
        assert_eq!(ensemble_size("all"), Ok(EnsembleSize::All));
        for text in ["0", "10001", "-1", "tiny", "2.5"] {
            assert!(ensemble_size(text).is_err(), "{text}");
        }
    }
}
