//! What the pictures show: sample, seeds, what is on its way.

use crate::comparison::Unlike;
use crate::number::grouped;
use crate::state::{Ready, State};
use egui::{RichText, Spinner, Ui};

/// What the charts rest on.
pub fn sample(ui: &mut Ui, state: &State) {
    let say = state.say();
    let waiting = state.waiting();
    let Some(level) = state.level() else {
        ui.add(Spinner::new().size(12.0));
        ui.label(say.of("status.first"));
        return;
    };
    let shown = state.shown(state.current.id(), level);
    let villages = shown.runs.first().map_or(0, |run| run.villages);
    let whole = state.current.extent.villages();
    let name = match villages >= whole {
        true => say.of("status.whole"),
        false => say.find(level.key()).unwrap_or_default(),
    };
    let seeds = shown.runs.len();
    let text = say.with(
        if seeds == 1 { "status.sample.one" } else { "status.sample" },
        &[name, &grouped(villages as i64), &grouped(whole as i64), &seeds.to_string()],
    );
    let response = ui.label(RichText::new(text).small());
    response.on_hover_text(say.of("status.sample.hint"));
    if waiting > 0 {
        ui.label(RichText::new(say.with("status.waiting", &[&waiting.to_string()])).small().weak());
    }
}

/// That the present plan is not compared with the baseline, and why; nothing if it is.
pub fn unlike(ui: &mut Ui, state: &mut State) {
    let Some(note) = unlike_told(state) else { return };
    let say = state.say();
    ui.label(RichText::new(note).small().color(ui.visuals().warn_fg_color));
    let has_table = |ready: &Ready| ready.prepared.table.is_some();
    let is_possible = !has_table(&state.current) && !has_table(&state.baseline) && state.faults.is_empty();
    if is_possible && ui.small_button(say.of("unlike.align")).clicked() {
        state.align_baseline();
    }
}

/// The same in a sentence.
pub fn unlike_told(state: &State) -> Option<String> {
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
