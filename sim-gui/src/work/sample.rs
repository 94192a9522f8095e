//! Smaller scenarios that answer for a large one.
//!
//! A sample takes every n-th county of the scenario, in order of their codes and so spread over the country,
//! and some of each county's villages. Budgets, teams and bounds shrink with it, so that a county of the
//! sample meets the same chances as in the whole (what village shops elsewhere do to markets the model knows
//! by itself); counts of its results are scaled up again. Each further seed begins at another county,
//! so that the band shows what the choice of counties does as well as chance.

use crate::plan::Prepared;
use sim_core::base::{CountyCode, Seed};
use sim_core::params::Parameters;
use sim_core::scenario::{InputErrors, PlaceSelection, Scenario, VillageReport};
use sim_core::simulation::Simulation;
use sim_core::world::Geography;
use std::sync::Arc;

/// How much of a scenario is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A preview: some hundred villages.
    Preview,
    /// An estimate: some thousand villages.
    Estimate,
    /// A full estimate: some ten thousand villages.
    FullEstimate,
    /// As written.
    Whole,
}

impl Level {
    /// The levels that are samples, in order.
    pub const SAMPLES: [Level; 3] = [Level::Preview, Level::Estimate, Level::FullEstimate];

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Level::Preview => "status.preview",
            Level::Estimate => "status.estimate",
            Level::FullEstimate => "status.full_estimate",
            Level::Whole => "status.whole",
        }
    }

    /// Villages times months that a run may take at this level: measured, so that a preview takes a tenth of
    /// a second.
    fn budget(self) -> u64 {
        match self {
            Level::Preview => 22_000,
            Level::Estimate => 140_000,
            Level::FullEstimate => 700_000,
            Level::Whole => u64::MAX,
        }
    }

    /// The level below, if there is one.
    fn below(self) -> Option<Level> {
        match self {
            Level::Preview => None,
            Level::Estimate => Some(Level::Preview),
            Level::FullEstimate => Some(Level::Estimate),
            Level::Whole => Some(Level::FullEstimate),
        }
    }

    /// The share of households whose orders are simulated, at most.
    fn households(self) -> f64 {
        match self {
            Level::Preview => 0.002,
            Level::Estimate | Level::FullEstimate => 0.005,
            Level::Whole => 1.0,
        }
    }
}

/// Households whose orders are simulated where all villages are, about.
const RECORDS: f64 = 5_000.0;

/// Counties of a sample: enough that the few which a programme opens first are among them.
const COUNTIES: usize = 40;

/// The places of a scenario, counted once.
#[derive(Clone, Debug, PartialEq)]
pub struct Extent {
    codes: Vec<CountyCode>,
    /// Villages of each county, at most as many as the scenario takes.
    villages: Vec<u32>,
    months: u64,
    /// A digest of counties, villages and the scenario's own table.
    digest: u128,
}

/// A sample: the smaller scenario, and what its counts stand for.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The smaller scenario.
    pub scenario: Arc<Scenario>,
    /// Villages of the whole over those of the sample.
    pub places: f64,
    /// Counties of the whole over those of the sample.
    pub counties: f64,
    /// Villages simulated.
    pub villages: u64,
}

impl Extent {
    /// Counts the places of a plan.
    ///
    /// # Errors
    /// If the selection of places is faulty.
    pub fn of(plan: &Prepared) -> Result<Extent, InputErrors> {
        let scenario = &plan.scenario;
        let codes = Simulation::codes(scenario, plan.table.as_ref().map(|table| table.as_slice()))?;
        let most = scenario.places.villages_per_county.unwrap_or(u32::MAX);
        let geography = Geography::of_region(&scenario.places.region).unwrap_or_default();
        let villages = codes.iter().map(|&code| {
            geography.position(code).map_or(100, |at| geography.counties()[at].villages).min(most)
        });
        let villages: Vec<u32> = villages.collect();
        let days = scenario.end_time().since(scenario.start_time()).as_days();
        let numbers = codes.iter().map(|code| code.0).chain(villages.iter().copied());
        let mut bytes: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
        bytes.extend(plan.table.iter().flat_map(|table| table.iter()));
        Ok(Extent {
            digest: xxhash_rust::xxh3::xxh3_128(&bytes),
            villages,
            months: (days / 30.4).ceil().max(1.0) as u64,
            codes,
        })
    }

