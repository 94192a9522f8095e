use super::*;
use sim_core::base::{Owner, Purpose, RandomStream, Seed};

fn stream(number: u64) -> RandomStream {
    RandomStream::new(Seed(11), Owner::other(number), Purpose::Test, 0)
}

fn column(name: &str, values: &[f64]) -> Regressor {
    (name.to_owned(), values.to_vec())
}

fn ones(rows: usize) -> Regressor {
    column("constant", &vec![1.0; rows])
}

/// Six observations in three clusters of two, worked by hand: y on a constant and x.
fn by_hand() -> Regression {
    Regression {
        outcome: vec![1.0, 2.0, 4.0, 3.0, 6.0, 8.0],
        exogenous: vec![ones(6), column("x", &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0])],
        clusters: vec![1, 1, 2, 2, 3, 3],
        ..Regression::default()
    }
}

#[test]
fn clustered_errors_are_those_worked_by_hand() {
    // Means 2.5 and 4; sums of squares 17.5 and products 23 give the slope 46/35 and the constant 5/7.
    // Residuals are (30, -3, 69, -174, 3, 75) / 105. Scores (sum of e, sum of x e) by cluster, over 105:
    // (27, -3), (-105, -384), (78, 387).
    let fit = by_hand().fit().unwrap();
    let (constant, slope) = (fit.of("constant").unwrap(), fit.of("x").unwrap());
    assert!((slope.coefficient - 46.0 / 35.0).abs() < 1e-12);
    assert!((constant.coefficient - 5.0 / 7.0).abs() < 1e-12);
    // Bread: the inverse of (6, 15; 15, 55) is (55, -15; -15, 6) / 105. Its second row on the scores gives
    // (-423, -729, 1152) / (105 x 105); its first (1530, -15, -1515) / (105 x 105). Factor: 3/2 x 5/4.
    let factor: f64 = 1.5 * 1.25;
    let error = |rows: [f64; 3]| (factor * rows.map(|r| r * r).iter().sum::<f64>()).sqrt() / (105.0 * 105.0);
    assert!((slope.error.unwrap() - error([-423.0, -729.0, 1152.0])).abs() < 1e-12);
    assert!((constant.error.unwrap() - error([1530.0, -15.0, -1515.0])).abs() < 1e-12);
    assert_eq!((fit.observations, fit.clusters, slope.freedom), (6, 3, 2.0));
    // Covariance of both enters a sum of coefficients.
    let both = fit.combination(&[("constant", 1.0), ("x", 1.0)]).unwrap();
    assert!((both.error.unwrap() - error([1107.0, -744.0, -363.0])).abs() < 1e-12);
}

#[test]
fn one_cluster_each_is_the_robust_variance_of_white() {
    let regression = Regression { clusters: (0..6).collect(), ..by_hand() };
    let slope = regression.fit().unwrap().of("x").unwrap();
    // Sum of ((x - 2.5) e)^2 over 17.5^2, with (x - 2.5) e in parts of 210; factor 6/5 x 5/4.
    let scores = [-150.0, 9.0, -69.0, -174.0, 9.0, 375.0].map(|s: f64| s * s).iter().sum::<f64>();
    let error = (1.2 * 1.25 * scores).sqrt() / 210.0 / 17.5;
    assert!((slope.error.unwrap() - error).abs() < 1e-12);
}

#[test]
fn one_instrument_gives_wald_s_ratio() {
    // Binary instrument, one regressor: the effect is the difference in y over the difference in d. 3 / 0.5.
    let regression = Regression {
        outcome: vec![0.0, 2.0, 1.0, 1.0, 4.0, 6.0, 1.0, 5.0],
        endogenous: vec![column("d", &[0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0])],
        instruments: vec![column("z", &[0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0])],
        exogenous: vec![ones(8)],
        clusters: (0..8).collect(),
    };
    let fit = regression.fit().unwrap();
    assert!((fit.of("d").unwrap().coefficient - 6.0).abs() < 1e-12);
    // By hand: constant -0.5, residuals (0.5, 2.5, 1.5, -4.5, -1.5, 0.5, 1.5, -0.5); second-stage d is 1/4 or
    // 3/4, so its deviations are -1/4 and 1/4 with squares summing to 1/2. Squared residuals sum to 34;
    // factor 8/7 x 7/6.
    let error = (34.0_f64 / 16.0 * 8.0 / 6.0).sqrt() / 0.5;
    assert!((fit.of("d").unwrap().error.unwrap() - error).abs() < 1e-12);
}

