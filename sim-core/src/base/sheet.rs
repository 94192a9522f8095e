//! Comma-separated files: the one reader of all that the program takes, and what its writers have in common.
//!
//! Files come from spreadsheets and from other programs. What is harmless is read (a byte-order mark, CRLF,
//! blank lines, no last line end); what would be misread is refused with the line and the way to save it
//! instead: semicolons or tabs between cells, UTF-16, GBK, a workbook. Cells are texts here: what they mean
//! is for whoever asked for the file.
//!
//! ```
//! use sim_core::base::sheet::Sheet;
//! let mut sheet = Sheet::open("\u{FEFF}name,height\r\nTonglu,30\r\n".as_bytes())?;
//! assert_eq!(sheet.header(), ["name", "height"]);
//! let row = sheet.next_row().ok_or("no row")??;
//! assert_eq!((row.line(), row.get(0), row.get(1)), (2, "Tonglu", "30"));
//! assert!(Sheet::open("name;height\nTonglu;30\n".as_bytes()).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::localised::{Language, Localised, Speaker};
use super::wanted::Wanted;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Chain, Cursor, Read};

/// What written files begin with, so that a spreadsheet takes them for UTF-8 and shows Chinese as it is.
pub const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Bytes that are looked at before anything is read.
const HEAD: u64 = 1 << 16;

/// Why a file, or a row of it, cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetError {
    /// The line, from 1; 0 for the file as a whole.
    pub line: u64,
    /// What was expected, what is there, and what to do.
    pub expected: Wanted,
}

impl Localised for SheetError {
    fn localised(&self, speaker: Speaker) -> String {
        let (line, expected) = (self.line, self.expected.localised(speaker));
        match (speaker.language, line) {
            (Language::English, 0) => format!("expected {expected}"),
            (Language::English, _) => format!("line {line}: expected {expected}"),
            (Language::Chinese, 0) => format!("应为{expected}"),
            (Language::Chinese, _) => format!("第 {line} 行：应为{expected}"),
        }
    }

    fn sample() -> SheetError {
        SheetError { line: 3, expected: Wanted::Utf8 }
    }
}

/// In English.
impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.localised(Speaker::ENGLISH))
    }
}

impl std::error::Error for SheetError {}

/// A row, of as many cells as the header has.
#[derive(Clone, Copy, Debug)]
pub struct Row<'s> {
    line: u64,
    record: &'s csv::StringRecord,
}

impl<'s> Row<'s> {
    /// The line on which it begins, from 1.
    pub fn line(self) -> u64 {
        self.line
    }

    /// The cell of a column, as it is written; empty beyond the last.
    pub fn get(self, column: usize) -> &'s str {
        self.record.get(column).unwrap_or_default()
    }
}

/// A file that is being read, row by row.
pub struct Sheet<R> {
    reader: csv::Reader<LineEnds<Chain<Cursor<Vec<u8>>, R>>>,
    header: Vec<String>,
    header_line: u64,
    record: csv::StringRecord,
    keeps_blank: bool,
    is_over: bool,
}

/// A text whose lines all end in a line feed, the last included: what Windows (CRLF) and old Macs (CR) write
/// is turned into it, so that lines are counted alike.
struct LineEnds<R> {
    source: R,
    /// The last byte that was read; a line feed before the first.
    last: u8,
    is_over: bool,
}

