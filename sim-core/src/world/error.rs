//! What may be wrong with a request for places.

use crate::base::{Language, Localised, Message, Speaker};
use std::fmt;

crate::messages! {
    /// What a name should have been.
    pub enum Place {
        Province = "a province (Chinese, pinyin or 2-digit code)", "省份（汉字、拼音或两位代码）";
        County = "a county (Chinese, pinyin or 6-digit code)", "县（汉字、拼音或六位代码）";
        OneCounty = "one county only", "唯一的一个县";
        CountyCode = "the code of a county", "县的代码";
    }
}

/// A name that no place has, or more than one.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownName {
    /// What was written, escaped and cut to 60 characters.
    pub written: String,
    /// What was expected.
    pub expected: Place,
    /// Names that it may have been meant to be, best first; at most five.
    pub suggestions: Vec<String>,
}

impl Localised for UnknownName {
    fn localised(&self, speaker: Speaker) -> String {
        let (written, expected) = (&self.written, self.expected.localised(speaker));
        match (speaker.language, self.suggestions.as_slice()) {
            (Language::English, []) => format!("`{written}` is not {expected}"),
            (Language::English, names) => {
                format!("`{written}` is not {expected}; did you mean {}?", names.join(" or "))
            }
            (Language::Chinese, []) => format!("`{written}` 不是{expected}"),
            (Language::Chinese, names) => {
                format!("`{written}` 不是{expected}；是不是 {}？", names.join(" 或 "))
            }
        }
    }

    fn sample() -> UnknownName {
        UnknownName { written: "x".to_owned(), expected: Place::Province, suggestions: Vec::new() }
    }
}

/// In English.
impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.localised(Speaker::ENGLISH))
    }
}

impl Localised for Vec<UnknownName> {
    fn localised(&self, speaker: Speaker) -> String {
        self.iter().map(|name| name.localised(speaker)).collect::<Vec<_>>().join("; ")
    }

    fn sample() -> Vec<UnknownName> {
        vec![UnknownName::sample()]
    }
}

crate::messages! {
    /// A name that no place has, for a message of its own.
    pub enum NoSuchPlace {
        Name { name: UnknownName } = "{name}", "{name}";
    }
}

crate::messages! {
    /// Why an atlas cannot be built.
    pub enum WorldError {
        Unknown { names: Vec<UnknownName> } = "{names}", "{names}";
        TooMany { asked: u32, available: usize } =
            "the selection asks for {asked} counties, but only {available} fit; ask for {available} or fewer",
            "要选 {asked} 个县，但只有 {available} 个符合；请选不超过 {available} 个";
        Nothing = "the selection leaves no county; widen it", "选不出任何县；请放宽条件";
        NoVillages =
            "villages_per_county is 0; expected 1 or more, or none for all villages",
            "villages_per_county 为 0；应为 1 或以上，不写则取全部村";
    }
}

impl std::error::Error for WorldError {}

impl WorldError {
    /// What is wrong, each by itself.
    pub(crate) fn each(&self) -> Vec<Message> {
        match self {
            WorldError::Unknown { names } => {
                names.iter().map(|name| Message::of(NoSuchPlace::Name { name: name.clone() })).collect()
            }
            other => vec![Message::of(other.clone())],
        }
    }
}
