//! Everything that the panels see, and what happens between them.
//!
//! Panels change plans, view, clock and selection; [`State::update`], once a frame, turns changed plans into
//! work and takes what has been worked out. Nothing here draws, and nothing waits.

mod asking;
mod choosing;
mod comparing;
pub mod keeping;
mod latency;
mod naming;
mod news;
pub mod notice;
mod notices;

use crate::clock::{Clock, months};
use crate::comparison::LEAST;
use crate::facts::Covered;
use crate::finger::Finger;
use crate::lesson::{self, Teaching};
use crate::plan::{History, Plan, Prepared};
use crate::run::Run;
use crate::text::Say;
use crate::theme::Palette;
use crate::view::{Selected, View};
use crate::work::pool::Pool;
use crate::work::preview::{Holds, Job, Key};
use crate::work::recorder::Recorder;
use crate::work::sample::{Extent, Level};
use crate::work::store::Store;
use crate::work::story::Story;
use latency::Latency;
use naming::Changed;
pub use naming::NEVER;
pub use notice::Notice;
use sim_core::scenario::InputError;
use std::sync::Arc;
use std::time::Duration;
use web_time::Instant;

/// Seeds of a level, at most: as many as a difference needs to be told from chance. A web page has one
/// thread, and stops at estimates.
const SEEDS: &[(Level, u32)] = if cfg!(target_arch = "wasm32") {
    &[(Level::Preview, LEAST as u32), (Level::Estimate, LEAST as u32)]
} else {
    &[(Level::Preview, LEAST as u32), (Level::Estimate, LEAST as u32), (Level::FullEstimate, LEAST as u32)]
};

/// The finest sample that plans are answered with: what coarser ones show still moves.
pub const FINEST: Level = SEEDS[SEEDS.len() - 1].0;

/// Village-months above which a recording is made only when asked for: some half a minute.
const LARGE: u64 = if cfg!(target_arch = "wasm32") { 400_000 } else { 8_000_000 };

/// Plans kept beside the baseline, at most: more columns and curves cannot be told apart.
pub const KEPT: usize = 8;

/// A plan that is shown: read, or why it cannot be read.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The plan.
    pub plan: Plan,
    /// It, read and checked.
    pub prepared: Prepared,
    /// Its places.
    pub extent: Arc<Extent>,
    /// In what it differs from its scenario.
    pub changed: Vec<Changed>,
    /// What it covers of what published figures count.
    pub covered: Covered,
}

impl Ready {
    /// Reads a plan.
    ///
    /// # Errors
    /// All faults.
    pub fn of(plan: &Plan) -> Result<Ready, Vec<InputError>> {
        let prepared = plan.prepare().map_err(|faults| faults.0)?;
        let extent = Extent::of(&prepared).map_err(|faults| faults.0)?;
        Ok(Ready {
            plan: plan.clone(),
            changed: naming::changed(plan, &prepared),
            covered: Covered::of(&prepared, &extent),
            extent: Arc::new(extent),
            prepared,
        })
    }

    /// What identifies its results.
    pub fn id(&self) -> u128 {
        self.prepared.id
    }

    /// Whether a recording would take long.
    fn is_large(&self) -> bool {
        let scenario = &self.prepared.scenario;
        let months = (months(scenario.end_time()) - months(scenario.start_time())) as u64;
        self.extent.villages() * months > LARGE
    }

    /// The run of a number at a level; with a member of the ensemble, if runs are to hold what is unknown.
    fn job(&self, level: Level, holds: Holds, seed: u32) -> Option<Job> {
        let sample = match holds {
            Holds::Luck => self.extent.sample(&self.prepared, level, seed)?,
            Holds::LuckAndUnknown => self.extent.sample(&self.prepared.with_member(seed)?, level, seed)?,
        };
        Some(Job {
            key: Key { plan: self.id(), level, holds, seed },
            scenario: sample.scenario,
            table: self.prepared.table.clone(),
            later: self.prepared.later.clone(),
            places: sample.places,
            counties: sample.counties,
            villages: sample.villages,
        })
    }
}

/// Everything that the panels see.
pub struct State {
    /// How the window looks.
    pub view: View,
    /// The present plan, with its past and future.
    pub plans: History<Plan>,
    /// The plan of today, to which everything is compared.
    pub baseline: Ready,
    /// The present plan, read; the last sound one while the present is faulty.
    pub current: Ready,
    /// The plan that was shown before the present one, which stands in until that has an answer.
    pub previous: Option<Ready>,
    /// Plans kept to compare.
    pub kept: Vec<Ready>,
    /// Kept plans that cannot be read now.
    pub absent: Vec<keeping::Absent>,
    /// Why the present plan cannot run; nothing if it can.
    pub faults: Vec<InputError>,
    /// Finished previews.
    pub store: Store,
    /// Recorded runs, the latest last.
    pub runs: Vec<Arc<Run>>,
    /// How far a run has come that is made once more to tell of somebody in it, 0 to 1.
    pub again: Option<f32>,
    /// The plan that the recorder records, or has recorded.
    pub recording_of: Option<u128>,
    /// Whether that recording has been asked for and has neither ended nor failed.
    is_recording: bool,
    /// Whether a large recording was asked for.
    pub is_asked: bool,
    /// The time that is looked at.
    pub clock: Clock,
    /// What the inspector is about.
    pub selected: Selected,
    /// What was looked at before, to go back.
    pub trail: Vec<Selected>,
    /// The story that was told last.
    pub story: Story,
    /// What to tell the user, the latest last.
    pub notices: Vec<Notice>,
    /// What was typed into the search for levers.
    pub lever_search: String,
    /// How long answers took.
    pub latency: Latency,
    /// Whether a lever is being held.
    pub is_held: bool,
    /// What a finger on the screen does.
    pub finger: Finger,
    /// Lessons, presenter, tour.
    pub teaching: Teaching,
    pool: Pool,
    recorder: Recorder,
    samples: &'static [(Level, u32)],
    read: Plan,
    wanted: (u128, u128, usize, bool, u64),
    is_dirty: bool,
}

