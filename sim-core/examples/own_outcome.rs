//! Watches a run while it goes on: what happened in each month, and an outcome of one's own, made of
//! measures:
//!
//! ```text
//! cargo run --release -p sim-core --example own_outcome
//! ```

use sim_core::event::{Happening, Measure};
use sim_core::metrics::area::AreaMonth;
use sim_core::scenario::{BuiltinSource, load};
use sim_core::simulation::{Simulation, Threads};
use std::error::Error;
use std::io::{Write, stdout};

/// Parcels sent to villagers for each parcel that villages send [parcels/parcel]; not-a-number where
/// villages send none.
fn parcels_in_per_parcel_out(month: &AreaMonth) -> f64 {
    month.real(Measure::ParcelsSent) / month.real(Measure::ParcelsOut)
}

/// Runs, and writes a line for each month as it closes, and one for each shop as it opens.
///
/// # Errors
/// If the scenario is faulty, or a line cannot be written.
pub fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let scenario = load(&BuiltinSource, "tiny", &[])?;
    let mut simulation = Simulation::build(&scenario, None, Threads::Sequential)?;
    let (mut months, mut episodes) = (0, 0);
    loop {
        let more = simulation.step();
        let gathered = simulation.gathered();
        for episode in &gathered.episodes[episodes..] {
            if let Happening::StationOpened = episode.happening {
                writeln!(out, "{}: a station opens", episode.time.date())?;
            }
        }
        for month in &gathered.nation[months..] {
            let orders = month.value(Measure::StationOrders);
            let ratio = parcels_in_per_parcel_out(month);
            writeln!(
                out,
                "{}: {orders} orders through stations, {ratio:.1} parcels in for one out",
                month.month
            )?;
        }
        (months, episodes) = (gathered.nation.len(), gathered.episodes.len());
        if !more {
            return Ok(());
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout().lock())
}
