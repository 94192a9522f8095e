//! What happens in a county between its villages, one file per noun; all of it is the county process's.

mod centre;
mod courier_accounts;
mod couriers;
mod farm_trade;
mod government;
mod history;
mod living;
mod masterclass;
mod month;
mod programme;
mod returns;
mod rules;
mod season;
mod shops;
mod stocks;
mod transport;
mod trial;
mod unfinished;
