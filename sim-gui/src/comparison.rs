//! Two plans compared: run by run, over the seeds that both have. Everything in the window that tells a
//! difference takes it from here, the figure and its mark alike.
//!
//! **The figure** is the median of the paired differences: of each seed that both plans have run, the plan's
//! value less the baseline's. A difference of two medians was rejected: while runs come in, the two are over
//! different seeds, and so over different counties, and may differ in sign from every single pair. A seed
//! that one plan has not run, or at which an outcome has no value, makes no pair; without a pair there is no
//! difference.
//!
//! **The rule of certainty.** A difference is marked as more (▲) or less (▼) if there are at least [`LEAST`]
//! pairs and the [`CONFIDENCE`] interval of the median leaves zero out; else it is *within chance* (≈). The
//! interval is that of the sign test: it ends at two of the sorted differences, chosen by the binomial
//! distribution, so that it covers the median with at least the nominal probability at every number of pairs
//! and for every distribution, skewed or with ties. With 8 pairs it is the whole range: all must agree, and
//! without an effect a mark appears in 1 of 128 comparisons; with more pairs in at most 1 of 20. Both are
//! tested by simulation.
//!
//! Rejected: the 5th to the 95th percentile of the differences, which says where single runs lie and not how
//! well their middle is known (with three runs it leaves zero out by chance in one comparison of four);
//! Student's interval, which is about the mean and not about the figure that is printed, and relies on a
//! normal distribution that differences between samples of counties do not have.

mod likeness;

pub use likeness::{Unlike, unlike};

use statrs::distribution::{Binomial, DiscreteCDF};

/// Pairs below which a difference is always within chance.
pub const LEAST: usize = 8;

/// The least probability with which the interval covers the median.
pub const CONFIDENCE: f64 = 0.95;

/// What the pairs say of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The plan has more than the baseline.
    More,
    /// The plan has less than the baseline.
    Less,
    /// Too few pairs, or zero is among what the median may be.
    WithinChance,
}

/// Differences of two plans, seed by seed: at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// In order of size.
    differences: Vec<f64>,
    /// The median size of the baseline's figures in the pairs.
    level: f64,
}

impl Comparison {
    /// Pairs the figures of two plans, each with its seed, and subtracts the baseline's; none without a pair.
    /// Figures that are not finite are missing.
    pub fn of(now: &[(u32, f64)], before: &[(u32, f64)]) -> Option<Comparison> {
        let difference = |&(seed, value): &(u32, f64)| {
            let twin = before.iter().find(|twin| twin.0 == seed)?;
            Some((value - twin.1, twin.1.abs())).filter(|(difference, _)| difference.is_finite())
        };
        let (mut differences, mut levels): (Vec<f64>, Vec<f64>) = now.iter().filter_map(difference).unzip();
        differences.sort_by(f64::total_cmp);
        levels.sort_by(f64::total_cmp);
        let level = crate::number::quantile(&levels, 0.5);
        (!differences.is_empty()).then_some(Comparison { differences, level })
    }

    /// The median size of the figures that the differences are of.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// How many pairs there are.
    pub fn pairs(&self) -> usize {
        self.differences.len()
    }

    /// The median of the paired differences.
    pub fn middle(&self) -> f64 {
        crate::number::quantile(&self.differences, 0.5)
    }

    /// How many pairs differ in the direction of the median.
    pub fn agreeing(&self) -> usize {
        let middle = self.middle();
        self.differences.iter().filter(|difference| **difference * middle > 0.0).count()
    }

    /// The interval of the median, which covers it with at least [`CONFIDENCE`]; none with fewer than
    /// [`LEAST`] pairs.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let pairs = self.pairs();
        if pairs < LEAST {
            return None;
        }
        let below = cut(pairs);
        Some((self.differences[below], self.differences[pairs - 1 - below]))
    }

    /// What the pairs say.
    pub fn verdict(&self) -> Verdict {
        match self.interval() {
            Some((low, _)) if low > 0.0 => Verdict::More,
            Some((_, high)) if high < 0.0 => Verdict::Less,
            _ => Verdict::WithinChance,
        }
    }

    /// The mark before the figure.
    pub fn sign(&self) -> &'static str {
        match self.verdict() {
            Verdict::More => "▲",
            Verdict::Less => "▼",
            Verdict::WithinChance => "≈",
        }
    }
}

