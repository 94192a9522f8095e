//! Checkpoints as files: recognised, complete, unchanged, and never the only one at risk.
//!
//! ```text
//! 16 bytes  "countryside.ckpt"
//!  4 bytes  version of this form, little endian
//!           content, as the simulation wrote it
//!  8 bytes  length of the content \[bytes\], little endian
//! 16 bytes  xxh3-128 of all that goes before, little endian
//! ```
//!
//! Written and read piece by piece, however large: the length comes after the content, when it is known.
//!
//! A new checkpoint is complete on the disk before it takes the name of the old one, which is kept as
//! `NAME.previous`. Writing over the old one was rejected: a full disk or a power cut would take both.

use crate::failure::Failure;
use crate::output::file::write_atomically_with;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

const MAGIC: &[u8; 16] = b"countryside.ckpt";
const VERSION: u32 = 2;
/// Before and after the content \[bytes\].
const HEADER: u64 = 20;
const TRAILER: u64 = 24;

/// Writes a checkpoint, whose content `fill` writes, and keeps the one that was there under another name.
///
/// # Errors
/// What `fill` reports, or if it cannot be written; the one that was there is then untouched.
pub fn save(path: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<(), io::Error>) -> Result<(), Failure> {
    let written = write_atomically_with(path, |file| {
        let mut framed = Framed::new(file)?;
        fill(&mut framed)?;
        framed.finish()?;
        keep_previous(path)
    });
    written.map_err(|error| Failure::writing(path, &error, None))
}

/// A file that knows what was written to it.
struct Framed<W> {
    file: W,
    digest: Xxh3,
    bytes: u64,
}

impl<W: Write> Framed<W> {
    fn new(file: W) -> io::Result<Framed<W>> {
        let mut framed = Framed {
            file,
            digest: Xxh3::new(),
            bytes: 0,
        };
        framed.write_all(MAGIC)?;
        framed.write_all(&VERSION.to_le_bytes())?;
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

/// Gives the present file a second name. The first one stays, so that there is a checkpoint at every moment; on
/// file systems without second names it is moved.
fn keep_previous(path: &Path) -> io::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let previous = previous(path);
    match fs::remove_file(&previous) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::hard_link(path, &previous).or_else(|_| fs::rename(path, &previous))
}

/// Where the checkpoint before this one is kept.
pub fn previous(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".previous");
    PathBuf::from(name)
}

/// Reads a checkpoint's content whole.
///
/// # Errors
/// Those of [`open`].
pub fn load(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = open(path)?.read_to_end(&mut bytes);
    read.map_err(|error| Failure::reading(path, &error))?;
    Ok(bytes)
}

/// A checkpoint's content, ready to be read piece by piece.
pub type Content = Take<BufReader<File>>;

/// Opens a checkpoint that is whole: it is read once for that.
///
/// # Errors
/// If it cannot be read, is no checkpoint, is of another version, cut short or changed; says so if there is a
/// previous one.
pub fn open(path: &Path) -> Result<Content, Failure> {
    let file = File::open(path).map_err(|error| Failure::reading(path, &error))?;
    let checked = content(BufReader::with_capacity(1 << 18, file));
    checked
        .map_err(|error| Failure::reading(path, &error))?
        .map_err(|reason| refusal(path, reason))
}

/// A refused checkpoint, with the way out if there is one.
pub fn refusal(path: &Path, reason: impl std::fmt::Display) -> Failure {
    let previous = previous(path);
    let help = if previous.exists() {
        format!("\n  help: the checkpoint before it is {}", previous.display())
    } else {
        String::new()
    };
    Failure::input(format!("{}: {reason}{help}", path.display()))
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
    if version != Some(u64::from(VERSION)) {
        let found = version.map_or_else(|| "none".to_owned(), |version| version.to_string());
        return Ok(Err(format!(
            "a checkpoint of form {found}; this program reads form {VERSION}"
        )));
    }
    let cut = || {
        Ok(Err(
            "the checkpoint is cut short or changed: its length is wrong".to_owned()
        ))
    };
    let Some(length) = size.checked_sub(HEADER + TRAILER) else {
        return cut();
    };
    let mut digest = Xxh3::new();
    digest.update(&header);
    read_into(&mut file, length, &mut digest)?;
    let mut trailer = Vec::new();
    file.by_ref().take(TRAILER).read_to_end(&mut trailer)?;
    if number(&trailer, 0, 8) != Some(length) {
        return cut();
    }
    digest.update(&length.to_le_bytes());
    if trailer.get(8..) != Some(&digest.digest128().to_le_bytes()) {
        return Ok(Err("the checkpoint is changed: its checksum is wrong".to_owned()));
    }
    file.seek(SeekFrom::Start(HEADER))?;
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

    #[test]
    fn any_byte_flipped_or_missing_is_refused() {
        let text = b"the state of the world";
        let mut whole = Vec::new();
        let mut file = Framed::new(&mut whole).unwrap();
        file.write_all(text).unwrap();
        file.finish().unwrap();
        let content = |bytes: Vec<u8>| {
            let mut found = Vec::new();
            super::content(io::Cursor::new(bytes))
                .unwrap()?
                .read_to_end(&mut found)
                .unwrap();
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
            save(&path, |file| file.write_all(content)).unwrap();
        }
        assert_eq!(load(&path).unwrap(), b"six");
        assert_eq!(load(&previous(&path)).unwrap(), b"two");
        let failed = save(&path, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(load(&path).unwrap(), b"six", "a failed one replaces nothing");
        fs::write(&path, "rubbish").unwrap();
        let message = load(&path).unwrap_err().to_string();
        assert!(message.contains("a.checkpoint.previous"), "{message}");
    }
}
