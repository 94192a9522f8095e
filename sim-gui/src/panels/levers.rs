//! The levers: at most eighteen on top, every other parameter by search.

mod mover;

use crate::lesson::spot::{self, On};
use crate::lever::{self, Lever, LeverKind};
use crate::state::{NEVER, Ready, State};
use crate::text::Say;
use crate::theme::Weight;
use crate::view::Selected;
use egui::{Align, Button, Layout, RichText, ScrollArea, Sides, TextEdit, Ui};
use sim_core::base::Unit;

/// Levers listed at most when something is searched.
const LISTED: usize = 40;

/// Draws the panel.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    ui.horizontal(|ui| {
        ui.heading(say.of("levers.title"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| changes(ui, state));
    });
    let mut search = state.lever_search.clone();
    let field =
        TextEdit::singleline(&mut search).hint_text(say.of("levers.search")).desired_width(f32::INFINITY);
    let response = ui.add(field);
    let name = say.of("levers.search.name");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    if response.changed() {
        state.lever_search = search;
    }
    branch(ui, state);
    state.is_held = false;
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.set_width(ui.available_width() - 6.0);
        if state.lever_search.trim().is_empty() {
            top(ui, state);
        } else {
            found(ui, state);
        }
    });
}

/// How many levers are changed, and all of them back.
fn changes(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let changed = !state.plans.now().is_like(&state.unchanged());
    let back = ui.add_enabled(changed, Button::new(say.of("levers.reset_all")));
    if back.on_hover_text(say.of("levers.reset_all.hint")).clicked() {
        state.reset_all();
    }
}

fn branch(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    if let Some(day) = state.plans.now().branch {
        ui.horizontal_wrapped(|ui| {
            ui.label(say.with("levers.branch", &[&day.to_string()]));
            if ui.button(say.of("levers.unbranch")).clicked() {
                let mut plan = state.plans.now().clone();
                plan.unbranch();
                state.plans.change(plan, "branch");
                state.plans.close();
            }
        });
    }
}

fn top(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let mut group = "";
    for lever in lever::levers().iter().filter(|lever| lever.is_top) {
        if lever.row.group != group {
            group = lever.row.group;
            let title = lever::groups().iter().find(|(name, _)| name == group);
            section(ui, title.map_or(group, |(_, title)| title.of(say.0)));
        }
        row(ui, state, lever);
    }
    let others: Vec<&Lever> = state
        .plans
        .now()
        .edits
        .iter()
        .filter_map(|edit| lever::find(&edit.path))
        .filter(|lever| !lever.is_top)
        .collect();
    if !others.is_empty() {
        section(ui, say.of("levers.also_changed"));
        others.into_iter().for_each(|lever| row(ui, state, lever));
    }
    ui.add_space(6.0);
    run_fields(ui, state);
}

/// The title of a group of levers.
fn section(ui: &mut Ui, title: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(title).small().weak().bold());
    ui.separator();
}

fn found(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let search = state.lever_search.clone();
    let found: Vec<&Lever> = lever::levers().iter().filter(|lever| lever.fits(&search, say.0)).collect();
    if found.is_empty() {
        super::empty(ui, say.of("levers.none"));
    }
    for lever in found.iter().take(LISTED) {
        row(ui, state, lever);
    }
    if found.len() > LISTED {
        ui.label(say.with("levers.more", &[&(found.len() - LISTED).to_string()]));
    }
}

/// The value of a field now, in RON.
pub fn value(state: &State, path: &str) -> String {
    let plan = state.plans.now();
    let own = plan.value(path).map(str::to_owned);
    own.or_else(|| state.current.prepared.scenario.get(path)).unwrap_or_default()
}

/// The value of a field in the baseline, in RON.
pub fn status_quo(state: &State, path: &str) -> String {
    value_of(&state.baseline, path)
}

/// The value of a field in a plan that can run, in RON.
pub fn value_of(ready: &Ready, path: &str) -> String {
    let own = ready.plan.value(path).map(str::to_owned);
    own.or_else(|| ready.prepared.scenario.get(path)).unwrap_or_default()
}

