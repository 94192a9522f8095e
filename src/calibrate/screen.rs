//! `countryside calibrate --screen`: which parameters matter for which figure.

use super::points::{Means, PointRuns, PointSeeds};
use crate::command_error::CommandError;
use crate::evidence::own::EvidenceBase;
use crate::text::layout;
use crate::text::number::of;
use sim_experiments::calibration::plan::CalibrationPlan;
use sim_experiments::calibration::screening::{ScreenedParameter, ScreeningDesign};

/// Trajectories of a plan that does not say.
const TRAJECTORIES: u32 = 4;
/// Figures that are named for a parameter.
const NAMED: usize = 6;

/// Screens a plan's parameters and says what was found.
///
/// # Errors
/// If a point is refused, the user stops it, or runs cannot be kept.
pub fn screen(
    plan: &CalibrationPlan,
    base: &EvidenceBase,
    means: &Means,
    width: u16,
) -> Result<String, CommandError> {
    let parameters = plan.screened();
    let trajectories = match plan.screening.trajectories {
        0 => TRAJECTORIES,
        trajectories => trajectories,
    };
    let design = ScreeningDesign::new(&parameters, trajectories).map_err(CommandError::input)?;
    let points = design.points();
    let mut runs = PointRuns::new(base, plan, means);
    let seeds = (PointSeeds::Last, &plan.screening.changes[..]);
    runs.announce("screening", points.len(), 0);
    let numbers = runs.numbers(&parameters, &points, seeds)?;
    let found = design.screened(&plan.figures(&base.targets), &numbers);
    Ok(text(plan, &found, points.len(), width))
}

fn text(plan: &CalibrationPlan, found: &[ScreenedParameter], points: usize, width: u16) -> String {
    let mut table = layout::table(width, &["Parameter", "greatest effect", "matters for", "in the plan"]);
    for one in found {
        let effects: Vec<String> =
            one.mattering().map(|effect| format!("{} {:.2}", effect.figure, effect.size)).collect();
        let more = effects.len().saturating_sub(NAMED);
        let mut named = effects.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        if more > 0 {
            named += &format!(" and {more} more");
        }
        let is_fitted = plan.parameters.iter().any(|parameter| parameter.path == one.path);
        let greatest = if one.effects.is_empty() { "-".to_owned() } else { format!("{:.2}", one.greatest()) };
        let named = if named.is_empty() { "nothing".to_owned() } else { named };
        table.add_row([one.path.clone(), greatest, named, if is_fitted { "fitted" } else { "" }.to_owned()]);
    }
    let matter = found.iter().filter(|one| one.mattering().next().is_some()).count();
    format!(
        "Screening of `{}`: {}, one seed each (Morris). Effects are over a parameter's whole range, in \
         units of a figure's tolerance; a third of it or more matters where it is more than another seed \
         does.\n\n{}\n{} of {} parameters matter for some figure.\n",
        plan.name,
        of(points as u64, "point", "points"),
        layout::text(&table, ""),
        matter,
        found.len()
    )
}
