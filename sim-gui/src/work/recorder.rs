//! The scenario as written, recorded: a frame for each month, so that time can be played, scrubbed and looped
//! while the run itself goes ahead. After its end the run stays, to answer for single places and people.

use super::KnownPlaces;
use super::frame::{Frame, Gains, Places};
use super::pool::panic_message;
use super::preview::branched;
use super::story::{Entity, Story};
use crate::plan::{Later, Prepared};
use crate::reason::Reason;
use sim_core::base::{Fingerprint, Time};
use sim_core::event::Episode;
use sim_core::market::choice::Delivery;
use sim_core::metrics::area::AreaMonth;
use sim_core::scenario::{InputError, InputErrors, Scenario};
use sim_core::simulation::{Simulation, Threads};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Frames of a run at most: longer runs are recorded every second month, or third.
const FRAMES: usize = 60;

/// What is to be recorded.
#[derive(Clone, Debug)]
pub struct RecorderJob {
    /// The plan.
    pub plan: u128,
    /// The scenario as written.
    pub scenario: Arc<Scenario>,
    /// Its own table of counties, if it has one.
    pub table: Option<Arc<Vec<u8>>>,
    /// The branch, if it has one.
    pub later: Option<Later>,
}

impl RecorderJob {
    /// That of a prepared plan.
    pub fn of(plan: &Prepared) -> RecorderJob {
        RecorderJob {
            plan: plan.id,
            scenario: plan.scenario.clone(),
            table: plan.table.clone(),
            later: plan.later.clone(),
        }
    }
}

/// What the recorder tells the window. Each speaks of the plan that was asked for last.
#[derive(Debug)]
pub enum RecorderNews {
    /// Places are made.
    Built(u128, Box<Places>, Time, Time),
    /// How far it has come.
    Reached(u128, Time, u64),
    /// A month has closed: how things stand, the nation's new months, what happened.
    Month(u128, Box<Frame>, Vec<AreaMonth>, Vec<Episode>),
    /// The end is reached.
    Ended(u128, Box<Ending>),
    /// The scenario cannot run.
    Faulty(u128, Vec<InputError>),
    /// The run failed.
    Failed(Reason),
    /// A story that was asked for.
    Story(Box<Story>),
}

/// What is known at the end.
#[derive(Clone, Debug)]
pub struct Ending {
    /// The fingerprint of everything that happened.
    pub fingerprint: Fingerprint,
    /// Who gains.
    pub gains: Gains,
    /// What does not balance; nothing if all does.
    pub faults: Vec<String>,
}

/// What the window asks of the recorder.
enum Order {
    Record(Box<RecorderJob>),
    Tell(Entity),
}

/// A recording as a task: each step is a window of simulated time.
pub struct Recording {
    plan: u128,
    simulation: Simulation,
    later: Option<Later>,
    threads: Threads,
    every: usize,
    months: usize,
    episodes: usize,
    served: Vec<bool>,
    is_over: bool,
}

impl Recording {
    /// Builds the run.
    ///
    /// # Errors
    /// If it cannot run.
    pub fn begin(
        job: &RecorderJob,
        known: &KnownPlaces,
        threads: Threads,
        out: &mut Vec<RecorderNews>,
    ) -> Result<Recording, InputErrors> {
        let table = job.table.as_ref().map(|table| table.as_slice());
        let simulation = known.build(&job.scenario, table, threads)?;
        let days = simulation.end().since(simulation.start()).as_days();
        let places = Places::of(&simulation.setting().atlas);
        let (start, end) = (simulation.start(), simulation.end());
        out.push(RecorderNews::Built(job.plan, Box::new(places), start, end));
        let first = Frame::of(&simulation);
        let served = (0..first.len()).map(|village| first.delivery(village) == Delivery::Village).collect();
        out.push(RecorderNews::Month(job.plan, Box::new(first), Vec::new(), Vec::new()));
        Ok(Recording {
            plan: job.plan,
            simulation,
            later: job.later.clone(),
            threads,
            every: ((days / 30.4) as usize).div_ceil(FRAMES).max(1),
            months: 0,
            episodes: 0,
            served,
            is_over: false,
        })
    }

    /// Whether the end is reached.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Runs a window.
    ///
    /// # Errors
    /// If the branch is refused.
    pub fn step(&mut self, out: &mut Vec<RecorderNews>) -> Result<(), InputErrors> {
        if self.is_over {
            return Ok(());
        }
        if let Some(later) = self.later.take_if(|later| self.simulation.now() >= later.time) {
            self.simulation = branched(&self.simulation, &later, self.threads)?;
        }
        self.is_over = !self.simulation.step();
        let closed = self.simulation.gathered().nation.len();
        if closed >= self.months + self.every || (self.is_over && closed > self.months) {
            out.push(self.month());
        }
        out.push(RecorderNews::Reached(self.plan, self.simulation.now(), self.simulation.orders()));
        if self.is_over {
            out.push(RecorderNews::Ended(self.plan, Box::new(self.ending())));
        }
        Ok(())
    }

    fn month(&mut self) -> RecorderNews {
        let gathered = self.simulation.gathered();
        let months = gathered.nation[self.months..].to_vec();
        let episodes = gathered.episodes[self.episodes..].to_vec();
        self.months = gathered.nation.len();
        self.episodes = gathered.episodes.len();
        RecorderNews::Month(self.plan, Box::new(Frame::of(&self.simulation)), months, episodes)
    }

    fn ending(&self) -> Ending {
        let audit = self.simulation.audit();
        Ending {
            fingerprint: self.simulation.fingerprint(),
            gains: Gains::of(&self.simulation, &self.served),
            faults: audit.messages,
        }
    }

