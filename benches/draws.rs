//! What a draw costs: by inversion, as the model draws, and by `rand_distr`, from the same stream.
//!
//! A program of its own. Without arguments it prints the time of each draw; with the names of draws it makes
//! a million of each and nothing else, so that instructions can be counted: see `benches/README.md`.

use rand_distr::{Distribution, Exp1, Poisson, StandardNormal};
use sim_core::base::{Owner, Purpose, RandomStream, Seed};
use std::hint::black_box;
use std::time::Instant;

/// Draws of each kind.
const DRAWS: u32 = 1_000_000;

type Draw = fn(&mut RandomStream) -> f64;

/// Poisson of `rand_distr`, made anew for each draw: in the model the mean is another one each time.
fn poisson(stream: &mut RandomStream, mean: f64) -> f64 {
    Poisson::new(black_box(mean)).map_or(f64::NAN, |poisson| poisson.sample(stream))
}

/// Names and draws, those by inversion before those of `rand_distr`.
const KINDS: [(&str, Draw); 9] = [
    ("word", |stream| f64::from(stream.word())),
    ("normal-inversion", RandomStream::normal),
    ("normal-rand_distr", |stream| StandardNormal.sample(stream)),
    ("exponential-inversion", RandomStream::exponential),
    ("exponential-rand_distr", |stream| Exp1.sample(stream)),
    ("poisson4-inversion", |stream| f64::from(stream.poisson(black_box(4.0)))),
    ("poisson4-rand_distr", |stream| poisson(stream, 4.0)),
    ("poisson20-inversion", |stream| f64::from(stream.poisson(black_box(20.0)))),
    ("poisson20-rand_distr", |stream| poisson(stream, 20.0)),
];

/// A million draws; their mean, so that none is left out.
fn million(draw: Draw) -> f64 {
    let mut stream = RandomStream::new(Seed(1), Owner::NATION, Purpose::Test, 0);
    (0..DRAWS).map(|_| black_box(draw)(&mut stream)).sum::<f64>() / f64::from(DRAWS)
}

fn main() {
    // Cargo and its test runner add flags of their own.
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    for (name, draw) in KINDS {
        if asked.is_empty() {
            let start = Instant::now();
            let mean = million(draw);
            let nanoseconds = start.elapsed().as_secs_f64() * 1e9 / f64::from(DRAWS);
            println!("{name:<24}{nanoseconds:>8.2} ns a draw, mean {mean:.4}");
        } else if asked.iter().any(|word| word == name) {
            black_box(million(draw));
        }
    }
}
