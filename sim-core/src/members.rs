//! The ensemble's members: sets of parameters that the evidence does not rule out, with weights.
//!
//! What is not known about people is not one number but many sets of numbers. A question that is asked of all
//! of them has an answer whose band also holds what is unknown, not only luck.
//!
//! A file of members is comma-separated: `member`, `weight`, then a column for each parameter, named by its
//! path. Members are numbered; weights sum to 1. [`read`] tells every fault at once.
//!
//! Some members stand for all by *systematic resampling* (Kitagawa 1996): one random number, fixed for good,
//! places as many equidistant points on the line of weights as members are wanted, and each member is taken
//! once for every point on its piece. A member of weight w is so taken n·w times, rounded down or up, and
//! those that are taken have equal weights. Rejected: the n heaviest, which leave out the many light ones
//! that may together weigh most; independent draws, which take the same member several times by chance.
//!
//! ```
//! use sim_core::members::read;
//! let file = "member,weight,partner.commission\n1,0.75,0.04\n2,0.25,0.06\n";
//! let members = read("ensemble.csv", file.as_bytes()).map_err(|faults| faults.to_string())?;
//! assert_eq!(members.len(), 2);
//! let taken: Vec<u32> = members.take(Some(4)).iter().map(|member| member.number).collect();
//! assert_eq!(taken, [1, 1, 1, 2]);
//! # Ok::<(), String>(())
//! ```

pub mod issue;
mod member;
mod reading;
mod shipped;
#[cfg(test)]
mod tests;

pub use member::{MOST_MEMBERS, Member, Members, stated};
pub use reading::read;
pub use shipped::{shipped, shipped_text};
