//! A folder of results that was written earlier: what it holds, and its tables read back.
//!
//! Each file is digested before it is read and compared with the manifest: what was changed since is still
//! told of, with a warning. Names of files come from this program alone, never from the manifest, which may
//! say anything; and a file that is a link is not read, for the folder may have been sent.

use super::unit::text_at;
use crate::command_error::{CommandError, plain};
use crate::output::csv_reader;
use crate::output::manifest::{NAME, PROGRAM};
use serde_json::Value;
use sim_core::base::Unit;
use sim_core::metrics::table::{Column, Table};
use sim_files::folder::{self, EntryKind};
use sim_files::{File, limits, within};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

/// Most cells of a table that is held whole: a gigabyte, as numbers.
const MOST_CELLS: usize = 1 << 27;

/// A folder of results.
pub struct ResultFolder {
    path: PathBuf,
    manifest: Value,
    digests: BTreeMap<String, String>,
    dictionary: BTreeMap<(String, String), Column>,
    warnings: Vec<String>,
}

impl ResultFolder {
    /// Opens a folder.
    ///
    /// # Errors
    /// If it is not there, holds no results, or its manifest is damaged.
    pub fn open(path: &Path) -> Result<ResultFolder, CommandError> {
        let manifest = manifest(path)?;
        let files = manifest.get("files").and_then(Value::as_array);
        let digest = |file: &Value| Some((text_of(file, "name")?, text_of(file, "xxh3_128")?));
        let digests = files.into_iter().flatten().filter_map(digest).collect();
        let mut folder = ResultFolder {
            path: path.to_owned(),
            manifest,
            digests,
            dictionary: BTreeMap::new(),
            warnings: Vec::new(),
        };
        folder.dictionary =
            folder.table("columns", &|_| true)?.map(|table| dictionary(&table)).unwrap_or_default();
        Ok(folder)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its name, for people.
    pub fn name(&self) -> String {
        folder::real(&self.path).file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What its manifest says.
    pub fn manifest(&self) -> &Value {
        &self.manifest
    }

    /// What the manifest says under a name, as text; empty if nothing.
    pub fn manifest_text(&self, name: &str) -> String {
        text_of(&self.manifest, name).unwrap_or_default()
    }

    /// What a reader should know, found while reading.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Adds to what a reader should know.
    pub fn warn(&mut self, warning: String) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// A text file of the folder; nothing if there is none.
    ///
    /// # Errors
    /// If it cannot be read, or is not text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, CommandError> {
        if !within::has(&self.path, name) {
            return Ok(None);
        }
        self.check_digest(name)?;
        within::text(&self.path, name, limits::WRITTEN)
            .map(Some)
            .map_err(|error| CommandError::reading(&self.path.join(name), &error))
    }

    /// The wanted columns of a table, whole; nothing if there is none of that name.
    ///
    /// # Errors
    /// If its file is damaged.
    pub fn table(
        &mut self,
        name: &str,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Option<Table>, CommandError> {
        let mut whole: Option<Table> = None;
        let mut cells = 0;
        self.parts(name, wanted, &mut |part| {
            cells += part.rows() * part.columns.len();
            if cells > MOST_CELLS {
                return Err(format!("more than {MOST_CELLS} cells, which no table that is held whole has"));
            }
            match &mut whole {
                None => {
                    whole = Some(part);
                    Ok(())
                }
                Some(table) => table.append(part).map_err(|fault| fault.to_string()),
            }
        })?;
        Ok(whole)
    }

    /// The wanted columns of a table, part by part, as for tables that are too large to be held.
    ///
    /// # Errors
    /// If its file is damaged, or what `each` reports.
    pub fn parts(
        &mut self,
        name: &str,
        wanted: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(Table) -> Result<(), String>,
    ) -> Result<(), CommandError> {
        let [parquet, csv] = ["parquet", "csv"].map(|form| format!("{name}.{form}"));
        let (file, is_parquet) = match [&parquet, &csv].map(|file| within::has(&self.path, file)) {
            [true, _] => (parquet, true),
            [_, true] => (csv, false),
            _ => return Ok(()),
        };
        self.check_digest(&file)?;
        let path = self.path.join(&file);
        let open = open(&self.path, &file).map_err(|error| CommandError::reading(&path, &error))?;
        let read = if is_parquet {
            read_parquet(&open, name, wanted, each)
        } else {
            csv_reader::read(open, name, &|column| described(&self.dictionary, name, column), wanted, each)
        };
        read.map_err(|fault| {
            CommandError::input(format!(
                "{}: damaged: {fault}\n  help: make the folder again; its {NAME} says how",
                path.display()
            ))
        })
    }

    fn check_digest(&mut self, file: &str) -> Result<(), CommandError> {
        let found = open(&self.path, file).and_then(digest);
        let found = found.map_err(|error| CommandError::reading(&self.path.join(file), &error))?;
        let warning = match self.digests.get(file) {
            Some(known) if *known == format!("{found:032x}") => return Ok(()),
            Some(_) => format!("{file} is not as the run wrote it: its digest differs from that in {NAME}"),
            // A sweep's own experiment is older than its manifest, which does not list it.
            None if self.digests.is_empty() || file.ends_with(".ron") => return Ok(()),
            None => format!("{file} is not listed in {NAME}"),
        };
        self.warn(warning);
        Ok(())
    }
}

/// Opens a file that is read part by part.
fn open(folder: &Path, file: &str) -> io::Result<File> {
    let file = within::open(folder, file)?;
    sim_files::read::length(&file, limits::TABLE)?;
    Ok(file)
}

#[cfg(feature = "parquet")]
fn read_parquet(
    file: &File,
    name: &str,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(Table) -> Result<(), String>,
) -> Result<(), String> {
    crate::crash::contained(|| crate::output::parquet_reader::read(file, name, wanted, each))?
}

#[cfg(not(feature = "parquet"))]
fn read_parquet(
    _: &File,
    _: &str,
    _: &dyn Fn(&str) -> bool,
    _: &mut dyn FnMut(Table) -> Result<(), String>,
) -> Result<(), String> {
    Err("this build of the program reads no Parquet".to_owned())
}

fn manifest(path: &Path) -> Result<Value, CommandError> {
    let refuse = |reason: &str| Err(CommandError::input(format!("{}: {reason}", path.display())));
    match folder::kind(&folder::real(path)) {
        Err(error) => return Err(CommandError::reading(path, &error)),
        Ok(EntryKind::Folder) => {}
        Ok(_) => return refuse("a file; expected a folder of results"),
    }
    let file = path.join(NAME);
    let text = match within::bytes(path, NAME, limits::DOCUMENT) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && within::has(path, "plan.json") => {
            return refuse(
                "a sweep without tables yet\n  help: `countryside sweep gather` makes them when its runs \
                 are done",
            );
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return refuse(
                "not a folder of results: it has no manifest.json\n  help: `countryside run SCENARIO --out \
                 DIR` makes one",
            );
        }
        Err(error) => return Err(CommandError::reading(&file, &error)),
    };
    let manifest: Value = serde_json::from_slice(&text)
        .map_err(|fault| CommandError::input(format!("{}: damaged: {fault}", file.display())))?;
    match text_of(&manifest, "program") {
        Some(program) if program == PROGRAM => Ok(manifest),
        _ => refuse("its manifest.json is not one of this program"),
    }
}

fn text_of(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

fn digest(mut file: File) -> io::Result<u128> {
    let mut digest = Xxh3::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(digest.digest128()),
            Ok(read) => digest.update(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(io::Error::new(error.kind(), plain(&error))),
        }
    }
}

/// Empty columns by table and name.
fn dictionary(columns: &Table) -> BTreeMap<(String, String), Column> {
    let fields = ["table", "column", "unit", "kind", "missing", "definition"];
    let row = |at: usize| fields.map(|field| text_at(columns, field, at).to_owned());
    let entry = |[table, name, unit, kind, missing, definition]: [String; 6]| {
        // A unit of a later version is none that this one knows.
        let unit = Unit::named(&unit).unwrap_or(Unit::NONE);
        let column = match kind.as_str() {
            "whole number" if missing == "yes" => Column::optional(&name, unit, &definition, []),
            "whole number" => Column::integer(&name, unit, &definition, [0_i64; 0]),
            "number" => Column::real(&name, unit, &definition, [0.0_f64; 0]).may_miss(),
            "true or false" => Column::flags(&name, &definition, [false; 0]),
            _ => Column::text(&name, &definition, [""; 0]),
        };
        ((table, name), column)
    };
    (0..columns.rows()).map(row).map(entry).collect()
}

fn described(dictionary: &BTreeMap<(String, String), Column>, table: &str, name: &str) -> Column {
    let known = dictionary.get(&(table.to_owned(), name.to_owned()));
    known.cloned().unwrap_or_else(|| Column::text(name, "", [""; 0]))
}
