//! The vocabulary everything else is written in: time, money, names of things, random streams, fingerprints.
//!
//! Imports nothing of ours.

pub mod bounded;
pub mod currency;
pub mod digest;
pub mod factor;
pub mod file_error;
pub mod harmless;
pub mod id;
pub mod localised;
pub mod math;
pub mod money;
pub mod product;
pub mod random_stream;
pub mod sheet;
pub mod time;
pub mod unit;
pub mod wanted;

pub use currency::Currency;
pub use digest::Fingerprint;
pub use file_error::FileError;
pub use id::{CountyCode, CountyIndex, HouseholdIndex, Owner, VillageIndex};
pub use localised::{Language, Localised, Message, Speaker, Worded};
pub use money::Money;
pub use product::Product;
pub use random_stream::{Purpose, RandomStream, Seed, philox, unit};
pub use time::{Date, Delay, Month, Time};
pub use unit::{Per, Quantity, Unit};
pub use wanted::Wanted;
