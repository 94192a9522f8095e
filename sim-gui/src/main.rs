//! The Countryside window: one run of one scenario, watched while it goes on.
//!
//! 1. `main` reads the command line and opens the window; `app` lays it out.
//! 2. `worker` runs the simulation on a thread of its own and sends news through a channel; `run` is what the
//!    window knows of it from the news so far.
//! 3. `panels` draw what `run` knows, one panel a file; `raster`, `projection` and `outlines` draw the map.
//! 4. `theme` holds all colours.
//!
//! The window knows the library only by what `sim-core` makes public, and the library knows nothing of windows.

mod app;
mod outlines;
mod panels;
mod projection;
mod raster;
mod run;
#[cfg(test)]
mod tests;
mod theme;
mod worker;

use app::App;
use std::process::ExitCode;
use worker::Request;

const USAGE: &str = "usage: sim-gui [SCENARIO]

SCENARIO is a file (.ron) or the name of a built-in scenario. Without one, programme_2014 with a sample of 0.5 %.";

/// What the command line asks for; nothing if it cannot be read.
fn request(mut arguments: impl Iterator<Item = String>) -> Option<Request> {
    match (arguments.next(), arguments.next()) {
        (None, None) => Some(Request::quick()),
        (Some(scenario), None) if !scenario.starts_with('-') => Some(Request::of(&scenario)),
        _ => None,
    }
}

fn main() -> ExitCode {
    let Some(request) = request(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let viewport = egui::ViewportBuilder::default()
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([800.0, 560.0]);
    let options = eframe::NativeOptions {
        viewport,
        ..eframe::NativeOptions::default()
    };
    let opened = eframe::run_native(
        "Countryside",
        options,
        Box::new(|creation| Ok(Box::new(App::new(&creation.egui_ctx, request)))),
    );
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: no window can be opened: {reason}");
            ExitCode::FAILURE
        }
    }
}
