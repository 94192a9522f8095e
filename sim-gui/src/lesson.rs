//! Lessons: guided stories as data, with a task at each step that the program checks.
//!
//! 1. A [`Lesson`] is a file (RON) of [`Step`]s: text, what is shown, a task, a hint, and a solution.
//! 2. [`Action`] changes what is shown, or the plan: when a step begins, and when its solution is shown.
//! 3. [`Task`] is what the reader does; [`Course::verdict`] says whether it is done, or what is missing.
//! 4. [`faults`] holds a file against the catalogue, the outcomes and the scenarios, before anybody begins
//!    it.
//! 5. A [`Course`] is a lesson being read. What was at work before comes back when it is left.

mod action;
mod check;
mod deed;
mod fault;
pub mod spot;
mod subject;
#[cfg(test)]
mod tests;

use crate::reason::LessonError;
pub use action::Action;
#[cfg(test)]
use check::check;
pub use check::{Task, Verdict};
use deed::Standing;
pub use fault::faults;
pub use subject::{Presented, Subject};

use crate::plan::{History, Plan};
use crate::settings::Parts;
use crate::state::{Ready, State, keeping};
use crate::text::Text;
use crate::view::{Selected, View};
use serde::Deserialize;
use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

/// The lessons that ship, in the order in which they are read, by the names of their files.
const SHIPPED: [(&str, &str); 6] = [
    ("taobao_village", include_str!("../lessons/taobao_village.ron")),
    ("most_do_not_boom", include_str!("../lessons/most_do_not_boom.ron")),
    ("partner", include_str!("../lessons/partner.ron")),
    ("what_first", include_str!("../lessons/what_first.ron")),
    ("locked_in", include_str!("../lessons/locked_in.ron")),
    ("support_ends", include_str!("../lessons/support_ends.ron")),
];

/// A guided story.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// The name of its file, without `.ron`.
    #[serde(skip)]
    pub name: String,
    /// Its title.
    pub title: Text,
    /// What it is about, in a sentence.
    pub summary: Text,
    /// How long it takes \[minutes\].
    pub minutes: u32,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// One step of a lesson.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its title.
    pub title: Text,
    /// What is told.
    pub text: Text,
    /// What is done when the step begins.
    #[serde(default)]
    pub begin: Vec<Action>,
    /// What the reader is asked, or asked to do.
    #[serde(default)]
    pub ask: Text,
    /// What counts as done.
    #[serde(default)]
    pub task: Task,
    /// How to do it.
    #[serde(default)]
    pub hint: Text,
    /// Actions that do it.
    #[serde(default)]
    pub solution: Vec<Action>,
    /// What it shows, told when it is done.
    #[serde(default)]
    pub after: Text,
    /// Whether what it shows are results of runs: then it is done only when all runs have come in.
    #[serde(default)]
    pub settled: bool,
}

/// What the reader answered to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// The number typed.
    pub number: Option<f64>,
    /// The number of the option chosen.
    pub choice: Option<usize>,
}

/// A lesson being read.
#[derive(Clone, Debug)]
pub struct Course {
    /// The lesson.
    pub lesson: Arc<Lesson>,
    /// The number of the step.
    pub step: usize,
    /// Which steps are done.
    pub met: Vec<bool>,
    /// What is typed, and not yet checked.
    pub typed: String,
    /// What is chosen, and not yet checked.
    pub chosen: Option<usize>,
    /// What was answered last.
    pub given: Given,
    /// Whether the hint is shown.
    pub is_hinted: bool,
    /// What the last check said.
    pub said: Option<Verdict>,
    /// Whether something was said that nobody has seen yet, so that it must come into view.
    pub is_said_now: bool,
    /// Actions that wait for a recording.
    pub pending: VecDeque<Action>,
    /// How that stood last which the task is about.
    standing: Standing,
    /// Whether the reader has changed it since the step began, or had it shown.
    has_acted: bool,
    before: Box<Before>,
}

/// What was at work before a lesson.
#[derive(Clone, Debug)]
struct Before {
    plans: History<Plan>,
    baseline: Plan,
    view: View,
    kept: Vec<Ready>,
    selected: Selected,
}

/// A file that is no sound lesson, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Faulty {
    /// The file.
    pub file: String,
    /// All its faults.
    pub faults: Vec<LessonError>,
}

