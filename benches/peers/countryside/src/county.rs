//! What both ways of building a county share: households in a column, village by village, luck and times.

use rand_core::{Infallible, TryRng};
use rand_distr::{Distribution, Exp1};
use sim_core::base::random_stream::{below, block};
use sim_core::base::{Delay, Owner, Purpose, Seed, RandomStream, Time};
use workload::{ADOPTED, DECIDE, HOUSEHOLDS, LEARNING, RATE, SATISFACTION, Tally, adoption};

/// Minutes in a day.
pub const DAY: u32 = 24 * 60;
/// When trucks leave, arrive \[minutes after midnight\].
pub const LEAVES: u32 = 8 * 60;
/// See [`LEAVES`].
pub const ARRIVES: u32 = 10 * 60;

/// The longest delivery that pleases.
const PATIENCE: Delay = Delay::days(workload::PATIENCE as u32);

/// Order of what happens in the same minute: lorries, collection, decisions, then people.
pub mod phase {
    pub const TRANSPORT: u8 = 0;
    pub const COLLECTION: u8 = 1;
    pub const DECISION: u8 = 2;
    pub const PEOPLE: u8 = 3;
}

/// The beginning of a day of the run. Time is shifted by eight hours, so that days of consignments end when
/// the trucks leave.
pub fn midnight(day: u32) -> Time {
    Time::from_minutes(1_000 * DAY + DAY - LEAVES + day * DAY)
}

#[derive(Clone, Copy)]
struct Household {
    satisfaction: f32,
    adopted: bool,
}

/// What one order needs: the gap to the next, whose it is, the way to the hub, the wait on the shelf.
pub struct Luck {
    pub gap: Delay,
    pub household: u32,
    pub to_hub: Delay,
    pub leisure: u32,
}

/// The luck of a gap: a word that is nearly always enough, and a stream of its own for when it is not.
struct Gap {
    first: Option<u64>,
    more: (Seed, Owner, u64),
}

impl TryRng for Gap {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| word as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        if let Some(word) = self.first.take() {
            return Ok(word);
        }
        let (seed, owner, count) = self.more;
        self.more.2 += 1 << 32;
        let words = block(seed, owner, Purpose::Test, count);
        Ok(u64::from(words[0]) | u64::from(words[1]) << 32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

/// Households and luck of a county.
pub struct People {
    seed: Seed,
    /// Number of the county's first village among all.
    first: u32,
    households: Vec<Household>,
    /// Blocks of luck used, by village.
    used: Vec<u32>,
    pub tally: Tally,
    /// Ordered to collected, over all collected \[minutes\].
    minutes: u64,
}

impl People {
    pub fn new(seed: u64, first: u32, villages: u32) -> People {
        let household = |at| Household { satisfaction: SATISFACTION as f32, adopted: at % ADOPTED == 0 };
        People {
            seed: Seed(seed),
            first,
            households: (0..villages * HOUSEHOLDS).map(household).collect(),
            used: vec![0; villages as usize],
            tally: Tally::default(),
            minutes: 0,
        }
    }

    pub fn villages(&self) -> u32 {
        self.used.len() as u32
    }

    /// The luck of a village's next order: one block of the generator, in all but a few cases.
    #[inline]
    pub fn stream(&mut self, village: u32) -> Luck {
        let used = &mut self.used[village as usize];
        let owner = Owner::other(u64::from(self.first + village));
        let words = block(self.seed, owner, Purpose::Order, u64::from(*used));
        *used += 1;
        let mut rest = Gap {
            first: Some(u64::from(words[0]) | u64::from(words[1]) << 32),
            more: (self.seed, owner, u64::from(*used)),
        };
        let gaps: f64 = Exp1.sample(&mut rest);
        // One word for two draws: the whole part of its multiple is the household, the fraction the leisure.
        let place = u64::from(words[2]) * u64::from(HOUSEHOLDS);
        let to_hub = DAY + below(words[3], 2 * DAY);
        let mean = f64::from(DAY) / (RATE * f64::from(HOUSEHOLDS));
        Luck {
            gap: Delay::minutes((gaps * mean + 0.5) as u32),
            household: village * HOUSEHOLDS + (place >> 32) as u32,
            to_hub: Delay::minutes(to_hub),
            leisure: below(place as u32, DAY / 2),
        }
    }

    /// A household has its parcel.
    #[inline]
    pub fn collect(&mut self, household: u32, took: Delay) {
        self.tally.collections += 1;
        self.minutes += u64::from(took.as_minutes());
        let household = &mut self.households[household as usize];
        let pleased = f32::from(u8::from(took <= PATIENCE));
        household.satisfaction += LEARNING as f32 * (pleased - household.satisfaction);
    }

    /// The decisions of a village.
    pub fn decide(&mut self, village: u32, now: Time) {
        let own = &mut self.households[(village * HOUSEHOLDS) as usize..][..HOUSEHOLDS as usize];
        let share = own.iter().filter(|household| household.adopted).count() as f64 / f64::from(HOUSEHOLDS);
        let day = now.since(midnight(0)).as_minutes() / DAY;
        let owner = Owner::other(u64::from(self.first + village));
        let mut stream = RandomStream::new(self.seed, owner, Purpose::Learning, u64::from(day / DECIDE)
            << 16);
        for household in own.iter_mut().filter(|household| !household.adopted) {
            self.tally.decisions += 1;
            household.adopted = stream.chance(adoption(share, f64::from(household.satisfaction)));
        }
    }

    /// What has happened.
    pub fn counted(&self) -> Tally {
        Tally {
            delay: self.minutes as f64 / f64::from(DAY),
            adopters: self.households.iter().filter(|household| household.adopted).count() as u64,
            ..self.tally
        }
    }
}
