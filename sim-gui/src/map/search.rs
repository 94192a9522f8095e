//! Places by Chinese name or pinyin.

use crate::work::frame::Places;
use crate::work::story::Entity;

/// Places listed at most.
const MOST: usize = 20;

/// Letters and digits only, in lower case, so that `Tong lu` finds `Tonglu`.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
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

/// Counties, then towns, whose name begins with or contains what was typed; beginnings first.
pub fn find(places: &Places, typed: &str, is_chinese: bool) -> Vec<Found> {
    let wanted = plain(typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(bool, Found)> = Vec::new();
    for (index, county) in places.atlas.counties.iter().enumerate() {
        let names = [
            plain(&county.name),
            plain(&county.name_en),
            county.code.0.to_string(),
        ];
        let entity = Entity::County(index as u32);
        if names.iter().any(|name| name.contains(&wanted)) {
            let begins = names.iter().any(|name| name.starts_with(&wanted));
            let name = places.county_name(index, is_chinese);
            let place = (county.longitude as f32, county.latitude as f32);
            found.push((!begins, Found { name, entity, place }));
        }
    }
    if found.len() < MOST && !wanted.is_ascii() {
        for (index, county) in places.atlas.counties.iter().enumerate() {
            for town in county.towns.iter().filter(|town| town.name.contains(&wanted)) {
                let name = match is_chinese {
                    true => format!("{} {}", county.name, town.name),
                    false => places.county_name(index, false),
                };
                let place = (town.longitude, town.latitude);
                found.push((
                    true,
                    Found {
                        name,
                        entity: Entity::County(index as u32),
                        place,
                    },
                ));
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
            assert_eq!(
                find(&places, typed, false)[0].entity,
                Entity::County(0),
                "{typed}"
            );
        }
        assert!(find(&places, "nowhere", false).is_empty() && find(&places, " ", false).is_empty());
        assert!(!find(&places, "镇", true).is_empty());
    }
}
