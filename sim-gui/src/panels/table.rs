//! The table of counties at the time that is looked at: sorted by a column, filtered by text, exported as CSV.

use super::files::Dialog;
use crate::outcome::{self, Outcome};
use crate::run::Run;
use crate::state::State;
use crate::text::Language;
use crate::theme::Weight;
use crate::view::Selected;
use crate::work::story::Entity;
use egui::{Align, Button, ComboBox, Layout, RichText, ScrollArea, TextEdit, TextStyle, Ui};
use egui_extras::{Column, TableBuilder};

/// Width of the names, and of a column of numbers, as the table opens \[points\].
const NAME: f32 = 200.0;
const VALUE: f32 = 120.0;

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
                let money = frame.money.get(county).copied().unwrap_or_default();
                let value = |outcome: &&Outcome| outcome.of_county(month, &money);
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
        let body = ui.text_style_height(&TextStyle::Body) + 6.0;
        let head =
            2.0 * ui.text_style_height(&TextStyle::Body) + ui.text_style_height(&TextStyle::Small) + 10.0;
        ScrollArea::horizontal().show(ui, |ui| {
            let table = TableBuilder::new(ui)
                .striped(true)
                .auto_shrink([false, false])
                .cell_layout(Layout::left_to_right(Align::Center))
                .column(Column::initial(NAME).at_least(90.0).clip(true).resizable(true))
                .columns(
                    Column::initial(VALUE).at_least(70.0).clip(true).resizable(true),
                    outcomes.len(),
                );
            table
                .header(head, |mut header| {
                    header.col(|ui| self.head(ui, state, 0, state.say().of("table.county"), ""));
                    for (number, outcome) in outcomes.iter().enumerate() {
                        let (title, unit) = (outcome.title(state.say()), outcome.monthly_unit(state.say()));
                        header.col(|ui| self.head(ui, state, number + 1, &title, &unit));
                    }
                })
                .body(|table| {
                    table.rows(body, rows.len(), |mut line| {
                        let row = &rows[line.index()];
                        line.col(|ui| {
                            let name = ui.add(Button::new(&row.name).frame(false).truncate());
                            if name.clicked() {
                                state.select(Selected::Entity(Entity::County(row.county as u32)));
                            }
                        });
                        for (value, outcome) in row.values.iter().zip(outcomes) {
                            let text = state.say().amount(*value, outcome.unit);
                            line.col(|ui| drop(super::figure(ui, text)));
                        }
                    });
                });
        });
    }

    /// A column's title, unit and order; pressing it sorts by the column, and then the other way.
    fn head(&mut self, ui: &mut Ui, state: &State, column: usize, title: &str, unit: &str) {
        let say = state.say();
        let sign = match self.order {
            (sorted, true) if sorted == column => "▼",
            (sorted, false) if sorted == column => "▲",
            _ => "",
        };
        ui.vertical(|ui| {
            ui.add_space(2.0);
            let text = RichText::new(title).bold();
            let hint = say.of("table.sort");
            let title = ui.add(Button::new(text).frame(false).wrap());
            if title.on_hover_text(hint).clicked() {
                self.order = (column, self.order.0 != column || !self.order.1);
            }
            ui.horizontal(|ui| {
                ui.label(RichText::new(unit).weak().small());
                ui.label(RichText::new(sign).small());
            });
        });
    }
}

fn columns(ui: &mut Ui, state: &mut State) {
    let say = state.say();
    let combo = ComboBox::from_id_salt("columns")
        .selected_text(say.of("table.columns"))
        .show_ui(ui, |ui| {
            for outcome in outcome::of_counties() {
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
