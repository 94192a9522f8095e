//! Curves with bands, a ghost, published dots and events, as a scene.

use super::axis;
use super::legend;
use super::scene::{Mark, Scene};
use crate::facts::Fact;
use crate::text::Say;
use crate::theme::Palette;
use crate::work::store::Spread;
use egui::{Align2, Color32, Pos2, Rect, pos2};
use sim_core::base::Unit;

/// One curve.
#[derive(Clone, Debug)]
pub struct Curve {
    /// The plan that it is of.
    pub plan: u128,
    /// Its name.
    pub name: String,
    /// Month by month.
    pub points: Vec<Spread>,
    /// Colour.
    pub colour: Color32,
    /// Width of the line.
    pub width: f32,
    /// Length of dashes; 0 for none.
    pub dash: f32,
    /// Whether its bands are drawn.
    pub has_band: bool,
    /// How many runs it rests on.
    pub runs: usize,
    /// Villages that they simulate, and villages in all.
    pub villages: (u64, u64),
    /// Whether it is drawn; else it is only named.
    pub is_drawn: bool,
}

/// A chart of one outcome over months.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Curves, later ones over earlier ones.
    pub curves: Vec<Curve>,
    /// Published figures.
    pub facts: Vec<Fact>,
    /// First and last month of the axis.
    pub months: (f64, f64),
    /// Months to mark: a playing cursor, a branch.
    pub cursor: Option<f64>,
    /// Where the plan branches.
    pub branch: Option<f64>,
    /// Height of texts.
    pub text: f32,
    /// The unit of its values, as the library has it.
    pub unit: Unit,
    /// The language of its words and numbers.
    pub say: Say,
}

/// Where a chart draws what.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The plot without axes.
    pub plot: Rect,
    months: (f64, f64),
    values: (f64, f64),
}

impl Frame {
    /// The point of a month and a value.
    pub fn at(&self, month: f64, value: f64) -> Pos2 {
        let along = (month - self.months.0) / (self.months.1 - self.months.0).max(1e-9);
        let up = (value - self.values.0) / (self.values.1 - self.values.0).max(1e-12);
        pos2(
            self.plot.left() + self.plot.width() * along as f32,
            self.plot.bottom() - self.plot.height() * up.clamp(-0.2, 1.2) as f32,
        )
    }

    /// The month at a point.
    pub fn month(&self, x: f32) -> f64 {
        let share = f64::from((x - self.plot.left()) / self.plot.width().max(1.0));
        self.months.0 + share * (self.months.1 - self.months.0)
    }
}

/// A month's figures are those at its end.
fn x(spread: &Spread) -> f64 {
    f64::from(spread.month.0) + 1.0
}

/// The month axis position of a fact.
fn fact_x(fact: &Fact) -> f64 {
    let month = fact.date.month();
    f64::from(month.0) + f64::from(fact.date.day_of_month()) / f64::from(month.days().max(1))
}

impl Chart {
    /// The curves that are drawn, by their numbers.
    fn drawn(&self) -> impl Iterator<Item = (usize, &Curve)> {
        self.curves.iter().enumerate().filter(|(_, curve)| curve.is_drawn)
    }

    /// Least and greatest value shown.
    fn values(&self) -> (f64, f64) {
        let curves = self.drawn().flat_map(|(_, curve)| {
            let range = if curve.has_band { 0..5 } else { 2..3 };
            curve.points.iter().flat_map(move |point| point.at[range.clone()].iter().copied())
        });
        let inside = |fact: &&Fact| (self.months.0..=self.months.1).contains(&fact_x(fact));
        let facts = self.facts.iter().filter(inside).map(|fact| fact.value);
        let (low, high) = curves
            .chain(facts)
            .filter(|value| value.is_finite())
            .fold((0.0f64, 0.0f64), |(low, high), value| (low.min(value), high.max(value)));
        let room = (high - low) * 0.06;
        match () {
            () if high - low <= 0.0 => (0.0, 1.0),
            () if low < 0.0 => (low - room, high + room),
            () => (0.0, high + room),
        }
    }

