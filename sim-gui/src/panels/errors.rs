//! Why there is no run: every fault of the scenario with its place, or what failed.

use crate::run::Phase;
use egui::{Frame, Label, RichText, ScrollArea, Ui};
use sim_core::scenario::Fault;

/// Draws the panel.
pub fn ui(ui: &mut Ui, scenario: &str, phase: &Phase) {
    match phase {
        Phase::Faulty(faults) => faulty(ui, scenario, faults),
        Phase::Failed(reason) => failed(ui, reason),
        Phase::Preparing | Phase::Running | Phase::Ended(_) => {}
    }
}

fn headline(ui: &mut Ui, text: &str) {
    ui.add_space(6.0);
    ui.heading(RichText::new(text).color(ui.visuals().error_fg_color));
    ui.add_space(4.0);
}

fn faulty(ui: &mut Ui, scenario: &str, faults: &[Fault]) {
    let noun = if faults.len() == 1 { "fault" } else { "faults" };
    headline(ui, &format!("This scenario cannot run: {} {noun}", faults.len()));
    ui.label(format!(
        "Mend {scenario}, then press Restart: the file is read again."
    ));
    ui.add_space(6.0);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for fault in faults {
            Frame::group(ui.style()).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.add(Label::new(RichText::new(fault.to_string()).monospace()).wrap());
            });
        }
    });
}

fn failed(ui: &mut Ui, reason: &str) {
    headline(ui, "The run failed");
    ui.add(Label::new(RichText::new(reason).monospace()).wrap());
    ui.label("What is shown is what was known before. Press Restart to try again.");
    ui.add_space(6.0);
}
