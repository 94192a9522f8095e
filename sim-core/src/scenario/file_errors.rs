//! The faults of one file, collected with their places.

use super::advice::Advice;
use super::cursor::SyntaxError;
use super::error::{InputError, whole_file};
use super::excerpt::Excerpt;
use super::hostile::shown;
use super::issue::Issue;
use super::leaf::ValueError;
use super::lines::Lines;

/// Faults of a file after which the rest is counted, not listed.
const MOST_FAULTS: usize = 100;

/// The faults of one file, collected with their places.
pub struct FileErrors<'t> {
    /// Whether the file's structure could be read, so that a field not seen is missing.
    pub is_whole: bool,
    file: &'t str,
    lines: Lines<'t>,
    faults: Vec<InputError>,
    unlisted: usize,
}

impl<'t> FileErrors<'t> {
    /// A report on a file's text.
    pub fn new(file: &'t str, text: &'t str) -> FileErrors<'t> {
        FileErrors { is_whole: true, file, lines: Lines::of(text), faults: Vec::new(), unlisted: 0 }
    }

    /// The file's name.
    pub fn file(&self) -> &str {
        self.file
    }

    /// Line and column of an offset.
    pub fn place(&self, at: usize) -> (u32, u32) {
        self.lines.place(at)
    }

    /// The line of an offset, with the value that stands there meant.
    pub(super) fn excerpt(&self, at: usize, value: &str) -> Option<Excerpt> {
        Excerpt::of(self.lines.text(), at, value)
    }

    /// Adds a fault of the field at a path.
    pub fn add(&mut self, path: &str, problem: ValueError) {
        self.add_with(path, || problem);
    }

    /// The same for a problem that takes long to describe: only if it is to be listed.
    pub(crate) fn add_with(&mut self, path: &str, problem: impl FnOnce() -> ValueError) {
        if self.faults.len() >= MOST_FAULTS {
            self.unlisted += 1;
            return;
        }
        let mut problem = problem();
        let also = std::mem::take(&mut problem.also);
        let (line, column) = self.place(problem.at);
        let excerpt = self.excerpt(problem.at, &problem.value);
        self.faults.push(InputError {
            file: self.file.to_owned(),
            line,
            column,
            path: shown(path),
            value: problem.value,
            message: *problem.message,
            suggestion: *problem.suggestion,
            excerpt,
        });
        also.into_iter().for_each(|problem| self.add(path, problem));
    }

    /// Adds a fault of syntax, after which fields may have been skipped.
    pub fn add_syntax(&mut self, fault: SyntaxError) {
        self.is_whole = false;
        let path = fault.path.clone();
        self.add(&path, fault.into());
    }

    /// The faults in the order of their places.
    pub fn finish(mut self) -> Vec<InputError> {
        self.faults.sort_by_key(|fault| (fault.line, fault.column));
        if self.unlisted > 0 {
            let message = Issue::Unlisted { count: self.unlisted as u64 };
            self.faults.push(whole_file(self.file, message, Advice::Nothing));
        }
        self.faults
    }
}
