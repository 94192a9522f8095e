//! All colours and sizes: light, dark, and projector (white ground, black text, thick lines).
//!
//! Classes are from the palette of Okabe and Ito, which people with any common colour-blindness tell apart;
//! the scale of amounts is viridis, even in lightness, and that of differences runs from blue over the ground
//! to orange. The far end of viridis from the ground stands for much, so that what is much always stands out.
//! Lines differ in dashes too.

use egui::{Color32, Context, CornerRadius, FontFamily, FontId, Frame, RichText, Stroke, TextStyle, Visuals};
use serde::{Deserialize, Serialize};

/// A theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// Dark text on light ground.
    #[default]
    Light,
    /// Light text on dark ground.
    Dark,
    /// For a lit room: black on white, thick lines.
    Projector,
}

impl Theme {
    /// All themes.
    pub const ALL: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Projector];

    /// Its name, as a key of texts.
    pub fn key(self) -> &'static str {
        match self {
            Theme::Light => "theme.light",
            Theme::Dark => "theme.dark",
            Theme::Projector => "theme.projector",
        }
    }
}

const fn rgb(code: u32) -> Color32 {
    Color32::from_rgb((code >> 16) as u8, (code >> 8) as u8, code as u8)
}

/// Viridis at 0, 1/4, .., 1.
const VIRIDIS: [Color32; 5] = [rgb(0x440154), rgb(0x3B528B), rgb(0x21918C), rgb(0x5EC962), rgb(0xFDE725)];

/// Colours of the results.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    is_dark: bool,
    /// The ground of maps and charts.
    pub ground: Color32,
    /// The ground of panels.
    pub panel: Color32,
    /// Buttons.
    pub button: Color32,
    /// Lines around cards and between panels.
    pub frame: Color32,
    /// Every other row of a table.
    pub stripe: Color32,
    /// Text on that ground.
    pub ink: Color32,
    /// Lesser text, axes.
    pub faint: Color32,
    /// Grid lines.
    pub grid: Color32,
    /// Province outlines.
    pub outline: Color32,
    /// Land.
    pub land: Color32,
    /// Where something is not.
    pub absent: Color32,
    /// Where something is.
    pub present: Color32,
    /// The present plan, and kept plans, in order.
    pub series: [Color32; 4],
    /// The baseline.
    pub ghost: Color32,
    /// What is better or more.
    pub gain: Color32,
    /// What is worse or less.
    pub loss: Color32,
    /// Width of the present plan's line \[points\].
    pub line: f32,
}

const LIGHT: Palette = Palette {
    is_dark: false,
    ground: rgb(0xFFFFFF),
    panel: rgb(0xF4F5F6),
    button: rgb(0xE3E6E9),
    frame: rgb(0xD5D9DD),
    stripe: rgb(0xF3F5F7),
    ink: rgb(0x1B1E21),
    faint: rgb(0x5A6066),
    grid: rgb(0xE6E8EA),
    outline: rgb(0x9AA0A6),
    land: rgb(0xF2F2EE),
    absent: rgb(0xC3C8CC),
    present: rgb(0xD55E00),
    series: [rgb(0x0072B2), rgb(0xD55E00), rgb(0x009E73), rgb(0xAA4499)],
    ghost: rgb(0x8A8F94),
    gain: rgb(0x0072B2),
    loss: rgb(0xD55E00),
    line: 2.2,
};

const DARK: Palette = Palette {
    is_dark: true,
    ground: rgb(0x17191B),
    panel: rgb(0x1F2225),
    button: rgb(0x33383D),
    frame: rgb(0x383D42),
    stripe: rgb(0x1E2124),
    ink: rgb(0xE8EAEC),
    faint: rgb(0xA6ADB3),
    grid: rgb(0x2A2E32),
    outline: rgb(0x6C7278),
    land: rgb(0x222629),
    absent: rgb(0x474C51),
    present: rgb(0xE69F00),
    series: [rgb(0x56B4E9), rgb(0xE69F00), rgb(0x2FC9A0), rgb(0xDD88CC)],
    ghost: rgb(0x8C9399),
    gain: rgb(0x56B4E9),
    loss: rgb(0xE69F00),
    line: 2.2,
};

impl Palette {
    /// That of a theme.
    pub fn of(theme: Theme) -> Palette {
        match theme {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
            Theme::Projector => Palette {
                ground: Color32::WHITE,
                panel: Color32::WHITE,
                frame: rgb(0x333333),
                ink: Color32::BLACK,
                faint: rgb(0x333333),
                outline: rgb(0x444444),
                ghost: rgb(0x6A6A6A),
                line: 4.0,
                ..LIGHT
            },
        }
    }

