//! What an experiment may take, so that a slip of the pen does not fill a disk or a month.

use serde::{Deserialize, Serialize};
use sim_core::scenario::reading::{FileErrors, Group, Node};

use super::fields::BUDGET;

/// Limits of an experiment, held against arithmetic before anything runs, and against the clock and the disk
/// while it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// Most runs \[1 to 10,000,000\].
    pub runs: u64,
    /// Longest time of the whole, from start to end of one command \[hours\].
    pub hours: Option<f64>,
    /// Most disk for pieces and tables, as estimated \[MiB\].
    pub disk: u64,
    /// Longest time of a run; one that takes longer fails \[seconds\].
    pub seconds_per_run: Option<u64>,
}

impl Default for Budget {
    /// Generous: 100,000 runs, 20 GiB, no limit of time.
    fn default() -> Budget {
        Budget { runs: 100_000, hours: None, disk: 20 << 10, seconds_per_run: None }
    }
}

/// Reads `budget: (runs: 1000, hours: 2.0, disk: 500, seconds_per_run: 60)`.
pub(super) fn read(node: &Node<'_>, faults: &mut FileErrors<'_>) -> Budget {
    let usual = Budget::default();
    let Some(group) = Group::of("budget", node, BUDGET, faults) else {
        return usual;
    };
    Budget {
        runs: group.whole("runs", faults).unwrap_or(usual.runs),
        hours: group.real("hours", faults),
        disk: group.whole("disk", faults).unwrap_or(usual.disk),
        seconds_per_run: group.whole("seconds_per_run", faults),
    }
}
