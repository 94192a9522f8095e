//! What plans are called: by the user, else by what they change, else as their scenario is; never two alike
//! at once.

use super::{Ready, State};
use crate::lever::{self, Lever, LeverKind};
use crate::panels::levers;
use crate::plan::Plan;
use crate::run::Run;
use crate::text::Say;
use sim_core::base::Date;
use sim_core::base::Unit;
use sim_core::scenario::builtin;
use sim_core::unit;
use std::path::Path;

/// Changes that a name tells, at most; the rest is counted.
const LISTED: usize = 2;

/// Letters of a value that a name tells, at most.
const LETTERS: usize = 24;

/// The day that stands for never.
pub const NEVER: &str = "2999-12-31";

/// A field in which a plan differs from its scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The field.
    pub path: String,
    /// Its value, in RON.
    pub value: String,
    /// Its value in the scenario, in RON.
    pub was: String,
    /// The day from which it holds, if not from the start.
    pub since: Option<Date>,
}

/// How much a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    /// Some changes.
    Short,
    /// The scenario and some changes.
    Scenario,
    /// The scenario and everything that was changed.
    All,
}

/// In what a plan differs from its scenario: edits that give a field its own value again are none.
pub(super) fn changed(plan: &Plan, prepared: &crate::plan::Prepared) -> Vec<Changed> {
    if plan.edits.is_empty() {
        return Vec::new();
    }
    let unedited = Plan { edits: Vec::new(), branch: None, ..plan.clone() };
    let Ok(base) = unedited.prepare() else {
        return Vec::new();
    };
    let was = |path: &str| base.scenario.get(path).unwrap_or_default();
    let earlier = plan.edits.iter().filter(|edit| !edit.is_later).map(|edit| {
        let value = prepared.scenario.get(&edit.path);
        (edit, value.unwrap_or_else(|| edit.value.clone()), None)
    });
    let later = plan.edits.iter().filter(|edit| edit.is_later);
    let later = later.map(|edit| (edit, edit.value.clone(), plan.branch));
    let all = earlier.chain(later).map(|(edit, value, since)| Changed {
        was: match since {
            Some(_) => prepared.scenario.get(&edit.path).unwrap_or_default(),
            None => was(&edit.path),
        },
        path: edit.path.clone(),
        value,
        since,
    });
    all.filter(|changed| changed.value != changed.was).collect()
}

impl Changed {
    /// Whether it is about what is simulated, and not about what anybody does: places, days, sample, random
    /// seed.
    fn is_frame(&self) -> bool {
        let alone = ["start", "end", "seed"];
        alone.contains(&self.path.as_str()) || self.path.starts_with("places.") || self.is_technical()
    }

    /// Whether it matters only for how much is simulated and recorded.
    fn is_technical(&self) -> bool {
        let outside = ["report.", "limits."];
        ["household_sample", "window_days"].contains(&self.path.as_str())
            || outside.iter().any(|start| self.path.starts_with(start))
    }

    /// In words.
    pub fn words(&self, ready: &Ready, say: Say) -> String {
        let text = self.phrase(ready, say);
        match self.since {
            Some(day) => say.with("plan.since", &[&text, &day.to_string()]),
            None => text,
        }
    }

    fn phrase(&self, ready: &Ready, say: Say) -> String {
        if self.path == "places.select" {
            return match ready.extent.counties() {
                1 => say.of("plan.places.one").to_owned(),
                counties => say.with("plan.places", &[&say.number(counties as f64)]),
            };
        }
        if let Some(whole) = say.find(&format!("plan.{}.{}", self.path, self.value)) {
            return whole.to_owned();
        }
        let lever = lever::find(&self.path);
        let value = self.localised_value(lever, say);
        match say.find(&format!("plan.{}", self.path)) {
            Some(phrase) => phrase.replace("{0}", &lowered(&value)),
            None => {
                let title = lever.map_or(self.path.as_str(), |lever| lever.title(say.0));
                say.with("plan.field", &[title, &value])
            }
        }
    }

