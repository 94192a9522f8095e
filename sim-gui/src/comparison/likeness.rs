//! Whether two plans can be compared run by run: only with the same places, days, sample and random seed does
//! a seed give both the same counties and the same draws, so that what differs is what was changed.

use crate::state::Ready;
use crate::text::Say;

/// What keeps two plans from being compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// They are over other places.
    Places,
    /// They begin or end on other days.
    Days,
    /// They simulate another share of households.
    Sample,
    /// They have another random seed.
    Seed,
}

/// What keeps a plan from being compared with a baseline; nothing if it can be.
pub fn unlike(plan: &Ready, baseline: &Ready) -> Vec<Unlike> {
    let (one, other) = (&plan.prepared.scenario, &baseline.prepared.scenario);
    let is_elsewhere = !plan.extent.has_places_of(&baseline.extent);
    let is_then = (one.start, one.end) != (other.start, other.end);
    let found = [
        (Unlike::Places, is_elsewhere),
        (Unlike::Days, is_then),
        (Unlike::Sample, one.household_sample != other.household_sample),
        (Unlike::Seed, (one.seed, one.world_seed) != (other.seed, other.world_seed)),
    ];
    found.into_iter().filter(|found| found.1).map(|found| found.0).collect()
}

impl Unlike {
    /// In words: what the baseline has otherwise.
    pub fn words(self, say: Say) -> &'static str {
        match self {
            Unlike::Places => say.of("unlike.places"),
            Unlike::Days => say.of("unlike.days"),
            Unlike::Sample => say.of("unlike.sample"),
            Unlike::Seed => say.of("unlike.seed"),
        }
    }

    /// Several in words.
    pub fn list(unlike: &[Unlike], say: Say) -> String {
        let message: Vec<&str> = unlike.iter().map(|unlike| unlike.words(say)).collect();
        message.join(say.of("unlike.and"))
    }
}
