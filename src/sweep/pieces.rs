//! Finished runs on the disk: files that are whole or absent, each of one run or of a pack.
//!
//! A run is written as soon as it is finished, so that no kill loses it. Every so many runs a process packs
//! its own into one file and then removes the single ones; who dies in between leaves both, which say the
//! same. So a reader who finds a file gone lists again, and misses nothing.

use crate::command_error::CommandError;
use crate::output::file::write_atomically;
use crate::terminal;
use sim_experiments::record::{PieceError, Record, decode, encode};
use sim_files::folder::{self, EntryKind, FolderEntry};
use sim_files::{limits, within};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Runs that are packed into one file.
const PACK: usize = 256;
/// Records kept in memory for a pack, at most \[bytes\]; then they are packed earlier.
const PACK_BYTES: usize = 32 << 20;
/// How the names of packs begin.
const PACKED: &str = "pack-";
/// How the names of pieces end.
const ENDING: &str = ".piece";

/// The pieces of a sweep.
#[derive(Clone, Debug)]
pub struct Pieces {
    folder: PathBuf,
    identity: u128,
    runs: Option<u64>,
}

/// What is known of a finished run without its values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Whether it failed.
    pub failed: bool,
    /// Time it took \[seconds\].
    pub seconds: f64,
    /// The file that holds it, as an index into those listed.
    pub file: usize,
}

/// What is in the folder at a moment.
#[derive(Clone, Debug, Default)]
pub struct PieceIndex {
    /// Finished runs by number.
    pub runs: BTreeMap<u64, Known>,
    /// The files.
    pub files: Vec<PathBuf>,
    /// Bytes of all files.
    pub bytes: u64,
}

impl PieceIndex {
    /// How many runs failed.
    pub fn failed(&self) -> u64 {
        self.runs.values().filter(|known| known.failed).count() as u64
    }

    /// How many runs are done well.
    pub fn done(&self) -> u64 {
        self.runs.len() as u64 - self.failed()
    }
}

impl Pieces {
    /// The pieces of a plan in a folder.
    pub fn new(folder: PathBuf, identity: u128) -> Pieces {
        Pieces { folder, identity, runs: None }
    }

    /// The pieces of a plan of so many runs, where that is known: others are damage.
    #[must_use]
    pub fn at_most(self, runs: Option<u64>) -> Pieces {
        Pieces { runs, ..self }
    }

    /// Lists what is there. Damaged files are named in a warning and count as not there.
    ///
    /// # Errors
    /// If the folder cannot be read, or holds pieces of another plan.
    pub fn index(&self) -> Result<PieceIndex, CommandError> {
        loop {
            if let Some(index) = self.try_index()? {
                return Ok(index);
            }
        }
    }

