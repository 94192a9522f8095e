//! All colours and sizes, for light and dark.
//!
//! Classes are from the palette of Okabe and Ito, which people with any common colour-blindness tell apart; the scale
//! is viridis, even in lightness. Its dark end stands for much on light ground, its light end on dark ground, so that
//! what is much always stands out.

use egui::{Color32, Context, FontFamily, FontId, TextStyle};

/// Vermilion: something is there.
const VERMILION: Color32 = Color32::from_rgb(0xD5, 0x5E, 0x00);
/// Orange: the same on dark ground.
const ORANGE: Color32 = Color32::from_rgb(0xE6, 0x9F, 0x00);
/// Blue: lines.
const BLUE: Color32 = Color32::from_rgb(0x00, 0x72, 0xB2);
/// Sky blue: lines on dark ground.
const SKY: Color32 = Color32::from_rgb(0x56, 0xB4, 0xE9);

/// Viridis at 0, 1/4, .., 1.
const VIRIDIS: [[u8; 3]; 5] = [
    [0x44, 0x01, 0x54],
    [0x3B, 0x52, 0x8B],
    [0x21, 0x91, 0x8C],
    [0x5E, 0xC9, 0x62],
    [0xFD, 0xE7, 0x25],
];

/// Colours of the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    is_dark: bool,
    /// The ground of the map.
    pub ground: Color32,
    /// Province outlines.
    pub outline: Color32,
    /// Where something is not.
    pub absent: Color32,
    /// Where something is.
    pub present: Color32,
    /// Lines of charts.
    pub line: Color32,
}

/// Colours on light ground.
pub const LIGHT: Palette = Palette {
    is_dark: false,
    ground: Color32::from_rgb(0xFC, 0xFC, 0xFA),
    outline: Color32::from_rgb(0x8A, 0x8F, 0x94),
    absent: Color32::from_rgb(0xCD, 0xD1, 0xD4),
    present: VERMILION,
    line: BLUE,
};

/// Colours on dark ground.
const DARK: Palette = Palette {
    is_dark: true,
    ground: Color32::from_rgb(0x14, 0x16, 0x18),
    outline: Color32::from_rgb(0x7C, 0x82, 0x88),
    absent: Color32::from_rgb(0x45, 0x4A, 0x4F),
    present: ORANGE,
    line: SKY,
};

impl Palette {
    /// The palette for the ground in use.
    pub fn of(ui: &egui::Ui) -> Palette {
        if ui.visuals().dark_mode { DARK } else { LIGHT }
    }

    /// The colour of a share, 0 (little) to 1 (much).
    pub fn scale(&self, share: f32) -> Color32 {
        let share = if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        };
        let at = if self.is_dark { share } else { 1.0 - share } * (VIRIDIS.len() - 1) as f32;
        let low = (at as usize).min(VIRIDIS.len() - 2);
        let (from, to, part) = (VIRIDIS[low], VIRIDIS[low + 1], at - low as f32);
        let mix = |at: usize| (f32::from(from[at]) * (1.0 - part) + f32::from(to[at]) * part + 0.5) as u8;
        Color32::from_rgb(mix(0), mix(1), mix(2))
    }
}

/// Light or dark as the system has it, and text large enough to read from a chair.
pub fn install(context: &Context) {
    context.options_mut(|options| options.fallback_theme = egui::Theme::Light);
    context.all_styles_mut(|style| {
        let sizes = [
            (TextStyle::Heading, 19.0),
            (TextStyle::Body, 14.0),
            (TextStyle::Button, 14.0),
            (TextStyle::Small, 12.0),
        ];
        for (text, size) in sizes {
            style
                .text_styles
                .insert(text, FontId::new(size, FontFamily::Proportional));
        }
        style.spacing.button_padding = egui::vec2(10.0, 4.0);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lightness(colour: Color32) -> u32 {
        u32::from(colour.r()) * 3 + u32::from(colour.g()) * 6 + u32::from(colour.b())
    }

    #[test]
    fn much_stands_out_from_the_ground() {
        for palette in [LIGHT, DARK] {
            let steps: Vec<u32> = (0..=20)
                .map(|step| lightness(palette.scale(step as f32 / 20.0)))
                .collect();
            let away = |pair: &[u32]| {
                if palette.is_dark {
                    pair[1] > pair[0]
                } else {
                    pair[1] < pair[0]
                }
            };
            assert!(steps.windows(2).all(away), "{steps:?}");
        }
        assert_eq!(LIGHT.scale(f32::NAN), LIGHT.scale(0.0));
        assert_eq!(LIGHT.scale(2.0), LIGHT.scale(1.0));
    }
}
