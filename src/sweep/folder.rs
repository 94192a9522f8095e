//! A sweep's folder: its plan, who may write, and where things are.
//!
//! ```text
//! plan.json       the experiment with its scenarios resolved: all that a run needs
//! experiment.ron  the experiment as it was written, and beside it, or in inputs/, the files that it names
//! pieces/         finished runs, each file whole or absent
//! locks/          who is running
//! slurm.sh, ...   the script of an engine, if one was asked for; logs/ is for what its tasks say
//! runs, series, failures, outcomes, columns, manifest.json: made of the pieces by `gather`
//! ```

use super::engine::Script;
use super::lock::{LOCKS, SweepLock};
use super::names::{EXPERIMENT, LOGS, PIECES, PLAN};
use super::pieces::Pieces;
use super::sources::ExperimentFiles;
use crate::command_error::CommandError;
use crate::crash::contained;
use crate::output::file::{parent, sync_folder, write_atomically};
use crate::output::lock::{FolderLock, forget_dead};
use crate::version;
use sim_experiments::plan::{RunPlan, Stored, StoredError};
use sim_files::names::{PARTIAL, hidden};
use sim_files::write::fresh_folder;
use sim_files::{folder, limits, within};
use std::path::{Path, PathBuf};

/// What writes the runs that a new folder takes over into its pieces.
pub type Carried<'c> = &'c dyn Fn(&Pieces) -> Result<(), CommandError>;

/// A sweep's folder with its plan.
pub struct Folder {
    /// Its path.
    pub path: PathBuf,
    /// The plan.
    pub plan: RunPlan,
    /// What makes it that plan.
    pub identity: u128,
    pieces: Pieces,
}

impl Folder {
    /// Makes the folder of a plan, whole or not at all, with the runs that it takes over from another, if it
    /// does.
    ///
    /// # Errors
    /// If there is something of that name, or it cannot be written.
    pub fn create(
        path: &Path,
        plan: RunPlan,
        sources: &ExperimentFiles,
        script: Option<&Script>,
        carried: Option<Carried<'_>>,
    ) -> Result<Folder, CommandError> {
        refuse_if_taken(path)?;
        let above = parent(path);
        folder::make(above).map_err(|error| CommandError::writing(above, &error, None))?;
        let fault = |error: std::io::Error| CommandError::writing(path, &error, None);
        // Who makes the folder is alone: what is there of an unfinished one was left by a killed process.
        let _lock = FolderLock::take(path, "planning a sweep")?;
        folder::clear(above, &hidden(path, PARTIAL)).map_err(fault)?;
        refuse_if_taken(path)?;
        let partial = fresh_folder(above, &hidden(path, PARTIAL)).map_err(fault)?;
        let json = plan.stored().json().map_err(CommandError::run)?;
        for name in [PIECES, LOCKS] {
            folder::make_new(&partial.path().join(name)).map_err(fault)?;
        }
        if let Some(carry) = carried {
            let identity = plan.stored().identity().map_err(CommandError::run)?;
            let pieces = Pieces::new(partial.path().join(PIECES), identity);
            carry(&pieces).map_err(|failure| failure.naming(partial.path(), path))?;
        }
        if let Some(script) = script {
            folder::make_new(&partial.path().join(LOGS)).map_err(fault)?;
            write_atomically(&partial.path().join(script.name), script.text.as_bytes()).map_err(fault)?;
        }
        for (name, bytes) in sources.kept() {
            let file = partial.path().join(name);
            folder::make(parent(&file)).map_err(fault)?;
            write_atomically(&file, bytes).map_err(fault)?;
        }
        write_atomically(&partial.path().join(PLAN), json.as_bytes()).map_err(fault)?;
        sync_folder(partial.path()).map_err(fault)?;
        // Whoever came first has the name: renaming over a folder that is not empty fails.
        folder::rename(partial.path(), path).map_err(fault)?;
        let _ = partial.keep();
        sync_folder(above).map_err(fault)?;
        Folder::of(path, plan)
    }

    /// Opens a folder.
    ///
    /// # Errors
    /// If it is no sweep's, or was made by another version.
    pub fn open(path: &Path) -> Result<Folder, CommandError> {
        let file = path.join(PLAN);
        let text = within::text(path, PLAN, limits::PLAN).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                CommandError::input(format!("{}: not a sweep's folder: it has no {PLAN}", path.display()))
            }
            _ => CommandError::reading(&file, &error),
        })?;
        let version = version::of_sweeps();
        let refuse = |reason: String| CommandError::input(format!("{}: {reason}", file.display()));
        let stored = Stored::read(&text, &version).map_err(|fault| match fault {
            StoredError::Unreadable(reason) => refuse(format!("damaged: {reason}")),
            StoredError::Version(_) => refuse(format!(
                "{fault}, and this is version {version}: results of two versions may not stand in one \
                 table\n  help: go on with that version, or begin a new folder"
            )),
        })?;
        let plan = contained(|| RunPlan::of(stored)).and_then(|plan| plan).map_err(refuse)?;
        // A folder may have been sent: what is written and removed in these is so there, and nowhere else.
        for name in [PIECES, LOCKS] {
            within::folder(path, name).map_err(|error| CommandError::reading(&path.join(name), &error))?;
        }
        Folder::of(path, plan)
    }

    /// The folder of a plan, which is there.
    ///
    /// # Errors
    /// None in practice: a plan has an identity.
    pub fn of(path: &Path, plan: RunPlan) -> Result<Folder, CommandError> {
        let identity = plan.stored().identity().map_err(CommandError::run)?;
        forget_dead(path);
        // A search numbers its runs as it goes.
        let runs = plan.experiment().method.as_ref().map(|_| plan.runs());
        Ok(Folder {
            path: path.to_owned(),
            plan,
            identity,
            pieces: Pieces::new(path.join(PIECES), identity).at_most(runs),
        })
    }

    /// The pieces of finished runs.
    pub fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    /// Takes the whole folder: nobody else may run, retry or gather meanwhile.
    ///
    /// # Errors
    /// If somebody does.
    pub fn lock_all(&self, what: &str) -> Result<SweepLock, CommandError> {
        SweepLock::exclusive(&self.path, "sweep", what)
    }

    /// Takes a shard, beside others that take theirs.
    ///
    /// # Errors
    /// If somebody runs that shard, or the whole.
    pub fn lock_shard(&self, shard: u32) -> Result<(SweepLock, SweepLock), CommandError> {
        let beside = SweepLock::shared(&self.path, "sweep")?;
        let name = format!("shard-{}", shard + 1);
        let own = SweepLock::exclusive(&self.path, &name, &format!("running shard {}", shard + 1))?;
        Ok((beside, own))
    }
}

/// Refuses a name that is taken, and says what by.
fn refuse_if_taken(path: &Path) -> Result<(), CommandError> {
    let refuse = |reason: &str| Err(CommandError::input(format!("{}: {reason}", path.display())));
    if path.file_name().is_none() {
        return refuse("not a name for a new folder");
    }
    if path.join(PLAN).exists() {
        return refuse(
            "holds a sweep already; --resume goes on with it, `sweep plan --replan` plans it again, or \
             choose another name",
        );
    }
    if path.join(EXPERIMENT).exists() && path.join(PIECES).is_dir() {
        return refuse(
            "holds a sweep without its plan; `sweep plan --replan` plans it again, or choose another name",
        );
    }
    if folder::is_taken(path) && !folder::is_empty(path) {
        return refuse("exists and is not a sweep's folder; choose another name (it is never replaced)");
    }
    Ok(())
}
