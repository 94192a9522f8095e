//! The headless command of Countryside: reads scenarios, runs them, writes what they found. It does no
//! modelling.
//!
//! One file per subcommand: `run`, `branch`, `check`, `show`, `params`, `outcomes`, `explain`,
//! `report`, `selftest`, and for experiments `sweep`, `analyse`, `compare`, `optimise`, `trial`, `validate`,
//! `calibrate`. `session` is what the first two share, from the checks before a run to its results; `batch`
//! is what experiments share, `evidence` what validation and calibration do; `engine` is where the command
//! meets the library.
//!
//! The command is [`main`]. It is a library too, for the crate `sim-mpi`: [`run_on_ranks`] is `countryside
//! run` on several machines, which are [`Communicator`]; on one it is `countryside run` itself. Nothing
//! else is for
//! use from outside.

mod analyse;
mod args;
mod batch;
mod branch;
mod calibrate;
mod check;
mod checkpoint_file;
mod collective_check;
mod command_error;
mod compare;
mod conclude;
mod cost;
mod crash;
mod drive;
mod engine;
mod evidence;
mod explain;
mod interrupt;
mod members;
mod memory;
mod optimise;
mod outcomes;
mod output;
mod params;
mod payments;
mod processor;
mod progress;
mod recipe;
mod region;
mod report;
mod run;
mod selftest;
mod session;
mod show;
mod sweep;
mod terminal;
mod text;
mod trial;
mod validate;
mod version;

use args::{Cli, Command};
use clap::Parser;
use std::panic::catch_unwind;
use std::process::ExitCode;

pub use args::RunArgs;
pub use collective_check::collective_check;
pub use command_error::CommandError;
pub use crash::described;
pub use run::run_on_ranks;
pub use sim_core::runner::Communicator;
pub use terminal::note;

/// The command `countryside`.
pub fn main() -> ExitCode {
    interrupt::listen_from_the_start();
    crash::install();
    match catch_unwind(|| execute(&Cli::parse().command)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => ended(&failure),
        Err(_) => {
            crash::report();
            ExitCode::FAILURE
        }
    }
}

fn execute(command: &Command) -> Result<(), CommandError> {
    match command {
        Command::Run(args) => run::run(args),
        Command::Branch(args) => branch::branch(args),
        Command::Check(args) => check::check(args),
        Command::Show(args) => show::show(args),
        Command::Params(args) => params::params(args),
        Command::Outcomes(args) => outcomes::outcomes(args),
        Command::Explain(args) => explain::explain(args),
        Command::Trial(args) => trial::trial(args),
        Command::Validate(args) => validate::validate(args),
        Command::Calibrate(args) => calibrate::calibrate(args),
        Command::Conclude(args) => conclude::conclude(args),
        Command::Report(args) => report::report(args),
        Command::Region(args) => region::region(args),
        Command::Selftest(args) => selftest::selftest(args),
        Command::Sweep(args) => sweep::sweep(args),
        Command::Analyse(args) => analyse::analyse(args),
        Command::Compare(args) => compare::compare(args),
        Command::Optimise(args) => optimise::optimise(args),
    }
}

/// Says why the command ended early, once.
fn ended(failure: &CommandError) -> ExitCode {
    match failure {
        CommandError::ClosedPipe => {}
        CommandError::Interrupted(message) => terminal::note(message),
        CommandError::Input(message) | CommandError::Run(message) => {
            terminal::note(&format!("error: {message}"))
        }
    }
    ExitCode::from(failure.code())
}
