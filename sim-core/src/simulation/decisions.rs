//! Decisions from outside: rules that a caller adds between two windows.
//!
//! What is decided holds from the next day on, so that a run whose scenario has the same rules from the
//! beginning is the same to the last bit: at a window's end the nation has decided already. Nothing else may
//! depend on whether a rule is there that does not hold yet, and so a rule with a condition is refused: its
//! months are counted from the beginning, and a branch must add it.
//!
//! Rejected: a branch for every decision, which writes down and reads all of a run; and levers that are set
//! without a rule, of which no table and no scenario would tell.

use super::faults::fault;
use super::run::Simulation;
use crate::base::{Date, Delay, Message};
use crate::messages;
use crate::model::{ModelNode, covered};
use crate::params::{Rule, RulePlaces};
use crate::scenario::{InputErrors, Issue};

messages! {
    /// Why a rule cannot be added on the way.
    pub enum DecisionError {
        Condition { rule: String } =
            "the rule `{rule}` has a condition, whose months are counted from the beginning: expected a \
             rule without `when`",
            "规则 `{rule}` 有条件，其月份须从头数起：应为没有 `when` 的规则";
        Past { day: Date, first: Date } =
            "{day} lies before the first day on which a decision can hold: expected {first} or later",
            "{day} 早于决定可以生效的第一天：应为 {first} 或以后";
        TooMany { most: usize } =
            "a run has at most {most} rules: expected fewer decisions, as by equal values for more places",
            "一次运行至多有 {most} 条规则：决定应更少，例如让更多地方取相同的值";
    }
}

/// Rules that a run can have: they are numbered in 16 bits.
const MOST_RULES: usize = u16::MAX as usize;

impl Simulation {
    /// The first day on which what is decided now can hold.
    pub fn first_day_of_decisions(&self) -> Date {
        (self.now + Delay::days(1)).date()
    }

    /// Adds rules without a condition. One that says no day holds from the next on; one that begins only
    /// after the run's end is left out. They are then part of the scenario, which alone makes the run again.
    ///
    /// # Errors
    /// If a rule has a condition, begins too early, has the name of another or applies nowhere; then none is
    /// added.
    pub fn decide(&mut self, rules: Vec<Rule>) -> Result<(), InputErrors> {
        self.check_decisions(&rules)?;
        let first = self.first_day_of_decisions();
        let dated = rules.into_iter().map(|rule| Rule { from: rule.from.or(Some(first)), ..rule });
        let last = self.scenario.end;
        let new: Vec<Rule> = dated.filter(|rule| rule.from.is_some_and(|from| from <= last)).collect();
        let Some(earliest) = new.iter().filter_map(|rule| rule.from).min() else { return Ok(()) };
        self.setting.add_rules(&new);
        let counties = self.network.nodes_mut().iter_mut().filter_map(ModelNode::county_mut);
        counties.for_each(|county| county.expect_rules(earliest.midnight()));
        self.scenario.rules.extend(new);
        Ok(())
    }

    /// Whether rules could be [decided](Simulation::decide) now.
    ///
    /// # Errors
    /// Those of [`Simulation::decide`].
    pub fn check_decisions(&self, rules: &[Rule]) -> Result<(), InputErrors> {
        let known = &self.scenario.rules;
        if known.len() + rules.len() > MOST_RULES {
            return refused(DecisionError::TooMany { most: MOST_RULES });
        }
        let first = self.first_day_of_decisions();
        for (at, rule) in rules.iter().enumerate() {
            let name = || rule.name.clone();
            if rule.when.is_some() {
                return refused(DecisionError::Condition { rule: name() });
            }
            if let Some(day) = rule.from.filter(|&day| day < first) {
                return refused(DecisionError::Past { day, first });
            }
            if known.iter().chain(&rules[..at]).any(|other| other.name == rule.name) {
                return Err(fault("rules", Issue::NameTaken { name: name() }).into());
            }
            if let Some(until) = rule.until.filter(|&until| until <= rule.from.unwrap_or(first)) {
                let from = rule.from.unwrap_or(first);
                return Err(fault("rules", Issue::UntilBeforeFrom { until, from }).into());
            }
            if !self.applies(&rule.places) {
                return Err(fault("rules", Issue::Nowhere { name: name() }).into());
            }
        }
        Ok(())
    }

    /// Whether some of the places are in the run, or are such as a run may well have none of.
    fn applies(&self, places: &RulePlaces) -> bool {
        match places {
            RulePlaces::Provinces(_) | RulePlaces::Counties(_) => {
                covered(places, &self.setting.atlas, self.setting.remote_km).contains(&true)
            }
            RulePlaces::Nation | RulePlaces::Poverty | RulePlaces::NotPoverty | RulePlaces::Remote => true,
        }
    }

    /// A lever as it is set in each county held here on the first day on which a decision can hold, in RON,
    /// by what has been decided so far; nothing if there is no such lever. Villages for which rules set it
    /// otherwise are not looked at.
    pub fn lever(&self, path: &str) -> Option<Vec<String>> {
        self.setting.parameters.get(path)?;
        let day = self.first_day_of_decisions().midnight();
        let each = self.counties().map(|county| {
            let own = county.setting_on(&self.setting, day);
            own.as_deref().unwrap_or(&self.setting).parameters.get(path)
        });
        each.collect()
    }
}

fn refused(why: DecisionError) -> Result<(), InputErrors> {
    Err(fault("rules", Issue::Beyond { what: Message::of(why) }).into())
}

