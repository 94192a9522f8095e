//! Charts as SVG, drawn by `plotters`.
//!
//! Small and many rather than large and few: a phone then shows each at its full size. Colours are those of
//! light ground; the page's style replaces them on dark ground, by their names here. What a colour tells is
//! also told by dashes, and every chart stands beside its figures.

use super::axis::Axis;
use crate::command_error::CommandError;
use maud::{Markup, PreEscaped, html};
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint};
use plotters::prelude::*;
use std::ops::Range;

/// Text.
const INK: RGBColor = RGBColor(0x1A, 0x1C, 0x1E);
/// Lines behind the data.
const GRID: RGBColor = RGBColor(0xE3, 0xE6, 0xE8);
/// Axes.
const FRAME: RGBColor = RGBColor(0x8A, 0x8F, 0x94);
/// Lines of the data, from the palette of Okabe and Ito.
const SERIES: [RGBColor; 3] =
    [RGBColor(0x00, 0x72, 0xB2), RGBColor(0xD5, 0x5E, 0x00), RGBColor(0x00, 0x9E, 0x73)];
/// Pixels of the picture to one of the page, so that lines are smooth.
const FINE: u32 = 4;
/// Width \[pixels of the page\].
const WIDTH: u32 = 340;
/// Height \[pixels of the page\].
const HEIGHT: u32 = 190;
/// Text \[pixels of the page\]; `plotters` writes 1 / 1.24 of what it is told.
const TEXT: f64 = 11.0 * 1.24;

type Point = (f64, f64);
type ChartFault = Box<dyn std::error::Error>;

/// Something drawn into a chart, the first lowest. Points with a missing value are gaps.
#[derive(Clone, Debug)]
pub enum Layer {
    /// Between two lines, more or less faint.
    Band {
        /// Where it lies: place, lower and upper value.
        points: Vec<(f64, f64, f64)>,
        /// How strong, 0 to 1.
        strength: f64,
    },
    /// A line: the number of its style, and its points.
    Line(usize, Vec<Point>),
    /// Single points: the number of their style, and where they lie.
    Dots(usize, Vec<Point>),
    /// Bars that stand on zero: left, right and height.
    Bars(Vec<(f64, f64, f64)>),
    /// A dashed line over the whole width or height, such as at zero.
    Level(Direction, f64),
}

/// Where a line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Across,
    /// From bottom to top.
    Up,
}

/// A chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows, for those who do not see it.
    pub about: String,
    /// The axis from left to right.
    pub across: Axis,
    /// The axis from bottom to top.
    pub up: Axis,
    /// What is drawn.
    pub layers: Vec<Layer>,
    /// Height \[pixels of the page\]; nothing for the usual one.
    pub height: Option<u32>,
}

/// The styles' names in keys, in their order.
pub const STYLES: [&str; 3] = ["solid", "dashed", "dotted"];

/// A sample of a line's style, for a key.
pub fn sample(style: usize) -> Markup {
    let class = format!("key series-{} {}", style + 1, STYLES.get(style).copied().unwrap_or("solid"));
    html! {
        svg class=(class) viewBox="0 0 26 8" aria-hidden="true" { line x1="0" y1="4" x2="26" y2="4" {} }
    }
}

