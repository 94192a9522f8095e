//! The panel: households surveyed twice.

use sim_core::market::choice::Delivery;
use sim_core::model::SurveyRow;
use sim_core::params::TrialParameters;
use sim_core::policy::trial::Arm;
use sim_core::simulation::Simulation;
use std::collections::BTreeMap;

/// A household of the panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PanelHousehold {
    /// Its county, the stratum.
    pub county: u32,
    /// Its village, the cluster, among the panel's villages.
    pub village: u32,
    /// What it answered before.
    pub before: SurveyRow,
    /// What it answered afterwards; nothing if it was not found.
    pub after: Option<SurveyRow>,
    /// Whether a station had opened in its village at the follow-up.
    pub opened: bool,
}

impl PanelHousehold {
    /// Whether its village was assigned a station.
    pub fn assigned(&self) -> bool {
        self.before.arm.assigned()
    }

    /// Whether parcels were delivered to its village at the baseline.
    pub fn had_delivery(&self) -> bool {
        self.before.delivery == Delivery::Village
    }
}

/// Villages and households of an arm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ArmCount {
    /// Villages.
    pub villages: u32,
    /// Villages in which a station had opened at the follow-up.
    pub opened: u32,
    /// Households at the baseline.
    pub households: u32,
    /// Households found again.
    pub found: u32,
}

/// A trial's households.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// Households, by county, village and record.
    pub households: Vec<PanelHousehold>,
    /// Share of households simulated.
    pub sample: f64,
    /// Villages that were to be surveyed.
    pub villages_wanted: u32,
    /// Households that were to be surveyed in a village.
    pub households_wanted: u32,
    /// Counties.
    pub counties: u32,
}

impl Panel {
    /// The panel of a finished run; empty if it had no trial or ended before the follow-up.
    pub fn of(simulation: &Simulation) -> Panel {
        let scenario = simulation.scenario();
        let p: &TrialParameters = &scenario.parameters.trial;
        let rows = &simulation.gathered().survey;
        let key = |county: u32, row: &SurveyRow| (county, row.village, row.record);
        let after: BTreeMap<_, SurveyRow> = rows
            .iter()
            .filter(|(_, row)| row.round == 1)
            .map(|(county, row)| (key(*county, row), *row))
            .collect();
        let mut villages = BTreeMap::new();
        let before: BTreeMap<_, SurveyRow> = rows
            .iter()
            .filter(|(_, row)| row.round == 0)
            .map(|(county, row)| (key(*county, row), *row))
            .collect();
        let households = before.iter().filter_map(|(place, row)| {
            let later = after.get(place)?;
            let next = villages.len() as u32;
            Some(PanelHousehold {
                county: place.0,
                village: *villages.entry((place.0, place.1)).or_insert(next),
                before: *row,
                after: later.found.then_some(*later),
                opened: later.station_opened,
            })
        });
        Panel {
            households: households.collect(),
            sample: scenario.household_sample,
            villages_wanted: p.survey_villages,
            households_wanted: p.households_near + p.households_elsewhere,
            counties: simulation.setting().atlas.counties.len() as u32,
        }
    }

    /// Villages and households of the assigned, or of the controls.
    pub fn arm(&self, assigned: bool) -> ArmCount {
        let mut villages: BTreeMap<u32, bool> = BTreeMap::new();
        let mut count = ArmCount::default();
        for household in self.households.iter().filter(|household| household.assigned() == assigned) {
            villages.insert(household.village, household.opened);
            count.households += 1;
            count.found += u32::from(household.after.is_some());
        }
        count.villages = villages.len() as u32;
        count.opened = villages.values().filter(|&&opened| opened).count() as u32;
        count
    }

    /// Control villages that were let in before the follow-up.
    pub fn let_in(&self) -> u32 {
        let late = self.households.iter().filter(|household| household.before.arm == Arm::LateControl);
        let villages: std::collections::BTreeSet<u32> = late.map(|household| household.village).collect();
        villages.len() as u32
    }

    /// Households found at both surveys, with their answers at the second.
    pub fn pairs(&self) -> impl Iterator<Item = (&PanelHousehold, &SurveyRow)> {
        let both = self.households.iter();
        both.filter_map(|household| Some((household, household.after.as_ref()?)))
    }
}
