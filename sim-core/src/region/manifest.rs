//! What a region is: its `region.ron`.

use crate::base::Currency;
use serde::{Deserialize, Serialize};

/// What a region is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionManifest {
    /// Its name for people.
    pub title: String,
    /// The same in Chinese; the title where it is empty.
    #[serde(default)]
    pub title_chinese: String,
    /// Whom a map drawn from its outlines or background has to name; nobody where it is empty.
    #[serde(default)]
    pub credit: String,
    /// Its money, by the code of ISO 4217.
    pub currency: Currency,
    /// Digits that its people write behind the point of an amount \[0 to 2\].
    #[serde(default = "two")]
    pub digits: u8,
    /// Its money for what one yuan of 2014 buys: defaults in money are multiplied by it
    /// \[0.01 to 20,000\].
    pub price_level: f64,
    /// What its three levels of places are called: that of `provinces.csv`, `counties.csv`, `towns.csv`.
    #[serde(default = "usual_levels")]
    pub levels: LevelNames,
    /// The longitudes and latitudes within which its places lie.
    pub bounds: RegionBounds,
    /// Scores of its villages, if they were measured; otherwise they are worked out from its tables.
    #[serde(default)]
    pub scores: Scores,
}

/// What places are called: of the first level, of the second, of the third.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelNames(pub String, pub String, pub String);

/// Longitudes and latitudes \[degrees\].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionBounds {
    /// The least longitude \[degrees east\].
    pub west: f64,
    /// The least latitude \[degrees north\].
    pub south: f64,
    /// The greatest longitude.
    pub east: f64,
    /// The greatest latitude.
    pub north: f64,
}

/// Mean and standard deviation of a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score(pub f64, pub f64);

/// Mean and standard deviation over all villages of what decides who is reached first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scores {
    /// Hardship of a site.
    #[serde(with = "stated")]
    pub site: Option<Score>,
    /// Log households per square kilometre.
    #[serde(with = "stated")]
    pub density: Option<Score>,
    /// Log income of the county over the mean.
    #[serde(with = "stated")]
    pub income: Option<Score>,
}

/// Stated scores without `Some(…)`, as a file has them.
mod stated {
    use super::Score;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(score: &Option<Score>, serializer: S) -> Result<S::Ok, S::Error> {
        score.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Score>, D::Error> {
        Score::deserialize(deserializer).map(Some)
    }
}

const fn two() -> u8 {
    2
}

/// What levels are called where a region says nothing.
pub(crate) fn usual_levels() -> LevelNames {
    LevelNames("province".to_owned(), "county".to_owned(), "town".to_owned())
}