    /// Whether published figures lie within its months.
    pub fn has_facts(&self) -> bool {
        let mut facts = self.facts.iter();
        facts.any(|fact| (self.months.0..=self.months.1).contains(&fact_x(fact)))
    }

    /// Lays it out in a rectangle.
    pub fn frame(&self, rect: Rect) -> Frame {
        let plot = Rect::from_min_max(
            pos2(rect.left() + 4.0 * self.text, rect.top() + 0.5 * self.text),
            pos2(rect.right() - 0.8 * self.text, rect.bottom() - 1.6 * self.text),
        );
        Frame { plot, months: self.months, values: self.values() }
    }

    /// Draws it into a rectangle.
    pub fn draw(&self, rect: Rect, palette: &Palette) -> Scene {
        let frame = self.frame(rect);
        let mut scene = Scene::default();
        self.axes(&mut scene, &frame, palette);
        for (_, curve) in self.drawn() {
            draw_curve(&mut scene, &frame, curve);
        }
        for fact in &self.facts {
            let at = frame.at(fact_x(fact), fact.value);
            if frame.plot.expand(2.0).contains(at) {
                scene.add(Mark::Dot {
                    at,
                    radius: 0.28 * self.text,
                    colour: palette.ground,
                    rim: palette.ink,
                });
            }
        }
        scene
    }

    fn axes(&self, scene: &mut Scene, frame: &Frame, palette: &Palette) {
        let plot = frame.plot;
        let about = (plot.height() / (2.2 * self.text)).clamp(2.0, 6.0) as usize;
        for value in axis::ticks(frame.values.0, frame.values.1, about) {
            let y = frame.at(self.months.0, value).y;
            scene.line(vec![pos2(plot.left(), y), pos2(plot.right(), y)], palette.grid, 1.0, 0.0);
            let at = pos2(plot.left() - 0.4 * self.text, y);
            scene.text(at, Align2::RIGHT_CENTER, self.text, palette.faint, self.say.mark(value, self.unit));
        }
        for (month, label) in axis::months(self.months.0, self.months.1, plot.width() * 12.0 / self.text) {
            let x = frame.at(month, 0.0).x;
            scene.line(vec![pos2(x, plot.top()), pos2(x, plot.bottom())], palette.grid, 1.0, 0.0);
            // The last label ends with the plot, and is not cut there; the first begins with it, clear of the
            // lowest value.
            let half = 0.29 * self.text * label.len() as f32;
            let (x, align) = match () {
                () if x + half > plot.right() + 0.6 * self.text => {
                    (plot.right() + 0.6 * self.text, Align2::RIGHT_TOP)
                }
                () if x - half < plot.left() => (plot.left(), Align2::LEFT_TOP),
                () => (x, Align2::CENTER_TOP),
            };
            let at = pos2(x, plot.bottom() + 0.3 * self.text);
            scene.text(at, align, self.text, palette.faint, label);
        }
        for (month, colour, dash) in [(self.branch, palette.series[3], 3.0), (self.cursor, palette.ink, 0.0)]
        {
            if let Some(month) = month.filter(|month| (self.months.0..=self.months.1).contains(month)) {
                let x = frame.at(month, 0.0).x;
                scene.line(vec![pos2(x, plot.top()), pos2(x, plot.bottom())], colour, 1.0, dash);
            }
        }
    }

    fn amount(&self, value: f64) -> String {
        self.say.amount(value, self.unit)
    }

