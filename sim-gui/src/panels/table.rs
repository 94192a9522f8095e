//! The table of counties, or of villages, at the time that is looked at: sorted by a column, filtered by
//! text, exported as CSV.

mod grid;
pub mod sheet;

use super::files::Dialog;
use crate::map::camera::Camera;
use crate::outcome;
use crate::run::Run;
use crate::state::State;
use crate::text::{Language, Say};
use crate::view::{Listed, Selected};
use crate::work::story::Entity;
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::scroll_area::ScrollBarVisibility;
use egui::{Label, PopupCloseBehavior, RichText, ScrollArea, TextEdit, TextStyle, Ui};
use grid::{Grid, Pressed};
use sheet::Sheet;

/// Points to a degree of latitude at which a village that was chosen is looked at.
const NEAR: f32 = 900.0;

/// The panel's own state.
#[derive(Default)]
pub struct TablePanel {
    sheet: Sheet,
    /// What was typed to find a column.
    search: String,
    /// Which table was drawn last.
    turn: u64,
}

impl TablePanel {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, state: &mut State, dialog: &mut Option<Dialog>) {
        let say = state.say();
        let Some(run) = state.shown_run().map(|(run, _)| run.clone()) else {
            return super::empty(ui, say.of("map.making"));
        };
        let Some(number) = run.frame_at(state.clock.now) else {
            return super::empty(ui, say.of("map.making"));
        };
        ui.horizontal_wrapped(|ui| self.tools(ui, state, &run, number, dialog));
        self.sheet.refresh(state, &run, number);
        ui.add(Label::new(RichText::new(self.summary(state, &run, number)).small()).wrap());
        if self.sheet.rows.is_empty() {
            return super::empty(ui, say.of("table.none"));
        }
        self.grid(ui, state, &run);
    }

    fn tools(
        &mut self,
        ui: &mut Ui,
        state: &mut State,
        run: &Run,
        number: usize,
        dialog: &mut Option<Dialog>,
    ) {
        let say = state.say();
        let table = &mut state.view.table;
        ui.selectable_value(&mut table.listed, Listed::Counties, say.of("table.counties"));
        ui.selectable_value(&mut table.listed, Listed::Villages, say.of("table.villages"));
        let (hint, is_villages) = match table.listed {
            Listed::Counties => (say.of("table.filter"), false),
            Listed::Villages => (say.of("table.filter.villages"), true),
        };
        let field = TextEdit::singleline(&mut table.filter).hint_text(hint).desired_width(170.0);
        let response = ui.add(field);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, hint));
        if is_villages {
            ui.checkbox(&mut table.only_taobao, say.of("table.only_taobao"));
        } else {
            self.columns(ui, state);
        }
        if ui.button(say.of("table.export")).clicked() {
            self.sheet.refresh(state, run, number);
            let name = if is_villages { "villages.csv" } else { "counties.csv" };
            let content = crate::export::csv_file(&csv(state, run, number, &self.sheet));
            *dialog = Some(Dialog::content(state, name, content));
        }
    }

    /// The columns that can be shown, by what is typed: ticked ones are.
    fn columns(&mut self, ui: &mut Ui, state: &mut State) {
        let say = state.say();
        let menu = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let button = MenuButton::new(format!("{} ▼", say.of("table.columns"))).config(menu);
        button.ui(ui, |ui| {
            ui.set_min_width(330.0);
            let field = TextEdit::singleline(&mut self.search)
                .hint_text(say.of("table.columns.search"))
                .desired_width(f32::INFINITY);
            let response = ui.add(field);
            let name = say.of("table.columns.search");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
            ui.label(RichText::new(say.of("table.columns.hint")).small().weak());
            let wanted = self.search.trim().to_lowercase();
            let list = ScrollArea::vertical()
                .max_height(340.0)
                .auto_shrink([false, true])
                .scroll_bar_visibility(ScrollBarVisibility::AlwaysVisible);
            list.show(ui, |ui| {
                let fits = |outcome: &&outcome::ShownOutcome| {
                    let english = outcome.title(Say::in_language(Language::English));
                    let text = format!("{} {english} {}", outcome.title(say), outcome.name).to_lowercase();
                    wanted.split_whitespace().all(|word| text.contains(word))
                };
                let mut count = 0;
                for outcome in outcome::of_counties().filter(fits) {
                    count += 1;
                    let mut is_shown = state.view.columns.iter().any(|name| name == outcome.name);
                    let tick = ui.checkbox(&mut is_shown, outcome.title(say));
                    if tick.on_hover_text(outcome.definition_in(say)).changed() {
                        state.view.toggle_column(outcome);
                    }
                }
                if count == 0 {
                    ui.label(say.of("table.columns.none"));
                }
            });
        });
    }

    /// How many rows there are, of which plan and which time; what grey figures are, if there are any.
    fn summary(&self, state: &State, run: &Run, number: usize) -> String {
        let say = state.say();
        let frame = &run.frames[number];
        let count = crate::number::grouped(self.sheet.rows.len() as i64);
        let month = frame.month();
        let plan = state.plan_of(run);
        let start = run.start.date().to_string();
        let mut text = match (state.view.table.listed, month) {
            (Listed::Counties, Some(month)) => {
                say.with("table.told", &[&count, &plan, &month.to_string(), &start])
            }
            (Listed::Counties, None) => say.with("table.told.none", &[&count, &plan]),
            (Listed::Villages, _) => {
                say.with("table.told.villages", &[&count, &plan, &frame.time.date().to_string()])
            }
        };
        let has_few = |column: &sheet::Column| self.sheet.rows.iter().any(|row| column.few(*row).is_some());
        if state.view.table.listed == Listed::Counties && self.sheet.columns.iter().any(has_few) {
            text.push(' ');
            text.push_str(&say.with("table.few", &[&say.number(sheet::FEW)]));
        }
        text
    }

    fn grid(&mut self, ui: &mut Ui, state: &mut State, run: &Run) {
        let say = state.say();
        let is_chinese = state.view.language == Language::Chinese;
        let listed = state.view.table.listed;
        let order = state.view.table.order().clone();
        let places = &run.places;
        let name = |row: usize| match listed {
            Listed::Counties => places.county_name(row, is_chinese),
            Listed::Villages => {
                let (county, village) = places.split(row);
                places.village_label(county, village, is_chinese)
            }
        };
        let (id, title) = match listed {
            Listed::Counties => ("counties", say.of("table.county")),
            Listed::Villages => ("villages", say.of("table.village")),
        };
        let columns = &self.sheet.columns;
        let mut grid = Grid {
            sheet: &self.sheet,
            say,
            title,
            name: &name,
            order: (columns.iter().position(|column| column.name == order.column), order.is_falling),
            bundle: 1.0 / state.current.prepared.scenario.household_sample,
            row: ui.text_style_height(&TextStyle::Body) + 6.0,
            pressed: None,
        };
        grid.show(ui, id, self.turn != self.sheet.turn);
        let pressed = grid.pressed;
        self.turn = self.sheet.turn;
        match pressed {
            Some(Pressed::Head(column)) => {
                let column = column.and_then(|column| columns.get(column));
                let (name, falls) = column.map_or(("", false), |column| (&column.name, column.falls));
                state.view.table.order().press(name, falls);
            }
            Some(Pressed::Row(row)) => choose(state, run, row),
            None => {}
        }
    }
}

