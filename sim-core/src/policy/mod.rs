//! Policy as an actor: the programme's treasury and the central government. They speak by messages.

pub mod government;
pub mod programme;
pub mod trial;
