//! Source as tokens, for tests that read it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Whether a token is this sign.
pub fn is_sign(tree: Option<&TokenTree>, sign: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(found)) if found.as_char() == sign)
}

/// What stands in a pair of brackets, if that is what the token is.
pub fn group(tree: Option<&TokenTree>, delimiter: Delimiter) -> Option<TokenStream> {
    match tree {
        Some(TokenTree::Group(found)) if found.delimiter() == delimiter => Some(found.stream()),
        _ => None,
    }
}

/// The place after the attribute that begins at `at` and, if it marks what is for tests only, after that
/// item too.
pub fn after_attribute(trees: &[TokenTree], at: usize) -> usize {
    let attribute = group(trees.get(at + 1), Delimiter::Bracket).map(|inner| inner.to_string());
    let Some(attribute) = attribute.filter(|text| !text.is_empty()) else { return at + 1 };
    let is_test = attribute.starts_with("cfg") && attribute.contains("test") && !attribute.contains("not");
    if !is_test {
        return at + 2;
    }
    let is_end =
        |&end: &usize| is_sign(trees.get(end), ';') || group(trees.get(end), Delimiter::Brace).is_some();
    (at + 2..trees.len()).find(is_end).unwrap_or(trees.len()) + 1
}
