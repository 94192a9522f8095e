//! How factors are varied: the design by name; its points are made in [`crate::design`].

use super::Factor;
use super::factor::FactorKind;
use super::fields::Reader;
use super::load::Ground;
use serde::{Deserialize, Serialize};
use sim_core::scenario::reading::{FileFaults, Kind, Node, Problem, did_you_mean, nearest, text, whole};

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
    },
    /// Saltelli's scheme on a Sobol sequence, for first and total indices: `samples` × (factors + 2) points.
    Saltelli {
        /// Base samples; a power of two is best.
        samples: u32,
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

    /// Its word.
    pub fn name(&self) -> &'static str {
        match self {
            Method::Factorial => "Factorial",
            Method::OneAtATime => "OneAtATime",
            Method::LatinHypercube { .. } => "LatinHypercube",
            Method::Sobol { .. } => "Sobol",
            Method::Saltelli { .. } => "Saltelli",
            Method::Morris { .. } => "Morris",
            Method::Table { .. } => "Table",
        }
    }
}

fn words() -> impl Iterator<Item = &'static str> {
    Method::FORMS
        .iter()
        .map(|form| form.split('(').next().unwrap_or(form))
}

/// Reads a design.
pub(super) fn read(
    node: &Node<'_>,
    ground: &Ground<'_>,
    factors: &[Factor],
    faults: &mut FileFaults<'_>,
) -> Option<Method> {
    let (word, body) = match &node.kind {
        Kind::Word => (node.text, None),
        Kind::Call(word, body) => (*word, Some(&**body)),
        _ => ("", None),
    };
    if !words().any(|known| known == word) {
        let advice = nearest(word, words()).map_or(String::new(), |near| did_you_mean(Some(near)));
        let expected = format!("expected one of {}", Method::FORMS.join(", "));
        faults.add("design", Problem::of(node, expected).advise(advice));
        return None;
    }
    if factors.is_empty() {
        faults.add(
            "factors",
            Problem::of(node, "missing: a design needs at least one factor"),
        );
        return None;
    }
    let given = factors.iter().find(|factor| factor.kind == FactorKind::Given);
    if let (Some(factor), true) = (given, word != "Table") {
        let message = format!("the factor `{}` does not say how it varies", factor.name);
        let help = "give it values, a range, a distribution or policies";
        faults.add("factors", Problem::of(node, message).advise(help));
        return None;
    }
    match word {
        "Factorial" => Some(Method::Factorial),
        "OneAtATime" => Some(Method::OneAtATime),
        "Table" => table(node, body, ground, factors, faults),
        _ => sampled(word, node, body, faults),
    }
}

/// The designs that say how many samples they take.
fn sampled(
    word: &str,
    node: &Node<'_>,
    body: Option<&Node<'_>>,
    faults: &mut FileFaults<'_>,
) -> Option<Method> {
    let known: &[&str] = match word {
        "LatinHypercube" => &["samples", "seed"],
        "Morris" => &["trajectories", "levels", "seed"],
        _ => &["samples"],
    };
    let count = known[0];
    let Some(body) = body else {
        let message = format!("expected how many {count}, as in {word}({count}: 64)");
        faults.add("design", Problem::of(node, message));
        return None;
    };
    let reader = Reader::of("design", body, known, faults)?;
    let samples = reader.need(count, "a whole number", faults, |node| {
        whole(node, 1, 10_000_000, "")
    })? as u32;
    let seed = reader
        .read("seed", faults, |node| whole(node, 0, u64::MAX >> 1, ""))
        .unwrap_or(1);
    Some(match word {
        "LatinHypercube" => Method::LatinHypercube { samples, seed },
        "Sobol" => Method::Sobol { samples },
        "Saltelli" => Method::Saltelli { samples },
        _ => {
            let even = |node: &Node<'_>| match whole(node, 2, 1000, "")? {
                levels if levels % 2 == 0 => Ok(levels as u32),
                _ => Err(Problem::of(node, "the number of levels must be even")),
            };
            let levels = reader.read("levels", faults, even).unwrap_or(4);
            Method::Morris {
                trajectories: samples,
                levels,
                seed,
            }
        }
    })
}

fn table(
    node: &Node<'_>,
    body: Option<&Node<'_>>,
    ground: &Ground<'_>,
    factors: &[Factor],
    faults: &mut FileFaults<'_>,
) -> Option<Method> {
    let inner = body.and_then(|body| match &body.kind {
        Kind::Tuple(nodes) if nodes.len() == 1 => nodes.first(),
        _ => None,
    });
    let read = || {
        let node = inner.ok_or_else(|| {
            Problem::of(
                node,
                "expected the path of a CSV file, as in Table(\"points.csv\")",
            )
        })?;
        let path = text(node, "the path of a CSV file in quotes")?;
        sim_core::scenario::reading::check_path(&path).map_err(|fault| Problem::of(node, fault))?;
        let inside = sim_core::scenario::reading::joined("", &path)
            .ok_or_else(|| Problem::of(node, "the path leaves the experiment's folder"))?;
        let bytes = ground
            .source
            .read_beside(&ground.folder, &inside)
            .map_err(|reason| Problem::of(node, format!("cannot be read: {reason}")))?;
        rows(&bytes, &path, ground, factors).map_err(|reason| Problem::of(node, reason))
    };
    match read() {
        Ok(rows) => Some(Method::Table { rows }),
        Err(problem) => {
            faults.add("design", problem);
            None
        }
    }
}

/// The rows of a table of points, in the order of the factors.
fn rows(
    bytes: &[u8],
    path: &str,
    ground: &Ground<'_>,
    factors: &[Factor],
) -> Result<Vec<Vec<String>>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let header = reader.headers().map_err(|fault| fault.to_string())?.clone();
    let mut columns = Vec::new();
    for factor in factors {
        let at = header.iter().position(|name| name == factor.name);
        columns.push(at.ok_or_else(|| format!("{path}, line 1: there is no column `{}`", factor.name))?);
    }
    if let Some(other) = header
        .iter()
        .find(|name| factors.iter().all(|factor| factor.name != **name))
    {
        return Err(format!(
            "{path}, line 1: the column `{}` is no factor",
            sim_core::scenario::shown(other)
        ));
    }
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let line = at + 2;
        let record = record.map_err(|fault| format!("{path}, line {line}: {fault}"))?;
        let mut row = Vec::new();
        for (factor, &column) in factors.iter().zip(&columns) {
            let value = record.get(column).unwrap_or("").to_owned();
            accepted(factor, &value, ground)
                .map_err(|reason| format!("{path}, line {line}, column {}: {reason}", factor.name))?;
            row.push(value);
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err(format!("{path} has no points"));
    }
    Ok(rows)
}

fn accepted(factor: &Factor, value: &str, ground: &Ground<'_>) -> Result<(), String> {
    if let FactorKind::Policies { names, .. } = &factor.kind {
        let known = names.iter().any(|name| name == value);
        return if known {
            Ok(())
        } else {
            Err(format!("there is no policy `{value}`"))
        };
    }
    let mut trial = ground.scenario.clone();
    trial.set(&factor.path, value).map_err(|faults| {
        let first = faults.0.first();
        first.map(|fault| fault.message.clone()).unwrap_or_default()
    })
}
