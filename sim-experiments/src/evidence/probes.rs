//! All probes: of villages, and of a trial.

use super::probe::{PROBES, Probe};
use super::trial_probes::TRIAL_PROBES;

/// The probe of a name: of villages, or of a trial.
pub fn named(name: &str) -> Option<&'static Probe> {
    all().find(|probe| probe.name == name)
}

/// All probes, those of a trial too.
pub fn all() -> impl Iterator<Item = &'static Probe> {
    PROBES.iter().chain(&TRIAL_PROBES)
}
