//! Places: provinces, counties, towns, villages. Immutable once built.
//!
//! 1. [`Geography`]: the tables of real places, as read. The real ones are part of the program; a scenario
//!    may bring its own table of counties, whose every fault is a [`PlaceTableError`].
//! 2. [`Selection`]: which counties a run takes, by name, code, rule or at random.
//! 3. [`Atlas`]: the selected counties with their villages, synthesised.
//!
//! **What is real and what is synthetic.** Real: names, codes, kinds, seats, terrain, distances, and how many
//! villages each town has. Synthetic, from these and the province's figures: which counties are poor, county
//! income, schooling and ages, industrial base; villages' positions within their county's outline,
//! households, roads, travel times, broadband dates, readiness for parcels and crafts. Each module of
//! `synthesis` says from what.
//!
//! **Random streams.** A village's figures depend on the seed, its county's row, the county table and its
//! towns: never on what else is selected or on positions in lists. Villages draw from their own streams
//! ([`Purpose::Place`](crate::base::Purpose::Place)), so that taking fewer leaves the rest as they were.

mod atlas;
mod county;
mod county_record;
pub mod distance;
mod early_economy;
mod error;
mod geography;
mod lookup;
mod outline;
mod province;
mod request;
mod selection;
mod setting;
mod standard;
mod synthesis;
mod table;
mod table_error;
mod town_record;
mod village;

pub use atlas::{Atlas, AtlasEstimate};
pub use county::{County, Town};
pub use county_record::{CountyKind, CountyRecord, MOST_COUNTIES, MOST_VILLAGES};
pub use early_economy::{EarlyEconomy, EarlyRecord};
pub use error::{NoSuchPlace, Place, UnknownName, WorldError};
pub use geography::Geography;
pub use province::Province;
pub use request::AtlasRequest;
pub use selection::{RankBy, Selection, SelectionRule};
pub use table_error::PlaceTableError;
pub use town_record::TownRecord;
pub use village::{RoadClass, Village};
