//! Layers of a scenario, each over the one before: defaults, the chain of `base` files from the bottom, the
//! file itself, the overrides.
//!
//! They are laid field by field; a list or a selection is one field. Rejected: merging lists, which makes it
//! impossible to say "none". A path in a `base` or `places.table` starts at the folder of the file that names
//! it and never leaves the folder of the scenario that was asked for.

use super::advice::Advice;
use super::assign::assign;
use super::builtin;
use super::checked::Scenario;
use super::error::{InputError, whole_file};
use super::fields::parameter;
use super::file::{self, decoded, values};
use super::file_errors::FileErrors;
use super::hostile::{check_path, joined, shown};
use super::issue::{Expected, Issue};
use super::leaf::{ValueError, text};
use super::node::Node;
use super::origins::{Origin, Origins};
use super::scanner::scan;
use super::source::{MemorySource, Source};
use super::suggest::nearest;
use crate::base::harmless::escaped;
use crate::base::{Currency, Time};
use crate::params::{ParameterInfo, Parameters, ValueKind};
use crate::region::{PARAMETERS, Region, RegionCache};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;

/// The longest chain of base files.
const LONGEST_CHAIN: usize = 8;

/// The layers laid so far.
pub(super) struct Layers<'s> {
    /// Where files come from.
    pub source: &'s dyn Source,
    /// The scenario's folder as written, with its `/`.
    pub folder: &'s str,
    /// The scenario's file within the folder.
    file: &'s str,
    /// What the layers add up to.
    pub scenario: Scenario,
    /// Where its values were written.
    pub origins: Origins,
    /// The region that was named last: the name of one of the program's own, or a path inside the folder.
    pub named_region: Option<String>,
    /// Whether the layers lie over the defaults of the region that is named.
    is_within: bool,
    /// Paths that were written, whether well or not.
    pub given: BTreeSet<String>,
    /// Which override set a path.
    pub set_by: BTreeMap<String, u32>,
    /// Whether every file had fields to read, so that what was not given is missing.
    pub is_whole: bool,
    /// The files that are being read, by the names that faults use.
    chain: Vec<String>,
    /// Whether the file that is being read is the region's own.
    is_region: bool,
    /// What is wrong.
    pub faults: Vec<InputError>,
}

