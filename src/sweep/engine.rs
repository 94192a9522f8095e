//! Scripts that give a sweep's shards to an engine: a job array of Slurm, GNU parallel.
//!
//! An engine needs nothing of ours but the command and a folder that all its machines see. Rejected: a
//! scheduler of our own, and submitting for the user, who knows partition and account, and may add them to
//! the script or to its command line.
//!
//! Names of folders are the user's, and each engine has a language of its own: GNU parallel runs what stands
//! between `{=` and `=}`, Slurm replaces `%A`. So no script holds them but as bytes that bash reads, and
//! tasks get them by the environment.

use super::names::LOGS;
use super::pilot::Measured;
use crate::args::experiment::Engine;
use crate::command_error::CommandError;
use crate::text::number::{bytes, duration, of};
use sim_experiments::plan::RunPlan;
use std::path::{Path, PathBuf};

/// What tasks may take beyond what was measured: runs of a design differ, and so do processors.
const SLACK: f64 = 2.0;
/// The least time that is asked for \[minutes\], for a slow start.
const LEAST_MINUTES: f64 = 5.0;
/// Memory is asked for in steps of this \[bytes\].
const STEP: u64 = 64 << 20;

/// What a shard's task takes, from measured runs.
#[derive(Clone, Copy, Debug)]
pub struct Tasks {
    /// Time on one processor \[seconds\].
    pub seconds: f64,
    /// Most memory, with one run at a time \[bytes\].
    pub memory: u64,
}

