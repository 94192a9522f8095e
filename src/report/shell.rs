//! The page around its sections: head, contents, style. It holds no script and loads nothing, and says so to
//! the browser.

use crate::terminal::harmless;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("style.css");
/// What the page may load: nothing, its own style aside.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A page.
pub struct Page {
    /// What it reports on, as `Run`.
    pub kind: &'static str,
    /// Its title: a name.
    pub title: String,
    /// The question that is answered.
    pub question: String,
    /// What was done, in short lines.
    pub facts: Vec<String>,
    /// What a reader should know before trusting it.
    pub warnings: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
}

/// A section of a page.
pub struct Section {
    /// Its name in links.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it holds.
    pub body: Markup,
}

impl Page {
    /// The page as a file's text.
    pub fn text(&self) -> String {
        let title = format!("{}: {}", self.kind, self.title);
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="color-scheme" content="light dark";
                    meta name="generator" content={ "countryside " (env!("CARGO_PKG_VERSION")) };
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    header { (self.heading()) }
                    main { @for section in &self.sections { (one(section)) } }
                    footer { p { "Made by Countryside " (env!("CARGO_PKG_VERSION"))
                        ". One file, without scripts; it loads nothing." } }
                }
            }
        };
        harmless(&page.into_string())
    }

    fn heading(&self) -> Markup {
        html! {
            p class="kind" { (self.kind) }
            h1 { (self.title) }
            @if !self.question.is_empty() { p class="question" { (self.question) } }
            ul class="facts" { @for fact in &self.facts { li { (fact) } } }
            @if !self.warnings.is_empty() {
                div class="warning" role="note" {
                    strong { "Before you trust this page" }
                    ul { @for warning in &self.warnings { li { (warning) } } }
                }
            }
            nav aria-label="Contents" {
                ul { @for section in &self.sections { li { a href={ "#" (section.id) } { (section.title) } } }
                    }
            }
        }
    }
}

fn one(section: &Section) -> Markup {
    html! { section id=(section.id) { h2 { (section.title) } (section.body) } }
}

/// A table that scrolls by itself where the page is narrow. The first column names the rows.
pub fn table(about: &str, header: &[&str], numbers_from: usize, rows: &[Vec<Markup>]) -> Markup {
    html! {
        p class="caption" { (about) }
        div class="scroll" tabindex="0" role="region" aria-label=(about) {
            table {
                thead { tr { @for (at, name) in header.iter().enumerate() { th scope="col"
                    class=[(at >= numbers_from).then_some("number")] { (name) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } }
                                @else { td class=[(at >= numbers_from).then_some("number")] { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A text as a cell.
pub fn cell(text: impl AsRef<str>) -> Markup {
    html! { (text.as_ref()) }
}
