//! Marks on a rectangle, painted by egui or written as SVG.
//!
//! What has no value has no place: a point that is not finite stops here, where marks are added, and never
//! reaches a painter, which would end the program. Lines and bands have a gap there.

use egui::{Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke};
use std::fmt::Write as _;

/// One mark, in points.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line through points.
    Line {
        /// The points, at least two.
        points: Vec<Pos2>,
        /// Colour.
        colour: Color32,
        /// Width.
        width: f32,
        /// Length of dashes and gaps; 0 for none.
        dash: f32,
    },
    /// The area between two lines over the same abscissae.
    Band {
        /// Upper line.
        upper: Vec<Pos2>,
        /// Lower line, as many points.
        lower: Vec<Pos2>,
        /// Colour, with its transparency.
        colour: Color32,
    },
    /// A disc with a rim.
    Dot {
        /// Where.
        at: Pos2,
        /// Radius.
        radius: f32,
        /// Colour.
        colour: Color32,
        /// Colour of the rim.
        rim: Color32,
    },
    /// A text.
    Text {
        /// Where.
        at: Pos2,
        /// What point of the text is there.
        align: Align2,
        /// Height.
        size: f32,
        /// Colour.
        colour: Color32,
        /// What.
        text: String,
    },
}

/// Marks, later ones over earlier ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// The marks.
    pub marks: Vec<Mark>,
}

/// How far points of a line lie apart at least \[points of the screen\].
const APART: f32 = 0.01;

impl Scene {
    /// Adds a mark; of one with points that are not finite, what is left of it.
    pub fn add(&mut self, mark: Mark) {
        match mark {
            Mark::Line { points, colour, width, dash } => self.line(points, colour, width, dash),
            Mark::Band { upper, lower, colour } => self.band(&upper, &lower, colour),
            Mark::Dot { at, radius, .. } if !(at.is_finite() && radius.is_finite()) => {}
            Mark::Text { at, .. } if !at.is_finite() => {}
            mark => self.marks.push(mark),
        }
    }

    /// Adds a text.
    pub fn text(&mut self, at: Pos2, align: Align2, size: f32, colour: Color32, text: impl Into<String>) {
        let text = text.into();
        self.add(Mark::Text { at, align, size, colour, text });
    }

    /// Adds a line, with gaps where a point is not finite. A point between gaps is a dot, and so are points
    /// that lie on each other: through three of those the painter draws a line without a place.
    pub fn line(&mut self, points: Vec<Pos2>, colour: Color32, width: f32, dash: f32) {
        for part in points.split(|point| !point.is_finite()) {
            let mut points = part.to_vec();
            points.dedup_by(|next, at| at.distance(*next) < APART);
            match points[..] {
                [] => {}
                [at] => self.marks.push(Mark::Dot { at, radius: width, colour, rim: colour }),
                _ => self.marks.push(Mark::Line { points, colour, width, dash }),
            }
        }
    }

    /// Adds the area between two lines, with gaps where either has a point that is not finite.
    fn band(&mut self, upper: &[Pos2], lower: &[Pos2], colour: Color32) {
        let pairs: Vec<(Pos2, Pos2)> = upper.iter().copied().zip(lower.iter().copied()).collect();
        for part in pairs.split(|(above, below)| !(above.is_finite() && below.is_finite())) {
            if part.len() > 1 {
                let (upper, lower) = part.iter().copied().unzip();
                self.marks.push(Mark::Band { upper, lower, colour });
            }
        }
    }

    /// Paints it.
    pub fn paint(&self, painter: &Painter) {
        for mark in &self.marks {
            match mark {
                Mark::Line { points, colour, width, dash } if *dash > 0.0 => {
                    let stroke = Stroke::new(*width, *colour);
                    painter.extend(Shape::dashed_line(points, stroke, *dash, *dash));
                }
                Mark::Line { points, colour, width, .. } => {
                    painter.add(Shape::line(points.clone(), Stroke::new(*width, *colour)));
                }
                Mark::Band { upper, lower, colour } => {
                    painter.add(Shape::mesh(strip(upper, lower, *colour)));
                }
                Mark::Dot { at, radius, colour, rim } => {
                    painter.circle(*at, *radius, *colour, Stroke::new(1.2, *rim));
                }
                Mark::Text { at, align, size, colour, text } => {
                    painter.text(*at, *align, text, FontId::proportional(*size), *colour);
                }
            }
        }
    }

