//! What the window shows, painted on the CPU: pictures without a screen and without a graphics card.

use crate::draw::raster::{self, Textures};
use egui::TexturesDelta;
use egui_kittest::TestRenderer;
use std::cell::RefCell;
use std::rc::Rc;

/// Keeps the textures that egui sets.
#[derive(Default)]
pub struct Painter {
    /// The textures, shared with who paints.
    pub textures: Rc<RefCell<Textures>>,
}

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        raster::keep(&mut self.textures.borrow_mut(), delta);
    }
}
