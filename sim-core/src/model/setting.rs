//! What stays fixed during a run, shared by all processes.

pub(super) use super::online_growth::variety;
use super::rules::RuleBook;
use super::suppliers::Suppliers;
use crate::agents::household::learners::{Learners, Weights};
use crate::base::{Delay, Owner, Purpose, RandomStream, Seed, Time};
use crate::market::basket::Quantiles;
use crate::market::choice::{INCOME_GROUPS, Service};
use crate::market::elsewhere::Elsewhere;
use crate::market::season::Seasons;
use crate::params::{Parameters, ProgrammeParameters};
use crate::world::{Atlas, County};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Which villages have rows in the village table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VillageRows {
    /// Villages with a station or a shop.
    Active,
    /// All villages.
    All,
    /// None.
    Nothing,
}

/// What is reported, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// Which villages.
    pub villages: VillageRows,
    /// Months between rows of a village.
    pub village_interval: u32,
    /// Months between reviews of household incomes and cost of living.
    pub household_interval: u32,
    /// Households followed through the run.
    pub followed: u32,
}

/// Settings by county, where that makes a difference, and rules that hold.
pub(super) type Variants = BTreeMap<(Option<u32>, Vec<u16>), Arc<Setting>>;

/// Settings of a county's villages, as far as they are not the county's.
#[derive(Debug, Default)]
pub(super) struct VillageSettings {
    /// By village, which of the settings is its own.
    pub(super) of: Vec<Option<u16>>,
    pub(super) settings: Vec<Arc<Setting>>,
}

/// The fixed part of a run.
#[derive(Clone, Debug)]
pub struct Setting {
    /// All parameters.
    pub parameters: Parameters,
    /// How ready households of each class are to learn.
    pub weights: Weights,
    /// All places.
    pub atlas: Arc<Atlas>,
    /// The run's seed.
    pub seed: Seed,
    /// The seed by which places and households were drawn.
    pub world_seed: Seed,
    /// First moment.
    pub start: Time,
    /// The moment after the last.
    pub end: Time,
    /// Households in a record, at most: 1 over the sample.
    pub sample: f64,
    /// Orders that one simulated order stands for.
    pub bundle: u32,
    /// Length of a window.
    pub window: Delay,
    /// What is reported.
    pub reporting: Reporting,
    /// Income of each income group over the mean of its village, poorest first.
    pub group_incomes: [f64; INCOME_GROUPS],
    /// Order values over their mean, for a bundle.
    pub baskets: Quantiles,
    /// By how much a parcel, or those of a bundle, move usual delivery times towards what they took.
    pub delivery_memory: f64,
    /// Gaps between bundles over their mean.
    pub gaps: Quantiles,
    /// When the programme runs: from, until. Never, if it is switched off.
    pub support: (Time, Time),
    /// The seasons of the run, as order time.
    pub seasons: Seasons,
    /// Rural households of the country over those simulated.
    pub national_scale: f64,
    /// Village shops outside the run.
    pub elsewhere: Elsewhere,
    /// Suppliers of each county.
    pub suppliers: Suppliers,
    /// Counties of the country over those simulated.
    pub county_scale: f64,
    /// The third of counties farthest from their capital begins here \[km\].
    pub remote_km: f64,
    /// The rules of the scenario; none in a setting under rules.
    pub rules: Arc<RuleBook>,
    /// Settings under rules, by those that hold; of a county, if some of them are for some of its villages.
    pub(super) variants: Arc<Mutex<Variants>>,
    /// Settings of villages, where rules set levers for some of a county's.
    pub(super) villages: Option<Arc<VillageSettings>>,
    /// Whether counties report their month to rules.
    pub reports_figures: bool,
}

/// Up to here the simulated places are scaled up to the country; beyond, they are too small a part of it.
pub const LARGEST_SCALE: f64 = 5.0;

/// Rounds up, and not what is whole but for the last digits.
const ALMOST_ONE: f64 = 0.999_999;

/// Records a village keeps at least, so that a small sample does not make its buyers lumpy.
pub const FEWEST_RECORDS: u32 = 64;

impl Setting {
    /// How many records a village of so many households keeps.
    pub fn records(households: u16, sample: f64) -> u16 {
        let wanted = (f64::from(households) * sample + ALMOST_ONE) as u32;
        wanted.max(FEWEST_RECORDS).min(u32::from(households)) as u16
    }

    /// Whether every household is simulated, and every order.
    pub fn is_whole(&self) -> bool {
        self.bundle == 1 && self.sample >= 1.0
    }

    /// Whether a fifth of the country's households or less is simulated: too few to stand for all.
    pub(crate) fn is_small_part(&self) -> bool {
        self.national_scale > LARGEST_SCALE
    }

    /// When a programme runs.
    pub fn support(programme: &ProgrammeParameters) -> (Time, Time) {
        if programme.enabled {
            (programme.start.midnight(), programme.support_end.midnight())
        } else {
            (Time::END, Time::START)
        }
    }

    /// A random stream.
    pub fn random_stream(&self, owner: Owner, purpose: Purpose, count: u64) -> RandomStream {
        RandomStream::new(self.seed, owner, purpose, count)
    }

    /// Growth factor of online variety at a moment, the middle of 2014 being 1.
    pub(crate) fn variety(&self, now: Time) -> f64 {
        variety(&self.parameters.household, now)
    }

    /// Share of households in which somebody can use self-service but for want of skill, nationally.
    pub fn phones(&self, now: Time) -> f64 {
        super::earlier_buyers::phones(&self.parameters, now)
    }

    /// The phone rank below which households have one within the horizon of slow clocks.
    pub(crate) fn phones_soon(&self, now: Time) -> u8 {
        Learners::phones_below(self.phones(now).max(self.phones(now + super::agenda::SLOW)))
    }

    /// The nation's address in the network: after the last county's.
    pub fn nation(&self) -> u32 {
        self.atlas.counties.len() as u32
    }

    /// Whether the programme runs at a moment.
    pub fn supported(&self, now: Time) -> bool {
        now >= self.support.0 && now < self.support.1
    }

    /// Service at stations beyond ordering, at a moment.
    pub(crate) fn service(p: &Parameters, now: Time) -> Service {
        let (from, until) = Setting::support(&p.programme);
        let supported = now >= from && now < until;
        if supported { Service::of(&p.household, &p.programme) } else { Service::NONE }
    }

    /// Whether the programme pays for analytics for merchants at a moment.
    pub fn pays_for_analytics(&self, now: Time) -> bool {
        self.parameters.programme.analytics_cost > 0.0 && self.supported(now)
    }

    /// The 2-digit code of a county's province.
    pub(crate) fn province_code(county: &County) -> u32 {
        county.code.province()
    }
}
