//! A scenario of the user's own, held whole from the moment when it is opened: a plan that is kept, shared or
//! saved needs no file of this machine, and does not change when a file does.

use super::Plan;
use serde::{Deserialize, Serialize};
use sim_core::scenario::{BuiltinSource, InputErrors, Loaded, MemorySource, builtin, load_traced};
use sim_files::FileSource;
use std::path::Path;
use std::sync::Arc;

/// What the table of counties is called beside the scenario.
const PLACES: &str = "counties";

/// A scenario, and its own table of counties if it brings one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Own {
    /// The scenario with every value written out (RON).
    pub text: String,
    /// Its table of counties.
    #[serde(default)]
    pub table: Option<Table>,
}

/// The bytes of a table of counties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Table(pub Vec<u8>);

/// How a table is written: a table of letters as it is, so that people can read it.
#[derive(Serialize, Deserialize)]
enum Written {
    Text(String),
    Hex(String),
}

impl From<Table> for Written {
    fn from(table: Table) -> Written {
        match String::from_utf8(table.0) {
            Ok(text) => Written::Text(text),
            Err(other) => Written::Hex(to_hex(other.as_bytes())),
        }
    }
}

impl TryFrom<Written> for Table {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Table, &'static str> {
        match written {
            Written::Text(text) => Ok(Table(text.into_bytes())),
            Written::Hex(digits) => of_hex(&digits).map(Table).ok_or("expected pairs of hexadecimal digits"),
        }
    }
}

/// Bytes as hexadecimal digits.
pub fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    let pairs = bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    pairs.collect()
}

/// The bytes of hexadecimal digits; none if they are none.
pub fn of_hex(digits: &str) -> Option<Vec<u8>> {
    let value = |letter: &u8| char::from(*letter).to_digit(16).map(|value| value as u8);
    let values: Vec<u8> = digits.as_bytes().iter().map(value).collect::<Option<_>>()?;
    let (pairs, rest) = values.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// Whether a name is that of a built-in scenario.
pub fn is_builtin(base: &str) -> bool {
    let name = base.strip_suffix(".ron").unwrap_or(base);
    builtin().iter().any(|(known, _)| *known == name)
}

/// Reads a scenario: a built-in one by its name, else a file.
///
/// # Errors
/// All faults at once.
pub fn read(base: &str, changes: &[(String, String)]) -> Result<Loaded, InputErrors> {
    match is_builtin(base) {
        true => load_traced(&BuiltinSource, base, changes),
        false => load_traced(&FileSource, base, changes),
    }
}

/// A scenario as somebody names it: a file here, or else a built-in one. A file is read now, and its scenario
/// is the plan's from now on; one that is faulty is told when the plan is prepared.
pub fn opened(named: &str) -> Plan {
    if is_builtin(named) && !Path::new(named).is_file() {
        return Plan::of(named);
    }
    // From the root, for the window may be started in another folder the next time.
    let path = std::path::absolute(named)
        .map_or_else(|_| named.to_owned(), |path| path.to_string_lossy().into_owned());
    let path = match cfg!(windows) {
        true => path.replace('\\', "/"),
        false => path,
    };
    let own = Own::of_file(&path).ok().map(Arc::new);
    Plan { own, ..Plan::of(&path) }
}

impl Own {
    /// The scenario of a file with its base scenarios and its table.
    ///
    /// # Errors
    /// All faults at once.
    pub fn of_file(path: &str) -> Result<Own, InputErrors> {
        load_traced(&FileSource, path, &[]).map(Own::of)
    }

    /// A scenario that was read.
    pub fn of(loaded: Loaded) -> Own {
        let mut scenario = loaded.scenario;
        scenario.places.keep_as(PLACES);
        Own { text: scenario.resolved_text(), table: loaded.table.map(Table) }
    }

    /// Reads it with changes, under a name by which faults call it.
    ///
    /// # Errors
    /// All faults at once.
    pub fn read(&self, name: &str, changes: &[(String, String)]) -> Result<Loaded, InputErrors> {
        let file = format!("{name}.ron");
        let mut files = MemorySource::of(&file, self.text.as_bytes());
        if let Some(table) = &self.table {
            // The text names the one that it has.
            files = files.with("counties.csv", table.0.clone()).with("counties.region", table.0.clone());
        }
        load_traced(&files, &file, changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_come_back_byte_by_byte() {
        for bytes in [&b"code,name\n1,x\n"[..], &[0xFF, 0xFE, 0, 13, 10], b""] {
            let table = Table(bytes.to_vec());
            let text = ron::to_string(&table).unwrap();
            assert_eq!(ron::from_str::<Table>(&text), Ok(table), "{text}");
        }
        assert_eq!(of_hex("0fF"), None);
        assert_eq!(of_hex("zz"), None);
        assert_eq!(of_hex("0fF0"), Some(vec![0x0f, 0xf0]));
    }
}
