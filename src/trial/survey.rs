//! The households' answers as a file, for another package.

use super::Run;
use crate::failure::Failure;
use crate::output::csv_text;
use crate::output::file::write_atomically;
use std::collections::BTreeMap;
use std::path::Path;

/// Refuses a file that exists, before anything is run.
pub fn refuse_existing(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        return Err(Failure::input(format!(
            "{} exists; name another file",
            path.display()
        )));
    }
    Ok(())
}

/// Writes the answers of all seeds below one header, the seed in front.
pub fn write(path: &Path, runs: &BTreeMap<u64, Run>) -> Result<(), Failure> {
    let mut text = String::new();
    for (seed, (_, table)) in runs {
        let Some(table) = table else {
            return Err(Failure::run(
                "the run ended before its first survey: there are no answers",
            ));
        };
        let rows = csv_text(table).map_err(Failure::run)?;
        let mut lines = rows.lines();
        let header = lines.next().unwrap_or_default();
        if text.is_empty() {
            text += &format!("seed,{header}\n");
        }
        lines.for_each(|line| text += &format!("{seed},{line}\n"));
    }
    write_atomically(path, text.as_bytes())
        .map_err(|error| Failure::writing(path, &error, Some(text.len() as u64)))
}