/// A lever: its name, its value, and what moves it.
pub fn row(ui: &mut Ui, state: &mut State, lever: &Lever) {
    let say = state.say();
    let now = value(state, &lever.path);
    let before = status_quo(state, &lever.path);
    let is_changed = now != before;
    let shown = ui.push_id(&lever.path, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let mark = if is_changed { "• " } else { "" };
        let name = RichText::new(format!("{mark}{}", lever.title(say.0)));
        let name = if is_changed { name.bold() } else { name };
        let title = |ui: &mut Ui| ui.add(Button::new(name).frame(false).wrap());
        let sides = Sides::new().shrink_left().wrap();
        let title = if matches!(lever.kind, LeverKind::Flag | LeverKind::Choice(_)) {
            let beside = |ui: &mut Ui| mover::mover(ui, state, lever, &now, &before);
            sides.show(ui, title, beside).0
        } else {
            let unit = |ui: &mut Ui| ui.label(RichText::new(say.unit(unit(lever))).weak().small());
            let (title, _) = sides.show(ui, title, unit);
            mover::mover(ui, state, lever, &now, &before);
            title
        };
        if title.on_hover_text(lever.definition.of(say.0)).clicked() {
            state.select(Selected::Lever(lever.path.clone()));
        }
        if is_changed {
            ui.horizontal_wrapped(|ui| {
                let was = say.with("levers.was", &[&shown(say, lever, &before)]);
                ui.label(RichText::new(was).weak().small());
                let reset = ui.small_button(say.of("levers.reset"));
                if reset.clicked() {
                    back(state, &lever.path, &before);
                }
            });
        }
        ui.add_space(5.0);
    });
    let on = On::Lever(lever.path.clone());
    spot::mark(ui, state, &on, shown.response.rect);
}

/// Gives a field the value that it has in the baseline. Where its own scenario gives it that, nothing is
/// changed any more, and the plan says so.
pub fn back(state: &mut State, path: &str, before: &str) {
    let mut plan = state.plans.now().clone();
    plan.reset(path);
    let bare = crate::plan::Plan { edits: Vec::new(), branch: None, ..plan.clone() };
    let own = bare.read(&[]).ok().and_then(|loaded| loaded.scenario.get(path));
    if own.as_deref() != Some(before) {
        plan.set(path, before);
    }
    state.unname(&mut plan);
    state.plans.change(plan, "reset");
    state.plans.close();
}

/// A value for people.
pub fn shown(say: Say, lever: &Lever, value: &str) -> String {
    match (&lever.kind, value.parse::<f64>()) {
        (LeverKind::Number { .. }, Ok(number)) => format!("{} {}", say.number(number), say.unit(unit(lever))),
        (LeverKind::Factor, _) => "× 1".to_owned(),
        (LeverKind::Choice(_), _) => say.choice(value),
        (LeverKind::Flag, _) if value == "true" => say.of("levers.yes").to_owned(),
        (LeverKind::Flag, _) => say.of("levers.no").to_owned(),
        (LeverKind::Day, _) if value.trim_matches('"') == NEVER => say.of("levers.never").to_owned(),
        _ => value.trim_matches('"').to_owned(),
    }
}

/// By what amounts of a lever are multiplied in the plan's region; 1 for what is no money.
pub fn prices(state: &State, lever: &Lever) -> f64 {
    let region = &state.current.prepared.scenario.places.region;
    if lever.row.unit.is_money() { region.manifest.price_level } else { 1.0 }
}

/// The unit of what its mover shows; nothing for words and days.
fn unit(lever: &Lever) -> Unit {
    match lever.kind {
        LeverKind::Number { .. } => lever.row.unit,
        LeverKind::Flag | LeverKind::Choice(_) | LeverKind::Day | LeverKind::Factor | LeverKind::Written => {
            Unit::NONE
        }
    }
}

/// Fields of the run itself: seed, sample, first and last day.
fn run_fields(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    ui.collapsing(say.of("levers.run"), |ui| {
        for (path, name) in [
            ("seed", say.of("levers.run.seed")),
            ("household_sample", say.of("levers.run.sample")),
            ("start", say.of("levers.run.start")),
            ("end", say.of("levers.run.end")),
        ] {
            let now = value(state, path);
            let id = ui.scope_id().with(path);
            let mut text = ui
                .data(|data| data.get_temp::<String>(id))
                .unwrap_or_else(|| now.trim_matches('"').to_owned());
            ui.horizontal(|ui| {
                let label = ui.label(name);
                let field =
                    ui.add(TextEdit::singleline(&mut text).desired_width(110.0)).labelled_by(label.id);
                if field.changed() {
                    ui.data_mut(|data| data.insert_temp(id, text.clone()));
                }
                if field.lost_focus() {
                    ui.data_mut(|data| data.remove::<String>(id));
                    let quoted = if now.starts_with('"') {
                        format!("\"{}\"", text.trim())
                    } else {
                        text.trim().to_owned()
                    };
                    if quoted != now {
                        state.set(path, &quoted);
                        state.plans.close();
                    }
                }
            });
        }
    });
}
