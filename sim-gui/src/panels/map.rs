//! The map: one texture of villages, drawn anew only when view, layer or data change, with names, discs of
//! counties and the near view on top.

mod legend;
mod overlay;
mod picture;

use crate::map::camera::Camera;
use crate::map::layer::{Layer, Scale};
use crate::map::near::{self};
use crate::map::search;
use crate::outcome;
use crate::run::Run;
use crate::state::State;
use crate::view::Selected;
use crate::work::story::Entity;
use egui::{
    Checkbox, Color32, ComboBox, FontId, Key, Pos2, Rect, Response, RichText, Sense, TextEdit, TextWrapMode,
    TextureHandle, Ui, pos2, vec2,
};
use std::sync::Arc;

/// How near the pointer must be to a village \[points\].
const NEAR: f32 = 9.0;

/// What a picture was drawn from.
#[derive(Clone, PartialEq)]
struct Drawn {
    plan: u128,
    frame: usize,
    other: Option<(u128, usize)>,
    layer: Layer,
    camera: Camera,
    size: [usize; 2],
    outlines: bool,
    villages: bool,
    theme: crate::theme::Theme,
}

/// The scale of a layer, and what it was made from: recorded runs, each of so many frames.
struct Fixed {
    runs: Vec<(u128, usize)>,
    layer: Layer,
    scale: Scale,
    /// The value of the largest disc of a county.
    disc: f32,
}

/// What is looked at, and where it is drawn.
#[derive(Clone, Copy)]
struct Sight {
    camera: Camera,
    view: Rect,
}

/// The panel's own state: the picture and what it was drawn from.
#[derive(Default)]
pub struct MapPanel {
    texture: Option<TextureHandle>,
    drawn: Option<Drawn>,
    values: Arc<Vec<f32>>,
    scale: Option<Scale>,
    fixed: Option<Fixed>,
    search: String,
    hour: f32,
    /// The figures of the baseline, where the picture shows differences to them.
    before: Arc<Vec<f32>>,
    /// How high the legend was when it was drawn last \[points\].
    legend_height: f32,
}

