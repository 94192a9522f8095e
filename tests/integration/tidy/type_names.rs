//! Names of types: one name, one type.

use super::tokens::after_attribute;
use super::{is_test_file, rust_files};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeMap;

const FOLDERS: [&str; 5] = ["src", "sim-core/src", "sim-experiments/src", "sim-files/src", "sim-gui/src"];

/// Names that stand for several types that others than their own files see: within one crate, and over all.
/// These numbers may only shrink.
const SHARED: [(&str, usize); 6] = [
    ("src", 0),
    ("sim-core/src", 4),
    ("sim-experiments/src", 0),
    ("sim-files/src", 0),
    ("sim-gui/src", 7),
    ("all", 54),
];

/// The types of a file that are seen outside it.
fn types(tokens: TokenStream, found: &mut Vec<String>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    let word = |at: usize| match trees.get(at) {
        Some(TokenTree::Ident(word)) => word.to_string(),
        _ => String::new(),
    };
    while at < trees.len() {
        if matches!(&trees[at], TokenTree::Punct(sign) if sign.as_char() == '#') {
            at = after_attribute(&trees, at);
            continue;
        }
        if word(at) == "pub" {
            let kind = at + 1 + usize::from(matches!(trees.get(at + 1), Some(TokenTree::Group(_))));
            if ["struct", "enum", "trait", "type", "union"].contains(&word(kind).as_str()) {
                found.push(word(kind + 1));
            }
        }
        // Modules and lists of macros hold types; bodies of functions hold none that others see.
        if let TokenTree::Group(inner) = &trees[at] {
            types(inner.stream(), found);
        }
        at += 1;
    }
}

/// Names with the files that define a type of that name, where there are several.
fn shared(files: &[(String, String)]) -> BTreeMap<String, Vec<&str>> {
    let mut all: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, text) in files.iter().filter(|(path, _)| !is_test_file(path)) {
        let mut names = Vec::new();
        types(text.parse().unwrap(), &mut names);
        // A name that a macro is given is none yet.
        let names = names.into_iter().filter(|name| !name.is_empty());
        names.for_each(|name| all.entry(name).or_default().push(path));
    }
    all.retain(|_, files| files.len() > 1);
    all
}

#[test]
fn a_name_stands_for_one_type() {
    let crates = FOLDERS.map(|folder| (folder, rust_files(folder)));
    let mut all: Vec<(String, String)> = Vec::new();
    let mut wrong = Vec::new();
    let mut hold = |folder: &str, files: &[(String, String)]| {
        let found = shared(files);
        println!("{folder}: {} names that stand for several types", found.len());
        let most = SHARED.iter().find(|(name, _)| *name == folder).map_or(0, |(_, most)| *most);
        let count = found.len();
        if count > most {
            wrong.push(format!("{folder}: {count} names, not {most}:\n{found:#?}"));
        }
    };
    for (folder, files) in crates {
        hold(folder, &files);
        all.extend(files);
    }
    hold("all", &all);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_shared_name_is_found() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let files = [
        file(
            "a.rs",
            "pub struct Kind; struct Row; pub(crate) enum Plan {} #[cfg(test)] mod t { pub struct Only; }",
        ),
        file("b.rs", "mod c { pub(super) struct Kind(u8); } struct Row; pub struct Only;"),
        file("d.rs", "macro! { /// Text.\n pub enum Plan { A } }"),
    ];
    let found: Vec<(String, usize)> =
        shared(&files).into_iter().map(|(name, files)| (name, files.len())).collect();
    assert_eq!(found, [("Kind".to_owned(), 2), ("Plan".to_owned(), 2)]);
}
