//! What the scanner makes of a scenario file: values with their places in the text.

use super::issue::Found;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'t> {
    /// Offset of its first byte in the whole text.
    pub at: usize,
    /// The value as written.
    pub text: &'t str,
    /// What it is.
    pub kind: Kind<'t>,
}

/// The sorts of value.
#[derive(Clone, Debug)]
pub enum Kind<'t> {
    /// A text in quotes, without the quotes and escapes.
    Text(String),
    /// A character in quotes.
    Letter,
    /// What begins like a number, whether it is one or not.
    Number,
    /// A word: `true`, `None`, `All`.
    Word,
    /// Values in brackets.
    List(Vec<Node<'t>>),
    /// Values in parentheses.
    Tuple(Vec<Node<'t>>),
    /// Named values in parentheses.
    Fields(Vec<Field<'t>>),
    /// A word with parentheses.
    Call(&'t str, Box<Node<'t>>),
    /// Nothing that can be read; the scanner has said why.
    Broken,
}

/// A named value.
#[derive(Clone, Debug)]
pub struct Field<'t> {
    /// Its name.
    pub name: &'t str,
    /// Offset of the name.
    pub at: usize,
    /// Its value.
    pub value: Node<'t>,
}

impl<'t> Node<'t> {
    /// What was found, for messages.
    pub fn describe(&self) -> Found {
        match &self.kind {
            Kind::Text(_) => Found::Text,
            Kind::Letter => Found::Letter,
            Kind::Number => Found::Number,
            Kind::Word => Found::Word,
            Kind::List(_) => Found::List,
            Kind::Tuple(_) => Found::Tuple,
            Kind::Fields(_) => Found::Fields,
            Kind::Call(..) => Found::Call,
            Kind::Broken => Found::Broken,
        }
    }

    /// Whether it or anything in it is unreadable, which the scanner has reported.
    pub fn is_broken(&self) -> bool {
        match &self.kind {
            Kind::Broken => true,
            Kind::List(nodes) | Kind::Tuple(nodes) => nodes.iter().any(Node::is_broken),
            Kind::Fields(fields) => fields.iter().any(|field| field.value.is_broken()),
            Kind::Call(_, body) => body.is_broken(),
            Kind::Text(_) | Kind::Letter | Kind::Number | Kind::Word => false,
        }
    }

    /// The value itself, or the one inside `Some(…)`; nothing for `None`.
    pub fn optional(&self) -> Option<&Node<'t>> {
        match &self.kind {
            Kind::Word if self.text == "None" => None,
            Kind::Call("Some", body) => match &body.kind {
                Kind::Tuple(nodes) if nodes.len() == 1 => nodes.first(),
                _ => Some(self),
            },
            _ => Some(self),
        }
    }
}
