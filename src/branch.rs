//! `countryside branch`: on from a moment with something changed.

use crate::args::BranchArgs;
use crate::checkpoint_file;
use crate::engine::{self, Simulation};
use crate::failure::Failure;
use crate::session::{Begun, Session};
use sim_core::runner::Alone;
use xxhash_rust::xxh3::xxh3_64;

/// Branches.
///
/// # Errors
/// If the checkpoint or a change is wrong, the run fails, or the user stops it.
pub fn branch(args: &BranchArgs) -> Result<(), Failure> {
    checkpoint_file::allowed(&args.from, args.execution.memory_limit, 1)?;
    let content = checkpoint_file::load(&args.from)?;
    let (threads, count) = engine::threads(args.execution.threads);
    let simulation =
        Simulation::branch(&content, &args.changes.overrides(), threads).map_err(Failure::input)?;
    let moment = format!("{} of checkpoint {:016x}", simulation.now(), xxh3_64(&content));
    let session = Session::prepare(
        simulation.scenario(),
        simulation.table(),
        Some(moment),
        &args.execution,
        &args.output,
        &mut Alone,
    )?;
    let resumed_at = Some(simulation.now());
    let begun = Begun {
        simulation,
        threads: count,
        resumed_at,
    };
    session.complete(begun, &mut Alone)
}
