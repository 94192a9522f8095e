//! What `validate` and `calibrate` share: running what evidence needs, keeping finished runs, writing what
//! came of them.

pub mod own;
pub mod page;
pub mod plot;
pub mod runs;
pub mod summary;
pub mod table;
