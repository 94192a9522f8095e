//! `countryside report`: a folder of results as one page that needs nothing else: no network, no scripts, no
//! other files.
//!
//! `folder` reads results back; `run`, `comparison`, `sweep`, `search` and `validation` say what the page of
//! each kind holds; `chart`, `map`, `series` and `histogram` draw; `shell` puts the page together. Pages are
//! written with a template library that escapes every text, because names in scenarios are anybody's.

mod axis;
mod chart;
mod classes;
mod comparison;
pub mod folder;
mod histogram;
mod map;
mod members;
mod provenance;
mod quantiles;
mod region;
pub mod region_map;
mod run;
mod search;
mod series;
pub mod shell;
mod sweep;
mod unit;
mod validation;
mod words;

use crate::args::ReportArgs;
use crate::command_error::CommandError;
use crate::output::file::parent;
use crate::terminal;
use crate::text::number::bytes;
use folder::ResultFolder;
use shell::Page;
use sim_files::folder::{EntryKind, kind};
use sim_files::write::{clear, create, replace};
use std::path::Path;

/// Makes the page.
///
/// # Errors
/// If the folder holds no results or is damaged, or the page cannot be written.
pub fn report(args: &ReportArgs) -> Result<(), CommandError> {
    refuse_if_taken(&args.out, args.force)?;
    let mut results = ResultFolder::open(&args.folder)?;
    let mut page = of(&mut results, args)?;
    page.warnings = results.warnings().to_vec();
    page.warnings.iter().for_each(|warning| terminal::note(&format!("warning: {warning}")));
    let text = page.text();
    let need = Some(text.len() as u64);
    let write = if args.force { replace } else { create };
    // What a killed process left of such a page; what cannot be removed is in nobody's way.
    let _ = clear(&args.out);
    write(&args.out, text.as_bytes()).map_err(|error| CommandError::writing(&args.out, &error, need))?;
    terminal::print(&terminal::harmless(&format!(
        "{}: {} of {}, {}\n",
        args.out.display(),
        page.kind.to_lowercase(),
        page.title,
        bytes(text.len() as u64)
    )))
}

fn of(folder: &mut ResultFolder, args: &ReportArgs) -> Result<Page, CommandError> {
    match folder.manifest_text("kind").as_str() {
        "" | "run" => run::page(folder, &args.map),
        "comparison" => comparison::page(folder),
        "search" => search::page(folder),
        "sweep" => sweep::page(folder),
        "validation" => validation::page(folder),
        other => Err(CommandError::input(format!(
            "{}: holds a {other}, of which this version makes no report",
            args.folder.display()
        ))),
    }
}

/// Refuses a name that cannot be written, before anything is read.
fn refuse_if_taken(out: &Path, replace: bool) -> Result<(), CommandError> {
    let refuse = |reason: &str| Err(CommandError::input(format!("{}: {reason}", out.display())));
    match kind(out) {
        Ok(EntryKind::Folder) => refuse("a folder; name a file, as report.html"),
        Ok(_) if !replace => refuse("exists; --force replaces it"),
        Err(_) if !parent(out).is_dir() => refuse("its folder does not exist"),
        _ => Ok(()),
    }
}
