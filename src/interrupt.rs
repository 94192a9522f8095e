//! Ctrl-C: the first asks the run to stop at the end of its window, the second stops the process at once.

use crate::terminal;
use std::sync::atomic::{AtomicUsize, Ordering};

static REQUESTS: AtomicUsize = AtomicUsize::new(0);

/// Starts listening for Ctrl-C, and for requests to terminate or hang up, which mean the same. A system that refuses
/// leaves the default: the process ends at once.
pub fn listen() {
    listen_with(|| terminal::note("Stopping at the end of this window; once more stops at once."));
}

/// The same without a word: where many processes are asked at once.
pub fn listen_quietly() {
    listen_with(|| {});
}

fn listen_with(tell: fn()) {
    let _ = ctrlc::set_handler(move || {
        if REQUESTS.fetch_add(1, Ordering::SeqCst) > 0 {
            std::process::exit(130);
        }
        tell();
    });
}

/// Whether the user has asked the run to stop.
pub fn requested() -> bool {
    REQUESTS.load(Ordering::SeqCst) > 0
}
