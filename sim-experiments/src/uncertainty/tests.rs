//! Coverage and bias by simulation, on a model whose truth is known: an outcome is 10, plus what is unknown
//! (by member), plus luck (by run), both normal. Tolerances are four standard errors of the share or mean
//! over the repetitions, and what the approximation is known to miss, named where it is added.

use super::*;
use crate::random::random_stream;
use sim_core::base::{RandomStream, math};

const TRUTH: f64 = 10.0;
const REPETITIONS: u64 = 4000;

/// A model: standard deviations of what is unknown and of luck; members with their weights, seeds of each.
struct Model {
    unknown: f64,
    luck: f64,
    weights: Vec<f64>,
    seeds: usize,
}

impl Model {
    fn equal(unknown: f64, luck: f64, members: usize, seeds: usize) -> Model {
        Model { unknown, luck, weights: vec![1.0 / members as f64; members], seeds }
    }

    fn value(&self, stream: &mut RandomStream, member: f64) -> f64 {
        TRUTH + member + self.luck * normal(stream)
    }

    fn draw(&self, stream: &mut RandomStream) -> Vec<MemberRuns> {
        let mut runs = |&weight: &f64| {
            let member = self.unknown * normal(stream);
            let values = (0..self.seeds).map(|_| self.value(stream, member)).collect();
            MemberRuns { weight, values }
        };
        self.weights.iter().map(&mut runs).collect()
    }

    /// Calls with what is found in each repetition, and a further member with a further seed.
    fn repeat(&self, mut with: impl FnMut(&[MemberRuns], &Uncertainty, f64)) {
        for repetition in 0..REPETITIONS {
            let mut stream = random_stream(repetition, 99);
            let runs = self.draw(&mut stream);
            let further = self.unknown * normal(&mut stream);
            let further = self.value(&mut stream, further);
            with(&runs, &Uncertainty::of(&runs), further);
        }
    }
}

fn normal(stream: &mut RandomStream) -> f64 {
    math::normal_quantile(stream.unit().clamp(1e-12, 1.0 - 1e-12))
}

/// Weights that fall by a constant factor, as those of a fit do.
fn falling(members: usize, factor: f64) -> Vec<f64> {
    let raw: Vec<f64> =
        std::iter::successors(Some(1.0), |weight| Some(weight * factor)).take(members).collect();
    let sum: f64 = raw.iter().sum();
    raw.into_iter().map(|weight| weight / sum).collect()
}

fn models() -> Vec<Model> {
    vec![
        Model::equal(2.0, 1.0, 20, 2),
        Model::equal(1.0, 2.0, 20, 2),
        Model::equal(1.0, 1.0, 50, 4),
        Model::equal(0.0, 1.0, 30, 2),
        Model::equal(1.0, 0.0, 30, 2),
        Model::equal(1.0, 1.0, 40, 1),
        Model { unknown: 1.0, luck: 1.0, weights: falling(60, 0.95), seeds: 2 },
    ]
}

/// Four standard errors of a share of 90 % over the repetitions.
fn tolerance() -> f64 {
    4.0 * (CONFIDENCE * (1.0 - CONFIDENCE) / REPETITIONS as f64).sqrt()
}

fn share(count: u32) -> f64 {
    f64::from(count) / REPETITIONS as f64
}

#[test]
fn the_band_holds_a_further_run_of_a_further_member() {
    for model in models() {
        let mut held = 0;
        model.repeat(|_, found, further| held += u32::from((found.low..=found.high).contains(&further)));
        // Ends between two values, and an intraclass correlation that is estimated: a point at most.
        let (held, near) = (share(held), tolerance() + 0.01);
        let (members, seeds) = (model.weights.len(), model.seeds);
        assert!((held - CONFIDENCE).abs() < near, "{members} members, {seeds} seeds: {held}");
    }
}

/// The wrong twin: a band of luck alone around the mean, as of replicates of one set of parameters.
#[test]
fn a_band_of_luck_alone_does_not_hold_it() {
    let mut held = 0;
    Model::equal(1.0, 1.0, 30, 4).repeat(|_, found, further| {
        let half = math::normal_quantile(0.95) * found.luck.sqrt();
        held += u32::from((further - found.mean).abs() < half);
    });
    // 1.645 / sqrt(2) standard deviations hold 75.5 %.
    assert!((share(held) - 0.755).abs() < 0.03, "{}", share(held));
}

#[test]
fn the_mean_s_interval_covers_the_truth_at_its_level() {
    for model in models() {
        let mut covered = 0;
        model.repeat(|_, found, _| covered += u32::from((found.mean - TRUTH).abs() <= found.margin));
        // Exact with equal weights; with others Student's distribution is an approximation: a point at most.
        let weighted = model.weights.iter().any(|weight| *weight != model.weights[0]);
        let near = tolerance() + if weighted { 0.01 } else { 0.0 };
        let covered = share(covered);
        assert!((covered - CONFIDENCE).abs() < near, "{} members: {covered}", model.weights.len());
    }
}

