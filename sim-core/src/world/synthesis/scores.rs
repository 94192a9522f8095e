//! Mean and standard deviation, over a region's villages, of the scores that decide who is reached first.
//!
//! A village's rank among all of its country is read off the normal distribution, so that it does not
//! depend on what else is in a run; for this the scores have to be standardised. China's were measured on
//! all its villages, and its manifest says them. For a region that says nothing they follow from its table
//! of counties:
//! mean and spread between counties, each weighted by its villages, and within a county what the synthesis
//! itself spreads (`synthesis/village.rs`). For China this gives site 1.09 and 1.08, density 3.82 and 1.17,
//! income -0.039 and 0.277, near enough to the measured (1.12 and 0.99, 3.67 and 1.16, -0.037 and 0.277).

use super::connection::site_score;
use super::figures;
use crate::base::Seed;
use crate::base::math::ln;
use crate::region::{Score, Scores};
use crate::world::geography::Geography;
use crate::world::standard::Standard;

/// Spread of a site's score among the villages of one county.
const SITE_WITHIN: f64 = 0.45;
/// Spread of log density among the villages of one county: that of their households.
const DENSITY_WITHIN: f64 = 0.55;
/// Mean distance from the centre of a disc, over its radius.
const MEAN_DISTANCE: f64 = 2.0 / 3.0;
/// Counties differ by their own draws as well; any seed's serve for a mean.
const SEED: Seed = Seed(1);
/// Least spread, so that a region of one county can be divided by it.
const LEAST_SPREAD: f64 = 0.05;

/// The scores that are stated, and others from the tables.
pub(super) fn standard(geography: &Geography, stated: &Scores) -> Standard {
    if let Scores { site: Some(site), density: Some(density), income: Some(income) } = *stated {
        return Standard { site, density, income };
    }
    let figures = figures::figures(geography, SEED);
    let [mut sites, mut densities, mut incomes] = [const { Vec::new() }; 3];
    let counties = geography.counties().iter().zip(geography.settings()).zip(figures);
    for ((county, setting), own) in counties {
        let weight = f64::from(county.villages);
        let radius = (setting.area / std::f64::consts::PI).sqrt();
        let towns = f64::from((county.towns + county.townships).max(1)).sqrt();
        let (seat, town) = (radius * MEAN_DISTANCE, radius / towns * MEAN_DISTANCE);
        sites.push((weight, site_score(setting.hardship, seat, town)));
        densities.push((weight, ln((own.households / setting.area).max(1e-3))));
        incomes.push((weight, ln(own.income_ratio.max(1e-3))));
    }
    Standard {
        site: stated.site.unwrap_or_else(|| score(&sites, SITE_WITHIN)),
        density: stated.density.unwrap_or_else(|| score(&densities, DENSITY_WITHIN)),
        income: stated.income.unwrap_or_else(|| score(&incomes, 0.0)),
    }
}

/// Weighted mean and standard deviation, with a spread within each value besides.
fn score(values: &[(f64, f64)], within: f64) -> Score {
    let weight: f64 = values.iter().map(|(weight, _)| weight).sum::<f64>().max(f64::MIN_POSITIVE);
    let mean = values.iter().map(|(weight, value)| weight * value).sum::<f64>() / weight;
    let square = values.iter().map(|(weight, value)| weight * (value - mean) * (value - mean)).sum::<f64>();
    Score(mean, (square / weight + within * within).sqrt().max(LEAST_SPREAD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_the_tables_is_near_what_was_measured() {
        let china = Geography::embedded();
        let (measured, found) = (standard(china, china.scores()), standard(china, &Scores::default()));
        let pairs =
            [(measured.site, found.site), (measured.density, found.density), (measured.income, found.income)];
        println!("{found:?}");
        for (Score(mean, spread), Score(found, other)) in pairs {
            assert!((found - mean).abs() < 0.2 * spread && (other / spread - 1.0).abs() < 0.15, "{pairs:?}");
        }
    }
}