/// What wakes the window.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

impl State {
    /// A window on a plan, with so many threads for work (none on a web page).
    pub fn new(plan: Plan, view: View, threads: usize, wake: Wake) -> State {
        let (first, faults) = match Ready::of(&plan) {
            Ok(ready) => (ready, Vec::new()),
            Err(faults) => (fallback(), faults),
        };
        let woken = wake.clone();
        State {
            view,
            plans: History::new(plan.clone()),
            baseline: first.clone(),
            current: first,
            previous: None,
            kept: Vec::new(),
            absent: Vec::new(),
            faults,
            store: Store::default(),
            runs: Vec::new(),
            again: None,
            recording_of: None,
            is_recording: false,
            is_asked: false,
            clock: Clock::default(),
            selected: Selected::Nothing,
            trail: Vec::new(),
            story: Story::default(),
            notices: Vec::new(),
            lever_search: String::new(),
            latency: Latency::default(),
            is_held: false,
            finger: Finger::default(),
            teaching: Teaching::default(),
            pool: Pool::new(threads, move || wake()),
            recorder: Recorder::new(threads, move || woken()),
            samples: SEEDS,
            read: plan,
            wanted: (0, 0, 0, false, u64::MAX),
            is_dirty: true,
        }
    }

    /// What says things in the window's language.
    pub fn say(&self) -> Say {
        Say(self.view.language, self.current.prepared.scenario.places.region.currency())
    }

    /// The window's colours.
    pub fn palette(&self) -> Palette {
        Palette::of(self.view.theme)
    }

    /// Sets a field of the present plan.
    pub fn set(&mut self, path: &str, value: &str) {
        let mut plan = self.plans.now().clone();
        plan.set(path, value);
        self.unname(&mut plan);
        self.plans.change(plan, path);
    }

    /// Gives a field its base value back.
    pub fn reset(&mut self, path: &str) {
        let mut plan = self.plans.now().clone();
        plan.reset(path);
        self.unname(&mut plan);
        self.plans.change(plan, "reset");
        self.plans.close();
    }

    /// The present scenario without changes: the baseline, if that is the same scenario, else as its file has
    /// it.
    pub fn unchanged(&self) -> Plan {
        let now = self.plans.now();
        let is_same = self.baseline.plan.base == now.base && self.baseline.plan.own == now.own;
        match is_same {
            true => self.baseline.plan.clone(),
            false => now.unedited(),
        }
    }

    /// Takes all changes back.
    pub fn reset_all(&mut self) {
        let plan = self.unchanged();
        self.plans.change(plan, "reset all");
        self.plans.close();
    }

    /// Makes the present plan the baseline.
    pub fn make_baseline(&mut self) {
        self.rest_on(self.current.clone(), self.plans.now().clone());
    }

    /// Takes a plan up and compares it with a baseline from now on, as one step: undone, both come back.
    fn rest_on(&mut self, baseline: Ready, plan: Plan) {
        self.plans.change_both(plan, self.baseline.plan.clone(), baseline.plan.clone());
        self.baseline = baseline;
        self.is_dirty = true;
    }

    /// Looks at something else, and remembers what was looked at.
    pub fn select(&mut self, selected: Selected) {
        if self.selected == selected {
            return;
        }
        let before = std::mem::replace(&mut self.selected, selected);
        if before != Selected::Nothing {
            self.trail.push(before);
            self.trail.truncate(50);
        }
        self.ask_story();
        self.view.has_inspector = true;
    }

    /// Looks at what was looked at before.
    pub fn back(&mut self) {
        if let Some(before) = self.trail.pop() {
            self.selected = before;
            self.ask_story();
        }
    }

    /// Asks for the story of who is looked at, if the recorder has the present plan; if it has another, it
    /// records this one again, and then tells.
    pub(crate) fn ask_story(&self) {
        if let Selected::Entity(entity) = self.selected
            && self.recording_of == Some(self.current.id())
        {
            self.recorder.request_story(entity);
        }
    }

