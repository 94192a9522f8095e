//! Reads a user's table of places: every row, every fault at once.

use super::columns::{PlaceColumn, guessed};
use crate::terminal::harmless;
use sim_core::base::sheet::Sheet;
use sim_core::world::{MOST_COUNTIES, MOST_VILLAGES};

/// A place as a user's table has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnPlace {
    /// Its name.
    pub name: String,
    /// Longitude and latitude \[degrees\].
    pub at: (f64, f64),
    /// The place of the first level that it belongs to; empty if the table does not say.
    pub province: String,
    /// Rural households.
    pub households: Option<f64>,
    /// Rural people.
    pub people: Option<f64>,
    /// Villages.
    pub villages: Option<f64>,
    /// Places of the third level.
    pub towns: Option<f64>,
    /// Income a head and year.
    pub income: Option<f64>,
    /// Height above the sea \[m\].
    pub elevation: Option<f64>,
    /// Relief \[m\].
    pub relief: Option<f64>,
}

/// A table of places, and which columns it has.
#[derive(Debug)]
pub struct OwnPlaces {
    /// Its rows.
    pub places: Vec<OwnPlace>,
    /// What was found, with the header's own word for it.
    pub columns: Vec<(PlaceColumn, String)>,
    /// Columns that nothing is made of.
    pub unused: Vec<String>,
}

/// Most faults that are told.
const MOST_FAULTS: usize = 50;
/// Degrees are no more than this; metres of a map are.
const MOST_DEGREES: f64 = 180.0;

