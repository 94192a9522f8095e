//! Random streams: named and counter-based.
//!
//! Philox 4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011) keyed by the run's
//! seed and counted by (owner, purpose, count). Nothing is stored and nothing is shared, so a draw depends on
//! neither threads nor on what others drew, and two scenarios with one seed share all random numbers that a
//! policy does not touch. Rejected: PCG32 with stream numbers (256 such streams fail PractRand within 64
//! MiB), and hashing names into the seed (may alias).
//!
//! Distributions are drawn by inversion, one word a draw, for two reasons. Runs that share random numbers
//! stay in step: a larger mean gives the same draw or a larger one, and the words behind it stay where they
//! were. And it is cheaper: instructions a draw by inversion, and by `rand_distr` from the same stream, are
//! 118 and 182 for the normal, 144 and 181 for the exponential, 206 and 852 for a Poisson draw of mean 4,
//! 414 and 451 of mean 20 (`benches/draws.rs` under callgrind; a bare word is 66). `rand_distr` rejects and
//! draws again; the tests below hold both against each other. The stream has `rand`'s traits, by which
//! designs and resampling draw (`sim-experiments`).

use super::id::Owner;
use super::math;
use rand_core::{Infallible, TryRng};
use serde::{Deserialize, Serialize};

/// The seed of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seed(pub u64);

/// What a stream's draws decide. The number is part of the key: never renumber, only append.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u16)]
pub enum Purpose {
    /// Tests and benchmarks.
    Test = 0,
    /// Which counties a scenario picks at random.
    Selection = 1,
    /// Making counties and villages.
    Place = 2,
    /// Making households.
    Household = 3,
    /// Orders: their times, buyers and baskets.
    Order = 4,
    /// Parcels: trunk time, damage, collection, returns.
    Parcel = 5,
    /// Learning to buy online.
    Learning = 6,
    /// Entry of shops, unprompted and by imitation.
    ShopEntry = 7,
    /// A shop's sales and fortunes.
    Selling = 8,
    /// Recruiting and keeping partners.
    Partner = 9,
    /// Leaving and returning home.
    Migration = 10,
    /// The programme's choices.
    Programme = 11,
    /// Government measures.
    Government = 12,
    /// Joint rounds of couriers, and what village shops ask for keeping parcels.
    Courier = 13,
    /// Choices of platform.
    Platform = 14,
    /// Services without parcels.
    Service = 15,
    /// Choosing agents to follow.
    Observation = 16,
    /// Drawing a trial's villages and households.
    Trial = 17,
    /// Which durables are installed.
    Installation = 18,
    /// Households that pass to the next generation.
    Succession = 19,
    /// What a village's households ordered in a month, where a sample must tell.
    Traffic = 20,
    /// Which parcels drivers bring home.
    HomeDelivery = 30,
    /// How long a parcel that is sent back travels.
    Return = 31,
    /// What sets a household apart from others of its class.
    Traits = 32,
    /// How far village cadres support a station.
    Authority = 40,
    /// Which shops have a partner's help.
    SalesHelp = 41,
}

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// The Philox 4x32-10 bijection: 128 bits of counter to 128 bits of output under a 64-bit key.
#[inline(always)]
pub fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for round in 0..10 {
        if round > 0 {
            key[0] = key[0].wrapping_add(WEYL[0]);
            key[1] = key[1].wrapping_add(WEYL[1]);
        }
        let first = u64::from(MULTIPLIERS[0]) * u64::from(counter[0]);
        let second = u64::from(MULTIPLIERS[1]) * u64::from(counter[2]);
        counter = [
            (second >> 32) as u32 ^ counter[1] ^ key[0],
            second as u32,
            (first >> 32) as u32 ^ counter[3] ^ key[1],
            first as u32,
        ];
    }
    counter
}

/// Four random words for the `count`-th use of a purpose by an owner (`count` below 2^48).
#[inline]
pub fn block(seed: Seed, owner: Owner, purpose: Purpose, count: u64) -> [u32; 4] {
    let owner = owner.packed();
    let counter = [
        count as u32,
        (purpose as u32) << 16 | (count >> 32) as u32 & 0xFFFF,
        owner as u32,
        (owner >> 32) as u32,
    ];
    philox(counter, [seed.0 as u32, (seed.0 >> 32) as u32])
}

