//! Checkpoints as files: recognised, complete, unchanged, and never the only one at risk.
//!
//! ```text
//! 16 bytes  "countryside.ckpt"
//!  4 bytes  version of this form, little endian
//!  8 bytes  length of the content \[bytes\], little endian
//!           content, as the simulation wrote it
//! 16 bytes  xxh3-128 of all that goes before, little endian
//! ```
//!
//! A new checkpoint is complete on the disk before it takes the name of the old one, which is kept as
//! `NAME.previous`. Writing over the old one was rejected: a full disk or a power cut would take both.

use crate::failure::Failure;
use crate::output::file::write_atomically;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_128;

const MAGIC: &[u8; 16] = b"countryside.ckpt";
const VERSION: u32 = 1;
const HEADER: usize = 28;
const CHECKSUM: usize = 16;

/// Writes a checkpoint, keeping the one that was there under another name.
///
/// # Errors
/// If it cannot be written; the one that was there is then untouched.
pub fn save(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let bytes = framed(content);
    let fault = |error: io::Error| Failure::writing(path, &error, Some(bytes.len() as u64));
    keep_previous(path).map_err(fault)?;
    write_atomically(path, &bytes).map_err(fault)
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

/// Reads a checkpoint's content.
///
/// # Errors
/// If it cannot be read, is no checkpoint, is of another version, cut short or changed; says so if there is a
/// previous one.
pub fn load(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes));
    read.map_err(|error| Failure::reading(path, &error))?;
    content(bytes).map_err(|reason| refusal(path, reason))
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

fn framed(content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + content.len() + CHECKSUM);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&(content.len() as u64).to_le_bytes());
    bytes.extend_from_slice(content);
    let checksum = xxh3_128(&bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes
}

fn content(mut bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if !bytes.starts_with(MAGIC) {
        return Err("not a checkpoint of countryside".to_owned());
    }
    let version = number(&bytes, MAGIC.len(), 4);
    if version != Some(u64::from(VERSION)) {
        let found = version.map_or_else(|| "none".to_owned(), |version| version.to_string());
        return Err(format!(
            "a checkpoint of form {found}; this program reads form {VERSION}"
        ));
    }
    let length = number(&bytes, MAGIC.len() + 4, 8);
    let expected = length.and_then(|length| length.checked_add((HEADER + CHECKSUM) as u64));
    if expected != Some(bytes.len() as u64) {
        return Err("the checkpoint is cut short or changed: its length is wrong".to_owned());
    }
    let (body, checksum) = bytes.split_at(bytes.len() - CHECKSUM);
    if xxh3_128(body).to_le_bytes() != *checksum {
        return Err("the checkpoint is changed: its checksum is wrong".to_owned());
    }
    bytes.truncate(bytes.len() - CHECKSUM);
    bytes.drain(..HEADER);
    Ok(bytes)
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
        let whole = framed(b"the state of the world");
        assert_eq!(content(whole.clone()), Ok(b"the state of the world".to_vec()));
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
            save(&path, content).unwrap();
        }
        assert_eq!(load(&path).unwrap(), b"six");
        assert_eq!(load(&previous(&path)).unwrap(), b"two");
        fs::write(&path, "rubbish").unwrap();
        let message = load(&path).unwrap_err().to_string();
        assert!(message.contains("a.checkpoint.previous"), "{message}");
    }
}
