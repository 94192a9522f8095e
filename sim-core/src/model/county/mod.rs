//! What happens in a county, one file per noun; all of it is the county process's.

mod founding;
mod history;
mod learning;
mod living;
mod measures;
mod month;
mod orders;
mod parcels;
mod pay;
mod people;
mod season;
mod sellers;
mod stations;
mod survey;
mod unfinished;

pub use living::Living;
