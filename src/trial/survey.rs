//! The households' answers as a file, for another package, and beside it what its columns mean.

use crate::command_error::CommandError;
use crate::output::{csv_of_parts, csv_text, dictionary};
use sim_core::metrics::table::{Column, Table};
use sim_experiments::trial::Panel;
use sim_files::write::create;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// A trial that was run.
pub struct TrialRun {
    /// Its households, as they are analysed.
    pub panel: Panel,
    /// Their answers, if they are wanted and the run came to a survey.
    pub survey: Option<Table>,
}

/// Refuses a file that exists, before anything is run.
pub fn refuse_existing(path: &Path) -> Result<(), CommandError> {
    for path in [path, &codebook(path)] {
        if sim_files::folder::is_taken(path) {
            return Err(CommandError::input(format!("{} exists; name another file", path.display())));
        }
    }
    Ok(())
}

/// The file beside the answers that says what their columns mean: `answers.columns.csv` of `answers.csv`.
fn codebook(path: &Path) -> PathBuf {
    path.with_extension("columns.csv")
}

/// Writes the answers of all seeds below one header, the seed in front, and what the columns mean.
pub fn write(path: &Path, runs: &BTreeMap<u64, TrialRun>) -> Result<(), CommandError> {
    let mut parts = Vec::new();
    for (seed, run) in runs {
        let Some(table) = &run.survey else {
            return Err(CommandError::run("the run ended before its first survey: there are no answers"));
        };
        parts.push(seeded(table, *seed));
    }
    let Some(first) = parts.first().cloned() else {
        return Err(CommandError::run("no run gave answers"));
    };
    let like = std::slice::from_ref(&first);
    let answers = csv_of_parts(&first, parts.into_iter().map(|part| Ok(Cow::Owned(part))));
    let columns = csv_text(&dictionary(like));
    for (path, text) in [(path.to_owned(), answers), (codebook(path), columns)] {
        let text = text.map_err(CommandError::run)?;
        create(&path, text.as_bytes())
            .map_err(|error: io::Error| CommandError::writing(&path, &error, Some(text.len() as u64)))?;
    }
    Ok(())
}

/// The answers of a seed with the seed in front.
fn seeded(table: &Table, seed: u64) -> Table {
    let seeds = std::iter::repeat_n(seed.to_string(), table.rows());
    let mut table = table.clone();
    table.columns.insert(0, Column::text("seed", "Seed of all random streams.", seeds));
    table
}
