//! What was worked out of regions, kept for the rest of the process.

use super::Region;
use std::sync::{Arc, Mutex, PoisonError};

/// How many regions' are kept.
const MOST: usize = 8;

/// What was worked out of the regions that were asked for last, by their digests.
#[derive(Debug)]
pub struct RegionCache<T>(Mutex<Vec<(u128, Arc<T>)>>);

impl<T> Default for RegionCache<T> {
    fn default() -> RegionCache<T> {
        RegionCache::new()
    }
}

impl<T> RegionCache<T> {
    /// Nothing yet.
    pub const fn new() -> RegionCache<T> {
        RegionCache(Mutex::new(Vec::new()))
    }

    /// What is kept of a region, or what `work_out` makes of it now.
    ///
    /// # Errors
    /// Those of `work_out`, of which nothing is kept.
    pub fn of<E>(&self, region: &Region, work_out: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        // A reader that panicked has left nothing half done in the list.
        let open = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known =
            open().iter().find(|(digest, _)| *digest == region.digest()).map(|(_, kept)| kept.clone());
        if let Some(known) = known {
            return Ok(known);
        }
        let made = Arc::new(work_out()?);
        let mut all = open();
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push((region.digest(), made.clone()));
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_worked_out_once_and_a_fault_is_not_kept() {
        let (kept, home) = (RegionCache::new(), Region::home());
        assert_eq!(kept.of(home, || Err("no")), Err("no"));
        assert_eq!(*kept.of(home, || Ok::<_, ()>(1)).unwrap(), 1);
        assert_eq!(*kept.of(home, || Ok::<_, ()>(2)).unwrap(), 1);
    }
}
