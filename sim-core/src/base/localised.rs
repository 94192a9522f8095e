//! Languages, and what can be said in each: messages are enums with arguments, made into text at the very
//! end.
//!
//! [`messages!`](crate::messages) declares an enum with its words in English and Chinese side by side. A
//! message without words in either language, or words that name an argument that it has not, do not compile.
//! Rejected: Fluent, whose files are checked when the program runs, and whose arguments have no types; and
//! looking up the Chinese by the English text.

use super::harmless::escaped;
use super::{Date, FileError, Month, Unit};
use std::fmt;
use std::sync::Arc;

/// A language in which the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese.
    Chinese,
}

/// How something is said: the language, and what knows the definitions of parameters in it.
#[derive(Clone, Copy, Debug)]
pub struct Speaker {
    /// The language.
    pub language: Language,
    /// The definition of the parameter at a path, in a language other than English.
    pub definition: fn(&str) -> Option<String>,
}

impl Speaker {
    /// English, which needs no definitions: the catalogue has them.
    pub const ENGLISH: Speaker = Speaker { language: Language::English, definition: |_| None };
}

/// What can be said in every language.
pub trait Localised {
    /// In the words of a language, safe to print: no control characters, nothing invisible.
    fn localised(&self, speaker: Speaker) -> String;

    /// One of its kind, by which tests go through all messages.
    fn sample() -> Self
    where
        Self: Sized;
}

/// What [`messages!`](crate::messages) declares: an enum of messages, and no text.
pub trait Worded: Localised + fmt::Debug + Send + Sync {}

/// A message of an enum that is declared elsewhere, such as that of experiments: readers that know nothing of
/// it carry it to whoever shows it.
#[derive(Clone, Debug)]
pub struct Message(Arc<dyn Worded>);

impl Message {
    /// A message as it is.
    pub fn of(message: impl Worded + 'static) -> Message {
        Message(Arc::new(message))
    }
}

/// Equal if they say the same.
impl PartialEq for Message {
    fn eq(&self, other: &Message) -> bool {
        self.localised(Speaker::ENGLISH) == other.localised(Speaker::ENGLISH)
    }
}

impl Localised for Message {
    fn localised(&self, speaker: Speaker) -> String {
        self.0.localised(speaker)
    }

    fn sample() -> Message {
        Message::of(FileError::NotFound)
    }
}

/// Declares an enum of messages: variants with typed arguments, each with its English and its Chinese, which
/// name the arguments in braces.
#[macro_export]
macro_rules! messages {
    ($(#[doc = $about:literal])* pub enum $name:ident {
        $( $variant:ident $({ $($field:ident : $type:ty),+ $(,)? })? = $english:literal, $chinese:literal; )+
    }) => {
        $(#[doc = $about])*
        #[allow(missing_docs)]
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name { $( #[doc = concat!("`` ", $english, " ``")] $variant $({ $($field: $type),+ })? ),+ }

        impl $name {
            /// One of every variant, for tests.
            pub fn samples() -> Vec<$name> {
                vec![$( $name::$variant $({ $($field: <$type as $crate::base::Localised>::sample()),+ })? ),+]
            }
        }

        impl $crate::base::Localised for $name {
            fn localised(&self, speaker: $crate::base::Speaker) -> String {
                match self { $( $name::$variant $({ $($field),+ })? => {
                    $( $(let $field = $crate::base::Localised::localised($field, speaker);)+ )?
                    match speaker.language {
                        $crate::base::Language::English => format!($english),
                        $crate::base::Language::Chinese => format!($chinese),
                    }
                } )+ }
            }

            fn sample() -> $name {
                $name::samples().swap_remove(0)
            }
        }

        impl $crate::base::Worded for $name {}

        /// In English.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::base::Localised::localised(self, $crate::base::Speaker::ENGLISH))
            }
        }
    };
}

impl Localised for String {
    fn localised(&self, _: Speaker) -> String {
        escaped(self)
    }

    fn sample() -> String {
        "x".to_owned()
    }
}

impl Localised for &'static str {
    fn localised(&self, _: Speaker) -> String {
        escaped(self)
    }

    fn sample() -> &'static str {
        "x"
    }
}

impl<T: Localised> Localised for Box<T> {
    fn localised(&self, speaker: Speaker) -> String {
        T::localised(self, speaker)
    }

    fn sample() -> Box<T> {
        Box::new(T::sample())
    }
}

/// Names one after the other.
impl Localised for Vec<String> {
    fn localised(&self, _: Speaker) -> String {
        escaped(&self.join(", "))
    }

    fn sample() -> Vec<String> {
        vec!["x".to_owned(), "y".to_owned()]
    }
}

macro_rules! plain {
    ($($type:ty: $sample:expr;)+) => { $(impl Localised for $type {
        fn localised(&self, _: Speaker) -> String { self.to_string() }
        fn sample() -> $type { $sample }
    })+ };
}
plain! {
    f64: 1.5;
    u8: 1;
    u16: 2;
    u32: 3;
    u64: 4;
    usize: 5;
    i16: 2099;
    char: ')';
    Date: Date::FIRST;
    Month: Date::FIRST.month();
}

impl Localised for Unit {
    fn localised(&self, speaker: Speaker) -> String {
        match speaker.language {
            _ if self.is_silent() => String::new(),
            Language::English => self.to_string(),
            Language::Chinese => self.chinese(),
        }
    }

    fn sample() -> Unit {
        Unit::of(super::Quantity::Days)
    }
}
