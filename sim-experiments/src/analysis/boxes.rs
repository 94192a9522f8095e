//! Boxes: within which ranges of the factors a condition is met most often ("when does this policy fail?").
//!
//! The patient rule induction method (PRIM: Friedman and Fisher, *Statistics and Computing* 9, 1999), as used
//! for scenario discovery (Bryant and Lempert 2010): peel off the twentieth of the points whose loss raises
//! the density most, again and again; of the boxes on the way, the one is chosen whose density and coverage,
//! multiplied, are greatest.

use super::tree::{Input, short};

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct FailingBox {
    /// Its limits, in words, the ones that matter first; empty if the whole design is best.
    pub limits: Vec<Limit>,
    /// Points in it.
    pub count: usize,
    /// The share of its points that meet the condition.
    pub density: f64,
    /// The share of all points that meet the condition and are in it.
    pub coverage: f64,
    /// The share of all points that meet the condition.
    pub everywhere: f64,
}

/// A limit of a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The limit, in words.
    pub words: String,
    /// The density without it: what it adds is the difference.
    pub density_without: f64,
}

/// The share of points that a step peels off.
const PEEL: f64 = 0.05;

/// Finds a box of at least `least` points. Nothing if no point meets the condition, or all do.
pub fn find(inputs: &[Input], met: &[bool], least: usize) -> Option<FailingBox> {
    let all = met.iter().filter(|met| **met).count();
    if all == 0 || all == met.len() {
        return None;
    }
    let mut region: Vec<Side> = inputs.iter().map(Side::whole).collect();
    let mut best = (score(inputs, &region, met, all), region.clone());
    while let Some(next) = peeled(inputs, &region, met, least.max(1)) {
        region = next;
        let value = score(inputs, &region, met, all);
        if value > best.0 {
            best = (value, region.clone());
        }
    }
    Some(described(inputs, &best.1, met, all))
}

/// What a box allows of an input.
#[derive(Clone, Debug, PartialEq)]
enum Side {
    Between(f64, f64),
    Words(Vec<bool>),
}

impl Side {
    fn whole(input: &Input) -> Side {
        if input.words.is_empty() {
            Side::Between(f64::NEG_INFINITY, f64::INFINITY)
        } else {
            Side::Words(vec![true; input.words.len()])
        }
    }

    fn holds(&self, value: f64) -> bool {
        match self {
            Side::Between(low, high) => *low <= value && value <= *high,
            Side::Words(allowed) => allowed.get(value as usize).copied().unwrap_or(false),
        }
    }
}

fn inside(inputs: &[Input], region: &[Side], count: usize) -> Vec<usize> {
    let holds =
        |point: &usize| inputs.iter().zip(region).all(|(input, side)| side.holds(input.values[*point]));
    (0..count).filter(holds).collect()
}

fn density(points: &[usize], met: &[bool]) -> f64 {
    points.iter().filter(|&&point| met[point]).count() as f64 / points.len() as f64
}

fn score(inputs: &[Input], region: &[Side], met: &[bool], all: usize) -> f64 {
    let points = inside(inputs, region, met.len());
    let hits = points.iter().filter(|&&point| met[point]).count() as f64;
    hits / points.len() as f64 * hits / all as f64
}

/// The box with the peel that raises the density most for each point lost; nothing if none leaves enough
/// points or raises it.
fn peeled(inputs: &[Input], region: &[Side], met: &[bool], least: usize) -> Option<Vec<Side>> {
    let here = inside(inputs, region, met.len());
    let now = density(&here, met);
    let mut best: Option<(f64, Vec<Side>)> = None;
    for (at, input) in inputs.iter().enumerate() {
        for side in candidates(input, &region[at], &here) {
            let mut next = region.to_vec();
            next[at] = side;
            let points = inside(inputs, &next, met.len());
            if points.len() < least || points.len() == here.len() {
                continue;
            }
            let gain = (density(&points, met) - now) / (here.len() - points.len()) as f64;
            if gain > 0.0 && best.as_ref().is_none_or(|(most, _)| gain > *most) {
                best = Some((gain, next));
            }
        }
    }
    best.map(|(_, region)| region)
}

