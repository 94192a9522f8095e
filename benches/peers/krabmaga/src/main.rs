//! `orders` in krABMaga, as its examples are: agents in a schedule that step once a day, and a state that
//! they share.
//!
//! Moments within a day are kept, so that delays are the workload's.

use krabmaga::engine::agent::Agent;
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Poisson};
use std::any::Any;
use workload::{
    ADOPTED, ARRIVES, COLLECTED, DECIDE, HOUSEHOLDS, LEARNING, Options, PATIENCE, RATE, SATISFACTION, TO_HUB,
    Tally, adoption, departure, program,
};

#[derive(Clone, Copy)]
struct Parcel {
    household: u32,
    ordered: f64,
}

/// What agents share.
struct Region {
    step: u64,
    days: f64,
    villages: u32,
    luck: StdRng,
    satisfaction: Vec<f64>,
    adopted: Vec<bool>,
    shares: Vec<f64>,
    /// Parcels by village, and by day of departure modulo 8.
    leaving: Vec<[Vec<Parcel>; 8]>,
    tally: Tally,
}

/// Orders, and decides.
#[derive(Clone, Copy)]
struct Household {
    number: u32,
}

/// Drives to its village each day, where parcels are collected.
#[derive(Clone, Copy)]
struct Truck {
    village: u32,
}

fn region(state: &mut dyn State) -> &mut Region {
    state.as_any_mut().downcast_mut::<Region>().expect("the state is a region")
}

impl Agent for Household {
    fn step(&mut self, state: &mut dyn State) {
        let region = region(state);
        let (today, at) = (region.step as f64, self.number as usize);
        let village = (self.number / HOUSEHOLDS) as usize;
        if region.step > 0 && region.step % u64::from(DECIDE) == 0 && !region.adopted[at] {
            region.tally.decisions += 1;
            region.adopted[at] =
                region.luck.random_bool(adoption(region.shares[village], region.satisfaction[at]));
        }
        let orders = Poisson::new(RATE).expect("a positive rate").sample(&mut region.luck) as u64;
        for _ in 0..orders {
            let ordered = today + region.luck.random::<f64>();
            let hub = ordered + region.luck.random_range(TO_HUB.0..TO_HUB.1);
            region.tally.orders += 1;
            region.tally.hub_arrivals += u64::from(hub < region.days);
            let parcel = Parcel { household: self.number, ordered };
            region.leaving[village][departure(hub) as usize % 8].push(parcel);
        }
    }
}

impl Agent for Truck {
    fn step(&mut self, state: &mut dyn State) {
        let region = region(state);
        let today = region.step;
        region.tally.departures += 1;
        region.tally.arrivals += 1;
        let load = std::mem::take(&mut region.leaving[self.village as usize][today as usize % 8]);
        for parcel in load {
            let collected = today as f64 + ARRIVES + region.luck.random_range(0.0..COLLECTED);
            let delay = collected - parcel.ordered;
            region.tally.collections += 1;
            region.tally.delay += delay;
            let satisfaction = &mut region.satisfaction[parcel.household as usize];
            *satisfaction += LEARNING * (f64::from(u8::from(delay <= PATIENCE)) - *satisfaction);
        }
    }
}

impl State for Region {
    fn init(&mut self, schedule: &mut Schedule) {
        for village in 0..self.villages {
            schedule.schedule_repeating(Box::new(Truck { village }), 0.0, 1);
        }
        for number in 0..self.villages * HOUSEHOLDS {
            schedule.schedule_repeating(Box::new(Household { number }), 0.0, 0);
        }
    }

    fn update(&mut self, step: u64) {
        self.step = step;
        if step % u64::from(DECIDE) == 0 {
            let villages = self.adopted.chunks(HOUSEHOLDS as usize);
            let share = |village: &[bool]| {
                village.iter().filter(|adopted| **adopted).count() as f64 / f64::from(HOUSEHOLDS)
            };
            self.shares = villages.map(share).collect();
        }
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }
    fn as_state(&self) -> &dyn State {
        self
    }
    fn reset(&mut self) {}
}

fn run(_kind: &str, options: &Options) -> Tally {
    let count = options.villages * HOUSEHOLDS;
    let mut region = Region {
        step: 0,
        days: f64::from(options.days),
        villages: options.villages,
        luck: StdRng::seed_from_u64(options.seed),
        satisfaction: vec![SATISFACTION; count as usize],
        adopted: (0..count).map(|number| number % ADOPTED == 0).collect(),
        shares: Vec::new(),
        leaving: vec![Default::default(); options.villages as usize],
        tally: Tally::default(),
    };
    let mut schedule = Schedule::new();
    region.init(&mut schedule);
    for _ in 0..options.days {
        schedule.step(&mut region);
    }
    let adopters = region.adopted.iter().filter(|adopted| **adopted).count() as u64;
    Tally { adopters, ..region.tally }
}

fn main() {
    program(run, "krabmaga");
}
