//! `trial`, as it is written.

use super::shared::ChangeArgs;
use clap::Args;
use std::path::PathBuf;

/// `trial`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside trial                                     the published design, one seed
  countryside trial --seeds 10                          how often each finding returns
  countryside trial --set trial.control_villages=50 --set trial.survey_villages=120
  countryside trial --seeds 10 --csv > estimates.csv    one row an estimate
  countryside trial --survey answers.csv                the households' answers, for another package

The scenario must have a trial (trial.enabled). Effects of assignment are ANCOVA with a constant for
each county; effects on the treated are two-stage least squares with assignment as instrument;
standard errors are clustered by village.")]
pub struct TrialArgs {
    /// A scenario file or the name of a built-in scenario, with a trial
    #[arg(default_value = "trial")]
    pub scenario: String,
    /// What to change in it
    #[command(flatten)]
    pub changes: ChangeArgs,
    /// Run so many trials, with this seed and the ones after it
    #[arg(long, value_name = "N", default_value_t = 1,
        value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub seeds: u32,
    /// Trials to run at a time; the results are the same for any number [default: all processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Write every household's answers to this file, which must not exist, as comma-separated values
    #[arg(long, value_name = "FILE")]
    pub survey: Option<PathBuf>,
    /// Print one JSON document instead of tables
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print comma-separated values instead of tables, one row an estimate
    #[arg(long)]
    pub csv: bool,
}