/// All that has to do with teaching.
#[derive(Clone, Debug, Default)]
pub struct Teaching {
    /// The lesson being read.
    pub course: Option<Course>,
    /// The folder of own lessons, as typed.
    pub folder: String,
    /// Own lessons.
    pub own: Vec<Arc<Lesson>>,
    /// Own files that are no lessons.
    pub faulty: Vec<Faulty>,
    /// What the presenter's window shows; none while it is closed.
    pub presented: Option<Presented>,
    /// The lesson and its step that the presenter's window has turned to.
    pub turned: Option<(String, usize)>,
    /// The stop of the tour; none while there is no tour.
    pub tour: Option<usize>,
    /// Where *Show me* has just done something.
    pub spot: Option<spot::Spot>,
}

/// The lessons that ship. A test excludes that one cannot be read.
pub fn shipped() -> &'static [Arc<Lesson>] {
    static LESSONS: OnceLock<Vec<Arc<Lesson>>> = OnceLock::new();
    LESSONS.get_or_init(|| {
        let read = SHIPPED.iter().filter_map(|(name, text)| read(name, text).ok());
        read.map(Arc::new).collect()
    })
}

/// Reads a lesson and checks it.
///
/// # Errors
/// All faults; only the first if it is no well-formed text.
pub fn read(name: &str, text: &str) -> Result<Lesson, Vec<LessonError>> {
    let mut lesson: Lesson =
        ron::from_str(text).map_err(|error| vec![LessonError::Unreadable { reason: error.to_string() }])?;
    lesson.name = name.to_owned();
    let found = faults(&lesson);
    if found.is_empty() { Ok(lesson) } else { Err(found) }
}

impl Teaching {
    /// Opens the folder of own lessons that was typed: every sound lesson is listed, of every other its
    /// faults.
    pub fn open_folder(&mut self) {
        self.own.clear();
        self.faulty.clear();
        let folder = self.folder.trim().to_owned();
        let mut fail = |file: &str, faults: Vec<LessonError>| {
            self.faulty.push(Faulty { file: file.to_owned(), faults });
        };
        let entries = match sim_files::folder::list(std::path::Path::new(&folder)) {
            Ok(entries) => entries,
            Err(reason) => return fail(&folder, vec![LessonError::FolderNotOpened { why: reason.into() }]),
        };
        let entries = entries.into_iter();
        let mut paths: Vec<std::path::PathBuf> =
            entries.map(|entry| std::path::Path::new(&folder).join(entry.name)).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "ron"));
        if paths.is_empty() {
            fail(&folder, vec![LessonError::NoFiles]);
        }
        for path in paths {
            let file = path.display().to_string();
            // A folder of lessons may have been sent: its links are not followed, and nothing in it is waited
            // for.
            let text = sim_files::within::text(
                std::path::Path::new(&folder),
                path.file_name().unwrap_or_default(),
                sim_files::limits::LESSON,
            );
            let text = text.map_err(|reason| vec![LessonError::File { why: reason.into() }]);
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            match text.and_then(|text| read(&name.unwrap_or_default(), &text)) {
                Ok(lesson) => self.own.push(Arc::new(lesson)),
                Err(faults) => fail(&file, faults),
            }
        }
    }
}

impl Course {
    /// The step.
    pub fn now(&self) -> Option<&Step> {
        self.lesson.steps.get(self.step)
    }

    /// Whether the step is done.
    pub fn is_met(&self) -> bool {
        self.met.get(self.step).copied().unwrap_or(false)
    }
}

/// Begins a lesson. What is at work comes back when it is left.
pub fn begin(state: &mut State, lesson: &Arc<Lesson>) {
    leave(state);
    // The lesson's steps are undone within the lesson, and never mixed with the reader's own.
    let fresh = History::new(state.plans.now().clone());
    state.teaching.course = Some(Course {
        lesson: lesson.clone(),
        step: 0,
        met: vec![false; lesson.steps.len()],
        typed: String::new(),
        chosen: None,
        given: Given::default(),
        is_hinted: false,
        said: None,
        is_said_now: false,
        pending: VecDeque::new(),
        standing: Standing::default(),
        has_acted: false,
        before: Box::new(Before {
            plans: std::mem::replace(&mut state.plans, fresh),
            baseline: state.baseline.plan.clone(),
            view: state.view.clone(),
            kept: std::mem::take(&mut state.kept),
            selected: std::mem::replace(&mut state.selected, Selected::Nothing),
        }),
    });
    state.view.has_inspector = false;
    go(state, 0);
}

