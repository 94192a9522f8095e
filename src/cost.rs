//! `countryside show --cost`: what a scenario will take in memory, time and messages, on one machine and on
//! many.
//!
//! Rates are measured each time, by a short run of some villages of the scenario's own counties over its
//! whole time, on one thread: they then are those of this build on this machine, and of this scenario's
//! places, years and levers. Stored rates were rejected: they would be those of another machine, and a lever
//! that doubles the orders would not show. Memory is the arithmetic that also refuses runs that are too
//! large. Processor time is measured where the system tells it, so that a busy machine does not spoil the
//! rates.

use crate::args::ShowArgs;
use crate::command_error::CommandError;
use crate::engine::{self, RunEstimate, Simulation, Threads};
use crate::processor::Stopwatch;
use crate::terminal;
use crate::text::layout;
use crate::text::number::{bytes, count, duration, figure, of};
use sim_core::model::assembly::{self, MadePlaces};
use sim_core::runner::{Shares, to_bytes};
use sim_core::scenario::{Loaded, PlaceSelection};
use sim_core::world::Geography;
use std::sync::Arc;

/// Household records that the sample run should have, about: enough for a second or two of work.
const SAMPLE_RECORDS: u64 = 200_000;
/// Counties that it should have at least, if there are so many.
const SAMPLE_COUNTIES: u64 = 12;
/// Speed-up for each further thread of a machine, measured by `benches/growth` (1.85 on two threads).
const THREAD_GAIN: f64 = 0.85;
/// A network between machines, assumed: the time of one exchange between two of them \[s\], and bytes a
/// second. 50 microseconds and 10 gigabits, as of ordinary Ethernet in a rack.
const LATENCY: f64 = 50e-6;
const BANDWIDTH: f64 = 1.25e9;
/// Exchanges of all machines in a window: counts, messages, fingerprints, sizes and content of results,
/// requests to stop.
const EXCHANGES: f64 = 6.0;

/// What was measured in the sample run.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rates {
    counties: u64,
    villages: u64,
    records: u64,
    windows: u64,
    events: u64,
    /// Making counties and their months before the run, on one thread \[s\].
    begin: f64,
    /// Windows, on one thread \[s\].
    run: f64,
    /// Messages between counties and nation \[bytes\].
    messages: u64,
    /// What is gathered \[bytes\].
    results: u64,
    /// A checkpoint at the end \[bytes\].
    checkpoint: u64,
}

/// The whole, in units of the sample.
#[derive(Clone, Copy, Debug)]
struct Whole {
    estimate: RunEstimate,
    /// Making all places, which every machine does \[s\].
    places: f64,
    /// Work of all counties over that of the sample's.
    work: f64,
}

/// What a run takes on some machines.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cost {
    memory: u64,
    seconds: f64,
    exchange: f64,
    /// Between machines \[bytes\].
    carried: f64,
}

/// Prints what a scenario costs.
///
/// # Errors
/// Every fault of the scenario, or if standard output fails.
pub fn cost(args: &ShowArgs, loaded: &Loaded) -> Result<(), CommandError> {
    let codes =
        Simulation::codes(&loaded.scenario, loaded.table.as_deref()).map_err(CommandError::scenario)?;
    let estimate = engine::estimate(loaded)?;
    let sample = sample(loaded, &estimate, codes.len())?;
    let rates = measured(&sample)?;
    let (whole, weights) = whole(loaded, &sample, estimate)?;
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = args.threads.map_or(processors, usize::from);
    let mut table = layout::table(
        terminal::width(),
        &["machines", "memory each", "time", "exchange", "carried between them"],
    );
    for machines in numbers(&args.machines, codes.len()) {
        let shares = Shares::of(&weights, machines);
        let load = Load::of(&weights, &shares);
        let cost = on(&rates, &whole, load, machines, threads);
        table.add_row([
            machines.to_string(),
            bytes(cost.memory),
            duration(cost.seconds),
            duration(cost.exchange),
            bytes(cost.carried as u64),
        ]);
    }
    layout::numbers(&mut table, 0..5);
    let text = [measure(&rates, codes.len()), layout::text(&table, "  "), notes(&rates, &whole, threads)];
    terminal::print(&terminal::harmless(&text.join("\n")))
}

