//! The analysis of one trial.

use super::balance::{Balance, balance};
use super::bounds::bounds;
use super::groups::{GROUPS, Group, GroupEffect, by_group};
use super::outcomes::{OUTCOMES, TrialOutcome};
use super::panel::{ArmCount, Panel};
use super::regressions::{ancova, assigned, counties, intended, station, with_assignment};
use crate::econometrics::{ClusterDesign, Estimate, Regression, RegressionError, Regressor, holm, icc};

/// Clusters below which clustered standard errors are too small (Angrist and Pischke's 42, rounded).
const FEW_CLUSTERS: u32 = 40;
/// Villages of an arm below which nothing should be read into it.
const FEW_IN_ARM: u32 = 10;
/// F of the first stage below which instruments count as weak (Staiger and Stock 1997).
const WEAK: f64 = 10.0;
/// Outcomes that are looked at by group.
const BY_GROUP: [&str; 4] = ["cost_of_living", "online_share", "station_share", "station_use"];

/// The effects on one outcome.
#[derive(Clone)]
pub struct Effect {
    /// Which.
    pub outcome: &'static TrialOutcome,
    /// Mean of the controls at the follow-up.
    pub control_mean: f64,
    /// Effect of assignment: ANCOVA on the baseline, with a constant for each county.
    pub intended: Result<Estimate, RegressionError>,
    /// Effect of a station on villages that got one because they were assigned: two-stage least squares.
    pub treated: Result<Estimate, RegressionError>,
    /// The p-value of the effect of assignment among all outcomes (Holm); none where there is no error.
    pub adjusted: Option<f64>,
    /// Between what the effect of assignment lies whatever those lost would have answered.
    pub bounds: Option<[f64; 2]>,
    /// What the design could detect, known before anything opened.
    pub detectable: Option<Detectable>,
}

/// What a design can detect of an outcome, by its answers at the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detectable {
    /// The design, with the outcome's deviation and intraclass correlation within counties at the baseline.
    pub design: ClusterDesign,
    /// Smallest effect of assignment found with power 80 %, without help of the baseline: answers that are
    /// much like those before leave less to chance.
    pub intended: f64,
}

/// How assignment moves stations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstStage {
    /// Share of villages with a station because of assignment.
    pub estimate: Estimate,
    /// F of the instrument, clustered.
    pub f: f64,
}

/// What a trial found.
#[derive(Clone)]
pub struct Analysis {
    /// Villages and households assigned.
    pub assigned: ArmCount,
    /// Villages and households held back.
    pub control: ArmCount,
    /// Control villages let in before the follow-up.
    pub let_in: u32,
    /// Counties.
    pub counties: u32,
    /// Whether the arms were alike at the baseline.
    pub balance: Vec<Balance>,
    /// Difference in the share not found again, assigned less control.
    pub attrition: Option<Estimate>,
    /// The first stage.
    pub first_stage: Result<FirstStage, RegressionError>,
    /// Effects on every outcome.
    pub effects: Vec<Effect>,
    /// Effects by group, for some outcomes.
    pub groups: Vec<OutcomeByGroup>,
    /// Share of households whose cost of living fell by 0.5 % or more since the baseline: in villages where
    /// a station opened, and in those where none did.
    pub fell: [f64; 2],
    /// What a reader must know.
    pub warnings: Vec<String>,
}

impl Analysis {
    /// Whether both arms have villages enough for single figures to be read, and so for stars of
    /// significance.
    pub fn bears_tests(&self) -> bool {
        [&self.assigned, &self.control].iter().all(|arm| arm.villages >= FEW_IN_ARM)
    }

    /// The effects on an outcome.
    pub fn effect(&self, name: &str) -> Option<&Effect> {
        self.effects.iter().find(|effect| effect.outcome.name == name)
    }
}

/// What a station does to an outcome, by a group of households.
#[derive(Clone)]
pub struct OutcomeByGroup {
    /// The outcome.
    pub outcome: &'static TrialOutcome,
    /// The group.
    pub group: &'static Group,
    /// The effect in the group and outside it, if it can be found.
    pub effect: Result<GroupEffect, RegressionError>,
    /// The p-value of the difference among all groups of the outcome (Holm).
    pub adjusted: Option<f64>,
}

