//! Bands: what outcomes were over the points of a design, and the spread of replicates within them.

use super::members::{self, Found};
use super::part::{AnalysisPart, Sweep, note_policy, number, of_policy, policies};
use crate::terminal;
use crate::text::layout;
use crate::text::number::{compact, count, of};
use serde_json::{Value, json};
use sim_experiments::analysis::draws;
use sim_experiments::experiment::Method;
use sim_experiments::statistics::{Summary, quantile};

/// What the bands of a sweep are of.
#[derive(Clone, Copy)]
struct BandKind {
    /// Points are drawn: quantiles over them mean something. Chosen ones have no distribution.
    is_drawn: bool,
    /// Nothing varies but the seed.
    is_replicated: bool,
    is_ensemble: bool,
}

/// The outcomes over points, and the spread of replicates within them, with each policy.
pub fn part(sweep: &Sweep<'_>, outcomes: Vec<usize>) -> AnalysisPart {
    let experiment = sweep.folder.plan.experiment();
    let of_what = BandKind {
        is_drawn: experiment.method.as_ref().is_some_and(Method::is_drawn),
        is_replicated: experiment.method == Some(Method::Replicates),
        is_ensemble: experiment.worlds.is_some(),
    };
    if of_what.is_replicated && of_what.is_ensemble && !sweep.folder.plan.policies().is_crossed() {
        return Found::of(&sweep.responses).part();
    }
    let mut header = vec!["Outcome [unit]", "mean"];
    header.extend(if of_what.is_drawn { &["5 %", "median", "95 %"][..] } else { &["least", "greatest"] });
    header.extend(if of_what.is_ensemble { &["luck sd", "unknown sd"][..] } else { &["replicate sd"] });
    let mut table = layout::table(terminal::width(), &header);
    let (mut values, mut lacking) = (Vec::new(), Vec::new());
    for at in outcomes {
        for policy in policies(sweep) {
            let band = OutcomeBand::of(sweep, at, policy, of_what);
            table.add_row(band.cells(of_what));
            lacking.extend(band.lacking(of_what));
            let mut value = band.value(of_what);
            note_policy(sweep, policy, &mut value);
            values.push(value);
        }
    }
    layout::numbers(&mut table, 1..header.len());
    let replicated = sweep.responses.replicates > 1;
    let over = if of_what.is_replicated { OVER_RUNS } else { over_points(of_what.is_drawn, replicated) };
    let spread = match (of_what.is_ensemble, replicated) {
        (true, _) => SPREAD_OF_MEMBERS,
        (false, true) => "replicate sd is the standard deviation of replicates within points.",
        (false, false) => "there is one run a point, so that the replicate sd is not known.",
    };
    let about = std::iter::once(format!("{over}; {spread}")).chain(lacking);
    let about: Vec<String> =
        about.map(|text| layout::wrapped(&text, usize::from(terminal::width()))).collect();
    AnalysisPart {
        name: "bands",
        text: format!("\n{}{}", layout::text(&table, "  "), about.join("\n") + "\n"),
        value: Value::Array(values),
        warnings: Vec::new(),
    }
}

/// An outcome over the points of a policy.
struct OutcomeBand<'s> {
    outcome: &'s str,
    /// In words, with the policy if there are any.
    title: String,
    unit: String,
    /// Values by point, or by run where nothing varies but the seed.
    by_point: Vec<f64>,
    /// Those that stand for its distribution.
    points: Vec<f64>,
    replicate_sd: f64,
    luck: f64,
    unknown: f64,
}

