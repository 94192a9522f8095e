//! What results rest on: plan and baseline, what was changed, sample, runs, version, day. Whatever leaves the
//! window says so.

use crate::lever;
use crate::panels::{levers, status};
use crate::state::State;
use crate::work::preview::Holds;
use crate::work::sample::Level;
use sim_core::base::{Date, Time};
use sim_core::unit;

/// The program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Changes named in a line, at most.
const NAMED: usize = 3;

/// Letters of a value that is told, at most.
const LETTERS: usize = 60;

/// Days from 1970 to 2000, from which the model counts.
const BEFORE_2000: u64 = 10_957;

/// What the plan has that the baseline has not.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The field.
    pub path: String,
    /// Its name for people; the field again where it has none.
    pub title: String,
    /// Its value.
    pub now: String,
    /// Its value in the baseline.
    pub was: String,
    /// The day from which it holds, if not from the start.
    pub since: Option<Date>,
}

/// All changes. Two scenarios differ without an edit.
pub fn changes(state: &State) -> Vec<Change> {
    let say = state.say();
    let plan = &state.current.plan;
    let others = plan.edits.iter().filter(|edit| lever::find(&edit.path).is_none());
    let mut paths: Vec<String> = lever::levers().iter().map(|lever| lever.path.clone()).collect();
    for edit in others {
        if !paths.contains(&edit.path) {
            paths.push(edit.path.clone());
        }
    }
    let differing = paths.into_iter().flat_map(|path| {
        let was = levers::value_of(&state.baseline, &path);
        let lever = lever::find(&path);
        let shown = |value: &str| match lever {
            // A series is multiplied as a whole: what it was multiplied by is not in its numbers.
            Some(lever) if !matches!(lever.kind, lever::LeverKind::Factor) => {
                levers::shown(say, lever, value)
            }
            _ => shortened(value.trim_matches('"')),
        };
        let is_later = plan.edits.iter().any(|edit| edit.path == path && edit.is_later);
        let now = levers::value_of(&state.current, &path);
        // What holds from the start, until the branch gives it another value.
        let first = state.current.prepared.scenario.get(&path).filter(|_| is_later);
        let values = first.map(|first| (first, None)).into_iter();
        let values = values.chain([(now, plan.branch.filter(|_| is_later))]);
        let values: Vec<(String, Option<Date>)> = values.filter(|(now, _)| *now != was).collect();
        let changes = values.into_iter().map(|(now, since)| Change {
            title: lever.map_or_else(|| path.clone(), |lever| lever.title(say.0).to_owned()),
            now: shown(&now).trim().to_owned(),
            was: shown(&was).trim().to_owned(),
            since,
            path: path.clone(),
        });
        changes.collect::<Vec<Change>>()
    });
    differing.collect()
}

/// A value of so many letters as a line has room for.
fn shortened(value: &str) -> String {
    let begin: String = value.chars().take(LETTERS).collect();
    match begin.len() < value.len() {
        true => format!("{begin}…"),
        false => begin,
    }
}

/// How much was simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Villages simulated.
    pub villages: u64,
    /// Villages in all.
    pub whole: u64,
    /// Runs, each with a random stream of its own.
    pub runs: usize,
    /// Whether each run has a member of the ensemble.
    pub has_members: bool,
    /// Whether it is no more than a preview.
    pub is_preview: bool,
    /// The share of households whose orders are simulated, 0 to 1.
    pub households: f64,
}

/// What the present plan's charts rest on.
pub fn sample(state: &State) -> Sample {
    let level = state.level();
    let runs = level.map(|level| state.shown(state.current.id(), level).runs);
    let runs = runs.unwrap_or_default();
    let villages = runs.first().map_or(0, |run| run.villages);
    let whole = state.current.extent.villages();
    Sample {
        villages,
        whole,
        runs: runs.len(),
        has_members: runs.first().is_some_and(|run| run.key.holds == Holds::LuckAndUnknown),
        // A preview at all villages is no sample.
        is_preview: level.is_none_or(|level| level == Level::Preview) && villages < whole,
        households: runs.first().map_or(1.0, |run| run.households),
    }
}

impl Sample {
    /// In words.
    pub fn words(self, state: &State) -> String {
        let say = state.say();
        let number = |value: u64| crate::number::grouped(value as i64);
        let texts = [number(self.villages), number(self.whole), self.runs.to_string()];
        let [villages, whole, runs] = texts.each_ref().map(String::as_str);
        let text = match self.runs {
            1 => say.with("basis.sample.one", &[villages, whole]),
            _ => say.with("basis.sample", &[villages, whole, runs]),
        };
        // All villages are not all orders.
        let is_part = self.villages >= self.whole && self.households < 1.0;
        let share = say.mark(self.households, unit!(Share));
        let sentences = [
            Some(text),
            is_part.then(|| say.with("basis.households", &[&share])),
            self.has_members.then(|| say.of("basis.members").to_owned()),
            self.is_preview.then(|| say.of("basis.preview").to_owned()),
        ];
        sentences.into_iter().flatten().collect::<Vec<String>>().join(" ")
    }
}

/// The day of writing, by universal time; none if the clock stands before the year 2000.
pub fn today() -> Option<Date> {
    let now = web_time::SystemTime::now().duration_since(web_time::SystemTime::UNIX_EPOCH);
    let days = (now.ok()?.as_secs() / 86_400).checked_sub(BEFORE_2000)?;
    let minutes = u32::try_from(days).ok()?.checked_mul(1440)?;
    Some(Time::from_minutes(minutes).date())
}

/// All of it in one line, to stand under a picture.
pub fn line(state: &State) -> String {
    let say = state.say();
    let plan = state.own_name();
    let changes = changes(state);
    let mut parts = Vec::new();
    match state.has_other() {
        false => parts.push(say.with("basis.alone", &[&plan])),
        true => parts.push(say.with("basis.plan", &[&plan, &state.name(&state.baseline)])),
    }
    parts.extend(status::unlike_text(state));
    if !changes.is_empty() {
        let named = changes.iter().take(NAMED);
        let named = named.map(|change| say.with("basis.change", &[&change.title, &change.now, &change.was]));
        let mut named: Vec<String> = named.collect();
        if changes.len() > NAMED {
            named.push(say.with("basis.more", &[&(changes.len() - NAMED).to_string()]));
        }
        parts.push(say.with("basis.changed", &[&named.join(say.of("basis.and"))]));
    }
    parts.push(sample(state).words(state));
    parts.push(made(state));
    parts.join(" ")
}

/// By what it was made, and when.
pub fn made(state: &State) -> String {
    let day = today().map_or_else(String::new, |day| day.to_string());
    state.say().with("basis.made", &[VERSION, &day])
}
