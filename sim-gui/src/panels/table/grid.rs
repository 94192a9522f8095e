//! The table as it is drawn: heads and names that stay where they are, figures that scroll beneath them. Only rows and
//! columns in view are drawn; a table of the toolkit was rejected, for none keeps its first column in view.

use super::sheet::Sheet;
use crate::text::Say;
use crate::theme::Weight;
use egui::{Align, Button, Label, Layout, Rect, RichText, ScrollArea, TextStyle, Ui, UiBuilder, pos2, vec2};

/// Width of the names, at most this share of the table, and of a column of figures \[points\].
const NAME: f32 = 230.0;
const NAME_SHARE: f32 = 0.4;
const VALUE: f32 = 116.0;

/// Room at either side of a cell \[points\].
const MARGIN: f32 = 5.0;

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
    /// How high the heads turn out \[points\].
    pub head: f32,
    /// What was pressed.
    pub pressed: Option<Pressed>,
}

impl Grid<'_> {
    /// Draws it with heads so high; `is_new` scrolls back to the first column.
    pub(super) fn show(&mut self, ui: &mut Ui, id: &str, head: f32, is_new: bool) {
        let row = ui.text_style_height(&TextStyle::Body) + 6.0;
        let outer = ui.available_rect_before_wrap();
        let name = NAME.min(NAME_SHARE * outer.width());
        let top = Rect::from_min_max(outer.min, pos2(outer.right(), outer.top() + head));
        let below = Rect::from_min_max(pos2(outer.left(), top.bottom()), outer.max);
        let mut body = ui.new_child(UiBuilder::new().max_rect(below).id_salt(id));
        let mut area = ScrollArea::both().id_salt(id).auto_shrink([false, false]);
        if is_new {
            area = area.horizontal_scroll_offset(0.0);
        }
        let (rows, columns) = (self.sheet.rows.len(), self.sheet.columns.len());
        let size = vec2(name + VALUE * columns as f32, row * rows as f32);
        let shown = area.show_viewport(&mut body, |ui, view| {
            ui.set_min_size(size);
            let first = (view.top() / row).max(0.0) as usize;
            let last = ((view.bottom() / row).max(0.0) as usize + 1).min(rows);
            let corner = ui.max_rect().min;
            for at in first..last {
                let y = corner.y + row * at as f32;
                self.row(ui, at, (y, row), name, corner.x);
            }
        });
        let offset = shown.state.clamped_offset().x;
        self.heads(ui, top.with_max_x(shown.inner_rect.right()), name, offset);
        ui.advance_cursor_after_rect(outer);
    }

    /// A row: its figures, clipped where the names begin, and its name.
    fn row(&mut self, ui: &mut Ui, at: usize, (y, high): (f32, f32), name: f32, left: f32) {
        let Some(&row) = self.sheet.rows.get(at) else {
            return;
        };
        let clip = ui.clip_rect();
        let line = Rect::from_x_y_ranges(clip.x_range(), y..=y + high);
        if at % 2 == 1 {
            let colour = ui.visuals().faint_bg_color;
            ui.painter().rect_filled(line, 0.0, colour);
        }
        let beside = clip.with_min_x(clip.left() + name);
        for column in 0..self.sheet.columns.len() {
            let x = left + name + VALUE * column as f32;
            let rect = Rect::from_x_y_ranges(x..=x + VALUE, y..=y + high);
            if rect.intersects(beside) {
                let layout = Layout::right_to_left(Align::Center);
                let mut cell = child(ui, rect, beside, layout, (at, column + 1));
                self.figure(&mut cell, column, row);
            }
        }
        let rect = line.with_max_x(clip.left() + name);
        let mut cell = child(ui, rect, clip, Layout::left_to_right(Align::Center), (at, 0));
        let text = (self.name)(row);
        let button = cell.add(Button::new(&text).frame(false).truncate());
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

    /// The heads, in a strip above the rows: that of the names stays, the others are moved as far as the rows.
    fn heads(&mut self, ui: &mut Ui, strip: Rect, name: f32, offset: f32) {
        let beside = strip.with_min_x(strip.left() + name);
        let layout = Layout::top_down(Align::Min);
        for column in 0..self.sheet.columns.len() {
            let x = beside.left() - offset + VALUE * column as f32;
            let rect = Rect::from_x_y_ranges(x..=x + VALUE, strip.y_range());
            if rect.intersects(beside) {
                let mut cell = child(ui, rect, beside, layout, ("head", column + 1));
                self.title(&mut cell, Some(column));
            }
        }
        let rect = strip.with_max_x(beside.left());
        let mut cell = child(ui, rect, strip, layout, ("head", 0));
        self.title(&mut cell, None);
        let line = ui.visuals().widgets.noninteractive.bg_stroke;
        ui.painter().hline(strip.x_range(), strip.bottom(), line);
    }

    /// A column's title, order and unit.
    fn title(&mut self, ui: &mut Ui, column: Option<usize>) {
        let say = self.say;
        let shown = column.and_then(|column| self.sheet.columns.get(column));
        let title = shown.map_or(self.title, |column| &column.title);
        let mut hint = say.of("table.sort").to_owned();
        let mut under = match self.order {
            (sorted, true) if sorted == column => "▼ ".to_owned(),
            (sorted, false) if sorted == column => "▲ ".to_owned(),
            _ => String::new(),
        };
        if let Some(column) = shown {
            under.push_str(&column.unit);
            hint = format!("{title} [{}]\n{}\n\n{hint}", column.unit, column.definition).replace(" []", "");
        }
        ui.spacing_mut().item_spacing.y = 1.0;
        let text = RichText::new(title).bold();
        let button = ui.add(Button::new(text).frame(false).wrap());
        if button.on_hover_text(hint).clicked() {
            self.pressed = Some(Pressed::Head(column));
        }
        ui.add(Label::new(RichText::new(under.trim_end()).small()).wrap());
        self.head = self.head.max(ui.min_rect().height() + 8.0);
    }
}

/// Room for a cell, of which only what lies within `clip` is drawn.
fn child(ui: &mut Ui, rect: Rect, clip: Rect, layout: Layout, id: impl egui::AsIdSalt) -> Ui {
    let inner = rect.shrink2(vec2(MARGIN, 0.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout).id_salt(id));
    child.shrink_clip_rect(clip.intersect(rect));
    child
}
