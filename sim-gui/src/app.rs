//! The window's layout, and what happens between its panels.

use crate::panels::controls::{Action, ControlsPanel};
use crate::panels::map::MapPanel;
use crate::panels::{charts, errors, status};
use crate::run::{Phase, Run};
use crate::theme;
use crate::worker::Request;
use egui::{CentralPanel, Panel, Ui};

/// The window.
pub struct App {
    request: Request,
    /// The run that is shown.
    pub run: Run,
    controls: ControlsPanel,
    map: MapPanel,
}

fn start(context: &egui::Context, request: &Request) -> Run {
    let context = context.clone();
    Run::start(request, move || context.request_repaint())
}

impl App {
    /// A window in which the run of a request begins.
    pub fn new(context: &egui::Context, request: Request) -> App {
        theme::install(context);
        let run = start(context, &request);
        App {
            request,
            run,
            controls: ControlsPanel::default(),
            map: MapPanel::default(),
        }
    }

    /// Takes the news, then draws everything.
    pub fn show(&mut self, ui: &mut Ui) {
        self.run.listen();
        let action = Panel::top("controls")
            .show(ui, |ui| self.controls.ui(ui, &self.run))
            .inner;
        Panel::bottom("status")
            .exact_size(status::HEIGHT)
            .show(ui, |ui| status::ui(ui, &self.run));
        match &self.run.phase {
            Phase::Faulty(_) | Phase::Failed(_) if self.run.villages.is_none() => {
                CentralPanel::default()
                    .show(ui, |ui| errors::ui(ui, &self.request.scenario, &self.run.phase));
            }
            _ => self.show_results(ui),
        }
        self.act(ui.ctx(), action);
    }

    fn show_results(&mut self, ui: &mut Ui) {
        if matches!(self.run.phase, Phase::Failed(_)) {
            let failed = Panel::top("failure");
            failed.show(ui, |ui| errors::ui(ui, &self.request.scenario, &self.run.phase));
        }
        let charts = Panel::right("charts")
            .default_size(430.0)
            .size_range(260.0..=700.0);
        charts.show(ui, |ui| charts::ui(ui, &self.run));
        CentralPanel::default().show(ui, |ui| self.map.ui(ui, &self.run));
    }

    fn act(&mut self, context: &egui::Context, action: Option<Action>) {
        match action {
            Some(Action::Pause(paused)) => self.run.pause(paused),
            Some(Action::Restart(seed)) => {
                if let Some(seed) = seed {
                    self.request = self.request.clone().with("seed", &seed.to_string());
                }
                self.run = start(context, &self.request);
                self.map.forget();
            }
            None => {}
        }
    }
}

impl eframe::App for App {
    /// Also called while the window is hidden, so that news never waits for it.
    fn logic(&mut self, _context: &egui::Context, _frame: &mut eframe::Frame) {
        self.run.listen();
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }
}
