//! Overrides: the topmost layer, one field each, as in `--set household.elasticity=3`.

use super::advice::Advice;
use super::error::{InputError, whole_file};
use super::fields::{self, names_in};
use super::file::LARGEST;
use super::file_errors::FileErrors;
use super::hostile::shown;
use super::issue::Issue;
use super::layers::{Layers, origin};
use super::leaf::ValueError;
use super::scanner::scan;
use super::suggest::nearest;
use super::text;

/// What overrides are called where a file would be named.
pub(super) const OVERRIDE: &str = "--set";

impl Layers<'_> {
    /// Sets a field by the `number`-th override.
    pub fn set(&mut self, number: u32, path: &str, value: &str) {
        if value.len() + path.len() > LARGEST {
            let fault = whole_file(OVERRIDE, Issue::TooLong { what: shown(path) }, Advice::Nothing);
            return self.faults.push(fault);
        }
        if let Some(earlier) = self.set_by.insert(path.to_owned(), number) {
            return self.faults.push(twice(path, value, earlier, number));
        }
        let whole = format!("{path}={value}");
        let mut report = FileErrors::new(OVERRIDE, &whole);
        self.set_from(path, value, &mut report);
        let faults = report.finish().into_iter();
        self.faults.extend(faults.map(|fault| InputError { line: number, ..fault }));
        self.origins.renumber(path, OVERRIDE, number);
    }

    fn set_from(&mut self, path: &str, value: &str, report: &mut FileErrors<'_>) {
        if fields::own(path).is_none() && fields::parameter(path).is_none() {
            return report.add(path, unknown(path));
        }
        let quoted = quoted_if_needed(path, value);
        let scanned = scan(quoted.as_deref().unwrap_or(value));
        let shift = path.len() + 1;
        for fault in scanned.faults {
            report.add(path, ValueError::from(fault).moved(shift));
        }
        let Some(node) = scanned.root else {
            return report.add(path, ValueError::nothing(Issue::NoValue).moved(shift));
        };
        match self.value(path, &node, "") {
            Ok(()) => self.origins.note(path, origin(report, &node, shift)),
            Err(problem) => report.add(path, problem.moved(shift)),
        }
    }
}

/// A path that is set by two overrides: the later would win in silence.
fn twice(path: &str, value: &str, earlier: u32, number: u32) -> InputError {
    let suggestion = match path {
        "seed" => Advice::SeedOnce,
        "end" => Advice::EndOnce,
        "household_sample" => Advice::SampleOnce,
        _ => Advice::SetOnce,
    };
    InputError {
        line: number,
        column: 1,
        path: shown(path),
        value: shown(value),
        ..whole_file(OVERRIDE, Issue::SetTwice { earlier, number }, suggestion)
    }
}

fn unknown(path: &str) -> ValueError {
    if let Some(name) = fields::renamed(path) {
        return ValueError::nothing(Issue::Renamed { name: name.to_owned() });
    }
    let (section, name) = path.split_once('.').unwrap_or(("", path));
    let problem = ValueError::nothing(Issue::NoSuchField);
    let known = names_in(section);
    let near = || nearest(name, known.iter().copied());
    let suggestion = match fields::section_of(name) {
        _ if path == "base" => Advice::BaseInFiles,
        _ if fields::sections().any(|section| section == path) => {
            let first = names_in(path).first().copied().unwrap_or_default();
            Advice::SetOneOf { path: format!("{path}.{first}") }
        }
        Some(other) if other != section => meant(other, name),
        _ if known.is_empty() => {
            let near = nearest(section, fields::sections());
            near.map_or(Advice::Nothing, |near| meant(near, name))
        }
        _ if section.is_empty() => Advice::meant(near()),
        _ => near().map_or(Advice::Nothing, |near| meant(section, near)),
    };
    problem.advise(suggestion)
}

fn meant(section: &str, name: &str) -> Advice {
    Advice::DidYouMean { name: format!("{section}.{name}") }
}

/// A text or date that the shell has bared of its quotes, in quotes again.
fn quoted_if_needed(path: &str, value: &str) -> Option<String> {
    let is_text = fields::path_info(path).is_some_and(|info| info.kind.is_quoted());
    let is_written = text::is_raw(value) || value.starts_with(['"', '(', '[', '\'']);
    let is_bare = !is_written && !["None", ""].contains(&value);
    (is_text && is_bare).then(|| ron::to_string(value).unwrap_or_default())
}
