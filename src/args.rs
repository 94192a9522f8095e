//! The command line, as it is written. What it means is decided by the subcommand that it names.

mod ensemble;
mod evidence;
pub mod experiment;
mod explain;
mod region;
mod shared;
mod trial;

pub use ensemble::{EnsembleArgs, EnsembleSize};
pub use evidence::{CalibrateArgs, ConcludeArgs, OwnFiguresArgs, ValidateArgs};
pub use explain::ExplainArgs;
pub use region::{DescribeRegionArgs, NewRegionArgs, RegionArgs, RegionCommand, RegionNameArgs};
pub use shared::{BranchChangeArgs, ChangeArgs, ExecutionArgs, Format, OutputArgs, until};
pub use trial::TrialArgs;

use clap::{Args, Parser, Subcommand, ValueEnum};
use experiment::{AnalyseArgs, CompareArgs, OptimiseArgs, SweepArgs};
use shared::assignment;
use sim_core::base::Date;
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  countryside run tiny                          a small built-in scenario, summary on the screen
  countryside run my.ron --out results/first    a file of yours, tables kept in a folder
  countryside run my.ron --set partner.commission=0.05 --seed 7
  countryside check my.ron                      every fault, each with its line and remedy
  countryside params partner                    what can be set about partners

Exit codes: 0 done, 1 the run failed (of many runs, any), 2 the input is wrong, 130 interrupted.";

/// Simulates rural e-commerce household by household: service centres, orders, parcels, shops, incomes.
#[derive(Debug, Parser)]
#[command(name = "countryside", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a scenario and report what happened
    Run(RunArgs),
    /// Go on from a checkpoint with something changed, with the same random draws until then
    Branch(BranchArgs),
    /// Run an experiment: many runs over factors, on all processors or in shards on a cluster
    Sweep(SweepArgs),
    /// Tell what mattered in a sweep: sensitivity, bands, conditions of failure, policies against each other
    Analyse(AnalyseArgs),
    /// Hold two scenarios against each other, seed by seed: what differs, since when, where, at what cost
    Compare(CompareArgs),
    /// Search for the plan that buys most of an outcome for a given sum, and say how sure that is
    Optimise(OptimiseArgs),
    /// Say everything that is wrong with files of scenarios and experiments, or that they are sound
    Check(CheckArgs),
    /// Show what a scenario contains: values, units, where each comes from, size
    Show(ShowArgs),
    /// List the parameters: path, unit, range, default, source
    Params(ParamsArgs),
    /// List the outcomes: what can be asked of a run, of which places, in which unit
    Outcomes(OutcomesArgs),
    /// Tell how a village, county or nation came to be as it is; or what made two runs differ
    Explain(ExplainArgs),
    /// Run a randomised trial inside the model, and analyse it as economists do
    Trial(TrialArgs),
    /// Hold the model against what was published, and judge by stated tolerances
    Validate(ValidateArgs),
    /// Find the parameters that agree with what was published, and what every outcome depends on
    Calibrate(CalibrateArgs),
    /// Ask an ensemble questions that two scenarios answer: which answers hold, and what others turn on
    Conclude(ConcludeArgs),
    /// Make one page of a folder of results, to be read, sent and printed
    Report(ReportArgs),
    /// Places, money and years of your own: make, check and describe a region
    Region(RegionArgs),
    /// Run small scenarios and compare their fingerprints with those known
    Selftest(SelftestArgs),
}

/// `run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside run tiny
  countryside run my.ron --sample 0.01 --until 2015-12-31
  countryside run my.ron --set programme.partner_kind=Returnees --out results/returnees
  countryside run my.ron --out results/long --checkpoint-every 90
  countryside run --resume results/long.checkpoint --out results/long
  countryside run my.ron --ensemble 20 --out results/unknown

With --ensemble, every member is run with every seed, each run on one thread. The summary tells
what is unknown from luck. What the scenario or --set sets itself, members leave as it is. If the
runs are stopped, the same command goes on with those that are missing in the folder of --out.")]
pub struct RunArgs {
    /// A scenario file, or the name of a built-in scenario
    #[arg(required_unless_present = "resume")]
    pub scenario: Option<String>,
    /// What to change in it
    #[command(flatten)]
    pub changes: ChangeArgs,
    /// Go on from a checkpoint, which holds its scenario; the results equal an uninterrupted run's
    #[arg(long, value_name = "FILE", conflicts_with_all = ["seed", "until", "sample", "set",
        "ensemble"])]
    pub resume: Option<PathBuf>,
    /// How to run it
    #[command(flatten)]
    pub execution: ExecutionArgs,
    /// What to write
    #[command(flatten)]
    pub output: OutputArgs,
    /// Which members of an ensemble to ask
    #[command(flatten)]
    pub members: EnsembleArgs,
    /// Runs of each member, with seeds of their own; 2 or more tell luck from what is unknown [default: 2]
    #[arg(long, value_name = "K", requires = "ensemble", help_heading = "What is unknown",
        value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub seeds: Option<u32>,
    /// Print comma-separated values instead of the summary, one row an outcome
    #[arg(long, requires = "ensemble", conflicts_with_all = ["json", "quiet"],
        help_heading = "What is unknown")]
    pub csv: bool,
}

