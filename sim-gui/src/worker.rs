//! The simulation's own thread, and the channels between it and the window.
//!
//! The worker loads, builds and steps; the window gives orders. News goes through a bounded channel: what a newer
//! message replaces is offered and dropped when the window is behind, what must arrive waits for room. An unbounded
//! channel was rejected: a hidden window would pile up snapshots of 100,000 villages.
//!
//! A worker is never told to stop and waited for: the window drops its ends of the channels, and the worker leaves at
//! the end of its window of time. Each run has channels of its own, so that late news of an earlier run cannot reach
//! a later one; numbering the runs in one channel was rejected, because it can be forgotten.

use sim_core::base::{Date, Fingerprint, Month, Time};
use sim_core::event::Measure;
use sim_core::metrics::area::AreaMonth;
use sim_core::metrics::outcome::outcome;
use sim_core::scenario::{BuiltinSource, Fault, Faults, FileSource, Loaded, builtin, load_traced};
use sim_core::simulation::{Simulation, Snapshot, Threads};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, TryRecvError, TrySendError, channel, sync_channel};

/// News that may wait for the window before the worker does.
const WAITING: usize = 4;

/// What is to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// A scenario file, or the name of a built-in scenario.
    pub scenario: String,
    /// Fields to set: path and value in RON.
    pub changes: Vec<(String, String)>,
}

impl Request {
    /// A scenario as it is.
    pub fn of(scenario: &str) -> Request {
        Request {
            scenario: scenario.to_owned(),
            changes: Vec::new(),
        }
    }

    /// The published roll-out at half its usual sample: the whole plan in some seconds.
    pub fn quick() -> Request {
        Request::of("programme_2014").with("household_sample", "0.005")
    }

    /// The same with a field set to a value, instead of any earlier value.
    #[must_use]
    pub fn with(mut self, path: &str, value: &str) -> Request {
        self.changes.retain(|(known, _)| known != path);
        self.changes.push((path.to_owned(), value.to_owned()));
        self
    }

    /// Reads the scenario: a file, or a built-in one if there is no such file.
    ///
    /// # Errors
    /// All faults at once.
    pub fn load(&self) -> Result<Loaded, Faults> {
        let is_builtin = builtin().iter().any(|(name, _)| *name == self.scenario);
        if is_builtin && !Path::new(&self.scenario).exists() {
            load_traced(&BuiltinSource, &self.scenario, &self.changes)
        } else {
            load_traced(&FileSource, &self.scenario, &self.changes)
        }
    }
}

/// What is known once a scenario is read and its places are made.
#[derive(Clone, Debug)]
pub struct Started {
    /// The scenario's name.
    pub name: String,
    /// The question it answers.
    pub question: String,
    /// Seed of all luck.
    pub seed: u64,
    /// Share of households whose orders are simulated \[above 0, to 1\].
    pub sample: f64,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// First moment.
    pub start: Time,
    /// The moment after the last.
    pub end: Time,
    /// Names of counties with their provinces, in order of the atlas, in Latin letters: the default fonts have no
    /// Chinese glyphs.
    pub counties: Vec<String>,
}

/// The figures of a closed month that charts show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// The month.
    pub month: Month,
    /// Stations open at its end.
    pub stations: f64,
    /// Orders through stations over stations open at the month's end \[orders a station\]; not-a-number without stations.
    pub orders_per_station: f64,
    /// Mean income of paid partners \[yuan\]; not-a-number without partners.
    pub partner_income: f64,
}

impl Figures {
    fn of(month: &AreaMonth) -> Figures {
        let derived = |name| outcome(name).map_or(f64::NAN, |outcome| (outcome.formula)(month));
        Figures {
            month: month.month,
            stations: month.real(Measure::StationsOpen),
            orders_per_station: derived("orders_per_open_station"),
            partner_income: derived("partner_income_mean"),
        }
    }
}

/// How far a run has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The end of the last window.
    pub now: Time,
    /// Orders placed; in a sample, bundles of orders.
    pub orders: u64,
    /// The closed months so far, all of them, so that a dropped message loses nothing.
    pub months: Vec<Figures>,
    /// The villages, when a month has closed since the last time.
    pub villages: Option<Box<Snapshot>>,
}

/// What the worker tells the window.
#[derive(Debug)]
pub enum News {
    /// The run is built.
    Started(Box<Started>),
    /// A window has passed.
    Progress(Progress),
    /// The end is reached, with the fingerprint of everything that happened.
    Ended(Fingerprint),
    /// The scenario is wrong.
    Faulty(Vec<Fault>),
    /// The run failed.
    Failed(String),
}

/// What the window tells the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Play,
    Pause,
}

/// The window is not interested any more.
#[derive(Debug)]
pub struct Gone;

/// The worker's ends of the channels.
pub struct Line {
    news: SyncSender<News>,
    orders: Receiver<Order>,
    wake: Box<dyn Fn() + Send>,
}

impl Line {
    /// Sends what must arrive.
    ///
    /// # Errors
    /// If the window has gone.
    pub fn send(&self, news: News) -> Result<(), Gone> {
        self.news.send(news).map_err(|_| Gone)?;
        (self.wake)();
        Ok(())
    }

