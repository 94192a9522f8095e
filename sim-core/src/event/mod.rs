//! What agents say to each other, and what has happened.
//!
//! Two nouns: an [`Event`] or [`Message`] *will* happen, an [`Observation`] *has* happened. Actors produce
//! both; metrics listen to observations only.

mod message;
mod observation;
mod occurrence;
mod parcel;
pub(crate) mod stored;
mod story;

pub use message::{CountyReport, HistogramCounts, MarketNews, Message, MonthFigures};
pub use observation::{Distribution, Measure, MeasureKind, Observation};
pub use occurrence::Event;
pub use parcel::{Goods, Parcel, PlatformName, Way};
pub use story::{Cause, Episode, Happening, ShopName};
