//! A region: a folder with everything that is of one country and not of the model.
//!
//! `region.ron` says what it is called, its money and its levels; tables beside it have its places; and
//! `parameters.ron`, in the notation of a scenario, what is known of its series, days and prices. The first
//! is China, which stands in `regions/china` and is part of the program, as is every folder named in
//! [`builtin`]. One of a user's own is read by `scenario`, which knows the notation, and travels as one text
//! ([`Region::packed`]) wherever a run does: into checkpoints, pieces of sweeps, folders of results.
//!
//! Rejected: a region's values as constants of the code, which made the second country a fork; and a manifest
//! that names its tables, which gives a user more to get wrong than fixed names do.

mod cache;
mod manifest;

pub use cache::RegionCache;
pub(crate) use manifest::usual_levels;
pub use manifest::{LevelNames, RegionBounds, RegionManifest, Score, Scores};

use crate::base::Currency;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// What stands in a region's folder under which name, and whether it must.
pub const FILES: [(&str, bool); 8] = [
    (MANIFEST, true),
    ("provinces.csv", true),
    ("counties.csv", true),
    ("towns.csv", false),
    ("outlines.geojson", false),
    ("background.geojson", false),
    ("village_sellers.csv", false),
    (PARAMETERS, false),
];

/// The file that says what a region is.
pub const MANIFEST: &str = "region.ron";
/// The file that says which parameters differ.
pub const PARAMETERS: &str = "parameters.ron";

/// The files of a region by name.
pub type RegionFiles = BTreeMap<String, Cow<'static, [u8]>>;

/// A region, as read. Its tables are not yet looked into: `world` does that.
#[derive(Clone)]
pub struct Region {
    /// By what a scenario names it: a word for one of the program's own, a path for another.
    pub name: String,
    /// What it is, by its manifest.
    pub manifest: RegionManifest,
    files: RegionFiles,
    digest: u128,
}

impl Region {
    /// A region of these files.
    pub fn of(name: &str, manifest: RegionManifest, files: RegionFiles) -> Region {
        let mut digest = xxhash_rust::xxh3::Xxh3::new();
        for (name, bytes) in &files {
            digest.update(name.as_bytes());
            digest.update(&(bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        }
        Region { name: name.to_owned(), manifest, files, digest: digest.digest128() }
    }

    /// The first region, in which scenarios lie that name none.
    pub fn home() -> &'static Arc<Region> {
        static HOME: OnceLock<Arc<Region>> = OnceLock::new();
        HOME.get_or_init(|| Region::builtin(HOME_NAME).unwrap_or_else(|| unreachable!("home is built in")))
    }

    /// The region of the program with this name.
    pub fn builtin(name: &str) -> Option<Arc<Region>> {
        static READ: OnceLock<Vec<Arc<Region>>> = OnceLock::new();
        let read = |&(name, files): &(&str, Embedded)| {
            let files: RegionFiles =
                files.iter().map(|&(file, bytes)| (file.to_owned(), Cow::Borrowed(bytes))).collect();
            let manifest = files.get(MANIFEST).and_then(|bytes| ron::de::from_bytes(bytes).ok())?;
            Some(Arc::new(Region::of(name, manifest, files)))
        };
        let all = READ.get_or_init(|| BUILTIN.iter().filter_map(read).collect());
        all.iter().find(|region| region.name == name).cloned()
    }

    /// Whether it is the first.
    pub fn is_home(&self) -> bool {
        self.name == HOME_NAME
    }

    /// Whether it is part of the program.
    pub fn is_builtin(&self) -> bool {
        builtin().any(|name| name == self.name)
    }

    /// The bytes of one of its files, if it has it.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(AsRef::as_ref)
    }

    /// How errors call one of its files.
    pub fn path(&self, file: &str) -> String {
        if self.is_builtin() {
            format!("regions/{}/{file}", self.name)
        } else {
            format!("{}/{file}", self.name)
        }
    }

    /// A digest of all its files: regions that are called otherwise and say the same have the same.
    pub fn digest(&self) -> u128 {
        self.digest
    }

    /// Its money.
    pub fn currency(&self) -> Currency {
        self.manifest.currency
    }

    /// All its files as one text; nothing if one is no text.
    pub fn packed(&self) -> Option<Vec<u8>> {
        let text = |(name, bytes): (&String, &Cow<'static, [u8]>)| {
            Some((name.clone(), std::str::from_utf8(bytes).ok()?.to_owned()))
        };
        let files: BTreeMap<String, String> = self.files.iter().map(text).collect::<Option<_>>()?;
        let mut bytes = PACKED.to_vec();
        bytes.extend(serde_json::to_vec(&files).ok()?);
        Some(bytes)
    }
}

/// The files that a text made by [`Region::packed`] holds; nothing if it was made otherwise.
pub fn unpacked(bytes: &[u8]) -> Option<RegionFiles> {
    let files: BTreeMap<String, String> = serde_json::from_slice(bytes.strip_prefix(PACKED)?).ok()?;
    Some(files.into_iter().map(|(name, text)| (name, Cow::Owned(text.into_bytes()))).collect())
}

/// With what a packed region begins.
const PACKED: &[u8] = b"countryside region 1\n";
/// The name of the first region.
const HOME_NAME: &str = "china";

/// The names of the program's own regions, the first first.
pub fn builtin() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().map(|(name, _)| *name)
}

impl PartialEq for Region {
    fn eq(&self, other: &Region) -> bool {
        self.digest == other.digest
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Region").field("name", &self.name).field("manifest", &self.manifest).finish()
    }
}

type Embedded = &'static [(&'static str, &'static [u8])];

macro_rules! embedded {
    ($folder:literal: $($file:literal $(as $name:literal)?),+) => {
        ($folder, &[$((
            embedded!(@name $file $($name)?),
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../regions/", $folder, "/", $file))
                .as_slice(),
        )),+] as Embedded)
    };
    (@name $file:literal) => { $file };
    (@name $file:literal $name:literal) => { $name };
}

const BUILTIN: [(&str, Embedded); 2] = [
    embedded!("china": "region.ron", "provinces.csv", "counties.csv", "towns.csv",
        "outlines.topojson" as "outlines.geojson", "background.geojson", "village_sellers.csv",
        "parameters.ron"),
    embedded!("kenya": "region.ron", "provinces.csv", "counties.csv", "background.geojson", "parameters.ron"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_region_is_read_and_packs_to_itself() {
        for name in builtin() {
            let region = Region::builtin(name).unwrap_or_else(|| panic!("{name}"));
            let known = |file: &String| FILES.iter().any(|(known, _)| known == file);
            assert!(region.files.keys().all(known), "{name}");
            let files = unpacked(&region.packed().unwrap()).unwrap();
            let again = Region::of("again", region.manifest.clone(), files);
            assert_eq!(again.digest(), region.digest());
        }
        assert!(Region::home().is_home() && Region::builtin("atlantis").is_none());
        assert!(unpacked(b"countryside region 1\n[]").is_none() && unpacked(b"{}").is_none());
    }
}
