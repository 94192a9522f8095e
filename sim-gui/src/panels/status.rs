//! What the pictures show: sample, seeds, what is on its way.

use crate::comparison::Unlike;
use crate::number::grouped;
use crate::state::{Ready, State};
use crate::work::preview::Holds;
use crate::work::sample::Level;
use egui::{RichText, Spinner, Ui};
use sim_core::unit;

/// What the charts rest on.
pub fn sample(ui: &mut Ui, state: &State) {
    let say = state.say();
    if let Some(level) = state.level() {
        let response = ui.label(RichText::new(of_plan(state, &state.current, level)).small());
        response.on_hover_text(say.of("status.sample.hint"));
    }
    coming(ui, state);
}

/// Chooses whether bands hold what is unknown, or luck alone.
pub fn holds(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let mut is_on = state.view.holds == Holds::LuckAndUnknown;
    let response = ui.checkbox(&mut is_on, RichText::new(say.of("status.unknown")).small());
    if response.on_hover_text(say.of("status.unknown.hint")).changed() {
        state.view.holds = if is_on { Holds::LuckAndUnknown } else { Holds::Luck };
    }
}

/// What is on its way.
pub fn coming(ui: &mut Ui, state: &State) {
    let say = state.say();
    let text = match (state.level(), state.waiting()) {
        (None, _) => {
            ui.add(Spinner::new().size(12.0));
            ui.label(say.of("status.first"));
            return;
        }
        (_, 0) => return,
        (_, 1) => say.of("status.waiting.one").to_owned(),
        (_, waiting) => say.with("status.waiting", &[&waiting.to_string()]),
    };
    ui.label(RichText::new(text).small().weak());
}

/// What the figures of a plan rest on, beside the present one that is shown at a level: its own sample, its
/// own runs.
pub fn of_plan(state: &State, ready: &Ready, level: Level) -> String {
    let say = state.say();
    let level = state.level_beside(ready, level);
    let shown = state.shown(ready.id(), level);
    let Some(first) = shown.runs.first() else {
        return say.of("status.first").to_owned();
    };
    let whole = ready.extent.villages();
    let name = match first.villages >= whole {
        true => say.of("status.whole"),
        false => say.find(level.key()).unwrap_or_default(),
    };
    let seeds = shown.runs.len();
    let mut text = say.with(
        if seeds == 1 { "status.sample.one" } else { "status.sample" },
        &[name, &grouped(first.villages as i64), &grouped(whole as i64), &seeds.to_string()],
    );
    // All villages are not all orders.
    if first.villages >= whole && first.households < 1.0 {
        text.push_str(&say.with("status.households", &[&say.mark(first.households, unit!(Share))]));
    }
    if first.key.holds == Holds::LuckAndUnknown {
        text.push_str(say.of("status.members"));
    }
    text
}

/// That the present plan is not compared with the baseline, and why; nothing if it is.
pub fn unlike(ui: &mut Ui, state: &mut State) {
    let Some(note) = unlike_text(state) else { return };
    let say = state.say();
    ui.label(RichText::new(note).small().color(ui.visuals().warn_fg_color));
    let has_table = |ready: &Ready| ready.prepared.table.is_some();
    let is_possible = !has_table(&state.current) && !has_table(&state.baseline) && state.faults.is_empty();
    if is_possible && ui.small_button(say.of("unlike.align")).clicked() {
        state.align_baseline();
    }
}

/// The same in a sentence.
pub fn unlike_text(state: &State) -> Option<String> {
    let unlike = state.unlike(&state.current);
    let say = state.say();
    let name = state.name(&state.baseline);
    (!unlike.is_empty()).then(|| say.with("unlike.note", &[&name, &Unlike::list(&unlike, say)]))
}

/// The recording, how far it is, and how fast answers come.
pub fn recording(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    if state.needs_asking() {
        let villages = grouped(state.current.extent.villages() as i64);
        let button = ui.button(say.of("status.record"));
        if button.on_hover_text(say.with("status.record.hint", &[&villages])).clicked() {
            state.is_asked = true;
        }
        return;
    }
    let own = state.runs.iter().find(|run| run.plan == state.current.id());
    match own {
        None => drop(ui.label(RichText::new(say.of("status.preparing")).small())),
        Some(run) => match &run.ending {
            None => {
                let text = say.with("status.recording", &[&format!("{:.0}", 100.0 * run.share())]);
                ui.label(RichText::new(text).small());
            }
            Some(ending) => {
                let print = ending.fingerprint.to_string();
                let orders = say.with("status.orders", &[&grouped(run.orders as i64)]);
                let hint = format!("{orders}\n{}", say.with("status.fingerprint", &[&print]));
                ui.label(RichText::new(say.of("status.recorded")).small()).on_hover_text(hint);
            }
        },
    }
}
