//! Which column of a user's table is what: by its name.

/// What a column may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceColumn {
    /// The name of a place.
    Name,
    /// Degrees east.
    Longitude,
    /// Degrees north.
    Latitude,
    /// The place of the first level that it belongs to.
    Province,
    /// Rural households.
    Households,
    /// Rural people.
    People,
    /// Villages.
    Villages,
    /// Places of the third level.
    Towns,
    /// Income a head and year.
    Income,
    /// Height above the sea \[m\].
    Elevation,
    /// Relief \[m\].
    Relief,
}

impl PlaceColumn {
    /// All of them, the more telling first.
    pub const ALL: [PlaceColumn; 11] = [
        PlaceColumn::Name,
        PlaceColumn::Longitude,
        PlaceColumn::Latitude,
        PlaceColumn::Province,
        PlaceColumn::Households,
        PlaceColumn::People,
        PlaceColumn::Villages,
        PlaceColumn::Towns,
        PlaceColumn::Income,
        PlaceColumn::Elevation,
        PlaceColumn::Relief,
    ];

    /// What it is, in words.
    pub fn title(self) -> &'static str {
        match self {
            PlaceColumn::Name => "name",
            PlaceColumn::Longitude => "longitude",
            PlaceColumn::Latitude => "latitude",
            PlaceColumn::Province => "place of the first level",
            PlaceColumn::Households => "households",
            PlaceColumn::People => "people",
            PlaceColumn::Villages => "villages",
            PlaceColumn::Towns => "towns",
            PlaceColumn::Income => "income a head and year",
            PlaceColumn::Elevation => "elevation",
            PlaceColumn::Relief => "relief",
        }
    }

    /// Words by which tables call it, the surest first.
    fn words(self) -> &'static [&'static str] {
        match self {
            PlaceColumn::Name => {
                &["name", "district", "county", "place", "area", "municipality", "subcounty", "admin2"]
            }
            PlaceColumn::Longitude => &["lon", "long", "lng", "longitude", "x", "east"],
            PlaceColumn::Latitude => &["lat", "latitude", "y", "north"],
            PlaceColumn::Province => &["province", "region", "state", "parent", "admin1"],
            PlaceColumn::Households => &["households", "household", "hh", "hhs"],
            PlaceColumn::People => &["people", "population", "pop", "persons", "inhabitants"],
            PlaceColumn::Villages => &["villages", "village", "settlements"],
            PlaceColumn::Towns => &["towns", "wards", "town", "ward", "townships"],
            PlaceColumn::Income => &["income", "incomes"],
            PlaceColumn::Elevation => &["elevation", "altitude", "height"],
            PlaceColumn::Relief => &["relief", "ruggedness"],
        }
    }
}

/// The words of a header, in lower case: `Rural households (2019)` has `rural`, `households`, `2019`.
fn words(header: &str) -> Vec<String> {
    let split = header.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    split.map(str::to_lowercase).collect()
}

/// Which column is what: for each kind its position in the header, where there is one. A header that is
/// exactly a kind's word goes before one that only has it among others, and no column is two things.
pub fn guessed(header: &[String]) -> Vec<(PlaceColumn, usize)> {
    let split: Vec<Vec<String>> = header.iter().map(|name| words(name)).collect();
    let mut found: Vec<(PlaceColumn, usize)> = Vec::new();
    for is_exact in [true, false] {
        for kind in PlaceColumn::ALL {
            if found.iter().any(|(known, _)| *known == kind) {
                continue;
            }
            let fits = |at: &usize, word: &str| {
                let words = &split[*at];
                let fits = if is_exact {
                    words.len() == 1 && words[0] == word
                } else {
                    words.iter().any(|w| w == word)
                };
                fits && !found.iter().any(|(_, taken)| taken == at)
            };
            let at = kind.words().iter().find_map(|word| (0..header.len()).find(|at| fits(at, word)));
            found.extend(at.map(|at| (kind, at)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &[&str]) -> Vec<(PlaceColumn, usize)> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        guessed(&header)
    }

    #[test]
    fn columns_are_found_by_their_words() {
        let found = of(&["District name", "LON", "Lat.", "Rural households (2019)", "Region", "note"]);
        assert_eq!(
            found,
            [
                (PlaceColumn::Longitude, 1),
                (PlaceColumn::Latitude, 2),
                (PlaceColumn::Province, 4),
                (PlaceColumn::Name, 0),
                (PlaceColumn::Households, 3)
            ]
        );
        // `village` is a word of its own, and no part of one.
        assert!(of(&["villagers", "xylophone"]).is_empty());
    }
}
