//! The tables of real places, as read: provinces, counties and towns.
//!
//! They are those of a [`Region`]. China's are part of the program (1.4 MB, and 1.7 MB of outlines), so
//! that a run needs no files besides its scenario; not compressed, because unpacking would cost a
//! dependency and more
//! time than the megabytes are worth. They are parsed once per process.

use super::county_record::{self, CountyRecord};
use super::early_economy::EarlyEconomy;
use super::outline::Outlines;
use super::province::{self, Province};
use super::setting::{self, Setting};
use super::standard::Standard;
use super::table_error::{PlaceTableError, TableFaults};
use super::town_record::{self, TownRecord};
use crate::base::{CountyCode, Wanted};
use crate::region::{Region, RegionBounds, RegionCache, Scores};
use std::sync::{Arc, OnceLock};

/// The file of a region's outlines of counties.
const OUTLINES: &str = "outlines.geojson";
/// Everywhere.
const EARTH: RegionBounds = RegionBounds { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };

/// Provinces, counties and towns as their tables have them, and the land they lie on.
#[derive(Clone, Debug, Default)]
pub struct Geography {
    provinces: Vec<Province>,
    counties: Vec<CountyRecord>,
    towns: Vec<TownRecord>,
    settings: OnceLock<Vec<Setting>>,
    standard: OnceLock<Standard>,
    /// Each county's economy before 2010, in the order of the counties.
    early: Vec<EarlyEconomy>,
    outlines: Arc<Outlines>,
    scores: Scores,
    region: Option<Arc<Region>>,
}

