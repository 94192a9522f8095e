//! Regression trees: under what conditions an outcome is how high. (Breiman et al. 1984.)

/// The values of a factor at every point.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The factor.
    pub name: String,
    /// Its values; places in `words` if it has words.
    pub values: Vec<f64>,
    /// Its words, in order, if its values are no numbers.
    pub words: Vec<String>,
}

impl Input {
    /// A value as it is read by people.
    pub fn shown(&self, value: f64) -> String {
        match self.words.get(value as usize) {
            Some(word) if !self.words.is_empty() => word.clone(),
            _ => short(value),
        }
    }
}

/// A number with four digits that count.
pub(crate) fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    let magnitude = (1..18).take_while(|&power| value.abs() >= ten_to(power)).count();
    let small = (1..18).take_while(|&power| value.abs() < 1.0 / ten_to(power - 1)).count();
    let digits = (4 + small).saturating_sub(magnitude + 1).min(12);
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn ten_to(power: i32) -> f64 {
    (0..power).fold(1.0, |product, _| product * 10.0)
}

/// A part of the points: a leaf, or a cut in two.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeNode {
    /// Points in it.
    pub count: usize,
    /// Their mean outcome.
    pub mean: f64,
    /// The cut, if it is worth one.
    pub cut: Option<Cut>,
}

/// A cut by a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// The factor, as an index into the inputs.
    pub input: usize,
    /// The condition of the first part, in words.
    pub condition: String,
    /// The condition of the second part, in words.
    pub otherwise: String,
    /// The share of the whole tree's variance that the cut takes away.
    pub explains: f64,
    /// The first part: at or below the cut, or of one word.
    pub met: Box<TreeNode>,
    /// The second part.
    pub unmet: Box<TreeNode>,
}

/// Cuts the points, at most `depth` times one after the other, into parts of at least `least` points.
/// Points with a missing outcome are left out. Nothing if there are none.
pub fn grow(inputs: &[Input], outcomes: &[f64], depth: usize, least: usize) -> Option<TreeNode> {
    let points: Vec<usize> = (0..outcomes.len()).filter(|&point| !outcomes[point].is_nan()).collect();
    if points.is_empty() {
        return None;
    }
    let whole = squares(&points, outcomes);
    Some(branch(inputs, outcomes, &points, depth, least.max(1), whole))
}

/// The sum of squared distances to the mean.
fn squares(points: &[usize], outcomes: &[f64]) -> f64 {
    let mean = mean(points, outcomes);
    points.iter().map(|&point| (outcomes[point] - mean) * (outcomes[point] - mean)).sum()
}

fn mean(points: &[usize], outcomes: &[f64]) -> f64 {
    points.iter().map(|&point| outcomes[point]).sum::<f64>() / points.len() as f64
}

/// Cuts that take away less than this share of the variance are noise to a reader.
const WORTH: f64 = 0.01;

fn branch(
    inputs: &[Input],
    outcomes: &[f64],
    points: &[usize],
    depth: usize,
    least: usize,
    whole: f64,
) -> TreeNode {
    let here = TreeNode { count: points.len(), mean: mean(points, outcomes), cut: None };
    let own = squares(points, outcomes);
    let best = (0..inputs.len())
        .filter_map(|at| {
            best_of(&inputs[at], outcomes, points, least).map(|(left, is_met)| (own - left, at, is_met))
        })
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    let Some((gain, input, is_met)) = best.filter(|(gain, ..)| depth > 0 && *gain > WORTH * whole) else {
        return here;
    };
    let (met, unmet): (Vec<usize>, Vec<usize>) =
        points.iter().partition(|&&point| is_met.holds(inputs[input].values[point]));
    let (condition, otherwise) = is_met.words(&inputs[input]);
    let cut = Cut {
        input,
        condition,
        otherwise,
        explains: gain / whole,
        met: Box::new(branch(inputs, outcomes, &met, depth - 1, least, whole)),
        unmet: Box::new(branch(inputs, outcomes, &unmet, depth - 1, least, whole)),
    };
    TreeNode { cut: Some(cut), ..here }
}

