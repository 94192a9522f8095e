//! A region's defaults, as a scenario that sets nothing has them.

use crate::command_error::CommandError;
use sim_core::base::FileError;
use sim_core::scenario::{Loaded, Source, load_with_places};
use sim_core::simulation::RealPlaces;
use sim_files::FileSource;

/// A scenario of a region's defaults, over a year from the beginning of its series.
pub fn defaults(region: &str) -> Result<Loaded, CommandError> {
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
