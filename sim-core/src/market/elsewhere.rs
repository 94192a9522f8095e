//! What villages outside a run sell.
//!
//! A shop competes with village shops of the whole country. A run of a few counties simulates too few of them
//! to tell what the others do: scaling one county of furniture makers up to the country would flood that
//! market, and leaving the others out, which was done first, let every village of a small run boom. Their
//! attraction is therefore read from the region's `village_sellers.csv`, which a run of the whole country
//! has written (`sim-core/examples/village_sellers.rs`); what a policy would change outside the places of a
//! small run is not in it.

use crate::base::factor::MONTHS_IN_YEAR;
use crate::base::{Month, Product, Time};

/// Attraction of village shops outside the run, by year's end and trade \[thousandths\].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Elsewhere {
    /// Years, in order, with the attraction at their ends.
    years: Vec<(u16, [f64; Product::COUNT])>,
}

impl Elsewhere {
    /// Nobody.
    pub fn nobody() -> Elsewhere {
        Elsewhere::default()
    }

    /// The given share of the country's village shops by a table, 1 for all of them.
    pub fn share(table: &str, share: f64) -> Elsewhere {
        let mut elsewhere = Elsewhere::read(table);
        for (_, trades) in &mut elsewhere.years {
            trades.iter_mut().for_each(|attraction| *attraction *= share);
        }
        elsewhere
    }

    /// The same with further years until one, each greater than the one before by a growth.
    pub fn continued(mut self, growth: f64, until: i16) -> Elsewhere {
        while let Some(&(year, trades)) = self.years.last()
            && growth != 0.0
            && i16::try_from(year).is_ok_and(|year| year < until)
        {
            self.years.push((year + 1, trades.map(|attraction| attraction * (1.0 + growth))));
        }
        self
    }

    /// Reads a table of `year,product,attraction`, years in order. Lines that are none of it are passed over:
    /// the table is our own, and a test reads it whole.
    fn read(table: &str) -> Elsewhere {
        let mut years: Vec<(u16, [f64; Product::COUNT])> = Vec::new();
        for line in table.lines() {
            let mut cells = line.split(',');
            let (Some(year), Some(name), Some(attraction)) = (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            let product = Product::ALL.into_iter().find(|product| product.name() == name);
            let (Ok(year), Some(product), Ok(attraction)) =
                (year.parse(), product, attraction.parse::<f64>())
            else {
                continue;
            };
            if years.last().is_none_or(|&(last, _)| last != year) {
                years.push((year, [0.0; Product::COUNT]));
            }
            if let Some((_, trades)) = years.last_mut() {
                trades[product.at()] = attraction * super::demand::ATTRACTION_UNIT;
            }
        }
        Elsewhere { years }
    }

    /// Attraction at a moment, by trade \[thousandths\]: between two years' ends in proportion, none at the
    /// start of the table's first year, and after its last year as at its end.
    pub fn attraction(&self, now: Time) -> [i64; Product::COUNT] {
        let month = Month::of(now);
        let (year, part) = (month.year(), f64::from(month.month_of_year() - 1) / MONTHS_IN_YEAR);
        let at_end = |year: u16| {
            let known = self.years.iter().rfind(|&&(known, _)| known <= year);
            known.map_or([0.0; Product::COUNT], |&(_, trades)| trades)
        };
        let (before, after) = (at_end(year - 1), at_end(year));
        std::array::from_fn(|at| (before[at] + part * (after[at] - before[at])) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;

    const TABLE: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../regions/china/village_sellers.csv"));

    #[test]
    fn the_table_has_every_trade_in_every_year() {
        let elsewhere = Elsewhere::share(TABLE, 1.0);
        let years: Vec<u16> = elsewhere.years.iter().map(|&(year, _)| year).collect();
        assert_eq!(years, (2009..=2022).collect::<Vec<_>>());
        assert_eq!(TABLE.lines().count(), 1 + 14 * Product::COUNT);
        let all = |&(_, trades): &(u16, [f64; Product::COUNT])| trades.iter().all(|&a| a > 0.0);
        assert!(elsewhere.years.iter().all(all));
    }

    #[test]
    fn it_grows_from_nothing_through_every_year() {
        let elsewhere = Elsewhere::read("year,product,attraction\n2009,toys,12\n2010,toys,24\n");
        let toys = |date: &str| {
            let now = date.parse::<Date>().unwrap().midnight();
            elsewhere.attraction(now)[Product::Toys.at()]
        };
        assert_eq!(toys("2009-01-01"), 0);
        assert_eq!(toys("2009-07-01"), 6_000);
        assert_eq!(toys("2010-01-01"), 12_000);
        assert_eq!(toys("2010-07-15"), 18_000);
        assert_eq!((toys("2011-01-01"), toys("2022-07-01")), (24_000, 24_000));
        // Ten per cent a year from the end of 2010 on: 26,400 at the end of 2011, 25,200 in the middle of it.
        let grown = Elsewhere::read("year,product,attraction\n2010,toys,24\n").continued(0.1, 2011);
        let at = |date: &str| grown.attraction(date.parse::<Date>().unwrap().midnight())[Product::Toys.at()];
        assert_eq!((at("2011-07-01"), at("2012-01-01"), at("2022-07-01")), (25_200, 26_400, 26_400));
        assert_eq!(Elsewhere::nobody().attraction(Time::START), [0; Product::COUNT]);
    }
}
