//! Faults that a test plants: what writes, names and removes asks here first.
//!
//! A program that was built for release has none of this. One that was built for tests counts what it does to
//! files, and does as `COUNTRYSIDE_FAULT` says:
//!
//! ```text
//! full@N   from the N-th operation on the disk is full: nothing more is written or made
//! io@N     the N-th operation fails with an error of the device, and none after it
//! kill@N   the process is killed before the N-th operation
//! tear@N   the process is killed in the middle of the N-th operation, if that is a write, or before it
//! count@F  nothing fails; how many operations there were stands in the file F
//! ```
//!
//! Tracing system calls from outside was rejected: it needs rights that few machines of CI give, and sees
//! what the program's libraries do for themselves.

use std::io::{self, Write};

/// What is done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// It is made or becomes longer.
    Grow,
    /// It is brought to the disk.
    Sync,
    /// It gets or loses a name.
    Name,
}

/// Called before an operation on a file.
///
/// # Errors
/// The planted one.
#[cfg(not(debug_assertions))]
#[inline]
pub fn before(_: Operation) -> io::Result<()> {
    Ok(())
}

/// Writes what a writer takes of some bytes.
///
/// # Errors
/// What the writer refused, or the planted fault.
#[cfg(not(debug_assertions))]
#[inline]
pub fn write(to: &mut impl Write, bytes: &[u8]) -> io::Result<usize> {
    to.write(bytes)
}

#[cfg(debug_assertions)]
pub use planted::{before, write};

#[cfg(debug_assertions)]
mod planted {
    use super::{Operation, Write, io};
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// The variable that plants a fault.
    const VARIABLE: &str = "COUNTRYSIDE_FAULT";

    #[derive(Clone, Debug, PartialEq, Eq)]
    enum Fault {
        None,
        Full(u64),
        Device(u64),
        Kill(u64),
        Tear(u64),
        Count(String),
    }

    static DONE: AtomicU64 = AtomicU64::new(0);

    fn fault() -> &'static Fault {
        static FAULT: OnceLock<Fault> = OnceLock::new();
        FAULT.get_or_init(|| std::env::var(VARIABLE).map_or(Fault::None, |text| read(&text)))
    }

    fn read(text: &str) -> Fault {
        let Some((kind, at)) = text.split_once('@') else { return Fault::None };
        let number = at.parse();
        match (kind, number) {
            ("full", Ok(number)) => Fault::Full(number),
            ("io", Ok(number)) => Fault::Device(number),
            ("kill", Ok(number)) => Fault::Kill(number),
            ("tear", Ok(number)) => Fault::Tear(number),
            ("count", _) => Fault::Count(at.to_owned()),
            _ => Fault::None,
        }
    }

    /// What is to happen at an operation.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Happens {
        Nothing,
        Fails(io::ErrorKind),
        Killed,
        Torn,
    }

    fn at(fault: &Fault, number: u64, operation: Operation) -> Happens {
        match *fault {
            Fault::Full(from) if number >= from && operation == Operation::Grow => {
                Happens::Fails(io::ErrorKind::StorageFull)
            }
            Fault::Device(at) if number == at => Happens::Fails(io::ErrorKind::Other),
            Fault::Kill(at) if number == at => Happens::Killed,
            Fault::Tear(at) if number == at => Happens::Torn,
            _ => Happens::Nothing,
        }
    }

    fn next(operation: Operation) -> Happens {
        let fault = fault();
        if *fault == Fault::None {
            return Happens::Nothing;
        }
        let number = DONE.fetch_add(1, Ordering::SeqCst) + 1;
        if let Fault::Count(file) = fault {
            let _ = std::fs::write(file, number.to_string());
        }
        at(fault, number, operation)
    }

    fn refused(kind: io::ErrorKind) -> io::Error {
        match kind {
            io::ErrorKind::Other => io::Error::other("Input/output error (planted)"),
            kind => kind.into(),
        }
    }

    /// Ends the process as `kill -9` does.
    fn die() -> io::Error {
        #[cfg(unix)]
        {
            use rustix::process::{Signal, getpid, kill_process};
            let _ = kill_process(getpid(), Signal::KILL);
        }
        std::process::abort()
    }

    /// Called before an operation on a file.
    ///
    /// # Errors
    /// The planted one.
    pub fn before(operation: Operation) -> io::Result<()> {
        match next(operation) {
            Happens::Nothing => Ok(()),
            Happens::Fails(kind) => Err(refused(kind)),
            Happens::Killed | Happens::Torn => Err(die()),
        }
    }

    /// Writes what a writer takes of some bytes.
    ///
    /// # Errors
    /// What the writer refused, or the planted fault.
    pub fn write(to: &mut impl Write, bytes: &[u8]) -> io::Result<usize> {
        match next(Operation::Grow) {
            Happens::Nothing => to.write(bytes),
            Happens::Fails(kind) => Err(refused(kind)),
            Happens::Killed => Err(die()),
            Happens::Torn => {
                to.write_all(bytes.get(..bytes.len() / 2).unwrap_or_default())?;
                to.flush()?;
                Err(die())
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn faults_happen_where_they_were_planted() {
            let full = read("full@3");
            let fails = Happens::Fails(io::ErrorKind::StorageFull);
            let grown = [1, 2, 3, 9].map(|number| at(&full, number, Operation::Grow));
            assert_eq!(grown, [Happens::Nothing, Happens::Nothing, fails, fails]);
            assert_eq!(at(&full, 9, Operation::Name), Happens::Nothing, "names and removals need no room");
            let device = read("io@2");
            assert_eq!(at(&device, 2, Operation::Sync), Happens::Fails(io::ErrorKind::Other));
            assert_eq!(at(&device, 3, Operation::Sync), Happens::Nothing);
            assert_eq!(at(&read("kill@1"), 1, Operation::Name), Happens::Killed);
            assert_eq!(at(&read("tear@1"), 1, Operation::Grow), Happens::Torn);
            assert_eq!(["", "io", "io@x", "x@1"].map(read), [const { Fault::None }; 4]);
        }
    }
}
