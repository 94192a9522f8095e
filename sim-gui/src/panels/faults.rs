//! Why the plan cannot run: every fault with its place, and what to do.

use crate::state::State;
use egui::{Frame, Label, RichText, ScrollArea, Ui};

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let title = match state.faults.len() {
        1 => say.of("faults.title.one").to_owned(),
        count => say.with("faults.title", &[&count.to_string()]),
    };
    ui.add_space(3.0);
    ui.label(RichText::new(title).heading().color(ui.visuals().error_fg_color));
    ui.horizontal_wrapped(|ui| {
        ui.label(say.with("faults.kept", &[&state.own_name()]));
        if state.plans.can_undo() && ui.button(say.of("top.undo")).clicked() {
            state.plans.undo();
        }
        if ui.button(say.of("faults.back")).clicked() {
            let plan = state.current.plan.clone();
            state.plans.change(plan, "faults");
            state.plans.close();
            state.faults.clear();
        }
    });
    ScrollArea::vertical().max_height(150.0).show(ui, |ui| {
        for fault in &state.faults {
            Frame::group(ui.style()).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.add(Label::new(RichText::new(say.fault(fault)).monospace()).wrap());
            });
        }
    });
}