    /// The story of an entity, as far as the run has come.
    pub fn story(&self, entity: Entity) -> RecorderNews {
        RecorderNews::Story(Box::new(Story::of(&self.simulation, entity)))
    }
}

/// The recorder: a thread of its own, or steps between frames on a web page.
pub struct Recorder {
    orders: Sender<Order>,
    news: Receiver<RecorderNews>,
    is_urgent: Arc<AtomicBool>,
    inline: Option<Box<Inline>>,
}

/// A recorder without a thread.
struct Inline {
    orders: Receiver<Order>,
    sender: Sender<RecorderNews>,
    known: KnownPlaces,
    recording: Option<Recording>,
}

impl Recorder {
    /// A recorder that runs on so many threads besides its own (without threads if none), and calls `wake` at
    /// news.
    pub fn new(threads: usize, wake: impl Fn() + Send + 'static) -> Recorder {
        let (orders, received) = channel();
        let (sender, news) = channel();
        let is_urgent = Arc::new(AtomicBool::new(false));
        let urgent = is_urgent.clone();
        let mut recorder = Recorder { orders, news, is_urgent, inline: None };
        if threads == 0 {
            recorder.inline = Some(Box::new(Inline {
                orders: received,
                sender,
                known: KnownPlaces::default(),
                recording: None,
            }));
            return recorder;
        }
        let failed = sender.clone();
        let thread = std::thread::Builder::new().name("recorder".to_owned());
        let runner = if threads > 1 { Threads::Parallel(threads) } else { Threads::Sequential };
        if let Err(reason) = thread.spawn(move || perform(&received, &sender, &urgent, runner, &wake)) {
            // The receiver is the recorder's own.
            let _ = failed.send(RecorderNews::Failed(Reason::NoThread { why: reason.into() }));
        }
        recorder
    }

    /// Asks for a recording, instead of the present one.
    pub fn record(&self, job: RecorderJob) {
        // A recorder that has ended told so before.
        let _ = self.orders.send(Order::Record(Box::new(job)));
    }

    /// Asks for a story.
    pub fn request_story(&self, entity: Entity) {
        let _ = self.orders.send(Order::Tell(entity));
    }

    /// Says whether previews are waiting, to which the recorder gives way.
    pub fn give_way(&self, is_urgent: bool) {
        self.is_urgent.store(is_urgent, Ordering::Relaxed);
    }

    /// The next news, if there is any; never waits.
    pub fn news(&self) -> Option<RecorderNews> {
        self.news.try_recv().ok()
    }

    /// Without a thread: whether a run is being recorded.
    pub fn is_busy(&self) -> bool {
        let recording = self.inline.as_ref().and_then(|inline| inline.recording.as_ref());
        recording.is_some_and(|recording| !recording.is_over())
    }

    /// Without a thread, works for about so long.
    pub fn pump(&mut self, time: Duration) {
        let Some(inline) = &mut self.inline else { return };
        let since = web_time::Instant::now();
        while since.elapsed() < time {
            let order = inline.orders.try_recv().ok();
            let is_idle = inline.recording.as_ref().is_none_or(Recording::is_over);
            if order.is_none() && is_idle {
                return;
            }
            let mut out = Vec::new();
            turn(order, &mut inline.recording, &inline.known, Threads::Sequential, &mut out);
            for news in out {
                // The receiver is the recorder's own.
                let _ = inline.sender.send(news);
            }
        }
    }
}

fn perform(
    orders: &Receiver<Order>,
    sender: &Sender<RecorderNews>,
    urgent: &AtomicBool,
    threads: Threads,
    wake: &(dyn Fn() + Send),
) {
    let known = KnownPlaces::default();
    let mut recording: Option<Recording> = None;
    loop {
        let is_idle = recording.as_ref().is_none_or(Recording::is_over);
        let order = if is_idle {
            let Ok(order) = orders.recv() else { return };
            Some(order)
        } else {
            match orders.try_recv() {
                Ok(order) => Some(order),
                Err(std::sync::mpsc::TryRecvError::Empty) => None,
                Err(std::sync::mpsc::TryRecvError::Disconnected) => return,
            }
        };
        if order.is_none() && urgent.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(3));
            continue;
        }
        let mut out = Vec::new();
        turn(order, &mut recording, &known, threads, &mut out);
        for news in out {
            if sender.send(news).is_err() {
                return;
            }
        }
        wake();
    }
}

/// Follows an order, or runs a window. A panic becomes news, and the recording is given up.
fn turn(
    order: Option<Order>,
    recording: &mut Option<Recording>,
    known: &KnownPlaces,
    threads: Threads,
    out: &mut Vec<RecorderNews>,
) {
    let plan = match (&order, &recording) {
        (Some(Order::Record(job)), _) => job.plan,
        (_, Some(recording)) => recording.plan,
        _ => 0,
    };
    let done = catch_unwind(AssertUnwindSafe(|| -> Result<(), InputErrors> {
        match order {
            Some(Order::Record(job)) => {
                // The old run goes first: two do not fit where one is large.
                *recording = None;
                *recording = Some(Recording::begin(&job, known, threads, out)?);
            }
            Some(Order::Tell(entity)) => out.extend(recording.as_ref().map(|run| run.story(entity))),
            None => {
                if let Some(run) = recording {
                    run.step(out)?;
                }
            }
        }
        Ok(())
    }));
    match done {
        Ok(Ok(())) => return,
        Ok(Err(faults)) => out.push(RecorderNews::Faulty(plan, faults.0)),
        Err(panic) => out.push(RecorderNews::Failed(panic_message(&*panic))),
    }
    *recording = None;
}
