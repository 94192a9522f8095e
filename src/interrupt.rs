//! Requests to stop: the first asks for an end at the end of the window, with a checkpoint; once more from
//! the keyboard stops at once. As long as there is nothing to keep (a scenario is read, places are made), the
//! first stops at once.
//!
//! Who may ask: Ctrl-C; the ends of time of cluster engines (TERM, and USR1 or USR2 before it where the user
//! asked for them, as with `sbatch --signal` or `qsub -notify`); limits of processor time (XCPU, every second
//! from the soft limit on); a terminal that hangs up. A file that grows beyond `ulimit -f` is a failed write,
//! as on a full disk.

use crate::terminal;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

static REQUESTS: AtomicUsize = AtomicUsize::new(0);
/// Whether there is work that a stop should keep.
static KEEPS: AtomicBool = AtomicBool::new(false);
/// Whether the first request is told.
static TELLS: AtomicBool = AtomicBool::new(false);

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

/// Whether the run was asked to stop.
pub fn requested() -> bool {
    REQUESTS.load(Ordering::SeqCst) > 0
}

/// Notes a request. The first is told; a further one ends the process if it `is_final`, and any does as long
/// as there is nothing to keep.
fn request(is_final: bool) {
    let is_first = REQUESTS.fetch_add(1, Ordering::SeqCst) == 0;
    if !KEEPS.load(Ordering::SeqCst) {
        terminal::note("Stopped before there was anything to keep.");
        end();
    }
    if is_first && TELLS.load(Ordering::SeqCst) {
        terminal::note("Stopping at the end of this window; once more stops at once.");
    }
    if !is_first && is_final {
        end();
    }
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