/// A word as a real number in the open interval (0, 1).
#[inline]
pub fn unit(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// A word as a whole number below `bound`, by multiplication (bias below `bound` / 2^32).
#[inline]
pub fn below(word: u32, bound: u32) -> u32 {
    ((u64::from(word) * u64::from(bound)) >> 32) as u32
}

/// A stream of draws by one owner for one purpose, from a count on.
///
/// Cheap to make where it is needed; the owner keeps only the count. Implements [`rand_core::Rng`], so that
/// `rand` and `rand_distr` work on it.
#[derive(Clone, Debug)]
pub struct RandomStream {
    seed: Seed,
    owner: Owner,
    purpose: Purpose,
    count: u64,
    words: [u32; 4],
    used: u8,
}

impl RandomStream {
    /// A stream that begins with the `count`-th block of its owner and purpose.
    pub fn new(seed: Seed, owner: Owner, purpose: Purpose, count: u64) -> RandomStream {
        RandomStream { seed, owner, purpose, count, words: [0; 4], used: 4 }
    }

    /// The next word.
    #[inline]
    pub fn word(&mut self) -> u32 {
        if self.used == 4 {
            self.words = block(self.seed, self.owner, self.purpose, self.count);
            self.count += 1;
            self.used = 0;
        }
        let word = self.words[usize::from(self.used)];
        self.used += 1;
        word
    }

    /// A real number in (0, 1).
    #[inline]
    pub fn unit(&mut self) -> f64 {
        unit(self.word())
    }

    /// A real number between two bounds.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `bound` (0 when `bound` is 0).
    #[inline]
    pub fn below(&mut self, bound: u32) -> u32 {
        below(self.word(), bound)
    }

    /// A place in a list of `bound` items (below 2^32).
    #[inline]
    pub fn index(&mut self, bound: usize) -> usize {
        self.below(bound as u32) as usize
    }

    /// Whether something of this probability happens.
    #[inline]
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// An exponential draw with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -math::ln(self.unit())
    }

    /// A standard normal draw, by inversion.
    pub fn normal(&mut self) -> f64 {
        math::normal_quantile(self.unit())
    }

    /// A log-normal draw with this median and this standard deviation of the logarithm.
    pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        median * math::exp(sigma * self.normal())
    }

    /// A whole number with this mean, one of the two nearest (unbiased rounding).
    pub fn round(&mut self, mean: f64) -> u32 {
        let floor = mean.max(0.0) as u32;
        floor + u32::from(self.unit() < mean - f64::from(floor))
    }

    /// A Poisson draw: by inversion below a mean of 30, by the normal approximation above.
    pub fn poisson(&mut self, mean: f64) -> u32 {
        if mean <= 0.0 {
            return 0;
        }
        if mean > 30.0 {
            return (mean + mean.sqrt() * self.normal() + 0.5).max(0.0) as u32;
        }
        let (u, mut count) = (self.unit(), 0);
        let mut term = math::exp(-mean);
        let mut sum = term;
        while u > sum && count < 200 {
            count += 1;
            term *= mean / f64::from(count);
            sum += term;
        }
        count
    }

    /// The count of the next unused block: what the owner keeps.
    pub fn count(&self) -> u64 {
        self.count
    }
}

