//! What indices and effects say of chance: of the mean response or of single runs, and what of chance is in
//! their intervals.

use super::part::Sweep;
use sim_experiments::analysis::FEWEST_SEEDS;

/// A sentence or two, as the sweep's seeds and replicates have it.
pub fn about(sweep: &Sweep<'_>) -> String {
    let has_common_seeds = sweep.folder.plan.experiment().common_random_numbers;
    match (sweep.responses.weights.len(), sweep.responses.replicates) {
        (1.., _) => {
            "They are of the mean over the members of the ensemble, and their intervals are of these members \
             and their seeds: others are not in them."
                .to_owned()
        }
        (_, 0 | 1) if has_common_seeds => {
            format!(
                "All points share one seed, and they are of this seed: {FEWEST_SEEDS} replicates or more \
                 would tell what others do."
            )
        }
        (_, 0 | 1) => {
            "They are of single runs, so that chance counts as variance and as an effect; replicates \
                       would take it out."
                .to_owned()
        }
        (_, seeds) if has_common_seeds && seeds < FEWEST_SEEDS => format!(
            "They are of the mean over chance; as all points share {seeds} seeds, fewer than {FEWEST_SEEDS}, \
             other seeds are not in their intervals."
        ),
        (_, seeds) if has_common_seeds => format!(
            "They are of the mean over chance, and their intervals hold what other seeds than these {seeds} \
             would have given."
        ),
        _ => "They are of the mean over chance, which is in their intervals.".to_owned(),
    }
}