/// The wrong twin: every run taken for an independent one, as if all variance were luck.
#[test]
fn an_interval_that_takes_all_for_luck_covers_too_seldom() {
    let mut covered = 0;
    Model::equal(2.0, 1.0, 20, 5).repeat(|runs, _, _| {
        let all: Vec<f64> = runs.iter().flat_map(|one| one.values.clone()).collect();
        let summary = Summary::of(&all);
        covered += u32::from((summary.mean - TRUTH).abs() <= summary.margin(CONFIDENCE));
    });
    assert!(share(covered) < 0.7, "{}", share(covered));
}

#[test]
fn variances_of_luck_and_of_what_is_unknown_are_unbiased() {
    let weighted = Model { unknown: 1.5, luck: 1.0, weights: falling(40, 0.93), seeds: 3 };
    for model in [Model::equal(2.0, 1.0, 20, 2), Model::equal(1.5, 2.0, 50, 3), weighted] {
        let (mut luck, mut unknown) = (Vec::new(), Vec::new());
        model.repeat(|_, found, _| {
            luck.push(found.luck);
            unknown.push(found.unknown);
        });
        for (what, found, truth) in [("luck", luck, model.luck), ("unknown", unknown, model.unknown)] {
            let summary = Summary::of(&found);
            let error = summary.deviation / (REPETITIONS as f64).sqrt();
            let off = (summary.mean - truth * truth) / error;
            // The cut at nothing is met in less than 1 of 1,000 repetitions of these models.
            assert!(off.abs() < 4.0, "{what}: {} for {}", summary.mean, truth * truth);
        }
    }
}

/// The wrong twin of the correction: the variance of members' means holds luck, too.
#[test]
fn means_of_members_alone_would_take_luck_for_unknown() {
    let mut raw = Vec::new();
    Model::equal(1.0, 2.0, 30, 2).repeat(|runs, _, _| {
        let means: Vec<f64> = runs.iter().map(|one| Summary::of(&one.values).mean).collect();
        raw.push(Summary::of(&means).deviation * Summary::of(&means).deviation);
    });
    assert!((Summary::of(&raw).mean - 3.0).abs() < 0.1, "1 that is unknown and 4 / 2 of luck");
}

#[test]
fn nothing_unknown_is_never_below_nothing() {
    let (mut least, mut at_zero) = (f64::INFINITY, 0);
    Model::equal(0.0, 1.0, 20, 2).repeat(|_, found, _| {
        least = least.min(found.unknown);
        at_zero += u32::from(found.unknown == 0.0);
    });
    assert_eq!(least, 0.0);
    assert!(share(at_zero) > 0.3, "{}", share(at_zero));
}

#[test]
fn one_seed_tells_nothing_apart() {
    let of = |value: f64| MemberRuns { weight: 0.1, values: vec![value] };
    let found = Uncertainty::of(&(0..10).map(|at| of(f64::from(at))).collect::<Vec<_>>());
    assert!(found.luck.is_nan() && found.unknown.is_nan() && found.unknown_share().is_nan());
    assert!(!found.is_told_apart() && (found.mean - 4.5).abs() < 1e-12 && found.margin > 0.0);
    let few = Uncertainty::of(&(0..7).map(|at| of(f64::from(at))).collect::<Vec<_>>());
    assert!(few.margin.is_nan() && !few.is_sure(), "fewer than 8 members have no interval");
}

#[test]
fn what_is_missing_is_left_out() {
    let of = |weight: f64, values: &[f64]| MemberRuns { weight, values: values.to_vec() };
    let whole = Uncertainty::of(&[of(0.25, &[1.0, 3.0]), of(0.25, &[9.0, 11.0])]);
    let with_gaps =
        Uncertainty::of(&[of(0.25, &[1.0, 3.0, f64::NAN]), of(0.5, &[f64::NAN]), of(0.25, &[9.0, 11.0])]);
    assert_eq!(format!("{whole:?}"), format!("{with_gaps:?}"));
    assert_eq!((whole.members, whole.values), (2, 4));
    let single = Uncertainty::of(&[of(0.5, &[1.0, 3.0]), of(0.5, &[9.0])]);
    assert_eq!((single.mean, single.luck), (5.5, 2.0));
    // (12.25 - (0.25 * 2 / 2 + 0.25 * 2 / 1)) / 0.5: the single run has the others' luck.
    assert!((single.unknown - 23.0).abs() < 1e-12, "{}", single.unknown);
    let nothing = Uncertainty::of(&[]);
    assert!(nothing.mean.is_nan() && nothing.low.is_nan() && nothing.margin.is_nan());
}

#[test]
fn a_conclusion_holds_in_so_many_members() {
    let of = |values: &[f64]| MemberRuns { weight: 0.2, values: values.to_vec() };
    let found =
        holding(&[of(&[2.0, 2.0]), of(&[-1.0, 3.0]), of(&[1.0, -1.0]), of(&[-2.0, 1.0]), of(&[f64::NAN])]);
    assert_eq!((found.more, found.less, found.same, found.sign), (2, 1, 1, 1));
    assert_eq!((found.holds(), found.members()), (2, 4));
    assert!((found.weight - 0.5).abs() < 1e-12);
    assert_eq!(holding(&[of(&[0.0, 0.0])]).holds(), 1, "the same in every member");
    let mostly = holding(&[of(&[1.0]), of(&[1.0]), of(&[-9.0])]);
    assert_eq!((mostly.sign, mostly.holds()), (-1, 1), "the mean's sign, not that of most members");
}