impl Geography {
    /// The places of the first region: 31 provinces, 2,735 counties and 33,496 towns.
    pub fn embedded() -> &'static Arc<Geography> {
        static EMBEDDED: OnceLock<Arc<Geography>> = OnceLock::new();
        // The tables are part of the program and a test reads them, so the default is never taken.
        EMBEDDED.get_or_init(|| Geography::of_region(Region::home()).unwrap_or_default())
    }

    /// The places of a region, read once in a process.
    ///
    /// # Errors
    ///
    /// Every fault of its tables at once (the first 200 of each listed), for any bytes.
    pub fn of_region(region: &Arc<Region>) -> Result<Arc<Geography>, Vec<PlaceTableError>> {
        static READ: RegionCache<Geography> = RegionCache::new();
        READ.of(region, || Geography::read(region))
    }

    /// Parses a region's tables anew; [`Geography::of_region`] is what to use.
    pub(super) fn read(region: &Arc<Region>) -> Result<Geography, Vec<PlaceTableError>> {
        let bytes = |name| region.file(name).unwrap_or_default();
        let mut faults = TableFaults::new(&region.path("provinces.csv"));
        let mut provinces = province::read(bytes("provinces.csv"), &mut faults);
        let bounds = region.manifest.bounds;
        let counties = read_counties(bytes("counties.csv"), &region.path("counties.csv"), &provinces, bounds);
        let mut town_faults = TableFaults::new(&region.path("towns.csv"));
        let towns = region
            .file("towns.csv")
            .map_or_else(Vec::new, |table| town_record::read(table, &mut town_faults));
        let mut land_faults = TableFaults::new(&region.path(OUTLINES));
        let outlines = region.file(OUTLINES).map_or_else(|| Some(Outlines::default()), Outlines::read);
        if outlines.is_none() {
            land_faults.add(0, "", "", Wanted::Outlines);
        }
        let all =
            [faults, town_faults, land_faults].into_iter().flat_map(TableFaults::finish).collect::<Vec<_>>();
        match counties {
            Ok(counties) if all.is_empty() => {
                count_villages(&mut provinces, &counties);
                let median = EarlyEconomy::median(counties.iter().map(|county| &county.early));
                let outlines = Arc::new(outlines.unwrap_or_default());
                let mut geography = Geography::of(provinces, counties, towns, &median);
                (geography.outlines, geography.scores) = (outlines, region.manifest.scores);
                geography.region = Some(region.clone());
                Ok(geography)
            }
            Ok(_) => Err(all),
            Err(more) => Err(all.into_iter().chain(more).collect()),
        }
    }

    /// The same provinces and towns with another table of counties: csv with the columns of `counties.csv`,
    /// in any order; those of the economy before 2010 may be absent.
    ///
    /// A county whose code has no towns in the region's table gets towns of equal size, as many as its
    /// `towns`
    /// and `townships` columns say; one with another number of villages than that table has its villages
    /// shared among its towns in proportion.
    ///
    /// # Errors
    ///
    /// Every fault of the table at once (the first 200 listed), for any bytes.
    pub fn with_counties(
        &self,
        csv: impl AsRef<[u8]>,
        file_name: &str,
    ) -> Result<Geography, Vec<PlaceTableError>> {
        let bounds = self.region.as_ref().map_or(EARTH, |region| region.manifest.bounds);
        let counties = read_counties(csv.as_ref(), file_name, &self.provinces, bounds)?;
        let median = EarlyEconomy::median(self.counties.iter().map(|county| &county.early));
        let mut geography = Geography::of(self.provinces.clone(), counties, self.towns.clone(), &median);
        (geography.outlines, geography.scores) = (self.outlines.clone(), self.scores);
        geography.region.clone_from(&self.region);
        Ok(geography)
    }

    fn of(
        provinces: Vec<Province>,
        counties: Vec<CountyRecord>,
        towns: Vec<TownRecord>,
        median: &EarlyEconomy,
    ) -> Geography {
        let municipality = |county: &CountyRecord| {
            provinces.get(usize::from(county.province)).is_some_and(|province| province.is_municipality)
        };
        let early =
            counties.iter().map(|county| EarlyEconomy::of(&county.early, median, municipality(county)));
        let early = early.collect();
        Geography { provinces, counties, towns, early, ..Geography::default() }
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

    /// The region whose places they are.
    pub fn region(&self) -> Option<&Arc<Region>> {
        self.region.as_ref()
    }

    /// How many counties have an outline.
    pub fn outlined(&self) -> usize {
        self.outlines.count()
    }

    /// The outlines of counties.
    pub(super) fn land(&self) -> &Outlines {
        &self.outlines
    }

    /// Scores of villages as the region states them.
    pub(super) fn scores(&self) -> &Scores {
        &self.scores
    }

    /// Scores of villages, worked out once.
    pub(super) fn standard(&self, work_out: impl FnOnce() -> Standard) -> &Standard {
        self.standard.get_or_init(work_out)
    }

    /// What the whole table says of each county's surroundings, in the order of the counties.
    pub(super) fn settings(&self) -> &[Setting] {
        self.settings.get_or_init(|| setting::settings(&self.provinces, &self.counties, &self.outlines))
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
    bounds: RegionBounds,
) -> Result<Vec<CountyRecord>, Vec<PlaceTableError>> {
    let mut faults = TableFaults::new(file_name);
    let counties = county_record::read(bytes, provinces, bounds, &mut faults);
    let faults = faults.finish();
    if faults.is_empty() { Ok(counties) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_are_faultless_and_whole() {
        let geography = Geography::read(Region::home()).unwrap();
        assert_eq!(geography.provinces().len(), 31);
        assert_eq!(geography.counties().len(), 2_735);
        assert_eq!(geography.towns().len(), 33_496);
        let villages: u32 = geography.provinces().iter().map(|province| province.villages).sum();
        assert_eq!(villages, 483_525);
        assert_eq!(geography.outlined(), 2_724);
    }

    #[test]
    fn towns_are_found_by_county() {
        let geography = Geography::embedded();
        let tonglu = geography.towns_of(CountyCode(330_122));
        assert_eq!(tonglu.iter().map(|town| u32::from(town.villages)).sum::<u32>(), 181);
        assert!(geography.towns_of(CountyCode(1)).is_empty());
    }
}
