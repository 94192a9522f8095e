//! `countryside region`: places, money and years of one's own.
//!
//! [`new`] makes a folder from a table of places, [`check`] says what is wrong with one, [`describe`] what it
//! says and what is carried over from elsewhere.

mod columns;
mod describe;
mod new;
mod places;
mod series;

use crate::args::{RegionArgs, RegionCommand, RegionNameArgs};
use crate::command_error::CommandError;
use crate::text::layout;
use crate::text::number::{count, of};
use crate::{engine, terminal};
use sim_core::base::FileError;
use sim_core::region::{Region, builtin};
use sim_core::scenario::{Loaded, Source, load_with_places};
use sim_core::simulation::{RealPlaces, Simulation};
use sim_core::world::Geography;
use sim_files::FileSource;

/// Does what is asked with a region.
///
/// # Errors
/// If the region or the table is wrong, or a file cannot be written.
pub fn region(args: &RegionArgs) -> Result<(), CommandError> {
    match &args.command {
        RegionCommand::List => terminal::print(&list()),
        RegionCommand::New(args) => new::new(args),
        RegionCommand::Check(args) => check(args),
        RegionCommand::Describe(args) => describe::describe(args),
    }
}

fn list() -> String {
    let mut table = layout::table(terminal::width(), &["Region", "", "money", "first level", "second level"]);
    layout::numbers(&mut table, 3..5);
    for region in builtin().filter_map(Region::builtin) {
        // Tables of the program's own are read by a test.
        let geography = Geography::of_region(&region).unwrap_or_default();
        table.add_row([
            region.name.clone(),
            region.manifest.title.clone(),
            region.currency().to_string(),
            format!("{} {}", count(geography.provinces().len() as u64), region.manifest.levels.0),
            format!("{} {}", count(geography.counties().len() as u64), region.manifest.levels.1),
        ]);
    }
    format!(
        "{}\nNext: countryside region describe kenya, or region new NAME --from places.csv\n",
        layout::text(&table, "")
    )
}

/// A scenario of a region's defaults, over a year from the beginning of its series.
fn defaults(region: &str) -> Result<Loaded, CommandError> {
    let text = "(name: \"region\", start: \"2019-01-01\", end: \"2019-12-31\")";
    let source = Beside { text: text.as_bytes().to_vec() };
    let change = [("places.region".to_owned(), region.to_owned())];
    load_with_places(&source, SCENARIO, &change, &RealPlaces).map_err(CommandError::scenario)
}

/// The name under which the scenario of defaults is read.
const SCENARIO: &str = "region.defaults.ron";

/// One scenario in memory, beside the files that there are.
struct Beside {
    text: Vec<u8>,
}

impl Source for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        if path == SCENARIO { Ok(self.text.clone()) } else { FileSource.read(path) }
    }

    fn read_beside(&self, folder: &str, inside: &str) -> Result<Vec<u8>, FileError> {
        FileSource.read_beside(folder, inside)
    }
}

/// Says everything that is wrong with a region.
fn check(args: &RegionNameArgs) -> Result<(), CommandError> {
    let loaded = defaults(&args.region)?;
    let codes =
        Simulation::codes(&loaded.scenario, loaded.table.as_deref()).map_err(CommandError::scenario)?;
    let estimate = engine::estimate(&loaded)?;
    let region = &loaded.scenario.places.region;
    let geography = Geography::of_region(region).unwrap_or_default();
    terminal::print(&format!(
        "{}: sound; {}, {}, {}, about {} households, money in {}\n",
        args.region,
        of(geography.provinces().len() as u64, "place of the first level", "places of the first level"),
        format!("{} of the second", count(codes.len() as u64)),
        of(estimate.villages, "village", "villages"),
        count(estimate.households),
        region.currency(),
    ))
}
