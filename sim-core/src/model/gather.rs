//! What counties have closed, gathered in county order after every window.
//!
//! Each rank makes a [`Harvest`] of its nodes, in whole numbers; harvests add up in the order of ranks,
//! which is the order of counties, so that neither threads nor ranks change what is gathered. County
//! months are kept without their histograms; those of provinces and the nation are merged first and kept as
//! quantiles.

use super::county_process::CountyProcess;
use super::county_state::{FollowedRow, FollowedShopRow, VillageRow};
use super::nation_rules::Decision;
use super::node::ModelNode;
use super::setting::Setting;
use super::survey::SurveyRow;
use crate::base::{Month, VillageIndex};
use crate::event::Episode;
use crate::metrics::area::{AreaMonth, AreaSum};
use crate::metrics::book::CountyMonth;
use crate::metrics::ledger::LedgerMonth;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything gathered so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gathered {
    /// The nation, month by month.
    pub nation: Vec<AreaMonth>,
    /// Provinces by index in the atlas, month by month.
    pub provinces: BTreeMap<u16, Vec<AreaMonth>>,
    /// Counties in order of the atlas, month by month.
    pub counties: Vec<Vec<AreaMonth>>,
    /// Payments of the nation.
    pub ledger: Vec<LedgerMonth>,
    /// Rows of villages, with the county's index.
    pub villages: Vec<(u32, VillageRow)>,
    /// Months of followed households, with the county's index.
    pub lives: Vec<(u32, FollowedRow)>,
    /// Months of followed shops, with the county's index.
    pub shop_lives: Vec<(u32, FollowedShopRow)>,
    /// Rows of a trial's surveys, with the county's index.
    pub survey: Vec<(u32, SurveyRow)>,
    /// Episodes in order of window and county.
    pub episodes: Vec<Episode>,
    /// What rules decided, in order of time and rule.
    pub decisions: Vec<Decision>,
    /// The last month, if it was not over at the run's end: its rows are those of the days until then, and
    /// go if the run goes on.
    pub unfinished: Option<Month>,
}

impl Gathered {
    /// Whether what was stored is about the places and rules of the run.
    pub(crate) fn is_sound(&self, setting: &Setting) -> bool {
        let counties = &setting.atlas.counties;
        let knows = |county: u32, village: VillageIndex| {
            let county = counties.get(county as usize);
            county.is_some_and(|county| village.at() < county.villages.len())
        };
        let whole = |months: &[AreaMonth]| months.iter().all(|month| !month.values.is_empty());
        let areas = whole(&self.nation)
            && self.provinces.values().all(|months| whole(months))
            && self.provinces.keys().all(|&at| usize::from(at) < setting.atlas.provinces.len())
            && self.counties.iter().all(|months| whole(months))
            && self.counties.len() <= counties.len();
        let rows = self.villages.iter().all(|(county, row)| knows(*county, row.village))
            && self.lives.iter().all(|(county, row)| knows(*county, row.village))
            && self.shop_lives.iter().all(|(county, row)| knows(*county, row.village))
            && self.survey.iter().all(|(county, _)| (*county as usize) < counties.len());
        let episodes = self.episodes.iter().all(|episode| {
            let county = episode.county.at() < counties.len();
            county && episode.village.is_none_or(|village| knows(episode.county.0, village))
        });
        let rules = setting.rules.rules();
        let decisions = self.decisions.iter().all(|decision| {
            let rule = rules.get(usize::from(decision.rule));
            rule.is_some_and(|rule| decision.unit.is_none_or(|unit| usize::from(unit) < rule.units.len()))
        });
        areas && rows && episodes && decisions
    }
}

/// What some nodes have closed since the last harvest.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Harvest {
    counties: Vec<(u32, AreaMonth)>,
    villages: Vec<(u32, VillageRow)>,
    lives: Vec<(u32, FollowedRow)>,
    shop_lives: Vec<(u32, FollowedShopRow)>,
    survey: Vec<(u32, SurveyRow)>,
    episodes: Vec<Episode>,
    decisions: Vec<Decision>,
    sums: Sums,
}

impl Harvest {
    /// Of nodes, the first of them at address `first`.
    pub fn of(setting: &Setting, first: u32, nodes: &mut [ModelNode]) -> Harvest {
        let mut harvest = Harvest::default();
        for (index, node) in (first..).zip(nodes) {
            if let Some(county) = node.county_mut() {
                harvest.county(setting, index, county);
            } else if let Some(nation) = node.nation_mut() {
                nation.take_closed().iter().for_each(|month| harvest.sums.add_nation(month));
                harvest.decisions.extend(nation.take_decisions());
            }
        }
        harvest
    }

    /// Of the days since the last month's end, at a run's end within a month; the nodes stay as they are.
    pub fn unfinished(setting: &Setting, first: u32, nodes: &[ModelNode]) -> Harvest {
        let mut harvest = Harvest::default();
        for (index, node) in (first..).zip(nodes) {
            if let Some(county) = node.county() {
                harvest.county(setting, index, &mut county.unfinished(setting, setting.end));
            } else if let Some(nation) = node.nation() {
                let closed = nation.unfinished(setting, setting.end);
                closed.iter().for_each(|month| harvest.sums.add_nation(month));
            }
        }
        harvest
    }

