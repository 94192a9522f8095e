//! Rare happenings: how many of each kind, when the first and the last.

use crate::command_error::CommandError;
use crate::report::folder::ResultFolder;
use crate::report::shell::{cell, table};
use crate::report::unit::{capitalised, texts, words};
use crate::text::number::count;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The section; nothing if nothing rare happened.
///
/// # Errors
/// If the table is damaged.
pub fn section(folder: &mut ResultFolder) -> Result<Option<Markup>, CommandError> {
    let mut kinds: BTreeMap<String, (u64, String, String)> = BTreeMap::new();
    let wanted = |name: &str| ["date", "happening"].contains(&name);
    folder.parts("episode", &wanted, &mut |part| {
        for (date, happening) in texts(&part, "date").into_iter().zip(texts(&part, "happening")) {
            let kind =
                kinds.entry(happening.to_owned()).or_insert_with(|| (0, date.to_owned(), date.to_owned()));
            kind.0 += 1;
            if *date < *kind.1 {
                kind.1 = date.to_owned();
            }
            if *date > *kind.2 {
                kind.2 = date.to_owned();
            }
        }
        Ok(())
    })?;
    if kinds.is_empty() {
        return Ok(None);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by(|a, b| a.1.1.cmp(&b.1.1));
    let rows: Vec<Vec<Markup>> = kinds
        .iter()
        .map(|(happening, (number, first, last))| {
            vec![cell(capitalised(&words(happening))), cell(first), cell(last), cell(count(*number))]
        })
        .collect();
    Ok(Some(html! {
        p { "Rare happenings, by kind, in the order in which they first came. Each is in the episode table \
            with its date and village." }
        (table("Happenings by kind", &["happening", "first", "last", "how often"], 3, &rows))
    }))
}