    fn localised_value(&self, lever: Option<&Lever>, say: Say) -> String {
        let plain = self.value.trim_matches('"');
        match (lever.map(|lever| &lever.kind), plain.parse::<f64>()) {
            (Some(LeverKind::Number { .. }), Ok(number)) => {
                let unit = lever.map_or(Unit::PURE, |lever| lever.row.unit);
                match unit.is_share() {
                    true => say.mark(number, unit),
                    false if unit.is_silent() => say.number(number),
                    false => format!("{} {}", say.number(number), say.unit(unit)),
                }
            }
            (Some(LeverKind::Factor), _) => say.number(lever::factor(&self.was, &self.value)),
            (Some(LeverKind::Choice(_)), _) => {
                let place = say.find(&format!("where.{plain}"));
                place.map_or_else(|| say.choice(plain), str::to_owned)
            }
            (Some(LeverKind::Flag), _) => {
                lever.map_or_else(String::new, |lever| levers::shown(say, lever, plain))
            }
            (Some(LeverKind::Day), _) if plain == NEVER => say.of("levers.never").to_owned(),
            // At the end of a year, the year says it.
            (Some(LeverKind::Day), _) => plain.strip_suffix("-12-31").unwrap_or(plain).to_owned(),
            (None, Ok(number)) if self.path == "household_sample" => say.mark(number, unit!(Share)),
            _ => shortened(plain),
        }
    }
}

/// A value of so many letters as a name has room for.
fn shortened(value: &str) -> String {
    let begin: String = value.chars().take(LETTERS).collect();
    match begin.len() < value.len() {
        true => format!("{begin}…"),
        false => begin,
    }
}

/// A phrase as it stands within a sentence.
fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        // What begins with two capitals is a name.
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

impl Ready {
    /// What its scenario is called: a built-in one in words, any other as it calls itself.
    pub fn scenario_title(&self, say: Say) -> String {
        let is_builtin = |name: &str| builtin().iter().any(|(known, _)| *known == name);
        let own = &self.prepared.scenario.name;
        let stem = Path::new(&self.plan.base).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        match stem {
            _ if self.plan.own.is_none() && is_builtin(&self.plan.base) => say.scenario(&self.plan.base),
            // A file that gives itself no name has that of the scenario on which it is based.
            Some(stem) if is_builtin(own) => stem,
            _ => own.clone(),
        }
    }

    fn words(&self, say: Say, detail: Detail) -> String {
        // What is done comes before where and when; beside it, that is told only where names would be alike.
        let (actions, frame): (Vec<&Changed>, Vec<&Changed>) =
            self.changed.iter().partition(|changed| !changed.is_frame());
        let has_action = !actions.is_empty();
        let is_told = |changed: &&Changed| match detail {
            Detail::Short => !changed.is_technical() && !has_action,
            Detail::Scenario => !changed.is_technical(),
            Detail::All => true,
        };
        let changed = actions.iter().copied().chain(frame.into_iter().filter(is_told));
        let phrases: Vec<String> = changed.map(|changed| changed.words(self, say)).collect();
        let most = if detail == Detail::All { phrases.len() } else { LISTED };
        let parts = phrases.iter().take(most).enumerate();
        let parts: Vec<String> =
            parts.map(|(at, phrase)| if at == 0 { phrase.clone() } else { lowered(phrase) }).collect();
        let mut text = parts.join(say.of("plan.and"));
        if phrases.len() > most {
            let rest = phrases.len() - most;
            text = say.with("plan.more", &[&text, &rest.to_string()]);
        }
        match (&self.plan.called, text.is_empty()) {
            (Some(called), _) if detail == Detail::Short => called.clone(),
            (Some(called), false) => say.with("plan.of", &[called, &lowered(&text)]),
            (Some(called), true) => called.clone(),
            (None, true) => self.scenario_title(say),
            // Places, days and seeds alone say nothing of what is done: the scenario does.
            (None, false) if detail == Detail::Short && has_action => text,
            (None, false) => say.with("plan.of", &[&self.scenario_title(say), &lowered(&text)]),
        }
    }
}

