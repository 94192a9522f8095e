//! Functions: how long they are, and whether what they take and give has names.

use super::tokens::{after_attribute, group, is_sign};
use super::{is_test_file, rust_files};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Most lines of a function, its signature and its last brace included.
const LONG: usize = 60;
/// Functions that are longer, by folder. These numbers may only shrink.
const LONGER: [(&str, usize); 6] = [
    ("src", 9),
    ("sim-core/src", 2),
    ("sim-experiments/src", 1),
    ("sim-files/src", 0),
    ("sim-gui/src", 9),
    ("sim-python/src", 2),
];

/// Tuples of three and more in signatures and fields that others see, by folder. These numbers may only
/// shrink: what has three parts has a name for each.
const TUPLES: [(&str, usize); 4] =
    [("src", 0), ("sim-core/src", 0), ("sim-experiments/src", 0), ("sim-files/src", 0)];

/// What is found in the code of a file: name and line.
type Found = Vec<(String, usize)>;

fn word(tree: Option<&TokenTree>) -> Option<String> {
    match tree {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    }
}

/// Walks through code that is not for tests alone, and calls with the tokens of each group and a place in it.
fn each_place(tokens: TokenStream, look: &mut dyn FnMut(&[TokenTree], usize)) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < trees.len() {
        if is_sign(trees.get(at), '#') {
            at = after_attribute(&trees, at);
            continue;
        }
        look(&trees, at);
        if let TokenTree::Group(inner) = &trees[at] {
            each_place(inner.stream(), look);
        }
        at += 1;
    }
}

/// The name of the function that begins at a place, and the end of its signature.
fn function(trees: &[TokenTree], at: usize) -> Option<(String, usize)> {
    let name = word(trees.get(at)).filter(|word| word == "fn").and_then(|_| word(trees.get(at + 1)))?;
    let ends =
        |&end: &usize| is_sign(trees.get(end), ';') || group(trees.get(end), Delimiter::Brace).is_some();
    Some((name, (at..trees.len()).find(ends)?))
}

/// Functions with their lines.
fn functions(text: &str) -> Found {
    let mut found = Found::new();
    each_place(text.parse().unwrap(), &mut |trees, at| {
        if let Some((name, end)) = function(trees, at) {
            let lines = trees[end].span().end().line - trees[at].span().start().line + 1;
            found.push((name, lines));
        }
    });
    found
}

/// Whether what begins at a place is seen outside its file.
fn is_public(trees: &[TokenTree], at: usize) -> bool {
    let mut before = trees[..at].iter().rev();
    let mut next = before.next();
    while matches!(word(next).as_deref(), Some("const" | "async" | "unsafe")) {
        next = before.next();
    }
    if group(next, Delimiter::Parenthesis).is_some() {
        next = before.next();
    }
    word(next).as_deref() == Some("pub")
}

/// Tuples of three and more in a type, within other types too.
fn tuples(trees: &[TokenTree]) -> usize {
    let mut found = 0;
    for (at, tree) in trees.iter().enumerate() {
        let TokenTree::Group(inner) = tree else { continue };
        let inside: Vec<TokenTree> = inner.stream().into_iter().collect();
        found += tuples(&inside);
        let before = word(at.checked_sub(1).and_then(|before| trees.get(before)));
        let is_called = before.is_some_and(|word| ["Fn", "FnMut", "FnOnce", "fn"].contains(&word.as_str()));
        found += usize::from(inner.delimiter() == Delimiter::Parenthesis && !is_called && parts(&inside) > 2);
    }
    found
}

/// Parts of a list, divided by commas outside `<` and `>`.
fn parts(trees: &[TokenTree]) -> usize {
    let (mut depth, mut parts, mut is_empty) = (0, 0, true);
    for (at, tree) in trees.iter().enumerate() {
        let is_arrow = at > 0 && is_sign(trees.get(at - 1), '-');
        match tree {
            TokenTree::Punct(sign) if sign.as_char() == '<' => depth += 1,
            TokenTree::Punct(sign) if sign.as_char() == '>' && !is_arrow => depth -= 1,
            TokenTree::Punct(sign) if sign.as_char() == ',' && depth == 0 => {
                parts += usize::from(!is_empty);
                is_empty = true;
                continue;
            }
            _ => {}
        }
        is_empty = false;
    }
    parts + usize::from(!is_empty)
}

