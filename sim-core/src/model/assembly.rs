//! From a scenario to processes: the only place that knows both.

use super::county_process::CountyProcess;
use super::earlier_buyers::EarlierBuyers;
use super::history;
use super::nation_process::NationProcess;
use super::node::ModelNode;
use super::rules::RuleBook;
use super::setting::{Reporting, Setting, VillageRows};
use super::suppliers::Suppliers;
use crate::agents::household::Household;
use crate::agents::household::learners::Weights;
use crate::base::{CountyIndex, Delay, Fingerprint, Owner, Purpose};
use crate::kernel::{Outbox, Simulator};
use crate::market::basket::Quantiles;
use crate::market::choice::group_incomes;
use crate::market::elsewhere::Elsewhere;
use crate::market::season::Seasons;
use crate::runner::{Communicator, LogicalProcess, Network, Shares, ThreadRunner, from_bytes, to_bytes};
use crate::scenario::{PlaceKind, PlaceRank, PlaceRule, PlaceSelection, Scenario, VillageReport};
use crate::world::{
    Atlas, AtlasRequest, County, CountyKind, Geography, RankBy, Selection, SelectionRule, WorldError,
};
use std::sync::Arc;

/// What a scenario will take, before anything is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunEstimate {
    /// Counties.
    pub counties: u64,
    /// Villages.
    pub villages: u64,
    /// Households.
    pub households: u64,
    /// Household records that stand for them.
    pub records: u64,
    /// Memory at the end of the run, about \[bytes\].
    pub bytes: u64,
    /// Part of it that every rank holds, where several share the run \[bytes\].
    pub common: u64,
}

impl RunEstimate {
    /// Memory on each of so many ranks that share the run \[bytes\]: what all hold, and an equal share of
    /// the rest, but for the results, which the first rank alone gathers and which are not told apart
    /// here.
    pub fn on(&self, ranks: usize) -> u64 {
        self.common + (self.bytes - self.common.min(self.bytes)) / ranks.max(1) as u64
    }
}

/// What places a scenario asks for.
pub fn request(scenario: &Scenario) -> AtlasRequest {
    AtlasRequest {
        selection: selection(&scenario.places.selection),
        villages_per_county: scenario.places.villages_per_county,
        seed: scenario.seed_of_world(),
        start: scenario.start,
        broadband: scenario.parameters.world.broadband.clone(),
        paved: scenario.parameters.world.paved.clone(),
    }
}

fn selection(asked: &PlaceSelection) -> Selection {
    match asked {
        PlaceSelection::All => Selection::All,
        PlaceSelection::Provinces(names) => Selection::Provinces(names.clone()),
        PlaceSelection::Codes(codes) => Selection::Codes(codes.clone()),
        PlaceSelection::Random { count } => Selection::Random { count: *count },
        PlaceSelection::Rule(rule) => Selection::Rule(selection_rule(rule)),
    }
}

fn selection_rule(rule: &PlaceRule) -> SelectionRule {
    let kind = |kind: &PlaceKind| match kind {
        PlaceKind::District => CountyKind::District,
        PlaceKind::CountyLevelCity => CountyKind::CountyLevelCity,
        PlaceKind::County => CountyKind::County,
        PlaceKind::Banner => CountyKind::Banner,
    };
    let rank = |rank: PlaceRank| match rank {
        PlaceRank::Random => RankBy::Random,
        PlaceRank::Hardship => RankBy::Hardship,
        PlaceRank::Remoteness => RankBy::Remoteness,
        PlaceRank::Villages => RankBy::Villages,
        PlaceRank::Relief => RankBy::Relief,
    };
    SelectionRule {
        provinces: rule.provinces.clone(),
        kinds: rule.kinds.as_ref().map(|kinds| kinds.iter().map(kind).collect()),
        poverty: rule.poverty,
        min_villages: rule.min_villages,
        max_villages: rule.max_villages,
        top: rule.top,
        rank_by: rule.rank_by.map(rank),
    }
}

/// Estimates a scenario from tables alone: nothing large is allocated.
///
/// # Errors
/// If the selection is faulty.
pub fn estimate(geography: &Geography, scenario: &Scenario) -> Result<RunEstimate, WorldError> {
    let places = Atlas::estimate(geography, &request(scenario))?;
    let villages = places.villages.max(1);
    let mean = (places.households / villages).min(u64::from(u16::MAX)) as u16;
    let records = villages * u64::from(Setting::records(mean, scenario.household_sample));
    let months = u64::from(crate::base::Month::of(scenario.end_time()).0)
        .saturating_sub(u64::from(crate::base::Month::of(scenario.start_time()).0));
    let rows = match scenario.report.villages {
        VillageReport::Nothing => 0,
        VillageReport::Active => {
            villages / ACTIVE * months / u64::from(scenario.report.village_interval.max(1))
        }
        VillageReport::All => villages * months / u64::from(scenario.report.village_interval.max(1)),
    };
    let county_months = places.counties * months;
    let common = BYTES_OF_PROGRAM + places.bytes;
    let bytes = common
        + records * (size_of::<Household>() as u64 + BYTES_BESIDE_RECORD)
        + villages * BYTES_OF_VILLAGE
        + places.counties * BYTES_OF_COUNTY
        + county_months * BYTES_OF_COUNTY_MONTH
        + rows * BYTES_OF_ROW;
    Ok(RunEstimate {
        counties: places.counties,
        villages: places.villages,
        households: places.households,
        records,
        bytes,
        common,
    })
}