/// What plans that are shown together are called, each by another name.
pub fn names(plans: &[&Ready], say: Say) -> Vec<String> {
    // Where changes are of different scenarios, each says of which.
    let mut changed = plans.iter().filter(|plan| plan.plan.called.is_none() && !plan.changed.is_empty());
    // Those beside a plan of another scenario, though it has no changes, are of different ones too.
    let first = plans.first().map(|plan| &plan.plan.base);
    let is_mixed = changed.any(|plan| Some(&plan.plan.base) != first);
    let least = if is_mixed { Detail::Scenario } else { Detail::Short };
    let mut names: Vec<String> = plans
        .iter()
        .map(|plan| plan.words(say, if plan.plan.called.is_some() { Detail::Short } else { least }))
        .collect();
    for detail in [Detail::Scenario, Detail::All] {
        for at in doubles(&names) {
            names[at] = plans[at].words(say, detail);
        }
    }
    for at in doubles(&names) {
        let before = names[..at].to_vec();
        let mut number = 1;
        let plain = names[at].clone();
        while before.contains(&names[at]) {
            number += 1;
            names[at] = say.with("plan.number", &[&plain, &number.to_string()]);
        }
    }
    names
}

/// The names that are there more than once, by their numbers.
fn doubles(names: &[String]) -> Vec<usize> {
    let count = |name: &String| names.iter().filter(|other| *other == name).count();
    (0..names.len()).filter(|&at| count(&names[at]) > 1).collect()
}

impl State {
    /// The plans that are shown together, each once: baseline, kept ones, the present one.
    pub fn together(&self) -> Vec<&Ready> {
        let mut plans: Vec<&Ready> = Vec::new();
        for ready in std::iter::once(&self.baseline).chain(&self.kept).chain([&self.current]) {
            if plans.iter().all(|known| known.id() != ready.id()) {
                plans.push(ready);
            }
        }
        plans
    }

    /// What the plans that are shown together are called.
    pub fn names(&self) -> Vec<(u128, String)> {
        let plans = self.together();
        let names = names(&plans, self.say());
        plans.iter().map(|plan| plan.id()).zip(names).collect()
    }

    /// What a plan is called beside the others that are shown.
    pub fn name(&self, ready: &Ready) -> String {
        let mut plans = self.together();
        let at = plans.iter().position(|known| known.id() == ready.id());
        let at = at.unwrap_or_else(|| {
            plans.push(ready);
            plans.len() - 1
        });
        names(&plans, self.say()).swap_remove(at)
    }

    /// The name of the present plan: of the one that results are shown of, also while the one that is being
    /// edited cannot run.
    pub fn own_name(&self) -> String {
        self.name(&self.current)
    }

    /// The name of the plan that a recorded run is of; a note, if it stands in for the present plan.
    pub fn plan_of(&self, run: &Run) -> String {
        let say = self.say();
        match run.plan {
            plan if plan == self.current.id() => self.own_name(),
            plan if plan == self.baseline.id() => say.of("map.stale.baseline").to_owned(),
            _ => say.of("map.stale").to_owned(),
        }
    }