/// Analyses a trial.
pub fn analyse(panel: &Panel) -> Analysis {
    let first_stage = first_stage(panel);
    let mut effects: Vec<Effect> = OUTCOMES.iter().map(|outcome| effect(panel, outcome)).collect();
    let tests: Vec<Option<f64>> =
        effects.iter().map(|effect| effect.intended.as_ref().ok().and_then(Estimate::p)).collect();
    for (effect, adjusted) in effects.iter_mut().zip(holm(&tests)) {
        effect.adjusted = adjusted;
    }
    let chosen = OUTCOMES.iter().filter(|outcome| BY_GROUP.contains(&outcome.name));
    let groups = chosen.flat_map(|outcome| by_groups(panel, outcome));
    let mut analysis = Analysis {
        assigned: panel.arm(true),
        control: panel.arm(false),
        let_in: panel.let_in(),
        counties: panel.counties,
        balance: balance(panel),
        attrition: attrition(panel),
        first_stage,
        effects,
        groups: groups.collect(),
        fell: [true, false].map(|opened| fell(panel, opened)),
        warnings: Vec::new(),
    };
    analysis.warnings = warnings(panel, &analysis);
    analysis
}

/// An outcome by every group.
fn by_groups(panel: &Panel, outcome: &'static TrialOutcome) -> Vec<OutcomeByGroup> {
    let effects: Vec<_> = GROUPS.iter().map(|group| by_group(panel, outcome, group)).collect();
    let tests: Vec<Option<f64>> =
        effects.iter().map(|effect| effect.as_ref().ok().and_then(|effect| effect.difference.p())).collect();
    let found = GROUPS.iter().zip(effects).zip(holm(&tests));
    found.map(|((group, effect), adjusted)| OutcomeByGroup { outcome, group, effect, adjusted }).collect()
}

fn first_stage(panel: &Panel) -> Result<FirstStage, RegressionError> {
    let regression = Regression {
        outcome: station(panel).1,
        exogenous: ancova(panel, &OUTCOMES[0]).exogenous,
        clusters: panel.pairs().map(|(household, _)| household.village).collect(),
        ..Regression::default()
    };
    let fit = with_assignment(regression, panel).fit()?;
    let estimate = fit.of("assigned").ok_or(RegressionError::NotIdentified)?;
    Ok(FirstStage { estimate, f: estimate.t().map_or(f64::INFINITY, |t| t * t) })
}

fn effect(panel: &Panel, outcome: &'static TrialOutcome) -> Effect {
    let controls: Vec<f64> = panel
        .pairs()
        .filter(|(household, _)| !household.assigned())
        .map(|(_, after)| (outcome.answer)(after))
        .collect();
    let treated = Regression {
        endogenous: vec![station(panel)],
        instruments: vec![assigned(panel)],
        ..ancova(panel, outcome)
    };
    let missing = RegressionError::NotIdentified;
    Effect {
        outcome,
        control_mean: controls.iter().sum::<f64>() / controls.len() as f64,
        intended: intended(panel, outcome),
        treated: treated.fit().and_then(|fit| fit.of("station").ok_or(missing)),
        adjusted: None,
        bounds: bounds(panel, outcome),
        detectable: detectable(panel, outcome),
    }
}

/// What the design can detect, by the answers of the baseline less the means of counties.
fn detectable(panel: &Panel, outcome: &TrialOutcome) -> Option<Detectable> {
    let all = &panel.households;
    let clusters: Vec<u32> = all.iter().map(|household| household.village).collect();
    let regression = Regression {
        outcome: all.iter().map(|household| (outcome.answer)(&household.before)).collect(),
        exogenous: counties(all.iter().map(|household| household.county)),
        clusters: clusters.clone(),
        ..Regression::default()
    };
    let residuals = regression.fit().ok()?.residuals;
    let (count, arms) = (residuals.len() as f64, [panel.arm(true), panel.arm(false)]);
    let villages = f64::from(arms[0].villages + arms[1].villages);
    let design = ClusterDesign {
        clusters: villages,
        size: count / villages,
        assigned: f64::from(arms[0].villages) / villages,
        deviation: (residuals.iter().map(|e| e * e).sum::<f64>() / count).sqrt(),
        icc: icc(&residuals, &clusters)?,
    };
    Some(Detectable { design, intended: design.detectable()? })
}

