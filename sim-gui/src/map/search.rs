//! Places by Chinese name or pinyin.

use crate::work::frame::Places;
use crate::work::story::Entity;

/// Places listed at most.
const MOST: usize = 20;

/// Letters and digits only, in lower case, so that `Tong lu` finds `Tonglu`.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A place that was found: its name and what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its name with its county or province.
    pub name: String,
    /// What it is.
    pub entity: Entity,
    /// Longitude and latitude.
    pub place: (f32, f32),
}

/// What was typed, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// A village's number, if one was typed.
    pub number: Option<u16>,
    /// Letters of names, without the words that every village has.
    letters: String,
}

/// Words that say what is wanted, and are in no name.
const WORDS: [&str; 7] = ["taobao", "village", "villages", "of", "in", "no", "number"];
const CHINESE_WORDS: [&str; 4] = ["淘宝村", "号村", "村庄", "的"];

impl Wanted {
    /// Takes apart what was typed: `village 8 of Cixi`, `cixi 8`, `慈溪 8号村`. Longer numbers are codes of
    /// counties.
    pub fn of(typed: &str) -> Wanted {
        let mut typed = typed.to_lowercase();
        for word in CHINESE_WORDS {
            typed = typed.replace(word, " ");
        }
        // Towns have the letter for village in their names, but do not end with it.
        let typed = typed.trim_end().trim_end_matches('村');
        let mut wanted = Wanted::default();
        // `镇8` is a word and a number.
        let mut parts: Vec<String> = Vec::new();
        let mut is_number = false;
        for letter in typed.chars() {
            let breaks = letter.is_ascii_digit() != is_number || !letter.is_alphanumeric();
            match parts.last_mut() {
                Some(part) if !breaks => part.push(letter),
                _ => parts.push(letter.to_string()),
            }
            is_number = letter.is_ascii_digit();
        }
        for part in parts.iter().map(|part| plain(part)) {
            match part.parse::<u16>() {
                Ok(number) if part.len() < 5 => wanted.number = Some(number),
                _ if WORDS.contains(&part.as_str()) => {}
                _ => wanted.letters.push_str(&part),
            }
        }
        wanted
    }

    /// Whether a county is meant: by its names or its code; any is, where no letters were typed.
    pub fn fits_county(&self, places: &Places, county: usize) -> bool {
        self.letters.is_empty()
            || [false, true]
                .iter()
                .any(|is_chinese| plain(&places.county_name(county, *is_chinese)).contains(&self.letters))
            || places.atlas.counties.get(county).is_some_and(|county| {
                county.code.0.to_string().contains(&self.letters)
                    || plain(&county.name).contains(&self.letters)
            })
    }

    /// Which villages of a county are meant, by their index there: those of a county or of a town that was
    /// named, with the number that was typed.
    pub fn villages<'w>(&'w self, places: &'w Places, county: usize) -> impl Iterator<Item = usize> + 'w {
        let is_meant = self.fits_county(places, county);
        let place = places.atlas.counties.get(county);
        let towns = place.map_or(&[][..], |place| &place.towns[..]);
        let fits = move |name: &str| {
            is_meant || {
                let town = plain(name);
                let with_county = place.map_or(String::new(), |place| plain(&place.name)) + &town;
                with_county.contains(&self.letters) && !self.letters.is_empty()
            }
        };
        let fitting: Vec<bool> = towns.iter().map(|town| fits(&town.name)).collect();
        let villages = place.map_or(&[][..], |place| &place.villages[..]).iter().enumerate();
        villages
            .filter(move |(_, village)| {
                let town = fitting.get(usize::from(village.town));
                town.copied().unwrap_or(is_meant) && self.number.is_none_or(|number| village.number == number)
            })
            .map(|(at, _)| at)
    }
}

/// Counties whose name begins with or contains what was typed, beginnings first; then towns; and, where a
/// number was typed too, the villages that have it, before all others.
pub fn find(places: &Places, typed: &str, is_chinese: bool) -> Vec<Found> {
    let wanted = Wanted::of(typed);
    if wanted.letters.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u8, Found)> = Vec::new();
    let counties = &places.atlas.counties;
    for (index, county) in counties.iter().enumerate() {
        let entity = Entity::County(index as u32);
        if wanted.fits_county(places, index) {
            let names = [plain(&county.name), plain(&county.name_en), county.code.0.to_string()];
            let begins = names.iter().any(|name| name.starts_with(&wanted.letters));
            let name = places.county_name(index, is_chinese);
            let place = (county.longitude as f32, county.latitude as f32);
            found.push((if begins { 1 } else { 2 }, Found { name, entity, place }));
        }
        for at in wanted.villages(places, index).filter(|_| wanted.number.is_some()) {
            let village = &county.villages[at];
            let name = places.village_label(index, at, is_chinese);
            let entity = Entity::Village(index as u32, at as u16);
            let place = (village.longitude, village.latitude);
            found.push((0, Found { name, entity, place }));
        }
    }
    if found.len() < MOST && !wanted.letters.is_ascii() {
        for (index, county) in counties.iter().enumerate() {
            for town in county.towns.iter().filter(|town| town.name.contains(&wanted.letters)) {
                let name = match is_chinese {
                    true => format!("{} {}", county.name, town.name),
                    false => places.county_name(index, false),
                };
                let place = (town.longitude, town.latitude);
                let entity = Entity::County(index as u32);
                found.push((2, Found { name, entity, place }));
            }
        }
    }
    found.sort_by_key(|(later, _)| *later);
    found.truncate(MOST);
    found.into_iter().map(|(_, found)| found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;
    use sim_core::simulation::Simulation;

    #[test]
    fn counties_are_found_by_both_names() {
        let scenario = Plan::of("tiny").prepare().unwrap().scenario;
        let places = Places::of(Simulation::places(&scenario).unwrap().atlas());
        for typed in ["桐庐", "tonglu", "Tong Lu", "330122"] {
            assert_eq!(find(&places, typed, false)[0].entity, Entity::County(0), "{typed}");
        }
        // A village by its number and its county's or town's name, however it is put.
        let number = places.atlas.counties[0].villages[2].number;
        let village = Entity::Village(0, 2);
        let town =
            &places.atlas.counties[0].towns[usize::from(places.atlas.counties[0].villages[2].town)].name;
        for typed in [
            format!("tonglu {number}"),
            format!("village {number} of Tonglu"),
            format!("桐庐 {number}号村"),
            format!("{town}{number}号村"),
            places.village_label(0, 2, false),
            places.village_label(0, 2, true),
        ] {
            assert_eq!(find(&places, &typed, true)[0].entity, village, "{typed}");
        }
        assert!(find(&places, "Taobao villages of Tonglu", false)[0].entity == Entity::County(0));
        assert_eq!(Wanted::of("330122").number, None);
        assert!(find(&places, "nowhere", false).is_empty() && find(&places, " ", false).is_empty());
        assert!(!find(&places, "镇", true).is_empty());
    }
}