    /// Villages in all.
    pub fn villages(&self) -> u64 {
        self.villages.iter().copied().map(u64::from).sum()
    }

    /// Villages that a level has room for.
    fn wanted(&self, level: Level) -> u64 {
        (level.budget() / self.months).max(40)
    }

    /// Counties in all.
    pub fn counties(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has the same counties, as many villages in each, and the same table of them.
    pub fn has_places_of(&self, other: &Extent) -> bool {
        self.digest == other.digest
    }

    /// The sample of a plan at a level, by the number of its seed (0 is the scenario's own); none if the
    /// level takes no less than the one below it.
    pub fn sample(&self, plan: &Prepared, level: Level, seed: u32) -> Option<Sample> {
        let whole = self.villages().max(1);
        let wanted = self.wanted(level);
        let mut scenario = (*plan.scenario).clone();
        scenario.seed = Seed(scenario.seed.0.wrapping_add(u64::from(seed)));
        if level == Level::Whole {
            return Some(self.taken(scenario, whole, self.codes.len()));
        }
        scenario.report.villages = VillageReport::Nothing;
        scenario.report.followed = 0;
        scenario.report.household_interval = scenario.report.household_interval.max(6);
        if whole <= wanted || plan.table.is_some() {
            // All its villages, at the first level that has room for them and at none above. Places of its
            // own are never sampled.
            let share = RECORDS / (whole as f64 * 330.0);
            scenario.household_sample = scenario.household_sample.min(share.max(level.households()));
            let had_room =
                plan.table.is_some() || level.below().is_some_and(|below| whole <= self.wanted(below));
            let is_first = level == Level::Preview || !had_room;
            return is_first.then(|| self.taken(scenario, whole, self.codes.len()));
        }
        scenario.household_sample = scenario.household_sample.min(level.households());
        let counties = (wanted as usize / 25).clamp(COUNTIES, 4 * COUNTIES).min(self.codes.len());
        let each = (wanted / counties as u64).max(2) as u32;
        let codes = spread(&self.codes, counties, seed);
        let villages: u64 = codes.iter().map(|&at| u64::from(self.villages[at].min(each))).sum();
        let ratio = Ratio {
            counties: counties as f64 / self.codes.len() as f64,
            places: villages as f64 / whole as f64,
        };
        ratio.shrink(&mut scenario.parameters);
        scenario.places.selection = PlaceSelection::Codes(codes.iter().map(|&at| self.codes[at]).collect());
        scenario.places.villages_per_county = Some(each);
        Some(self.taken(scenario, villages, counties))
    }

    fn taken(&self, scenario: Scenario, villages: u64, counties: usize) -> Sample {
        Sample {
            scenario: Arc::new(scenario),
            places: self.villages() as f64 / villages.max(1) as f64,
            counties: self.codes.len() as f64 / counties.max(1) as f64,
            villages,
        }
    }
}

/// Every n-th of a list, the first at a place that depends on the seed.
fn spread(codes: &[CountyCode], count: usize, seed: u32) -> Vec<usize> {
    let step = codes.len() as f64 / count.max(1) as f64;
    // The golden ratio spreads further beginnings evenly.
    let first = (0.5 + f64::from(seed) * 0.618_033_988_75).fract() * step;
    (0..count).map(|at| ((first + at as f64 * step) as usize).min(codes.len() - 1)).collect()
}

/// What part of the whole a sample is.
#[derive(Clone, Copy, Debug)]
struct Ratio {
    counties: f64,
    places: f64,
}

impl Ratio {
    /// Shrinks what the whole country shares, so that each place of the sample has its part of it.
    fn shrink(self, p: &mut Parameters) {
        let inside = self.places / self.counties;
        let whole =
            |count: u32, share: f64, least: u32| ((f64::from(count) * share).round() as u32).max(least);
        let programme = &mut p.programme;
        for tranche in &mut programme.tranches {
            tranche.1 *= self.places;
        }
        programme.planned_counties = whole(programme.planned_counties, self.counties, 0);
        programme.planned_stations = whole(programme.planned_stations, self.places, 0);
        programme.teams *= self.counties;
        programme.team_limit *= self.counties;
        programme.loss_bound *= self.places;
        programme.analytics_cost *= self.places;
        // One team is the least that can open a county: where a sample has less, the first opens when the
        // whole would have opened the sample's share, not before.
        if programme.teams > 0.0 {
            programme.teams = programme.teams.max(0.6);
            programme.team_limit = programme.team_limit.max(1.0);
        }
        programme.county_centre_cost *= inside;
        programme.county_running_cost *= inside;
        programme.centre_pay *= inside;
        programme.centre_trucks = whole(programme.centre_trucks, inside, 1);
        programme.sorting_place_cost *= inside;
        programme.trainers *= inside;
        programme.masterclasses *= inside;
        programme.candidates_per_county = whole(programme.candidates_per_county, inside, 1);
        programme.first_batch = whole(programme.first_batch, inside, 1);
        programme.later_batch = whole(programme.later_batch, inside, 1);
        p.government.demonstration_grant *= inside;
        p.logistics.sorter_capacity = (p.logistics.sorter_capacity * inside).max(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    #[test]
    fn samples_grow_with_their_level_and_stand_for_the_whole() {
        let plan = Plan::first().prepare().unwrap();
        let extent = Extent::of(&plan).unwrap();
        assert!((90_000..110_000).contains(&extent.villages()));
        let samples: Vec<Sample> =
            Level::SAMPLES.iter().map(|&level| extent.sample(&plan, level, 0).unwrap()).collect();
        assert!(samples.windows(2).all(|pair| pair[0].villages < pair[1].villages));
        for sample in &samples {
            let whole = sample.villages as f64 * sample.places;
            assert!((whole / extent.villages() as f64 - 1.0).abs() < 1e-9);
            assert!(sample.scenario.check().is_ok());
        }
        let other = extent.sample(&plan, Level::Preview, 1).unwrap();
        assert_ne!(other.scenario.places.selection, samples[0].scenario.places.selection);
    }

    #[test]
    fn a_small_scenario_is_its_own_sample() {
        let plan = Plan::of("tiny").prepare().unwrap();
        let extent = Extent::of(&plan).unwrap();
        let sample = extent.sample(&plan, Level::Preview, 0).unwrap();
        assert_eq!((sample.villages, sample.places), (5, 1.0));
        assert!(extent.sample(&plan, Level::Estimate, 0).is_none());
    }

    #[test]
    fn a_scenario_that_outgrows_a_glance_is_shown_whole_at_the_level_that_has_room() {
        let plan = Plan::of("nation_2009").with("places.select", "Codes([330122])");
        let plan = plan.prepare().unwrap();
        let extent = Extent::of(&plan).unwrap();
        let taken = |level| extent.sample(&plan, level, 0).map(|sample| sample.villages);
        let preview = taken(Level::Preview).unwrap();
        assert!(preview < extent.villages());
        assert_eq!(taken(Level::Estimate), Some(extent.villages()));
        assert_eq!(taken(Level::FullEstimate), None);
    }

    #[test]
    fn spread_counties_are_different_ones() {
        let codes: Vec<CountyCode> = (0..100).map(CountyCode).collect();
        for seed in 0..20 {
            let mut chosen = spread(&codes, 40, seed);
            chosen.dedup();
            assert_eq!(chosen.len(), 40);
        }
    }
}