#[test]
fn a_column_that_adds_nothing_is_left_out_and_a_regressor_without_instrument_refused() {
    let mut regression = by_hand();
    regression.exogenous.push(column("again", &[2.0; 6]));
    let fit = regression.fit().unwrap();
    assert!(fit.of("again").is_none() && fit.of("x").is_some());
    let lost = Regression {
        endogenous: vec![column("d", &[0.0, 1.0, 0.0, 1.0, 0.0, 1.0])],
        instruments: vec![column("z", &[3.0; 6])],
        ..by_hand()
    };
    assert_eq!(lost.fit().unwrap_err(), RegressionError::NotIdentified);
    let missing = Regression { outcome: vec![f64::NAN; 6], ..by_hand() };
    assert!(matches!(missing.fit(), Err(RegressionError::Shape(_))));
    let few = Regression { clusters: vec![1; 6], ..by_hand() };
    assert!(matches!(few.fit(), Err(RegressionError::TooFew { clusters: 1, .. })));
}

#[test]
fn an_outcome_that_follows_exactly_has_no_standard_error() {
    let x = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0];
    let exact = Regression { outcome: x.map(|x| 2.0 + 3.0 * x).to_vec(), ..by_hand() };
    let slope = exact.fit().unwrap().of("x").unwrap();
    assert!((slope.coefficient - 3.0).abs() < 1e-12 && slope.error.is_none() && slope.p().is_none());
}

/// A trial of 50 clusters of 10, half assigned, of which some take part; an effect on those who do.
fn planted(number: u64, effect: f64) -> Regression {
    let mut stream = stream(number);
    let mut regression = Regression::default();
    let [mut before, mut taken, mut assigned] = [Vec::new(), Vec::new(), Vec::new()];
    for cluster in 0..50 {
        let draw = f64::from(cluster % 2 == 0);
        let (common, eager) = (stream.normal(), stream.normal());
        // Who is eager does better anyway: least squares on taking part would be biased.
        let takes = f64::from(eager + 1.5 * draw > 0.8);
        for _ in 0..10 {
            let own = stream.normal();
            regression
                .outcome
                .push(0.7 * own + effect * takes + 0.6 * common + 0.5 * eager + stream.normal());
            before.push(own);
            taken.push(takes);
            assigned.push(draw);
            regression.clusters.push(cluster);
        }
    }
    regression.exogenous = vec![ones(500), ("before".to_owned(), before), ("assigned".to_owned(), assigned)];
    regression.endogenous = vec![("taken".to_owned(), taken)];
    regression
}

fn as_intended(mut regression: Regression) -> Fit {
    regression.endogenous.clear();
    regression.fit().unwrap()
}

fn on_treated(mut regression: Regression) -> Fit {
    regression.instruments = regression.exogenous.split_off(2);
    regression.fit().unwrap()
}

#[test]
fn a_planted_effect_is_found_by_instruments_and_missed_without() {
    let trials = 200;
    let mean = |estimate: &dyn Fn(Regression) -> f64| {
        (0..trials).map(|number| estimate(planted(number, 1.0))).sum::<f64>() / trials as f64
    };
    let treated = mean(&|regression| on_treated(regression).of("taken").unwrap().coefficient);
    let naive = mean(&|mut regression| {
        regression.exogenous.truncate(2);
        let taken = regression.endogenous.clone();
        regression.exogenous.extend(taken);
        as_intended(regression).of("taken").unwrap().coefficient
    });
    // One trial's standard error is about 0.45: five over the square root of 200 are 0.16.
    assert!((treated - 1.0).abs() < 0.16, "{treated}");
    assert!(naive > 1.3, "the control: {naive}");
}

