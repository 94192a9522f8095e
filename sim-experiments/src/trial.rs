//! A randomised trial inside the model, analysed as economists analyse a real one.
//!
//! The model draws and surveys (`trial` among the parameters; `sim_core::policy::trial`); here its survey
//! rows become a panel of households, the panel becomes regressions, and many seeds become a statement of how
//! often a finding returns.
//!
//! 1. [`Panel::of`] a finished run: households found at baseline and follow-up, with what they answered.
//! 2. [`analyse`]: first stage, effect of assignment (ANCOVA), effect of a station (two-stage least squares
//!    with assignment as instrument), by group, with clustered standard errors, p-values among all tests,
//!    the balance of the arms, bounds for those lost, what the design can detect, and warnings.
//! 3. [`Replications`]: the same over many seeds.

mod analysis;
mod balance;
mod bounds;
mod groups;
mod outcomes;
mod panel;
mod regressions;
mod replications;
#[cfg(test)]
mod tests;

pub use analysis::{Analysis, Detectable, Effect, FirstStage, OutcomeByGroup, analyse};
pub use balance::{Balance, BaselineTrait, TRAITS};
pub use groups::{GROUPS, Group, GroupEffect};
pub use outcomes::{OUTCOMES, TrialOutcome, outcome};
pub use panel::{ArmCount, Panel, PanelHousehold};
pub use replications::{Recurrence, Replications, Signs};
