//! Rules in a run: which of them hold where, and what levers are then.
//!
//! A rule without a condition holds between its days, wherever it applies; every county knows it by itself,
//! and follows it to the minute. A rule with a condition is looked at by the nation, at month's ends
//! ([`super::nation_rules`]), which tells the counties it concerns.
//!
//! Levers of a place are read from a [`Setting`] of its own: a copy of the run's with the rules that hold
//! written over it, in the order in which they came to hold. Counties under the same rules share one, so that
//! there are as many copies as there are different decisions, and a lever is read as fast as ever. Rejected:
//! parameters looked up by place at every use, which every reader of a lever would have to know of.

use super::setting::Setting;
use crate::base::{CountyIndex, Time, VillageIndex};
use crate::event::Measure;
use crate::metrics::area::AreaMonth;
use crate::metrics::outcome::{OUTCOMES, outcome};
use crate::params::{Rule, RulePlaces, RuleScale};
use crate::world::Atlas;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a condition may look at besides measures and outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnFigure {
    /// The programme's running cost in the places \[yuan a month\].
    RunningCost,
    /// Running cost less the platform's margin on orders through stations there \[yuan a month\].
    Loss,
    /// The nation's loss over the bound that the platform bears.
    LossOverBound,
    /// Money in the treasury \[yuan\]; the nation's.
    Funds,
    /// Months since the first county centre of the places was open.
    MonthsOpen,
}

/// The names of [`OwnFigure`], as conditions have them.
pub const OWN_FIGURES: [(&str, OwnFigure); 5] = [
    ("programme_running_cost", OwnFigure::RunningCost),
    ("programme_loss", OwnFigure::Loss),
    ("programme_loss_over_bound", OwnFigure::LossOverBound),
    ("programme_funds", OwnFigure::Funds),
    ("months_open", OwnFigure::MonthsOpen),
];

/// A figure that conditions and targets name.
#[derive(Clone, Copy, Debug)]
pub enum Figure {
    /// A measure, over so much: fen become yuan.
    Measure(Measure, f64),
    /// An outcome.
    Outcome(fn(&AreaMonth) -> f64),
    /// One of the nation's own.
    Own(OwnFigure),
}

impl Figure {
    /// The figure of a name.
    pub fn named(name: &str) -> Option<Figure> {
        let own = OWN_FIGURES.iter().find(|(known, _)| *known == name);
        let measure = || Measure::ALL.iter().find(|measure| measure.name() == name);
        own.map(|(_, own)| Figure::Own(*own))
            .or_else(|| measure().map(|&measure| Figure::Measure(measure, measure.unit().in_yuan().1)))
            .or_else(|| outcome(name).map(|outcome| Figure::Outcome(outcome.formula)))
    }

    /// The names of all figures.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let own = OWN_FIGURES.iter().map(|(name, _)| *name);
        let measures = Measure::ALL.iter().map(|measure| measure.name());
        own.chain(measures).chain(OUTCOMES.iter().map(|outcome| outcome.name))
    }

    /// Its value in a month of an area; not-a-number for the nation's own.
    pub fn of(self, month: &AreaMonth) -> f64 {
        match self {
            Figure::Measure(measure, scale) => month.real(measure) / scale,
            Figure::Outcome(formula) => formula(month),
            Figure::Own(_) => f64::NAN,
        }
    }
}

/// What a rule looks at at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleUnit {
    /// All its places together.
    Together,
    /// Its counties in a province (index in the atlas).
    Province(u16),
    /// A county (index in the atlas).
    County(u32),
}

/// A rule with its places looked up.
#[derive(Clone, Debug)]
pub struct RunRule {
    /// As the scenario has it.
    pub rule: Rule,
    /// What it looks at.
    pub units: Vec<RuleUnit>,
    /// Which of those each county of the run belongs to.
    unit_of: Vec<Option<u16>>,
    /// The figures of its condition.
    pub figures: Vec<(String, Figure)>,
    /// Whether counties read a lever that it sets.
    pub(super) reaches_places: bool,
    /// Whether the nation reads what it sets.
    is_national: bool,
}

impl RunRule {
    fn of(rule: &Rule, atlas: &Atlas, remote_km: f64) -> RunRule {
        let covered = covered(&rule.places, atlas, remote_km);
        let mut units = Vec::new();
        let unit_of = atlas.counties.iter().zip(0..).zip(covered).map(|((county, at), covered)| {
            let unit = match rule.each {
                RuleScale::Together => RuleUnit::Together,
                RuleScale::Province => RuleUnit::Province(county.province),
                RuleScale::County => RuleUnit::County(at),
            };
            covered.then(|| match units.iter().position(|known| *known == unit) {
                Some(known) => known as u16,
                None => {
                    units.push(unit);
                    (units.len() - 1) as u16
                }
            })
        });
        let unit_of = unit_of.collect();
        let names = rule.when.iter().flat_map(|when| when.condition.names());
        let figures = names.filter_map(|name| Some((name.to_owned(), Figure::named(name)?)));
        RunRule {
            figures: figures.collect(),
            reaches_places: rule.reaches_places(),
            is_national: rule.is_national(),
            rule: rule.clone(),
            units,
            unit_of,
        }
    }

