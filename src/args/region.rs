//! `region` on the command line.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `region`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  countryside region list
  countryside region new mine --from places.csv --currency KES --price-level 10
  countryside region check mine
  countryside region describe mine --page mine.html
  countryside run mine.ron

A scenario names its region: places: (region: \"mine\"). One that names none lies in China.")]
pub struct RegionArgs {
    /// What to do
    #[command(subcommand)]
    pub command: RegionCommand,
}

/// What is done with a region.
#[derive(Debug, Subcommand)]
pub enum RegionCommand {
    /// List the regions that are part of the program
    List,
    /// Make a region of your own from a table of places, and say what was assumed
    New(NewRegionArgs),
    /// Say everything that is wrong with a region, or that it is sound
    Check(RegionNameArgs),
    /// Tell what a region is: places, money, what it says itself and what is carried over
    Describe(DescribeRegionArgs),
}

/// `region new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Columns are found by their names, in any order and letter case:
  name; lon, lat (degrees); and, if you have them, province, households, people, villages, towns,
  income (a head and year, in your money), elevation, relief.
What is missing is assumed, and every assumption is printed and kept in the region's README.md.

Series (incomes, internet, wages) and days of programmes are China's from --like on, moved to --start,
money times the price level: a beginning, to be replaced in parameters.ron by figures of your own.")]
pub struct NewRegionArgs {
    /// Its name: letters, digits, _ and -. A folder and a scenario of this name are made
    pub name: String,
    /// The table of places: CSV, one row a place
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// Its name for people [default: the name]
    #[arg(long)]
    pub title: Option<String>,
    /// Its money: three capital letters (ISO 4217)
    #[arg(long, value_name = "CODE", default_value = "XXX")]
    pub currency: String,
    /// Digits behind the point of an amount
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=2))]
    pub digits: u8,
    /// Its money for what one yuan of 2014 buys
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    pub price_level: f64,
    /// The year in which the scenario begins
    #[arg(long, value_name = "YEAR", default_value_t = 2026,
        value_parser = clap::value_parser!(i16).range(2001..=2080))]
    pub start: i16,
    /// The year of China's that the region resembles then
    #[arg(long, value_name = "YEAR", default_value_t = 2014,
        value_parser = clap::value_parser!(i16).range(2009..=2020))]
    pub like: i16,
}

/// A region by name.
#[derive(Debug, Args)]
pub struct RegionNameArgs {
    /// One of the program's own, or the path of a folder
    pub region: String,
}

/// `region describe`.
#[derive(Debug, Args)]
pub struct DescribeRegionArgs {
    /// One of the program's own, or the path of a folder
    pub region: String,
    /// Write a page with a map as well
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Replace the page if it is there
    #[arg(long, requires = "page")]
    pub force: bool,
}
