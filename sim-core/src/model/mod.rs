//! The processes: counties and the nation, brought together from agents, markets, policy and metrics.
//!
//! 1. [`Setting`]: what stays fixed in a run: parameters, atlas, seed, tables of random draws.
//! 2. [`CountyProcess`]: everything that happens in one county, event by event.
//! 3. [`NationProcess`]: the treasury, the markets, the platforms, at window ends.
//! 4. [`assembly`]: makes all of them from a scenario.

mod accounts;
mod agenda;
pub mod assembly;
mod chronicle;
mod county;
mod county_levers;
mod county_market;
mod county_process;
mod county_state;
mod earlier_buyers;
mod gather;
mod history;
mod nation_process;
mod nation_rules;
mod node;
mod online_growth;
mod open_month;
mod programme_state;
mod rule_settings;
mod rules;
mod setting;
pub(crate) mod soundness;
mod suppliers;
mod survey;
mod transport;
mod village;

pub use county_process::CountyProcess;
pub use county_state::{FollowedRow, FollowedShopRow, ParcelCount, VillageRow, VillageView};
pub use gather::{Gathered, Harvest};
pub use nation_process::NationProcess;
pub use nation_rules::Decision;
pub use node::ModelNode;
pub use rules::{OWN_FIGURES, OwnFigure, RuleBook, RuleFigure, RuleUnit, RunRule, covered};
pub use setting::{Reporting, Setting, VillageRows};
pub use survey::{ChannelSpending, HouseholdIncome, Respondent, SurveyRow};
pub use village::{Living, Sellers, Village};
