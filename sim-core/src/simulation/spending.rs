//! What payers spent, month by month.

use super::run::Simulation;
use crate::base::Month;
use crate::metrics::ledger::Payer;

/// What a payer spent in each of the nation's months \[fen\].
pub(super) fn spent(simulation: &Simulation, payer: Payer) -> Vec<i128> {
    let gathered = simulation.gathered();
    let of = |month: Month| gathered.ledger.iter().find(|ledger| ledger.month == month);
    let each = gathered.nation.iter().map(|month| of(month.month));
    each.map(|ledger| ledger.map_or(0, |ledger| ledger.totals.spent_by(payer))).collect()
}