impl MapPanel {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, state: &mut State) {
        ui.horizontal_wrapped(|ui| self.tools(ui, state));
        self.picture(ui, state);
    }

    /// Draws the picture and its legend, without the tools above.
    pub fn picture(&mut self, ui: &mut Ui, state: &mut State) {
        let Some((run, is_own)) = state.shown_run().map(|(run, own)| (run.clone(), own)) else {
            let text =
                if state.needs_asking() { state.say().of("map.ask") } else { state.say().of("map.making") };
            return super::empty(ui, text);
        };
        let room = self.legend_height + ui.spacing().item_spacing.y;
        let size = (ui.available_size() - vec2(0.0, room)).max(vec2(80.0, 60.0));
        let (response, painter) = ui.allocate_painter(size, Sense::click_and_drag());
        let view = response.rect;
        let mut camera = state
            .view
            .camera
            .unwrap_or_else(|| Camera::fit(&run.places.longitude, &run.places.latitude, view.size()));
        if steer(ui, &response, view, &mut camera) {
            state.view.camera = Some(camera);
        }
        let Some(number) = run.frame_at(state.clock.now) else {
            return;
        };
        self.refresh(ui, state, &run, number, &camera, view);
        if let Some(texture) = &self.texture {
            let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            let tint = if is_own { Color32::WHITE } else { Color32::from_white_alpha(120) };
            painter.image(texture.id(), view, whole, tint);
        }
        let painter = painter.with_clip_rect(view);
        self.overlays(&painter, state, &run, number, &camera, view);
        if !is_own {
            let palette = state.palette();
            let text = state.plan_of(&run);
            let font = FontId::proportional(12.0);
            let galley = painter.layout(text, font, palette.ink, view.width() - 28.0);
            let at = view.center_top() + vec2(-galley.size().x / 2.0, 12.0);
            let card = Rect::from_min_size(at, galley.size()).expand2(vec2(8.0, 5.0));
            painter.rect_filled(card, 4.0, palette.panel);
            painter.galley(at, galley, palette.ink);
        }
        let name = state.say().of("map.name");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, name));
        self.point(&response, state, &run, number, &Sight { camera, view });
        let is_near = near::villages(&run.places, &camera, view).is_some();
        let legend = ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = 16.0;
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.horizontal_wrapped(|ui| {
                self.legend(ui, state);
                if is_near {
                    legend::near(ui, state);
                }
            })
        });
        // How high the legend is turns out when it is drawn: the next frame keeps so much room for it.
        let high = legend.response.rect.height();
        if (high - self.legend_height).abs() > 0.5 {
            self.legend_height = high;
            ui.ctx().request_repaint();
        }
        self.move_trucks(ui, state, &run, &camera, view);
    }

    fn tools(&mut self, ui: &mut Ui, state: &mut State) {
        let say = state.say();
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        let title = state.view.layer.title(say);
        let combo = ComboBox::from_id_salt("layer").width(170.0).selected_text(title).show_ui(ui, |ui| {
            for (number, layer) in Layer::VILLAGES.into_iter().enumerate() {
                let text = format!("{}  [{}]", layer.title(say), number + 1);
                ui.selectable_value(&mut state.view.layer, layer, text);
            }
            ui.separator();
            ui.label(RichText::new(say.of("map.county_layers")).weak());
            for outcome in outcome::of_counties() {
                let layer = Layer::County(outcome.name.to_owned());
                let text = outcome.title(say);
                ui.selectable_value(&mut state.view.layer, layer, text)
                    .on_hover_text(outcome.definition_in(say));
            }
        });
        let name = say.of("map.layer");
        combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
        let has_other = state.has_other() && state.recorded_baseline().is_some();
        let difference = Checkbox::new(&mut state.view.is_difference, say.of("map.difference"));
        ui.add_enabled(has_other, difference)
            .on_hover_text(say.of("map.difference.hint"))
            .on_disabled_hover_text(match state.unlike(&state.current).is_empty() {
                true => say.of("map.difference.none"),
                false => say.of("map.difference.unlike"),
            });
        ui.menu_button(format!("{} ▼", say.of("map.layers")), |ui| {
            let map = &mut state.view.map;
            ui.checkbox(&mut map.outlines, say.of("map.outlines"));
            ui.checkbox(&mut map.villages, say.of("map.villages"));
            ui.checkbox(&mut map.counties, say.of("map.counties"));
            ui.checkbox(&mut map.names, say.of("map.names"));
            ui.checkbox(&mut map.roads, say.of("map.roads"));
            ui.checkbox(&mut map.trucks, say.of("map.trucks"));
        });
        if ui.button(say.of("map.fit")).on_hover_text("F").clicked() {
            state.view.camera = None;
        }
        for (text, factor) in [("+", 1.6), ("–", 1.0 / 1.6)] {
            if ui.button(text).clicked() {
                let pixels = ui.ctx().pixels_per_point();
                if let Some(mut camera) = self.drawn.as_ref().map(|drawn| drawn.camera.scaled(1.0 / pixels)) {
                    camera.zoom_at(Rect::ZERO, pos2(0.0, 0.0), factor);
                    state.view.camera = Some(camera);
                }
            }
        }
        self.search(ui, state);
    }

    fn search(&mut self, ui: &mut Ui, state: &mut State) {
        let say = state.say();
        let field = ui
            .add(TextEdit::singleline(&mut self.search).hint_text(say.of("map.search")).desired_width(120.0));
        let name = say.of("map.search");
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
        if self.search.trim().is_empty() {
            return;
        }
        let Some((run, _)) = state.shown_run() else { return };
        let found =
            search::find(&run.places, &self.search, state.view.language == crate::text::Language::Chinese);
        let go = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let mut chosen = found.first().filter(|_| go).cloned();
        egui::Popup::from_response(&field)
            .open(!go)
            .close_behavior(egui::PopupCloseBehavior::IgnoreClicks)
            .show(|ui| {
                if found.is_empty() {
                    ui.label(say.of("map.not_found"));
                }
                for place in &found {
                    if ui.selectable_label(false, &place.name).clicked() {
                        chosen = Some(place.clone());
                    }
                }
            });
        if let Some(place) = chosen {
            self.search.clear();
            state.view.camera = Some(Camera { middle: place.place, zoom: 420.0 });
            state.select(Selected::Entity(place.entity));
        }
    }

    /// What is under the pointer, and what a click selects.
    fn point(&mut self, response: &Response, state: &mut State, run: &Run, number: usize, sight: &Sight) {
        let Sight { camera, view } = *sight;
        let Some(pointer) = response.hover_pos() else {
            return;
        };
        let places = &run.places;
        let (longitude, latitude) = camera.place(view, pointer);
        let reach = NEAR / camera.zoom;
        let close = |at: &usize| {
            (places.latitude[*at] - latitude).abs() < reach
                && (places.longitude[*at] - longitude).abs() < 1.3 * reach
        };
        let distance =
            |at: &usize| camera.point(view, places.longitude[*at], places.latitude[*at]).distance_sq(pointer);
        // Where many villages share a point, one that has what is shown is meant: colours say that it is
        // there.
        let is_grey = |at: &usize| match self.scale {
            Some(Scale::Class | Scale::Rooted(_)) => self.values.get(*at).is_none_or(|value| *value <= 0.0),
            _ => self.values.get(*at).is_none_or(|value| !value.is_finite()),
        };
        let nearest =
            (0..places.len()).filter(close).filter(|at| distance(at) < NEAR * NEAR).min_by(|a, b| {
                let by_distance = distance(a).total_cmp(&distance(b));
                is_grey(a).cmp(&is_grey(b)).then(by_distance)
            });
        let Some(at) = nearest else { return };
        let (county, village) = places.split(at);
        if response.clicked() {
            state.select(Selected::Entity(Entity::Village(county as u32, village as u16)));
        }
        let text = self.about(state, run, number, at, county, village);
        response.clone().on_hover_text_at_pointer(text);
    }

    fn about(
        &self,
        state: &State,
        run: &Run,
        number: usize,
        at: usize,
        county: usize,
        village: usize,
    ) -> String {
        let say = state.say();
        let is_chinese = state.view.language == crate::text::Language::Chinese;
        let frame = &run.frames[number];
        let layer = &state.view.layer;
        let value = self.values.get(at).copied().unwrap_or(f32::NAN);
        let what = if matches!(self.scale, Some(Scale::Difference(_))) {
            let now = layer.values(&run.places, frame);
            let figures = [&*self.before, &now].map(|values| {
                let value = values.get(at).copied().unwrap_or(f32::NAN);
                say.amount(f64::from(value), layer.unit())
            });
            say.with("map.before_now", &[&figures[0], &figures[1]])
        } else {
            say.amount(f64::from(value), layer.unit())
        };
        let station = match frame.income(at) {
            Some(income) => say.with("map.station", &[&say.number(f64::from(income))]),
            None => say.of("map.no_station").to_owned(),
        };
        let buyers = format!("{:.0}", 100.0 * frame.regular(at));
        // Whether there is a station is told below.
        let what = match layer {
            Layer::Stations => String::new(),
            _ => format!("{}: {what} {}\n", layer.title(say), say.unit(layer.unit())),
        };
        format!(
            "{}\n{}\n{what}{station}\n{}",
            run.places.village_name(county, village, is_chinese),
            run.places.county_name(county, is_chinese),
            say.with("map.buyers", &[&buyers, &say.number(f64::from(frame.shops(at)))]),
        )
    }

    /// While time plays and trucks are seen, the hour of the day goes round: a day in some twelve seconds.
    fn move_trucks(&mut self, ui: &Ui, state: &State, run: &Run, camera: &Camera, view: Rect) {
        if self.hour == 0.0 {
            self.hour = 11.0;
        }
        let is_near = || near::villages(&run.places, camera, view).is_some();
        if state.view.map.trucks && state.clock.is_playing && is_near() {
            self.hour = (self.hour + 2.0 * ui.input(|input| input.stable_dt.min(0.1))) % 24.0;
            ui.ctx().request_repaint();
        }
    }
}

/// Pans and zooms by mouse, wheel and arrow keys; says whether anything moved.
fn steer(ui: &Ui, response: &Response, view: Rect, camera: &mut Camera) -> bool {
    let before = *camera;
    if response.dragged() {
        camera.pan(response.drag_delta());
    }
    if let Some(pointer) = response.hover_pos() {
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = pinch * (scroll / 240.0).clamp(-1.0, 1.0).mul_add(0.8, 1.0);
        if factor != 1.0 {
            camera.zoom_at(view, pointer, factor);
        }
        if response.double_clicked() {
            camera.zoom_at(view, pointer, 2.5);
        }
    }
    *camera != before
}