#[cfg(test)]
mod tests {
    use crate::base::Fingerprint;
    use crate::params::Rule;
    use crate::scenario::Scenario;
    use crate::simulation::{Simulation, Threads};

    /// Twelve counties with some villages for half a year, with a rule of the scenario's own.
    fn scenario() -> Scenario {
        let mut scenario = Scenario::builtin("tiny").unwrap();
        let own = "[(name: \"own\", when: \"centres_open >= 1\", set: (programme: (base_pay: 300)))]";
        let changes = [
            ("places.select", "Random(count: 12)"),
            ("places.villages_per_county", "3"),
            ("end", "\"2015-03-31\""),
            ("rules", own),
        ];
        for (path, value) in changes {
            scenario.set(path, value).unwrap();
        }
        scenario
    }

    fn rules(text: &str) -> Vec<Rule> {
        let mut scenario = Scenario::builtin("tiny").unwrap();
        scenario.set("rules", text).unwrap();
        scenario.rules
    }

    /// What is decided after the third window, the tenth and the twentieth: for the nation, some counties,
    /// for some villages, and something that ends again.
    const DECISIONS: [(usize, &str); 3] = [
        (3, "[(name: \"a\", set: (programme: (planned_counties: 9, centre_staff: 9)))]"),
        (
            10,
            "[(name: \"b\", in: Remote, set: (programme: (base_pay: 900))),
               (name: \"c\", villages: \"to_seat > 30\", set: (programme: (installation: 0.1)))]",
        ),
        (20, "[(name: \"d\", until: \"2015-03-15\", set: (programme: (enabled: false)))]"),
    ];

    /// The fingerprint at every window's end, with decisions on the way if asked for, and the scenario then.
    fn trace(scenario: &Scenario, threads: usize, decides: bool) -> (Vec<Fingerprint>, Scenario) {
        let mut simulation = Simulation::build(scenario, None, Threads::Parallel(threads)).unwrap();
        let mut trace = Vec::new();
        loop {
            let more = simulation.step();
            trace.push(simulation.fingerprint());
            let now = DECISIONS.iter().filter(|(at, _)| decides && *at == trace.len());
            now.for_each(|(_, text)| simulation.decide(rules(text)).unwrap());
            if !more {
                assert!(simulation.audit().closes());
                return (trace, simulation.scenario().clone());
            }
        }
    }

    #[test]
    fn what_is_decided_on_the_way_is_as_if_the_scenario_had_it_from_the_beginning() {
        let (plain, _) = trace(&scenario(), 1, false);
        let (decided, after) = trace(&scenario(), 1, true);
        assert_eq!(decided[..3], plain[..3]);
        assert!(decided.last() != plain.last() && after.rules.len() == 5, "the control: it does something");
        assert_eq!(trace(&after, 1, false).0, decided);
        assert_eq!(trace(&scenario(), 2, true).0, decided);
    }

    #[test]
    fn a_checkpoint_has_what_was_decided() {
        let mut simulation = Simulation::build(&scenario(), None, Threads::Sequential).unwrap();
        for _ in 0..10 {
            simulation.step();
        }
        simulation.decide(rules("[(name: \"b\", set: (programme: (base_pay: 900)))]")).unwrap();
        let checkpoint = simulation.checkpoint().unwrap();
        let mut resumed = Simulation::resume(&checkpoint, Threads::Sequential).unwrap();
        assert_eq!(resumed.lever("programme.base_pay"), simulation.lever("programme.base_pay"));
        while simulation.step() {}
        while resumed.step() {}
        assert_eq!(simulation.fingerprint(), resumed.fingerprint());
    }

    #[test]
    fn a_lever_is_as_it_was_decided_and_what_cannot_be_is_refused() {
        let mut simulation = Simulation::build(&scenario(), None, Threads::Sequential).unwrap();
        simulation.step();
        let before = simulation.lever("programme.base_pay").unwrap();
        let code = simulation.setting().atlas.counties[4].code;
        let text = format!("[(name: \"x\", in: County({code}), set: (programme: (base_pay: 777)))]");
        simulation.decide(rules(&text)).unwrap();
        let after = simulation.lever("programme.base_pay").unwrap();
        let changed: Vec<usize> = (0..before.len()).filter(|&at| before[at] != after[at]).collect();
        assert_eq!((changed, after[4].parse::<f64>()), (vec![4], Ok(777.0)));
        assert_eq!(simulation.lever("programme.nothing"), None);
        let pay = "set: (programme: (base_pay: 5))";
        for (text, expected) in [
            (format!("[(name: \"x\", {pay})]"), "another one is called `x`"),
            (format!("[(name: \"y\", when: \"shops > 3\", {pay})]"), "expected a rule without `when`"),
            (format!("[(name: \"y\", from: \"2014-10-08\", {pay})]"), "expected 2014-10-09 or later"),
            (format!("[(name: \"y\", until: \"2014-10-09\", {pay})]"), "does not lie after the first day"),
            (format!("[(name: \"y\", in: County(829999), {pay})]"), "`y` applies nowhere"),
        ] {
            let faults = simulation.decide(rules(&text)).unwrap_err().to_string();
            assert!(faults.contains(expected), "{faults}");
        }
        assert_eq!(simulation.scenario().rules.len(), 2);
        // Only after the end: allowed, and nothing.
        simulation.decide(rules(&format!("[(name: \"y\", from: \"2015-04-01\", {pay})]"))).unwrap();
        assert_eq!(simulation.scenario().rules.len(), 2);
    }
}
