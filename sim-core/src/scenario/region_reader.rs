//! Reads a region of a user's own: its folder, or the one text into which a run has packed it.

use super::advice::Advice;
use super::error::{InputError, whole_file};
use super::fields::FieldInfo;
use super::file::{decoded, refuse_unwelcome};
use super::file_errors::FileErrors;
use super::group::Group;
use super::issue::{About, Expected, Issue};
use super::leaf::{self, ValueError};
use super::node::{Kind, Node};
use super::scanner::scan;
use super::source::Source;
use crate::base::harmless::escaped;
use crate::base::{Currency, FileError, Unit};
use crate::params::ValueKind;
use crate::region::{
    FILES, LevelNames, MANIFEST, Region, RegionBounds, RegionFiles, RegionManifest, Score, Scores, unpacked,
    usual_levels,
};
use std::borrow::Cow;
use std::sync::Arc;

/// How a region ends that is one file.
pub(super) const PACKED: &str = ".region";

/// The fields of `region.ron`.
pub const REGION_FIELDS: [FieldInfo; 9] = [
    FieldInfo::value("title", ValueKind::Text, "name of the region for people", "地区的名称").required(),
    FieldInfo::value("credit", ValueKind::Text, "whom maps of it have to name", "地图须注明的来源"),
    FieldInfo::value("title_chinese", ValueKind::Text, "its name in Chinese", "地区的中文名称"),
    FieldInfo::value(
        "currency",
        ValueKind::Text,
        "its money, by the code of ISO 4217",
        "货币的 ISO 4217 代码",
    )
    .required(),
    FieldInfo::whole(
        "digits",
        Unit::NONE,
        (0.0, 2.0),
        "digits behind the point of an amount",
        "金额的小数位数",
    ),
    FieldInfo::real(
        "price_level",
        Unit::PURE,
        (0.01, 20_000.0),
        "its money for what one yuan of 2014 buys",
        "2014 年一元人民币所能买到的东西在当地的价钱",
    )
    .required(),
    FieldInfo::value(
        "levels",
        ValueKind::Text,
        "what its three levels of places are called",
        "三级地方的名称",
    ),
    FieldInfo::value("bounds", ValueKind::Text, "longitudes and latitudes of its places", "经纬度范围")
        .required(),
    FieldInfo::value("scores", ValueKind::Text, "measured scores of its villages", "各村得分的实测值"),
];

const BOUNDS: [FieldInfo; 4] = [
    FieldInfo::real("west", Unit::NONE, (-180.0, 180.0), "least longitude", "最小经度").required(),
    FieldInfo::real("south", Unit::NONE, (-90.0, 90.0), "least latitude", "最小纬度").required(),
    FieldInfo::real("east", Unit::NONE, (-180.0, 180.0), "greatest longitude", "最大经度").required(),
    FieldInfo::real("north", Unit::NONE, (-90.0, 90.0), "greatest latitude", "最大纬度").required(),
];

const SCORES: [FieldInfo; 3] = [
    FieldInfo::value("site", ValueKind::Text, "mean and deviation of sites' hardship", "地点艰苦程度"),
    FieldInfo::value("density", ValueKind::Text, "mean and deviation of log density", "密度对数"),
    FieldInfo::value("income", ValueKind::Text, "mean and deviation of log income ratio", "收入比对数"),
];

/// Reads the region that stands at a path inside a folder; nothing if there is none.
///
/// # Errors
/// Every fault of its manifest, and files that cannot be read. Its tables are not looked into.
pub(super) fn at(
    source: &dyn Source,
    folder: &str,
    path: &str,
) -> Option<Result<Arc<Region>, Vec<InputError>>> {
    let files = if path.ends_with(PACKED) {
        let bytes = source.read_beside(folder, path).ok()?;
        match unpacked(&bytes) {
            Some(files) => files,
            None => return Some(Err(vec![whole_file(&escaped(path), Issue::NotPacked, Advice::Nothing)])),
        }
    } else {
        match files_of(source, folder, path)? {
            Ok(files) => files,
            Err(faults) => return Some(Err(faults)),
        }
    };
    Some(read(path, files))
}

/// A region of these files, called by its path.
///
/// # Errors
/// Every fault of its manifest, and files that must be there and are not.
pub fn read(path: &str, files: RegionFiles) -> Result<Arc<Region>, Vec<InputError>> {
    let lacking = FILES.iter().filter(|(name, required)| *required && !files.contains_key(*name));
    let mut faults: Vec<InputError> =
        lacking.map(|(name, _)| lacks(path, name, FileError::NoSuchFile)).collect();
    let name = format!("{path}/{MANIFEST}");
    let found = match files.get(MANIFEST).map(|bytes| manifest(&name, bytes)) {
        Some(Ok(manifest)) => Some(manifest),
        Some(Err(more)) => {
            faults.extend(more);
            None
        }
        None => None,
    };
    match found {
        Some(manifest) if faults.is_empty() => Ok(Arc::new(Region::of(path, manifest, files))),
        _ => Err(faults),
    }
}