    /// Writes it as an SVG picture of a rectangle.
    pub fn svg(&self, rect: Rect, ground: Color32) -> String {
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{} {} {} {}\" width=\"{}\" height=\"{}\" \
             font-family=\"sans-serif\">\n<rect x=\"{}\" y=\"{}\" width=\"100%\" height=\"100%\" \
             fill=\"{}\"/>\n",
            rect.left(),
            rect.top(),
            rect.width(),
            rect.height(),
            rect.width(),
            rect.height(),
            rect.left(),
            rect.top(),
            hex(ground)
        );
        for mark in &self.marks {
            write_mark(&mut text, mark);
        }
        text.push_str("</svg>\n");
        text
    }
}

fn strip(upper: &[Pos2], lower: &[Pos2], colour: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for (above, below) in upper.iter().zip(lower) {
        mesh.colored_vertex(*above, colour);
        mesh.colored_vertex(*below, colour);
    }
    for pair in 1..upper.len().min(lower.len()) as u32 {
        let at = 2 * pair;
        mesh.add_triangle(at - 2, at - 1, at);
        mesh.add_triangle(at - 1, at, at + 1);
    }
    mesh
}

fn hex(colour: Color32) -> String {
    let [r, g, b, _] = colour.to_srgba_unmultiplied();
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn opacity(colour: Color32) -> f32 {
    f32::from(colour.a()) / 255.0
}

fn path(points: &[Pos2]) -> String {
    let pairs: Vec<String> = points.iter().map(|point| format!("{:.1},{:.1}", point.x, point.y)).collect();
    pairs.join(" ")
}

fn write_mark(out: &mut String, mark: &Mark) {
    // Writing to a text cannot fail.
    let _ = match mark {
        Mark::Line { points, colour, width, dash } => {
            let dashes = if *dash > 0.0 { format!(" stroke-dasharray=\"{dash}\"") } else { String::new() };
            writeln!(
                out,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"{dashes}/>",
                path(points),
                hex(*colour)
            )
        }
        Mark::Band { upper, lower, colour } => {
            let around: Vec<Pos2> = upper.iter().chain(lower.iter().rev()).copied().collect();
            writeln!(
                out,
                "<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"{:.2}\"/>",
                path(&around),
                hex(*colour),
                opacity(*colour)
            )
        }
        Mark::Dot { at, radius, colour, rim } => writeln!(
            out,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius}\" fill=\"{}\" stroke=\"{}\"/>",
            at.x,
            at.y,
            hex(*colour),
            hex(*rim)
        ),
        Mark::Text { at, align, size, colour, text } => {
            let anchor = match align.x() {
                egui::Align::Min => "start",
                egui::Align::Center => "middle",
                egui::Align::Max => "end",
            };
            let shift = match align.y() {
                egui::Align::Min => 0.8 * size,
                egui::Align::Center => 0.35 * size,
                egui::Align::Max => -0.2 * size,
            };
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\" \
                 fill=\"{}\">{text}</text>",
                at.x,
                at.y + shift,
                hex(*colour)
            )
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_scene_is_sound_svg() {
        let mut scene = Scene::default();
        let points = vec![pos2(0.0, 0.0), pos2(10.0, 5.0)];
        scene.line(points.clone(), Color32::RED, 2.0, 4.0);
        scene.add(Mark::Band {
            upper: points.clone(),
            lower: points,
            colour: Color32::from_rgba_unmultiplied(255, 0, 0, 128),
        });
        scene.text(pos2(1.0, 1.0), Align2::LEFT_TOP, 10.0, Color32::BLACK, "a < b & c");
        let svg = scene.svg(Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 50.0)), Color32::WHITE);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
        assert!(svg.contains("a &lt; b &amp; c") && svg.contains("fill-opacity=\"0.50\""));
        assert_eq!(svg.matches('<').count(), svg.matches('>').count());
    }
}