/// Places made once, for runs that want the same: another run of the same places need not make them again.
#[derive(Clone, Debug)]
pub struct MadePlaces {
    request: AtlasRequest,
    /// The digest of the region.
    region: u128,
    atlas: Arc<Atlas>,
}

impl MadePlaces {
    /// Makes the places of a scenario.
    ///
    /// # Errors
    /// If the selection is faulty.
    pub fn of(geography: &Geography, scenario: &Scenario) -> Result<MadePlaces, WorldError> {
        let request = request(scenario);
        let atlas = Arc::new(Atlas::build(geography, &request)?);
        Ok(MadePlaces { request, region: scenario.places.region.digest(), atlas })
    }

    /// The places.
    pub fn atlas(&self) -> &Arc<Atlas> {
        &self.atlas
    }

    /// Whether they are those that a scenario wants.
    pub fn fit(&self, scenario: &Scenario) -> bool {
        self.region == scenario.places.region.digest() && self.request == request(scenario)
    }
}

/// Everything that stays fixed in a run of the scenario, in these places, which must be the scenario's.
pub fn setting(geography: &Geography, scenario: &Scenario, places: &MadePlaces) -> Setting {
    let atlas = places.atlas.clone();
    let bundle = (1.0 / scenario.household_sample + 0.5) as u32;
    let national: f64 = geography.provinces().iter().map(|p| p.rural_people / p.household_size).sum();
    let mut distances: Vec<f64> = atlas.counties.iter().map(|county| county.to_capital).collect();
    distances.sort_by(f64::total_cmp);
    let remote_km =
        distances.get(distances.len() - distances.len().div_ceil(REMOTE)).copied().unwrap_or(f64::INFINITY);
    let national_scale = (national / atlas.households().max(1) as f64).max(1.0);
    let elsewhere = if national_scale > super::setting::LARGEST_SCALE {
        let share = (1.0 - 1.0 / national_scale) * scenario.parameters.market.elsewhere;
        let table = scenario.places.region.file("village_sellers.csv").unwrap_or_default();
        Elsewhere::share(&String::from_utf8_lossy(table), share)
            .continued(scenario.inputs.growth("market.elsewhere"), scenario.end.year())
    } else {
        Elsewhere::nobody()
    };
    let rules = RuleBook::of(&scenario.rules, &atlas, remote_km);
    Setting {
        reports_figures: rules.looks_at_figures(),
        rules: Arc::new(rules),
        variants: Arc::default(),
        villages: None,
        weights: Weights::of(&scenario.parameters.household),
        group_incomes: group_incomes(scenario.parameters.income.household_spread),
        national_scale,
        elsewhere,
        suppliers: Suppliers::of(&scenario.parameters.shop, geography, &atlas),
        county_scale: (geography.counties().len() as f64 / atlas.counties.len().max(1) as f64).max(1.0),
        remote_km,
        seed: scenario.seed,
        world_seed: scenario.seed_of_world(),
        start: scenario.start_time(),
        end: scenario.end_time(),
        sample: scenario.household_sample,
        bundle,
        window: Delay::days(scenario.window_days),
        reporting: Reporting {
            villages: match scenario.report.villages {
                VillageReport::Active => VillageRows::Active,
                VillageReport::All => VillageRows::All,
                VillageReport::Nothing => VillageRows::Nothing,
            },
            village_interval: scenario.report.village_interval,
            household_interval: scenario.report.household_interval,
            followed: scenario.report.followed,
        },
        baskets: Quantiles::mean_of_log_normals(scenario.parameters.household.basket_spread, bundle),
        delivery_memory: delivery_memory(scenario.parameters.household.delivery_memory, bundle),
        gaps: Quantiles::gamma(bundle),
        support: Setting::support(&scenario.parameters.programme),
        seasons: Seasons::new(&scenario.parameters.world, scenario.start_time(), scenario.end_time()),
        parameters: scenario.inputs.continued(&scenario.parameters, scenario.end),
        atlas,
    }
}

/// By how much the parcels of a bundle move usual delivery times, if one parcel moves them by `single`: by
/// more, as they are many, but less than all of them one by one, as they took the same road on the same day.
fn delivery_memory(single: f64, bundle: u32) -> f64 {
    if bundle == 1 { single } else { (single * f64::from(bundle).sqrt()).min(single.max(0.5)) }
}

