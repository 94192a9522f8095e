//! The ensemble's members: sets of parameters that the evidence does not rule out, with weights.
//!
//! What is not known about people is not one number but many sets of numbers. A question that is asked of all
//! of them has an answer whose band also holds what is unknown, not only luck.
//!
//! A file of members is comma-separated: `member`, `weight`, then a column for each parameter, named by its
//! path. Members are numbered; weights sum to 1. [`Members::read`] tells every fault at once.
//!
//! Some members stand for all by *systematic resampling* (Kitagawa 1996): one random number, fixed for good,
//! places as many equidistant points on the line of weights as members are wanted, and each member is taken
//! once for every point on its piece. A member of weight w is so taken n·w times, rounded down or up, and
//! those that are taken have equal weights. Rejected: the n heaviest, which leave out the many light ones
//! that may together weigh most; independent draws, which take the same member several times by chance.
//!
//! ```
//! use sim_experiments::members::Members;
//! let file = "member,weight,partner.commission\n1,0.75,0.04\n2,0.25,0.06\n";
//! let members = Members::read("ensemble.csv", file.as_bytes()).map_err(|faults| faults.to_string())?;
//! assert_eq!(members.len(), 2);
//! let taken: Vec<u32> = members.take(Some(4)).iter().map(|member| member.number).collect();
//! assert_eq!(taken, [1, 1, 1, 2]);
//! # Ok::<(), String>(())
//! ```

pub mod issue;
mod reading;
#[cfg(test)]
mod tests;

use crate::random::random_stream;
use serde::{Deserialize, Serialize};
use sim_core::scenario::InputErrors;

const PURPOSE: u32 = 15;

/// The file that ships with the program, if this build has one.
const SHIPPED: Option<&str> = include!(concat!(env!("OUT_DIR"), "/ensemble.rs"));
/// Its name in messages.
const SHIPPED_NAME: &str = "data/ensemble.csv";

/// A set of parameters that the evidence does not rule out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Which of the times that it was taken, from 0.
    pub copy: u32,
    /// Its share of the whole; those of all members that were taken sum to 1.
    pub weight: f64,
    /// Its values as scenarios write them, in the order of the paths.
    pub values: Vec<String>,
}

/// All members of an ensemble.
#[derive(Clone, Debug, PartialEq)]
pub struct Members {
    /// The paths of the parameters that members set.
    pub paths: Vec<String>,
    members: Vec<Member>,
}

impl Members {
    /// Reads a file; `name` is for messages. Weights are scaled so that they sum to 1.
    ///
    /// # Errors
    /// Every fault of it, each with line and column: unknown parameters, values that they do not take, weights
    /// that are not above 0 or do not sum to 1 within 1 %, members that are there twice, ragged rows.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Members, InputErrors> {
        reading::read(name, bytes)
    }

    /// The members that ship with the program; none if this build has none.
    ///
    /// # Errors
    /// Every fault of them, which a test keeps free of any.
    pub fn shipped() -> Option<Result<Members, InputErrors>> {
        SHIPPED.map(|text| Members::read(SHIPPED_NAME, text.as_bytes()))
    }

    /// The file of these.
    pub fn shipped_text() -> Option<&'static str> {
        SHIPPED
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none; never, of a file that was read.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// So many members that stand for all, of equal weight and in the order of their numbers; or each once
    /// with its own weight.
    pub fn take(&self, count: Option<u32>) -> Vec<Member> {
        let Some(count) = count else { return self.members.clone() };
        let offset = random_stream(0, PURPOSE).unit();
        let share = 1.0 / f64::from(count.max(1));
        let (mut taken, mut below, mut point) = (Vec::new(), 0.0, 0);
        for (at, member) in self.members.iter().enumerate() {
            below += member.weight;
            let is_last = at + 1 == self.members.len();
            let first = point;
            // Rounding may leave the sum of weights below the last point: it is the last member's.
            while point < count && (is_last || (f64::from(point) + offset) * share < below) {
                taken.push(Member { copy: point - first, weight: share, ..member.clone() });
                point += 1;
            }
        }
        taken
    }
}
