//! A column of texts, each different text held once.
//!
//! Names, codes and months repeat over hundreds of thousands of rows: four bytes a row where a string of its
//! own took fifty.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Texts in order, each different text held once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Texts {
    /// The different texts, in the order of their first row.
    words: Vec<String>,
    /// By row, which of them.
    rows: Vec<u32>,
}

/// As stored, before it is known that every row has a word.
#[derive(Deserialize)]
struct Stored {
    words: Vec<String>,
    rows: Vec<u32>,
}

impl TryFrom<Stored> for Texts {
    type Error = &'static str;

    fn try_from(Stored { words, rows }: Stored) -> Result<Texts, Self::Error> {
        if rows.iter().any(|&row| row as usize >= words.len()) {
            return Err("a stored column of texts has a row without a text");
        }
        Ok(Texts { words, rows })
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Texts {
        let mut texts = Texts::default();
        texts.extend(values);
        texts
    }
}

impl<T: AsRef<str>> Extend<T> for Texts {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        let mut known: BTreeMap<String, u32> =
            (0..).zip(&self.words).map(|(at, word)| (word.clone(), at)).collect();
        let mut last: u32 = 0;
        for value in values {
            let value = value.as_ref();
            // Rows of one place, or of one month, mostly follow each other.
            let same = self.words.get(last as usize).is_some_and(|word| word == value);
            if !same {
                last = known.get(value).copied().unwrap_or(self.words.len() as u32);
                if last as usize == self.words.len() {
                    self.words.push(value.to_owned());
                    known.insert(value.to_owned(), last);
                }
            }
            self.rows.push(last);
        }
    }
}

impl Texts {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> Option<&str> {
        let word = *self.rows.get(row)?;
        self.words.get(word as usize).map(String::as_str)
    }

    /// The texts, row by row.
    pub fn iter(&self) -> impl Iterator<Item = &str> + '_ {
        self.rows.iter().map(|&word| self.words[word as usize].as_str())
    }
}

/// Equal rows; words that no row has do not count.
impl PartialEq for Texts {
    fn eq(&self, other: &Texts) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_held_once_and_comes_back_in_its_row() {
        let rows = ["a", "b", "b", "a", "", "c", "a"];
        let mut texts: Texts = rows.iter().collect();
        assert_eq!(texts.words, ["a", "b", "", "c"]);
        assert!(texts.iter().eq(rows));
        texts.extend(["c", "d"]);
        assert_eq!((texts.len(), texts.get(7), texts.get(8), texts.get(9)), (9, Some("c"), Some("d"), None));
        assert_eq!(texts.words.len(), 5);
        let bytes = postcard::to_stdvec(&texts).unwrap();
        assert_eq!(postcard::from_bytes::<Texts>(&bytes).unwrap(), texts);
    }

    #[test]
    fn a_row_without_a_text_is_refused() {
        let bytes = postcard::to_stdvec(&(vec!["a".to_owned()], vec![0_u32, 1])).unwrap();
        assert!(postcard::from_bytes::<Texts>(&bytes).is_err());
    }
}
