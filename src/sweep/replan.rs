//! Planning again in a folder that was planned before, as workflow engines do: they remove what a step has
//! made and start it again.
//!
//! Nothing that was run is lost: runs of the same experiment stay, those of one that has changed are set
//! aside in `set-aside-1` and so on, and come back with the experiment.

use super::engine::Script;
use super::folder::Folder;
use super::lock::{LOCKS, SweepLock};
use super::names::{EXPERIMENT, LOGS, PIECES, PLAN};
use super::pieces::Pieces;
use super::sources::ExperimentFiles;
use crate::command_error::CommandError;
use crate::output::file::write_atomically;
use crate::output::manifest::{FileEntry, NAME};
use crate::terminal;
use crate::text::number::of;
use sim_experiments::plan::RunPlan;
use sim_files::folder::{self, EntryKind};
use sim_files::{limits, within};
use std::io;
use std::path::{Path, PathBuf};

/// How the names of folders begin that hold what was set aside.
const ASIDE: &str = "set-aside-";

/// Makes the folder of a plan, also where one was planned before.
///
/// # Errors
/// If something else is there, somebody is at work in it, or it cannot be written.
pub fn replan(
    path: &Path,
    plan: RunPlan,
    sources: &ExperimentFiles,
    script: Option<&Script>,
) -> Result<Folder, CommandError> {
    let was_planned = within::folder(path, PIECES).is_ok()
        && within::folder(path, LOCKS).is_ok()
        && (path.join(PLAN).is_file() || path.join(EXPERIMENT).is_file());
    if !was_planned {
        return Folder::create(path, plan, sources, script, None);
    }
    let lock = SweepLock::exclusive(path, "sweep", "planning again")?;
    let identity = plan.stored().identity().map_err(CommandError::run)?;
    let known = |folder: &Path| Pieces::new(folder.to_owned(), identity).index();
    let fault = |error: io::Error| CommandError::writing(path, &error, None);
    let message = match known(&path.join(PIECES)) {
        Ok(index) => format!(
            "{} of this experiment are kept",
            of(index.runs.len() as u64, "finished run", "finished runs")
        ),
        Err(_) => {
            let aside = set_aside(path).map_err(fault)?;
            let name = aside.file_name().unwrap_or_default().to_string_lossy().into_owned();
            match earlier(path)
                .find(|folder| known(&folder.join(PIECES)).is_ok_and(|index| !index.runs.is_empty()))
            {
                Some(old) => {
                    folder::rename(&old.join(PIECES), &path.join(PIECES)).map_err(fault)?;
                    let _ = folder::remove(&old);
                    let back = known(&path.join(PIECES))?.runs.len() as u64;
                    format!(
                        "the experiment has changed: its old runs and tables are set aside in {name}, and \
                         {} from before are back",
                        of(back, "finished run", "finished runs")
                    )
                }
                None => {
                    folder::make_new(&path.join(PIECES)).map_err(fault)?;
                    format!("the experiment has changed: its old runs and tables are set aside in {name}")
                }
            }
        }
    };
    if let Some(script) = script {
        within::make_folder(path, LOGS).map_err(fault)?;
        write_atomically(&path.join(script.name), script.text.as_bytes()).map_err(fault)?;
    }
    for (name, bytes) in sources.kept() {
        if let Some((above, _)) = name.rsplit_once('/') {
            within::make_folder(path, above).map_err(fault)?;
        }
        write_atomically(&path.join(name), bytes).map_err(fault)?;
    }
    let json = plan.stored().json().map_err(CommandError::run)?;
    write_atomically(&path.join(PLAN), json.as_bytes()).map_err(fault)?;
    drop(lock);
    terminal::note(&format!("note: {}: {message}", path.display()));
    Folder::of(path, plan)
}

/// Folders of what was set aside before.
fn earlier(path: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = folder::list(path).unwrap_or_default().into_iter();
    entries
        // In a folder that was sent, a link may lead to somebody else's.
        .filter(|entry| entry.kind == EntryKind::Folder && entry.name.to_string_lossy().starts_with(ASIDE))
        .map(|entry| path.join(entry.name))
        .filter(|folder| within::folder(folder, PIECES).is_ok())
}

/// Moves runs and tables out of the way. Returns where they are.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let free = (1_u32..).map(|number| path.join(format!("{ASIDE}{number}")));
    let aside = free
        .into_iter()
        .find(|folder| !folder::is_taken(folder))
        .ok_or_else(|| io::Error::other("no name is free"))?;
    folder::make_new(&aside)?;
    let mut names = vec![PIECES.to_owned(), EXPERIMENT.to_owned(), NAME.to_owned()];
    names.extend(tables(path));
    for name in names {
        match folder::rename(&path.join(&name), &aside.join(&name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

/// The names of the tables that were made of the runs.
fn tables(path: &Path) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Known {
        files: Vec<FileEntry>,
    }
    let known = within::bytes(path, NAME, limits::DOCUMENT).ok();
    let known = known.and_then(|bytes| serde_json::from_slice::<Known>(&bytes).ok());
    let names = known.into_iter().flat_map(|known| known.files).map(|file| file.name);
    names.filter(|name| Path::new(name).components().count() == 1 && !name.starts_with('.')).collect()
}
