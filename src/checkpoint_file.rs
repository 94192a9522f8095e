//! Checkpoints as files: recognised, complete, unchanged, and never the only one at risk.
//!
//! ```text
//! 16 bytes  "countryside.ckpt"
//!  4 bytes  version of this form, little endian
//! 16 bytes  whose it is: a digest of what makes the run the same as another, little endian; not in form 2
//!           content, as the simulation wrote it
//!  8 bytes  length of the content \[bytes\], little endian
//! 16 bytes  xxh3-128 of all that goes before, little endian
//! ```
//!
//! Written and read piece by piece, however large: the length comes after the content, when it is known.
//!
//! A new checkpoint is complete on the disk before it takes the name of the old one, which is kept as
//! `NAME.previous`, and from which a run goes on by itself where the new one is damaged. Writing over the old
//! one was rejected: a full disk or a power cut would take both. Nor is one run's ever written over by
//! another's, such as the same scenario's with another seed: that goes beside it, as `NAME-2`.

use crate::command_error::CommandError;
use crate::crash::contained;
use crate::memory;
use crate::output::file::parent;
use crate::output::manifest::Identity;
use crate::terminal;
use sim_core::simulation::{Simulation, Stored};
use sim_files::lock::{Lock, Refused};
use sim_files::names::{beside, hidden};
use sim_files::{File, folder, limits, read, write};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

const MAGIC: &[u8; 16] = b"countryside.ckpt";
const VERSION: u32 = 3;
/// The form before, which does not say whose it is.
const EARLIER: u32 = 2;
/// Before and after the content \[bytes\].
const HEADER: u64 = 36;
const EARLIER_HEADER: u64 = 20;
const TRAILER: u64 = 24;
/// How many checkpoints of one name may stand beside each other.
const MOST: u32 = 1000;

/// Whose a checkpoint is: another seed, scenario, version, model or branch is another run.
pub fn owner(run: &Identity) -> u128 {
    let text = format!("{} {} {} {} {:?}", run.version, run.model, run.hash, run.seed, run.branched_from);
    xxhash_rust::xxh3::xxh3_128(text.as_bytes())
}

/// Writes a run's checkpoint, whose content `fill` writes, and keeps the one that was there under another
/// name. Returns where it is: beside the path that was given, if that one is not this run's.
///
/// # Errors
/// What `fill` reports, or if it cannot be written; the one that was there is then untouched.
pub fn save(
    path: &Path,
    owner: u128,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), io::Error>,
) -> Result<PathBuf, CommandError> {
    let (path, _lock) = place(path, owner)?;
    // Room for the new one; what cannot be removed is in nobody's way.
    let _ = write::clear(&path);
    let written = write::replace_keeping(&path, &previous(&path), |file| {
        let mut framed = Framed::new(file, owner)?;
        fill(&mut framed)?;
        framed.finish()
    });
    written.map_err(|error| CommandError::writing(&path, &error, None))?;
    Ok(path)
}

/// Refuses a path at which something stands that is no checkpoint of this run.
///
/// # Errors
/// What stands there.
pub fn refuse_if_taken(path: &Path, owner: u128) -> Result<(), CommandError> {
    let refuse = |reason: &str| Err(CommandError::input(format!("{}: {reason}", path.display())));
    match at(path) {
        _ if is_free(path, owner) => Ok(()),
        Found::Other => {
            refuse("exists and is no checkpoint of this program; choose another name for --checkpoint")
        }
        _ => refuse(
            "holds a checkpoint of another run, which is never written over\n  help: choose another name \
             for --checkpoint, or move that one away",
        ),
    }
}

/// What stands at a path.
enum Found {
    Nothing,
    /// A checkpoint, and whose it is, if it says so.
    Checkpoint(Option<u128>),
    Other,
}

fn at(path: &Path) -> Found {
    if !folder::is_taken(path) {
        return Found::Nothing;
    }
    let mut header = Vec::new();
    let opened = read::open(path).and_then(|file| file.take(HEADER).read_to_end(&mut header));
    match opened {
        Ok(_) if header.starts_with(MAGIC) => Found::Checkpoint(owner_in(&header)),
        _ => Found::Other,
    }
}

/// Whether a checkpoint of that run stands at a path.
pub fn is_own(path: &Path, owner: u128) -> bool {
    matches!(at(path), Found::Checkpoint(Some(found)) if found == owner)
}

