//! The book of one county: listens to observations, and closes a month at a time.

use super::distribution::{Histogram, Scale};
use super::inequality;
use super::ledger::{Item, Ledger, LedgerMonth};
use super::spread::Spread;
use crate::base::{Fingerprint, Money, Month};
use crate::event::{Distribution, Measure, MeasureKind, MonthFigures, Observation};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// The scale on which a distribution is kept.
pub const fn scale(distribution: Distribution) -> Scale {
    match distribution {
        Distribution::StationDelivery | Distribution::SelfServiceDelivery => Scale::DELIVERY_HOURS,
        Distribution::PartnerIncome | Distribution::ShopSales => Scale::MONTHLY_MONEY,
        Distribution::HouseholdIncome => Scale::YEARLY_MONEY,
        Distribution::CostOfLiving => Scale::CHANGE,
    }
}

/// One empty histogram for each distribution.
pub fn histograms() -> Vec<Histogram> {
    Distribution::ALL.iter().map(|&distribution| Histogram::new(scale(distribution))).collect()
}

/// Reads one histogram for each distribution.
fn stored_histograms<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Histogram>, D::Error> {
    let stored = Vec::<Histogram>::deserialize(deserializer)?;
    let scales = Distribution::ALL.map(scale);
    let fits = stored.iter().map(Histogram::scale).eq(scales);
    if fits { Ok(stored) } else { Err(D::Error::custom(OTHER_SCALES)) }
}

/// Reads histograms of some distributions.
fn stored_news<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(Distribution, Histogram)>, D::Error> {
    let stored = Vec::<(Distribution, Histogram)>::deserialize(deserializer)?;
    let fits = stored.iter().all(|(distribution, histogram)| histogram.scale() == scale(*distribution));
    if fits { Ok(stored) } else { Err(D::Error::custom(OTHER_SCALES)) }
}

/// What is said of histograms that are not of their distributions.
const OTHER_SCALES: &str = "stored histograms are not those of this version";

/// A county's closed month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountyMonth {
    /// Which month.
    pub month: Month,
    /// Days of it that were simulated.
    pub days: u32,
    /// The measures, in order of [`Measure::ALL`].
    #[serde(deserialize_with = "crate::event::stored::measures")]
    pub values: Vec<i64>,
    /// What is kept of the distributions, in order of [`Distribution::ALL`].
    pub spreads: [Spread; Distribution::ALL.len()],
    /// Gini coefficient of household income per head; not-a-number before the first review.
    pub gini: f32,
    /// The distributions that have news, for merging into larger areas.
    #[serde(deserialize_with = "stored_news")]
    pub histograms: Vec<(Distribution, Histogram)>,
    /// The month's payments.
    pub ledger: LedgerMonth,
}

/// The open book of a county.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountyBook {
    #[serde(deserialize_with = "crate::event::stored::measures")]
    values: Vec<i64>,
    #[serde(deserialize_with = "stored_histograms")]
    histograms: Vec<Histogram>,
    /// Figures of distributions at their last news.
    spreads: [Spread; Distribution::ALL.len()],
    gini: f32,
    ledger: Ledger,
    closed: Vec<CountyMonth>,
}

impl Default for CountyBook {
    fn default() -> CountyBook {
        CountyBook {
            values: vec![0; Measure::COUNT],
            histograms: histograms(),
            spreads: [Spread::default(); Distribution::ALL.len()],
            gini: f32::NAN,
            ledger: Ledger::new(),
            closed: Vec::new(),
        }
    }
}

impl CountyBook {
    /// Takes note of something that has happened.
    #[inline(always)]
    pub fn observe(&mut self, observation: Observation) {
        match observation {
            Observation::Flow(measure, amount) => {
                debug_assert_eq!(measure.kind(), MeasureKind::Flow, "{}", measure.name());
                self.values[measure.at()] += amount;
            }
            Observation::Stock(measure, amount) => {
                debug_assert_eq!(measure.kind(), MeasureKind::Stock, "{}", measure.name());
                self.values[measure.at()] = amount;
            }
            Observation::Sample(distribution, value, weight) => {
                self.histograms[distribution.at()].record_many(value, weight);
            }
        }
    }

    /// Takes note of a flow.
    #[inline(always)]
    pub fn count(&mut self, measure: Measure, amount: i64) {
        self.observe(Observation::Flow(measure, amount));
    }

    /// Takes note of a stock.
    pub fn stock(&mut self, measure: Measure, amount: i64) {
        self.observe(Observation::Stock(measure, amount));
    }

