//! Drawings that are the same on the screen and in a file.
//!
//! 1. [`scene`]: marks on a rectangle, painted by egui or written as SVG.
//! 2. [`axis`]: round numbers and months for axes.
//! 3. [`chart`]: curves with bands, a ghost, published dots and events, as a scene; [`legend`]: what its
//!    marks stand for.
//! 4. [`raster`]: what egui would show, as pixels without a screen.

pub mod axis;
pub mod chart;
pub mod legend;
pub mod raster;
pub mod scene;
