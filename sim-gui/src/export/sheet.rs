//! A chart that leaves the window: with its title, what its marks stand for, and what it rests on.

use super::basis;
use crate::draw::legend::{self, Entry};
use crate::draw::raster;
use crate::draw::scene::Scene;
use crate::outcome::ShownOutcome;
use crate::panels::charts::chart;
use crate::reason::Reason;
use crate::state::State;
use crate::theme::Palette;
use egui::{Align2, Color32, Pos2, Rect, Vec2, pos2, vec2};

/// Width and height of the plot with its axes, where a chart stands alone and where it is one of several on a
/// page \[points\].
const ALONE: Vec2 = vec2(760.0, 380.0);
const ON_PAGE: Vec2 = vec2(430.0, 250.0);

/// Room at the sides \[points\].
const MARGIN: f32 = 16.0;

/// Width of a sign of the legend, and the room after it \[points\].
const SIGN: f32 = 26.0;
const GAP: f32 = 6.0;

/// Heights of texts \[points\].
const TITLE: f32 = 15.0;
const TEXT: f32 = 12.0;
const NOTE: f32 = 10.5;

/// Pixels to a point, so that a picture is sharp in print.
const PIXELS: f32 = 2.0;

/// A picture of a chart.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What is on it.
    pub scene: Scene,
    /// How large it is \[points\].
    pub size: Vec2,
    ground: Color32,
}

impl Sheet {
    /// A chart by itself: title, legend, and below what it rests on.
    pub fn of(state: &State, outcome: &ShownOutcome) -> Sheet {
        let say = state.say();
        let palette = state.palette();
        let mut scene = Scene::default();
        let title = format!("{} [{}]", outcome.title(say), outcome.monthly_unit(say));
        let at = pos2(MARGIN, 10.0);
        let y = lines(&mut scene, at, ALONE.x, TITLE, palette.ink, &title);
        let y = body(&mut scene, state, outcome, pos2(0.0, y + 4.0), ALONE);
        let at = pos2(MARGIN, y + 6.0);
        let bottom = lines(&mut scene, at, ALONE.x, NOTE, palette.faint, &basis::line(state));
        Sheet { scene, size: vec2(ALONE.x, (bottom + 8.0).ceil()), ground: palette.ground }
    }

    /// A chart on a page, which says the rest.
    pub fn on_page(state: &State, outcome: &ShownOutcome) -> Sheet {
        let mut scene = Scene::default();
        let bottom = body(&mut scene, state, outcome, Pos2::ZERO, ON_PAGE);
        Sheet { scene, size: vec2(ON_PAGE.x, (bottom + 6.0).ceil()), ground: state.palette().ground }
    }

    /// As SVG.
    pub fn svg(&self) -> String {
        self.scene.svg(Rect::from_min_size(Pos2::ZERO, self.size), self.ground)
    }

    /// As pixels.
    pub fn image(&self) -> egui::ColorImage {
        raster::of_scene(&self.scene, self.size, self.ground, PIXELS)
    }

    /// As PNG.
    ///
    /// # Errors
    /// Why it could not be made, in words.
    pub fn png(&self) -> Result<Vec<u8>, Reason> {
        super::png(&self.image())
    }
}

/// Plot and legend from a point on. Where it ends.
fn body(scene: &mut Scene, state: &State, outcome: &ShownOutcome, from: Pos2, size: Vec2) -> f32 {
    let palette = state.palette();
    let (chart, is_stale) = chart(state, outcome, TEXT);
    let plot = Rect::from_min_size(from, size);
    scene.marks.extend(chart.draw(plot, &palette).marks);
    let entries = legend::entries(&chart, &palette, is_stale);
    key(scene, &entries, pos2(MARGIN, plot.bottom() + 6.0), size.x, &palette)
}

/// Signs and texts in rows. Where they end.
fn key(scene: &mut Scene, entries: &[Entry], from: Pos2, wide: f32, palette: &Palette) -> f32 {
    let high = TEXT * 1.5;
    let mut at = from;
    for entry in entries {
        let room = wide - MARGIN;
        let needed = SIGN + GAP + width(&entry.text, TEXT);
        if at.x > from.x && at.x + needed > room {
            at = pos2(from.x, at.y + high);
        }
        let sign = Rect::from_center_size(at + vec2(SIGN / 2.0, high / 2.0), vec2(SIGN, TEXT));
        entry.sign.draw(scene, sign);
        let texts = wrapped(&entry.text, TEXT, room - at.x - SIGN - GAP);
        for (number, text) in texts.iter().enumerate() {
            if number > 0 {
                at.y += high;
            }
            let middle = pos2(at.x + SIGN + GAP, at.y + high / 2.0);
            scene.text(middle, Align2::LEFT_CENTER, TEXT, palette.ink, text);
        }
        at.x += needed + MARGIN;
    }
    at.y + high
}

/// A text in as many lines as it takes. Where they end.
fn lines(scene: &mut Scene, from: Pos2, wide: f32, size: f32, colour: Color32, text: &str) -> f32 {
    let mut y = from.y;
    for line in wrapped(text, size, wide - 2.0 * MARGIN) {
        scene.text(pos2(from.x, y), Align2::LEFT_TOP, size, colour, line);
        y += size * 1.4;
    }
    y
}

/// Signs with which no line begins.
const CLOSING: &str = "，。、；：？！”’）］】》%";

/// Whether a letter is as wide as it is high, and a line may end after it.
fn is_wide(letter: char) -> bool {
    letter >= '\u{2E80}' || "“”‘’…—".contains(letter)
}

/// About how wide a text is: no font is asked, for a picture is shown with whatever font there is. Rather too
/// wide than cut.
fn width(text: &str, size: f32) -> f32 {
    let of = |letter: char| match letter {
        letter if is_wide(letter) => 1.0,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '(' | ')' => 0.38,
        'm' | 'w' | 'M' | 'W' | '%' => 0.95,
        letter if letter.is_uppercase() => 0.72,
        _ => 0.6,
    };
    size * text.chars().map(of).sum::<f32>()
}

/// A text in lines of about so much width: broken after blanks and after Chinese characters.
fn wrapped(text: &str, size: f32, wide: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut word = String::new();
    let end = |word: &mut String, lines: &mut Vec<String>| {
        let last = lines.last().map_or(0.0, |line| width(line, size));
        let begins = lines.last().is_none_or(String::is_empty);
        if !begins && last + width(word.trim_end(), size) > wide {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
        word.clear();
    };
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        word.push(letter);
        let is_held = letters.peek().is_some_and(|next| CLOSING.contains(*next));
        if letter == ' ' || is_wide(letter) && !is_held {
            end(&mut word, &mut lines);
        }
    }
    end(&mut word, &mut lines);
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_their_room_and_lose_nothing() {
        let english = "Plan county +1, baseline county. From 3,025 of 99,700 villages, 4 runs.";
        let chinese = "方案“县域”，基准“无项目”。样本为全部九万九千七百个村中的三千零二十五个村。";
        for (text, between) in [(english, " "), (chinese, "")] {
            let lines = wrapped(text, 10.0, 150.0);
            assert!(lines.len() > 2, "{lines:?}");
            assert!(lines.iter().all(|line| width(line, 10.0) <= 150.0), "{lines:?}");
            assert_eq!(lines.join(between), text);
        }
        assert_eq!(wrapped("one", 10.0, 1.0), ["one"]);
    }
}
