//! The bar on top: scenario, undo and redo, what fills the centre, theme, language, size.

use super::files::Dialog;
use crate::lesson::spot::{self, On};
use crate::plan::Plan;
use crate::state::State;
use crate::text::Language;
use crate::theme::{Theme, Weight};
use crate::view::{Selected, Tab};
use egui::{Align, Button, Layout, RichText, Ui, vec2};
use sim_core::scenario::builtin;

/// Draws the panel. What it opens over the window is put into `dialog`.
pub fn ui(ui: &mut Ui, state: &mut State, dialog: &mut Option<Dialog>) {
    // The menus at the right come first, so that the rest wraps beside them where the window is small.
    let line = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Min), |ui| {
        settings(ui, state, dialog);
        let rest = vec2(ui.available_width(), line.y);
        let wrapped = Layout::left_to_right(Align::Min).with_main_wrap(true);
        ui.allocate_ui_with_layout(rest, wrapped, |ui| {
            scenario_menu(ui, state, dialog);
            history(ui, state);
            baseline(ui, state);
        });
    });
    ui.horizontal_wrapped(|ui| tabs(ui, state, dialog));
}

fn scenario_menu(ui: &mut Ui, state: &mut State, dialog: &mut Option<Dialog>) {
    let say = state.say();
    let name = state.own_name();
    ui.menu_button(RichText::new(format!("{name} ▼")).bold(), |ui| {
        for (name, _) in builtin() {
            let own = || Plan::of(name).prepare().map(|prepared| prepared.scenario.question.clone());
            let question = say
                .find(&format!("question.{name}"))
                .map_or_else(|| own().unwrap_or_default(), str::to_owned);
            let shown = say.scenario(name);
            let mut text = egui::text::LayoutJob::default();
            RichText::new(format!("{shown}   ")).append_to(
                &mut text,
                ui.style(),
                egui::FontSelection::Default,
                Align::Center,
            );
            RichText::new(&question).weak().small().append_to(
                &mut text,
                ui.style(),
                egui::FontSelection::Default,
                Align::Center,
            );
            if ui.button(text).clicked() {
                state.choose(Plan::shipped(name));
                ui.close();
            }
        }
    })
    .response
    .on_hover_text(say.of("top.scenario.hint"));
    // What a dialog opens with is made when it is opened: a plan's code is much to write in every frame.
    let open: fn(&State) -> Dialog = |_| Dialog::open();
    for (key, hint, opened) in [
        (say.of("top.open"), say.of("top.open.hint"), open),
        (say.of("top.save"), say.of("top.save.hint"), Dialog::save),
        (say.of("top.share"), say.of("top.share.hint"), Dialog::share),
        (say.of("top.export"), say.of("top.export.hint"), Dialog::export),
    ] {
        if ui.button(key).on_hover_text(hint).clicked() {
            *dialog = Some(opened(state));
        }
    }
}

fn history(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let undo = ui.add_enabled(state.plans.can_undo(), Button::new(say.of("top.undo")));
    if undo.on_hover_text("Ctrl+Z").clicked() {
        state.plans.undo();
    }
    let redo = ui.add_enabled(state.plans.can_redo(), Button::new(say.of("top.redo")));
    if redo.on_hover_text("Ctrl+Y").clicked() {
        state.plans.redo();
    }
}

fn baseline(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    ui.label(say.of("top.compared"));
    let name = format!("{} ▼", state.name(&state.baseline));
    let menu = ui.menu_button(RichText::new(name).bold(), |ui| baselines(ui, state));
    menu.response.on_hover_text(say.of("top.compared.hint"));
    let is_same = state.baseline.id() == state.current.id();
    let button = ui.add_enabled(!is_same, Button::new(say.of("top.baseline")));
    if button.on_hover_text(say.of("top.baseline.hint")).clicked() {
        state.make_baseline();
    }
    if ui.button(say.of("top.keep")).on_hover_text(say.of("top.keep.hint")).clicked() {
        state.keep();
    }
}

/// What can be compared with: kept plans, and the scenarios that ship.
fn baselines(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let kept = state.kept.iter().map(|kept| (state.name(kept), kept.plan.clone()));
    let kept: Vec<(String, Plan)> = kept.collect();
    let mut chosen = None;
    for (name, plan) in &kept {
        if ui.button(name).clicked() {
            chosen = Some(plan.clone());
        }
    }
    if !kept.is_empty() {
        ui.separator();
    }
    for (name, _) in builtin() {
        if ui.button(say.scenario(name)).clicked() {
            chosen = Some(Plan::shipped(name));
        }
    }
    if let Some(plan) = chosen {
        state.compare_with(&plan);
        ui.close();
    }
}

fn settings(ui: &mut Ui, state: &mut State, dialog: &mut Option<Dialog>) {
    let say = state.say();
    if ui.button(say.of("top.help")).on_hover_text("F1").clicked() {
        *dialog = Some(Dialog::Help);
    }
    if ui.button(say.of("finder.title")).on_hover_text("Ctrl+K").clicked() {
        *dialog = Some(Dialog::find());
    }
    ui.menu_button(format!("{} ▼", say.of("top.view")), |ui| {
        for theme in Theme::ALL {
            let name = say.find(theme.key()).unwrap_or_default();
            ui.radio_value(&mut state.view.theme, theme, name);
        }
        ui.separator();
        ui.radio_value(&mut state.view.language, Language::English, "English");
        ui.radio_value(&mut state.view.language, Language::Chinese, "中文 (Chinese)");
        ui.separator();
        for scale in [0.85, 1.0, 1.25, 1.5, 2.0] {
            let name = say.with("top.scale", &[&format!("{:.0}", scale * 100.0)]);
            ui.radio_value(&mut state.view.scale, scale, name);
        }
        ui.separator();
        ui.checkbox(&mut state.view.has_levers, say.of("top.levers"));
        ui.checkbox(&mut state.view.has_inspector, say.of("top.inspector"));
        let mut is_presenting = state.teaching.presented.is_some();
        let presenter = ui.checkbox(&mut is_presenting, say.of("presenter.open"));
        if presenter.on_hover_text("F5").changed() {
            super::presenter::toggle(state);
        }
    })
    .response
    .on_hover_text(say.of("top.view.hint"));
}

fn tabs(ui: &mut Ui, state: &mut State, dialog: &mut Option<Dialog>) {
    let say = state.say();
    for (number, tab) in Tab::ALL.into_iter().enumerate() {
        let name = say.find(tab.key()).unwrap_or_default();
        let hint = format!("Ctrl+{}", number + 1);
        let label = ui.selectable_label(state.view.tab == tab, name).on_hover_text(hint);
        if label.clicked() {
            state.view.tab = tab;
        }
        spot::mark(ui, state, &On::Tab(tab), label.rect);
    }
    ui.separator();
    if ui.button(say.of("top.lessons")).on_hover_text("F2").clicked() {
        *dialog = Some(Dialog::Lessons);
    }
    let question = say.find(&format!("question.{}", state.current.plan.base));
    let question = question.filter(|_| state.current.plan.own.is_none());
    let question = question.map_or_else(|| state.current.prepared.scenario.question.clone(), str::to_owned);
    ui.add(egui::Label::new(RichText::new(question).weak()).truncate());
    if state.selected == Selected::Nothing && !state.view.has_levers && !state.view.has_inspector {
        state.view.has_levers = true;
    }
}