    /// One try; nothing if files were packed away meanwhile.
    fn try_index(&self) -> Result<Option<PieceIndex>, CommandError> {
        let mut index = PieceIndex::default();
        let paths = self.list()?;
        // A folder is listed entry by entry: a pack made meanwhile may be missed, and the files that it
        // replaces too. Then it is in a second list.
        let known = |path: &PathBuf| !is_pack(path) || paths.binary_search(path).is_ok();
        if !self.list()?.iter().all(known) {
            return Ok(None);
        }
        for path in paths {
            let bytes = match self.bytes(&path) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(CommandError::reading(&path, &error)),
                Ok(bytes) => bytes,
            };
            let Some(records) = self.decoded(&path, &bytes)? else {
                continue;
            };
            index.bytes += bytes.len() as u64;
            let file = index.files.len();
            index.files.push(path);
            for record in records {
                let known = Known { failed: record.result.is_err(), seconds: record.seconds, file };
                index.runs.insert(record.run, known);
            }
        }
        Ok(Some(index))
    }

    /// The files, in order of their names.
    fn list(&self) -> Result<Vec<PathBuf>, CommandError> {
        let is_piece = |entry: &FolderEntry| {
            let name = entry.name.to_string_lossy();
            name.ends_with(ENDING) && !name.starts_with('.')
        };
        let entries = self.entries()?.into_iter().filter(is_piece);
        Ok(entries.map(|entry| self.folder.join(entry.name)).collect())
    }

    /// What is in the folder, in order of names.
    fn entries(&self) -> Result<Vec<FolderEntry>, CommandError> {
        folder::list(&self.folder).map_err(|error| CommandError::reading(&self.folder, &error))
    }

    fn decoded(&self, path: &Path, bytes: &[u8]) -> Result<Option<Vec<Record>>, CommandError> {
        let is_planned = |record: &Record| self.runs.is_none_or(|runs| record.run < runs);
        let decoded = decode(bytes, self.identity).and_then(|records| {
            let sound = records.iter().all(is_planned);
            sound.then_some(records).ok_or(PieceError::Torn)
        });
        match decoded {
            Ok(records) => Ok(Some(records)),
            Err(PieceError::Torn) => {
                terminal::note(&format!(
                    "warning: {}: {}; its runs count as not done",
                    path.display(),
                    PieceError::Torn
                ));
                Ok(None)
            }
            Err(PieceError::Foreign) => Err(CommandError::input(format!(
                "{}: {}: the plan was changed under its pieces\n  help: put the old plan.json back, or \
                 begin a new folder; nothing was removed",
                path.display(),
                PieceError::Foreign
            ))),
        }
    }

    /// The bytes of a file of the folder, which is not read where it is a link.
    fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        within::bytes(&self.folder, path.file_name().unwrap_or_default(), limits::PIECE)
    }

    /// The records of a file.
    ///
    /// # Errors
    /// If it cannot be read, or is damaged.
    pub fn read(&self, path: &Path) -> Result<Vec<Record>, CommandError> {
        let bytes = self.bytes(path).map_err(|error| CommandError::reading(path, &error))?;
        self.decoded(path, &bytes).map(Option::unwrap_or_default)
    }

    /// Removes what a killed writer left unfinished. Only for who holds the whole folder.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn clear_unfinished(&self) -> Result<(), CommandError> {
        for FolderEntry { name, kind } in self.entries()? {
            let path = self.folder.join(&name);
            if name.to_string_lossy().starts_with('.') && kind == EntryKind::File {
                folder::remove_file(&path).map_err(|error| CommandError::writing(&path, &error, None))?;
            }
        }
        Ok(())
    }

    /// Removes the records of some runs, such as failed ones.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn forget(
        &self,
        index: &PieceIndex,
        is_forgotten: impl Fn(&Record) -> bool,
    ) -> Result<u64, CommandError> {
        let mut forgotten = 0;
        for path in &index.files {
            let records = self.read(path)?;
            let all = records.len();
            let kept: Vec<Record> = records.into_iter().filter(|record| !is_forgotten(record)).collect();
            forgotten += (all - kept.len()) as u64;
            if kept.is_empty() {
                folder::remove_file(path).map_err(|error| CommandError::writing(path, &error, None))?;
            } else if kept.len() < all {
                self.put(path, &kept)?;
            }
        }
        Ok(forgotten)
    }

    fn path_of(&self, run: u64) -> PathBuf {
        self.folder.join(format!("run-{run:010}{ENDING}"))
    }

    fn put(&self, path: &Path, records: &[Record]) -> Result<u64, CommandError> {
        let bytes = encode(records, self.identity).map_err(CommandError::run)?;
        let need = bytes.len() as u64;
        write_atomically(path, &bytes).map_err(|error| {
            let failure = CommandError::writing(path, &error, Some(need));
            let remedy = match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room",
                _ => "put it right",
            };
            CommandError::run(format!(
                "{failure}\n  help: finished runs are kept; {remedy}, then go on with --resume"
            ))
        })?;
        Ok(need)
    }

    /// A writer for one process.
    pub fn writer(&self) -> Writer<'_> {
        Writer { pieces: self, single: Vec::new(), bytes: 0, carried: false }
    }
}

fn is_pack(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with(PACKED)
}

/// Writes runs as they finish, and packs them.
pub struct Writer<'p> {
    pieces: &'p Pieces,
    single: Vec<(PathBuf, Record)>,
    bytes: usize,
    /// Whether some of these have no file of their own.
    carried: bool,
}

