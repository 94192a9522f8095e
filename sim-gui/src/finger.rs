//! What a finger does that lies on the screen: scroll, or move a lever. And when a press is a click.

use egui::{Context, Event, InputState, Pos2};

/// How far a finger moves before it is known where it goes \[points\].
const SLACK: f32 = 8.0;

/// Seconds after which a finger that lies still asks for what the other mouse button does.
const LONG: f64 = 0.8;

/// Frames that must have seen the finger lie still, however long they took.
const SEEN: u32 = 4;

/// What a finger does.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Finger {
    /// There is none: the mouse moves levers as it likes.
    #[default]
    Away,
    /// It has come down here and not gone anywhere yet.
    Still(Pos2),
    /// It went along a line of text, as a slider does.
    Along,
    /// It went up or down: the page follows it.
    Across,
    /// It was lifted where it had come down.
    Tapped,
}

impl Finger {
    /// What it does one frame later.
    #[must_use]
    pub fn next(self, input: &InputState) -> Finger {
        let is_down = input.any_touches();
        let origin = input.pointer.press_origin().or(input.pointer.interact_pos());
        // In a slow frame it may come down and go at once.
        let touched = input.events.iter().find_map(|event| match event {
            Event::Touch { pos, .. } => Some(*pos),
            _ => None,
        });
        let pointer = &input.pointer;
        let is_held = is_down || touched.is_some() || pointer.any_down() || pointer.any_released();
        let before = match self {
            Finger::Away | Finger::Tapped if is_down => origin.map_or(Finger::Away, Finger::Still),
            Finger::Away | Finger::Tapped => touched.map_or(Finger::Away, Finger::Still),
            _ if !is_held => Finger::Away,
            going => going,
        };
        let (Finger::Still(from), Some(to)) = (before, input.pointer.interact_pos()) else {
            return before;
        };
        let gone = to - from;
        match () {
            () if gone.length() > SLACK && gone.x.abs() < gone.y.abs() => Finger::Across,
            () if gone.length() > SLACK => Finger::Along,
            () if is_down || pointer.any_down() => before,
            () => Finger::Tapped,
        }
    }

    /// Whether it may move what lies under it.
    pub fn may_move(self) -> bool {
        !matches!(self, Finger::Still(_) | Finger::Across)
    }
}

/// When a press is a click: always, however slowly frames come, unless a finger has been seen to lie still
/// for long.
#[derive(Clone, Copy, Debug, Default)]
pub struct Patience {
    frames: u32,
}

impl Patience {
    /// Once a frame: sets it for the next.
    pub fn set(&mut self, context: &Context) {
        let is_down = context.input(InputState::any_touches);
        self.frames = if is_down { self.frames.saturating_add(1) } else { 0 };
        let is_seen = self.frames >= SEEN;
        if is_down && !is_seen {
            context.request_repaint();
        }
        let longest = if is_seen { LONG } else { f64::INFINITY };
        context.options_mut(|options| options.input_options.max_click_duration = longest);
    }
}