    /// Text about what went wrong, or got worse: darker than what is drawn, to be read.
    pub fn loss_text(&self) -> Color32 {
        match self.is_dark {
            true => self.loss,
            false => rgb(0xA84300),
        }
    }

    /// Text about what is better or more.
    pub fn gain_text(&self) -> Color32 {
        match self.is_dark {
            true => self.gain,
            false => rgb(0x005A8C),
        }
    }

    /// The colour of a share, 0 (little) to 1 (much).
    pub fn scale(&self, share: f32) -> Color32 {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let at = if self.is_dark { share } else { 1.0 - share } * (VIRIDIS.len() - 1) as f32;
        let low = (at as usize).min(VIRIDIS.len() - 2);
        mix(VIRIDIS[low], VIRIDIS[low + 1], at - low as f32)
    }

    /// The colour of a difference, -1 (less) over 0 to 1 (more).
    pub fn difference(&self, share: f32) -> Color32 {
        let share = if share.is_finite() { share.clamp(-1.0, 1.0) } else { 0.0 };
        let end = if share < 0.0 { self.loss } else { self.gain };
        // Small differences must be seen: half the way is gone at a quarter.
        mix(self.absent, end, share.abs().sqrt())
    }
}

/// A colour between two.
pub fn mix(from: Color32, to: Color32, part: f32) -> Color32 {
    let between = |from: u8, to: u8| (f32::from(from) * (1.0 - part) + f32::from(to) * part + 0.5) as u8;
    Color32::from_rgb(between(from.r(), to.r()), between(from.g(), to.g()), between(from.b(), to.b()))
}

/// Latin letters and Chinese: a part of Noto Sans CJK SC (`fonts/subset.py`).
const REGULAR: &[u8] = include_bytes!("../fonts/regular.otf");

/// Latin letters in bold, of the same font.
const BOLD: &[u8] = include_bytes!("../fonts/bold.otf");

/// The family of headings and of what matters most.
fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Text in bold, where the font has it: letters and digits.
pub trait Weight {
    /// The same in bold.
    #[must_use]
    fn bold(self) -> RichText;
}

impl Weight for RichText {
    fn bold(self) -> RichText {
        self.family(bold()).strong()
    }
}

/// Adds the fonts that ship with the window. Once, at the start; they serve from the next frame on.
pub fn install_fonts(context: &Context) {
    let mut fonts = egui::FontDefinitions::default();
    for (name, bytes) in [("regular", REGULAR), ("bold", BOLD)] {
        let data = egui::FontData::from_static(bytes);
        fonts.font_data.insert(name.to_owned(), data.into());
    }
    // egui's own fonts come last, for signs that the shipped ones lack.
    let own = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let list = |names: &[&str]| -> Vec<String> {
        let names = names.iter().map(|name| (*name).to_owned());
        names.chain(own.iter().cloned()).collect()
    };
    fonts.families.insert(bold(), list(&["bold", "regular"]));
    fonts.families.insert(FontFamily::Proportional, list(&["regular"]));
    let digits = fonts.families.entry(FontFamily::Monospace).or_default();
    digits.push("regular".to_owned());
    context.set_fonts(fonts);
}

/// Sets a theme: colours, and text large enough to read from a chair.
pub fn install(context: &Context, theme: Theme) {
    let palette = Palette::of(theme);
    context.set_theme(if theme == Theme::Dark { egui::Theme::Dark } else { egui::Theme::Light });
    context.all_styles_mut(|style| {
        let sizes = [
            (TextStyle::Heading, bold(), 16.5),
            (TextStyle::Body, FontFamily::Proportional, 13.0),
            (TextStyle::Button, FontFamily::Proportional, 13.0),
            (TextStyle::Small, FontFamily::Proportional, 11.0),
            (TextStyle::Monospace, FontFamily::Monospace, 12.0),
        ];
        for (text, family, size) in sizes {
            style.text_styles.insert(text, FontId::new(size, family));
        }
        style.spacing.button_padding = egui::vec2(8.0, 3.0);
        style.spacing.item_spacing = egui::vec2(8.0, 6.0);
        style.spacing.interact_size = egui::vec2(36.0, 22.0);
        style.spacing.window_margin = egui::Margin::same(14);
        style.spacing.menu_margin = egui::Margin::same(8);
        // Moving panels by themselves would repaint a window at rest.
        style.animation_time = 0.0;
    });
    context.set_visuals(visuals(theme, &palette));
}