impl Tasks {
    /// Those of a plan's largest shard.
    pub fn of(plan: &RunPlan, measured: &Measured) -> Tasks {
        Tasks { seconds: measured.largest_shard(plan), memory: measured.peak }
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

/// What the scripts are made of.
struct Parts {
    name: String,
    folder: PathBuf,
    program: PathBuf,
    shards: u32,
    about: String,
}

impl Script {
    /// The script that gives a plan's shards to an engine, for a folder that need not exist yet.
    ///
    /// # Errors
    /// If the folder has no path from the root.
    pub fn of(engine: Engine, tasks: &Tasks, plan: &RunPlan, folder: &Path) -> Result<Script, CommandError> {
        let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("countryside"));
        let shards = plan.stored().shards;
        let parts = Parts {
            name: plain(&plan.experiment().name),
            folder: absolute(folder)?,
            program,
            shards,
            about: format!(
                "{} in {}: up to about {} and {} each, from measured runs; asked for is twice that and more.",
                of(plan.runs(), "run", "runs"),
                of(u64::from(shards), "task", "tasks"),
                duration(tasks.seconds),
                bytes(tasks.memory)
            ),
        };
        Ok(match engine {
            Engine::Slurm => Script { name: "slurm.sh", start: "sbatch", text: slurm(&parts, tasks) },
            Engine::Parallel => Script { name: "parallel.sh", start: "bash", text: parallel(&parts, tasks) },
        })
    }
}

fn slurm(parts: &Parts, tasks: &Tasks) -> String {
    let Parts { name, folder, program, shards, about } = parts;
    let (minutes, memory) = (tasks.minutes(), tasks.mebibytes());
    let (logs, redirect) = match folder.to_str().filter(|folder| is_plain(folder)) {
        Some(folder) => (format!("{folder}/{LOGS}/%A_%a.txt"), String::new()),
        // Slurm would read more into the name than there is: the script opens the file itself.
        None => (
            "/dev/null".to_owned(),
            format!(
                "exec >>\"$COUNTRYSIDE_SWEEP/{LOGS}/${{SLURM_ARRAY_JOB_ID:-0}}_$SLURM_ARRAY_TASK_ID.txt\" \
                 2>&1\n"
            ),
        ),
    };
    let (program, folder) = (bash(program), bash(folder));
    format!(
        "#!/bin/bash
# The sweep {name} as a job array of Slurm. {about}
#
#   sbatch slurm.sh                                                              all tasks
#   sbatch --array=\"$(countryside sweep status FOLDER --unfinished)\" slurm.sh    those that were killed; \
         finished runs stay
#
# Options may be changed here or given to sbatch, such as --partition, --account, or --cpus-per-task for as \
         many runs at a time.
#SBATCH --job-name={name}
#SBATCH --array=1-{shards}
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --time={minutes}
#SBATCH --mem-per-cpu={memory}M
#SBATCH --output={logs}
#SBATCH --open-mode=append
#SBATCH --requeue
# A minute before the end of its time a task stops by itself and keeps what is finished.
#SBATCH --signal=B:TERM@60
set -eu
COUNTRYSIDE_SWEEP={folder}
COUNTRYSIDE_HERE={program}
{redirect}exec \"${{COUNTRYSIDE:-$COUNTRYSIDE_HERE}}\" sweep run \"$COUNTRYSIDE_SWEEP\" --shard \
         \"$SLURM_ARRAY_TASK_ID/{shards}\" --jobs \"${{SLURM_CPUS_PER_TASK:-1}}\" --quiet
"
    )
}

fn parallel(parts: &Parts, tasks: &Tasks) -> String {
    let Parts { name, folder, program, shards, about } = parts;
    let memory = tasks.mebibytes();
    let (program, folder) = (bash(program), bash(folder));
    format!(
        "#!/bin/bash
# The sweep {name} with GNU parallel. {about}
#
#   bash parallel.sh                            as many tasks at a time as there are processors; again for \
         what was killed
#   bash parallel.sh --jobs 4                   further options are GNU parallel's
#   bash parallel.sh --sshloginfile machines    on other machines that see this folder under the same name
#
# The exit code is 0 if every task ended well. What each took is in {LOGS}/parallel.tsv.
set -eu
export COUNTRYSIDE_SWEEP={folder}
COUNTRYSIDE_HERE={program}
export COUNTRYSIDE=\"${{COUNTRYSIDE:-$COUNTRYSIDE_HERE}}\"
command -v parallel >/dev/null || {{ echo 'GNU parallel is not installed' >&2; exit 1; }}
# The table goes by a descriptor and the names by the environment: GNU parallel reads a language of its own \
         into words that it is given.
exec 3>\"$COUNTRYSIDE_SWEEP/{LOGS}/parallel.tsv\"
seq {shards} | parallel --env COUNTRYSIDE_SWEEP --env COUNTRYSIDE --memfree {memory}M --joblog /dev/fd/3 \
         \"$@\" \\
    'exec \"$COUNTRYSIDE\" sweep run \"$COUNTRYSIDE_SWEEP\" --shard {{}}/{shards} --jobs 1 --quiet'
"
    )
}

/// The path that a folder will have, for it to be found from anywhere.
fn absolute(folder: &Path) -> Result<PathBuf, CommandError> {
    std::path::absolute(folder).map_err(|error| CommandError::reading(folder, &error))
}

/// A name as it may stand in a comment or as the name of a job.
fn plain(name: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.chars().map(|c| if kept(c) { c } else { '_' }).collect()
}

/// Whether no engine reads anything into a path.
fn is_plain(path: &str) -> bool {
    path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-'))
}

/// A path as bash reads it, whatever its bytes: nothing of it is left that any language could take for its
/// own.
fn bash(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let mut text = "$'".to_owned();
    for &byte in bytes {
        if is_plain(char::from(byte).encode_utf8(&mut [0; 4])) {
            text.push(char::from(byte));
        } else {
            text += &format!("\\x{byte:02x}");
        }
    }
    text + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(folder: &str) -> Parts {
        Parts {
            name: "levers".to_owned(),
            folder: PathBuf::from(folder),
            program: PathBuf::from("/opt/bin/countryside"),
            shards: 40,
            about: String::new(),
        }
    }

    #[test]
    fn time_and_memory_are_asked_for_with_slack_in_whole_steps() {
        let tasks = Tasks { seconds: 600.0, memory: 100 << 20 };
        assert_eq!((tasks.minutes(), tasks.mebibytes()), (25, 256));
        let script = slurm(&parts("/data/levers"), &tasks);
        for line in [
            "--time=25\n",
            "--mem-per-cpu=256M\n",
            "--array=1-40\n",
            "--output=/data/levers/logs/%A_%a.txt\n",
            "COUNTRYSIDE_SWEEP=$'/data/levers'\n",
        ] {
            assert!(script.contains(line), "{line}: {script}");
        }
        assert!(parallel(&parts("/data/levers"), &tasks).contains("--memfree 256M"));
    }

    #[test]
    fn nothing_of_a_path_is_left_that_a_language_could_take_for_its_own() {
        let tasks = Tasks { seconds: 1.0, memory: 1 };
        let hostile = "/data/it's 50% \"$(touch x)\" `y` {= die =} \n\\ 村";
        for script in [slurm(&parts(hostile), &tasks), parallel(&parts(hostile), &tasks)] {
            for part in ["it's", "50%", "touch", "y`", "die", "村"] {
                assert!(!script.contains(&format!("{part} ")), "{part}: {script}");
            }
            let line =
                "COUNTRYSIDE_SWEEP=$'/data/it\\x27s\\x2050\\x25\\x20\\x22\\x24\\x28touch\\x20x\\x29\\x22";
            assert!(script.contains(line), "{script}");
        }
        assert!(slurm(&parts(hostile), &tasks).contains("--output=/dev/null\n"));
        assert_eq!(plain("a b;$(c) 村"), "a_b___c__村");
    }
}