    /// Calls a plan by a name of the user's, wherever it is shown; by what it changes, if the name is empty.
    pub fn rename(&mut self, id: u128, name: &str) {
        let called = Some(name.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
        if self.current.id() == id && self.faults.is_empty() {
            let mut plan = self.plans.now().clone();
            plan.called.clone_from(&called);
            self.plans.change(plan, "rename");
            self.plans.close();
        }
        let shown = std::iter::once(&mut self.baseline).chain(&mut self.kept);
        for ready in shown.filter(|ready| ready.id() == id) {
            ready.plan.called.clone_from(&called);
        }
    }

    /// A name of the user's belongs to the plan that was kept under it: what is changed from there on is
    /// another one.
    pub fn unname(&self, plan: &mut Plan) {
        let mut held = self.kept.iter().chain([&self.baseline]);
        if plan.called.is_some() && held.any(|ready| ready.plan.called == plan.called) {
            plan.called = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    const ENGLISH: Say = Say::in_language(Language::English);
    const CHINESE: Say = Say::in_language(Language::Chinese);

    fn ready(plan: &Plan) -> Ready {
        Ready::of(plan).unwrap()
    }

    fn words(plan: &Plan, say: Say) -> String {
        names(&[&ready(plan)], say).swap_remove(0)
    }

    #[test]
    fn plans_are_called_by_what_they_change() {
        let tiny = Plan::of("tiny");
        for (path, value, english, chinese) in [
            ("government.courier_target", "Everywhere", "Courier subsidy everywhere", "快递补贴：所有县"),
            (
                "government.road_target",
                "RemoteCounties",
                "Road upgrades in remote counties",
                "道路升级：偏远县",
            ),
            ("programme.support_end", "\"2015-12-31\"", "Support ends 2015", "支持 2015 结束"),
            ("programme.support_end", "\"2015-06-30\"", "Support ends 2015-06-30", "支持 2015-06-30 结束"),
            ("programme.enabled", "false", "Without the programme", "不实施项目"),
            ("programme.training_hours", "40.0", "40 hours of training", "培训 40 小时"),
            ("partner.commission", "0.05", "Commission 5 %", "佣金 5%"),
            ("seed", "7", "Tiny: random seed 7", "五村示例：随机种子 7"),
        ] {
            let plan = tiny.clone().with(path, value);
            assert_eq!(words(&plan, ENGLISH), english);
            assert_eq!(words(&plan, CHINESE), chinese);
        }
        let two = tiny.clone().with("programme.support_end", "\"2015-12-31\"");
        let two = two.with("government.courier_target", "Everywhere");
        assert_eq!(words(&two, ENGLISH), "Support ends 2015, courier subsidy everywhere");
        let four = two.with("seed", "7").with("programme.teams", "12.0");
        assert_eq!(words(&four, ENGLISH), "Support ends 2015, courier subsidy everywhere and 1 more");
        let mut branched = tiny.clone();
        branched.branch = "2015-06-01".parse().ok();
        branched.set("government.courier_target", "Everywhere");
        assert_eq!(words(&branched, ENGLISH), "Courier subsidy everywhere from 2015-06-01 on");
    }

    #[test]
    fn a_plan_without_a_change_is_its_scenario() {
        assert_eq!(words(&Plan::first(), ENGLISH), ENGLISH.scenario("programme_2014"));
        assert_eq!(words(&Plan::of("no_programme"), CHINESE), CHINESE.scenario("no_programme"));
        // An edit that gives a field the value that it has anyway is none.
        let same = Plan::of("tiny").with("programme.promotion", "150.0");
        assert_eq!(words(&same, ENGLISH), ENGLISH.scenario("tiny"));
        // A scenario of the user's is called as it calls itself, whatever its file is called.
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a1.ron");
        std::fs::write(&path, "(base: \"tiny\", name: \"guizhou\", question: \"Why?\")").unwrap();
        let own = crate::plan::own::opened(&path.to_string_lossy());
        assert_eq!(words(&own, ENGLISH), "guizhou");
    }

    #[test]
    fn no_two_plans_that_are_shown_together_have_one_name() {
        let tiny = Plan::of("tiny");
        let county = Plan::of("county").with("programme.promotion", "300.0");
        let mut named = tiny.clone().with("programme.promotion", "300.0");
        named.called = Some("Mine".to_owned());
        let mut also = tiny.clone().with("programme.promotion", "900.0");
        also.called = Some("Mine".to_owned());
        let many = |last: &str| {
            tiny.clone()
                .with("programme.promotion", "300.0")
                .with("programme.teams", "12.0")
                .with("seed", last)
        };
        let plans = [
            tiny.clone(),
            tiny.clone().with("programme.promotion", "300.0"),
            county,
            named,
            also,
            many("7"),
            many("8"),
        ];
        let plans: Vec<Ready> = plans.iter().map(ready).collect();
        let plans: Vec<&Ready> = plans.iter().collect();
        for say in [ENGLISH, CHINESE] {
            let names = names(&plans, say);
            assert_eq!(doubles(&names), [0; 0], "{names:?}");
            assert!(names.iter().all(|name| !name.contains('+')), "{names:?}");
        }
        let twice = names(&[plans[1], plans[1], plans[1]], ENGLISH);
        assert!(twice[1].ends_with(" (2)") && twice[2].ends_with(" (3)"), "{twice:?}");
    }
}