/// How a cut divides values.
#[derive(Clone, Copy, Debug)]
enum Condition {
    AtMost(f64),
    Is(f64),
}

impl Condition {
    fn holds(self, value: f64) -> bool {
        match self {
            Condition::AtMost(limit) => value <= limit,
            Condition::Is(word) => value == word,
        }
    }

    fn words(self, input: &Input) -> (String, String) {
        match self {
            Condition::AtMost(limit) => {
                (format!("{} <= {}", input.name, short(limit)), format!("{} > {}", input.name, short(limit)))
            }
            Condition::Is(word) => (
                format!("{} is {}", input.name, input.shown(word)),
                format!("{} is not {}", input.name, input.shown(word)),
            ),
        }
    }
}

/// The best cut by an input, and the squares that it leaves.
fn best_of(input: &Input, outcomes: &[f64], points: &[usize], least: usize) -> Option<(f64, Condition)> {
    if !input.words.is_empty() {
        let tries = (0..input.words.len()).filter_map(|word| {
            let condition = Condition::Is(word as f64);
            let (met, unmet): (Vec<usize>, Vec<usize>) =
                points.iter().partition(|&&point| condition.holds(input.values[point]));
            let enough = met.len() >= least && unmet.len() >= least;
            enough.then(|| (squares(&met, outcomes) + squares(&unmet, outcomes), condition))
        });
        return tries.reduce(|best, next| if next.0 < best.0 { next } else { best });
    }
    let mut sorted: Vec<usize> =
        points.iter().copied().filter(|&point| !input.values[point].is_nan()).collect();
    sorted.sort_by(|&a, &b| input.values[a].total_cmp(&input.values[b]));
    // Sums of outcomes less their mean, so that squares of large numbers do not cancel.
    let centre = mean(points, outcomes);
    let total: f64 = sorted.iter().map(|&point| outcomes[point] - centre).sum();
    let squares: f64 =
        sorted.iter().map(|&point| (outcomes[point] - centre) * (outcomes[point] - centre)).sum();
    let count = sorted.len();
    let (mut before, mut best) = (0.0, None);
    for at in 1..count {
        before += outcomes[sorted[at - 1]] - centre;
        let (low, high) = (input.values[sorted[at - 1]], input.values[sorted[at]]);
        if at < least || count - at < least || low == high {
            continue;
        }
        let after = total - before;
        let left = squares - before * before / at as f64 - after * after / (count - at) as f64;
        if best.as_ref().is_none_or(|(least_left, _)| left < *least_left) {
            best = Some((left, Condition::AtMost(low + (high - low) / 2.0)));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_and_a_word_are_found() {
        let x: Vec<f64> = (0..200).map(|at| f64::from(at) / 200.0).collect();
        let word: Vec<f64> = (0..200).map(|at| f64::from(at % 3)).collect();
        let outcomes: Vec<f64> = (0..200)
            .map(|at| {
                if x[at] > 0.6 {
                    10.0
                } else if word[at] == 1.0 {
                    4.0
                } else {
                    1.0
                }
            })
            .collect();
        let inputs = [
            Input { name: "x".into(), values: x, words: vec![] },
            Input { name: "policy".into(), values: word, words: vec!["a".into(), "b".into(), "c".into()] },
        ];
        let tree = grow(&inputs, &outcomes, 3, 5).unwrap();
        let cut = tree.cut.unwrap();
        assert_eq!(cut.condition, "x <= 0.6025");
        let below = cut.met.cut.unwrap();
        assert_eq!((below.condition.as_str(), below.met.mean), ("policy is b", 4.0));
        assert!(cut.unmet.cut.is_none() && cut.unmet.mean == 10.0);
        assert!(below.unmet.cut.is_none(), "nothing is left to explain");
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (0.123_456, "0.1235"),
            (1234.56, "1235"),
            (0.5, "0.5"),
            (-3.0, "-3"),
            (0.000_123_46, "0.0001235"),
        ] {
            assert_eq!(short(value), text);
        }
    }
}
