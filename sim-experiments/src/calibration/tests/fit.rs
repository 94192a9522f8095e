//! The whole fit, and the tests of it, on a model whose answer is known.

use super::toy::{TRUTH, figures_at, first_points, fitted, measured, parameters, published};
use crate::calibration::emulated::{Emulated, implausibility, weight};
use crate::calibration::figure::FitFigure;
use crate::calibration::matching::{CUT, MatchedHistory, emulate, identified};
use crate::calibration::members::FittedEnsemble;
use crate::calibration::refits::{FigureRefits, WrongFigureControl, wrong_figures};
use crate::calibration::screening::ScreeningDesign;
use crate::evidence::targets::TargetUse;

const POPULATION: usize = 600;

fn names(figures: &[FitFigure]) -> Vec<&str> {
    figures.iter().map(|figure| figure.name.as_str()).collect()
}

#[test]
fn waves_close_in_on_the_truth_and_do_not_rule_it_out() {
    let figures = published(&figures_at(&TRUTH));
    let found = fitted(&figures, 30, 3);
    let shares: Vec<f64> = found.sets.iter().map(|set| set.share).collect();
    assert!(shares[2] < 0.2 && shares[2] <= shares[0] * 1.3, "{shares:?}");
    assert!(implausibility(&found.ruling(), &TRUTH) < 1.0);
    let learnt = identified(&parameters(), found.set().unwrap());
    for (truth, known) in TRUTH.iter().zip(&learnt) {
        assert!(known.quantiles[0] < *truth && *truth < known.quantiles[2], "{truth} {known:?}");
        assert!(known.shrinkage < 0.85, "{known:?}");
    }
    assert_eq!(found.simulated.points.len(), 90);
    assert_eq!(found.simulated.until(2).points.len(), 60);
}

#[test]
fn members_are_simulated_points_of_the_last_wave_with_the_weights_of_what_they_gave() {
    let figures = published(&figures_at(&TRUTH));
    let found = fitted(&figures, 30, 3);
    let ensemble = FittedEnsemble::of(&found, &names(&figures), 12);
    assert!(ensemble.members.len() == 12 && ensemble.candidates >= 12 && ensemble.kept < 1.0);
    assert!(ensemble.members.iter().all(|member| found.simulated.waves[member.row] == 3));
    assert!(ensemble.members.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
    let off =
        |point: &[f64]| -> f64 { point.iter().zip(TRUTH).map(|(x, truth)| (x - truth) * (x - truth)).sum() };
    let last = found.simulated.points.iter().zip(&found.simulated.waves).filter(|(_, wave)| **wave == 3);
    let worst = last.map(|(point, _)| off(point)).fold(0.0, f64::max);
    assert!(off(&ensemble.members[0].point) < 0.5 * worst);
    let text = ensemble.csv(&parameters());
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    assert_eq!(header, "member,weight,shop.same_trade,shop.able_share,programme.later_batch");
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 12);
    let numbers: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    assert_eq!(numbers[..3], ["1", "2", "3"]);
    // As whole millionths, so that the sum is exact.
    let millionths = |text: &str| text.replace('.', "").parse::<u64>().unwrap();
    assert_eq!(rows.iter().map(|row| millionths(row[1])).sum::<u64>(), 1_000_000);
    assert!(rows.iter().all(|row| row[4].parse::<u32>().is_ok()), "whole numbers are written as such");
    assert!(ensemble.effective() > 1.0 && ensemble.effective() <= 12.0);
}

