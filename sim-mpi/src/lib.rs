//! Countryside on many machines: a [`Communicator`] over MPI.
//!
//! A run that is too large for one machine is cut into parts of neighbouring counties, one for each MPI rank,
//! about equally heavy. Inside a rank counties run on threads, as without MPI. At window ends ranks tell each
//! other how much they have to say (counts), then say it (all-to-all); sums are of whole numbers; results go
//! to rank 0 in the order of counties. So the bits are those of a run in one memory, on any number of ranks.
//!
//! The exchange of the runner itself (`sim_core::runner::CollectiveExchange`) knows counties and messages,
//! and is tested without MPI; here are only bytes. An exchange written on MPI throughout was rejected: its
//! order of messages could only be tested where MPI is.
//!
//! This crate is a workspace of its own and no member of the one above. A member that is not a default member
//! was rejected: `cargo test --workspace`, `cargo clippy --workspace` and `cargo doc --workspace` would need
//! MPI's headers all the same, and the lock file of everybody would hold what only this crate needs.
//!
//! **When something goes wrong** nothing is waited for: a panic on any thread of any rank says its message
//! and calls
//! `MPI_Abort`; a rank that dies (killed, out of memory, its node lost) is noticed by the launcher, which
//! ends the others. Results
//! come into being whole, at the end, and checkpoints are complete before they take their name: what was
//! there stays.

mod mpi_communicator;

pub use mpi_communicator::{MpiCommunicator, Spent};

use countryside_command::{
    CommandError, Communicator, RunArgs, collective_check, described, note, run_on_ranks,
};
use mpi::environment::Universe;
use mpi::topology::{Communicator as _, SimpleCommunicator};
use mpi::{Threading, initialize_with_threading};
use std::time::Instant;

/// Starts MPI, and makes sure that a panic ends the whole job at once with its message.
///
/// MPI is called by the main thread only, but for the abort in a panic.
///
/// # Errors
/// If MPI does not start.
pub fn start() -> Result<(Universe, MpiCommunicator), CommandError> {
    let started = initialize_with_threading(Threading::Serialized);
    let (universe, _) = started.ok_or_else(|| CommandError::run("MPI does not start"))?;
    let communicator = MpiCommunicator::of(universe.world());
    let (rank, count) = (communicator.rank(), communicator.count());
    std::panic::set_hook(Box::new(move |info| {
        note(&format!(
            "error: a fault in countryside itself on rank {rank} of {count} stopped the job: {}\n\
             Results and checkpoints written before are intact. Please report this with the scenario,
                 the seed and the \
             command line.",
            described(info)
        ));
        SimpleCommunicator::world().abort(1);
    }));
    Ok((universe, communicator))
}

/// Runs as [`run_on_ranks`] does, and says on rank 0 where the time went, unless it was asked to be quiet.
///
/// # Errors
/// Those of [`run_on_ranks`].
pub fn run<C: Communicator>(
    args: &RunArgs,
    communicator: &mut C,
    spent: impl Fn(&C) -> Spent,
) -> Result<(), CommandError> {
    let started = Instant::now();
    run_on_ranks(args, communicator)?;
    let whole = started.elapsed().as_secs_f64();
    let own = spent(communicator);
    let message = format!("{} {}", own.waiting.as_secs_f64() / whole, own.moving.as_secs_f64() / whole);
    let all = communicator.gather(message.as_bytes());
    if communicator.rank() == 0 && !args.output.quiet {
        note(&shares(&all, whole));
    }
    Ok(())
}

/// A line on the time that ranks spent on each other: means, and the least and greatest.
fn shares(all: &[Vec<u8>], whole: f64) -> String {
    let shares = |at: usize| -> Vec<f64> {
        all.iter()
            .filter_map(|text| {
                let text = String::from_utf8_lossy(text);
                text.split(' ').nth(at)?.parse::<f64>().ok()
            })
            .map(|share| share * 100.0)
            .collect()
    };
    let message = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(0.0, f64::max);
        let at = |wanted: f64| values.iter().position(|value| *value == wanted).unwrap_or(0);
        let (least_at, most_at) = (at(least), at(most));
        format!("{mean:.2} % ({least:.2} on rank {least_at} to {most:.2} on rank {most_at})")
    };
    format!(
        "{} ranks, {whole:.1} s; of it exchange {}, waiting for other ranks {}",
        all.len(),
        message(&shares(1)),
        message(&shares(0))
    )
}

/// Agrees with the other ranks on what was read from the command line.
///
/// # Errors
/// If it is wrong on any rank.
pub fn read_arguments<T>(
    communicator: &mut MpiCommunicator,
    own: Result<T, String>,
) -> Result<T, CommandError> {
    collective_check(communicator, own.map_err(CommandError::input))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_time_are_told_in_per_cent() {
        let all = [b"0.1 0.01".to_vec(), b"0.3 0.02".to_vec()];
        assert_eq!(
            shares(&all, 12.34),
            "2 ranks, 12.3 s; of it exchange 1.50 % (1.00 on rank 0 to 2.00 on rank 1), \
             waiting for other ranks 20.00 % (10.00 on rank 0 to 30.00 on rank 1)"
        );
    }
}
