//! How far a run is, on standard error, and only where somebody can watch.

use crate::engine::Simulation;
use crate::terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sim_core::base::Time;

const TEMPLATE: &str = "{prefix} {bar:30} {percent:>3} %  {msg}  {eta} left";

/// A bar over simulated time, or nothing.
pub struct Progress {
    bar: ProgressBar,
    start: Time,
}

impl Progress {
    /// A bar for the rest of a run, hidden if it was asked to be quiet or nobody watches.
    pub fn over(simulation: &Simulation, quiet: bool) -> Progress {
        let start = simulation.now();
        let days = simulation.end().since(start).as_days() as u64;
        let bar = ProgressBar::with_draw_target(Some(days.max(1)), target(quiet));
        if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
            bar.set_style(style.progress_chars("█▌░"));
        }
        Progress { bar, start }
    }

    /// Shows the moment reached and the pace.
    pub fn show(&self, simulation: &Simulation) {
        if self.bar.is_hidden() {
            return;
        }
        let seconds = self.bar.elapsed().as_secs_f64().max(1e-3);
        let pace = simulation.events() as f64 / seconds / 1e6;
        self.bar.set_prefix(simulation.now().date().to_string());
        self.bar.set_message(format!("{pace:.1} million events/s"));
        self.bar.set_position(simulation.now().since(self.start).as_days() as u64);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn target(quiet: bool) -> ProgressDrawTarget {
    if quiet || !terminal::shows_progress() {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    }
}
