//! A model whose answer is known: seven figures, simple functions of three parameters, with a little noise of
//! seeds.

use crate::calibration::figure::FitFigure;
use crate::calibration::matching::{MatchedHistory, WaveSizes, match_history};
use crate::calibration::plan::Parameter;
use crate::evidence::targets::TargetUse;
use crate::evidence::yardstick::{Yardstick, YardstickScale};
use crate::random::{permutation, random_stream};
use sim_core::base::{RandomStream, math};

/// What the world is like.
pub const TRUTH: [f64; 3] = [0.3, 0.7, 0.45];
/// A tolerance, of which half is one standard deviation, over the figure.
pub const TOLERANCE: f64 = 0.16;

/// What the model says at a point, without noise: three points of a growing series, four other figures.
pub fn figures_at(point: &[f64]) -> Vec<f64> {
    let [a, b, c] = [point[0], point[1], point[2]];
    let growing = |year: f64| 20.0 * math::exp(1.5 * a + year * (0.2 + b));
    vec![
        growing(0.0),
        growing(1.0),
        growing(2.0),
        3.0 + 2.0 * b + c,
        2.0 + 4.0 * c * c + 0.5 * a,
        5.0 + 3.0 * a - 2.0 * c,
        1.0 + 2.0 * a * b + c,
    ]
}

/// The figures as published, given their numbers.
pub fn published(numbers: &[f64]) -> Vec<FitFigure> {
    let names = ["villages_2014", "villages_2015", "villages_2016", "b", "c", "d", "e"];
    let one = |(at, (&name, &number)): (usize, (&&str, &f64))| FitFigure {
        name: name.to_owned(),
        what: name.to_owned(),
        series: if at < 3 { "villages".to_owned() } else { name.to_owned() },
        year: Some(if at < 3 { 2014 + at as u16 } else { 2014 }),
        yardstick: Yardstick {
            reference: number,
            low: number * (1.0 - TOLERANCE),
            high: number * (1.0 + TOLERANCE),
            scale: YardstickScale::Linear,
        },
        role: TargetUse::Fit,
    };
    names.iter().zip(numbers).enumerate().map(one).collect()
}

/// Numbers as they would be published, were a point the truth: each off by chance, half a tolerance being one
/// standard deviation.
pub fn measured(truth: &[f64], seed: u64) -> Vec<f64> {
    let mut stream = random_stream(seed, 700);
    let off = |number: f64, stream: &mut RandomStream| {
        let draw = math::normal_quantile(stream.unit().clamp(1e-6, 1.0 - 1e-6));
        number * (1.0 + 0.5 * TOLERANCE * draw)
    };
    figures_at(truth).into_iter().map(|number| off(number, &mut stream)).collect()
}

/// The parameters, as a plan would have them.
pub fn parameters() -> Vec<Parameter> {
    let one = |path: &str| Parameter { path: path.to_owned(), low: 0.0, high: 1.0, log: false };
    ["shop.same_trade", "shop.able_share", "programme.later_batch"].map(one).to_vec()
}

/// Points that fill the cube.
pub fn first_points(count: usize) -> Vec<Vec<f64>> {
    let column = |at: u64| -> Vec<f64> {
        let mut stream = random_stream(at, 701);
        let strips = permutation(&mut stream, count);
        strips.into_iter().map(|strip| (strip as f64 + stream.unit()) / count as f64).collect()
    };
    let columns: Vec<Vec<f64>> = (0..3).map(column).collect();
    (0..count).map(|at| columns.iter().map(|column| column[at]).collect()).collect()
}

/// A fit of the toy to figures: waves of so many points, each with a little noise of seeds.
pub fn fitted(figures: &[FitFigure], points: usize, waves: u32) -> MatchedHistory {
    let mut stream = random_stream(9, 702);
    let mut simulate = |_: u32, points: &[Vec<f64>]| -> Result<Vec<Vec<f64>>, String> {
        let noisy = |number: f64, stream: &mut RandomStream| number * (1.0 + 0.01 * (stream.unit() - 0.5));
        let row = |point: &Vec<f64>| {
            figures_at(point).into_iter().map(|number| noisy(number, &mut stream)).collect()
        };
        Ok(points.iter().map(row).collect())
    };
    match_history(WaveSizes { points, waves }, figures, first_points(points), &mut simulate).unwrap()
}