/// How many of so many sorted differences lie outside the interval at either end: as many as the sign test
/// allows.
fn cut(pairs: usize) -> usize {
    let tail = (1.0 - CONFIDENCE) / 2.0;
    let Ok(signs) = Binomial::new(0.5, pairs as u64) else {
        return 0;
    };
    let fits = (0..pairs / 2).take_while(|&at| signs.cdf(at as u64) <= tail);
    fits.count().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::base::{Owner, Purpose, RandomStream, Seed};

    fn paired(differences: &[f64]) -> Comparison {
        let now: Vec<(u32, f64)> = (0..).zip(differences.iter().copied()).collect();
        let before: Vec<(u32, f64)> = now.iter().map(|&(seed, _)| (seed, 0.0)).collect();
        Comparison::of(&now, &before).unwrap()
    }

    #[test]
    fn a_difference_is_the_middle_of_the_pairs_and_not_of_the_medians() {
        // Each pair says +386; the medians of 3 and of 8 runs say -1,513.
        let baseline: Vec<(u32, f64)> = (0..8).map(|seed| (seed, 5000.0 + 633.0 * f64::from(seed))).collect();
        let plan: Vec<(u32, f64)> =
            baseline[..3].iter().map(|(seed, value)| (*seed, value + 386.0)).collect();
        let comparison = Comparison::of(&plan, &baseline).unwrap();
        assert_eq!((comparison.pairs(), comparison.middle()), (3, 386.0));
        assert_eq!((comparison.agreeing(), paired(&[-1.0, 2.0, 3.0]).agreeing()), (3, 2));
        // Three pairs that agree may still be chance.
        assert_eq!((comparison.verdict(), comparison.sign()), (Verdict::WithinChance, "≈"));
    }

    #[test]
    fn a_difference_within_chance_that_the_figures_cannot_show_is_none() {
        use crate::panels::difference_text;
        use crate::text::Say;
        use sim_core::unit;
        let of = |level: f64, difference: f64, pairs: u32| {
            let before: Vec<(u32, f64)> = (0..pairs).map(|seed| (seed, level)).collect();
            let now: Vec<(u32, f64)> =
                before.iter().map(|&(seed, value)| (seed, value + difference)).collect();
            difference_text(Say::default(), &Comparison::of(&now, &before).unwrap(), unit!(Days))
        };
        assert_eq!(of(3.44, -6.4e-4, 3), "≈ 0");
        assert_eq!(of(3.44, 0.25, 3), "≈ +0.25");
        // What is sure is told, however small.
        assert_eq!(of(3.44, -6.4e-4, 8), "▼ -0.00064");
    }

    #[test]
    fn without_a_pair_there_is_no_difference() {
        assert_eq!(Comparison::of(&[(0, 351.0)], &[]), None);
        assert_eq!(Comparison::of(&[(0, 351.0)], &[(1, 351.0)]), None);
        assert_eq!(Comparison::of(&[(0, 351.0)], &[(0, f64::NAN)]), None);
        let one = Comparison::of(&[(0, 351.0), (1, f64::NAN)], &[(1, 3.0), (0, 350.0)]).unwrap();
        assert_eq!((one.pairs(), one.middle()), (1, 1.0));
    }

    #[test]
    fn a_mark_needs_eight_pairs_and_an_interval_without_zero() {
        assert_eq!(paired(&[1.0; 7]).verdict(), Verdict::WithinChance);
        assert_eq!(paired(&[1.0; 7]).interval(), None);
        assert_eq!(paired(&[1.0; 8]).verdict(), Verdict::More);
        assert_eq!(paired(&[-2.0; 8]).sign(), "▼");
        let mut one_disagrees = [3.0; 8];
        one_disagrees[4] = -1.0;
        assert_eq!(paired(&one_disagrees).verdict(), Verdict::WithinChance);
        assert_eq!(paired(&[0.0; 40]).verdict(), Verdict::WithinChance);
        // One of nine may disagree: 20 of 512 ways are within the 5 %.
        let mut nine = [3.0; 9];
        nine[0] = -1.0;
        assert_eq!(paired(&nine).verdict(), Verdict::More);
        assert_eq!([8, 9, 11, 12, 20].map(cut), [0, 1, 1, 2, 5]);
    }

    /// The share of comparisons that are marked, of so many pairs whose differences are drawn so.
    fn marked(
        pairs: usize,
        is_marked: impl Fn(&[f64]) -> bool,
        draw: impl Fn(&mut RandomStream) -> f64,
    ) -> f64 {
        let mut stream =
            RandomStream::new(Seed(20_140_101), Owner::NATION, Purpose::Test, pairs as u64 * 1_000_000);
        let draws = |stream: &mut RandomStream| -> Vec<f64> { (0..pairs).map(|_| draw(stream)).collect() };
        let count = (0..TRIALS).filter(|_| is_marked(&draws(&mut stream))).count();
        count as f64 / TRIALS as f64
    }

    const TRIALS: usize = 20_000;

    /// Four standard errors of a share that is counted in so many trials: a sound rule fails in one of 30,000
    /// such tests, and with a seed that is fixed it either fails always or never.
    fn tolerance(share: f64) -> f64 {
        4.0 * (share * (1.0 - share) / TRIALS as f64).sqrt()
    }

    #[test]
    fn without_an_effect_marks_are_no_more_than_the_rule_says() {
        let by_rule = |differences: &[f64]| paired(differences).verdict() != Verdict::WithinChance;
        let nominal = 1.0 - CONFIDENCE;
        type Draw = fn(&mut RandomStream) -> f64;
        // Medians of zero: normal, skewed, with ties at zero, and with tails that have no mean.
        let draws: [Draw; 4] = [
            |stream| stream.normal(),
            |stream| stream.log_normal(1.0, 1.0) - 1.0,
            |stream| f64::from(stream.below(5)) - 2.0,
            |stream| stream.normal() / stream.normal(),
        ];
        for (number, draw) in draws.into_iter().enumerate() {
            for pairs in [8, 9, 12, 20, 40] {
                let share = marked(pairs, by_rule, draw);
                assert!(share <= nominal + tolerance(nominal), "{number}, {pairs} pairs: {share}");
                if pairs == 8 {
                    let all_agree = 2.0 / 256.0;
                    assert!(share <= all_agree + tolerance(all_agree), "{number}: {share}");
                }
            }
            for pairs in 1..LEAST {
                assert_eq!(marked(pairs, by_rule, draw), 0.0);
            }
        }
        // The control: the rule that was, where nine tenths of three or more runs lie, marks far more.
        let by_runs = |differences: &[f64]| {
            let mut sorted = differences.to_vec();
            sorted.sort_by(f64::total_cmp);
            let at = |share| crate::number::quantile(&sorted, share);
            at(0.05) > 0.0 || at(0.95) < 0.0
        };
        let share = marked(3, by_runs, |stream| stream.normal());
        assert!(share > 4.0 * nominal, "{share}");
    }

    #[test]
    fn an_effect_is_found_and_has_the_right_sign() {
        let more = |differences: &[f64]| paired(differences).verdict() == Verdict::More;
        let less = |differences: &[f64]| paired(differences).verdict() == Verdict::Less;
        let effect = |stream: &mut RandomStream| stream.normal() + 2.5;
        assert!(marked(8, more, effect) > 0.9);
        assert_eq!(marked(8, less, effect), 0.0);
    }
}
