//! The window's layout: a bar on top, levers left, the inspector right, time at the bottom, pictures in the centre.

use crate::keys;
use crate::lesson;
use crate::panels::files::save;
use crate::panels::lesson as lesson_panel;
use crate::panels::map::MapPanel;
use crate::panels::people::PeoplePanel;
use crate::panels::spread::SpreadPanel;
use crate::panels::table::TablePanel;
use crate::panels::{charts, compare, faults, files, inspector, levers, money, notices};
use crate::panels::{presenter, timeline, top, tour};
use crate::settings::Settings;
use crate::state::State;
use crate::theme::{self, Theme};
use crate::view::Tab;
use egui::{CentralPanel, Panel, Rect, Ui};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Below this width, levers and inspector are not shown at once \[points\].
const NARROW: f32 = 1020.0;

/// From this width on, map and charts stand side by side; below, one above the other if there is so much height
/// \[points\].
const BESIDE: f32 = 700.0;
const ABOVE: f32 = 480.0;

/// What the panels need at least \[points\].
const ROOM: egui::Vec2 = egui::vec2(840.0, 520.0);

/// Seconds from a change until it is kept.
const AUTOSAVE: f64 = 5.0;

/// A picture of the window, and the path it goes to.
type Picture = (PathBuf, Arc<egui::ColorImage>);

/// The window.
pub struct App {
    /// Everything that panels see.
    pub state: State,
    /// What is open over the window.
    pub dialog: Option<files::Dialog>,
    map: MapPanel,
    /// The map in the presenter's window.
    wall: MapPanel,
    table: TablePanel,
    people: PeoplePanel,
    spread: SpreadPanel,
    theme: Option<(Theme, f32)>,
    /// Pictures of the window that were asked for, with their paths, as they come.
    pictures: (Sender<Picture>, Receiver<Picture>),
    /// Where the tour stops: levers, centre, time, inspector, bar on top.
    stops: [Rect; tour::STOPS],
    settings: Option<PathBuf>,
    kept: Settings,
    /// Since when there is something to keep \[seconds\].
    changed: Option<f64>,
}

impl App {
    /// A window on a state, which keeps its settings at a place, if there is one.
    pub fn new(mut state: State, settings: Option<PathBuf>) -> App {
        // Without a place to remember it, the tour would come at every start.
        if settings.is_some() && !state.view.has_seen_tour {
            state.teaching.tour = Some(0);
        }
        App {
            state,
            dialog: None,
            map: MapPanel::default(),
            wall: MapPanel::default(),
            table: TablePanel::default(),
            people: PeoplePanel::default(),
            spread: SpreadPanel::default(),
            theme: None,
            pictures: channel(),
            stops: [Rect::NOTHING; tour::STOPS],
            settings,
            kept: Settings::default(),
            changed: None,
        }
    }

    /// Takes the news, then draws everything.
    pub fn show(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        if self.dress(&context) {
            return context.request_repaint();
        }
        let seconds = f64::from(context.input(|input| input.stable_dt.min(0.2)));
        self.state.update(seconds);
        keys::press(&context, &mut self.state, &mut self.dialog);
        self.frame(ui);
        tour::ui(&context, &mut self.state, &self.stops);
        presenter::ui(&context, &mut self.state, &mut self.wall, &mut self.dialog);
        if let Some(path) = files::ui(&context, &mut self.state, &mut self.dialog) {
            self.ask_picture(&context, path);
        }
        self.take_pictures();
        self.autosave(&context);
        if self.state.is_moving() {
            context.request_repaint();
        }
    }

    /// Puts theme and size on when they have changed. Whether fonts were added, which serve from the next frame on.
    fn dress(&mut self, context: &egui::Context) -> bool {
        let zoom = affordable(context, self.state.view.scale);
        let wanted = (self.state.view.theme, zoom);
        let is_first = self.theme.is_none();
        if is_first {
            theme::install_fonts(context);
        }
        if self.theme != Some(wanted) {
            theme::install(context, wanted.0);
            context.set_zoom_factor(zoom);
            self.theme = Some(wanted);
        }
        is_first
    }

