//! Plots of `docs/evidence.md`, as SVG.

use crate::command_error::CommandError;
use plotters::coord::Shift;
use plotters::prelude::*;
use sim_core::base::Date;
use sim_experiments::evidence::trace::Trace;
use sim_experiments::evidence::verdict::{Judged, Verdict};

const SIZE: (u32, u32) = (760, 420);
const BLUE_BAND: RGBAColor = RGBAColor(46, 110, 180, 0.25);
const BLUE_LINE: RGBColor = RGBColor(46, 110, 180);
const ORANGE: RGBColor = RGBColor(205, 92, 20);
const GREY: RGBColor = RGBColor(120, 120, 120);
const FONT: (&str, i32) = ("sans-serif", 14);

/// An outcome: its name, the share that its emulator explains, first and total index of each parameter.
pub type Indices = (String, f64, Vec<(f64, f64)>);

/// A value of a moment, between two bounds.
#[derive(Clone, Copy)]
pub struct Bounded {
    /// The moment \[years\].
    pub year: f64,
    /// The value.
    pub value: f64,
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// A curve over time with its published points.
pub struct Curve<'a> {
    /// The title.
    pub title: &'a str,
    /// Whether the vertical axis is logarithmic.
    pub logarithmic: bool,
    /// Years at the left and right.
    pub years: (f64, f64),
    /// Simulated runs: points of year and value.
    pub runs: Vec<Vec<(f64, f64)>>,
    /// What was published, between the least and the most accepted.
    pub published: Vec<Bounded>,
}

/// A day as a year and its part.
pub fn year_of(day: Date) -> f64 {
    2000.0 + day.midnight().years()
}

/// A series of traces as points at month ends, summed up from the start if asked.
pub fn points(traces: &[Trace], series: &str, summed: bool, scaled: bool) -> Vec<Vec<(f64, f64)>> {
    let of = |trace: &Trace| {
        let scale = if scaled { trace.scale } else { 1.0 };
        let mut sum = 0.0;
        let months = trace.series.get(series).into_iter().flatten().enumerate();
        months
            .map(|(at, &value)| {
                sum = if summed { sum + value } else { value };
                (2000.0 + (f64::from(trace.first) + at as f64 + 1.0) / 12.0, sum * scale)
            })
            .collect()
    };
    traces.iter().map(of).collect()
}

/// Draws a curve: the mean of runs, their 5 % to 95 % band, and what was published with what is accepted.
///
/// # Errors
/// If it cannot be drawn.
pub fn curve(plot: &Curve) -> Result<String, CommandError> {
    drawn(SIZE, |area| {
        let top = plot.published.iter().map(|point| point.high).fold(1.0, f64::max);
        let band = band(plot);
        let top = band.iter().map(|point| point.high).fold(top, f64::max) * 1.1;
        let mut builder = ChartBuilder::on(area);
        builder.caption(plot.title, FONT).margin(12).x_label_area_size(28).y_label_area_size(64);
        let years = plot.years.0..plot.years.1;
        if plot.logarithmic {
            let mut chart = builder.build_cartesian_2d(years, (1.0..top).log_scale())?;
            chart
                .configure_mesh()
                .light_line_style(TRANSPARENT)
                .x_label_formatter(&|x| format!("{x:.0}"))
                .draw()?;
            lines(&mut chart, plot, &band, 1.0)
        } else {
            let mut chart = builder.build_cartesian_2d(years, 0.0..top)?;
            chart
                .configure_mesh()
                .light_line_style(TRANSPARENT)
                .x_label_formatter(&|x| format!("{x:.1}"))
                .draw()?;
            lines(&mut chart, plot, &band, 0.0)
        }
    })
}

/// The mean of runs between their 5 % and 95 % quantile.
fn band(plot: &Curve) -> Vec<Bounded> {
    let longest = plot.runs.iter().map(Vec::len).max().unwrap_or(0);
    let at = |index: usize| {
        let mut values: Vec<f64> =
            plot.runs.iter().filter_map(|run| run.get(index)).map(|point| point.1).collect();
        values.sort_by(f64::total_cmp);
        let year = plot.runs.iter().find_map(|run| run.get(index))?.0;
        let quantile = |share: f64| values[(share * (values.len() - 1) as f64).round() as usize];
        let value = values.iter().sum::<f64>() / values.len() as f64;
        Some(Bounded { year, value, low: quantile(0.05), high: quantile(0.95) })
    };
    let inside = |point: &Bounded| (plot.years.0..=plot.years.1).contains(&point.year);
    (0..longest).filter_map(at).filter(inside).collect()
}

type EvidencePlot<'a, 'b, Y> =
    ChartContext<'a, SVGBackend<'b>, Cartesian2d<plotters::coord::types::RangedCoordf64, Y>>;

fn lines<Y>(chart: &mut EvidencePlot<'_, '_, Y>, plot: &Curve, band: &[Bounded], floor: f64) -> Drawn
where
    Y: plotters::coord::ranged1d::Ranged<ValueType = f64>,
{
    let above = |value: f64| value.max(floor);
    let upper = band.iter().map(|point| (point.year, above(point.high)));
    let lower = band.iter().rev().map(|point| (point.year, above(point.low)));
    chart.draw_series(std::iter::once(Polygon::new(upper.chain(lower).collect::<Vec<_>>(), BLUE_BAND)))?;
    let mean = band.iter().filter(|point| point.value >= floor).map(|point| (point.year, point.value));
    chart.draw_series(LineSeries::new(mean, BLUE_LINE.stroke_width(2)))?;
    for &Bounded { year, value, low, high } in &plot.published {
        chart.draw_series(std::iter::once(PathElement::new(
            vec![(year, above(low)), (year, above(high))],
            ORANGE.stroke_width(1),
        )))?;
        chart.draw_series(std::iter::once(Circle::new((year, above(value)), 4, ORANGE.filled())))?;
    }
    Ok(())
}

