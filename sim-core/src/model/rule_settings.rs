//! Settings under the rules that hold.

use super::setting::{Setting, Variants, VillageSettings};
use crate::base::{CountyIndex, VillageIndex};
use crate::params::Rule;
use std::sync::{Arc, MutexGuard, PoisonError};

/// Levers that households see: where one is set anew, villages work out their choices again.
const SEEN: [&str; 8] = [
    "programme.enabled",
    "programme.support_end",
    "programme.promotion",
    "programme.open_last_mile",
    "programme.delivery_target",
    "programme.installation",
    "government.courier_target",
    "government.courier_subsidy",
];

/// What a village is from the beginning; the names are [`crate::params::VILLAGE_FIGURES`].
fn village_figure(village: &crate::world::Village, name: &str) -> f64 {
    match name {
        "households" => f64::from(village.households),
        "to_town" => f64::from(village.to_town),
        "to_seat" => f64::from(village.to_seat),
        "income_ratio" => f64::from(village.income_ratio),
        "craft_strength" => f64::from(village.craft_strength),
        "delivery_rank" => f64::from(village.delivery_rank),
        _ => f64::NAN,
    }
}

impl Setting {
    /// Adds rules, which do not hold yet, after those that there are.
    pub(crate) fn add_rules(&mut self, rules: &[Rule]) {
        self.rules = Arc::new(self.rules.with(rules, &self.atlas, self.remote_km));
        // Decisions follow each other: settings in which nobody lives any more would fill the memory.
        self.variants().retain(|_, own| Arc::strong_count(own) > 1);
    }

    /// The setting of a village of the county whose setting this is.
    #[inline]
    pub(super) fn of_village(&self, village: VillageIndex) -> &Setting {
        let Some(villages) = self.villages.as_deref() else { return self };
        let own = villages.of.get(village.at()).copied().flatten();
        own.and_then(|own| villages.settings.get(usize::from(own))).map_or(self, |own| own)
    }

    /// The setting under rules, in their order; nothing if there are none.
    pub(super) fn under(&self, county: Option<CountyIndex>, rules: &[u16]) -> Option<Arc<Setting>> {
        if rules.is_empty() {
            return None;
        }
        let county = county.filter(|_| self.rules.are_of_villages(rules));
        let key = (county.map(|county| county.0), rules.to_vec());
        if let Some(known) = self.variants().get(&key) {
            return Some(known.clone());
        }
        let of_county: Vec<u16> = rules.iter().copied().filter(|&at| self.is_of_county(at)).collect();
        let mut own = self.with(&of_county);
        own.villages = county.map(|county| Arc::new(self.village_settings(county, rules)));
        let own = Arc::new(own);
        self.variants().insert(key, own.clone());
        Some(own)
    }

    fn variants(&self) -> MutexGuard<'_, Variants> {
        self.variants.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_of_county(&self, at: u16) -> bool {
        self.rules.rules().get(usize::from(at)).is_some_and(|rule| rule.rule.villages.is_none())
    }

    /// A copy with what rules set written over it.
    fn with(&self, rules: &[u16]) -> Setting {
        let mut own = Setting { rules: Arc::default(), variants: Arc::default(), ..self.clone() };
        for (path, value) in self.set_by(rules) {
            // The reader of scenarios has set it once already.
            let set = own.parameters.set(path, value);
            debug_assert!(set.is_ok(), "{path}: {value}");
        }
        own.support = Setting::support(&own.parameters.programme);
        own
    }

    /// Settings of the villages of a county for which some of the rules are.
    fn village_settings(&self, county: CountyIndex, rules: &[u16]) -> VillageSettings {
        let day = self.start.date();
        let mut known: Vec<Vec<u16>> = Vec::new();
        let mut of = Vec::new();
        for village in &self.atlas.counties[county.at()].villages {
            let concerns = |at: &u16| {
                let villages = self.rules.rules().get(usize::from(*at)).map(|rule| &rule.rule.villages);
                villages.is_some_and(|villages| {
                    villages.as_ref().is_none_or(|villages| {
                        villages.condition.holds(&|name| village_figure(village, name), day, &mut [])
                    })
                })
            };
            let own: Vec<u16> = rules.iter().copied().filter(concerns).collect();
            if own.iter().all(|&at| self.is_of_county(at)) {
                of.push(None);
                continue;
            }
            let at = known.iter().position(|list| *list == own).unwrap_or(known.len());
            if at == known.len() {
                known.push(own);
            }
            of.push(Some(at as u16));
        }
        VillageSettings { of, settings: known.iter().map(|rules| Arc::new(self.with(rules))).collect() }
    }

    /// What rules set, in their order.
    fn set_by<'s>(&'s self, rules: &'s [u16]) -> impl Iterator<Item = &'s (String, String)> {
        let known = rules.iter().filter_map(|&at| self.rules.rules().get(usize::from(at)));
        known.flat_map(|rule| &rule.rule.set)
    }

    /// Whether households see that other rules hold than before.
    pub(super) fn is_seen(&self, before: &[u16], after: &[u16]) -> bool {
        let seen = |rules: &[u16]| -> Vec<(String, String)> {
            self.set_by(rules).filter(|(path, _)| SEEN.contains(&path.as_str())).cloned().collect()
        };
        seen(before) != seen(after)
    }
}
