//! Text whose lines are not endless, so that a reader that holds one line holds no more than that.

use std::io::{self, Read};

/// The longest line of a table \[bytes\].
const LONGEST: usize = 1 << 20;

/// A reader that refuses a line which does not end.
pub struct BoundedLines<R> {
    inner: R,
    since: usize,
}

impl<R: Read> BoundedLines<R> {
    /// The text of a reader.
    pub fn of(inner: R) -> BoundedLines<R> {
        BoundedLines { inner, since: 0 }
    }
}

impl<R: Read> Read for BoundedLines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        let bytes = into.get(..read).unwrap_or_default();
        self.since = match bytes.iter().rposition(|&byte| byte == b'\n') {
            Some(last) => read - last - 1,
            None => self.since + read,
        };
        if self.since > LONGEST {
            return Err(io::Error::other(format!("a line longer than {} MiB", LONGEST >> 20)));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_line_is_refused_and_many_lines_are_not() {
        let lines = "x,1\n".repeat(LONGEST / 3);
        assert_eq!(
            io::copy(&mut BoundedLines::of(lines.as_bytes()), &mut io::sink()).unwrap(),
            lines.len() as u64
        );
        assert!(io::copy(&mut BoundedLines::of(io::repeat(0)), &mut io::sink()).is_err());
    }
}
