//! Every figure the model uses that is not a law of arithmetic: leaves, one file per noun.
//!
//! Each parameter has a unit, a range, a default and a source, written once, in the `parameters!` table of
//! its noun; help texts, checks, `countryside params`, the window's levers and `docs/odd.md` all read that
//! table. Defaults marked "fitted" were chosen so that calibration targets come out (see `docs/odd.md`);
//! "assumed" ones have no published figure behind them and are the first to vary in a sensitivity run.
//!
//! Paths are `group.name`, for example `household.elasticity`. Values are written in RON, as in a scenario.

mod catalogue;
mod choices;
mod declaration;
mod government;
mod home;
mod household;
mod income;
mod logistics;
mod market;
mod partner;
mod platform;
mod programme;
mod rules;
mod shop;
mod trial;
mod value;
mod world;
mod year_day;

use catalogue::ParameterGroup;
pub use catalogue::{ParameterInfo, Role};
pub use choices::{
    CountyRule, GovernmentTarget, PartnerKind, Schedule, Shock, ShockKind, Tranche, VillageRule,
};
pub use government::GovernmentParameters;
pub use household::HouseholdParameters;
pub use income::IncomeParameters;
pub use logistics::LogisticsParameters;
pub use market::MarketParameters;
pub use partner::PartnerParameters;
pub use platform::PlatformParameters;
pub use programme::ProgrammeParameters;
pub use rules::{
    Comparison, Condition, ConditionError, ConditionFault, LeverReach, Repeat, Rule, RulePlaces, RuleScale,
    ScenarioTarget, TargetGoal, VILLAGE_FIGURES, WrittenCondition, is_of_village, lever_reach, levers,
};
pub(crate) use shop::PORT_KM;
pub use shop::ShopParameters;
pub use trial::TrialParameters;
pub use value::{Range, SetError, ShockError, Unacceptable, Value, ValueKind};
pub use world::WorldParameters;
pub use year_day::{YearDay, days_in, years_known};

use declaration::parameters;
use serde::{Deserialize, Serialize};

/// All parameters of a run, by group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// The platform's rural programme: treasury, roll-out, support.
    pub programme: ProgrammeParameters,
    /// Partners who run service centres.
    pub partner: PartnerParameters,
    /// How households learn to buy, choose and spend.
    pub household: HouseholdParameters,
    /// Trunk, sorting, trucks, shelves, couriers.
    pub logistics: LogisticsParameters,
    /// Entry, copying, growth and failure of shops.
    pub shop: ShopParameters,
    /// National demand and competition by product.
    pub market: MarketParameters,
    /// Platforms and switching between them.
    pub platform: PlatformParameters,
    /// Incomes, migration, poverty.
    pub income: IncomeParameters,
    /// What government does.
    pub government: GovernmentParameters,
    /// What happens whatever anyone in the model does.
    pub world: WorldParameters,
    /// A randomised trial of the programme.
    pub trial: TrialParameters,
}

/// Calls a macro with every group's field name and type, so that the list stands in one place.
macro_rules! each_group {
    ($call:ident) => {
        $call!(
            programme ProgrammeParameters, partner PartnerParameters, household HouseholdParameters,
            logistics LogisticsParameters, shop ShopParameters, market MarketParameters,
            platform PlatformParameters, income IncomeParameters, government GovernmentParameters,
            world WorldParameters, trial TrialParameters
        )
    };
}

impl Parameters {
    /// Every parameter, in order of group and declaration.
    pub fn catalogue() -> Vec<ParameterInfo> {
        macro_rules! rows {
            ($($field:ident $type:ident),+) => { [$(<$type as ParameterGroup>::rows()),+].concat() };
        }
        each_group!(rows)
    }

    /// The value at a path `group.name`, in RON; nothing if there is no such parameter.
    pub fn get(&self, path: &str) -> Option<String> {
        let (group, name) = path.split_once('.')?;
        macro_rules! get {
            ($($field:ident $type:ident),+) => {
                match group {
                    $( <$type as ParameterGroup>::NAME => ParameterGroup::get(&self.$field, name), )+
                    _ => None,
                }
            };
        }
        each_group!(get)
    }

