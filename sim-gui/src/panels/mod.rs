//! The window's panels: one file each, with one `ui` function each, which draws the panel and changes the
//! state.

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

use crate::comparison::{Comparison, LEAST, Verdict};
use crate::state::State;
use crate::text::Say;
use crate::theme::Weight;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align, Label, Layout, Painter, Rect, RichText, Sense, TextStyle, TextWrapMode, Ui, vec2};
use sim_core::base::Unit;

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
    // A long name ends with its row, and is told whole under the pointer.
    let room = (ui.max_rect().width() - SIGN - 6.0).max(SIGN);
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = TextWrapping::truncate_at_width(room);
    let galley = ui.painter().layout_job(job);
    let is_cut = galley.elided;
    let size = vec2(galley.size().x + SIGN + 6.0, galley.size().y.max(14.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let middle = rect.left_center() + vec2(SIGN / 2.0, 0.0);
    draw(ui.painter(), Rect::from_center_size(middle, vec2(SIGN, 12.0)));
    let at = rect.left_center() + vec2(SIGN + 6.0, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    if is_cut {
        response.on_hover_text(text);
    }
}

/// A difference to the baseline, with the mark that says whether it is more than chance; a dash if no seed
/// has both.
pub fn difference(ui: &mut Ui, state: &State, compared: Option<&Comparison>, unit: Unit) {
    let (say, palette) = (state.say(), state.palette());
    let Some(compared) = compared else {
        ui.label(RichText::new("–").color(palette.faint)).on_hover_text(say.of("charts.unpaired"));
        return;
    };
    // More is not better of everything: up and down have one colour.
    let colour = match compared.verdict() {
        Verdict::More | Verdict::Less => palette.ink,
        Verdict::WithinChance => palette.faint,
    };
    let hint = format!("{}\n{}", say.of("charts.difference"), certainty(say, compared, unit));
    ui.label(RichText::new(difference_text(say, compared, unit)).color(colour)).on_hover_text(hint);
}

/// A difference with its mark. One within chance that the figures beside it could not show is none.
pub fn difference_text(say: Say, compared: &Comparison, unit: Unit) -> String {
    let middle = compared.middle();
    let is_lost = say.amount(compared.level() + middle.abs(), unit) == say.amount(compared.level(), unit);
    match compared.verdict() {
        Verdict::WithinChance if is_lost => format!("{} {}", compared.sign(), say.change(0.0, unit)),
        _ => format!("{} {}", compared.sign(), say.change(middle, unit)),
    }
}

/// What a difference rests on, in a sentence.
pub fn certainty(say: Say, compared: &Comparison, unit: Unit) -> String {
    let pairs = compared.pairs().to_string();
    let Some((low, high)) = compared.interval() else {
        return say.with("charts.few", &[&pairs, &LEAST.to_string()]);
    };
    let [low, high] = [low, high].map(|end| say.change(end, unit));
    let key = match compared.verdict() {
        Verdict::WithinChance => "charts.chance",
        Verdict::More | Verdict::Less => "charts.sure",
    };
    say.with(key, &[&pairs, &low, &high, &compared.agreeing().to_string()])
}

/// Width of a column of numbers in a grid \[points\].
const FIGURE: f32 = 96.0;

/// Something in a grid, whose columns are as wide as they are told to be: what is wider goes on in another
/// line.
pub fn at_right<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(FIGURE, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Max), |ui| {
        ui.set_width(FIGURE);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
        content(ui)
    })
    .inner
}

/// A number in a grid.
pub fn cell(ui: &mut Ui, text: impl Into<egui::WidgetText>) -> egui::Response {
    at_right(ui, |ui| ui.label(text))
}
