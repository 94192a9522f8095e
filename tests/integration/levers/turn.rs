//! Levers with their two ends, and who pays for them.

use sim_core::metrics::ledger::Item;

/// A lever turned from its cheaper end to its dearer one.
pub struct Turn {
    pub lever: &'static str,
    pub ends: [&'static str; 2],
    /// What else must hold for the lever to be in use, the same at both ends.
    pub given: &'static [(&'static str, &'static str)],
    pub pays: Pays,
}

/// Who pays for a lever.
pub enum Pays {
    /// More is paid, by each of these items, at the dearer end.
    More(&'static [Item]),
    /// A decision that costs nothing by itself, and why.
    Nobody(&'static str),
}
