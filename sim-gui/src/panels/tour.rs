//! The tour of the first start: five stops, each beside what it speaks of.

use crate::state::State;
use crate::theme::Weight;
use crate::view::Selected;
use egui::{Align2, Id, Label, LayerId, Order, Rect, RichText, Stroke, StrokeKind, vec2};

/// How many stops there are: levers, centre, time, inspector, bar on top.
pub const STOPS: usize = 5;

/// The stop that speaks of the inspector.
const INSPECTOR: usize = 3;

/// Width of a stop's text \[points\].
const WIDTH: f32 = 320.0;

/// Draws the stop, while there is a tour.
pub fn ui(context: &egui::Context, state: &mut State, stops: &[Rect; STOPS]) {
    let Some(stop) = state.teaching.tour else { return };
    let Some(rect) = stops.get(stop).copied() else {
        return end(state);
    };
    // The inspector opens when it is needed; here it is spoken of.
    if stop == INSPECTOR {
        state.view.has_inspector = true;
    }
    let say = state.say();
    let texts = [
        (say.of("tour.levers"), say.of("tour.levers.text")),
        (say.of("tour.centre"), say.of("tour.centre.text")),
        (say.of("tour.time"), say.of("tour.time.text")),
        (say.of("tour.inspector"), say.of("tour.inspector.text")),
        (say.of("tour.bar"), say.of("tour.bar.text")),
    ];
    let (title, text) = texts[stop];
    // What lies behind is not pressed by mistake while the tour goes on.
    egui::Area::new(Id::unique("tour shield"))
        .order(Order::Middle)
        .fixed_pos(context.content_rect().min)
        .show(context, |ui| {
            ui.allocate_exact_size(context.content_rect().size(), egui::Sense::CLICK | egui::Sense::DRAG)
        });
    let painter = context.layer_painter(LayerId::new(Order::Foreground, Id::unique("tour frame")));
    let line = Stroke::new(3.0, state.palette().present);
    painter.rect_stroke(rect.shrink(2.0), 4.0, line, StrokeKind::Inside);
    let mut next = Some(stop);
    let (pivot, at) = beside(rect, context.content_rect());
    egui::Window::new(title)
        .id(Id::unique("tour"))
        .collapsible(false)
        .resizable(false)
        .order(Order::Foreground)
        .pivot(pivot)
        .fixed_pos(at)
        .default_width(WIDTH)
        .show(context, |ui| {
            ui.set_max_width(WIDTH);
            ui.add(Label::new(text).wrap());
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                let count = [stop + 1, STOPS].map(|number| number.to_string());
                ui.label(RichText::new(say.with("tour.stop", &[&count[0], &count[1]])).weak());
                let is_last = stop + 1 == STOPS;
                let key = if is_last { say.of("tour.end") } else { say.of("tour.next") };
                if ui.button(RichText::new(key).bold()).clicked() {
                    next = (!is_last).then_some(stop + 1);
                }
                if !is_last && ui.button(say.of("tour.skip")).clicked() {
                    next = None;
                }
            });
        });
    match next {
        Some(_) => state.teaching.tour = next,
        None => end(state),
    }
}

fn end(state: &mut State) {
    state.view.has_inspector &= state.selected != Selected::Nothing;
    state.teaching.tour = None;
    state.view.has_seen_tour = true;
}

/// Where the text lies: on the side of the part on which there is room, else in its middle.
fn beside(rect: Rect, whole: Rect) -> (Align2, egui::Pos2) {
    let room = WIDTH + 40.0;
    match () {
        () if whole.right() - rect.right() > room => (Align2::LEFT_TOP, rect.right_top() + vec2(12.0, 24.0)),
        () if rect.left() - whole.left() > room => (Align2::RIGHT_TOP, rect.left_top() + vec2(-12.0, 24.0)),
        () if rect.top() - whole.top() > 180.0 => {
            (Align2::CENTER_BOTTOM, rect.center_top() - vec2(0.0, 12.0))
        }
        () if whole.bottom() - rect.bottom() > 180.0 => {
            (Align2::CENTER_TOP, rect.center_bottom() + vec2(0.0, 12.0))
        }
        () => (Align2::CENTER_CENTER, rect.center()),
    }
}