impl<R: Read> LineEnds<R> {
    fn of(source: R) -> LineEnds<R> {
        LineEnds { source, last: b'\n', is_over: false }
    }
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.is_over || into.is_empty() {
                return Ok(0);
            }
            let count = self.source.read(into)?;
            if count == 0 {
                self.is_over = true;
                if matches!(self.last, b'\n' | b'\r') {
                    return Ok(0);
                }
                into[0] = b'\n';
                return Ok(1);
            }
            let mut kept = 0;
            for at in 0..count {
                let byte = into[at];
                let is_second = byte == b'\n' && self.last == b'\r';
                self.last = byte;
                if !is_second {
                    into[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
            }
            // A line feed alone, the second half of an end: nothing to hand on is no end of the text.
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

impl<R: Read> Sheet<R> {
    /// Begins to read a file that a person or another program made: rows without any content are passed over.
    ///
    /// # Errors
    /// If it is empty, no text in UTF-8, or its cells are not separated by commas.
    pub fn open(source: R) -> Result<Sheet<R>, SheetError> {
        Sheet::begin(source, false)
    }

    /// Begins to read a file that this program wrote: every row counts, with or without content.
    ///
    /// # Errors
    /// As for [`Sheet::open`].
    pub fn reopen(source: R) -> Result<Sheet<R>, SheetError> {
        Sheet::begin(source, true)
    }

    fn begin(mut source: R, keeps_blank: bool) -> Result<Sheet<R>, SheetError> {
        let mut head = Vec::new();
        let read = source.by_ref().take(HEAD).read_to_end(&mut head);
        read.map_err(|error| whole(Wanted::Readable { reason: error.to_string() }))?;
        if head.starts_with(MARK) {
            head.drain(..MARK.len());
        }
        check_head(&head)?;
        let reader = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .from_reader(LineEnds::of(Cursor::new(head).chain(source)));
        let mut sheet = Sheet {
            reader,
            header: Vec::new(),
            header_line: 1,
            record: csv::StringRecord::new(),
            keeps_blank,
            is_over: false,
        };
        sheet.advance().unwrap_or_else(|| Err(whole(Wanted::HeaderAndRow)))?;
        sheet.header_line = sheet.line();
        sheet.header = sheet.record.iter().map(|cell| cell.trim().to_owned()).collect();
        Ok(sheet)
    }

    /// The names of the columns, without blanks around them.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The line of the header, from 1.
    pub fn header_line(&self) -> u64 {
        self.header_line
    }

    /// The next row. After the error of a row the next one can be asked for; after one of the file there is
    /// none.
    pub fn next_row(&mut self) -> Option<Result<Row<'_>, SheetError>> {
        let (has, width) = match self.advance()? {
            Ok(()) => (self.record.len(), self.header.len()),
            Err(fault) => return Some(Err(fault)),
        };
        Some(if has == width {
            Ok(Row { line: self.line(), record: &self.record })
        } else {
            let expected = if width == 1 { Wanted::OneCell { has } } else { Wanted::Cells { width, has } };
            Err(SheetError { line: self.line(), expected })
        })
    }

    fn line(&self) -> u64 {
        self.begun(self.record.iter().map(str::as_bytes))
    }

    /// The line on which the record of these cells, the last that was read, began. Counted from its end:
    /// where a record begins, the reader of cells has not yet passed over the blank lines before it.
    fn begun<'c>(&self, cells: impl Iterator<Item = &'c [u8]>) -> u64 {
        let within = cells.flatten().filter(|&&byte| byte == b'\n').count() as u64;
        self.reader.position().line().saturating_sub(1 + within)
    }

    /// Goes on to the next record, which may have any number of cells.
    fn advance(&mut self) -> Option<Result<(), SheetError>> {
        loop {
            if self.is_over {
                return None;
            }
            let mut record = std::mem::take(&mut self.record).into_byte_record();
            match self.reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return self.over(None),
                Err(fault) => return self.over(Some(fault.to_string())),
            }
            let blank = |cell: &[u8]| cell.iter().all(u8::is_ascii_whitespace);
            if !self.keeps_blank && record.iter().all(blank) {
                self.record = csv::StringRecord::from_byte_record_lossy(record);
                continue;
            }
            let line = self.begun(record.iter());
            return Some(match csv::StringRecord::from_byte_record(record) {
                Ok(record) => {
                    self.record = record;
                    Ok(())
                }
                Err(_) => Err(SheetError { line, expected: Wanted::Utf8 }),
            });
        }
    }

    fn over(&mut self, fault: Option<String>) -> Option<Result<(), SheetError>> {
        self.is_over = true;
        fault.map(|fault| Err(whole(Wanted::Rows { reason: fault })))
    }
}

fn whole(expected: Wanted) -> SheetError {
    SheetError { line: 0, expected }
}

/// Refuses what is no text, or text of another sort, by its first bytes.
fn check_head(head: &[u8]) -> Result<(), SheetError> {
    let refuse = |expected: Wanted| Err(whole(expected));
    match head {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return refuse(Wanted::NotUtf16),
        [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            return refuse(Wanted::NoWorkbook);
        }
        _ if head.contains(&0) => return refuse(Wanted::NotBinary),
        _ if head.iter().all(u8::is_ascii_whitespace) => return Err(whole(Wanted::HeaderAndRow)),
        _ => {}
    }
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let line = 1 + head.iter().take(start).filter(|&&byte| byte == b'\n').count() as u64;
    let first = head
        .get(start..)
        .unwrap_or_default()
        .split(|&byte| byte == b'\n' || byte == b'\r')
        .next()
        .unwrap_or_default();
    let refuse = |expected: Wanted| Err(SheetError { line, expected });
    if first.starts_with(b"sep=") {
        return refuse(Wanted::NoSeparatorLine);
    }
    let (mut quoted, mut counts) = (false, [0_usize; 3]);
    for byte in first {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => counts[0] += 1,
            b';' if !quoted => counts[1] += 1,
            b'\t' if !quoted => counts[2] += 1,
            _ => {}
        }
    }
    let other = match counts {
        [0, semicolons, tabs] if semicolons > 0 && semicolons >= tabs => Wanted::NoSemicolons,
        [0, _, tabs] if tabs > 0 => Wanted::NoTabs,
        _ => return Ok(()),
    };
    refuse(other)
}