#[test]
fn a_true_null_is_rejected_at_its_nominal_rate() {
    let trials = 1_000;
    let rejected = |estimate: &dyn Fn(Regression) -> Estimate| {
        (0..trials).filter(|&n| estimate(planted(1_000 + n, 0.0)).p().unwrap() < 0.05).count()
    };
    // Binomial(1,000, 0.05) has standard deviation 7: 50 +- 30, and a little over, as fifty clusters make it.
    let intended = rejected(&|regression| as_intended(regression).of("assigned").unwrap());
    assert!((20..=80).contains(&intended), "{intended} of 1,000");
    let treated = rejected(&|regression| on_treated(regression).of("taken").unwrap());
    assert!((10..=80).contains(&treated), "{treated} of 1,000");
    // The control: as if observations were independent, a true null is rejected far too often.
    let naive = rejected(&|mut regression| {
        regression.clusters = (0..500).collect();
        as_intended(regression).of("assigned").unwrap()
    });
    assert!(naive > 200, "{naive} of 1,000");
}

#[test]
fn p_values_and_intervals_are_student_s() {
    let estimate = Estimate { coefficient: 2.0, error: Some(1.0), freedom: 10.0 };
    // Tables: P(|t| > 2) at 10 degrees is 0.0734; the 97.5 % quantile is 2.2281.
    assert!((estimate.p().unwrap() - 0.07339).abs() < 1e-4);
    let [low, high] = estimate.interval(0.95).unwrap();
    assert!((low + 0.22814).abs() < 1e-4 && (high - 4.22814).abs() < 1e-4);
}

#[test]
fn power_follows_the_textbook() {
    // With a standard error of 1 and many clusters: 1.96 + 0.84.
    assert!((minimum_detectable(1.0, 1e6).unwrap() - 2.8016).abs() < 1e-3);
    // Design effect 1 + 27 x 0.1; variance 1 x (0.1 + 0.9 / 28) / (0.6 x 0.4 x 100).
    let design = ClusterDesign { clusters: 100.0, size: 28.0, assigned: 0.6, deviation: 1.0, icc: 0.1 };
    assert!((design.effect() - 3.7).abs() < 1e-12);
    assert!((design.error() - (0.132_142_857_f64 / 24.0).sqrt()).abs() < 1e-6);
    // Student's t with 99 degrees of freedom: 1.984 + 0.845.
    assert!((design.detectable().unwrap() / design.error() - 2.8296).abs() < 1e-3);
}

#[test]
fn many_tests_by_hand() {
    // Four tests: the least p times four, the next times three but not below the one before.
    let adjusted = holm(&[Some(0.01), Some(0.04), None, Some(0.03), Some(0.005)]);
    let expected = [Some(0.03), Some(0.06), None, Some(0.06), Some(0.02)];
    for (found, expected) in adjusted.iter().zip(expected) {
        assert!(found.is_some() == expected.is_some(), "{adjusted:?}");
        assert!((found.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs() < 1e-12, "{adjusted:?}");
    }
    assert_eq!(holm(&[Some(0.9), Some(0.8)]), [Some(1.0), Some(1.0)]);
}

/// Twenty true nulls a family: some test of a family is below 5 % in two thirds of families, its adjusted
/// p-value in 5 % of them; two thousand families tell that to 1.5 points (three standard errors).
#[test]
fn adjusted_tests_keep_the_error_of_the_family() {
    let mut stream = stream(11);
    let (mut plain, mut adjusted) = (0, 0);
    for _ in 0..2_000 {
        let family: Vec<Option<f64>> = (0..20).map(|_| Some(stream.unit())).collect();
        plain += u32::from(family.iter().flatten().any(|&p| p < 0.05));
        adjusted += u32::from(holm(&family).iter().flatten().any(|&p| p < 0.05));
    }
    assert!((f64::from(adjusted) / 2_000.0 - 0.05).abs() < 0.015, "{adjusted}");
    assert!(plain > 1_200, "the twin without adjusting: {plain}");
}

#[test]
fn the_intraclass_correlation_is_what_was_put_in() {
    let mut stream = stream(7);
    let (mut values, mut clusters) = (Vec::new(), Vec::new());
    for cluster in 0..2_000 {
        let common = stream.normal();
        for _ in 0..10 {
            values.push(common + 2.0 * stream.normal());
            clusters.push(cluster);
        }
    }
    // A fifth of the variance; standard error about 0.008.
    assert!((icc(&values, &clusters).unwrap() - 0.2).abs() < 0.04);
    assert_eq!(icc(&[1.0, 1.0, 2.0, 2.0], &[1, 1, 2, 2]), Some(1.0));
    assert_eq!(icc(&[1.0, 2.0], &[1, 2]), None);
}