    fn frame(&mut self, ui: &mut Ui) {
        let state = &mut self.state;
        let whole = ui.max_rect();
        let palette = state.palette();
        let side = theme::side(&palette);
        let centre = || CentralPanel::default().frame(side);
        self.stops = [whole; tour::STOPS];
        let bar = Panel::top("top")
            .frame(side.fill(palette.ground))
            .show(ui, |ui| top::ui(ui, state, &mut self.dialog));
        self.stops[4] = bar.response.rect;
        if !state.notices.is_empty() {
            Panel::top("notices")
                .frame(side)
                .show(ui, |ui| notices::ui(ui, state));
        }
        if !state.faults.is_empty() {
            Panel::top("faults")
                .frame(side)
                .show(ui, |ui| faults::ui(ui, state));
        }
        let time = Panel::bottom("time")
            .frame(side.fill(palette.ground))
            .show(ui, |ui| timeline::ui(ui, state));
        self.stops[2] = time.response.rect;
        if state.teaching.course.is_some() {
            let panel = Panel::bottom("lesson")
                .frame(side.fill(palette.ground))
                .resizable(true)
                .default_size(206.0)
                .size_range(120.0..=whole.height() * 0.5);
            panel.show(ui, |ui| lesson_panel::ui(ui, state, &mut self.dialog));
        }
        let width = ui.available_width();
        let has_inspector = state.view.has_inspector;
        if state.view.has_levers && (width > NARROW || !has_inspector) {
            let panel = Panel::left("levers")
                .frame(side)
                .default_size(320.0)
                .size_range(270.0..=460.0);
            self.stops[0] = panel.show(ui, |ui| levers::ui(ui, state)).response.rect;
        } else {
            state.is_held = false;
        }
        if has_inspector {
            let panel = Panel::right("inspector")
                .frame(side)
                .default_size(300.0)
                .size_range(230.0..=520.0);
            self.stops[3] = panel.show(ui, |ui| inspector::ui(ui, state)).response.rect;
        }
        self.stops[1] = ui.available_rect_before_wrap();
        match state.view.tab {
            Tab::Overview => self.overview(ui),
            Tab::Map => drop(centre().show(ui, |ui| self.map.ui(ui, state))),
            Tab::Charts => drop(centre().show(ui, |ui| charts::ui(ui, state, &mut self.dialog))),
            Tab::People => drop(centre().show(ui, |ui| self.people.ui(ui, state))),
            Tab::Money => drop(centre().show(ui, |ui| money::ui(ui, state))),
            Tab::Spread => drop(centre().show(ui, |ui| self.spread.ui(ui, state))),
            Tab::Table => drop(centre().show(ui, |ui| self.table.ui(ui, state, &mut self.dialog))),
            Tab::Compare => drop(centre().show(ui, |ui| compare::ui(ui, state))),
        }
    }

    fn overview(&mut self, ui: &mut Ui) {
        let state = &mut self.state;
        let side = theme::side(&state.palette());
        let (width, height) = (ui.available_width(), ui.available_height());
        // Beside levers and inspector there is no room for map and charts next to each other: one above the other.
        let charts = if width < BESIDE && height > ABOVE {
            Panel::bottom("charts below")
                .frame(side)
                .resizable(true)
                .default_size(height * 0.56)
                .size_range(160.0..=height * 0.75)
        } else {
            Panel::right("charts")
                .frame(side)
                .default_size((width * 0.44).max(220.0))
                .size_range(200.0..=(width * 0.55).max(200.0))
        };
        charts.show(ui, |ui| charts::ui(ui, state, &mut self.dialog));
        let map = CentralPanel::default().frame(side);
        map.show(ui, |ui| self.map.ui(ui, state));
    }

    /// Asks for a picture of the window, which comes a frame later.
    fn ask_picture(&self, context: &egui::Context, path: PathBuf) {
        let (sender, woken) = (self.pictures.0.clone(), context.clone());
        context.request_screenshot(move |image| {
            // The receiver is the window's own.
            let _ = sender.send((path, image));
            woken.request_repaint();
        });
    }

    /// Writes pictures that have come.
    fn take_pictures(&mut self) {
        while let Ok((path, image)) = self.pictures.1.try_recv() {
            let content = crate::export::png(&image).map(|bytes| vec![bytes]);
            let _ = save::write(&mut self.state, &[path], content);
        }
    }

    /// Keeps settings and the plan at work some seconds after they have changed: a crash loses no more.
    fn autosave(&mut self, context: &egui::Context) {
        if self.settings.is_none() || self.is_kept() {
            self.changed = None;
            return;
        }
        let now = context.input(|input| input.time);
        let since = *self.changed.get_or_insert(now);
        let rest = AUTOSAVE - (now - since);
        if rest <= 0.0 {
            self.keep();
            self.changed = None;
        } else {
            context.request_repaint_after(std::time::Duration::from_secs_f64(rest));
        }
    }

    fn is_kept(&self) -> bool {
        self.kept == lesson::own(&self.state)
    }

    /// Keeps settings and the plan at work, if they have changed.
    pub fn keep(&mut self) {
        let Some(place) = &self.settings else { return };
        let settings = lesson::own(&self.state);
        if settings != self.kept {
            if let Err(reason) = settings.keep(place) {
                let say = self.state.say();
                let values = [place.to_string_lossy().into_owned(), say.reason(&reason)];
                let text = say.with("dialog.not_saved", &[&values[0], &values[1]]);
                self.state.notice(text, true);
            }
            self.kept = settings;
        }
    }
}

/// The size of everything that was asked for, as far as the window has room for it.
fn affordable(context: &egui::Context, scale: f32) -> f32 {
    let pixels = context.content_rect().size() * context.zoom_factor();
    let most = (pixels.x / ROOM.x).min(pixels.y / ROOM.y);
    // In steps, so that a window that is being resized is not laid out anew at every pixel.
    let zoom = scale.min((most * 20.0).floor() / 20.0);
    zoom.max(scale.min(1.0)).clamp(0.5, 3.0)
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.state.latency.drawn(frame.info().cpu_usage);
        self.show(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.keep();
    }
}
