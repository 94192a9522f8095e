//! Name and question, play, pause, restart, seed, light or dark.

use crate::run::Run;
use egui::{Align, Button, Layout, RichText, TextEdit, Theme, Ui};

/// What the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// To wait, or to go on.
    Pause(bool),
    /// To begin anew, with another seed if one is given.
    Restart(Option<u64>),
}

/// The panel's own state: the seed as it is being typed.
#[derive(Clone, Debug, Default)]
pub struct ControlsPanel {
    seed: Option<String>,
}

impl ControlsPanel {
    /// Draws the panel, and says what the user asked for.
    pub fn ui(&mut self, ui: &mut Ui, run: &Run) -> Option<Action> {
        ui.add_space(4.0);
        title(ui, run);
        ui.add_space(2.0);
        let action = ui.horizontal(|ui| self.buttons(ui, run)).inner;
        ui.add_space(4.0);
        action
    }

    fn buttons(&mut self, ui: &mut Ui, run: &Run) -> Option<Action> {
        let mut action = play(ui, run);
        let seed = self.seed(ui, run);
        let restart = ui.add_enabled(seed.is_ok(), Button::new("Restart"));
        if restart.on_hover_text("Begin anew with this seed").clicked() {
            action = Some(Action::Restart(seed.ok().flatten()));
        }
        if let Err(reason) = seed {
            ui.label(RichText::new(reason).color(ui.visuals().error_fg_color));
        }
        if let Some(started) = &run.started {
            ui.separator();
            ui.label(format!("{} to {}", started.first, started.last));
            ui.separator();
            ui.label(format!("{} % of households' orders", 100.0 * started.sample))
                .on_hover_text("The field household_sample: each simulated order stands for its inverse.");
        }
        action
    }

    /// The field of the seed: the seed as typed, none if it is untouched.
    fn seed(&mut self, ui: &mut Ui, run: &Run) -> Result<Option<u64>, &'static str> {
        let label = ui.label("Seed");
        let known = run
            .started
            .as_ref()
            .map_or(String::new(), |started| started.seed.to_string());
        let mut text = self.seed.clone().unwrap_or(known);
        let field = ui
            .add(TextEdit::singleline(&mut text).desired_width(90.0))
            .labelled_by(label.id);
        if field.changed() {
            self.seed = Some(text.clone());
        }
        match &self.seed {
            None => Ok(None),
            Some(text) => text
                .trim()
                .parse()
                .map(Some)
                .map_err(|_| "a seed is a whole number from 0 on"),
        }
    }
}

fn title(ui: &mut Ui, run: &Run) {
    ui.horizontal(|ui| {
        let name = run
            .started
            .as_ref()
            .map_or("Countryside", |started| started.name.as_str());
        ui.heading(RichText::new(name).strong());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            theme(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let question = run
                    .started
                    .as_ref()
                    .map_or("", |started| started.question.as_str());
                ui.add(egui::Label::new(question).truncate());
            });
        });
    });
}

/// Light or dark, in words: the default fonts have no suns and moons.
fn theme(ui: &mut Ui) {
    let now = ui.ctx().theme();
    for (theme, name) in [(Theme::Dark, "Dark"), (Theme::Light, "Light")] {
        if ui.selectable_label(now == theme, name).clicked() {
            ui.ctx().set_theme(theme);
        }
    }
}

fn play(ui: &mut Ui, run: &Run) -> Option<Action> {
    let (name, hint) = if run.is_paused {
        ("Play", "Go on")
    } else {
        ("Pause", "Wait at the end of the week")
    };
    let button = Button::new(name).min_size(egui::vec2(64.0, 0.0));
    let button = ui.add_enabled(run.is_alive(), button).on_hover_text(hint);
    button.clicked().then_some(Action::Pause(!run.is_paused))
}