    /// Adds what a county has closed.
    fn county(&mut self, setting: &Setting, index: u32, county: &mut CountyProcess) {
        fn with<T>(index: u32, rows: Vec<T>) -> impl Iterator<Item = (u32, T)> {
            rows.into_iter().map(move |row| (index, row))
        }
        self.episodes.extend(county.take_episodes());
        self.villages.extend(with(index, county.take_rows()));
        self.lives.extend(with(index, county.take_lives()));
        self.shop_lives.extend(with(index, county.take_shop_lives()));
        self.survey.extend(with(index, county.take_survey()));
        let province = setting.atlas.counties[index as usize].province;
        for month in county.take_closed() {
            self.sums.add(province, &month);
            self.counties.push((index, AreaMonth::of(month)));
        }
    }

    /// Adds the harvest of the nodes that come next.
    pub fn join(&mut self, next: Harvest) {
        self.counties.extend(next.counties);
        self.villages.extend(next.villages);
        self.lives.extend(next.lives);
        self.shop_lives.extend(next.shop_lives);
        self.survey.extend(next.survey);
        self.episodes.extend(next.episodes);
        self.decisions.extend(next.decisions);
        self.sums.join(next.sums);
    }
}

impl Gathered {
    /// Takes in the harvest of all nodes.
    pub fn take(&mut self, setting: &Setting, harvest: Harvest) {
        self.counties.resize_with(setting.atlas.counties.len(), Vec::new);
        for (index, month) in harvest.counties {
            if let Some(months) = self.counties.get_mut(index as usize) {
                months.push(month);
            }
        }
        self.villages.extend(harvest.villages);
        self.lives.extend(harvest.lives);
        self.shop_lives.extend(harvest.shop_lives);
        self.survey.extend(harvest.survey);
        self.episodes.extend(harvest.episodes);
        self.decisions.extend(harvest.decisions);
        self.finish(harvest.sums);
    }

    /// Takes in the days since the last month's end, at a run's end within that month.
    pub(crate) fn take_unfinished(&mut self, setting: &Setting, harvest: Harvest) {
        self.take(setting, harvest);
        self.unfinished = Some(Month::of(setting.end));
    }

    /// Drops the days of a month that was not over: the run goes on, and the month will be closed whole.
    pub(crate) fn go_on(&mut self) {
        let Some(open) = self.unfinished.take() else {
            return;
        };
        let areas = self.provinces.values_mut().chain(&mut self.counties);
        for months in areas.chain([&mut self.nation]) {
            months.retain(|month| month.month != open);
        }
        self.ledger.retain(|ledger| ledger.month != open);
        self.villages.retain(|(_, row)| row.month != open);
        self.lives.retain(|(_, row)| row.month != open);
        self.shop_lives.retain(|(_, row)| row.month != open);
    }

    fn finish(&mut self, sums: Sums) {
        for sum in sums.nation.into_values() {
            self.nation.push(sum.finish(self.nation.last()));
        }
        for ((_, province), sum) in sums.provinces {
            let months = self.provinces.entry(province).or_default();
            months.push(sum.finish(months.last()));
        }
        for (month, ledger) in sums.ledgers {
            match self.ledger.iter_mut().find(|known| known.month == month) {
                // The nation may close a month a window after the counties.
                Some(known) => known.totals.merge(&ledger.totals),
                None => self.ledger.push(ledger),
            }
        }
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Sums {
    nation: BTreeMap<Month, AreaSum>,
    provinces: BTreeMap<(Month, u16), AreaSum>,
    ledgers: BTreeMap<Month, LedgerMonth>,
}

impl Sums {
    fn add(&mut self, province: u16, month: &CountyMonth) {
        let at = month.month;
        self.nation.entry(at).or_insert_with(|| AreaSum::new(at, month.days)).add(month);
        self.provinces.entry((at, province)).or_insert_with(|| AreaSum::new(at, month.days)).add(month);
        self.add_nation(month);
    }

    fn add_nation(&mut self, month: &CountyMonth) {
        self.add_ledger(&month.ledger);
    }

    fn add_ledger(&mut self, ledger: &LedgerMonth) {
        match self.ledgers.get_mut(&ledger.month) {
            Some(sum) => sum.totals.merge(&ledger.totals),
            None => drop(self.ledgers.insert(ledger.month, ledger.clone())),
        }
    }

    fn join(&mut self, next: Sums) {
        join(&mut self.nation, next.nation);
        join(&mut self.provinces, next.provinces);
        next.ledgers.values().for_each(|ledger| self.add_ledger(ledger));
    }
}

fn join<K: Ord>(sums: &mut BTreeMap<K, AreaSum>, next: BTreeMap<K, AreaSum>) {
    for (key, more) in next {
        match sums.get_mut(&key) {
            Some(sum) => sum.merge(&more),
            None => drop(sums.insert(key, more)),
        }
    }
}
