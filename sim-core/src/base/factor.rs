//! Factors between units, so that no rule holds a bare number.
//!
//! What people, firms and places do stands in the table of parameters; what stands here is true by
//! definition.

/// Months in a year.
pub(crate) const MONTHS: usize = 12;
/// Months in a year, for rates.
pub(crate) const MONTHS_IN_YEAR: f64 = MONTHS as f64;
/// Days in a week.
pub(crate) const DAYS_IN_WEEK: u32 = 7;
/// Days that are reckoned for a month, where lengths of time are told in months.
pub(crate) const DAYS_IN_MONTH: u32 = 30;
/// Days in a common year, by which spans that are told in days or in whole years are turned into the other.
pub(crate) const DAYS_IN_COMMON_YEAR: u32 = 365;
/// Days in a mean Julian year, by which lengths of time in years are counted.
pub(crate) const DAYS_IN_YEAR: f64 = 365.25;
/// Minutes in an hour.
pub(crate) const MINUTES_IN_HOUR: f64 = 60.0;
/// Seconds in a minute.
pub(crate) const SECONDS_IN_MINUTE: u64 = 60;
/// Seconds in an hour.
pub(crate) const SECONDS_IN_HOUR: f64 = 3_600.0;
/// Per cent in the whole.
pub(crate) const PER_CENT: f64 = 100.0;
/// Thousandths in the whole.
pub(crate) const THOUSANDTHS: f64 = 1_000.0;
/// Yuan in a million yuan.
pub(crate) const MILLION: f64 = 1e6;
/// Yuan in a billion yuan.
pub(crate) const BILLION: f64 = 1e9;
/// The whole of a share that is kept in a byte.
pub(crate) const BYTE: f64 = 255.0;
/// A tenth of the whole.
pub(crate) const TENTH: f64 = 0.1;
/// A hundredth of the whole.
pub(crate) const HUNDREDTH: f64 = 0.01;
/// Logarithm of the odds beyond which a chance is 0 or 1: `1 + exp(-40)` is 1 in double precision.
pub(crate) const CERTAIN: f64 = 40.0;
/// What an hour of a courier's work costs in the burdens by which villages of the years before a run are told
/// apart \[yuan\]: a unit of work, whatever money is worth.
pub(crate) const BURDEN_HOUR: f64 = 20.0;
/// A divisor at least, where one may be nought: far below anything that is measured.
pub(crate) const TINY: f64 = 1e-9;
