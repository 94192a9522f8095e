//! The counts of a validation: inputs, figures to fit and to test, verdicts, degrees of freedom.

use super::own::EvidenceBase;
use crate::text::number::of;
use sim_experiments::evidence::fitted::OF_A_SERIES;
use sim_experiments::evidence::slice::SliceGap;
use sim_experiments::evidence::targets::TargetUse;
use sim_experiments::evidence::verdict::{Judged, Tally};

/// In sentences, one a line.
pub fn summary(base: &EvidenceBase, judged: &[Judged]) -> String {
    let mut text = format!("Fit: {}.\n", words(Tally::of_use(judged, TargetUse::Fit)));
    let tests = || judged.iter().filter(|row| row.target.role == TargetUse::Test);
    let (clean, spoilt): (Vec<&Judged>, Vec<&Judged>) =
        tests().partition(|row| !base.fitted.spoils(row.target));
    text += &format!("Test: {}.\n", words(Tally::of(clean)));
    if !spoilt.is_empty() {
        text += &format!("Test, but in view when a parameter was changed: {}.\n", words(Tally::of(spoilt)));
    }
    text + &counts(base)
}

/// How many figures of slices agree with the whole, in a sentence.
pub fn agreement(gaps: &[SliceGap]) -> String {
    let slight = gaps.iter().filter(|gap| gap.is_slight()).count();
    let sum: f64 = gaps.iter().map(|gap| gap.gap.abs()).filter(|gap| gap.is_finite()).sum();
    format!(
        "Slices and whole: {slight} of {} within a tenth of the tolerance or what chance does; {:.2} \
         tolerances apart in the mean.\n",
        of(gaps.len() as u64, "figure", "figures"),
        sum / gaps.len() as f64
    )
}

fn words(tally: Tally) -> String {
    let Tally { met, near, missed, not_testable } = tally;
    format!(
        "{met} met, {near} of them within a third of the tolerance; {missed} missed, {not_testable} not \
         testable"
    )
}

/// How many figures have each role, and fitted parameters against independent figures.
fn counts(base: &EvidenceBase) -> String {
    let targets = &base.targets;
    let of_role =
        |role: TargetUse| targets.targets.iter().filter(|target| target.role == role).count() as u64;
    let inputs: usize = targets.inputs.iter().map(|input| input.figures.len()).sum();
    let mut text = format!(
        "Figures: {} given to the runs, {} to fit, {} to test.\n",
        of(inputs as u64, "figure or series", "figures and series"),
        of_role(TargetUse::Fit),
        of_role(TargetUse::Test),
    );
    if base.is_shipped {
        let freedom = base.fitted.degrees_of_freedom(targets);
        text += &format!(
            "Degrees of freedom: {} were ever changed with a figure in view; the {} that they had to meet \
             count as {} independent ones (a series as {OF_A_SERIES} at most), and {} were in view \
             besides.\n",
            of(freedom.parameters as u64, "parameter", "parameters"),
            of(freedom.figures as u64, "figure", "figures"),
            freedom.independent,
            of(freedom.tests_in_view as u64, "test", "tests"),
        );
    }
    text
}
