//! Time that work takes on a processor: on a busy machine the time on the wall is that of the others, too.

use std::time::Instant;

/// Measures from its start on, on the thread that started it.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch {
    started: Instant,
    processor: Option<f64>,
}

impl Stopwatch {
    /// Starts.
    pub fn start() -> Stopwatch {
        Stopwatch { started: Instant::now(), processor: processor() }
    }

    /// Processor time of this thread since the start \[seconds\]; on the wall where the system does not tell.
    pub fn seconds(&self) -> f64 {
        match (self.processor, processor()) {
            (Some(before), Some(now)) => now - before,
            _ => self.wall(),
        }
    }

    /// Time on the wall since the start \[seconds\].
    pub fn wall(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}

#[cfg(unix)]
fn processor() -> Option<f64> {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Some(time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9)
}

#[cfg(not(unix))]
fn processor() -> Option<f64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn sleep_takes_no_processor() {
        let clock = Stopwatch::start();
        std::thread::sleep(std::time::Duration::from_millis(60));
        assert!(clock.wall() >= 0.06 && clock.seconds() < 0.05, "{clock:?}");
    }
}
