//! The nation looks at the rules of a scenario: at month's ends, on the reports of the month.

use super::rules::{OwnFigure, RuleFigure, RuleUnit, RunRule};
use super::setting::Setting;
use crate::base::{Delay, Money, Time};
use crate::event::{CountyReport, Measure};
use crate::metrics::area::{AreaMonth, AreaSum};
use crate::params::Repeat;
use serde::{Deserialize, Serialize};

/// A decision that a rule made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// When: the end of the window in which the month's reports were in, or the rule's day.
    pub time: Time,
    /// Which rule (subscript of the scenario's).
    pub rule: u16,
    /// What of the rule's units (subscript); none for a rule without a condition.
    pub unit: Option<u16>,
    /// Whether its levers are set, or what it had set is undone.
    pub is_set: bool,
    /// The values of the condition's figures, in their order.
    pub values: Vec<f64>,
}

/// What a rule has found of one of its units.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct UnitState {
    /// Months in which each lasting part of the condition has held.
    months: Vec<u32>,
    /// Whether the condition held when it was looked at last.
    held: bool,
    /// Since when its levers are set.
    since: Option<Time>,
    /// Months since its first county centre was open.
    months_open: u32,
    /// Figures of distributions that are reviewed now and then, as they were last.
    last: Option<Box<AreaMonth>>,
}

/// What is summed of a unit while reports come in.
#[derive(Clone, Debug)]
struct UnitSum {
    area: AreaSum,
    running_cost: Money,
    station_value: Money,
}

/// What the nation knows of the rules.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct NationRules {
    /// By rule and unit.
    states: Vec<Vec<UnitState>>,
    /// Whether a rule without a condition holds.
    dated: Vec<bool>,
    /// Decisions that were not handed out yet.
    decisions: Vec<Decision>,
    /// Sums of the month's reports, by rule and unit; empty between windows.
    #[serde(skip)]
    sums: Vec<Vec<Option<UnitSum>>>,
}

/// What the nation's own figures are at a month's end.
#[derive(Clone, Copy, Debug)]
pub(super) struct NationFigures {
    /// Part of station orders' value that counts against a loss.
    pub margin: f64,
    /// The nation's loss over the bound that is borne.
    pub loss_over_bound: f64,
    /// Money in the treasury \[yuan\].
    pub funds: f64,
}

impl NationRules {
    /// Whether what was stored is about rules of the run, or of the run before a branch added some.
    pub fn is_sound(&self, setting: &Setting) -> bool {
        let rules = setting.rules.rules();
        let decisions = self.decisions.iter().all(|decision| usize::from(decision.rule) < rules.len());
        let mut states = self.states.iter().zip(rules);
        let fits = self.states.len() <= rules.len() && self.dated.len() <= rules.len();
        decisions
            && fits
            && states.all(|(states, rule)| {
                let parts = rule.rule.when.as_ref().map_or(0, |when| when.condition.lasting_parts());
                states.len() <= rule.units.len() && states.iter().all(|state| state.months.len() == parts)
            })
    }

    /// Makes room for rules that a branch has added.
    fn fit(&mut self, setting: &Setting) {
        let rules = setting.rules.rules();
        self.dated.resize(rules.len(), false);
        self.states.resize_with(rules.len(), Vec::new);
        for (states, rule) in self.states.iter_mut().zip(rules) {
            let parts = rule.rule.when.as_ref().map_or(0, |when| when.condition.lasting_parts());
            let fresh = || UnitState { months: vec![0; parts], ..UnitState::default() };
            states.resize_with(rule.units.len(), fresh);
        }
    }

    /// Takes in a county's report.
    pub fn add(&mut self, setting: &Setting, county: usize, report: &CountyReport) {
        let Some(figures) = report.figures.as_deref() else { return };
        let rules = setting.rules.rules();
        self.sums.resize_with(rules.len(), Vec::new);
        for (sums, rule) in self.sums.iter_mut().zip(rules) {
            let Some(unit) = rule.unit_of(county).filter(|_| rule.rule.when.is_some()) else { continue };
            sums.resize_with(rule.units.len(), || None);
            let sum = sums[unit].get_or_insert_with(|| UnitSum {
                area: AreaSum::new(figures.month, figures.days),
                running_cost: Money::ZERO,
                station_value: Money::ZERO,
            });
            sum.area.add_figures(figures);
            sum.running_cost += report.running_cost;
            sum.station_value += report.station_value;
        }
    }

