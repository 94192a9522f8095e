//! Figures of the nation, month by month.

use super::grouped;
use crate::run::Run;
use crate::theme::Palette;
use crate::worker::{Figures, Started};
use egui::{Align, Layout, RichText, Ui};
use egui_plot::{AxisHints, GridInput, GridMark, HoverPosition, Line, Plot, PlotPoints};
use sim_core::base::Month;

/// One chart.
struct Chart {
    title: &'static str,
    unit: &'static str,
    hint: &'static str,
    value: fn(&Figures) -> f64,
}

const CHARTS: [Chart; 3] = [
    Chart {
        title: "Stations open",
        unit: "stations",
        hint: "Village service stations open at the month's end.",
        value: |month| month.stations,
    },
    Chart {
        title: "Orders per open station",
        unit: "orders a month",
        hint: "Orders placed through stations in the month, over stations open at its end.",
        value: |month| month.orders_per_station,
    },
    Chart {
        title: "Partner income",
        unit: "yuan a month",
        hint: "Mean income of paid partners from all sources.",
        value: |month| month.partner_income,
    },
];

/// Height of a chart's title and of the room below it \[points\].
const TITLE: f32 = 32.0;

/// Draws the panel.
pub fn ui(ui: &mut Ui, run: &Run) {
    // An empty panel would shrink, and stay so.
    ui.take_available_width();
    let height = (ui.available_height() / CHARTS.len() as f32 - TITLE).max(60.0);
    let Some(started) = &run.started else { return };
    for chart in &CHARTS {
        title(ui, chart, run);
        plot(ui, chart, run, started, height);
    }
}

fn title(ui: &mut Ui, chart: &Chart, run: &Run) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(chart.title).strong())
            .on_hover_text(chart.hint);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let last = run
                .months
                .last()
                .map(chart.value)
                .filter(|value| value.is_finite());
            let value = last.map_or_else(String::new, |value| format!("{} ", number(value)));
            ui.label(format!("{value}{}", chart.unit));
        });
    });
}

fn number(value: f64) -> String {
    if value.abs() < 100.0 && value.fract() != 0.0 {
        format!("{value:.1}")
    } else {
        grouped(value.round().max(0.0) as u64)
    }
}

fn plot(ui: &mut Ui, chart: &Chart, run: &Run, started: &Started, height: f32) {
    let points: Vec<[f64; 2]> = run
        .months
        .iter()
        .map(|month| [f64::from(month.month.0), (chart.value)(month)])
        .collect();
    let points: Vec<[f64; 2]> = points.into_iter().filter(|point| point[1].is_finite()).collect();
    let line = Line::new(chart.title, PlotPoints::from(points))
        .color(Palette::of(ui).line)
        .width(2.0);
    let unit = chart.unit;
    // Reading a chart, not exploring it: a wheel or a drag that loses the view would have to be undone.
    let plot = Plot::new(chart.title)
        .height(height)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .show_x(false)
        .show_y(false)
        .include_y(0.0)
        .include_y(1.0)
        .x_grid_spacer(years)
        .custom_x_axes(vec![AxisHints::new_x().formatter(|mark, _| year(mark))])
        .custom_y_axes(vec![
            AxisHints::new_y()
                .formatter(|mark, _| tick(mark.value))
                .min_thickness(52.0),
        ])
        .label_formatter(move |at| hovered(at, unit));
    let span = [started.first, started.last].map(|day| f64::from(day.month().0));
    plot.include_x(span[0])
        .include_x(span[1])
        .show(ui, |plot| plot.line(line));
}

/// A mark for each January, and a lesser one for each July.
fn years(input: GridInput) -> Vec<GridMark> {
    let (first, last) = (
        input.bounds.0.max(0.0).ceil() as u16,
        input.bounds.1.max(0.0).floor() as u16,
    );
    let mark = |month: u16| match month % 12 {
        0 => Some(GridMark {
            value: f64::from(month),
            step_size: 12.0,
        }),
        6 => Some(GridMark {
            value: f64::from(month),
            step_size: 6.0,
        }),
        _ => None,
    };
    (first..=last).filter_map(mark).collect()
}

fn year(mark: GridMark) -> String {
    if mark.step_size < 12.0 {
        String::new()
    } else {
        Month(mark.value as u16).year().to_string()
    }
}

fn tick(value: f64) -> String {
    if value.fract() == 0.0 && value >= 0.0 {
        grouped(value as u64)
    } else {
        format!("{value}")
    }
}

fn hovered(at: &HoverPosition<'_>, unit: &str) -> Option<String> {
    match at {
        HoverPosition::NearDataPoint { position, .. } => Some(format!(
            "{}\n{} {unit}",
            Month(position.x as u16),
            number(position.y)
        )),
        HoverPosition::Elsewhere { .. } => None,
    }
}
