//! The window's layout: a bar on top, levers left, the inspector right, time at the bottom, pictures in the
//! centre.

use crate::finger::Patience;
use crate::keys;
use crate::lesson::{self, spot, spot::On};
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
use crate::view::{Tab, WindowSize};
use egui::{CentralPanel, Panel, Rect, Ui};
use sim_core::base::Localised;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Below this width, levers and inspector are not shown at once \[points\].
const NARROW: f32 = 1020.0;

/// From this width on, map and charts stand side by side; below, one above the other if there is so much
/// height \[points\].
const BESIDE: f32 = 700.0;
const ABOVE: f32 = 480.0;

/// What the panels need at least \[points\].
const ROOM: egui::Vec2 = egui::vec2(840.0, 520.0);

/// Seconds from a change of view until it is kept; plans are kept at once.
const AUTOSAVE: f64 = 1.0;

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
    patience: Patience,
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
            patience: Patience::default(),
        }
    }

    /// Takes the news, then draws everything.
    pub fn show(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        if self.dress(&context) {
            return context.request_repaint();
        }
        self.patience.set(&context);
        self.state.finger = context.input(|input| self.state.finger.next(input));
        let seconds = f64::from(context.input(|input| input.stable_dt.min(0.2)));
        self.state.update(seconds);
        keys::press(&context, &mut self.state, &mut self.dialog);
        self.frame(ui);
        self.spot(&context);
        tour::ui(&context, &mut self.state, &self.stops);
        presenter::ui(&context, &mut self.state, &mut self.wall, &mut self.dialog);
        if let Some(path) = files::ui(&context, &mut self.state, &mut self.dialog) {
            self.ask_picture(&context, path);
        }
        self.take_pictures();
        self.measure(&context);
        self.autosave(&context);
        if self.state.is_moving() {
            context.request_repaint();
        }
    }

    /// Puts theme and size on when they have changed. Whether fonts were added, which serve from the next
    /// frame on.
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
            Panel::top("notices").frame(side).show(ui, |ui| notices::ui(ui, state));
        }
        if !state.faults.is_empty() {
            Panel::top("faults").frame(side).show(ui, |ui| faults::ui(ui, state));
        }
        let time =
            Panel::bottom("time").frame(side.fill(palette.ground)).show(ui, |ui| timeline::ui(ui, state));
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
            let panel = Panel::left("levers").frame(side).default_size(320.0).size_range(270.0..=460.0);
            self.stops[0] = panel.show(ui, |ui| levers::ui(ui, state)).response.rect;
        } else {
            state.is_held = false;
        }
        if has_inspector {
            let panel = Panel::right("inspector").frame(side).default_size(300.0).size_range(230.0..=520.0);
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

    /// Frames the part of the window in which a lesson has just shown something.
    fn spot(&mut self, context: &egui::Context) {
        spot::fade(context, &mut self.state);
        let on = self.state.teaching.spot.as_ref().map(|spot| &spot.on);
        let stop = match on {
            Some(On::Centre) => 1,
            Some(On::Time) => 2,
            Some(On::Inspector) => 3,
            Some(On::Bar) => 4,
            _ => return,
        };
        let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("spot"));
        let colour = self.state.palette().present;
        spot::frame(&context.layer_painter(layer), self.stops[stop].shrink(1.0), colour);
    }

    /// Where a stop of the tour is.
    #[cfg(test)]
    pub fn stop(&self, number: usize) -> Rect {
        self.stops[number]
    }

    fn overview(&mut self, ui: &mut Ui) {
        let state = &mut self.state;
        let side = theme::side(&state.palette());
        let (width, height) = (ui.available_width(), ui.available_height());
        // Beside levers and inspector there is no room for map and charts next to each other: one above the
        // other.
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

    /// Notes how large the window is, to open it as large the next time.
    fn measure(&mut self, context: &egui::Context) {
        let (inner, is_maximized, is_away) = context.input(|input| {
            let window = input.viewport();
            let is_away = window.minimized == Some(true) || window.fullscreen == Some(true);
            (window.inner_rect, window.maximized == Some(true), is_away)
        });
        let Some(inner) = inner.filter(|inner| inner.is_positive() && !is_away) else {
            return;
        };
        let size = inner.size() * context.zoom_factor();
        let known = self.state.view.window;
        let size = match known.filter(|_| is_maximized) {
            Some(known) => known.size,
            None => (size.x, size.y),
        };
        self.state.view.window = Some(WindowSize::of(size, is_maximized));
    }

    /// Keeps plans as soon as they have changed and the lever is let go, and the view a little later: a crash
    /// loses no more.
    fn autosave(&mut self, context: &egui::Context) {
        let own = lesson::own(&self.state);
        if self.settings.is_none() || own.is_of(&self.kept) {
            self.changed = None;
            return;
        }
        let is_urgent = !own.has_plans_of(&self.kept) && !self.state.is_held;
        let now = context.input(|input| input.time);
        let since = *self.changed.get_or_insert(now);
        let rest = AUTOSAVE - (now - since);
        if is_urgent || rest <= 0.0 {
            self.keep();
            self.changed = None;
        } else {
            context.request_repaint_after(std::time::Duration::from_secs_f64(rest));
        }
    }

    /// Keeps settings and the plans at work, if they have changed.
    pub fn keep(&mut self) {
        let Some(place) = &self.settings else { return };
        let own = lesson::own(&self.state);
        if own.is_of(&self.kept) {
            return;
        }
        let settings = own.settings();
        if let Err(reason) = settings.keep(place) {
            let say = self.state.say();
            let values = [place.to_string_lossy().into_owned(), reason.localised(say.speaker())];
            let text = say.with("dialog.not_saved", &[&values[0], &values[1]]);
            self.state.notice(text, true);
        }
        self.kept = settings;
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