/// The scenario in a few villages of a few of its counties, evenly spread over their list, with a programme
/// that is as much smaller: with all its money it would open every station of the sample.
fn sample(loaded: &Loaded, estimate: &RunEstimate, counties: usize) -> Result<Loaded, CommandError> {
    let of_village = (estimate.records / estimate.villages.max(1)).max(1);
    let villages = (SAMPLE_RECORDS / of_village).max(1);
    let of_county = (estimate.villages / estimate.counties.max(1)).max(1);
    let wanted = (villages / of_county).max(SAMPLE_COUNTIES) as usize;
    let step = (counties / wanted.min(counties.max(1))).max(1);
    let mut sample = loaded.clone();
    let codes =
        Simulation::codes(&loaded.scenario, loaded.table.as_deref()).map_err(CommandError::scenario)?;
    let chosen = codes.into_iter().skip(step / 2).step_by(step).take(wanted);
    let places = &mut sample.scenario.places;
    places.selection = PlaceSelection::Codes(chosen.collect());
    let most = u32::try_from(villages / wanted as u64).unwrap_or(u32::MAX).max(4);
    places.villages_per_county = Some(places.villages_per_county.unwrap_or(u32::MAX).min(most));
    let share = engine::estimate(&sample)?.villages as f64 / estimate.villages.max(1) as f64;
    sample.scenario.parameters.programme.scale *= share;
    Ok(sample)
}

fn measured(sample: &Loaded) -> Result<Rates, CommandError> {
    let clock = Stopwatch::start();
    let mut simulation = engine::build(sample, Threads::Sequential)?;
    let begin = clock.seconds();
    let (clock, mut windows, mut messages) = (Stopwatch::start(), 0, 0);
    loop {
        let more = simulation.step();
        windows += 1;
        messages += to_bytes(simulation.undelivered()).len() as u64;
        if !more {
            break;
        }
    }
    let run = clock.seconds();
    let atlas = &simulation.setting().atlas;
    Ok(Rates {
        counties: atlas.counties.len() as u64,
        villages: atlas.villages(),
        records: simulation.counties().map(sim_core::model::CountyProcess::records).sum(),
        windows,
        events: simulation.events(),
        begin,
        run,
        messages,
        results: to_bytes(simulation.gathered()).len() as u64,
        checkpoint: simulation.checkpoint().map_err(CommandError::run)?.len() as u64,
    })
}

/// All places of the scenario, made and timed, and the expected work of its counties.
fn whole(loaded: &Loaded, sample: &Loaded, estimate: RunEstimate) -> Result<(Whole, Vec<u64>), CommandError> {
    let faulty = |_| CommandError::input("the scenario's table of counties is faulty");
    let region = Geography::of_region(&loaded.scenario.places.region).map_err(faulty)?;
    let table = loaded.table.as_deref().filter(|_| loaded.scenario.places.table.is_some());
    let own = table.map(|bytes| region.with_counties(bytes, "table")).transpose().map_err(faulty)?;
    let geography = own.as_ref().unwrap_or(&region);
    let weights = |loaded: &Loaded| -> Result<Vec<u64>, CommandError> {
        let places = MadePlaces::of(geography, &loaded.scenario).map_err(CommandError::input)?;
        let setting = Arc::new(assembly::setting(geography, &loaded.scenario, &places));
        Ok(assembly::weights(&setting))
    };
    let clock = Stopwatch::start();
    let all = weights(loaded)?;
    let places = clock.seconds();
    let of_sample: u64 = weights(sample)?.iter().sum();
    let whole = Whole { estimate, places, work: all.iter().sum::<u64>() as f64 / of_sample.max(1) as f64 };
    Ok((whole, all))
}

/// Shares of all work: no run is quicker than its heaviest parts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Load {
    /// Of the machine with most of it.
    machine: f64,
    /// Of the county with most of it, which one thread runs.
    county: f64,
}

impl Load {
    fn of(weights: &[u64], shares: &Shares) -> Load {
        let of = |machine| {
            let range = shares.range(machine);
            weights[range.start as usize..range.end as usize].iter().sum::<u64>()
        };
        let all = weights.iter().sum::<u64>().max(1) as f64;
        Load {
            machine: (0..shares.ranks()).map(of).max().unwrap_or(0) as f64 / all,
            county: weights.iter().max().copied().unwrap_or(0) as f64 / all,
        }
    }
}

/// The model of docs/scaling.md.
fn on(rates: &Rates, whole: &Whole, load: Load, machines: usize, threads: usize) -> Cost {
    let counties = whole.estimate.counties as f64 / rates.counties.max(1) as f64;
    let speed = 1.0 + THREAD_GAIN * (threads.max(1) - 1) as f64;
    let work = (rates.begin + rates.run) * whole.work * (load.machine / speed).max(load.county);
    let away = (machines - 1) as f64 / machines as f64;
    let prints = (whole.estimate.counties * rates.windows * 16) as f64 * (machines - 1) as f64;
    let carried = (rates.messages + rates.results) as f64 * counties * away + prints;
    let steps = f64::from(machines.next_power_of_two().trailing_zeros());
    let to_one = (rates.messages + rates.results) as f64 * counties * away
        + (whole.estimate.counties * rates.windows * 16) as f64 * away;
    let exchange = rates.windows as f64 * EXCHANGES * LATENCY * steps + to_one / BANDWIDTH;
    Cost { memory: whole.estimate.on(machines), seconds: whole.places + work + exchange, exchange, carried }
}

