//! `countryside explain`: how a place came to be as it is, told from recorded events; and what made two runs
//! differ.

mod area;
mod difference;
mod episode_text;
mod levers;
mod recorded;
mod story;

use crate::args::ExplainArgs;
use crate::command_error::CommandError;
use crate::terminal;
use recorded::Recorded;

/// Tells.
///
/// # Errors
/// A run or place that does not exist, tables that cannot be read, a run that fails.
pub fn explain(args: &ExplainArgs) -> Result<(), CommandError> {
    if let Some(other) = &args.other {
        return difference::explain(args, other);
    }
    let recorded = Recorded::of(&args.run, &args.set)?;
    let explanation = match (&args.village, &args.county) {
        (Some(id), _) => {
            let (county, village) = recorded.village(id)?;
            story::of_village(&recorded, &county, village)
        }
        (None, Some(code)) => area::of_county(&recorded, recorded.county(code)?),
        (None, None) => area::of_nation(&recorded),
    };
    if args.json {
        let text = serde_json::to_string_pretty(&explanation.document).map_err(CommandError::run)?;
        return terminal::print(&format!("{text}\n"));
    }
    terminal::print(&terminal::harmless(&explanation.text(usize::from(terminal::width()))))
}
