//! From a file of comma-separated values to members.

use super::issue::{MembersAdvice, MembersIssue};
use super::member::{Member, Members};
use crate::base::Wanted;
use crate::base::sheet::{MARK, Row, Sheet};
use crate::params::{Parameters, ValueKind};
use crate::scenario::reading::{FileErrors, ValueError, decoded, nearest};
use crate::scenario::{Advice, InputErrors, Issue, Scenario, path_info, renamed, shown};

/// By how much the sum of weights may differ from 1 in a file.
const TOLERANCE: f64 = 0.01;
/// Columns that are no parameters.
const NUMBER: &str = "member";
const WEIGHT: &str = "weight";

/// Reads a file; `name` is for messages. Weights are scaled so that they sum to 1.
///
/// # Errors
/// Every fault of it, each with line and column: unknown parameters, values that they do not take, weights
/// that are not above 0 or do not sum to 1 within 1 %, members that are there twice, ragged rows.
pub fn read(name: &str, bytes: &[u8]) -> Result<Members, InputErrors> {
    let name = shown(name);
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let text = decoded(&name, bytes).map_err(|fault| InputErrors(vec![*fault]))?;
    let mut faults = FileErrors::new(&name, text);
    let members = sheet(text, &mut faults);
    match (faults.finish(), members) {
        (faults, Some(members)) if faults.is_empty() => Ok(members),
        (faults, _) => Err(InputErrors(faults)),
    }
}

/// A column: what stands in it.
enum ColumnRole {
    Number,
    Weight,
    /// A parameter's path.
    Value(String),
    /// Nothing that is known: told of once, in the header.
    Unknown,
}

/// A file with the faults that were found in it.
struct File<'t, 'f, 'e> {
    text: &'t str,
    faults: &'f mut FileErrors<'e>,
    /// Numbers of members with their lines, of faulty rows as well.
    numbers: Vec<(u32, u64)>,
    /// On which values are tried.
    scenario: Scenario,
}

impl File<'_, '_, '_> {
    /// Notes a member's number; the line of the member that has it already, if one does.
    fn numbered(&mut self, number: u32, line: u64) -> Option<u64> {
        let earlier = self.numbers.iter().find(|(known, _)| *known == number).map(|(_, line)| *line);
        self.numbers.push((number, line));
        earlier
    }

    fn add(&mut self, path: &str, line: u64, column: usize, value: &str, fault: ValueError) {
        let at = offset(self.text, line, column);
        self.faults.add(path, ValueError { at, value: shown(value), ..fault });
    }
}

/// Where a cell begins \[bytes\]: line from 1, column from 0.
fn offset(text: &str, line: u64, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        start += text.get(start..).and_then(|rest| rest.find('\n')).map_or(0, |end| end + 1);
    }
    let (mut cell, mut quoted) = (0, false);
    for (at, byte) in text.as_bytes().iter().enumerate().skip(start) {
        match byte {
            _ if cell == column => return at + blanks(text, at),
            b'"' => quoted = !quoted,
            b',' if !quoted => cell += 1,
            b'\n' => break,
            _ => {}
        }
    }
    if cell == column { text.len() } else { start }
}

fn blanks(text: &str, at: usize) -> usize {
    text.as_bytes().iter().skip(at).take_while(|&&byte| byte == b' ').count()
}

fn sheet(text: &str, faults: &mut FileErrors<'_>) -> Option<Members> {
    let scenario = Scenario::builtin("tiny")?;
    let mut file = File { text, faults, numbers: Vec::new(), scenario };
    let mut sheet = match Sheet::open(text.as_bytes()) {
        Ok(sheet) => sheet,
        Err(fault) => {
            let expected = ValueError::nothing(MembersIssue::Table { expected: fault.expected });
            file.add("", fault.line.max(1), 0, "", expected);
            return None;
        }
    };
    let columns = columns(&sheet, &mut file)?;
    let (mut members, mut rows) = (Vec::<Member>::new(), 0);
    while let Some(row) = sheet.next_row() {
        rows += 1;
        match row {
            Ok(row) => members.extend(member(&columns, row, &mut file)),
            Err(fault) => {
                let expected = ValueError::nothing(MembersIssue::Table { expected: fault.expected });
                file.add("", fault.line.max(1), 0, "", expected);
            }
        }
    }
    if rows == 0 {
        let expected = ValueError::nothing(MembersIssue::Table { expected: Wanted::HeaderAndRow });
        file.add("", sheet.header_line(), 0, "", expected);
    }
    // The sum says nothing while a row is missing.
    if members.len() == rows {
        scale(&mut members, &mut file);
    }
    members.sort_by_key(|member| member.number);
    let path = |column: ColumnRole| match column {
        ColumnRole::Value(path) => Some(path),
        _ => None,
    };
    Some(Members::of(columns.into_iter().filter_map(path).collect(), members))
}

