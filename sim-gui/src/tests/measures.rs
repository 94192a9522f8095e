//! Not tests of behaviour: measurements, printed.
//!
//! `cargo test --release -p sim-gui measures -- --ignored --nocapture --test-threads 1`

use super::*;

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// Median and greatest of some times, in words.
fn spread(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let last = times.len() - 1;
    format!("median {:.1} ms, worst {:.1} ms of {}", times[last / 2], times[last], last + 1)
}

/// How long answers take, from a lever to the first new curve, while the lever is held.
#[test]
#[ignore = "a measurement"]
fn latency_of_fifty_moves() {
    let mut harness = window_of(Plan::first(), [1280.0, 800.0]);
    wait_until(&mut harness, "the first band", |state| state.waiting() == 0 && is_recorded(state));
    let mut times = Vec::new();
    for number in 0..50 {
        let value = 20.0 + f64::from(number);
        let since = Instant::now();
        harness.state_mut().state.is_held = true;
        let text = format!("{value:?}");
        harness.state_mut().state.set("programme.promotion", &text);
        let before = harness.state().state.current.id();
        wait_until(&mut harness, "an answer", |state| state.current.id() != before && is_answered(state));
        times.push(milliseconds(since));
    }
    println!("lever to first curve: {}", spread(times));
}

/// How long a frame takes on the processor, without the graphics card or what stands in for it: panels, map,
/// tessellation, while time plays and so every frame draws the map anew; and while nothing changes.
#[test]
#[ignore = "a measurement"]
fn frames_of_few_and_many_villages() {
    for each in [5, 50, 100] {
        let plan = Plan::first().with("places.villages_per_county", &each.to_string());
        let mut harness = window_of(plan.with("end", "\"2015-06-30\""), [1280.0, 800.0]);
        harness.state_mut().state.view.tab = Tab::Map;
        wait_until(&mut harness, "the recording", |state| is_recorded(state) && state.waiting() == 0);
        let mut frame = |is_moving: bool| {
            let state = &mut harness.state_mut().state;
            if is_moving {
                let (first, last) = state.shown_run().unwrap().0.span();
                let next = state.clock.now + 1.0;
                state.clock.seek(if next > last { first } else { next });
            }
            let since = Instant::now();
            harness.step();
            let shapes = harness.output().shapes.clone();
            let meshes = harness.ctx.tessellate(shapes, 1.0);
            assert!(!meshes.is_empty());
            milliseconds(since)
        };
        let moving: Vec<f64> = (0..40).map(|_| frame(true)).collect();
        let still: Vec<f64> = (0..40).map(|_| frame(false)).collect();
        let villages = harness.state().state.shown_run().unwrap().0.places.len();
        println!("{villages} villages: playing {}; at rest {}", spread(moving), spread(still));
    }
}

/// Memory of this process \[MB\].
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1024.0
}

/// An hour of play as a class might have it, without the pauses: 120 times a lever is moved or a branch
/// taken, answers come, a recording is made every tenth time, time plays and a village is looked at.
#[test]
#[ignore = "a measurement"]
fn memory_of_an_hour() {
    let plan = Plan::first().with("places.villages_per_county", "20");
    let mut harness = window_of(plan, [1280.0, 800.0]);
    wait_until(&mut harness, "the recording", is_recorded);
    println!("after the first recording: {:.0} MB", memory());
    for number in 0..120u32 {
        let state = &mut harness.state_mut().state;
        match number % 10 {
            3 => {
                let (first, last) = state.shown_run().unwrap().0.span();
                state.clock.seek((first + last) / 2.0);
                harness.step();
                let branch = harness.query_by_label("Branch here");
                if let Some(branch) = branch {
                    branch.click_accesskit();
                }
            }
            8 => state.reset_all(),
            _ => state.set("programme.promotion", &format!("{:?}", 20.0 + f64::from(number))),
        }
        harness.state_mut().state.plans.close();
        harness.step();
        wait_until(&mut harness, "the answer", is_answered);
        if number % 10 == 9 {
            wait_until(&mut harness, "the recording", is_recorded);
            harness.state_mut().state.select(Selected::Entity(Entity::Village(number, 1)));
            let state = &mut harness.state_mut().state;
            let (first, last) = state.shown_run().unwrap().0.span();
            state.clock.seek(first);
            state.clock.toggle(first, last);
            harness.run_steps(60);
            harness.state_mut().state.clock.is_playing = false;
        }
        if number % 30 == 29 {
            println!("after {} changes: {:.0} MB", number + 1, memory());
        }
    }
}

/// How long the window takes from nothing to its first frame and its first curve.
#[test]
#[ignore = "a measurement"]
fn start() {
    let since = Instant::now();
    let mut harness = window_of(Plan::first(), [1280.0, 800.0]);
    harness.step();
    let first = milliseconds(since);
    wait_until(&mut harness, "the first answer", is_answered);
    println!("first frame {first:.0} ms, first curve {:.0} ms", milliseconds(since));
    wait_until(&mut harness, "the map", |state| state.shown_run().is_some());
    println!("first map {:.0} ms", milliseconds(since));
}