    /// Takes note of a value of a distribution.
    #[inline(always)]
    pub fn sample(&mut self, distribution: Distribution, value: f64, weight: u64) {
        self.observe(Observation::Sample(distribution, value, weight));
    }

    /// Takes note of a payment.
    #[inline(always)]
    pub fn pay(&mut self, item: Item, amount: Money) {
        self.ledger.post(item, amount);
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The ledger, for what is not a plain payment.
    pub(crate) fn ledger_mut(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    /// The value of a measure in the open month.
    pub fn value(&self, measure: Measure) -> i64 {
        self.values[measure.at()]
    }

    /// Closes the month, of which so many days were simulated: flows and distributions start again; stocks,
    /// and figures of distributions that are reviewed now and then, stay.
    pub fn close(&mut self, month: Month, days: u32) {
        let ledger = self.ledger.close_month(month);
        let values = self.values.clone();
        for (value, measure) in self.values.iter_mut().zip(Measure::ALL) {
            if measure.kind() == MeasureKind::Flow {
                *value = 0;
            }
        }
        let histograms = self.take_histograms();
        let (spreads, gini) = (self.spreads, self.gini);
        self.closed.push(CountyMonth { month, days, values, spreads, gini, histograms, ledger });
    }

    /// Takes the distributions that have news, and renews their figures.
    fn take_histograms(&mut self) -> Vec<(Distribution, Histogram)> {
        let mut news = Vec::new();
        for distribution in Distribution::ALL {
            let histogram = &mut self.histograms[distribution.at()];
            if histogram.count() == 0 {
                if !is_reviewed(distribution) {
                    self.spreads[distribution.at()] = Spread::of(histogram);
                }
                continue;
            }
            let full = std::mem::replace(histogram, Histogram::new(scale(distribution)));
            self.spreads[distribution.at()] = Spread::of(&full);
            if distribution == Distribution::HouseholdIncome {
                self.gini = gini(&full);
            }
            news.push((distribution, full));
        }
        news
    }

    /// The month that was closed last, as rules look at it; nothing once it was handed out.
    pub(crate) fn figures(&self) -> Option<MonthFigures> {
        let closed = self.closed.last()?;
        let counted = closed.histograms.iter();
        let counted = counted.map(|(distribution, histogram)| (*distribution, histogram.counted()));
        Some(MonthFigures {
            month: closed.month,
            days: closed.days,
            values: closed.values.clone(),
            counted: counted.collect(),
        })
    }

    /// Hands out the months closed since the last call.
    pub(crate) fn take_closed(&mut self) -> Vec<CountyMonth> {
        std::mem::take(&mut self.closed)
    }

    /// Adds the open sums to a fingerprint.
    pub fn digest(&self, fingerprint: &mut Fingerprint) {
        self.values.iter().for_each(|&value| fingerprint.mix(value as u64));
        for account in super::ledger::Account::ALL {
            fingerprint.mix(self.ledger.balance(account).fen() as u64);
        }
    }
}

/// The Gini coefficient of a histogram; not-a-number for an empty one.
pub(super) fn gini(histogram: &Histogram) -> f32 {
    inequality::gini(histogram).map_or(f32::NAN, |gini| gini as f32)
}

/// Whether a distribution is reviewed now and then, rather than collected over the month.
pub(crate) const fn is_reviewed(distribution: Distribution) -> bool {
    matches!(distribution, Distribution::HouseholdIncome | Distribution::CostOfLiving)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flows_start_again_and_stocks_stay() {
        let mut book = CountyBook::default();
        book.count(Measure::StationOrders, 3);
        book.count(Measure::StationOrders, 4);
        book.stock(Measure::Shops, 9);
        book.pay(Item::DeliveryFee, Money::from_fen(500));
        book.sample(Distribution::StationDelivery, 48.0, 2);
        book.close(Month(170), 31);
        book.close(Month(171), 30);
        let months = book.take_closed();
        let read = |index: usize, measure: Measure| months[index].values[measure.at()];
        assert_eq!((read(0, Measure::StationOrders), read(1, Measure::StationOrders)), (7, 0));
        assert_eq!((read(0, Measure::Shops), read(1, Measure::Shops)), (9, 9));
        assert_eq!(months[0].ledger.totals.item(Item::DeliveryFee), 500);
        assert_eq!(months[1].ledger.totals.item(Item::DeliveryFee), 0);
        assert_eq!(months[0].spreads[Distribution::StationDelivery.at()].count, 2);
        assert_eq!(months[1].spreads[Distribution::StationDelivery.at()].count, 0);
        assert!(book.take_closed().is_empty());
    }
}
