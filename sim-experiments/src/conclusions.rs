//! Conclusions: questions that two scenarios answer, and in how many members of an ensemble an answer holds.
//!
//! A [question](Questions) names two scenarios and what is read of both. Every member of the ensemble answers
//! it with the same seeds for both; [`Conclusion`] says how many agree, and which unknown turns the answer.

mod conclusion;
mod question;
#[cfg(test)]
mod tests;

pub use conclusion::{Conclusion, Turning, conclude};
pub use question::{AnswerRead, Question, Questions};