/// Whether more are lost in one arm than in the other.
fn attrition(panel: &Panel) -> Option<Estimate> {
    let all = &panel.households;
    let column = |name: &str, value: &dyn Fn(&super::PanelHousehold) -> f64| -> Regressor {
        (name.to_owned(), all.iter().map(value).collect())
    };
    let regression = Regression {
        outcome: all.iter().map(|household| 100.0 * f64::from(household.after.is_none())).collect(),
        exogenous: vec![
            column("constant", &|_| 1.0),
            column("assigned", &|household| f64::from(household.assigned())),
        ],
        clusters: all.iter().map(|household| household.village).collect(),
        ..Regression::default()
    };
    regression.fit().ok()?.of("assigned")
}

/// Share of households found again whose cost of living fell by 0.5 % or more, by whether a station opened.
fn fell(panel: &Panel, opened: bool) -> f64 {
    let of_arm = || panel.pairs().filter(|(household, _)| household.opened == opened);
    let gained = of_arm()
        .filter(|(household, after)| after.cost_of_living - household.before.cost_of_living <= -0.005);
    gained.count() as f64 / of_arm().count() as f64
}

/// Traits in which the arms differ at the baseline more than chance makes them.
fn unlike(analysis: &Analysis) -> Vec<&'static str> {
    let differs = analysis.balance.iter().filter(|row| row.p.is_some_and(|p| p < 0.05));
    differs.map(|row| row.of.name).collect()
}

fn warnings(panel: &Panel, analysis: &Analysis) -> Vec<String> {
    let mut warnings = Vec::new();
    let villages = analysis.assigned.villages + analysis.control.villages;
    let mut warn = |when: bool, text: String| {
        if when {
            warnings.push(text);
        }
    };
    warn(
        villages < FEW_CLUSTERS,
        format!(
            "{villages} villages are few clusters: clustered standard errors are too small below about \
             {FEW_CLUSTERS}"
        ),
    );
    for (name, arm) in [("assigned", &analysis.assigned), ("control", &analysis.control)] {
        warn(
            arm.villages < FEW_IN_ARM,
            format!("only {} {name} villages: read nothing into single figures", arm.villages),
        );
    }
    warn(
        villages < panel.villages_wanted,
        format!(
            "{villages} villages surveyed where {} were to be: counties have fewer candidates, or the run \
             ended before the follow-up",
            panel.villages_wanted
        ),
    );
    let households = analysis.assigned.households + analysis.control.households;
    warn(
        villages > 0 && households < villages * panel.households_wanted,
        format!(
            "{households} households surveyed where {} were to be: villages keep too few records (raise \
             household_sample)",
            villages * panel.households_wanted
        ),
    );
    warn(
        panel.sample < 1.0,
        format!(
            "a sample of {}: a record stands for several households and its orders come in bundles, so that \
             shares of users and standard errors are not those of single households",
            panel.sample
        ),
    );
    let weak = analysis.first_stage.as_ref().is_ok_and(|first| first.f < WEAK);
    warn(
        weak,
        "assignment hardly moves stations (F below 10): effects on the treated are not to be trusted".into(),
    );
    let unlike = unlike(analysis);
    warn(
        !unlike.is_empty(),
        format!("the arms differ at the baseline (p below 0.05 among all traits): {}", unlike.join(", ")),
    );
    let lost = analysis.attrition.and_then(|estimate| estimate.p()).is_some_and(|p| p < 0.05);
    warn(lost, "households were lost more often in one arm than in the other (p below 0.05)".into());
    warnings
}