/// The expected work of every node at the run's start: counties by their records and villages, then the
/// nation.
///
/// A village costs about as much as `RECORDS_OF_A_VILLAGE` records, by its clocks and its months.
pub fn weights(setting: &Setting) -> Vec<u64> {
    let records = |households: u16| u64::from(Setting::records(households, setting.sample));
    let counties = setting.atlas.counties.iter().map(|county| {
        let of_villages = county.villages.iter();
        of_villages.map(|village| records(village.households) + RECORDS_OF_A_VILLAGE).sum()
    });
    counties.chain([1]).collect()
}

/// What a run holds at its end, its tables included (`countryside run` writes them from memory), as measured
/// \[bytes\].
const BYTES_OF_PROGRAM: u64 = 60 << 20;
const BYTES_BESIDE_RECORD: u64 = 20;
const BYTES_OF_VILLAGE: u64 = 1_500;
const BYTES_OF_COUNTY: u64 = 90_000;
const BYTES_OF_COUNTY_MONTH: u64 = 2_700;
const BYTES_OF_ROW: u64 = 420;
/// One village in so many has a station or a shop, about.
const ACTIVE: u64 = 3;
/// One county in so many is remote: the third farthest from its capital.
const REMOTE: usize = 3;

/// Records whose orders cost as much as a village without them, about.
const RECORDS_OF_A_VILLAGE: u64 = 40;

/// The processes of a run that this rank holds: counties, and after the last one the nation.
pub fn network<C: Communicator>(
    setting: &Setting,
    shares: &Shares,
    threads: &ThreadRunner,
    communicator: &mut C,
) -> Network<ModelNode> {
    let counties = setting.atlas.counties.len() as u32;
    let own = shares.range(communicator.rank());
    let indices = own.start..own.end.min(counties);
    let earlier = EarlierBuyers::until(&setting.parameters, setting.start);
    let make = |index| CountyProcess::new(setting, &earlier, CountyIndex(index));
    let mut processes = threads.map(indices.collect(), make);
    let each = |counties: &mut [CountyProcess], work: history::Work| {
        let counties: Vec<&mut CountyProcess> = counties.iter_mut().collect();
        threads.map(counties, work)
    };
    let news = history::sell(setting, &earlier, &mut processes, &each, &mut |sums| communicator.sum(sums));
    let mut nodes = threads.map(processes, |process| begin_county(setting, process));
    follow(setting, &mut nodes, communicator);
    follow_shops(setting, &mut nodes);
    if own.contains(&counties) {
        let nation = Simulator::new(NationProcess::new(setting, news), setting.start);
        nodes.push(ModelNode::Nation(Box::new(LogicalProcess::new(counties, nation))));
    }
    Network::part(own.start, nodes, Vec::new(), Fingerprint::default())
}

/// Picks the households that are followed: uniformly among all records, by a random stream of their own.
fn follow<C: Communicator>(setting: &Setting, nodes: &mut [ModelNode], communicator: &mut C) {
    let records = |node: &ModelNode| node.county().map_or(0, CountyProcess::records);
    let own: u64 = nodes.iter().map(records).sum();
    let of_ranks: Vec<u64> =
        communicator.all_gather(&to_bytes(&own)).iter().map(|bytes| from_bytes(bytes)).collect();
    let before: u64 = of_ranks[..communicator.rank()].iter().sum();
    let total: u64 = of_ranks.iter().sum();
    let mut stream = setting.random_stream(Owner::NATION, Purpose::Observation, 0);
    for _ in 0..setting.reporting.followed {
        let record = (stream.unit() * total as f64) as u64;
        let Some(mut record) = record.checked_sub(before) else {
            continue;
        };
        for node in nodes.iter_mut() {
            let here = records(node);
            if let Some(county) = node.county_mut().filter(|_| record < here) {
                county.follow(record as u32);
                break;
            }
            record = record.saturating_sub(here);
        }
    }
}

/// Picks the counties in which shops are followed, by households and industry: where shops are to be
/// expected.
fn follow_shops(setting: &Setting, nodes: &mut [ModelNode]) {
    let industry = |county: &County| county.industry.iter().map(|&base| f64::from(base * base)).sum::<f64>();
    let weight = |county: &County| county.households() as f64 * industry(county);
    let all: f64 = setting.atlas.counties.iter().map(weight).sum();
    let mut stream = setting.random_stream(Owner::NATION, Purpose::Observation, 1);
    for _ in 0..setting.reporting.followed {
        let mut u = stream.unit() * all;
        let chosen = setting.atlas.counties.iter().position(|county| {
            u -= weight(county);
            u < 0.0
        });
        let is_chosen = |county: &&mut CountyProcess| Some(county.index().at()) == chosen;
        if let Some(county) = nodes.iter_mut().filter_map(ModelNode::county_mut).find(is_chosen) {
            county.follow_shop();
        }
    }
}

fn begin_county(setting: &Setting, mut process: CountyProcess) -> ModelNode {
    let mut outbox = Outbox::new();
    process.begin(setting, &mut outbox);
    let index = process.index().0;
    let mut simulator = Simulator::new(process, setting.start);
    for &(key, event) in outbox.scheduled() {
        simulator.schedule(key, event);
    }
    ModelNode::County(Box::new(LogicalProcess::new(index, simulator)))
}
