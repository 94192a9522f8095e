//! Refusal by arithmetic: what a run needs is estimated before anything is allocated.
//!
//! Waiting for the system to refuse was rejected: it grants more than there is, and then kills.

mod free;

pub use free::free;

use crate::command_error::CommandError;
use crate::terminal;
use crate::text::number::bytes;
use sim_core::scenario::Scenario;

/// Holds what a run needs on each machine \[bytes\] against the limit: the flag's \[bytes\], or else the
/// scenario's.
///
/// # Errors
/// If the estimate is above the limit: both, and what raises or lowers them.
pub fn check(scenario: &Scenario, needed: u64, flag: Option<u64>) -> Result<(), CommandError> {
    let limit = flag.unwrap_or_else(|| u64::from(scenario.limits.memory) << 20);
    if needed <= limit {
        return Ok(());
    }
    let limit_name = if flag.is_some() { "--memory-limit" } else { "limits.memory" };
    Err(CommandError::input(format!(
        "{}: the run is estimated to need {}, and {limit_name} allows {}\n  help: raise it with \
         --memory-limit {}, or lower household_sample or the number of places",
        scenario.name,
        bytes(needed),
        bytes(limit),
        rounded_up(needed),
    )))
}

/// Refuses what a job, a container or `ulimit -v` would end in the middle; where only the machine is short of
/// memory, which other programs may give back, it warns. `needed` is for each machine \[bytes\].
///
/// # Errors
/// If the run is estimated to need more: both.
pub fn check_free(scenario: &Scenario, needed: u64, threads: usize) -> Result<(), CommandError> {
    let Some(there) = free(threads).filter(|there| needed > there.bytes) else {
        return Ok(());
    };
    let shown = format!(
        "{}: the run is estimated to need {}, and {} are {}",
        scenario.name,
        bytes(needed),
        bytes(there.bytes),
        there.what
    );
    if there.is_soft {
        terminal::note(&format!("warning: {shown}"));
        return Ok(());
    }
    Err(CommandError::input(format!(
        "{shown}\n  help: ask for more, lower household_sample or the number of places, or give fewer \
         --threads"
    )))
}

/// Raises the scenario's limit to what is needed \[bytes\], where [`check`] has let it pass, so that the
/// scenario kept with the results runs again without the flag.
pub fn allow(scenario: &mut Scenario, needed: u64) {
    let needed = u32::try_from(needed.div_ceil(1 << 20)).unwrap_or(u32::MAX);
    scenario.limits.memory = scenario.limits.memory.max(needed);
}

/// A size for the flag that suffices, in a whole unit.
fn rounded_up(size: u64) -> String {
    if size > 4 << 30 {
        format!("{}GiB", size.div_ceil(1 << 30))
    } else {
        format!("{}MiB", size.div_ceil(1 << 20))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_large_a_run_is_refused_with_the_flag_that_allows_it() {
        let day = "2015-01-01".parse().unwrap();
        let scenario = Scenario::new("vast", day, day);
        let refused = check(&scenario, 9 << 30, None).unwrap_err();
        assert_eq!(refused.code(), 2);
        let message = refused.to_string();
        for part in ["9.0 GiB", "limits.memory allows 4.0 GiB", "--memory-limit 9GiB"] {
            assert!(message.contains(part), "{message}");
        }
        assert!(check(&scenario, 9 << 30, Some(8 << 30)).is_err());
        assert!(check(&scenario, 9 << 30, Some(9 << 30)).is_ok());
        let mut allowed = scenario.clone();
        allow(&mut allowed, 9 << 30);
        assert!(check(&allowed, 9 << 30, None).is_ok());
    }
}