    /// Sets the value at a path `group.name` from RON text.
    ///
    /// # Errors
    /// If there is no such parameter, the text is not a value of its type, or the value is out of range. The
    /// parameters are then unchanged.
    pub fn set(&mut self, path: &str, text: &str) -> Result<(), SetError> {
        let (group, name) = path.split_once('.').ok_or(SetError::Unknown)?;
        let price_level = self.world.price_level;
        macro_rules! set {
            ($($field:ident $type:ident),+) => {
                match group {
                    $( <$type as ParameterGroup>::NAME => {
                        ParameterGroup::set(&mut self.$field, name, text, price_level)
                    } )+
                    _ => Err(SetError::Unknown),
                }
            };
        }
        each_group!(set)
    }

    /// The defaults at a price level: what is money is multiplied by it, all else stays.
    pub fn at_price_level(price_level: f64) -> Parameters {
        let mut parameters = Parameters::default();
        if price_level != parameters.world.price_level {
            macro_rules! scale {
                ($($field:ident $type:ident),+) => {
                    $( ParameterGroup::scale_money(&mut parameters.$field, price_level); )+
                };
            }
            each_group!(scale);
            parameters.world.price_level = price_level;
        }
        parameters
    }

    /// The names of the groups, in order.
    pub fn groups() -> Vec<&'static str> {
        macro_rules! names {
            ($($field:ident $type:ident),+) => { vec![$(<$type as ParameterGroup>::NAME),+] };
        }
        each_group!(names)
    }

    /// The series by date, each with its path, to be changed.
    pub(crate) fn schedules_mut(&mut self) -> [(&'static str, &mut Schedule); 7] {
        [
            ("income.rural_income", &mut self.income.rural_income),
            ("income.migrant_wage", &mut self.income.migrant_wage),
            ("income.poverty_line", &mut self.income.poverty_line),
            ("market.online_retail", &mut self.market.online_retail),
            ("world.internet", &mut self.world.internet),
            ("world.smartphone", &mut self.world.smartphone),
            ("government.demonstration_roster", &mut self.government.demonstration_roster),
        ]
    }

    /// The series by date, each with its path.
    pub fn schedules(&self) -> [(&'static str, &Schedule); 7] {
        [
            ("income.rural_income", &self.income.rural_income),
            ("income.migrant_wage", &self.income.migrant_wage),
            ("income.poverty_line", &self.income.poverty_line),
            ("market.online_retail", &self.market.online_retail),
            ("world.internet", &self.world.internet),
            ("world.smartphone", &self.world.smartphone),
            ("government.demonstration_roster", &self.government.demonstration_roster),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Unit;

    #[test]
    fn every_default_lies_in_its_range_and_survives_a_round_trip() {
        let defaults = Parameters::default();
        let mut copy = Parameters::default();
        for row in Parameters::catalogue() {
            let path = row.path();
            assert_eq!(defaults.get(&path).as_deref(), Some(row.default.as_str()), "{path}");
            copy.set(&path, &row.default).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        }
        assert_eq!(copy, defaults);
    }

    #[test]
    fn every_schedule_is_listed() {
        let is_schedule = |row: &ParameterInfo| row.kind == ValueKind::Schedule;
        // What is fixed before a run begins is looked up no more, and does not go on.
        let fixed = ["world.broadband", "world.paved"];
        let rows = Parameters::catalogue().into_iter().filter(is_schedule);
        let rows = rows.filter(|row| !fixed.contains(&row.path().as_str()));
        let mut declared: Vec<String> = rows.map(|row| row.path()).collect();
        let parameters = Parameters::default();
        let mut listed: Vec<String> = parameters.schedules().map(|(path, _)| path.to_owned()).into();
        declared.sort();
        listed.sort();
        assert_eq!(listed, declared);
    }

    #[test]
    fn every_parameter_says_what_it_is_in_what_unit_and_from_where() {
        for row in Parameters::catalogue() {
            let path = row.path();
            assert!(
                row.description.len() > 10 && row.description.ends_with('.'),
                "{path}: {}",
                row.description
            );
            assert!(row.unit != Unit::NONE && !row.source.is_empty(), "{path}");
            assert!(Parameters::groups().contains(&row.group), "{path}");
        }
    }

    #[test]
    fn wrong_paths_types_and_values_are_refused_and_change_nothing() {
        let mut parameters = Parameters::default();
        for (path, text) in [
            ("household.elasticitty", "3.0"),
            ("elasticity", "3.0"),
            ("household.elasticity", "true"),
            ("household.elasticity", "-1.0"),
            ("household.elasticity", "NaN"),
            ("household.elasticity", "inf"),
            ("programme.start", "\"2014-02-30\""),
        ] {
            assert!(parameters.set(path, text).is_err(), "{path} = {text}");
        }
        assert_eq!(parameters, Parameters::default());
    }
}
