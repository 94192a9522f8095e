//! Probes: what is measured of the villages of a finished run, where no series of the nation tells it.
//!
//! They read the village table, and so need rows of all villages with shops at year ends (`report.villages:
//! Active`, an interval of 12 months).

use sim_core::base::{Unit, math};
use sim_core::simulation::Simulation;
use sim_core::unit;
use std::collections::BTreeMap;

/// A probe.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What it is.
    pub definition: &'static str,
    /// How it is measured; not-a-number where there is nothing to measure.
    pub formula: fn(&Simulation) -> f64,
}

/// Probes of villages.
pub const PROBES: &[Probe] = &[
    Probe {
        name: "take_off_growth",
        unit: unit!(Rate / Year),
        definition: "Median logistic rate of selling households in villages that were ever Taobao villages: \
                     the change of the logit of shops over households, from the first year's end with a \
                     shop to the first with a third of households or else the last, over the years between.",
        formula: take_off_growth,
    },
    Probe {
        name: "take_off_share",
        unit: unit!(ShareOfVillages),
        definition: "Villages that were ever Taobao villages at a year's end, over all villages.",
        formula: take_off_share,
    },
    Probe {
        name: "years_to_third",
        unit: unit!(Years),
        definition: "Median years from the first year's end with a shop to the first with shops for a third \
                     of households, in villages that came so far.",
        formula: years_to_third,
    },
    Probe {
        name: "taobao_counties_half",
        unit: unit!(ShareOfCounties),
        definition: "The least share of counties that together have half of the Taobao villages at the end.",
        formula: taobao_counties_half,
    },
];

/// A village's past at year ends.
struct Past {
    county: u32,
    households: f64,
    /// Shops at year ends, from the first row on.
    shops: Vec<f64>,
    ever: bool,
    last: bool,
}

fn pasts(simulation: &Simulation) -> Vec<Past> {
    let atlas = &simulation.setting().atlas;
    let mut pasts: BTreeMap<(u32, usize), Past> = BTreeMap::new();
    for (county, row) in &simulation.gathered().villages {
        let at = row.village.at();
        let households = atlas.counties.get(*county as usize).and_then(|place| place.villages.get(at));
        let past = pasts.entry((*county, at)).or_insert_with(|| Past {
            county: *county,
            households: households.map_or(f64::NAN, |village| f64::from(village.households)),
            shops: Vec::new(),
            ever: false,
            last: false,
        });
        past.shops.push(f64::from(row.shops));
        past.ever |= row.taobao;
        past.last = row.taobao;
    }
    pasts.into_values().collect()
}

/// The first year's end with a shop, and the first with a third of households selling.
fn span(past: &Past) -> Option<(usize, Option<usize>)> {
    let first = past.shops.iter().position(|&shops| shops > 0.0)?;
    let third = past.shops.iter().position(|&shops| shops >= past.households / 3.0);
    Some((first, third))
}

fn take_off_growth(simulation: &Simulation) -> f64 {
    let logit = |shops: f64, households: f64| {
        let share = (shops / households).clamp(0.5 / households, 0.98);
        math::ln(share / (1.0 - share))
    };
    let pasts = pasts(simulation);
    let rates = pasts.iter().filter(|past| past.ever).filter_map(|past| {
        let (first, third) = span(past)?;
        let end = third.unwrap_or(past.shops.len() - 1);
        let change = logit(past.shops[end], past.households) - logit(past.shops[first], past.households);
        (end > first).then(|| change / (end - first) as f64)
    });
    median(rates.collect())
}

fn take_off_share(simulation: &Simulation) -> f64 {
    let ever = pasts(simulation).iter().filter(|past| past.ever).count();
    ever as f64 / simulation.setting().atlas.villages().max(1) as f64
}

fn years_to_third(simulation: &Simulation) -> f64 {
    let pasts = pasts(simulation);
    let years = pasts.iter().filter_map(|past| {
        let (first, third) = span(past)?;
        Some((third? - first) as f64)
    });
    median(years.collect())
}

fn taobao_counties_half(simulation: &Simulation) -> f64 {
    let mut counties: BTreeMap<u32, usize> = BTreeMap::new();
    for past in pasts(simulation).iter().filter(|past| past.last) {
        *counties.entry(past.county).or_default() += 1;
    }
    let mut counts: Vec<usize> = counties.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let all: usize = counts.iter().sum();
    if all == 0 {
        return f64::NAN;
    }
    let mut sum = 0;
    let needed = counts.iter().take_while(|&&count| {
        let short = 2 * sum < all;
        sum += count;
        short
    });
    needed.count() as f64 / simulation.setting().atlas.counties.len() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => values[middle],
        _ => 0.5 * (values[middle - 1] + values[middle]),
    }
}