fn lacks(path: &str, file: &str, reason: FileError) -> InputError {
    let issue = Issue::RegionLacks { file: file.to_owned(), reason };
    whole_file(&escaped(&format!("{path}/{file}")), issue, Advice::Nothing)
}

/// The files of a folder that are a region's; nothing if it has no manifest.
fn files_of(source: &dyn Source, folder: &str, path: &str) -> Option<Result<RegionFiles, Vec<InputError>>> {
    let mut files = RegionFiles::new();
    let mut faults = Vec::new();
    for (name, _) in FILES {
        match source.read_beside(folder, &format!("{path}/{name}")) {
            Ok(bytes) => drop(files.insert(name.to_owned(), Cow::Owned(bytes))),
            Err(FileError::NotFound | FileError::NoSuchFile | FileError::NotAFolder) if name == MANIFEST => {
                return None;
            }
            Err(FileError::NotFound | FileError::NoSuchFile) => {}
            Err(reason) => faults.push(lacks(path, name, reason)),
        }
    }
    Some(if faults.is_empty() { Ok(files) } else { Err(faults) })
}

/// Reads `region.ron`.
fn manifest(name: &str, bytes: &[u8]) -> Result<RegionManifest, Vec<InputError>> {
    let shown = escaped(name);
    let text = decoded(&shown, bytes).map_err(|fault| vec![*fault])?;
    let mut report = FileErrors::new(&shown, text);
    refuse_unwelcome(text, &mut report);
    let scanned = scan(text);
    scanned.faults.into_iter().for_each(|fault| report.add_syntax(fault));
    let found = match &scanned.root {
        Some(root) => fields(root, &mut report),
        None => {
            report.add("", ValueError::nothing(Issue::OnlyComments));
            None
        }
    };
    let faults = report.finish();
    found.filter(|_| faults.is_empty()).ok_or(faults)
}

fn fields(root: &Node<'_>, report: &mut FileErrors<'_>) -> Option<RegionManifest> {
    let group = Group::of("", root, &REGION_FIELDS, report)?;
    let title = group.text("title", report);
    let credit = group.text("credit", report).unwrap_or_default();
    let title_chinese = group.text("title_chinese", report).unwrap_or_default();
    let currency = group.read("currency", report, |node| {
        let code = leaf::text(node, ValueKind::Text)?;
        Currency::of_code(&code).ok_or_else(|| ValueError::of(node, Issue::Currency))
    });
    let digits = group.whole("digits", report).unwrap_or(2) as u8;
    let price_level = group.real("price_level", report);
    let levels = group.read("levels", report, levels).unwrap_or_else(usual_levels);
    let bounds = group.get("bounds").and_then(|node| bounds(node, report));
    let scores = group.get("scores").map(|node| scores(node, report)).unwrap_or_default();
    Some(RegionManifest {
        title: title?,
        title_chinese,
        credit,
        currency: currency?,
        digits,
        price_level: price_level?,
        levels,
        bounds: bounds?,
        scores,
    })
}

fn levels(node: &Node<'_>) -> Result<LevelNames, ValueError> {
    let name = |node: &Node<'_>| leaf::text(node, ValueKind::Text);
    match &node.kind {
        Kind::Tuple(nodes) => match nodes.as_slice() {
            [first, second, third] => Ok(LevelNames(name(first)?, name(second)?, name(third)?)),
            _ => Err(ValueError::of(node, Issue::Levels)),
        },
        _ => Err(ValueError::of(node, Issue::Levels)),
    }
}

fn bounds(node: &Node<'_>, report: &mut FileErrors<'_>) -> Option<RegionBounds> {
    let group = Group::of("bounds", node, &BOUNDS, report)?;
    let [west, south, east, north] = BOUNDS.map(|field| group.real(field.path, report));
    let bounds = RegionBounds { west: west?, south: south?, east: east?, north: north? };
    if bounds.west < bounds.east && bounds.south < bounds.north {
        return Some(bounds);
    }
    report.add("bounds", ValueError::of(node, Issue::EmptyBounds));
    None
}

fn scores(node: &Node<'_>, report: &mut FileErrors<'_>) -> Scores {
    let Some(group) = Group::of("scores", node, &SCORES, report) else { return Scores::default() };
    let [site, density, income] = SCORES.map(|field| group.read(field.path, report, score));
    Scores { site, density, income }
}

fn score(node: &Node<'_>) -> Result<Score, ValueError> {
    let pair = || ValueError::of(node, Issue::Pair);
    let Kind::Tuple(nodes) = &node.kind else { return Err(leaf::mismatch(node, Expected::OneValue)) };
    let [mean, spread] = nodes.as_slice() else { return Err(pair()) };
    let number = |node: &Node<'_>| leaf::real(node, -1e6, 1e6, About::Unit(Unit::NONE));
    let score = Score(number(mean)?, number(spread)?);
    if score.1 > 0.0 { Ok(score) } else { Err(pair()) }
}
