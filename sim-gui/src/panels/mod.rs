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

use crate::state::State;
use crate::theme::Weight;
use crate::work::store::Range;
use egui::{Align, Label, Layout, Painter, Rect, RichText, Sense, TextStyle, Ui, vec2};

/// Width of a legend's sign \[points\].
const SIGN: f32 = 24.0;

/// A line that says why there is nothing yet, and what to do.
pub fn empty(ui: &mut Ui, text: &str) {
    ui.add_space(12.0);
    ui.vertical_centered(|ui| ui.add(Label::new(RichText::new(text).weak()).wrap()));
}

/// A heading within a panel, and its text if there is one.
pub fn part(ui: &mut Ui, title: &str, text: &str) {
    if !text.is_empty() {
        ui.add_space(4.0);
        ui.label(RichText::new(title).bold());
        ui.add(Label::new(text).wrap());
    }
}

/// A sign of a legend with its text, which stay together where a row wraps.
pub fn sign(ui: &mut Ui, text: &str, draw: impl FnOnce(&Painter, Rect)) {
    let font = TextStyle::Small.resolve(ui.style());
    let colour = ui.visuals().text_color();
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, colour);
    let size = vec2(galley.size().x + SIGN + 6.0, galley.size().y.max(14.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let middle = rect.left_center() + vec2(SIGN / 2.0, 0.0);
    draw(ui.painter(), Rect::from_center_size(middle, vec2(SIGN, 12.0)));
    let at = rect.left_center() + vec2(SIGN + 6.0, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
}

/// A difference to the baseline. Where the runs, seed by seed, do not agree on its sign, it is told as about nothing.
pub fn difference(ui: &mut Ui, state: &State, value: f64, luck: Option<&Range>, unit: &str) {
    let (say, palette) = (state.say(), state.palette());
    // More is not better of everything: up and down have one colour.
    let sign = Range::sign(luck, value);
    let colour = match sign {
        "▲" | "▼" => palette.ink,
        _ => palette.faint,
    };
    let text = format!("{sign} {}", say.change(value, unit));
    let hint = match luck {
        None => say.of("charts.difference").to_owned(),
        Some(range) => {
            let ends = [range.low, range.high].map(|end| say.change(end, unit));
            let key = if range.has_nothing() {
                "charts.luck"
            } else {
                "charts.sure"
            };
            format!(
                "{}\n{}",
                say.of("charts.difference"),
                say.with(key, &[&ends[0], &ends[1]])
            )
        }
    };
    ui.label(RichText::new(text).color(colour)).on_hover_text(hint);
}

/// Width of a column of numbers in a grid \[points\].
const FIGURE: f32 = 96.0;

/// A number in a grid, whose columns are as wide as they are told to be.
pub fn cell(ui: &mut Ui, text: impl Into<egui::WidgetText>) -> egui::Response {
    let size = vec2(FIGURE, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_width(FIGURE);
        ui.label(text)
    })
    .inner
}
