//! Names that an experiment gives: of factors, policies and outcomes. They become columns and cells of
//! tables, titles of charts and words of conditions, so that they are held to the same rule as the names of
//! scenarios.

use super::issue::{ExperimentAdvice, ExperimentExpected, ExperimentIssue, Named};
use super::{Factor, KeptOutcome};
use crate::series::Series;
use sim_core::scenario::path_info;
use sim_core::scenario::reading::{Issue, Node, ValueError, check_name, text};

/// Columns that every table of runs has beside its factors and outcomes.
pub const RUN_COLUMNS: [&str; 8] =
    ["run", "point", "member", "weight", "replicate", "seed", "status", "fingerprint"];

/// Reads a name: 1 to 80 letters, digits, blanks, `_`, `-` and `.`.
pub(super) fn plain(node: &Node<'_>) -> Result<String, ValueError> {
    let name = text(node, ExperimentExpected::Name)?;
    match name.chars().count() {
        1..=80 => check_name(&name).map(|()| name).map_err(|fault| ValueError::of(node, fault)),
        0 => Err(ValueError::of(node, Issue::NameIsEmpty)),
        length => Err(ValueError::of(node, Issue::NameLength { length })),
    }
}

/// Names that are taken. Two that differ in letter case only count as one: to many readers of tables they
/// are.
pub(super) struct Taken(Vec<(String, Named)>);

impl Default for Taken {
    fn default() -> Taken {
        Taken(RUN_COLUMNS.map(|name| (name.to_owned(), Named::Column { name })).to_vec())
    }
}

impl Taken {
    fn take(&mut self, node: &Node<'_>, name: &str, what: Named) -> Result<(), ValueError> {
        let lower = name.to_lowercase();
        let taken = self.0.iter().find(|(known, _)| *known == lower);
        let issue = taken.map(|(_, other)| match *other == what {
            true => ExperimentIssue::GivenTwice { what: what.clone() },
            false => ExperimentIssue::NameTaken { what: what.clone(), other: other.clone() },
        });
        self.0.push((lower, what));
        let refused = |issue| ValueError::of(node, issue).advise(ExperimentAdvice::AnotherNameForOne);
        issue.map_or(Ok(()), |issue: ExperimentIssue| Err(refused(issue)))
    }

    /// Takes the name of a factor.
    ///
    /// # Errors
    /// If it hides another, or says that it sets what it does not.
    pub fn factor(&mut self, node: &Node<'_>, factor: &Factor) -> Result<(), ValueError> {
        let name = &factor.name;
        self.take(node, name, Named::Factor { name: name.clone() })?;
        if *name != factor.path && path_info(name).is_some() {
            let issue = ExperimentIssue::OtherPath { name: name.clone() };
            return Err(ValueError::of(node, issue).advise(ExperimentAdvice::AnotherName));
        }
        Ok(())
    }

    /// Takes the name of an outcome.
    ///
    /// # Errors
    /// If it hides another, or says that it is a series which it is not.
    pub fn outcome(&mut self, node: &Node<'_>, outcome: &KeptOutcome) -> Result<(), ValueError> {
        let name = &outcome.name;
        self.take(node, name, Named::Outcome { name: name.clone() })?;
        let means = Series::named(name).or_else(|| Series::of_villages(name));
        if *name != outcome.series && means.is_some() {
            let issue = ExperimentIssue::OtherSeries { name: name.clone(), series: outcome.series.clone() };
            return Err(ValueError::of(node, issue).advise(ExperimentAdvice::AnotherName));
        }
        Ok(())
    }
}
