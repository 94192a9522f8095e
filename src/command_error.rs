//! What can go wrong with a command, and the exit code that says so.
//!
//! One type for the whole command, printed once, in `main`: what happened, to what, what was expected. A
//! general error box was rejected, because each failure must choose its exit code where its meaning is known.

use sim_core::scenario::InputErrors;
use std::fmt;
use std::io;
use std::path::Path;

/// Why a command ended early.
#[derive(Debug)]
pub enum CommandError {
    /// What the user gave is wrong: exit code 2.
    Input(String),
    /// The run failed: exit code 1.
    Run(String),
    /// The user stopped the run: exit code 130.
    Interrupted(String),
    /// Whoever read the results has stopped reading: a quiet end, exit code 0.
    ClosedPipe,
}

impl CommandError {
    /// The exit code of the process.
    pub fn code(&self) -> u8 {
        match self {
            CommandError::Input(_) => 2,
            CommandError::Run(_) => 1,
            CommandError::Interrupted(_) => 130,
            CommandError::ClosedPipe => 0,
        }
    }

    /// The same failure with another name for a path: the one that the user knows.
    pub fn naming(self, path: &Path, known_as: &Path) -> CommandError {
        let [from, to] = [path, known_as].map(|path| path.display().to_string());
        match self {
            CommandError::Input(message) => CommandError::Input(message.replace(&from, &to)),
            CommandError::Run(message) => CommandError::Run(message.replace(&from, &to)),
            other => other,
        }
    }

    /// The same failure with what helps, on a line of its own.
    pub fn with_help(self, help: &str) -> CommandError {
        let more = |message: String| format!("{message}\n  help: {help}");
        match self {
            CommandError::Input(message) => CommandError::Input(more(message)),
            CommandError::Run(message) => CommandError::Run(more(message)),
            other => other,
        }
    }

    /// Wrong input, in a message.
    pub fn input(message: impl fmt::Display) -> CommandError {
        CommandError::Input(message.to_string())
    }

    /// Wrong input: what is wrong with a scenario, an experiment or a table, each with its line.
    pub fn scenario(faults: impl Into<InputErrors>) -> CommandError {
        CommandError::Input(sim_files::marked::shown(&faults.into()))
    }

    /// A failed run, in a message.
    pub fn run(message: impl fmt::Display) -> CommandError {
        CommandError::Run(message.to_string())
    }

    /// A file that could not be read: wrong input.
    pub fn reading(path: &Path, error: &io::Error) -> CommandError {
        CommandError::Input(format!("cannot read {}: {}", path.display(), plain(error)))
    }

    /// A file or folder that could not be written: a failed run. `need` is its size \[bytes\], where known.
    pub fn writing(path: &Path, error: &io::Error, need: Option<u64>) -> CommandError {
        let path = path.display();
        let need = need.map_or_else(String::new, |bytes| {
            format!(" (about {} are needed)", crate::text::number::bytes(bytes))
        });
        CommandError::Run(format!("cannot write {path}: {}{need}", plain(error)))
    }

    /// Standard output that could not be written.
    pub fn standard_output(error: &io::Error) -> CommandError {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return CommandError::ClosedPipe;
        }
        CommandError::Run(format!("cannot write to standard output: {}", plain(error)))
    }
}

/// The system's words without its number, which tells a reader nothing.
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CommandError::Input(message)
            | CommandError::Run(message)
            | CommandError::Interrupted(message) => f.write_str(message),
            CommandError::ClosedPipe => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_quiet_and_a_full_disk_is_not() {
        assert_eq!(CommandError::standard_output(&io::ErrorKind::BrokenPipe.into()).code(), 0);
        assert_eq!(CommandError::standard_output(&io::ErrorKind::StorageFull.into()).code(), 1);
    }

    #[test]
    fn the_systems_error_number_is_not_shown() {
        let failure = CommandError::writing(Path::new("a/b"), &io::Error::from_raw_os_error(28), Some(2048));
        assert_eq!(
            failure.to_string(),
            "cannot write a/b: No space left on device (about 2.0 KiB are needed)"
        );
    }
}
