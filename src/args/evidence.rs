//! `validate`, `calibrate` and `conclude`.

use super::ensemble::EnsembleArgs;
use super::shared::{Format, assignment};
use clap::Args;
use std::path::PathBuf;

/// How to make many runs that are kept as they finish.
#[derive(Debug, Args)]
pub struct KeptRunsArgs {
    /// Runs at a time [default: all processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Where finished runs are kept
    #[arg(long, value_name = "DIR", default_value = "runs/evidence")]
    pub keep: PathBuf,
    /// No progress
    #[arg(long, short)]
    pub quiet: bool,
}

/// Figures of one's own.
#[derive(Debug, Args)]
pub struct OwnFiguresArgs {
    /// Targets of your own, in the form of data/facts/targets.ron, with their runs
    #[arg(long, value_name = "FILE")]
    pub targets: Option<PathBuf>,
    /// Published figures of your own: tables of the names and columns of data/facts/*.csv; those that are not
    /// there are the ones that ship
    #[arg(long, value_name = "DIR")]
    pub facts: Option<PathBuf>,
}

/// `validate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside validate --quick
  countryside validate --quick --out results/evidence      then: countryside report results/evidence
  countryside validate --quick --set shop.copying=3.0      what the evidence says of other values
  countryside validate --only trial                        the randomised trial alone
  countryside validate --out docs/evidence.md              the page of this project
  countryside validate --targets docs/example_fit/targets.ron     figures of your own

The distance of a figure is in units of its tolerance: 0 exact, 1 at the edge, above 1 missed.

An interrupted validation goes on where it was. A missed target is a result: the exit code is 0.")]
pub struct ValidateArgs {
    /// Fewer seeds and shorter runs: about two minutes on two processors
    #[arg(long)]
    pub quick: bool,
    /// Seeds of every run, 1 to N, but no more of a run of the whole than the file says [default: as
    /// data/facts/targets.ron says, 20 for the full and 3 or 4 for the quick validation]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub seeds: Option<u32>,
    /// Set a value in every run; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    /// Make only this run of the targets' file; may be given several times. What others would tell is then
    /// not testable
    #[arg(long, value_name = "RUN")]
    pub only: Vec<String>,
    /// What to hold the runs against
    #[command(flatten)]
    pub own: OwnFiguresArgs,
    /// How to run
    #[command(flatten)]
    pub runs: KeptRunsArgs,
    /// Keep all in this folder, which must not exist; or, if the name ends with .md, write tables and plots
    /// into this page, whose text by hand stays
    #[arg(long, value_name = "DIR|PAGE.md")]
    pub out: Option<PathBuf>,
    /// Replace the folder if it holds another validation
    #[arg(long, requires = "out")]
    pub force: bool,
    /// The form of the tables in the folder
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Print one JSON array instead of the table
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print comma-separated values instead of the table
    #[arg(long)]
    pub csv: bool,
}

/// `calibrate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside calibrate --screen                           which parameters matter for which figure
  countryside calibrate --ensemble ensemble.csv --out docs/evidence.md
  countryside calibrate --targets docs/example_fit/targets.ron --plan docs/example_fit/plan.ron

History matching with emulators: what the figures rule out is set aside, wave by wave, over all runs
of the plan. Then come tests that could fail: figures left out and predicted, later years predicted
from earlier ones, wrong figures fitted. An interrupted calibration goes on where it was.")]
pub struct CalibrateArgs {
    /// Which calibrations of the plan [default: all]
    pub names: Vec<String>,
    /// A plan of your own, in the form of data/facts/calibration.ron
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// What to hold the runs against
    #[command(flatten)]
    pub own: OwnFiguresArgs,
    /// Fit nothing: vary the plan's parameters and those that it screens one at a time (Morris), with the
    /// first seed, and tell which matter for which figure
    #[arg(long, conflicts_with_all = ["ensemble", "out"])]
    pub screen: bool,
    /// Write the sets of parameters that the figures do not rule out into this file, with weights, the best
    /// one first: comma-separated values
    #[arg(long, value_name = "FILE")]
    pub ensemble: Option<PathBuf>,
    /// Members of the ensemble, at most
    #[arg(long, value_name = "N", default_value_t = 60, requires = "ensemble",
        value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub members: u16,
    /// Points of a wave
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub points: Option<u32>,
    /// Waves
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20))]
    pub waves: Option<u32>,
    /// Seeds of each point, in every run of the plan
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub seeds: Option<u32>,
    /// How to run
    #[command(flatten)]
    pub runs: KeptRunsArgs,
    /// Write tables and plots into this page, whose text by hand stays
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `conclude`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside conclude --ensemble 20                       every question that ships
  countryside conclude roads_first --ensemble all --out docs/conclusions.md
  countryside conclude --ensemble 20 --questions mine.ron

An answer is given if it holds in members that weigh nine tenths or more; otherwise it is open. Told
as well is what it turns on: parameters with which the difference goes from member to member, beyond
chance. An interrupted command goes on where it was.")]
pub struct ConcludeArgs {
    /// Which questions [default: all]
    pub names: Vec<String>,
    /// Questions of your own, in the form of data/facts/conclusions.ron
    #[arg(long, value_name = "FILE")]
    pub questions: Option<PathBuf>,
    /// Set a value in every run, over what the questions say; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    /// Pairs of runs of each member, with seeds of their own
    #[arg(long, value_name = "N", default_value_t = 2,
        value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub seeds: u32,
    /// Which members of an ensemble to ask
    #[command(flatten)]
    pub members: EnsembleArgs,
    /// How to run
    #[command(flatten)]
    pub runs: KeptRunsArgs,
    /// Write the answers into this page, whose text by hand stays
    #[arg(long, value_name = "PAGE.md")]
    pub out: Option<PathBuf>,
    /// Print one JSON array instead of the answers
    #[arg(long)]
    pub json: bool,
}