/// Reads a table.
///
/// # Errors
/// Every fault, a line each.
pub fn read(bytes: &[u8], file: &str) -> Result<OwnPlaces, Vec<String>> {
    let mut sheet = Sheet::open(bytes).map_err(|fault| vec![format!("{file}: {fault}")])?;
    let found = guessed(sheet.header());
    let header: Vec<String> = sheet.header().to_vec();
    let required = [PlaceColumn::Name, PlaceColumn::Longitude, PlaceColumn::Latitude];
    let missing = required.iter().filter(|kind| !found.iter().any(|(known, _)| known == *kind));
    let missing: Vec<String> = missing
        .map(|kind| {
            format!(
                "{file}:{}: no column is a {}; the header has {}",
                sheet.header_line(),
                kind.title(),
                header.iter().map(|name| harmless(name)).collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let (mut places, mut lines, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(row) = sheet.next_row() {
        let row = match row {
            Ok(row) => row,
            Err(fault) => {
                faults.push(format!("{file}: {fault}"));
                continue;
            }
        };
        if places.len() >= MOST_COUNTIES {
            faults.push(format!("{file}:{}: more than {MOST_COUNTIES} places", row.line()));
            break;
        }
        let cell = |kind: PlaceColumn| {
            let at = found.iter().find(|(known, _)| *known == kind);
            at.map_or("", |(_, at)| row.get(*at).trim())
        };
        let mut report = |kind: PlaceColumn, value: &str, expected: &str| {
            let (line, kind) = (row.line(), kind.title());
            faults.push(format!("{file}:{line}: {kind} is `{}`; expected {expected}", harmless(value)));
        };
        places.push(place(&cell, &mut report));
        lines.push(row.line());
    }
    if places.is_empty() && faults.is_empty() {
        faults.push(format!("{file}: no row below the header"));
    }
    faults.extend(of_all(&places, &lines, file));
    if !faults.is_empty() {
        let more = faults.len().saturating_sub(MOST_FAULTS);
        faults.truncate(MOST_FAULTS);
        faults.extend((more > 0).then(|| format!("and {more} more")));
        return Err(faults);
    }
    let used = |at: usize| found.iter().any(|(_, used)| *used == at);
    Ok(OwnPlaces {
        places,
        columns: found.iter().map(|&(kind, at)| (kind, header[at].clone())).collect(),
        unused: (0..header.len()).filter(|at| !used(*at)).map(|at| header[at].clone()).collect(),
    })
}

/// One row.
fn place<'c>(
    cell: &dyn Fn(PlaceColumn) -> &'c str,
    report: &mut dyn FnMut(PlaceColumn, &str, &str),
) -> OwnPlace {
    let name = cell(PlaceColumn::Name);
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
        report(PlaceColumn::Name, name, "1 to 60 characters");
    }
    let mut number = |kind: PlaceColumn, low: f64, high: f64, expected: &str| {
        let text = cell(kind);
        if text.is_empty() {
            return None;
        }
        let value = plain(text).filter(|value| (low..=high).contains(value));
        if value.is_none() {
            report(kind, text, expected);
        }
        value
    };
    let degrees = [PlaceColumn::Longitude, PlaceColumn::Latitude];
    let at = degrees.map(|kind| number(kind, -1e9, 1e9, "a number of degrees"));
    let found = OwnPlace {
        name: name.to_owned(),
        at: (at[0].unwrap_or(f64::NAN), at[1].unwrap_or(f64::NAN)),
        province: cell(PlaceColumn::Province).to_owned(),
        households: number(PlaceColumn::Households, 1.0, 1e7, "1 to 10,000,000 households"),
        people: number(PlaceColumn::People, 1.0, 1e8, "1 to 100,000,000 people"),
        villages: number(PlaceColumn::Villages, 1.0, f64::from(MOST_VILLAGES), "1 to 10,000 villages"),
        towns: number(PlaceColumn::Towns, 1.0, 1000.0, "1 to 1,000 towns"),
        income: number(PlaceColumn::Income, 1e-3, 1e12, "an income above 0"),
        elevation: number(PlaceColumn::Elevation, -430.0, 9000.0, "-430 to 9,000 metres"),
        relief: number(PlaceColumn::Relief, 0.0, 5000.0, "0 to 5,000 metres"),
    };
    for kind in degrees.into_iter().filter(|kind| cell(*kind).is_empty()) {
        report(kind, "", "a number of degrees");
    }
    found
}

/// A number, with commas or blanks between thousands.
fn plain(text: &str) -> Option<f64> {
    let groups: Vec<&str> = text.split([',', ' ', '\u{a0}', '\u{202f}']).collect();
    let whole = groups.split_last().map_or(&[][..], |(_, before)| before);
    let last = groups.last().copied().unwrap_or_default();
    let is_group = |group: &&str| group.chars().all(|c| c.is_ascii_digit());
    let grouped = groups.len() == 1
        || (groups[1..].iter().all(|group| group.split('.').next().is_some_and(|digits| digits.len() == 3))
            && whole.iter().skip(1).all(is_group)
            && last.split('.').next().is_some_and(|digits| is_group(&digits)));
    grouped.then(|| groups.concat().parse::<f64>().ok()).flatten().filter(|value| value.is_finite())
}

/// What only the whole table shows: coordinates that are none, names that are there twice.
fn of_all(places: &[OwnPlace], lines: &[u64], file: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let most = |of: fn(&OwnPlace) -> f64| {
        places.iter().map(|place| of(place).abs()).filter(|value| value.is_finite()).fold(0.0, f64::max)
    };
    let (east, north) = (most(|place| place.at.0), most(|place| place.at.1));
    if east > MOST_DEGREES || north > MOST_DEGREES {
        faults.push(format!(
            "{file}: coordinates of {:.0} are no degrees: they are of a projection; save them as longitude \
             and latitude (WGS 84, EPSG:4326)",
            east.max(north)
        ));
    } else if north > 90.0 {
        faults.push(format!(
            "{file}: latitudes reach {north}, beyond 90 degrees: longitude and latitude seem to be swapped"
        ));
    }
    for (at, place) in places.iter().enumerate() {
        let same = |other: &&OwnPlace| other.name == place.name && other.province == place.province;
        if let Some(first) = places[..at].iter().position(|other| same(&other)) {
            let (line, name) = (lines[at], harmless(&place.name));
            faults.push(format!("{file}:{line}: `{name}` stands on line {} already", lines[first]));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(table: &str) -> Vec<String> {
        read(table.as_bytes(), "p.csv").unwrap_err()
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let found = faults("name,lon,lat,households\nA,20.5,1,0\nA,20.5,1,\n,abc,2,12\nB,,3,4\n");
        assert_eq!(
            found,
            [
                "p.csv:2: households is `0`; expected 1 to 10,000,000 households",
                "p.csv:4: name is ``; expected 1 to 60 characters",
                "p.csv:4: longitude is `abc`; expected a number of degrees",
                "p.csv:5: longitude is ``; expected a number of degrees",
                "p.csv:3: `A` stands on line 2 already",
            ]
        );
    }

    #[test]
    fn projections_and_swapped_coordinates_are_named() {
        assert!(faults("name,x,y\nA,4512000,381000\n")[0].contains("of a projection"));
        assert!(faults("name,lon,lat\nA,1.5,120\n")[0].contains("swapped"));
        assert!(faults("name,lon\nA,1\n")[0].contains("no column is a latitude"));
    }

    #[test]
    fn numbers_of_spreadsheets_are_read() {
        for (text, value) in [("1,234", 1234.0), ("12 345.5", 12345.5), ("-4.5", -4.5), ("1e3", 1000.0)] {
            assert_eq!(plain(text), Some(value), "{text}");
        }
        for wrong in ["1,23", "12,3456", "", "a", "inf", "1,2345.6"] {
            assert_eq!(plain(wrong), None, "{wrong}");
        }
    }
}
