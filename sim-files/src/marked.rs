//! Errors of scenario and experiment files as the command and the Python package show them: what is wrong,
//! and the line with a marker under the place.
//!
//! The first line of each stays `file:line:column: field: message`, by which editors jump to the place. The
//! marker is drawn by `annotate-snippets`, without colours, so that a file, a pipe and a terminal show the
//! same; `miette` was rejected, for it wants to lay out the first line too.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use sim_core::scenario::{InputError, InputErrors};

/// All errors, each with its line.
pub fn shown(faults: &InputErrors) -> String {
    let each: Vec<String> = faults.0.iter().map(one).collect();
    each.join("\n")
}

/// One error.
fn one(fault: &InputError) -> String {
    with_line(&fault.to_string(), fault)
}

/// A text that begins with what is wrong, with the line under that.
pub fn with_line(text: &str, fault: &InputError) -> String {
    let Some(lines) = marked(fault) else { return text.to_owned() };
    match text.split_once('\n') {
        Some((first, rest)) => format!("{first}\n{lines}\n{rest}"),
        None => format!("{text}\n{lines}"),
    }
}

/// The line with a marker under what is meant; none if no line is at fault.
fn marked(fault: &InputError) -> Option<String> {
    let excerpt = fault.excerpt.as_ref().filter(|excerpt| !excerpt.text.trim().is_empty())?;
    let annotation = AnnotationKind::Primary.span(excerpt.from..excerpt.to);
    let snippet =
        Snippet::source(excerpt.text.as_str()).line_start(fault.line as usize).annotation(annotation);
    let drawn = Renderer::plain().render(&[Group::with_level(Level::ERROR).element(snippet)]);
    Some(drawn.lines().map(str::trim_end).filter(|line| *line != " |").collect::<Vec<_>>().join("\n"))
}