impl Writer<'_> {
    /// Writes a run.
    ///
    /// # Errors
    /// If it cannot be written; nothing is then left of it, and what was written before stays.
    pub fn write(&mut self, record: Record) -> Result<(), CommandError> {
        let path = self.pieces.path_of(record.run);
        let records = [record];
        self.bytes += self.pieces.put(&path, &records)? as usize;
        let [record] = records;
        self.single.push((path, record));
        if self.single.len() >= PACK || self.bytes >= PACK_BYTES {
            self.pack()?;
        }
        Ok(())
    }

    /// Takes a run that is kept elsewhere: it is written with others in a pack, and not before
    /// [`Writer::pack`] at the latest.
    ///
    /// # Errors
    /// If a pack cannot be written.
    pub fn carry(&mut self, record: Record) -> Result<(), CommandError> {
        let path = self.pieces.path_of(record.run);
        self.single.push((path, record));
        self.carried = true;
        if self.single.len() >= PACK {
            self.pack()?;
        }
        Ok(())
    }

    /// Packs what was written singly.
    ///
    /// # Errors
    /// If the pack cannot be written; the single files then stay.
    pub fn pack(&mut self) -> Result<(), CommandError> {
        if self.single.len() > usize::from(!self.carried) {
            self.single.sort_by_key(|(_, record)| record.run);
            let (paths, records): (Vec<PathBuf>, Vec<Record>) =
                std::mem::take(&mut self.single).into_iter().unzip();
            let (first, last) = (records.first().map_or(0, |r| r.run), records.last().map_or(0, |r| r.run));
            // The runs are part of the name: after a retry another pack may lie between the same ends.
            let numbers: Vec<u8> = records.iter().flat_map(|record| record.run.to_le_bytes()).collect();
            let digest = xxhash_rust::xxh3::xxh3_64(&numbers);
            let name = format!("{PACKED}{first:010}-{last:010}-{digest:016x}{ENDING}");
            self.pieces.put(&self.pieces.folder.join(name), &records)?;
            for path in paths {
                // One that stays says the same as the pack.
                let _ = folder::remove_file(&path);
            }
        }
        self.single.clear();
        self.bytes = 0;
        self.carried = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_experiments::ensemble::JobError;
    use std::fs;

    fn record(run: u64) -> Record {
        Record { run, result: Err(JobError::Refused("planted".to_owned())), seconds: 1.0, events: 0 }
    }

    /// Who looks while others write and pack sees every run that was written before, and none that was not
    /// begun.
    #[test]
    fn an_index_is_exact_while_others_write_and_pack() {
        use std::sync::atomic::{AtomicU64, Ordering};
        const RUNS: u64 = 12 * PACK as u64;
        let folder = tempfile::tempdir().unwrap();
        let pieces = Pieces::new(folder.path().to_owned(), 7);
        let (begun, written) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut writer = pieces.writer();
                for run in 0..RUNS {
                    begun.store(run + 1, Ordering::SeqCst);
                    writer.write(record(run)).unwrap();
                    written.store(run + 1, Ordering::SeqCst);
                }
            });
            while written.load(Ordering::SeqCst) < RUNS {
                let least = written.load(Ordering::SeqCst);
                let seen = pieces.index().unwrap().runs.len() as u64;
                let most = begun.load(Ordering::SeqCst);
                assert!((least..=most).contains(&seen), "{seen} of {least} to {most}");
            }
        });
        assert_eq!(pieces.index().unwrap().runs.len() as u64, RUNS);
    }

    #[test]
    fn runs_are_packed_and_forgotten_and_damage_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let pieces = Pieces::new(folder.path().to_owned(), 7);
        let mut writer = pieces.writer();
        for run in 0..(PACK as u64 + 3) {
            writer.write(record(run)).unwrap();
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "a pack and three single ones");
        let index = pieces.index().unwrap();
        assert_eq!((index.runs.len(), index.failed()), (PACK + 3, PACK as u64 + 3));
        assert_eq!(pieces.forget(&index, |record| record.run % 2 == 0).unwrap(), 130);
        writer.pack().unwrap();
        let index = pieces.index().unwrap();
        assert!(index.runs.keys().all(|run| run % 2 == 1 || *run >= PACK as u64));
        let torn = index.files[0].clone();
        fs::write(&torn, b"torn").unwrap();
        assert!(pieces.index().unwrap().runs.len() < index.runs.len());
        assert!(Pieces::new(folder.path().to_owned(), 8).index().is_err(), "of another plan");
        let few = pieces.at_most(Some(3)).index().unwrap();
        assert!(few.runs.keys().all(|&run| run < 3), "runs that are not planned are damage");
    }
}
