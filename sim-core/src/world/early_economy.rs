//! What a county's economy was before 2010: the columns that end a table of counties, each of which may be
//! absent.
//!
//! `data/derive/county_attributes.py` says how the real columns follow from published figures. A table
//! without a column, or an empty cell, takes the median of the real counties: a place about which nothing is
//! known is neither favoured nor held back.

use super::table::TableRow;
use crate::base::{Fingerprint, Product, Wanted};

/// The greatest figure that any of the columns of numbers takes.
const MOST: f64 = 1e6;
/// The most entries of lists in a county.
const MOST_CLUSTERS: u32 = 1000;

/// The columns of a table of counties that say it, none of them required.
pub(super) const COLUMNS: [&str; 7] = [
    "rural_industry_1998",
    "exports_2008",
    "clusters",
    "cluster_trades",
    "clusters_near",
    "market_potential",
    "to_port_km",
];

/// A county's economy before 2010, as read: nothing where its table says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EarlyRecord {
    /// Workers of township and village enterprises in industry, 1998 \[per 1,000 people of the province\].
    pub rural_industry: Option<f64>,
    /// Exports, 2008 \[US$ per head of the province\].
    pub exports: Option<f64>,
    /// Industrial clusters and wholesale markets that lists of the time name in the county.
    pub clusters: Option<u32>,
    /// How many of them are of each trade; the lists do not name every trade.
    pub cluster_trades: [u16; Product::COUNT],
    /// Clusters of other counties, each weighted by exp(-distance / 50 km).
    pub clusters_near: Option<f64>,
    /// People of cities over their distance, summed \[million people/km\].
    pub market_potential: Option<f64>,
    /// Great-circle distance to the nearest great sea port \[km\].
    pub to_port: Option<f64>,
}

/// A county's economy before 2010, medians of the real counties where its table says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EarlyEconomy {
    /// Workers of township and village enterprises in industry, 1998 \[per 1,000 people of the province\].
    pub rural_industry: f64,
    /// Exports, 2008 \[US$ per head of the province\].
    pub exports: f64,
    /// Industrial clusters and wholesale markets that lists of the time name in the county.
    pub clusters: u32,
    /// How many of them are of each trade; the lists do not name every trade.
    pub cluster_trades: [u16; Product::COUNT],
    /// Clusters of other counties, each weighted by exp(-distance / 50 km).
    pub clusters_near: f64,
    /// People of cities over their distance, summed \[million people/km\].
    pub market_potential: f64,
    /// Great-circle distance to the nearest great sea port \[km\].
    pub to_port: f64,
    /// Whether it belongs to a municipality directly under the central government.
    pub municipality: bool,
}

/// Reads the cells of a row; faults are noted in it.
pub(super) fn read(row: &mut TableRow<'_>) -> EarlyRecord {
    EarlyRecord {
        rural_industry: row.number_or_none(COLUMNS[0], 0.0..=1000.0),
        exports: row.number_or_none(COLUMNS[1], 0.0..=MOST),
        clusters: row.whole_or_none(COLUMNS[2], 0..=MOST_CLUSTERS),
        cluster_trades: row.read_or(COLUMNS[3], Wanted::TradesWithCounts, trades),
        clusters_near: row.number_or_none(COLUMNS[4], 0.0..=MOST),
        market_potential: row.number_or_none(COLUMNS[5], 0.0..=MOST),
        to_port: row.number_or_none(COLUMNS[6], 0.0..=20_100.0),
    }
}

/// Trades with counts, like `clothing:2 toys:1`.
fn trades(text: &str) -> Option<[u16; Product::COUNT]> {
    let mut counts = [0_u16; Product::COUNT];
    for entry in text.split_ascii_whitespace() {
        let (name, count) = entry.split_once(':')?;
        let product = Product::ALL.into_iter().find(|product| product.name() == name)?;
        let count: u16 = count.parse().ok().filter(|&count| (1..=1000).contains(&count))?;
        let slot = &mut counts[product.at()];
        if *slot > 0 {
            return None;
        }
        *slot = count;
    }
    Some(counts)
}

impl EarlyEconomy {
    /// The columns of a table of counties that say it, none of them required.
    pub const COLUMNS: [&'static str; 7] = COLUMNS;

    /// The median of each figure over counties. A county that says nothing has no clusters of its own.
    pub(super) fn median<'a>(counties: impl Iterator<Item = &'a EarlyRecord>) -> EarlyEconomy {
        let records: Vec<&EarlyRecord> = counties.collect();
        let median = |of: fn(&EarlyRecord) -> Option<f64>| {
            let mut values: Vec<f64> = records.iter().filter_map(|record| of(record)).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or(0.0)
        };
        EarlyEconomy {
            rural_industry: median(|early| early.rural_industry),
            exports: median(|early| early.exports),
            clusters_near: median(|early| early.clusters_near),
            market_potential: median(|early| early.market_potential),
            to_port: median(|early| early.to_port),
            ..EarlyEconomy::default()
        }
    }

    /// What a record says, and the median where it says nothing.
    pub(super) fn of(record: &EarlyRecord, median: &EarlyEconomy, municipality: bool) -> EarlyEconomy {
        EarlyEconomy {
            rural_industry: record.rural_industry.unwrap_or(median.rural_industry),
            exports: record.exports.unwrap_or(median.exports),
            clusters: record.clusters.unwrap_or(median.clusters),
            cluster_trades: record.cluster_trades,
            clusters_near: record.clusters_near.unwrap_or(median.clusters_near),
            market_potential: record.market_potential.unwrap_or(median.market_potential),
            to_port: record.to_port.unwrap_or(median.to_port),
            municipality,
        }
    }

    /// Adds every figure to a fingerprint.
    pub(super) fn mix_into(&self, print: &mut Fingerprint) {
        let figures =
            [self.rural_industry, self.exports, self.clusters_near, self.market_potential, self.to_port];
        figures.into_iter().for_each(|value| print.mix_float(value));
        print.mix(u64::from(self.clusters) << 1 | u64::from(self.municipality));
        self.cluster_trades.iter().for_each(|&count| print.mix(u64::from(count)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Geography;

    #[test]
    fn trades_are_read_and_what_is_none_is_refused() {
        let counts = trades("clothing:2 toys:1").unwrap();
        assert_eq!((counts[Product::Clothing.at()], counts[Product::Toys.at()]), (2, 1));
        assert_eq!(trades(""), Some([0; Product::COUNT]));
        for wrong in ["clothes:2", "toys", "toys:0", "toys:-1", "toys:1 toys:2", "toys:9999"] {
            assert_eq!(trades(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn silence_is_the_median_and_a_figure_is_itself() {
        let counties = Geography::embedded().counties().iter();
        let median = EarlyEconomy::median(counties.map(|county| &county.early));
        // Half of the real counties are in provinces below that of Henan (52.0) or in it.
        assert!((40.0..60.0).contains(&median.rural_industry), "{median:?}");
        assert_eq!(EarlyEconomy::of(&EarlyRecord::default(), &median, false), median);
        let record = EarlyRecord { to_port: Some(7.0), clusters: Some(2), ..EarlyRecord::default() };
        let early = EarlyEconomy::of(&record, &median, true);
        assert_eq!((early.to_port, early.clusters, early.municipality), (7.0, 2, true));
    }
}
