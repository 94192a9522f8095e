//! The places of a run: selected counties with their villages.

use super::county::{County, Town};
use super::error::WorldError;
use super::geography::Geography;
use super::province::Province;
use super::request::AtlasRequest;
use super::selection::select;
use super::synthesis;
use super::village::Village;
use crate::base::{CountyCode, CountyIndex, Fingerprint};
use crate::region::Region;
use std::sync::Arc;

/// The places of a run. Immutable once built.
#[derive(Clone, Debug, PartialEq)]
pub struct Atlas {
    /// The selected counties, in order of their codes.
    pub counties: Vec<County>,
    /// All provinces of the geography, in order of their codes.
    pub provinces: Vec<Province>,
    /// The region in which they lie.
    pub region: Option<Arc<Region>>,
}

/// What a request would make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtlasEstimate {
    /// Counties.
    pub counties: u64,
    /// Villages (exact).
    pub villages: u64,
    /// Rural households (expected; within a few per cent for a county's villages taken whole).
    pub households: u64,
    /// Memory that the atlas takes \[bytes\].
    pub bytes: u64,
}

impl Atlas {
    /// Builds the places that a request names.
    ///
    /// # Errors
    ///
    /// What [`WorldError`] lists; nothing large is allocated before the request is known to be good.
    pub fn build(geography: &Geography, request: &AtlasRequest) -> Result<Atlas, WorldError> {
        let chosen = checked(geography, request)?;
        Ok(Atlas {
            counties: synthesis::counties(geography, &chosen, request),
            provinces: geography.provinces().to_vec(),
            region: geography.region().cloned(),
        })
    }

    /// The codes of the counties that a request names, in order, without making them.
    ///
    /// # Errors
    ///
    /// Those of [`Atlas::build`].
    pub fn codes(geography: &Geography, request: &AtlasRequest) -> Result<Vec<CountyCode>, WorldError> {
        let chosen = checked(geography, request)?;
        let counties = chosen.into_iter().filter_map(|at| geography.counties().get(at));
        Ok(counties.map(|county| county.code).collect())
    }

    /// How much a request would make, without making it.
    ///
    /// # Errors
    ///
    /// Those of [`Atlas::build`].
    pub fn estimate(geography: &Geography, request: &AtlasRequest) -> Result<AtlasEstimate, WorldError> {
        let chosen = checked(geography, request)?;
        let households = synthesis::expected_households(geography, request.seed);
        let mut estimate = AtlasEstimate::default();
        for at in chosen {
            let Some(county) = geography.counties().get(at) else {
                continue;
            };
            let taken = county.villages.min(request.villages_per_county.unwrap_or(u32::MAX));
            let share = f64::from(taken) / f64::from(county.villages.max(1));
            let towns = geography.towns_of(county.code).len().max(1) as u64;
            estimate.counties += 1;
            estimate.villages += u64::from(taken);
            estimate.households += (households.get(at).copied().unwrap_or(0.0) * share) as u64;
            estimate.bytes += bytes_of(towns, u64::from(taken));
        }
        Ok(estimate)
    }

    /// The index of a county by its code.
    pub fn find(&self, code: CountyCode) -> Option<CountyIndex> {
        let found = self.counties.binary_search_by_key(&code, |county| county.code);
        found.ok().map(|at| CountyIndex(at as u32))
    }

    /// A fingerprint of every figure, for comparing two machines or two versions.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut print = Fingerprint::default();
        for county in &self.counties {
            county.mix_into(&mut print);
        }
        print
    }

    /// Villages in all counties.
    pub fn villages(&self) -> u64 {
        self.counties.iter().map(|county| county.villages.len() as u64).sum()
    }

    /// Rural households in all counties.
    pub fn households(&self) -> u64 {
        self.counties.iter().map(County::households).sum()
    }
}

/// Names of a county and of a town take about 60 and 12 bytes of their own.
fn bytes_of(towns: u64, villages: u64) -> u64 {
    size_of::<County>() as u64
        + 60
        + towns * (size_of::<Town>() as u64 + 12)
        + villages * size_of::<Village>() as u64
}

fn checked(geography: &Geography, request: &AtlasRequest) -> Result<Vec<usize>, WorldError> {
    if request.villages_per_county == Some(0) {
        return Err(WorldError::NoVillages);
    }
    select(geography, &request.selection, request.seed)
}