/// Draws all targets with numbers on one logarithmic axis: simulated over the middle of what is accepted,
/// with its interval, and what is accepted as a bar.
///
/// # Errors
/// If it cannot be drawn.
pub fn overview(judged: &[Judged]) -> Result<String, CommandError> {
    let rows: Vec<&Judged> =
        judged.iter().filter(|row| row.verdict != Verdict::NotTestable && row.mean > 0.0).collect();
    let height = 60 + 22 * rows.len() as u32;
    drawn((SIZE.0, height), |area| {
        let mut chart = ChartBuilder::on(area)
            .caption("Simulated over published", FONT)
            .margin(12)
            .x_label_area_size(28)
            .y_label_area_size(190)
            .build_cartesian_2d((0.1..10.0).log_scale(), -0.5..rows.len() as f64 - 0.5)?;
        let names: Vec<&str> = rows.iter().rev().map(|row| row.target.name.as_str()).collect();
        chart
            .configure_mesh()
            .disable_y_mesh()
            .light_line_style(TRANSPARENT)
            .y_labels(rows.len())
            .y_label_formatter(&|at| {
                let near = (at - at.round()).abs() < 1e-6;
                let name = names.get(at.round().max(0.0) as usize).filter(|_| near);
                name.map_or_else(String::new, |name| (*name).to_owned())
            })
            .draw()?;
        for (at, row) in rows.iter().rev().enumerate() {
            let reference = reference(row);
            let place = |value: f64| (value / reference).clamp(0.1, 10.0);
            let y = at as f64;
            let (low, high) = row.bounds;
            chart.draw_series(std::iter::once(Rectangle::new(
                [(place(low.max(1e-12)), y - 0.3), (place(high), y + 0.3)],
                RGBAColor(205, 92, 20, 0.2).filled(),
            )))?;
            let colour = if row.verdict == Verdict::Met { BLUE_LINE } else { RED };
            let interval = vec![(place(row.interval.0.max(1e-12)), y), (place(row.interval.1), y)];
            chart.draw_series(std::iter::once(PathElement::new(interval, GREY.stroke_width(1))))?;
            chart.draw_series(std::iter::once(Circle::new((place(row.mean), y), 4, colour.filled())))?;
        }
        Ok(())
    })
}

/// What a target's number is held against: the published figure, or the middle or edge of what is accepted.
fn reference(row: &Judged) -> f64 {
    let (low, high) = row.bounds;
    match row.published() {
        Some(figure) => figure.middle(),
        None if low.is_finite() && high.is_finite() => 0.5 * (low + high),
        None if low.is_finite() => low,
        None => high,
    }
}

type Drawn = Result<(), Box<dyn std::error::Error>>;

fn drawn(
    size: (u32, u32),
    draw: impl FnOnce(&DrawingArea<SVGBackend<'_>, Shift>) -> Drawn,
) -> Result<String, CommandError> {
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        area.fill(&WHITE)
            .map_err(Box::from)
            .and_then(|()| draw(&area))
            .and_then(|()| area.present().map_err(Box::from))
            .map_err(|error: Box<dyn std::error::Error>| {
                CommandError::run(format!("a plot cannot be drawn: {error}"))
            })?;
    }
    Ok(text)
}

/// Draws total indices as a field of squares, outcomes down and parameters across, darker for more.
///
/// # Errors
/// If it cannot be drawn.
pub fn heat(parameters: &[&str], outcomes: &[Indices]) -> Result<String, CommandError> {
    let (left, cell, top) = (430, 44, 190);
    let width = left + cell * parameters.len() as i32 + 20;
    let height = top + 22 * outcomes.len() as i32 + 12;
    drawn((width as u32, height as u32), |area| {
        let label = TextStyle::from(("sans-serif", 12).into_font());
        let upright = label.transform(FontTransform::Rotate270);
        for (at, name) in parameters.iter().enumerate() {
            area.draw(&Text::new(
                (*name).to_owned(),
                (left + cell * at as i32 + 14, top - 8),
                upright.clone(),
            ))?;
        }
        for (row, (name, _, indices)) in outcomes.iter().enumerate() {
            let y = top + 22 * row as i32;
            let short = shortened(name);
            area.draw(&Text::new(short, (8, y + 4), label.clone()))?;
            for (at, (_, total)) in indices.iter().enumerate() {
                let x = left + cell * at as i32;
                let shade = RGBAColor(46, 110, 180, total.clamp(0.0, 1.0));
                area.draw(&Rectangle::new([(x, y), (x + cell - 4, y + 18)], shade.filled()))?;
                if *total >= 0.05 {
                    area.draw(&Text::new(format!("{total:.2}"), (x + 6, y + 4), label.clone()))?;
                }
            }
        }
        Ok(())
    })
}

/// A label that its column has room for: without what follows a colon, or cut at a word, with a mark.
fn shortened(name: &str) -> String {
    const ROOM: usize = 66;
    let head = name.split(':').next().unwrap_or(name);
    if head.chars().count() <= ROOM {
        return head.to_owned();
    }
    let cut: String = head.chars().take(ROOM - 1).collect();
    let word = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!("{word} …")
}
