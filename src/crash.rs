//! Faults in the program itself: one message that asks for a report, whichever thread they strike.

use crate::terminal;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Mutex;

/// Where and why the first panic struck.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// Keeps the place and message of the first panic instead of printing it, so that it is said once, in
/// [`report`].
pub fn install() {
    panic::set_hook(Box::new(|info| {
        if let Ok(mut first) = FIRST.lock() {
            first.get_or_insert_with(|| described(info));
        }
    }));
}

/// Does what may panic over a damaged file, and forgets the panic: it is the file's fault.
///
/// # Errors
/// That the file is damaged, if it panicked.
pub fn contained<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        if let Ok(mut first) = FIRST.lock() {
            first.take();
        }
        "its content contradicts itself".to_owned()
    })
}

/// Goes on from what a file says, which may be such that the run breaks down.
///
/// # Errors
/// What broke, and where.
pub fn going_on<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let what = FIRST.lock().ok().and_then(|mut first| first.take()).unwrap_or_default();
        format!(
            "the run that goes on from it breaks down: {what}\n  help: unless the file was changed by hand, \
             this is a fault in countryside {}: please report it with the file",
            env!("CARGO_PKG_VERSION")
        )
    })
}

/// What a panic said, and where.
pub fn described(info: &PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("no message");
    let place = info
        .location()
        .map_or_else(String::new, |place| format!(" ({}, line {})", place.file(), place.line()));
    format!("{message}{place}")
}

/// Tells the user of the panic that ended the command.
pub fn report() {
    let what = FIRST.lock().ok().and_then(|mut first| first.take()).unwrap_or_default();
    terminal::note(&format!(
        "error: a fault in countryside {} itself stopped the command: {what}\nResults and checkpoints \
         written before are intact. Please report this with the scenario, the seed and the command line.",
        env!("CARGO_PKG_VERSION")
    ));
}