/// The text, with an apostrophe before what a spreadsheet would run as a formula, and before what looks
/// guarded already, so that [`unguarded`] gives every text back.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text
        .trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'])
    {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text without the apostrophe that [`guarded`] put before it.
pub fn unguarded(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'').unwrap_or(cell);
    match guarded(bare) {
        Cow::Owned(_) => bare,
        Cow::Borrowed(_) => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>, SheetError> {
        let mut sheet = Sheet::open(bytes)?;
        let mut rows = Vec::new();
        while let Some(row) = sheet.next_row() {
            let row = row?;
            rows.push((row.line(), row.record.iter().map(str::to_owned).collect()));
        }
        Ok(rows)
    }

    fn refused(bytes: &[u8]) -> String {
        rows(bytes).unwrap_err().to_string()
    }

    #[test]
    fn every_harmless_spelling_reads_the_same() {
        let plain = rows(b"a,b\n1,x\n").unwrap();
        for other in [
            &b"\xEF\xBB\xBFa,b\n1,x\n"[..],
            b"a,b\r\n1,x\r\n",
            b"a,b\r1,x\r",
            b"a,b\n1,x",
            b"\"a\",\"b\"\n\"1\",\"x\"\n",
            b" a , b \n1,x\n,\n , \n",
        ] {
            assert_eq!(rows(other).unwrap(), plain, "{}", String::from_utf8_lossy(other));
        }
        assert_eq!(rows(b"\n\na,b\n\n1,x\n").unwrap()[0].0, 5);
        assert_eq!(
            rows(b"a,b\r\n\r\n1,x\r\n\"2\r\n3\",y\r\n4,z")
                .unwrap()
                .iter()
                .map(|row| row.0)
                .collect::<Vec<_>>(),
            [3, 4, 6]
        );
    }

    #[test]
    fn what_would_be_misread_is_refused_with_a_remedy() {
        assert_eq!(
            refused(b"a;b\n1,5;2\n"),
            "line 1: expected commas between the cells, which are separated by semicolons: save as CSV with \
             commas, and numbers with a point"
        );
        assert!(refused(b"a\tb\n1\t2\n").contains("separated by tabs"));
        let utf16: Vec<u8> = "\u{FEFF}a,b\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(refused(&utf16).contains("the file is in UTF-16: save as \"CSV UTF-8"));
        assert!(refused(&utf16[2..]).contains("binary, or in UTF-16"));
        assert!(refused(b"a,b\n1,\xB9\xE3\xD6\xDD\n").starts_with("line 2: expected text in UTF-8"));
        assert!(refused(b"PK\x03\x04xx").contains("a workbook"));
        assert!(refused(b"sep=;\na;b\n").contains("delete the line"));
        assert_eq!(refused(b"a,b\n1,2,3\n"), "line 2: expected 2 cells, like the header; this row has 3");
        assert_eq!(refused(b""), "expected a header and at least one row");
    }

    #[test]
    fn semicolons_within_cells_are_no_separators() {
        assert_eq!(rows(b"a,b;c\n1,2\n").unwrap().len(), 1);
        assert_eq!(rows(b"\"a;b\"\n1\n").unwrap().len(), 1);
    }

    #[test]
    fn a_row_that_is_wrong_does_not_hide_those_below() {
        let mut sheet = Sheet::open(&b"a,b\n1\n2,y\n"[..]).unwrap();
        assert!(sheet.next_row().unwrap().is_err());
        assert_eq!(sheet.next_row().unwrap().unwrap().get(1), "y");
        assert!(sheet.next_row().is_none());
    }

    #[test]
    fn guards_come_off_again() {
        for text in ["=1+1", "'=1", "plain", "'quoted'", "-3", "＝1", ""] {
            assert_eq!(unguarded(&guarded(text)), text);
        }
        assert_eq!(guarded("=1"), "'=1");
    }
}
