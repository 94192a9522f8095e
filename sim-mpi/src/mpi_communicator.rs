//! A communicator over the ranks of an MPI job.

use countryside_command::Communicator;
use mpi::collective::{CommunicatorCollectives, SystemOperation};
use mpi::datatype::{Partition, PartitionMut};
use mpi::point_to_point::{Destination, Source};
use mpi::topology::{Communicator as _, SimpleCommunicator};
use std::time::{Duration, Instant};

/// Longest piece sent at once \[bytes\]: MPI counts in 32 bits, and a gigabyte need not be held twice.
const PIECE: usize = 64 << 20;

/// Time spent on other ranks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// Until all had come to an exchange: what differs in their work.
    pub waiting: Duration,
    /// In the exchange itself.
    pub moving: Duration,
}

/// The ranks of a job.
pub struct MpiCommunicator {
    world: SimpleCommunicator,
    spent: Spent,
}

impl MpiCommunicator {
    /// The ranks of a communicator.
    pub fn of(world: SimpleCommunicator) -> MpiCommunicator {
        MpiCommunicator { world, spent: Spent::default() }
    }

    /// Time spent on other ranks so far.
    pub fn spent(&self) -> Spent {
        self.spent
    }

    /// Ranks on this rank's node, itself included.
    pub fn on_this_node(&self) -> usize {
        self.world.split_shared(self.world.rank()).size() as usize
    }

    /// Does something that all ranks do, and keeps its time. The barrier tells waiting from moving.
    fn together<T>(&mut self, work: impl FnOnce(&SimpleCommunicator) -> T) -> T {
        let come = Instant::now();
        self.world.barrier();
        let begun = Instant::now();
        let result = work(&self.world);
        self.spent.waiting += begun - come;
        self.spent.moving += begun.elapsed();
        result
    }
}

/// A length as MPI counts.
///
/// # Panics
/// Beyond 2 GiB; a window's messages are far below.
fn count(bytes: usize) -> i32 {
    i32::try_from(bytes)
        .unwrap_or_else(|_| panic!("{bytes} bytes in one exchange are more than MPI can count"))
}

/// Where each part begins, and the length of all.
fn starts(counts: &[i32]) -> (Vec<i32>, usize) {
    let mut sum = 0;
    let starts = counts
        .iter()
        .map(|&part| {
            let start = count(sum);
            sum += part as usize;
            start
        })
        .collect();
    count(sum);
    (starts, sum)
}

/// Room to receive so many bytes, at a place of its own also if there are none: an empty vector points to
/// address 1, which is what Open MPI takes for `MPI_IN_PLACE`.
fn room(length: usize) -> Vec<u8> {
    vec![0; length.max(1)]
}

/// The same bytes at a place of their own, for the same reason.
fn somewhere(bytes: &[u8]) -> &[u8] {
    static NOTHING: [u8; 1] = [0];
    if bytes.is_empty() { &NOTHING[..0] } else { bytes }
}

fn cut(all: &[u8], counts: &[i32]) -> Vec<Vec<u8>> {
    let mut rest = all;
    counts
        .iter()
        .map(|&part| {
            let (own, others) = rest.split_at(part as usize);
            rest = others;
            own.to_vec()
        })
        .collect()
}

fn send_piece(world: &SimpleCommunicator, bytes: &[u8]) {
    let first = world.process_at_rank(0);
    first.send(&(bytes.len() as u64));
    bytes.chunks(PIECE).for_each(|part| first.send(part));
}

fn receive_piece(world: &SimpleCommunicator, from: usize) -> Vec<u8> {
    let sender = world.process_at_rank(from as i32);
    let (length, _) = sender.receive::<u64>();
    let mut bytes = vec![0; length as usize];
    bytes.chunks_mut(PIECE).for_each(|part| {
        sender.receive_into(part);
    });
    bytes
}

impl Communicator for MpiCommunicator {
    fn count(&self) -> usize {
        self.world.size() as usize
    }

    fn rank(&self) -> usize {
        self.world.rank() as usize
    }

    fn sum(&mut self, values: &mut [i64]) {
        let own = values.to_vec();
        self.together(|world| world.all_reduce_into(&own[..], values, SystemOperation::sum()));
    }

    fn all_gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
        let ranks = self.count();
        self.together(|world| {
            let mut counts = vec![0; ranks];
            world.all_gather_into(&count(own.len()), &mut counts[..]);
            let (starts, length) = starts(&counts);
            let (own, mut all) = (somewhere(own), room(length));
            let mut parts = PartitionMut::new(&mut all[..], &counts[..], &starts[..]);
            world.all_gather_varcount_into(own, &mut parts);
            cut(&all, &counts)
        })
    }

    fn gather(&mut self, own: &[u8]) -> Vec<Vec<u8>> {
        let (ranks, rank) = (self.count(), self.rank());
        self.together(|world| {
            if rank > 0 {
                send_piece(world, own);
                return Vec::new();
            }
            let others = (1..ranks).map(|from| receive_piece(world, from));
            std::iter::once(own.to_vec()).chain(others).collect()
        })
    }

    fn all_to_all(&mut self, outgoing: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        self.together(|world| {
            let sent: Vec<i32> = outgoing.iter().map(|bytes| count(bytes.len())).collect();
            let mut received = vec![0; sent.len()];
            world.all_to_all_into(&sent[..], &mut received[..]);
            let ((from, _), (to, length)) = (starts(&sent), starts(&received));
            let (flat, mut all) = (outgoing.concat(), room(length));
            let own = Partition::new(somewhere(&flat), &sent[..], &from[..]);
            let mut parts = PartitionMut::new(&mut all[..], &received[..], &to[..]);
            world.all_to_all_varcount_into(&own, &mut parts);
            cut(&all, &received)
        })
    }

    fn send(&mut self, piece: &[u8]) {
        let begun = Instant::now();
        send_piece(&self.world, piece);
        self.spent.moving += begun.elapsed();
    }

    fn receive(&mut self, from: usize) -> Vec<u8> {
        let begun = Instant::now();
        let piece = receive_piece(&self.world, from);
        self.spent.moving += begun.elapsed();
        piece
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_cut_where_they_begin() {
        let counts = [2, 0, 3];
        assert_eq!(starts(&counts), (vec![0, 2, 2], 5));
        assert_eq!(cut(b"abcde", &counts), [&b"ab"[..], b"", b"cde"]);
    }
}
