//! The tables of real places, as read: provinces, counties and towns.
//!
//! The real tables are part of the program (1.4 MB, and 1.7 MB of outlines), so that a run needs no files
//! besides its scenario; not compressed, because unpacking would cost a dependency and more time than the
//! megabytes are worth. They are parsed once per process.

use super::county_record::{self, CountyRecord};
use super::early_economy::EarlyEconomy;
use super::province::{self, Province};
use super::setting::{self, Setting};
use super::table_error::{PlaceTableError, TableFaults};
use super::town_record::{self, TownRecord};
use crate::base::CountyCode;
use std::sync::OnceLock;

const PROVINCES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/provinces.csv"));
const COUNTIES: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/counties.csv"));
const TOWNS: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/towns.csv"));
const OUTLINES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../data/provinces.geojson"));

/// Provinces, counties and towns as their tables have them.
#[derive(Clone, Debug, Default)]
pub struct Geography {
    provinces: Vec<Province>,
    counties: Vec<CountyRecord>,
    towns: Vec<TownRecord>,
    settings: OnceLock<Vec<Setting>>,
    /// Each county's economy before 2010, in the order of the counties.
    early: Vec<EarlyEconomy>,
}

impl Geography {
    /// The real places: 31 provinces, 2,735 counties and 33,496 towns.
    pub fn embedded() -> &'static Geography {
        static EMBEDDED: OnceLock<Geography> = OnceLock::new();
        // The tables are part of the program and a test reads them, so the default is never taken.
        EMBEDDED.get_or_init(|| Geography::read_embedded().unwrap_or_default())
    }

    /// Parses the embedded tables anew; [`Geography::embedded`] is what to use.
    pub(super) fn read_embedded() -> Result<Geography, Vec<PlaceTableError>> {
        let mut faults = TableFaults::new("data/provinces.csv");
        let mut provinces = province::read(PROVINCES, &mut faults);
        let counties = read_counties(COUNTIES, "data/counties.csv", &provinces);
        let mut town_faults = TableFaults::new("data/towns.csv");
        let towns = town_record::read(TOWNS, &mut town_faults);
        let mut all = faults.finish();
        all.extend(town_faults.finish());
        match counties {
            Ok(counties) if all.is_empty() => {
                count_villages(&mut provinces, &counties);
                let median = EarlyEconomy::median(counties.iter().map(|county| &county.early));
                Ok(Geography::of(provinces, counties, towns, &median))
            }
            Ok(_) => Err(all),
            Err(more) => Err(all.into_iter().chain(more).collect()),
        }
    }

    /// The real provinces and towns with another table of counties: csv with the columns of
    /// `data/counties.csv`, in any order; those of the economy before 2010 may be absent.
    ///
    /// A county whose code has no towns in the real table gets towns of equal size, as many as its `towns`
    /// and `townships` columns say; one with another number of villages than the real table has its villages
    /// shared among its towns in proportion.
    ///
    /// # Errors
    ///
    /// Every fault of the table at once (the first 200 listed), for any bytes.
    pub fn with_counties(csv: impl AsRef<[u8]>, file_name: &str) -> Result<Geography, Vec<PlaceTableError>> {
        let real = Geography::embedded();
        let counties = read_counties(csv.as_ref(), file_name, &real.provinces)?;
        let median = EarlyEconomy::median(real.counties.iter().map(|county| &county.early));
        Ok(Geography::of(real.provinces.clone(), counties, real.towns.clone(), &median))
    }

    fn of(
        provinces: Vec<Province>,
        counties: Vec<CountyRecord>,
        towns: Vec<TownRecord>,
        median: &EarlyEconomy,
    ) -> Geography {
        let municipality = |county: &CountyRecord| {
            provinces.get(usize::from(county.province)).is_some_and(Province::is_municipality)
        };
        let early =
            counties.iter().map(|county| EarlyEconomy::of(&county.early, median, municipality(county)));
        let early = early.collect();
        Geography { provinces, counties, towns, settings: OnceLock::new(), early }
    }

    /// The provinces, in order of their codes.
    pub fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    /// The counties, in order of their codes.
    pub fn counties(&self) -> &[CountyRecord] {
        &self.counties
    }

    /// The towns, in order of county and code.
    pub fn towns(&self) -> &[TownRecord] {
        &self.towns
    }

    /// Each county's economy before 2010, in the order of the counties.
    pub fn early_economies(&self) -> &[EarlyEconomy] {
        &self.early
    }

    /// The position of a county in [`Geography::counties`].
    pub fn position(&self, code: CountyCode) -> Option<usize> {
        self.counties.binary_search_by_key(&code, |county| county.code).ok()
    }

    /// The towns of a county; none if the town table does not know it.
    pub fn towns_of(&self, code: CountyCode) -> &[TownRecord] {
        let first = self.towns.partition_point(|town| town.county < code);
        let last = self.towns.partition_point(|town| town.county <= code);
        self.towns.get(first..last).unwrap_or(&[])
    }

    /// Province outlines as GeoJSON: a background for a map, not an authoritative boundary.
    pub fn outlines() -> &'static str {
        OUTLINES
    }

    /// What the whole table says of each county's surroundings, in the order of the counties.
    pub(super) fn settings(&self) -> &[Setting] {
        self.settings.get_or_init(|| setting::settings(&self.provinces, &self.counties))
    }
}

fn count_villages(provinces: &mut [Province], counties: &[CountyRecord]) {
    for county in counties {
        if let Some(province) = provinces.get_mut(usize::from(county.province)) {
            province.villages += county.villages;
        }
    }
}

fn read_counties(
    bytes: &[u8],
    file_name: &str,
    provinces: &[Province],
) -> Result<Vec<CountyRecord>, Vec<PlaceTableError>> {
    let mut faults = TableFaults::new(file_name);
    let counties = county_record::read(bytes, provinces, &mut faults);
    let faults = faults.finish();
    if faults.is_empty() { Ok(counties) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_are_faultless_and_whole() {
        let geography = Geography::read_embedded().unwrap();
        assert_eq!(geography.provinces().len(), 31);
        assert_eq!(geography.counties().len(), 2_735);
        assert_eq!(geography.towns().len(), 33_496);
        let villages: u32 = geography.provinces().iter().map(|province| province.villages).sum();
        assert_eq!(villages, 483_525);
        assert!(Geography::outlines().starts_with("{\"type\":\"FeatureCollection\""));
    }

    #[test]
    fn towns_are_found_by_county() {
        let geography = Geography::embedded();
        let tonglu = geography.towns_of(CountyCode(330_122));
        assert_eq!(tonglu.iter().map(|town| u32::from(town.villages)).sum::<u32>(), 181);
        assert!(geography.towns_of(CountyCode(1)).is_empty());
    }
}
