//! Opening: regular files only, at once, and without links where links are not wanted.

use sim_core::base::FileError;
use sim_core::base::file_error::NoFile;
use std::fs::{File, FileType, Metadata, OpenOptions};
use std::io;
use std::path::{Component, Path};

/// Refuses what is no regular file, in words.
pub fn regular(metadata: &Metadata) -> io::Result<()> {
    match metadata.file_type() {
        kind if kind.is_file() => Ok(()),
        kind => Err(refused(kind)),
    }
}

fn refused(kind: FileType) -> io::Error {
    no_file(described(kind))
}

fn no_file(what: NoFile) -> io::Error {
    FileError::NotRegularBut { what }.into()
}

fn described(kind: FileType) -> NoFile {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        match kind {
            kind if kind.is_fifo() => return NoFile::Pipe,
            kind if kind.is_socket() => return NoFile::Socket,
            kind if kind.is_char_device() || kind.is_block_device() => return NoFile::Device,
            _ => {}
        }
    }
    match kind {
        kind if kind.is_dir() => NoFile::Folder,
        kind if kind.is_symlink() => NoFile::Link,
        _ => NoFile::Other,
    }
}

/// Options that wait for nobody: a pipe without a writer opens at once, and is then refused.
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits() as i32);
    }
    options.read(true);
    options
}

/// The names that lead from a folder to a file in it.
///
/// # Errors
/// If the path leads out of the folder, or nowhere.
pub fn names(inside: &Path) -> io::Result<Vec<&std::ffi::OsStr>> {
    let plain = |part| match part {
        Component::Normal(name) => Ok(name),
        _ => Err(FileError::LeavesFolder),
    };
    let names: Vec<_> = inside.components().map(plain).collect::<Result<_, _>>()?;
    if names.is_empty() {
        return Err(FileError::NoFileName.into());
    }
    Ok(names)
}

/// What a link is refused with.
pub fn a_link() -> io::Error {
    FileError::Link.into()
}

/// How a file in a folder is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// To be read; it must be there.
    Read,
    /// To be locked; it is made if it is not there, and never truncated.
    Lock,
}

/// Opens a regular file in a folder; below the folder no link is followed.
#[cfg(unix)]
pub fn open_in(folder: &Path, inside: &Path, purpose: Use) -> io::Result<File> {
    use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, openat, statat};
    use std::os::fd::OwnedFd;
    let names = names(inside)?;
    let (last, above) = names.split_last().ok_or_else(|| io::Error::from(FileError::NoFileName))?;
    let way = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let mut at: OwnedFd = openat(CWD, folder, way, Mode::empty())?;
    for name in above {
        at = openat(&at, *name, way | OFlags::NOFOLLOW, Mode::empty()).map_err(|error| {
            let known = statat(&at, *name, AtFlags::SYMLINK_NOFOLLOW);
            let link = known.is_ok_and(|known| FileType::from_raw_mode(known.st_mode) == FileType::Symlink);
            if link { a_link() } else { error.into() }
        })?;
    }
    // Asked before it is opened: opening alone may do something to a device.
    match statat(&at, *last, AtFlags::SYMLINK_NOFOLLOW).map(|known| FileType::from_raw_mode(known.st_mode)) {
        Ok(FileType::Symlink) => return Err(a_link()),
        Ok(FileType::RegularFile) => {}
        Ok(FileType::Fifo) => return Err(no_file(NoFile::Pipe)),
        Ok(FileType::Socket) => return Err(no_file(NoFile::Socket)),
        Ok(FileType::Directory) => return Err(no_file(NoFile::Folder)),
        Ok(_) => return Err(no_file(NoFile::Device)),
        Err(error) if purpose == Use::Lock && io::Error::from(error).kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let common = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let own = match purpose {
        Use::Read => OFlags::RDONLY,
        Use::Lock => OFlags::RDWR | OFlags::CREATE,
    };
    let opened = openat(&at, *last, common | own, Mode::from_raw_mode(0o666));
    let file = File::from(
        opened.map_err(|error| if error == rustix::io::Errno::LOOP { a_link() } else { error.into() })?,
    );
    regular(&file.metadata()?)?;
    Ok(file)
}

/// Opens a regular file in a folder; below the folder no link is followed.
#[cfg(not(unix))]
pub fn open_in(folder: &Path, inside: &Path, purpose: Use) -> io::Result<File> {
    let mut path = folder.to_owned();
    for name in names(inside)? {
        path.push(name);
        match std::fs::symlink_metadata(&path) {
            Ok(known) if known.is_symlink() => return Err(a_link()),
            _ => {}
        }
    }
    let mut options = options();
    match purpose {
        Use::Read => regular(&std::fs::metadata(&path)?)?,
        Use::Lock => drop(options.write(true).create(true).truncate(false)),
    }
    let file = options.open(&path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}
