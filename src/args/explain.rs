//! `explain`, as it is written.

use super::shared::assignment;
use clap::{ArgGroup, Args};

/// `explain`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("place").args(["village", "county", "nation"]))]
#[command(after_help = "\
Examples:
  countryside run county --out results/tonglu
  countryside explain results/tonglu --village 17          of one county the number will do
  countryside explain results/nation --village 330122/17
  countryside explain results/nation --county 330122
  countryside explain county --nation                      a scenario is run first
  countryside explain shopkeepers_only returnees_only --seeds 5
  countryside explain results/a results/b --outcome station_orders --outcome shops

Two runs are compared by moving each field that differs, alone and with the others, from the first's
value to the second's: all combinations of up to 6 fields, drawn orders of more. What each field
contributes adds up to the whole difference (Shapley values); runs use common random numbers, and
the interval is over seeds: fewer than 8 have none.")]
pub struct ExplainArgs {
    /// A folder of results, a scenario file, or the name of a built-in scenario
    #[arg(value_name = "RUN")]
    pub run: String,
    /// Another one: what made the two differ
    #[arg(value_name = "RUN_B", conflicts_with = "place")]
    pub other: Option<String>,
    /// The story of a village: COUNTY/NUMBER, or its number if the run has one county
    #[arg(long, value_name = "ID")]
    pub village: Option<String>,
    /// The story of a county, by its 6-digit code
    #[arg(long, value_name = "CODE")]
    pub county: Option<String>,
    /// The story of all counties simulated; so it is without a place
    #[arg(long)]
    pub nation: bool,
    /// Set a value first, in one run or both; may be given several times
    #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
    pub set: Vec<(String, String)>,
    /// Two runs: how many seeds, the first's and the ones after it
    #[arg(long, value_name = "N", default_value_t = 3,
        value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub seeds: u32,
    /// Two runs: measures or outcomes of the nation to explain; may be given several times
    #[arg(long, value_name = "NAME")]
    pub outcome: Vec<String>,
    /// Two runs that differ in more than 6 fields: orders drawn for each seed, every one with its reverse
    #[arg(long, value_name = "N", default_value_t = 4,
        value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub orders: u32,
    /// Runs at a time; the results are the same for any number [default: all processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print one JSON document instead of text
    #[arg(long)]
    pub json: bool,
}
