//! Work that takes time, away from the window.
//!
//! 1. [`sample`]: which smaller scenarios answer for a large one, and what their counts stand for.
//! 2. [`preview`]: a small run as a task that is stepped, so that threads and a web page drive it alike.
//! 3. [`pool`]: threads that work on what is wanted now, most urgent first, and drop what is wanted no more.
//! 4. [`recorder`]: the scenario as written, recorded month by month for map, table and stories.
//! 5. [`store`]: finished previews by plan, level and seed.

pub mod frame;
pub mod pool;
pub mod preview;
pub mod recorder;
pub mod sample;
pub mod store;
pub mod story;

use sim_core::model::assembly::MadePlaces;
use sim_core::scenario::{InputErrors, Scenario};
use sim_core::simulation::{Simulation, Threads};
use std::sync::{Mutex, PoisonError};

/// Places that were made before, the latest first, for runs that want the same.
#[derive(Debug, Default)]
pub struct KnownPlaces(Mutex<Vec<MadePlaces>>);

/// How many sets of places are kept: the seeds of two levels.
const KEPT: usize = 24;

impl KnownPlaces {
    /// Builds a run, in known places if they fit.
    ///
    /// # Errors
    /// Those of [`Simulation::build`].
    pub fn build(
        &self,
        scenario: &Scenario,
        table: Option<&[u8]>,
        threads: Threads,
    ) -> Result<Simulation, InputErrors> {
        if table.is_some() {
            return Simulation::build(scenario, table, threads);
        }
        // A thread that failed while holding the list has not harmed it: entries are whole.
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().iter().find(|places| places.fit(scenario)).cloned();
        let places = match found {
            Some(places) => places,
            None => {
                let made = Simulation::places(scenario)?;
                let mut known = known();
                known.insert(0, made.clone());
                known.truncate(KEPT);
                made
            }
        };
        Simulation::build_in(scenario, None, Some(&places), threads)
    }
}
