//! National product markets: what one unit of a shop's attraction sells in a month.
//!
//! Buyers spread a trade's demand over sellers by attraction (quality, reputation, price, cluster), so a shop
//! sells D a / (R + A): its own attraction a over that of the rest of the country R and of all village shops
//! A. Entry of village shops raises A and dilutes everyone. R grows with demand, a little slower or faster
//! (`market.rival_growth`). Rejected: separate price competition per trade; no published prices would fit it.

use crate::base::factor::{BILLION, MONTHS_IN_YEAR, THOUSANDTHS, TINY};
use crate::base::{Month, Product, Time, math};
use crate::params::MarketParameters;

/// Attraction is reported in thousandths, so that national sums are whole numbers.
pub(crate) const ATTRACTION_UNIT: f64 = THOUSANDTHS;

/// Share of the addressable market in each trade; sums to 1.
pub fn shares(market: &MarketParameters) -> [f64; Product::COUNT] {
    let raw = [
        market.furniture,
        market.clothing,
        market.costumes,
        market.textiles,
        market.general_goods,
        market.crafts,
        market.toys,
        market.hardware,
        market.fresh_produce,
        market.dry_foods,
        market.plants,
        market.processed_foods,
    ];
    let sum: f64 = raw.iter().sum();
    raw.map(|share| if sum > 0.0 { share / sum } else { 0.0 })
}

/// National demand for a trade's goods \[yuan/month\].
pub(crate) fn demand(market: &MarketParameters, product: Product, now: Time) -> f64 {
    market.online_retail.at(now) * BILLION / MONTHS_IN_YEAR
        * market.addressable
        * shares(market)[product.at()]
}

/// What a unit of attraction sells in a month in each trade \[yuan/month\], given the attraction of all
/// village shops in thousandths (scaled up to the whole country).
pub(crate) fn unit_sales(
    market: &MarketParameters,
    village_attraction: &[i64; Product::COUNT],
    now: Time,
    base: Time,
) -> [f64; Product::COUNT] {
    let growth = market.online_retail.at(now) / market.online_retail.at(base).max(TINY);
    let ordinary = market.ordinary_sales * math::pow(growth, 1.0 - market.rival_growth);
    Product::ALL.map(|product| {
        let demand = demand(market, product, now);
        let rest = demand / ordinary;
        let villages = village_attraction[product.at()] as f64 / ATTRACTION_UNIT;
        if rest + villages > 0.0 { demand / (rest + villages) } else { 0.0 }
    })
}

/// Months of the year that have a season of their own.
const FEBRUARY: u8 = 2;
const NOVEMBER: u8 = 11;
const DECEMBER: u8 = 12;

/// The season of a trade in a month, over the yearly mean.
pub fn season(market: &MarketParameters, product: Product, month: Month) -> f64 {
    if product.is_farm_produce() {
        return super::season::harvest(market, month);
    }
    match month.month_of_year() {
        NOVEMBER => market.season_november,
        DECEMBER => market.season_december,
        FEBRUARY => market.season_february,
        _ => market.season_ordinary,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;

    fn at(date: &str) -> Time {
        date.parse::<Date>().unwrap().midnight()
    }

    #[test]
    fn entry_crowds_and_sales_never_exceed_demand() {
        let market = MarketParameters::default();
        let base = at("2014-07-01");
        let empty = unit_sales(&market, &[0; Product::COUNT], base, base);
        assert!((empty[0] - market.ordinary_sales).abs() < 1e-6);
        let mut crowd = [0; Product::COUNT];
        crowd[Product::Costumes.at()] = 1_000_000_000;
        let full = unit_sales(&market, &crowd, base, base);
        let costumes = Product::Costumes;
        assert!(full[costumes.at()] < empty[costumes.at()] / 2.0);
        assert!(full[costumes.at()] * 1e6 <= demand(&market, costumes, base) * (1.0 + 1e-12));
        assert_eq!(full[0], empty[0], "another trade is untouched");
    }

    #[test]
    fn shares_sum_to_one() {
        let sum: f64 = shares(&MarketParameters::default()).iter().sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}
