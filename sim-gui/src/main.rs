//! The Countryside window: planners move a lever and see at once what it does, where and to whom.
//!
//! 1. `plan`, `lever`, `view`, `clock`: pure data: the scenario with its edits and their history, the
//!    catalogue as levers, how the window looks, the time that is looked at.
//! 2. `state`: everything that panels see; once a frame it turns changed plans into work, and takes what was
//!    worked out.
//! 3. `work`: previews on threads, a recorded run, samples, stories.
//! 4. `panels`: one file and one `ui` each; `app` lays them out; `keys` are their shortcuts.
//! 5. `map` and `draw`: pictures; `export`: the same pictures and tables in files.
//! 6. `lesson`: guided stories as data, with tasks that are checked.
//! 7. `comparison`: differences between two plans and how certain they are, for whatever tells one; `facts`:
//!    published figures, where the run covers what they count.
//! 8. `document`: a plan as a code or a file.
//! 9. `text` and `theme`: every word and every colour; `settings`: what is remembered.
//!
//! The window knows the library only by what `sim-core` makes public, and the library knows nothing of
//! windows.

mod app;
mod clock;
mod comparison;
mod document;
mod draw;
mod ensemble;
mod export;
mod facts;
mod finger;
mod keys;
mod lesson;
mod lever;
mod library_text;
mod map;
mod model_text;
mod number;
mod outcome;
mod panels;
mod plan;
mod reason;
mod run;
mod settings;
mod state;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod view;
#[cfg(target_arch = "wasm32")]
mod web;
mod work;

#[cfg(not(target_arch = "wasm32"))]
use {
    app::App, plan::Plan, settings::Settings, state::State, std::process::ExitCode, std::sync::Arc,
    view::WindowSize,
};

#[cfg(target_arch = "wasm32")]
fn main() {
    web::start();
}

#[cfg(not(target_arch = "wasm32"))]
const USAGE: &str = "usage: sim-gui [SCENARIO]

SCENARIO is a scenario file (.ron), a plan file (.plan) or the name of a built-in scenario. Without one, the \
                     plan at work when the window was closed,
or programme_2014 with a sample of 0.5 %.";

#[cfg(not(target_arch = "wasm32"))]
/// What the command line asks for: a scenario, none, or something that cannot be read.
fn asked(mut arguments: impl Iterator<Item = String>) -> Result<Option<String>, ()> {
    match (arguments.next(), arguments.next()) {
        (None, None) => Ok(None),
        (Some(scenario), None) if !scenario.starts_with('-') => Ok(Some(scenario)),
        _ => Err(()),
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> ExitCode {
    let Ok(scenario) = asked(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let place = settings::place();
    let path = place.as_ref().map(|place| place.path.clone());
    let remembered = path.as_deref().map(Settings::read).unwrap_or_default();
    let path = path.filter(|_| !remembered.is_locked);
    let window = remembered.settings.view.window;
    let size = window.map_or((1280.0, 800.0), |window| window.size);
    let viewport = egui::ViewportBuilder::default()
        .with_inner_size([size.0, size.1])
        .with_maximized(window.is_some_and(|window| window.is_maximized))
        .with_min_inner_size([WindowSize::LEAST.0, WindowSize::LEAST.1]);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
    let opened = eframe::run_native(
        "Countryside",
        options,
        Box::new(move |creation| {
            let context = creation.egui_ctx.clone();
            let wake = Arc::new(move || context.request_repaint());
            let first = (Plan::first(), Plan::without_programme());
            let mut state = State::resumed(remembered, first, threads, wake);
            if let Some(named) = &scenario {
                state.open_named(named);
            }
            Ok(Box::new(App::new(state, path)))
        }),
    );
    // The place is the window's as long as it is open.
    drop(place);
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: no window can be opened: {reason}");
            ExitCode::FAILURE
        }
    }
}
