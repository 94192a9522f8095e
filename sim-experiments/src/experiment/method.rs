//! How factors are varied: the design by name; its points are made in [`crate::design`].

use serde::{Deserialize, Serialize};

/// How factors are varied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// Every combination of the factors' levels.
    Factorial,
    /// The scenario itself, and each factor alone at each of its levels.
    OneAtATime,
    /// A Latin hypercube (McKay, Beckman, Conover 1979).
    LatinHypercube {
        /// Points.
        samples: u32,
        /// The seed of its permutations.
        seed: u64,
    },
    /// A Sobol sequence.
    Sobol {
        /// Points.
        samples: u32,
        /// The seed of its random shift.
        seed: u64,
    },
    /// Saltelli's scheme on a Sobol sequence, for first and total indices: `samples` × (factors + 2) points;
    /// for second-order ones as well `samples` × (2 factors + 2).
    Saltelli {
        /// Base samples; a power of two is best.
        samples: u32,
        /// The seed of the sequence's random shift.
        seed: u64,
        /// Whether indices of pairs of factors are wanted.
        #[serde(default)]
        second_order: bool,
    },
    /// Morris' trajectories (Morris 1991): `trajectories` × (factors + 1) points.
    Morris {
        /// Trajectories.
        trajectories: u32,
        /// Levels of the grid; even.
        levels: u32,
        /// The seed of the trajectories.
        seed: u64,
    },
    /// The scenario as it is, once for each replicate; nothing is varied but the seed.
    Replicates,
    /// Points from a CSV file with a column for each factor: their values, as written in scenarios.
    Table {
        /// The rows.
        rows: Vec<Vec<String>>,
    },
}

impl Method {
    /// How each is written.
    pub const FORMS: [&'static str; 7] = [
        "Factorial",
        "OneAtATime",
        "LatinHypercube(samples: 100)",
        "Sobol(samples: 128)",
        "Saltelli(samples: 64)",
        "Morris(trajectories: 10)",
        "Table(\"points.csv\")",
    ];

    /// The same, for messages.
    pub(super) fn forms() -> Vec<String> {
        Method::FORMS.iter().map(|&form| form.to_owned()).collect()
    }

    /// Whether its points are drawn from the factors' distributions, or its runs differ only in their random
    /// draws, so that shares and quantiles over them mean something. The points of other designs are chosen.
    pub fn is_drawn(&self) -> bool {
        match self {
            Method::LatinHypercube { .. }
            | Method::Sobol { .. }
            | Method::Saltelli { .. }
            | Method::Replicates => true,
            Method::Factorial | Method::OneAtATime | Method::Morris { .. } | Method::Table { .. } => false,
        }
    }

    /// Whether it has points for indices of pairs of factors.
    pub fn has_pairs(&self) -> bool {
        matches!(self, Method::Saltelli { second_order: true, .. })
    }

    /// Its word.
    pub fn name(&self) -> &'static str {
        match self {
            Method::Factorial => "Factorial",
            Method::OneAtATime => "OneAtATime",
            Method::LatinHypercube { .. } => "LatinHypercube",
            Method::Sobol { .. } => "Sobol",
            Method::Saltelli { .. } => "Saltelli",
            Method::Morris { .. } => "Morris",
            Method::Replicates => "Replicates",
            Method::Table { .. } => "Table",
        }
    }
}