impl TryRng for RandomStream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from(self.word()) | u64::from(self.word()) << 32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            let word = self.word().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::Rng;
    use rand_distr::{Distribution, Exp1, Normal, Poisson};

    /// The known answers that Random123 publishes for philox4x32-10.
    #[test]
    fn known_answers() {
        let ones = u32::MAX;
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]);
        assert_eq!(philox([ones; 4], [ones; 2]), [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]);
        assert_eq!(
            philox([0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344], [0xA409_3822, 0x299F_31D0]),
            [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]
        );
    }

    #[test]
    fn drawing_more_from_one_stream_leaves_the_others() {
        let village = Owner::other(7);
        let untouched = block(Seed(1), village, Purpose::Order, 5);
        let mut other = RandomStream::new(Seed(1), village, Purpose::Learning, 0);
        let _ = (0..1000).fold(0, |last, _| last ^ other.word());
        assert_eq!(block(Seed(1), village, Purpose::Order, 5), untouched);
        assert_ne!(block(Seed(2), village, Purpose::Order, 5), untouched);
        assert_ne!(block(Seed(1), village, Purpose::Parcel, 5), untouched);
    }

    #[test]
    fn a_stream_continues_where_its_count_says() {
        let mut whole = RandomStream::new(Seed(9), Owner::NATION, Purpose::Test, 0);
        let words: Vec<u32> = (0..8).map(|_| whole.word()).collect();
        let mut rest = RandomStream::new(Seed(9), Owner::NATION, Purpose::Test, 1);
        assert_eq!((0..4).map(|_| rest.word()).collect::<Vec<_>>(), words[4..]);
        assert_eq!(whole.count(), 2);
    }

    /// Others draw by `rand`'s traits the words that the model draws.
    #[test]
    fn the_traits_give_the_same_words() {
        let stream = || RandomStream::new(Seed(4), Owner::NATION, Purpose::Test, 0);
        let mut words = stream();
        let words: Vec<u32> = (0..8).map(|_| words.word()).collect();
        let mut single = stream();
        assert_eq!([(); 8].map(|()| single.next_u32()), *words);
        let mut double = stream();
        let pairs = words.chunks(2).map(|pair| u64::from(pair[0]) | u64::from(pair[1]) << 32);
        assert!(pairs.eq([(); 4].map(|()| double.next_u64())));
        let (mut filled, mut bytes) = (stream(), [0; 30]);
        filled.fill_bytes(&mut bytes);
        assert_eq!(bytes[..], words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>()[..30]);
    }

    /// The largest difference of the shares below any value, between two samples of `COMPARED`.
    fn distance(mut draw: impl FnMut() -> f64, mut other: impl FnMut() -> f64) -> f64 {
        let mut both: Vec<(f64, i32)> = (0..COMPARED).map(|_| (draw(), 1)).collect();
        both.extend((0..COMPARED).map(|_| (other(), -1)));
        both.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut sum, mut largest) = (0_i32, 0);
        for (at, (value, side)) in both.iter().enumerate() {
            sum += side;
            if both.get(at + 1).is_none_or(|next| next.0 > *value) {
                largest = largest.max(sum.abs());
            }
        }
        f64::from(largest) / f64::from(COMPARED)
    }

    const COMPARED: i32 = 20_000;

    /// Two samples of 20,000 of one distribution are as far apart as this once in 100,000 (Kolmogorov and
    /// Smirnov): sqrt(ln(2 / 0.00001) / 20,000).
    const FAR: f64 = 0.0247;

    #[test]
    fn inversion_draws_the_distributions_of_rand_distr() {
        let mut own = RandomStream::new(Seed(5), Owner::other(1), Purpose::Test, 0);
        let mut other = RandomStream::new(Seed(5), Owner::other(2), Purpose::Test, 0);
        let normal = || Normal::new(0.0, 1.0).unwrap();
        assert!(distance(|| own.normal(), || normal().sample(&mut other)) < FAR);
        assert!(distance(|| own.exponential(), || Exp1.sample(&mut other)) < FAR);
        for mean in [0.3, 4.0, 29.0, 31.0, 400.0] {
            let poisson = Poisson::new(mean).unwrap();
            let apart = distance(|| f64::from(own.poisson(mean)), || poisson.sample(&mut other));
            assert!(apart < FAR, "mean {mean}: {apart}");
        }
        let shifted = Normal::new(0.1, 1.0).unwrap();
        assert!(distance(|| own.normal(), || shifted.sample(&mut other)) > FAR);
    }

    /// Of 2,000 owners, those to whom a larger mean gives the smaller draw, and those whose stream then goes
    /// on elsewhere.
    fn out_of_step(draw: impl Fn(&mut RandomStream, f64) -> f64) -> (usize, usize) {
        let of = |owner: u64, mean: f64| {
            let mut stream = RandomStream::new(Seed(6), Owner::other(owner), Purpose::Test, 0);
            (draw(&mut stream, mean), stream.word())
        };
        let pairs: Vec<_> = (0..2_000).map(|owner| (of(owner, 14.0), of(owner, 14.5))).collect();
        let smaller = pairs.iter().filter(|(less, more)| more.0 < less.0).count();
        (smaller, pairs.iter().filter(|(less, more)| more.1 != less.1).count())
    }

    /// Why draws are by inversion: runs that share random numbers differ by what policy changed alone.
    #[test]
    fn inversion_keeps_runs_in_step_and_rejection_does_not() {
        assert_eq!(out_of_step(|stream, mean| f64::from(stream.poisson(mean))), (0, 0));
        let (smaller, elsewhere) =
            out_of_step(|stream, mean| Poisson::new(mean).map_or(f64::NAN, |poisson| poisson.sample(stream)));
        assert!(smaller > 0 && elsewhere > 0, "{smaller} smaller, {elsewhere} elsewhere");
    }

    /// Means of 40,000 draws within five standard errors.
    #[test]
    fn moments_of_the_distributions() {
        let mut stream = RandomStream::new(Seed(3), Owner::NATION, Purpose::Test, 0);
        let n = 40_000;
        let mut mean = |draw: &mut dyn FnMut(&mut RandomStream) -> f64| {
            (0..n).map(|_| draw(&mut stream)).sum::<f64>() / f64::from(n)
        };
        assert!((mean(&mut RandomStream::exponential) - 1.0).abs() < 5.0 / 200.0);
        assert!(mean(&mut RandomStream::normal).abs() < 5.0 / 200.0);
        assert!((mean(&mut |s| f64::from(s.poisson(4.0))) - 4.0).abs() < 5.0 * 2.0 / 200.0);
        assert!((mean(&mut |s| f64::from(s.poisson(100.0))) - 100.0).abs() < 5.0 * 10.0 / 200.0);
        assert!((mean(&mut |s| f64::from(s.round(2.25))) - 2.25).abs() < 5.0 * 0.44 / 200.0);
    }
}
