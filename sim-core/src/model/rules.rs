//! Rules in a run: which of them hold where, and what levers are then.
//!
//! A rule without a condition holds between its days, wherever it applies; every county knows it by itself,
//! and follows it to the minute. A rule with a condition is looked at by the nation, at month's ends
//! ([`super::nation_rules`]), which tells the counties it concerns.
//!
//! Levers of a place are read from a [`Setting`](super::Setting) of its own: a copy of the run's with the
//! rules that hold written over it, in the order in which they came to hold. Counties under the same rules
//! share one, so that there are as many copies as there are different decisions, and a lever is read as fast
//! as ever. Rejected: parameters looked up by place at every use, which every reader of a lever would have to
//! know of.

use crate::base::Time;
use crate::event::Measure;
use crate::metrics::area::AreaMonth;
use crate::metrics::outcome::{OUTCOMES, outcome};
use crate::params::{Rule, RulePlaces, RuleScale};
use crate::world::Atlas;

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
pub enum RuleFigure {
    /// A measure, over so much: fen become yuan.
    Measure(Measure, f64),
    /// An outcome.
    Outcome(fn(&AreaMonth) -> f64),
    /// One of the nation's own.
    Own(OwnFigure),
}

impl RuleFigure {
    /// The figure of a name.
    pub fn named(name: &str) -> Option<RuleFigure> {
        let own = OWN_FIGURES.iter().find(|(known, _)| *known == name);
        let measure = || Measure::ALL.iter().find(|measure| measure.name() == name);
        own.map(|(_, own)| RuleFigure::Own(*own))
            .or_else(|| measure().map(|&measure| RuleFigure::Measure(measure, measure.unit().in_yuan().1)))
            .or_else(|| outcome(name).map(|outcome| RuleFigure::Outcome(outcome.formula)))
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
            RuleFigure::Measure(measure, scale) => month.real(measure) / scale,
            RuleFigure::Outcome(formula) => formula(month),
            RuleFigure::Own(_) => f64::NAN,
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
    pub figures: Vec<(String, RuleFigure)>,
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
        let figures = names.filter_map(|name| Some((name.to_owned(), RuleFigure::named(name)?)));
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

/// The rules of a run.
#[derive(Debug, Default)]
pub struct RuleBook {
    rules: Vec<RunRule>,
}

impl RuleBook {
    /// The rules of a scenario in its places.
    pub fn of(rules: &[Rule], atlas: &Atlas, remote_km: f64) -> RuleBook {
        let rules = rules.iter().map(|rule| RunRule::of(rule, atlas, remote_km)).collect();
        RuleBook { rules }
    }

    /// These rules, and more after them.
    pub(super) fn with(&self, more: &[Rule], atlas: &Atlas, remote_km: f64) -> RuleBook {
        let more = more.iter().map(|rule| RunRule::of(rule, atlas, remote_km));
        RuleBook { rules: self.rules.iter().cloned().chain(more).collect() }
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
    pub(super) fn are_of_villages(&self, rules: &[u16]) -> bool {
        let mut known = rules.iter().filter_map(|&at| self.rules.get(usize::from(at)));
        known.any(|rule| rule.rule.villages.is_some())
    }

    /// Whether a rule may switch the programme's support for a place.
    pub(super) fn decides_support(&self) -> bool {
        let is_support = |path: &str| ["programme.enabled", "programme.support_end"].contains(&path);
        self.rules.iter().any(|rule| rule.rule.set.iter().any(|(path, _)| is_support(path)))
    }
}
