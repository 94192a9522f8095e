//! How long the window takes: to answer, and to draw.

use web_time::Instant;

/// How long answers took, from a lever to the first new curve.
#[derive(Clone, Debug, Default)]
pub struct Latency {
    /// The plan that was asked for, and when.
    pub(super) asked: Option<(u128, Instant)>,
    /// The last answers \[milliseconds\].
    pub answers: Vec<f32>,
    /// What the last frames took to draw \[milliseconds\].
    pub frames: Vec<f32>,
}

/// Frames of which it is known how long they took.
const FRAMES: usize = 120;

impl Latency {
    /// Notes how long the last frame took, if that is known \[seconds\].
    pub fn drawn(&mut self, seconds: Option<f32>) {
        self.frames.extend(seconds.map(|seconds| seconds * 1000.0));
        let over = self.frames.len().saturating_sub(FRAMES);
        self.frames.drain(..over);
    }
}
