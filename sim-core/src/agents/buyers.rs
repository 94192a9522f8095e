//! The online buyers of a village: a weighted sampler from which the next order's household is drawn in
//! constant time.
//!
//! A household has as many entries in the sampler as its spending is worth, a household on trial with
//! fewer. How much each orders for an entry is its own: an entry drawn is accepted with its household's rate
//! over the highest; the sampler sums the rates of its entries, in whole steps, so that the village's total
//! rate is exactly that of what is accepted. Rejected: an alias table per village, rebuilt at every change;
//! and one clock per household (design.md).

use crate::base::bounded;
use crate::base::random_stream::below;
use crate::market::choice::{CLASSES, Choice, Choices};
use serde::{Deserialize, Serialize};

/// Where an entry belongs: its class, and whether its household uses self-service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Class, below [`CLASSES`].
    pub class: u8,
    /// Whether the household can use self-service.
    pub self_service: bool,
}

impl Slot {
    fn of<T>(self, table: &mut [[T; 2]; CLASSES]) -> &mut T {
        &mut table[usize::from(self.class)][usize::from(self.self_service)]
    }
}

/// A household that buys.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Buyer {
    /// Its number.
    pub household: u16,
    /// Its entries.
    pub count: u8,
    /// Where they belong.
    pub slot: Slot,
    /// Orders of one of them \[orders/year\].
    pub rate: f64,
}

/// Steps in which an own rate is told, up to the village's highest.
const STEPS: f64 = u16::MAX as f64;

/// The weighted sampler of one village. Households are numbered within their village.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Buyers {
    entries: Vec<u16>,
    /// How much each household orders for an entry, over the highest \[1/65535\]; of no meaning
    /// for who does not buy.
    rates: Box<[u16]>,
    /// The highest of those rates \[orders/year\].
    top: f64,
    /// Rates of all entries together \[1/65535 of the highest\].
    sums: [[u64; 2]; CLASSES],
    /// Entries of households who depend on the station.
    assisted: u32,
}

impl Buyers {
    /// Nobody yet of so many households.
    pub fn among(households: usize) -> Buyers {
        Buyers { rates: vec![0; households].into_boxed_slice(), ..Buyers::default() }
    }

    /// Puts `count` entries of a household in, at its present rate.
    pub fn insert(&mut self, household: u16, count: u8, slot: Slot) {
        self.entries.extend(std::iter::repeat_n(household, usize::from(count)));
        self.count_in(household, u32::from(count), slot);
    }

    /// Takes all entries of a household out.
    pub fn remove(&mut self, household: u16, slot: Slot) {
        let before = self.entries.len();
        self.entries.retain(|&entry| entry != household);
        self.count_out(household, (before - self.entries.len()) as u32, slot);
    }

    /// Moves a household's entries to another slot.
    pub(crate) fn regroup(&mut self, household: u16, count: u8, from: Slot, to: Slot) {
        self.count_out(household, u32::from(count), from);
        self.count_in(household, u32::from(count), to);
    }

    /// Counts entries of a household in a slot.
    fn count_in(&mut self, household: u16, count: u32, slot: Slot) {
        let steps = self.steps(household, count);
        *slot.of(&mut self.sums) += steps;
        self.assisted += if slot.self_service { 0 } else { count };
    }

    /// Counts them there no longer.
    fn count_out(&mut self, household: u16, count: u32, slot: Slot) {
        let steps = self.steps(household, count);
        *slot.of(&mut self.sums) -= steps;
        self.assisted -= if slot.self_service { 0 } else { count };
    }

    /// Rates of so many entries of a household together \[1/65535 of the highest\].
    fn steps(&self, household: u16, count: u32) -> u64 {
        u64::from(count) * u64::from(self.rates[usize::from(household)])
    }

    /// Sets the rate of a household that has no entries yet \[orders/year\]. False, and nothing set, where it
    /// is above the highest: then all are to be set anew.
    pub(crate) fn set_rate(&mut self, household: u16, rate: f64) -> bool {
        if rate > self.top {
            return false;
        }
        self.rates[usize::from(household)] = stepped(rate, self.top);
        true
    }

    /// Sets the rates of all who buy.
    pub(crate) fn set_rates(&mut self, buyers: &[Buyer]) {
        self.top = buyers.iter().fold(0.0, |top: f64, buyer| top.max(buyer.rate));
        self.rates.fill(0);
        (self.sums, self.assisted) = Default::default();
        for &Buyer { household, count, slot, rate } in buyers {
            self.rates[usize::from(household)] = stepped(rate, self.top);
            self.count_in(household, u32::from(count), slot);
        }
    }

    /// Orders of all entries \[orders/year\].
    pub fn rate(&self) -> f64 {
        self.sums.iter().flatten().sum::<u64>() as f64 * self.top / STEPS
    }

    /// Orders of an entry of a household \[orders/year\].
    pub fn rate_of(&self, household: u16) -> f64 {
        f64::from(self.rates[usize::from(household)]) * self.top / STEPS
    }

    /// Self-service orders of all entries \[orders/year\].
    pub fn self_service_rate(&self, choices: &Choices) -> f64 {
        let of = |(&sum, choice): (&u64, &Choice)| sum as f64 * (1.0 - f64::from(choice.by_station));
        let rows = self.sums.iter().zip(choices);
        let sum: f64 = rows.map(|(sums, choice)| sums.iter().zip(choice).map(of).sum::<f64>()).sum();
        sum * self.top / STEPS
    }