fn owner_in(header: &[u8]) -> Option<u128> {
    let is_known = number(header, MAGIC.len(), 4) == Some(u64::from(VERSION));
    let bytes = header.get(EARLIER_HEADER as usize..HEADER as usize)?;
    let bytes: [u8; 16] = bytes.try_into().ok()?;
    is_known.then(|| u128::from_le_bytes(bytes))
}

/// Whether a run may write its checkpoint at a path: nothing is there, or its own, before it too.
fn is_free(path: &Path, owner: u128) -> bool {
    [path, &previous(path)].into_iter().all(|path| match at(path) {
        Found::Nothing => true,
        Found::Checkpoint(found) => found == Some(owner),
        Found::Other => false,
    })
}

/// The path, or the first one beside it with a number, at which a run may write its checkpoint, locked
/// against others that look for one at the same time.
fn place(path: &Path, owner: u128) -> Result<(PathBuf, Option<Lock>), CommandError> {
    for number in 1..=MOST {
        let path = numbered(path, number);
        let lock = match Lock::take(&parent(&path).join(hidden(&path, ".lock")), "a checkpoint") {
            Ok(lock) => Some(lock),
            Err(Refused::Held(_)) => continue,
            // Where no lock can be made, nothing can be written either, or there are no locks.
            Err(Refused::Io(_)) => None,
        };
        if is_free(&path, owner) {
            return Ok((path, lock));
        }
    }
    Err(CommandError::run(format!(
        "{}: {MOST} checkpoints of other runs stand there; move them away",
        path.display()
    )))
}

fn numbered(path: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let ending = path.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    beside(&path.with_extension(""), &format!("-{number}{ending}"))
}

/// A file that knows what was written to it.
struct Framed<W> {
    file: W,
    digest: Xxh3,
    bytes: u64,
}

impl<W: Write> Framed<W> {
    fn new(file: W, owner: u128) -> io::Result<Framed<W>> {
        let mut framed = Framed { file, digest: Xxh3::new(), bytes: 0 };
        framed.write_all(MAGIC)?;
        framed.write_all(&VERSION.to_le_bytes())?;
        framed.write_all(&owner.to_le_bytes())?;
        Ok(framed)
    }

    fn finish(mut self) -> io::Result<()> {
        let length = self.bytes - HEADER;
        self.write_all(&length.to_le_bytes())?;
        let checksum = self.digest.digest128().to_le_bytes();
        self.file.write_all(&checksum)
    }
}

impl<W: Write> Write for Framed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Where the checkpoint before this one is kept.
pub fn previous(path: &Path) -> PathBuf {
    beside(path, ".previous")
}

/// Goes on from a checkpoint, as `resume` does it, or from the one before it, where that one alone will do.
/// It says so, unless it is `quiet`.
///
/// # Errors
/// What is wrong with the checkpoint, if the one before it will not do either.
pub fn or_previous<T>(
    path: &Path,
    quiet: bool,
    mut resume: impl FnMut(&Path) -> Result<T, CommandError>,
) -> Result<T, CommandError> {
    let failure = match resume(path) {
        Err(failure) if folder::is_taken(&previous(path)) => failure,
        resumed => return resumed,
    };
    let previous = previous(path);
    let Ok(resumed) = resume(&previous) else { return Err(failure) };
    if !quiet {
        terminal::note(&format!(
            "warning: {failure}\n  going on from the one before it, {}",
            previous.display()
        ));
    }
    Ok(resumed)
}

/// A checkpoint's content, ready to be read piece by piece.
pub type Content = Take<BufReader<File>>;

/// Opens a checkpoint that is whole, and whose run fits into memory on each of so many ranks: as when a
/// run begins, by the flag's limit \[bytes\] or else its scenario's.
///
/// # Errors
/// Those of [`open`]; if it is no checkpoint of this version, or too short for its scenario; if the run is
/// estimated to need more memory than it may.
pub fn allowed(path: &Path, limit: Option<u64>, ranks: usize) -> Result<Content, CommandError> {
    let mut content = open(path)?;
    let length = content.limit();
    let stored = contained(|| Stored::read(&mut content))
        .map_err(|reason| refusal(path, reason))?
        .map_err(|reason| refusal(path, reason))?;
    let estimate = Simulation::estimate(&stored.scenario, stored.table.as_deref())
        .map_err(|reason| refusal(path, reason))?;
    // Each household that is kept takes some bytes. Asked before the places are made, which may be those of
    // all the country if the scenario is forged.
    if estimate.records > length {
        return Err(refusal(
            path,
            format!("its {length} bytes cannot hold the {} households of its scenario", estimate.records),
        ));
    }
    memory::check(&stored.scenario, estimate.on(ranks), limit)?;
    memory::check_free(&stored.scenario, estimate.on(ranks), 1)?;
    from_its_beginning(content, path)
}

