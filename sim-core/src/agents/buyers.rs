//! The online buyers of a village: a weighted sampler from which the next order's household is drawn in
//! constant time.
//!
//! A household has as many entries in the sampler as its spending is worth, a household on trial with
//! fewer. The classes' order rates differ, so an entry drawn is accepted with its class's rate over the
//! highest; the sampler counts its entries by class, so that the village's total rate is exact. Rejected: an
//! alias table per village, rebuilt at every change; and one clock per household (design.md).

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

/// The weighted sampler of one village. Households are numbered within their village.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Buyers {
    entries: Vec<u16>,
    counts: [[u32; 2]; CLASSES],
}

impl Buyers {
    /// Puts `count` entries of a household in.
    pub fn insert(&mut self, household: u16, count: u8, slot: Slot) {
        self.entries.extend(std::iter::repeat_n(household, usize::from(count)));
        self.counts[usize::from(slot.class)][usize::from(slot.self_service)] += u32::from(count);
    }

    /// Takes all entries of a household out.
    pub fn remove(&mut self, household: u16, slot: Slot) {
        let before = self.entries.len();
        self.entries.retain(|&entry| entry != household);
        let gone = (before - self.entries.len()) as u32;
        self.counts[usize::from(slot.class)][usize::from(slot.self_service)] -= gone;
    }

    /// Moves a household's entries to another slot of the count.
    pub(crate) fn regroup(&mut self, count: u8, from: Slot, to: Slot) {
        self.counts[usize::from(from.class)][usize::from(from.self_service)] -= u32::from(count);
        self.counts[usize::from(to.class)][usize::from(to.self_service)] += u32::from(count);
    }

    /// Orders of all entries \[orders/year\], and the highest rate of any entry in the sampler.
    pub fn rates(&self, choices: &Choices) -> (f64, f32) {
        let (mut sum, mut top) = (0.0, 0.0f32);
        for (counts, choice) in self.counts.iter().zip(choices) {
            for (&count, choice) in counts.iter().zip(choice) {
                sum += f64::from(count) * f64::from(choice.orders);
                top = if count > 0 { top.max(choice.orders) } else { top };
            }
        }
        (sum, top)
    }

    /// Self-service orders of all entries \[orders/year\].
    pub fn self_service_rate(&self, choices: &Choices) -> f64 {
        let of = |(&count, choice): (&u32, &Choice)| {
            f64::from(count) * f64::from(choice.orders) * (1.0 - f64::from(choice.by_station))
        };
        let rows = self.counts.iter().zip(choices);
        rows.map(|(counts, choice)| counts.iter().zip(choice).map(of).sum::<f64>()).sum()
    }

    /// The share of entries whose households depend on the station; 0 if the sampler is empty.
    pub fn assisted(&self) -> f64 {
        let assisted: u32 = self.counts.iter().map(|[assisted, _]| assisted).sum();
        f64::from(assisted) / (self.entries.len().max(1)) as f64
    }

    /// The household of a entry, by a random word; nobody if the sampler is empty.
    #[inline]
    pub fn pick(&self, word: u32) -> Option<u16> {
        self.entries.get(below(word, self.entries.len() as u32) as usize).copied()
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
        self.entries.capacity() * size_of::<u16>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Owner, Purpose, RandomStream, Seed};

    #[test]
    fn tickets_and_counts_stay_together() {
        let mut choices = Choices::default();
        choices[0][0] = Choice { orders: 2.0, ..Choice::default() };
        choices[4][1] = Choice { orders: 5.0, ..Choice::default() };
        let mut buyers = Buyers::default();
        let assisted = Slot { class: 0, self_service: false };
        let self_service = Slot { class: 4, self_service: true };
        buyers.insert(7, 3, assisted);
        buyers.insert(9, 2, self_service);
        assert_eq!(buyers.rates(&choices), (3.0 * 2.0 + 2.0 * 5.0, 5.0));
        buyers.remove(7, assisted);
        assert_eq!(buyers.rates(&choices), (10.0, 5.0));
        assert_eq!(buyers.len(), 2);
        assert_eq!(buyers.pick(u32::MAX), Some(9));
    }

    #[test]
    fn households_are_picked_by_their_tickets() {
        let mut buyers = Buyers::default();
        let slot = Slot { class: 1, self_service: false };
        buyers.insert(0, 1, slot);
        buyers.insert(1, 4, slot);
        let mut stream = RandomStream::new(Seed(5), Owner::other(1), Purpose::Test, 0);
        let hits = (0..10_000).filter(|_| buyers.pick(stream.word()) == Some(1)).count();
        // Binomial(10,000, 0.8): five standard deviations are 200.
        assert!(hits.abs_diff(8_000) < 200, "{hits}");
    }
}