    /// The share of entries whose households depend on the station; 0 if the sampler is empty.
    pub fn assisted(&self) -> f64 {
        f64::from(self.assisted) / (self.entries.len().max(1)) as f64
    }

    /// The household of a entry, by a random word; nobody if the sampler is empty.
    #[inline]
    pub fn pick(&self, word: u32) -> Option<u16> {
        self.entries.get(below(word, self.entries.len() as u32) as usize).copied()
    }

    /// Whether a household that was picked orders, by a random word: as often as its rate over the highest.
    #[inline]
    pub fn accepts(&self, household: u16, word: u32) -> bool {
        word >> 16 < u32::from(self.rates[usize::from(household)])
    }

    /// Whether what was stored is a sampler of so many households, which have these slots: all that it names
    /// is there, and no more will be taken out than is in.
    pub(crate) fn is_sound(&self, slots: &[Slot]) -> bool {
        let is_known = |&entry: &u16| usize::from(entry) < slots.len();
        let fits = self.rates.len() == slots.len() && self.entries.iter().all(is_known);
        if !(fits && self.top.is_finite() && self.top >= 0.0) {
            return false;
        }
        let (mut sums, mut assisted) = ([[0; 2]; CLASSES], 0);
        for &entry in &self.entries {
            let slot = slots[usize::from(entry)];
            *slot.of(&mut sums) += self.steps(entry, 1);
            assisted += u32::from(!slot.self_service);
        }
        let holds =
            |(&stored, &least): (&u64, &u64)| (least..=bounded::LARGEST as u64 >> 6).contains(&stored);
        let stored = self.sums.iter().flatten().zip(sums.iter().flatten());
        stored.into_iter().all(holds) && (assisted..=1 << 24).contains(&self.assisted)
    }

    /// How many entries are in the sampler.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nobody buys.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Memory held on the heap \[bytes\].
    pub fn bytes(&self) -> usize {
        self.entries.capacity() * size_of::<u16>() + size_of_val::<[u16]>(&self.rates)
    }
}

/// A rate in steps of the highest, one at least for who orders at all.
fn stepped(rate: f64, top: f64) -> u16 {
    if rate <= 0.0 { 0 } else { (rate / top * STEPS + 0.5).max(1.0) as u16 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Owner, Purpose, RandomStream, Seed};

    const ASSISTED: Slot = Slot { class: 0, self_service: false };
    const SELF_SERVICE: Slot = Slot { class: 4, self_service: true };

    #[test]
    fn entries_and_sums_stay_together() {
        let mut buyers = Buyers::among(10);
        buyers.insert(7, 3, ASSISTED);
        buyers.insert(9, 2, SELF_SERVICE);
        let buyer = |household, count, slot, rate| Buyer { household, count, slot, rate };
        buyers.set_rates(&[buyer(7, 3, ASSISTED, 2.0), buyer(9, 2, SELF_SERVICE, 5.0)]);
        assert!((buyers.rate() - (3.0 * 2.0 + 2.0 * 5.0)).abs() < 1e-3);
        assert_eq!(buyers.assisted(), 0.6);
        let mut choices = Choices::default();
        choices[4][1].by_station = 0.2;
        choices[0][0].by_station = 1.0;
        assert!((buyers.self_service_rate(&choices) - 8.0).abs() < 1e-3);
        buyers.remove(7, ASSISTED);
        assert!((buyers.rate() - 10.0).abs() < 1e-9);
        assert_eq!((buyers.len(), buyers.pick(u32::MAX)), (2, Some(9)));
        assert!(!buyers.set_rate(7, 6.0), "above the highest");
        assert!(buyers.set_rate(7, 2.5));
        buyers.insert(7, 1, ASSISTED);
        assert!((buyers.rate() - 12.5).abs() < 1e-3);
        buyers.regroup(7, 1, ASSISTED, SELF_SERVICE);
        assert_eq!((buyers.assisted(), (buyers.rate() * 1e3).round()), (0.0, 12_500.0));
    }

    /// As often as its entries, and of those as often as its own rate over the highest.
    #[test]
    fn households_are_picked_by_their_entries_and_accepted_by_their_rates() {
        let mut buyers = Buyers::among(2);
        buyers.insert(0, 1, ASSISTED);
        buyers.insert(1, 4, ASSISTED);
        let buyer = |household, count, rate| Buyer { household, count, slot: ASSISTED, rate };
        buyers.set_rates(&[buyer(0, 1, 1.0), buyer(1, 4, 0.25)]);
        let mut stream = RandomStream::new(Seed(5), Owner::other(1), Purpose::Test, 0);
        let (mut picked, mut accepted) = (0usize, [0usize; 2]);
        for _ in 0..10_000 {
            let household = buyers.pick(stream.word()).unwrap();
            picked += usize::from(household == 1);
            accepted[usize::from(household)] += usize::from(buyers.accepts(household, stream.word()));
        }
        // Binomial(10,000, 0.8): five standard deviations are 200. Of four in five a quarter, and one in
        // five: as many each, with five standard deviations of 200 too.
        assert!(picked.abs_diff(8_000) < 200, "{picked}");
        assert!(accepted.iter().all(|count| count.abs_diff(2_000) < 200), "{accepted:?}");
    }
}