/// Goes back to the beginning of a checkpoint's content, after some of it was read.
///
/// # Errors
/// If the file cannot be read.
pub fn from_its_beginning(content: Content, path: &Path) -> Result<Content, CommandError> {
    let mut file = content.into_inner();
    let again = || {
        let mut header = Vec::new();
        file.rewind()?;
        file.by_ref().take(HEADER).read_to_end(&mut header)?;
        let begin = begin(&header);
        let end = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(begin))?;
        Ok(file.take(end.saturating_sub(begin + TRAILER)))
    };
    again().map_err(|error: io::Error| CommandError::reading(path, &error))
}

/// Where the content begins, by the form that a header names.
fn begin(header: &[u8]) -> u64 {
    if number(header, MAGIC.len(), 4) == Some(u64::from(EARLIER)) { EARLIER_HEADER } else { HEADER }
}

/// Opens a checkpoint that is whole: it is read once for that.
///
/// # Errors
/// If it cannot be read, is no checkpoint, is of another version, cut short or changed.
pub fn open(path: &Path) -> Result<Content, CommandError> {
    let reading = |error: io::Error| CommandError::reading(path, &error);
    let file = read::open(path).map_err(reading)?;
    read::length(&file, limits::CHECKPOINT).map_err(reading)?;
    let checked = content(BufReader::with_capacity(1 << 18, file));
    checked.map_err(reading)?.map_err(|reason| refusal(path, reason))
}

/// A refused checkpoint.
pub fn refusal(path: &Path, reason: impl std::fmt::Display) -> CommandError {
    CommandError::input(format!("{}: {reason}", path.display()))
}

/// The content of a file, at its beginning, or why it is none.
fn content<R: Read + Seek>(mut file: R) -> io::Result<Result<Take<R>, String>> {
    let size = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut header = Vec::new();
    file.by_ref().take(HEADER).read_to_end(&mut header)?;
    if !header.starts_with(MAGIC) {
        return Ok(Err("not a checkpoint of countryside".to_owned()));
    }
    let version = number(&header, MAGIC.len(), 4);
    if ![VERSION, EARLIER].map(u64::from).map(Some).contains(&version) {
        let found = version.map_or_else(|| "none".to_owned(), |version| version.to_string());
        return Ok(Err(format!("a checkpoint of form {found}; this program reads form {VERSION}")));
    }
    let cut = || Ok(Err("the checkpoint is cut short or changed: its length is wrong".to_owned()));
    let begin = begin(&header);
    header.truncate(begin as usize);
    let Some(length) = size.checked_sub(begin + TRAILER) else {
        return cut();
    };
    // The length first: what is cut short is not read to its end.
    let mut trailer = Vec::new();
    file.seek(SeekFrom::Start(size - TRAILER))?;
    file.by_ref().take(TRAILER).read_to_end(&mut trailer)?;
    if number(&trailer, 0, 8) != Some(length) {
        return cut();
    }
    let mut digest = Xxh3::new();
    digest.update(&header);
    file.seek(SeekFrom::Start(begin))?;
    read_into(&mut file, length, &mut digest)?;
    digest.update(&length.to_le_bytes());
    if trailer.get(8..) != Some(&digest.digest128().to_le_bytes()) {
        return Ok(Err("the checkpoint is changed: its checksum is wrong".to_owned()));
    }
    file.seek(SeekFrom::Start(begin))?;
    Ok(Ok(file.take(length)))
}

fn read_into(file: &mut impl Read, length: u64, digest: &mut Xxh3) -> io::Result<()> {
    let mut rest = file.take(length);
    let mut piece = vec![0; 1 << 18];
    loop {
        match rest.read(&mut piece)? {
            0 => return Ok(()),
            read => digest.update(&piece[..read]),
        }
    }
}