/// `branch`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside run my.ron --checkpoint-at 2016-01-01 --out results/base
  countryside branch results/base.checkpoint --set programme.enabled=false --out results/stopped
  countryside branch my.ron --at 2016-01-01 --set programme.enabled=false     without a checkpoint

The folder of --out keeps the scenario that held until the branch, too; its manifest.json says
how to make the folder again.")]
pub struct BranchArgs {
    /// The checkpoint to go on from; with --at a scenario file, or the name of a built-in scenario
    #[arg(value_name = "CHECKPOINT")]
    pub from: PathBuf,
    /// Run a scenario until the first window's end on or after this day, and go on from there
    #[arg(long, value_name = "DATE")]
    pub at: Option<Date>,
    /// What to change from that moment
    #[command(flatten)]
    pub changes: BranchChangeArgs,
    /// How to run it
    #[command(flatten)]
    pub execution: ExecutionArgs,
    /// What to write
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside check scenarios/*.ron
  countryside check scenarios/experiments/*.ron")]
pub struct CheckArgs {
    /// Files of scenarios or experiments, or names of built-in scenarios
    #[arg(required = true, value_name = "FILE")]
    pub scenarios: Vec<String>,
    /// Set a value first, written as in a scenario file; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
}

/// `show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside show county
  countryside show my.ron --set household.elasticity=4.0
  countryside show my.ron --resolved > copy.ron         the whole scenario as a file
  countryside show --cost nation_full --machines 1,8,64     what a run takes")]
pub struct ShowArgs {
    /// A scenario file, or the name of a built-in scenario
    pub scenario: String,
    /// What to change in it
    #[command(flatten)]
    pub changes: ChangeArgs,
    /// Print the resolved scenario as a scenario file, and nothing else
    #[arg(long, conflicts_with = "cost")]
    pub resolved: bool,
    /// Tell what a run takes in memory, time and messages on one machine and on many, from a short run made
    /// now
    #[arg(long)]
    pub cost: bool,
    /// Numbers of machines to tell it for, as 1,8,64 [default: powers of two]
    #[arg(long, value_name = "N,...", value_delimiter = ',', requires = "cost",
        value_parser = clap::value_parser!(u16).range(1..))]
    pub machines: Vec<u16>,
    /// Threads on each machine [default: this machine's processors]
    #[arg(long, value_name = "N", requires = "cost", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// `params`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside params
  countryside params logistics
  countryside params 'fuel' --json")]
pub struct ParamsArgs {
    /// Only parameters with this text in path, description, unit or source; letter case does not matter
    pub filter: Option<String>,
    /// One JSON array
    #[arg(long, conflicts_with = "markdown")]
    pub json: bool,
    /// A table in Markdown
    #[arg(long)]
    pub markdown: bool,
}

/// `outcomes`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside outcomes
  countryside outcomes orders
  countryside outcomes 'yuan' --level county

In an experiment each name is an outcome, or part of a formula:
  outcomes: [\"shops\", (name: \"cost_per_shop\", formula: \"paid_by_programme / shops\")]")]
pub struct OutcomesArgs {
    /// Only outcomes with this text in name, unit or definition; letter case does not matter
    pub filter: Option<String>,
    /// Only outcomes that are known of each of these
    #[arg(long, value_enum)]
    pub level: Option<LevelArg>,
    /// One JSON array
    #[arg(long)]
    pub json: bool,
}

/// Of what an outcome is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LevelArg {
    /// All places together
    Nation,
    /// Each province
    Province,
    /// Each county
    County,
    /// Each village
    Village,
}

/// `report`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside run tiny --out results/first
  countryside report results/first -o first.html
  countryside report results/first -o first.html --force --map shops --map poverty_rate

The page is one file without scripts, and loads nothing: it can be sent, kept and printed as it is.")]
pub struct ReportArgs {
    /// The folder of results
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The page to write
    #[arg(long, short, value_name = "FILE", default_value = "report.html")]
    pub out: PathBuf,
    /// Replace the page if it exists
    #[arg(long)]
    pub force: bool,
    /// An outcome to show on the map; may be given several times [default: the first that differ]
    #[arg(long, value_name = "OUTCOME")]
    pub map: Vec<String>,
}

/// `selftest`.
#[derive(Debug, Args)]
pub struct SelftestArgs {
    /// Write the fingerprints to this file instead of comparing them
    #[arg(long, value_name = "FILE", hide = true)]
    pub record: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    mod shown;

    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
