//! Charts of monthly series, each with its key, its caption and its figures.

use super::axis::Axis;
use super::chart::{Chart, Layer, sample};
use super::unit::capitalised;
use crate::command_error::CommandError;
use crate::text::number::compact;
use maud::{Markup, html};

/// A line of a chart.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is, in few words.
    pub name: String,
    /// Its values, one a month; not-a-number where missing.
    pub values: Vec<f64>,
}

/// A band between two lines, one value a month.
#[derive(Clone, Debug)]
pub struct Band {
    /// Its name.
    pub name: String,
    /// Its lower edge.
    pub low: Vec<f64>,
    /// Its upper edge.
    pub high: Vec<f64>,
}

impl Band {
    /// A band from one line of values to another.
    pub fn new(name: &str, low: Vec<f64>, high: Vec<f64>) -> Band {
        Band { name: name.to_owned(), low, high }
    }
}

/// A chart of monthly values of one unit.
#[derive(Clone, Debug)]
pub struct MonthlyChart {
    /// The title, without the unit.
    pub title: String,
    /// The unit.
    pub unit: String,
    /// What is shown, in a sentence or two.
    pub definition: String,
    /// Up to three lines.
    pub lines: Vec<Line>,
    /// Bands, the widest first.
    pub bands: Vec<Band>,
}

impl MonthlyChart {
    /// Whether any value but zero is there.
    pub fn is_eventful(&self) -> bool {
        let all = self.lines.iter().flat_map(|line| &line.values);
        all.into_iter().any(|value| value.is_finite() && *value != 0.0)
    }

    /// The chart as a part of a page.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub fn figure(&self, months: &[String]) -> Result<Markup, CommandError> {
        let bands = self.bands.iter().flat_map(|band| band.low.iter().chain(&band.high));
        let values = self.lines.iter().flat_map(|line| &line.values).chain(bands);
        let up = Axis::round(values.copied());
        let zoomed = !up.has_zero();
        let chart = Chart {
            about: self.about(months),
            across: Axis::months(months),
            layers: self.layers(),
            up,
            height: None,
        };
        let title = capitalised(&self.title);
        Ok(html! {
            figure class="plot" {
                figcaption { strong { (title) } @if !self.unit.is_empty() { " " span class="unit" { "["
                    (self.unit) "]" } } }
                (self.key())
                (chart.svg()?)
                p class="definition" {
                    (self.definition)
                    @if zoomed { " The axis does not begin at zero." }
                }
                (self.table(months))
            }
        })
    }

    fn layers(&self) -> Vec<Layer> {
        let mut layers: Vec<Layer> = Vec::new();
        for band in &self.bands {
            let points = band.low.iter().zip(&band.high).enumerate();
            layers.push(Layer::Band {
                points: points.map(|(at, (&low, &high))| (at as f64, low, high)).collect(),
                strength: 0.2,
            });
        }
        for (style, line) in self.lines.iter().enumerate() {
            let points = line.values.iter().enumerate();
            layers.push(Layer::Line(style, points.map(|(at, &value)| (at as f64, value)).collect()));
        }
        layers
    }

    fn about(&self, months: &[String]) -> String {
        let message = |line: &Line| {
            let present = || line.values.iter().zip(months).filter(|(value, _)| value.is_finite());
            let (first, last) = (present().next(), present().next_back());
            let message = first.zip(last).map_or_else(
                || "no values".to_owned(),
                |((a, from), (b, to))| format!("{} in {from}, {} in {to}", compact(*a), compact(*b)),
            );
            format!("{}: {message}", line.name)
        };
        let lines: Vec<String> = self.lines.iter().map(message).collect();
        format!("Chart by month: {} [{}]. {}.", self.title, self.unit, lines.join("; "))
    }

    fn key(&self) -> Markup {
        html! {
            @if self.lines.len() > 1 || !self.bands.is_empty() {
                ul class="keys" {
                    @for (style, line) in self.lines.iter().enumerate() { li { (sample(style)) " " (line.name)
                        } }
                    @for (at, band) in self.bands.iter().enumerate() {
                        li { span class={ "swatch band-" (at + 1) } {} " " (band.name) }
                    }
                }
            }
        }
    }

    fn table(&self, months: &[String]) -> Markup {
        let mut columns: Vec<(&str, &[f64])> =
            self.lines.iter().map(|line| (line.name.as_str(), line.values.as_slice())).collect();
        let names: Vec<(String, String)> = self
            .bands
            .iter()
            .map(|Band { name, .. }| (format!("{name}: from"), format!("{name}: to")))
            .collect();
        for ((low_name, high_name), band) in names.iter().zip(&self.bands) {
            columns.push((low_name, &band.low));
            columns.push((high_name, &band.high));
        }
        html! {
            details {
                summary { "Figures by month" }
                div class="scroll" tabindex="0" {
                    table {
                        caption { (self.title) " [" (self.unit) "]" }
                        thead { tr { th scope="col" { "month" } @for (name, _) in &columns { th scope="col" {
                            (name) } } } }
                        tbody {
                            @for (at, month) in months.iter().enumerate() {
                                tr {
                                    th scope="row" { (month) }
                                    @for (_, values) in &columns { td {
                                        (compact(values.get(at).copied().unwrap_or(f64::NAN))) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