fn number(bytes: &[u8], at: usize, size: usize) -> Option<u64> {
    let mut number = [0; 8];
    number.get_mut(..size)?.copy_from_slice(bytes.get(at..at + size)?);
    Some(u64::from_le_bytes(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn load(path: &Path) -> Result<Vec<u8>, CommandError> {
        let mut bytes = Vec::new();
        let read = open(path)?.read_to_end(&mut bytes);
        read.map_err(|error| CommandError::reading(path, &error))?;
        Ok(bytes)
    }

    #[test]
    fn any_byte_flipped_or_missing_is_refused() {
        let text = b"the state of the world";
        let mut whole = Vec::new();
        let mut file = Framed::new(&mut whole, 7).unwrap();
        file.write_all(text).unwrap();
        file.finish().unwrap();
        let content = |bytes: Vec<u8>| {
            let mut found = Vec::new();
            super::content(io::Cursor::new(bytes)).unwrap()?.read_to_end(&mut found).unwrap();
            Ok::<_, String>(found)
        };
        assert_eq!(content(whole.clone()), Ok(text.to_vec()));
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x10;
            assert!(content(flipped).is_err(), "byte {at}");
            assert!(content(whole[..at].to_vec()).is_err(), "cut at {at}");
        }
        assert!(content([whole, vec![0]].concat()).is_err(), "one more byte");
    }

    #[test]
    fn the_one_before_is_kept_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.checkpoint");
        for content in [b"one", b"two", b"six"] {
            save(&path, 7, |file| file.write_all(content)).unwrap();
        }
        assert_eq!(load(&path).unwrap(), b"six");
        assert_eq!(load(&previous(&path)).unwrap(), b"two");
        let failed = save(&path, 7, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(load(&path).unwrap(), b"six", "a failed one replaces nothing");
        fs::write(&path, "rubbish").unwrap();
        assert_eq!(or_previous(&path, true, load).unwrap(), b"two");
        fs::remove_file(&path).unwrap();
        assert_eq!(or_previous(&path, true, load).unwrap(), b"two", "a missing one too");
        fs::write(&path, "rubbish").unwrap();
        fs::write(previous(&path), "more rubbish").unwrap();
        let message = or_previous(&path, true, load).unwrap_err().to_string();
        assert!(message.ends_with("a.checkpoint: not a checkpoint of countryside"), "{message}");
    }

    #[test]
    fn one_run_s_is_never_written_over_by_another_s() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.checkpoint");
        let put = |owner: u128, content: &[u8]| save(&path, owner, |file| file.write_all(content)).unwrap();
        assert_eq!(put(1, b"one"), path);
        let second = put(2, b"two");
        assert!(second.ends_with("tiny-2.checkpoint"), "{second:?}");
        assert_eq!(put(2, b"later"), second);
        assert_eq!(put(1, b"on"), path);
        assert_eq!(load(&path).unwrap(), b"on");
        assert_eq!(load(&second).unwrap(), b"later");
        assert!(refuse_if_taken(&path, 1).is_ok() && refuse_if_taken(&path, 2).is_err());
        fs::remove_file(&path).unwrap();
        assert!(put(3, b"x").ends_with("tiny-3.checkpoint"), "the one before it is another's too");
        let thesis = folder.path().join("thesis.tex");
        fs::write(&thesis, "dear").unwrap();
        assert!(refuse_if_taken(&thesis, 1).unwrap_err().to_string().contains("no checkpoint"));
        assert!(save(&thesis, 1, |file| file.write_all(b"x")).unwrap().ends_with("thesis-2.tex"));
        assert_eq!(fs::read(&thesis).unwrap(), b"dear");
    }

    /// Checkpoints of the form before say no owner: they are read, and never written over.
    #[test]
    fn the_form_before_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.checkpoint");
        let mut bytes = [&MAGIC[..], &EARLIER.to_le_bytes(), b"state", &5_u64.to_le_bytes()].concat();
        bytes.extend(xxhash_rust::xxh3::xxh3_128(&bytes).to_le_bytes());
        fs::write(&path, bytes).unwrap();
        assert_eq!(load(&path).unwrap(), b"state");
        let mut content = open(&path).unwrap();
        content.read_to_end(&mut Vec::new()).unwrap();
        let mut again = Vec::new();
        from_its_beginning(content, &path).unwrap().read_to_end(&mut again).unwrap();
        assert_eq!(again, b"state");
        assert!(save(&path, 1, |file| file.write_all(b"x")).unwrap().ends_with("old-2.checkpoint"));
    }
}
