//! Which levers a rule may set, and how far each reaches.

use super::super::{Parameters, Role};

/// How far a lever reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeverReach {
    /// It is set for a place: counties read it.
    Place,
    /// It is set for the nation alone: its treasury, its lists.
    Nation,
    /// It is used once, where a run begins, and cannot be set during a run.
    Fixed,
}

/// Groups whose levers rules set.
const GROUPS: [&str; 2] = ["programme", "government"];

/// Levers that only the nation reads.
const OF_NATION: [&str; 11] = [
    "programme.planned_counties",
    "programme.planned_stations",
    "programme.county_rule",
    "programme.hold",
    "programme.loss_bound",
    "programme.loss_bound_growth",
    "programme.analytics_cost",
    "government.demonstration",
    "government.demonstration_roster",
    "government.demonstration_scale",
    "government.demonstration_grant",
];

/// Levers that are used where a run begins: calendars that must be known from the first day.
const FIXED: [&str; 2] = ["programme.start", "programme.tranches"];

/// Levers that are read village by village.
const OF_VILLAGE: [&str; 11] = [
    "programme.enabled",
    "programme.support_end",
    "programme.base_pay",
    "programme.promotion",
    "programme.installation",
    "programme.training_hours",
    "programme.refresher_hours",
    "programme.station_grant",
    "programme.acceptance_score",
    "programme.select_store_share",
    "programme.open_last_mile",
];

/// Whether a lever can be set for some of a county's villages.
pub fn is_of_village(path: &str) -> bool {
    OF_VILLAGE.contains(&path)
}

/// How far the lever at a path reaches; nothing if it is no lever.
pub fn lever_reach(path: &str) -> Option<LeverReach> {
    let (group, _) = path.split_once('.')?;
    if OF_NATION.contains(&path) {
        return Some(LeverReach::Nation);
    }
    if FIXED.contains(&path) {
        return Some(LeverReach::Fixed);
    }
    let is_lever = Parameters::catalogue().iter().any(|row| row.path() == path && row.role == Role::Lever);
    let reach = if GROUPS.contains(&group) { LeverReach::Place } else { LeverReach::Fixed };
    is_lever.then_some(reach)
}

/// The paths of all levers that rules may set.
pub fn levers() -> Vec<String> {
    let rows = Parameters::catalogue().into_iter().map(|row| row.path());
    rows.filter(|path| matches!(lever_reach(path), Some(LeverReach::Place | LeverReach::Nation))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_here_is_a_lever() {
        let catalogue = Parameters::catalogue();
        for path in OF_NATION.iter().chain(&FIXED).chain(&OF_VILLAGE) {
            let row = catalogue.iter().find(|row| row.path() == *path);
            assert!(row.is_some_and(|row| row.role == Role::Lever), "{path}");
        }
        assert_eq!(lever_reach("programme.base_pay"), Some(LeverReach::Place));
        assert_eq!(lever_reach("platform.fee"), Some(LeverReach::Fixed));
        assert_eq!(lever_reach("household.elasticity"), None);
    }
}