/// What the columns are; nothing if members cannot be told from the file.
fn columns(sheet: &Sheet<&[u8]>, file: &mut File<'_, '_, '_>) -> Option<Vec<ColumnRole>> {
    let (header, line) = (sheet.header(), sheet.header_line());
    let mut columns = Vec::new();
    for (at, name) in header.iter().enumerate() {
        let is_again = header.iter().take(at).any(|earlier| earlier == name);
        columns.push(match name.as_str() {
            _ if is_again => {
                let expected = MembersIssue::Table { expected: Wanted::OnlyOnce };
                file.add(name, line, at, name, ValueError::nothing(expected));
                ColumnRole::Unknown
            }
            NUMBER => ColumnRole::Number,
            WEIGHT => ColumnRole::Weight,
            path => match parameter(path) {
                Ok(()) => ColumnRole::Value(path.to_owned()),
                Err(advice) => {
                    let fault = ValueError::nothing(MembersIssue::NoParameter).advise(advice);
                    file.add(name, line, at, name, fault);
                    ColumnRole::Unknown
                }
            },
        });
    }
    let has = |wanted: &str| header.iter().any(|name| name == wanted);
    let lacking: Vec<&'static str> = [NUMBER, WEIGHT].into_iter().filter(|name| !has(name)).collect();
    for &name in &lacking {
        file.add("", line, 0, "", ValueError::nothing(MembersIssue::NoColumn { name }));
    }
    if header.len() + lacking.len() <= 2 {
        file.add("", line, 0, "", ValueError::nothing(MembersIssue::NothingVaried));
    }
    lacking.is_empty().then_some(columns)
}

/// Whether there is a parameter of a path; if not, what may have been meant.
fn parameter(path: &str) -> Result<(), Advice> {
    let paths: Vec<String> = Parameters::catalogue().iter().map(|row| row.path()).collect();
    if paths.iter().any(|known| known == path) {
        return Ok(());
    }
    if let Some(name) = renamed(path) {
        return Err(Advice::NowCalled { name: name.to_owned() });
    }
    match nearest(path, paths.iter().map(String::as_str)) {
        Some(name) => Err(Advice::meant(Some(name))),
        None => Err(MembersAdvice::PathsOfParameters.into()),
    }
}

/// A member, if its row is sound.
fn member(columns: &[ColumnRole], row: Row<'_>, file: &mut File<'_, '_, '_>) -> Option<Member> {
    let (mut number, mut weight, mut values, mut is_sound) = (None, None, Vec::new(), true);
    for (at, column) in columns.iter().enumerate() {
        let cell = row.get(at).trim();
        let (name, found) = match column {
            ColumnRole::Number => {
                number = cell.parse::<u32>().ok().filter(|&number| number > 0);
                let earlier = number.and_then(|number| file.numbered(number, row.line()));
                (NUMBER, refuse_number(number.is_some(), earlier.map(|line| line as u32)))
            }
            ColumnRole::Weight => {
                weight = real(cell).filter(|&weight| weight > 0.0 && weight <= 1.0 + TOLERANCE);
                (WEIGHT, if weight.is_some() { Ok(()) } else { Err(no_weight(cell)) })
            }
            ColumnRole::Value(path) => {
                let value = value(path, cell, &mut file.scenario);
                (path.as_str(), value.map(|value| values.push(value)))
            }
            ColumnRole::Unknown => continue,
        };
        if let Err(fault) = found {
            file.add(name, row.line(), at, cell, fault);
            is_sound = false;
        }
    }
    is_sound.then_some(Member { number: number?, copy: 0, weight: weight?, values })
}

fn refuse_number(is_number: bool, earlier: Option<u32>) -> Result<(), ValueError> {
    let fault = match (is_number, earlier) {
        (false, _) => ValueError::nothing(MembersIssue::NoNumber),
        (true, Some(line)) => ValueError::nothing(MembersIssue::OtherMember { line }),
        (true, None) => return Ok(()),
    };
    Err(fault.advise(MembersAdvice::NumberEach))
}

fn no_weight(cell: &str) -> ValueError {
    let fault = ValueError::nothing(MembersIssue::NoWeight);
    if real(cell) == Some(0.0) { fault.advise(MembersAdvice::LeaveOut) } else { fault }
}

fn real(cell: &str) -> Option<f64> {
    cell.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A parameter's value as scenarios write it, tried on a scenario.
fn value(path: &str, cell: &str, scenario: &mut Scenario) -> Result<String, ValueError> {
    let number = real(cell).ok_or_else(|| ValueError::nothing(MembersIssue::NoValue))?;
    let is_whole = path_info(path).is_some_and(|info| info.kind == ValueKind::Whole);
    // Programs that know real numbers only write 5 as 5.0.
    let written = if is_whole && number.fract() == 0.0 { format!("{number:.0}") } else { cell.to_owned() };
    let refused = |faults: InputErrors| match faults.0.into_iter().next() {
        Some(fault) => ValueError::nothing(fault.message).advise(fault.suggestion),
        None => ValueError::nothing(Issue::NoValue),
    };
    scenario.set(path, &written).map_err(refused).map(|()| written)
}

/// Scales weights so that they sum to 1, if they nearly do.
fn scale(members: &mut [Member], file: &mut File<'_, '_, '_>) {
    let sum: f64 = members.iter().map(|member| member.weight).sum();
    if members.is_empty() || (sum - 1.0).abs() > TOLERANCE {
        if !members.is_empty() {
            let issue = MembersIssue::WeightsSum { sum: (sum * 1e6).round() / 1e6 };
            let fault = ValueError::nothing(issue).advise(MembersAdvice::DivideBySum);
            file.add(WEIGHT, 1, 0, "", fault);
        }
        return;
    }
    members.iter_mut().for_each(|member| member.weight /= sum);
}
