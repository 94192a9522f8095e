//! `countryside region`: places, money and years of one's own.
//!
//! [`new`] makes a folder from a table of places, [`check`] says what is wrong with one, [`describe`] what it
//! says and what is carried over from elsewhere.

mod columns;
mod defaults;
mod describe;
mod new;
mod places;
mod series;

use crate::args::{RegionArgs, RegionCommand, RegionNameArgs};
use crate::command_error::CommandError;
use crate::text::layout;
use crate::text::number::{count, of};
use crate::{engine, terminal};
use defaults::defaults;
use sim_core::region::{Region, builtin};
use sim_core::simulation::Simulation;
use sim_core::world::Geography;

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

/// Says everything that is wrong with a region.
fn check(args: &RegionNameArgs) -> Result<(), CommandError> {
    let loaded = defaults(&args.region)?;
    let codes =
        Simulation::codes(&loaded.scenario, loaded.table.as_deref()).map_err(CommandError::scenario)?;
    let estimate = engine::estimate(&loaded)?;
    let region = &loaded.scenario.places.region;
    let geography = Geography::of_region(region).unwrap_or_default();
    terminal::print(&format!(
        "{}: sound; {}, {} of the second, {}, about {} households, money in {}\n",
        args.region,
        of(geography.provinces().len() as u64, "place of the first level", "places of the first level"),
        count(codes.len() as u64),
        of(estimate.villages, "village", "villages"),
        count(estimate.households),
        region.currency(),
    ))
}
