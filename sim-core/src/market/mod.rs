//! Pure functions of markets: choice, season, demand, baskets. No state, no a random stream of their own.

pub mod basket;
pub mod choice;
pub mod demand;
pub mod elsewhere;
pub mod season;
mod ways;
