//! The map: where places lie, what colours mean, and the picture.
//!
//! 1. [`outlines`]: province outlines as they ship.
//! 2. [`camera`]: from degrees to pixels and back; pan, zoom, fit.
//! 3. [`layer`]: what a colour or a size means, with scale and legend, for one plan or the difference of two.
//! 4. [`raster`]: the picture, drawn on the CPU into one texture.
//! 5. [`near`]: what is drawn one by one when few villages are in view: roads, stations, trucks, parcels.
//! 6. [`search`]: places by Chinese name or pinyin.

pub mod camera;
pub mod layer;
pub mod near;
pub mod outlines;
pub mod raster;
pub mod search;
