//! What happens in a county between its villages, one file per noun; all of it is the county process's.

mod couriers;
mod government;
mod history;
mod living;
mod month;
mod programme;
mod season;
mod shops;
mod stocks;
mod transport;
mod trial;
mod unfinished;