    /// Sends what the next of its kind replaces; says whether it was taken.
    fn offer(&self, news: News) -> Result<bool, Gone> {
        match self.news.try_send(news) {
            Ok(()) => (self.wake)(),
            Err(TrySendError::Full(_)) => return Ok(false),
            Err(TrySendError::Disconnected(_)) => return Err(Gone),
        }
        Ok(true)
    }

    /// Follows the window's orders; while paused, waits for the next one.
    fn obey(&self) -> Result<(), Gone> {
        let mut order = match self.orders.try_recv() {
            Ok(order) => order,
            Err(TryRecvError::Empty) => return Ok(()),
            Err(TryRecvError::Disconnected) => return Err(Gone),
        };
        loop {
            order = match (order, self.orders.try_recv()) {
                (_, Ok(newer)) => newer,
                (_, Err(TryRecvError::Disconnected)) => return Err(Gone),
                (Order::Play, Err(TryRecvError::Empty)) => return Ok(()),
                (Order::Pause, Err(TryRecvError::Empty)) => self.orders.recv().map_err(|_| Gone)?,
            };
        }
    }
}

/// The window's ends of the channels.
#[derive(Debug)]
pub struct Worker {
    news: Receiver<News>,
    orders: Sender<Order>,
}

impl Worker {
    /// Starts a run on a thread of its own, which calls `wake` whenever there is news.
    pub fn start(request: Request, wake: impl Fn() + Send + 'static) -> Worker {
        Worker::spawn(wake, move |line| {
            // An error only means that nobody listens any more.
            let _ = run(&request, line);
        })
    }

    /// Starts any work; a panic in it becomes news.
    pub fn spawn(wake: impl Fn() + Send + 'static, work: impl FnOnce(&Line) + Send + 'static) -> Worker {
        let (news, incoming) = sync_channel(WAITING);
        let (orders, obeyed) = channel();
        let line = Line {
            news: news.clone(),
            orders: obeyed,
            wake: Box::new(wake),
        };
        let thread = std::thread::Builder::new()
            .name("run".to_owned())
            .spawn(move || guarded(&line, work));
        if let Err(reason) = thread {
            // The channel is new and empty: there is room.
            let _ = news.send(News::Failed(format!("no thread can be started: {reason}")));
        }
        Worker {
            news: incoming,
            orders,
        }
    }

    /// The next news, if there is any; never waits.
    pub fn news(&self) -> Option<News> {
        self.news.try_recv().ok()
    }

    /// Makes the run wait, or go on.
    pub fn pause(&self, paused: bool) {
        // A worker that has ended obeys nobody.
        let _ = self.orders.send(if paused { Order::Pause } else { Order::Play });
    }
}

fn guarded(line: &Line, work: impl FnOnce(&Line)) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| work(line))) {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no details");
        let _ = line.send(News::Failed(format!("a fault in the program: {said}")));
    }
}

/// Loads, builds, steps to the end.
fn run(request: &Request, line: &Line) -> Result<(), Gone> {
    let mut simulation = match request.load().and_then(|loaded| build(&loaded)) {
        Ok(simulation) => simulation,
        Err(faults) => return line.send(News::Faulty(faults.0)),
    };
    line.send(News::Started(Box::new(started(&simulation))))?;
    line.send(News::Progress(progress(&simulation, true)))?;
    let mut shown = 0;
    loop {
        line.obey()?;
        let goes_on = simulation.step();
        let closed = simulation.gathered().nation.len();
        let news = News::Progress(progress(&simulation, closed > shown || !goes_on));
        if !goes_on {
            line.send(news)?;
            return line.send(News::Ended(simulation.fingerprint()));
        }
        if line.offer(news)? {
            shown = closed;
        }
    }
}

/// Builds on all processors but one, which is left to the window.
fn build(loaded: &Loaded) -> Result<Simulation, Faults> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if processors > 2 {
        Threads::Parallel(processors - 1)
    } else {
        Threads::Sequential
    };
    let built = Simulation::build(&loaded.scenario, loaded.table.as_deref(), threads);
    built.map_err(|faults| Faults(faults.0.into_iter().map(|fault| located(fault, loaded)).collect()))
}

/// Faults found after loading name a field only; this adds where the user wrote it.
fn located(fault: Fault, loaded: &Loaded) -> Fault {
    match loaded.origins.of(&fault.path) {
        Some(_) if fault.line == 0 => loaded
            .origins
            .fault(&fault.path, &fault.message, &fault.suggestion),
        _ => fault,
    }
}

fn started(simulation: &Simulation) -> Started {
    let scenario = simulation.scenario();
    let atlas = &simulation.setting().atlas;
    let province = |index: u16| {
        atlas
            .provinces
            .get(usize::from(index))
            .map_or("", |province| province.name_en.as_str())
    };
    Started {
        name: scenario.name.clone(),
        question: scenario.question.clone(),
        seed: scenario.seed.0,
        sample: scenario.household_sample,
        first: scenario.start,
        last: scenario.end,
        start: simulation.start(),
        end: simulation.end(),
        counties: atlas
            .counties
            .iter()
            .map(|place| format!("{}, {}", place.name_en, province(place.province)))
            .collect(),
    }
}

fn progress(simulation: &Simulation, villages: bool) -> Progress {
    Progress {
        now: simulation.now(),
        orders: simulation.orders(),
        months: simulation.gathered().nation.iter().map(Figures::of).collect(),
        villages: villages.then(|| Box::new(simulation.snapshot())),
    }
}
