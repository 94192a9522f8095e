//! Who acts: households, buyers of a village, shops, partners, county centres, couriers, platforms.
//!
//! Each file is one kind of actor: its state and its rules, as small functions of parameters, place and
//! random draws.
//! No agent knows another's module; the model brings them together.

pub mod buyers;
pub mod clock;
pub mod consignment;
pub mod courier;
pub mod equipment;
pub mod household;
pub mod partner;
pub mod platform;
pub mod service_centre;
pub mod shop;
