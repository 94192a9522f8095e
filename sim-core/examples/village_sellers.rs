//! Writes `regions/china/village_sellers.csv`: what village shops of the whole country amount to by trade
//! at each year's end, in the scenario `nation_2009`. To be made again when the model of selling changes:
//!
//! ```text
//! cargo run --release -p sim-core --features parallel --example village_sellers > village_sellers.csv
//! mv village_sellers.csv data/
//! ```

use sim_core::base::Product;
use sim_core::scenario::{BuiltinSource, load};
use sim_core::simulation::{Simulation, Threads};
use std::io::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let changes = [("report.villages", "Nothing"), ("report.household_interval", "120")];
    let changes = changes.map(|(path, value)| (path.to_owned(), value.to_owned()));
    let scenario = load(&BuiltinSource, "nation_2009", &changes)?;
    let threads = std::thread::available_parallelism()?.get();
    let mut simulation = Simulation::build(&scenario, None, Threads::Parallel(threads))?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "year,product,attraction")?;
    loop {
        let year = simulation.now().date().year();
        let more = simulation.step();
        if !more || simulation.now().date().year() > year {
            let attraction = simulation.village_attraction();
            for product in Product::ALL {
                writeln!(out, "{year},{product},{:.3}", attraction[product.at()])?;
            }
            out.flush()?;
            eprintln!("{year}");
        }
        if !more {
            return Ok(());
        }
    }
}
