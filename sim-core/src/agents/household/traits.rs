//! What sets a household apart from others of its class: tastes, schooling, income and way.
//!
//! A class (third of income by group of age) has one choice worked out with prices and attractions; each of
//! its households has odds of its own, `exp(x)` times the class's, with `x` from its own deviations and the
//! class's gains in odds to the first order. Rejected: a choice worked out for every household, which would
//! cost a dozen powers for each whenever its village changes.

use crate::agents::household::Household;
use crate::base::math;
use crate::base::random_stream::unit;
use crate::market::choice::{AGE_GROUPS, Choice, group_skill};
use crate::params::HouseholdParameters;
use serde::{Deserialize, Serialize};

/// How finely tastes, incomes and ways are told, and schooling \[per year\].
const STEPS: f64 = 32.0;
const STEPS_OF_A_YEAR: f64 = STEPS / 2.0 / 2.0;

/// A household's deviations from its class. Drawn once, with random numbers of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    /// Taste for online ways: logarithm of their attraction over that to the mean household \[1/32\].
    taste: i8,
    /// Schooling beyond that of others of its age \[1/8 year\].
    schooling: i8,
    /// Logarithm of income over its group's mean \[1/32\].
    income: i8,
    /// Way to where parcels are collected, over the village's mean, less 1 \[1/32\].
    way: i8,
}

impl Traits {
    /// Of a household with so many times its group's mean income, by a block of random words.
    pub fn draw(p: &HouseholdParameters, income_over_group: f64, words: [u32; 4]) -> Traits {
        let [taste, schooling, way, _] = words.map(unit);
        let s = p.taste_spread;
        Traits {
            taste: stepped(s * math::normal_quantile(taste) + mean_taste(s), STEPS),
            schooling: stepped(p.schooling_spread * math::normal_quantile(schooling), STEPS_OF_A_YEAR),
            income: stepped(math::ln(income_over_group), STEPS),
            way: stepped(p.way_spread * (2.0 * way - 1.0), STEPS),
        }
    }

    /// Logarithm of the household's odds of buying online over its class's.
    pub fn log_odds(&self, p: &HouseholdParameters, household: &Household, choice: &Choice) -> f64 {
        let group = group_skill(p)[household.age_group()];
        let schooled = p.schooling_skill * f64::from(self.schooling) / STEPS_OF_A_YEAR;
        let skill = (own_skill(p, f64::from(household.head_age)) + schooled).clamp(0.0, 1.0) - group;
        let [taste, income, way] = [self.taste, self.income, self.way].map(|own| f64::from(own) / STEPS);
        taste
            + f64::from(choice.skill_gain) * skill
            + f64::from(choice.income_gain) * income
            + f64::from(choice.way_gain) * way
    }
}

/// Mean of tastes of this spread, in logarithm: of the share `S(x)` of a household whose log-odds are `x`
/// beyond its class's, `S'' = S' (1 - 2 S)`, so that to the second order the mean share is the class's where
/// the mean of `x` is `-s^2 / 2 (1 - 2 S)`: half of `-s^2 / 2` where a quarter is bought online.
fn mean_taste(spread: f64) -> f64 {
    -0.5 * spread * spread / 2.0
}

/// A number in so many steps, in a byte.
fn stepped(value: f64, steps: f64) -> i8 {
    (value * steps).round().clamp(f64::from(i8::MIN), f64::from(i8::MAX)) as i8
}

/// Skill with a smartphone at an age: on the lines through the skills of the three groups at their mean ages,
/// and on beyond them. The young and the old are in the mean a third of the middle group's years beyond its
/// ends, as in the tails of a normal distribution whose middle has six in ten.
fn own_skill(p: &HouseholdParameters, age: f64) -> f64 {
    let (skills, ages) = (group_skill(p), mean_ages(p));
    let part = usize::from(age > ages[1]);
    let slope = (skills[part + 1] - skills[part]) / (ages[part + 1] - ages[part]);
    skills[part] + slope * (age - ages[part])
}

/// Mean ages of the three groups \[years\].
fn mean_ages(p: &HouseholdParameters) -> [f64; AGE_GROUPS] {
    let beyond = (p.old_age - p.middle_age) / AGE_GROUPS as f64;
    [p.middle_age - beyond, (p.middle_age + p.old_age) / 2.0, p.old_age + beyond]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random_stream::block;
    use crate::base::{Owner, Purpose, Seed};

    fn drawn(p: &HouseholdParameters, count: u64) -> Vec<Traits> {
        let words = |at| block(Seed(3), Owner::other(1), Purpose::Traits, at);
        (0..count).map(|at| Traits::draw(p, 1.0, words(at))).collect()
    }

    /// Of a class that buys a quarter online, odds of 1 to 3, the mean household does: over 20,000 draws of
    /// spread 0.4 the standard error of the share is 0.0005, and the third order adds as much.
    #[test]
    fn tastes_are_spread_around_the_mean_household_s() {
        let p = HouseholdParameters { taste_spread: 0.4, ..HouseholdParameters::default() };
        let own = drawn(&p, 20_000);
        let tastes: Vec<f64> = own.iter().map(|own| f64::from(own.taste) / STEPS).collect();
        let mean = |of: &dyn Fn(f64) -> f64| tastes.iter().map(|&taste| of(taste)).sum::<f64>() / 20_000.0;
        let share = mean(&|taste| 1.0 / (1.0 + 3.0 * math::exp(-taste)));
        assert!((share - 0.25).abs() < 0.003, "{share}");
        let middle = mean(&|taste| taste);
        let spread = (mean(&|taste| taste * taste) - middle * middle).sqrt();
        assert!((spread - 0.4).abs() < 0.01, "{spread}");
        let all_alike = HouseholdParameters {
            taste_spread: 0.0,
            schooling_spread: 0.0,
            way_spread: 0.0,
            ..HouseholdParameters::default()
        };
        assert!(drawn(&all_alike, 100).iter().all(|own| *own == Traits::default()), "the twin");
    }

    /// By hand: the skill of each group at its mean age, and halfway between two of them the mean of both.
    #[test]
    fn skill_falls_with_age_through_the_groups_skills() {
        let p = HouseholdParameters::default();
        for (age, skill) in mean_ages(&p).into_iter().zip(group_skill(&p)) {
            assert!((own_skill(&p, age) - skill).abs() < 1e-12);
        }
        let [young, middle, _] = mean_ages(&p);
        let between = own_skill(&p, (young + middle) / 2.0);
        assert!((between - (p.skill_young + p.skill_middle) / 2.0).abs() < 1e-12);
    }
}
