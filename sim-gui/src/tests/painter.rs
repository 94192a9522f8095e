//! Paints what egui draws on the CPU, so that pictures are the same on every machine and need no graphics.

use egui::epaint::{ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Textures by what identifies them.
pub type Textures = Rc<RefCell<BTreeMap<TextureId, ColorImage>>>;

/// Keeps the textures that egui sets.
#[derive(Default)]
pub struct Painter {
    /// The textures, shared with who paints.
    pub textures: Textures,
}

impl TestRenderer for Painter {
    // In whatever order: textures do not depend on each other.
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.textures.borrow_mut();
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
        drop(textures);
        delta.clear();
    }
}

/// The picture of an output of egui, of so many points and pixels to a point.
pub fn picture(
    context: &egui::Context,
    output: &egui::FullOutput,
    textures: &Textures,
    size: egui::Vec2,
) -> ColorImage {
    let scale = output.pixels_per_point;
    let size = [(size.x * scale) as usize, (size.y * scale) as usize];
    let mut image = ColorImage::filled(size, Color32::WHITE);
    let textures = textures.borrow();
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

fn paint(image: &mut ColorImage, mesh: &Mesh, texture: &ColorImage, clip: egui::Rect, scale: f32) {
    for corners in mesh.indices.chunks_exact(3) {
        let corners = [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize]);
        triangle(image, corners, texture, clip, scale);
    }
}

fn triangle(
    image: &mut ColorImage,
    corners: [Vertex; 3],
    texture: &ColorImage,
    clip: egui::Rect,
    scale: f32,
) {
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
                corners
                    .iter()
                    .zip(parts)
                    .map(|(corner, part)| of(corner) * part)
                    .sum::<f32>()
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
    texture
        .pixels
        .get(row * texture.size[0] + column)
        .copied()
        .unwrap_or(Color32::TRANSPARENT)
}