impl Chart {
    /// The chart as a part of a page.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub fn svg(&self) -> Result<Markup, CommandError> {
        let height = self.height.unwrap_or(HEIGHT);
        let size = (WIDTH * FINE, height * FINE);
        let mut text = String::new();
        self.draw(&mut text, size)
            .map_err(|fault| CommandError::run(format!("a chart cannot be drawn: {fault}")))?;
        // The picture's own opening line, with a size and a namespace that a page does not need, is replaced.
        let inner = text.split_once('>').map_or("", |(_, rest)| rest);
        let inner = inner.trim_end().strip_suffix("</svg>").unwrap_or(inner);
        let view = format!("0 0 {} {}", size.0, size.1);
        Ok(html! {
            svg class="chart" role="img" viewBox=(view) { title { (self.about) } (PreEscaped(inner)) }
        })
    }

    fn draw(&self, text: &mut String, size: (u32, u32)) -> Result<(), ChartFault> {
        let area = SVGBackend::with_string(text, size).into_drawing_area();
        let right = 6 + 3 * self.across.last_label().max(2) as u32;
        let left = 12 + 6 * self.up.longest().max(2) as u32;
        let mut chart = ChartBuilder::on(&area)
            .margin_top(8 * FINE)
            .margin_right(right * FINE)
            .margin_bottom(2 * FINE)
            .x_label_area_size(20 * FINE)
            .y_label_area_size(left * FINE)
            .build_cartesian_2d(self.across.clone(), self.up.clone())?;
        let font = ("sans-serif", TEXT * f64::from(FINE)).into_font().color(&INK);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(GRID.stroke_width(FINE))
            .axis_style(FRAME.stroke_width(FINE))
            .label_style(font)
            .set_all_tick_mark_size(4 * FINE)
            .x_label_formatter(&|value| self.across.label(*value))
            .y_label_formatter(&|value| self.up.label(*value))
            .draw()?;
        for layer in &self.layers {
            self.layer(&mut chart, layer)?;
        }
        area.present()?;
        Ok(())
    }

    fn layer(&self, chart: &mut Drawing<'_, '_>, layer: &Layer) -> Result<(), ChartFault> {
        match layer {
            Layer::Band { points, strength } => band(chart, points, *strength),
            Layer::Line(style, points) => line(chart, *style, points),
            Layer::Dots(style, points) => dots(chart, *style, points),
            Layer::Bars(bars) => self.bars(chart, bars),
            Layer::Level(direction, value) => {
                let ends = match direction {
                    Direction::Across => vec![(self.across.low, *value), (self.across.high, *value)],
                    Direction::Up => vec![(*value, self.up.low), (*value, self.up.high)],
                };
                let style = FRAME.stroke_width(FINE);
                chart.draw_series(DashedLineSeries::new(ends, 3 * FINE, 3 * FINE, style))?;
                Ok(())
            }
        }
    }

    fn bars(&self, chart: &mut Drawing<'_, '_>, bars: &[(f64, f64, f64)]) -> Result<(), ChartFault> {
        let floor = self.up.low.max(0.0);
        for &(left, right, height) in bars {
            let room = 0.06 * (right - left);
            let corners = [(left + room, floor), (right - room, height)];
            chart.draw_series(std::iter::once(Rectangle::new(corners, colour(0).filled())))?;
        }
        Ok(())
    }
}

type Drawing<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<Axis, Axis>>;

/// Our axes are drawn as they are: their own ticks, whatever the library would choose.
impl Ranged for Axis {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        let share = (value - self.low) / (self.high - self.low);
        (f64::from(from) + share * f64::from(to - from)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() { Vec::new() } else { self.values() }
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

fn colour(style: usize) -> RGBColor {
    SERIES.get(style).copied().unwrap_or(FRAME)
}

fn band(chart: &mut Drawing<'_, '_>, points: &[(f64, f64, f64)], strength: f64) -> Result<(), ChartFault> {
    let is_whole = |point: &(f64, f64, f64)| point.1.is_finite() && point.2.is_finite();
    for stretch in points.split(|point| !is_whole(point)).filter(|stretch| stretch.len() > 1) {
        let upper = stretch.iter().map(|point| (point.0, point.2));
        let lower = stretch.iter().rev().map(|point| (point.0, point.1));
        let around: Vec<Point> = upper.chain(lower).collect();
        chart.draw_series(std::iter::once(Polygon::new(around, colour(0).mix(strength))))?;
    }
    Ok(())
}

fn line(chart: &mut Drawing<'_, '_>, style: usize, points: &[Point]) -> Result<(), ChartFault> {
    let pen = colour(style).stroke_width(2 * FINE);
    for stretch in points.split(|point| !point.1.is_finite()) {
        let stretch = stretch.to_vec();
        match (stretch.len(), style) {
            (0, _) => {}
            (1, _) => dots(chart, style, &stretch)?,
            (_, 0) => drop(chart.draw_series(LineSeries::new(stretch, pen))?),
            (_, 1) => drop(chart.draw_series(DashedLineSeries::new(stretch, 6 * FINE, 3 * FINE, pen))?),
            (..) => drop(chart.draw_series(DashedLineSeries::new(stretch, 2 * FINE, 2 * FINE, pen))?),
        }
    }
    Ok(())
}

fn dots(chart: &mut Drawing<'_, '_>, style: usize, points: &[Point]) -> Result<(), ChartFault> {
    let whole = points.iter().filter(|point| point.0.is_finite() && point.1.is_finite());
    let size = 9 * FINE / 4;
    match style {
        0 => chart.draw_series(whole.map(|&point| Circle::new(point, size, colour(style).filled())))?,
        _ => chart.draw_series(
            whole.map(|&point| TriangleMarker::new(point, size + FINE, colour(style).filled())),
        )?,
    };
    Ok(())
}
