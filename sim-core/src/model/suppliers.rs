//! Suppliers: how much easier it is to sell online from a county whose workshops, wholesale markets and
//! exporters were there before the internet.
//!
//! Who opens a shop unprompted sells what somebody nearby makes. Nine in ten of the first Taobao villages lie
//! where rural industry, clusters and exports were dense before 2010, and that steeply, so these multiply.
//! The index of a county is over the mean of all villages of the country, and saturates: where suppliers
//! abound, more of them bring no more founders. Rejected: a figure for each province, which would be a list
//! of winners.

use crate::base::factor::HUNDREDTH;
use crate::base::math::pow;
use crate::params::{PORT_KM, ShopParameters};
use crate::world::{Atlas, County, EarlyEconomy, Geography};

/// The least of each figure that counts, so that a county that lacks one has little and not nothing.
const LEAST_INDUSTRY: f64 = 1.0;
const LEAST_EXPORTS: f64 = 1.0;
const LEAST_MARKET: f64 = HUNDREDTH;

/// Suppliers of each county over the mean of the country's villages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suppliers(Vec<f64>);

impl Suppliers {
    /// Of the counties of an atlas. The mean is of all counties that the tables know, in whichever of them a
    /// run takes place.
    pub fn of(p: &ShopParameters, geography: &Geography, atlas: &Atlas) -> Suppliers {
        let villages: Vec<f64> =
            geography.counties().iter().map(|county| f64::from(county.villages)).collect();
        let country = relative(p, geography.early_economies(), &villages);
        let of_county = |county: &County| geography.position(county.code).and_then(|at| country.get(at));
        Suppliers(atlas.counties.iter().map(|county| of_county(county).copied().unwrap_or(1.0)).collect())
    }

    /// Of a county, by its place in the atlas; 1 for one that is not in it.
    pub fn at(&self, county: usize) -> f64 {
        self.0.get(county).copied().unwrap_or(1.0)
    }
}

/// Suppliers of every county of a country over the mean of its villages.
fn relative(p: &ShopParameters, country: &[EarlyEconomy], villages: &[f64]) -> Vec<f64> {
    let indices: Vec<f64> = country.iter().map(|early| index(p, early)).collect();
    let mean = weighted_mean(&indices, villages);
    let levelled: Vec<f64> = indices.iter().map(|index| saturated(p, index / mean)).collect();
    let mean = weighted_mean(&levelled, villages);
    levelled.iter().map(|level| level / mean).collect()
}

/// The index of a county's suppliers before it is compared with others.
fn index(p: &ShopParameters, early: &EarlyEconomy) -> f64 {
    let held_down = if early.municipality { p.suppliers_municipality } else { 1.0 };
    pow(early.rural_industry.max(LEAST_INDUSTRY), p.suppliers_rural_industry)
        * pow(early.exports.max(LEAST_EXPORTS), p.suppliers_exports)
        * pow(1.0 + f64::from(early.clusters), p.suppliers_own)
        * pow(1.0 + early.clusters_near, p.suppliers_near)
        * pow(early.market_potential.max(LEAST_MARKET), p.suppliers_market)
        * pow(1.0 + early.to_port / PORT_KM, -p.suppliers_port)
        * held_down
}

/// An index over its mean, levelling off at `suppliers_most`.
fn saturated(p: &ShopParameters, index: f64) -> f64 {
    index / (1.0 + index / p.suppliers_most)
}

