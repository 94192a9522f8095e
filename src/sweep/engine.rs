//! Scripts that give a sweep's shards to an engine: a job array of Slurm, GNU parallel.
//!
//! An engine needs nothing of ours but the command and a folder that all its machines see. Rejected: a scheduler of our own, and submitting for the user,
//! who knows partition and account, and may add them to the script or to its command line.

use super::folder::LOGS;
use super::pilot::Measured;
use crate::experiment_args::Engine;
use crate::failure::Failure;
use crate::report::number::{bytes, duration, of};
use sim_experiments::plan::Plan;
use std::path::{Path, PathBuf};

/// What tasks may take beyond what was measured: runs of a design differ, and so do processors.
const SLACK: f64 = 2.0;
/// The least time that is asked for \[minutes\], for a slow start.
const LEAST_MINUTES: f64 = 5.0;
/// Memory is asked for in steps of this \[bytes\].
const STEP: u64 = 64 << 20;

/// What a shard's task takes, from a measured run.
#[derive(Clone, Copy, Debug)]
pub struct Tasks {
    /// Time on one processor \[seconds\].
    pub seconds: f64,
    /// Most memory, with one run at a time \[bytes\].
    pub memory: u64,
}

impl Tasks {
    /// Those of a plan's largest shard.
    pub fn of(plan: &Plan, measured: &Measured) -> Tasks {
        let runs = plan.of_shard(0).count();
        Tasks {
            seconds: measured.seconds_per_run * runs as f64,
            memory: measured.peak,
        }
    }

    /// Time to ask for \[minutes\].
    fn minutes(&self) -> u64 {
        (LEAST_MINUTES + SLACK * self.seconds / 60.0).ceil() as u64
    }

    /// Memory to ask for \[MiB\].
    fn mebibytes(&self) -> u64 {
        let asked = (self.memory as f64 * SLACK) as u64;
        (asked.div_ceil(STEP) * STEP) >> 20
    }
}

/// The script of an engine.
#[derive(Clone, Debug)]
pub struct Script {
    /// Its name in the sweep's folder.
    pub name: &'static str,
    /// The command that starts it.
    pub start: &'static str,
    /// What it says.
    pub text: String,
}

/// What the scripts are made of, quoted for the shell.
struct Parts {
    name: String,
    folder: String,
    program: String,
    shards: u32,
    about: String,
}

impl Script {
    /// The script that gives a plan's shards to an engine, for a folder that need not exist yet.
    ///
    /// # Errors
    /// If the folder's path cannot stand in a script.
    pub fn of(engine: Engine, tasks: &Tasks, plan: &Plan, folder: &Path) -> Result<Script, Failure> {
        let folder = absolute(folder)?;
        let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("countryside"));
        let shards = plan.stored().shards;
        let parts = Parts {
            name: plain(&plan.experiment().name),
            folder: text(&folder)?,
            program: text(&program)?,
            shards,
            about: format!(
                "{} in {}: about {} and {} each, from a measured run; asked for is twice that and more.",
                of(plan.runs(), "run", "runs"),
                of(u64::from(shards), "task", "tasks"),
                duration(tasks.seconds),
                bytes(tasks.memory)
            ),
        };
        Ok(match engine {
            Engine::Slurm => Script {
                name: "slurm.sh",
                start: "sbatch",
                text: slurm(&parts, tasks),
            },
            Engine::Parallel => Script {
                name: "parallel.sh",
                start: "bash",
                text: parallel(&parts, tasks),
            },
        })
    }
}

