//! Takings: what businesses of their own bring the households of a village, to the fen, for the open month
//! and the twelve before.
//!
//! Farm, wages, transfers and what migrants send follow from a household's record at any moment. What a shop
//! or a station brings differs from month to month, and the household lives on a year of it: it is kept as
//! the ledger pays it. A year, because a founder's own money and a bad month are parts of a year's income; a
//! month's times twelve would make paupers of founders.

use crate::base::factor::MONTHS;
use crate::base::{Money, Month};
use crate::metrics::ledger::IncomeSource;
use serde::{Deserialize, Serialize};

/// What one kind of business brings the households of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Taking {
    record: u16,
    source: IncomeSource,
    /// In the open month.
    month: Money,
    /// In the last twelve months, a slot a calendar month \[yuan\].
    year: [f32; MONTHS],
}

/// What the households of a record took home in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::model) struct YearTaken {
    /// Of which record.
    pub record: u16,
    /// From what.
    pub source: IncomeSource,
    /// How much \[yuan\].
    pub yuan: f64,
}

/// What households of a village take home from businesses of their own, less what they put in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Takings(Vec<Taking>);

impl Takings {
    /// Notes what a record's households take home; what they put in is below zero.
    pub(in crate::model) fn add(&mut self, record: u16, source: IncomeSource, amount: Money) {
        let place = self.0.binary_search_by_key(&(record, source), |taking| (taking.record, taking.source));
        match place {
            Ok(at) => self.0[at].month += amount,
            Err(at) => self.0.insert(at, Taking { record, source, month: amount, year: [0.0; MONTHS] }),
        }
    }

    /// Ends a month of which such a part was simulated; the rest of its slot remains last year's, so that
    /// the year is twelve months.
    pub(in crate::model) fn close(&mut self, month: Month, part: f64) {
        let slot = usize::from(month.month_of_year()) - 1;
        for taking in &mut self.0 {
            let before = f64::from(taking.year[slot]) * (1.0 - part);
            taking.year[slot] = (taking.month.yuan() + before) as f32;
        }
    }

    /// Begins a month. Who has taken nothing for a year is forgotten.
    pub(in crate::model) fn begin(&mut self) {
        self.0.retain_mut(|taking| {
            taking.month = Money::ZERO;
            taking.year.iter().any(|&amount| amount != 0.0)
        });
    }

    /// All that the village's households took home from a source in the month.
    pub(in crate::model) fn month(&self, source: IncomeSource) -> Money {
        self.0.iter().filter(|taking| taking.source == source).map(|taking| taking.month).sum()
    }

    /// The same in the last twelve months, all sources together \[yuan\].
    pub fn year(&self) -> f64 {
        self.0.iter().map(Taking::sum).sum()
    }

    /// What each record took home in the last twelve months, in order of records \[yuan\].
    pub(in crate::model) fn by_record(&self) -> impl Iterator<Item = YearTaken> {
        let year =
            |taking: &Taking| YearTaken { record: taking.record, source: taking.source, yuan: taking.sum() };
        self.0.iter().map(year)
    }

    /// Memory held beyond its own \[bytes\].
    pub(super) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<Taking>()
    }
}

impl Taking {
    fn sum(&self) -> f64 {
        self.year.iter().map(|&amount| f64::from(amount)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOPS: IncomeSource = IncomeSource::OwnShops;

    /// By hand: 100 yuan a month for 18 months are 1,200 yuan in the last twelve; half a month that brings 50
    /// leaves a year at 1,200; and after a year without anything the record is forgotten.
    #[test]
    fn a_year_is_the_last_twelve_months() {
        let mut takings = Takings::default();
        for month in 0..18 {
            takings.add(3, SHOPS, Money::from_yuan(150.0));
            takings.add(3, SHOPS, Money::from_yuan(-50.0));
            takings.close(Month(170 + month), 1.0);
            assert_eq!(takings.month(SHOPS), Money::from_yuan(100.0));
            takings.begin();
        }
        assert_eq!(takings.year(), 1_200.0);
        takings.add(3, SHOPS, Money::from_yuan(50.0));
        takings.close(Month(188), 0.5);
        assert_eq!(takings.year(), 1_200.0);
        for month in 0..12 {
            takings.begin();
            takings.close(Month(189 + month), 1.0);
        }
        takings.begin();
        assert_eq!(takings, Takings::default());
    }

    #[test]
    fn records_and_sources_are_kept_apart_and_in_order() {
        let mut takings = Takings::default();
        for (record, source) in [(7, SHOPS), (2, IncomeSource::Station), (7, IncomeSource::Station)] {
            takings.add(record, source, Money::from_yuan(f64::from(record)));
        }
        takings.close(Month(170), 1.0);
        let taken = |record: u16, source| YearTaken { record, source, yuan: f64::from(record) };
        let all: Vec<_> = takings.by_record().collect();
        let expected = [taken(2, IncomeSource::Station), taken(7, SHOPS), taken(7, IncomeSource::Station)];
        assert_eq!(all, expected);
    }
}
