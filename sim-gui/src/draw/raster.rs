//! What egui would show, as pixels without a screen: triangles painted on the CPU, the same on any machine
//! and on a web page.
//!
//! A library that draws SVG was rejected: it would bring fonts and text layout of its own, a second time and
//! two megabytes more on the web page.

use super::scene::Scene;
use crate::theme;
use egui::epaint::{ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, Context, FullOutput, RawInput, Rect, TextureId, TexturesDelta};
use std::collections::BTreeMap;

/// Textures by what identifies them.
pub type Textures = BTreeMap<TextureId, ColorImage>;

/// Keeps the textures that egui sets, and empties the list of them.
pub fn keep(textures: &mut Textures, delta: &mut TexturesDelta) {
    // In whatever order: textures do not depend on each other.
    let changes = delta.set.iter();
    for (id, change) in changes.flat_map(|(id, changes)| changes.iter().map(move |change| (id, change))) {
        let ImageData::Color(image) = &change.image;
        match change.pos {
            None => drop(textures.insert(*id, (**image).clone())),
            Some([left, top]) => {
                if let Some(whole) = textures.get_mut(id) {
                    for (row, line) in image.pixels.chunks(image.size[0]).enumerate() {
                        let from = (top + row) * whole.size[0] + left;
                        whole.pixels[from..from + line.len()].copy_from_slice(line);
                    }
                }
            }
        }
    }
    delta.clear();
}

/// A scene that begins at the origin as a picture, of so many points and pixels to a point.
pub fn of_scene(scene: &Scene, size: egui::Vec2, ground: Color32, scale: f32) -> ColorImage {
    let context = Context::default();
    theme::install_fonts(&context);
    context.set_pixels_per_point(scale);
    let input =
        || RawInput { screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, size)), ..RawInput::default() };
    let mut textures = Textures::new();
    let mut frame = || {
        let mut output = context.run_ui(input(), |ui| {
            let painter = ui.painter().with_clip_rect(Rect::from_min_size(egui::Pos2::ZERO, size));
            painter.rect_filled(Rect::from_min_size(egui::Pos2::ZERO, size), 0.0, ground);
            scene.paint(&painter);
        });
        keep(&mut textures, &mut output.textures_delta);
        output
    };
    // Fonts and the size of pixels serve from the second frame on.
    frame();
    let output = frame();
    picture(&context, &output, &textures, size)
}

/// The picture of an output of egui, of so many points and pixels to a point.
pub fn picture(context: &Context, output: &FullOutput, textures: &Textures, size: egui::Vec2) -> ColorImage {
    let scale = output.pixels_per_point;
    let size = [(size.x * scale) as usize, (size.y * scale) as usize];
    let mut image = ColorImage::filled(size, Color32::WHITE);
    for shape in context.tessellate(output.shapes.clone(), scale) {
        if let Primitive::Mesh(mesh) = &shape.primitive
            && let Some(texture) = textures.get(&mesh.texture_id)
        {
            let clip = shape.clip_rect * scale;
            paint(&mut image, mesh, texture, clip, scale);
        }
    }
    image
}

fn paint(image: &mut ColorImage, mesh: &Mesh, texture: &ColorImage, clip: Rect, scale: f32) {
    for corners in mesh.indices.chunks_exact(3) {
        let corners = [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize]);
        triangle(image, corners, texture, clip, scale);
    }
}

fn triangle(image: &mut ColorImage, corners: [Vertex; 3], texture: &ColorImage, clip: Rect, scale: f32) {
    let [a, b, c] = corners.map(|corner| corner.pos * scale);
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if area.abs() < 1e-6 {
        return;
    }
    let span = |low: f32, high: f32, from: f32, to: f32, end: usize| {
        let first = low.max(from).floor().max(0.0) as usize;
        let last = high.min(to).ceil().max(0.0) as usize;
        first..last.min(end)
    };
    let (left, right) = (a.x.min(b.x).min(c.x), a.x.max(b.x).max(c.x));
    let (top, bottom) = (a.y.min(b.y).min(c.y), a.y.max(b.y).max(c.y));
    for row in span(top, bottom, clip.top(), clip.bottom(), image.size[1]) {
        for column in span(left, right, clip.left(), clip.right(), image.size[0]) {
            let (x, y) = (column as f32 + 0.5, row as f32 + 0.5);
            if !clip.contains(egui::pos2(x, y)) {
                continue;
            }
            let second = ((x - a.x) * (c.y - a.y) - (y - a.y) * (c.x - a.x)) / area;
            let third = ((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)) / area;
            let first = 1.0 - second - third;
            // A pixel on the edge between two triangles belongs to one of them.
            if first < 0.0 || second < 0.0 || third < 0.0 {
                continue;
            }
            let parts = [first, second, third];
            let mix = |of: &dyn Fn(&Vertex) -> f32| {
                corners.iter().zip(parts).map(|(corner, part)| of(corner) * part).sum::<f32>()
            };
            let texel = sample(texture, mix(&|corner| corner.uv.x), mix(&|corner| corner.uv.y));
            let below = &mut image.pixels[row * image.size[0] + column];
            let tint = [0, 1, 2, 3].map(|channel| mix(&|corner| f32::from(corner.color[channel])) / 255.0);
            let above = [0, 1, 2, 3].map(|channel| f32::from(texel[channel]) * tint[channel]);
            let rest = 1.0 - above[3] / 255.0;
            let blend =
                |channel: usize| (above[channel] + f32::from(below[channel]) * rest).clamp(0.0, 255.0) as u8;
            *below = Color32::from_rgb(blend(0), blend(1), blend(2));
        }
    }
}

fn sample(texture: &ColorImage, u: f32, v: f32) -> Color32 {
    let at = |share: f32, length: usize| ((share * length as f32) as usize).min(length.saturating_sub(1));
    let (column, row) = (at(u, texture.size[0]), at(v, texture.size[1]));
    texture.pixels.get(row * texture.size[0] + column).copied().unwrap_or(Color32::TRANSPARENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Align2, pos2, vec2};

    #[test]
    fn a_scene_is_painted_where_its_marks_are() {
        let mut scene = Scene::default();
        scene.line(vec![pos2(10.0, 20.0), pos2(90.0, 20.0)], Color32::RED, 4.0, 0.0);
        scene.text(pos2(10.0, 30.0), Align2::LEFT_TOP, 12.0, Color32::BLACK, "淘宝 Taobao");
        let image = of_scene(&scene, vec2(100.0, 60.0), Color32::WHITE, 2.0);
        assert_eq!(image.size, [200, 120]);
        let at = |x: usize, y: usize| image.pixels[y * 200 + x];
        assert_eq!(at(100, 40), Color32::from_rgb(255, 0, 0));
        assert_eq!(at(100, 10), Color32::WHITE);
        let dark = |x: std::ops::Range<usize>| {
            let column = move |y: usize| x.clone().map(move |x| (x, y));
            (60..90).flat_map(column).filter(|&(x, y)| at(x, y).r() < 100).count()
        };
        // Both alphabets, and nothing beyond the text.
        assert!(dark(20..44) > 40 && dark(50..110) > 40, "{} {}", dark(20..44), dark(50..110));
        assert_eq!(dark(170..200), 0);
    }
}
