//! The window's panels: one file each, with one `ui` function each, which draws the panel and changes the state.

pub mod charts;
pub mod compare;
pub mod faults;
pub mod files;
pub mod finder;
pub mod inspector;
pub mod lesson;
pub mod lever_page;
pub mod levers;
pub mod map;
pub mod money;
pub mod notices;
pub mod outcome_page;
pub mod people;
pub mod presenter;
pub mod spread;
pub mod status;
pub mod story;
pub mod table;
pub mod timeline;
pub mod top;
pub mod tour;

use egui::{Align, Label, Layout, RichText, Ui};

/// A line that says why there is nothing yet, and what to do.
pub fn empty(ui: &mut Ui, text: &str) {
    ui.add_space(12.0);
    ui.vertical_centered(|ui| ui.add(Label::new(RichText::new(text).weak()).wrap()));
}

/// A heading within a panel, and its text if there is one.
pub fn part(ui: &mut Ui, title: &str, text: &str) {
    if !text.is_empty() {
        ui.add_space(4.0);
        ui.label(RichText::new(title).strong());
        ui.add(Label::new(text).wrap());
    }
}

/// A number in a cell of a grid: digits of one width, aligned at the right.
pub fn figure(ui: &mut Ui, text: impl Into<String>) -> egui::Response {
    let text = RichText::new(text).monospace();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(text))
        .inner
}
