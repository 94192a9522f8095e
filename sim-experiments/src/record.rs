//! What is kept of a run, as plain numbers, and pieces: files of some records that prove their own wholeness.

use crate::ensemble::{Finished, JobError};
use crate::experiment::KeptOutcome;
use crate::series::Rows;
use serde::{Deserialize, Serialize};
use sim_core::simulation::Simulation;
use std::fmt;
use xxhash_rust::xxh3::xxh3_128;

/// What is kept of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The run's number.
    pub run: u64,
    /// What it gave, or why it gave nothing.
    pub result: Result<Values, JobError>,
    /// Time that it took \[seconds\]; in no table, for it is another every time.
    pub seconds: f64,
    /// Events handled.
    pub events: u64,
}

/// What a run gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Values {
    /// The run's fingerprint.
    pub fingerprint: u128,
    /// The outcomes that are numbers, in their order; not-a-number where there is none.
    pub numbers: Vec<f64>,
    /// The outcomes that are rows, in their order.
    pub rows: Vec<Vec<Rows>>,
}

impl Values {
    /// Reads outcomes from a finished run.
    pub fn of(simulation: &Simulation, outcomes: &[KeptOutcome]) -> Values {
        let numbers = outcomes.iter().filter(|outcome| outcome.kept.is_number());
        let rows = outcomes.iter().filter(|outcome| !outcome.kept.is_number());
        Values {
            fingerprint: simulation.fingerprint().value(),
            numbers: numbers.map(|outcome| outcome.number(simulation)).collect(),
            rows: rows.map(|outcome| outcome.rows(simulation)).collect(),
        }
    }
}

impl From<Finished<Values>> for Record {
    fn from(finished: Finished<Values>) -> Record {
        Record {
            run: finished.index,
            result: finished.result,
            seconds: finished.seconds,
            events: finished.events,
        }
    }
}

/// How pieces begin.
const MARK: &[u8; 8] = b"CSPIECE2";
/// Bytes before and after the records: mark, the plan's identity; the checksum.
const HEAD: usize = 8 + 16;
const TAIL: usize = 16;

/// Why a piece cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceError {
    /// It is cut short or changed: its runs count as not done.
    Torn,
    /// It belongs to another plan.
    Foreign,
}

impl fmt::Display for PieceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PieceError::Torn => "it is cut short or changed",
            PieceError::Foreign => "it belongs to another plan",
        })
    }
}

/// Makes a piece of records.
///
/// # Errors
/// None in practice: records are plain data.
pub fn encode(records: &[Record], identity: u128) -> Result<Vec<u8>, String> {
    let mut bytes = MARK.to_vec();
    bytes.extend(identity.to_le_bytes());
    bytes = postcard::to_extend(records, bytes).map_err(|fault| fault.to_string())?;
    let sum = xxh3_128(&bytes);
    bytes.extend(sum.to_le_bytes());
    Ok(bytes)
}

/// Reads a piece of a plan.
///
/// # Errors
/// If it is not whole, or of another plan.
pub fn decode(bytes: &[u8], identity: u128) -> Result<Vec<Record>, PieceError> {
    let content = bytes.len().checked_sub(TAIL).filter(|&length| length >= HEAD);
    let (content, sum) = bytes.split_at(content.ok_or(PieceError::Torn)?);
    if xxh3_128(content).to_le_bytes() != sum || !content.starts_with(MARK) {
        return Err(PieceError::Torn);
    }
    if content.get(8..HEAD) != Some(&identity.to_le_bytes()[..]) {
        return Err(PieceError::Foreign);
    }
    postcard::from_bytes(content.get(HEAD..).unwrap_or_default()).map_err(|_| PieceError::Torn)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records() -> Vec<Record> {
        vec![
            Record {
                run: 7,
                result: Ok(Values {
                    fingerprint: u128::MAX - 1,
                    numbers: vec![1.5, f64::NAN, -0.0],
                    rows: vec![vec![Rows {
                        place: "330122".to_owned(),
                        months: vec![(sim_core::base::Month(178), 3.0)],
                        spans: vec![3],
                    }]],
                }),
                seconds: 0.25,
                events: 12,
            },
            Record { run: 8, result: Err(JobError::Panicked("planted".to_owned())), seconds: 0.0, events: 0 },
        ]
    }

    #[test]
    fn a_piece_reads_back_to_the_bit() {
        let bytes = encode(&records(), 42).unwrap();
        let back = decode(&bytes, 42).unwrap();
        assert_eq!(encode(&back, 42).unwrap(), bytes);
        assert_eq!(decode(&bytes, 43), Err(PieceError::Foreign));
    }

    #[test]
    fn a_piece_cut_short_or_changed_anywhere_is_refused() {
        let bytes = encode(&records(), 42).unwrap();
        for length in 0..bytes.len() {
            assert_eq!(decode(&bytes[..length], 42), Err(PieceError::Torn));
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x10;
            assert!(decode(&changed, 42).is_err(), "byte {at}");
        }
    }
}
