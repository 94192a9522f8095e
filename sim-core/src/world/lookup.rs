//! Finding provinces and counties by what people write: Chinese, pinyin or English, or code.
//!
//! Letters are compared without case, blanks or hyphens. A misspelt name gets suggestions by edit distance
//! (Damerau-Levenshtein); it never matches by itself, because the nearest name may be another place.

use super::county_record::CountyRecord;
use super::error::{Place, UnknownName};
use super::geography::Geography;
use super::province::Province;
use crate::base::CountyCode;
use crate::base::harmless::shown;

impl Geography {
    /// The index of a province, by Chinese name (full or short), name in Latin letters, pinyin or 2-digit
    /// code.
    ///
    /// # Errors
    ///
    /// No such province; with suggestions.
    pub(crate) fn find_province(&self, written: &str) -> Result<u16, UnknownName> {
        let key = simplified(written);
        let found = self.provinces().iter().position(|province| names_of(province).contains(&key));
        found.map(|at| at as u16).ok_or_else(|| UnknownName {
            written: shown(written),
            expected: Place::Province,
            suggestions: nearest(&key, self.provinces().iter().map(|p| (names_of(p), province_title(p)))),
        })
    }

    /// The code of a county, by Chinese name (full or without its last character), pinyin (with or without
    /// its last word) or 6-digit code.
    ///
    /// # Errors
    ///
    /// No such county, or several of that name; with suggestions that name codes.
    pub(crate) fn find_county(&self, written: &str) -> Result<CountyCode, UnknownName> {
        let key = simplified(written);
        let exact: Vec<&CountyRecord> =
            self.counties().iter().filter(|county| full_names(county).contains(&key)).collect();
        let found = if exact.is_empty() {
            self.counties().iter().filter(|county| short_names(county).contains(&key)).collect()
        } else {
            exact
        };
        match found.as_slice() {
            [only] => Ok(only.code),
            [] => Err(self.no_county(written, &key)),
            several => Err(UnknownName {
                written: shown(written),
                expected: Place::OneCounty,
                suggestions: several.iter().take(5).map(|county| self.county_title(county)).collect(),
            }),
        }
    }

    fn no_county(&self, written: &str, key: &str) -> UnknownName {
        let candidates = self.counties().iter().map(|county| {
            let names = full_names(county).into_iter().chain(short_names(county)).collect();
            (names, self.county_title(county))
        });
        UnknownName {
            written: shown(written),
            expected: Place::County,
            suggestions: nearest(key, candidates),
        }
    }

    fn county_title(&self, county: &CountyRecord) -> String {
        let province = self.provinces().get(usize::from(county.province)).map_or("", |p| &p.name_en);
        format!("{} ({} {}, {province})", county.code, county.name, county.name_en)
    }
}

impl Province {
    /// Whether it is called so: Chinese, in Latin letters, or by its 2-digit code.
    pub fn is_called(&self, written: &str) -> bool {
        names_of(self).contains(&simplified(written))
    }
}

fn province_title(province: &Province) -> String {
    format!("{} ({})", province.name_en, province.name)
}

/// Lower case, without blanks, hyphens, apostrophes.
fn simplified(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '-' | '\'' | '’')).flat_map(char::to_lowercase).collect()
}

fn names_of(province: &Province) -> Vec<String> {
    let mut names =
        vec![province.code.to_string(), simplified(&province.name), simplified(&province.name_en)];
    names.extend(province.other_names.iter().map(|name| simplified(name)));
    names
}

fn full_names(county: &CountyRecord) -> Vec<String> {
    vec![county.code.to_string(), simplified(&county.name), simplified(&county.name_en)]
}

fn short_names(county: &CountyRecord) -> Vec<String> {
    // A Chinese name ends with one character for its kind; one in letters stands in `name_en` too.
    let mut chinese: Vec<char> = county.name.chars().filter(|character| !character.is_ascii()).collect();
    chinese.pop();
    let mut latin: Vec<&str> = county.name_en.split(' ').collect();
    latin.pop();
    let mut names = Vec::new();
    if chinese.len() > 1 {
        names.push(chinese.into_iter().collect());
    }
    if !latin.is_empty() {
        names.push(simplified(&latin.join(" ")));
    }
    names
}

/// The titles whose nearest name is within a third of the key's length, best first, at most three.
fn nearest(key: &str, candidates: impl Iterator<Item = (Vec<String>, String)>) -> Vec<String> {
    let length = key.chars().count();
    if length > 60 {
        return Vec::new();
    }
    let bound = (length / 3).max(1);
    let mut near: Vec<(usize, String)> = candidates
        .filter_map(|(names, title)| {
            let distance = names.iter().map(|name| strsim::osa_distance(key, name)).min()?;
            (distance <= bound && distance < length).then_some((distance, title))
        })
        .collect();
    near.sort();
    near.into_iter().take(3).map(|(_, title)| title).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn province(written: &str) -> Result<&'static str, UnknownName> {
        let geography = Geography::embedded();
        geography.find_province(written).map(|at| geography.provinces()[usize::from(at)].name_en.as_str())
    }

    #[test]
    fn provinces_answer_to_all_their_names() {
        for written in ["浙江省", "浙江", "Zhejiang", "zhe jiang", "33"] {
            assert_eq!(province(written), Ok("Zhejiang"));
        }
        for written in ["Inner Mongolia", "neimenggu", "内蒙古", "15"] {
            assert_eq!(province(written), Ok("Inner Mongolia"));
        }
        assert_eq!(province("Shaanxi"), Ok("Shaanxi"));
        assert_eq!(province("Shanxi"), Ok("Shanxi"));
    }

    #[test]
    fn misspelt_names_get_suggestions_and_no_match() {
        let fault = province("Zhejaing").unwrap_err();
        assert_eq!(
            fault.to_string(),
            "`Zhejaing` is not a province (Chinese, pinyin or 2-digit code); did you mean Zhejiang (浙江省)?"
        );
        assert!(province("").unwrap_err().suggestions.is_empty());
        assert!(province(&"x".repeat(10_000)).unwrap_err().suggestions.is_empty());
    }

    #[test]
    fn counties_answer_to_all_their_names() {
        let geography = Geography::embedded();
        for written in ["330122", "桐庐县", "桐庐", "Tonglu County", "tonglu"] {
            assert_eq!(geography.find_county(written), Ok(CountyCode(330_122)), "{written}");
        }
        let typing = geography.find_county("Tonlgu").unwrap_err();
        assert!(typing.suggestions.iter().any(|title| title.contains("330122")), "{typing}");
        let several = geography.find_county("朝阳区").unwrap_err();
        assert_eq!(several.suggestions.len(), 2, "one in Beijing, one in Changchun");
    }
}