#[test]
fn points_of_a_series_count_as_two_at_most() {
    let figures = published(&figures_at(&TRUTH));
    let points = first_points(30);
    let values: Vec<Vec<f64>> = points.iter().map(|point| figures_at(point)).collect();
    let simulated = crate::calibration::matching::SimulatedPoints { waves: vec![1; 30], points, values };
    let emulated = emulate(&figures, &simulated);
    let all: Vec<&Emulated> = emulated.iter().collect();
    // Three points of a series, each one deviation off, count as two.
    let series = weight(&all, &[1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    assert!((series - sim_core::base::math::exp(-1.0)).abs() < 1e-12, "{series}");
    let others = weight(&all, &[0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0]);
    assert!((others - sim_core::base::math::exp(-1.5)).abs() < 1e-12, "{others}");
}

#[test]
fn a_figure_that_no_emulator_explains_rules_nothing_out() {
    let mut figures = published(&figures_at(&TRUTH));
    let mut stream = crate::random::random_stream(8, 1);
    let points = first_points(40);
    let values: Vec<Vec<f64>> = points
        .iter()
        .map(|point| {
            let mut row = figures_at(point);
            row[6] = 1.0 + stream.unit();
            row
        })
        .collect();
    // Far from anything that is simulated: were it used, nothing would be left.
    figures[6] = figures[6].had_it_been(1000.0);
    let simulated = crate::calibration::matching::SimulatedPoints { waves: vec![1; 40], points, values };
    let found = MatchedHistory { emulated: emulate(&figures, &simulated), ..MatchedHistory::default() };
    assert_eq!(names(&figures).len(), 7);
    let used: Vec<&str> = found.ruling().iter().map(|one| one.figure.name.as_str()).collect();
    assert_eq!(used, ["villages_2014", "villages_2015", "villages_2016", "b", "c", "d"]);
    assert!(implausibility(&found.ruling(), &TRUTH) < CUT);
}

fn refits(history: &MatchedHistory) -> FigureRefits<'_> {
    FigureRefits { history, dimensions: 3, population: POPULATION }
}

/// What is simulated once for many worlds: the values do not depend on what was published.
fn everywhere() -> crate::calibration::matching::SimulatedPoints {
    let points = first_points(60);
    let values = points.iter().map(|point| figures_at(point)).collect();
    crate::calibration::matching::SimulatedPoints { waves: vec![1; 60], points, values }
}

#[test]
fn intervals_of_left_out_figures_hold_what_would_be_published_about_nine_times_in_ten() {
    let simulated = everywhere();
    let emulated = emulate(&published(&figures_at(&TRUTH)), &simulated);
    let (mut held, mut sharper, mut all) = (0, 0, 0);
    for world in 0..24 {
        let mut stream = crate::random::random_stream(world, 703);
        let truth: Vec<f64> = (0..3).map(|_| 0.15 + 0.7 * stream.unit()).collect();
        let figures = published(&measured(&truth, world));
        let against = emulated.iter().zip(&figures).map(|(one, figure)| one.against(figure.clone()));
        let history = MatchedHistory { emulated: against.collect(), ..MatchedHistory::default() };
        let left_out = ["villages_2015", "b", "c", "d", "e"].map(str::to_owned);
        for prediction in refits(&history).without(&left_out) {
            held += usize::from(prediction.holds);
            sharper += usize::from(prediction.is_sharper());
            all += 1;
        }
    }
    let (held, sharper) = (held as f64 / f64::from(all), sharper as f64 / f64::from(all));
    assert_eq!(all, 120);
    assert!((0.82..0.99).contains(&held), "{held}");
    assert!(sharper > 0.5, "{sharper}");
}

#[test]
fn a_figure_that_contradicts_the_others_is_not_held() {
    let mut numbers = figures_at(&TRUTH);
    numbers[3] *= 1.8;
    let figures = published(&numbers);
    let history = MatchedHistory { emulated: emulate(&figures, &everywhere()), ..MatchedHistory::default() };
    let found = refits(&history).without(&["b".to_owned(), "d".to_owned(), "unknown".to_owned()]);
    assert_eq!(found.len(), 2);
    assert!(!found[0].holds, "{:?}", found[0]);
}

#[test]
fn later_years_are_predicted_from_earlier_ones() {
    let mut figures = published(&figures_at(&TRUTH));
    figures[1].role = TargetUse::Test;
    let history = MatchedHistory { emulated: emulate(&figures, &everywhere()), ..MatchedHistory::default() };
    let found = refits(&history).after(2014, 2016);
    let predicted: Vec<&str> = found.iter().map(|one| one.figure.name.as_str()).collect();
    assert_eq!(predicted, ["villages_2015", "villages_2016"], "those to be tested as well");
    assert!(found.iter().all(|one| one.holds && one.is_sharper()), "{found:?}");
    assert!(refits(&history).after(2016, 2020).is_empty());
}

#[test]
fn wrong_figures_are_noticed_and_a_model_that_fits_anything_is_too() {
    let figures = published(&figures_at(&TRUTH));
    let found = fitted(&figures, 40, 1);
    let control = wrong_figures(&figures, &found, 12, POPULATION);
    assert_eq!(control.wrong.len(), 12);
    assert!(control.is_noticed(), "{control:?}");
    assert!(control.median() < 0.2 * control.right, "{control:?}");
    // Three figures that each follow a parameter of their own meet whatever is published.
    let loose: Vec<FitFigure> = figures[3..6].to_vec();
    let numbers = |point: &[f64]| vec![2.0 + 4.0 * point[0], 2.0 + 4.0 * point[1], 2.0 + 4.0 * point[2]];
    let points = first_points(40);
    let values = points.iter().map(|point| numbers(point)).collect();
    let simulated = crate::calibration::matching::SimulatedPoints { waves: vec![1; 40], points, values };
    let history = MatchedHistory { simulated, ..MatchedHistory::default() };
    let control = wrong_figures(&loose, &history, 12, POPULATION);
    assert!(!control.is_noticed(), "{control:?}");
    assert!(!WrongFigureControl { right: 0.0, wrong: vec![0.0] }.is_noticed(), "nothing left is no proof");
}

#[test]
fn screening_finds_what_matters_for_what_in_units_of_tolerances() {
    let figures = published(&figures_at(&TRUTH));
    let design = ScreeningDesign::new(&parameters(), 10).unwrap();
    let values: Vec<Vec<f64>> = design.points().iter().map(|point| figures_at(point)).collect();
    let found = design.screened(&figures, &values);
    let of = |path: &str| found.iter().find(|one| one.path == path).unwrap();
    let size = |path: &str, figure: &str| {
        of(path).effects.iter().find(|effect| effect.figure == figure).unwrap().size
    };
    // 3 + 2 b + c: 2 over the range, of a tolerance of 16 % of 4.85.
    assert!((size("shop.able_share", "b") - 2.0 / (0.16 * 4.85)).abs() < 1e-9);
    assert_eq!(size("shop.same_trade", "b"), 0.0);
    assert!(of("shop.same_trade").mattering().all(|effect| effect.figure != "b"));
    assert!(found.iter().flat_map(|one| &one.effects).all(|effect| effect.chance == 0.0));
    // What a seed adds is told from what a parameter does.
    let noisy: Vec<Vec<f64>> = design
        .points()
        .iter()
        .map(|point| figures_at(point).into_iter().map(|value| value + 10.0 * point[3]).collect())
        .collect();
    let found = design.screened(&figures, &noisy);
    assert_eq!(found.len(), parameters().len());
    let of = |path: &str| found.iter().find(|one| one.path == path).unwrap();
    assert!(of("shop.able_share").effects.iter().any(|effect| effect.figure == "b" && !effect.matters()));
}