impl<'s> Layers<'s> {
    /// Only the defaults of a region, which the scenario names by `region_path` if it is a folder.
    pub fn within(
        source: &'s dyn Source,
        path: &'s str,
        region: &Arc<Region>,
        region_path: Option<&str>,
    ) -> Layers<'s> {
        let mut layers = Layers::new(source, path);
        layers.is_within = true;
        layers.scenario.parameters = Parameters::at_price_level(region.manifest.price_level);
        layers.scenario.places.region = region.clone();
        layers.scenario.places.region_path = region_path.map(str::to_owned);
        if !region.is_home()
            && let Some(bytes) = region.file(PARAMETERS)
        {
            let name = region.path(PARAMETERS);
            layers.is_region = true;
            layers.layer(&name, &name, bytes);
            layers.is_region = false;
            layers.given.clear();
        }
        layers
    }

    /// Only the defaults of the first region.
    pub fn new(source: &'s dyn Source, path: &'s str) -> Layers<'s> {
        let (folder, file) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
        let unset = Time::START.date();
        Layers {
            source,
            folder,
            file,
            scenario: Scenario::new("", unset, unset),
            origins: Origins::default(),
            named_region: None,
            is_within: false,
            given: BTreeSet::new(),
            set_by: BTreeMap::new(),
            is_whole: true,
            chain: Vec::new(),
            is_region: false,
            faults: Vec::new(),
        }
    }

    /// Lays the scenario's file over the defaults, its base files first.
    pub fn read(&mut self) {
        let name = format!("{}{}", self.folder, self.file);
        match self.source.read(&name) {
            Ok(bytes) => self.layer(self.file, &name, &bytes),
            Err(reason) => {
                let near = nearest(self.file.trim_end_matches(".ron"), builtin::names());
                let help = near.map_or(Advice::Nothing, |near| Advice::IsBuiltin { name: near.to_owned() });
                self.reject(whole_file(&escaped(&name), Issue::Unread { reason }, help));
            }
        }
    }

    fn reject(&mut self, fault: InputError) {
        self.is_whole = false;
        self.faults.push(fault);
    }

    /// Lays a file, which stands at `inside` the folder and which faults call `name`.
    fn layer(&mut self, inside: &str, name: &str, bytes: &[u8]) {
        let shown_name = escaped(name);
        let text = match decoded(&shown_name, bytes) {
            Ok(text) => text,
            Err(fault) => return self.reject(*fault),
        };
        let mut report = FileErrors::new(&shown_name, text);
        file::refuse_unwelcome(text, &mut report);
        let scanned = scan(text);
        scanned.faults.into_iter().for_each(|fault| report.add_syntax(fault));
        self.chain.push(name.to_owned());
        match &scanned.root {
            Some(root) => self.fields(&values(root, &mut report), inside, &mut report),
            None => {
                report.is_whole = false;
                report.add("", ValueError::nothing(Issue::OnlyComments));
            }
        }
        self.chain.pop();
        self.is_whole &= report.is_whole;
        self.faults.extend(report.finish());
    }

    fn fields(&mut self, values: &[(String, &Node<'_>)], inside: &str, report: &mut FileErrors<'_>) {
        if let Some((_, node)) = values.iter().find(|(path, _)| path == "base") {
            self.base(node, inside, report);
        }
        let names_region = values.iter().any(|(path, _)| path == "places.region");
        for (path, node) in values.iter().filter(|(path, _)| path != "base") {
            let checked = self.check_money(path, node, names_region);
            match checked.and_then(|()| self.value(path, node, inside)) {
                Ok(()) => self.origins.note(path, origin(report, node, 0)),
                Err(problem) => report.add(path, problem),
            }
        }
    }

    /// Refuses an amount that another money than the region's may be meant by: one in a file that names no
    /// region is in yuan. The region's own file may set parameters only.
    fn check_money(&self, path: &str, node: &Node<'_>, names_region: bool) -> Result<(), ValueError> {
        let row = parameter(path);
        if self.is_region {
            return row.map(drop).ok_or_else(|| ValueError::of(node, Issue::NoSuchParameter));
        }
        let region = &self.scenario.places.region;
        let is_money = row.is_some_and(|row| row.unit.is_money());
        if !is_money || names_region || region.currency() == Currency::YUAN {
            return Ok(());
        }
        let (money, region) = (region.currency().to_string(), region.manifest.title.clone());
        Err(ValueError::of(node, Issue::OtherMoney { money, region: shown(&region) }))
    }

    /// Lays the base file under the one that names it.
    fn base(&mut self, node: &Node<'_>, inside: &str, report: &mut FileErrors<'_>) {
        let Some(node) = node.optional().filter(|node| !node.is_broken()) else {
            return;
        };
        match self.base_file(node, inside) {
            Ok((inside, name, bytes)) => self.layer(&inside, &name, &bytes),
            Err(problem) => {
                self.is_whole = false;
                report.add("base", problem);
            }
        }
    }

    /// The base's path inside the folder, its name, and its bytes.
    fn base_file(&self, node: &Node<'_>, inside: &str) -> Result<(String, String, Vec<u8>), ValueError> {
        let written = text(node, Expected::Base)?;
        // In a built-in scenario, the files beside it are built in too, wherever its name was written.
        let beside = builtin::text(inside).and(written.strip_suffix(".ron"));
        let name = beside.unwrap_or(&written);
        if let Some(content) = builtin::text(name) {
            self.check_chain(node, name)?;
            return Ok((name.to_owned(), name.to_owned(), content.as_bytes().to_vec()));
        }
        if !written.ends_with(".ron") {
            let near = nearest(&written, builtin::names());
            let issue = Issue::NoBase { name: shown(&written) };
            return Err(ValueError::of(node, issue).advise(Advice::meant(near)));
        }
        let inside = stays_inside(node, inside, &written)?;
        let name = format!("{}{inside}", self.folder);
        self.check_chain(node, &name)?;
        let unread = |reason| {
            let near = nearest(inside.trim_end_matches(".ron"), builtin::names());
            let help = near.map_or(Advice::Nothing, |near| Advice::BaseBuiltin { name: near.to_owned() });
            ValueError::of(node, Issue::UnreadFile { file: shown(&name), reason }).advise(help)
        };
        let bytes = self.source.read_beside(self.folder, &inside).map_err(unread)?;
        Ok((inside, name, bytes))
    }

    fn check_chain(&self, node: &Node<'_>, name: &str) -> Result<(), ValueError> {
        let plain = |name: &str| name.trim_end_matches(".ron").to_owned();
        if self.chain.iter().any(|open| plain(open) == plain(name)) {
            let chain: Vec<String> = self.chain.iter().map(|name| shown(name)).collect();
            let circle = format!("{} -> {}", chain.join(" -> "), shown(name));
            return Err(ValueError::of(node, Issue::Circle { chain: circle }));
        }
        if self.chain.len() > LONGEST_CHAIN {
            return Err(ValueError::of(node, Issue::TooManyBases { most: LONGEST_CHAIN }));
        }
        Ok(())
    }

    /// Sets one field.
    pub fn value(&mut self, path: &str, node: &Node<'_>, inside: &str) -> Result<(), ValueError> {
        self.given.insert(path.to_owned());
        if node.is_broken() {
            return Ok(());
        }
        if path == "places.region" {
            return self.region(node, inside);
        }
        assign(&mut self.scenario, path, node)?;
        if path == "places.table" {
            let written = self.scenario.places.table.take();
            self.scenario.places.table =
                written.map(|table| stays_inside(node, inside, &table)).transpose()?;
        }
        Ok(())
    }
}

/// The parameters of a scenario that lies in a region and sets none itself; the model's own where the
/// region's file is faulty, which whoever loads it is told.
pub fn region_defaults(region: &Arc<Region>) -> Arc<Parameters> {
    static READ: RegionCache<Parameters> = RegionCache::new();
    let read = || Ok(Layers::within(&MemorySource::default(), "", region, None).scenario.parameters);
    READ.of(region, read).unwrap_or_else(|never: Infallible| match never {})
}

/// The catalogue of parameters as a region has it: its defaults, its money, ranges at its price level.
pub fn region_catalogue(region: &Arc<Region>) -> Vec<ParameterInfo> {
    let usual = region_defaults(region);
    let level = region.manifest.price_level;
    let own = |row: ParameterInfo| ParameterInfo {
        default: usual.get(&row.path()).unwrap_or_default(),
        range: if row.unit.is_money() { row.range.times(level) } else { row.range },
        unit: row.unit.in_currency(region.currency()),
        ..row
    };
    Parameters::catalogue().into_iter().map(own).collect()
}

impl Layers<'_> {
    /// Notes which region is named. That of a user's own is read by whoever asked for the layers, who then
    /// lays them anew over its defaults: then no file may name another.
    fn region(&mut self, node: &Node<'_>, inside: &str) -> Result<(), ValueError> {
        let written = text(node, Expected::Value { kind: ValueKind::Text })?;
        let is_builtin = Region::builtin(&written).is_some();
        let name = if is_builtin { written } else { stays_inside(node, inside, &written)? };
        let is_other = self.is_within && self.scenario.places.region_name() != name;
        self.named_region = Some(name);
        if is_other { Err(ValueError::of(node, Issue::OtherRegion)) } else { Ok(()) }
    }
}

/// Where a node was written, `shift` bytes after where its text says.
pub(super) fn origin(report: &FileErrors<'_>, node: &Node<'_>, shift: usize) -> Origin {
    let (line, column) = report.place(node.at + shift);
    let excerpt = report.excerpt(node.at + shift, node.text);
    Origin { file: report.file().to_owned(), line, column, text: node.text.to_owned(), excerpt }
}

/// The path within the scenario's folder of a path that a file in it names.
fn stays_inside(node: &Node<'_>, inside: &str, written: &str) -> Result<String, ValueError> {
    check_path(written).map_err(|fault| ValueError::of(node, fault))?;
    let folder = inside.rfind('/').map_or("", |slash| inside.get(..slash).unwrap_or(""));
    let outside = || ValueError::of(node, Issue::PathLeaves { path: shown(written) });
    joined(folder, written).ok_or_else(outside)
}
