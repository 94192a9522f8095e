//! The command line of experiments: `sweep`, `analyse`, `compare`, `optimise`.

use super::ensemble::EnsembleArgs;
use super::shared::Format;
use clap::{Args, Subcommand, ValueEnum};
use sim_experiments::statistics::FEWEST;
use std::path::PathBuf;

/// `sweep`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  countryside sweep levers.ron --out results/levers --dry-run     how many runs, how long, how much disk
  countryside sweep levers.ron --out results/levers               on all processors
  countryside sweep levers.ron --out results/levers --resume      what is missing, and only that
  countryside sweep levers.ron --out results/more --grow results/levers   a larger experiment: what is new
  countryside analyse results/levers                              what mattered

On a cluster, in shards that any engine can run in any order:
  countryside sweep plan levers.ron --out results/levers --shards 40
  countryside sweep run results/levers --shard 7/40               one task
  countryside sweep status results/levers
  countryside sweep gather results/levers                         the same tables, byte for byte

With Slurm; other engines are in docs/clusters.md:
  countryside sweep plan levers.ron --out results/levers --engine slurm
  sbatch results/levers/slurm.sh                                  again for what was killed

A failed run is recorded with its error and does not stop the rest. The exit code tells of it when
all is done: 0 if every run succeeded, 1 if any failed, 2 if the input is wrong, 130 if interrupted."
)]
pub struct SweepArgs {
    /// One step of a sweep in shards
    #[command(subcommand)]
    pub step: Option<SweepStep>,
    /// The experiment's file
    #[arg(required = true, value_name = "EXPERIMENT.ron")]
    pub experiment: Option<String>,
    /// The sweep's folder
    #[arg(long, value_name = "DIR", required_unless_present = "dry_run")]
    pub out: Option<PathBuf>,
    /// Run what is missing in the folder, and only that; begin it if there is none
    #[arg(long)]
    pub resume: bool,
    /// Take over the finished runs of this other folder whose settings, seed and outcomes are the same, as
    /// when replicates, samples or values were added; it stays as it is
    #[arg(long, value_name = "DIR", conflicts_with_all = ["resume", "dry_run"])]
    pub grow: Option<PathBuf>,
    /// Only say how many runs there are, and about how long and how much disk they take; tries three of them
    /// for at most a few seconds each
    #[arg(long, conflicts_with = "resume")]
    pub dry_run: bool,
    /// How to run and report
    #[command(flatten)]
    pub work: WorkArgs,
    /// The form of the tables
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A step of a sweep in shards.
#[derive(Debug, Subcommand)]
pub enum SweepStep {
    /// Make the folder and deal the runs to shards; nothing is run, but to measure
    Plan(PlanArgs),
    /// Run what is missing, of one shard or of all
    Run(ShardArgs),
    /// How far the sweep is; exact while others write
    Status(StatusArgs),
    /// Forget failed runs, so that they are run again
    Retry(FolderArgs),
    /// Make the tables of all runs
    Gather(GatherArgs),
}

/// `sweep plan`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The experiment's file
    #[arg(value_name = "EXPERIMENT.ron")]
    pub experiment: String,
    /// The sweep's folder, which must not exist
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Take over the finished runs of this other folder whose settings, seed and outcomes are the same
    #[arg(long, value_name = "DIR")]
    pub grow: Option<PathBuf>,
    /// Plan again in a folder that was planned before: runs that the experiment still has are kept; those of
    /// one that has changed are set aside
    #[arg(long, conflicts_with = "grow")]
    pub replan: bool,
    /// How many shards
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000),
        required_unless_present_any = ["task_minutes", "engine"])]
    pub shards: Option<u32>,
    /// Also write a script that gives the shards to an engine, with the time and memory that runs take, of
    /// which three are tried; without --shards its tasks last about 10 minutes
    #[arg(long, value_enum)]
    pub engine: Option<Engine>,
    /// As many shards as make a task last about so long on one processor; tries three runs to measure
    #[arg(long, value_name = "MINUTES", conflicts_with = "shards",
        value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub task_minutes: Option<u32>,
    /// The most tasks in a job array, with --engine slurm: fewer, longer tasks are made of more [default:
    /// 1000, Slurm's own limit]
    #[arg(long, value_name = "N", requires = "engine",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub array_limit: Option<u32>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