    /// Looks at all rules on what was taken in, at a window's end. Returns the counties in which other rules
    /// hold from now on, ascending.
    pub fn look(&mut self, setting: &Setting, now: Time, nation: NationFigures) -> Vec<usize> {
        self.fit(setting);
        let sums = std::mem::take(&mut self.sums);
        let mut concerned = vec![false; setting.atlas.counties.len()];
        for (at, (rule, sums)) in setting.rules.rules().iter().zip(sums).enumerate() {
            for (unit, sum) in sums.into_iter().enumerate() {
                let Some(sum) = sum else { continue };
                let Some(decision) = self.decide(rule, at, unit, sum, now, nation) else { continue };
                self.decisions.push(decision);
                if rule.reaches_places {
                    let of_unit = |county: &usize| rule.unit_of(*county) == Some(unit);
                    (0..concerned.len()).filter(of_unit).for_each(|county| concerned[county] = true);
                }
            }
        }
        (0..concerned.len()).filter(|&county| concerned[county]).collect()
    }

    /// What a rule decides for one of its units on the month's figures, if it is anything new.
    fn decide(
        &mut self,
        rule: &RunRule,
        at: usize,
        unit: usize,
        sum: UnitSum,
        now: Time,
        nation: NationFigures,
    ) -> Option<Decision> {
        let when = rule.rule.when.as_ref()?;
        let state = self.states.get_mut(at)?.get_mut(unit)?;
        let (running_cost, loss) =
            (sum.running_cost, sum.running_cost - sum.station_value.share(nation.margin));
        let area = sum.area.finish(state.last.as_deref());
        state.months_open += u32::from(state.months_open > 0 || area.value(Measure::CentresOpen) > 0);
        let values: Vec<f64> = rule
            .figures
            .iter()
            .map(|(_, figure)| match figure {
                RuleFigure::Own(OwnFigure::RunningCost) => running_cost.yuan(),
                RuleFigure::Own(OwnFigure::Loss) => loss.yuan(),
                RuleFigure::Own(OwnFigure::LossOverBound) => nation.loss_over_bound,
                RuleFigure::Own(OwnFigure::Funds) => nation.funds,
                RuleFigure::Own(OwnFigure::MonthsOpen) if state.months_open > 0 => {
                    f64::from(state.months_open)
                }
                figure => figure.of(&area),
            })
            .collect();
        let day = (area.month.next().start() - Delay::days(1)).date();
        let is_looked_at = area.is_whole() && rule.rule.is_in_force(now);
        state.last = Some(Box::new(AreaMonth { values: Vec::new(), ..area }));
        // Part of a month tells nothing of a month.
        if !is_looked_at {
            return None;
        }
        let value = |name: &str| {
            let at = rule.figures.iter().position(|(known, _)| known == name);
            at.and_then(|at| values.get(at).copied()).unwrap_or(f64::NAN)
        };
        let holds = when.condition.holds(&value, day, &mut state.months);
        let begins = holds && !state.held;
        state.held = holds;
        let is_set = match rule.rule.repeat {
            Repeat::Once if holds && state.since.is_none() => true,
            Repeat::Again if begins => true,
            Repeat::While if holds && state.since.is_none() => true,
            Repeat::While if !holds && state.since.is_some() => false,
            _ => return None,
        };
        state.since = is_set.then_some(now);
        Some(Decision { time: now, rule: at as u16, unit: Some(unit as u16), is_set, values })
    }

    /// Writes down which rules without a condition have begun or ended by a window's end.
    pub fn note_days(&mut self, setting: &Setting, now: Time) {
        self.fit(setting);
        for (at, rule) in setting.rules.rules().iter().enumerate() {
            let holds = rule.rule.when.is_none() && rule.rule.is_in_force(now) && !rule.units.is_empty();
            if holds != self.dated[at] {
                self.dated[at] = holds;
                let day = if holds { rule.rule.from } else { rule.rule.until };
                let time = day.map_or(setting.start, |day| day.midnight().max(setting.start));
                let decision =
                    Decision { time, rule: at as u16, unit: None, is_set: holds, values: Vec::new() };
                self.decisions.push(decision);
            }
        }
    }

    /// The rules with a condition that are set in a county.
    pub fn in_county(&self, setting: &Setting, county: usize) -> Vec<(Time, u16)> {
        self.set(setting, |rule| rule.unit_of(county).filter(|_| rule.reaches_places))
    }

    /// Those that the nation has set for itself.
    pub fn in_nation(&self, setting: &Setting) -> Vec<(Time, u16)> {
        let is_nation = |rule: &RunRule| rule.rule.is_national() && rule.units == [RuleUnit::Together];
        self.set(setting, |rule| is_nation(rule).then_some(0))
    }

    fn set(&self, setting: &Setting, unit: impl Fn(&RunRule) -> Option<usize>) -> Vec<(Time, u16)> {
        let rules = setting.rules.rules().iter().zip(&self.states).zip(0_u16..);
        let set = rules.filter_map(|((rule, states), at)| {
            let state = states.get(unit(rule)?)?;
            Some((state.since?, at))
        });
        set.collect()
    }

    /// The decisions since the last call.
    pub fn take_decisions(&mut self) -> Vec<Decision> {
        std::mem::take(&mut self.decisions)
    }
}
