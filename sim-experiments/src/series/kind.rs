//! What a series is of.

use super::places::VillageSeries;
use sim_core::event::Measure;
use sim_core::metrics::ledger::{Account, Item, Payer};
use sim_core::metrics::outcome::OutcomeDefinition;

#[derive(Clone, Copy, Debug)]
pub enum SeriesKind {
    Measure(Measure),
    Outcome(&'static OutcomeDefinition),
    PaidBy(Account),
    PaidTo(Account),
    PaidFor(Item),
    SpentBy(Payer),
    Village(VillageSeries),
}