/// egui's colours for a theme.
fn visuals(theme: Theme, palette: &Palette) -> Visuals {
    let mut visuals = if theme == Theme::Dark { Visuals::dark() } else { Visuals::light() };
    let frame = Stroke::new(1.0, palette.frame);
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.ground;
    visuals.window_stroke = frame;
    visuals.extreme_bg_color = palette.ground;
    visuals.faint_bg_color = palette.stripe;
    visuals.weak_text_color = Some(palette.faint);
    visuals.hyperlink_color = palette.series[0];
    visuals.slider_trailing_fill = true;
    visuals.selection.bg_fill =
        mix(palette.series[0], palette.ground, if palette.is_dark { 0.55 } else { 0.72 });
    visuals.selection.stroke = Stroke::new(1.0, palette.ink);
    visuals.error_fg_color = palette.loss_text();
    visuals.warn_fg_color = palette.loss_text();
    let rounded = CornerRadius::same(5);
    let widgets = &mut visuals.widgets;
    for (widget, fill) in [
        (&mut widgets.noninteractive, palette.panel),
        (&mut widgets.inactive, palette.button),
        (&mut widgets.hovered, mix(palette.button, palette.ink, 0.10)),
        (&mut widgets.active, mix(palette.button, palette.ink, 0.20)),
        (&mut widgets.open, mix(palette.button, palette.ink, 0.10)),
    ] {
        widget.weak_bg_fill = fill;
        widget.bg_fill = mix(fill, palette.ink, 0.08);
        widget.fg_stroke = Stroke::new(1.0, palette.ink);
        widget.corner_radius = rounded;
        widget.expansion = 0.0;
    }
    widgets.noninteractive.bg_stroke = frame;
    // Fields to type in are as white as the cards they lie on: the line shows them.
    widgets.inactive.bg_stroke = frame;
    widgets.open.weak_bg_fill = palette.panel;
    visuals
}

/// The frame of a bar or a panel at the side.
pub fn side(palette: &Palette) -> Frame {
    Frame::new().fill(palette.panel).inner_margin(egui::Margin::symmetric(12, 8))
}

/// A card: a chart, a part of a page.
pub fn card(palette: &Palette) -> Frame {
    Frame::new()
        .fill(palette.ground)
        .stroke(Stroke::new(1.0, palette.frame))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(egui::Margin::same(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character of the texts and of the places that ship can be shown.
    #[test]
    fn nothing_lacks_a_glyph() {
        let context = Context::default();
        install_fonts(&context);
        context.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
        let geography = sim_core::world::Geography::embedded();
        let counties = geography.counties().iter().map(|county| county.name.as_str());
        let texts: Vec<String> = ["texts", "levers", "lessons"]
            .into_iter()
            .flat_map(|folder| std::fs::read_dir(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap())
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .collect();
        // Errors and units have their Chinese beside the English, in the source.
        let sources =
            ["base/unit.rs", "base/file_error.rs", "base/wanted.rs", "base/harmless.rs", "params/value.rs"]
                .into_iter()
                .chain(["scenario/issue.rs", "scenario/advice.rs", "scenario/fields.rs"])
                .map(|name| format!("{}/../sim-core/src/{name}", env!("CARGO_MANIFEST_DIR")))
                .chain([format!("{}/src/reason.rs", env!("CARGO_MANIFEST_DIR"))])
                .map(|path| std::fs::read_to_string(path).unwrap());
        let sources: String = sources.collect();
        let shown: String =
            counties.chain(texts.iter().map(String::as_str)).chain([sources.as_str()]).collect();
        let font = FontId::new(13.0, FontFamily::Proportional);
        let missing: std::collections::BTreeSet<char> = shown
            .chars()
            .filter(|&c| !c.is_control() && !context.fonts_mut(|fonts| fonts.has_glyph(&font, c)))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    fn lightness(colour: Color32) -> u32 {
        u32::from(colour.r()) * 3 + u32::from(colour.g()) * 6 + u32::from(colour.b())
    }

    #[test]
    fn much_stands_out_from_the_ground() {
        for theme in Theme::ALL {
            let palette = Palette::of(theme);
            let ground = i64::from(lightness(palette.ground));
            let away: Vec<i64> = (0..=20)
                .map(|step| (i64::from(lightness(palette.scale(step as f32 / 20.0))) - ground).abs())
                .collect();
            assert!(away.windows(2).all(|pair| pair[1] > pair[0]), "{theme:?} {away:?}");
            assert_eq!(palette.scale(f32::NAN), palette.scale(0.0));
        }
    }

    #[test]
    fn text_is_readable_on_its_ground() {
        for theme in Theme::ALL {
            let palette = Palette::of(theme);
            for ink in [palette.ink, palette.faint] {
                let contrast = lightness(ink).abs_diff(lightness(palette.ground));
                assert!(contrast > 800, "{theme:?} {contrast}");
            }
        }
    }

    #[test]
    fn differences_have_a_sign() {
        let palette = Palette::of(Theme::Light);
        assert_eq!(palette.difference(1.0), palette.gain);
        assert_eq!(palette.difference(-1.0), palette.loss);
        assert_eq!(palette.difference(0.0), palette.absent);
    }
}