    /// Whether a recorded run is over the places of the present plan.
    pub fn is_here(&self, run: &Run) -> bool {
        let known = self.together().into_iter().chain(self.previous.as_ref());
        let mut own = known.filter(|ready| ready.id() == run.plan);
        own.any(|ready| ready.extent.has_places_of(&self.current.extent))
    }

    /// The recorded run of a plan.
    pub fn run_of(&self, plan: u128) -> Option<&Arc<Run>> {
        self.runs.iter().find(|run| run.plan == plan && !run.frames.is_empty())
    }

    /// The recorded run that is shown, and whether it is that of the present plan: until it is, the one shown
    /// before stands in, or any other.
    pub fn shown_run(&self) -> Option<(&Arc<Run>, bool)> {
        let own = self.run_of(self.current.id()).map(|run| (run, true));
        let before = || self.run_of(self.previous.as_ref()?.id());
        let other = || self.runs.iter().rev().find(|run| !run.frames.is_empty());
        own.or_else(|| before().or_else(other).map(|run| (run, false)))
    }

    /// Whether a recording of the present plan waits to be asked for.
    pub fn needs_asking(&self) -> bool {
        self.current.is_large() && !self.is_asked && self.recording_of != Some(self.current.id())
    }

    /// Whether nothing that is shown of the present plan moves any more: all its runs have come in.
    pub fn is_settled(&self) -> bool {
        let is_read = self.current.plan == *self.plans.now();
        is_read && !self.is_held && self.waiting() == 0 && self.level().is_some()
    }

    /// Answers with these samples and numbers of seeds, so that a test need not wait for the window's; with
    /// none, it makes no runs at all.
    #[cfg(test)]
    pub fn answer_with(&mut self, samples: &'static [(Level, u32)]) {
        self.samples = samples;
        self.is_dirty = true;
    }

    /// How many previews are on their way.
    pub fn waiting(&self) -> usize {
        self.pool.waiting()
    }

    /// Once a frame: reads what changed, takes news, asks for what is missing. Says whether anything is new.
    pub fn update(&mut self, seconds: f64) -> bool {
        self.read_plan();
        self.read_holds();
        let mut is_new = self.take_previews();
        is_new |= self.take_recordings();
        self.ask_previews();
        self.ask_recording();
        // Without threads, a first answer goes before everything else.
        let is_urgent = self.pool.is_urgent();
        self.pool.pump(Duration::from_millis(if is_urgent { 40 } else { 12 }));
        if !is_urgent {
            self.recorder.pump(Duration::from_millis(20));
        }
        let span = self.shown_run().map(|(run, _)| run.span());
        if let Some((first, last)) = span {
            is_new |= self.clock.advance(seconds, first, last);
        }
        lesson::follow(self);
        is_new
    }

    /// Takes the baseline that stood beside the present step, after a step back or forth.
    fn read_baseline(&mut self) {
        let beside = self.plans.beside().filter(|plan| **plan != self.baseline.plan);
        // It was read before, and is sound.
        if let Some(ready) = beside.and_then(|plan| Ready::of(plan).ok()) {
            self.baseline = ready;
            self.is_dirty = true;
        }
    }

    /// Shows the runs that hold what is to be shown.
    fn read_holds(&mut self) {
        if self.store.holds != self.view.holds {
            self.store.holds = self.view.holds;
            self.store.version += 1;
            self.is_dirty = true;
        }
    }

    pub(crate) fn read_plan(&mut self) {
        self.read_baseline();
        if self.read == *self.plans.now() {
            return;
        }
        self.read = self.plans.now().clone();
        match Ready::of(&self.read) {
            Ok(ready) => {
                if ready.id() != self.current.id() {
                    self.latency.asked = Some((ready.id(), Instant::now()));
                    self.is_asked = false;
                }
                self.warn(&ready);
                // Who was looked at lived in other places: here, a number of theirs means somebody else.
                if !ready.extent.has_places_of(&self.current.extent) {
                    self.leave_people();
                }
                let before = std::mem::replace(&mut self.current, ready);
                if before.id() != self.current.id() && self.store.best(before.id()).is_some() {
                    self.previous = Some(before);
                }
                self.faults.clear();
                self.is_dirty = true;
            }
            Err(faults) => self.faults = faults,
        }
    }

    /// Asks for work that fails, to see what the window does then.
    #[cfg(test)]
    pub fn panic_once(&self) {
        let mut job: Vec<_> = self.current.job(Level::Preview, Holds::Luck, 0).into_iter().collect();
        job.iter_mut().for_each(|job| job.key.seed = u32::MAX);
        self.pool.want(job);
    }

    /// Something moves by itself: time plays, or work without threads goes on.
    pub fn is_moving(&self) -> bool {
        self.clock.is_playing || self.pool.is_inline() && (self.waiting() > 0 || self.recorder.is_busy())
    }
}

/// What is shown while the scenario asked for is faulty: the smallest that ships, which a test reads.
fn fallback() -> Ready {
    let plan = Plan::of("tiny");
    let ready = Ready::of(&plan);
    ready.unwrap_or_else(|faults| unreachable!("the built-in scenario is sound: {faults:?}"))
}
