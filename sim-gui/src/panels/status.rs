//! How far the run has come.

use super::grouped;
use crate::run::{Phase, Run};
use egui::{Align, Layout, ProgressBar, RichText, Ui};

/// The panel's height \[points\].
pub const HEIGHT: f32 = 34.0;

/// Draws the panel.
pub fn ui(ui: &mut Ui, run: &Run) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if let Phase::Ended(fingerprint) = &run.phase {
            ui.label(RichText::new(fingerprint.to_string()).monospace().small())
                .on_hover_text("Fingerprint of everything that happened: equal runs have equal ones.");
        }
        if run.started.is_some() {
            ui.label(format!("{} simulated orders", grouped(run.orders)));
        }
        ui.label(word(run));
        ui.add(
            ProgressBar::new(run.share())
                .desired_width(ui.available_width())
                .text(text(run)),
        );
    });
}

fn word(run: &Run) -> &'static str {
    match &run.phase {
        Phase::Preparing => "Preparing",
        Phase::Running if run.is_paused => "Paused",
        Phase::Running => "Running",
        Phase::Ended(_) => "Finished",
        Phase::Faulty(_) => "Cannot start",
        Phase::Failed(_) => "Failed",
    }
}

fn text(run: &Run) -> String {
    match &run.started {
        Some(_) => format!("{}   {:.0} %", run.now.date(), 100.0 * run.share()),
        None => String::new(),
    }
}