    /// What a county belongs to, if the rule looks at it.
    pub fn unit_of(&self, county: usize) -> Option<usize> {
        self.unit_of.get(county).copied().flatten().map(usize::from)
    }
}

/// Which counties lie in some places.
pub fn covered(places: &RulePlaces, atlas: &Atlas, remote_km: f64) -> Vec<bool> {
    let is_named = |province: u16, names: &[String]| {
        let province = &atlas.provinces[usize::from(province)];
        names.iter().any(|name| province.is_called(name))
    };
    let covers = |county: &crate::world::County| match places {
        RulePlaces::Nation => true,
        RulePlaces::Provinces(names) => is_named(county.province, names),
        RulePlaces::Counties(codes) => codes.contains(&county.code),
        RulePlaces::Poverty => county.poverty_county,
        RulePlaces::NotPoverty => !county.poverty_county,
        RulePlaces::Remote => county.to_capital >= remote_km,
    };
    atlas.counties.iter().map(covers).collect()
}

/// Settings by county, where that makes a difference, and rules that hold.
type Variants = BTreeMap<(Option<u32>, Vec<u16>), Arc<Setting>>;

/// The rules of a run.
#[derive(Debug, Default)]
pub struct RuleBook {
    rules: Vec<RunRule>,
    /// Settings under rules, by those that hold; of a county, if some of them are for some of its villages.
    variants: Mutex<Variants>,
}

impl RuleBook {
    /// The rules of a scenario in its places.
    pub fn of(rules: &[Rule], atlas: &Atlas, remote_km: f64) -> RuleBook {
        let rules = rules.iter().map(|rule| RunRule::of(rule, atlas, remote_km)).collect();
        RuleBook { rules, variants: Mutex::default() }
    }

    /// The rules, in the order of the scenario.
    pub fn rules(&self) -> &[RunRule] {
        &self.rules
    }

    /// Whether a rule looks at figures.
    pub(super) fn looks_at_figures(&self) -> bool {
        self.rules.iter().any(|rule| rule.rule.when.is_some())
    }

    /// The rules that hold, in the order in which they came to, and until when that is known to last: those
    /// without a condition by their days, those with one as `fired` says.
    fn holding(
        &self,
        concerns: impl Fn(&RunRule) -> bool,
        fired: &[(Time, u16)],
        now: Time,
    ) -> (Vec<u16>, Time) {
        let mut holding: Vec<(Time, u16)> = Vec::new();
        let mut lasts = Time::END;
        let dated = self.rules.iter().zip(0_u16..).filter(|(rule, _)| rule.rule.when.is_none());
        let dated = dated.filter(|(rule, _)| concerns(rule));
        let dated = dated.map(|(rule, at)| (rule.rule.from.map_or(Time::START, |day| day.midnight()), at));
        for (since, at) in dated.chain(fired.iter().copied()) {
            let Some(rule) = self.rules.get(usize::from(at)) else { continue };
            let until = rule.rule.until.map_or(Time::END, |day| day.midnight());
            if now < since {
                lasts = lasts.min(since);
            } else if now < until {
                lasts = lasts.min(until);
                holding.push((since, at));
            }
        }
        holding.sort_unstable();
        (holding.into_iter().map(|(_, at)| at).collect(), lasts)
    }

    /// The rules that hold in a county, and until when.
    pub(super) fn in_county(&self, county: usize, fired: &[(Time, u16)], now: Time) -> (Vec<u16>, Time) {
        self.holding(|rule| rule.reaches_places && rule.unit_of(county).is_some(), fired, now)
    }

    /// The rules that hold for the nation.
    pub(super) fn in_nation(&self, fired: &[(Time, u16)], now: Time) -> Vec<u16> {
        self.holding(|rule| rule.is_national, fired, now).0
    }

    /// Whether some of these rules are for some villages only.
    fn are_of_villages(&self, rules: &[u16]) -> bool {
        let mut known = rules.iter().filter_map(|&at| self.rules.get(usize::from(at)));
        known.any(|rule| rule.rule.villages.is_some())
    }

    /// Whether a rule may switch the programme's support for a place.
    pub(super) fn decides_support(&self) -> bool {
        let is_support = |path: &str| ["programme.enabled", "programme.support_end"].contains(&path);
        self.rules.iter().any(|rule| rule.rule.set.iter().any(|(path, _)| is_support(path)))
    }
}

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

/// Settings of a county's villages, as far as they are not the county's.
#[derive(Debug, Default)]
pub(super) struct VillageSettings {
    /// By village, which of the settings is its own.
    of: Vec<Option<u16>>,
    settings: Vec<Arc<Setting>>,
}

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
        self.rules.variants.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_of_county(&self, at: u16) -> bool {
        self.rules.rules.get(usize::from(at)).is_some_and(|rule| rule.rule.villages.is_none())
    }

    /// A copy with what rules set written over it.
    fn with(&self, rules: &[u16]) -> Setting {
        let mut own = Setting { rules: Arc::default(), ..self.clone() };
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
                let villages = self.rules.rules.get(usize::from(*at)).map(|rule| &rule.rule.villages);
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
        let known = rules.iter().filter_map(|&at| self.rules.rules.get(usize::from(at)));
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