/// The mean of values with weights; 1 where there are none.
fn weighted_mean(values: &[f64], weights: &[f64]) -> f64 {
    let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    let weight: f64 = weights.iter().sum();
    if sum > 0.0 && weight > 0.0 { sum / weight } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Owner, Purpose, RandomStream, Seed};
    use crate::scenario::{BuiltinSource, load};
    use crate::world::CountyRecord;

    fn atlas(select: &str, geography: &Geography) -> Atlas {
        let changes = [("places.select".to_owned(), select.to_owned())];
        let scenario = load(&BuiltinSource, "tiny", &changes).unwrap();
        Atlas::build(geography, &crate::model::assembly::request(&scenario)).unwrap()
    }

    #[test]
    fn what_is_equal_everywhere_changes_nothing_anywhere() {
        // Two counties of a table that says nothing of the economy take the medians: each is the mean.
        let table = "code,name,name_en,kind,province,prefecture,lon,lat,elevation_m,relief_m,\
            to_prefecture_km,to_capital_km,towns,townships,subdistricts,villages,communities\n\
            330782,义乌市,Yiwu,county-level city,浙江省,金华市,120.07,29.3,60,100,50,120,6,0,8,700,60\n\
            620821,泾川县,Jingchuan,county,甘肃省,平凉市,107.36,35.33,1000,150,60,260,11,3,1,200,10\n";
        let geography = Geography::embedded().with_counties(table, "table").unwrap();
        let atlas = atlas("All", &geography);
        let suppliers = Suppliers::of(&ShopParameters::default(), &geography, &atlas);
        for county in 0..2 {
            assert!((suppliers.at(county) - 1.0).abs() < 1e-12, "{suppliers:?}");
        }
        // And with the exponents at nothing real counties are alike too.
        let none = ShopParameters {
            suppliers_rural_industry: 0.0,
            suppliers_exports: 0.0,
            suppliers_own: 0.0,
            suppliers_near: 0.0,
            suppliers_market: 0.0,
            suppliers_port: 0.0,
            suppliers_municipality: 1.0,
            ..ShopParameters::default()
        };
        let real = Geography::embedded();
        let atlas = self::atlas("Codes([330782, 620821, 310115])", real);
        let suppliers = Suppliers::of(&none, real, &atlas);
        assert!((0..3).all(|county| (suppliers.at(county) - 1.0).abs() < 1e-12), "{suppliers:?}");
    }

    #[test]
    fn two_counties_by_hand() {
        let p = ShopParameters {
            suppliers_rural_industry: 2.0,
            suppliers_exports: 0.5,
            suppliers_own: 1.0,
            suppliers_near: 0.5,
            suppliers_market: 0.0,
            suppliers_port: 1.0,
            suppliers_municipality: 0.25,
            suppliers_most: 10.0,
            ..ShopParameters::default()
        };
        let coast = EarlyEconomy {
            rural_industry: 150.0,
            exports: 900.0,
            clusters: 2,
            clusters_near: 3.0,
            to_port: 50.0,
            market_potential: 1.0,
            ..EarlyEconomy::default()
        };
        // 22,500 x 30 x 3 x 2 / 2.
        assert!((index(&p, &coast) / 2_025_000.0 - 1.0).abs() < 1e-9);
        let city = EarlyEconomy { municipality: true, ..coast };
        assert!((index(&p, &city) / 506_250.0 - 1.0).abs() < 1e-9);
        // Ten times the mean is halved, and nothing reaches more than `suppliers_most`.
        assert!((saturated(&p, 10.0) - 5.0).abs() < 1e-12);
        assert!(saturated(&p, 1e6) < 10.0);
    }

    #[test]
    fn a_selection_does_not_change_a_county() {
        let (real, p) = (Geography::embedded(), ShopParameters::default());
        let alone = Suppliers::of(&p, real, &atlas("Codes([330782])", real));
        let among = Suppliers::of(&p, real, &atlas("Codes([330781, 330782, 620821])", real));
        assert_eq!(alone.at(0), among.at(1));
        assert!(among.at(1) > 20.0 * among.at(2), "{among:?}");
    }

    /// Hebei, Jiangsu, Zhejiang, Fujian, Shandong, Guangdong: 97 % of the Taobao villages of 2014 to 2016.
    const COAST: [u32; 6] = [13, 32, 33, 35, 37, 44];

    /// The part of unprompted founders who live in the six coastal provinces, other things equal.
    fn coastal(p: &ShopParameters, country: &[EarlyEconomy]) -> f64 {
        let counties = Geography::embedded().counties();
        let villages: Vec<f64> = counties.iter().map(|county| f64::from(county.villages)).collect();
        let suppliers = relative(p, country, &villages);
        let founders = suppliers.iter().zip(&villages).map(|(suppliers, villages)| suppliers * villages);
        let (mut coast, mut all) = (0.0, 0.0);
        for (county, founders) in counties.iter().zip(founders) {
            all += founders;
            coast += if COAST.contains(&county.code.province()) { founders } else { 0.0 };
        }
        coast / all
    }

    /// The country with its provinces' industry and exports dealt out anew among them.
    fn shuffled(country: &[EarlyEconomy], stream: &mut RandomStream) -> Vec<EarlyEconomy> {
        let counties = Geography::embedded().counties();
        let of = |at: usize| (country[at].rural_industry, country[at].exports);
        let mut provinces: Vec<u32> = counties.iter().map(|county| county.code.province()).collect();
        provinces.dedup();
        let first = |province| counties.iter().position(|county| county.code.province() == province).unwrap();
        let mut dealt: Vec<(f64, f64)> = provinces.iter().map(|&province| of(first(province))).collect();
        for at in (1..dealt.len()).rev() {
            dealt.swap(at, stream.below(at as u32 + 1) as usize);
        }
        let dealt_to = |county: &CountyRecord| {
            dealt[provinces.iter().position(|&province| province == county.code.province()).unwrap()]
        };
        let each = country.iter().zip(counties).map(|(early, county)| {
            let (rural_industry, exports) = dealt_to(county);
            EarlyEconomy { rural_industry, exports, ..*early }
        });
        each.collect()
    }

    #[test]
    fn founders_live_on_the_industrial_coast_and_would_not_if_industry_lay_elsewhere() {
        let p = ShopParameters::default();
        let real = Geography::embedded().early_economies();
        let coast = coastal(&p, real);
        assert!(coast > 0.85, "{coast:.3}");
        let mut stream = RandomStream::new(Seed(1), Owner::NATION, Purpose::Observation, 0);
        let mut twins: Vec<f64> = (0..25).map(|_| coastal(&p, &shuffled(real, &mut stream))).collect();
        twins.sort_by(f64::total_cmp);
        assert!(twins[12] < 0.7 && twins.iter().filter(|&&twin| twin >= coast).count() <= 2, "{twins:.3?}");
    }
}
