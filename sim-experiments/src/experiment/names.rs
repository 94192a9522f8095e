//! Names that an experiment gives: of factors, policies and outcomes. They become columns and cells of
//! tables, titles of charts and words of conditions, so that they are held to the same rule as the names of
//! scenarios.

use super::{Factor, KeptOutcome};
use crate::series::Series;
use sim_core::scenario::path_info;
use sim_core::scenario::reading::{Node, Problem, check_name, text};

/// Columns that every table of runs has.
const FIXED: [&str; 6] = ["run", "point", "replicate", "seed", "status", "fingerprint"];

/// Reads a name: 1 to 80 letters, digits, blanks, `_`, `-` and `.`.
pub(super) fn plain(node: &Node<'_>) -> Result<String, Problem> {
    let name = text(node, "a name in quotes")?;
    match name.chars().count() {
        1..=80 => check_name(&name).map(|()| name).map_err(|fault| Problem::of(node, fault)),
        0 => Err(Problem::of(node, "the name is empty: expected 1 to 80 characters")),
        length => Err(Problem::of(node, format!("the name has {length} characters: expected 1 to 80"))),
    }
}

/// Names that are taken. Two that differ in letter case only count as one: to many readers of tables they
/// are.
pub(super) struct Taken(Vec<(String, String)>);

impl Default for Taken {
    fn default() -> Taken {
        let fixed =
            FIXED.map(|name| (name.to_owned(), format!("the column `{name}` of every table of runs")));
        Taken(fixed.to_vec())
    }
}

impl Taken {
    fn take(&mut self, node: &Node<'_>, name: &str, what: String) -> Result<(), Problem> {
        let lower = name.to_lowercase();
        let taken = self.0.iter().find(|(known, _)| *known == lower);
        let message = taken.map(|(_, other)| match *other == what {
            true => format!("{what} is given twice"),
            false => format!("{what} would have the name of {other}"),
        });
        self.0.push((lower, what));
        message.map_or(Ok(()), |message| {
            Err(Problem::of(node, message).advise("give one of them another `name`"))
        })
    }

    /// Takes the name of a factor.
    ///
    /// # Errors
    /// If it hides another, or says that it sets what it does not.
    pub fn factor(&mut self, node: &Node<'_>, factor: &Factor) -> Result<(), Problem> {
        let name = &factor.name;
        self.take(node, name, format!("the factor `{name}`"))?;
        if *name != factor.path && path_info(name).is_some() {
            let message = format!("the factor `{name}` sets another path than its name says");
            return Err(Problem::of(node, message).advise("give it another `name`"));
        }
        Ok(())
    }

    /// Takes the name of an outcome.
    ///
    /// # Errors
    /// If it hides another, or says that it is a series which it is not.
    pub fn outcome(&mut self, node: &Node<'_>, outcome: &KeptOutcome) -> Result<(), Problem> {
        let name = &outcome.name;
        self.take(node, name, format!("the outcome `{name}`"))?;
        let means = Series::named(name).or_else(|| Series::of_villages(name));
        if *name != outcome.series && means.is_some() {
            let message = format!(
                "the outcome `{name}` is read from the series `{}`, not from that of its name",
                outcome.series
            );
            return Err(Problem::of(node, message).advise("give it another `name`"));
        }
        Ok(())
    }
}
