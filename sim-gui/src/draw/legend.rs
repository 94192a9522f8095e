//! What the marks of a chart stand for: the same beside every chart, on the screen and in a file.

use super::chart::Chart;
use super::scene::{Mark, Scene};
use crate::theme::Palette;
use egui::{Color32, Rect, pos2, vec2};
use sim_core::base::Month;

/// How something is drawn in a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// A curve.
    Line {
        /// Colour.
        colour: Color32,
        /// Width.
        width: f32,
        /// Length of dashes; 0 for none.
        dash: f32,
    },
    /// Where half and nine tenths of the runs lie.
    Bands(Color32),
    /// A published figure.
    Dot {
        /// Colour.
        ground: Color32,
        /// Colour of the rim.
        rim: Color32,
    },
    /// A moment.
    Moment {
        /// Colour.
        colour: Color32,
        /// Length of dashes; 0 for none.
        dash: f32,
    },
}

/// A sign and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The sign.
    pub sign: Sign,
    /// What it stands for.
    pub text: String,
}

/// The opaque part of the bands: of nine tenths, and of half of the runs.
pub const BANDS: [(u8, usize, usize); 2] = [(40, 0, 4), (60, 1, 3)];

/// A colour seen through.
pub fn faded(colour: Color32, alpha: u8) -> Color32 {
    let [r, g, b, _] = colour.to_srgba_unmultiplied();
    Color32::from_rgba_unmultiplied(r, g, b, alpha)
}

impl Sign {
    /// Draws it into a rectangle.
    pub fn draw(&self, scene: &mut Scene, rect: Rect) {
        match *self {
            Sign::Line { colour, width, dash } => {
                scene.line(vec![rect.left_center(), rect.right_center()], colour, width, dash);
            }
            Sign::Bands(colour) => {
                for ((alpha, ..), part) in BANDS.into_iter().zip([1.0, 0.5]) {
                    let band =
                        Rect::from_center_size(rect.center(), vec2(rect.width(), rect.height() * part));
                    scene.add(Mark::Band {
                        upper: vec![band.left_top(), band.right_top()],
                        lower: vec![band.left_bottom(), band.right_bottom()],
                        colour: faded(colour, alpha),
                    });
                }
            }
            Sign::Dot { ground, rim } => {
                scene.add(Mark::Dot { at: rect.center(), radius: 0.29 * rect.height(), colour: ground, rim })
            }
            Sign::Moment { colour, dash } => {
                let x = rect.center().x;
                scene.line(vec![pos2(x, rect.top()), pos2(x, rect.bottom())], colour, 1.0, dash);
            }
        }
    }
}

/// Everything that a chart shows, the present plan first. Curves of a plan before are told as such.
pub fn entries(chart: &Chart, palette: &Palette, is_stale: bool) -> Vec<Entry> {
    let say = chart.say;
    let mut entries = Vec::new();
    for (number, curve) in chart.curves.iter().rev().enumerate() {
        let text = match (number, is_stale) {
            (0, true) if curve.points.is_empty() => say.of("status.first").to_owned(),
            (0, true) => say.of("charts.stale").to_owned(),
            (0, false) => format!("{} ({})", say.of("charts.plan"), curve.name),
            _ => curve.name.clone(),
        };
        entries.push(Entry {
            sign: Sign::Line { colour: curve.colour, width: curve.width, dash: curve.dash },
            text,
        });
    }
    if let Some(curve) = chart.curves.last().filter(|curve| curve.has_band) {
        entries.push(Entry { sign: Sign::Bands(curve.colour), text: say.of("charts.bands").to_owned() });
    }
    if chart.has_facts() {
        entries.push(Entry {
            sign: Sign::Dot { ground: palette.ground, rim: palette.ink },
            text: say.of("charts.published").to_owned(),
        });
    }
    let within = |month: &f64| (chart.months.0..=chart.months.1).contains(month);
    if chart.branch.is_some_and(|month| within(&month)) {
        entries.push(Entry {
            sign: Sign::Moment { colour: palette.series[3], dash: 3.0 },
            text: say.of("sign.branch.text").to_owned(),
        });
    }
    if let Some(month) = chart.cursor.filter(within) {
        let month = Month(month.clamp(0.0, 60_000.0) as u16).to_string();
        entries.push(Entry {
            sign: Sign::Moment { colour: palette.ink, dash: 0.0 },
            text: say.with("charts.cursor", &[&month]),
        });
    }
    entries
}