impl<'s> OutcomeBand<'s> {
    fn of(sweep: &'s Sweep<'_>, at: usize, policy: usize, of_what: BandKind) -> OutcomeBand<'s> {
        let (plan, outcome) = (&sweep.folder.plan, &sweep.responses.outcomes[at]);
        let by_point = sweep.responses.by_point(at);
        let own = of_policy(sweep, policy, &by_point);
        let each = runs_of_policy(sweep, at, policy);
        let replicate_sd = replicate_sd(&each);
        let name = outcome.name.replace('_', " ");
        let [luck, unknown] = match of_what.is_ensemble {
            true => members::variances(&sweep.responses, at, &plan.policies().points(policy)),
            false => [f64::NAN; 2],
        };
        let (by_point, points) = if of_what.is_replicated {
            let runs = each.concat();
            (runs.clone(), runs)
        } else {
            (own, draws(plan, policy, &by_point))
        };
        OutcomeBand {
            outcome: &outcome.name,
            title: match plan.policies().name(policy) {
                None => name,
                Some(policy) => format!("{name}: {policy}"),
            },
            unit: outcome.unit().to_string(),
            by_point,
            points,
            replicate_sd,
            luck,
            unknown,
        }
    }

    fn quantile(&self, share: f64) -> f64 {
        quantile(self.points.clone(), share)
    }

    fn without(&self) -> usize {
        self.by_point.iter().filter(|value| value.is_nan()).count()
    }

    fn cells(&self, of_what: BandKind) -> Vec<String> {
        let shares = if of_what.is_drawn { [0.05, 0.5, 0.95] } else { [0.0, 0.5, 1.0] };
        let [low, median, high] = shares.map(|share| self.quantile(share));
        let mean = Summary::of(&self.points).mean;
        let mut cells = vec![format!("{} [{}]", self.title, self.unit), compact(mean), compact(low)];
        cells.extend(of_what.is_drawn.then(|| compact(median)));
        cells.push(compact(high));
        if of_what.is_ensemble {
            cells.extend([self.luck, self.unknown].map(members::deviation));
        } else {
            cells.push(compact(self.replicate_sd));
        }
        cells
    }

    /// How many points or runs have no value, in words; nothing if all have one.
    fn lacking(&self, of_what: BandKind) -> Option<String> {
        let (without, all) = (self.without(), self.by_point.len() as u64);
        let all = if of_what.is_replicated { of(all, "run", "runs") } else { of(all, "point", "points") };
        (without > 0).then(|| {
            format!("{}: {} of {all} have no value and are left out.", self.title, count(without as u64))
        })
    }

    fn value(&self, of_what: BandKind) -> Value {
        let summary = Summary::of(&self.points);
        let only = |value: f64| if of_what.is_drawn { number(value) } else { Value::Null };
        let without = self.without();
        let mut value = json!({
            "outcome": self.outcome, "unit": self.unit, "points": self.by_point.len() - without,
                "without_value": without, "mean": number(summary.mean),
            "deviation": only(summary.deviation), "p05": only(self.quantile(0.05)),
                "p50": only(self.quantile(0.5)), "p95": only(self.quantile(0.95)),
            "least": number(self.quantile(0.0)), "greatest": number(self.quantile(1.0)),
                "replicate_sd": number(self.replicate_sd),
        });
        if of_what.is_ensemble {
            value["luck_sd"] = number(self.luck.sqrt());
            value["unknown_sd"] = number(self.unknown.sqrt());
        }
        value
    }
}

/// An outcome's runs at each point of a policy.
fn runs_of_policy<'s>(sweep: &'s Sweep<'_>, at: usize, policy: usize) -> Vec<&'s [f64]> {
    let each: Vec<&[f64]> = sweep.responses.by_run[at].chunks(sweep.responses.replicates.max(1)).collect();
    sweep.folder.plan.policies().points(policy).iter().filter_map(|&point| each.get(point).copied()).collect()
}

const OVER_RUNS: &str = "Bands are over the runs, which differ only in their random draws";

const SPREAD_OF_MEMBERS: &str = "luck sd is the standard deviation between seeds of one member at one point, \
                                 unknown sd that between members beyond luck, over all points.";

/// Over what bands are, of a design that draws its points or chooses them.
fn over_points(is_drawn: bool, replicated: bool) -> &'static str {
    match (is_drawn, replicated) {
        (true, true) => "Bands are over the points, each the mean of its replicates",
        (true, false) => "Bands are over the points",
        (false, true) => {
            "Least and greatest are of the points, each the mean of its replicates; the design chooses its \
             points, so that quantiles over them would mean nothing"
        }
        (false, false) => {
            "Least and greatest are of the points; the design chooses them, so that quantiles over them \
             would mean nothing"
        }
    }
}

/// The standard deviation of replicates within points, over all points.
fn replicate_sd(points: &[&[f64]]) -> f64 {
    let variances: Vec<f64> = points
        .iter()
        .map(|runs| Summary::of(runs).deviation)
        .map(|deviation| deviation * deviation)
        .collect();
    Summary::of(&variances).mean.sqrt()
}