fn candidates(input: &Input, side: &Side, here: &[usize]) -> Vec<Side> {
    match side {
        Side::Words(allowed) => {
            let left = allowed.iter().filter(|allowed| **allowed).count();
            let without = |word: usize| {
                let mut fewer = allowed.clone();
                fewer[word] = false;
                Side::Words(fewer)
            };
            let droppable = (0..allowed.len()).filter(|&word| allowed[word] && left > 1);
            droppable.map(without).collect()
        }
        Side::Between(low, high) => {
            let mut values: Vec<f64> = here.iter().map(|&point| input.values[point]).collect();
            values.sort_by(f64::total_cmp);
            let step = ((values.len() as f64 * PEEL).ceil() as usize).max(1);
            // At least the step, and all that equals the last of it, so that steps of a grid go whole.
            let from = values.iter().copied().find(|&value| value > values[(step - 1).min(values.len() - 1)]);
            let to =
                values.iter().rev().copied().find(|&value| value < values[values.len().saturating_sub(step)]);
            let lower = from.map(|from| Side::Between(from, *high));
            let upper = to.map(|to| Side::Between(*low, to));
            lower.into_iter().chain(upper).collect()
        }
    }
}

fn described(inputs: &[Input], region: &[Side], met: &[bool], all: usize) -> FailingBox {
    let points = inside(inputs, region, met.len());
    let mut limits: Vec<Limit> = Vec::new();
    for (at, input) in inputs.iter().enumerate() {
        let whole = Side::whole(input);
        if region[at] == whole {
            continue;
        }
        let mut without = region.to_vec();
        without[at] = whole;
        limits.push(Limit {
            words: words(input, &region[at]),
            density_without: density(&inside(inputs, &without, met.len()), met),
        });
    }
    limits.sort_by(|a, b| a.density_without.total_cmp(&b.density_without));
    let hits = points.iter().filter(|&&point| met[point]).count() as f64;
    FailingBox {
        limits,
        count: points.len(),
        density: hits / points.len() as f64,
        coverage: hits / all as f64,
        everywhere: all as f64 / met.len() as f64,
    }
}

fn words(input: &Input, side: &Side) -> String {
    match side {
        Side::Between(low, high) if low.is_infinite() => format!("{} <= {}", input.name, short(*high)),
        Side::Between(low, high) if high.is_infinite() => format!("{} >= {}", input.name, short(*low)),
        Side::Between(low, high) => format!("{} from {} to {}", input.name, short(*low), short(*high)),
        Side::Words(allowed) => {
            let left = input.words.iter().zip(allowed).filter(|(_, allowed)| **allowed);
            let left: Vec<&str> = left.map(|(word, _)| word.as_str()).collect();
            format!("{} is {}", input.name, left.join(" or "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::random_stream;
    use sim_core::base::RandomStream;

    #[test]
    fn a_planted_box_is_found_and_a_bystander_is_not_limited() {
        let mut stream = random_stream(3, 99);
        let column = |stream: &mut RandomStream| (0..2000).map(|_| stream.unit()).collect::<Vec<f64>>();
        let input = |name: &str, values: Vec<f64>, words: &[&str]| Input {
            name: name.into(),
            values,
            words: words.iter().map(|&word| word.to_owned()).collect(),
        };
        let (x, y, z) = (column(&mut stream), column(&mut stream), column(&mut stream));
        let word: Vec<f64> = (0..2000).map(|_| stream.index(3) as f64).collect();
        let met: Vec<bool> = (0..2000).map(|at| x[at] > 0.7 && y[at] < 0.4 && word[at] != 2.0).collect();
        let inputs =
            [input("x", x, &[]), input("y", y, &[]), input("z", z, &[]), input("w", word, &["a", "b", "c"])];
        let found = find(&inputs, &met, 50).unwrap();
        assert!(found.density > 0.9 && found.coverage > 0.8, "{found:?}");
        let text: Vec<&str> = found.limits.iter().map(|limit| limit.words.as_str()).collect();
        assert!(text.iter().any(|words| words.starts_with("x >= 0.")), "{text:?}");
        assert!(text.iter().any(|words| words.starts_with("y <= 0.")), "{text:?}");
        assert!(text.contains(&"w is a or b"), "{text:?}");
    }

    #[test]
    fn nothing_and_everything_have_no_box() {
        let input = Input { name: "x".into(), values: vec![1.0, 2.0], words: vec![] };
        assert!(find(std::slice::from_ref(&input), &[false, false], 1).is_none());
        assert!(find(&[input], &[true, true], 1).is_none());
    }
}