/// Goes to a step. Going back, or past steps that are not done, lays out plan and view as the lesson has
/// them.
pub fn go(state: &mut State, step: usize) {
    let Some(course) = &mut state.teaching.course else {
        return;
    };
    let is_next = step == course.step + 1 && course.is_met();
    course.step = step.min(course.lesson.steps.len().saturating_sub(1));
    course.typed.clear();
    (course.chosen, course.given) = (None, Given::default());
    (course.is_hinted, course.said) = (false, None);
    course.pending.clear();
    let steps = &course.lesson.clone().steps;
    if !is_next {
        for earlier in steps.iter().take(step) {
            let actions = earlier.begin.iter().chain(&earlier.solution);
            for action in actions.filter(|action| action.lays_out()) {
                let _ = action.perform(state);
            }
        }
    }
    if let Some(mut course) = state.teaching.course.take() {
        course.stands(state);
        course.has_acted = false;
        state.teaching.course = Some(course);
    }
    state.teaching.spot = None;
    if let Some(now) = steps.get(step) {
        perform(state, &now.begin);
    }
}

/// Does what the step's solution says.
pub fn show_solution(state: &mut State) {
    let step = state.teaching.course.as_ref().and_then(Course::now).cloned();
    if let Some(step) = step {
        perform(state, &step.solution);
        spot::show(state, &step);
        if let Some(course) = &mut state.teaching.course {
            course.has_acted = true;
        }
    }
}

/// Does actions one after another; those that cannot be done yet wait, and the rest behind them.
fn perform(state: &mut State, actions: &[Action]) {
    if let Some(course) = &mut state.teaching.course {
        course.pending.extend(actions.iter().cloned());
    }
    follow(state);
}

/// Once a frame: does what has waited, and notes whether the step is done.
pub fn follow(state: &mut State) {
    while let Some(action) = state.teaching.course.as_ref().and_then(|course| course.pending.front().cloned())
    {
        watch(state);
        if !action.perform(state) {
            break;
        }
        if let Some(mut course) = state.teaching.course.take() {
            course.pending.pop_front();
            course.stands(state);
            state.teaching.course = Some(course);
        }
    }
    watch(state);
    let Some(course) = &state.teaching.course else {
        return;
    };
    if course.is_met() || !course.pending.is_empty() {
        return;
    }
    let Some(verdict) = course.now().map(|step| course.verdict(step, state)) else {
        return;
    };
    let has_waited = matches!(course.said, Some(Verdict::Waiting(_)));
    let is_waiting = course.has_deed() && matches!(verdict, Verdict::Waiting(_));
    match &mut state.teaching.course {
        _ if verdict == Verdict::Met => note(state),
        // What is waited for is told without being asked, and so is what comes of it.
        Some(course) if has_waited || is_waiting => course.said = Some(verdict),
        _ => {}
    }
}

/// Notes whether the reader has done something about the task.
fn watch(state: &mut State) {
    if let Some(mut course) = state.teaching.course.take() {
        course.watch(state);
        state.teaching.course = Some(course);
    }
}

/// Notes that the step is done, and how far the lesson was read.
fn note(state: &mut State) {
    let Some(course) = &mut state.teaching.course else {
        return;
    };
    if let Some(met) = course.met.get_mut(course.step) {
        *met = true;
    }
    course.said = None;
    // What the step shows may be below the panel's edge.
    course.is_said_now = true;
    let name = course.lesson.name.clone();
    let done = course.met.iter().filter(|met| **met).count();
    let known = state.view.lessons.entry(name).or_default();
    *known = (*known).max(done);
}

/// Leaves the lesson: what was at work before comes back.
pub fn leave(state: &mut State) {
    let view = own(state).view;
    let Some(course) = state.teaching.course.take() else {
        return;
    };
    state.kept = course.before.kept;
    state.open(course.before.baseline);
    state.plans = course.before.plans;
    state.plans.close();
    // Places are the reader's own again before somebody in them is looked at.
    state.read_plan();
    state.selected = course.before.selected;
    state.view = view;
}

/// The reader's own plans, baseline and view: those at work, and during a lesson those that come back when it
/// is left.
pub fn own(state: &State) -> Parts<'_> {
    let mut view = state.view.clone();
    let Some(course) = &state.teaching.course else {
        return Parts {
            view,
            plans: &state.plans,
            baseline: &state.baseline.plan,
            kept: keeping::all(&state.kept, &state.absent),
        };
    };
    let before = &course.before;
    view.tab = before.view.tab;
    view.layer = before.view.layer.clone();
    view.is_difference = before.view.is_difference;
    view.camera = before.view.camera;
    view.charts.clone_from(&before.view.charts);
    view.has_inspector = before.view.has_inspector;
    Parts {
        view,
        plans: &before.plans,
        baseline: &before.baseline,
        kept: keeping::all(&before.kept, &state.absent),
    }
}
