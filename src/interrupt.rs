//! Requests to stop: the first asks for an end at the end of the window, with a checkpoint; once more from
//! the keyboard stops at once. As long as there is nothing to keep (a scenario is read, places are made), the
//! first stops at once.
//!
//! Runs of a sweep and the like keep no checkpoint: what is under way is given up. They, too, are asked at
//! the end of a window, but are not waited for when that takes long, as it does while a large run's places
//! are made. Asking within a window was rejected: the core would have to know of requests.
//!
//! Who may ask: Ctrl-C; the ends of time of cluster engines (TERM, and USR1 or USR2 before it where the user
//! asked for them, as with `sbatch --signal` or `qsub -notify`); limits of processor time (XCPU, every second
//! from the soft limit on); a terminal that hangs up. A file that grows beyond `ulimit -f` is a failed write,
//! as on a full disk.

use crate::terminal;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

static REQUESTS: AtomicUsize = AtomicUsize::new(0);
/// Whether there is work that a stop should keep.
static KEEPS: AtomicBool = AtomicBool::new(false);
/// Whether the first request is told.
static TELLS: AtomicBool = AtomicBool::new(false);
/// The last words of a command whose runs are given up by a stop, while they are made.
static GIVES_UP: Mutex<Option<String>> = Mutex::new(None);
/// How long an end in good order is waited for where nothing is lost without one.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How long the words of a stop may take to be said.
const MOMENT: Duration = Duration::from_millis(400);

/// Listens for requests to stop from the program's first moment on. Until [`listen`] is called there is
/// nothing to keep, and they end the process at once. A system that refuses leaves the default, which is the
/// same but for the exit code.
pub fn listen_from_the_start() {
    system::listen();
}

/// From here on there is work that a request to stop keeps, and whoever works asks whether one came.
pub fn listen() {
    TELLS.store(true, Ordering::SeqCst);
    listen_quietly();
}

/// The same without a word: where many processes are asked at once.
pub fn listen_quietly() {
    KEEPS.store(true, Ordering::SeqCst);
    system::listen();
}

/// While it lives, a request to stop loses nothing that is to be kept, outside of [`keeping`].
pub struct GivesUp(());

/// From here on runs are made that a stop gives up. A request that finds no window's end soon ends the
/// process with these words.
#[must_use]
pub fn gives_up(words: &str) -> GivesUp {
    *words_of_end() = Some(words.to_owned());
    GivesUp(())
}

impl Drop for GivesUp {
    fn drop(&mut self) {
        *words_of_end() = None;
    }
}

/// While it is held, something is kept that must not be cut off: the process does not end.
pub fn keeping() -> impl Sized {
    words_of_end()
}

fn words_of_end() -> MutexGuard<'static, Option<String>> {
    GIVES_UP.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the process after some patience, if runs are still being made then that a stop gives up.
fn end_soon() {
    let waiting = || {
        std::thread::sleep(PATIENCE);
        let words = words_of_end();
        if let Some(words) = &*words {
            tell(words);
            end();
        }
    };
    // Without a thread the end of the window is waited for.
    let _ = std::thread::Builder::new().name("patience".to_owned()).spawn(waiting);
}

/// Whether the run was asked to stop.
pub fn requested() -> bool {
    REQUESTS.load(Ordering::SeqCst) > 0
}

/// Notes a request. The first is told; a further one ends the process if it `is_final`, and any does as long
/// as there is nothing to keep.
fn request(is_final: bool) {
    let is_first = REQUESTS.fetch_add(1, Ordering::SeqCst) == 0;
    if !KEEPS.load(Ordering::SeqCst) {
        tell("Stopped before there was anything to keep.");
        end();
    }
    if is_first {
        end_soon();
    }
    if is_first && TELLS.load(Ordering::SeqCst) {
        tell("Stopping at the end of this window; once more stops at once.");
    }
    if !is_first && is_final {
        end();
    }
}

/// Says so, and waits for that no longer than a moment: where a pipe is full that nobody reads, it would be
/// for ever, and a further request would not be heard.
fn tell(words: &str) {
    let words = words.to_owned();
    let (told, hears) = std::sync::mpsc::channel();
    let telling = move || {
        terminal::note(&words);
        let _ = told.send(());
    };
    // Without a thread nothing is said, which loses nothing.
    let _ = std::thread::Builder::new().name("words".to_owned()).spawn(telling);
    let _ = hears.recv_timeout(MOMENT);
}

/// Ends the process, with its locks removed.
fn end() -> ! {
    sim_files::lock::release();
    std::process::exit(130)
}

#[cfg(unix)]
mod system {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use std::sync::Once;

    static ONCE: Once = Once::new();

    pub fn listen() {
        ONCE.call_once(|| {
            let mut asked = vec![SIGINT, SIGTERM, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ];
            // `nohup` has it ignored so that the run outlives the terminal.
            if !is_ignored(SIGHUP) {
                asked.push(SIGHUP);
            }
            let Ok(mut signals) = Signals::new(asked) else {
                return;
            };
            let listening = move || {
                let mut has_term = false;
                for signal in signals.forever().filter(|signal| *signal != SIGXFSZ) {
                    // Engines send TERM after USR1, systems XCPU again and again and HUP twice: none of these
                    // may end the process while its checkpoint is being written.
                    super::request(signal == SIGINT || (signal == SIGTERM && has_term));
                    has_term |= signal == SIGTERM;
                }
            };
            let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(listening);
        });
    }

    /// Whether the process was started with a signal ignored, where the system tells.
    fn is_ignored(signal: i32) -> bool {
        let status = sim_files::read::system(std::path::Path::new("/proc/self/status"));
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
    }
}

#[cfg(not(unix))]
mod system {
    pub fn listen() {
        // A second handler is refused, and not needed.
        let _ = ctrlc::set_handler(move || super::request(true));
    }
}