/// Opens the page of a county or a village, and has the map look at a village.
fn choose(state: &mut State, run: &Run, row: usize) {
    if state.view.table.listed == Listed::Counties {
        return state.select(Selected::Entity(Entity::County(row as u32)));
    }
    let (county, village) = run.places.split(row);
    state.view.camera =
        Some(Camera { middle: (run.places.longitude[row], run.places.latitude[row]), zoom: NEAR });
    state.select(Selected::Entity(Entity::Village(county as u32, village as u16)));
}

/// The rows as they are listed, with what they are of.
fn csv(state: &State, run: &Run, number: usize, sheet: &Sheet) -> String {
    let frame = &run.frames[number];
    let is_villages = state.view.table.listed == Listed::Villages;
    let mut head: Vec<String> = ["county_code", "county"].map(str::to_owned).to_vec();
    if is_villages {
        head.extend(["village", "longitude", "latitude"].map(str::to_owned));
    }
    let time = if is_villages { "on" } else { "month" };
    head.extend(["plan", time].map(str::to_owned));
    for column in &sheet.columns {
        head.push(match column.unit.as_str() {
            "" => column.name.clone(),
            unit => format!("{} [{unit}]", column.name),
        });
    }
    let month = frame.month();
    let time = match (is_villages, month) {
        (false, Some(month)) => month.to_string(),
        _ => frame.time.date().to_string(),
    };
    let plan = state.plan_of(run);
    let table = sheet.rows.iter().map(|&row| {
        let (county, village) = match is_villages {
            true => run.places.split(row),
            false => (row, 0),
        };
        let place = &run.places.atlas.counties[county];
        let mut line = vec![place.code.0.to_string(), run.places.county_name(county, false)];
        if is_villages {
            let village = &place.villages[village];
            line.push(village.number.to_string());
            line.push(village.longitude.to_string());
            line.push(village.latitude.to_string());
        }
        line.extend([plan.clone(), time.clone()]);
        line.extend(sheet.columns.iter().map(|column| crate::export::cell(column.value(row))));
        line
    });
    crate::export::csv(head, table)
}