    /// What stands at a month: a line for each curve, and the published figures near it.
    pub fn readout(&self, month: f64, unit: &str) -> String {
        let mut lines = Vec::new();
        for (_, curve) in self.drawn() {
            let near =
                curve.points.iter().min_by(|a, b| (x(a) - month).abs().total_cmp(&(x(b) - month).abs()));
            if let Some(point) = near {
                let band = if curve.has_band && point.at[4] > point.at[0] {
                    format!(" ({} – {})", self.amount(point.at[0]), self.amount(point.at[4]))
                } else {
                    String::new()
                };
                lines.push(format!("{}  {}: {}{band}", point.month, curve.name, self.amount(point.at[2])));
            }
        }
        let near = self.facts.iter().filter(|fact| (fact_x(fact) - month).abs() < 1.0);
        lines.extend(near.map(|fact| {
            let published = match fact.is_opened {
                true => self.say.of("charts.published.opened"),
                false => self.say.of("charts.published"),
            };
            let value = self.amount(fact.value);
            format!("{}  {published}: {value} {}", fact.date, fact.source)
        }));
        format!("{}\n[{unit}]", lines.join("\n"))
    }

    /// The number of the curve that passes nearest to a point, within so many points.
    pub fn nearest(&self, frame: &Frame, at: Pos2, within: f32) -> Option<usize> {
        let month = frame.month(at.x);
        let distance = |curve: &Curve| {
            let near =
                curve.points.iter().min_by(|a, b| (x(a) - month).abs().total_cmp(&(x(b) - month).abs()))?;
            Some((frame.at(x(near), near.at[2]).y - at.y).abs())
        };
        let found = self.drawn().filter_map(|(index, curve)| Some((index, distance(curve)?)));
        found.filter(|found| found.1 <= within).min_by(|a, b| a.1.total_cmp(&b.1)).map(|found| found.0)
    }
}

fn draw_curve(scene: &mut Scene, frame: &Frame, curve: &Curve) {
    let line = |which: usize| -> Vec<Pos2> {
        curve.points.iter().map(|point| frame.at(x(point), point.at[which])).collect()
    };
    if curve.has_band {
        for (alpha, low, high) in legend::BANDS {
            scene.add(Mark::Band {
                upper: line(high),
                lower: line(low),
                colour: legend::faded(curve.colour, alpha),
            });
        }
    }
    scene.line(line(2), curve.colour, curve.width, curve.dash);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;
    use sim_core::base::Month;
    use sim_core::unit;

    fn chart() -> Chart {
        let points = (0..12)
            .map(|month| Spread {
                month: Month(180 + month),
                at: [0.8, 0.9, 1.0, 1.1, 1.2].map(|part| part * f64::from(month) * 100.0),
            })
            .collect();
        Chart {
            curves: vec![Curve {
                plan: 0,
                name: "plan".to_owned(),
                points,
                colour: Color32::BLUE,
                width: 2.0,
                dash: 0.0,
                has_band: true,
                runs: 5,
                villages: (5, 5),
                is_drawn: true,
            }],
            facts: crate::facts::of("stations_open", &crate::facts::Covered::everything()),
            months: (180.0, 192.0),
            cursor: Some(185.0),
            branch: None,
            text: 11.0,
            unit: unit!(Stations),
            say: Say::default(),
        }
    }

    #[test]
    fn everything_lies_inside_the_rectangle() {
        let rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(410.0, 220.0));
        let scene = chart().draw(rect, &Palette::of(Theme::Light));
        assert!(scene.marks.len() > 10);
        for mark in &scene.marks {
            if let Mark::Line { points, .. } = mark {
                assert!(points.iter().all(|point| rect.contains(*point)), "{mark:?}");
            }
        }
    }

    #[test]
    fn a_point_tells_its_month_and_curve() {
        let chart = chart();
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 200.0));
        let frame = chart.frame(rect);
        let at = frame.at(186.0, 500.0);
        assert!((frame.month(at.x) - 186.0).abs() < 0.01);
        assert_eq!(chart.nearest(&frame, at, 5.0), Some(0));
        assert_eq!(chart.nearest(&frame, pos2(at.x, at.y - 80.0), 5.0), None);
        let message = chart.readout(186.0, "stations");
        assert!(message.contains("plan: 500 (400 – 600)") && message.contains("[stations]"), "{message}");
    }
}
