//! The command `countryside-mpi`: `countryside run` on all ranks of an MPI job.

use clap::{Parser, Subcommand};
use countryside_command::{CommandError, Communicator, RunArgs, note};
use sim_mpi::{MpiCommunicator, read_arguments, run, start};
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  mpirun -n 4 countryside-mpi run nation_full --out results/nation --checkpoint-every 90
  mpirun -n 8 countryside-mpi run --resume results/nation.checkpoint --out results/nation
  srun countryside-mpi run my.ron --out results/mine

Results and checkpoints are those of countryside run, to the bit, on any number of ranks;
    one goes on with what the other wrote.
Every rank reads the scenario or checkpoint by its name, so put it where all nodes see it. Rank 0 writes.

Exit codes: 0 done, 1 the run failed, 2 the input is wrong, 130 interrupted;
    the launcher's own where a rank died.";

/// Runs a scenario on many machines.
#[derive(Debug, Parser)]
#[command(name = "countryside-mpi", version, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a scenario and report what happened
    Run(RunArgs),
}

fn main() -> ExitCode {
    let (universe, mut communicator) = match start() {
        Ok(started) => started,
        Err(failure) => return ended(&failure, true),
    };
    // What failed is said before MPI ends, for which all ranks wait: a launcher ends the others as soon as
    // one has failed.
    let code = match execute(&mut communicator) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => ended(&failure, communicator.rank() == 0),
    };
    drop(communicator);
    drop(universe);
    code
}

fn execute(communicator: &mut MpiCommunicator) -> Result<(), CommandError> {
    let parsed = match Cli::try_parse() {
        Err(asked) if !asked.use_stderr() => {
            if communicator.rank() == 0 {
                let _ = asked.print();
            }
            return Ok(());
        }
        parsed => {
            parsed.map_err(|error| error.to_string().trim_start_matches("error: ").trim_end().to_owned())
        }
    };
    let Command::Run(mut args) = read_arguments(communicator, parsed)?.command;
    if args.execution.threads.is_none() {
        args.execution.threads = Some(threads(communicator));
    }
    run(&args, communicator, MpiCommunicator::spent)
}

/// This rank's share of the processors that its node lets it have.
fn threads(communicator: &MpiCommunicator) -> u16 {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    u16::try_from(processors / communicator.on_this_node().max(1)).map_or(1, |threads| threads.clamp(1, 1024))
}

/// Says why the command ended early, once.
fn ended(failure: &CommandError, first: bool) -> ExitCode {
    match failure {
        CommandError::ClosedPipe => {}
        _ if !first => {}
        CommandError::Interrupted(message) => note(message),
        CommandError::Input(message) | CommandError::Run(message) => note(&format!("error: {message}")),
    }
    ExitCode::from(failure.code())
}
