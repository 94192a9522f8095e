//! The table of counties at the time that is looked at: sorted by a column, filtered by text, exported as CSV.

use super::files::Dialog;
use crate::number::short;
use crate::outcome::{self, Outcome};
use crate::run::Run;
use crate::state::State;
use crate::text::Language;
use crate::view::Selected;
use crate::work::story::Entity;
use egui::{Button, ComboBox, RichText, ScrollArea, TextEdit, Ui, vec2};

/// A row: the county, and the value of each column.
struct Row {
    county: usize,
    name: String,
    values: Vec<f64>,
}

/// The panel's own state.
#[derive(Default)]
pub struct TablePanel {
    filter: String,
    /// The column that is sorted by (0 the name), and whether the greatest come first.
    order: (usize, bool),
}

impl TablePanel {
    /// Draws the panel.
    pub fn ui(&mut self, ui: &mut Ui, state: &mut State, dialog: &mut Option<Dialog>) {
        let say = state.say();
        let Some((run, _)) = state.shown_run().map(|(run, own)| (run.clone(), own)) else {
            return super::empty(ui, say.of("map.making"));
        };
        let outcomes: Vec<&Outcome> = state
            .view
            .columns
            .iter()
            .filter_map(|name| outcome::named(name))
            .collect();
        let rows = self.rows(state, &run, &outcomes);
        ui.horizontal_wrapped(|ui| {
            let field = TextEdit::singleline(&mut self.filter)
                .hint_text(say.of("table.filter"))
                .desired_width(170.0);
            let response = ui.add(field);
            let name = say.of("table.filter");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
            columns(ui, state);
            if ui.button(say.of("table.export")).clicked() {
                *dialog = Some(Dialog::text(state, "counties.csv", csv(&rows, &outcomes)));
            }
            ui.label(RichText::new(say.with("table.count", &[&rows.len().to_string()])).weak());
        });
        if rows.is_empty() {
            return super::empty(ui, say.of("table.none"));
        }
        self.grid(ui, state, &outcomes, &rows);
    }

    fn rows(&self, state: &State, run: &Run, outcomes: &[&Outcome]) -> Vec<Row> {
        let is_chinese = state.view.language == Language::Chinese;
        let Some(frame) = run.frame_at(state.clock.now).and_then(|at| run.frames.get(at)) else {
            return Vec::new();
        };
        let wanted = self.filter.trim().to_lowercase();
        let mut rows: Vec<Row> = (0..run.places.atlas.counties.len())
            .filter_map(|county| {
                let name = run.places.county_name(county, is_chinese);
                let other = run.places.county_name(county, !is_chinese);
                let fits = name.to_lowercase().contains(&wanted) || other.to_lowercase().contains(&wanted);
                let month = frame.counties.get(county).and_then(Option::as_ref);
                let value = |outcome: &&Outcome| month.map_or(f64::NAN, |month| outcome.value(month));
                let values = outcomes.iter().map(value).collect();
                fits.then_some(Row { county, name, values })
            })
            .collect();
        let (column, is_falling) = self.order;
        rows.sort_by(|a, b| match column {
            0 => a.name.cmp(&b.name),
            _ => {
                let value = |row: &Row| {
                    row.values
                        .get(column - 1)
                        .copied()
                        .filter(|value| value.is_finite())
                };
                // What has no value comes last whichever way.
                match (value(a), value(b)) {
                    (Some(a), Some(b)) if is_falling => b.total_cmp(&a),
                    (Some(a), Some(b)) => a.total_cmp(&b),
                    (a, b) => b.is_some().cmp(&a.is_some()),
                }
            }
        });
        if column == 0 && is_falling {
            rows.reverse();
        }
        rows
    }

    fn grid(&mut self, ui: &mut Ui, state: &mut State, outcomes: &[&Outcome], rows: &[Row]) {
        let say = state.say();
        let name_width = 210.0;
        let width = 118.0;
        ScrollArea::horizontal()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.horizontal(|ui| {
                    let titles = std::iter::once((say.of("table.county").to_owned(), "")).chain(
                        outcomes
                            .iter()
                            .map(|outcome| (outcome.title(say), say.unit(outcome.unit))),
                    );
                    for (column, (title, unit)) in titles.enumerate() {
                        let arrow = match self.order {
                            (sorted, true) if sorted == column => " (9…1)",
                            (sorted, false) if sorted == column => " (1…9)",
                            _ => "",
                        };
                        let wide = if column == 0 { name_width } else { width };
                        let text = RichText::new(format!("{title}{arrow}")).strong().small();
                        let button = ui.add_sized(vec2(wide, 34.0), Button::new(text).wrap());
                        if button.on_hover_text(unit).clicked() {
                            self.order = (column, self.order.0 != column || !self.order.1);
                        }
                    }
                });
                let height = ui.text_style_height(&egui::TextStyle::Body) + 4.0;
                ScrollArea::vertical().auto_shrink([false, false]).show_rows(
                    ui,
                    height,
                    rows.len(),
                    |ui, range| {
                        for row in &rows[range] {
                            ui.horizontal(|ui| {
                                ui.set_height(height);
                                let link = ui.add_sized(
                                    vec2(name_width, height),
                                    Button::new(&row.name).frame(false).truncate(),
                                );
                                if link.clicked() {
                                    state.select(Selected::Entity(Entity::County(row.county as u32)));
                                }
                                for value in &row.values {
                                    ui.add_sized(
                                        vec2(width, height),
                                        egui::Label::new(RichText::new(short(*value)).monospace()),
                                    );
                                }
                            });
                        }
                    },
                );
            });
    }
}

fn columns(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let combo = ComboBox::from_id_salt("columns")
        .selected_text(say.of("table.columns"))
        .show_ui(ui, |ui| {
            for outcome in outcome::all() {
                let is_shown = state.view.columns.iter().any(|name| name == outcome.name);
                if ui
                    .selectable_label(is_shown, outcome.title(say))
                    .on_hover_text(outcome.definition)
                    .clicked()
                {
                    state.view.columns.retain(|name| name != outcome.name);
                    if !is_shown {
                        state.view.columns.push(outcome.name.to_owned());
                    }
                }
            }
        });
    let name = say.of("table.columns");
    combo
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
}

fn csv(rows: &[Row], outcomes: &[&Outcome]) -> String {
    let heads = outcomes
        .iter()
        .map(|outcome| format!("{} [{}]", outcome.name, outcome.unit));
    let table = rows.iter().map(|row| {
        let values = row.values.iter().map(|value| crate::export::cell(*value));
        std::iter::once(row.name.clone()).chain(values).collect()
    });
    crate::export::csv(std::iter::once("county".to_owned()).chain(heads).collect(), table)
}
