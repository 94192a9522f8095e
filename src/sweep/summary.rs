//! What a finished sweep says of itself: outcomes over all points.

use super::folder::Folder;
use super::gather::SweepManifest;
use crate::analyse;
use crate::args::experiment::WorkArgs;
use crate::command_error::CommandError;
use crate::recipe;
use crate::terminal;
use crate::text::number::{count, duration, of};

/// Prints the outcomes' bands and where the tables are.
///
/// # Errors
/// If the pieces cannot be read.
pub fn print(folder: &Folder, manifest: &SweepManifest, work: &WorkArgs) -> Result<(), CommandError> {
    if work.json {
        let text = serde_json::to_string_pretty(manifest).map_err(CommandError::run)?;
        return terminal::print(&format!("{text}\n"));
    }
    if work.quiet {
        return Ok(());
    }
    let failed = match manifest.failed {
        0 => String::new(),
        failed => format!(", {} failed", count(failed)),
    };
    let mut text = format!(
        "{}\n  {} done{failed}, {} of processor time\n",
        folder.plan.experiment().heading(),
        of(manifest.done, "run", "runs"),
        duration(manifest.run_seconds)
    );
    if manifest.done > 0 {
        text += &analyse::bands(folder)?;
    }
    let (path, word) = (folder.path.display(), recipe::path(&folder.path));
    let names: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    text += &format!(
        "\nIn {path}: {}\nWhat mattered: countryside analyse {word}\nAs a page: countryside report {word} \
         -o sweep.html\n",
        names.join(", "),
    );
    terminal::print(&text)
}
