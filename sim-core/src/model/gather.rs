//! What counties have closed, gathered in county order after every window.
//!
//! Sequential and in integers, so that it does not depend on threads. County months are kept without their
//! histograms; those of provinces and the nation are merged first and kept as quantiles.

use super::county_state::{FollowedRow, VillageRow};
use super::node::ModelNode;
use super::setting::Setting;
use super::survey::SurveyRow;
use crate::base::Month;
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
    /// Rows of a trial's surveys, with the county's index.
    pub survey: Vec<(u32, SurveyRow)>,
    /// Episodes in order of window and county.
    pub episodes: Vec<Episode>,
}

impl Gathered {
    /// Takes what the nodes have closed since the last call.
    pub fn gather(&mut self, setting: &Setting, nodes: &mut [ModelNode]) {
        self.counties.resize_with(setting.atlas.counties.len(), Vec::new);
        let mut sums = Sums::default();
        for (index, node) in nodes.iter_mut().enumerate() {
            if let Some(county) = node.county_mut() {
                self.episodes.extend(county.take_episodes());
                self.villages
                    .extend(county.take_rows().into_iter().map(|row| (index as u32, row)));
                self.lives
                    .extend(county.take_lives().into_iter().map(|row| (index as u32, row)));
                self.survey
                    .extend(county.take_survey().into_iter().map(|row| (index as u32, row)));
                let province = setting.atlas.counties[index].province;
                for month in county.take_closed() {
                    sums.add(province, &month);
                    self.counties[index].push(AreaMonth::of(month));
                }
            } else if let Some(nation) = node.nation_mut() {
                nation
                    .take_closed()
                    .iter()
                    .for_each(|month| sums.add_nation(month));
            }
        }
        self.finish(sums);
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

#[derive(Default)]
struct Sums {
    nation: BTreeMap<Month, AreaSum>,
    provinces: BTreeMap<(Month, u16), AreaSum>,
    ledgers: BTreeMap<Month, LedgerMonth>,
}

impl Sums {
    fn add(&mut self, province: u16, month: &CountyMonth) {
        let at = month.month;
        self.nation
            .entry(at)
            .or_insert_with(|| AreaSum::new(at))
            .add(month);
        self.provinces
            .entry((at, province))
            .or_insert_with(|| AreaSum::new(at))
            .add(month);
        self.add_nation(month);
    }

    fn add_nation(&mut self, month: &CountyMonth) {
        match self.ledgers.get_mut(&month.month) {
            Some(sum) => sum.totals.merge(&month.ledger.totals),
            None => drop(self.ledgers.insert(month.month, month.ledger.clone())),
        }
    }
}
