//! `countryside-mpi run` with a fault planted on one rank in the middle of the run, for the tests of this
//! crate:
//!
//! ```text
//! planted_fault WHAT RANK EXCHANGE SCENARIO [--out DIR] ...      WHAT: panic, thread, memory or killed
//! ```

use clap::Parser;
use countryside_command::{Communicator, RunArgs, note};
use sim_mpi::{MpiCommunicator, run, start};
use std::process::{Command, ExitCode};

/// A run, and what goes wrong in it.
#[derive(Parser)]
struct Cli {
    /// What goes wrong
    what: String,
    /// On which rank
    rank: usize,
    /// In which of its exchanges, from 1
    exchange: u32,
    #[command(flatten)]
    args: RunArgs,
}

/// Ranks, one of which fails.
struct Planted {
    communicator: MpiCommunicator,
    what: String,
    rank: usize,
    left: u32,
}

impl Planted {
    fn fail(&self) {
        match self.what.as_str() {
            "panic" => panic!("a fault that was planted"),
            "thread" => {
                let _ = std::thread::spawn(|| panic!("a fault that was planted in a thread")).join();
            }
            "memory" => {
                let all = vec![1_u8; 1 << 46];
                note(&format!("{} bytes were granted", all.len()));
            }
            _ => {
                let own = std::process::id().to_string();
                let _ = Command::new("kill").args(["-9", &own]).status();
            }
        }
    }
}

impl Communicator for Planted {
    fn count(&self) -> usize {
        self.communicator.count()
    }

    fn rank(&self) -> usize {
        self.communicator.rank()
    }

    fn sum(&mut self, values: &mut [i64]) {
        self.communicator.sum(values);
    }

    fn all_gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
        self.communicator.all_gather(own)
    }

    fn gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
        self.communicator.gather(own)
    }

    fn all_to_all(&mut self, outgoing: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        self.left = self.left.wrapping_sub(1);
        if self.left == 0 && self.rank == self.communicator.rank() {
            note("the planted fault strikes");
            self.fail();
        }
        self.communicator.all_to_all(outgoing)
    }

    fn send(&mut self, piece: &[u8]) {
        self.communicator.send(piece);
    }

    fn receive(&mut self, from: usize) -> Vec<u8> {
        self.communicator.receive(from)
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let Ok((_universe, communicator)) = start() else {
        return ExitCode::FAILURE;
    };
    let mut planted = Planted { communicator, what: cli.what, rank: cli.rank, left: cli.exchange };
    match run(&cli.args, &mut planted, |planted| planted.communicator.spent()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => ExitCode::from(failure.code()),
    }
}