/// The numbers asked for, or powers of two as far as counties suffice.
fn numbers(asked: &[u16], counties: usize) -> Vec<usize> {
    let all: Vec<usize> = if asked.is_empty() {
        (0..7).map(|power| 1 << power).collect()
    } else {
        asked.iter().map(|&machines| usize::from(machines)).collect()
    };
    all.into_iter().filter(|&machines| machines == 1 || machines <= counties).collect()
}

fn measure(rates: &Rates, counties: usize) -> String {
    let (nanoseconds, village) =
        (rates.run * 1e9 / rates.events.max(1) as f64, rates.begin * 1e3 / rates.villages.max(1) as f64);
    format!(
        "Measured now: {} of {} over the whole time, {} and {}, on one thread in {}:\n  {} nanoseconds for \
         an event, {} milliseconds to begin a village, {} of messages in a week from a county\n",
        count(rates.counties),
        of(counties as u64, "county", "counties"),
        of(rates.records, "household record", "household records"),
        of(rates.events, "event", "events"),
        duration(rates.begin + rates.run),
        figure(nanoseconds),
        figure(village),
        bytes(rates.messages / (rates.windows * rates.counties).max(1)),
    )
}

fn notes(rates: &Rates, whole: &Whole, threads: usize) -> String {
    let width = usize::from(terminal::width());
    let scaled = |size: u64| bytes((size as f64 * whole.work) as u64);
    let text = format!(
        "The whole: {}, {}, about {}; about {} million events; the first machine gathers results of about \
         {} besides, and a checkpoint takes about {}. Times assume machines like this one with {} and \
         nothing else to do, each further thread adding {THREAD_GAIN}, and a network of {} microseconds and \
         {} gigabits a second. Expect them within a third; docs/scaling.md has the model.",
        of(whole.estimate.counties, "county", "counties"),
        of(whole.estimate.villages, "village", "villages"),
        of(whole.estimate.records, "household record", "household records"),
        figure((rates.events as f64 * whole.work / 1e6).round()),
        bytes((rates.results as f64 * whole.estimate.counties as f64 / rates.counties.max(1) as f64) as u64),
        scaled(rates.checkpoint),
        of(threads as u64, "thread", "threads"),
        figure(LATENCY * 1e6),
        figure(BANDWIDTH * 8e-9),
    );
    format!("{}\n", layout::wrapped(&text, width))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates() -> Rates {
        Rates {
            counties: 2,
            villages: 200,
            records: 10_000,
            windows: 100,
            events: 1_000_000,
            begin: 0.1,
            run: 0.9,
            messages: 1 << 20,
            results: 1 << 20,
            checkpoint: 1 << 20,
        }
    }

    fn whole(counties: u64) -> Whole {
        let estimate = RunEstimate {
            counties,
            villages: counties * 100,
            households: counties * 5_000,
            records: counties * 5_000,
            bytes: 1 << 33,
            common: 1 << 30,
        };
        Whole { estimate, places: 0.5, work: counties as f64 / 2.0 }
    }

    #[test]
    fn machines_share_the_work_and_pay_for_it_in_exchange() {
        let whole = whole(1000);
        let load = |machine, county| Load { machine, county };
        let one = on(&rates(), &whole, load(1.0, 0.1), 1, 1);
        assert_eq!((one.memory, one.exchange, one.carried), (1 << 33, 0.0, 0.0));
        assert!((one.seconds - 500.5).abs() < 1e-9, "{one:?}");
        let four = on(&rates(), &whole, load(0.26, 0.1), 4, 1);
        assert_eq!(four.memory, (1 << 30) + (7 << 30) / 4);
        assert!(four.exchange > 0.0 && (four.seconds - four.exchange - 130.5).abs() < 1e-9, "{four:?}");
        let threads = on(&rates(), &whole, load(1.0, 0.1), 1, 2);
        assert!((threads.seconds - 0.5 - 500.0 / 1.85).abs() < 1e-9, "{threads:?}");
        let lonely = on(&rates(), &whole, load(1.0, 1.0), 1, 2);
        assert!((lonely.seconds - 500.5).abs() < 1e-9, "one county is run by one thread: {lonely:?}");
    }

    #[test]
    fn the_heaviest_share_decides() {
        let weights = [5, 1, 1, 1];
        let load = |machines| Load::of(&weights, &Shares::of(&weights, machines));
        assert_eq!(load(1).machine, 1.0);
        assert_eq!((load(2).machine, load(2).county), (5.0 / 8.0, 5.0 / 8.0));
    }

    #[test]
    fn no_more_machines_than_counties_are_told() {
        assert_eq!(numbers(&[], 5), [1, 2, 4]);
        assert_eq!(numbers(&[1, 8, 64], 2735), [1, 8, 64]);
    }

    #[test]
    fn processor_time_does_not_go_back() {
        let clock = Stopwatch::start();
        assert!(clock.seconds() >= 0.0);
    }
}
