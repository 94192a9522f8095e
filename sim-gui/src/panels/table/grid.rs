//! The table as it is drawn: heads and names stay where they are, figures scroll beneath them, and edges of
//! columns can be dragged. Only rows and columns in view are drawn.

use super::sheet::Sheet;
use crate::text::Say;
use crate::theme::Weight;
use egui::{
    Align, Button, Frame, Id, Label, Layout, Margin, RichText, TextStyle, TextWrapMode, Ui, WidgetText,
};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate};

/// Least width of the names, the most as a share of the table, and the least width of a column of figures
/// \[points\].
const NAME: f32 = 200.0;
const NAME_SHARE: f32 = 0.4;
const VALUE: f32 = 116.0;

/// Room at either side of a cell \[points\].
const MARGIN: i8 = 5;

/// Room between the texts of a head \[points\].
const HEAD_GAP: f32 = 2.0;

/// What was pressed.
#[derive(Debug, PartialEq)]
pub(super) enum Pressed {
    /// The head of a column; of the names, if there is no number.
    Head(Option<usize>),
    /// The name of a row.
    Row(usize),
}

/// Draws a sheet.
pub(super) struct Grid<'g> {
    /// What is shown.
    pub sheet: &'g Sheet,
    /// In which language.
    pub say: Say,
    /// The title of the names.
    pub title: &'g str,
    /// The name of a row.
    pub name: &'g dyn Fn(usize) -> String,
    /// The column that is sorted by, if it is not the names, and whether the greatest come first.
    pub order: (Option<usize>, bool),
    /// How many orders a simulated one stands for.
    pub bundle: f64,
    /// How high a row is \[points\].
    pub row: f32,
    /// What was pressed.
    pub pressed: Option<Pressed>,
}

impl Grid<'_> {
    /// Draws it; if it is another table than before, from its first row and column.
    pub(super) fn show(&mut self, ui: &mut Ui, id: &str, is_new: bool) {
        let widest = NAME_SHARE * ui.available_width();
        let names = Column::new(NAME.min(widest)).range(NAME.min(widest)..=widest);
        let figures = self
            .sheet
            .columns
            .iter()
            .map(|column| Column::new(VALUE).range(VALUE..=3.0 * VALUE).id(Id::unique(&column.name)));
        let columns: Vec<Column> = std::iter::once(names).chain(figures).collect();
        let mut table = Table::new()
            .id_salt(id)
            .num_rows(self.sheet.rows.len() as u64)
            .columns(columns)
            .num_sticky_cols(1)
            .headers([HeaderRow::new(self.head_height(ui))]);
        if is_new && !self.sheet.columns.is_empty() {
            table = table.scroll_to_row(0, Some(Align::Min)).scroll_to_column(1, Some(Align::Min));
        }
        table.show(ui, self);
    }

    fn name(&mut self, ui: &mut Ui, row: usize) {
        let text = (self.name)(row);
        let button = ui.add(Button::new(&text).frame(false).truncate());
        if button.on_hover_text(text).clicked() {
            self.pressed = Some(Pressed::Row(row));
        }
    }

    fn figure(&self, ui: &mut Ui, column: usize, row: usize) {
        let column = &self.sheet.columns[column];
        let text = RichText::new(column.written(self.say, row));
        let Some(orders) = column.few(row) else {
            return drop(ui.label(text));
        };
        let numbers = [orders, self.bundle].map(|number| self.say.number(number.round()));
        let hint = self.say.with("table.few.hint", &[&numbers[0], &numbers[1]]);
        ui.label(text.weak().italics()).on_hover_text(hint);
    }

    /// A column's title, and below it order and unit.
    fn title(&mut self, ui: &mut Ui, column: Option<usize>) {
        let [title, under] = self.head(column);
        let shown = column.and_then(|column| self.sheet.columns.get(column));
        let mut hint = self.say.of("table.sort").to_owned();
        if let Some(column) = shown {
            let (title, unit) = (&column.title, &column.unit);
            hint = format!("{title} [{unit}]\n{}\n\n{hint}", column.definition).replace(" []", "");
        }
        ui.spacing_mut().item_spacing.y = HEAD_GAP;
        ui.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
        let button = ui.add(Button::new(title).frame(false).wrap());
        if button.on_hover_text(hint).clicked() {
            self.pressed = Some(Pressed::Head(column));
        }
        ui.add(Label::new(under).wrap());
    }

    /// The two texts of a head.
    fn head(&self, column: Option<usize>) -> [RichText; 2] {
        let shown = column.and_then(|column| self.sheet.columns.get(column));
        let title = shown.map_or(self.title, |column| &column.title);
        let unit = shown.map_or("", |column| &column.unit);
        let order = match self.order {
            (sorted, true) if sorted == column => "▼ ",
            (sorted, false) if sorted == column => "▲ ",
            _ => "",
        };
        let under = format!("{order}{unit}");
        [RichText::new(title).bold(), RichText::new(under.trim_end()).small()]
    }

    /// How high the highest head is, so that heads keep their height whatever is scrolled into view
    /// \[points\].
    fn head_height(&self, ui: &Ui) -> f32 {
        let width = VALUE - 2.0 * f32::from(MARGIN);
        let high = |text: RichText, style| {
            let galley = WidgetText::from(text).into_galley(ui, Some(TextWrapMode::Wrap), width, style);
            galley.size().y
        };
        let of = |column| {
            let [title, under] = self.head(column);
            high(title, TextStyle::Button) + HEAD_GAP + high(under, TextStyle::Body)
        };
        let columns = (0..self.sheet.columns.len()).map(|column| of(Some(column)));
        columns.fold(of(None), f32::max) + 2.0 * HEAD_GAP
    }
}

impl TableDelegate for Grid<'_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let column = cell.col_range.start.checked_sub(1);
        padded(ui, Layout::top_down(Align::Min), |ui| self.title(ui, column));
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        if row % 2 == 1 {
            let colour = ui.visuals().faint_bg_color;
            ui.painter().rect_filled(ui.max_rect(), 0.0, colour);
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some(&row) = self.sheet.rows.get(cell.row_nr as usize) else {
            return;
        };
        match cell.col_nr.checked_sub(1) {
            None => padded(ui, Layout::left_to_right(Align::Center), |ui| self.name(ui, row)),
            Some(column) => padded(ui, Layout::right_to_left(Align::Center), |ui| {
                self.figure(ui, column, row);
            }),
        }
    }

    fn default_row_height(&self) -> f32 {
        self.row
    }
}

/// A cell's content, with room at its sides.
fn padded(ui: &mut Ui, layout: Layout, content: impl FnOnce(&mut Ui)) {
    let frame = Frame::new().inner_margin(Margin::symmetric(MARGIN, 0));
    frame.show(ui, |ui| ui.with_layout(layout, content));
}