/// Names of public functions and fields with tuples of three and more, and their lines.
fn tupled(text: &str) -> Found {
    let mut found = Found::new();
    each_place(text.parse().unwrap(), &mut |trees, at| {
        if !is_public(trees, at) {
            return;
        }
        let line = trees[at].span().start().line;
        if let Some((name, end)) = function(trees, at) {
            let start = (at..end).find(|&start| group(trees.get(start), Delimiter::Parenthesis).is_some());
            let start = start.unwrap_or(end);
            let taken = group(trees.get(start), Delimiter::Parenthesis).unwrap_or_default();
            let taken: Vec<TokenTree> = taken.into_iter().collect();
            let count = tuples(&taken) + tuples(&trees[start + 1..end]);
            found.extend((0..count).map(|_| (name.clone(), line)));
        } else if let Some(name) = word(trees.get(at))
            && is_sign(trees.get(at + 1), ':')
            && word(trees.get(at - 1)).is_none_or(|before| before == "pub")
        {
            let end = field_end(trees, at);
            found.extend((0..tuples(&trees[at + 2..end])).map(|_| (name.clone(), line)));
        }
    });
    found
}

/// The end of the field that begins at a place.
fn field_end(trees: &[TokenTree], at: usize) -> usize {
    let mut depth = 0;
    for (end, tree) in trees.iter().enumerate().skip(at) {
        match tree {
            TokenTree::Punct(sign) if sign.as_char() == '<' => depth += 1,
            TokenTree::Punct(sign) if sign.as_char() == '>' => depth -= 1,
            TokenTree::Punct(sign) if sign.as_char() == ',' && depth == 0 => return end,
            _ => {}
        }
    }
    trees.len()
}

/// Compares what is found in each folder with how many there may be.
fn held<const N: usize>(allowed: [(&str, usize); N], what: &str, find: impl Fn(&str) -> Found) {
    let mut wrong = Vec::new();
    for (folder, most) in allowed {
        let files = rust_files(folder).into_iter().filter(|(path, _)| !is_test_file(path));
        let found: Vec<String> = files
            .flat_map(|(path, text)| {
                find(&text).into_iter().map(move |(name, at)| format!("{path}: {name} {at}"))
            })
            .collect();
        println!("{folder}: {} {what}", found.len());
        let count = found.len();
        if count > most {
            wrong.push(format!("{folder}: {count} {what}, not {most}:\n{found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_are_short() {
    held(LONGER, "functions of more than 60 lines", |text| {
        functions(text).into_iter().filter(|(_, lines)| *lines > LONG).collect()
    });
}

#[test]
fn what_has_three_parts_has_names_for_them() {
    held(TUPLES, "tuples of three and more in what others see", tupled);
}

#[test]
fn a_long_function_is_found() {
    let long = "impl A {\n    pub fn long(\n        x: u8,\n    ) {\n        let y = x;\n    }\n}\n";
    let only = "#[cfg(test)]\nmod tests {\n    fn other() {\n    }\n}";
    let text = format!("fn short() {{}}\n{long}{only}");
    assert_eq!(functions(&text), [("short".to_owned(), 1), ("long".to_owned(), 5)]);
}

#[test]
fn a_tuple_of_three_is_found_however_it_is_written() {
    let count = |text: &str| tupled(text).len();
    for (text, expected) in [
        ("pub fn f() -> (u8, u8, u8) { (1, 2, 3) }", 1),
        ("pub fn f(x: &mut (u8, u8, u8)) {}", 1),
        ("pub const A: u8 = 1; static B: [(u8, u8, u8); 0] = [];", 0),
        ("pub(crate) const fn f(x: &[(u8, u8, u8)]) -> Vec<(u8, Vec<u8>, u8)> {}", 2),
        ("pub struct A { pub a: Option<(u8, u8, u8)>, pub b: BTreeMap<u8, (u8, u8)>, c: (u8, u8, u8) }", 1),
        ("pub fn f(x: u8, y: u8, z: u8, w: impl Fn(u8, u8, u8) -> (u8, u8)) {}", 0),
        ("pub fn f(x: (BTreeMap<u8, u8>, u8)) { let y: (u8, u8, u8) = g(1, 2, 3); }", 0),
        ("fn f() -> (u8, u8, u8) {}", 0),
        ("#[cfg(test)]\nmod tests { pub fn f() -> (u8, u8, u8) {} }", 0),
    ] {
        assert_eq!(count(text), expected, "{text}");
    }
}
