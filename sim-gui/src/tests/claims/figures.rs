//! Runs, and the figures that claims are about.

use crate::outcome::{self, scaled};
use crate::plan::Plan;
use crate::work::KnownPlaces;
use crate::work::sample::{Extent, Level};
use serde::Deserialize;
use sim_core::base::{Date, Month};
use sim_core::event::{Cause, Happening};
use sim_core::metrics::area::AreaMonth;
use sim_core::metrics::ledger::{Item, Payer};
use sim_core::params::Parameters;
use sim_core::simulation::Threads;
use std::collections::BTreeMap;

/// What is measured in a pair of runs with the same seed.
#[derive(Clone, Debug, Deserialize)]
pub enum Quantity {
    /// A figure of the plan.
    Plan(Figure),
    /// A figure of the baseline.
    Baseline(Figure),
    /// That of the plan over that of the baseline.
    Ratio(Figure),
    /// That of the plan less that of the baseline.
    Change(Figure),
    /// The first figure of the plan over the second.
    Per(Figure, Figure),
    /// The first figure's ratio over the second's.
    Beside(Figure, Figure),
    /// The first figure's change over the second's.
    Price(Figure, Figure),
}

/// A number that a run gives.
#[derive(Clone, Debug, Deserialize)]
pub enum Figure {
    /// An outcome in the last month.
    End(String),
    /// An outcome summed over the months.
    Sum(String),
    /// An outcome in the month of a day.
    At(String, String),
    /// An outcome summed from the month of a day on.
    Since(String, String),
    /// An outcome summed from the month of a day to that of another.
    Within(String, String, String),
    /// What the programme or government paid, or items of the books, joined by `+` \[yuan\].
    Paid(String),
    /// First shops of villages.
    FirstShops(By),
    /// A parameter's default, which a text cites.
    Default(String),
    /// Shops opened by the example of another village, among the first ten of each village.
    CopiedAcross,
    /// Shops opened by an example of the same village, among the first ten of each village.
    CopiedInside,
    /// Villages with at least so many shops at the end.
    Villages(u32),
    /// Counties with a village of at least so many shops at the end.
    Counties(u32),
}

/// By whose example a village's first shop was opened.
#[derive(Clone, Copy, Debug, Deserialize)]
pub enum By {
    Any,
    Across,
}

/// What is kept of a run.
#[derive(Debug, Default)]
pub struct Run {
    months: Vec<AreaMonth>,
    paid: BTreeMap<String, f64>,
    /// Copies among the first ten shops of each village: of another village's shop, of one of its own.
    copied: [f64; 2],
    /// First shops of villages: all, and those by another village's example.
    first: [f64; 2],
    /// Shops of each village, by county.
    shops: Vec<Vec<u32>>,
}

impl Run {
    pub fn of(plan: &Plan, level: Level, seed: u32, known: &KnownPlaces) -> Run {
        let prepared = plan.prepare().unwrap();
        let extent = Extent::of(&prepared).unwrap();
        let levels = [level, Level::Estimate, Level::Preview];
        let mut samples = levels.iter().filter_map(|&level| extent.sample(&prepared, level, seed));
        let sample = samples.next().unwrap();
        let mut simulation = known.build(&sample.scenario, None, Threads::Sequential).unwrap();
        while simulation.step() {}
        let gathered = simulation.gathered();
        let mut run = Run {
            months: (gathered.nation.iter())
                .map(|month| scaled(month, sample.places, sample.counties))
                .collect(),
            ..Run::default()
        };
        for month in &gathered.ledger {
            for item in Item::ALL {
                let yuan = month.totals.item(item) as f64 / 100.0 * sample.places;
                *run.paid.entry(format!("{item:?}")).or_default() += yuan;
                // What is handed on is nobody's spending on a plan.
                let Some(payer) = Payer::of(item.from()).filter(|payer| payer.spends(item)) else {
                    continue;
                };
                *run.paid.entry(payer.name().to_owned()).or_default() += yuan;
            }
        }
        for episode in &gathered.episodes {
            let Happening::ShopOpened(shop) = episode.happening else {
                continue;
            };
            let is_copy = matches!(episode.cause, Cause::Copied { .. });
            if let Cause::Copied { village, .. } = episode.cause {
                run.copied[usize::from(episode.village == Some(village))] += 1.0;
            }
            if shop.number == 0 {
                run.first[0] += 1.0;
                run.first[1] += f64::from(u8::from(is_copy));
            }
        }
        for county in simulation.counties() {
            let villages = 0..county.villages().len();
            run.shops.push(villages.map(|at| county.view(at).shops).collect());
        }
        run
    }

    fn values(&self, name: &str) -> impl Iterator<Item = (Month, f64)> {
        let outcome = outcome::named(name).unwrap();
        self.months.iter().map(|month| (month.month, outcome.value(month)))
    }

    fn figure(&self, figure: &Figure) -> f64 {
        let month = |day: &String| day.parse::<Date>().unwrap().month();
        match figure {
            Figure::End(name) => self.values(name).last().unwrap().1,
            Figure::Sum(name) => self.values(name).map(|(_, value)| value).sum(),
            Figure::At(name, day) => self.values(name).find(|(at, _)| *at == month(day)).unwrap().1,
            Figure::Since(name, day) => {
                (self.values(name)).filter(|(at, _)| *at >= month(day)).map(|(_, value)| value).sum()
            }
            Figure::Within(name, first, last) => (self.values(name))
                .filter(|(at, _)| (month(first)..=month(last)).contains(at))
                .map(|(_, value)| value)
                .sum(),
            Figure::Paid(who) => who.split('+').map(|item| self.paid[item]).sum(),
            Figure::FirstShops(By::Any) => self.first[0],
            Figure::FirstShops(By::Across) => self.first[1],
            Figure::Default(path) => {
                let rows = Parameters::catalogue().into_iter();
                let mut found = rows.filter(|row| row.path() == *path);
                found.next().unwrap().default.parse().unwrap()
            }
            Figure::CopiedAcross => self.copied[0],
            Figure::CopiedInside => self.copied[1],
            Figure::Villages(least) => {
                (self.shops.iter().flatten()).filter(|shops| *shops >= least).count() as f64
            }
            Figure::Counties(least) => (self.shops.iter())
                .filter(|villages| villages.iter().any(|shops| shops >= least))
                .count() as f64,
        }
    }
}

impl Quantity {
    pub fn of(&self, plan: &Run, baseline: &Run) -> f64 {
        let ratio = |figure| plan.figure(figure) / baseline.figure(figure);
        let change = |figure| plan.figure(figure) - baseline.figure(figure);
        match self {
            Quantity::Plan(figure) => plan.figure(figure),
            Quantity::Baseline(figure) => baseline.figure(figure),
            Quantity::Ratio(figure) => ratio(figure),
            Quantity::Change(figure) => change(figure),
            Quantity::Per(one, other) => plan.figure(one) / plan.figure(other),
            Quantity::Beside(one, other) => ratio(one) / ratio(other),
            Quantity::Price(one, other) => change(one) / change(other),
        }
    }
}