impl PlanArgs {
    /// The most tasks that the engine takes at once; none if it has no limit.
    pub fn array_limit(&self) -> Option<u32> {
        (self.engine == Some(Engine::Slurm)).then(|| self.array_limit.unwrap_or(1000))
    }
}

/// An engine that runs the tasks of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// Slurm: a job array, slurm.sh
    Slurm,
    /// GNU parallel, on this machine or several: parallel.sh
    Parallel,
}

/// `sweep run`.
#[derive(Debug, Args)]
pub struct ShardArgs {
    /// The sweep's folder
    pub folder: PathBuf,
    /// Which shard, as 7/40 for the seventh of 40; all of them if not given
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<(u32, u32)>,
    /// How to run and report
    #[command(flatten)]
    pub work: WorkArgs,
}

/// `sweep status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// The sweep's folder
    pub folder: PathBuf,
    /// Only list the shards with missing runs that nobody runs, as in 3,17-19: for sbatch --array
    #[arg(long, conflicts_with = "json")]
    pub unfinished: bool,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// A sweep's folder.
#[derive(Debug, Args)]
pub struct FolderArgs {
    /// The sweep's folder
    pub folder: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// `sweep gather`.
#[derive(Debug, Args)]
pub struct GatherArgs {
    /// The sweep's folder
    pub folder: PathBuf,
    /// Make the tables although runs are missing
    #[arg(long)]
    pub partial: bool,
    /// The form of the tables
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// How to run many simulations, and how to report.
#[derive(Debug, Args)]
pub struct WorkArgs {
    /// Runs at a time, each on one thread [default: all processors]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Print one JSON document instead of the summary
    #[arg(long)]
    pub json: bool,
    /// Print nothing but errors
    #[arg(long, short, conflicts_with = "json")]
    pub quiet: bool,
}

/// `analyse`.
#[derive(Debug, Args)]
#[command(after_help = "\
What is told depends on the design: Sobol indices after Saltelli, elementary effects after Morris,
effects after OneAtATime, a regression tree after any design with many points, bands where points
are drawn, and least and greatest where they are chosen. Failed runs and points without a value are
left out and counted. Fewer than 8 values have no interval.

Examples:
  countryside analyse results/levers
  countryside analyse results/levers --outcome stations_open --fails 'stations_open<1000'
  countryside analyse results/policies --maximise buying_share --minimise paid_by_programme")]
pub struct AnalyseArgs {
    /// A sweep's folder
    pub folder: PathBuf,
    /// Only these outcomes; may be given several times
    #[arg(long, value_name = "NAME")]
    pub outcome: Vec<String>,
    /// Where in the design this happens most: an outcome, < or >, and a number
    #[arg(long, value_name = "CONDITION")]
    pub fails: Option<String>,
    /// An outcome of which more is better, for regret and Pareto tables of policies
    #[arg(long, value_name = "NAME")]
    pub maximise: Vec<String>,
    /// An outcome of which less is better
    #[arg(long, value_name = "NAME")]
    pub minimise: Vec<String>,
    /// Print one JSON document
    #[arg(long)]
    pub json: bool,
}

/// `compare`.
#[derive(Debug, Args)]
#[command(after_help = "\
Both scenarios run with the same seeds: what differs is what the change caused. A change is told
with its interval of 95 %; one that may be chance is in brackets. Fewer than 8 pairs have no
interval, and nothing is then called sure. *saved* is how many times more runs with independent
random numbers the same certainty would have cost. The folder of --out holds the tables (also of
villages, if not more than 20,000) and both scenarios. The exit code is 1 if a run failed; the rest
is then told all the same.

Examples:
  countryside compare programme_2014 no_programme --seeds 8 --sample 0.002
  countryside compare county mine.ron --seeds 20 --explain         what each single change of mine does
  countryside compare county mine.ron --map buying_share           where on the map it differs
  countryside compare county mine.ron --ensemble 50 --ensemble-file mine.csv

With --ensemble, both run with the same members and seeds, and the page tells in how many members a
conclusion holds, what is unknown and what is luck.")]
pub struct CompareArgs {
    /// The first scenario: a file, or the name of a built-in one
    #[arg(value_name = "A")]
    pub first: String,
    /// The second scenario
    #[arg(value_name = "B")]
    pub second: String,
    /// Pairs of runs; with --ensemble, of each member [default: 8; with --ensemble 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub seeds: Option<u32>,
    /// The seed of the first pair; each further one has the next, and those of members are made from it
    /// [default: the first scenario's]
    #[arg(long, value_name = "N")]
    pub first_seed: Option<u64>,
    /// Set a value in both; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = crate::args::assignment)]
    pub set: Vec<(String, String)>,
    /// The share of households whose orders are simulated, in both
    #[arg(long, value_name = "SHARE")]
    pub sample: Option<f64>,
    /// The last day of the runs, in both
    #[arg(long, value_name = "DATE")]
    pub until: Option<sim_core::base::Date>,
    /// Tell what each single change does, alone and last; runs each change twice more for every seed
    #[arg(long, conflicts_with = "ensemble")]
    pub explain: bool,
    /// The outcome whose difference is told by province and county
    #[arg(long, value_name = "OUTCOME", default_value = "buying_share")]
    pub map: String,
    /// Keep the tables in this folder, which must not exist
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the folder if it holds another comparison
    #[arg(long, requires = "out")]
    pub force: bool,
    /// The form of the tables
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// How to run and report
    #[command(flatten)]
    pub work: WorkArgs,
    /// Which members of an ensemble to ask
    #[command(flatten)]
    pub members: EnsembleArgs,
}

impl CompareArgs {
    /// Seeds: of each member two, which tell luck from what is unknown; without members eight, which have an
    /// interval.
    pub fn seeds(&self) -> u32 {
        let usual = if self.members.ensemble.is_some() { 2 } else { FEWEST as u32 };
        self.seeds.unwrap_or(usual)
    }
}

/// `optimise`.
#[derive(Debug, Args)]
#[command(after_help = "\
The experiment's file has a `search` instead of a design; its factors are the levers:
  search: (maximise: \"buying_share\", plans: 60,
           subject_to: [(outcome: \"paid_by_programme\", at_most: 6000000.0)])
With two goals the frontier between them is sought. The best plans are run again with fresh seeds,
and only these runs are reported.

Examples:
  countryside optimise budget.ron --out results/budget
  countryside optimise budget.ron --out results/budget --resume")]
pub struct OptimiseArgs {
    /// The experiment's file
    #[arg(value_name = "EXPERIMENT.ron")]
    pub experiment: String,
    /// The search's folder
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Go on with a search that was stopped; begin it if there is none
    #[arg(long)]
    pub resume: bool,
    /// The form of the tables
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// How to run and report
    #[command(flatten)]
    pub work: WorkArgs,
}

/// `7/40`: the place from 0, and how many.
fn shard(text: &str) -> Result<(u32, u32), String> {
    let expected = || "expected I/N, as in 7/40".to_owned();
    let (place, count) = text.split_once('/').ok_or_else(expected)?;
    let place: u32 = place.trim().parse().map_err(|_| expected())?;
    let count: u32 = count.trim().parse().map_err(|_| expected())?;
    if place == 0 || place > count {
        return Err(format!("shards of {count} are numbered 1/{count} to {count}/{count}"));
    }
    Ok((place - 1, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_numbered_from_one() {
        assert_eq!(shard("1/1"), Ok((0, 1)));
        assert_eq!(shard("7/40"), Ok((6, 40)));
        for text in ["0/4", "5/4", "4", "a/b", "1/0", ""] {
            assert!(shard(text).is_err(), "{text}");
        }
    }
}