fn slurm(parts: &Parts, tasks: &Tasks) -> String {
    let Parts {
        name,
        folder,
        program,
        shards,
        about,
    } = parts;
    let (minutes, memory) = (tasks.minutes(), tasks.mebibytes());
    // In Slurm's own names of files a per cent sign begins a pattern.
    let place = folder
        .replace('%', "%%")
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    let logs = format!("{place}/{LOGS}/%A_%a.txt");
    let (program, folder) = (quoted(program), quoted(folder));
    format!(
        "#!/bin/bash
# The sweep {name} as a job array of Slurm. {about}
#
#   sbatch slurm.sh                                                              all tasks
#   sbatch --array=\"$(countryside sweep status FOLDER --unfinished)\" slurm.sh    those that were killed; finished runs stay
#
# Options may be changed here or given to sbatch, such as --partition, --account, or --cpus-per-task for as many runs at a time.
#SBATCH --job-name=\"{name}\"
#SBATCH --array=1-{shards}
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --time={minutes}
#SBATCH --mem-per-cpu={memory}M
#SBATCH --output=\"{logs}\"
#SBATCH --open-mode=append
#SBATCH --requeue
# A minute before the end of its time a task stops by itself and keeps what is finished.
#SBATCH --signal=B:TERM@60
set -eu
program=${{COUNTRYSIDE:-{program}}}
folder={folder}
exec \"$program\" sweep run \"$folder\" --shard \"$SLURM_ARRAY_TASK_ID/{shards}\" --jobs \"${{SLURM_CPUS_PER_TASK:-1}}\" --quiet
"
    )
}

fn parallel(parts: &Parts, tasks: &Tasks) -> String {
    let Parts {
        name,
        folder,
        program,
        shards,
        about,
    } = parts;
    let memory = tasks.mebibytes();
    let (program, folder) = (quoted(program), quoted(folder));
    format!(
        "#!/bin/bash
# The sweep {name} with GNU parallel. {about}
#
#   bash parallel.sh                            as many tasks at a time as there are processors; again for what was killed
#   bash parallel.sh --jobs 4                   further options are GNU parallel's
#   bash parallel.sh --sshloginfile machines    on other machines that see this folder under the same name
#
# The exit code is 0 if every task ended well.
set -eu
program=${{COUNTRYSIDE:-{program}}}
folder={folder}
command -v parallel >/dev/null || {{ echo 'GNU parallel is not installed' >&2; exit 1; }}
exec seq {shards} | parallel --quote --memfree {memory}M --joblog \"$folder/{LOGS}/parallel.tsv\" \"$@\" \\
    \"$program\" sweep run \"$folder\" --shard '{{}}/{shards}' --jobs 1 --quiet
"
    )
}

/// The path that a folder will have, for it to be found from anywhere.
fn absolute(folder: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(folder).map_err(|error| Failure::reading(folder, &error))
}

/// A path as it may stand in a script.
fn text(path: &Path) -> Result<String, Failure> {
    match path.to_str() {
        Some(text) if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        _ => Err(Failure::input(format!(
            "{}: control characters, and bytes that are not UTF-8, cannot stand in a script; choose another folder",
            path.display().to_string().escape_debug()
        ))),
    }
}

/// A name as it may stand in a comment or as the name of a job.
fn plain(name: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.chars().map(|c| if kept(c) { c } else { '_' }).collect()
}

/// A text that the shell takes as it is.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(folder: &str) -> Parts {
        Parts {
            name: "levers".to_owned(),
            folder: folder.to_owned(),
            program: "/opt/bin/countryside".to_owned(),
            shards: 40,
            about: String::new(),
        }
    }

    #[test]
    fn time_and_memory_are_asked_for_with_slack_in_whole_steps() {
        let tasks = Tasks {
            seconds: 600.0,
            memory: 100 << 20,
        };
        assert_eq!((tasks.minutes(), tasks.mebibytes()), (25, 256));
        let script = slurm(&parts("/data/levers"), &tasks);
        for line in ["--time=25\n", "--mem-per-cpu=256M\n", "--array=1-40\n"] {
            assert!(script.contains(line), "{line}: {script}");
        }
        assert!(parallel(&parts("/data/levers"), &tasks).contains("--memfree 256M"));
    }

    #[test]
    fn no_path_escapes_from_its_quotes() {
        let tasks = Tasks {
            seconds: 1.0,
            memory: 1,
        };
        let folder = "/data/it's 50% \"$(reboot)\"";
        let script = slurm(&parts(folder), &tasks);
        assert!(
            script.contains("folder='/data/it'\\''s 50% \"$(reboot)\"'\n"),
            "{script}"
        );
        assert!(
            script.contains("--output=\"/data/it's 50%% \\\"$(reboot)\\\"/logs/%A_%a.txt\"\n"),
            "{script}"
        );
        assert!(text(Path::new("/data/a\nb")).is_err());
    }
}
